"""The first sheet of the board: every group with its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.links import Links
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import STATE_STYLES, Styles
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.domain.outputs.status_board import Board, GroupState, IgnoredFile, State
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import date_text, date_text_with_weekday

NAME = "提出状況"
_NOTE = (
    "夜間の取りまとめで作り直します。"
    "書き込んで保存すると、次からはそのブックを残し、隣に「提出状況(2).xlsx」を作ります。"
)
_GROUP, _STATE, _DUE, _TIME, _PERSON, _BOOK, _COPY, _NOTICE = (
    "グループ",
    "状態",
    "提出期限",
    "提出日時",
    "提出した人",
    "提出されたブック",
    "返却（印を付けた写し）",
    "お知らせ",
)
_WIDTHS = {
    _GROUP: 19,
    _STATE: 16,
    "誤り": 6,
    "注意": 6,
    "参考": 6,
    "確認済": 7,
    _DUE: 14,
    _TIME: 14,
    _PERSON: 10,
    _BOOK: 24,
    _COPY: 24,
    _NOTICE: 20,
}
_MARGIN, _LEFT = 1, 1
_RIGHT = _LEFT + len(_WIDTHS) - 1
# The columns, counted from the left one, of the boxes with the number of groups in each state.
_BOXES = ((0, 0), (1, 2), (3, 5), (6, 6), (7, 7), (8, 8), (9, 9), (10, 10))
_LEAST_HEIGHT = 27
_MEANINGS = {
    State.RECEIVED: "誤りはないか、理由を添えて提出されました。注意や参考が残っていることはあります。",
    State.ADJUSTED: "残っていた誤りは、取りまとめの調整で決まっています。グループは直さなくてかまいません。",
    State.TO_CORRECT: "誤りが残っています。グループが直して、もう一度提出します。",
    State.RETURNED: "取りまとめ担当の差戻しに、まだ返事がありません。",
    State.REPLIED: "差戻しに返事がありました。取りまとめ担当が確かめて終了にします。",
    State.OUTDATED: "計画が変わる前のブックです。「返却」のブックに新しい様式で写してあります。",
    State.UNREADABLE: "開けないか、入力ブックではありません。読めたものがあれば「返却」に写してあります。",
    State.MISSING: "この期のブックが「提出」フォルダーにありません。",
}


NextColumn = int


def write_overview_sheet(book: Workbook, look: Styles, board: Board, board_links: BoardLinks) -> None:
    """Add the sheet and show it first."""
    front = _OverviewWriter(book.add_worksheet(NAME), look, board, board_links)
    front.write_title()
    front.write_state_counts()
    front.write_group_table()
    front.write_file_notices()
    front.write_legend()


class _OverviewWriter:
    """The sheet, written from the top; `row` is the next free row, counted from 0."""

    def __init__(self, sheet: Worksheet, look: Styles, board: Board, board_links: BoardLinks) -> None:
        self.sheet, self.look, self.board, self.board_links = sheet, look, board, board_links
        self.links = Links(sheet)
        self.row = 0
        sheet.set_column(0, 0, _MARGIN, look("plain"))
        for column, width in enumerate(_WIDTHS.values(), start=_LEFT):
            sheet.set_column(column, column, width, look("plain"))
        set_up_page(sheet)
        sheet.hide_gridlines(2)
        sheet.activate()

    def write_title(self) -> None:
        """Write the title, the facts of the period and the link to the report."""
        self.sheet.set_row(0, 26)
        self._write_text(_LEFT, _board_title(self.board.plan), "title")
        self.row += 1
        self._write_text(_LEFT, "　　".join(_period_facts(self.board)), "plain")
        self.row += 1
        if self.board_links.report:
            self._write_text(
                _LEFT, f"報告書　{self.board_links.report}", "way", link=self.board_links.report_link()
            )
            self.row += 1
        self.row += 1

    def write_state_counts(self) -> None:
        """Write the number of groups in each state."""
        self.sheet.set_row(self.row, 20)
        self.sheet.set_row(self.row + 1, 32)
        for (first, last), state in zip(_BOXES, _MEANINGS, strict=True):
            count = self.board.group_count(state)
            self._write_merged_cell(self.row, first, last, f"{state.glyph} {state}", STATE_STYLES[state])
            self._write_merged_cell(self.row + 1, first, last, count, "tally" if count else "no tally")
        self.row += 3

    def write_group_table(self) -> None:
        """Write a row for each group."""
        self.sheet.set_row(self.row, 33)
        self.sheet.write_row(self.row, _LEFT, _WIDTHS, self.look("header"))
        self.sheet.repeat_rows(self.row)
        self.row += 1
        for group in self.board.groups:
            self._write_group_row(group)
        self.row += 1

    def write_file_notices(self) -> None:
        """Write the files that were not used, each with the reason; nothing where there are none."""
        files = [*self.board.duplicates, *self.board.ignored_files]
        if files:
            self._write_section_heading("お知らせのあるファイル")
            for file in files:
                self._write_labelled_row(file.name, _reason_text(file), "grid")
            self.row += 1

    def write_legend(self) -> None:
        """Write the meaning of each state, and when the board is rewritten."""
        self._write_section_heading("状態の見方")
        for state, meaning in _MEANINGS.items():
            self._write_labelled_row(f"{state.glyph} {state}", meaning, STATE_STYLES[state])
        self._write_text(_LEFT, _NOTE, "path")

    def _write_group_row(self, group: GroupState) -> None:
        notice = "\n".join(group_notices(group))
        books = (
            (group.book, self.board_links.submission_link(group)),
            (group.returned, self.board_links.returned_copy_link(group)),
        )
        due = date_text_with_weekday(group.due) if group.due else ""
        texts = {_NOTICE: notice, _GROUP: group.group, _PERSON: group.person, _DUE: due}
        texts |= {_STATE: f"{group.state.glyph} {group.state_text}", _TIME: group.submitted_text}
        texts |= dict(zip((_BOOK, _COPY), (name for name, _ in books), strict=True))
        heights = (row_height(text, _WIDTHS[header]) for header, text in texts.items())
        self.sheet.set_row(self.row, max(_LEAST_HEIGHT, *heights))
        column = self._write_text(_LEFT, group.group, "grid")
        column = self._write_text(column, texts[_STATE], STATE_STYLES[group.state])
        column = self._write_finding_counts(column, group)
        column = self._write_text(column, due, "bad" if group.late else "said")
        column = self._write_text(column, texts[_TIME], "bad" if group.days_too_late else "said")
        column = self._write_text(column, group.person, "said")
        for name, link in books:
            column = self._write_text(column, name, "file" if link else "grid", link=link)
        self._write_text(column, notice, "grid")
        self.row += 1

    def _write_finding_counts(self, first: int, group: GroupState) -> NextColumn:
        """Write the numbers of findings, a dash for an unchecked group; returns the next column."""
        counts = (group.errors, group.warnings, group.infos, group.accepted)
        for column, count in enumerate(counts, start=first):
            if group.was_checked:
                self.sheet.write_number(self.row, column, count, self.look("count" if count else "no count"))
            else:
                self.sheet.write_string(self.row, column, "－", self.look("no count"))
        return first + len(counts)

    def _write_section_heading(self, title: str) -> None:
        self.sheet.set_row(self.row, 20)
        for column in range(_LEFT, _RIGHT + 1):
            self.sheet.write_blank(self.row, column, None, self.look("part"))
        self._write_text(_LEFT, title, "part")
        self.row += 1

    def _write_labelled_row(self, header: str, text: str, style: str) -> None:
        """Write a row of two cells: a header in a style, and a text across the other columns."""
        width = sum(_WIDTHS.values()) - _WIDTHS[_GROUP]
        self.sheet.set_row(self.row, max(row_height(header, _WIDTHS[_GROUP]), row_height(text, width)))
        self._write_text(_LEFT, header, style)
        self._write_merged_cell(self.row, 1, _RIGHT - _LEFT, text, "grid")
        self.row += 1

    def _write_merged_cell(self, row: int, first: int, last: int, value: str | int, style: str) -> None:
        """Write a value across the columns `first` to `last`, counted from the left one."""
        if first < last:
            self.sheet.merge_range(row, _LEFT + first, row, _LEFT + last, "", self.look(style))
        if isinstance(value, int):
            self.sheet.write_number(row, _LEFT + first, value, self.look(style))
        else:
            self.sheet.write_string(row, _LEFT + first, printable_text(value), self.look(style))

    def _write_text(self, column: int, text: str, style: str, *, link: str = "") -> NextColumn:
        """Write a text into the row, linked where there is a link; returns the next column."""
        if link:
            self.links.write_link(self.row, column, link, self.look(style))
        self.sheet.write_string(self.row, column, printable_text(text), self.look(style))
        return column + 1


def _board_title(plan: Plan) -> str:
    quarter = PeriodKey.of(plan).spaced_label
    return f"{NAME}　{plan.branch}　{quarter}"


def _period_facts(board: Board) -> Iterator[str]:
    """The due date, the council and the as-of date, as far as the plan states them."""
    period = board.plan.period
    if period.due:
        effective = next((group.due for group in board.groups if group.due), period.due)
        yield f"提出期限 {_due_date_text(period.due, effective)}"
    if period.meeting:
        yield f"{period.meeting} {date_text_with_weekday(period.held_on) if period.held_on else ''}".strip()
    yield f"基準日 {date_text(period.as_of)}"


def _due_date_text(planned: date, effective: date) -> str:
    """The effective day, with the reason where it is not the one of the plan."""
    if planned == effective:
        return date_text_with_weekday(effective)
    closed = f"計画の{date_text_with_weekday(planned)}は閉庁日のため"
    return f"{date_text_with_weekday(effective)}（{closed}、次の開庁日まで）"


def group_notices(group: GroupState) -> Iterator[str]:
    """The notices to the planner on a group, a sentence each."""
    returns = 0 if group.state is State.RETURNED else group.returns
    replies = 0 if group.state is State.REPLIED else group.replies
    notices = (
        (group.late, "提出期限を過ぎています。"),
        (group.days_too_late, f"提出期限を {group.days_too_late} 日過ぎて提出されました。"),
        (group.failure, group.failure),
        (group.former_items, group.former_items),
        (group.adjusted, f"取りまとめで調整した指摘が {group.adjusted} 件あります。"),
        (group.override, f"提出理由：{group.override}"),
        (returns, f"差戻しに返事がないものが {returns} 件あります。"),
        (replies, f"差戻しに返事があったものが {replies} 件あります。"),
        (group.unconfirmed, f"前の期の文のままの行が {group.unconfirmed} 行あります。"),
        (group.unproofread, "文章未点検です。辞書のあるパソコンで点検すると消えます。"),
    )
    return (sentence for applies, sentence in notices if applies)


def _reason_text(file: IgnoredFile) -> str:
    return f"（{file.group}）{file.reason}" if file.group else file.reason
