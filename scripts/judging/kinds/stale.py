"""Words that were right last quarter or last year, and what has not come yet."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, long_sentences, mistake, pick

# The years of every judged plan begin in April.
_MONTHS_OF_YEAR = FiscalYear(0).months

_ERA = re.compile(r"令和(\s*)(\d+|[０-９]+)(\s*)年(?!度)(?=\s*\d+\s*月)")


def _added(book: Book, random: Random, words: str) -> Planted | None:
    """A sentence behind a line."""
    line = pick(random, long_sentences(book))
    return line.typed(line.text + words, words) if line else None


def _past_month(book: Book, random: Random) -> int:
    """A month of the fiscal year that is over, not the last one."""
    return random.choice(
        _MONTHS_OF_YEAR[: max(book.plan.fiscal_year.elapsed_months(book.plan.as_of_month) - 1, 1)]
    )


@mistake("予定 for what is over", "stale")
def planned_but_over(book: Book, random: Random) -> Planted | None:
    """10 月に第 2 回を開催予定, as of December."""
    month = _past_month(book, random)
    forms = (
        f"{month}月に第2回の説明会を開催予定。",
        f"{month}月下旬に関係団体への周知を予定している。",
        f"{month}月に案内を発送する予定である。",
        f"なお、{month}月中に広報誌へ掲載予定。",
        f"{month}月から相談窓口を設ける予定。",
        f"次回は{month}月に実施する予定である。",
    )
    return _added(book, random, random.choice(forms))


@mistake("another quarter named", "stale")
def other_quarter(book: Book, random: Random) -> Planted | None:
    """第２四半期の進捗状況は, in the third quarter."""
    quarter = book.plan.period.number - 1 or 4
    forms = (
        f"第{quarter}四半期の進捗状況はおおむね順調である。",
        f"以上が第{quarter}四半期の実施状況である。",
        f"第{quarter}四半期末時点の状況を取りまとめた。",
        f"{quarter * 3 + 3 if quarter < 4 else 3}月末現在の状況は次のとおりである。",
    )
    return _added(book, random, random.choice(forms))


@mistake("year of a text one too early", "stale")
def year_early(book: Book, random: Random) -> Planted | None:
    """令和 5 年 8 月 in the text of fiscal 令和6年度."""
    found = []
    for line in book.lines:
        text = unicodedata.normalize("NFKC", line.text)
        if len(text) == len(line.text):
            found += [(line, one) for one in _ERA.finditer(text) if int(one[2]) >= _era(book)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, one = chosen
    words = f"令和{one[1]}{int(one[2]) - 1}{one[3]}年"
    text = line.text[: one.start()] + words + line.text[one.end() :]
    return line.typed(text, f"{one[0]} → {words} in {line.text[:25]}")


def _era(book: Book) -> int:
    return book.plan.fiscal_year - 2018


@mistake("year of a text one too late", "stale")
def year_late(book: Book, random: Random) -> Planted | None:
    """令和 7 年 8 月に実施した in the text of fiscal 令和6年度."""
    found = []
    for line in book.lines:
        text = unicodedata.normalize("NFKC", line.text)
        if len(text) == len(line.text) and "予定" not in text:
            found += [(line, one) for one in _ERA.finditer(text) if int(one[2]) == _era(book)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, one = chosen
    words = f"令和{one[1]}{int(one[2]) + 1}{one[3]}年"
    text = line.text[: one.start()] + words + line.text[one.end() :]
    return line.typed(text, f"{one[0]} → {words} in {line.text[:25]}")


@mistake("another fiscal year named", "stale")
def other_fiscal_year(book: Book, random: Random) -> Planted | None:
    """令和５年度の計画に基づき, copied from last year's report."""
    year = _era(book) - 1
    forms = (
        f"令和{year}年度の事業計画に基づき、着実に取組を進めている。",
        f"令和{year}年度の重点事項として取り組んでいる。",
        f"令和{year}年度上期に引き続き、下期も取組を進めている。",
    )
    return _added(book, random, random.choice(forms))


@mistake("as-of month in a text not moved", "stale")
def as_of_text(book: Book, random: Random) -> Planted | None:
    """（令和 6 年 9 月末） beside the figure of December."""
    number = book.plan.as_of_month.number
    earlier = _MONTHS_OF_YEAR[max(book.plan.fiscal_year.elapsed_months(book.plan.as_of_month) - 4, 0)]
    pattern = re.compile(rf"(?<!\d){number}(\s*月(?:末|まで))")
    found = [(line, one) for line in book.lines for one in pattern.finditer(line.text)]
    chosen = pick(random, [pair for pair in found if earlier != number])
    if chosen is None:
        return None
    line, one = chosen
    return line.replaced(one[0], f"{earlier}{one[1]}")


@mistake("to come, told as done", "stale")
def told_as_done(book: Book, random: Random) -> Planted | None:
    """2 月に開催した, as of December."""
    if book.plan.is_year_end:
        return None
    elapsed = book.plan.fiscal_year.elapsed_months(book.plan.as_of_month)
    month = random.choice(_MONTHS_OF_YEAR[min(elapsed + 1, 11) :])
    day = random.randint(5, 25)
    forms = (
        f"{month}月{day}日に研修会を開催した。",
        f"{month}月{day}日に案内文書を送付した。",
        f"{month}月に職員研修を実施した。",
        f"{month}月に広報誌へ掲載した。",
    )
    return _added(book, random, random.choice(forms))
