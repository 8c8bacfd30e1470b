"""What stands in the sample's submitted books is read as it was handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Entry, LineEntry, RowEntry, Submission
from kenpo_xl.errors import KenpoError
from scripts.sample import submissions
from tests.paths import SAMPLE
from tests.sample import sample_plan

GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def submitted() -> dict[str, Submission]:
    return submissions()


def read(plan: Plan, group: str) -> Submission:
    return read_submission(SAMPLE / "提出" / f"{group}.xlsm", plan)


def bare(line: LineEntry) -> LineEntry:
    """A line without the mark by which its row is known again."""
    return replace(line, mark="", text=line.text.strip())


@pytest.mark.parametrize("group", GROUPS)
def test_items_are_those_of_the_group(plan: Plan, submitted: dict[str, Submission], group: str) -> None:
    found = read(plan, group)
    assert found.group == group
    assert found.workbook == f"{group}.xlsm"
    assert [item.item for item in found.items] == [item.id for item in plan.items_of(group)]
    assert {item.item for item in found.items} == {item.item for item in submitted[group].items}


@pytest.mark.parametrize("group", GROUPS)
def test_lines_and_ratings(plan: Plan, submitted: dict[str, Submission], group: str) -> None:
    found = {item.item: item for item in read(plan, group).items}
    for item in submitted[group].items:
        # A line without text is a row left blank: it is not part of what is read.
        lines = [bare(line) for line in item.lines if line.text]
        assert [bare(line) for line in found[item.item].lines] == lines, item.item
        assert found[item.item].ratings == item.ratings, item.item


def as_submitted(row: RowEntry) -> RowEntry:
    """The row without what its formulas give."""
    cells = tuple(Entry(formula=True) if cell.formula else cell for cell in row.cells)
    return RowEntry(row.row, cells, row.entity)


@pytest.mark.parametrize("group", GROUPS)
def test_tables(plan: Plan, submitted: dict[str, Submission], group: str) -> None:
    found = {(item.item, table.table): table for item in read(plan, group).items for table in item.tables}
    for item in submitted[group].items:
        for table in item.tables:
            own = found[item.item, table.table]
            assert own.months == table.months, (item.item, table.table)
            assert [as_submitted(row) for row in own.rows] == list(table.rows), (item.item, table.table)


def test_every_line_and_figure_tells_its_cell(plan: Plan) -> None:
    item = next(item for item in read(plan, "業務グループ").items if item.item == "1-2-2")
    sources = [line.source for line in item.lines] + [rating.source for rating in item.ratings]
    sources += [cell.source for table in item.tables for row in table.rows for cell in row.cells]
    assert all(source is not None for source in sources)
    assert {(source.workbook, source.sheet) for source in sources} == {("業務グループ.xlsm", "1-2-2")}
    cells = [source.cell for source in sources]
    assert len(cells) == len(set(cells))


def test_lines_keep_their_marks(plan: Plan) -> None:
    lines = [line for item in read(plan, "業務グループ").items for line in item.lines]
    assert all(line.mark.startswith("L") for line in lines)


def test_a_book_of_another_quarter_is_refused(plan: Plan) -> None:
    other = replace(plan, period=replace(plan.period, number=4))
    with pytest.raises(
        KenpoError, match=r"別の計画（埼玉支部 令和6年度第3四半期）.*埼玉支部 令和6年度第4四半期の"
    ):
        read_submission(SAMPLE / "提出" / "業務グループ.xlsm", other)


def test_a_book_of_an_unknown_group_is_refused(plan: Plan) -> None:
    with pytest.raises(KenpoError, match="グループ「業務グループ」が計画にありません"):
        read_submission(SAMPLE / "提出" / "業務グループ.xlsm", replace(plan, groups=("別のグループ",)))


def test_another_workbook_is_no_input_book(plan: Plan) -> None:
    with pytest.raises(KenpoError, match="入力ブックではありません"):
        read_submission(SAMPLE / "計画.xlsx", plan)
