"""Writes an input book (入力ブック): a sheet per item of the group, and others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.annotations.acceptances import ACCEPTED, RECORD_HEADERS
from kenpo_xl.books.common import names
from kenpo_xl.books.common.control_sheet import (
    OVERRIDE,
    Button,
    Control,
    add_control_sheet,
    labelled_period_texts,
    write_fact_formula,
)
from kenpo_xl.books.common.digests import table_hash, text_hash
from kenpo_xl.books.common.item_marks import stamp_rows_of_item
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet, add_stamp_sheet
from kenpo_xl.books.common.macros.launcher_cells import protect_sheets, write_launcher_cells
from kenpo_xl.books.common.macros.macro_workbook import new_book_of_plan
from kenpo_xl.books.common.stamp import branch_and_period_key
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.cell_places import BookCells
from kenpo_xl.books.input.plan_text import TITLE, plan_text
from kenpo_xl.books.input.result_formulas import CHECK_NUMBER
from kenpo_xl.books.input.write.carried_facts import (
    carried_facts,
    unconfirmed_lines_formula,
    unconfirmed_lines_text,
)
from kenpo_xl.books.input.write.carried_values import write_carried_sources
from kenpo_xl.books.input.write.converted_sheet import add_converted_sheet
from kenpo_xl.books.input.write.highlight_rules import add_findings_sheet, add_highlight_rules
from kenpo_xl.books.input.write.item_sheet import ItemSheet
from kenpo_xl.books.input.write.navigation import add_navigation_buttons
from kenpo_xl.books.input.write.uncertain_sheet import add_uncertain_sheet
from kenpo_xl.books.input.write.unplaced_sheet import add_unplaced_sheet
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.plan.gathered_figures import FiguresInBook
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.domain.time.fiscal_calendar import date_text

_STEPS = (
    "１．下の一覧から項のシートを開き、薄い黄色のセルに入力してください。灰色のセルは自動で計算します。",
    "　　数値は数だけを入れてください（単位は自動で付きます）。文字は赤くなり、"
    f"その合計や率は「{CHECK_NUMBER}」となります。",
    "２．実施状況は上から順に報告書へ載ります。行を増やすときは、その場所に行を挿入してください。",
    "３．表の基準月が期の基準日と違うときは、表の上の「基準月」に月を入れてください。見出しも変わります。",
    "４．評価は、ブロックの先頭の行に入れてください。{reasons}",
    "５．「点検」を押し、色の付いたセルを直してください。差し支えない注意には、シート「指摘」に理由を入れてください。",
    "６．直したら「提出」を押してください。",
)
_STEPS_WITHOUT = (
    *_STEPS[:-2],
    "５．入力したら保存して閉じ、フォルダー「提出」に写してください。",
    "６．点検は夜間などに行います。直すところがあると、色と注記の付いた写しがフォルダー「返却」にできます。",
    "　　その写しを開いて色の付いたセルを直し、保存して閉じ、もう一度「提出」に写してください。",
    "　　差し支えない注意や直せない誤りには、シート「指摘」の行に理由を入れてください。",
)
_WITHOUT = "このブックを保存して閉じ、フォルダー「提出」に写してください。"
_BUTTONS = (
    Button(
        "Check",
        "点検",
        "入力した内容を調べ、直すところに色と注記を付けて、「指摘」に並べます。保存の前でも使えます。",
    ),
    Button(
        "Repair",
        "直す",
        "確かに直せるところ（消えた算式、文字で入った数、用語など）を「指摘」に並べます。もう一度押すと、「直す」の"
        "印のある行を直します。",
    ),
    Button(
        "UndoRepair",
        "直しを戻す",
        "最後の「直す」で変わったセルを、前の内容に戻します（そのあとで変えたセルは、そのままです）。",
    ),
    Button(
        "ClearFindings",
        "指摘を消す",
        "色、注記、「指摘」の一覧を消します。入力した値や、ご自分の注記はそのままです。",
    ),
    Button("Submit", "提出", "点検し、このブックを保存して、フォルダー「提出」に写します。"),
)
_RECORD = "指摘を確認して差し支えないと判断した記録です。"
_RECORD_WIDTHS = (14, 30, 16, 44, 14, 14)


def fill_input_book(
    plan: Plan,
    group: str,
    path: Path,
    *,
    known: CarriedBook,
    figures: Figures,
    assessments: Assessments,
    version: str = "",
    protect: bool = False,
) -> None:
    """Write the book of `group` with known content to `path`; deterministic bytes.

    `figures` and `assessments` give the cached values of live formulas. `version` is that of the plan book.
    With `protect` only what is typed can be changed in 操作 and the sheets of the items.
    """
    with new_book_of_plan(path, has_buttons=plan.has_buttons) as book:
        styles = Styles(book)
        control = _control_of_group(plan, group, known)
        control_sheet = add_control_sheet(book, styles, control)
        new_sheet = partial(
            ItemSheet, book, styles, plan, known=known, figures=figures, assessments=assessments
        )
        pages = _write_item_sheets(plan.items_of(group), known, FiguresInBook(plan, group), new_sheet)
        _write_count_of_lines(control_sheet, styles, control, known, pages)
        add_findings_sheet(book, styles)
        _write_acceptances(book, styles, plan, known.submission.accepted)
        add_converted_sheet(book, styles, known.converted)
        add_uncertain_sheet(book, styles, known.uncertain)
        add_unplaced_sheet(book, styles, known.unplaced, known.rescued_from)
        rows = [*_stamp_rows(plan, group, figures), *([(names.PLAN_VERSION, version)] if version else [])]
        stamp = add_stamp_sheet(book, rows)
        write_carried_sources(stamp, known.values)
        protected = protect_sheets((control_sheet, *(page.sheet for page in pages)) if protect else ())
        if plan.has_buttons:
            write_launcher_cells(book, stamp, len(rows), protected)


def _prepare_for_findings(page: ItemSheet, number: int) -> None:
    if page.plan.has_buttons:
        add_navigation_buttons(page.sheet, is_wide=page.is_wide)
    add_highlight_rules(page.book, page.sheet, number)


def _write_item_sheets(
    items: Iterable[Item], known: CarriedBook, in_book: FiguresInBook, new_sheet: Callable[..., ItemSheet]
) -> list[ItemSheet]:
    """Write the sheet of each item, and what gathers figures of several when all are there."""
    entries = {entry.item: entry for entry in known.submission.items}
    pages = []
    for number, item in enumerate(items, start=1):
        entry = entries.get(item.id) or ItemEntry(item.id)
        page = new_sheet(item=item, entry=entry, in_book=in_book)
        page.write_sheet()
        _prepare_for_findings(page, number)
        page.add_marks_of_carried_content()
        pages.append(page)
    _write_gathering_cells(pages)
    return pages


def _write_gathering_cells(pages: Iterable[ItemSheet]) -> None:
    """Write what gathers figures of other tables, once every table of the book has its cells."""
    cells, tables = BookCells(), [page.tables for page in pages if page.tables]
    cells.sheets = {one.item.id: one.places for one in tables}
    for one in tables:
        one.gathering.write_formulas(one.item.id, cells)


def _write_count_of_lines(
    sheet: Worksheet, styles: Styles, control: Control, known: CarriedBook, pages: Iterable[ItemSheet]
) -> None:
    """Let 操作 count the lines that are still last quarter's; the fact is the last one there."""
    counts = [page.carried_lines.count_formula() for page in pages if page.carried_lines]
    if counts:
        words = unconfirmed_lines_formula(counts), unconfirmed_lines_text(known.unconfirmed_lines)
        write_fact_formula(sheet, styles, len(list(control.facts)) - 1, *words)


def _control_of_group(plan: Plan, group: str, known: CarriedBook) -> Control:
    due = date_text(plan.period.due) if plan.period.due else "取りまとめ担当にお尋ねください"
    with_reason = " と ".join(plan.scale.glyphs_with_reason)
    reasons = f"{with_reason} のときは理由も入れてください。" if with_reason else ""
    return Control(
        title=f"{fill_placeholders(plan.title, plan.placeholder_context())}{names.TITLE_END}",
        facts=(("グループ", group), *labelled_period_texts(plan), ("提出期限", due), *carried_facts(known)),
        buttons=_BUTTONS if plan.has_buttons else (),
        steps=[step.format(reasons=reasons) for step in (_STEPS if plan.has_buttons else _STEPS_WITHOUT)],
        without_buttons=_WITHOUT,
        links=[(item.id, item.title) for item in plan.items_of(group)],
        asked=(OVERRIDE,) if plan.has_buttons else (),
        python=plan.python,
    )


def _write_acceptances(book: Workbook, styles: Styles, plan: Plan, accepted: Iterable[Acceptance]) -> None:
    """Write 確認記録 with the rows that are carried over from the book that was read."""
    headers = zip(RECORD_HEADERS, _RECORD_WIDTHS, strict=True)
    sheet = add_list_sheet(book, styles, ACCEPTED, _RECORD, headers)
    for row, acceptance in enumerate(accepted, start=FIRST_ROW):
        stored = replace(acceptance, identity=plan.identities.stored(acceptance.identity))
        for column, words in enumerate(astuple(stored)):
            sheet.write_string(row, column, words, styles("wrapped"))


def _stamp_rows(plan: Plan, group: str, figures: Figures) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (names.PLAN_KEY, branch_and_period_key(plan)),
        (names.GROUP, group),
    ]
    for item in plan.items_of(group):
        rows += [*stamp_rows_of_item(item), (names.lines_excel_name(item.key), f"{item.key}/実施状況")]
        for block in item.blocks:
            words = text_hash(plan_text(plan, item, block, figures))
            name = names.plan_text_key(item.key, block.key)
            rows.append((name, f"{item.key}/{TITLE}/{block.key}", words))
        for table in item.tables:
            name = names.table_excel_name(item.key, table.name)
            rows.append((name, f"{item.key}/{table.name}", table_hash(table, item.key)))
    return rows
