"""Two numbers of a row or column that are in each other's cell (値)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.number_cells import NumberCell
from kenpo_xl.checks.support.sizes.comparable_sizes import SizeEvidence, figure_key, size_evidence
from kenpo_xl.checks.support.sizes.differences import CODES_OF_DIFFERENCES
from kenpo_xl.checks.support.sizes.lines_of_months import times_outside
from kenpo_xl.checks.support.sizes.stated_reasons import has_stated_reason
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.tree import formula_keys
from kenpo_xl.domain.frozen import frozen

# Of two numbers the quotient is so far from those beside it, and so near to them the other way round.
_FAR, _NEAR, _NEAR_ONE = Decimal(4), Decimal("1.5"), Decimal("1.25")
# Of other lines it varies by no more than this; wider tables are not compared by eye.
_SPREAD, _WIDEST = Decimal(6), 14

_Line = dict[int, NumberCell]


@frozen
class _Exchanged:
    """Two cells, and the same two of another line, which are exchanged instead where `is_either`.

    `is_only_two`: no other lines are compared.
    """

    first: NumberCell
    second: NumberCell
    beside: tuple[NumberCell, NumberCell]
    is_either: bool
    is_only_two: bool


@rule(
    "VA29",
    Family.VALUES,
    Severity.WARNING,
    "横か縦に並ぶ 2 つの数が入れ替わっているようです",
    why="対象者数と面談者数を入れ違えた行は、ほかの行と比べると、2 つの数の大小が逆なので分かります。",
    remedy="元の資料を確かめ、入れ替わっていれば入れ直してください。正しければ、理由を残してください。",
    superseded_by=(
        *CODES_OF_DIFFERENCES,
        rule_codes.RATE_FAR_FROM_USUAL,
        "CA01",
        "TI12",
        "TI13",
    ),
)
def two_numbers_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """The quotient of two typed numbers of a row is far from those of all other rows, and fits the other way.

    So of two in a column. There are two other lines and more, or that of the year before. Silent in open
    lists, where an earlier report or a line with the reason has one of the two numbers, and where the other
    lines differ much.
    """
    evidence = size_evidence(context)
    seen: set[object] = set()
    for found in _exchanged_numbers(evidence):
        pair = (found.first, found.second)
        keys = {figure_key(one.figure) for one in (*pair, *(found.beside if found.is_either else ()))}
        if keys & seen or any(has_stated_reason(context, one.figure) for one in pair):
            continue
        seen |= keys
        yield _violation_for_exchanged_numbers(found)


def _violation_for_exchanged_numbers(found: _Exchanged) -> Violation:
    one, other = found.first, found.second
    then, beside = found.beside
    places = f"{then.source.cell} と {beside.source.cell}"
    own = f"{one.name}の {one.displayed_value()} と{other.name}の {other.displayed_value()}"
    others = f"{places} では {then.displayed_value()} と {beside.displayed_value()} です。"
    which = f"この 2 つか {places} が、" if found.is_either else ""
    related = (other.source, *((then.source, beside.source) if found.is_only_two else ()))
    message = f"{own}（{other.source.cell}）は、{which}入れ替わっているようです。{others}"
    return replace(one.violation(message), related=related)


def _comparable_pairs(
    pair: tuple[NumberCell, NumberCell], lines: Iterable[_Line], places: tuple[int, int]
) -> Iterator[tuple[NumberCell, NumberCell]]:
    """The pairs at the same places of other lines that a pair can be compared with."""
    first, second = places
    for line in lines:
        if first in line and second in line and _are_comparable(pair, (line[first], line[second])):
            yield line[first], line[second]


def _exchanged_numbers(evidence: SizeEvidence) -> Iterator[_Exchanged]:
    for lines in _lines_by_table(evidence):
        for at, line in lines.items():
            if len(line) > _WIDEST:
                continue
            for first, second in combinations(sorted(line), 2):
                pair = line[first], line[second]
                others = (other for place, other in lines.items() if place != at)
                same = list(_comparable_pairs(pair, others, (first, second)))
                if _are_numbers_of_pair_exchanged(evidence, pair, same):
                    is_either = len(same) == 1 and not _is_part_above_whole(pair)
                    if not (is_either and _is_part_above_whole(same[0])):
                        yield _Exchanged(*pair, same[0], is_either, is_only_two=len(same) == 1)


def _lines_by_table(evidence: SizeEvidence) -> Iterator[dict[int, _Line]]:
    """The rows of each table by their place, and its columns, with the numbers of each by theirs."""
    rows: dict[tuple[str, str], dict[int, _Line]] = defaultdict(lambda: defaultdict(dict))
    columns: dict[tuple[str, str], dict[int, _Line]] = defaultdict(lambda: defaultdict(dict))
    for cell in evidence.cells.values():
        table = cell.table.table
        if table.repeating is None:
            row, column = table.positions[cell.figure.id]
            rows[table.item, table.name][row][column] = cell
            columns[table.item, table.name][column][row] = cell
    yield from rows.values()
    yield from columns.values()


def _are_comparable(pair: tuple[NumberCell, NumberCell], two: tuple[NumberCell, NumberCell]) -> bool:
    return pair[0].unit == two[0].unit and pair[1].unit == two[1].unit


def _are_numbers_of_pair_exchanged(
    evidence: SizeEvidence,
    pair: tuple[NumberCell, NumberCell],
    others: Sequence[tuple[NumberCell, NumberCell]],
) -> bool:
    if not others or any(figure_key(one.figure) in evidence.reported for one in pair):
        return False
    is_smaller = _is_first_smaller(pair)
    if any(_is_first_smaller(two) == is_smaller for two in others):
        return False
    if len(others) == 1 and not _are_of_another_year(evidence, pair, others[0]):
        return False
    beside = [_quotient_of_cells(one, other) for one, other in others]
    low, high = min(beside), max(beside)
    own = _quotient_of_cells(*pair)
    if high / low > _SPREAD:
        return False
    near = _NEAR_ONE if len(others) == 1 else _NEAR
    return (
        times_outside(own, low, high) >= max(_FAR, high / low) and times_outside(1 / own, low, high) <= near
    )


def _is_first_smaller(pair: tuple[NumberCell, NumberCell]) -> bool:
    one, other = pair[0].number, pair[1].number
    return one is not None and other is not None and one < other


def _are_of_another_year(
    evidence: SizeEvidence, pair: tuple[NumberCell, NumberCell], other: tuple[NumberCell, NumberCell]
) -> bool:
    return all(
        evidence.counterparts.get(figure_key(one.figure)) == figure_key(then.figure)
        for one, then in zip(pair, other, strict=True)
    )


def _is_part_above_whole(pair: tuple[NumberCell, NumberCell]) -> bool:
    """Whether the one of two numbers that a rate of the table has as its whole is the smaller one."""
    wholes = {
        keys[1]
        for row in pair[0].table.rows
        for one in row.figures
        if one.cell.formula
        and unit_of(pair[0].context, one) == "％"
        and len(keys := list(dict.fromkeys(formula_keys(one.cell.formula)))) == len(pair)
    }
    is_whole = [one.figure.id in wholes for one in pair]
    if is_whole[0] == is_whole[1]:
        return False
    whole, part = pair if is_whole[0] else pair[::-1]
    return _quotient_of_cells(whole, part) < 1


def _quotient_of_cells(one: NumberCell, other: NumberCell) -> Decimal:
    assert one.number is not None
    assert other.number is not None
    return one.number / other.number
