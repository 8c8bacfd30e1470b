"""The two columns beside lines of last quarter: whether each is confirmed, and (hidden) what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import LAST, RATING, TEXT
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.cell_places import sheet_columns_and_widths
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.submission.submission import LineEntry

CONFIRM = RATING + 1
"""The column of このまま, within the screen."""
_HINT = {
    "validate": "list",
    "source": [names.CONFIRMED],
    "error_type": "warning",
    "error_title": names.CONFIRM_HEADER,
    "error_message": "「このまま」を選ぶか、空にしてください。",
    "input_title": names.CONFIRM_HEADER,
    "input_message": "灰色の文は前の期の文です。直すか、このままでよいときは「このまま」を選んでください。",
}


class CarriedLineColumns:
    """The two columns on an item's sheet, the hidden one right of every table."""

    def __init__(self, sheet: Worksheet, styles: Styles, item: Item) -> None:
        self.sheet, self.styles = sheet, styles
        self.hidden_column = max([LAST, *map(_last_sheet_column_of_table, item.tables)]) + 1
        self.first_row = self.last_row = 0

    def write_headers(self, row: int) -> None:
        """Write the headers, and hide the second column."""
        self.sheet.set_column(self.hidden_column, self.hidden_column, None, None, {"hidden": True})
        self.sheet.write_string(row, CONFIRM, names.CONFIRM_HEADER, self.styles("header"))
        self.sheet.write_string(row, self.hidden_column, names.CARRIED_HEADER)
        self.first_row = self.last_row = row + 1

    def write_line(self, row: int, line: LineEntry) -> None:
        """Write both cells of a line; empty ones for a line that is not last quarter's."""
        if line.carried:
            words = names.CONFIRMED if line.confirmed else ""
            self.sheet.write_string(row, CONFIRM, words, self.styles("kind"))
            self.sheet.write_string(row, self.hidden_column, line.carried)
        self.last_row = row

    def add_rules(self) -> None:
        """Let the texts be grey until they are confirmed."""
        first, last = self.first_row, self.last_row
        rule = {
            "type": "formula",
            "criteria": f"=AND({self._is_unconfirmed(f'{first + 1}')})",
            "format": self.styles("last quarter's"),
        }
        self.sheet.conditional_format(first, TEXT, last, TEXT, rule)

    def add_validations(self, lines: Iterable[tuple[int, int]], validate: Callable[..., None]) -> None:
        """Offer このまま in the rows of lines."""
        validate(lines, CONFIRM, CONFIRM, _HINT)

    def _is_unconfirmed(self, row: str) -> str:
        text, carried, confirmed = map(xl_col_to_name, (TEXT, self.hidden_column, CONFIRM))
        return (
            f'${carried}{row}<>"",EXACT(${text}{row},${carried}{row}),${confirmed}{row}<>"{names.CONFIRMED}"'
        )

    def count_formula(self) -> str:
        """A formula, without =, for the number of lines to confirm."""
        text, carried, confirmed = (
            f"'{self.sheet.get_name()}'!${name}${self.first_row + 1}:${name}${self.last_row + 1}"
            for name in map(xl_col_to_name, (TEXT, self.hidden_column, CONFIRM))
        )
        return f'SUMPRODUCT(({carried}<>"")*EXACT({text},{carried})*({confirmed}<>"{names.CONFIRMED}"))'


def _last_sheet_column_of_table(table: Table) -> int:
    column, width = sheet_columns_and_widths(table)[-1]
    return column + width - 1
