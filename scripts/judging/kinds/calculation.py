"""Totals, rates and their cells: typed over, shifted, emptied, reported otherwise before."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.time.periods import Cycle
from scripts.judging.book import Book, Number, edit
from scripts.judging.digits import mistyped_value
from scripts.judging.mistakes import Planted, mistake, pick


def _rates(book: Book) -> list[Number]:
    return [one for one in book.computed if one.unit == "％"]


def _totals(book: Book) -> list[Number]:
    return [one for one in book.computed if one.unit != "％" and one.is_whole]


@mistake("total typed over", "calculation")
def total_typed_over(book: Book, random: Random) -> Planted | None:
    """A total as somebody added it up, two digits swapped."""
    number = pick(random, [one for one in _totals(book) if one.value > 20])
    return number.typed(mistyped_value(number.value, random)) if number else None


@mistake("total without one part", "calculation")
def total_without_part(book: Book, random: Random) -> Planted | None:
    """A total that leaves a quarter out."""
    found = [(total, part) for total in _totals(book) for part in book.parts(total) if part.value]
    chosen = pick(random, found)
    if chosen is None:
        return None
    total, part = chosen
    return total.typed(total.value - part.value, f"{total.identity} without {part.identity}")


@mistake("total not moved", "calculation", needs_history=True)
def total_of_last_quarter(book: Book, random: Random) -> Planted | None:
    """A part put right where the total was typed before: the total is a little too small."""
    number = pick(random, [one for one in _totals(book) if one.value > 100])
    return number.typed((number.value * Decimal("0.97")).to_integral_value()) if number else None


@mistake("rate typed over", "calculation")
def rate_typed_over(book: Book, random: Random) -> Planted | None:
    """A rate that is not what its parts give."""
    number = pick(random, _rates(book))
    if number is None:
        return None
    off = random.choice((Decimal("0.013"), Decimal("-0.021"), Decimal("0.107")))
    return number.typed((number.value + off).quantize(Decimal("0.001")))


@mistake("rate by another number", "calculation")
def other_denominator(book: Book, random: Random) -> Planted | None:
    """A formula whose numerator and denominator are swapped."""
    found = [(rate, book.parts(rate)) for rate in _rates(book)]
    found = [(rate, parts) for rate, parts in found if len(parts) == 2 and parts[0].value != parts[1].value]
    chosen = pick(random, [(rate, parts) for rate, parts in found if parts[0].value > 0])
    if chosen is None:
        return None
    rate, (part, whole) = chosen
    formula = "/".join(one.cell.rpartition("!")[2] for one in (whole, part))
    value = (whole.value / part.value).quantize(Decimal("0.0001"))
    return Planted(f"{rate.identity} = {formula}", (edit(rate.cell, value, formula),), (rate.cell,))


@mistake("formula points beside", "calculation")
def formula_beside(book: Book, random: Random) -> Planted | None:
    """A sum that begins one cell too late."""
    found = [(total, book.parts(total)) for total in _totals(book)]
    chosen = pick(random, [(total, parts) for total, parts in found if len(parts) >= 2 and parts[0].value])
    if chosen is None:
        return None
    total, parts = chosen
    first, last = (one.cell.rpartition("!")[2] for one in (parts[1], parts[-1]))
    value = sum((one.value for one in parts[1:]), Decimal())
    edits = (edit(total.cell, value, f"SUM({first}:{last})"),)
    return Planted(f"{total.identity} = SUM({first}:{last})", edits, (total.cell,))


@mistake("percent times 100", "calculation")
def percent_times_100(book: Book, random: Random) -> Planted | None:
    """96.5 where Excel holds 0.965."""
    numbers = [one for one in book.typed if one.figure.cell.format.is_percent and one.value]
    number = pick(random, numbers)
    return number.typed(number.value * 100) if number else None


@mistake("formula emptied", "calculation")
def formula_emptied(book: Book, random: Random) -> Planted | None:
    """A computed cell that was deleted."""
    number = pick(random, book.computed)
    return number.typed(None) if number else None


@mistake("text over a formula", "calculation")
def text_over_formula(book: Book, random: Random) -> Planted | None:
    """集計中 over a computed cell."""
    number = pick(random, book.computed)
    return number.typed(random.choice(("集計中", "－", "別紙のとおり", "確認中"))) if number else None


@mistake("equal figures disagree", "calculation")
def equal_disagree(book: Book, random: Random) -> Planted | None:
    """One of two figures that the plan wants to be equal."""
    pairs = [pair for one in book.crosschecked(CrossCheckKind.EQUAL) for pair in (one, one[::-1])]
    chosen = pick(random, [pair for pair in pairs if pair[0].is_typed])
    if chosen is None:
        return None
    one, other = chosen
    return one.typed(mistyped_value(one.value, random)).beside(other.cell)


@mistake("part larger than whole", "calculation")
def part_larger(book: Book, random: Random) -> Planted | None:
    """A part that is more than its whole, as the plan's cross-checks have it."""
    chosen = pick(random, [pair for pair in book.crosschecked(CrossCheckKind.AT_MOST) if pair[0].is_typed])
    if chosen is None:
        return None
    part, whole = chosen
    more = whole.value + random.randint(1, max(int(whole.value) // 10, 3))
    return part.typed(more).beside(whole.cell)


@mistake("row shifted by one", "calculation")
def row_shifted(book: Book, random: Random) -> Planted | None:
    """The numbers of a row typed one column too far to the right."""
    number = pick(random, [one for one in book.typed if len(_right_of(book, one)) >= 2])
    if number is None:
        return None
    row = [number, *_right_of(book, number)]
    values = [None, *(one.value for one in row[:-1])]
    edits = tuple(edit(one.cell, value) for one, value in zip(row, values, strict=True))
    return Planted(f"{number.identity} and right of it shifted", edits, tuple(one.cell for one in row))


def _right_of(book: Book, number: Number) -> list[Number]:
    return [
        one
        for one in book.typed
        if one.table is number.table and one.row == number.row and one.column > number.column
    ]


@mistake("reported month changed", "calculation", needs_history=True)
def reported_changed(book: Book, random: Random) -> Planted | None:
    """A number that was reported last quarter, and is another one now."""
    numbers = [
        one
        for one in book.typed
        if book.plan.fiscal_year.contains(one.span.last)
        and one.span.last < Cycle.QUARTER.months_of(book.plan.fiscal_year, book.plan.period.number)[0]
        and any(axis.months for axis in (one.table.rows[one.row], one.table.columns[one.column]))
        and one.value > 20
    ]
    number = pick(random, numbers)
    return number.typed(mistyped_value(number.value, random)) if number else None


@mistake("last year's column changed", "calculation", needs_history=True)
def last_year_changed(book: Book, random: Random) -> Planted | None:
    """A number of last year that last year's report does not have."""
    numbers = [one for one in book.typed if book.is_last_years_own(one) and one.value > 20]
    number = pick(random, numbers)
    return number.typed(mistyped_value(number.value, random)) if number else None


@mistake("years swapped", "calculation", needs_history=True)
def years_swapped(book: Book, random: Random) -> Planted | None:
    """The number of last year in the cell of today, and the other way round."""
    pairs = [(one, then) for one in book.typed if (then := book.last_year(one)) and then.value != one.value]
    chosen = pick(random, [(one, then) for one, then in pairs if then.is_typed])
    if chosen is None:
        return None
    one, then = chosen
    edits = (edit(one.cell, then.value), edit(then.cell, one.value))
    return Planted(f"{one.identity} and {then.identity} swapped", edits, (one.cell, then.cell))
