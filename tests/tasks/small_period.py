"""A period of one group and one item, filled without a mistake: quick to build, to check and to report."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.tasks.build import build_books
from tests.books.plan.test_reader import Book
from tests.made_once import made_once
from tests.tasks.clerk import fill

GROUP = "一課"
WORK = """
    北 | 10 | 12 | 9
    南 | 90 | 98
    計 | 30
    文 1 | ・窓口を設けた。
    評価 1 | 〇
"""


def write_small_period(folder: Path) -> Path:
    """Plan book, input book and planner's book, and the submission of its only group."""
    return made_once(folder, write_small_period, _write)


def _write(folder: Path) -> None:
    folder.mkdir(parents=True)
    Book(folder).write()
    build_books(folder)
    (folder / "提出").mkdir()
    fill(folder / "入力" / f"{GROUP}.xlsm", folder / "提出" / f"{GROUP}.xlsm", {"1-1": WORK})
