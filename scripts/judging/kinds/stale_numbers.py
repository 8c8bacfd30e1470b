"""Numbers that were right last quarter, last year or last month, and numbers before their time."""

from __future__ import annotations

import re
from random import Random

from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.span import Accumulation
from scripts.judging.book import Book, Number, edit
from scripts.judging.mistakes import Planted, mistake, pick
from scripts.judging.sentences import about_tables

# The years of every judged plan begin in April.
_MONTHS_OF_YEAR = FiscalYear(0).months


def _cumulative(book: Book) -> list[Number]:
    """Cumulative numbers of this year with an as-of month."""
    return [
        one
        for one in book.typed
        if book.plan.fiscal_year.contains(one.span.last)
        and one.span.kind is Accumulation.CUMULATIVE
        and not any(axis.months for axis in (one.table.rows[one.row], one.table.columns[one.column]))
        and one.value >= 20
        and one.is_whole
        and not one.figure.entity
    ]


@mistake("last quarter's value not updated", "stale", needs_history=True)
def not_updated(book: Book, random: Random) -> Planted | None:
    """A cumulative number as it was reported last quarter; its sentence, if any, says it too."""
    found = [
        (one, value) for one in _cumulative(book) if (value := book.reported(one)) not in (None, one.value)
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, value = chosen
    planted = one.typed(value)
    for line in book.lines:
        if line.cell in one.quoted_in:
            said = line.replaced(one.digits, f"{int(value):,}")
            planted = Planted(planted.note, (*planted.edits, *(said.edits if said else ())), planted.cells)
    return planted


@mistake("last year's value copied", "stale")
def last_year_copied(book: Book, random: Random) -> Planted | None:
    """The number of last year beside it, in this year's cell."""
    pairs = [(one, then) for one in book.typed if (then := book.last_year(one))]
    pairs = [(one, then) for one, then in pairs if then.value != one.value and one.value >= 100]
    chosen = pick(random, pairs)
    if chosen is None:
        return None
    one, then = chosen
    return one.typed(then.value).beside(then.cell)


@mistake("a month repeated", "stale")
def month_repeated(book: Book, random: Random) -> Planted | None:
    """The number of the month before, copied."""
    found = []
    for one in book.typed:
        for other in book.beside(one):
            crosses = (one.row == other.row) != (one.column == other.column)
            if (
                crosses
                and other.is_typed
                and other.unit == one.unit
                and other.span.last.next == one.span.last
                and other.span.first == other.span.last
                and book.plan.fiscal_year.contains(other.span.last)
                and one.value != other.value
                and one.value >= 100
            ):
                found.append((one, other))
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, other = chosen
    return one.typed(other.value).beside(other.cell)


@mistake("running total falls", "stale", needs_history=True)
def total_falls(book: Book, random: Random) -> Planted | None:
    """A cumulative number below what was reported last quarter."""
    counts = [one for one in _cumulative(book) if one.unit not in ("円", "％")]
    found = [(one, value) for one in counts if (value := book.reported(one)) and value > 20]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, value = chosen
    assert value is not None
    return one.typed((value * random.randint(70, 92) / 100).to_integral_value())


@mistake("as-of month not moved", "stale", needs_history=True)
def month_not_moved(book: Book, random: Random) -> Planted | None:
    """The as-of month of last quarter beside this quarter's numbers."""
    month = pick(random, [one for one in book.months if _before(one.month, 3)])
    earlier = _before(month.month, 3) if month else None
    return month.typed(earlier) if month else None


def _before(month: int, count: int) -> int | None:
    at = _MONTHS_OF_YEAR.index(month) - count
    return _MONTHS_OF_YEAR[at] if at >= 0 else None


@mistake("as-of month in the future", "stale")
def month_in_future(book: Book, random: Random) -> Planted | None:
    """An as-of month after the end of the quarter."""
    later = [one for one in _MONTHS_OF_YEAR if book.plan.as_of_month < book.plan.fiscal_year.month(one)]
    month = pick(random, book.months)
    return month.typed(random.choice(later)) if month and later else None


def _era(book: Book) -> int:
    return book.plan.fiscal_year - 2018


@mistake("year of a header overtyped", "stale")
def header_year(book: Book, random: Random) -> Planted | None:
    """令和5年度（10月まで） over the header of this year."""
    found = []
    for number in book.typed:
        for at, text in (book.row_header(number), book.column_header(number)):
            year = _era(book)
            if re.search(rf"令和{year}年|R{year}年", text):
                found.append((at, text))
    chosen = pick(random, list(dict.fromkeys(found)))
    if chosen is None:
        return None
    at, text = chosen
    year = _era(book)
    other = random.choice((year - 1, year + 1))
    return book.type_at(at, re.sub(rf"(令和|R){year}年", rf"\g<1>{other}年", text), f"{at}: {year} → {other}")


@mistake("numbers for months to come", "stale")
def months_to_come(book: Book, random: Random) -> Planted | None:
    """A number in a month's column that has not come."""
    found = []
    for one in book.typed:
        found += [(one, at) for at in book.to_come(one)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, at = chosen
    return Planted(f"{one.value} in {at}", (edit(at, one.value),), (at,))


@mistake("sentence of last quarter left beside new figures", "stale", needs_history=True)
def old_sentence(book: Book, random: Random) -> Planted | None:
    """A line as it read last quarter: its numbers are those of then."""
    found = []
    for one in _cumulative(book):
        value = book.reported(one)
        if value and value != one.value:
            found += [(line, one, value) for line in book.lines if line.cell in one.quoted_in]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, one, value = chosen
    assert value is not None
    planted = line.replaced(one.digits, f"{int(value):,}")
    return planted.beside(one.cell) if planted else None


@mistake("last year's row told as this year's", "stale")
def last_years_total(book: Book, random: Random) -> Planted | None:
    """A sentence that gives last year's number as this year's."""
    found = []
    for sentence in about_tables(book):
        then = sentence.number and book.last_year(sentence.number)
        if then and then.digits != sentence.digits and len(then.digits) > 1:
            found.append((sentence, then))
    chosen = pick(random, found)
    if chosen is None:
        return None
    sentence, then = chosen
    assert sentence.number
    text = sentence.saying(then.digits)
    note = f"{sentence.text.format(then.digits)} ({sentence.digits})"
    sides = (sentence.number.cell, then.cell)
    return Planted(note, (edit(sentence.line.cell, text),), (sentence.line.cell,), sides)
