"""A zero among large numbers, and the numbers of other rows and columns."""

from __future__ import annotations

import pytest

from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, found, new


@pytest.mark.parametrize(
    ("group", "cell", "is_odd"),
    [
        (GYOMU, "1-2-3!E37", True),  # 15,736 last year
        (GYOMU, "1-2-3!E48", False),  # nothing beside it
        (KIKAKU, "2-4!F37", True),
        (KIKAKU, "2-4!F72", False),  # 64 to 205 in other months
        (KIKAKU, "2-4!E72", True),  # 655 to 2,307
        (REZEPT, "1-2-5!G47", False),  # 5 and 8 before it
    ],
)
def test_a_zero_where_others_are_large(group: str, cell: str, is_odd: bool) -> None:
    assert new(group, {cell: 0.0}, "VA23") == [("VA23", cell)] * is_odd


def test_a_second_zero_is_silent() -> None:
    assert new(GYOMU, {"1-2-3!E36": 0.0, "1-2-3!E37": 0.0}, "VA23") == []


@pytest.mark.parametrize(
    ("group", "typed", "cells"),
    [
        (HOKEN, {"2-2-3!G40": 2_242.0}, ["2-2-3!G40"]),  # that of 協会保健師等 above it
        (HOKEN, {"2-2-3!G42": 1_660.0}, []),  # three digits
        (HOKEN, {"2-2-3!G42": 1_661.0, "2-2-3!H42": 1_661.0}, ["2-2-3!H42"]),
        (HOKEN, {"2-2-3!G43": 764.0}, []),
        (HOKEN, {"2-2-3!G44": 1_135.0, "2-2-3!H44": 764.0}, ["2-2-3!G44"]),  # a whole row of three digits
        (GYOMU, {"1-2-2!F26": 43_089.0}, []),  # a part may be the whole
        (GYOMU, {"1-2-3!F30": 1_689.0}, []),  # 検算: 確認済 ≦ 確認対象
        (KIKAKU, {"2-4!E39": 8_230.0}, []),  # TI14 says so
    ],
)
def test_numbers_of_another_row_or_column(group: str, typed: dict[str, float], cells: list[str]) -> None:
    assert new(group, dict(typed), "VA24") == [("VA24", cell) for cell in cells]


def test_a_copied_row_is_one_finding_that_names_its_cells() -> None:
    (finding,) = found(HOKEN, {"2-2-3!G44": 1_135.0, "2-2-3!H44": 764.0}, "VA24")
    assert "（G43）と同じ値です（H44 も同じ）" in finding.message
    assert [one.cell for one in finding.related] == ["G43"]


def test_the_sample_has_none() -> None:
    assert [new(group, {}, "VA2") for group in (GYOMU, KIKAKU, HOKEN, REZEPT)] == [[]] * 4


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ((139.0, 140.0), ["1-2-5!F40"]),  # behind 138 of the first quarter
        ((139.0, 141.0), []),
        ((139.0, 131.0), []),
    ],
)
def test_numbers_that_only_count_on(values: tuple[float, float], cells: list[str]) -> None:
    typed = dict(zip(("1-2-5!F40", "1-2-5!G40"), values, strict=True))
    assert new(REZEPT, dict(typed), "VA27") == [("VA27", cell) for cell in cells]


@pytest.mark.parametrize(("first", "is_found"), [(23.0, False), (20.0, True), (19.0, False)])
def test_small_numbers_count_on_in_four_cells(first: float, is_found: bool) -> None:
    cells = ("E41", "F41", "G41", "H41")[: 3 if first > 20 else 4]
    typed = {f"1-2-5!{cell}": first + step for step, cell in enumerate(cells)}
    assert new(REZEPT, dict(typed), "VA27") == [("VA27", "1-2-5!F41")] * is_found
