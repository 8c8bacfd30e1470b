"""What was typed into the cells of the tables, on both sides of each boundary."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.checks.support.number_cells import looks_like_formula
from kenpo_xl.ooxml.cell_reader import CellError
from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, found, new, places
from tests.checks.planted import checked, planted

COUNT = "1-2-2!E26"  # 決定件数 43,089 件, 42,133 件 last year
AMOUNT = "1-2-4!G29"  # 査定金額 10～12月 75,277, table in 千円
RATE = "1-2-2!E32"  # 郵送化率 96.5 ％, 96.5 ％ last year
POINTS = "1-2-5!I52"  # 債権回収率 8月 44.24, in points
Places = list[tuple[str, str]]


def test_the_sample_holds_one_hole_and_nothing_else() -> None:
    """健康保険委員だより of October was issued and has no number."""
    groups = (GYOMU, REZEPT, HOKEN, KIKAKU)
    assert [place for group in groups for place in places(found(group, {}, "VA"))] == [("VA01", "2-4!G47")]


@pytest.mark.parametrize(
    ("group", "cells", "expected"),
    [
        (GYOMU, [COUNT], [COUNT]),
        (GYOMU, ["1-2-2!E33"], ["1-2-2!E33"]),
        (REZEPT, [AMOUNT], [AMOUNT]),
        (REZEPT, ["1-2-5!L52"], ["1-2-5!L52"]),
        (REZEPT, ["1-2-5!P53"], ["1-2-5!P53"]),
        (REZEPT, ["1-2-5!G34", "1-2-5!G35"], ["1-2-5!G34"]),
        (KIKAKU, ["2-4!I51"], ["2-4!I51"]),
        (KIKAKU, ["2-4!I53"], []),
        (KIKAKU, ["2-4!E64"], ["2-4!E64"]),
        (KIKAKU, ["2-4!E65"], []),
        (KIKAKU, ["2-4!E76", "2-4!F76"], []),
        (KIKAKU, ["2-4!E75", "2-4!F75"], ["2-4!E75"]),
        (HOKEN, ["2-2-2!F50"], []),
        (HOKEN, ["2-2-2!E50"], ["2-2-2!E50"]),
        (HOKEN, ["2-2-2!F49"], ["2-2-2!F49"]),
    ],
)
def test_a_hole_is_what_should_be_filled_by_now(group: str, cells: list[str], expected: list[str]) -> None:
    """Not months to come, a last month of which nothing is known yet, or a list's row in the future."""
    assert new(group, dict.fromkeys(cells), "VA") == [("VA01", cell) for cell in expected]


@pytest.mark.parametrize(
    ("day", "told"),
    [("令和 6 年 1 月 9 日", False), ("令和 6 年 12 月 9 日", True), ("令和 7 年 1 月 9 日", False)],
)
def test_a_row_of_another_year_or_to_come_wants_no_number_yet(day: str, *, told: bool) -> None:
    """A day of another fiscal year is wrong itself (WO05)."""
    found_places = new(HOKEN, {"2-2-2!D50": day}, ("VA", "WO05"))
    assert [one for one in found_places if one[0] != "WO05"] == [("VA01", "2-2-2!F50")] * told


def test_a_sign_or_0_fills_a_cell() -> None:
    for value in ("－", 0.0, "…"):
        assert new(GYOMU, {"1-2-3!E30": value}, "VA") == []


def test_a_blank_table_is_one_finding_at_its_title() -> None:
    cells = [f"1-2-3!{column}{row}" for column in "EFG" for row in (30, 31)]
    assert new(GYOMU, dict.fromkeys(cells), "VA") == [("VA14", "1-2-3!B28")]
    assert len(new(GYOMU, dict.fromkeys(cells[:-1]), "VA01")) == 3


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("約4万", "VA02"),
        ("集計中", "VA02"),
        ("10 20", "VA02"),
        ("－", ""),
        ("x", ""),
        ("４３，０８９", "VA03"),
        ("43,089 件", "VA03"),
        ("（43,089）", "VA03"),
        ("43,089人", "VA04"),
        ("4.3万件", "VA04"),
        ("96.5％", "VA04"),
        (-43089.0, "VA05"),
        ("△43,089", "VA05"),
        (0.0, "VA23"),
        (True, "VA09"),
        (CellError("#REF!"), "VA10"),
        (date(2024, 10, 12), "VA11"),
        ("=SUM(A1", "VA12"),
        ("@SUM(1+1)", "VA12"),
    ],
)
def test_what_stands_in_the_place_of_a_count(value: Value, code: str) -> None:
    codes = {place for place in new(GYOMU, {COUNT: value}, "VA") if place[0] not in ("VA03", "VA13")}
    if code == "VA03":
        codes = set(new(GYOMU, {COUNT: value}, "VA03"))
    assert codes == ({(code, COUNT)} if code else set())


def test_unseen_characters_are_named_and_read_past() -> None:
    for typed in ("\u200b43089", "43,\u2060089\ufeff件"):
        (finding,) = found(GYOMU, {COUNT: typed}, "VA")
        assert finding.code == "VA03"
        assert "に見えない文字（U+" in finding.message
    assert "見えない文字" not in found(GYOMU, {COUNT: "４３，０８９"}, "VA03")[0].message


@pytest.mark.parametrize(
    "typed",
    ["約1,200", "1,689 ※", "31 35", "1,2 34", "1689-", "①5", "1,23,456", "--5", "1.234,5", "1E5", "千二百"],
)
def test_whatever_else_stands_beside_a_number_is_named(typed: str) -> None:
    assert new(GYOMU, {COUNT: typed}, "VA") == [("VA02", COUNT)]


@pytest.mark.parametrize("fault", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_value_in_a_sentence(fault: str) -> None:
    assert new(GYOMU, {"1-2-2!D20": fault}, "VA10") == [("VA10", "1-2-2!D20")]
    assert new(GYOMU, {"1-2-2!D20": f"{fault} を直した。"}, "VA10") == []


def test_a_formula_without_a_result_says_so(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["1-2-2"]
        sheet["E26"] = '=SUMIF(A:A,"x",B:B)'
        sheet["D20"] = '="件数は"&E26'
        sheet["E13"] = '=IF(E26>1,"〇","△")'
        sheet["E27"] = "=1+1"

    assert places(checked(planted(tmp_path, edit), "VA10")) == [
        ("VA10", "1-2-2!E13"),
        ("VA10", "1-2-2!D20"),
        ("VA10", "1-2-2!E26"),
    ]


def test_a_number_as_text_is_told_with_what_to_type() -> None:
    (finding,) = found(GYOMU, {COUNT: "43,089 件"}, "VA")
    assert "「43,089 件」" in finding.message
    assert finding.hint.startswith("43089 とだけ")
    assert finding.expected == "43089（数）"


@pytest.mark.parametrize(
    ("typed", "expected"), [("7527.7万円", "75277"), ("75,277,000円", "75277"), ("9件", "")]
)
def test_another_unit_is_converted_where_it_can_be(typed: str, expected: str) -> None:
    (finding,) = found(REZEPT, {AMOUNT: typed}, "VA04")
    assert (f"{finding.sheet}!{finding.cell}", finding.expected) == (AMOUNT, expected)
    assert "単位は「千円」です" in finding.message


@pytest.mark.parametrize(
    ("group", "typed", "expected"),
    [
        (GYOMU, {RATE: 1.0}, []),
        (GYOMU, {RATE: 1.01}, [("VA06", RATE)]),
        (KIKAKU, {"2-4!E95": 1.465}, [("VA06", "2-4!E95")]),
        (GYOMU, {RATE: 0.0}, []),
        (GYOMU, {RATE: -0.01}, [("VA06", RATE)]),
        (REZEPT, {POINTS: 100.0}, [("VA22", POINTS)]),
        (REZEPT, {POINTS: 100.01}, [("VA06", POINTS)]),
        (GYOMU, {RATE: 96.5}, [("VA07", RATE)]),
        (GYOMU, {"1-2-2!E33": 96.5}, [("VA07", "1-2-2!E33")]),
        (GYOMU, {RATE: 1.5}, [("VA06", RATE)]),
        (REZEPT, {POINTS: 0.4424}, [("VA07", POINTS)]),
        (REZEPT, {POINTS: 1.2}, [("VA08", POINTS)]),
        (REZEPT, {POINTS: 4424.0}, [("VA08", POINTS)]),
        (GYOMU, {"1-2-3!E43": 0.85}, [("VA08", "1-2-3!E43")]),
        (GYOMU, {"1-2-3!E43": 0.085}, [("VA13", "1-2-3!E43")]),
        (GYOMU, {"1-2-3!E43": 0.02}, []),
        (REZEPT, {"1-2-4!E35": 0.149}, [("VA08", "1-2-4!E35")]),
    ],
)
def test_rates_that_cannot_be_or_are_far_from_usual(
    group: str, typed: dict[str, Value], expected: Places
) -> None:
    assert new(group, typed, "VA") == expected


def test_a_small_count_may_jump() -> None:
    assert new(HOKEN, {"2-2-3!I39": 50.0}, "VA") == []


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝SUM(A1)",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "+cmd|x",
        "-2+3+cmd|x",
        "-A1",
        '=HYPERLINK("x")',
    ],
)
def test_text_that_begins_as_a_formula(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "-5 件",
        "－",
        "-",
        "・A",
        "-A4用紙",
        "+81-48-658-5919",
        "=====",
        "=> 前年",
        "@全員",
        "-10.5％",
        "-4/1 研修",
    ],
)
def test_text_that_only_begins_with_such_a_sign(text: str) -> None:
    assert not looks_like_formula(text)


def test_a_progress_line_that_begins_as_a_formula_is_told() -> None:
    assert new(GYOMU, {"1-2-1!D9": "=cmd|' /C calc'!A0"}, "VA") == [("VA12", "1-2-1!D9")]


def test_forms_are_read_from_the_file(tmp_path: Path) -> None:
    def typed(book: object) -> None:
        sheet = book["1-2-2"]  # type: ignore[index]
        sheet["E26"], sheet["F26"], sheet["E27"], sheet["F27"] = (
            True,
            "#REF!",
            "４２，１３３",
            date(2024, 4, 2),
        )
        sheet["F27"].number_format = "yyyy/m/d"
        sheet["E32"] = "='1-2-3'!E30/2000"

    assert places(checked(planted(tmp_path, typed), "VA")) == [
        ("VA09", "1-2-2!E26"),
        ("VA10", "1-2-2!F26"),
        ("VA03", "1-2-2!E27"),
        ("VA11", "1-2-2!F27"),
    ]
