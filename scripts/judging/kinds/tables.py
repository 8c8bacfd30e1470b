"""Numbers, lists, lines and reasons in the wrong place, visible in the book itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from kenpo_xl.domain.submission.submission import Entry, RowEntry
from scripts.judging.book import Book, Number, edit
from scripts.judging.mistakes import Planted, mistake, pick

_LEAST = 100
_FEWEST_ROWS = 4


def _typed(numbers: Sequence[tuple[Number, Decimal]], note: str) -> Planted:
    """Several cells with other numbers, as one mistake."""
    cells = tuple(one.cell for one, _ in numbers)
    return Planted(note, tuple(edit(one.cell, value) for one, value in numbers), cells)


def _is_month(one: Number) -> bool:
    axes = one.table.rows[one.row], one.table.columns[one.column]
    return bool(axes[0].months) != bool(axes[1].months)


def _months_of_rates(book: Book) -> list[Number]:
    """The rates of single months that have months before and behind them."""
    rates = [one for one in book.typed if one.unit == "％" and _is_month(one)]
    return [one for one in rates if _has_neighbors(book, one)]


def _has_neighbors(book: Book, number: Number) -> bool:
    beside = {one.span.last for one in book.beside(number) if one.row == number.row}
    return {number.span.last.next} <= beside and any(month.next == number.span.last for month in beside)


@mistake("digit of a rate among months", "tables")
def digit_of_a_rate(book: Book, random: Random) -> Planted | None:
    """59.77 between 79.43 and 79.40."""
    number = pick(random, _months_of_rates(book))
    if number is None:
        return None
    tens, digits = int(number.value) // 10, number.value % 10
    other = random.choice([one for one in range(1, 10) if abs(one - tens) > 1])
    return number.typed(other * 10 + digits)


@mistake("rate of another table among months", "tables")
def rate_of_another_table(book: Book, random: Random) -> Planted | None:
    """The rate of the other KPI in the same month."""
    number = pick(random, _months_of_rates(book))
    others = [
        one
        for one in _months_of_rates(book)
        if number and one.table is not number.table and one.span == number.span
    ]
    other = pick(
        random, [one for one in others if number and abs(one.value - number.value) > number.value / 5]
    )
    return number.typed(other.value).beside(other.cell) if number and other else None


@mistake("zero where last year has hundreds", "tables")
def zero(book: Book, random: Random) -> Planted | None:
    """A number that was not filled in, but as 0."""
    found = [one for one in book.typed if (then := book.last_year(one)) and then.value >= _LEAST]
    number = pick(random, [one for one in found if one.is_whole and one.unit != "％"])
    return number.typed(0) if number else None


@mistake("row of numbers copied from the row below", "tables")
def row_copied(book: Book, random: Random) -> Planted | None:
    """All numbers of a row are those of the next one, which counts other things."""
    number = pick(random, [one for one in book.typed if one.value >= _LEAST and not _is_month(one)])
    if number is None:
        return None
    own = [one for one in (number, *book.beside(number)) if one.is_typed and one.row == number.row]
    below = {one.column: one for one in book.beside(number) if one.row == number.row + 1 and one.is_typed}
    pairs = [(one, below[one.column].value) for one in own if one.column in below]
    large = [value for _, value in pairs if value >= _LEAST and value % 10]
    is_copy = len(large) > 1 and all(one.value != value for one, value in pairs)
    copied = _typed(pairs, f"row {number.identity} := the next")
    return copied.beside(*(one.cell for one in below.values())) if is_copy else None


@mistake("line of last year's rates copied", "tables")
def rates_of_last_year(book: Book, random: Random) -> Planted | None:
    """Last year's row of months in this year's."""
    number = pick(random, [one for one in _months_of_rates(book) if book.last_year(one)])
    if number is None:
        return None
    row = [one for one in (number, *book.beside(number)) if one.row == number.row and one.is_typed]
    pairs = [(one, then.value) for one in row if (then := book.last_year(one))]
    return _typed(pairs, f"row of last year in {number.identity}") if len(pairs) == len(row) else None


@mistake("lines of a table and another exchanged", "tables")
def lines_exchanged(book: Book, random: Random) -> Planted | None:
    """Two tables are printed beside each other's block."""
    one = pick(random, book.placed)
    others = [line for line in book.placed if one and (line.item == one.item) and line.block != one.block]
    other = pick(random, others)
    if one is None or other is None:
        return None
    edits = (edit(one.cell, other.text), edit(other.cell, one.text))
    return Planted(f"{one.text} and {other.text} exchanged", edits, (one.cell, other.cell))


@mistake("reason of a later quarter", "tables")
def reason_of_a_later_quarter(book: Book, random: Random) -> Planted | None:
    """第4四半期の実績 in the third quarter."""
    later = [number for number in range(1, 5) if number > book.plan.period.number]
    rating = pick(random, book.ratings)
    if rating is None or not later:
        return None
    return rating.reasoned(f"第{random.choice(later)}四半期の実績による評価のため。")


@mistake("reason of another item's KPI", "tables")
def reason_of_another_kpi(book: Book, random: Random) -> Planted | None:
    """A KPI that the block and its item do not know."""
    rating = pick(random, book.ratings)
    kpis = [one for one in book.assessments.kpis if rating and one.item != rating.item]
    kpi = pick(random, kpis)
    return rating.reasoned(f"{kpi.kpi.name}の水準によるため。") if rating and kpi else None


@mistake("reason that gives none", "tables")
def reason_without_reason(book: Book, random: Random) -> Planted | None:
    """同上."""
    rating = pick(random, book.ratings)
    return rating.reasoned(random.choice(("同上", "〃", "85.2％", "－", "12月末"))) if rating else None


def _rows_of_lists(book: Book) -> Iterator[tuple[str, Sequence[RowEntry]]]:
    """The item and the rows of each open list of four rows and more."""
    for item in book.items:
        for table in item.tables:
            rows = [row for row in table.rows if row.entity]
            if len(rows) >= _FEWEST_ROWS:
                yield item.item, rows


def _place(cell: Entry) -> str:
    assert cell.source
    return f"{cell.source.sheet}!{cell.source.cell}"


@mistake("cells of a list's row exchanged", "tables")
def cells_of_a_row(book: Book, random: Random) -> Planted | None:
    """The town in the column of days, the day in that of towns."""
    found = []
    for _, rows in _rows_of_lists(book):
        for row in rows:
            texts = [cell for cell in row.cells if isinstance(cell.value, str) and cell.source]
            days = [cell for cell in texts if re.search(r"\d\s*月", str(cell.value))]
            if len(texts) > 1 and len(days) == 1:
                found.append((days[0], next(cell for cell in texts if cell not in days)))
    chosen = pick(random, found)
    if chosen is None:
        return None
    places, values = [_place(cell) for cell in chosen], [str(cell.value) for cell in chosen]
    edits = (edit(places[0], values[1]), edit(places[1], values[0]))
    return Planted(f"{values[0]} and {values[1]} exchanged", edits, tuple(places))


@mistake("sum of a list in a sentence", "tables")
def sum_of_a_list(book: Book, random: Random) -> Planted | None:
    """集団健診の受診者は計217人 where the list has 207."""
    found = []
    for item in book.items:
        for table in item.tables:
            rows = [row for row in table.rows if row.entity]
            counts = [cell.value for row in rows for cell in row.cells if isinstance(cell.value, Decimal)]
            lines = [line for line in book.lines_of(item.item) if line.text.endswith("。")]
            if len(counts) > 1 and lines:
                found.append((table.table, sum(counts, Decimal(0)), lines))
    chosen = pick(random, found)
    if chosen is None:
        return None
    name, total, lines = chosen
    line = random.choice(lines)
    text = f"{name}の参加者は計{total + random.choice((-12, -3, 5, 17))}人であった。"
    return line.typed(line.text + text, text)
