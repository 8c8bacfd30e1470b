"""A whole form understood: its sheets as items, with questions and what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, AdoptedItem, AdoptedTable, CellUse, UnreadCell
from kenpo_xl.pipeline.adopt.form_tables import FormTables
from kenpo_xl.pipeline.adopt.grid import SourceSheet, cells_of
from kenpo_xl.pipeline.adopt.kpis import adopted_kpis
from kenpo_xl.pipeline.adopt.questions import Asked, FormCell, Interview
from kenpo_xl.pipeline.adopt.regions import regions_of_sheet
from kenpo_xl.pipeline.adopt.shape import TableShape, shape_of_table
from kenpo_xl.pipeline.adopt.surroundings import Surroundings, read_surroundings
from kenpo_xl.pipeline.adopt.table_draft import TableDraft, texts_for_time, year_choices
from kenpo_xl.pipeline.adopt.words import comparable_words, header_in_one_line
from kenpo_xl.pipeline.adopt.years import (
    FormTime,
    fiscal_years_in,
    time_of_form,
    with_placeholders,
    without_time,
)

_HIDDEN_SHEET = "表示されていないシートです。使うときは再表示してから、もう一度実行してください。"
_HIDDEN = "隠れた行か列のセルです。使うときは再表示してから、もう一度実行してください。"
_STRUCK = "取り消し線のある文字です。読んでいません。"
_OBJECT = "写しません。報告書のひな形に貼ってください。"
_NO_TITLE = re.compile(r"[(\[]?(?:様式|別紙|別添|参考|資料)[第\d(\s]*[号\d)\]]*$|単位")
_OUTSIDE = "表にも見出しにも当てはまりません。要るものなら、計画ブックに書き足してください。"


@frozen
class SheetReading:
    """A sheet with its tables in order, its fields and the texts around them."""

    sheet: SourceSheet
    shapes: Mapping[Rectangle, TableShape]
    texts: Surroundings


def read_form(
    sheets: Sequence[SourceSheet],
    answers: Mapping[str, str],
    *,
    year: FiscalYear,
    stated: FormTime | None = None,
    rejected: Mapping[tuple[str, Rectangle], str] | None = None,
) -> AdoptedForm:
    """What the sheets of a form are; `year` is taken where it names none, `stated` where the office says so.

    Answers are those of the sheet 確認, by the key of their question. `rejected` are tables that a plan
    cannot have, each with the reason.
    """
    interview = Interview(answers)
    rejected = rejected or {}
    shown = [sheet for sheet in sheets if not sheet.is_hidden and sheet.cells]
    readings = [_read_sheet(sheet, interview, rejected) for sheet in shown]
    time = stated or _time_of_form(readings, interview, year)
    drafts = list(_table_drafts(readings, interview, time))
    tables = FormTables(drafts)
    items = tuple(_adopted_items(readings, drafts, tables, time))
    kpis = adopted_kpis(items, interview, time.fiscal_year)
    uses = {**tables.uses, **_uses_of_texts(readings)}
    title = next(chain.from_iterable(map(_titles_of_sheet, readings)), "")
    return AdoptedForm(
        title=_text_with_placeholders(title, time),
        time=time,
        items=items,
        checks=tuple(tables.checks),
        questions=tuple(interview.ranked_questions()),
        unread=(
            *tables.unread,
            *_rejected_tables(rejected),
            *_content_without_place_in_plan(sheets, readings, uses, rejected),
        ),
        uses=uses,
        places=tables.places,
        kpis=kpis,
    )


def _read_sheet(
    sheet: SourceSheet, interview: Interview, rejected: Mapping[tuple[str, Rectangle], str]
) -> SheetReading:
    regions = regions_of_sheet(sheet)
    areas = [area for area in regions.areas if (sheet.name, area) not in rejected]
    found = {area: shape_of_table(sheet, area, interview) for area in areas}
    shapes = {area: shape for area, shape in found.items() if shape}
    fields = [area for area in found if area not in shapes]
    texts = read_surroundings(sheet, list(shapes), fields, regions.loose)
    return SheetReading(sheet, shapes, texts)


def _uses_of_texts(readings: Sequence[SheetReading]) -> dict[FormCell, CellUse]:
    """What the cells around the tables are."""
    return {
        FormCell(reading.sheet.name, *at): use
        for reading in readings
        for at, use in reading.texts.uses.items()
    }


def _time_of_form(readings: Sequence[SheetReading], interview: Interview, year: FiscalYear) -> FormTime:
    """When the form is from; asked about, with what its titles or headers say as the guess."""
    shapes = [shape for reading in readings for shape in reading.shapes.values()]
    headers = [text for shape in shapes for text in texts_for_time(shape)]
    found = time_of_form(_texts_of_titles(readings), headers, _dates_beside_office_name(readings))
    guess = found or FormTime(year)
    answer = interview.ask(
        Asked.YEAR,
        "年度",
        "この様式に入っている数は、どの年度のものですか。",
        place=_cell_of_year(readings),
        choices=[fiscal_year_text(one) for one in year_choices(guess.fiscal_year)],
        guess=fiscal_year_text(guess.fiscal_year),
        weight=sum(len(shape.body_rows) for shape in shapes),
    )
    return FormTime(fiscal_years_in(answer)[0], guess.month, guess.cycle, guess.number)


def _texts_of_titles(readings: Sequence[SheetReading]) -> list[str]:
    """The titles, then the captions of tables, then the names of the sheets."""
    titles = [one for reading in readings for one in reading.texts.titles]
    captions = [texts.caption for reading in readings for texts in reading.texts.tables.values()]
    return [*titles, *captions, *(reading.sheet.name for reading in readings)]


def _dates_beside_office_name(readings: Sequence[SheetReading]) -> list[date]:
    """The dates that the office wrote beside its name."""
    return [
        value
        for reading in readings
        for at, use in reading.texts.uses.items()
        if use is CellUse.OFFICE and isinstance(value := reading.sheet.at(*at).value, date)
    ]


def _cell_of_year(readings: Sequence[SheetReading]) -> tuple[str, CellPosition]:
    """The first cell that names a year."""
    for reading in readings:
        for at in sorted(reading.sheet.filled):
            if fiscal_years_in(reading.sheet.at(*at).shown):
                return reading.sheet.name, at
    return (readings[0].sheet.name if readings else ""), (1, 1)


def _table_drafts(
    readings: Sequence[SheetReading], interview: Interview, time: FormTime
) -> Iterator[TableDraft]:
    number = 0
    for reading in readings:
        for area in sorted(reading.shapes):
            yield TableDraft(number, reading.shapes[area], reading.texts.tables[area], interview, time)
            number += 1


def _adopted_items(
    readings: Sequence[SheetReading], drafts: Sequence[TableDraft], tables: FormTables, time: FormTime
) -> Iterator[AdoptedItem]:
    titles = Counter(_title_of_sheet(reading) for reading in readings)
    for reading in readings:
        parts = _tables_and_lines(
            reading, [one for one in drafts if one.shape.sheet is reading.sheet], tables
        )
        title = _title_of_sheet(reading)
        is_alone = titles[title] == 1 and title
        name = title if is_alone else reading.sheet.name
        if parts:
            yield AdoptedItem(
                _text_with_placeholders(name, time), reading.sheet.name, tuple(parts), reading.texts.owner
            )


def _title_of_sheet(reading: SheetReading) -> str:
    return reading.texts.item_name or next(_titles_of_sheet(reading), "")


def _titles_of_sheet(reading: SheetReading) -> Iterator[str]:
    """The titles of a sheet, without the number of its form (様式第1号) and its mere time (令和6年度)."""
    for one in reading.texts.titles:
        if not _NO_TITLE.match(comparable_words(one)) and without_time(one):
            yield one


def _tables_and_lines(
    reading: SheetReading, drafts: Sequence[TableDraft], tables: FormTables
) -> list[AdoptedTable | str]:
    """Tables and lines of a sheet from the top left."""
    found: list[tuple[Rectangle, AdoptedTable | str]] = []
    names: Counter[str] = Counter()
    for draft in drafts:
        name = draft.name() or f"表{len(names) + 1}"
        names[name] += 1
        own = name if names[name] == 1 else f"{name}{names[name]}"
        found.append((draft.shape.area, tables.adopted_table(draft, own)))
    for area, lines in reading.texts.lines.items():
        found += [(area, line) for line in lines]
    return [part for _, part in sorted(found, key=lambda one: one[0])]


def _text_with_placeholders(text: str, time: FormTime) -> str:
    return with_placeholders(header_in_one_line(text), time)


def _rejected_tables(rejected: Mapping[tuple[str, Rectangle], str]) -> Iterator[UnreadCell]:
    """One entry for each table that a plan cannot have."""
    for (sheet, area), reason in rejected.items():
        cells = f"{a1(*area[:2])}～{a1(*area[2:])}"
        yield UnreadCell(FormCell(sheet, *area[:2]), cells, f"表にできませんでした。{reason}")


def _content_without_place_in_plan(
    sheets: Sequence[SourceSheet],
    readings: Sequence[SheetReading],
    uses: Mapping[FormCell, CellUse],
    rejected: Mapping[tuple[str, Rectangle], str],
) -> Iterator[UnreadCell]:
    """What of the sheets has no place in the plan."""
    for sheet in sheets:
        if sheet.is_hidden:
            first = min(sheet.filled, default=(1, 1))
            yield UnreadCell(FormCell(sheet.name, *first), f"シート「{sheet.name}」", _HIDDEN_SHEET)
    for sheet in (reading.sheet for reading in readings):
        yield from _group_of_unread_cells(sheet, sheet.hidden, _HIDDEN)
        yield from _group_of_unread_cells(sheet, sheet.struck, _STRUCK)
        for what, at in sheet.objects:
            yield UnreadCell(FormCell(sheet.name, *at), what, _OBJECT)
        yield from _cells_without_use(sheet, uses, [area for name, area in rejected if name == sheet.name])


def _cells_without_use(
    sheet: SourceSheet, uses: Mapping[FormCell, CellUse], rejected: Sequence[Rectangle]
) -> Iterator[UnreadCell]:
    """The filled cells that are nothing of the plan, without those of rejected tables."""
    covered = {at for area in rejected for at in cells_of(area)}
    for at in sorted(sheet.filled - covered):
        if sheet.root(*at) == at and FormCell(sheet.name, *at) not in uses:
            yield UnreadCell(FormCell(sheet.name, *at), sheet.at(*at).shown, _OUTSIDE)


def _group_of_unread_cells(
    sheet: SourceSheet, places: Sequence[CellPosition], reason: str
) -> Iterator[UnreadCell]:
    """One entry for cells that are left out for one reason, with their first and last cell."""
    if places:
        first, last = min(places), max(places)
        cells = a1(*first) if first == last else f"{a1(*first)}～{a1(*last)}（{len(places)} セル）"
        yield UnreadCell(FormCell(sheet.name, *first), cells, reason)
