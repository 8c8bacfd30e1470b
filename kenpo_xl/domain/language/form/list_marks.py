"""Marks of a list within a text (①②③, （1）（2）, ア イ ウ), and those out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_KATAKANA = "アイウエオカキクケコサシスセソタチツテト"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Not what refers to a point (①の, ①及び③, ①～③), and no count in brackets behind a noun.
_NO_REFERENCE = r"(?![をにはがのとで、,・~及又や並から)]|-)"
_MARKS = (
    LazyPattern(
        rf"(?:(?<=^・)|(?<![~\-・]))(?<!及び|又は|上記)([{_CIRCLED}]){_NO_REFERENCE}", needs=_CIRCLED
    ),
    LazyPattern(
        rf"(?:^|(?<=[\s、。:・;,])|(?<=[^\d\s(]))\(([0-9]{{1,2}})\){_NO_REFERENCE}", needs=("(", "（")
    ),
    LazyPattern(rf"(?:^|(?<=[\s、。:;,]))([0-9]{{1,2}})\){_NO_REFERENCE}", needs=(")", "）")),
    LazyPattern(rf"(?:^|(?<=[\s、。:;]))([{_KATAKANA}])(?=[ ).．])", needs=("ア",)),
)
_LEAST = 3


@frozen
class WrongMark:
    """A mark from `start` to `end` that does not follow the one before it, and the number that would."""

    start: int
    end: int
    written: str
    meant: str


def wrong_marks(text: str) -> Iterator[WrongMark]:
    """The first mark out of order of each kind that a text has a list of, three marks or more from 1."""
    plain = half_width(text)
    for pattern in _MARKS:
        marks = [(found, _number_of_mark(found[1])) for found in pattern.finditer(plain)]
        if len(marks) < _LEAST or marks[0][1] != 1:
            continue
        for (_, before), (found, number) in pairwise(marks):
            if number not in (before + 1, 1):
                written = found[0].strip()
                meant = written.replace(found[1], _mark_of_same_kind(found[1], before + 1))
                yield WrongMark(found.start(), found.end(), written, meant)
                break


# Words for points, the second of which is written before the third: 第一に、第二に; 一つ目は、二つ目は.
_COUNTED_POINTS = tuple(
    tuple(form.format(one) for one in ones)
    for form, ones in (
        ("第{}に", "一二三四五"),
        ("第{}に", "12345"),
        ("{}つ目", "一二三四五"),
        ("{}つ目", "12345"),
        ("{}点目", "一二三四五"),
        ("{}点目", "12345"),
        ("{})", "abcdef"),
        ("({})", "アイウエオカ"),
        ("({})", "一二三四五"),
    )
)


def wrong_points(text: str) -> Iterator[WrongMark]:
    """The point that does not follow the one before it, where a text counts them from the first."""
    plain = half_width(text)
    for words in _COUNTED_POINTS:
        places = sorted((place, at) for at, one in enumerate(words) if (place := plain.find(one)) >= 0)
        if len(places) > 1 and places[0][1] == 0 and places[1][1] > 1:
            place, number = places[1]
            yield WrongMark(place, place + len(words[number]), words[number], words[1])


def numbers_of_marks(text: str) -> Iterator[list[int]]:
    """The numbers of the marks in a text, for each kind of mark."""
    plain = half_width(text)
    for pattern in _MARKS:
        yield [_number_of_mark(found[1]) for found in pattern.finditer(plain)]


def _number_of_mark(mark: str) -> int:
    if mark in _KATAKANA:
        return _KATAKANA.index(mark) + 1
    return _CIRCLED.index(mark) + 1 if mark in _CIRCLED else int(mark)


def _mark_of_same_kind(mark: str, number: int) -> str:
    """A number written as another mark is."""
    signs = _KATAKANA if mark in _KATAKANA else _CIRCLED if mark in _CIRCLED else ""
    return signs[number - 1 : number] or str(number)
