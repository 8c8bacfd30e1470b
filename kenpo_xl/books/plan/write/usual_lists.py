"""The lists that a new plan book begins with."""

from __future__ import annotations

from typing import Any

USUAL_SCALE: tuple[dict[str, Any], ...] = (
    {"記号": "◎", "意味": "目標を大きく上回った", "下限": 1.2},
    {"記号": "〇", "意味": "目標を達成した", "下限": 1.0},
    {"記号": "△", "意味": "実施中", "下限": 0, "途中": "〇"},
    {"記号": "×", "意味": "実施できていない", "別字": "✕"},
)
"""The rows of 評価基準, best first."""

UNNAMED_BRANCH = "〇〇支部"
"""What stands for the office until it is typed."""
