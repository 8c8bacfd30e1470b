"""The rules that name what a number differs from: a rule that finds it odd among others yields to them."""

from __future__ import annotations

from kenpo_xl.domain.findings import rule_codes

CODES_OF_DIFFERENCES = (
    rule_codes.REPORTED_FIGURE_CHANGED,
    rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,
    rule_codes.FALL_SINCE_REPORT,
    rule_codes.FALL_WITHIN_TABLE,
    rule_codes.FIGURES_DIFFER,
    rule_codes.FIGURE_TOO_LARGE,
    rule_codes.PART_TOO_LARGE,
    rule_codes.TARGET_OF_ANOTHER_LAST_YEAR,
)
"""From an earlier report, what it fell below, another figure, its whole or the target of its KPI."""
