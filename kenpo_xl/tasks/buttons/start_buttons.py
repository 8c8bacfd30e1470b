"""Tasks of the buttons in the book with which an office begins: its first plan book, and its Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common.macros.python_cell import python_settings
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.domain.python_path import is_full_path, without_quotes
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.workbook import saved_path, temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.init import make_first_plan_book
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.plan.settings import set_book_settings

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

FIRST_PLAN_SENTENCE = (
    f"計画ブック（{PLAN_NAME}）を作って開きました。「基本」に支部、年度、グループを入れ、見本を直して計画を書き、"
    "保存してから「計画を確かめる」を押してください。"
)


def first_plan_beside_open_book(book: OpenBook, *, today: date) -> Path:
    """Make a plan book with examples in the folder of the open book; KenpoError if there is one already."""
    folder = saved_path(book).parent
    if (folder / PLAN_NAME).exists():
        raise KenpoError(
            f"{PLAN_NAME} は、このフォルダーにもうあります。それを開いて書いてください。"
            "別の計画を作るときは、このブックを別のフォルダーに写し、写したブックで押してください。"
        )
    return make_first_plan_book(folder, today=today)


def take_python_of_start_book(book: OpenBook, period: PeriodFolder) -> str:
    """Write the Python that the open book names into a plan that names none; a sentence on that, or ''.

    Only before there is a planner's book: from then on the plan book alone says it.
    """
    if period.planner_path.exists() or cached_plan(period.plan_path).python:
        return ""
    with temporary_copy(book) as copy:
        named = [without_quotes(one.text) for one in python_settings(Workbook(copy))]
    return "".join(
        sentence
        for python in named[:1]
        if is_full_path(python)
        for sentence in set_book_settings(period.root, python=python)
    )
