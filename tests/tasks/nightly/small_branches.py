"""Branches of two groups, quick for a night: a total is wrong in one book, two lines in the other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kenpo_xl.tasks.build import build_books
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.made_once import made_once
from tests.tasks.clerk import fill
from tests.tasks.two_groups import COUNTS, DRAWING, TEXTS, TOTAL_CELL, WORK

FIGURE = "1-1/査定金額/当年/第3四半期"
"""A figure in the book of `COUNTS`."""
OTHER_WORDS = {
    "1-2": WORK[TEXTS]["1-2"].replace("混雑の予想を", "メルマガに混雑の予想を").replace("一つ", "（一つ")
}


def write_branch(folder: Path, branch: str, *, quarter: int = 3, unit: str = "千円") -> Path:
    """A period folder of a branch: plan book and what both groups handed in.

    From quarter to quarter the figure of the first one was revised.
    """
    key = (write_branch, branch, quarter, unit)
    return made_once(folder, key, partial(_write, branch=branch, quarter=quarter, unit=unit))


def _write(folder: Path, branch: str, quarter: int, unit: str) -> None:
    changed = {"支部": branch, "四半期": quarter}
    drawing = replace(
        DRAWING,
        kpis=[{**row, "目標": f"300 ⟪{unit}⟫"} for row in DRAWING.kpis],
        layouts={item: layout.replace("千円", unit) for item, layout in DRAWING.layouts.items()},
    )
    basics = [(key, changed.get(key, value)) for key, value in DRAWING.basics]
    periods = [{"四半期": number} for number in (2, 3, 4)]
    revised = {"1-1": WORK[COUNTS]["1-1"].replace("| 310", f"| {310 + quarter}")}
    with TemporaryDirectory() as apart:  # beside an earlier period its lines would be carried over
        period = Path(apart) / folder.name
        (period / "提出").mkdir(parents=True)
        write_drawn_book(period / "計画.xlsx", replace(drawing, basics=basics, periods=periods))
        build_books(period)
        for group, work in {COUNTS: revised, TEXTS: OTHER_WORDS}.items():
            fill(period / "入力" / f"{group}.xlsm", period / "提出" / f"{group}.xlsm", work)
        with edited(period / "提出" / f"{COUNTS}.xlsm") as book:
            book["1-1"][TOTAL_CELL] = 900
        shutil.rmtree(period / "入力")
        (period / "取りまとめ.xlsm").unlink()
        shutil.copytree(period, folder)
