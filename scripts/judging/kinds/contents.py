"""Cells that hold something else than the number they are for, or nothing."""

from __future__ import annotations

from random import Random

from kenpo_xl.domain.plan.table import CellKind
from scripts.judging.book import Book, Number
from scripts.judging.mistakes import Planted, mistake, pick


def _of_this_year(book: Book) -> list[Number]:
    return [
        one for one in book.typed if book.plan.fiscal_year.contains(one.span.last) and not one.figure.entity
    ]


@mistake("hole", "contents")
def hole(book: Book, random: Random) -> Planted | None:
    """A number deleted."""
    number = pick(random, _of_this_year(book))
    return number.typed(None) if number else None


@mistake("text for a number", "contents")
def text_for_number(book: Book, random: Random) -> Planted | None:
    """約 300, 集計中."""
    number = pick(random, book.typed)
    words = (f"約{number.digits}" if number else "", "集計中", "別紙", "未確定", "確認中", "不明")
    return number.typed(random.choice(words)) if number else None


@mistake("number with letters", "contents")
def letter_in_number(book: Book, random: Random) -> Planted | None:
    """1O5 with the letter O, 3l with the letter l, １２．３．４."""
    number = pick(random, [one for one in book.typed if any(digit in one.digits for digit in "01")])
    if number is None:
        return None
    return number.typed(number.digits.replace("0", "O", 1).replace("1", "l", 1))


@mistake("two numbers in a cell", "contents")
def two_numbers(book: Book, random: Random) -> Planted | None:
    """43,089／42,133."""
    number = pick(random, book.typed)
    return (
        number.typed(f"{number.digits}{random.choice(('／', '→', '、', '～'))}{number.digits}")
        if number
        else None
    )


@mistake("a date for a number", "contents")
def date_for_number(book: Book, random: Random) -> Planted | None:
    """12/20."""
    number = pick(random, book.typed)
    return number.typed(random.choice(("12/20", "令和6年12月", "R6.12.20", "12月"))) if number else None


@mistake("a number where a text belongs", "contents")
def number_for_text(book: Book, random: Random) -> Planted | None:
    """45,678 in the column of names of an open list, or in a line of text."""
    line = pick(random, [line for line in book.lines if len(line.text) > 12])
    return (
        line.typed(str(random.randint(20_000, 50_000)), f"number over the line {line.text[:15]}")
        if line
        else None
    )


@mistake("a share above 100 %", "contents")
def above_100(book: Book, random: Random) -> Planted | None:
    """109.7 % for 97.0 %."""
    rates = [one for one in book.typed if one.unit == "％" and one.value > 0]
    number = pick(random, rates)
    if number is None:
        return None
    step = 1 if number.figure.cell.format.is_percent else 100
    return number.typed(number.value + step)


@mistake("number where ／ stands", "contents")
def over_not_applicable(book: Book, random: Random) -> Planted | None:
    """A number typed over the ／ of the plan."""
    found = [
        (one, column)
        for one in book.typed
        for column, cell in enumerate(one.table.cells[one.row])
        if cell.kind is CellKind.NOT_APPLICABLE
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, column = chosen
    at = book.cell_beside(one, column)
    return book.type_at(at, one.value, f"{one.value} over ／ in {at}")


@mistake("decimals where whole numbers belong", "contents")
def decimals(book: Book, random: Random) -> Planted | None:
    """1,234.5 件."""
    number = pick(
        random, [one for one in book.typed if one.is_whole and one.unit in ("件", "人", "事業所", "部")]
    )
    return (
        number.typed(number.value + random.choice((1, 3, 5, 7)) / type(number.value)(10)) if number else None
    )
