"""Numbers with a digit too many or too few, in the cell of the odd one."""

from __future__ import annotations

import pytest

from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, found, new

COUNT = "1-2-2!E26"  # 決定件数 43,089 件, 42,133 件 last year


@pytest.mark.parametrize(
    ("count", "is_found"),
    [
        (430890.0, True),
        (714000.0, True),
        (718000.0, False),
        (253000.0, True),
        (252000.0, False),
        (4308.0, True),
        (43089000.0, True),
    ],
)
def test_a_jump_against_last_year(count: float, *, is_found: bool) -> None:
    """Nothing else shows which of the two is wrong."""
    assert new(GYOMU, {COUNT: count}, "VA") == ([("VA13", COUNT)] if is_found else [])


def test_both_numbers_of_a_pair_are_marked() -> None:
    (finding,) = found(GYOMU, {COUNT: 430890.0}, "VA13")
    assert [source.cell for source in finding.related] == ["E27"]
    assert (finding.severity, finding.expected) == ("注意", "")
    assert "42,133 件" in finding.message


@pytest.mark.parametrize(
    ("last_year", "place"), [(0.0183, "1-2-4!E36"), (0.00183, ""), (0.000183, "1-2-4!E36")]
)
def test_last_years_rate_is_the_odd_one(last_year: float, place: str) -> None:
    """0.149 ％ this year, 0.136 ％ in all Japan."""
    assert new(REZEPT, {"1-2-4!E36": last_year}, "VA13") == [("VA13", place)] * bool(place)


@pytest.mark.parametrize(
    ("group", "typed", "is_found"),
    [
        (KIKAKU, {"2-4!G51": 117010.0}, True),  # others 7,846 to 11,650; no last year's of 12月
        (KIKAKU, {"2-4!G51": 54000.0}, False),
        (KIKAKU, {"2-4!G51": 1170.0}, True),
        (KIKAKU, {"2-4!G51": 1600.0}, False),
        (KIKAKU, {"2-4!E50": 66290.0}, True),  # last year's, among 5,725 to 9,036
        (KIKAKU, {"2-4!E62": 18380.0}, False),  # 1,848 and 2,067 件 in the other months are too few
        (KIKAKU, {"2-4!E62": 1838000.0}, True),
        (REZEPT, {"1-2-5!E39": 42850.0}, True),  # 5,443 and 4,070 件 in the other quarters, 20,557 last year
        (REZEPT, {"1-2-5!E39": 20000.0}, False),
        (REZEPT, {"1-2-5!J35": 100693000.0}, True),  # last year's total beside the quarters
        (REZEPT, {"1-2-5!F46": 4343000.0}, True),
        (REZEPT, {"1-2-4!E44": 10.0}, True),  # 16,893 and 9,383 円
    ],
)
def test_a_jump_among_the_months(group: str, typed: dict[str, Value], *, is_found: bool) -> None:
    place = next(iter(typed))
    assert new(group, typed, "VA13") == [("VA13", place)] * is_found


def test_a_number_that_moves_with_another_of_its_months_is_no_jump() -> None:
    """Of 1 case only 364 千円 were paid; beside 8 cases that would be odd."""
    assert new(REZEPT, {"1-2-5!G48": 364.0}, "VA13") == []
    assert new(REZEPT, {"1-2-5!G40": 13.0, "1-2-5!G39": 400.0}, "VA13") == []
    assert new(REZEPT, {"1-2-5!G39": 400.0}, "VA13") == [("VA13", "1-2-5!G39")]


def test_the_neighbor_of_a_wrong_number_is_left_alone() -> None:
    assert new(REZEPT, {"1-2-4!E30": 791530.0}, "VA13") == [("VA13", "1-2-4!E30")]


def test_an_amount_in_yen_says_what_the_unit_is() -> None:
    (finding,) = found(REZEPT, {"1-2-4!F29": 72586002.0}, "VA13")
    assert "この欄の単位は「千円」です" in finding.hint


def test_a_rating_is_not_doubted_for_a_figure_of_odd_size() -> None:
    assert new(HOKEN, {"2-2-2!G72": 99050.0}, "RA04") == []


def test_the_odd_one_of_two_that_must_agree_is_marked() -> None:
    """確認済 1,323 件 are more than 169 件; the other rule says so in the same cell."""
    (finding,) = found(GYOMU, {"1-2-3!E30": 169.0}, ("CO02", "VA13"))
    assert (finding.code, finding.cell) == ("CO02", "E30")
    assert [source.cell for source in finding.related] == ["F30"]


def test_a_rate_a_hundredth_of_last_years_marks_both() -> None:
    (finding,) = found(GYOMU, {"1-2-3!E44": 0.000083}, "VA08")
    assert (finding.cell, [source.cell for source in finding.related]) == ("E43", ["E44"])


def test_a_quarter_beside_the_total_of_last_year() -> None:
    """1,310 behind 138 and 127; last year's 559 gives 140 for three months."""
    (finding,) = found(REZEPT, {"1-2-5!G40": 1_310.0}, "VA13")
    assert finding.cell == "G40"
    assert "559 件（同じ月数で 140 件）" in finding.message


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("・12 月は 117,010 部と大きく増えた。全事業所へ臨時号を送付したためである。", False),
        ("・12 月は、臨時号の発行により部数が大幅に増えた。", False),
        ("・12 月は臨時号を全戸に配ったため、部数が 10 倍となった。", False),
        ("・10 月は、臨時号の発行により部数が大幅に増えた。", True),
        ("・12 月は 11,701 部と大きく増えた。", True),
    ],
)
def test_a_jump_with_its_reason_in_the_item(text: str, *, is_found: bool) -> None:
    """The line gives the number, or its month, with what made it so large."""
    assert new(KIKAKU, {"2-4!G51": 117010.0, "2-4!D9": text}, "VA13") == [("VA13", "2-4!G51")] * is_found
