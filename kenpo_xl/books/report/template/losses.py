"""Features of a template that no report can follow: reported to the planner, not dropped silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from kenpo_xl.books.report.template.page_setup import paper_number_or_a4
from kenpo_xl.books.report.template.template import BODY, BODY_WORDS, COVER, PATTERNS, RUNNING
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.workbook import Workbook

_DRAWN = {"sp": "図形やテキストボックス", "graphicFrame": "グラフ", "cxnSp": "線"}
# Kinds of relationships of a sheet with visible content, by their word.
_RELATED = {"image": "背景の画像", "comments": "コメント", "oleObject": "埋め込みオブジェクト"}
_RELATED |= {"table": "テーブル", "pivotTable": "ピボットテーブル"}
_RELATED |= {"slicer": "スライサー", "timeline": "タイムライン", "queryTable": "外部データ"}
# The objects of the old kind of drawing: buttons, lists, fields; notes are named by their part.
_CONTROL, _VML_OBJECT, _NO_CONTROLS = "コントロール", re.compile(rb'ObjectType="(\w+)"'), {b"Note"}
# What Excel 2010 and later keep at the end of the part of a sheet; a data bar has a twin among the others.
_EXTENSIONS = {"sparklineGroup": "スパークライン", "cfRule": "条件付き書式（アイコンなど）"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PICTURE_IN_MARGIN = re.compile(r"(?<!&)((?:&&)*)&G")
"""The place of a picture in a header or footer, behind whole signs &."""
_MOST = 5
_FORMULA = "算式"
# The column of 本文 behind the names of the patterns.
_FIRST_PRINTED = 2


@frozen
class _TemplateSheet:
    """A sheet of the template: as openpyxl reads it, and the last column (from 1) that a report follows."""

    page: Any
    last_column: int

    @property
    def printed_rows(self) -> range:
        """The rows of the print area, all rows where there is none."""
        area = self.page.print_area.split("!")[-1].replace("$", "") if self.page.print_area else ""
        rows = [int(number) for number in re.findall(r"\d+", area)]
        return range(min(rows), max(rows) + 1) if rows else range(1, self.page.max_row + 1)


def template_warnings(
    book: Workbook, openpyxl_book: Any, *, last_columns: Mapping[str, int]
) -> tuple[str, ...]:
    """The features of the template that a report does not follow, each as a phrase in Japanese.

    Both books are the same workbook, as read by this package and by openpyxl; `last_columns` are, by sheet,
    the last columns (from 1) that a report follows.
    """
    kinds = [kind for kind, _ in relations_by_id(book.package, book.main).values()]
    found = ["マクロ"] if "vbaProject" in kinds else []
    for name in last_columns:
        sheet = _TemplateSheet(openpyxl_book[name], last_columns[name])
        phrases = [
            *_object_warnings(book, name),
            *_extension_warnings(book, name),
            *(phrase for find in _SHEET_WARNINGS for phrase in find(sheet)),
        ]
        found += [f"「{name}」の{phrase}" for phrase in phrases]
    return tuple(found)


def _object_warnings(book: Workbook, name: str) -> Iterator[str]:
    """Pictures, shapes, charts and the like of a sheet, counted."""
    part = _sheet_part_path(book, name)
    counts: dict[str, int] = {}
    for kind, target in relations_by_id(book.package, part).values() if part else ():
        for word in _objects_of_relation(book.package, kind, target):
            counts[word] = counts.get(word, 0) + 1
    return (f"{word}（{count} 個）" for word, count in counts.items())


def _objects_of_relation(package: Package, kind: str, target: str) -> Iterator[str]:
    """What each object in a part that belongs to a sheet is called."""
    if kind == "drawing" and target in package:
        yield from (_DRAWN[etree.QName(one).localname] for one in package.elements(target, tuple(_DRAWN)))
    elif kind == "vmlDrawing" and target in package:
        drawn = _VML_OBJECT.findall(package.read(target))
        yield from (_CONTROL for found in drawn if found not in _NO_CONTROLS)
    elif kind in _RELATED:
        yield _RELATED[kind]


def _extension_warnings(book: Workbook, name: str) -> Iterator[str]:
    """What openpyxl does not read: parts of the sheet in later versions of the format, counted."""
    part = _sheet_part_path(book, name)
    found = [
        etree.QName(element).localname
        for element in (book.package.elements(part, tuple(_EXTENSIONS)) if part else ())
        if etree.QName(element).namespace != _MAIN and element.get("type") != "dataBar"
    ]
    return (f"{word}（{found.count(tag)} 個）" for tag, word in _EXTENSIONS.items() if tag in found)


def _sheet_part_path(book: Workbook, name: str) -> str:
    """The path of the part of a sheet, '' where there is none."""
    relations = relations_by_id(book.package, book.main)
    for sheet in book.package.elements(book.main, ("sheet",)):
        if sheet.get("name") == name:
            identity = next((value for key, value in sheet.items() if str(key).endswith("}id")), "")
            return relations.get(str(identity), ("", ""))[1]
    return ""


def _column_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    """Columns that print behind the last slot."""
    if _last_printed_column(sheet.page) > sheet.last_column:
        yield f"{a1(1, sheet.last_column + 1).rstrip('1')} 列から右の列"


def _last_printed_column(page: Any) -> int:
    """The last column of the first print area; 0 if there is none."""
    area = page.print_area.split("!")[-1].replace("$", "").split(",")[0] if page.print_area else ""
    return int(page[area][0][-1].column) if ":" in area else 0


def _row_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    """Rows of the print area with a text and without the name of a pattern."""
    if sheet.page.title != BODY:
        return
    names = [sheet.page.cell(row, 1).value for row in sheet.printed_rows]
    others = [
        row
        for row, name in zip(sheet.printed_rows, names, strict=True)
        if str(name or "").strip() not in PATTERNS
        and any(cell.value not in (None, "") for cell in sheet.page[row])
    ]
    if others:
        yield f"{_shortened_list([f'{row} 行目' for row in others])}（A列に見本の名前がない行）"


def _header_and_footer_texts(page: Any) -> list[str]:
    both = (page.oddHeader, page.oddFooter)
    parts = [part for one in both for part in (one.left, one.center)]
    return [part.text or "" for part in (*parts, *(one.right for one in both))]


def _header_footer_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    page = sheet.page
    texts = _header_and_footer_texts(page)
    words = [word for word in BODY_WORDS if any(f"{{{word}}}" in text for text in texts)]
    if words:
        said = "、".join(f"{{{word}}}" for word in words)
        yield f"ヘッダーやフッターの {said}（シート「{BODY}」の行「{RUNNING}」などに入れてください）"
    if any(map(PICTURE_IN_MARGIN.search, texts)):
        yield f"ヘッダーやフッターの画像（シート「{BODY}」の見出しの行に置いた画像は、毎ページに出ます）"
    if page.HeaderFooter.differentFirst or page.HeaderFooter.differentOddEven:
        yield "先頭ページや偶数ページだけのヘッダーとフッター"


def _has_unknown_paper(page: Any) -> bool:
    paper = page.page_setup.paperSize
    return bool(paper) and int(paper) != paper_number_or_a4(int(paper))


def _print_setting_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    page = sheet.page
    if page.print_area and "," in page.print_area:
        yield "2 つ目からの印刷範囲"
    if (page.row_breaks.brk and page.title in (COVER, BODY)) or page.col_breaks.brk:
        yield "改ページ"
    if _has_unknown_paper(page):
        yield "用紙の大きさ（A4 で印刷します）"
    if page.title == BODY and is_fit_to_pages(page) and page.page_setup.fitToHeight != 0:
        yield "縦のページ数の指定（ページは文の量で決まります）"
    yield from _print_option_warnings(sheet)


def _print_option_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    page = sheet.page
    is_copied = page.title not in (COVER, BODY)
    if (page.page_setup.blackAndWhite and not is_copied) or page.page_setup.draft:
        yield "白黒印刷や簡易印刷の指定"
    if (page.print_options.gridLines and not is_copied) or page.print_options.headings:
        yield "枠線や行列番号の印刷"


def _merge_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    """Merged cells over several rows of 本文, of which a pattern row has only its own."""
    if sheet.page.title == BODY:
        found = [str(area) for area in sheet.page.merged_cells.ranges if area.max_row > area.min_row]
        if found:
            yield f"行をまたぐ結合（{_shortened_list(found)}）"


def _cell_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    """Formulas, fills with a gradient, and parts of a text with a format of their own."""
    kinds: dict[str, list[str]] = {}
    for row in sheet.page.iter_rows(max_col=sheet.last_column):
        for cell in row:
            for kind in _unsupported_cell_features(cell):
                if kind == _FORMULA and sheet.page.title != BODY:
                    continue
                kinds.setdefault(kind, []).append(cell.coordinate)
    return (f"{kind}（{_shortened_list(cells)}）" for kind, cells in kinds.items())


def _unsupported_cell_features(cell: Any) -> Iterator[str]:
    if cell.data_type == "f":
        yield _FORMULA
    if type(cell.value).__name__ == "CellRichText" and any(not isinstance(run, str) for run in cell.value):
        yield "セルの一部の文字だけの書式"
    if cell.fill.tagname == "gradientFill":
        yield "グラデーションの塗りつぶし"


def _hidden_area_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    page = sheet.page
    if page.title != BODY:
        return
    rows = [f"{number} 行目" for number, row in page.row_dimensions.items() if row.hidden]
    columns = [
        f"{name} 列"
        for name, column in page.column_dimensions.items()
        if column.hidden and max(column.min, _FIRST_PRINTED) <= min(column.max, sheet.last_column)
    ]
    if rows or columns:
        yield f"非表示（{_shortened_list([*rows, *columns])}）"


def _working_feature_warnings(sheet: _TemplateSheet) -> Iterator[str]:
    """What is for those who work in the sheet: links, checked input, protection, filters, groups."""
    page = sheet.page
    links = sum(cell.hyperlink is not None for row in page.iter_rows() for cell in row)
    if links:
        yield f"リンク（{links} 個）"
    if page.data_validations.dataValidation:
        yield "入力規則"
    if page.protection.sheet:
        yield "シートの保護"
    if page.auto_filter.ref:
        yield "オートフィルター"
    sizes = (*page.row_dimensions.values(), *page.column_dimensions.values())
    if any(one.outlineLevel for one in sizes):
        yield "行や列のグループ化"


def is_fit_to_pages(page: Any) -> bool:
    """True where an openpyxl worksheet is scaled to fit a number of pages."""
    return bool(page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage)


def _shortened_list(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST]) + (f"など {len(names)} か所" if len(names) > _MOST else "")


_SHEET_WARNINGS: tuple[Callable[[_TemplateSheet], Iterator[str]], ...] = (
    _column_warnings,
    _row_warnings,
    _header_footer_warnings,
    _print_setting_warnings,
    _merge_warnings,
    _cell_warnings,
    _hidden_area_warnings,
    _working_feature_warnings,
)
