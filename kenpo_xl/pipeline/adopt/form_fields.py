"""Fields of a form: labels, each with a place for words at its right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.pipeline.adopt.adopted import CellUse
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet
from kenpo_xl.pipeline.adopt.words import (
    header_in_one_line,
    is_about_form_itself,
    is_label_of_owner,
    is_name_of_item,
    is_text_a_note,
)


@mutable
class FormFields:
    """What fields say: lines to fill in, the item and the section, titles; what each cell is."""

    uses: dict[CellPosition, CellUse] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: list[CellPosition] = field(default_factory=list)
    item_name: str = ""
    owner: str = ""


def read_fields(sheet: SourceSheet, area: Rectangle, *, has_title: bool) -> FormFields:
    """The fields of a region that is no table; a label alone is a title where the sheet has none."""
    reader = _FieldReader(sheet, has_title)
    for label, value in reader.pairs(area):
        use = reader.use_of_pair(label, value)
        for at in filter(None, (label, value)):
            if sheet.at(*at).shown or at == value:
                reader.found.uses[at] = use
    return reader.found


def as_label(words: str) -> str:
    """Words as the beginning of a line to fill in."""
    return words if words.endswith(("：", ":")) else f"{words}："


class _FieldReader:
    """One region while its fields are read."""

    def __init__(self, sheet: SourceSheet, has_title: bool) -> None:
        self.sheet, self.has_title = sheet, has_title
        self.found = FormFields()

    def use_of_pair(self, label: CellPosition | None, value: CellPosition | None) -> CellUse:
        """What a label and its value are."""
        words, shown = self._words_of_cell(label), self._words_of_cell(value)
        if is_about_form_itself(words):
            if is_label_of_owner(words):
                self.found.owner = self.found.owner or shown
            return CellUse.OFFICE
        if shown and is_name_of_item(words):
            self.found.item_name = self.found.item_name or shown
            return CellUse.TITLE
        if words and value:
            self.found.lines.append(as_label(words))
            return CellUse.LINE
        return self._use_of_label_alone(label, words)

    def _words_of_cell(self, at: CellPosition | None) -> str:
        return header_in_one_line(self.sheet.at(*at).shown) if at else ""

    def _use_of_label_alone(self, label: CellPosition | None, words: str) -> CellUse:
        if label and is_text_a_note(words):
            self.found.notes.append(label)
            return CellUse.NOTE
        if words and not self.has_title and not self.found.titles:
            self.found.titles.append(words)
            return CellUse.TITLE
        return CellUse.LINE

    def pairs(self, area: Rectangle) -> Iterator[tuple[CellPosition | None, CellPosition | None]]:
        """Each label with the cell at its right; a cell alone is a label with words, else a value."""
        top, left, bottom, right = area
        seen: set[CellPosition] = set()
        for row in self.sheet.visible_rows(top, bottom):
            roots = dict.fromkeys(
                self.sheet.root(row, column) for column in self.sheet.visible_columns(left, right)
            )
            fresh = [at for at in roots if at not in seen and at[0] == row]
            seen |= set(fresh)
            yield from self._pairs_of_row(fresh)

    def _pairs_of_row(
        self, roots: list[CellPosition]
    ) -> Iterator[tuple[CellPosition | None, CellPosition | None]]:
        waiting: CellPosition | None = None
        for at in roots:
            if waiting is None and self.sheet.at(*at).content is Content.TEXT:
                waiting = at
            else:
                yield waiting, at
                waiting = None
        if waiting:
            yield waiting, None
