"""A pair of which one half was deleted: 電話及びによる勧奨, ホームページやで, 窓口とで周知した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end, is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import places_of, sentence_around
from kenpo_xl.domain.text_span import TextSpan

_JOINTS = ("及び", "および", "又は", "または", "並びに", "ならびに", "もしくは", "若しくは", "あるいは")
_PARTICLES = ("による", "により", "に対し", "について", "において", "での", "では", "には", *"をにでとがへの")
_PHRASES = _PARTICLES[:7]
_VERB = ("に及び", "におよび", "も及び", "へ及び")
"""及び as a verb: 3 か月に及び."""
_ALONE = "と"
_OTHERS = ("と", "や", "及び", "および", "並びに", "ならびに", "間", "相互", "互い", "双方", "両")
_LETTERS_BEFORE = 4
_NOT_BEFORE = "、」』 \u3000"


def lost_halves(text: str) -> Iterator[TextSpan]:
    """Where a conjunction of nouns is right before a particle, or と before one with nothing it joins."""
    for joint in _JOINTS:
        for at in places_of(text, joint):
            end = _end_of_particle(text, at + len(joint))
            is_verb = text.endswith(_VERB, 0, at + len(joint))
            if end and not is_verb and _is_behind_noun(text, at):
                yield _start_of_noun(text, at), end
    for at in places_of(text, "や"):
        end = _end_of_particle(text, at + 1)
        if end and _is_behind_noun(text, at) and text[at + 1] != "と":
            yield _start_of_noun(text, at), end
    yield from _spans_of_lonely_and(text)


def _end_of_particle(text: str, start: int) -> int:
    """Where a particle ends that no word begins with (がん, のぼり, はがき); 0 for none."""
    for one in _PARTICLES:
        if text.startswith(one, start):
            behind = text[start + len(one) : start + len(one) + 1]
            if one in _PHRASES or (behind and not is_hiragana(behind)):
                return start + len(one)
    return 0


def _is_behind_noun(text: str, at: int) -> bool:
    """Whether a noun, a bracket, a number or a comma behind one of them is right before a place."""
    before = text[max(0, at - 3) : at].rstrip("、 \u3000")[-1:]
    if not before or is_hiragana(before):
        return False
    return is_noun_letter(before) or before.isalnum() or before in "）)」』"


def _start_of_noun(text: str, at: int) -> int:
    """Where the last letters of the noun before a place begin."""
    start = at
    while start and at - start < _LETTERS_BEFORE and text[start - 1] not in "。\n":
        start -= 1
    return start


def _spans_of_lonely_and(text: str) -> Iterator[TextSpan]:
    """窓口とで周知した, 歯科医師とが講演した: と before a particle, where the sentence joins nothing else."""
    for particle in "でがをに":
        for at in places_of(text, _ALONE + particle):
            is_pair = _is_behind_noun(text, at) and _end_of_particle(text, at + 1)
            if not is_pair or text[at - 1] in _NOT_BEFORE:
                continue
            before = text[sentence_around(text, at, at)[0] : at]
            if not has_open_pair_at_end(before, QUOTES) and not any(one in before for one in _OTHERS):
                yield _start_of_noun(text, at), at + 2
