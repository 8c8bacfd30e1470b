"""The first sheet (操作) of the books that staff fill in: the period, the buttons, the steps, the sheets."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.python_path import PYTHON_PLACE
from kenpo_xl.domain.time.fiscal_calendar import date_text

_WIDTHS = (3, 24, 96)
_KEY, _WORDS = 1, 2
_FIRST_FACT_ROW = 3
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_ROW = 158, 30, 28.5
_STATUS_ROW, _STEP_ROW = 40.0, 17.0
_NO_MACROS = "※ ボタンが動かないとき（マクロが止められているとき）は、{}"
_PYTHON = (
    "計画ブックの「基本」で決めます。環境変数 KENPO_XL_PYTHON があるときはそれを、"
    "ないときはこのセルを、空欄のときは PATH を使います。"
)
_WITHOUT_MACROS = "このブックにマクロとボタンはありません（計画ブックの「基本」の「ボタン」で決めます）。"


@frozen
class Button:
    """A button: the Sub that it calls, its caption, and what it does."""

    macro: str
    caption: str
    words: str

    @property
    def xlsxwriter_options(self) -> dict[str, object]:
        """What XlsxWriter needs of it besides place and size."""
        macro = f"KenpoButtons.{self.macro}"
        return {"macro": macro, "caption": self.caption, "description": self.words}


@frozen
class AskedCell:
    """A cell for what a button asks for: its name in the workbook, its label, its use."""

    name: str
    label: str
    words: str


OVERRIDE = AskedCell(
    names.OVERRIDE,
    "誤りを残して\n提出する理由",
    "直せない誤りを残して提出するときだけ入れてください。「確認記録」に残り、取りまとめ担当に伝わります。",
)
REOPEN = AskedCell(
    names.REOPEN,
    "確定を\n取り消す理由",
    "確定した期を開き直すときだけ、入れてください。期のフォルダーの「確定記録.csv」に残ります。",
)
CARRY_FROM = AskedCell(
    names.CARRY_FROM,
    "写す\nブックの場所",
    "「ブックを写す」で読むブックの場所です。エクスプローラーでブックを右クリックし、「パスのコピー」で写せます。",
)
ADOPT_FROM = AskedCell(
    names.ADOPT_FROM,
    "取り入れる\n様式の場所",
    "「様式を取り入れる」で読む、お使いの様式や報告書の場所です。そのブックは変えません。",
)


@frozen
class Control:
    """The content of a sheet 操作: facts and links are pairs of a header and its text.

    `without_buttons` is what to do if buttons do not work, `asked` the cells for what buttons ask for.
    `python` is the office's Python, '' if the plan has none, `python_words` says who sets it. Without buttons
    the book has no macros either.
    """

    title: str
    facts: Iterable[tuple[str, str]]
    buttons: Iterable[Button]
    steps: Iterable[str]
    without_buttons: str
    links: Iterable[tuple[str, str]]
    asked: tuple[AskedCell, ...] = ()
    python: str = ""
    python_words: str = _PYTHON


def add_control_sheet(book: Workbook, styles: Styles, control: Control) -> Worksheet:
    """Add the sheet, from the title down to the settings; it is the one that opens."""
    writer = _ControlSheetWriter(book, styles)
    writer.write_all(control)
    return writer.sheet


def write_fact_formula(sheet: Worksheet, styles: Styles, index: int, formula: str, text: str) -> None:
    """Write a formula, and the text that it gives now, in place of the words of a fact (from 0)."""
    sheet.write_formula(_FIRST_FACT_ROW + index, _WORDS, formula, styles("grid"), text)


def labelled_period_texts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Header and text of the period and of its as-of date."""
    return (
        (names.PERIOD_HEADER, PeriodKey.of(plan).spaced_label),
        ("基準日", date_text(plan.period.as_of)),
    )


class _ControlSheetWriter:
    """The sheet while it is written, part below part."""

    def __init__(self, book: Workbook, styles: Styles) -> None:
        self.book, self.styles = book, styles
        self.sheet: Worksheet = book.add_worksheet(names.CONTROL)
        self.row = 1

    def write_all(self, control: Control) -> None:
        """Write all parts, from the title down to the settings."""
        self.sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width, self.styles("plain"))
        self.sheet.set_row(self.row, 28)
        self.sheet.write(self.row, _KEY, control.title, self.styles("title"))
        self.row = _FIRST_FACT_ROW
        self._write_pairs(control.facts, "header")
        if control.buttons:
            self._write_buttons(control.buttons)
        for cell in control.asked:
            self._write_asked_cell(cell)
        footnote = _NO_MACROS.format(control.without_buttons)
        self._write_steps([*control.steps, footnote] if control.buttons else control.steps)
        self._write_sheet_links(control.links)
        if control.buttons:
            self._write_python_setting(control.python, control.python_words)
        else:
            self._write_heading(names.SETTINGS)
            self._write_pairs([(names.NO_MACROS, _WITHOUT_MACROS)], "header")
        set_up_page(self.sheet)
        # Printed, it is one page.
        self.sheet.fit_to_pages(1, 1)
        self.sheet.activate()

    def _write_pairs(self, pairs: Iterable[tuple[str, str]], style: str) -> None:
        for key, words in pairs:
            self.sheet.write_string(self.row, _KEY, key, self.styles(style))
            self._write_words(words)

    def _write_words(self, words: str) -> None:
        """Write what the current row says, and go on to the next row; a long text makes it higher."""
        self.sheet.write_string(self.row, _WORDS, words, self.styles("grid"))
        height = row_height(words, _WIDTHS[_WORDS])
        if height > row_height("", _WIDTHS[_WORDS]):
            self.sheet.set_row(self.row, height)
        self.row += 1

    def _write_heading(self, words: str) -> None:
        self.row += 1
        for column, text in ((_KEY, words), (_WORDS, "")):
            self.sheet.write_string(self.row, column, text, self.styles("part"))
        self.row += 1

    def _write_buttons(self, buttons: Iterable[Button]) -> None:
        self._write_heading(names.BUTTONS)
        for button in buttons:
            self.sheet.set_row(self.row, _BUTTON_ROW)
            self.sheet.write_blank(self.row, _KEY, None, self.styles("button"))
            self.sheet.insert_button(self.row, _KEY, _button_options(button))
            self.sheet.write_string(self.row, _WORDS, button.words, self.styles("explanation"))
            self.row += 1
        # It grows with a long answer; no row below it is beside a button.
        self.sheet.set_fitted_row(self.row, _STATUS_ROW)
        self.sheet.write_string(self.row, _KEY, "結果", self.styles("header"))
        self._write_named_cell(names.STATUS, names.NO_RESULT, "status")

    def _write_asked_cell(self, asked: AskedCell) -> None:
        self.sheet.set_row(self.row, _STATUS_ROW)
        self.sheet.write_string(self.row, _KEY, asked.label, self.styles("header"))
        self._write_named_cell(asked.name, "", "text")
        self._write_help(asked.words)
        self.row += 1

    def _write_help(self, words: str) -> None:
        """Write what a cell is for, in a row that is high enough for it."""
        self.sheet.set_row(self.row, row_height(words, _WIDTHS[_WORDS]))
        self.sheet.write_string(self.row, _WORDS, words, self.styles("reason"))

    def _write_named_cell(self, name: str, words: str, style: str) -> None:
        """Write the second cell of the current row, and give it a name."""
        self.sheet.write_string(self.row, _WORDS, words, self.styles(style))
        self.book.define_name(name, f"={names.CONTROL}!$C${self.row + 1}")
        self.row += 1

    def _write_steps(self, steps: Iterable[str]) -> None:
        self._write_heading(names.STEPS)
        for step in steps:
            self.sheet.set_row(self.row, _STEP_ROW)
            self.sheet.write_string(self.row, _KEY, step, self.styles("plain"))
            self.row += 1

    def _write_sheet_links(self, links: Iterable[tuple[str, str]]) -> None:
        self._write_heading(names.SHEETS)
        for name, words in links:
            self.sheet.write_url(self.row, _KEY, f"internal:'{name}'!A1", self.styles("link"), name)
            self._write_words(words)

    def _write_python_setting(self, python: str, words: str) -> None:
        self._write_heading(names.SETTINGS)
        self.sheet.write_string(self.row, _KEY, PYTHON_PLACE, self.styles("header"))
        self._write_named_cell(names.PYTHON, python, "text")
        self._write_help(words)


def _button_options(button: Button) -> dict[str, object]:
    size = {"width": _BUTTON_WIDTH, "height": _BUTTON_HEIGHT}
    return {**button.xlsxwriter_options, **size, "x_offset": 6, "y_offset": 4}
