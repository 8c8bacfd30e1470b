"""The real case as data: what 埼玉支部 planned for FY2024 and handed in for its third quarter.

`items/` holds one text file an item, to be read beside the published report: its plan text, its layout sheet,
its progress lines with ratings, and its figures as printed. `lists.txt` holds the lists of the plan book.
"""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.domain.submission.submission import Submission
from scripts.plan_drawing import PlanDrawing
from scripts.sample.item_file import ItemFile, read_item
from scripts.sample.lists import read_lists
from scripts.sample.values import item_entry

HERE = Path(__file__).parent

__all__ = ["items", "plan_book", "submissions"]


def items() -> list[ItemFile]:
    """Every item in the order of the plan."""
    paths = sorted((HERE / "items").glob("*.txt"), key=lambda path: [int(n) for n in path.stem.split("-")])
    return [read_item(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def plan_book() -> PlanDrawing:
    """The plan book of the sample."""
    lists = read_lists((HERE / "lists.txt").read_text(encoding="utf-8"))
    return PlanDrawing(
        basics=lists["基本"][0],
        periods=[dict(row) for row in lists["期"]],
        measures=[row for item in items() for row in item.measures()],
        kpis=[dict(row) for row in lists["KPI"]],
        scale=[dict(row) for row in lists["評価基準"]],
        history=[dict(row) for row in lists["過去実績"]],
        layouts={item.id: item.layout for item in items() if item.layout},
        cross_checks=[dict(row) for row in lists["検算"]],
        terms=[dict(row) for row in lists["用語"]],
    )


def submissions() -> dict[str, Submission]:
    """What each group handed in, verbatim, mistakes included."""
    found: dict[str, list[ItemFile]] = {}
    for item in items():
        found.setdefault(item.owner, []).append(item)
    return {
        group: Submission(group, tuple(item_entry(item) for item in own), f"{group}.xlsm")
        for group, own in found.items()
    }
