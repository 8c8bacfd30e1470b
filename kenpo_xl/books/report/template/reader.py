"""Reads the template workbook of the status report, and reports what is missing in it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from kenpo_xl.books.report.template.body_columns import read_column_names
from kenpo_xl.books.report.template.body_conditions import with_conditions
from kenpo_xl.books.report.template.drawn_sheet import DrawnSheet, Picture
from kenpo_xl.books.report.template.drawn_sheet_reader import DrawnSheetReader, column_widths
from kenpo_xl.books.report.template.framed_body import with_one_frame
from kenpo_xl.books.report.template.losses import is_fit_to_pages, template_warnings
from kenpo_xl.books.report.template.narrow_columns import times_to_fill_page, with_narrow_columns
from kenpo_xl.books.report.template.options import OPTIONS, read_options
from kenpo_xl.books.report.template.page_setup import DEFAULT_HEIGHT, PageSetup, points_to_pixels
from kenpo_xl.books.report.template.page_setup_reader import read_page_setup
from kenpo_xl.books.report.template.row_heights import with_readable_heights
from kenpo_xl.books.report.template.screen_widths import SheetColumns, xlsxwriter_pixels
from kenpo_xl.books.report.template.style import Palette, Style
from kenpo_xl.books.report.template.template import (
    BODY,
    COVER,
    HEADERS,
    PATTERNS,
    RUNNING,
    Pattern,
    Slot,
    Template,
)
from kenpo_xl.books.report.template.whole_styles import WholeStyles
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.optional_libraries import without_optional_libraries

# Patterns that fill a gap and contain no text may be as low as this; a height is never 0.
_LOWEST = 1
_UNREADABLE = "ひな形「{name}」を読めません。Excel ブック（.xlsx）として保存し直してください。"
# Excel prints in no smaller scale, and no reader could read it.
_SMALLEST_SCALE = 25
# More cells, and a larger sheet in bytes, than any template has: reading their styles takes long.
_MOST_CELLS, _LARGEST_SHEET = 20_000, 2 * 2**20
# No row of the patterns, and not all headers together, may take more of a page.
_HIGHEST_SHARE = 0.5


def read_template(path: Path) -> Template:
    """The template in a workbook; KenpoError where it is unreadable, incomplete or too large."""
    try:
        return _parsed_template(path, path.read_bytes())
    except (OSError, SyntaxError) as error:  # the latter from XML that is none
        raise KenpoError(_UNREADABLE.format(name=path.name)) from error


@lru_cache(maxsize=4)
def _parsed_template(path: Path, content: bytes) -> Template:
    """The template in these bytes, cached: a nightly run writes many reports from it."""
    book = _size_checked_workbook(path)
    workbook = _openpyxl_workbook(path, content)
    _refuse_missing_sheets(path, workbook)
    palette = Palette.of_workbook(workbook)
    body = workbook[BODY]
    default = palette.style(body.cell(1, body.max_column + 2))
    drawn_rows, unplaced = with_conditions(_patterns_by_name(path, body, palette), body, palette)
    options = read_options(workbook, path.name, [slot.text for slot in drawn_rows[RUNNING].slots])
    page, size = read_page_setup(body), default.font_size
    widths = _drawn_widths(body, drawn_rows)
    times = times_to_fill_page(drawn_rows, widths, size, page) if options.fits_widths else 1
    patterns, characters = with_narrow_columns(drawn_rows, widths, size, times=times)
    names = read_column_names(patterns, path.name)
    patterns, raised = with_readable_heights(with_one_frame(patterns), names)
    columns = SheetColumns.for_characters(characters, size)
    setup = page.scaled_to_fit(columns.width(0, len(characters) - 1).most)
    drawn = DrawnSheetReader(book, workbook, palette, size)
    cover = drawn.read_cover(COVER)
    _refuse_oversized_template(path, patterns, setup, cover.setup)
    scaled = _scale_notes(workbook, {COVER: cover.setup, BODY: setup})
    further = drawn.read_further_sheets(besides=(COVER, BODY, OPTIONS))
    repeated = {name: patterns[name].height for name in (RUNNING, HEADERS)}
    headers = drawn.header_pictures(BODY, repeated, last_column=len(widths) + 1)
    ends = {COVER: cover.print_area[3] + 1, BODY: len(widths) + 1, **_last_columns(further)}
    losses = (*unplaced, *template_warnings(book, workbook, last_columns=ends), *drawn.losses)
    return Template(
        patterns=patterns,
        characters=characters,
        columns=columns,
        setup=setup,
        cover=cover,
        default=default,
        column_names=names,
        notes=(*raised, *scaled, *_notes_on_losses(losses)),
        further_sheets=further,
        header_pictures=_pictures_at_edges(headers, widths, characters) if times > 1 else headers,
        options=options,
    )


def _drawn_widths(body: Any, patterns: Mapping[str, Pattern]) -> tuple[float, ...]:
    """The widths in characters of the columns behind the first, up to the last that a pattern has."""
    last = max(slot.last for pattern in patterns.values() for slot in pattern.slots)
    return tuple(column_widths(body, range(2, last + 3)))


def _pictures_at_edges(
    pictures: Sequence[Picture], drawn: Sequence[float], printed: Sequence[float]
) -> tuple[Picture, ...]:
    """The pictures, those in the right half as far from the right edge of wider columns as they are drawn."""
    width, wider = (sum(map(xlsxwriter_pixels, characters)) for characters in (drawn, printed))
    return tuple(
        replace(one, left=one.left + wider - width) if 2 * one.left + one.width > width else one
        for one in pictures
    )


def _last_columns(sheets: Sequence[DrawnSheet]) -> dict[str, int]:
    """The last column of each sheet that its report shows."""
    return {sheet.name: max(len(sheet.characters), sheet.print_area[3] + 1) for sheet in sheets}


def _refuse_missing_sheets(path: Path, workbook: Any) -> None:
    for name in (COVER, BODY):
        if name not in workbook.sheetnames:
            raise KenpoError(
                f"ひな形「{path.name}」にシート「{name}」がありません。シートの名前を元に戻してください。"
            )


def _scale_notes(workbook: Any, setups: Mapping[str, PageSetup]) -> Iterator[str]:
    """A note for each sheet that is printed in a smaller scale than the template states."""
    for name, used in setups.items():
        if used.scale != read_page_setup(workbook[name]).scale and not is_fit_to_pages(workbook[name]):
            yield (
                f"ひな形の「{name}」は、画面の倍率によっては用紙に収まらないため、"
                f"{used.scale}％ で印刷します。"
                "大きく印刷するには、列の幅か余白を小さくしてください。"
            )


def _notes_on_losses(losses: Sequence[str]) -> list[str]:
    return [f"ひな形にあって報告書に写さないもの: {'、'.join(losses)}。"] if losses else []


def _refuse_oversized_template(
    path: Path, patterns: Mapping[str, Pattern], setup: PageSetup, cover: PageSetup
) -> None:
    """KenpoError where headers or a row take half a page, or the scale would be too small to read."""
    for name, one in ((BODY, setup), (COVER, cover)):
        if one.scale < _SMALLEST_SCALE:
            raise KenpoError(
                f"ひな形「{path.name}」の「{name}」が用紙に対して大きすぎます。"
                "列の幅を狭くするか、用紙を大きくするか、余白を小さくしてください。"
            )
    repeated = patterns[RUNNING].height + patterns[HEADERS].height
    highest = max(patterns.values(), key=lambda pattern: pattern.height)
    if max(repeated, highest.height) > setup.usable_height_pixels(on_grid=False) * _HIGHEST_SHARE:
        rows = f"行「{highest.name}」" if highest.height >= repeated else f"行「{RUNNING}」と「{HEADERS}」"
        raise KenpoError(
            f"ひな形「{path.name}」の{BODY}の{rows}が用紙に対して高すぎます。"
            "行の高さか上下の余白を小さくしてください。"
        )


def _size_checked_workbook(path: Path) -> Workbook:
    """The workbook read by this package; KenpoError where it is none or larger than any template."""
    book = Workbook(path)
    book.package.refuse_doctypes()
    sheets = book.sheets.values()
    is_large = any(book.package.size(sheet.part) > _LARGEST_SHEET for sheet in sheets)
    if is_large or sum(len(sheet.cells) + len(sheet.merges) for sheet in sheets) > _MOST_CELLS:
        raise KenpoError(
            f"ひな形「{path.name}」のセルや結合が多すぎます。使っていない行、列、シートを削除して保存し直してください。"
        )
    return book


def _openpyxl_workbook(path: Path, content: bytes) -> Any:
    with without_optional_libraries():
        from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It warns of features that it would drop on saving; a template is only read.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(content), rich_text=True)
    except (OSError, BadZipFile, KeyError, ValueError, TypeError) as error:
        raise KenpoError(_UNREADABLE.format(name=path.name)) from error


def _patterns_by_name(path: Path, body: Any, palette: Palette) -> dict[str, Pattern]:
    rows: dict[str, int] = {}
    for (name,) in body.iter_rows(min_col=1, max_col=1):
        text = str(name.value or "").strip()
        if text in rows and text in PATTERNS:
            raise KenpoError(
                f"ひな形「{path.name}」の{BODY}に、行「{text}」が二つあります。一つにしてください。"
            )
        rows[text] = name.row
    merged = _merged_column_ends_by_row(body)
    whole = WholeStyles.of_sheet(body, palette)
    found = {}
    for name, slots in PATTERNS.items():
        if name not in rows:
            raise KenpoError(
                f"ひな形「{path.name}」の{BODY}に、行「{name}」（A列の名前）がありません。行を元に戻してください。"
            )
        cells = body[rows[name]][1:]
        styles = [_style_of_cell(cell, palette, whole) for cell in cells]
        found[name] = _pattern_of_row(name, body, cells, styles, merged.get(rows[name], {}))
        if len(found[name].slots) < slots:
            raise KenpoError(
                f"ひな形「{path.name}」の{BODY}の行「{name}」には、文を入れるセルが{slots}個要ります。"
                "見本の文を元に戻してください（行をまたぐ結合は使えません）。"
            )
    return found


def _style_of_cell(cell: Any, palette: Palette, whole: WholeStyles) -> Style:
    """The style of an openpyxl cell; one without its own looks like its row or its column."""
    around = None if cell.style_id else whole.at(cell.row - 1, cell.column - 1)
    return around or palette.style(cell)


def _pattern_of_row(
    name: str, body: Any, cells: Sequence[Any], styles: Sequence[Style], merged: dict[int, int]
) -> Pattern:
    slots = []
    for index, cell in enumerate(cells):
        last = merged.get(cell.column, cell.column) - 2
        if cell.column in merged or cell.value not in (None, ""):
            style = styles[index].with_right_border_of(styles[last])
            slots.append(Slot(index, last, style, "" if cell.value is None else str(cell.value)))
    height = body.row_dimensions[cells[0].row].height or body.sheet_format.defaultRowHeight or DEFAULT_HEIGHT
    return Pattern(
        name=name,
        height=max(points_to_pixels(height), _LOWEST),
        slots=tuple(slots),
        painted=tuple((index, style) for index, style in enumerate(styles) if style.is_visible_when_empty),
    )


def _merged_column_ends_by_row(sheet: Any) -> dict[int, dict[int, int]]:
    """Row → first column → last column of the merged cells that begin there."""
    rows: dict[int, dict[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        rows.setdefault(area.min_row, {})[area.min_col] = area.max_col
    return rows
