"""値: zeros among large numbers, numbers of other rows and columns, and numbers that only count on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.flows import is_amount_of_money, is_flow_count
from kenpo_xl.checks.support.number_cells import NumberCell, cells_of_table, last_year_by_figure, size_ratio
from kenpo_xl.checks.support.past_reports import axes_of_cell
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.checks.support.sizes.comparable_sizes import figure_key, size_evidence
from kenpo_xl.checks.support.sizes.stated_reasons import has_stated_reason
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.results.figures import TableFigures

_LEAST, _FEWEST_MONTHS = 100, 3
# Words of a line that explain a zero.
_EXPLAINED = AnyOf(
    "0件|0人|0名|0回|なし|なかった|ありません|中止|休止|廃止|終了|見送|未実施|行わな|実施しな|延期"
)
# Numbers with so many digits before their zeros are equal by chance only rarely; in months, which are alike.
_DIGITS_OF_LINE, _DIGITS, _DIGITS_IN_MONTHS = 3, 4, 5
# A number that is in more places of a table is one that an office chooses.
_MOST_PLACES = 3
# Columns whose other numbers are nearer to each other than this may well be equal.
_ALIKE = Decimal("1.03")

# So many numbers that go up by one each are no coincidence; of small ones one more.
_FEWEST_IN_SEQUENCE, _SMALLEST_IN_SEQUENCE = 3, 20

_Pair = tuple[NumberCell, NumberCell]


@rule(
    "VA23",
    Family.VALUES,
    Severity.WARNING,
    "前年やほかの月が 100 以上なのに、0 になっています",
    why="まだ入れていない数の 0 がそのまま印刷されると、その月や年に何もしなかったことになります。",
    remedy="0 で正しいか確かめてください。まだ分からない数は空欄に、正しければ理由を残してください。",
    superseded_by=(
        rule_codes.REPORTED_FIGURE_CHANGED,
        rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,
        rule_codes.FALL_SINCE_REPORT,
        rule_codes.FALL_WITHIN_TABLE,
    ),
)
def zero_among_large_numbers(context: CheckContext) -> Iterator[Violation]:
    """A typed 0 of things or money where last year's number, or three other months, are 100 or more.

    Silent where the table has another 0, and where a line of the item explains it (0件, なし, 中止 …).
    """
    for table in context.own_tables:
        if table.table.repeating is not None:
            continue
        zeros = [cell for cell in cells_of_table(context, table) if cell.is_input_cell and cell.number == 0]
        if len(zeros) == 1 and not _is_equality_explained(context, table.table.item):
            (cell,) = zeros
            beside = _large_cells_beside(context, table, cell) if _is_quantity(cell) else []
            if beside and not has_stated_reason(context, cell.figure):
                numbers = "、".join(
                    f"{one.displayed_value()}（{one.source.cell}）" for one in beside[:_FEWEST_MONTHS]
                )
                message = f"{cell.name}が {cell.displayed_value()} ですが、並びの数は {numbers}です。"
                yield replace(cell.violation(message), related=tuple(one.source for one in beside[:1]))


def _is_equality_explained(context: CheckContext, item: str) -> bool:
    return any(_EXPLAINED.is_in(half_width(one.text)) for one in printed_lines(context, item))


def _is_quantity(cell: NumberCell) -> bool:
    """Whether a cell counts things or money."""
    return is_flow_count(cell.context, cell.figure) or is_amount_of_money(cell.context, cell.figure)


def _large_cells_beside(context: CheckContext, table: TableFigures, zero: NumberCell) -> list[NumberCell]:
    """Last year's number beside a zero, else the other months of its line; none if they are not all large."""
    cells = {figure_key(cell.figure): cell for cell in cells_of_table(context, table)}
    then = last_year_by_figure(context, table).get(figure_key(zero.figure))
    if then is not None:
        return [one for one in [cells[figure_key(then)]] if _is_number_large(one)]
    axes = _row_and_column(zero)
    if bool(axes[0].months) == bool(axes[1].months):
        return []
    is_column = bool(axes[0].months)
    line = [one for one in cells.values() if _is_in_row_or_column_of(one, zero, is_column=is_column)]
    return line if len(line) >= _FEWEST_MONTHS and all(map(_is_number_large, line)) else []


def _is_number_large(cell: NumberCell) -> bool:
    return cell.number is not None and cell.number >= _LEAST


def _is_in_row_or_column_of(one: NumberCell, zero: NumberCell, *, is_column: bool) -> bool:
    """Whether another typed number is of the year and in the column, or else the row, of a zero."""
    is_beside = one.column == zero.column if is_column else one.figure.id.row == zero.figure.id.row
    year_of = one.context.figures.year_of_figure
    is_other = is_beside and one is not zero and one.is_input_cell and one.number is not None
    return is_other and year_of(one.figure.id) == year_of(zero.figure.id)


@rule(
    "VA24",
    Family.VALUES,
    Severity.WARNING,
    "別の行や列と同じ数です",
    why="隣の行や列から写した数は、その欄の数ではありません。偶然同じになることは、めったにありません。",
    remedy="元の資料を確かめ、写したままの数を入れ直してください。本当に同じであれば、理由を残してください。",
    superseded_by=(
        "TI13",
        "TI14",
        "VA13",
        "VA22",
        rule_codes.REPORTED_FIGURE_CHANGED,
        rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,
        rule_codes.FIGURES_DIFFER,
        rule_codes.FIGURE_TOO_LARGE,
    ),
)
def number_of_another_row_or_column(context: CheckContext) -> Iterator[Violation]:
    """Two typed numbers of a table are equal that are of other things, in one row or column.

    They have four digits before their zeros, five in a line of months; or three and two pairs of the same two
    rows or columns are equal. In one row only if another row has different numbers in the two columns. Silent
    for this and last year (TI13), months of a year (TI14), a part and its whole (÷, 検算), and numbers that
    are in four places and more.
    """
    for table in context.own_tables:
        if table.table.repeating is None:
            pairs = [
                pair
                for pair in _pairs_of_equal_cells(context, table)
                if not _may_cells_be_equal(context, *pair)
            ]
            yield from map(_violation_for_copied_numbers, _pairs_by_lines(pairs))


def _pairs_of_equal_cells(context: CheckContext, table: TableFigures) -> Iterator[_Pair]:
    places: dict[Decimal, list[NumberCell]] = defaultdict(list)
    for cell in cells_of_table(context, table):
        if cell.number is not None and cell.number >= _LEAST and cell.is_input_cell:
            places[cell.number].append(cell)
    for number, cells in places.items():
        is_long = _count_digits(number) >= _DIGITS_OF_LINE
        if 1 < len(cells) <= _MOST_PLACES and is_long and _is_quantity(cells[0]):
            yield from (pair for pair in combinations(cells, 2) if pair[0].unit == pair[1].unit)


def _count_digits(number: Decimal) -> int:
    """The digits between the zeros at both ends: 2 of 1200."""
    return len(decimal_text(abs(number)).replace(".", "").strip("0"))


def _may_cells_be_equal(context: CheckContext, one: NumberCell, other: NumberCell) -> bool:
    """Whether two numbers are of the two years, of two months, or a part and its whole."""
    counterpart = size_evidence(context).counterparts.get(figure_key(one.figure))
    if counterpart == figure_key(other.figure) or _are_of_months(one, other):
        return True
    keys = {one.figure.id, other.figure.id}
    formulas = (figure.cell.formula for row in one.table.rows for figure in row.figures)
    if any(formula and keys <= set(formula_keys(formula)) for formula in formulas):
        return _is_any_cell_a_quotient(one, other)
    return any(
        check.left is not None
        and check.right is not None
        and keys <= {*formula_keys(check.left), *formula_keys(check.right)}
        for check in context.plan.cross_checks
        if check.kind in (CrossCheckKind.EQUAL, CrossCheckKind.AT_MOST)
    )


def _is_any_cell_a_quotient(one: NumberCell, other: NumberCell) -> bool:
    return one.figure.id.row == other.figure.id.row


def _are_of_months(one: NumberCell, other: NumberCell) -> bool:
    """Whether two numbers are the same thing in two months of a year."""
    axes = [
        axes_of_cell(cell.table.table, *cell.table.table.positions[cell.figure.id]) for cell in (one, other)
    ]
    years = {cell.context.figures.year_of_figure(cell.figure.id) for cell in (one, other)}
    in_row = one.figure.id.row == other.figure.id.row and all(axis[1].months for axis in axes)
    in_column = one.column == other.column and all(axis[0].months for axis in axes)
    return len(years) == 1 and (in_row or in_column)


def _pairs_by_lines(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """The pairs of the same two rows or columns together; of others those that are hardly equal by chance."""
    lines: dict[tuple[object, ...], list[_Pair]] = defaultdict(list)
    for one, other in pairs:
        if one.figure.id.row != other.figure.id.row:
            lines["行", one.figure.id.row, other.figure.id.row].append((one, other))
        if one.column != other.column:
            lines["列", one.column, other.column].append((one, other))
    copied = [line for line in lines.values() if len({one.number for one, _ in line}) > 1]
    yield from copied
    alone = [pair for pair in pairs if not any(pair in line for line in copied)]
    of_number: dict[Decimal | None, list[_Pair]] = defaultdict(list)
    for one, other in alone:
        if _is_hardly_chance(one, other) and not any(one is at for _, at in of_number[one.number]):
            of_number[one.number].append((one, other))
    yield from filter(None, of_number.values())


def _is_hardly_chance(one: NumberCell, other: NumberCell) -> bool:
    assert one.number is not None
    in_months = any(axis.months for cell in (one, other) for axis in _row_and_column(cell))
    if _count_digits(one.number) < (_DIGITS_IN_MONTHS if in_months else _DIGITS):
        return False
    if one.column == other.column:
        return True
    return one.figure.id.row == other.figure.id.row and _differ_other_cells(one, other)


def _row_and_column(cell: NumberCell) -> tuple[Axis, Axis]:
    table = cell.table.table
    return axes_of_cell(table, *table.positions[cell.figure.id])


def _differ_other_cells(one: NumberCell, other: NumberCell) -> bool:
    """Whether another row has numbers in the two columns, all of them different."""
    numbers = [
        (row.figures[one.column].printed_number, row.figures[other.column].printed_number)
        for row in one.table.rows
        if row.figures[one.column].id.row != one.figure.id.row
    ]
    filled = [(a, b) for a, b in numbers if a and b and a * b > 0]
    return bool(filled) and all(size_ratio(a, b) > _ALIKE for a, b in filled)


def _violation_for_copied_numbers(pairs: Sequence[_Pair]) -> Violation:
    """One finding for numbers that are equal together, at the second of the first pair."""
    (other, cell), *more = pairs
    context = cell.context
    also = f"（{'、'.join(one.source.cell for _, one in more)} も同じ）" if more else ""
    beside = f"{name_of_figure(context, other.figure, cell.figure)}の数（{other.source.cell}）"
    message = f"{cell.name}は {value_text(context, cell.figure)} で、{beside}と同じ値です{also}。"
    hint = f"元の資料を確かめ、写したままの数（ここか {other.source.cell}）を入れ直してください。"
    found = replace(cell.violation(message, hint), related=(other.source,))
    return replace(found, explains=tuple(one.source for _, one in more)) if more else found


@rule(
    "VA27",
    Family.VALUES,
    Severity.WARNING,
    "隣り合う数が 1 ずつ増えています",
    why="セルを引っぱって写すと、Excel は 285、286、287 のような続きの数を入れることがあります。",
    remedy="元の資料を確かめ、引っぱって写した数を入れ直してください。",
    superseded_by=(rule_codes.REPORTED_FIGURE_CHANGED, rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT),
)
def numbers_only_count_on(context: CheckContext) -> Iterator[Violation]:
    """Typed numbers of neighboring cells in a row or column go up by exactly one each.

    Three of 100 and more, or four of 20 and more. One finding for all, at the second.
    """
    for table in context.own_tables:
        lines: dict[tuple[str, int, str], list[NumberCell]] = defaultdict(list)
        for cell in cells_of_table(context, table):
            if cell.is_input_cell and cell.number is not None and cell.number >= _SMALLEST_IN_SEQUENCE:
                lines["行", table.table.positions[cell.figure.id][0], cell.figure.entity].append(cell)
                lines["列", cell.column, ""].append(cell)
        for line in lines.values():
            yield from map(_violation_for_sequence, _runs_of_rising_numbers(line))


def _runs_of_rising_numbers(line: Sequence[NumberCell]) -> Iterator[list[NumberCell]]:
    """The runs of numbers that go up by one each and are long enough."""
    run = list(line[:1])
    for before, cell in pairwise([*line, None]):
        assert before is not None
        if cell is not None and cell.number == (before.number or 0) + 1 and cell.unit == before.unit:
            run.append(cell)
            continue
        least = _FEWEST_IN_SEQUENCE + (run[0].number is not None and run[0].number < _LEAST)
        if len(run) >= least and _is_quantity(run[0]):
            yield run
        run = [cell] if cell is not None else []


def _violation_for_sequence(run: Sequence[NumberCell]) -> Violation:
    first, cell, *more = run
    cells = f"{first.source.cell} から {run[-1].source.cell}"
    message = f"{cells} の数が、{first.displayed_value()} から 1 ずつ増えています。"
    found = replace(cell.violation(message), related=(first.source,))
    return replace(found, explains=tuple(one.source for one in more))
