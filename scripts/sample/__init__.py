"""The real case as data: what 埼玉支部 planned for FY2024 and handed in for its third quarter.

`items/` holds one text file an item, to be read beside the published report: its plan text, its layout sheet,
its progress lines with ratings, and its figures as printed. `lists.txt` holds the lists of the plan book.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kenpo_xl.domain.submission.submission import Submission
from scripts.plan_drawing import PlanDrawing
from scripts.sample.item_file import ItemFile, read_item
from scripts.sample.lists import read_lists
from scripts.sample.values import item_entry

HERE = Path(__file__).parent
Lists = Mapping[str, list[list[tuple[str, Any]]]]

__all__ = [
    "drawn_plan_book",
    "item_texts",
    "items",
    "lists",
    "plan_book",
    "read_items",
    "submissions",
    "submitted",
]


def read_items(texts: Mapping[str, str]) -> list[ItemFile]:
    """The items of some texts by their ids, in the order of the plan."""
    ids = sorted(texts, key=lambda item: [int(n) for n in item.split("-")])
    return [read_item(item, texts[item]) for item in ids]


def item_texts(folder: Path = HERE) -> dict[str, str]:
    """The text of every item of a case by its id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (folder / "items").glob("*.txt")}


def lists(folder: Path = HERE) -> Lists:
    """The lists of a case by their sheets."""
    return read_lists((folder / "lists.txt").read_text(encoding="utf-8"))


def items() -> list[ItemFile]:
    """Every item in the order of the plan."""
    return read_items(item_texts())


def plan_book() -> PlanDrawing:
    """The plan book of the sample."""
    return drawn_plan_book(items(), lists())


def drawn_plan_book(items: Iterable[ItemFile], lists: Lists) -> PlanDrawing:
    """The plan book of some items and lists."""
    items = list(items)
    rows = {name: [dict(row) for row in rows] for name, rows in lists.items()}
    return PlanDrawing(
        basics=lists["基本"][0],
        periods=rows["期"],
        measures=[row for item in items for row in item.measures()],
        kpis=rows["KPI"],
        scale=rows["評価基準"],
        history=rows.get("過去実績", []),
        layouts={item.id: item.layout for item in items if item.layout},
        cross_checks=rows.get("検算", []),
        terms=rows.get("用語", []),
        rule_settings=rows.get("規則", []),
    )


def submissions() -> dict[str, Submission]:
    """What each group handed in, verbatim, mistakes included."""
    return submitted(items())


def submitted(items: Iterable[ItemFile]) -> dict[str, Submission]:
    """What each group submits according to some items, by group."""
    found: dict[str, list[ItemFile]] = {}
    for item in items:
        found.setdefault(item.owner, []).append(item)
    return {
        group: Submission(group, tuple(item_entry(item) for item in own), f"{group}.xlsm")
        for group, own in found.items()
    }
