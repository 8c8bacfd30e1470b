"""What the headers of a table's rows and columns call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

COMMON = frozenset(["件数", "人数", "回数", "部数", "数", "金額", "額", "率", "割合", "実施者数", "実施件数"])
_JOINT = LazyPattern(r"に対する|にかかる|に係る|における|への|からの|での|との", needs=("る", "の"))
ENDING = LazyPattern(r"(?:件数|者数|人数|回数|部数|通数|社数|機関数|事業所数|金額|数|額|率|割合)$")
_SHORTEST, _LONG_STEM, _LONG_NAME = 2, 6, 4
_SHORTEST_START, _SHORTEST_END = 3, 2


@frozen
class AxisNames:
    """A row or a column: what its headers call it, without 件数 and the like, which `common` are.

    Of headers of several levels the innermost may be enough; not where `is_one_name` in parts.
    """

    place: int
    parts: tuple[str, ...]
    common: tuple[str, ...] = ()
    is_one_name: bool = False

    def is_named(self, lengths: Sequence[int]) -> bool:
        """Whether it is named where so many letters of each part are found."""
        return all(lengths) if self.is_one_name else not lengths or bool(lengths[-1])


def words_with_plain_joints(words: str) -> str:
    """Words with の for what joins two nouns as it does: 事業所に対する勧奨, 事業所への勧奨."""
    return _JOINT.sub("の", words)


def names_with_shared_starts_apart(rows: Sequence[AxisNames]) -> tuple[AxisNames, ...]:
    """The rows, with what names begin with as others do (0次勧奨 of 0次勧奨面談) as a part of its own."""
    names = [row.parts[0] for row in rows if len(row.parts) == 1]
    return tuple(_with_start_apart(row, names) if len(row.parts) == 1 else row for row in rows)


def _with_start_apart(row: AxisNames, names: Sequence[str]) -> AxisNames:
    (name,) = row.parts
    starts = [_shared_start(name, other) for other in names if other != name]
    start = max(starts, key=len, default="")
    end = name[len(start) :].removeprefix("の")
    is_clear = len(start) >= _SHORTEST_START and len(end) >= _SHORTEST_END and end not in COMMON
    return replace(row, parts=(start, end), is_one_name=True) if is_clear else row


def _shared_start(name: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(name, other, strict=False))
    return "".join(letter for letter, _ in pairs).rstrip("の")


def length_of_name_part_in_words(name: str, words: str) -> int:
    """How many letters of a header are in the words, also with の in it (メールの配信); 0 for none."""
    length = length_of_name_in_words(name, words)
    if length or len(name) < _LONG_NAME or "の" in name or "の" not in words:
        return length
    stem = next((one for one in (name, _stem(name)) if one in words.replace("の", "")), "")
    return len(stem) if len(stem) >= _LONG_NAME else 0


def length_of_name_in_words(name: str, words: str) -> int:
    """How many letters of a name are in the words: all, or those before 件数, 率 and the like; 0 for none.

    A name of several words (動画の再生) is there if each of them is.
    """
    if name in words:
        return len(name)
    stem = _stem(name)
    if len(stem) >= _SHORTEST and stem in words:
        return len(stem)
    if len(stem) >= _LONG_STEM and any(stem in words.replace(word, "") for word in ("及び", "と")):
        return len(stem)
    pieces = stem.split("の")
    is_whole = len(pieces) > 1 and all(len(one) >= _SHORTEST and one in words for one in pieces)
    return sum(map(len, pieces)) if is_whole else 0


@lru_cache(maxsize=2_048)
def _stem(name: str) -> str:
    """A name without 件数, 率 and the like at its end."""
    return ENDING.sub("", name)
