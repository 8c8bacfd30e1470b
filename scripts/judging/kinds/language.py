"""Slips of language that a careful reader sees without knowing the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random

from scripts.judging.book import Book, TextLine, edit
from scripts.judging.mistakes import Planted, mistake, pick

_SLIPS = Path(__file__).parents[1] / "slips.txt"
_DOUBLED = re.compile(r"(?<=[ぁ-ん、。])([一-龥]{2})(?=[をにはが])")


@cache
def _pairs(kind: str) -> list[list[str]]:
    """The pairs of right and wrong words of a kind."""
    parts = dict(part.split("\n", 1) for part in _SLIPS.read_text(encoding="utf-8").split("=== ")[1:])
    return [pair.split(" ") for pair in re.split(r"[/\n]", parts[kind].strip())]


def _replaced(book: Book, random: Random, pairs: Iterable[list[str]]) -> Planted | None:
    """One of the pairs in one of the lines that hold it."""
    fitting = [(line, pair) for line in book.lines for pair in pairs if pair[0] in line.text]
    chosen = pick(random, fitting)
    return chosen[0].replaced(*chosen[1]) if chosen else None


def _long_lines(book: Book, least: int = 30) -> list[TextLine]:
    return [line for line in book.lines if len(line.text) >= least]


@mistake("doubled particle", "language")
def doubled_particle(book: Book, random: Random) -> Planted | None:
    """周知広報をを図った."""
    found = [
        (line, one[0])
        for line in book.lines
        for one in re.finditer(r"[ぁ-ん一-龥](?:を|に|は|が)[一-龥]{2}", line.text)
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    words = chosen[1]
    return chosen[0].replaced(words, words[:2] + words[1] + words[2:])


@mistake("dropped particle", "language")
def dropped_particle(book: Book, random: Random) -> Planted | None:
    """施術所対し文書を."""
    return _replaced(book, random, _pairs("particle"))


@mistake("doubled word", "language")
def doubled_word(book: Book, random: Random) -> Planted | None:
    """関係団体に周知周知を."""
    found = [(line, one) for line in book.lines for one in _DOUBLED.finditer(line.text)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, one = chosen
    behind = line.text[one.end() : one.end() + 2]
    return line.replaced(one[0] + behind, one[0] * 2 + behind)


@mistake("misconversion", "language")
def misconversion(book: Book, random: Random) -> Planted | None:
    """進捗官吏を徹底."""
    return _replaced(book, random, _pairs("misconversion"))


@mistake("kana slip", "language")
def kana_slip(book: Book, random: Random) -> Planted | None:
    """審査を行つた."""
    return _replaced(book, random, _pairs("kana"))


@mistake("inflection that does not exist", "language")
def inflection(book: Book, random: Random) -> Planted | None:
    """周知を図ったた."""
    return _replaced(book, random, _pairs("inflection"))


@mistake("letter dropped from a term", "language")
def letter_dropped(book: Book, random: Random) -> Planted | None:
    """健康険委員 for 健康保険委員: a long word of kanji that also stands elsewhere loses a letter."""
    everything = "".join(line.text for line in book.lines)
    found = [
        (line, word)
        for line in book.lines
        for word in re.findall(r"[一-龥]{5,}", line.text)
        if everything.count(word) > 1
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, word = chosen
    at = random.randrange(1, len(word) - 1)
    return line.replaced(word, word[:at] + word[at + 1 :])


@mistake("letters swapped in a term", "language")
def letters_swapped(book: Book, random: Random) -> Planted | None:
    """被険保者 for 被保険者."""
    words = re.compile(r"[一-龥]{4,}")
    found = [(line, word) for line in book.lines for word in words.findall(line.text)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, word = chosen
    at = random.randrange(0, len(word) - 1)
    if word[at] == word[at + 1]:
        return None
    return line.replaced(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :])


@mistake("katakana slip", "language")
def katakana_slip(book: Book, random: Random) -> Planted | None:
    """ホームペジ for ホームページ, セミナナー for セミナー."""
    found = [(line, word) for line in book.lines for word in re.findall(r"[ァ-ヶー]{5,}", line.text)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, word = chosen
    at = random.randrange(1, len(word) - 1)
    slip = word[:at] + word[at + 1 :] if random.random() < 0.5 else word[:at] + word[at] + word[at:]
    return line.replaced(word, slip)


@mistake("name of another office", "language")
def name_of_another(book: Book, random: Random) -> Planted | None:
    """埼玉労働基準局 for 埼玉労働局: a name that the other lines write otherwise."""
    return _replaced(book, random, _pairs("name"))


@mistake("term that the plan replaces", "language")
def term_variant(book: Book, random: Random) -> Planted | None:
    """A variant of 用語 for its preferred word; not one that its plan writes too, which is a 参考 at most."""
    plan = "".join(text for item in book.plan.items for block in item.blocks for text in block.sentences)
    terms = [term for term in book.plan.terms if not term.is_minor]
    pairs = [[term.preferred, variant] for term in terms for variant in term.variants if variant not in plan]
    return _replaced(book, random, pairs)


@mistake("style changed", "language")
def style_changed(book: Book, random: Random) -> Planted | None:
    """One line in です・ます among lines in である."""
    return _replaced(book, random, _pairs("style"))


@mistake("number of a list repeated", "language")
def numbering(book: Book, random: Random) -> Planted | None:
    """２） where ３） follows."""
    heads = [(line, re.match(r"([1-9１-９])([）)])", line.text)) for line in book.lines]
    found = [(line, head) for line, head in heads if head and head[1] not in "1１"]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, head = chosen
    number = chr(ord(head[1]) - 1)
    return line.replaced(head[0], number + head[2])


@mistake("pasted over its neighbour", "language")
def pasted_over(book: Book, random: Random) -> Planted | None:
    """A line that repeats another line of its item."""
    lines = _long_lines(book, 20)
    pairs = [
        (one, other) for one in lines for other in lines if one.item == other.item and one.text != other.text
    ]
    chosen = pick(random, pairs)
    if chosen is None:
        return None
    one, other = chosen
    edits = (edit(other.cell, one.text),)
    return Planted(f"{one.cell} pasted over {other.cell}", edits, (other.cell,), (one.cell,))


@mistake("pasted twice into a cell", "language")
def pasted_twice(book: Book, random: Random) -> Planted | None:
    """A paragraph that stands twice in its cell."""
    line = pick(random, _long_lines(book, 20))
    return line.typed(line.text + line.text, f"{line.cell} twice: {line.text[:20]}") if line else None


@mistake("sentence pasted twice", "language")
def sentence_twice(book: Book, random: Random) -> Planted | None:
    """One sentence of several that stands twice."""
    found = [(line, one) for line in book.lines for one in re.findall(r"[^。]{12,}。", line.text)]
    found = [(line, one) for line, one in found if one != line.text]
    chosen = pick(random, found)
    return chosen[0].replaced(chosen[1], chosen[1] * 2) if chosen else None
