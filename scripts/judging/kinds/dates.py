"""Dates that do not exist, are not whole, or contradict each other."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random

from scripts.judging.book import Book, TextLine, edit
from scripts.judging.mistakes import Planted, mistake, pick

_DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9])(\s*月\s*)(3[01]|[12]\d|[1-9])(\s*日)")
_ERA = re.compile(r"令和(\s*)(\d+)(\s*)年(?!度)")
_WEEKDAYS = "月火水木金土日"
Found = tuple[TextLine, re.Match[str]]


def _found(book: Book, pattern: re.Pattern[str]) -> list[Found]:
    """Every match in lines whose text keeps its length when made half-width."""
    lines = [(line, unicodedata.normalize("NFKC", line.text)) for line in book.lines]
    return [
        (line, one) for line, text in lines if len(text) == len(line.text) for one in pattern.finditer(text)
    ]


def _written(chosen: Found | None, new: str) -> Planted | None:
    """The line with another text for the match."""
    if chosen is None:
        return None
    line, one = chosen
    text = line.text[: one.start()] + new + line.text[one.end() :]
    return line.typed(text, f"{one[0]} → {new} in {line.text[:25]}")


def _over(random: Random, book: Book, pattern: re.Pattern[str], template: str) -> Planted | None:
    """One match with another text, a template with its groups."""
    chosen = pick(random, _found(book, pattern))
    return _written(chosen, chosen[1].expand(template)) if chosen else None


@mistake("day that does not exist", "dates")
def impossible_day(book: Book, random: Random) -> Planted | None:
    """11月31日, 2月30日."""
    return _over(
        random, book, _DAY, random.choice((r"11\g<2>31\4", r"2\g<2>30\4", r"9\g<2>31\4", r"\g<1>\g<2>32\4"))
    )


@mistake("month that does not exist", "dates")
def impossible_month(book: Book, random: Random) -> Planted | None:
    """13月."""
    return _over(random, book, _DAY, random.choice((r"13\g<2>\3\4", r"0\g<2>\3\4", r"15\g<2>\3\4")))


@mistake("slash date that does not exist", "dates")
def impossible_slash(book: Book, random: Random) -> Planted | None:
    """7/37, 13/5."""
    return _over(random, book, _DAY, random.choice((r"\g<1>/3\3", "7/37", "13/5", "6/31", "2/30", "11/0")))


@mistake("day without 日", "dates")
def without_day(book: Book, random: Random) -> Planted | None:
    """12 月 20 に."""
    return _over(random, book, re.compile(_DAY.pattern + r"(?=に|、)"), r"\1\2\3")


@mistake("month without 月", "dates")
def without_month(book: Book, random: Random) -> Planted | None:
    """12 20 日に."""
    return _over(random, book, _DAY, r"\1 \3\4")


@mistake("era year without 年", "dates")
def era_without_year(book: Book, random: Random) -> Planted | None:
    """令和 7 月."""
    return _over(random, book, re.compile(_ERA.pattern + r"(?=\s*\d+\s*月)"), r"令和\g<1>\2")


@mistake("era without its number", "dates")
def era_without_number(book: Book, random: Random) -> Planted | None:
    """令和年 12 月."""
    return _over(random, book, re.compile(_ERA.pattern + r"(?=\s*\d+\s*月)"), "令和年")


@mistake("era cut off", "dates")
def era_cut(book: Book, random: Random) -> Planted | None:
    """令 6 年."""
    return _over(random, book, _ERA, random.choice((r"令\g<1>\2\3年", r"和\g<1>\2\3年")))


@mistake("era doubled", "dates")
def era_doubled(book: Book, random: Random) -> Planted | None:
    """令和和6年, 令和令和6年."""
    return _over(random, book, _ERA, random.choice((r"令和和\g<1>\2\3年", r"令和令和\g<1>\2\3年")))


@mistake("era misspelt", "dates")
def era_misspelt(book: Book, random: Random) -> Planted | None:
    """今和 7 年."""
    return _over(random, book, _ERA, random.choice(("今和", "令利", "零和", "令話")) + r"\g<1>\2\3年")


@mistake("era number doubled", "dates")
def era_number_doubled(book: Book, random: Random) -> Planted | None:
    """令和 66 年."""
    return _over(random, book, _ERA, r"令和\g<1>\2\2\3年")


@mistake("weekday wrong", "dates")
def weekday(book: Book, random: Random) -> Planted | None:
    """12月20日（木）, which was a Friday."""
    chosen = pick(random, [found for found in _found(book, _DAY) if _weekday(book, found[1]) is not None])
    if chosen is None:
        return None
    right = _weekday(book, chosen[1])
    assert right is not None
    wrong = _WEEKDAYS[(right + random.randint(1, 6)) % 7]
    return _written(chosen, f"{chosen[1][0]}（{wrong}）")


def _weekday(book: Book, found: re.Match[str]) -> int | None:
    month, day = int(found[1]), int(found[3])
    year = book.plan.fiscal_year + (month < 4)
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


@mistake("from later than until", "dates")
def reversed_range(book: Book, random: Random) -> Planted | None:
    """9 月 26 日から 9 月 5 日にかけて."""
    pattern = re.compile(rf"({_DAY.pattern})(から\s*|～|~)({_DAY.pattern})")
    found = [(line, one) for line, one in _found(book, pattern) if one[1] != one[7]]
    chosen = pick(random, found)
    return _written(chosen, chosen[1].expand(r"\7\6\1")) if chosen else None


@mistake("event of another section with another date", "dates")
def event_elsewhere(book: Book, random: Random) -> Planted | None:
    """An event that two items tell, with another month in one of them."""
    months = re.compile(r"(?<!\d)(1[0-2]|[1-9])(\s*月)")
    name = re.compile(r"[一-龥ァ-ヶー・]{5,}(?:研修|会議|委員会|協議会|講習会|説明会)")
    found = []
    for line in book.lines:
        for words in name.findall(line.text):
            others = [one for one in book.lines if words in one.text and one.item != line.item]
            if others:
                found.append((line, others))
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, others = chosen
    text = unicodedata.normalize("NFKC", line.text)
    matches = list(months.finditer(text))
    if not matches or len(text) != len(line.text):
        return None
    one = matches[-1]
    new = str(int(one[1]) - 1 if int(one[1]) > 4 else int(one[1]) + 1)
    words = line.text[: one.start()] + new + one[2] + line.text[one.end() :]
    planted = Planted(f"{one[0]} → {new}月 in {line.text[:30]}", (edit(line.cell, words),), (line.cell,))
    return planted.beside(*(other.cell for other in others))


@mistake("two dates for one event", "dates")
def two_dates(book: Book, random: Random) -> Planted | None:
    """5 月 28 日に協議会を 7 月 24 日に."""
    pattern = re.compile(_DAY.pattern + r"に([一-龥ァ-ヶー]{2,12}を)")
    return _over(random, book, pattern, r"\1\2\3\4に\g<5>7 月 4 日に")
