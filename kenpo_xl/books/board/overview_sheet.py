"""The first sheet of the board: every group with its state, in one look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.links import Links
from kenpo_xl.books.common.list_sheet import page
from kenpo_xl.books.common.styles import STATE_STYLES, Styles
from kenpo_xl.books.common.text_metrics import clean
from kenpo_xl.domain.outputs.status_board import Board, GroupState, IgnoredFile, State
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import date_text, day_text, fiscal_year_text

NAME = "提出状況"
_NOTE = (
    "夜間の取りまとめで作り直します。"
    "書き込んで保存すると、次からはそのブックを残し、隣に「提出状況(2).xlsx」を作ります。"
)
_GROUP, _STATE, _DUE, _BOOK, _COPY, _NOTICE = (
    "グループ",
    "状態",
    "提出期限",
    "提出されたブック",
    "返却（印を付けた写し）",
    "お知らせ",
)
_WIDTHS = {
    _GROUP: 24,
    _STATE: 18,
    "誤り": 7,
    "注意": 7,
    "参考": 7,
    "確認済": 9,
    _DUE: 23,
    _BOOK: 31,
    _COPY: 31,
    _NOTICE: 44,
}
_MARGIN, _LEFT = 2, 1
_RIGHT = _LEFT + len(_WIDTHS) - 1
# The columns, counted from the left one, over which the boxes with the number of groups in each state stand.
_BOXES = ((0, 0), (1, 2), (3, 5), (6, 6), (7, 7))
_LEAST_HEIGHT = 27
_MEANINGS = {
    State.RECEIVED: "誤りはありません。注意や参考が残っていることはあります。",
    State.TO_CORRECT: "誤りが残っています。グループが直して、もう一度提出します。",
    State.OUTDATED: "計画が変わる前のブックです。新しい入力ブックを渡してください。",
    State.UNREADABLE: "開けないか、入力ブックではありません。保存し直して、もう一度提出します。",
    State.MISSING: "この期のブックが「提出」フォルダーにありません。",
}


def write_front(book: Workbook, look: Styles, board: Board, ways: BoardLinks) -> None:
    """Add the sheet and show it first."""
    front = _Front(book.add_worksheet(NAME), look, board, ways)
    front.top()
    front.tally()
    front.groups()
    front.files()
    front.legend()


class _Front:
    """The sheet, written from the top; `row` is the next free row, counted from 0."""

    def __init__(self, sheet: Worksheet, look: Styles, board: Board, ways: BoardLinks) -> None:
        self.sheet, self.look, self.board, self.ways = sheet, look, board, ways
        self.links = Links(sheet)
        self.row = 0
        sheet.set_column(0, 0, _MARGIN, look("plain"))
        for column, width in enumerate(_WIDTHS.values(), start=_LEFT):
            sheet.set_column(column, column, width, look("plain"))
        page(sheet)
        sheet.hide_gridlines(2)
        sheet.activate()

    def top(self) -> None:
        """Write what the board is about, and where the report lies."""
        self.sheet.set_row(0, 26)
        self._text(_LEFT, _title(self.board.plan), "title")
        self.row += 1
        self._text(_LEFT, "　　".join(_facts(self.board)), "plain")
        self.row += 1
        if self.ways.report:
            self._text(_LEFT, f"報告書　{self.ways.report}", "way", link=self.ways.to_report())
            self.row += 1
        self.row += 1

    def tally(self) -> None:
        """Write how many groups are in which state."""
        self.sheet.set_row(self.row, 20)
        self.sheet.set_row(self.row + 1, 32)
        for (first, last), state in zip(_BOXES, _MEANINGS, strict=True):
            count = self.board.count(state)
            self._box(self.row, first, last, f"{state.glyph} {state}", STATE_STYLES[state])
            self._box(self.row + 1, first, last, count, "tally" if count else "no tally")
        self.row += 3

    def groups(self) -> None:
        """Write a row for each group."""
        self.sheet.set_row(self.row, 24)
        self.sheet.write_row(self.row, _LEFT, _WIDTHS, self.look("header"))
        self.sheet.repeat_rows(self.row)
        self.row += 1
        for group in self.board.groups:
            self._group(group)
        self.row += 1

    def files(self) -> None:
        """Write the files that were not used, or left as they are; nothing where there are none."""
        files = [*self.board.duplicates, *self.board.ignored_files]
        if files:
            self._part("お知らせのあるファイル")
            for file in files:
                self._wide(file.name, _why(file), "grid")
            self.row += 1

    def legend(self) -> None:
        """Write what the states mean, and how the board is made."""
        self._part("状態の見方")
        for state, meaning in _MEANINGS.items():
            self._wide(f"{state.glyph} {state}", meaning, STATE_STYLES[state])
        self._text(_LEFT, _NOTE, "path")

    def _group(self, group: GroupState) -> None:
        notice = "\n".join(notices(group))
        books = ((group.book, self.ways.to_submission(group)), (group.returned, self.ways.to_copy(group)))
        heights = (row_height(notice, _WIDTHS[_NOTICE]), row_height(group.group, _WIDTHS[_GROUP]))
        self.sheet.set_row(self.row, max(_LEAST_HEIGHT, *heights))
        column = self._text(_LEFT, group.group, "grid")
        column = self._text(column, f"{group.state.glyph} {group.words}", STATE_STYLES[group.state])
        column = self._counts(column, group)
        due = day_text(group.due) if group.due else ""
        column = self._text(column, due, "bad" if group.late else "count")
        for name, link in books:
            column = self._text(column, name, "file" if link else "grid", link=link)
        self._text(column, notice, "grid")
        self.row += 1

    def _counts(self, first: int, group: GroupState) -> int:
        """Write how much was found, a sign where nobody could look; the next column."""
        counts = (group.errors, group.warnings, group.infos, group.accepted)
        for column, count in enumerate(counts, start=first):
            if group.was_checked:
                self.sheet.write_number(self.row, column, count, self.look("count" if count else "no count"))
            else:
                self.sheet.write_string(self.row, column, "－", self.look("no count"))
        return first + len(counts)

    def _part(self, title: str) -> None:
        self.sheet.set_row(self.row, 20)
        for column in range(_LEFT, _RIGHT + 1):
            self.sheet.write_blank(self.row, column, None, self.look("part"))
        self._text(_LEFT, title, "part")
        self.row += 1

    def _wide(self, header: str, text: str, style: str) -> None:
        """Write a row of two: a header in a style, and a text as wide as the other columns together."""
        width = sum(_WIDTHS.values()) - _WIDTHS[_GROUP]
        self.sheet.set_row(self.row, max(row_height(header, _WIDTHS[_GROUP]), row_height(text, width)))
        self._text(_LEFT, header, style)
        self._box(self.row, 1, _RIGHT - _LEFT, text, "grid")
        self.row += 1

    def _box(self, row: int, first: int, last: int, value: str | int, style: str) -> None:
        """Write a value over some columns, counted from the left one."""
        if first < last:
            self.sheet.merge_range(row, _LEFT + first, row, _LEFT + last, "", self.look(style))
        if isinstance(value, int):
            self.sheet.write_number(row, _LEFT + first, value, self.look(style))
        else:
            self.sheet.write_string(row, _LEFT + first, clean(value), self.look(style))

    def _text(self, column: int, text: str, style: str, *, link: str = "") -> int:
        """Write a text into the row, linked where there is a link; the next column."""
        if link:
            self.links.put(self.row, column, link, self.look(style))
        self.sheet.write_string(self.row, column, clean(text), self.look(style))
        return column + 1


def _title(plan: Plan) -> str:
    quarter = f"{fiscal_year_text(plan.fiscal_year)} 第{plan.period.quarter}四半期"
    return f"{NAME}　{plan.branch}　{quarter}"


def _facts(board: Board) -> Iterator[str]:
    """The due date, the council and the as-of date, as far as the plan says them."""
    period = board.plan.period
    if period.due:
        yield f"提出期限 {_due(period.due, next((one.due for one in board.groups if one.due), period.due))}"
    if period.meeting:
        yield f"{period.meeting} {day_text(period.held_on) if period.held_on else ''}".strip()
    yield f"基準日 {date_text(period.as_of)}"


def _due(planned: date, counts: date) -> str:
    """The day that counts, and why where it is not the one of the plan."""
    if planned == counts:
        return day_text(counts)
    return f"{day_text(counts)}（計画の{day_text(planned)}は閉庁日のため、次の開庁日まで）"


def notices(group: GroupState) -> Iterator[str]:
    """What the planner should know of a group, in sentences."""
    if group.late:
        yield "提出期限を過ぎています。"
    if group.failure:
        yield group.failure
    if group.override:
        yield f"提出理由：{group.override}"


def _why(file: IgnoredFile) -> str:
    return f"（{file.group}）{file.reason}" if file.group else file.reason
