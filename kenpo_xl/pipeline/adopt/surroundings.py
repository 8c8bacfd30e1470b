"""The texts around the tables of a sheet: titles, captions, units, notes, remarks, and fields of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.pipeline.adopt.adopted import CellUse
from kenpo_xl.pipeline.adopt.form_fields import FormFields, as_label, read_fields
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet
from kenpo_xl.pipeline.adopt.words import (
    comparable_words,
    header_in_one_line,
    is_about_form_itself,
    is_heading,
    is_instruction,
    is_label_of_owner,
    is_text_a_note,
    unit_in_caption,
)
from kenpo_xl.pipeline.adopt.years import without_time

_FAR, _FAR_ABOVE = 4, 3
_LONG_LABEL = 24


@mutable
class TableTexts:
    """The texts that belong to one table, each with its cell."""

    caption: str = ""
    units: tuple[str, ...] = ()
    unit_text: str = ""
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@mutable
class Surroundings:
    """The texts of a sheet: titles, what belongs to each table, lines to fill in; what each cell is."""

    titles: list[str] = field(default_factory=list)
    item_name: str = ""
    owner: str = ""
    tables: dict[Rectangle, TableTexts] = field(default_factory=dict)
    lines: dict[Rectangle, list[str]] = field(default_factory=dict)
    uses: dict[CellPosition, CellUse] = field(default_factory=dict)


def read_surroundings(
    sheet: SourceSheet,
    tables: Sequence[Rectangle],
    fields: Sequence[Rectangle],
    loose: Sequence[CellPosition],
) -> Surroundings:
    """What the texts outside of tables are."""
    reader = _TextReader(sheet, tables, fields)
    reader.read_loose_texts(loose)
    for area in fields:
        found = read_fields(sheet, area, has_title=bool(reader.found.titles))
        reader.add_fields(area, found)
    return reader.found


class _TextReader:
    """One sheet while its texts are distinguished."""

    def __init__(self, sheet: SourceSheet, tables: Sequence[Rectangle], fields: Sequence[Rectangle]) -> None:
        self.sheet, self.tables, self.fields = sheet, tables, fields
        self.found = Surroundings(tables={area: TableTexts() for area in tables})
        self.field_captions: dict[Rectangle, str] = {}

    def read_loose_texts(self, loose: Sequence[CellPosition]) -> None:
        """Assign every text outside of regions."""
        captions: dict[Rectangle, list[CellPosition]] = {}
        rest = []
        for at in loose:
            use = self._plain_use(at)
            if use:
                self.found.uses[at] = use
                continue
            area = self._region_below(at)
            if area is None:
                rest.append(at)
            else:
                captions.setdefault(area, []).append(at)
        for area, places in captions.items():
            self._assign_captions(area, places)
        for at in rest:
            self._assign_rest(at)

    def _plain_use(self, at: CellPosition) -> CellUse | None:
        """What a text is by its words: unit, office, note or a remark beside a region; None for others."""
        text = self.sheet.at(*at).shown
        units = unit_in_caption(text)
        if units:
            return self._assign_unit(at, units, text)
        if self._is_office(at):
            return CellUse.OFFICE
        if self._goes_on_from_note(at):
            return self._assign_note(at, text)
        beside = self._region_beside(at)
        is_caption = is_heading(text) and not is_instruction(text) and self._region_below(at) is not None
        if is_text_a_note(text) and not is_caption:
            return self._assign_note(at, text)
        if beside is not None:
            self._texts_of(beside).remarks.append(header_in_one_line(text))
            return CellUse.REMARK
        return None

    def _is_office(self, at: CellPosition) -> bool:
        text, left = self.sheet.at(*at).shown, self._text_left_of(at)
        is_label = (
            is_about_form_itself(text) and len(comparable_words(text)) <= _LONG_LABEL and not is_heading(text)
        )
        is_place = left.strip().endswith(("：", ":")) or at in self.sheet.framed
        is_value = is_about_form_itself(left) and is_place
        if is_value and is_label_of_owner(left):
            self.found.owner = self.found.owner or header_in_one_line(text)
        is_lone_date = self.sheet.at(*at).content is Content.DATE
        return is_label or is_value or is_lone_date

    def _text_left_of(self, at: CellPosition) -> str:
        """The nearest text to the left in the same row, '' for none."""
        row, column = at
        return next(filter(None, (self.sheet.text(row, one) for one in range(column - 1, 0, -1))), "")

    def _goes_on_from_note(self, at: CellPosition) -> bool:
        """Whether a text is right below a note, with no table right below it."""
        row, column = at
        is_below = self.found.uses.get((row - 1, column)) is CellUse.NOTE
        return is_below and self._region_below(at, far=1) is None

    def _texts_of(self, area: Rectangle) -> TableTexts:
        return self.found.tables.setdefault(area, TableTexts())

    def _assign_unit(self, at: CellPosition, units: tuple[str, ...], text: str) -> CellUse:
        area = self._region_below(at, far=_FAR) or self._nearest_table(at)
        if area is not None:
            texts = self._texts_of(area)
            texts.units, texts.unit_text = units, header_in_one_line(text)
        return CellUse.UNIT

    def _assign_note(self, at: CellPosition, text: str) -> CellUse:
        area = self._region_above(at) or self._nearest_table(at)
        if area is not None:
            self._texts_of(area).notes.append(header_in_one_line(text))
        return CellUse.NOTE

    def _assign_captions(self, area: Rectangle, places: list[CellPosition]) -> None:
        """The text nearest above a region is its caption, the others are titles."""
        titles, caption = self._titles_and_caption(area, sorted(places))
        for at in titles:
            self.found.titles.append(header_in_one_line(self.sheet.at(*at).shown))
            self.found.uses[at] = CellUse.TITLE
        if caption is None:
            return
        text = header_in_one_line(self.sheet.at(*caption).shown)
        self.found.uses[caption] = CellUse.CAPTION
        if area in self.fields:
            self.field_captions[area] = text
        else:
            self._texts_of(area).caption = text

    def _titles_and_caption(
        self, area: Rectangle, places: list[CellPosition]
    ) -> tuple[list[CellPosition], CellPosition | None]:
        """Of the texts above a region, from the top, the titles of the sheet and its own caption."""
        *above, caption = places
        if not above and self._is_title_of_sheet(caption):
            return [caption], None
        if above and self.sheet.at(*above[-1]).shown and above[-1][0] == caption[0]:
            # two texts side by side: the first is the caption, what is behind it a title of the sheet
            caption, above = above[-1], [*above[:-1], caption]
        is_time_alone = not without_time(self.sheet.at(*caption).shown)
        if is_time_alone or self._is_title_of_fields(area, caption):
            return [*above, caption], None
        return above, caption

    def _is_title_of_sheet(self, at: CellPosition) -> bool:
        """Whether a text in the first row of a sheet is its title."""
        first_row, _ = min(self.sheet.filled)
        return not self.found.titles and at[0] == first_row and self._is_title(at)

    def _is_title_of_fields(self, area: Rectangle, at: CellPosition) -> bool:
        """Whether a text above fields with labels of their own is a title of the sheet."""
        top, left = area[:2]
        has_labels = area in self.fields and self.sheet.at(top, left).content is Content.TEXT
        return has_labels and self._is_title(at)

    def _is_title(self, at: CellPosition) -> bool:
        text = self.sheet.at(*at).shown
        if not without_time(text):
            return True
        return not is_heading(text) and not comparable_words(text).startswith("表")

    def _assign_rest(self, at: CellPosition) -> None:
        """A text that is far above or below all regions: a title, or a remark."""
        text = header_in_one_line(self.sheet.at(*at).shown)
        above = [area for area in (*self.tables, *self.fields) if area[2] < at[0]]
        if not above:
            self.found.titles.append(text)
            self.found.uses[at] = CellUse.TITLE
            return
        area = self._nearest_table(at)
        if area is not None:
            self._texts_of(area).remarks.append(text)
        self.found.uses[at] = CellUse.REMARK

    # where regions are

    def _region_below(self, at: CellPosition, far: int = _FAR_ABOVE) -> Rectangle | None:
        """The region that begins a few rows below a text, the one above whose columns it is."""
        row, column = at
        below = [one for one in (*self.tables, *self.fields) if row < one[0] <= row + far]
        within = [one for one in below if self._is_over_columns(at, one)]
        found = within or [one for one in below if column < one[1]]
        found = [one for one in found if not self._is_behind_other(at, one)]
        return min(found, key=lambda one: (one[0], abs(one[1] - column)), default=None)

    def _is_over_columns(self, at: CellPosition, area: Rectangle) -> bool:
        """Whether a text, with the cells that are merged with its own, is in the columns of a region."""
        right = self.sheet.area(*at)[3]
        return area[1] <= at[1] <= area[3] or at[1] <= area[1] <= right

    def _is_behind_other(self, at: CellPosition, area: Rectangle) -> bool:
        """Whether another region is between a text and the region below it."""
        row, column = at
        return any(
            other[0] <= row + 1 and other[2] >= row and other[1] <= column <= other[3]
            for other in (*self.tables, *self.fields)
            if other != area
        )

    def _region_beside(self, at: CellPosition) -> Rectangle | None:
        """The table in whose rows a text is, to its right or left."""
        row, column = at
        beside = [one for one in self.tables if one[0] <= row <= one[2]]
        nearer = [one for one in beside if one[3] < column] or beside
        return max(nearer, key=lambda one: one[3], default=None)

    def _region_above(self, at: CellPosition) -> Rectangle | None:
        row, column = at
        above = [one for one in self.tables if one[2] < row]
        within = [one for one in above if one[1] <= column <= one[3]] or above
        return max(within, key=lambda one: (one[2], -abs(one[1] - column)), default=None)

    def _nearest_table(self, at: CellPosition) -> Rectangle | None:
        return min(self.tables, key=lambda one: abs(one[0] - at[0]) + abs(one[1] - at[1]), default=None)

    def add_fields(self, area: Rectangle, fields: FormFields) -> None:
        """Take over what the fields of a region say."""
        found = self.found
        found.uses |= fields.uses
        found.titles += fields.titles
        found.item_name = found.item_name or fields.item_name
        found.owner = found.owner or fields.owner
        for at in fields.notes:
            found.uses[at] = self._assign_note(at, self.sheet.at(*at).shown)
        caption = self.field_captions.get(area, "")
        found.lines[area] = fields.lines or ([as_label(caption)] if caption else [])
