"""Which of several places a text speaks of."""

from __future__ import annotations

from kenpo_xl.domain.language.sense.topics import (
    PlacedLine,
    Topics,
    indexes_of_exchanged_lines,
    pieces_of,
)

_PLANNED = {
    "1": ["歯科健診の受診者を増やす。"],
    "2": ["届出の手引きを見直し、書類の返送を減らす。"],
    "3": ["通いの場の会場を広げる。"],
}


def _line(place: str, text: str) -> PlacedLine[str]:
    return PlacedLine(place, pieces_of(text))


def _exchanged(
    lines: list[PlacedLine[str]], reported: list[PlacedLine[str]] | None = None
) -> list[tuple[int, int]]:
    topics = Topics(_PLANNED, [*lines, *(reported or [])])
    return list(indexes_of_exchanged_lines(topics, lines, 2.5, lambda one, other: one.place != other.place))


def test_two_lines_in_the_place_of_each_other() -> None:
    lines = [
        _line("1", "書類の返送が減り、届出が早くなった。"),
        _line("2", "歯科健診の受診者は前年度を上回った。"),
        _line("3", "会場は 58 か所となった。"),
    ]
    assert _exchanged(lines) == [(0, 1)]


def test_lines_that_are_where_they_belong() -> None:
    lines = [
        _line("1", "歯科健診の受診者には、届出の手引きも配った。"),
        _line("2", "書類の返送が減り、歯科健診の案内も早くなった。"),
        _line("3", "会場では、歯科健診の受診者も募った。"),
    ]
    assert _exchanged(lines) == []


def test_what_was_reported_before_tells_where_a_line_belongs() -> None:
    lines = [
        _line("2", "自治会役員や生活支援員と話し合いを続けている。"),
        _line("3", "記入例と必要書類の一覧表を収めた。"),
    ]
    reported = [
        _line("2", "記入例と必要書類の一覧表を収めた。"),
        _line("3", "自治会役員や生活支援員と話し合いを始めた。"),
    ]
    assert _exchanged(lines) == []
    assert _exchanged(lines, reported) == [(0, 1)]
