"""Compounds that differ by a letter from one of the other texts: 併用調整処理 for 併給調整処理."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import RUNS, is_kanji
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.slips import Edit, Slip

_SHORTEST, _LONG, _LONGEST = 4, 5, 16
"""Short compounds often differ by a letter and are both meant (実施回数, 実施件数): see `_is_pair_new`."""
# Letters that compounds exchange for one another on purpose.
_EXCHANGED = frozenset(
    "者所等的化性率数別用内外後前中上下時各全本当同新旧未非不再第年月日件人名回社部課局員書表費料金額証券"
    "一二三四五六七八九十百千万東西南北都道府県市区町村主男女大小高低多少増減左右春夏秋冬朝夕昼夜"
    "入出受送来往発着開閉始終加減"
)
_CONTRASTS = (
    *("度間期週旬", "医歯薬看", "児幼乳妊産父母親子"),
    *("重軽", "公私国", "単複両片", "正副准主", "初再終", "看介", "健検", "支本", "課係室班局", "当翌昨来次"),
    *(
        "有無要未既非",
        "青壮老成少",
        "陽陰",
        "体原",
        "会協審討",
        "新旧現",
        "甲乙丙",
        "紙電",
        "胃肺腸肝腎胸心脳",
        "昭平令",
    ),
)
"""Letters of which one compound has one and another another on purpose: 年間実績 and 年度実績."""


def misspelt_compounds(text: str, known: KnownWords) -> Iterator[Slip]:
    """The runs of kanji that no other text has, but for one letter: 支払催促 for 支払督促.

    A part of a run is not enough: 保護委員会 is no slip of 保険委員会.
    """
    for found in RUNS.finditer(text):
        run = found[0]
        if run[-1] == "自" and text.startswith("ら", found.end()):
            continue  # 支部長自ら
        if _SHORTEST <= len(run) <= _LONGEST and is_kanji(run[0]) and not known.has_run(run):
            meant = _known_neighbour(run, known)
            if meant:
                yield Slip(*found.span(), run, meant, Edit.REPLACED)


def _known_neighbour(word: str, known: KnownWords) -> str:
    """The compound of other texts that differs by a letter within it, '' without one."""
    for place in range(1, len(word) - 1):
        left, written, right = word[:place], word[place], word[place + 1 :]
        letter = known.letter_between(left, right)
        if (
            letter
            and not {written, letter} & _EXCHANGED
            and not any(written in group and letter in group for group in _CONTRASTS)
            and (len(word) >= _LONG or _is_pair_new(word, place, known))
        ):
            return left + letter + right
    return ""


def _is_pair_new(word: str, place: int, known: KnownWords) -> bool:
    """Whether no other text has the letter at a place with the one before it, nor with the one behind it.

    Nor is it in half of a word of four letters that is a word of offices: 看護 in 訪問看護.
    """
    if len(word) == _SHORTEST and word[place // 2 * 2 :][:2] in office_words().words:
        return False
    return not any(known.has_run(word[first : first + 2]) for first in (place - 1, place))
