"""An item of several groups: each has its blocks and tables in its book, the report joins them in order."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.tasks.books import about, texts
from tests.tasks.structured import DRAWING, GENERAL, HEALTH, SHARED

LINES = ["・催しを2回開いた。", "・会場を貸した。", "・保健師が相談に応じた。"]


@pytest.fixture
def copied(city: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(city, tmp_path / "みどり市" / city.name))


def shared_entry(book: Path, plan: Plan) -> ItemEntry:
    return next(one for one in read_submission(book, plan).items if one.item == SHARED)


def rows(entry: ItemEntry) -> list[tuple[str, str, str]]:
    return [(one.block, one.kind, one.text) for one in entry.lines if not one.text_field]


def test_each_book_has_what_is_its_groups(city: Path) -> None:
    plan = read_plan(city / "計画.xlsx")
    general, health = (shared_entry(city / "提出" / f"{group}.xlsm", plan) for group in (GENERAL, HEALTH))
    assert rows(general) == [
        ("1", "文", LINES[0]), ("1", "表", "催し"), ("1", "KPI", "催しの参加者"),
        ("1", "文", LINES[1]), ("3", "文", "・広報紙に載せた。"),
    ]  # fmt: skip
    assert rows(health) == [
        ("1", "文", LINES[2]), ("1", "表", "相談会"), ("2", "文", "・相談を受けた。"), ("2", "表", "相談"),
    ]  # fmt: skip
    assert [one.table for one in general.tables] == ["催し"]
    assert [one.table for one in health.tables] == ["相談会", "相談"]
    assert [(one.block, one.glyph) for one in (*general.ratings, *health.ratings)] == [("1", "A"), ("2", "B")]


def test_the_report_joins_them_in_the_order_of_the_plan(city: Path) -> None:
    whole = consolidate(PeriodFolder(city))
    entry = joined_entries(whole.plan, whole.submissions)[SHARED]
    assert rows(entry) == [
        ("1", "文", LINES[0]), ("1", "表", "催し"), ("1", "文", LINES[2]), ("1", "表", "相談会"),
        ("1", "KPI", "催しの参加者"), ("1", "文", LINES[1]),
        ("2", "文", "・相談を受けた。"), ("2", "表", "相談"), ("3", "文", "・広報紙に載せた。"),
    ]  # fmt: skip
    groups = {fact.table: fact.group for fact in whole.facts if fact.item == SHARED and fact.row}
    assert groups == {"催し": GENERAL, "相談会": HEALTH, "相談": HEALTH}


def test_no_book_is_asked_for_what_another_group_fills_in(city: Path) -> None:
    checked = check_books([city])
    codes = {one.code for book in checked.books for one in book.findings}
    assert codes == {"VA41"}
    (asked,) = {
        one.workbook
        for book in checked.books
        for one in book.findings
        if one.sheet == SHARED and "決算額" in one.identity
    }
    assert asked == f"{GENERAL}.xlsm"


@pytest.mark.period
def test_of_a_missing_group_only_its_part_is_missing(copied: Path) -> None:
    (copied / "提出" / f"{HEALTH}.xlsm").unlink()
    result = make_report(copied)
    printed = texts(result.path)
    assert printed[printed.index("・会場を貸した。") + 1] == f"（{HEALTH}は未提出）"
    assert printed.count("（未提出）") == 3  # items 1-1-2 and 1-1-5-2, and block 2 of the shared one
    assert [one.place for one in about(result, Concern.MISSING)] == [HEALTH]


@pytest.mark.period
def test_the_next_period_gives_each_group_its_own_lines(copied: Path) -> None:
    after = make_next_period(copied).folder
    build_books(after)
    plan = read_plan(after / "計画.xlsx")
    general, health = (shared_entry(after / "入力" / f"{group}.xlsm", plan) for group in (GENERAL, HEALTH))
    assert [one.text for one in general.lines if one.carried] == [*LINES[:2], "・広報紙に載せた。"]
    assert [one.text for one in health.lines if one.carried] == [LINES[2], "・相談を受けた。"]


@pytest.mark.period
def test_a_block_that_another_group_gets_takes_its_content_along(copied: Path) -> None:
    for group in (GENERAL, HEALTH):
        shutil.copy(copied / "提出" / f"{group}.xlsm", copied / "入力" / f"{group}.xlsm")
    measures = [
        row | {"担当": GENERAL} if row.get("計画内容") == "健康相談を受ける。" else row
        for row in DRAWING.measures
    ]
    write_drawn_book(copied / "計画.xlsx", replace(DRAWING, measures=measures))
    assert "・相談を受けた。" in texts(make_report(copied).path)
    build_books(copied)
    plan = read_plan(copied / "計画.xlsx")
    general, health = (shared_entry(copied / "入力" / f"{group}.xlsm", plan) for group in (GENERAL, HEALTH))
    assert ("2", "文", "・相談を受けた。") in rows(general)
    assert [(one.block, one.glyph) for one in general.ratings] == [("1", "A"), ("2", "B")]
    assert [str(one.rows[0].cells[0].value) for one in general.tables] == ["120", "40"]
    assert {one.block for one in health.lines} == {"1"}


@pytest.mark.parametrize(
    ("row", "owner", "cell", "words"),
    [
        (5, f"{GENERAL}、福祉課", "H7", "「福祉課」は"),
        (6, "健康 課", "", ""),
        (7, "健康か", "H9", "「健康課」のことではありませんか"),
    ],
)
def test_each_name_of_an_owner_is_a_group(
    tmp_path: Path, row: int, owner: str, cell: str, words: str
) -> None:
    measures = [dict(one) for one in DRAWING.measures]
    measures[row]["担当"] = owner
    path = tmp_path / "計画.xlsx"
    write_drawn_book(path, replace(DRAWING, measures=measures))
    errors = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert [(one.sheet, one.cell) for one in errors] == ([("施策", cell)] if cell else [])
    assert all(words in one.message for one in errors)
