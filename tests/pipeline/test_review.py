"""What the planner is told before printing: every concern once there and once not, errors first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.books.planner.rows import rows_of_differing_overwrites
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Family, Finding, Severity
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.outputs.status_board import BoardFinding, IgnoredFile
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.adjustments import Choice
from kenpo_xl.domain.results.assessments import Assessments, BlockRating
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.save_time import BookChoice, DatedBook, SaveRecord
from kenpo_xl.domain.submission.submission import (
    BookPart,
    Entry,
    ItemEntry,
    RatingEntry,
    Submission,
    TableEntry,
    Unread,
    UnreadNear,
)
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.pipeline.review import review_remarks
from scripts.sample import submissions
from tests.sample import sample_plan

TOTAL = FigureId("1-2-4", "査定金額", "当年", "合計")
CELL = Source("業務グループ.xlsm", "1-2-2", "D8")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def books() -> list[Submission]:
    return list(submissions().values())


@pytest.fixture(scope="module")
def assessments(plan: Plan, books: list[Submission]) -> Assessments:
    return rate_kpis_and_blocks(plan, recompute_figures(plan, books), books)


def reviewed(plan: Plan, books: list[Submission], **changes: BlockRating) -> tuple[Remark, ...]:
    """The remarks on these books; `changes` puts a rating in the place of the first block's."""
    figures = recompute_figures(plan, books)
    assessments = rate_kpis_and_blocks(plan, figures, books)
    for rating in changes.values():
        assessments = replace(assessments, blocks={**assessments.blocks, (rating.item, rating.block): rating})
    return review_remarks(plan, books, figures, assessments)


def of(remarks: tuple[Remark, ...], concern: Concern) -> list[Remark]:
    return [remark for remark in remarks if remark.concern is concern]


def with_item(books: list[Submission], changed: ItemEntry) -> list[Submission]:
    return [
        replace(book, items=tuple(changed if item.item == changed.item else item for item in book.items))
        for book in books
    ]


def item_of(books: list[Submission], name: str) -> ItemEntry:
    return next(item for book in books for item in book.items if item.item == name)


def with_cell(item: ItemEntry, table: str, entry: Entry) -> ItemEntry:
    """The item with an entry in the first cell of a table."""

    def changed(found: TableEntry) -> TableEntry:
        first = replace(found.rows[0], cells=(entry, *found.rows[0].cells[1:]))
        return replace(found, rows=(first, *found.rows[1:]))

    return replace(item, tables=tuple(changed(one) if one.table == table else one for one in item.tables))


def with_total(item: ItemEntry, value: Decimal | str) -> ItemEntry:
    """The item with a value typed over the total of this year's row of its first table."""
    table = item.tables[0]
    row = table.rows[0]
    total = replace(row.cells[-1], value=value, formula=False)
    changed = replace(table, rows=(replace(row, cells=(*row.cells[:-1], total)), *table.rows[1:]))
    return replace(item, tables=(changed, *item.tables[1:]))


AREA = Unread(CELL, "1-2-2/実施状況", UnreadNear.LINES, "実施状況の下", "・追加", "・追加", 1)


@pytest.mark.parametrize(
    ("area", "count"),
    [(AREA, 1), (replace(AREA, near=UnreadNear.NOTHING, place=""), 0)],
    ids=["beside a part", "beside nothing"],
)
def test_what_was_not_read(plan: Plan, books: list[Submission], area: Unread, count: int) -> None:
    submitted = [replace(books[0], unread=(area,)), *books[1:]]
    found = of(reviewed(plan, submitted), Concern.UNPRINTED)
    assert [(one.is_error, one.place, one.typed, one.source) for one in found] == [
        (False, "1-2-2 実施状況の下", "・追加", CELL)
    ] * count


def test_the_sample(plan: Plan, books: list[Submission]) -> None:
    found = reviewed(plan, books)
    assert [remark.concern for remark in found] == [Concern.OVERWRITTEN] * 7 + [Concern.NO_TARGET]
    assert not any(remark.is_error for remark in found)


def test_a_group_that_handed_nothing_in(plan: Plan, books: list[Submission]) -> None:
    (remark,) = of(reviewed(plan, books[1:]), Concern.MISSING)
    assert str(remark) == f"未提出: {books[0].group}　報告書では「（未提出）」としています"
    assert remark.is_error


def test_a_group_without_items_is_not_missed(plan: Plan, books: list[Submission]) -> None:
    assert of(reviewed(replace(plan, groups=(*plan.groups, "総務係")), books), Concern.MISSING) == []


def test_a_second_book_of_a_group(plan: Plan, books: list[Submission], assessments: Assessments) -> None:
    now = datetime(2025, 1, 8, tzinfo=UTC)
    used, unused = (DatedBook(Path(name), SaveRecord(), now, now) for name in ("一.xlsx", "二.xlsx"))
    choice = BookChoice(books[0].group, unused, used)
    found = review_remarks(plan, books, recompute_figures(plan, books), assessments, duplicates=[choice])
    (remark,) = of(found, Concern.DUPLICATES)
    assert str(remark) == f"重複: 二.xlsx　{choice.choice_sentence}"
    assert not remark.is_error


def test_books_that_cannot_be_used_and_files_that_are_none(plan: Plan, books: list[Submission]) -> None:
    assessments = rate_kpis_and_blocks(plan, recompute_figures(plan, books), books)
    files = (IgnoredFile("一.xlsx", "壊れています。"), IgnoredFile("二.csv", "CSV です。"))
    found = review_remarks(
        plan, books, recompute_figures(plan, books), assessments, rejected=files[:1], ignored_files=files[1:]
    )
    told = [*of(found, Concern.REJECTED), *of(found, Concern.IGNORED_FILES)]
    assert [(str(one), one.is_error) for one in told] == [
        ("使っていません: 一.xlsx　壊れています。", True),
        ("読んでいません: 二.csv　CSV です。", False),
    ]


def test_a_part_that_was_not_found(plan: Plan, books: list[Submission]) -> None:
    missed = replace(books[0], workbook="一.xlsx", missed=(BookPart("シート", "1-2-2", CELL),))
    (remark,) = of(reviewed(plan, [missed, *books[1:]]), Concern.MISSED)
    assert (remark.place, remark.is_error) == ("一.xlsx のシート 1-2-2", False)
    assert remark.message == "空欄として扱いました（見出しやシートを元に戻してください）"


def test_a_month_that_cannot_be_read_has_its_cell(plan: Plan, books: list[Submission]) -> None:
    missed = replace(books[0], missed=(BookPart("基準月", "1-2-2/決定達成", CELL, "基準月 1-2-2 の「612」"),))
    (remark,) = of(reviewed(plan, [missed, *books[1:]]), Concern.UNREAD)
    assert (remark.place, remark.source, remark.is_error) == ("基準月 1-2-2 の「612」", CELL, False)
    assert "1 から 12 まで" in remark.message


def test_words_in_the_place_of_a_number(plan: Plan, books: list[Submission]) -> None:
    item = with_cell(item_of(books, "1-2-2"), "決定達成", Entry("集計中", source=CELL))
    (remark,) = of(reviewed(plan, with_item(books, item)), Concern.UNREAD)
    assert (remark.typed, remark.source, remark.is_error) == ("集計中", CELL, False)
    assert str(remark).endswith("数値を入れてください　入力 集計中　業務グループ.xlsm 1-2-2!D8")


@pytest.mark.parametrize(
    ("typed", "message"),
    [("9社", "単位は「件」です。数だけを入れてください"), ("9 7", "数値を入れてください")],
)
def test_a_number_with_another_unit_is_told_the_right_one(
    plan: Plan, books: list[Submission], typed: str, message: str
) -> None:
    item = with_cell(item_of(books, "1-2-2"), "決定達成", Entry(typed, source=CELL))
    (remark,) = of(reviewed(plan, with_item(books, item)), Concern.UNREAD)
    assert remark.message == message


@pytest.mark.parametrize("sign", ["-", "－", "…", "x", "／"])
def test_a_sign_of_statistical_tables_is_no_words(plan: Plan, books: list[Submission], sign: str) -> None:
    item = with_cell(item_of(books, "1-2-2"), "決定達成", Entry(sign, source=CELL))
    assert of(reviewed(plan, with_item(books, item)), Concern.UNREAD) == []


def rated(assessments: Assessments, **changes: object) -> BlockRating:
    """The rating of a block of 1-2-4, changed."""
    return replace(assessments.blocks["1-2-4", "6"], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "message", "typed"),
    [
        (None, "評価が未入力です", ""),
        (RatingEntry("6", "A", source=CELL), "評価基準にない評価です", "A"),
    ],
)
def test_a_rating_that_is_missing_or_not_of_the_scale(
    plan: Plan,
    books: list[Submission],
    assessments: Assessments,
    entry: RatingEntry | None,
    message: str,
    typed: str,
) -> None:
    (remark,) = of(reviewed(plan, books, one=rated(assessments, group="", entry=entry)), Concern.UNRATED)
    assert (remark.place, remark.message, remark.typed) == ("1-2-4 ブロック 6", message, typed)
    assert (remark.computed, remark.is_error) == ("◎", False)
    assert remark.source == (entry.source if entry else None)


def test_a_missing_rating_that_the_planner_settled_is_no_error(
    plan: Plan, books: list[Submission], assessments: Assessments
) -> None:
    block = rated(assessments, group="", entry=None, final="△")
    (remark,) = of(reviewed(plan, books, one=block), Concern.UNRATED)
    assert (remark.message, remark.is_error) == ("評価が未入力です（最終評価は △）", False)


def test_a_rating_is_not_missed_in_an_item_that_was_not_submitted(
    plan: Plan, books: list[Submission]
) -> None:
    assert of(reviewed(plan, books[1:]), Concern.UNRATED) == []


def test_a_rating_that_differs(plan: Plan, books: list[Submission], assessments: Assessments) -> None:
    (remark,) = of(reviewed(plan, books, one=rated(assessments, group="〇")), Concern.DIFFERING)
    assert (remark.typed, remark.computed, remark.is_error) == ("〇", "◎", False)
    assert "16,893 円" in remark.message


def test_a_rating_that_differs_and_was_settled_shows_all_three(
    plan: Plan, books: list[Submission], assessments: Assessments
) -> None:
    block = rated(assessments, group="〇", final="△")
    (remark,) = of(reviewed(plan, books, one=block), Concern.DIFFERING)
    assert (remark.typed, remark.computed) == ("〇", "◎")
    assert remark.message.endswith("（最終評価は △）")


def test_a_overwritten_cell_with_both_values(plan: Plan, books: list[Submission]) -> None:
    remark = of(reviewed(plan, books), Concern.OVERWRITTEN)[0]
    assert (remark.place, remark.typed, remark.computed) == (str(TOTAL), "168,839", "244,116")
    assert remark.message == "計算のセルが上書きされています（入力値で印字）"


@pytest.mark.parametrize(
    ("typed", "count"), [("244116", 0), ("244116.4", 0), ("244115", 1), ("－", 1)], ids=str
)
def test_a_cell_typed_as_it_is_computed_needs_no_choice(
    plan: Plan, books: list[Submission], typed: str, count: int
) -> None:
    value = typed if typed == "－" else Decimal(typed)
    books = with_item(books, with_total(item_of(books, TOTAL.item), value))
    found = [one for one in of(reviewed(plan, books), Concern.OVERWRITTEN) if one.place == str(TOTAL)]
    rows = [
        one
        for one in rows_of_differing_overwrites(recompute_figures(plan, books))
        if str(TOTAL) in one.values()
    ]
    assert (len(found), len(rows)) == (count, count)


@pytest.mark.parametrize("choice", list(Choice))
def test_an_overwritten_cell_that_the_planner_settled_is_not_listed_again(
    plan: Plan, books: list[Submission], assessments: Assessments, choice: Choice
) -> None:
    figures = with_chosen_values(recompute_figures(plan, books), {(TOTAL, ""): choice})
    found = of(review_remarks(plan, books, figures, assessments), Concern.OVERWRITTEN)
    assert (len(found), str(TOTAL) in {one.place for one in found}) == (6, False)


def test_printing_ours_settles_nothing(plan: Plan, books: list[Submission], assessments: Assessments) -> None:
    figures = with_chosen_values(recompute_figures(plan, books), {}, prefer_computed=True)
    found = of(review_remarks(plan, books, figures, assessments), Concern.OVERWRITTEN)
    assert len(found) == 7
    assert found[0].message == "計算のセルが上書きされています（計算値で印字）"


def finding(cell: Source, identity: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "CA01",
        Family.ARITHMETIC,
        severity,
        cell.workbook,
        cell.sheet,
        cell.cell,
        identity,
        "合いません。",
        "",
        "1",
        "2",
    )


@pytest.mark.parametrize(
    ("severity", "closure", "reason", "listed"),
    [
        (Severity.ERROR, None, "", [(True, "合いません。")]),
        (Severity.ERROR, Closure.EXPLAINED, "公表のとおり", [(False, "合いません。（理由：公表のとおり）")]),
        (Severity.ERROR, Closure.ADJUSTED, "", []),
        (Severity.WARNING, None, "", [(False, "合いません。")]),
        (Severity.WARNING, Closure.ACCEPTED, "公表のとおり", []),
        (Severity.INFO, None, "", []),
    ],
)
def test_a_finding_is_listed_while_it_is_open_or_was_submitted_with_a_reason(
    plan: Plan,
    books: list[Submission],
    assessments: Assessments,
    severity: Severity,
    closure: Closure | None,
    reason: str,
    listed: list[tuple[bool, str]],
) -> None:
    one = BoardFinding(books[0].group, "一.xlsm", finding(CELL, "1-2-2/決定達成", severity), reason, closure)
    found = review_remarks(plan, books, recompute_figures(plan, books), assessments, findings=[one])
    assert [(r.is_error, r.message) for r in of(found, Concern.FINDING)] == listed
    assert all((r.source, r.typed, r.computed) == (CELL, "1", "2") for r in of(found, Concern.FINDING))


@pytest.mark.parametrize("closure", [None, *Closure])
def test_what_a_finding_says_open_or_closed_is_not_said_again(
    plan: Plan, books: list[Submission], closure: Closure | None
) -> None:
    item = with_cell(item_of(books, "1-2-2"), "決定達成", Entry("集計中", source=CELL))
    submitted = with_item(books, item)
    figures = recompute_figures(plan, submitted)
    rated_blocks = rate_kpis_and_blocks(plan, figures, submitted)
    one = BoardFinding("", "", finding(CELL, "1-2-2/決定達成"), "", closure)
    assert of(review_remarks(plan, submitted, figures, rated_blocks), Concern.UNREAD)
    assert not of(review_remarks(plan, submitted, figures, rated_blocks, findings=[one]), Concern.UNREAD)


def test_adjustments_come_last_but_for_those_that_do_not_match(
    plan: Plan, books: list[Submission], assessments: Assessments
) -> None:
    applied = Remark(Concern.ADJUSTED, False, "1-2-4 ブロック 6", "最終評価を △ としました")
    unmatched = Remark(Concern.UNMATCHED, True, "9-9 ブロック 1", "計画にない項です")
    found = review_remarks(
        plan, books, recompute_figures(plan, books), assessments, adjustments=[applied, unmatched]
    )
    assert (found[0], found[-1]) == (unmatched, applied)
