"""Lines whose first word has lost its beginning: ・業所へ訪問し, ・康宣言事業所へ (表記)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.known_texts import known_texts
from kenpo_xl.checks.support.printed_text import all_printed_texts, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_kanji, is_noun_letter, noun_runs

_BULLETS = " \u3000・•●○◆■▪※□◇－"
_PARTICLES = "をがはにへでとのも"
# Kanji that begin words of two or more words, or are words themselves.
_BEGIN_WORDS = (
    "各全同本当新他約計翌前昨又主県市町村国区都府道母父妻夫子親人男女春夏秋冬朝昼夜今次後上下左右内外中税薬紙車"
    "家店客患医再未非無不第毎両総諸旧元現多少大小高低最初先故副準仮短長単複約貴弊御何数例実別特正逆対反超被要"
    "一二三四五六七八九十百千万令平昭"
)
# Kanji that no sentence begins with where a particle follows.
_NEVER_ALONE = "所件者等性化的員師剤署額果況績務険康催勧奨訪周施託励絡達談修宅診証届籍料誌策症通枚冊"
_NEVER_FIRST = "ンーッャュョァィゥェォ"
_SHORTEST, _SHORT = 8, 3


@rule(
    "WO73",
    Family.WORDING,
    Severity.WARNING,
    "文の最初の言葉の頭が切れています",
    why="「業所へ訪問し」「康宣言事業所へ」のように始まる行は、写すときに最初の字が落ちたものです。",
    remedy="最初の言葉を正しく書いてください。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO01", "WO20", "WO22", "WO28", "WO31", "WO39", "WO61", "WO66", "WO69", "WO96"),
)
def first_word_is_cut(context: CheckContext) -> Iterator[Violation]:
    """A line begins with the end of a word: a kanji that is no word there, or a small kana or ン.

    What the texts have only within longer words (業所 of 事業所) is cut; so is 所 or 件 before a particle.
    """
    for written in printed_lines(context):
        start = len(written.text) - len(written.text.lstrip(_BULLETS))
        rest = written.text[start : start + 24]
        if len(rest) < _SHORTEST or not is_noun_letter(rest[0]) or rest[0] in _BEGIN_WORDS:
            continue
        if rest[0] in _NEVER_FIRST or _is_beginning_cut_off(context, rest):
            quote = quoted(written.text[start:])
            yield written.violation(
                start,
                f"{quote}は、最初の言葉の頭が切れています。",
                "最初の言葉を正しく書いてください。",
                actual=rest[:2],
            )


def _is_beginning_cut_off(context: CheckContext, rest: str) -> bool:
    """Whether a text begins with a kanji that is only a part of the words that all texts have."""
    first = next(iter(context.tokens(rest)), None)
    if first is None or (
        len(first.surface) > 1 if is_kanji(rest[0]) else first.known or len(first.surface) > _SHORT
    ):
        return False
    if not is_noun_letter(rest[1]):
        return rest[1] in _PARTICLES and rest[0] in _NEVER_ALONE
    starts, inner = context.computed_once(_first_words_and_other_words)
    others = sum(rest[:2] == one for one in context.computed_once(_first_letters_of_lines))
    return rest[:2] not in starts and rest[:2] in inner and others <= 1


def _first_letters_of_lines(context: CheckContext) -> tuple[str, ...]:
    return tuple(one.text.lstrip(_BULLETS)[:2] for one in printed_lines(context))


def _first_words_and_other_words(context: CheckContext) -> tuple[frozenset[str], frozenset[str]]:
    """Two letters that begin nouns, and two within nouns; not what begins lines."""
    starts: set[str] = set()
    inner: set[str] = set()
    for text in (*(one.text.lstrip(_BULLETS) for one in all_printed_texts(context)), *_other_texts(context)):
        for place, letters in noun_runs(text):
            if place == 0:
                inner.update(letters[at : at + 2] for at in range(1, len(letters) - 1))
                continue
            starts.add(letters[:2])
            inner.update(letters[at : at + 2] for at in range(1, len(letters) - 1))
    return frozenset(starts), frozenset(inner)


def _other_texts(context: CheckContext) -> Iterator[str]:
    return (f" {text}" for _, texts in known_texts(context) for text in texts)
