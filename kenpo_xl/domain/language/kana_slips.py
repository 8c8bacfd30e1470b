"""Slips in hiragana: particles, inflections and the like that do not exist (図ったた, 行つた, におてい)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.lazy_patterns import LazyPattern

_RUN = LazyPattern(r"([^ぁ-ん]?)([ぁ-ん]+)")
_LONGEST = 24
_AMOUNT = LazyPattern(r"[0-9０-９][ 　]?か?[^0-9０-９ 　、。ぁ-ん]{1,3}$")
_POLITE = LazyPattern(
    r"[おご御][^ぁ-ん\s]{1,4}(?:しし|いた|くだ|なさ|願い)$", needs=("しし", "いた", "くだ", "なさ", "願い")
)
"""お返しし, ご覧いただく: a noun and the verb that makes it polite."""
_MOST_RUNS = 400
"""Runs of a text that are looked at; a text with more is no line of a report."""
_CUT = LazyPattern(r"[。、「」（）()\n・\s]")
_AROUND = 6
_INSERTED = "をにはがとでのしてたいっなれさりるんもこ"
_ALIKE = (
    "つっ やゃ ゆゅ よょ かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ てで とど はば ひび "
    "ふぶ へべ ほぼ ぱば ぴび ぷぶ ぺべ ぽぼ さき ちら めぬ ねれ ねわ るろ はほ おあ けは いり こに ねめ "
    "をお えへ うお"
)
_LEAST = {
    Edit.DUPLICATED: 2300,
    Edit.REPLACED: 2300,
    Edit.SWAPPED: 1500,
    Edit.DROPPED: 3500,
    Edit.EXTRA: 7500,
}
"""How much more usual the corrected words have to be."""
_KNOWN_RUN = 2500
"""So much more where the run is right elsewhere, behind another letter."""
_PARTICLES = frozenset("をにはがのとで")
_VOICED_ENDINGS = ("ぐ", "ぬ", "ぶ", "む")
"""The ends of verbs that go on with で and だ."""


def kana_slips(text: str, known: KnownWords, tokenizer: Tokenizer) -> Iterator[Slip]:
    """The slips in the runs of hiragana of a text."""
    for number, found in enumerate(_RUN.finditer(text)):
        if number >= _MOST_RUNS:
            return
        slip = _slip_in(text, found, known, tokenizer)
        if slip:
            yield slip


def _slip_in(text: str, found: re.Match[str], known: KnownWords, tokenizer: Tokenizer) -> Slip | None:
    before, run = found[1], found[2]
    if len(run) > _LONGEST or known.kana_count(before + run):
        return None
    is_known = known.kana_count(run) > 0
    if is_known and not "一" <= before <= "龥":
        return None
    meant = _possible_edits(before, run, known, is_known=is_known)
    if not meant:
        return None
    left, right = _letters_before_and_behind(text, found.start(2), found.end())
    gain, other, edit = _greatest_gain((left, run, right), meant, tokenizer)
    if gain < (_KNOWN_RUN if is_known else 0):
        return None
    if _POLITE.search(text[: found.start(2) + 2]) or _is_verb_with_object(text, found.start(2), run):
        return None
    if other.endswith(run) and _is_behind_amount(text, found.start(2)):
        return None
    words = left + run + right
    if edit is Edit.DUPLICATED and _is_particle_before_noun(words, tokenizer):
        return None
    if edit is Edit.REPLACED and _is_in_noun(words, len(left), run, other, tokenizer):
        return None
    if edit is Edit.REPLACED and _is_voiced_as_it_should(words, len(left), run, other, tokenizer):
        return None
    return Slip(found.start(), found.end(), found[0], before + other, edit)


def _is_verb_with_object(text: str, start: int, run: str) -> bool:
    """Whether a run is the verb とる with its object before it: 食事を1日2回以上とる人."""
    return run.startswith(("とる", "とり", "とっ", "とら")) and "を" in text[max(0, start - _LONGEST) : start]


def _is_behind_amount(text: str, place: int) -> bool:
    """Whether a number with a unit is right before a place: any verb may follow it (142名あり)."""
    return _AMOUNT.search(text[max(0, place - _AROUND) : place]) is not None


def _possible_edits(before: str, run: str, known: KnownWords, *, is_known: bool) -> list[tuple[str, Edit]]:
    """The known runs that one slip may have made this run of behind a letter, each with the slip."""
    found = _edit_by_meant_run(run, known.texts.kana).items()
    return [one for one in found if _is_edit_possible(before, *one, known, is_known=is_known)]


def _greatest_gain(
    words: tuple[str, str, str], meant: Iterable[tuple[str, Edit]], tokenizer: Tokenizer
) -> tuple[int, str, Edit]:
    """How much more usual than needed the best of the corrections is in the place of the middle word."""
    left, run, right = words
    cost = tokenizer.cost(left + run + right)
    return max(
        (cost - tokenizer.cost(left + other + right) - _LEAST[edit], other, edit) for other, edit in meant
    )


def _is_particle_before_noun(words: str, tokenizer: Tokenizer) -> bool:
    """Whether a particle is before a noun in hiragana that begins like it (市町村ががん検診を)."""
    return any(
        particle.part_of_speech[0] == "助詞"
        and particle.surface != "と"  # ととともに
        and noun.part_of_speech[0] == "名詞"
        and len(noun.surface) > 1
        and noun.surface[0] == particle.surface[-1]
        for particle, noun in pairwise(tokenizer(words))
    )


def _is_in_noun(words: str, start: int, run: str, other: str, tokenizer: Tokenizer) -> bool:
    """Whether the letter that another one may stand for ends a noun with kanji (通いの場)."""
    place = start + next(at for at, letter in enumerate(run) if letter != other[at])
    return any(
        token.part_of_speech[0] == "名詞"
        and token.known
        and not is_hiragana(token.surface[0])
        and token.start < place < token.end
        for token in tokenizer(words)
    )


def _is_voiced_as_it_should(words: str, start: int, run: str, other: str, tokenizer: Tokenizer) -> bool:
    """Whether the letter that another one may stand for is で or だ behind 仰い, 繋い and the like."""
    place = start + next(at for at, letter in enumerate(run) if letter != other[at])
    return words[place] in "でだ" and any(
        token.end == place and "音便" in token.inflection and token.base.endswith(_VOICED_ENDINGS)
        for token in tokenizer(words)
    )


def _is_edit_possible(before: str, other: str, edit: Edit, known: KnownWords, *, is_known: bool) -> bool:
    """Whether a corrected run is known behind this letter, or in general and is more than a particle."""
    if known.kana_count(before + other):
        return edit is not Edit.EXTRA or len(other) > 1
    if edit is Edit.REPLACED and other in _PARTICLES:
        return True
    return not is_known and len(other) > 1 and bool(known.kana_count(other))


def _letters_before_and_behind(text: str, start: int, end: int) -> tuple[str, str]:
    """The letters before and behind a run, up to a sign or a space; the sign behind included."""
    left = _CUT.split(text[max(0, start - _AROUND) : start])[-1]
    right = text[end : end + _AROUND]
    cut = _CUT.search(right)
    return left, right[: cut.end()] if cut else right


def _edit_by_meant_run(run: str, known: Container[str]) -> dict[str, Edit]:
    """The known runs that one slip may have made this run of."""
    found: dict[str, Edit] = {}
    for index, letter in enumerate(run):
        shorter = run[:index] + run[index + 1 :]
        duplicated = letter in (run[index - 1 : index], run[index + 1 : index + 2])
        if shorter in known and (duplicated or shorter not in found):
            found[shorter] = Edit.DUPLICATED if duplicated else Edit.EXTRA
        for alike in _look_alikes().get(letter, ()):
            if (other := run[:index] + alike + run[index + 1 :]) in known:
                found.setdefault(other, Edit.REPLACED)
        swapped = run[:index] + run[index + 1 : index + 2] + letter + run[index + 2 :]
        if swapped in known:
            found.setdefault(swapped, Edit.SWAPPED)
    for index in range(len(run) + 1):
        before, behind = run[:index], run[index:]
        for letter in _INSERTED:
            if (other := before + letter + behind) in known:
                found.setdefault(other, Edit.DROPPED)
    found.pop(run, None)
    return found


@cache
def _look_alikes() -> dict[str, str]:
    """The letters that are taken for each letter."""
    found: dict[str, str] = {}
    for pair in _ALIKE.split():
        one, other = tuple(pair)
        found[one] = found.get(one, "") + other
        found[other] = found.get(other, "") + one
    return found
