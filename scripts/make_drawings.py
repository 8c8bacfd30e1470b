"""Makes the drawings of docs/architecture.md: the layers of the package, and the path of one figure.

python scripts/make_drawings.py            writes them
python scripts/make_drawings.py --check    writes nothing; exit 1 where they are not what this script draws
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.paths import ROOT

INK, GREY, LINE, BAND = "#1F3864", "#595959", "#8C9BB0", "#F3F7FC"
BLUE, YELLOW, RED, GREEN = "#DCE6F5", "#FFF7DC", "#FFD9D9", "#E2F0D9"
WIDTH, EDGE = 960, 10

# From the top: what a layer is, and its packages. An import goes to a lower layer.
LAYERS = (
    ("entry points", ("cli", "buttons")),
    ("commands as functions", ("tasks",)),
    ("the open workbook", ("live",)),
    ("the workbooks", ("books/plan", "books/input", "books/planner", "books/report", "books/board")),
    ("what they share", ("books/common",)),
    ("findings in cells", ("annotations",)),
    ("steps, rules, files", ("pipeline", "checks", "ooxml", "storage", "ledger")),
    ("values", ("domain",)),
)
_LABEL, _BAND, _GAP = 190, 46, 8


class Box(NamedTuple):
    """A box of the second drawing: its column and row, title, lines and colour."""

    column: int
    row: int
    title: str
    lines: tuple[str, ...]
    colour: str = BLUE


BOXES = (
    Box(0, 0, "提出/レセプトグループ.xlsm", ("sheet 1-2-4, cell I29:", "total of 査定金額 168,839"), YELLOW),
    Box(0, 1, "books/input/read", ("submission_of, on ooxml", "which knows only cells")),
    Box(0, 2, "pipeline", ("recompute: it should be", "244,116; rate: the KPIs")),
    Box(1, 0, "pipeline", ("facts, compare, review,", "assemble: a Report")),
    Box(2, 0, "books/report", ("writer, layout, sheets",)),
    Box(3, 0, "報告/事業実施状況_….xlsx", ("page, 数値, 要確認",), GREEN),
    Box(1, 1, "checks", ("rules/figures/arithmetic,", "rule CA02: a Finding")),
    Box(2, 1, "annotations", ("annotate, then verify",)),
    Box(3, 1, "返却/レセプトグループ.xlsm", ("I29 red, with a comment,", "a row of sheet 指摘"), RED),
    Box(1, 2, "tasks", ("period_record: facts and", "findings, masked")),
    Box(2, 2, "ledger", ("write: rows that are valid", "from this run on")),
    Box(3, 2, "台帳.sqlite3", ("tables facts, findings",), GREEN),
)
_WIDE, _HIGH, _ACROSS, _DOWN = 208, 76, 244, 112


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    drawings = {"layers.svg": layers(), "figure.svg": figure()}
    stale = [name for name, text in drawings.items() if not _is_current(name, text)]
    if arguments == ["--check"]:
        for name in stale:
            print(f"docs/{name} is stale: run python scripts/make_drawings.py")
        return 1 if stale else 0
    for name in stale:
        _path(name).write_text(drawings[name], encoding="utf-8", newline="\n")
        print(_path(name))
    return 0


def _path(name: str) -> Path:
    return ROOT / "docs" / name


def _is_current(name: str, text: str) -> bool:
    return _path(name).is_file() and _path(name).read_text(encoding="utf-8") == text


def layers() -> str:
    """The first drawing: a band for each layer with a box for each of its packages."""
    height = 2 * EDGE + len(LAYERS) * (_BAND + _GAP) - _GAP
    return _svg("The layers of the package; imports go down", height, _bands())


def _bands() -> Iterator[str]:
    for number, (label, packages) in enumerate(LAYERS):
        top = EDGE + number * (_BAND + _GAP)
        yield _rectangle(EDGE, top, WIDTH - 2 * EDGE, _BAND, BAND)
        yield _text(EDGE + 12, top + 28, label, colour=GREY)
        wide = (WIDTH - 2 * EDGE - _LABEL - _GAP) / len(packages)
        for place, package in enumerate(packages):
            left = EDGE + _LABEL + place * wide
            yield _rectangle(left, top + 8, wide - _GAP, _BAND - 16, BLUE, LINE)
            yield _text(left + (wide - _GAP) / 2, top + 28, package, anchor="middle", bold=True)


def figure() -> str:
    """The second drawing: from the cell to what is written."""
    height = 2 * EDGE + 2 * _DOWN + _HIGH
    return _svg("The path of one figure", height, (*_arrows(), *_boxes()))


def _boxes() -> Iterator[str]:
    for box in BOXES:
        left, top = _corner(box.column, box.row)
        yield _rectangle(left, top, _WIDE, _HIGH, box.colour, LINE)
        yield _text(left + 10, top + 22, box.title, bold=True)
        for number, line in enumerate(box.lines):
            yield _text(left + 10, top + 43 + number * 18, line, size=12)


def _arrows() -> Iterator[str]:
    """Down the first column, from its end to the begin of each row, and along the rows."""
    for row in (0, 1):
        left, top = _corner(0, row)
        middle = left + _WIDE / 2
        yield _arrow((middle, top + _HIGH), (middle, top + _DOWN - 2))
    begin, bottom = EDGE + _WIDE, _corner(0, 2)[1] + _HIGH / 2
    turn = EDGE + (_WIDE + _ACROSS) / 2
    for row in (0, 1, 2):
        level = _corner(1, row)[1] + _HIGH / 2
        yield _arrow((begin, bottom), (turn, bottom), (turn, level), (EDGE + _ACROSS - 2, level))
        for column in (1, 2):
            start = _corner(column, row)[0] + _WIDE
            yield _arrow((start, level), (start + _ACROSS - _WIDE - 2, level))


def _corner(column: int, row: int) -> tuple[int, int]:
    return EDGE + column * _ACROSS, EDGE + row * _DOWN


def _svg(title: str, height: int, parts: Iterable[str]) -> str:
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" font-family="BIZ UDPGothic, Hiragino Sans, Noto Sans CJK JP, sans-serif">',
            f"  <title>{escape(title)}</title>",
            f'  <rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>',
            *(f"  {part}" for part in parts),
            "</svg>\n",
        )
    )


def _rectangle(left: float, top: float, wide: float, high: float, fill: str, line: str = "none") -> str:
    where = f'x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}"'
    return f'<rect {where} rx="4" fill="{fill}" stroke="{line}"/>'


def _text(
    left: float,
    base: float,
    text: str,
    *,
    size: int = 13,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    look = f'font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}'
    return f'<text x="{left:g}" y="{base:g}" {look}>{escape(text)}</text>'


def _arrow(*points: tuple[float, float]) -> str:
    """A line with a head drawn at its end, since not every viewer knows markers."""
    (x, y), down = points[-1], points[-1][0] == points[-2][0]
    head = ((x - 4, y - 8), (x + 4, y - 8), (x, y)) if down else ((x - 8, y - 4), (x - 8, y + 4), (x, y))
    line = f'<polyline points="{_points(points)}" fill="none" stroke="{INK}" stroke-width="1.5"/>'
    return f'{line}<polygon points="{_points(head)}" fill="{INK}"/>'


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
