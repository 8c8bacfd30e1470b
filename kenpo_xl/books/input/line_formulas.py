"""Live formulas for lines that quote figures: `{table/row/column}` follows what is typed in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.formulas.tree import Ref
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.figures import Figure, Figures

if TYPE_CHECKING:  # a check reads formulas and makes none
    from kenpo_xl.books.input.cell_places import FigureCells

_LONGEST_LITERAL = 250
# Excel accepts 8,192 characters.
_LONGEST_FORMULA = 8_000
_LINE_BREAK = "CHAR(10)"
# Digits, comma, point and ％, with a quoted unit on either side.
_PLAIN_FORMAT = LazyPattern(r'(?:"[^"]*")?((?:#,##)?0(?:\.0+)?,*%?)(?:"[^"]*")?')
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_PART = LazyPattern(
    r'\s*(?:"(?P<literal>(?:[^"]|"")*)"|(?P<break>CHAR\(10\))|'
    rf'IF\((?P<cell>{_CELL})="","",(?:SUBSTITUTE\()?TEXT\((?P<same>{_CELL}),"[^"]*"\)(?:,"%",""\))?\))'
    r"\s*(?P<end>&|$)"
)


def line_formula(text: str, item: str, figures: Figures, places: FigureCells) -> str | None:
    """The formula of a line; None for one that quotes no figure, or one that a formula cannot show."""
    parts: list[str] = []
    quotes_figure = False
    for place, part in enumerate(PLACEHOLDER.split(text)):
        if place % 2 == 0:
            parts += _literals(part)
            continue
        figure = figures.figure_named(item, part)
        quoted = _quoted_figure(figure, places) if figure else None
        if quoted is None:
            return None
        parts.append(quoted)
        quotes_figure = True
    formula = "=" + "&".join(parts)
    return formula if quotes_figure and len(formula) <= _LONGEST_FORMULA else None


def _literals(text: str) -> Iterator[str]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield _LINE_BREAK
        for start in range(0, len(line), _LONGEST_LITERAL):
            literal = line[start : start + _LONGEST_LITERAL].replace('"', '""')
            yield f'"{literal}"'


def _quoted_figure(figure: Figure, places: FigureCells) -> str | None:
    """The figure without its unit as `Figure.number_text_without_unit` shows it; None for others."""
    code = _plain_code(figure.cell.format)
    if not code or not places.has_figure(figure.id):
        return None
    if figure.cell.kind not in (CellKind.TYPED, CellKind.COMPUTED):
        return None
    cell = places.reference_function()(Ref(figure.id))
    if ":" in cell:
        return None
    shown = f'TEXT({cell},"{code}")'
    if code.endswith("%"):
        shown = f'SUBSTITUTE({shown},"%","")'
    return f'IF({cell}="","",{shown})'


def _plain_code(number_format: NumberFormat) -> str:
    found = _PLAIN_FORMAT.fullmatch(number_format.code)
    return found[1] if found else ""


def quoted_text(formula: str, names_by_cell: Mapping[CellPosition, str]) -> str | None:
    """The text with `{table/row/column}` that such a formula (without =) shows, None for any other.

    `names_by_cell` contains the figures of the sheet at their present cells.
    """
    return _text_of_formula(formula, names_by_cell.get)


def _text_of_formula(formula: str, name_of_cell: Callable[[CellPosition], str | None]) -> str | None:
    text, at, quotes_figure = "", 0, False
    while found := _PART.match(formula, at):
        if found["cell"]:
            name = name_of_cell(cell_position(found["cell"].replace("$", "")))
            if name is None or found["cell"] != found["same"]:
                return None
            text += f"{{{name}}}"
            quotes_figure = True
        else:
            text += "\n" if found["break"] else found["literal"].replace('""', '"')
        at = found.end()
        if not found["end"]:
            return text if quotes_figure and at == len(formula) else None
    return None


def is_line_formula(formula: str) -> bool:
    """Whether a formula (without =) has the form of a line that quotes figures."""
    return _text_of_formula(formula, lambda _: "") is not None
