"""What is still to come for a report, by its as-of date."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear


@pytest.mark.parametrize(
    ("text", "is_to_come"),
    [
        ("12月16日", True),
        ("12月15日", False),
        ("1月", True),
        ("12月", False),
        ("11月", False),
        ("令和7年3月31日", True),
        ("令和7年4月1日", False),
        ("2月30日", False),
    ],
)
def test_a_date_of_the_year_after_the_as_of_date_is_to_come(text: str, is_to_come: bool) -> None:
    (named,) = dates_in(text)
    assert ReportTime(FiscalYear(2024), date(2024, 12, 15)).is_to_come(named) is is_to_come
