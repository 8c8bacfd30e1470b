"""Years and months that a form writes out, as placeholders that move with the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.time.fiscal_calendar import APRIL, ERAS, FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle

_ERA = "|".join(f"{name}|{letter}" for name, letter, _ in ERAS[:3])
_YEAR = re.compile(
    rf"(?<![A-Za-z])(?:(?P<era>{_ERA})\s*\.?\s*(?P<number>\d{{1,2}}|元)|(?:FY|(?<!\d))(?P<western>20\d\d|19[89]\d))(?!\d)"
    r"(?P<unit>\s*年\s*度|\s*年)?"
    r"(?:(?<=年)\s*(?P<month>1[0-2]|0?[1-9])\s*月|[./](?P<dotted>1[0-2]|0?[1-9])(?!\d))?"
    r"(?P<end>末)?"
)
_BARE_MONTH = re.compile(r"(?<![\d~～〜\-・])(?P<month>1[0-2]|[1-9])月(?=末|まで|現在)")
_QUARTER = re.compile(r"第\s*([1-4一二三四])\s*四半期|([1-4])Q")
_HALF = re.compile(r"(上|下)半?期")
_AS_OF = re.compile(r"(1[0-2]|[1-9])月(?:末|\d+日)?(?:現在|まで|時点|末)")
_KANJI = "一二三四"
# What a form has in braces is no placeholder.
_BRACES = str.maketrans("{}", "｛｝")


@frozen
class FormTime:
    """The fiscal year of a form, and its as-of month and period where it names them."""

    fiscal_year: FiscalYear
    month: int | None = None
    cycle: Cycle | None = None
    number: int = 0

    @property
    def as_of(self) -> Month | None:
        """The as-of month."""
        return None if self.month is None else self.fiscal_year.month(self.month)


def western_year(found: re.Match[str]) -> int:
    """The year of a match of an era year or a western one."""
    if found["western"]:
        return int(found["western"])
    first = next(day for name, letter, day in ERAS if found["era"] in (name, letter))
    return first.year - 1 + (1 if found["number"] == "元" else int(found["number"]))


def fiscal_years_in(text: str) -> list[FiscalYear]:
    """The fiscal years that a text names, one by one."""
    found: list[FiscalYear] = []
    for match in _YEAR.finditer(half_width(text)):
        if match["era"] or match["unit"] or match["western"]:
            month = match["month"] or match["dotted"]
            year = western_year(match)
            is_before = month and int(month) < APRIL and "度" not in (match["unit"] or "")
            found.append(FiscalYear(year - 1 if is_before else year))
    return found


def time_of_form(
    titles: Iterable[str], headers: Iterable[str], dates: Iterable[date] = ()
) -> FormTime | None:
    """When a form is from: by its titles, else the day on which it was made, else its headers."""
    titles, headers = list(titles), list(headers)
    stated = [year for text in titles for year in fiscal_years_in(text)]
    listed = Counter(year for text in headers for year in fiscal_years_in(text))
    made = [FiscalYear(0).of(Month.of(day)) for day in dates]
    year = next(iter([*stated, *made]), None) or max(listed, default=None)
    if year is None:
        return None
    cycle, number = _period_in(half_width("\n".join(titles)))
    if cycle and number:
        return FormTime(year, cycle.months_of(year, number)[-1].number, cycle, number)
    return FormTime(year, _as_of_month([*titles, *headers]), cycle, number)


def _as_of_month(texts: Iterable[str]) -> int | None:
    """The month of the first text that says as of when it is (12月末現在)."""
    found = _AS_OF.search(half_width("\n".join(texts)))
    return int(found[1]) if found else None


def _period_in(text: str) -> tuple[Cycle | None, int]:
    """The period that titles name."""
    quarter, half = _QUARTER.search(text), _HALF.search(text)
    if quarter:
        word = quarter[1] or quarter[2]
        return Cycle.QUARTER, _KANJI.find(word) + 1 or int(word)
    if half:
        return Cycle.HALF, 1 if half[1] == "上" else 2
    return None, 0


def years_of_headers(texts: Iterable[str]) -> list[FiscalYear]:
    """The different fiscal years that headers name, in order."""
    return sorted({year for text in texts for year in fiscal_years_in(text)})


def with_placeholders(text: str, time: FormTime, *, fixed: bool = False) -> str:
    """A text with its years and as-of months as placeholders; `fixed` years stay, and so do {braces}."""
    text = text.translate(_BRACES)
    narrow = half_width(text)
    parts, at = [], 0
    for found in _YEAR.finditer(narrow):
        placeholder = "" if fixed else _placeholder_of(found, time)
        if placeholder:
            parts += [text[at : found.start()], placeholder]
            at = found.end()
    moved = "".join(parts) + text[at:]
    return _with_month_placeholder(moved, time)


def _placeholder_of(found: re.Match[str], time: FormTime) -> str:
    """The placeholder of a written year or month, '' where it stays."""
    month = found["month"] or found["dotted"]
    year = western_year(found)
    if month:
        return _month_placeholder(year, int(month), found["end"], time)
    if (
        not (found["unit"] or found["era"])
        and found["western"]
        and found.group() != found.string.strip("()（） ")
    ):
        return ""
    short = "略" if len(found["era"] or "") == 1 else ""
    offset = year - time.fiscal_year
    word = {0: "年度", -1: "前年度"}.get(offset, f"年度{offset:+d}")
    return f"{{{word}{short}}}" + (found["end"] or "")


def _month_placeholder(year: int, number: int, end: str | None, time: FormTime) -> str:
    month = Month(year, number)
    is_end = bool(end)
    if time.as_of and month == time.as_of:
        return "{基準日}" if is_end else "{年月}"
    if time.as_of and month == time.as_of.years_earlier(1):
        return "{前年同月}" + (end or "")
    offset = time.fiscal_year.of(month) - time.fiscal_year
    if offset not in (0, -1):
        return ""
    return f"{{{'前年' if offset else ''}{number}月}}" + (end or "")


def _with_month_placeholder(text: str, time: FormTime) -> str:
    """A text in which the as-of month alone (12月末, 12月まで) is a placeholder."""
    if time.month is None:
        return text

    def placeholder(found: re.Match[str]) -> str:
        return "{基準月}" if int(found["month"]) == time.month else found[0]

    narrow = half_width(text)
    parts, at = [], 0
    for found in _BARE_MONTH.finditer(narrow):
        parts += [text[at : found.start()], placeholder(found)]
        at = found.end()
    return "".join(parts) + text[at:]


def without_time(text: str) -> str:
    """A title without its year, period and as-of month."""
    text = re.sub(r"[（(][^（）()]*\{[^{}]*\}[^（）()]*[)）]|\{[^{}]*\}", "", text)
    narrow = half_width(text)
    spans = [
        found.span() for pattern in (_YEAR, _QUARTER, _HALF, _AS_OF) for found in pattern.finditer(narrow)
    ]
    kept = "".join(
        letter for at, letter in enumerate(text) if not any(first <= at < end for first, end in spans)
    )
    kept = re.sub(r"[（(][\s　現在末まで時点]*[)）]", "", kept)
    return kept.strip(" 　・")
