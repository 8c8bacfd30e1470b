"""What the words in 目標 say besides numbers and earlier years: a range, or something done by a day."""

from __future__ import annotations

import re
from datetime import date

from kenpo_xl.books.plan.support.list_sheets import year_from_text
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.plan.targets.aim import TargetRange
from kenpo_xl.domain.plan.targets.milestones import Milestone
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_NUMBER = r"[\d,]+(?:\.\d+)?"
_UNIT = r"[^\d,.~〜\-以か]*?"
# 45%～50%, 45～50%, 45%から50%の間, 45%以上50%以下, 45%以上、50%以内を維持
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})(?:[~〜～\-－―]|から|以上、?(?:かつ)?)"
    rf"(?P<high>{_NUMBER})(?P<high_unit>{_UNIT})"
    r"(?:以下|以内|まで)?(?:の?(?:間|範囲内?|水準))?(?:を維持|で推移|とする|にする)?"
)
_DEED_END = r"(?:を(?:行う|完了する?|終える)|する|済み?|完了)?"
# 令和7年3月末までに策定, 年度内に改定する, 第3四半期までに公表
_BY_A_DAY = re.compile(rf"(?P<when>[^に]*?)(?:まで)?に(?P<deed>\D{{2,10}}?){_DEED_END}")
# 策定済, 改定済み, 達成: by the end of the year
_DEED_ALONE = re.compile(r"(?P<deed>[一-龯]{2,6}?)(?:済み?|完了)|(?P<reached>達成)")
_PART_OF_YEAR = re.compile(
    r"(?:(?:今|当|本)?年度|(?P<year>.*\d年度|\{年度\}))?の?"
    r"(?P<part>内|中|末|以内|上半期|下半期|上期|下期|第?[1-4一二三四]四半期)?(?:内|中|末)?"
)
# The months of a year until the end of a part of it; of any other the whole.
_MONTHS = {"上半期": 6, "上期": 6, "1": 3, "一": 3, "2": 6, "二": 6, "3": 9, "三": 9}


def parse_target_range(words: str) -> TargetRange | None:
    """The range that normalized words name, None for other words; the unit may be at its end only."""
    found = _RANGE.fullmatch(words)
    if not found or found["low_unit"] not in ("", found["high_unit"]):
        return None
    low, high = (typed_number_and_unit(found[end] + found["high_unit"]) for end in ("low", "high"))
    return TargetRange(low[0], high[0]) if low and high else None


def parse_milestone(words: str, fiscal_year: FiscalYear) -> Milestone | None:
    """What normalized words want done by a day, None for other words; without a day by the year's end."""
    alone = _DEED_ALONE.fullmatch(words)
    if alone:
        return Milestone(alone["deed"] or alone["reached"], fiscal_year.last.last_day)
    found = _BY_A_DAY.fullmatch(words)
    due = _last_day(found["when"], fiscal_year) if found else None
    return Milestone(found["deed"], due) if found and due else None


def _last_day(when: str, fiscal_year: FiscalYear) -> date | None:
    """The last day of a month, year or part of the year, or the day itself; None where none is named."""
    part = _PART_OF_YEAR.fullmatch(when)
    if part and when:
        return _last_day_of_part(part, fiscal_year)
    days = [one for one in dates_in(when) if one.is_possible]
    if len(days) != 1 or when[days[0].end :].strip("末中()") or when[: days[0].start]:
        return None
    return days[0].day_in(fiscal_year) or days[0].month_in(fiscal_year).last_day


def _last_day_of_part(part: re.Match[str], fiscal_year: FiscalYear) -> date | None:
    """The last day of a year or a part of it, of this one if none is named; None for no year at all."""
    is_named = part["year"] and "{" not in part["year"]
    year = year_from_text(part["year"]) if is_named else fiscal_year
    of_part = (part["part"] or "").removeprefix("第").removesuffix("四半期")
    last = fiscal_year.months[_MONTHS.get(of_part, 12) - 1]
    return fiscal_year.at(year).month(last).last_day if year else None
