"""Lines and sentences that an item says twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, text_of_line
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item

_SHORTEST_IN_LINE = 8
"""A sentence of so many letters stands once in a line."""
_SHORTEST_LINE = 12
_SPECIFIC = 40


@rule(
    rule_codes.REPEATED_TEXT,
    Family.WORDING,
    Severity.WARNING,
    "同じ文が 2 回あります",
    why="写した文を直し忘れた行や、別の行の上に写した行があると、書くはずだったことが報告書から抜けます。",
    remedy="一方が書き間違いなら、その行に書くはずだったことを書いてください。余分なら、その文を消してください。",
    across=True,
)
def text_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """The same sentence twice in a line, or the same line or long sentence in two lines of an item.

    Of two lines, the one that has less to do with its plan sentences is reported, the other is related. Lines
    that differ in hiragana and signs alone are the same. A line of another item, of this book or of another
    group's, is one where only the other item's plan is about it, and the two items share no other line.
    """
    yield from _violations_for_lines_of_other_items(context)
    yield from _violations_for_lines_of_other_groups(context)
    yield from _violations_for_lines_with_other_date(context)
    long = context.threshold(rule_codes.REPEATED_TEXT)
    for item, group in groupby(printed_lines(context), lambda written: written.item):
        lines = list(group)
        answers = Counter(map(_block_name, filter(_is_line_an_answer, lines)))
        first_lines: dict[str, PrintedText] = {}
        for written in lines:
            sentences = _compared_sentences(written.text)
            twice = _sentence_repeated_among(sentences)
            if twice:
                yield written.violation(
                    0, f"{quoted(twice)}が、このセルに 2 回あります。", "余分な方を消してください。"
                )
            sentences_here = _long_sentences(written.text, sentences, long)
            first = next((first_lines[one] for one in sentences_here if one in first_lines), None)
            for one in sentences_here:
                first_lines.setdefault(one, written)
            if first and _is_repetition_not_meant(first, written, answers):
                yield _violation_for_repeated_line(item, first, written)


def _block_name(written: PrintedText) -> str:
    return written.line.block if written.line else ""


def _is_line_an_answer(written: PrintedText) -> bool:
    return len(written.text) >= _SHORTEST_LINE


def _is_repetition_not_meant(first: PrintedText, second: PrintedText, answers: Mapping[str, int]) -> bool:
    """Whether a line in two blocks is a slip: long, with numbers, or the only answer of one of them.

    A general remark (担当者会議を毎月開催し、…) may be in two blocks beside their own lines.
    """
    blocks = _block_name(first), _block_name(second)
    return blocks[0] == blocks[1] or _is_line_specific(second) or min(answers[one] for one in blocks) <= 1


def _is_line_specific(written: PrintedText) -> bool:
    return len(written.text) >= _SPECIFIC or any(letter.isdecimal() for letter in written.text)


def _compared_sentences(text: str) -> list[str]:
    """The sentences of a text as compared; of a text that is there twice without 。, each half."""
    parts = [_comparable_text(part) for line in text.split("\n") for part in line.split("。")]
    found: list[str] = []
    for part in filter(None, parts):
        half = len(part) // 2
        twice = len(part) >= 2 * _SHORTEST_IN_LINE and part[:half].strip("・●•") == part[-half:].strip("・●•")
        found += [part[:half]] * 2 if twice else [part]
    return found


def _comparable_text(text: str) -> str:
    return normalized(text).strip("・•●、。,")


def _sentence_repeated_among(sentences: Sequence[str]) -> str:
    """The first sentence that occurs twice, one behind the other or apart."""
    seen: set[str] = set()
    for one in sentences:
        if one in seen and len(one) >= _SHORTEST_IN_LINE:
            return one
        seen.add(one)
    return ""


def _long_sentences(text: str, sentences: Sequence[str], long: Decimal) -> list[str]:
    """What no second line of an item says: the line, and its sentences of `long` letters or more.

    Shorter ones may be in another line too: 結果は公表した。
    """
    whole = _comparable_text(text)
    states = text.rstrip().endswith("。") or whole.endswith(_DONE) or _FIGURE.search(whole)
    shortest = Decimal(_SHORTEST_LINE) if states else long
    found = [whole] if len(whole) >= shortest else []
    skeleton = "".join(filter(_is_letter_no_blank_or_mark, whole))
    if len(skeleton) >= _SKELETON:
        found.append(f"~{skeleton}")
    return found + [one for one in sentences if len(one) >= long]


_SKELETON = 14
"""Letters that two lines have to share where they differ in hiragana and signs."""


@lru_cache(maxsize=4_096)
def _is_letter_no_blank_or_mark(letter: str) -> bool:
    return is_noun_letter(letter) or (letter.isalnum() and not is_hiragana(letter))


_FIGURE = LazyPattern(r"\d(?:件|人|名|事業所|機関|社|回|部|円|か所|市町村|団体)")
_ENDINGS = "実施 開催 送付 発送 配布 配付 掲載 依頼 徹底 周知 公募 作成 予定 開始 報告 訪問 実施中 対応中"
_DONE = tuple(_ENDINGS.split())


def _violation_for_repeated_line(item: Item, first: PrintedText, second: PrintedText) -> Violation:
    closeness = [_share_of_words_in_plan(item, one) for one in (first, second)]
    odd, other = (first, second) if closeness[0] < closeness[1] else (second, first)
    is_same = _comparable_text(odd.text) == _comparable_text(other.text) or len(other.text) > 2 * len(
        odd.text
    )
    return odd.violation(
        0,
        f"{quoted(odd.text)}{'が' if is_same else 'とほとんど同じ文が'}、{other.source.cell} にもあります。",
        "一方が書き間違いなら、その行に書くはずだったことを書いてください。余分なら、その行を消してください。",
        related=(other.source,),
    )


_COUNTED = LazyPattern(r"\d{2,}(?:件|人|名|事業所|機関|社|部|通|円|団体)", contains=r"\d\d")


def _violations_for_lines_with_other_date(context: CheckContext) -> Iterator[Violation]:
    """Lines of an item that have the same words and the same count of two digits or more, but other dates."""
    first_lines: dict[tuple[str, str], PrintedText] = {}
    for written in printed_lines(context):
        whole = _comparable_text(written.text).replace(",", "")
        if len(whole) < _SHORTEST_LINE or not _COUNTED.search(whole):
            continue
        words = f"{''.join(filter(_is_letter_of_no_date, whole))} {_COUNTED.findall(whole)}"
        first = first_lines.setdefault((written.item.id, words), written)
        if first is not written and _comparable_text(first.text) != _comparable_text(written.text):
            yield written.violation(
                0,
                f"{quoted(written.text)}と日付だけが違う文が、{first.source.cell} にもあります。",
                "一方が書き間違いなら、その行を消すか、書くはずだったことを書いてください。",
                related=(first.source,),
            )


_OF_ANOTHER_ITEM = 30
_CLOSE, _FAR, _FAR_OF_GROUPS = 0.08, 0.6, 0.75


def _violations_for_lines_of_other_items(context: CheckContext) -> Iterator[Violation]:
    """Long lines that two items have, where the plan of one of them is hardly about it.

    Items that share a second line, be it with another date, report the same things, and a general remark
    may be in both.
    """
    first_lines: dict[str, PrintedText] = {}
    pairs: dict[tuple[str, str], list[tuple[PrintedText, PrintedText]]] = {}
    for written in printed_lines(context):
        whole = _comparable_text(written.text)
        if len(whole) >= _SHORTEST_LINE:
            first = first_lines.setdefault("".join(filter(_is_letter_of_no_date, whole)), written)
            if first.item.id != written.item.id:
                pairs.setdefault((first.item.id, written.item.id), []).append((first, written))
    for both in pairs.values():
        texts = [_comparable_text(one.text) for one in both[0]]
        is_same = len(both) == 1 and texts[0] == texts[1] and len(texts[0]) >= _OF_ANOTHER_ITEM
        if is_same and _is_line_specific(both[0][1]):
            yield from _violations_for_odd_line_of_two(*both[0])


def _is_letter_of_no_date(letter: str) -> bool:
    return not letter.isdecimal() and letter not in "年月日、"


def _violations_for_odd_line_of_two(first: PrintedText, second: PrintedText) -> Iterator[Violation]:
    closeness = [_share_of_words_in_item(one) for one in (first, second)]
    if max(closeness) < _CLOSE or min(closeness) > _FAR * max(closeness):
        return
    odd, other = (first, second) if closeness[0] < closeness[1] else (second, first)
    yield _violation_for_odd_line(odd, other, f"{other.item.id} の {other.source.cell}")


def _violations_for_lines_of_other_groups(context: CheckContext) -> Iterator[Violation]:
    """Long lines that an item of another group's book has, where this item's plan is hardly about them."""
    theirs = context.computed_once(_line_of_other_book_by_text)
    pairs: dict[tuple[str, str], list[tuple[PrintedText, PrintedText]]] = {}
    for written in printed_lines(context) if theirs else ():
        other = theirs.get(written.text.strip())
        if other is not None and other.item.id != written.item.id:
            pairs.setdefault((other.item.id, written.item.id), []).append((written, other))
    for (own, other), *more in pairs.values():
        if not more and _is_line_specific(own) and not _is_line_of_plan(own):
            closeness = _share_of_words_in_item(own), _share_of_words_in_item(other)
            if closeness[1] >= _CLOSE and closeness[0] <= _FAR_OF_GROUPS * closeness[1]:
                yield _violation_for_odd_line(
                    own, other, f"別のグループのブックの {other.item.id} の {other.source.cell}"
                )


def _line_of_other_book_by_text(context: CheckContext) -> dict[str, PrintedText]:
    """The long lines of the other groups' books, by their text."""
    return {
        line.text.strip(): text_of_line(item, line, line.source)
        for book in context.neighbours or ()
        for entry in book.items
        if (item := context.plan.item(entry.item)) is not None
        for line in entry.lines
        if len(line.text) >= _OF_ANOTHER_ITEM and line.kind is LineKind.TEXT and line.source is not None
    }


def _is_line_of_plan(written: PrintedText) -> bool:
    """Whether the plan itself starts a block with the line."""
    given = (line.text.strip() for block in written.item.blocks for line in block.lines)
    return written.text.strip() in given


def _violation_for_odd_line(odd: PrintedText, other: PrintedText, place: str) -> Violation:
    return odd.violation(
        0,
        f"{quoted(odd.text)}が、{place} にもあり、この項の計画と合いません。",
        "この項に書くはずだったことを書いてください。両方の項のことなら、このままで構いません。",
        related=(other.source,),
    )


def _share_of_words_in_plan(item: Item, written: PrintedText) -> float:
    """The share of a line's pairs of letters that the plan sentences of its block hold."""
    name = _block_name(written)
    plan = "".join(s for block in item.blocks if block.name == name for s in block.sentences)
    pairs = {a + b for a, b in pairwise(normalized(written.text[:500]))}
    return sum(pair in plan for pair in pairs) / max(len(pairs), 1)


def _share_of_words_in_item(written: PrintedText) -> float:
    """The share of the pairs of letters of a line's nouns that the plan of its whole item holds."""
    item = written.item
    plan = normalized("".join((item.title, *(s for block in item.blocks for s in block.sentences))))
    letters = pairwise(normalized(written.text[:500]))
    pairs = {a + b for a, b in letters if is_noun_letter(a) and is_noun_letter(b)}
    return sum(pair in plan for pair in pairs) / max(len(pairs), 1)
