"""Plan, entries, figures and ratings joined: what the report holds before it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.outputs.report import Report, ReportBlock, ReportTable, Tone
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import CALENDAR_WORDS
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission
from kenpo_xl.pipeline.assemble import assemble_report
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.sample import submissions
from tests.sample import sample_plan

REASON = Source("業務グループ.xlsm", "1-2-2", "M11")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


def joined(plan: Plan, submitted: list[Submission]) -> Report:
    figures = recompute_figures(plan, submitted)
    return assemble_report(plan, submitted, figures, rate_kpis_and_blocks(plan, figures, submitted))


@pytest.fixture(scope="module")
def report(plan: Plan) -> Report:
    return joined(plan, list(submissions().values()))


def block(report: Report, section: str, item: int, place: int) -> ReportBlock:
    found = next(one for one in report.sections if one.name == section)
    return found.items[item].blocks[place]


def table(found: ReportBlock) -> ReportTable:
    return next(line.table for line in found.lines if line.table)


def with_lines(change: Callable[[ItemEntry], ItemEntry], item: str) -> list[Submission]:
    """What was handed in, with one item changed."""
    return [
        replace(one, items=tuple(change(entry) if entry.item == item else entry for entry in one.items))
        for one in submissions().values()
    ]


@pytest.mark.parametrize(
    ("code", "value", "written"),
    [
        ("0.0%", "0.965", "96.5"),
        ("0%", "-0.05", "-5"),
        ('0.0"％"', "96.5", "96.5"),
        ('"約"0.0%"まで"', "0.965", "96.5"),
        ('#,##0" 件"', "1080", "1,080"),
    ],
)
def test_a_figure_named_in_a_text_brings_no_unit(code: str, value: str, written: str) -> None:
    """The text has it: {決定/当年/達成率}％."""
    cell = CellDefinition(CellKind.TYPED, number_format(code))
    assert (
        Figure(FigureId("1", "決定", "当年", "達成率"), cell, typed=Decimal(value)).number_text_without_unit
        == written
    )


def test_it_has_every_section_in_order(report: Report, plan: Plan) -> None:
    assert [section.name for section in report.sections] == [section.id for section in plan.sections]
    assert [section.title for section in report.sections] == [section.title for section in plan.sections]


def test_the_cover_knows_the_meeting(report: Report) -> None:
    words = report.words
    assert (words["表題"], words["会議"], words["資料番号"]) == (
        "埼玉支部事業実施状況",
        "第4回埼玉支部評議会",
        "資料4",
    )
    assert words["西暦年度"] == "2024（令和6）年度"
    assert words["開催日"] == "2025（令和7）年1月17日"
    assert words["基準日"] == "令和6年12月末"


def test_every_word_of_the_plan_book_is_one_of_the_cover(plan: Plan, report: Report) -> None:
    words, context = report.words, plan.placeholder_context()
    assert (words["年度"], words["前年度"], words["前年度略"]) == ("令和6年度", "令和5年度", "R5年度")
    assert (words["前年4月"], words["12月"]) == ("令和5年4月", "令和6年12月")
    assert {word for word in CALENDAR_WORDS if not words[word]} == set()
    assert [word for word in CALENDAR_WORDS if context.placeholder_text(word) is None] == []
    # The cover has had these longer.
    assert (words["四半期"], words["基準日"]) == ("第3四半期", "令和6年12月末")


@pytest.mark.parametrize(("is_error", "draft"), [(True, "案"), (False, "")])
def test_it_is_a_draft_while_a_remark_is_an_error(plan: Plan, is_error: bool, draft: str) -> None:
    submitted = list(submissions().values())
    figures = recompute_figures(plan, submitted)
    remarks = [
        Remark(Concern.DIFFERING, is_error=False, place="1-1"),
        Remark(Concern.OVERWRITTEN, is_error=is_error, place="1-2-4/査定金額/当年/合計"),
    ]
    assessments, books = (
        rate_kpis_and_blocks(plan, figures, submitted),
        {"業務グループ.xlsm": "../提出/業務グループ.xlsm"},
    )
    found = assemble_report(plan, submitted, figures, assessments, remarks=remarks, books=books)
    assert found.words["案"] == draft
    assert (found.remarks, found.assessments, found.books) == (tuple(remarks), assessments, books)


def test_without_remarks_it_is_no_draft(report: Report) -> None:
    assert (report.words["案"], report.remarks, report.facts) == ("", (), ())


def test_lines_stand_in_the_order_of_the_book(report: Report) -> None:
    first = block(report, "1-2", 1, 0)
    assert [(line.text, line.kpi, bool(line.table)) for line in first.lines] == [
        ("・進捗状況を日時で管理、適正に業務を実施。", False, False),
        ("■ 令和6年度目標（KPI）：サービススタンダードの達成状況 100％", True, False),
        ("", False, True),
    ]
    assert first.rating == "△"


def test_a_kpi_line_may_speak_of_figures_of_its_item(plan: Plan) -> None:
    first, *others = plan.kpis
    spoken = replace(first, print="{名称}: 決定 {決定達成/当年/決定件数}件、{実績}")
    found = joined(replace(plan, kpis=(spoken, *others)), list(submissions().values()))
    text = f"{first.name}: 決定 43,089件、100％"
    assert text in [line.text for line in block(found, "1-2", 1, 0).lines]


def test_headers_speak_of_their_as_of_month(report: Report) -> None:
    found = table(block(report, "1-2", 1, 0))
    assert [header.text for header in found.row_headers] == ["令和6年度\n（10月まで）", "（同年同期）"]
    assert [header.text for header in found.column_headers] == ["決定件数", "達成件数", "達成率"]


def test_cells_carry_their_tone_and_their_text(report: Report) -> None:
    (typed, _, computed), last_year = table(block(report, "1-2", 1, 0)).rows
    assert (typed.shown, typed.tone) == ("43,089 件", Tone.TYPED)
    assert (computed.shown, computed.tone) == ("100％", Tone.COMPUTED)
    assert [cell.shown for cell in last_year] == ["（42,133 件）", "（42,133 件）", "（100％）"]


def test_what_does_not_apply_is_a_stroke(report: Report) -> None:
    tables = [
        line.table
        for section in report.sections
        for item in section.items
        for one in item.blocks
        for line in one.lines
        if line.table
    ]
    strokes = [
        cell for found in tables for row in found.rows for cell in row if cell.tone is Tone.NOT_APPLICABLE
    ]
    assert strokes
    assert {cell.shown for cell in strokes} == {"／"}


def test_an_item_that_nobody_submitted_says_so(plan: Plan) -> None:
    others = [one for one in submissions().values() if one.group != "業務グループ"]
    found = block(joined(plan, others), "1-2", 1, 0)
    assert [line.text for line in found.lines] == ["（未提出）"]
    assert found.rating == ""
    assert found.sentences


def test_the_placeholders_of_a_line_are_filled_and_its_numbers_name_their_cells(plan: Plan) -> None:
    cell = Source("業務グループ.xlsm", "1-2-2", "D9")
    text = "・{年月}、3 日で {決定達成/当年/決定件数} 件、{4 件の話}、残り 12 件"

    def change(entry: ItemEntry) -> ItemEntry:
        return replace(entry, lines=(LineEntry("1", LineKind.TEXT, text, source=cell),))

    submitted = with_lines(change, "1-2-2")
    (figure,) = recompute_figures(plan, submitted).with_identity(
        FigureId("1-2-2", "決定達成", "当年", "決定件数")
    )
    (line,) = block(joined(plan, submitted), "1-2", 1, 0).lines
    assert line.text == "・令和6年12月、3 日で 43,089 件、{4 件の話}、残り 12 件"
    assert line.sources == tuple(dict.fromkeys((cell, *filter(None, [figure.source_of_printed_value]))))


def test_a_table_that_the_plan_does_not_know_is_named(plan: Plan) -> None:
    def change(entry: ItemEntry) -> ItemEntry:
        unknown = (LineEntry("1", LineKind.TABLE, "昔の表"), LineEntry("1", LineKind.KPI, "昔の指標"))
        return replace(entry, lines=unknown)

    found = block(joined(plan, with_lines(change, "1-2-2")), "1-2", 1, 0)
    assert [line.text for line in found.lines] == [
        "（表「昔の表」は計画にありません）",
        "（指標「昔の指標」は計画にありません）",
    ]


def test_a_rating_that_the_scale_does_not_know_is_printed_as_typed(plan: Plan) -> None:
    def change(entry: ItemEntry) -> ItemEntry:
        first, *rest = entry.ratings
        return replace(entry, ratings=(replace(first, glyph="A"), *rest))

    assert block(joined(plan, with_lines(change, "1-2-2")), "1-2", 1, 0).rating == "A"


def test_the_other_circle_becomes_the_scales_own(report: Report) -> None:
    assert "○" not in {
        one.rating for section in report.sections for item in section.items for one in item.blocks
    }


@pytest.mark.parametrize(("final", "printed"), [("", True), ("△", True), ("×", False)])
def test_reason_and_as_of_date_are_printed_with_the_rating_that_they_belong_to(
    plan: Plan, final: str, printed: bool
) -> None:
    def reasoned(entry: ItemEntry) -> ItemEntry:
        words = {"reason": " 11月に 4,321 件が届いた。", "as_of": " 11月末 ", "reason_source": REASON}
        return replace(entry, ratings=tuple(replace(one, **words) for one in entry.ratings))

    submitted = with_lines(reasoned, "1-2-2")
    figures = recompute_figures(plan, submitted)
    rated = rate_kpis_and_blocks(plan, figures, submitted)
    key = ("1-2-2", "1")
    rated = replace(rated, blocks={**rated.blocks, key: replace(rated.blocks[key], final=final)})
    found = block(assemble_report(plan, submitted, figures, rated), "1-2", 1, 0)
    last = found.lines[-1]
    assert (found.as_of, last.note) == (("11月末", True) if printed else ("", False))
    assert (last.text == "評価の理由：11月に 4,321 件が届いた。", last.sources == (REASON,)) == (
        printed,
        printed,
    )


def test_a_block_without_a_reason_has_no_line_for_it(report: Report) -> None:
    every = [one for part in report.sections for item in part.items for one in item.blocks]
    assert not any(one.as_of or line.note for one in every for line in one.lines)
