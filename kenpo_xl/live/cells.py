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
def undo_on_failure() -> Iterator[Undo]:
    """Yields a function that records an undo step; on failure all steps run, the last one first."""
    with ExitStack() as steps:

        def record_undo_step(step: Callable[..., None], *arguments: Any) -> None:
            steps.callback(_run_and_log_failure, step, *arguments)

        yield record_undo_step
        steps.pop_all()


def _run_and_log_failure(step: Callable[..., None], *arguments: Any) -> None:
    """Run one undo step; a failure is logged, so that the others still run and the first error is raised."""
    try:
        step(*arguments)
    except Exception as error:  # whatever the application raises
        log_failure("could not be undone", error)


def write_cells(
    area: xlwings.Range, rows: Sequence[Sequence[CellXml]], text_columns: Collection[int], undo: Undo
) -> None:
    """Fill cells in one call; `text_columns` are the columns, from 0, that hold texts only."""
    before = _current_contents(area, text_columns)
    for column in text_columns:
        _format_as_text(area[:, column], undo)
    undo(_write_contents, area, before, text_columns)
    _write_contents(area, rows, text_columns)


def clear_cells(area: xlwings.Range, text_columns: Collection[int], undo: Undo) -> None:
    """Empty cells; their formats remain."""
    undo(_write_contents, area, _current_contents(area, text_columns), text_columns)
    area.clear_contents()


def _format_as_text(cells: xlwings.Range, undo: Undo) -> None:
    """Format cells as text; one by one where they differ, so that each gets its own format back."""
    before: str | None = cells.number_format
    if before is None:
        for cell in cells:
            _format_as_text(cell, undo)
    elif before != TEXT_FORMAT:
        undo(setattr, cells, "number_format", before)
        cells.number_format = TEXT_FORMAT


def _write_contents(
    area: xlwings.Range, rows: Sequence[Sequence[CellXml]], text_columns: Collection[int]
) -> None:
    area.formula = [
        [_cell_content(cell, is_text=column in text_columns) for column, cell in enumerate(row)]
        for row in rows
    ]
    for place, text in _overlong_texts(rows, text_columns):
        area[place].value = _escaped_text(text)


def _cell_content(cell: CellXml, *, is_text: bool) -> str | float | bool:
    """The formula or constant that is written into a cell."""
    if cell.formula:
        return f"={cell.formula}"
    if cell.kind == "n":
        return float(cell.value)
    if cell.kind == "b":
        return cell.value == "1"
    if not is_text:
        return _text_formula(cell.value)
    return _escaped_text(cell.value) if len(cell.value) <= _LONGEST else ""


def _escaped_text(text: str) -> str:
    """The text with an apostrophe at its start doubled: Excel drops the first one."""
    return f"'{text}" if text.startswith("'") else text


def _text_formula(text: str) -> str:
    """A formula that gives a text; '' for an empty one, and for one that no formula can hold."""
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    formula = "=" + "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return formula if text and len(formula) <= _LONGEST else ""


def _overlong_texts(
    rows: Iterable[Sequence[CellXml]], text_columns: Collection[int]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Index and text of each cell that is too long for a bulk write."""
    for number, row in enumerate(rows):
        for column in text_columns:
            if len(row[column].value) > _LONGEST:
                yield (number, column), row[column].value


def _current_contents(area: xlwings.Range, text_columns: Collection[int]) -> list[list[CellXml]]:
    """The contents of cells, so that they can be written back."""
    values = area.options(ndim=2).value
    formulas: Any = area.formula if area.size > 1 else ((area.formula,),)
    return [
        [
            _cell_xml(value, formula, is_text=column in text_columns)
            for column, (value, formula) in enumerate(pairs)
        ]
        for pairs in (zip(*row, strict=True) for row in zip(values, formulas, strict=True))
    ]


def _cell_xml(value: Any, formula: str, *, is_text: bool) -> CellXml:
    if not is_text and str(formula).startswith("=") and formula != value:
        return CellXml(formula=formula[1:], kind="str")
    if isinstance(value, bool):
        return CellXml(str(int(value)), "b")
    if isinstance(value, float):
        return CellXml(repr(value), "n")
    return CellXml("" if value is None else str(value))
