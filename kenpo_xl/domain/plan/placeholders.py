"""The {placeholders} that make printed headers and texts move with the year and the month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, fiscal_year_text

PLACEHOLDER = LazyPattern(r"\{([^{}]+)\}")
_SERIES = LazyPattern(r"(前年)?(1[0-2]|[1-9])月")
# 前々年度, 翌年度, 年度-2, 年度＋1; 略 at the end as in 年度略.
_OFFSET_YEAR = LazyPattern(
    r"(?:(?P<word>前々|翌)年度|年度(?P<sign>[-+−－＋])(?P<number>\d{1,2}))(?P<short>略)?"
)
_OFFSETS = {"前々": -2, "翌": 1}


class YearRole(StrEnum):
    """The year that a row or column means, as the name frame (名札) names it."""

    CURRENT = "当年"
    SAME_PERIOD = "前年同期"
    YEAR_END = "前年度末"
    REFERENCE = "参考"
    OTHER = "その他"


UP_TO = "{基準月}"
"""The placeholder by which a header means a part of its year."""

# What each word becomes in a short name, and the year that it means.
_YEAR_ROLES: dict[str, tuple[str, YearRole | None]] = {
    "年度": ("当年", YearRole.CURRENT),
    "年度略": ("当年", YearRole.CURRENT),
    "年月": ("当月", YearRole.CURRENT),
    "基準年月": ("当月", YearRole.CURRENT),
    "基準日": ("当月", YearRole.CURRENT),
    "前年度": ("前年", YearRole.YEAR_END),
    "前年度略": ("前年", YearRole.YEAR_END),
    "前年同月": ("前年同月", YearRole.SAME_PERIOD),
    "基準月": ("", None),
    "月": ("", None),
    "支部": ("", None),
    "四半期": ("", None),
    "期": ("", None),
}


CALENDAR_WORDS = (*_YEAR_ROLES, *(f"{word}年度" for word in _OFFSETS))
"""The placeholders of the calendar, besides those of a month ({4月}, {前年4月}) and of a year ({年度-2})."""

MONTH_WORDS = frozenset({"基準月", "月", "年月", "基準年月", "前年同月", "基準日"})
"""The placeholders that are filled otherwise for each as-of month."""


def has_placeholder_of_as_of_month(text: str) -> bool:
    """Whether a placeholder of a text is filled otherwise for each as-of month."""
    return not MONTH_WORDS.isdisjoint(PLACEHOLDER.findall(text))


def month_word_of_table(name: str) -> tuple[str, str] | None:
    """The table and the word of `{table/年月}`, filled from the table's own as-of month; None for others."""
    table, _, word = name.partition("/")
    return (table, word) if table and word in MONTH_WORDS else None


def is_placeholder(word: str) -> bool:
    """Whether `{word}` is a placeholder of the calendar (a word with / stands for a figure)."""
    return (
        word in _YEAR_ROLES or bool(_SERIES.fullmatch(word)) or year_offset_of_placeholder(word) is not None
    )


def year_offset_of_placeholder(word: str) -> int | None:
    """By how many years `{word}` is after the plan's year: -2 for 前々年度; None for other placeholders."""
    found = _OFFSET_YEAR.fullmatch(word)
    if not found:
        return None
    if found["word"]:
        return _OFFSETS[found["word"]]
    return int(found["number"]) * (1 if found["sign"] in "+＋" else -1)


def with_offset_years(text: str, fiscal_year: FiscalYear) -> str:
    """A header with its `{年度-2}` and the like written out, as a year by number is read."""

    def year(placeholder: re.Match[str]) -> str:
        offset = year_offset_of_placeholder(placeholder[1])
        return placeholder[0] if offset is None else fiscal_year_text(fiscal_year + offset)

    return PLACEHOLDER.sub(year, text)


@frozen
class PlaceholderContext:
    """The year and the as-of month (基準月) that placeholders are filled from."""

    fiscal_year: FiscalYear
    base: Month
    branch: str = ""
    period: int = 0
    period_name: str = ""

    def placeholder_text(self, name: str) -> str | None:
        """The text for `{word}`, None where it is unknown."""
        series = _SERIES.fullmatch(name)
        if series:
            return str(self.fiscal_year.month(int(series[2])).years_earlier(1 if series[1] else 0))
        offset = year_offset_of_placeholder(name)
        if offset is not None:
            return fiscal_year_text(self.fiscal_year + offset, short=name.endswith("略"))
        return self._text_by_placeholder.get(name)

    def all_texts(self) -> dict[str, str]:
        """The text for every placeholder of the calendar, also for those of a month."""
        months = [f"{before}{number}月" for before in ("", "前年") for number in range(1, 13)]
        return {word: self.placeholder_text(word) or "" for word in (*CALENDAR_WORDS, *months)}

    @cached_property
    def _text_by_placeholder(self) -> Mapping[str, str]:
        """The text for each placeholder of the calendar."""
        year, base = self.fiscal_year, self.base
        month = f"{base.number}月"
        return {
            "年度": fiscal_year_text(year),
            "前年度": fiscal_year_text(year - 1),
            "年度略": fiscal_year_text(year, short=True),
            "前年度略": fiscal_year_text(year - 1, short=True),
            "基準月": month,
            "月": month,
            "年月": str(base),
            "基準年月": str(base),
            "前年同月": str(base.years_earlier(1)),
            "基準日": f"{base}末",
            "支部": self.branch,
            "四半期": str(self.period),
            "期": self.period_name,
        }


def fill_placeholders(
    text: str,
    placeholder_context: PlaceholderContext,
    lookup_first: Callable[[str], str | None] = lambda _: None,
) -> str:
    """`text` with its placeholders filled: by `lookup_first`, else by the context; unknown ones stay."""

    def text_of_placeholder(placeholder: re.Match[str]) -> str:
        word = lookup_first(placeholder[1])
        if word is None:
            word = placeholder_context.placeholder_text(placeholder[1])
        return placeholder[0] if word is None else word

    return PLACEHOLDER.sub(text_of_placeholder, text)


def year_role_of_placeholders(text: str) -> YearRole | None:
    """The year that the placeholders of a header name, None where they name none."""
    for found in PLACEHOLDER.finditer(text):
        series = _SERIES.fullmatch(found[1])
        if series:
            return YearRole.SAME_PERIOD if series[1] else YearRole.CURRENT
        year_role = _YEAR_ROLES.get(found[1], ("", None))[1]
        if year_role:
            return year_role
    return None


def short_name_without_year(text: str) -> str:
    """The words of a header with the year taken out: `{年度}（{基準月}まで）` is 当年."""
    text = (
        re.sub(r"[（(][^（）()]*\{[^{}]+\}[^（）()]*[）)]", "", text)
        if not text.startswith(("（", "("))
        else text
    )

    def short_word(placeholder: re.Match[str]) -> str:
        if _SERIES.fullmatch(placeholder[1]):
            return placeholder[1]
        offset = year_offset_of_placeholder(placeholder[1])
        if offset is not None:
            return f"{abs(offset)}年{'前' if offset < 0 else '後'}"
        return _YEAR_ROLES.get(placeholder[1], (placeholder[1], None))[0]

    named = PLACEHOLDER.sub(short_word, text)
    return "".join(unicodedata.normalize("NFKC", named).split()).replace("/", "・")
