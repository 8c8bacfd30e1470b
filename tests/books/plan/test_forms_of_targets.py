"""Targets of every form, from the plan book to the report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.kpis.milestone_tables import MILESTONES
from kenpo_xl.books.plan.yearly_cells import read_yearly_cells
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.results.outlooks import Outlook
from kenpo_xl.domain.submission.submission import Entry, Submission, TableEntry
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.figures import known_milestones
from tests.books.plan.forms_of_targets import BRANCH, GROUP, TYPED
from tests.books.plan.organisation import Organisation
from tests.checks.text_cases import findings
from tests.tasks.books import texts


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("支部"), BRANCH, [TYPED])


def test_its_plan_is_understood_without_a_remark(branch: Organisation) -> None:
    assert branch.problems == []


def test_ranges_are_judged(branch: Organisation) -> None:
    judged = branch.judged()
    assert judged["利用率"] == ("43.1％", "45.0％～50.0％", "B")
    # 320 of the 300 to 360 that nine months ask for
    assert judged["相談件数"] == ("320 件", "400 件～480 件", "A")


def test_another_value_is_found_beside_the_result(branch: Organisation) -> None:
    target = next(kpi.target for kpi in branch.plan.kpis if kpi.name == "受診率")
    key = FigureId("1-1", "受診", "受診率", "全国平均")
    assert target == ReferenceTarget("全国平均", Ref(key), is_exclusive=True)
    judged = branch.judged()
    # to be passed, not only reached
    assert judged["受診率"] == ("55.2％", "55.2％", "B")
    assert judged["満足度"] == ("63.0％", "62.0％", "A")


def test_a_block_is_rated_in_its_own_way(branch: Organisation) -> None:
    first, second = (branch.whole.assessments.blocks["1-1", block] for block in ("1", "2"))
    # B, A, B and A: between A and B the worse one
    assert (first.computed, second.computed) == ("B", "A")
    assert first.explanation.endswith("／ブロックは判定の段階の平均")
    assert second.explanation.endswith("／ブロックは主たるKPI（計画の改定）の判定")


def test_a_range_is_printed(branch: Organisation) -> None:
    assert "令和8年度目標：相談件数 400 件～480 件、実績 320 件" in texts(branch.report)


def test_a_range_is_confirmed_at_the_turn_of_the_year(branch: Organisation) -> None:
    book = Workbook(branch.folder / "計画.xlsx")
    found = {cell.key: cell.value for cell in read_yearly_cells(book, branch.plan)}
    assert found["利用率", "目標"] == "45％～50％"


def test_a_range_has_a_fact_for_each_end(branch: Organisation) -> None:
    facts = {fact.identity: fact for fact in branch.whole.facts}
    ends = [facts[f"指標/利用率/{name}"] for name in ("目標", "目標の上限")]
    assert [one.value for one in ends] == [Decimal("0.45"), Decimal("0.5")]
    assert {one.source.cell for one in ends if one.source} == {"B2"}


def test_an_input_book_shows_and_judges_a_range(branch: Organisation) -> None:
    sheet = load_workbook(branch.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    rows = {row[3].value: row for row in sheet.iter_rows(min_row=20) if row[3].value == "利用率"}
    _, target, _, _, rating = rows["利用率"][3:8]
    assert (target.value, target.number_format) == (0.45, '0.0%"～50.0%"')
    assert "ROUND(0.5*1,12)" in rating.value


def test_what_is_to_be_done_by_a_day_is_judged(branch: Organisation) -> None:
    judged = branch.judged()
    assert judged["計画の改定"] == ("令和8年12月10日済", "令和8年12月末までに改定", "A")
    # the scale has no step for what is still going on
    assert judged["手引の公表"] == ("未", "令和9年3月末までに公表", "")
    assert judged["規程の制定"] == ("未", "令和8年9月末までに制定", "C")


def test_what_is_done_is_printed(branch: Organisation) -> None:
    assert "計画の改定：令和8年12月末までに改定（令和8年12月10日済）" in texts(branch.report)


def test_the_outlook_of_what_is_to_be_done_by_a_day(branch: Organisation) -> None:
    found = {one.kpi: one.computed for one in branch.whole.outlooks}
    assert found["計画の改定"] is Outlook.REACHED
    assert found["手引の公表"] is None
    assert found["規程の制定"] is Outlook.BEHIND


def test_what_is_done_is_stored_in_words(branch: Organisation) -> None:
    facts = {fact.identity: fact for fact in branch.whole.facts}
    done = facts["指標/計画の改定/実績"]
    assert (done.value, done.typed_text) == (None, "令和8年12月10日済")
    assert done.source is not None
    assert done.source.sheet == "1-1"


@pytest.fixture(scope="module")
def book(branch: Organisation) -> Submission:
    return read_submission(branch.folder / "提出" / f"{GROUP}.xlsm", branch.plan)


def entered(book: Submission, row: int, text: str | None) -> Submission:
    """The book with another state of a milestone, in its cell."""

    def table(found: TableEntry) -> TableEntry:
        (cell,) = found.rows[row].cells if found.table == MILESTONES else (Entry(),)
        rows = tuple(
            replace(one, cells=(replace(cell, value=text),)) if at == row else one
            for at, one in enumerate(found.rows)
        )
        return replace(found, rows=rows) if found.table == MILESTONES else found

    items = tuple(replace(item, tables=tuple(map(table, item.tables))) for item in book.items)
    return replace(book, items=items)


def milestone_findings(
    branch: Organisation, book: Submission, row: int, text: str | None, line: str = "・取組を進めた。"
) -> list[tuple[str, str]]:
    (cell,) = (one.source.cell for one in book.items[0].lines if one.kind is LineKind.TEXT and one.source)
    changed = entered(book, row, text)
    lines = {f"1-1 {cell}": line}
    found = findings(GROUP, lines, codes=["RA3"], plan=branch.plan, book=changed, neighbours=False)
    return [(one.code, one.cell) for one in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "RA30"),
        ("？", "RA30"),
        ("123", "RA30"),
        ("済", "RA31"),
        ("令和9年1月8日", "RA31"),
        ("令和8年12月31日", ""),
        ("未", ""),
    ],
)
def test_a_state_that_says_too_little_is_found(
    branch: Organisation, book: Submission, text: str | None, code: str
) -> None:
    cell = book.items[0].tables[-1].rows[0].cells[0].source
    assert cell is not None
    assert milestone_findings(branch, book, 0, text) == [(code, cell.cell)] * bool(code)


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("未", "・計画を12月10日に改定した。", True),
        ("未", "・計画の改定済。", True),
        ("未", "・計画を改定する準備を進めた。", False),
        ("未", "・計画は未改定である。", False),
        ("令和8年12月10日", "・計画を12月10日に改定した。", False),
        ("令和8年12月10日", "・計画を12月20日に改定した。", True),
        ("令和8年12月10日", "・12月20日の会議の後、計画を改定した。", False),
    ],
)
def test_a_sentence_that_says_otherwise_is_found(
    branch: Organisation, book: Submission, text: str, line: str, found: bool
) -> None:
    said = milestone_findings(branch, book, 0, text, line)
    assert [code for code, _ in said] == ["RA32"] * found


def test_what_is_done_is_carried_and_the_rest_is_asked_again(branch: Organisation) -> None:
    past = PastPeriod(FiscalYear(2026), 2, "令和8年度第2四半期", branch.whole.facts)
    known = known_milestones(branch.plan, History((past,)))
    assert {key[0].row: one.value for key, one in known.items()} == {"計画の改定": "令和8年12月10日済"}


@pytest.mark.parametrize(("given", "changes"), [("未", 1), ("令和8年12月10日済", 0)])
def test_what_was_done_since_the_last_report_is_a_change(
    branch: Organisation, given: str, changes: int
) -> None:
    done = "指標/計画の改定/実績"
    facts = [replace(f, typed_text=given) if f.identity == done else f for f in branch.whole.facts]
    before = PastPeriod(FiscalYear(2026), 2, "令和8年度第2四半期", tuple(facts), branch=branch.plan.branch)
    found = branch.changes_since(before)
    assert found is not None
    assert [(one.before, one.now) for one in found.found if one.place == done] == [
        (given, "令和8年12月10日済")
    ] * changes


def rows_of_ratings(branch: Organisation) -> list[Decimal | str | None]:
    return [row.figures[-1].printed_value for row in branch.whole.figures.tables["1-1", "数値"].rows]


def test_a_row_has_the_rating_of_its_numbers_unless_one_is_typed(branch: Organisation) -> None:
    assert rows_of_ratings(branch) == ["B", "C", "A"]
    assert {"B", "C", "A"} <= set(texts(branch.report))


def row_findings(branch: Organisation, book: Submission, row: int, glyph: str | None) -> list[str]:
    def table(found: TableEntry) -> TableEntry:
        if found.table != "数値":
            return found
        rows = tuple(
            replace(one, cells=(*one.cells[:-1], replace(one.cells[-1], value=glyph))) if at == row else one
            for at, one in enumerate(found.rows)
        )
        return replace(found, rows=rows)

    items = tuple(replace(item, tables=tuple(map(table, item.tables))) for item in book.items)
    changed = replace(book, items=items)
    found = findings(GROUP, codes=["RA4"], plan=branch.plan, book=changed, neighbours=False)
    return [f"{one.code} {one.cell} {one.expected}".strip() for one in found]


@pytest.mark.parametrize(
    ("row", "glyph", "code"),
    [
        (0, None, ""),
        (0, "Ｂ", ""),
        (0, "A", "RA41"),
        (0, "◎", "RA40"),
        (2, "C", ""),
        (2, "◎", "RA40"),
        (2, None, "RA42"),
    ],
)
def test_the_rating_of_a_row_is_checked(
    branch: Organisation, book: Submission, row: int, glyph: str | None, code: str
) -> None:
    (cell,) = {one.rows[row].cells[-1].source.cell for one in book.items[0].tables if one.table == "数値"}
    expected = " B" if row == 0 and code else ""
    assert row_findings(branch, book, row, glyph) == [f"{code} {cell}{expected}"] * bool(code)


def test_a_row_can_be_rated_from_a_list(branch: Organisation) -> None:
    sheet = load_workbook(branch.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    lists = [one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert '"S,A,B,C"' in lists
    assert '"未,済"' in lists
