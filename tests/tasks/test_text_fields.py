"""Text fields (記入欄) from the plan book to the report, the next period and a changed plan."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.report import make_report
from tests.books.report.template.test_body_columns import with_column
from tests.books.report.template.test_template import changed
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.books import cells, settle, texts
from tests.tasks.nightly.conftest import run
from tests.tasks.structured import DRAWING, GENERAL, HEALTH

NEXT, ISSUE, COST = "今後の取組", "課題", "決算額"
WORDS = "・会場を増やす。"
FIRST = ("1-1-1", "1-1-2")


@pytest.fixture
def copied(city: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(city, tmp_path / "みどり市" / city.name))


def fields(book: Path, plan: Plan) -> list[tuple[str, str, str]]:
    """Block, name and text of each text field of the first item of a book, empty ones too."""
    submission = read_submission(book, plan)
    items = [item for item in submission.items if item.item in FIRST]
    lines = [line for item in items for line in (*item.lines, *item.blank_lines)]
    return sorted((line.block, line.text_field, line.text) for line in lines if line.text_field)


def test_each_block_has_a_row_for_its_fields_and_each_item_one(city: Path) -> None:
    plan = read_plan(city / "計画.xlsx")
    begun = ("1", NEXT, "引き続き、令和9年度も行う。")
    assert fields(city / "入力" / f"{GENERAL}.xlsm", plan) == [
        begun, ("1", COST, ""), ("1", ISSUE, ""), ("2", NEXT, "")
    ]  # fmt: skip
    others = fields(city / "入力" / f"{HEALTH}.xlsm", plan)
    assert others == [("1", NEXT, ""), ("1", COST, ""), ("1", ISSUE, "")]
    sheet = Workbook(city / "入力" / f"{GENERAL}.xlsm").sheets["1-1-1"]
    assert [sheet.text(row, 3) for row in range(8, 20)] == [
        "計画", "文", "KPI", "表", "文", "文", NEXT, ISSUE, COST, "計画", "文", NEXT
    ]  # fmt: skip


def test_an_empty_field_is_reported_in_its_cell_and_a_filled_one_judged_by_its_words(copied: Path) -> None:
    book = copied / "提出" / f"{HEALTH}.xlsm"
    with edited(book) as opened:
        opened["1-1-2"]["D11"].value = "・受診勧奨を検討するする。"
    (checked,) = check_books([book]).books
    found = {(one.code, one.cell, one.identity) for one in checked.findings if one.sheet in FIRST}
    assert {one for one in found if one[0] == "VA41"} == {
        ("VA41", "D12", "1-1-2/ブロック 1/課題"),
        ("VA41", "D13", "1-1-2/ブロック 1/決算額"),
    }
    assert ("WO62", "D11", "1-1-2/ブロック 1/今後の取組/L1-3") in found


def test_a_row_inserted_below_a_field_continues_it(copied: Path) -> None:
    book = copied / "提出" / f"{HEALTH}.xlsm"
    with edited(book) as opened:
        sheet = opened["1-1-2"]
        assert sheet["C13"].value == COST
        sheet["C13"].value, sheet["B13"].value, sheet["D13"].value = None, None, "・続きの文。"
    assert ("1", ISSUE, "・続きの文。") in fields(book, read_plan(copied / "計画.xlsx"))


def test_a_field_is_printed_below_the_progress_where_the_template_has_no_column(city: Path) -> None:
    printed = texts(make_report(city, output=city / "報告" / "again.xlsx").path)
    order = ["・講座を6回開いた。", f"{NEXT}：{WORDS}", f"{COST}：980千円", "・広報に載せた。"]
    assert [text for text in printed if text in order] == order


@pytest.mark.period
def test_a_field_is_printed_in_the_column_of_its_name(copied: Path, tmp_path: Path) -> None:
    template = changed(tmp_path, with_column(NEXT))
    result = make_report(copied, template=template)
    assert [cell.value for cell in cells(result.path) if str(cell.value).endswith(WORDS)] == [WORDS]
    assert not [one for one in result.failures if NEXT in one]


def test_the_planner_rewords_a_field(copied: Path) -> None:
    words = {"いまの文": "会場を増やす", "直した文": "会場を2か所増やす", "理由": "確認済み"}
    settle(copied, "文の調整", 項="1-1-1", ブロック="1", **words)
    assert f"{NEXT}：・会場を2か所増やす。" in texts(make_report(copied).path)


@pytest.mark.period
def test_the_next_period_has_it_as_last_quarters_and_lists_its_changes(copied: Path) -> None:
    after = make_next_period(copied).folder
    build_books(after)
    plan = read_plan(after / "計画.xlsx")
    book = after / "入力" / f"{GENERAL}.xlsm"
    (line,) = [line for line in read_submission(book, plan).items[0].lines if line.text == WORDS]
    assert line.text_field == NEXT
    assert line.is_unconfirmed
    (after / "提出").mkdir()
    submitted = after / "提出" / book.name
    assert line.source
    with edited(book, submitted) as opened:
        opened[line.source.sheet][line.source.cell].value = "・会場を減らす。"
    changes = make_report(after, history=copied.parent).changes
    assert changes
    assert ("1-1-1/ブロック 1/今後の取組/文 1", WORDS, "・会場を減らす。") in [
        (one.place, one.before, one.now) for one in changes.found
    ]


def renamed(name: str) -> Callable[[tuple[str, object]], tuple[str, object]]:
    return lambda row: (row[0], f"{name} ← {NEXT}") if row[1] == NEXT else row


@pytest.mark.period
def test_a_renamed_field_keeps_its_text_and_a_dropped_one_is_listed(copied: Path) -> None:
    shutil.copy(copied / "提出" / f"{GENERAL}.xlsm", copied / "入力" / f"{GENERAL}.xlsm")
    basics = [row for row in map(renamed("今後の方針"), DRAWING.basics) if row[1] != ISSUE]
    write_drawn_book(copied / "計画.xlsx", replace(DRAWING, basics=basics))
    plan = read_plan(copied / "計画.xlsx")
    assert ("1", "今後の方針", WORDS) in fields(copied / "提出" / f"{GENERAL}.xlsm", plan)
    build_books(copied)
    book = copied / "入力" / f"{GENERAL}.xlsm"
    assert ("1", "今後の方針", WORDS) in fields(book, plan)
    unplaced = Workbook(book).sheets["引き継げなかったもの"]
    assert any("・受講者が固定している。" in unplaced.text(row, 2) for row in range(1, unplaced.last_row + 1))
    assert "・受講者が固定している。" not in texts(make_report(copied).path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("評価", "別の名前"),
        ("課題", "2 回"),
        ("取組、課題", "短い言葉"),
        ("今後の取組についての詳しい説明", "12 字"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_its_cell(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / "計画.xlsx"
    write_drawn_book(path, replace(DRAWING, basics=[*DRAWING.basics, ("記入欄", name)]))
    (problem,) = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert (problem.sheet, problem.cell) == ("基本", f"B{len(DRAWING.basics) + 1}")
    assert words in problem.message


@pytest.mark.period
def test_the_ledger_keeps_it_apart_from_the_progress(copied: Path) -> None:
    after = make_next_period(copied).folder
    run(copied.parent)
    shutil.rmtree(copied)
    build_books(after)
    found = read_submission(after / "入力" / f"{GENERAL}.xlsm", read_plan(after / "計画.xlsx"))
    carried = {line.text: line.text_field for line in found.items[0].lines if line.is_unconfirmed}
    assert carried[WORDS] == NEXT
    assert not carried["・講座を6回開いた。"]
