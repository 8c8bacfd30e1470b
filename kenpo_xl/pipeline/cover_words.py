"""The words that fill the placeholders of a report's cover."""

from __future__ import annotations

from datetime import date

from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import (
    date_text,
    date_text_in_both_calendars,
    era_name_letter_and_year,
)
from kenpo_xl.pipeline.annex_marks import list_of_annexes


def cover_placeholder_values(plan: Plan) -> dict[str, str]:
    """The text for each {placeholder} of the cover, by its name: those of the plan book and more."""
    period, placeholder_context = plan.period, plan.placeholder_context()
    era, _, year = era_name_letter_and_year(date(plan.fiscal_year, 5, 1))
    return {
        **placeholder_context.all_texts(),
        "西暦年度": f"{plan.fiscal_year}（{era}{'元' if year == 1 else year}）年度",
        "和暦年度": placeholder_context.placeholder_text("年度") or "",
        "表題": fill_placeholders(plan.title, placeholder_context),
        "支部": plan.branch,
        "四半期": plan.period_name,
        "開催日": date_text_in_both_calendars(period.held_on) if period.held_on else "",
        "会議": period.meeting,
        "資料番号": period.document,
        "別添": list_of_annexes(plan.annexes),
        "基準日": date_text(period.as_of),
    }
