"""Every number of the report is a fact with its cell; the real sample and plans made to differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest

from kenpo_xl.domain.formulas.tree import Call, Node, Number
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.numbers.exact import number_format, rounded
from kenpo_xl.domain.outputs.report import Report, ReportLine
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, Table
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, TableEntry, WordingChange
from kenpo_xl.pipeline.assemble import assemble_report
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.period.consolidation import Consolidation
from tests.paths import SAMPLE
from tests.sample import consolidated_sample

# What is printed with digits and is no number: years, dates, months, ordinals, marks, names.
NO_NUMBER = re.compile(
    r"(?:令和|平成|R)\s*\d+|\d+\s*月(?:\s*\d+\s*日|\s*20 に発送)?|\d+/\d+|(?<=[・、])\d+\s*日"
    r"|第\s*\d+|\d+\s*(?:次|半期)|\d+～(?=\d+月)|STEP\d|GUIDEBOOK\d+|[1１]～(?=３月)"
    r"|^[■•・\s]*[(（]?\d+(?:[-－]\d+)?\s*[)）]"
)


@pytest.fixture(scope="module")
def sample() -> Consolidation:
    return consolidated_sample()


@pytest.fixture(scope="module")
def found(sample: Consolidation) -> tuple[Fact, ...]:
    return collect_facts(sample.plan, sample.submissions, sample.figures, sample.assessments)


@pytest.fixture(scope="module")
def report(sample: Consolidation, found: tuple[Fact, ...]) -> Report:
    return assemble_report(sample.plan, sample.submissions, sample.figures, sample.assessments, facts=found)


def fact(found: tuple[Fact, ...], identity: str, entity: str = "") -> Fact:
    (one,) = (fact for fact in found if (fact.identity, fact.entity) == (identity, entity))
    return one


def lines(report: Report) -> Iterator[ReportLine]:
    for section in report.sections:
        for item in section.items:
            for block in item.blocks:
                yield from block.lines


def changed(sample: Consolidation, name: tuple[str, str], cell: CellDefinition) -> tuple[Fact, ...]:
    """The facts where the last cell of the first row of a table is drawn otherwise."""

    def drawn(table: Table) -> Table:
        first, *rest = table.cells
        return replace(table, cells=((*first[:-1], cell), *rest)) if table.name == name[1] else table

    def item(one: Item) -> Item:
        return replace(one, tables=tuple(map(drawn, one.tables))) if one.id == name[0] else one

    sections = tuple(replace(s, items=tuple(map(item, s.items))) for s in sample.plan.sections)
    return of_plan(sample, replace(sample.plan, sections=sections))


def of_plan(sample: Consolidation, plan: Plan) -> tuple[Fact, ...]:
    figures = recompute_figures(plan, sample.submissions)
    return collect_facts(
        plan, sample.submissions, figures, rate_kpis_and_blocks(plan, figures, sample.submissions)
    )


def test_every_number_of_a_printed_table_has_its_fact(report: Report) -> None:
    cells = [cell for line in lines(report) if line.table for row in line.table.rows for cell in row]
    numbers = [cell for cell in cells if isinstance(cell.value, Decimal)]
    assert len(numbers) > 200
    for cell in numbers:
        assert cell.fact is not None
        assert report.facts[cell.fact].value == cell.value
    assert all(cell.fact is None for cell in cells if not isinstance(cell.value, Decimal))


def test_facts_of_one_table_are_told_apart(report: Report) -> None:
    indexes = [c.fact for line in lines(report) if line.table for row in line.table.rows for c in row]
    used = [index for index in indexes if index is not None]
    assert len(used) == len(set(used))


def test_every_number_of_the_printed_text_has_its_fact(report: Report, found: tuple[Fact, ...]) -> None:
    for item, text in printed_texts(report):
        values = {normal(one.value) for one in found if one.item_title == item}
        for written in re.findall(r"\d[\d,]*(?:\.\d+)?", NO_NUMBER.sub("□", text)):
            number = Decimal(normalize("NFKC", written).replace(",", ""))
            shown = {normal(number), normal(number / 100)}
            shown_too = {normal(rounded(value, 3)) for value in values if value is not None}
            assert shown & (values | shown_too), (item, text, written)


def normal(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def printed_texts(report: Report) -> Iterator[tuple[str, str]]:
    for section in report.sections:
        for item in section.items:
            for block in item.blocks:
                tables = [line.table for line in block.lines if line.table]
                texts = [*block.sentences, *(line.text for line in block.lines)]
                texts += [text for one in tables for text in (one.caption, *one.notes)]
                texts += [
                    header.text
                    for one in tables
                    for header in (*one.corner, *one.column_headers, *one.row_headers)
                ]
                yield from ((item.title, line) for text in texts for line in text.split("\n"))


@pytest.fixture(scope="module")
def books() -> dict[str, Any]:
    """The plan book and the submitted books by name, as openpyxl reads them."""
    submitted = sorted((SAMPLE / "提出").glob("*.xlsm"))
    return {path.name: openpyxl.load_workbook(path) for path in [SAMPLE / "計画.xlsx", *submitted]}


def test_the_source_cell_holds_what_was_typed(found: tuple[Fact, ...], books: dict[str, Any]) -> None:
    figures = [one for one in found if not in_words(one)]
    typed = [one for one in figures if one.typed is not None]
    assert len(typed) > 300
    for one in typed:
        assert one.source is not None
        cell = books[one.source.workbook][one.source.sheet][one.source.cell]
        assert isinstance(cell.value, int | float), one
        points = one.origin is Origin.KPI and "%" not in cell.number_format and one.unit == "割合"
        assert one.typed == Decimal(str(cell.value)) / (100 if points else 1), one


def in_words(one: Fact) -> bool:
    """Whether it is a number within a text; the identity of such a one ends with its place there."""
    return re.search(r"/\d+$", one.identity) is not None and not one.identity.endswith(f"/{one.column}")


def test_a_number_of_a_text_names_the_cell_of_its_line(
    found: tuple[Fact, ...], books: dict[str, Any]
) -> None:
    texts = [one for one in found if in_words(one)]
    assert {one.origin for one in texts} == set(Origin)
    for one in texts:
        assert one.source is not None
        assert one.value is not None
        digits = f"{one.value * 100 if one.unit == '割合' else one.value:,f}".rstrip("0").rstrip(".")
        text = normalize("NFKC", str(books[one.source.workbook][one.source.sheet][one.source.cell].value))
        assert digits.split(".")[0] in text, one


def test_the_source_of_a_number_in_a_note_or_caption_is_the_plan_book(found: tuple[Fact, ...]) -> None:
    told = [one for one in found if one.origin is Origin.TABLE and not one.column]
    assert [(one.table, one.value, one.unit, str(one.source)) for one in told] == [
        ("柔整照会", 2, "部位", "計画.xlsx 1-2-3!C19"),
        ("柔整照会", 10, "日", "計画.xlsx 1-2-3!C19"),
        ("柔整申請割合", 3, "部位", "計画.xlsx 1-2-3!C24"),
        ("柔整申請割合", 15, "日", "計画.xlsx 1-2-3!C24"),
    ]


def test_facts_are_in_the_order_of_the_plan(sample: Consolidation, found: tuple[Fact, ...]) -> None:
    order = list(dict.fromkeys(one.item for one in found))
    assert order == [item.id for item in sample.plan.items if item.id in order]
    origins = list(dict.fromkeys(one.origin for one in found if one.item == "2-2-2"))
    assert origins == [Origin.PLAN, Origin.KPI, Origin.TABLE, Origin.PROGRESS]


def test_a_overwritten_cell_is_kept_beside_ours(found: tuple[Fact, ...]) -> None:
    total = fact(found, "1-2-4/査定金額/当年/合計")
    assert (total.typed, total.computed, total.value) == (168839, 244116, 168839)
    assert (total.unit, total.rounding, total.decimals) == ("千円", "", None)
    assert total.source == Source("レセプトグループ.xlsm", "1-2-4", "I29")


def test_a_computed_cell_says_how_it_is_rounded(found: tuple[Fact, ...]) -> None:
    rate_of_may = fact(found, "2-4/文書勧奨/5月/登録率")
    assert (rate_of_may.typed, rate_of_may.unit) == (None, "割合")
    assert (rate_of_may.rounding, rate_of_may.decimals) == ("四捨五入", 1)
    assert rate_of_may.value == rate_of_may.computed != round(Decimal(103) / 1107, 3)


@pytest.mark.parametrize(
    ("function", "code", "rounding", "decimals"),
    [
        ("ROUNDDOWN", "0.0%", "切捨て", 1),
        ("ROUNDUP", "General", "切上げ", 3),
        ("ROUND", "0.00", "四捨五入", 2),
        ("", "General", "", None),
        ("", "0.00", "四捨五入", 2),
    ],
)
def test_the_formula_says_the_rounding_else_the_format(
    sample: Consolidation, function: str, code: str, rounding: str, decimals: int | None
) -> None:
    formula: Node | None = sample.plan.tables["1-2-2", "決定達成"].cells[0][-1].formula
    assert formula is not None
    if function:
        formula = Call(function, (formula, Number(Decimal(3))))
    cell = CellDefinition(CellKind.COMPUTED, number_format(code), formula)
    one = fact(changed(sample, ("1-2-2", "決定達成"), cell), "1-2-2/決定達成/当年/達成率")
    assert (one.rounding, one.decimals) == (rounding, decimals)


def test_thousands_that_are_shown_are_held_as_yen(sample: Consolidation) -> None:
    cell = CellDefinition(CellKind.TYPED, number_format('#,##0," 千円"'))
    one = fact(changed(sample, ("1-2-4", "査定額"), cell), "1-2-4/査定額/当月/査定額")
    assert (one.value, one.unit) == (16893, "円")


def test_a_hole_is_a_fact_and_what_does_not_apply_is_none(found: tuple[Fact, ...]) -> None:
    hole = fact(found, "2-4/広報物の発行状況/10月/健康保険委員だより")
    assert (hole.typed, hole.value, hole.source) == (
        None,
        None,
        Source("企画総務グループ.xlsm", "2-4", "G47"),
    )
    assert not [one for one in found if one.identity == "2-4/広報物の発行状況/4月/社会保険さいたま"]
    assert not [one for one in found if one.column in ("開催日", "記事内容") and not in_words(one)]


def test_rows_of_an_open_list_are_known_by_their_key(found: tuple[Fact, ...]) -> None:
    assert fact(found, "2-2-2/集団健診/明細/受診者数", "和光市").value == 187


def test_the_source_of_what_the_plan_gives_is_the_plan_book(found: tuple[Fact, ...]) -> None:
    planned = fact(found, "2-2-2/計画の数/特定健康診査の実施見込者数/計画")
    assert (planned.value, planned.source) == (45940, Source("計画.xlsx", "2-2-2", "D71"))


def test_the_target_and_the_result_of_a_kpi(found: tuple[Fact, ...]) -> None:
    target, result = (fact(found, f"指標/返納金債権の回収率/{what}") for what in ("目標", "実績"))
    assert (target.value, target.unit) == (Decimal("0.6353"), "割合")
    assert target.source == Source("レセプトグループ.xlsm", "1-2-5", "P53")
    assert (result.typed, result.source) == (
        Decimal("0.5509"),
        Source("レセプトグループ.xlsm", "1-2-5", "L52"),
    )
    reckoned = fact(found, "指標/一者応札案件の割合/実績")
    assert (reckoned.typed, reckoned.computed, reckoned.source) == (
        None,
        Decimal("0.0625"),
        Source("企画総務グループ.xlsm", "3-4", "F23"),
    )


def test_a_reckoned_result_has_the_cell_of_the_plan_where_the_book_gives_another(
    sample: Consolidation,
) -> None:
    def other(item: ItemEntry) -> ItemEntry:
        rows = (replace(row, result=replace(row.result, value=Decimal("0.0624"))) for row in item.kpis)
        return replace(item, kpis=tuple(rows))

    books = tuple(replace(book, items=tuple(map(other, book.items))) for book in sample.submissions)
    reckoned = fact(of_plan(replace(sample, submissions=books), sample.plan), "指標/一者応札案件の割合/実績")
    assert (reckoned.computed, reckoned.source) == (Decimal("0.0625"), Source("計画.xlsx", "KPI", "D17"))


def test_text_in_a_number_cell_is_kept(sample: Consolidation) -> None:
    def typed(entry: TableEntry) -> TableEntry:
        first, *rows = entry.rows
        cells = (replace(first.cells[0], value="集計中"), *first.cells[1:])
        return replace(entry, rows=(replace(first, cells=cells), *rows))

    books = tuple(
        replace(book, items=tuple(replace(i, tables=tuple(map(typed, i.tables))) for i in book.items))
        for book in sample.submissions
    )
    found = of_plan(replace(sample, submissions=books), sample.plan)
    kept = fact(found, "1-2-2/決定達成/当年/決定件数")
    assert (kept.typed_text, kept.typed, kept.value) == ("集計中", None, None)


def test_words_that_the_planner_put_in_name_the_planners_cell(sample: Consolidation) -> None:
    planner = Source("取りまとめ.xlsm", "調整", "E5")
    item = next(item for one in sample.submissions for item in one.items if item.item == "1-2-3")
    line = next(line for line in item.lines if "被扶養者資格再確認" in line.text)
    text = "・送付 60,992 事業所、回答 5 件"
    new = replace(line, text=text, changes=(WordingChange(4, text.index("、"), planner),))
    lines = tuple(new if one is line else one for one in item.lines)
    books = tuple(
        replace(one, items=tuple(replace(i, lines=lines) if i is item else i for i in one.items))
        for one in sample.submissions
    )
    found = collect_facts(sample.plan, books, sample.figures, sample.assessments)
    told = [fact.source for fact in found if fact.identity.startswith("1-2-3/ブロック 5/文 1/")]
    assert told == [planner, line.source]
    assert new.sources() == [new.source_at(position) for position in range(len(text))]
    assert line.sources() == [line.source] * len(line.text)


def test_a_line_that_is_left_out_keeps_its_place(sample: Consolidation) -> None:
    """A number is known by its place among the lines that were handed in; what follows does not move up."""
    item = next(item for one in sample.submissions for item in one.items if item.item == "1-2-3")
    texts = [line for line in item.lines if line.block == "5" and line.kind is LineKind.TEXT]
    numbered = (replace(texts[0], text="・9 件", left_out=True), replace(texts[0], text="・8 件"))
    books = tuple(
        replace(one, items=tuple(replace(i, lines=numbered) if i is item else i for i in one.items))
        for one in sample.submissions
    )
    found = collect_facts(sample.plan, books, sample.figures, sample.assessments)
    told = [(fact.identity, fact.value) for fact in found if fact.identity.startswith("1-2-3/ブロック 5/文")]
    assert told == [("1-2-3/ブロック 5/文 2/1", 8)]
    joined = assemble_report(sample.plan, books, sample.figures, sample.assessments, facts=found)
    assert [line.text for line in lines(joined) if line.text in ("・9 件", "・8 件")] == ["・8 件"]


def test_the_names_of_figures_in_a_line_are_no_numbers(sample: Consolidation) -> None:
    """Of {表/行/列} that is a figure nothing is read; the rest keeps its place and its cell."""
    item = next(item for one in sample.submissions for item in one.items if item.item == "1-2-3")
    table = next(table for table in sample.plan.tables.values() if table.item == "1-2-3")
    word = "/".join(table.identity(0, 0)[1:])
    line = next(line for line in item.lines if "被扶養者資格再確認" in line.text)
    planner = Source("取りまとめ.xlsm", "調整", "E5")
    text = f"・{{{word}}} 件と {{9 件/無い/表}} 件、3 件"
    new = replace(line, text=text, changes=(WordingChange(len(text) - 3, len(text), planner),))
    lines = tuple(new if one is line else one for one in item.lines)
    books = tuple(
        replace(one, items=tuple(replace(i, lines=lines) if i is item else i for i in one.items))
        for one in sample.submissions
    )
    found = collect_facts(sample.plan, books, sample.figures, sample.assessments)
    told = [one for one in found if one.identity.startswith("1-2-3/ブロック 5/文 1/")]
    assert [(one.value, one.source) for one in told] == [(9, line.source), (3, planner)]


def test_a_line_of_text_names_the_cells_of_its_numbers(sample: Consolidation, report: Report) -> None:
    (line,) = (line for line in lines(report) if "15,777 件" in line.text)
    (entry,) = (
        entry
        for one in sample.submissions
        for item in one.items
        for entry in item.lines
        if entry.kind is LineKind.TEXT and "15,777 件" in entry.text
    )
    assert line.sources == (entry.source,)
    (dated,) = (line for line in lines(report) if line.text.startswith("事業所カルテを"))
    assert dated.sources == ()


def test_a_line_of_a_kpi_names_first_what_it_prints(report: Report) -> None:
    (line,) = (line for line in lines(report) if line.kpi and "サービススタンダード" in line.text)
    assert line.sources == (Source("計画.xlsx", "KPI", "B2"), Source("業務グループ.xlsm", "1-2-2", "G26"))


def test_a_sentence_with_numbers_names_its_cell(sample: Consolidation, report: Report) -> None:
    blocks = [block for section in report.sections for item in section.items for block in item.blocks]
    drawn = [block for item in sample.plan.items for block in item.blocks]
    for block, given in zip(blocks, drawn, strict=True):
        told = [
            (one,) if any(numbers_in(text)) else ()
            for text, one in zip(block.sentences, given.sources, strict=True)
        ]
        assert list(block.sources) == told


def test_a_number_that_a_sentence_takes_from_a_figure_is_the_figures(sample: Consolidation) -> None:
    def item(one: Item) -> Item:
        first, *rest = one.blocks
        text = "決定{決定達成/当年/決定件数}件、うち 7 件（{年度}）"
        return replace(one, blocks=(replace(first, sentences=(text,)), *rest)) if one.id == "1-2-2" else one

    sections = tuple(replace(s, items=tuple(map(item, s.items))) for s in sample.plan.sections)
    plan = replace(sample.plan, sections=sections)
    found, cell = of_plan(sample, plan), sample.plan.items_of("業務グループ")[1].blocks[0].sources[0]
    told = [one for one in found if one.identity.startswith("1-2-2/ブロック 1/計画")]
    assert [(one.value, one.unit, one.source) for one in told] == [(7, "件", cell)]
    figures = recompute_figures(plan, sample.submissions)
    assessments = rate_kpis_and_blocks(plan, figures, sample.submissions)
    printed = assemble_report(plan, sample.submissions, figures, assessments, facts=found)
    item_of_it = next(one for s in printed.sections for one in s.items if "サービス水準" in one.title)
    figure = figures.figure_named("1-2-2", "決定達成/当年/決定件数")
    assert figure is not None
    assert item_of_it.blocks[0].sources == ((figure.source, cell),)


class TestNumbersInOtherWords:
    """Titles, the legend, the words of a KPI's line, and the text of cells."""

    def found(self, sample: Consolidation, plan: Plan) -> list[tuple[str, Decimal | None, str]]:
        """Identity, value and cell of what the plan gives more than the sample does."""
        before = {one.identity for one in of_plan(sample, sample.plan)}
        new = [one for one in of_plan(sample, plan) if one.identity not in before]
        assert all(one.typed == one.value for one in new)
        return [(one.identity, one.value, str(one.source)) for one in new]

    def test_of_a_title_its_section_and_chapter(self, sample: Consolidation) -> None:
        first, *rest = sample.plan.sections
        item, *items = first.items
        named = replace(item, title="相談を 5 回受ける")
        section = replace(first, title="加入者 3 割", chapter="柱は 4 本", items=(named, *items))
        other = replace(rest[0], chapter="柱は 4 本")
        assert other.id == "1-2"
        plan = replace(sample.plan, sections=(section, other, *rest[1:]))
        assert self.found(sample, plan) == [
            ("1/章の題/1", 4, "計画.xlsx 施策!A2"),
            ("1-1/節の題/1", Decimal("0.3"), "計画.xlsx 施策!B3"),
            (f"{item.id}/題/1", 5, str(item.source)),
        ]

    def test_of_the_meaning_of_a_rating(self, sample: Consolidation) -> None:
        scale = sample.plan.scale
        first, *steps = (replace(step, meaning=f"達成率{n}％以上") for n, step in enumerate(scale.steps))
        hidden = [replace(step, in_legend=False) for step in steps]
        plan = replace(sample.plan, scale=replace(scale, steps=(first, *hidden)))
        assert self.found(sample, plan) == [(f"評価基準/{first.glyph}/1", 0, "計画.xlsx 評価基準!B2")]

    def test_of_the_line_of_an_indicator(self, sample: Consolidation) -> None:
        first, *rest = sample.plan.kpis
        printed = replace(first, print="{名称}（全国で 47 支部、目標{目標}、実績{実績}、{年度}）")
        plan = replace(sample.plan, kpis=(printed, *rest))
        cell = str(first.print_source)
        assert self.found(sample, plan) == [(f"指標/{first.name}/印字/1", 47, cell)]
        assert cell.startswith("計画.xlsx KPI!")
        figures = recompute_figures(plan, sample.submissions)
        found, assessments = of_plan(sample, plan), rate_kpis_and_blocks(plan, figures, sample.submissions)
        joined = assemble_report(plan, sample.submissions, figures, assessments, facts=found)
        (line,) = (line for line in lines(joined) if "全国で 47 支部" in line.text)
        assert str(line.sources[0]) == "計画.xlsx KPI!B2"
        assert first.print_source in line.sources

    def test_of_the_text_of_a_cell(self, sample: Consolidation) -> None:
        def typed(entry: TableEntry) -> TableEntry:
            first, *rows = entry.rows
            cells = (replace(first.cells[0], value="約 12 件"), *first.cells[1:])
            return replace(entry, rows=(replace(first, cells=cells), *rows))

        books = tuple(
            replace(b, items=tuple(replace(i, tables=tuple(map(typed, i.tables))) for i in b.items))
            for b in sample.submissions
        )
        given = replace(sample, submissions=books)
        figures = recompute_figures(sample.plan, books)
        found = of_plan(given, sample.plan)
        one = fact(found, "1-2-2/決定達成/当年/決定件数/1")
        figure = figures.figure_named("1-2-2", "決定達成/当年/決定件数")
        assert figure is not None
        assert (one.value, one.unit, one.source, one.column) == (12, "件", figure.source, "決定件数")
        joined = assemble_report(
            sample.plan, books, figures, rate_kpis_and_blocks(sample.plan, figures, books), facts=found
        )
        cells = [c for x in lines(joined) if x.table for row in x.table.rows for c in row]
        assert (figure.source,) in {c.sources for c in cells if c.value == "約 12 件"}


class TestTargetsOfEarlierYears:
    past = Source("計画.xlsx", "過去実績", "C2")

    def target(self, sample: Consolidation, target: RelativeTarget, *values: int) -> Fact:
        first, *rest = sample.plan.kpis
        years = range(sample.plan.fiscal_year - 1, 0, -1)
        history = {(first.name, year): Decimal(value) for year, value in zip(years, values, strict=False)}
        plan = replace(
            sample.plan,
            kpis=(replace(first, target=target), *rest),
            history=history,
            history_sources={key: self.past for key in history if key[1] == years[0]},
        )
        return fact(of_plan(sample, plan), f"指標/{first.name}/目標")

    @pytest.mark.parametrize(
        ("target", "values"),
        [
            (RelativeTarget(Basis.LAST_YEAR), (9,)),
            (RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN), (9, 8, 7)),
            (RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN), (9, 9, 9)),
        ],
    )
    def test_last_year_s_value_is_the_source(
        self, sample: Consolidation, target: RelativeTarget, values: tuple[int, ...]
    ) -> None:
        one = self.target(sample, target, *values)
        assert (one.typed, one.computed, one.value, one.source) == (9, None, 9, self.past)

    def test_a_mean_is_worked_out_and_its_words_are_the_source(self, sample: Consolidation) -> None:
        one = self.target(sample, RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN), 7, 8, 9)
        assert (one.typed, one.computed, one.source) == (None, 8, sample.plan.kpis[0].target_source)

    def test_without_the_value_there_is_no_target(self, sample: Consolidation) -> None:
        one = self.target(sample, RelativeTarget(Basis.LAST_YEAR))
        assert (one.value, one.source) == (None, sample.plan.kpis[0].target_source)


def test_what_nobody_submitted_has_no_cell_and_no_number(sample: Consolidation) -> None:
    others = tuple(one for one in sample.submissions if one.group != "業務グループ")
    found = of_plan(replace(sample, submissions=others), sample.plan)
    hole = fact(found, "1-2-2/決定達成/当年/決定件数")
    assert (hole.value, hole.typed, hole.source) == (None, None, None)
    assert fact(found, "指標/サービススタンダードの達成状況/実績").value is None
    assert fact(found, "指標/サービススタンダードの達成状況/目標").value == 1
