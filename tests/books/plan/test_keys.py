"""Items and blocks with keys, layout sheets found by them, earlier names of tables, rows and columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.plan.reader import Problem, plan_and_problems
from kenpo_xl.domain.plan.plan import Plan
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited

BASICS = [("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")]
SCALE = [{"記号": "A", "意味": "上", "下限": 1.0}, {"記号": "B", "意味": "下", "下限": 0.0}]
MEASURES: list[dict[str, Any]] = [
    {"章": "1", "節": "受付"},
    {"項": "① 窓口", "担当": "総務", "ブロック": "1", "計画内容": "速く受け付ける。"},
    {"ブロック": "2", "計画内容": "親切に案内する。"},
    {"計画内容": "笑顔で案内する。"},
    {"項": "② 電話", "担当": "総務"},
    {"計画内容": "すぐに出る。"},
]
TABLE = """
    表       | {name} |
             |        | 区分 | 件数
             |        | 昼   | ⟪件⟫
"""
WINDOW, SECOND, SENTENCE, PHONE = "H3", "H4", "H5", "H6"
"""The cells for the keys of item 1-1-1 with its block 1, of its block 2, of a sentence, and of item 1-1-2."""


def read(folder: Path, keys: dict[str, object], sheets: dict[str, str] | None = None) -> Plan:
    plan, _ = plan_and_problems(written(folder, keys, sheets))
    assert plan is not None
    return plan


def problems(folder: Path, keys: dict[str, object], sheets: dict[str, str] | None = None) -> list[Problem]:
    return plan_and_problems(written(folder, keys, sheets))[1]


def written(folder: Path, keys: dict[str, object], sheets: dict[str, str] | None = None) -> Path:
    """The plan book with these keys, and with the keys of layout sheets below their drawings."""
    path = folder / "計画.xlsx"
    layouts = {"1-1-1": TABLE.format(name="窓口の数"), "1-1-2": TABLE.format(name="電話の数")}
    layouts["1-1-1"] = "ブロック | 1\n" + layouts["1-1-1"]
    write_drawn_book(path, PlanDrawing(BASICS, [{"四半期": 3}], MEASURES, [], SCALE, [], layouts))
    with edited(path) as book:
        if keys:
            book["施策"]["H1"] = "鍵"
        for cell, key in keys.items():
            book["施策"][cell] = key
        for sheet, key in (sheets or {}).items():
            book[sheet]["A20"], book[sheet]["B20"] = "鍵", key
    return path


def test_without_keys_the_numbers_are_keys(tmp_path: Path) -> None:
    plan = read(tmp_path, {})
    assert [(item.id, item.key, item.own_key) for item in plan.items] == [
        ("1-1-1", "1-1-1", ""),
        ("1-1-2", "1-1-2", ""),
    ]
    assert [block.key for block in plan.items[0].blocks] == ["1", "2"]
    assert not plan.uses_keys


def test_a_row_gives_its_key_to_the_item_and_the_block_that_begin_in_it(tmp_path: Path) -> None:
    plan = read(tmp_path, {WINDOW: "K01", SECOND: "K02", PHONE: "K03"})
    assert [(item.key, [block.key for block in item.blocks]) for item in plan.items] == [
        ("K01", ["K01", "K02"]),
        ("K03", ["K03"]),
    ]
    assert plan.uses_keys
    assert [str(block.key_source) for block in plan.items[0].blocks] == [
        "計画.xlsx 施策!H3",
        "計画.xlsx 施策!H4",
    ]


@pytest.mark.parametrize(("typed", "key"), [("ｋ０７", "K07"), (" k07 ", "K07"), ("窓口", "窓口")])
def test_a_key_is_compared_without_width_case_and_blanks(tmp_path: Path, typed: str, key: str) -> None:
    assert read(tmp_path, {WINDOW: typed}).items[0].key == key


@pytest.mark.parametrize("typed", ["7", "1-2", "1-1-1", "K 0/7", "K" * 21, "（K07）"])
def test_a_malformed_key_is_reported_in_its_cell(tmp_path: Path, typed: str) -> None:
    found = [one for one in problems(tmp_path, {WINDOW: typed}) if one.is_error]
    assert [(one.sheet, one.cell) for one in found] == [("施策", WINDOW)]
    assert "使えません" in found[0].message


def test_a_repeated_key_is_reported_with_both_cells_and_which_is_older(tmp_path: Path) -> None:
    keys: dict[str, object] = {WINDOW: "K01", SECOND: "K02", PHONE: "ｋ01"}
    (found,) = [one for one in problems(tmp_path, keys) if one.is_error]
    assert (found.sheet, found.cell) == ("施策", PHONE)
    assert "鍵 K01 が H3 と H6 の 2 か所にあります。上の H3 を元の行とみなします。" in found.message


def test_a_missing_key_is_reported_once_where_others_are_there(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {WINDOW: "K01"}, {"1-1-1": "K01"})
    assert (found.cell, found.is_error) == (SECOND, False)
    assert "2 件" in found.message
    assert problems(tmp_path, {}) == []


def test_a_key_beside_a_sentence_is_a_warning(tmp_path: Path) -> None:
    keys: dict[str, object] = {WINDOW: "K01", SECOND: "K02", SENTENCE: "K04", PHONE: "K03"}
    found = problems(tmp_path, keys, {"1-1-1": "K01", "1-1-2": "K03"})
    assert [(one.cell, one.is_error) for one in found] == [(SENTENCE, False)]


KEYS: dict[str, object] = {WINDOW: "K01", SECOND: "K02", PHONE: "K03"}
EXCHANGED: dict[str, object] = {WINDOW: "K03", SECOND: "K02", PHONE: "K01"}


def tables(plan: Plan) -> dict[str, str]:
    return {item.key: table.name for item in plan.items for table in item.tables}


def test_a_layout_sheet_is_found_by_its_key_whatever_its_name(tmp_path: Path) -> None:
    plan = read(tmp_path, EXCHANGED, {"1-1-1": "K01", "1-1-2": "K03"})
    assert tables(plan) == {"K01": "窓口の数", "K03": "電話の数"}
    assert plan.items[0].tables[0].item == "1-1-1"
    found = problems(tmp_path, KEYS, {"1-1-1": "K01", "1-1-2": "K03"})
    assert found == []


def test_a_layout_sheet_without_key_is_found_by_its_name_with_a_warning(tmp_path: Path) -> None:
    found = problems(tmp_path, KEYS, {"1-1-1": "K01"})
    assert [(one.sheet, one.cell, one.is_error) for one in found] == [("1-1-2", "A1", False)]
    assert tables(read(tmp_path, KEYS, {"1-1-1": "K01"})) == {"K01": "窓口の数", "K03": "電話の数"}


def test_a_layout_sheet_may_be_named_by_the_key(tmp_path: Path) -> None:
    path = written(tmp_path, KEYS, {"1-1-1": "K01"})
    with edited(path) as book:
        book["1-1-2"].title = "K03"
    plan, found = plan_and_problems(path)
    assert plan is not None
    assert (tables(plan), found) == ({"K01": "窓口の数", "K03": "電話の数"}, [])


def test_a_key_of_two_layout_sheets_is_reported(tmp_path: Path) -> None:
    found = problems(tmp_path, KEYS, {"1-1-1": "K01", "1-1-2": "K01"})
    assert [(one.sheet, one.cell) for one in found if one.is_error] == [("1-1-2", "B20")]


def test_a_sheet_of_an_item_that_is_gone_is_not_taken_for_another(tmp_path: Path) -> None:
    found = problems(tmp_path, KEYS, {"1-1-1": "K01", "1-1-2": "K09"})
    assert [(one.sheet, one.is_error) for one in found] == [("1-1-2", False)]
    assert tables(read(tmp_path, KEYS, {"1-1-1": "K01", "1-1-2": "K09"})) == {"K01": "窓口の数"}


def test_earlier_names_of_tables_rows_and_columns(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    with edited(path) as book:
        sheet = book["1-1-1"]
        sheet["B3"] = "窓口の数 ← 窓口、受付 ← 来客"
        sheet["B5"] = "日中 ← 昼/朝"
    plan, found = plan_and_problems(path)
    assert plan is not None
    table = plan.items[0].tables[0]
    assert (table.name, table.former_names) == ("窓口の数", ("窓口、受付", "来客", "窓口", "受付"))
    assert (table.rows[0].name, table.rows[0].former_names) == ("日中", ("昼・朝",))
    assert found == []


def test_an_earlier_name_alone_leaves_the_name_to_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    with edited(path) as book:
        book["1-1-1"]["B5"] = "前年同期 ← 日中"
    plan, _ = plan_and_problems(path)
    assert plan is not None
    row = plan.items[0].tables[0].rows[0]
    assert (row.name, row.year_role, row.former_names) == ("昼", "前年同期", ("日中",))


def test_former_names_that_mean_nothing_are_warnings(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    with edited(path) as book:
        sheet = book["1-1-1"]
        sheet["B3"] = "窓口の数 ← 来客"
        for place, text in (
            ("A8", "表"),
            ("B8", "来客"),
            ("C9", "区分"),
            ("D9", "件数"),
            ("C10", "昼"),
            ("C11", "夜"),
        ):
            sheet[place] = text
        sheet["B10"], sheet["B11"] = "← 午後", "← 午後"
    _, found = plan_and_problems(path)
    assert [(one.sheet, one.cell, one.is_error) for one in found] == [
        ("1-1-1", "B3", False),
        ("1-1-1", "B8", False),
    ]
    assert "旧名「来客」は、いまの別の表の名前か" in found[0].message
    assert "旧名「午後」は、いまの別の行の名前か" in found[1].message
