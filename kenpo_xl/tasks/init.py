"""The plan book of a new office: the starter with an example of each kind of table, in today's period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kenpo_xl.books.plan.next_period import write_next_plan_book
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.errors import KenpoError
from kenpo_xl.resources import STARTER_PLAN, template_folders


def make_first_plan_book(folder: Path, *, today: date) -> Path:
    """The path of a new plan book in `folder`, which is made if it does not exist.

    KenpoError if there is a plan book already, or nothing can be written there.
    """
    target = folder / PLAN_NAME
    if target.exists():
        raise KenpoError(f"{target} はすでにあります。別のフォルダーを指定してください。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KenpoError(f"フォルダー {folder} を作れません。場所と権限を確かめてください。") from error
    year, number = Cycle.QUARTER.period_of(Month.of(today), FiscalYear(0))
    write_next_plan_book(_starter_path(), target, PeriodKey("", year, number))
    return target


def _starter_path() -> Path:
    found = next((path for folder in template_folders() if (path := folder / STARTER_PLAN).is_file()), None)
    if found is None:
        raise KenpoError(f"ひな型 {STARTER_PLAN} が見つかりません。kenpo-xl を入れ直してください。")
    return found
