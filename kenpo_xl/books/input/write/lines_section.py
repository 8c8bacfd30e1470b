"""Writes the progress of an item's sheet: the plan text of each block, and below it the block's lines.

A row that staff insert takes its style from the row above. Conditional formats let it look like the lines at
its place, and no row has a fixed height.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import (
    BLOCK,
    KIND,
    LAST,
    MARK,
    RATING,
    REASON,
    TEXT,
    row_height,
    width_of_columns,
)
from kenpo_xl.books.common.styles import REFUSE_BESIDE, REFUSE_PLAN, Styles
from kenpo_xl.books.input.cell_places import FigureCells
from kenpo_xl.books.input.sentence_formulas import line_formula
from kenpo_xl.books.input.write.carried_lines import CarriedLineColumns
from kenpo_xl.books.input.write.page_breaks import PrintedPart
from kenpo_xl.books.input.write.row_heights import RowHeights
from kenpo_xl.books.input.write.uncertain_sheet import UncertainCells
from kenpo_xl.books.input.write.validations import (
    AS_OF_HINT,
    first_and_last_of_runs,
    line_kind_validation,
    rating_validation,
)
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.starting_lines import (
    line_mark,
    lines_in_order,
    lines_of_new_book,
    starting_lines,
)
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, RatingEntry
from kenpo_xl.domain.submission.typed_texts import line_place, rating_place, rating_words

# That of a row with a rating, in points.
_LEAST_HEIGHT = 18.75
# What an empty line is expected to grow by while it is typed into: two more lines of text, in points.
_GROWTH = 29.0


class LinesSection:
    """Writes from `top` on; afterwards `last_row` is that of the text that closes the lines, from 0."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        plan: Plan,
        item: Item,
        entry: ItemEntry,
        heights: RowHeights,
        uncertain_cells: UncertainCells,
        *,
        top: int,
    ) -> None:
        self.sheet, self.styles, self.plan, self.item, self.entry = sheet, styles, plan, item, entry
        self.heights, self.uncertain_cells = heights, uncertain_cells
        has_carried_lines = any(line.carried for line in entry.lines)
        self.carried_lines = CarriedLineColumns(sheet, styles, item) if has_carried_lines else None
        self.as_of_column = RATING + (2 if has_carried_lines else 1)
        self.top = self.last_row = top
        self._plan_rows: list[int] = []
        self._empty_rows: list[int] = []
        self._quoting_rows: dict[int, str] = {}
        self._rated_rows: dict[str, list[int]] = {}

    def write_section(self, plan_text_of: Callable[[Block], str]) -> None:
        """Write headers, plan texts and lines; `plan_text_of` gives the plan text of a block."""
        self._write_headers()
        for block in self.item.blocks:
            self._write_plan_text(block, plan_text_of(block))
            marks = {line.text: line.mark for line in starting_lines(self.plan, block)}
            for place, line in enumerate(self._lines_of(block)):
                mark = line.mark or marks.get(line.text) or line_mark(block, place)
                self._write_line(block, replace(line, mark=mark), place)
        self.sheet.write_string(self.last_row, TEXT, names.MORE_LINES, self.styles("more"))
        self._add_validations()

    def write_quoted_figures(self, figures: Figures, places: FigureCells) -> None:
        """Write the lines that quote figures, as formulas, once the tables have their places.

        A line that no formula can show is written as the plan has it.
        """
        context = self.plan.placeholder_context()
        for row, text in self._quoting_rows.items():
            formula = line_formula(text, self.item.id, figures, places)
            if formula is None:
                shown = text
                self.sheet.write_string(row, TEXT, text, self.styles("text"))
            else:
                shown = fill_placeholders(text, context, partial(figures.text_of_figure_named, self.item.id))
                self.sheet.write_formula(row, TEXT, formula, self.styles("text"), shown)
            self._raise_height(row, shown, TEXT)

    def printed_parts(self) -> Iterator[PrintedPart]:
        """The blocks, the first from the top of the sheet; an empty line grows to three lines of text."""
        ends = [*self._plan_rows[1:], self.last_row]
        for place, (first, end) in enumerate(zip(self._plan_rows, ends, strict=True)):
            growth = _GROWTH * sum(first <= row < end for row in self._empty_rows)
            yield PrintedPart(first if place else 0, growth=growth)

    def add_rules(self) -> None:
        """Give a row that staff inserted, which has no mark, the look of its place.

        The first line below the plan text of a rated block has the rating.
        """
        above, here = self.top + 1, self.top + 2
        is_new = f'${_name(MARK)}{here}="",${_name(KIND)}{here}<>"{names.PLAN_KIND}"'
        is_rated = f'OR(LEFT(${_name(MARK)}{above},1)="{names.RATED_PLAN}",${_name(RATING)}{here}<>"")'
        if self.carried_lines:
            self.carried_lines.add_rules()
        self._add_rule(BLOCK, TEXT, f"=AND({is_new})", "a line")
        for left, right in ((RATING, self.as_of_column), (REASON, REASON)):
            self._add_rule(left, right, f"=AND({is_new},{is_rated})", "a rating")
        self._add_rule(RATING, LAST, f"=AND({is_new})", "no rating")

    def _add_rule(self, left: int, right: int, criteria: str, style: str) -> None:
        rule = {"type": "formula", "criteria": criteria, "format": self.styles(style)}
        self.sheet.conditional_format(self.top + 1, left, self.last_row - 1, right, rule)

    def _write_headers(self) -> None:
        header = self.styles("header")
        self.sheet.write_string(self.top, BLOCK, names.BLOCK_HEADER, header)
        self.sheet.write_string(self.top, KIND, names.KIND_HEADER, header)
        self.sheet.write_string(self.top, TEXT, names.TEXT_HEADER, header)
        self.sheet.write_string(self.top, RATING, names.RATING_HEADER, header)
        self.sheet.write_string(self.top, self.as_of_column, names.AS_OF_HEADER, header)
        for column in range(self.as_of_column + 1, REASON):
            self.sheet.write_blank(self.top, column, None, self.styles("header between"))
        self.sheet.write_string(self.top, REASON, names.REASON_HEADER, header)
        if self.carried_lines:
            self.carried_lines.write_headers(self.top)
        self.last_row += 1

    def _write_plan_text(self, block: Block, text: str) -> None:
        mark = names.RATED_PLAN if block.rated else names.UNRATED_PLAN
        line = (block.name, names.PLAN_KIND, text)
        self._write_cells(f"{mark}{block.name}", line, tones=("plan", "plan"))
        self._plan_rows.append(self.last_row)
        self.last_row += 1

    def _lines_of(self, block: Block) -> Iterable[LineEntry]:
        """The submitted lines of a block, or those that the plan starts it with."""
        lines = [line for line in self.entry.lines if line.block == block.name]
        if not self.entry.lines:
            lines = lines_of_new_book(self.plan, block)
        return lines_in_order(block, lines or [LineEntry(block.name, LineKind.TEXT, "")])

    def _write_line(self, block: Block, line: LineEntry, place: int) -> None:
        row = self.last_row
        rating = self._rating_of(block) if place == 0 else None
        is_rated = rating or (block.rated and place == 0)
        self._record_row_for_formats(row, line)
        self._write_cells(
            line.mark,
            (block.name, line.text_field or line.kind, line.text),
            rating,
            tones=("", "" if is_rated else "no rating"),
        )
        if line.text:
            self.uncertain_cells.add_cell(row, TEXT, line_place(self.item.id, line), line.text)
        if rating:
            identity = rating_place(self.item.id, rating)
            self.uncertain_cells.add_cell(row, RATING, identity, rating_words(rating))
        if self.carried_lines:
            self.carried_lines.write_line(row, line)
        self.last_row += 1

    def _record_row_for_formats(self, row: int, line: LineEntry) -> None:
        """Record the row of a line that is rated, quotes figures or is empty: it gets a format for that."""
        if self.plan.scale_of_text_field(line.text_field):
            self._rated_rows.setdefault(line.text_field, []).append(row)
        if line.kind is LineKind.TEXT and PLACEHOLDER.search(line.text) and not line.carried:
            self._quoting_rows[row] = line.text
        if not line.text:
            self._empty_rows.append(row)

    def _rating_of(self, block: Block) -> RatingEntry | None:
        return next((rating for rating in self.entry.ratings if rating.block == block.name), None)

    def _write_cells(
        self,
        mark: str,
        line: tuple[str, str, str],
        rating: RatingEntry | None = None,
        *,
        tones: tuple[str, str],
    ) -> None:
        """Write all cells of a row; `tones` are those of the line and of the cells of its rating."""
        row, (block, kind, text), (own, other) = self.last_row, line, tones
        glyph, as_of, reason = (rating.glyph, rating.as_of, rating.reason) if rating else ("", "", "")
        self._raise_height(row, reason, REASON)
        self.sheet.write_string(row, MARK, mark, self.styles("row height"))
        self.sheet.write_string(row, BLOCK, block, self.styles("block", tone=own))
        is_field = kind not in (*LineKind, names.PLAN_KIND)
        kind_style = self.styles("kind", tone="wrapped" if is_field else own)
        self.sheet.write_string(row, KIND, kind, kind_style)
        if row not in self._quoting_rows:
            self.sheet.write(row, TEXT, text, self.styles("text", tone=own))
            self._raise_height(row, text, TEXT)
        self.sheet.write_string(row, RATING, glyph, self.styles("rating", tone=other))
        for column in range(RATING + 1, self.as_of_column):
            self.sheet.write_blank(row, column, None, self.styles("as of", tone=other))
        self.sheet.write_string(row, self.as_of_column, as_of, self.styles("as of", tone=other))
        for column in range(self.as_of_column + 1, REASON):
            self.sheet.write_blank(row, column, None, self.styles("between", tone=own))
        self.sheet.write_string(row, REASON, reason, self.styles("text", tone=other))

    def _raise_height(self, row: int, text: str, column: int) -> None:
        needed = row_height(text, width_of_columns(column, column))
        self.heights.raise_height(row, max(_LEAST_HEIGHT, needed))

    def _add_validations(self) -> None:
        """Refuse what is typed into plan texts; offer kinds and ratings in all other rows."""
        first = self._plan_rows[0]
        # An inserted row, which may take over this rule from the plan text above it, has no mark.
        is_line = f'=${_name(MARK)}{first + 1}=""'
        plan_rows = [(row, row) for row in self._plan_rows]
        self._validate(plan_rows, BLOCK, LAST, REFUSE_PLAN | {"value": is_line})
        # The row of the text that closes the lines belongs to the last ones, as rows are inserted there.
        rows = sorted({*range(first, self.last_row + 1)} - {*self._plan_rows})
        lines = list(first_and_last_of_runs(rows))
        self._validate(lines, KIND, KIND, line_kind_validation(self.plan))
        self._validate(lines, RATING, RATING, rating_validation("評価", self.plan.scale))
        self._validate(lines, self.as_of_column, self.as_of_column, AS_OF_HINT)
        self._validate(lines, self.as_of_column + 1, REASON - 1, REFUSE_BESIDE)
        for field in self.plan.text_fields:
            own = list(first_and_last_of_runs(self._rated_rows.get(field.name, [])))
            if field.scale and own:
                self._validate(own, TEXT, TEXT, rating_validation(field.name, field.scale))
        if self.carried_lines:
            self.carried_lines.add_validations(lines, self._validate)

    def _validate(
        self, runs: Iterable[tuple[int, int]], left: int, right: int, validation: Mapping[str, object]
    ) -> None:
        """Add one validation for some runs of rows."""
        (top, bottom), *others = runs
        more = {"other_cells": [[first, left, last, right] for first, last in others]} if others else {}
        self.sheet.data_validation(top, left, bottom, right, {**validation, **more})


_name = xl_col_to_name
