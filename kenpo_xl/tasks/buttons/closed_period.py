"""Whether a button may work on an open book: asked at each press, so that it loads next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenpo_xl.live.workbook import saved_path
from kenpo_xl.tasks.period.closing import refuse_book_of_closed_period

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


def refuse_closed_period_of_book(book: OpenBook) -> None:
    """KenpoError for an open book in the folder of a closed period."""
    refuse_book_of_closed_period(saved_path(book))
