"""Texts with even digits and spaces, as if one person had written them: all that is printed but titles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.outputs.report import (
    Report,
    ReportBlock,
    ReportCell,
    ReportLine,
    ReportSection,
    ReportTable,
)
from kenpo_xl.domain.plan.headers import Header

_FULL_DIGITS = LazyPattern("[０-９](?:[０-９．，]*[０-９])?")
_NUMBERED = LazyPattern(r"^(\d+(?:[-－]\d+)*)[)）][ 　]*", flags=re.MULTILINE)
# Spaces around a full-width one, which separates on purpose; spaces behind the mark of a line.
_WIDE_SPACES = LazyPattern("(?<=[^ 　\n]) *　[ 　]*(?=[^ 　\n])")
_SPACES_BEHIND_MARK = LazyPattern(r"^([・●■◆※]) +", flags=re.MULTILINE)
# A number or a Latin word in Japanese, with spaces on both sides: 令和 6 年, を HP に.
_SPACES_AROUND = LazyPattern(r"(?<=[^\x00-\x7f　]) +([0-9A-Za-z][0-9A-Za-z,./]*) +(?=[^\x00-\x7f　])")
# One space alone, behind it or in front of the year, is a slip; any other one in front may part words.
_SPACE_BEHIND = LazyPattern(r"(?<=[0-9A-Za-z]) +(?=[^\x00-\x7f　])")
_SPACE_BEFORE_YEAR = LazyPattern(r"(?<=令和|平成|昭和) +(?=\d)")


def with_even_texts(report: Report) -> Report:
    """The report with even texts in its sections; numbers, sources and titles are the same."""
    return replace(report, sections=tuple(map(_even_section, report.sections)))


def text_with_even_digits(text: str) -> str:
    """The text with half-width digits, and without the spaces that belong to a number or a Latin word.

    ２業種 becomes 2業種, 9 月１２日 9月12日, "1) 新規" 1）新規. A space between words is kept: 達成率 100％.
    """
    text = _FULL_DIGITS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _NUMBERED.sub(r"\1）", text)
    text = _WIDE_SPACES.sub("　", text)
    text = _SPACES_BEHIND_MARK.sub(r"\1", text)
    text = _SPACES_AROUND.sub(r"\1", text)
    text = _SPACE_BEHIND.sub("", text)
    return _SPACE_BEFORE_YEAR.sub("", text)


def _even_section(section: ReportSection) -> ReportSection:
    items = (replace(item, blocks=tuple(map(_even_block, item.blocks))) for item in section.items)
    return replace(section, items=tuple(items))


def _even_block(block: ReportBlock) -> ReportBlock:
    return replace(
        block,
        sentences=tuple(map(text_with_even_digits, block.sentences)),
        lines=tuple(map(_even_line, block.lines)),
        as_of=text_with_even_digits(block.as_of),
        field_lines=tuple(replace(one, line=_even_line(one.line)) for one in block.field_lines),
    )


def _even_line(line: ReportLine) -> ReportLine:
    return replace(
        line, text=text_with_even_digits(line.text), table=_even_table(line.table) if line.table else None
    )


def _even_table(table: ReportTable) -> ReportTable:
    return replace(
        table,
        caption=text_with_even_digits(table.caption),
        corner=tuple(map(_even_header, table.corner)),
        column_headers=tuple(map(_even_header, table.column_headers)),
        row_headers=tuple(map(_even_header, table.row_headers)),
        rows=tuple(tuple(map(_even_cell, row)) for row in table.rows),
        notes=tuple(map(text_with_even_digits, table.notes)),
    )


def _even_header(header: Header) -> Header:
    return replace(header, text=text_with_even_digits(header.text))


def _even_cell(cell: ReportCell) -> ReportCell:
    if not isinstance(cell.value, str):
        return cell
    return replace(cell, value=text_with_even_digits(cell.value), shown=text_with_even_digits(cell.shown))
