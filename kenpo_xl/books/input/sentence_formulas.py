"""Live formulas for lines that quote figures: `{table/row/column}` follows what is typed in the table.

Each figure is one of these, with its cell, its range in an open list, or what the plan gives:

    IF(E5="","",TEXT(E5,"#,##0"))
    IF(COUNT(E5:E9)=0,"",TEXT(SUM(E5:E9),"#,##0"))
    IF("table/row/column"="","","590,775")

The month of a table (`{table/年月}`) is named in the same way, with the formula of a header or its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kenpo_xl.domain.formulas.tree import Ref
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.number_in_text import number_code_in_text
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, month_word_of_table
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.figures import Figure, Figures

if TYPE_CHECKING:  # a check reads formulas and makes none
    from kenpo_xl.books.input.cell_places import FigureCells

_LONGEST_LITERAL = 250
# Excel accepts 8,192 characters.
_LONGEST_FORMULA = 8_000
_LINE_BREAK = "CHAR(10)"
_STRING = r'"(?:[^"]|"")*"'
_CELLS = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
# As `typed_month_formula` writes it.
_MONTH = rf'IF\({_CELLS}="",[0-9]{{1,2}},IFERROR\(SUBSTITUTE\({_CELLS},"月",""\)\*1,[0-9]{{1,2}}\)\)'
_PART = LazyPattern(
    rf"\s*(?:(?P<literal>{_STRING})|(?P<break>CHAR\(10\))|"
    rf'IF\((?P<given>{_STRING})="","",(?:{_STRING}|(?:IF\({_MONTH}<[0-9]{{1,2}},{_STRING},{_STRING}\)&)?'
    rf"{_MONTH}&{_STRING})\)|"
    rf'IF\((?:(?P<cell>{_CELLS})=""|COUNT\((?P<range>{_CELLS})\)=0),"",'
    rf'(?:SUBSTITUTE\()?(?:TEXT\()?(?:SUM\()?(?P<same>{_CELLS})\)?(?:,{_STRING}\)|&"")(?:,"%",""\))?\))'
    r"\s*(?P<end>&|$)"
)


def line_formula(text: str, item: str, figures: Figures, places: FigureCells) -> str | None:
    """The formula of a line; None for one that quotes no figure, or is too long for a formula."""
    parts: list[str] = []
    quotes_figure = False
    for place, part in enumerate(PLACEHOLDER.split(text)):
        if place % 2 == 0:
            parts += _string_literals(part)
            continue
        if figures.text_of_figure_named(item, part) is None:
            return None
        figure = figures.figure_named(item, part)
        quoted = _quoted_figure(figure, places) if figure else _quoted_month(part, figures, places)
        parts.append(quoted or _given_figure(part, item, figures))
        quotes_figure = True
    formula = "=" + "&".join(parts)
    return formula if quotes_figure and len(formula) <= _LONGEST_FORMULA else None


def _string_literals(text: str) -> Iterator[str]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield _LINE_BREAK
        for start in range(0, len(line), _LONGEST_LITERAL):
            yield _string_literal(line[start : start + _LONGEST_LITERAL])


def _string_literal(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _given_figure(name: str, item: str, figures: Figures) -> str:
    """A figure that no cell of the sheet has, since the plan gives it."""
    return (
        f'IF({_string_literal(name)}="","",{_string_literal(figures.text_of_figure_named(item, name) or "")})'
    )


def _quoted_month(name: str, figures: Figures, places: FigureCells) -> str:
    """The as-of month of a table as typed on the sheet; '' for a table that has the period's."""
    table, word = month_word_of_table(name) or ("", "")
    shown = places.month_text_formula(table, word, figures.plan.placeholder_context())
    return f'IF({_string_literal(name)}="","",{shown})' if shown else ""


def _quoted_figure(figure: Figure, places: FigureCells) -> str:
    """The figure as `Figures.text_of_figure_named` shows it; '' for one without a cell of its own."""
    if not places.has_figure(figure.id) or figure.cell.kind not in (CellKind.TYPED, CellKind.COMPUTED):
        return ""
    cells = places.reference_function()(Ref(figure.id))
    is_list = ":" in cells
    value, is_blank = (f"SUM({cells})", f"COUNT({cells})=0") if is_list else (cells, f'{cells}=""')
    code = number_code_in_text(figure.cell.format)
    shown = f"TEXT({value},{_string_literal(code)})" if code else f'{value}&""'
    if "%" in code:
        shown = f'SUBSTITUTE({shown},"%","")'
    return f'IF({is_blank},"",{shown})'


def quoted_text(formula: str, name_of_cells: Callable[[str], str | None]) -> str | None:
    """The text with `{table/row/column}` that such a formula (without =) shows, None for any other.

    `name_of_cells` gives the figure of a cell (E5), or of a range in an open list (E5:E9).
    """
    text, at, quotes_figure = "", 0, False
    while found := _PART.match(formula, at):
        if found["cell"] or found["range"] or found["given"]:
            name = _name_of_quoted(found, name_of_cells)
            if name is None:
                return None
            text += f"{{{name}}}"
            quotes_figure = True
        else:
            text += "\n" if found["break"] else _text_of_literal(found["literal"])
        at = found.end()
        if not found["end"]:
            return text if quotes_figure and at == len(formula) else None
    return None


def _name_of_quoted(part: re.Match[str], name_of_cells: Callable[[str], str | None]) -> str | None:
    """The figure that a part of a formula quotes, None where its cells are of none or not the same twice."""
    cells = part["cell"] or part["range"]
    if cells != part["same"]:
        return None
    return name_of_cells(cells.replace("$", "")) if cells else _text_of_literal(part["given"])


def _text_of_literal(string: str) -> str:
    return string[1:-1].replace('""', '"')


def is_line_formula(formula: str) -> bool:
    """Whether a formula (without =) has the form of a line that quotes figures."""
    return quoted_text(formula, lambda _: "") is not None
