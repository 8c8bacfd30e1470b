"""One table of a form while it is understood: its shape, its cells before formulas, its headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.formulas.tree import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.pipeline.adopt.adopted import TablePlace
from kenpo_xl.pipeline.adopt.body import BodyReader, DraftCell
from kenpo_xl.pipeline.adopt.guesses import ComputedGuesses
from kenpo_xl.pipeline.adopt.level_headers import HeaderGrid, column_headers, row_headers
from kenpo_xl.pipeline.adopt.questions import Asked, FormCell, Interview
from kenpo_xl.pipeline.adopt.shape import TableShape
from kenpo_xl.pipeline.adopt.surroundings import TableTexts
from kenpo_xl.pipeline.adopt.words import unit_in_caption
from kenpo_xl.pipeline.adopt.years import FormTime, with_placeholders, years_of_headers

_SERIES = 3
_LONGEST_NAME = 24
_LEAD = re.compile(
    r"^(?:第?[\d０-９]+[.．、)）]?|[（(][\d０-９一二三四五六七八九十]+[)）]|[①-⑳]|表\s*[\d０-９]+)[\s　]*"
)
_YEARS_IN_NAME = re.compile(r"[（(]?\{[^{}]+\}[^（）()]*[)）]?|[（(]単位[^)）]*[)）]")
_MOVE, _STAY = "毎年動く", "そのまま"


@frozen
class TableDraft:
    """A table of a form with what is around it; `number` counts the tables of the form."""

    number: int
    shape: TableShape
    texts: TableTexts
    interview: Interview
    time: FormTime

    @property
    def sheet_name(self) -> str:
        """The name of its sheet."""
        return self.shape.sheet.name

    @cached_property
    def body_reader(self) -> BodyReader:
        """The reader of its body."""
        return BodyReader(self.shape, self.interview, self.texts.units)

    @cached_property
    def drafts(self) -> dict[CellPosition, DraftCell]:
        """Every body cell."""
        shape = self.shape
        return {
            (row, column): self.body_reader.draft_cell(row, column)
            for row in shape.body_rows
            for column in shape.body_columns
        }

    @cached_property
    def guessed(self) -> dict[CellPosition, Node]:
        """Formulas of cells that hold numbers."""
        return ComputedGuesses(self.shape, self.interview, self.drafts).formulas()

    @cached_property
    def rows(self) -> list[int]:
        """The rows that the plan has: of an open list the first one only."""
        others = self.shape.list_rows[1:]
        return [row for row in self.shape.body_rows if row not in others]

    @property
    def repeating(self) -> int | None:
        """The row of an open list among `rows`."""
        return self.rows.index(self.shape.list_rows[0]) if self.shape.list_rows else None

    def places(self) -> dict[FormCell, TablePlace]:
        """The place of each body cell; all rows of an open list are one."""
        found = {}
        for row in self.shape.body_rows:
            at = self.shape.list_rows[0] if row in self.shape.list_rows else row
            for column, one in enumerate(self.shape.body_columns):
                place = TablePlace(self.number, self.rows.index(at), column)
                found[FormCell(self.sheet_name, row, one)] = place
        return found

    @cached_property
    def columns_grid(self) -> HeaderGrid:
        """The headers above the body."""
        texts = [text for column in self.shape.body_columns for text in self.shape.header_texts(column)]
        return column_headers(self.shape, self._moving_text(texts))

    @cached_property
    def rows_grid(self) -> HeaderGrid:
        """The headers beside the body; none in an open list."""
        if not self.shape.stub_columns:
            return HeaderGrid((), {})
        texts = [text for row in self.rows for text in self.shape.row_texts(row)]
        return row_headers(self.shape, self.rows, self._moving_text(texts))

    def _moving_text(self, texts: list[str]) -> Callable[[str], str]:
        """What gives a header with placeholders, unless the years of a series stay as they are."""
        years = years_of_headers(texts)
        fixed = len(years) >= _SERIES and self._years_stay(years)
        return lambda text: with_placeholders(text, self.time, fixed=fixed)

    def _years_stay(self, years: Sequence[int]) -> bool:
        shape = self.shape
        at = (shape.header_rows[0] if shape.header_rows else shape.body_rows[0], shape.area[1])
        answer = self.interview.ask(
            Asked.YEARS,
            f"{years[0]}-{years[-1]}",
            "年度が並ぶ見出しは、年が変わると 1 年ずつ動きますか。",
            place=(self.sheet_name, at),
            choices=(_MOVE, _STAY),
            guess=_STAY if years[-1] > self.time.fiscal_year else _MOVE,
            weight=len(shape.body_rows) * len(shape.body_columns),
        )
        return answer == _STAY

    def text_with_placeholders(self, text: str) -> str:
        """A caption or note with placeholders."""
        return with_placeholders(text, self.time)

    @property
    def caption(self) -> str:
        """The caption with its unit."""
        caption = self.text_with_placeholders(self.texts.caption)
        if not self.texts.unit_text or self.texts.unit_text in caption:
            return caption
        units = "、".join(unit_in_caption(self.texts.unit_text))
        return f"{caption}（単位：{units}）"

    @property
    def unit(self) -> str:
        """The unit of all numbers, where the caption names one."""
        return self.texts.units[0] if len(self.texts.units) == 1 else ""

    def name(self) -> str:
        """A short name from the caption, without its number and years; '' without one."""
        bare = _LEAD.sub("", self.text_with_placeholders(self.texts.caption).strip("【】■●◆◇□○ 　"))
        bare = _YEARS_IN_NAME.sub("", bare).replace("/", "・")
        return normalized(bare)[:_LONGEST_NAME].strip("【】「」（）()：:")


def texts_for_time(draft: TableShape) -> list[str]:
    """The headers that may name the year of a form."""
    texts = [text for column in draft.body_columns for text in draft.header_texts(column)]
    return texts + [text for row in draft.body_rows for text in draft.row_texts(row)]


def year_choices(year: int) -> tuple[int, ...]:
    """The years that a form may be of, around a guess."""
    return tuple(range(year - 3, year + 3))
