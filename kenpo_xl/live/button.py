"""A button on the open book that calls it: one task, one sentence for its user, no traceback."""

from __future__ import annotations

import locale
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.entry import bug_sentence, install_log_handler, log_to_send_sentence
from kenpo_xl.errors import KenpoError, log_failure
from kenpo_xl.live.bridge import import_xlwings

if TYPE_CHECKING:
    import xlwings

DONE = "--done="
# The most letters in the status bar of Excel.
_STATUS_LENGTH = 255
_UNREACHED = "開いているブックにつながりませんでした。"
_WITH_DOCTOR = "kenpo-xl doctor の結果も添えてください。"
Press = Callable[[], "Answer"]
Task = Callable[["xlwings.Book"], str]


@frozen
class Answer:
    """The result of a button: one sentence, and whether it reports a failure."""

    sentence: str
    is_failure: bool = False


def button_decorator(buttons: dict[str, Press]) -> Callable[[str], Callable[[Task], Press]]:
    """A decorator for functions from the calling book to a sentence, which adds them to `buttons` by name.

    Its argument is shown in the status bar while the function runs.
    """

    def button(working: str) -> Callable[[Task], Press]:
        def register(task: Task) -> Press:
            @wraps(task)
            def pressed() -> Answer:
                answer, book = _run_button(task, working)
                if answer.is_failure and book and not done_file():
                    book.app.alert(answer.sentence, title=book.name, mode="critical")
                return answer

            buttons[task.__name__] = pressed
            return pressed

        return register

    return button


def _run_button(task: Task, working: str) -> tuple[Answer, xlwings.Book | None]:
    install_log_handler()
    try:
        book = import_xlwings().Book.caller()
    except Exception as error:  # whatever the application raises
        log_failure("not reached", error)
        return Answer(_UNREACHED + log_to_send_sentence() + _WITH_DOCTOR, is_failure=True), None
    try:
        with _work_in_progress(book.app, working):
            sentence = task(book)
            book.app.status_bar = sentence[:_STATUS_LENGTH]
    except KenpoError as error:
        return Answer(str(error), is_failure=True), book
    except Exception as error:  # the last resort: no traceback reaches a user
        log_failure("unexpected", error)
        return Answer(bug_sentence(), is_failure=True), book
    return Answer(sentence), book


@contextmanager
def _work_in_progress(app: xlwings.App, working: str) -> Iterator[None]:
    """Stop screen updates and show `working` in the status bar; both are restored if the work fails.

    After success the status bar keeps its last text.
    """
    updating, text = app.screen_updating, app.status_bar
    try:
        app.screen_updating, app.status_bar = False, working
        yield
    except BaseException:
        app.status_bar = text
        raise
    finally:
        app.screen_updating = updating


def done_file() -> Path | None:
    """The file that the macro waits for, None without one."""
    given = (one.removeprefix(DONE) for one in sys.argv if one.startswith(DONE))
    return next(map(Path, given), None)


def write_answer(done: Path, answer: Answer) -> None:
    """Write the answer to the file that the macro waits for, atomically."""
    beside = done.with_name(f"{done.name}.new")
    word = "ng" if answer.is_failure else "ok"
    beside.write_text(f"{word}\n{answer.sentence}", encoding=locale.getencoding(), errors="replace")
    beside.replace(done)


def select_cell(book: xlwings.Book, sheet: str, cell: str) -> bool:
    """Select a cell, whatever the blanks in the name of its sheet; False if that is hidden or missing."""
    alike = [one for one in book.sheets if normalized(one.name) == normalized(sheet)]
    page = next((one for one in alike if one.name == sheet), alike[0] if alike else None)
    if page is None:
        return False
    # XlSheetVisibility: -1 visible, 0 hidden, 2 very hidden (only macros can show it).
    is_visible = page.visible in (True, -1)
    if is_visible:
        page.activate()
        page.range(cell).select()
    return is_visible
