"""Live formulas of an input book: totals, headers by month, KPI ratings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from kenpo_xl.domain.formulas.evaluate import Node, operands_needed_for_value, to_excel
from kenpo_xl.domain.numbers.exact import SIGNS, decimal_text
from kenpo_xl.domain.plan.placeholders import (
    PLACEHOLDER,
    PlaceholderContext,
    fill_placeholders,
    has_placeholder_of_as_of_month,
)
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Direction, Interim, Scale
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.milestones import NOT_DONE, Completion, MilestoneState
from kenpo_xl.domain.time.fiscal_calendar import fiscal_year_text

ReferenceOf = Callable[[Node], str]
# Text of a computed cell while an operand is text instead of a number.
CHECK_NUMBER = "数を確認"


class KpiCells(NamedTuple):
    """Cells of a KPI (result, target, same period), elapsed months as a formula."""

    result: str
    target: str
    same_period: str
    elapsed: str


def blank_safe_formula(tree: Node, cells: ReferenceOf) -> str:
    """The Excel formula; empty while an operand is, totals of filled cells, no errors.

    Excel silently omits 104件 from a total: with text among the operands, the cell asks to check them.
    """
    operands = list(dict.fromkeys(_operand_references(tree, cells)))
    body = to_excel(tree, cells)
    needed = [f"COUNT({operand})<1" for operand in operands]
    if not needed:
        return f"={body}"
    parts = dict.fromkeys(part for operand in operands for part in operand.split(","))
    return "=" + _formula_with_text_warning(parts, f'IF({_any_true_formula(needed)},"",IFERROR({body},""))')


def contains_text_formula(reference: str) -> str:
    """A formula: whether cells contain text other than signs and blanks."""
    signs = "".join(SIGNS)
    return f'SUMPRODUCT(ISTEXT({reference})*({reference}<>"")*ISERROR(FIND({reference},"{signs}")))>0'


def _formula_with_text_warning(references: Iterable[str], formula: str) -> str:
    tests = [contains_text_formula(reference) for reference in references]
    return f'IF({_any_true_formula(tests)},"{CHECK_NUMBER}",{formula})'


def _any_true_formula(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _operand_references(tree: Node, cells: ReferenceOf) -> Iterator[str]:
    """References that need a number each: single cells, and all ranges of a total."""
    for operand in operands_needed_for_value(tree):
        yield ",".join(map(cells, operand))


def header_formula_of_month(label: str, placeholder_context: PlaceholderContext, month_cell: str) -> str:
    """A formula for a header with the typed as-of month; '' if it has none."""
    if not has_placeholder_of_as_of_month(label):
        return ""
    parts = []
    for place, part in enumerate(PLACEHOLDER.split(label)):
        if place % 2:
            parts.append(placeholder_formula(part, placeholder_context, month_cell))
        elif part:
            parts.append('"' + part.replace('"', '""').replace("\n", '"&CHAR(10)&"') + '"')
    return "=" + "&".join(parts)


def typed_month_formula(cell: str, default: int) -> str:
    """A formula for the month in a cell (10 or 10月), or the default."""
    return f'IF({cell}="",{default},IFERROR(SUBSTITUTE({cell},"月","")*1,{default}))'


def placeholder_formula(word: str, placeholder_context: PlaceholderContext, month_cell: str) -> str:
    """A formula (without =) for the text of a `{word}`, with the as-of month typed in a cell."""
    month = typed_month_formula(month_cell, placeholder_context.base.number)
    if word in ("基準月", "月"):
        return f'{month}&"月"'
    if word in ("年月", "基準年月", "前年同月", "基準日"):
        year = placeholder_context.fiscal_year - (word == "前年同月")
        first, second = (fiscal_year_text(y).removesuffix("度") for y in (year, year + 1))
        year_text = f'IF({month}<{year.first_month},"{second}","{first}")'
        return f'{year_text}&{month}&"月{"末" if word == "基準日" else ""}"'
    return f'"{fill_placeholders("{" + word + "}", placeholder_context)}"'


def kpi_result_formula(kpi: Kpi, cells: ReferenceOf, scaling: str) -> str:
    """A formula for the newest value in a range; `share` is /100 for points."""
    assert kpi.result is not None
    months = cells(kpi.result)
    return "=" + _formula_with_text_warning(
        [months], f'IFERROR({_newest_value_formula(months, months)}{scaling},"")'
    )


def kpi_same_period_formula(kpi: Kpi, cells: ReferenceOf, scaling: str) -> str:
    """A formula for last year's figure at the position of the newest result."""
    assert kpi.result is not None
    assert kpi.same_period is not None
    months, last_year = cells(kpi.result), cells(kpi.same_period)
    found = f'IFERROR({_newest_value_formula(months, last_year)}{scaling},"")'
    return "=" + _formula_with_text_warning([months, last_year], found)


def _newest_value_formula(months: str, values: str) -> str:
    """The value at the last filled month, in a form that LibreOffice computes too."""
    return f"LOOKUP(2,1/ISNUMBER({months}),{values})"


def kpi_rating_formula(kpi: Kpi, scale: Scale, cells: KpiCells, *, year_end: bool) -> str:
    """A formula for the rating from the cells of result, target and last year."""
    result, target, same, elapsed = cells
    rule = Interim.TARGET if year_end else kpi.interim
    if rule is Interim.YEAR_END:
        glyph = scale.interim_step.glyph if scale.interim_step else ""
        return f'=IF(COUNT({result},{target})<2,"","{glyph}")'
    aim = _AimCells(same if rule is Interim.SAME_PERIOD else target, kpi)
    share = f"*{elapsed}/12" if rule is Interim.ELAPSED else ""
    steps = scale.with_floors(kpi.thresholds).computable_steps
    body = f'"{steps[-1].glyph}"' if steps else '""'
    for step in reversed(steps[:-1]):
        assert step.floor is not None
        body = f'IF({aim.reached_formula(result, share, step.floor)},"{step.glyph}",{body})'
    return f'=IF(COUNT({result},{aim.cell},{target})<3,"",{body})'


def milestone_rating_formula(state: MilestoneState, scale: Scale, cell: str) -> str:
    """A formula for the rating of what is to be done by a day, from the cell with 済, 未 or the day.

    A day that Excel does not read as one counts as in time; 点検 reads it itself.
    """

    def glyph(completion: Completion) -> str:
        return replace(state, completion=completion).glyph(scale)

    due = state.milestone.due
    late = replace(state, as_of=max(state.as_of, due + timedelta(days=1)))
    done, undone = glyph(Completion(is_done=True)), glyph(Completion(is_done=False))
    behind = replace(late, completion=Completion(is_done=True, day=late.as_of)).glyph(scale)
    is_late = f"IFERROR(DATEVALUE({cell})>DATE({due.year},{due.month},{due.day}),FALSE)"
    is_undone = f'ISNUMBER(SEARCH("{NOT_DONE}",{cell}))'
    return f'=IF({cell}="","",IF({is_undone},"{undone}",IF({is_late},"{behind}","{done}")))'


class _AimCells:
    """The cell of what a result is compared with; the upper end of a range is a number of the formula."""

    def __init__(self, cell: str, kpi: Kpi) -> None:
        self.cell, self.direction = cell, kpi.direction
        self.is_exclusive = isinstance(kpi.target, ReferenceTarget) and kpi.target.is_exclusive
        self.upper = decimal_text(kpi.target.high) if isinstance(kpi.target, TargetRange) else ""

    def reached_formula(self, result: str, share: str, floor: Decimal) -> str:
        """A formula: whether a result attains a floor of the aim times a share of the year."""
        if self.direction is not Direction.WITHIN:
            reached = _comparison_formula(result, self.cell + share, floor, self.direction)
            if self.is_exclusive and floor >= 1:
                reached = f"AND(ROUND({result},12)<>ROUND({self.cell}{share},12),{reached})"
            return f"AND({self.cell + share}<>0,{reached})" if floor > 1 else reached
        if floor > 1:
            return "FALSE"
        low = _comparison_formula(result, self.cell + share, floor, Direction.AT_LEAST)
        high = _comparison_formula(result, self.upper + share, floor, Direction.AT_MOST)
        return f"AND({low},{high})"


def _comparison_formula(result: str, aim: str, floor: Decimal, direction: Direction) -> str:
    sign, factor = (">=", floor) if direction is Direction.AT_LEAST else ("<=", 2 - floor)
    return f"ROUND({result},12){sign}ROUND({aim}*{decimal_text(factor)},12)"
