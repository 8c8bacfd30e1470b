"""The sheet 確認 of an adopted plan book: questions with answers, what was not read, what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from xlsxwriter import Workbook

from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.links import link_to_file_or_cell
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, AdoptedTable, TablePlace
from kenpo_xl.pipeline.adopt.questions import MOST, FormCell, Question

SHEET = "確認"
NUMBER, TEXT, FORM_CELL, PLAN_CELL, COUNT, ANSWER, KEY = HEADERS = (
    *("番号", "たずねること", "様式のセル", "計画ブックのセル", "関わる欄", "答え"),
    "鍵",
)
STORED = "控え"
FORM, PERIOD, DIGEST, KEPT_ANSWER = "様式", "期", "シート", "答え"
"""What the hidden columns behind the list store."""
STORED_COLUMN = 8
_WIDTHS = (6, 62, 20, 20, 9, 18, 4, 3, 6, 20, 20)
_HIDDEN_FROM = 6
_FIRST_HEADER = 4
_ANSWER_COLUMN = 5
_REST = "このほかに推測したこと（違うものだけ、直してください）"
_UNREAD, _READ = "読めなかったところ", "読み取った表"
_ALL_READ = "ありません。すべてのセルを読み取りました。"
_STEPS = (
    "色の付いた「答え」には、推測が入っています。違うものだけ、一覧から選び直してください。"
    "青い字を押すと、そのセルが開きます。",
    "保存して閉じ、もう一度「様式を取り入れる」を押すと、答えが計画に入ります。"
    "「基本」「期」「施策」「評価基準」に書いたことは残ります。",
)


@frozen
class CheckSheet:
    """What the sheet says: a form as understood, its file as a link, and what is stored for the next run."""

    form: AdoptedForm
    file_name: str
    link: str
    layout_of_sheet: Mapping[str, str]
    cells: Mapping[TablePlace, tuple[str, int, int]]
    summary: str
    stored: Sequence[tuple[str, str, str]] = field(default_factory=tuple)


def add_check_sheet(book: Workbook, content: CheckSheet) -> Any:
    """The new sheet 確認 of a workbook, its first one."""
    return _CheckSheetWriter(book, content).write()


@mutable
class _CheckSheetWriter:
    """The sheet while it is written, row by row."""

    book: Workbook
    content: CheckSheet
    row: int = 0

    def write(self) -> Any:
        self.styles = Styles(self.book)
        self.sheet = self.book.add_worksheet(SHEET)
        self.sheet.hide_gridlines(2)
        self.sheet.set_tab_color("#E08E0B")
        for column, width in enumerate(_WIDTHS):
            options = {"hidden": column >= _HIDDEN_FROM}
            self.sheet.set_column(column, column, width, self.styles("wrapped"), options)
        self._write_head()
        self._write_questions()
        self._write_unread_content()
        self._write_tables()
        self._write_stored_answers()
        set_up_page(self.sheet)
        return self.sheet

    def _write_head(self) -> None:
        self.sheet.set_row(0, 26)
        self.sheet.write_string(0, 0, f"{self.content.file_name} を読み取った結果", self.styles("title"))
        self.sheet.write_string(1, 0, self.content.summary, self.styles("plain"))
        for at, step in enumerate(_STEPS, start=2):
            self.sheet.write_string(at, 0, step, self.styles("path"))
        self.row = _FIRST_HEADER

    def _write_questions(self) -> None:
        self._write_headers(HEADERS)
        asked = list(self.content.form.questions)
        for number, question in enumerate(asked[:MOST], start=1):
            self._write_question(str(number), question)
        if not asked:
            self._write_words("たずねることはありません。")
        if asked[MOST:]:
            self._write_part_title(_REST)
            for question in asked[MOST:]:
                self._write_question("", question)
        self.row += 1

    def _write_headers(self, headers: Sequence[str]) -> None:
        for column, header in enumerate(headers):
            self.sheet.write_string(self.row, column, header, self.styles("header"))
        self.row += 1

    def _write_part_title(self, title: str) -> None:
        for column in range(_HIDDEN_FROM):
            self.sheet.write_string(self.row, column, "" if column else title, self.styles("part"))
        self.sheet.set_row(self.row, 22)
        self.row += 1

    def _write_words(self, words: str) -> None:
        self.sheet.write_string(self.row, 1, words, self.styles("plain"))
        self.row += 1

    def _write_question(self, number: str, question: Question) -> None:
        others = f"（ほか {question.places - 1} か所）" if question.places > 1 else ""
        text = f"{question.text}{others}"
        self.sheet.set_row(self.row, row_height(text, _WIDTHS[1]))
        self.sheet.write_string(self.row, 0, number, self.styles("count"))
        self.sheet.write_string(self.row, 1, text, self.styles("grid"))
        self._write_link_to_form_cell(2, question.place)
        self._write_link_to_plan_cell(3, question.place)
        self.sheet.write_number(self.row, 4, question.weight, self.styles("number"))
        self.sheet.write_string(self.row, _ANSWER_COLUMN, question.answer, self.styles("kind"))
        self.sheet.write_string(self.row, _HIDDEN_FROM, question.key, self.styles("plain"))
        choices = {
            "validate": "list",
            "source": list(question.choices),
            "input_title": "答え",
            "input_message": f"推測は「{question.guess}」です。違うときは選び直してください。",
            "error_title": "答え",
            "error_message": "一覧から選んでください。",
        }
        self.sheet.data_validation(self.row, _ANSWER_COLUMN, self.row, _ANSWER_COLUMN, choices)
        self.row += 1

    def _write_link_to_form_cell(self, column: int, place: FormCell) -> None:
        link = link_to_file_or_cell(self.content.link, place.sheet, a1(place.row, place.column))
        words = f"{place.sheet}!{a1(place.row, place.column)}"
        self.sheet.write_url(self.row, column, link, self.styles("file"), string=words)

    def _write_link_to_plan_cell(self, column: int, place: FormCell) -> None:
        target = self.content.form.places.get(place)
        cell = self.content.cells.get(target) if target else None
        sheet = cell[0] if cell else self.content.layout_of_sheet.get(place.sheet, "")
        if not sheet:
            self.sheet.write_string(self.row, column, "", self.styles("grid"))
            return
        reference = a1(cell[1] + 1, cell[2] + 1) if cell else "A1"
        quoted = sheet.replace("'", "''")
        link = f"internal:'{quoted}'!{reference}"
        self.sheet.write_url(self.row, column, link, self.styles("file"), string=f"{sheet}!{reference}")

    def _write_unread_content(self) -> None:
        self._write_part_title(_UNREAD)
        if not self.content.form.unread:
            self._write_words(_ALL_READ)
        for one in self.content.form.unread:
            text = f"「{one.shown}」　{one.reason}" if one.shown else one.reason
            self.sheet.set_row(self.row, row_height(text, _WIDTHS[1]))
            self.sheet.write_string(self.row, 0, "", self.styles("count"))
            self.sheet.write_string(self.row, 1, text, self.styles("grid"))
            self._write_link_to_form_cell(2, one.place)
            self._write_link_to_plan_cell(3, one.place)
            self.row += 1
        self.row += 1

    def _write_tables(self) -> None:
        self._write_part_title(_READ)
        for item in self.content.form.items:
            for table in item.tables:
                self.sheet.write_string(self.row, 0, "", self.styles("count"))
                self.sheet.write_string(self.row, 1, _described_table(table), self.styles("grid"))
                first = table.cells[0][0].source
                self._write_link_to_form_cell(2, first)
                self._write_link_to_plan_cell(3, first)
                self.row += 1

    def _write_stored_answers(self) -> None:
        self.sheet.write_string(0, STORED_COLUMN, STORED, self.styles("plain"))
        for at, texts in enumerate(self.content.stored, start=1):
            for column, text in enumerate(texts, start=STORED_COLUMN):
                self.sheet.write_string(at, column, text, self.styles("plain"))


def _described_table(table: AdoptedTable) -> str:
    cells = [cell for row in table.cells for cell in row]
    computed = sum(cell.formula is not None for cell in cells)
    given = sum(cell.given for cell in cells)
    size = f"{len(table.cells)} 行 × {len(table.cells[0])} 列"
    kinds = [size, *(["行の増える一覧"] if table.repeating is not None else [])]
    kinds += [f"計算 {computed} 欄"] if computed else []
    kinds += [f"計画で決まる数 {given} 欄"] if given else []
    return f"{table.name}（{'、'.join(kinds)}）"
