"""Writing into cells of an open workbook: in bulk, nothing read into a text, undone where the work fails.

Excel reads what is written as if it were typed: 00123 becomes 123, 4/1 a date, =A a formula. So texts go into
cells that are formatted as text; where a column must hold formulas too, as a formula that gives the text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from kenpo_xl.errors import log_failure
from kenpo_xl.ooxml.edit.cell_xml import CellXml

if TYPE_CHECKING:
    import xlwings

TEXT_FORMAT = "@"
# In a bulk write a text may not be longer, and no formula may be; a text within a formula has pieces.
_LONGEST, _PIECE = 8000, 250
Undo = Callable[..., None]


@contextmanager
def all_or_nothing() -> Iterator[Undo]:
    """Gives what takes note of a step back; all of them are gone where the work fails, the last one first."""
    with ExitStack() as steps:

        def note(step: Callable[..., None], *arguments: Any) -> None:
            steps.callback(_attempt, step, *arguments)

        yield note
        steps.pop_all()


def _attempt(step: Callable[..., None], *arguments: Any) -> None:
    """One step back; where it fails the others are still tried, and the first failure is the one to tell."""
    try:
        step(*arguments)
    except Exception as error:  # whatever the application raises
        log_failure("could not be undone", error)


def write(area: xlwings.Range, rows: Sequence[Sequence[CellXml]], texts: Collection[int], undo: Undo) -> None:
    """Fill cells at one blow; `texts` are the columns, from 0, that hold texts only."""
    before = _seen(area, texts)
    for column in texts:
        _format(area[:, column], undo)
    undo(_put, area, before, texts)
    _put(area, rows, texts)


def clear(area: xlwings.Range, texts: Collection[int], undo: Undo) -> None:
    """Empty cells; their look stays."""
    undo(_put, area, _seen(area, texts), texts)
    area.clear_contents()


def _format(cells: xlwings.Range, undo: Undo) -> None:
    """Format cells as text; one by one where they differ, so that each gets its own format back."""
    before: str | None = cells.number_format
    if before is None:
        for cell in cells:
            _format(cell, undo)
    elif before != TEXT_FORMAT:
        undo(setattr, cells, "number_format", before)
        cells.number_format = TEXT_FORMAT


def _put(area: xlwings.Range, rows: Sequence[Sequence[CellXml]], texts: Collection[int]) -> None:
    area.formula = [
        [_content(cell, is_text=column in texts) for column, cell in enumerate(row)] for row in rows
    ]
    for place, text in _too_long(rows, texts):
        area[place].value = _literal(text)


def _content(cell: CellXml, *, is_text: bool) -> str | float | bool:
    """What is written into a cell, as a formula or a constant."""
    if cell.formula:
        return f"={cell.formula}"
    if cell.kind == "n":
        return float(cell.value)
    if cell.kind == "b":
        return cell.value == "1"
    if not is_text:
        return _giving(cell.value)
    return _literal(cell.value) if len(cell.value) <= _LONGEST else ""


def _literal(text: str) -> str:
    """A text so that it stays what it is: Excel takes an apostrophe before it for a sign of its own."""
    return f"'{text}" if text.startswith("'") else text


def _giving(text: str) -> str:
    """A formula that gives a text; '' for an empty one, and for one that no formula can hold."""
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    formula = "=" + "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return formula if text and len(formula) <= _LONGEST else ""


def _too_long(
    rows: Iterable[Sequence[CellXml]], texts: Collection[int]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The place and the text of what a bulk write cannot hold."""
    for number, row in enumerate(rows):
        for column in texts:
            if len(row[column].value) > _LONGEST:
                yield (number, column), row[column].value


def _seen(area: xlwings.Range, texts: Collection[int]) -> list[list[CellXml]]:
    """What stands in cells, so that it can be written again."""
    values = area.options(ndim=2).value
    formulas: Any = area.formula if area.size > 1 else ((area.formula,),)
    return [
        [_cell(value, formula, is_text=column in texts) for column, (value, formula) in enumerate(pairs)]
        for pairs in (zip(*row, strict=True) for row in zip(values, formulas, strict=True))
    ]


def _cell(value: Any, formula: str, *, is_text: bool) -> CellXml:
    if not is_text and str(formula).startswith("=") and formula != value:
        return CellXml(formula=formula[1:], kind="str")
    if isinstance(value, bool):
        return CellXml(str(int(value)), "b")
    if isinstance(value, float):
        return CellXml(repr(value), "n")
    return CellXml("" if value is None else str(value))
