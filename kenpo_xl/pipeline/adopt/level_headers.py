"""The headers of a table by levels: with blank cells joined to their neighbours, without units."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.pipeline.adopt.grid import Content
from kenpo_xl.pipeline.adopt.shape import TableShape
from kenpo_xl.pipeline.adopt.words import header_and_unit, header_in_one_line, section_title_without_brackets

_MOST_LEVELS = 3
Key = CellPosition | str
"""What a header of a level is: the first of its cells, or the text of a section."""


@frozen
class HeaderGrid:
    """Headers of one side: for each row or column of the body its key at each level, outermost first."""

    lines: tuple[tuple[Key, ...], ...]
    texts: dict[Key, str]

    def labels(self, at: int) -> list[str]:
        """The header texts of a row or column, each once."""
        return [self.texts[key] for key in dict.fromkeys(self.lines[at])]

    @property
    def levels(self) -> int:
        """The number of levels."""
        return len(self.lines[0]) if self.lines else 0

    def headers(self, *, across: bool) -> tuple[Header, ...]:
        """The headers as merged rectangles; `across` above columns, else beside rows."""
        found, seen = [], set[tuple[int, int]]()
        for at, line in enumerate(self.lines):
            for level, key in enumerate(line):
                if (at, level) not in seen:
                    count, deep = self._lines_and_levels_spanned(at, level, key)
                    seen |= {(a, b) for a in range(at, at + count) for b in range(level, level + deep)}
                    text = self.texts[key]
                    place = (level, at, deep, count) if across else (at, level, count, deep)
                    found.append(Header(text, *place))
        return tuple(found)

    def _lines_and_levels_spanned(self, at: int, level: int, key: Key) -> tuple[int, int]:
        """How many rows or columns, and levels, a header spans."""
        deep = 1
        while level + deep < self.levels and self.lines[at][level + deep] == key:
            deep += 1
        count = 1
        while at + count < len(self.lines) and all(
            one == key for one in self.lines[at + count][level : level + deep]
        ):
            further = self.lines[at + count]
            before = self.lines[at]
            if further[:level] != before[:level]:
                break
            count += 1
        return count, deep


def column_headers(shape: TableShape, text: Callable[[str], str]) -> HeaderGrid:
    """The headers above the body columns; `text` gives a text as the plan has it."""
    lines = [_column_line(shape, column) for column in shape.body_columns]
    lines = [_line_with_headers_from_left(lines, at, shape) for at in range(len(lines))]
    return _header_grid(shape, lines, text)


def row_headers(shape: TableShape, rows: Sequence[int], text: Callable[[str], str]) -> HeaderGrid:
    """The headers beside the body rows, below the titles of their sections."""
    lines = []
    before: list[Key] = []
    for row in rows:
        own = _row_line(shape, row, before)
        before = own
        section = shape.sections.get(row)
        lines.append(
            [f"{section_title_without_brackets(section)}" if section else own[0], *own]
            if shape.sections
            else own
        )
    return _header_grid(shape, lines, text)


def _column_line(shape: TableShape, column: int) -> list[Key]:
    """The roots of the headers above a column; a blank cell is the one above it."""
    line: list[Key] = []
    for row in shape.header_rows:
        root = shape.sheet.root(row, column)
        if not shape.sheet.text(*root) and line and _is_filled(shape, line[-1]):
            root = line[-1]  # type: ignore[assignment]
        line.append(root)
    return line


def _is_filled(shape: TableShape, key: Key) -> bool:
    return isinstance(key, tuple) and bool(shape.sheet.text(*key))


def _line_with_headers_from_left(lines: Sequence[list[Key]], at: int, shape: TableShape) -> list[Key]:
    """A line whose blank upper headers are those at its left: a header over columns that are not merged."""
    line = lines[at]
    for level, key in enumerate(line[:-1]):
        if not _is_filled(shape, key) and at and any(_is_filled(shape, one) for one in line[level + 1 :]):
            line[level] = lines[at - 1][level]
    return line


def _row_line(shape: TableShape, row: int, before: Sequence[Key]) -> list[Key]:
    """The roots of the headers beside a row; a blank one is that at its left, or a group that goes on."""
    line: list[Key] = []
    for level, column in enumerate(shape.stub_columns):
        root = shape.sheet.root(row, column)
        rest = shape.stub_columns[level + 1 :]
        if not shape.sheet.text(*root):
            goes_on = before and any(shape.sheet.text(row, one) for one in rest)
            if goes_on and not (line and _is_filled(shape, line[-1]) and line[-1] != before[level - 1]):
                root = before[level]  # type: ignore[assignment]
            elif line:
                root = line[-1]  # type: ignore[assignment]
        line.append(root)
    return line


def _header_grid(shape: TableShape, lines: Sequence[Sequence[Key]], text: Callable[[str], str]) -> HeaderGrid:
    """The grid without levels that say nothing more."""
    kept = _different_levels(lines)[:_MOST_LEVELS]
    whole = [tuple(line[level] for level in kept) for line in lines]
    texts: dict[Key, str] = {}
    for at, line in enumerate(whole):
        for key in line:
            own = key if isinstance(key, str) else _header_text(shape, key)
            texts.setdefault(key, text(own) or f"欄{at + 1}")
    return HeaderGrid(tuple(whole), texts)


def _different_levels(lines: Sequence[Sequence[Key]]) -> list[int]:
    """The levels whose headers are not all those of the level outside of them."""
    levels = range(len(lines[0]) if lines else 0)
    return [level for level in levels if level == 0 or any(line[level] != line[level - 1] for line in lines)]


def _header_text(shape: TableShape, key: CellPosition) -> str:
    cell = shape.sheet.at(*key)
    shown = f"{cell.shown}年度" if cell.content is Content.NUMBER and cell.is_year_number else cell.shown
    return header_and_unit(header_in_one_line(shown))[0] or header_in_one_line(shown)


def corner_headers(
    shape: TableShape, rows: int, columns: int, text: Callable[[str], str]
) -> tuple[Header, ...]:
    """The corner: one header for each column beside the body, over all levels."""
    texts = [
        " ".join(
            dict.fromkeys(header_in_one_line(shape.sheet.text(row, column)) for row in shape.header_rows)
        ).strip()
        for column in shape.stub_columns
    ][-columns:]
    if not rows or not columns:
        return ()
    texts = [""] * (columns - len(texts)) + [text(one) for one in texts]
    if len(dict.fromkeys(filter(None, texts))) <= 1:
        return (Header(next(filter(None, texts), ""), 0, 0, rows, columns),)
    return tuple(Header(one, 0, at, rows, 1) for at, one in enumerate(texts))
