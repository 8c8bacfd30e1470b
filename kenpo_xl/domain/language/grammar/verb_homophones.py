"""Verbs written with the kanji of another one that sounds alike (向上に務めた, 成果を納めた)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.grammar.verb_table import COMPOUNDS, VERBS
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LONGEST_NOUN = 8
_BETWEEN = "一層|より一層|積極的に|引き続き|更に|さらに|鋭意|着実に|より|大きく|大幅に|順調に|広く|全員で|、"
_RECOMMENDING = "勧薦奨"
_TO_SOMEONE = AnyOf(
    "所に|者に|方に|社に|員に|主に|業に|会に|人に|家に|族に|帯に|に対し|へ|向け|訪問|面談|窓口|講話"
)
_BY_SOMETHING = tuple(
    f"る{one}" for one in ("文", "案内", "通知", "はがき", "チラシ", "動画", "記事", "冊子", "資料", "内容")
)


@frozen
class _Use:
    """The verb that goes with some nouns behind some particles; `suffixes` are ends of nouns."""

    particles: str
    right: str
    nouns: frozenset[str]
    suffixes: tuple[str, ...]

    def noun_before(self, words: str) -> str:
        """The longest noun of this verb that words end with, '' for none."""
        for length in range(min(_LONGEST_NOUN, len(words)), 0, -1):
            noun = words[-length:]
            if noun in self.nouns and (length > 1 or not is_noun_letter(words[-2:-1]) or noun in _COUNTED):
                return noun
        return next((one for one in self.suffixes if words.endswith(one)), "")


_COUNTED = frozenset("人件社回割倍名円枚日歳数額率年%％案欄号例万千位県質声役会班組")


def wrong_verbs(text: str) -> Iterator[Misuse]:
    """The verbs of a text that only sound like the one that goes with their noun."""
    near, far, uses = _patterns_and_uses_by_verb()
    behind_kanji = (one for one in far.finditer(text) if _is_behind_kanji(text, one.start()))
    for found in (*near.finditer(text), *behind_kanji):
        particle, verb = found[1], found[3]
        before = text[max(0, found.start() - _LONGEST_NOUN - 1) : found.start()]
        candidates = [
            (noun, use)
            for use in uses.get(verb, ())
            if particle in use.particles and (noun := use.noun_before(before))
        ]
        if not candidates or _is_in_compound(text, verb, found.end()):
            continue
        if _is_verb_recommended(text, verb, found.start(), found.end()):
            continue
        noun, use = max(candidates, key=lambda one: len(one[0]))
        meant = use.right + verb[1:]
        words = noun + text[found.start() : found.end()]
        yield Misuse(found.start(3), found.end(), words, words[: -len(verb)] + meant)
    yield from _wrong_compounds(text)


def _is_verb_recommended(text: str, verb: str, start: int, end: int) -> bool:
    """Whether something is recommended to someone (事業所に取組を勧めた), or by a paper or a talk."""
    if verb[0] not in _RECOMMENDING:
        return False
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    return _TO_SOMEONE.is_in(sentence) or text.startswith(_BY_SOMETHING, end)


def _wrong_compounds(text: str) -> Iterator[Misuse]:
    for wrong, right in _compound_meant_by_written().items():
        start = text.find(wrong)
        if start >= 0:
            yield Misuse(start, start + len(wrong), wrong, right)


def _is_behind_kanji(text: str, start: int) -> bool:
    return start > 0 and "一" <= text[start - 1] <= "龥"


def _is_in_compound(text: str, verb: str, end: int) -> bool:
    """Whether a verb goes on with another one: 取り入れ, 取りまとめ."""
    behind = text[end : end + 1]
    joins_kanji = behind != "" and is_noun_letter(behind)
    return verb[-1] in _STEMS and (joins_kanji or text.startswith(_VERBS_IN_KANA, end))


_STEMS = "りえけげきしみびいちめ"
_VERBS_IN_KANA = ("まとめ", "やめ", "あえ", "かか", "かけ", "はじめ", "つけ", "こみ", "だし")


@cache
def _compound_meant_by_written() -> dict[str, str]:
    return dict(pair.split() for pair in COMPOUNDS.replace("\n", "").split("/") if pair)


def _verbs_of_subjects(uses: Mapping[str, Sequence[_Use]]) -> Iterator[str]:
    return (verb for verb, found in uses.items() if any("が" in one.particles for one in found))


@cache
def _patterns_and_uses_by_verb() -> tuple[LazyPattern, LazyPattern, dict[str, list[_Use]]]:
    """The patterns of every wrong verb behind a particle and of those far behind a subject; uses by verb."""
    uses: dict[str, list[_Use]] = {}
    for line in VERBS.strip().split("\n"):
        words, _, nouns = line.partition(" : ")
        particles, right, wrong, kana = words.split()
        listed = nouns.split()
        suffixes = tuple(one[1:] for one in listed if one[0] == "*")
        use = _Use(particles, right, frozenset(listed), suffixes)
        for verb in (one + behind for one in wrong for behind in (kana.split(",") if "," in kana else kana)):
            uses.setdefault(verb, []).append(use)
    verbs = "|".join(sorted(uses))
    of_subjects = "|".join(sorted(_verbs_of_subjects(uses)))
    far = rf"([がはも])([^、。をがはも\n]{{1,14}})({of_subjects})"
    return LazyPattern(rf"([をにがはも])({_BETWEEN})?({verbs})"), LazyPattern(far), uses
