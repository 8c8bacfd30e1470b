"""Sentences as clerks write them about the numbers of a table or a KPI: right ones, to be made wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kenpo_xl.domain.plan.table import Printing
from kenpo_xl.domain.time.span import Accumulation
from scripts.judging.book import Book, Number, TextLine

_YEAR_WORDS = re.compile(
    r"^(?:当年|当月末?|前年同?月?|前年|累計|明細|合計|通期|\d+月|\d+[~・]\d+月|第\d四半期)(?:\(.*\))?$"
)
_UNITS = (
    "％",
    "件",
    "人",
    "名",
    "事業所",
    "千円",
    "円",
    "部",
    "通",
    "機関",
    "回",
    "社",
    "団体",
    "世帯",
    "か所",
    "施設",
)


@dataclass(frozen=True)
class Sentence:
    """A sentence that says one number: `text` holds it as `{}`, `digits` is the right one.

    `words` is what it calls the number.
    """

    line: TextLine
    number: Number | None
    words: str
    text: str
    digits: str
    unit: str

    def saying(self, digits: str, unit: str = "") -> str:
        """The line with the sentence behind it, which says some digits."""
        return self.line.text + self.text.format(digits + (unit or self.unit))


def about_tables(book: Book) -> list[Sentence]:
    """A sentence for each number of this year in a printed table, behind a line of its item."""
    found = []
    for number in book.numbers:
        line = _last_full_line(book, number.item)
        words = _words(number)
        if line and words and _is_told(book, number):
            found.append(Sentence(line, number, words, _sentence(number, words), number.digits, number.unit))
    return found


def _is_told(book: Book, number: Number) -> bool:
    return (
        number.table.printing is not Printing.NONE
        and book.plan.fiscal_year.contains(number.span.last)
        and number.span.last <= book.plan.as_of_month
        and number.unit in _UNITS
        and number.value > 0
        and not number.figure.entity
    )


def _words(number: Number) -> str:
    """What the headers call it, without year and month: 協会保健師等の被保険者の評価数."""
    axes = (number.table.rows[number.row], number.table.columns[number.column])
    parts = [part for axis in axes for part in axis.name.split("＞") if not _YEAR_WORDS.match(part)]
    return "の".join(part.replace("(", "（").replace(")", "）") for part in parts)


def _sentence(number: Number, words: str) -> str:
    first, last = number.span.first.number, number.span.last.number
    if number.span.kind is Accumulation.MOMENT:
        return f"{words}は{last}月末現在で{{}}である。"
    if number.span.first == number.span.last:
        return f"{last}月の{words}は{{}}であった。"
    if first == 4:
        return f"{words}は{last}月までで{{}}となった。"
    return f"{first}月から{last}月までの{words}は{{}}であった。"


def about_targets(book: Book) -> list[Sentence]:
    """A sentence on the target of each KPI of the book."""
    found = []
    for one in book.assessments.kpis:
        line = _last_full_line(book, one.item)
        target = one.assessment.target
        if line is None or target is None:
            continue
        shown = one.target_text.replace(" ", "")
        match = re.fullmatch(r"([\d,.]+)(\D*)", shown)
        if match:
            side = "以上" if one.kpi.direction.value == "以上" else "以下"
            text = f"{one.kpi.name}の目標は{{}}{side}である。"
            found.append(Sentence(line, None, one.kpi.name, text, match[1], match[2]))
    return found


def about_results(book: Book) -> list[Sentence]:
    """A sentence on the result of each KPI of the book that is known."""
    found = []
    for one in book.assessments.kpis:
        line = _last_full_line(book, one.item)
        match = re.fullmatch(r"([\d,.]+)\s*(\D*)", one.result_text)
        if line and match and one.assessment.result is not None:
            text = f"{one.kpi.name}は{one.base.number}月末時点で{{}}である。"
            found.append(Sentence(line, None, one.kpi.name, text, match[1], match[2]))
    return found


def _last_full_line(book: Book, item: str) -> TextLine | None:
    """The last line of an item that ends a sentence."""
    lines = [line for line in book.lines_of(item) if line.text.endswith("。")]
    return lines[-1] if lines else None
