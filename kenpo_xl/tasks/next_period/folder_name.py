"""The name of the next period's folder: that of the old one moved on, else a plain one."""

from __future__ import annotations

import re
from collections.abc import Callable

from kenpo_xl.domain.file_names import unusable_name_reason
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import era_name_letter_and_year
from kenpo_xl.domain.time.periods import Cycle

_KANJI = "〇一二三四"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGIT = r"[1-4１-４一二三四]"
# Q3, 3Q, 第3四半期, 3四半期, 第3期; the number is in one of the groups.
_PERIOD = re.compile(
    rf"(?<![A-Za-z])[QqＱｑ]-?({_DIGIT})(?!\d)|(?<!\d)({_DIGIT})[QqＱｑ](?![A-Za-z])|第?({_DIGIT})四半期|第({_DIGIT})期"
)
# 2024, 令和6年度, R6 and FY24; the number is in one of the groups.
_YEAR = re.compile(
    r"(?<![\d０-９])((?:19|20)\d\d|[１２][９０][０-９]{2})(?![\d０-９])|(?:令和|平成)([\d０-９]{1,2}|元)"
    r"|(?<![A-Za-z])[RrＲ]([\d０-９]{1,2}|元)(?!\d)|[Ff][Yy]-?(\d\d)(?!\d)"
)


def next_folder_name(name: str, old: PeriodKey, new: PeriodKey) -> str:
    """The folder name with the new period, and the new year where it has one, in place of the old."""
    moved, periods = _with_next_period(name, old, new)
    if old.fiscal_year != new.fiscal_year:
        moved, years = _name_with_replaced_numbers(
            moved, _YEAR, lambda text: _is_year(text, old), "", new.fiscal_year
        )
    else:
        years = True
    return moved if periods and years else plain_folder_name(new)


def _with_next_period(name: str, old: PeriodKey, new: PeriodKey) -> tuple[str, bool]:
    """The name with the new period in place of the old one; whether it had that."""
    if new.cycle is Cycle.QUARTER:
        return _name_with_replaced_numbers(
            name, _PERIOD, lambda text: _is_number(text, old.number), str(new.number)
        )
    before, after = (key.name for key in (old, new))
    return name.replace(before, after), before in name


def plain_folder_name(key: PeriodKey) -> str:
    """埼玉支部_令和6年度第4四半期; without the branch where that cannot be part of a file name."""
    name = f"{key.branch}_{key.label}"
    return key.label if unusable_name_reason(name, ()) else name


def _name_with_replaced_numbers(
    name: str, pattern: re.Pattern[str], is_old: Callable[[str], bool], new: str, year: int = 0
) -> tuple[str, bool]:
    """The name with each number that is the old one replaced in its own way of writing; whether any was."""
    found = False

    def number(match: re.Match[str]) -> str:
        nonlocal found
        text = next(group for group in match.groups() if group)
        if not is_old(text):
            return match[0]
        found = True
        written = _written_like(text, _year_digits(text, year, match[0]) if year else new)
        at = match[0].rindex(text)
        return match[0][:at] + written + match[0][at + len(text) :]

    return pattern.sub(number, name), found


def _written_like(old: str, new: str) -> str:
    if old in _KANJI and old:
        return _KANJI[int(new)]
    return new.translate(_WIDE) if old[0] in "０１２３４５６７８９" else new


def _is_number(text: str, number: int) -> bool:
    return (_KANJI.index(text) if text in _KANJI else int(text)) == number


def _year_digits(text: str, year: int, around: str) -> str:
    """The new year with as many digits: 2025, or 25 behind FY, else the year of its era."""
    if len(text) == len(str(year)):
        return str(year)
    if around[:2].upper() == "FY":
        return str(year)[2:]
    return str(_year_of_era(year))


def _year_of_era(year: int) -> int:
    from datetime import date

    return era_name_letter_and_year(date(year, 5, 1))[2]


def _is_year(text: str, old: PeriodKey) -> bool:
    number = 1 if text == "元" else int(text)
    return number in (old.fiscal_year, old.fiscal_year % 100, _year_of_era(old.fiscal_year))
