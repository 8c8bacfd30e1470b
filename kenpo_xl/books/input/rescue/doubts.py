"""Why the values of a rescued book are uncertain, by their cells."""

from __future__ import annotations

from kenpo_xl.books.input.read.alike_headers import GuessedHeader
from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW, cell_position
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Area


class Doubts:
    """Collects reasons; `whole` is one that all values have, '' for none.

    `labels` are the normalized texts that were taken for other headers and titles.
    """

    def __init__(self) -> None:
        self.whole = ""
        self.labels: set[str] = set()
        self._reasons: dict[Area, str] = {}

    def add_area(self, area: Area, reason: str) -> None:
        """The values in a rectangle are uncertain; of two reasons the first counts."""
        self._reasons.setdefault(area, reason)

    def add_sheet(self, sheet: str, reason: str) -> None:
        """All values of a sheet are uncertain."""
        self.add_area(Area(sheet, 1, 1, LAST_ROW, LAST_COLUMN), reason)

    def add_guess(self, guess: GuessedHeader) -> None:
        """The values below or beside a header that was taken for another one are uncertain."""
        reason = f"見出し「{guess.written}」を、計画の{guess.kind}「{guess.axis}」とみました"
        self.labels |= {*guess.written.split(), guess.written}
        is_row = guess.kind == "行"
        area = (
            Area(guess.sheet, guess.number, 1, guess.number, LAST_COLUMN)
            if is_row
            else Area(guess.sheet, guess.top, guess.number, guess.bottom, guess.number)
        )
        self.add_area(area, reason)

    def reason_at(self, source: Source | None) -> str:
        """Why the value of a cell is uncertain, '' where it is certain."""
        if source is None or not source.cell:
            return self.whole
        row, column = cell_position(source.cell)
        reasons = (
            reason
            for area, reason in self._reasons.items()
            if area.sheet == source.sheet
            and area.top <= row <= area.bottom
            and area.left <= column <= area.right
        )
        return next(reasons, self.whole)
