"""値: numbers in which two digits have changed places, as the numbers beside them show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.number_cells import NumberCell, size_ratio
from kenpo_xl.checks.support.sizes.comparable_sizes import FigureKey, SizeEvidence, figure_key, size_evidence
from kenpo_xl.checks.support.sizes.differences import CODES_OF_DIFFERENCES
from kenpo_xl.checks.support.sizes.lines_of_months import times_outside
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.tree import Ref
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure

# Smaller numbers have other digits by chance.
_LEAST, _LEAST_OF_TWO = 100, 1000
# So many other months show how much a number moves, if they differ by no more than this.
_FEWEST, _STEADY = 3, Decimal("1.2")
# A number outside of them by this, or by their own spread twice, is odd; so near to them one is not.
_OUTSIDE, _WITHIN = Decimal("1.05"), Decimal("1.03")
# The same of a single number, that of the year before.
_FAR_FROM_ONE, _NEAR_ONE = Decimal("1.5"), Decimal("1.02")


@frozen
class _Shown:
    """The number that is meant, and a figure that shows it; `is_either`: that one may be wrong as well."""

    meant: Decimal
    beside: Figure
    is_either: bool = False


@rule(
    "VA21",
    Family.VALUES,
    Severity.WARNING,
    "数字の順が入れ替わっているようです",
    why="126,000 を 216,000 と打つ誤りは、ほかの月や前年、横の数と並べると分かります。",
    remedy="元の資料を確かめ、違っていれば入れ直してください。正しければ、理由を残してください。",
    superseded_by=(
        rule_codes.ODD_SIZE,
        *CODES_OF_DIFFERENCES,
    ),
)
def digits_have_changed_places(context: CheckContext) -> Iterator[Violation]:
    """A typed whole number fits to those beside it once two neighboring digits change places.

    Beside it are three or more other months of the year that differ by a fifth at most, which the number
    leaves by 5 % and more; or the number of the year before, from which it differs by half and more; or,
    with the very same digits, the number that 検算 says it may not exceed. Of two numbers either may be
    wrong. Silent where an earlier report has the number, or the same figure at another time is near to it.
    """
    evidence = size_evidence(context)
    found = dict(_shown_by_wholes(evidence))
    doubtful = {*found, *(figure_key(one.beside) for one in found.values())}
    for key, cell in evidence.cells.items():
        if cell.number is None or cell.number < _LEAST or _is_figure_in_earlier_report(evidence, key):
            continue
        shown = found.get(key) or _shown_by_months(evidence, key)
        if shown is None and key not in doubtful and evidence.counterparts.get(key) not in doubtful:
            shown = _shown_by_year_before(evidence, key)
        if shown:
            yield _violation_for_swapped_digits(cell, shown)


def _is_figure_in_earlier_report(evidence: SizeEvidence, key: FigureKey) -> bool:
    """Whether an earlier report has the number for the very same months."""
    reported = evidence.reported.get(key)
    return reported is not None and reported.value == evidence.cells[key].number


def _violation_for_swapped_digits(cell: NumberCell, shown: _Shown) -> Violation:
    context, other, source = cell.context, shown.beside, shown.beside.source
    meant, own = value_text(context, cell.figure, shown.meant), f"{cell.name}の {cell.displayed_value()}"
    place = source.cell if source else ""
    beside = f"{name_of_figure(context, other, cell.figure)}の {value_text(context, other)}（{place}）"
    if shown.is_either:
        message = f"{own} と{beside}は、どちらかの数字の順が入れ替わっているようです。"
        hint = f"元の資料を確かめ、違う方（ここか {place}）を入れ直してください。"
    else:
        message = f"{own} は、{meant} の数字の順が入れ替わったもののようです（{beside}などと比べて）。"
        hint = "元の資料を確かめ、違っていれば入れ直してください。"
    related = (source,) if source else ()
    return replace(cell.violation(message, hint, "" if shown.is_either else meant), related=related)


def _numbers_with_two_digits_changed(cell: NumberCell) -> list[Decimal]:
    """The whole numbers that a number of three digits and more becomes if two neighbors change places."""
    number = cell.number
    if number is None or number < _LEAST or number != number.to_integral_value():
        return []
    digits = f"{number:f}".partition(".")[0]
    return [
        Decimal(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and (at or digits[1] != "0")
    ]


def _shown_by_months(evidence: SizeEvidence, key: FigureKey) -> _Shown | None:
    """The number that fits to the other months of the year, which the cell's own does not."""
    months = _values_and_figures_of_other_months(evidence, key)
    if len(months) < _FEWEST:
        return None
    low, high = min(value for value, _ in months), max(value for value, _ in months)
    spread = high / low
    if spread > _STEADY or times_outside(_number_of_cell(evidence, key), low, high) < max(
        _OUTSIDE, spread**2
    ):
        return None
    swapped = _numbers_with_two_digits_changed(evidence.cells[key])
    meant = min(swapped, key=lambda one: times_outside(one, low, high), default=None)
    if (
        meant is None
        or times_outside(meant, low, high) > max(_WITHIN, spread.sqrt())
        or _is_meant_number_confirmed(evidence, key, meant)
    ):
        return None
    return _Shown(meant, min(months, key=lambda one: size_ratio(one[0], meant))[1])


def _values_and_figures_of_other_times(
    evidence: SizeEvidence, key: FigureKey
) -> list[tuple[Decimal, Figure]]:
    """The numbers of figures that are comparable, with them, without those of the same figure."""
    found = [one for one in evidence.comparable[key] if not one.is_same_figure]
    return [(one.value, one.figure) for one in found if one.figure]


def _values_and_figures_of_other_months(
    evidence: SizeEvidence, key: FigureKey
) -> list[tuple[Decimal, Figure]]:
    """The numbers of other months of its year, for as many months; none if one of them is like its own.

    Nor of months to come.
    """
    figures, number = evidence.context.figures, _number_of_cell(evidence, key)
    others = _values_and_figures_of_other_times(evidence, key)
    if len(others) < _FEWEST:
        return []
    year, low, high = figures.year_of_figure(key[0]), number / _OUTSIDE, number * _OUTSIDE
    of_year = [(value, one) for value, one in others if figures.year_of_figure(one.id) == year]
    if any(low < value < high for value, _ in of_year):
        return []
    return [(value, one) for value, one in of_year if not figures.is_in_future(one.id)]


def _is_meant_number_confirmed(evidence: SizeEvidence, key: FigureKey, meant: Decimal) -> bool:
    """Whether the same figure at another time is nearer to the number of the cell than to what is meant."""
    number = _number_of_cell(evidence, key)
    same = (one.value for one in evidence.comparable[key] if one.is_same_figure)
    return any(size_ratio(one, number) < size_ratio(one, meant) for one in same)


def _shown_by_year_before(evidence: SizeEvidence, key: FigureKey) -> _Shown | None:
    """The number that is nearly that of the year before, from which the cell's own is far."""
    number, then = _number_of_cell(evidence, key), evidence.counterparts.get(key)
    same = [one for one in evidence.comparable[key] if one.is_same_figure and one.figure]
    if number < _LEAST_OF_TWO or then not in evidence.cells or len(same) != 1 or not same[0].is_earlier:
        return None
    value, figure = same[0].value, evidence.cells[then].figure
    if size_ratio(number, value) < _FAR_FROM_ONE:
        return None
    swapped = _numbers_with_two_digits_changed(evidence.cells[key])
    meant = min(swapped, key=lambda one: size_ratio(one, value), default=None)
    if meant is None or size_ratio(meant, value) > _NEAR_ONE or _is_confirmed_by_months(evidence, key):
        return None
    return _Shown(meant, figure, is_either=not _is_confirmed_by_months(evidence, then))


def _is_confirmed_by_months(evidence: SizeEvidence, key: FigureKey) -> bool:
    """Whether the other months of its row or column are of the size of the number."""
    number = _number_of_cell(evidence, key)
    others = [one.value for one in evidence.comparable[key] if not one.is_same_figure]
    return any(size_ratio(one, number) < _FAR_FROM_ONE for one in others)


def _shown_by_wholes(evidence: SizeEvidence) -> Iterator[tuple[FigureKey, _Shown]]:
    """The numbers with the very digits of the one that 検算 says they may not exceed."""
    for part, whole in _parts_and_wholes(evidence):
        number = evidence.cells[whole].number if whole in evidence.cells else None
        if number is None or number < _LEAST_OF_TWO or part not in evidence.cells:
            continue
        if number in _numbers_with_two_digits_changed(
            evidence.cells[part]
        ) and not _is_figure_in_earlier_report(evidence, part):
            yield part, _Shown(number, evidence.cells[whole].figure, is_either=True)


def _parts_and_wholes(evidence: SizeEvidence) -> Iterator[tuple[FigureKey, FigureKey]]:
    """The pairs of single figures of which 検算 says that the first may not exceed the second."""
    for check in evidence.context.plan.cross_checks:
        sides = [side.key for side in (check.left, check.right) if isinstance(side, Ref)]
        if check.kind is CrossCheckKind.AT_MOST and len(sides) == 2:
            part, whole = ((side, "") for side in sides if isinstance(side, FigureId))
            yield part, whole


def _number_of_cell(evidence: SizeEvidence, key: FigureKey) -> Decimal:
    number = evidence.cells[key].number
    assert number is not None
    return number
