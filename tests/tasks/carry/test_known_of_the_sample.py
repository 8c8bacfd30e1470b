"""The sample moved on to the next quarter: what the office already knows is in its books, and is right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.books.input.read.carried_sources import read_carried_sources
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.plan.figure_span import span_of_cell
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.carried import CarriedValue
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.build import build_books
from scripts.judging.offices import plan_book, sample_office, write_period
from scripts.judging.past import write_past

Books = tuple[Plan, list[Submission], dict[tuple[FigureId, str], CarriedValue]]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The periods of the sample up to its own, beside one another."""
    folder = tmp_path_factory.mktemp("埼玉支部")
    office = sample_office()
    write_past(folder, office, plan_book(office.name, *office.period)[1])
    write_period(folder / "2024-3", office.name, office.period, office.submissions)
    return folder


@pytest.fixture(scope="module")
def books(root: Path) -> Books:
    """The books of the fourth quarter as built, and what they were filled with."""
    folder = root / "2024-4"
    folder.mkdir()
    (folder / "計画.xlsx").write_bytes(plan_book("sample", 2024, 4)[0])
    made = [path for path in build_books(folder).made if path.parent.name == "入力"]
    plan = read_plan(folder / "計画.xlsx")
    carried = {key: one for path in made for key, one in read_carried_sources(Workbook(path)).items()}
    return plan, [read_submission(path, plan) for path in made], carried


def filled_numbers(plan: Plan, submissions: list[Submission]) -> dict[tuple[FigureId, str], Decimal]:
    figures = recompute_figures(plan, submissions)
    return {
        (one.id, one.entity): one.typed
        for one in figures
        if one.cell.kind is CellKind.TYPED and isinstance(one.typed, Decimal)
    }


def test_every_month_that_is_over_and_every_column_of_last_year_is_filled(books: Books, root: Path) -> None:
    plan, submissions, _ = books
    before = plan_book("sample", 2024, 3)[1]
    third = recompute_figures(
        before, [read_submission(path, before) for path in (root / "2024-3" / "提出").glob("*.xlsm")]
    )
    known = dict(numbers_with_same_months(plan, third))
    filled = filled_numbers(plan, submissions)
    assert len(known) > 180
    assert {key: filled.get(key) for key in known} == known
    assert len(filled) >= 197


def numbers_with_same_months(plan: Plan, before: Figures) -> list[tuple[tuple[FigureId, str], Decimal]]:
    """The typed numbers of an earlier period that cover the same months in the plan."""
    found = []
    for one in before:
        table = plan.tables[one.id.item, one.id.table]
        row, column = table.positions[one.id]
        span = span_of_cell(table, row, column, plan.fiscal_year, plan.as_of_month.number)
        if (
            one.cell.kind is CellKind.TYPED
            and isinstance(one.typed, Decimal)
            and before.span_of_figure(one.id) == span
        ):
            found.append(((one.id, one.entity), one.typed))
    return found


def test_no_number_is_filled_that_covers_the_last_month(books: Books) -> None:
    plan, submissions, _ = books
    for identity, _ in filled_numbers(plan, submissions):
        table = plan.tables[identity.item, identity.table]
        span = span_of_cell(table, *table.positions[identity], plan.fiscal_year, plan.as_of_month.number)
        assert span.last < plan.as_of_month, identity


def test_every_number_names_the_cell_that_gave_it(books: Books, root: Path) -> None:
    plan, submissions, carried = books
    opened: dict[Path, Workbook] = {}
    places = {"令和6年度第3四半期の報告": "2024-3", "令和5年度第4四半期の報告": "2023-4"}
    for key, value in filled_numbers(plan, submissions).items():
        one = carried[key]
        assert one.source is not None
        path = root / places[one.origin] / "提出" / one.source.workbook
        book = opened.setdefault(path, Workbook(path))
        cell = book.sheets[one.source.sheet].cells[cell_position(one.source.cell)]
        assert (one.value, Decimal(format(float(str(cell.value)), ".15g"))) == (value, value), key


def test_the_days_and_months_that_lines_quote_are_filled(books: Books) -> None:
    plan, submissions, carried = books
    typed = {str(one.id): one.typed for one in recompute_figures(plan, submissions) if not one.entity}
    filled = {str(key[0]): one.value for key, one in carried.items() if isinstance(one.value, str)}
    texts = {name: text for name, text in filled.items() if "/文中の数値/" in name}
    assert len(texts) == 6
    assert texts["2-2-2/文中の数値/集団健診案内パンフレットの発送日/当年"] == "令和 6 年 9 月 13 日"
    assert {name: typed[name] for name in texts} == texts


def test_every_line_of_text_is_there_and_none_is_rated(books: Books) -> None:
    _, submissions, _ = books
    lines = [line for book in submissions for item in book.items for line in item.lines]
    assert sum(line.is_unconfirmed for line in lines) > 80
    assert all(line.carried for line in lines if line.text and line.is_unconfirmed)
    assert not [item for book in submissions for item in book.items if item.ratings]
