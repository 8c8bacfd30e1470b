"""Conditional formats of a template: read, and moved to the cells that a report prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kenpo_xl.books.report.template.style import Palette, Style
from kenpo_xl.domain.cell_reference import column_letters, column_number
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

_CELL = {
    "equal": "==",
    "notEqual": "!=",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}
_BETWEEN = {"between": "between", "notBetween": "not between"}
_TEXT = {
    "containsText": "containing",
    "notContainsText": "not containing",
    "beginsWith": "begins with",
    "endsWith": "ends with",
}
_PLAIN = {
    "containsBlanks": "blanks",
    "notContainsBlanks": "no_blanks",
    "containsErrors": "errors",
    "notContainsErrors": "no_errors",
    "duplicateValues": "duplicate",
    "uniqueValues": "unique",
}
# Texts in quotation marks, then references.
_TOKENS = LazyPattern(r'"(?:[^"]|"")*"|(?<![\w.!$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.])')

# The columns of sheet 本文 left of the printed ones.
NAME_COLUMNS = 1

_Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


@frozen
class Condition:
    """A conditional format: kind and criterion in XlsxWriter's words, its formulas, and its style."""

    kind: str
    criterion: str
    formulas: tuple[str, ...]
    style: Style
    stops: bool = False

    def options(self, style: Any, move: Callable[[str], str] = str) -> dict[str, Any]:
        """The options for XlsxWriter; `style` is its format, `move` changes formulas to another place."""
        formulas = [move(formula) for formula in self.formulas]
        options: dict[str, Any] = {"type": self.kind, "format": style, "stop_if_true": self.stops}
        if self.criterion:
            options["criteria"] = self.criterion
        if self.kind == "formula":
            options["criteria"] = f"={formulas[0]}"
        elif self.criterion in _BETWEEN.values():
            options |= {"minimum": f"={formulas[0]}", "maximum": f"={formulas[1]}"}
        elif formulas:
            options["value"] = formulas[0] if self.kind == "text" else f"={formulas[0]}"
        return options


@frozen
class PlacedCondition:
    """A conditional format and the areas of its sheet that it is for."""

    areas: tuple[_Area, ...]
    condition: Condition

    @property
    def place(self) -> str:
        """The first cell."""
        row, column, *_ = self.areas[0]
        return f"{column_letters(column)}{row}"


def read_conditions(sheet: Any, palette: Palette) -> tuple[list[PlacedCondition], list[str]]:
    """The conditional formats of an openpyxl worksheet by priority, and the first cells of unknown ones."""
    found: list[tuple[int, PlacedCondition]] = []
    unknown: list[str] = []
    for entry in sheet.conditional_formatting:
        areas = tuple((one.min_row, one.min_col, one.max_row, one.max_col) for one in entry.sqref.ranges)
        for rule in entry.rules:
            condition = _condition_of_rule(rule, palette)
            if condition:
                found.append((rule.priority, PlacedCondition(areas, condition)))
            else:
                unknown.append(str(entry.sqref).split()[0])
    return [one for _, one in sorted(found, key=lambda pair: pair[0])], unknown


def _condition_of_rule(rule: Any, palette: Palette) -> Condition | None:
    kind, criterion, formulas = _kind_and_criterion(rule)
    if not kind:
        return None
    return Condition(kind, criterion, formulas, _differential_style(rule.dxf, palette), bool(rule.stopIfTrue))


def _kind_and_criterion(rule: Any) -> tuple[str, str, tuple[str, ...]]:
    """Kind, criterion and formulas; '' for a kind that cannot be copied."""
    formulas = tuple(map(str, rule.formula))
    if rule.type == "cellIs" and rule.operator in _CELL:
        return "cell", _CELL[rule.operator], formulas[:1]
    if rule.type == "cellIs" and rule.operator in _BETWEEN and len(formulas) > 1:
        return "cell", _BETWEEN[rule.operator], formulas[:2]
    if rule.type == "expression" and formulas:
        return "formula", "", formulas[:1]
    if rule.type in _TEXT and rule.text:
        return "text", _TEXT[rule.type], (rule.text,)
    return _PLAIN.get(rule.type, ""), "", ()


def _differential_style(found: Any, palette: Palette) -> Style:
    """The style that a conditional format gives; empty where it gives none."""
    values: dict[str, Any] = {}
    if found is not None and found.font is not None:
        values |= _font_values(found.font, palette)
    if found is not None and found.fill is not None:
        values["bg_color"] = palette.hex_colour(found.fill.bgColor) or palette.hex_colour(found.fill.fgColor)
    return Style(tuple(sorted((key, value) for key, value in values.items() if value)))


def _font_values(font: Any, palette: Palette) -> dict[str, Any]:
    return {
        "bold": font.b,
        "italic": font.i,
        "font_color": palette.hex_colour(font.color),
        "font_strikeout": font.strike,
        "underline": 1 if font.u else None,
    }


def has_fixed_row(condition: Condition) -> bool:
    """True where a formula names a row that does not move with the cell."""
    if condition.kind == "text":
        return False
    return any(found[3] for formula in condition.formulas for found in _reference_matches(formula))


def _reference_matches(formula: str) -> Iterator[re.Match[str]]:
    return (found for found in _TOKENS.finditer(formula) if found[2])


def moved_formula(formula: str, *, across: int, down: int) -> str:
    """A formula with its references moved; a column with $ moves by the column of names only."""

    def moved(found: re.Match[str]) -> str:
        if not found[2]:
            return found.group()
        shift = -NAME_COLUMNS if found[1] else across
        column = column_letters(max(column_number(found[2]) + shift, 1))
        return f"{found[1]}{column}{found[3]}{max(int(found[4]) + down, 1)}"

    return _TOKENS.sub(moved, formula)
