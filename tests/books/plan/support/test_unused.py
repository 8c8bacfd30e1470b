"""What a planner types and nothing is taken from is named with its cell; what staff keep is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from kenpo_xl.books.plan.reader import plan_and_problems
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited, loaded

LAYOUT = """
    KPI    | 達成率
    表     | 窓口     | 窓口の件数
           |          | 区分 | 件数 | 割合
           |          | {年度} | ⟪件⟫ | ⟪%⟫
           |          | {前年度}（同期） | ⟪件⟫ | ⟪%⟫
"""
SCALE = [{"記号": "〇", "意味": "計画通り", "下限": 1}, {"記号": "×", "意味": "未達", "下限": 0}]


def drawn(folder: Path, layout: str = LAYOUT) -> Path:
    """The plan book of fiscal 2025 before it is changed."""
    path = folder / "計画.xlsx"
    drawing = PlanDrawing(
        basics=[
            ("支部", "東支部"),
            ("年度", 2025),
            ("四半期", 3),
            ("グループ", "一課"),
            ("グループ", "二課"),
        ],
        periods=[{"四半期": quarter, "会議": "", "開催日": "", "提出期限": ""} for quarter in (1, 2, 3, 4)],
        measures=[
            {"章": "一章"},
            {"節": "一節", "担当": "一課"},
            {"ブロック": 1, "計画内容": "窓口を設ける。"},
            {"計画内容": "続ける。"},
            {"節": "二節", "担当": "二課", "評価": ""},
            {"ブロック": 1, "計画内容": "進める。"},
        ],
        kpis=[{"指標": "達成率", "目標": "100 ⟪件⟫", "実績": "=@1-1/窓口/当年/件数"}],
        scale=SCALE,
        history=[{"指標": "達成率", "年度": 2024, "値": 90}],
        layouts={"1-1": layout},
    )
    write_drawn_book(path, drawing)
    return path


def problems(folder: Path, edits: Mapping[str, object] | None = None, *, layout: str = LAYOUT) -> list[str]:
    """Every problem as `誤り 期!F2: …` of the plan in which some cells are changed.

    `KPI>ＫＰＩ` renames a sheet, `+名前` adds one.
    """
    path = drawn(folder, layout)
    with edited(path) as book:
        for place, value in (edits or {}).items():
            sheet, _, cell = place.partition("!")
            if place.startswith("+"):
                book.create_sheet(place[1:])["A1"] = value
            elif ">" in place:
                old, _, new = place.partition(">")
                book[old].title = new
            else:
                book[sheet][cell] = value
    return [str(problem) for problem in plan_and_problems(path)[1]]


def column(folder: Path, sheet: str, header: str) -> str:
    """The letter of a column of a list, by its header."""
    row = loaded(drawn(folder))[sheet][1]
    return next(cell.column_letter for cell in row if cell.value == header)


def test_a_plan_in_which_everything_is_used(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


# Rows of 期 are 2 to 5; the third quarter of fiscal 2025 is October to December 2025.
@pytest.mark.parametrize(
    ("header", "row", "day", "said"),
    [
        ("提出期限", 4, dt.date(2025, 1, 8), "誤り"),
        ("開催日", 4, dt.date(2025, 1, 17), "誤り"),
        ("開催日", 4, dt.date(2025, 9, 30), "誤り"),
        ("開催日", 4, dt.date(2025, 10, 1), "注意"),
        ("提出期限", 4, dt.date(2025, 12, 30), "注意"),
        ("提出期限", 4, dt.date(2025, 12, 31), ""),
        ("提出期限", 4, dt.date(2026, 1, 8), ""),
        ("開催日", 4, dt.date(2026, 3, 25), ""),
        ("開催日", 4, dt.date(2026, 4, 10), "注意"),
        ("開催日", 4, dt.date(2027, 1, 17), "誤り"),
        ("開催日", 5, dt.date(2026, 7, 24), ""),
        ("提出期限", 5, dt.date(2026, 4, 10), ""),
        ("開催日", 5, dt.date(2025, 7, 24), "誤り"),
        ("開催日", 2, dt.date(2025, 7, 18), ""),
        ("開催日", 2, dt.date(2024, 7, 18), "誤り"),
        ("開催日", 4, "令和８年１月１６日（金）", ""),
        ("開催日", 4, "令和７年１月１７日", "誤り"),
        ("開催日", 4, "R8.1.16", ""),
        ("開催日", 4, "26/1/16", "誤り"),
    ],
)
def test_days_of_a_quarter(tmp_path: Path, header: str, row: int, day: object, said: str) -> None:
    cell = f"期!{column(tmp_path, '期', header)}{row}"
    found = problems(tmp_path, {cell: day})
    assert [one.partition(":")[0] for one in found] == ([f"{said} {cell}"] if said else [])


@pytest.mark.parametrize(("due", "said"), [(dt.date(2026, 1, 17), True), (dt.date(2026, 1, 16), False)])
def test_what_is_submitted_after_the_council(tmp_path: Path, due: dt.date, said: bool) -> None:
    held, late = (f"期!{column(tmp_path, '期', header)}4" for header in ("開催日", "提出期限"))
    found = problems(tmp_path, {held: dt.date(2026, 1, 16), late: due})
    assert [one.startswith(f"誤り {late}: ") for one in found] == [True] * said


@pytest.mark.parametrize(
    ("row", "meeting", "said"),
    [
        (4, "令和6年度第3回評議会", True),
        (4, "2024年度第3回評議会", True),
        (4, "令和7年度第3回評議会", False),
        (4, "令和8年1月評議会", False),
        (4, "令和7年1月評議会", False),
        (4, "令和6年1月評議会", True),
        (4, "第3回評議会", False),
        (5, "令和8年度第1回評議会", False),
    ],
)
def test_the_year_of_a_meeting(tmp_path: Path, row: int, meeting: str, said: bool) -> None:
    cell = f"期!{column(tmp_path, '期', '会議')}{row}"
    assert [one.startswith(f"注意 {cell}: ") for one in problems(tmp_path, {cell: meeting})] == [True] * said


@pytest.mark.parametrize(
    ("row", "owner", "said"),
    [
        (5, "二課", "担当は、項の行か、ブロックが始まる行に"),
        (2, "二課", "担当は、項の行か、ブロックが始まる行に"),
        (4, "一課", ""),
        (5, "一課 ", ""),
        (3, "一課　", ""),
        (3, "一課、二課", ""),
        (3, "一課・二課", ""),
        (3, "一課\n二課", ""),
        (3, "一課課", "「一課」のことではありませんか"),
    ],
)
def test_who_owns_an_item(tmp_path: Path, row: int, owner: str, said: str) -> None:
    cell = f"施策!{column(tmp_path, '施策', '担当')}{row}"
    found = problems(tmp_path, {cell: owner})
    assert [one.startswith(f"誤り {cell}: ") and said in one for one in found] == [True] * bool(said)


def test_the_only_block_of_another_group_leaves_the_first_without_items(tmp_path: Path) -> None:
    [found] = problems(tmp_path, {f"施策!{column(tmp_path, '施策', '担当')}4": "二課"})
    assert found.startswith("注意 基本!B4: グループ「一課」が担当する項がありません")


def test_a_group_of_other_width_owns_the_item(tmp_path: Path) -> None:
    found = problems(tmp_path, {"基本!B4": "１課", f"施策!{column(tmp_path, '施策', '担当')}3": "1課"})
    assert found == []


def test_a_group_that_owns_nothing(tmp_path: Path) -> None:
    [found] = problems(tmp_path, {f"施策!{column(tmp_path, '施策', '担当')}6": "一課"})
    assert found.startswith("注意 基本!B5: グループ「二課」が担当する項がありません")


def test_a_rating_that_no_block_takes(tmp_path: Path) -> None:
    cell = f"施策!{column(tmp_path, '施策', '評価')}6"
    [found] = problems(tmp_path, {cell: "不要"})
    assert found.startswith(f"注意 {cell}: 評価「不要」は使われません")
    assert problems(tmp_path, {cell: "要"}) == []


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("支店", "西支部", "注意 基本!A7: 項目「支店」は使いません。「支部」のことなら"),
        ("表　題", "報告", ""),
        ("標題", "報告", "注意 基本!A7: 項目「標題」は使いません。「表題」のことなら"),
        ("四半期", 2, "誤り 基本!A7: 「四半期」が 2 回"),
        ("グループ", "１課", ""),
        ("グループ", "一 課", "誤り 基本!B7: グループ「一 課」が 2 回"),
        ("備考", "来年は見直す", ""),
        ("メモ", "見直す", ""),
        ("作り方の説明", None, ""),
        (None, "三課", "誤り 基本!B7: この値の項目がありません"),
        ("表題", "令和6年度東支部事業実施状況", "注意 基本!B7: 表題に 令和6年度 とあります"),
        ("表題", "令和7年度東支部事業実施状況", ""),
    ],
)
def test_keys(tmp_path: Path, key: str | None, value: object, said: str) -> None:
    found = problems(tmp_path, {"基本!A7": key, "基本!B7": value})
    found = [one for one in found if "担当する項がありません" not in one]
    assert [one.startswith(said) for one in found] == [True] * bool(said), found


def test_groups_below_one_merged_key(tmp_path: Path) -> None:
    path = drawn(tmp_path)
    with edited(path) as book:
        book["基本"].merge_cells("A4:A5")
    plan, found = plan_and_problems(path)
    assert (plan.groups if plan else (), found) == (("一課", "二課"), [])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("提出期眼", "「提出期限」のことなら"),
        ("会場", "列「会場」は使いません"),
        ("備考", ""),
        ("メモ（内部用）", ""),
        ("No.", ""),
        ("四半期", "誤り 期!"),
    ],
)
def test_columns_of_a_list(tmp_path: Path, header: str, said: str) -> None:
    letter = loaded(drawn(tmp_path))["期"].max_column + 1
    place = get_column_letter(letter)
    edits = {f"期!{place}1": header, f"期!{place}4": "大会議室"}
    if "提出期限" in said:
        edits[f"期!{column(tmp_path, '期', '提出期限')}1"] = None
    found = problems(tmp_path, edits)
    assert [said in one and f"期!{place}1: " in one for one in found] == [True] * bool(said), found
    assert problems(tmp_path, {f"期!{place}1": header}) == []


@pytest.mark.parametrize(("gap", "said"), [(1, True), (3, False)])
def test_values_without_a_header(tmp_path: Path, gap: int, said: bool) -> None:
    columns = loaded(drawn(tmp_path))["過去実績"].max_column
    cell = f"過去実績!{get_column_letter(columns + gap)}2"
    assert [f"注意 {cell}: 見出しのない" in one for one in problems(tmp_path, {cell: 5})] == [True] * said


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"KPI>ＫＰＩ": None}, "誤り ＫＰＩ!A1: シート名「ＫＰＩ」を「KPI」に"),
        ({"KPI>KPI一覧": None}, "注意 KPI一覧!A1: シート「KPI一覧」は読みません。「KPI」のことなら"),
        ({"+会議のメモ": "次回"}, ""),
        ({"+過去実績の表": "次回"}, ""),
        ({"+9-9": "次回"}, "注意 9-9!A1: シート「9-9」に当たる項"),
        ({"+窓口の図": "表"}, "注意 窓口の図!A1: シート「窓口の図」に当たる項"),
        ({"1-1>１－１": None}, "誤り １－１!A1: シート名「１－１」を「1-1」に"),
    ],
)
def test_sheets(tmp_path: Path, edits: dict[str, object], said: str) -> None:
    found = problems(tmp_path, edits)
    assert any(one.startswith(said) for one in found) if said else not found


@pytest.mark.parametrize(("year", "said"), [(2024, False), (2025, True), (2026, True)])
def test_final_values_of_years_to_come(tmp_path: Path, year: int, said: bool) -> None:
    cell = f"過去実績!{column(tmp_path, '過去実績', '年度')}2"
    assert [one.startswith(f"注意 {cell}: ") for one in problems(tmp_path, {cell: year})] == [True] * said


@pytest.mark.parametrize(
    ("row", "cells", "place"),
    [
        (1, {"C": "100件"}, "C1"),
        (2, {"D": "（単位：件）"}, "D2"),
        (2, {"C": "窓口の状況"}, ""),
        (7, {"A": "注", "C": "速報値"}, ""),
        (7, {"A": "注", "C": "速報値", "D": "確定は3月"}, "D7"),
    ],
)
def test_cells_behind_a_mark(tmp_path: Path, row: int, cells: dict[str, str], place: str) -> None:
    found = problems(tmp_path, {f"1-1!{letter}{row}": text for letter, text in cells.items()})
    assert [one.startswith(f"注意 1-1!{place}: ") for one in found] == [True] * bool(place)


@pytest.mark.parametrize(("column", "said"), [("B", False), ("C", True)])
def test_a_unit_in_a_wrong_column(tmp_path: Path, column: str, said: bool) -> None:
    layout = LAYOUT.replace(
        "           |          | 区分", "    単位   |          |\n           |  | 区分", 1
    )
    found = problems(tmp_path, {f"1-1!{column}3": "件"}, layout=layout)
    assert [one.startswith("注意 1-1!C3: 「単位」の行のこの欄は読みません") for one in found] == [True] * said
