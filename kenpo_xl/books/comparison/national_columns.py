"""The sheets and columns of the workbook that head office publishes, for its writer and its reader."""

from __future__ import annotations

from kenpo_xl.domain.plan.plan import National

MEANS, RANKS = map(str, National)
KEY, NAME, UNIT, UNTIL, MEAN, MEDIAN, REPORTED, REMARK = HEADERS = (
    *("共通の鍵", "指標", "単位", "基準月", MEANS, "中央値", "支部の数", "備考"),
)
WIDTHS = (12, 44, 10, 16, 14, 14, 10, 60)
BRANCH = "支部"
ROW_OF_QUARTER = 3
"""The row of the quarter below title and note, counted from 1."""
