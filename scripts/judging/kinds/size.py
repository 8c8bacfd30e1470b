"""Numbers of the wrong size: a zero too many, another unit, a decimal point."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from scripts.judging.book import Book, Number
from scripts.judging.mistakes import Planted, mistake, pick

_LEAST = 100


def _counts(book: Book) -> list[Number]:
    return [one for one in book.typed if one.is_whole and one.value >= _LEAST]


def _comparable(book: Book) -> list[Number]:
    """Counts beside which the same year or the year before holds others of their size."""
    return [one for one in _counts(book) if book.last_year(one) or len(_of_its_series(book, one)) >= 3]


def _of_its_series(book: Book, number: Number) -> list[Number]:
    """The numbers of other months in its row or column."""
    year = book.plan.fiscal_year.of(number.span.last)
    same = [
        one
        for one in book.beside(number)
        if one.is_typed and one.unit == number.unit and year.contains(one.span.last)
        if one.row == number.row or one.column == number.column
    ]
    near = [one for one in same if number.value / 3 <= one.value <= number.value * 3]
    return [one for one in near if one.span != number.span]


@mistake("ten times", "size")
def ten_times(book: Book, random: Random) -> Planted | None:
    """One zero too many, beside a number of last year or of other months."""
    number = pick(random, _comparable(book))
    return number.typed(number.value * 10) if number else None


@mistake("a tenth", "size")
def a_tenth(book: Book, random: Random) -> Planted | None:
    """The last digit not typed, beside a number of last year or of other months."""
    number = pick(random, _comparable(book))
    return number.typed((number.value / 10).to_integral_value()) if number else None


@mistake("ten times, seen in earlier reports only", "size", needs_history=True)
def ten_times_past(book: Book, random: Random) -> Planted | None:
    """One zero too many in a number that nothing in the book can be compared with."""
    with_help = {one.cell for one in _comparable(book)}
    number = pick(random, [one for one in _counts(book) if one.cell not in with_help])
    return number.typed(number.value * 10) if number else None


@mistake("a tenth, seen in earlier reports only", "size", needs_history=True)
def a_tenth_past(book: Book, random: Random) -> Planted | None:
    """The last digit not typed in a number that nothing in the book can be compared with."""
    with_help = {one.cell for one in _comparable(book)}
    number = pick(random, [one for one in _counts(book) if one.cell not in with_help])
    return number.typed((number.value / 10).to_integral_value()) if number else None


@mistake("last year's number ten times", "size")
def last_year_ten_times(book: Book, random: Random) -> Planted | None:
    """One zero too many in last year's column; this year's number is right."""
    pairs = [then for one in _counts(book) if (then := book.last_year(one)) and then.is_typed]
    number = pick(random, pairs)
    return number.typed(number.value * 10) if number else None


@mistake("円 for 千円", "size")
def yen_for_thousands(book: Book, random: Random) -> Planted | None:
    """An amount in 円 where 千円 are asked for."""
    number = pick(random, [one for one in book.typed if "千円" in one.unit and one.value])
    return number.typed(number.value * 1000 + random.randint(1, 999)) if number else None


@mistake("千円 for 円", "size")
def thousands_for_yen(book: Book, random: Random) -> Planted | None:
    """An amount in 千円 where 円 are asked for."""
    number = pick(random, [one for one in book.typed if one.unit == "円" and one.value >= 5_000])
    return number.typed((number.value / 1000).to_integral_value()) if number else None


@mistake("thousand times", "size")
def thousand_times(book: Book, random: Random) -> Planted | None:
    """Three zeros too many."""
    number = pick(random, _comparable(book))
    return number.typed(number.value * 1000) if number else None


@mistake("decimal point of a rate", "size")
def decimal_point(book: Book, random: Random) -> Planted | None:
    """9.65 % for 96.5 %, or 965 %."""
    rates = [one for one in book.typed if one.unit == "％" and one.value]
    number = pick(random, [one for one in rates if book.last_year(one) or _of_its_series(book, one)])
    factor = Decimal(10) if random.random() < 0.3 else Decimal("0.1")
    return number.typed((number.value * factor).normalize()) if number else None


@mistake("a digit typed twice", "size")
def digit_twice(book: Book, random: Random) -> Planted | None:
    """11,740 for 1,740."""
    numbers = [one for one in _comparable(book) if one.value >= 1000]
    number = pick(random, numbers)
    if number is None:
        return None
    digits = format(number.value, "f")
    at = random.randrange(1, len(digits))
    return number.typed(Decimal(digits[:at] + digits[at - 1] + digits[at:]))


@mistake("negative number", "size")
def negative(book: Book, random: Random) -> Planted | None:
    """A minus before a count."""
    number = pick(random, [one for one in _counts(book) if one.unit != "％"])
    return number.typed(-number.value) if number else None
