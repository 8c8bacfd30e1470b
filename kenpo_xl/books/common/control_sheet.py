"""The first sheet (操作) of the books that staff fill in: the period, the buttons, the steps, the sheets."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.list_sheet import page
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.python_path import PYTHON_PLACE
from kenpo_xl.domain.time.fiscal_calendar import date_text, fiscal_year_text

_WIDTHS = (3, 24, 96)
_KEY, _WORDS = 1, 2
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_ROW = 158, 38, 36.0
_STATUS_ROW, _STEP_ROW = 40.0, 17.0
_NO_MACROS = "※ ボタンが動かないとき（マクロが止められているとき）は、{}"
_PYTHON = (
    "計画ブックの「基本」で決めます。環境変数 KENPO_XL_PYTHON があるときはそれを、"
    "ないときはこのセルを、空欄のときは PATH を使います。"
)
_RESULT = "ボタンを押すと、ここに結果が出ます。"
_OVERRIDE = "誤りを残して\n提出する理由"
_OVERRIDE_TOLD = (
    "直せない誤りを残して提出するときだけ、入れてください。「確認記録」に残り、取りまとめ担当に伝わります。"
)


@frozen
class Button:
    """A button: the Sub that it calls, its caption, and what it does."""

    macro: str
    caption: str
    words: str


@frozen
class Control:
    """What a sheet 操作 says: facts and links are pairs of a header and its words.

    `without` is what to do where buttons do not work, `asks_why` whether there is a cell for the reason why a
    book is handed in while errors stand. `python` is the office's Python, '' where the plan names none.
    """

    title: str
    facts: Iterable[tuple[str, str]]
    buttons: Iterable[Button]
    steps: Iterable[str]
    without: str
    links: Iterable[tuple[str, str]]
    asks_why: bool = False
    python: str = ""


def control_sheet(book: Workbook, look: Styles, control: Control) -> Worksheet:
    """Add the sheet, from the title down to the settings; it is the one that opens."""
    page = _Page(book, look)
    page.write(control)
    return page.sheet


def period_facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The period as the sheet tells it."""
    return (
        (names.PERIOD_HEADER, f"{fiscal_year_text(plan.fiscal_year)} 第{plan.period.quarter}四半期"),
        ("基準日", date_text(plan.period.as_of)),
    )


class _Page:
    """The sheet while it is written, part below part."""

    def __init__(self, book: Workbook, look: Styles) -> None:
        self.book, self.look = book, look
        self.sheet: Worksheet = book.add_worksheet(names.CONTROL)
        self.row = 1

    def write(self, control: Control) -> None:
        """All parts; rows are counted from 0."""
        self.sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width, self.look("plain"))
        self.sheet.set_row(self.row, 28)
        self.sheet.write(self.row, _KEY, control.title, self.look("title"))
        self.row += 2
        self._pairs(control.facts, "header")
        self._buttons(control.buttons)
        if control.asks_why:
            self._override()
        self._steps(control.steps, control.without)
        self._links(control.links)
        self._settings(control.python)
        page(self.sheet)
        # Printed, it is one page to hang beside the screen.
        self.sheet.fit_to_pages(1, 1)
        self.sheet.activate()

    def _pairs(self, pairs: Iterable[tuple[str, str]], style: str) -> None:
        for key, words in pairs:
            self.sheet.write_string(self.row, _KEY, key, self.look(style))
            self.sheet.write_string(self.row, _WORDS, words, self.look("grid"))
            self.row += 1

    def _heading(self, words: str) -> None:
        self.row += 1
        for column, text in ((_KEY, words), (_WORDS, "")):
            self.sheet.write_string(self.row, column, text, self.look("part"))
        self.row += 1

    def _buttons(self, buttons: Iterable[Button]) -> None:
        self._heading(names.BUTTONS)
        for button in buttons:
            self.sheet.set_row(self.row, _BUTTON_ROW)
            self.sheet.write_blank(self.row, _KEY, None, self.look("button"))
            self.sheet.insert_button(self.row, _KEY, _options(button))
            self.sheet.write_string(self.row, _WORDS, button.words, self.look("told"))
            self.row += 1
        self.sheet.set_row(self.row, _STATUS_ROW)
        self.sheet.write_string(self.row, _KEY, "結果", self.look("header"))
        self._named(names.STATUS, _RESULT, "status")

    def _override(self) -> None:
        self.sheet.set_row(self.row, _STATUS_ROW)
        self.sheet.write_string(self.row, _KEY, _OVERRIDE, self.look("header"))
        self._named(names.OVERRIDE, "", "text")
        self.sheet.write_string(self.row, _WORDS, _OVERRIDE_TOLD, self.look("reason"))
        self.row += 1

    def _named(self, name: str, words: str, style: str) -> None:
        """The named cell of this row, in its second column."""
        self.sheet.write_string(self.row, _WORDS, words, self.look(style))
        self.book.define_name(name, f"={names.CONTROL}!$C${self.row + 1}")
        self.row += 1

    def _steps(self, steps: Iterable[str], without: str) -> None:
        self._heading(names.STEPS)
        for step in (*steps, _NO_MACROS.format(without)):
            self.sheet.set_row(self.row, _STEP_ROW)
            self.sheet.write_string(self.row, _KEY, step, self.look("plain"))
            self.row += 1

    def _links(self, links: Iterable[tuple[str, str]]) -> None:
        self._heading(names.SHEETS)
        for name, words in links:
            self.sheet.write_url(self.row, _KEY, f"internal:'{name}'!A1", self.look("link"), name)
            self.sheet.write_string(self.row, _WORDS, words, self.look("grid"))
            self.row += 1

    def _settings(self, python: str) -> None:
        self._heading(names.SETTINGS)
        self.sheet.write_string(self.row, _KEY, PYTHON_PLACE, self.look("header"))
        self._named(names.PYTHON, python, "text")
        self.sheet.write_string(self.row, _WORDS, _PYTHON, self.look("reason"))


def _options(button: Button) -> dict[str, object]:
    return {
        "macro": f"KenpoButtons.{button.macro}",
        "caption": button.caption,
        "description": button.words,
        "width": _BUTTON_WIDTH,
        "height": _BUTTON_HEIGHT,
        "x_offset": 6,
        "y_offset": 5,
    }
