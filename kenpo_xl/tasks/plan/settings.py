"""Settings of `build` that are kept in the plan book, so that every later run and the night follow them."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.plan.basic_edits import write_copy_with_basics
from kenpo_xl.books.plan.lists.basics import BASICS, BUTTONS
from kenpo_xl.domain.python_path import PYTHON_PLACE, is_full_path, without_quotes
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.backup import replace_if_changed
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.folder import period_folder


def set_book_settings(folder: Path, *, python: str = "", has_buttons: bool = True) -> tuple[str, ...]:
    """Write the Python of the buttons, or that books have none, into 基本; sentences on what was written.

    Nothing else in the plan book changes; the book before is kept as .bak. KenpoError for a path that is not
    full, a closed period, or a plan book that is open or cannot be written.
    """
    settings = {PYTHON_PLACE: without_quotes(python)} if python else {}
    settings |= {} if has_buttons else {BUTTONS: "なし"}
    if python and not is_full_path(settings[PYTHON_PLACE]):
        raise KenpoError(
            f"{python} は最後までの場所ではありません。C:\\ や \\\\ から pythonw.exe まで指定してください。"
        )
    if not settings:
        return ()
    period = period_folder(folder)
    refuse_closed_period(period)

    def write_settings(source: Path, target: Path) -> None:
        write_copy_with_basics(source, target, settings)

    if not replace_if_changed(period.plan_path, write_settings):
        return ()
    return tuple(
        f"計画ブックの「{BASICS}」の「{key}」を {value} にしました。" for key, value in settings.items()
    )
