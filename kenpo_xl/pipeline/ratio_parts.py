"""The parts of a KPI that is a ratio: what is divided by what, for means over branches."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kenpo_xl.domain.formulas.evaluate import Lookup, evaluate
from kenpo_xl.domain.formulas.tree import ROUNDINGS, Call, Group, Node, Operation, Ref
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.figures import Figures

# A ratio of ratios of ratios is followed no further.
_DEPTH = 8


class RatioParts(NamedTuple):
    """What a ratio divides, and by what."""

    numerator: Decimal
    denominator: Decimal


def ratio_parts(assessment: KpiAssessment, figures: Figures) -> RatioParts | None:
    """The parts of a KPI's result; None where it is no quotient, or not the one of its parts.

    A result that refers to a computed cell is what the formula of that cell divides. An overwritten result
    that is more than its last printed place away from its parts has none: they do not explain it.
    """
    result = assessment.assessment.result
    quotient = _division_at_top(assessment.kpi.result, figures, _DEPTH)
    if result is None or quotient is None:
        return None
    numerator, denominator = (
        evaluate(term, _lookup_of_values(figures)) for term in (quotient.left, quotient.right)
    )
    if numerator is None or not denominator:
        return None
    tolerance = _last_place(assessment.kpi)
    is_explained = abs(numerator / denominator - result) <= tolerance
    return RatioParts(numerator, denominator) if is_explained else None


def _division_at_top(tree: Node | None, figures: Figures, depth: int) -> Operation | None:
    """The division that a formula is at its top, through rounding and references."""
    match tree:
        case Operation("/"):
            return tree
        case Call(name, (term, *_)) if name in ROUNDINGS or name == "IFERROR":
            return _division_at_top(term, figures, depth)
        case Ref(FigureId() as key) if depth:
            return _division_at_top(_formula_of_cell(figures, key), figures, depth - 1)
        case Group(keys) if depth:
            filled = [key for key in keys if isinstance(key, FigureId) and _is_filled(figures, key)]
            return (
                _division_at_top(_formula_of_cell(figures, filled[-1]), figures, depth - 1)
                if filled
                else None
            )
    return None


def _formula_of_cell(figures: Figures, key: FigureId) -> Node | None:
    """The formula of a cell of which there is one, None for one that is typed."""
    found = figures.with_identity(key)
    return found[0].cell.formula if len(found) == 1 and found[0].cell.kind is CellKind.COMPUTED else None


def _is_filled(figures: Figures, key: FigureId) -> bool:
    is_there = any(value is not None for value in figures.values_as_fractions(key))
    return is_there and not figures.is_in_future(key)


def _lookup_of_values(figures: Figures) -> Lookup:
    def values_of_figure(key: Hashable) -> Sequence[Decimal | None]:
        assert isinstance(key, FigureId)
        return figures.values_as_fractions(key) or [None]

    return values_of_figure


def _last_place(kpi: Kpi) -> Decimal:
    """One unit of the last printed place, in the values of cells."""
    style = kpi.format
    return Decimal(1).scaleb(-style.decimals - (2 if style.is_percent else 0))
