r"""Layout sheets (様式図) as readable text: one line a sheet row, cells between bars.

    表     | 決定達成 |
    基準月 |          |
           |          | 年 度    | 決定件数 | 達成件数 | 達成率
           |          | {年度}   | ⟪件⟫     | ⟪件⟫     | =[-1]/[-2] ⟪0%⟫
           | 前年同期 | 同年同期 | ⟪（件）⟫ | ⟪（件）⟫ | =[-1]/[-2] ⟪"（"0%"）"⟫

The first cell is column A (the mark), the second column B (the name frame), the others stand from C on.

- `⟪…⟫` at the end of a cell is its number format; alone it makes a cell that staff type. `⟪件⟫` is short for
  `#,##0" 件"`, `⟪（件）⟫` for the same in brackets, `⟪⟫` for General.
- `=` begins a formula. `[-1]` is the cell one to the left, `[0,-2]` the cell two rows up, and
  `@1-2-2/決定達成/当年/達成率` a cell by item, table, row and column (`4月:3月` for a range).
- `<` joins a cell to the one at its left, `^` to the one above. `／` does not apply. `\n` is a line feed.
- A line that begins with `#` is a remark to the reader of the text and no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from kenpo_xl.books.plan.write.drawn_sheet import BODY, FIRST_COLUMN, DrawnLayout, Place
from kenpo_xl.books.plan.write.drawn_sheet import DrawnKind as Kind
from kenpo_xl.books.plan.write.drawn_sheet import DrawnPart as Drawing
from kenpo_xl.books.plan.write.drawn_sheet import LayoutCell as Cell
from kenpo_xl.books.plan.write.drawn_sheet import MergedCells as Area

__all__ = ["FIRST_COLUMN", "Area", "Cell", "Drawing", "DrawnLayout", "Kind", "number_format", "parse_layout"]

NOT_APPLICABLE = "／"
REPEATED = "くり返し"
TABLE = "表"
GIVEN = "計画値"
SHORT_NAMES = "名札"
TIME_WORDS = ("当年", "前年同期", "前年度末", "参考", "その他", "単月", "累計", "時点", "年計")

_FORMAT = re.compile(r"^(?P<text>.*?)\s*⟪(?P<format>[^⟫]*)⟫$", re.DOTALL)
_BRACKETED_UNIT = re.compile(r"^（(.+)）$")
_PLACEHOLDER_IN_BRACKETS = re.compile(r"[（(][^（）()]*\{[^（）()]*[）)]")
_YEAR_WORDS = {
    "{年度}": "当年",
    "{年度略}": "当年",
    "{前年度}": "前年",
    "{前年度略}": "前年",
    "{年月}": "当月",
    "{基準月}": "当月",
    "{前年同月}": "前年同月",
}


def parse_layout(text: str) -> DrawnLayout:
    """The layout sheet that a text draws; `ValueError` names the line that cannot be understood."""
    grid = _grid(text)
    tables = list(_table_rows(grid))
    drawn = {row for _, rows in tables for row in rows}
    cells = _cells(grid, drawn, _given_rows(grid, tables))
    roots = _roots(grid, drawn)
    drawings = [_Frame(grid, cells, roots, start, rows).drawing() for start, rows in tables]
    names = [drawing.name for drawing in drawings]
    if len(set(names)) < len(names):
        raise ValueError(f"two tables of one name: {names}")
    return DrawnLayout(
        cells=cells,
        areas=_areas(roots),
        drawings={drawing.name: drawing for drawing in drawings},
        height=len(grid),
        width=max((len(line) for line in grid), default=0),
    )


def number_format(short: str) -> str:
    """The Excel number format of what stands in ⟪ ⟫: a format as it is, or a unit's whole numbers."""
    if not short:
        return "General"
    if re.search(r"[0#@]|General", short):
        return short
    bracketed = _BRACKETED_UNIT.match(short)
    return f'"（"#,##0" {bracketed[1]}）"' if bracketed else f'#,##0" {short}"'


def split_format(text: str) -> tuple[str, str]:
    """A cell's text and its number format ('' where none is given)."""
    match = _FORMAT.match(text)
    return (match["text"], number_format(match["format"])) if match else (text, "")


def short_name(levels: list[str]) -> str:
    """The name that headers give: levels joined by ＞, without years and brackets with placeholders."""
    return "＞".join(name for name in map(_plain, levels) if name)


def _plain(header: str) -> str:
    bare = re.sub(r"\s", "", header)
    kept = _PLACEHOLDER_IN_BRACKETS.sub("", bare) or bare
    for placeholder, word in _YEAR_WORDS.items():
        kept = kept.replace(placeholder, word)
    return re.sub(r"[{}]", "", kept)


def _grid(text: str) -> list[list[str]]:
    lines = [line for line in dedent(text).strip("\n").splitlines() if not line.lstrip().startswith("#")]
    return [[_part(part) for part in line.split("|")] if line.strip() else [] for line in lines]


def _part(text: str) -> str:
    return text.strip(" ").replace("\\n", "\n")


def _mark(line: list[str]) -> str:
    return line[0] if line else ""


def _frame(line: list[str]) -> str:
    return line[1] if len(line) > 1 else ""


def _table_rows(grid: list[list[str]]) -> Iterator[tuple[int, range]]:
    """The row of each mark 表 with the rows of its drawing."""
    for start, line in enumerate(grid):
        if _mark(line) == TABLE:
            first = start + 1
            while first < len(grid) and _mark(grid[first]) not in ("", REPEATED):
                first += 1
            last = first
            while last < len(grid) and grid[last] and _mark(grid[last]) in ("", REPEATED):
                last += 1
            if first == last:
                raise ValueError(f"table without a drawing: {line}")
            yield start, range(first, last)


def _given_rows(grid: list[list[str]], tables: list[tuple[int, range]]) -> set[int]:
    return {
        row
        for start, rows in tables
        if GIVEN in {_mark(line) for line in grid[start : rows.start]}
        for row in rows
    }


def _cells(grid: list[list[str]], drawn: set[int], given: set[int]) -> dict[Place, Cell]:
    cells = {}
    for row, line in enumerate(grid):
        for column, text in enumerate(line):
            if column >= FIRST_COLUMN and row in drawn:
                cells[row, column] = _drawn_cell(text, row in given)
            elif text:
                kind = (Kind.MARK, Kind.FRAME, Kind.WORDS)[min(column, FIRST_COLUMN)]
                cells[row, column] = Cell(kind, text)
    return cells


def _drawn_cell(text: str, given: bool) -> Cell:
    words, shown = split_format(text)
    if text in ("", "<", "^"):
        return Cell(Kind.EMPTY)
    if text == NOT_APPLICABLE:
        return Cell(Kind.NOT_APPLICABLE, text)
    if words.startswith("="):
        return Cell(Kind.COMPUTED, words, shown or "General")
    if not shown:
        return Cell(Kind.HEADER, words)
    if not words:
        return Cell(Kind.TYPED, "", shown)
    if given:
        return Cell(Kind.GIVEN, words, shown)
    raise ValueError(f"a constant with a number format stands outside a table of plan values: {text!r}")


def _roots(grid: list[list[str]], drawn: set[int]) -> dict[Place, Place]:
    """Every drawn cell with the first cell of the merged area that it belongs to."""
    roots: dict[Place, Place] = {}
    for row in sorted(drawn):
        for column, text in enumerate(grid[row]):
            before = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            roots[row, column] = roots[before] if before else (row, column)
    return roots


def _areas(roots: dict[Place, Place]) -> tuple[Area, ...]:
    members: dict[Place, list[Place]] = {}
    for cell, root in roots.items():
        members.setdefault(root, []).append(cell)
    return tuple(_area(root, cells) for root, cells in members.items() if len(cells) > 1)


def _area(root: Place, cells: list[Place]) -> Area:
    bottom, right = max(row for row, _ in cells), max(column for _, column in cells)
    if len(cells) != (bottom - root[0] + 1) * (right - root[1] + 1):
        raise ValueError(f"a merged area is no rectangle: {sorted(cells)}")
    return Area(root[0], root[1], bottom, right)


def _frame_name(frame: str) -> str:
    """The short name in a name frame, without its time word."""
    return " ".join(word for word in frame.split() if word not in TIME_WORDS)


@dataclass(frozen=True)
class _Frame:
    """A table while it is read: the row of its mark 表 and the rows of its drawing."""

    grid: list[list[str]]
    cells: dict[Place, Cell]
    roots: dict[Place, Place]
    start: int
    drawn: range

    def drawing(self) -> Drawing:
        line = self.grid[self.start]
        body = [place for place, cell in self.cells.items() if place[0] in self.drawn and cell.kind in BODY]
        if not body or len({len(self.grid[row]) for row in self.drawn}) > 1:
            raise ValueError(f"table without a body, or with rows of different width: {line}")
        rows = range(min(row for row, _ in body), max(row for row, _ in body) + 1)
        columns = range(min(column for _, column in body), max(column for _, column in body) + 1)
        return Drawing(
            name=_frame(line),
            caption=line[FIRST_COLUMN] if len(line) > FIRST_COLUMN else "",
            marks={_mark(line): _frame(line) for line in self._options()},
            rows=self._names({row: self._row_name(row, columns.start) for row in rows}),
            columns=self._names({column: self._column_name(column, rows.start) for column in columns}),
            repeated=any(_mark(self.grid[row]) == REPEATED for row in rows),
            cells={place: cell for place, cell in self.cells.items() if place[0] in self.drawn},
        )

    def _options(self) -> list[list[str]]:
        return self.grid[self.start + 1 : self.drawn.start]

    def _names(self, names: dict[int, str]) -> dict[str, int]:
        if len(set(names.values())) < len(names):
            raise ValueError(f"two rows or columns of one name in {self.grid[self.start]}: {names}")
        return {name: place for place, name in names.items()}

    def _row_name(self, row: int, end: int) -> str:
        return _frame_name(_frame(self.grid[row])) or self._path(
            [(row, column) for column in range(FIRST_COLUMN, end)]
        )

    def _column_name(self, column: int, end: int) -> str:
        given = next((line for line in self._options() if _mark(line) == SHORT_NAMES), [])
        return _frame_name(given[column] if column < len(given) else "") or self._path(
            [(row, column) for row in range(self.drawn.start, end)]
        )

    def _path(self, places: list[Place]) -> str:
        headers = dict.fromkeys(self.roots[place] for place in places)
        return short_name([self.cells[root].text for root in headers if self.cells[root].kind is Kind.HEADER])
