"""The notes of cells."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.complete import complete

# com.sun.star.sheet.CellFlags
ANNOTATION = 8


@complete
class Note(base_classes.Note):
    """A note; it is known by its cell."""

    def __init__(self, sheet: Any, annotation: Any) -> None:
        self._sheet = sheet
        self._annotation = annotation

    @property
    def api(self) -> Any:
        return self._annotation

    @property
    def text(self) -> str:
        return self._annotation.String

    @text.setter
    def text(self, value: str) -> None:
        self._annotation.setString(value)

    @property
    def author(self) -> str:
        return self._annotation.Author

    @property
    def location(self) -> Any:
        place = self._annotation.Position
        return self._sheet.range((place.Row + 1, place.Column + 1))

    def delete(self) -> None:
        place = self._annotation.Position
        self._sheet.api.getCellByPosition(place.Column, place.Row).clearContents(ANNOTATION)


def note_at(cells: Any) -> Note | None:
    """The note of a range's first cell; None without one."""
    annotation = cells.api.getCellByPosition(0, 0).Annotation
    # A cell without a note gives an empty one.
    return Note(cells.sheet, annotation) if annotation.String else None
