"""Words that join sentences and stand twice (そのため、このため), and letters doubled in a word (実実施)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.form.repeated_words import Repetition
from kenpo_xl.domain.language.letters import RUNS, is_kanji
from kenpo_xl.domain.language.word_table import WordTable

# Words of one meaning that begin a sentence, a line each.
_JOINING = """
また
なお
さらに 更に
しかし しかしながら ただし けれども
そのため このため したがって 従って よって そこで それゆえ
これにより これによって その結果、これにより
併せて あわせて 加えて 合わせて
そして
一方 一方で
引き続き 引続き
今後 今後は 今後も
まず
初めに はじめに 最初に
特に とりわけ
例えば たとえば
具体的には
その後 その後は
なお、なお
"""
_ENDS_SENTENCE = "。\n・•●■※）)　 "
_CHAINED = tuple(f"{one}また{two}" for one in ("さらに", "更に") for two in ("さらに", "更に"))
_ADDING = (
    "また",
    "なお",
    "さらに",
    "更に",
    "加えて",
    "併せて",
    "あわせて",
    "その他",
    "そのほか",
    "このほか",
    "同時に",
)
_ADDED_TO = ("また、", "なお、", "一方、", "しかし、", "ただし、", "次に、", "例えば、")
_STUTTERED = ("またまた、", "またまた高", "なおなお、", "さらにさらに")


def repeated_conjunctions(text: str) -> Iterator[Repetition]:
    """また、また and two words of one meaning at the beginning of a sentence."""
    here = _joining_words().words_in(text)
    for word, others in _joining_words_by_meaning() if here else ():
        if word in here:
            yield from _word_repeated_at_starts(text, word, others)
    for chain in _added_chains().words_in(text):
        at = text.index(chain)
        if _is_start_of_clause(text, at):
            yield Repetition(at, at + len(chain))
    for chain in (*_CHAINED, *_STUTTERED):
        at = text.find(chain)
        if at >= 0:
            yield Repetition(at, at + len(chain))


def _word_repeated_at_starts(text: str, word: str, others: tuple[str, ...]) -> Iterator[Repetition]:
    """Where a sentence begins with a word, and goes on with one of its meaning."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _is_start_of_clause(text, at):
            behind = end + text.startswith("、", end)
            again = next((one for one in others if text.startswith(one, behind)), "")
            if again and (again != word or behind > end or not text.startswith(word * 2, at)):
                yield Repetition(at, behind + len(again))
        at = text.find(word, end)


def _is_start_of_clause(text: str, at: int) -> bool:
    """Whether a sentence begins at a place."""
    return at == 0 or text[at - 1] in _ENDS_SENTENCE


@cache
def _added_chains() -> WordTable:
    """また、なお、 and the like: two different words, of which each adds something."""
    return WordTable(
        f"{word}、{again}" for word in _ADDING for again in _ADDED_TO if not again.startswith(word)
    )


@cache
def _joining_words() -> WordTable:
    return WordTable(word for word, _ in _joining_words_by_meaning())


@cache
def _joining_words_by_meaning() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each joining word and the words of its meaning, longer ones first."""
    lines = [line.split() for line in _JOINING.split("\n") if line]
    return tuple((word, tuple(sorted(line, key=len, reverse=True))) for line in lines for word in line)


_NUMERALS = frozenset("一二三四五六七八九十百千万〇")
_TWICE = frozenset("日月年人各個着続様色国家時所村町村段代内")
"""Kanji that are written twice in a word: 日日, 各各."""
_MAY_FOLLOW = "をがにはへでとのも、。）)」・／/（( 　\n"
# Kanji that no word ends with where another begins with it.
_NEVER_TWICE = frozenset("者象頼催申険務勧奨訪託委締康扶録載掲徴債促督郵携依抽徹併窓照拡招況善")
_LEAST = 3


def repeated_letters(text: str) -> Iterator[Repetition]:
    """実実施, 依頼頼を: a kanji that stands twice where a word begins or ends, or that never may."""
    for found in RUNS.finditer(text):
        run, start = found[0], found.start()
        if len(run) < _LEAST or not is_kanji(run[0]):
            continue
        for at in range(len(run) - 1):
            letter = run[at]
            if letter == run[at + 1] and _is_repeated_letter_slip(text, run, start, at):
                yield Repetition(start + at, start + at + 2, letter)
                return


def _is_repeated_letter_slip(text: str, run: str, start: int, at: int) -> bool:
    letter, end = run[at], start + len(run)
    if letter in _NUMERALS or letter in _TWICE or letter == "々" or run.startswith(letter * 3, at):
        return False
    if letter in _NEVER_TWICE:
        return True
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if at == 0:
        return not before.isalnum() or "ぁ" <= before <= "ん"
    return at == len(run) - 2 and (behind in _MAY_FOLLOW or text.startswith(("した", "して", "し、"), end))
