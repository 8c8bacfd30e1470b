"""Reads a plan book (計画.xlsx) into the domain's plan, or returns all its problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.plan.kpis import kpi_list
from kenpo_xl.books.plan.kpis.milestone_tables import with_milestone_tables
from kenpo_xl.books.plan.layout.cross_table_formulas import resolve_formulas_across_tables
from kenpo_xl.books.plan.layout.layout_sheet import Layout, read_layout
from kenpo_xl.books.plan.layout.row_ratings import with_ratings_to_choose
from kenpo_xl.books.plan.layout.sheet_names import layout_sheets_by_item
from kenpo_xl.books.plan.lists import (
    annexes,
    basics,
    cross_checks,
    measures,
    period_list,
    rating_scale,
    rule_settings,
    text_fields,
)
from kenpo_xl.books.plan.support.former_names import ambiguous_former_names
from kenpo_xl.books.plan.support.keys import item_numbers_by_name
from kenpo_xl.books.plan.support.problems import PlanError, Problem, Problems
from kenpo_xl.books.plan.support.text_placeholders import ItemText
from kenpo_xl.books.plan.support.unused import check_sheet_names
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.identities import HasFormerNames
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Item, Kpi, Plan, Section
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.plan.rule_settings import RuleSetting
from kenpo_xl.ooxml.rich_text import RichText
from kenpo_xl.ooxml.workbook import Sheet, Workbook

__all__ = ["PLAN_NAME", "PlanError", "Problem", "plan_and_problems", "read_period_key", "read_plan"]

LISTS = (
    *basics.SHEETS,
    rating_scale.SCALE,
    measures.SHEET,
    *kpi_list.SHEETS,
    *cross_checks.SHEETS,
    rule_settings.SHEET,
    annexes.SHEET,
    "一覧",
    "説明",
)
_QUOTED = 30
# Lists that refer to other sheets: their problems may be caused by those of the others.
_LAST = (*kpi_list.SHEETS, basics.HISTORY, *cross_checks.SHEETS, rule_settings.SHEET, annexes.SHEET)


def read_plan(path: Path) -> Plan:
    """The plan; PlanError with every problem (sheet and cell) of a broken book."""
    plan, problems = plan_and_problems(path)
    errors = [problem for problem in problems if problem.is_error]
    if plan is None or errors:
        raise PlanError(path.name, errors)
    return plan


def read_period_key(path: Path) -> PeriodKey:
    """The branch and quarter of a plan book, from the sheet 基本 alone.

    The rest of the book may be broken. Raises PlanError with every problem if 基本 is incomplete.
    """
    basic = basics.read_basic_settings(Workbook(path), Problems())
    if not basic.is_complete:
        return PeriodKey.of(read_plan(path))
    return PeriodKey(basic.branch, basic.fiscal_year, basic.number, basic.cycle)


def plan_and_problems(path: Path) -> tuple[Plan | None, list[Problem]]:
    """The plan as far as it can be read (else None), and all problems of the book."""
    book, problems = Workbook(path), Problems()
    basic = basics.read_basic_settings(book, problems)
    periods = period_list.read_periods(book, basic.fiscal_year, basic.cycle, problems)
    steps, basic.text_fields = rating_scale.read_rating_scales(book, basic.text_fields, problems)
    history = basics.read_past_values(book, basic.fiscal_year, problems)
    sections, layouts = _sections_and_layouts(book, basic, steps, problems)
    read_kpis = kpi_list.read_kpis(book, layouts, steps, problems, basic)
    sections, read_kpis = with_milestone_tables(sections, read_kpis)
    numbers = item_numbers_by_name(_items_of_sections(sections))
    checks = cross_checks.read_cross_checks(book, layouts, numbers, problems)
    terms, settings = _terms_and_rule_settings(book, numbers, problems)
    listed_annexes = annexes.read_annexes(book, _items_of_sections(sections), problems)
    _check_parts_together(book, layouts, sections, read_kpis, history, basic, problems)
    found = problems.sorted(list(book.sheets), last=_LAST)
    if not basic.is_complete or not steps.steps:
        return None, found
    return Plan(
        branch=basic.branch,
        title=basic.title or f"{basic.branch}事業実施状況",
        fiscal_year=basic.fiscal_year,
        period=periods[basic.number],
        groups=tuple(basic.groups),
        scale=steps,
        sections=tuple(sections),
        kpis=tuple(read_kpis),
        history={(past.kpi, past.year): past.value for past in history},
        history_sources={(past.kpi, past.year): past.row.source(book, "値") for past in history},
        cross_checks=tuple(checks),
        terms=tuple(terms),
        rule_settings=tuple(settings),
        annexes=tuple(listed_annexes),
        python=basic.python,
        has_buttons=basic.has_buttons,
        public_contacts=tuple(basic.public_contacts),
        summary_outlook=basic.summary_outlook,
        aggregation=basic.aggregation,
        text_fields=tuple(basic.text_fields),
    ), found


def _terms_and_rule_settings(
    book: Workbook, numbers: dict[str, str], problems: Problems
) -> tuple[list[Term], list[RuleSetting]]:
    terms = cross_checks.read_preferred_terms(book, problems)
    return terms, rule_settings.read_rule_settings(book, numbers, problems)


def _items_of_sections(sections: Iterable[Section]) -> list[Item]:
    return [item for section in sections for item in section.items]


def _sections_and_layouts(
    book: Workbook, basic: basics.BasicSettings, scale: Scale, problems: Problems
) -> tuple[list[Section], dict[str, Layout]]:
    """The sections of the sheet 施策 with what is drawn, and the layout of each item by its number."""
    fields = basic.text_fields
    sections, sentences = measures.read_sections_and_sentences(book, basic.groups, problems)
    layouts = _layouts_by_item(book, sections, basic, problems)
    texts = [*sentences, *text_fields.texts_of_text_fields(sections, fields)]
    _check_placeholders_of_sentences(texts, layouts, problems)
    text_fields.warn_of_unused_texts(sections, fields, problems)
    drawn = _sections_with_layouts(sections, layouts, scale)
    owners = {group for item in _items_of_sections(drawn) for group in groups_of_item(item)}
    basics.check_owners(basic, owners, problems)
    return text_fields.sections_with_text_fields(drawn, fields), layouts


def _sections_with_layouts(
    sections: list[Section], layouts: dict[str, Layout], scale: Scale
) -> list[Section]:
    """The sections with the contents of the layout sheets of their items."""
    return [
        replace(
            section,
            items=tuple(_item_with_layout(item, layouts.get(item.id), scale) for item in section.items),
        )
        for section in sections
    ]


def _layouts_by_item(
    book: Workbook, sections: list[Section], basic: basics.BasicSettings, problems: Problems
) -> dict[str, Layout]:
    items = _items_of_sections(sections)
    sheets = layout_sheets_by_item(book, items, LISTS, problems)
    layouts = {
        item.id: read_layout(
            book, sheets[item.id], item, problems, fiscal_year=basic.fiscal_year, groups=basic.groups
        )
        for item in items
        if item.id in sheets
    }
    resolve_formulas_across_tables(layouts.values(), problems)
    used = [sheet.name for sheet in sheets.values()]
    check_sheet_names(
        book.sheets, used, [name for item in items for name in (item.id, item.key)], LISTS, problems
    )
    return layouts


def _check_parts_together(
    book: Workbook,
    layouts: dict[str, Layout],
    sections: list[Section],
    kpis: list[Kpi],
    history: list[basics.PastValue],
    basic: basics.BasicSettings,
    problems: Problems,
) -> None:
    """Adds the problems of KPIs with what other sheets say, and of struck-through text."""
    kpi_list.warn_of_unused_past_values(book, history, kpis)
    kpi_list.report_blocks_without_main_kpi(sections, kpis, basic, problems)
    _check_names(layouts, kpis, problems)
    _warn_of_struck_text(_read_sheets(book, layouts), problems)


def _check_names(layouts: dict[str, Layout], kpis: Sequence[Kpi], problems: Problems) -> None:
    _check_kpi_lines_match_kpis(layouts, {kpi.name: kpi.place for kpi in kpis}, problems)
    _warn_of_ambiguous_former_names(layouts, kpis, problems)


def _warn_of_ambiguous_former_names(
    layouts: Mapping[str, Layout], kpis: Sequence[Kpi], problems: Problems
) -> None:
    """Warns of former names (旧名) that are another part's name today, or that two parts had."""
    parts: list[tuple[str, str, str, Iterable[HasFormerNames]]] = []
    for layout in layouts.values():
        parts += [("表", layout.sheet, table.place, layout.tables) for table in layout.tables[:1]]
        for table in layout.tables:
            parts += [("行", layout.sheet, table.place, table.rows)]
            parts += [("列", layout.sheet, table.place, table.columns)]
    parts += [("指標", "KPI", kpi.place, kpis) for kpi in kpis[:1]]
    for what, sheet, cell, listed in parts:
        for name in ambiguous_former_names(listed):
            message = f"旧名「{name}」は、いまの別の{what}の名前か、2 つの{what}の旧名のため使いません。"
            problems.add_warning(sheet, cell, message + "合う旧名だけを残してください。")


def _read_sheets(book: Workbook, layouts: Mapping[str, Layout]) -> list[Sheet]:
    """The sheets of the book that are read: lists and layouts."""
    names = (*LISTS, *(layout.sheet for layout in layouts.values()))
    return [sheet for name, sheet in book.sheets.items() if name in names]


def _warn_of_struck_text(sheets: Iterable[Sheet], problems: Problems) -> None:
    """Adds a warning for each cell with struck-through text, which the plan omits."""
    for sheet in sheets:
        for place in sheet.struck_positions:
            cell = sheet.cells[place]
            struck = cell.value.struck if isinstance(cell.value, RichText) else ""
            fact = "算式に取消線がありますが、計画に入れます。"
            if not cell.formula:
                fact = f"取消線を引いた「{struck[:_QUOTED]}」は計画に入れません。"
            remedy = "取り消すなら消し、取り消さないなら取消線を外してください。"
            problems.add_warning(sheet.name, a1(*place), fact + remedy)


def _check_placeholders_of_sentences(
    sentences: list[ItemText], layouts: dict[str, Layout], problems: Problems
) -> None:
    for sentence in sentences:
        layout = layouts.get(sentence.item)
        sentence.report_unknown_placeholders(layout.figure_names if layout else (), problems)


def _item_with_layout(item: Item, layout: Layout | None, scale: Scale) -> Item:
    """The item with the tables and starting lines of its layout sheet."""
    if layout is None:
        return item
    blocks = tuple(replace(block, lines=tuple(layout.lines.get(block.name, ()))) for block in item.blocks)
    glyphs = tuple(step.glyph for step in scale.steps)
    tables = tuple(with_ratings_to_choose(table, glyphs) for table in layout.tables)
    return replace(item, blocks=blocks, tables=tables)


def _check_kpi_lines_match_kpis(
    layouts: dict[str, Layout], known: dict[str, str], problems: Problems
) -> None:
    placed: set[str] = set()
    for layout in layouts.values():
        for name, cell in layout.kpi_marks:
            if name not in known:
                problems.add_error(
                    layout.sheet, cell, f"指標「{name}」がシート「KPI」にありません。名前を合わせてください。"
                )
            elif name in placed:
                problems.add_error(
                    layout.sheet, cell, f"指標「{name}」の行が 2 か所にあります。1 か所にしてください。"
                )
            placed.add(name)
    for name, place in known.items():
        if name not in placed:
            problems.add_error(
                "KPI", place, f"指標「{name}」を載せる場所がありません。様式図に「KPI」の行を作ってください。"
            )
