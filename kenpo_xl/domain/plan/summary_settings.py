"""The settings of the summary page (概要) in the plan book (基本)."""

from __future__ import annotations

from enum import StrEnum

SUMMARY_OUTLOOK = "概要の見通し"


class OutlookUse(StrEnum):
    """Where the outlooks (見通し) of the KPIs are shown: in the report, to the planner only, or nowhere."""

    PRINTED = "載せる"
    PLANNER_ONLY = "取りまとめだけ"
    NONE = "なし"
