"""A button on the open book that calls it: one task, one sentence for its user, no traceback."""

from __future__ import annotations

import codecs
import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.entry import bug_sentence, install_log_handler, log_to_send_sentence
from kenpo_xl.errors import KenpoError, log_failure
from kenpo_xl.live.bridge import import_xlwings, is_excel_busy

if TYPE_CHECKING:
    import xlwings

DONE = "--done="
# The most letters in the status bar of Excel.
_STATUS_LENGTH = 255
_UNREACHED = "開いているブックにつながりませんでした。"
_BUSY = (
    "Excel で別の画面（メッセージなど）が開いているか、セルに入力している途中のため、続けられませんでした。"
    "画面を閉じるか入力を終えてから、もう一度押してください。"
)
_BOOK, _WINDOW = "--wb=", "--hwnd="
# What a letter is written as that the encoding of the PC lacks, and look-alikes that it has instead.
_WITH_ESCAPES = "kenpo-xl-answer"
_ESCAPE = "\x01"
_LOOK_ALIKES = str.maketrans("−〜‖", "－～∥")
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
        book = _calling_book()
    except Exception as error:  # whatever the application raises
        log_failure("not reached", error)
        if is_excel_busy(error):
            return Answer(_BUSY, is_failure=True), None
        return Answer(_UNREACHED + log_to_send_sentence() + _WITH_DOCTOR, is_failure=True), None
    try:
        with _work_in_progress(book.app, working):
            sentence = task(book)
            book.app.status_bar = sentence[:_STATUS_LENGTH]
    except KenpoError as error:
        return Answer(_BUSY if is_excel_busy(error) else str(error), is_failure=True), book
    except Exception as error:  # the last resort: no traceback reaches a user
        log_failure("unexpected", error)
        if is_excel_busy(error):
            return Answer(_BUSY, is_failure=True), book
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


def _calling_book() -> xlwings.Book:
    """The book whose macro calls; xlwings by itself cuts a name at an equals sign and at blanks around it."""
    known = import_xlwings()
    name, window = (_argument_value(one) for one in (_BOOK, _WINDOW))
    is_cut_off = ("=" in name or name != name.strip()) and window.isdecimal()
    book: xlwings.Book = (
        next(app for app in known.apps if app.hwnd == int(window)).books[name]
        if is_cut_off
        else known.Book.caller()
    )
    return book


def _argument_value(name: str) -> str:
    """The value of an argument of this program, '' without it."""
    return next((one.removeprefix(name) for one in sys.argv if one.startswith(name)), "")


def done_file() -> Path | None:
    """The file that the macro waits for, None without one."""
    given = _argument_value(DONE)
    return Path(given) if given else None


def write_answer(done: Path, answer: Answer) -> None:
    """Write the answer to the file that the macro waits for, atomically."""
    beside = done.with_name(f"{done.name}.new")
    word = "ng" if answer.is_failure else "ok"
    text = f"{word}\n{answer.sentence}".replace("\n", os.linesep)
    beside.write_bytes(text.encode(locale.getencoding(), _WITH_ESCAPES))
    beside.replace(done)


def _escaped_letters(error: UnicodeError) -> tuple[str | bytes, int]:
    """What the macro reads for letters that an encoding lacks: their halves of 16 bits, as numbers."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end].translate(_LOOK_ALIKES)
    return "".join(map(_escaped_letter, letters, repeat(error.encoding))).encode(error.encoding), error.end


def _escaped_letter(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        halves = letter.encode("utf-16-be", "surrogatepass")
        return "".join(f"{_ESCAPE}{halves[at : at + 2].hex()}" for at in range(0, len(halves), 2))
    return letter


codecs.register_error(_WITH_ESCAPES, _escaped_letters)


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
