"""What is drawn on a sheet; the boxes of notes are shapes too, as in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.layout import POINTS
from tests.libreoffice_engine.uno_bridge import struct


@complete
class Shape(base_classes.Shape):
    """A shape; sizes and places are in points."""

    def __init__(self, sheet: Any, shape: Any) -> None:
        self._sheet = sheet
        self._shape = shape

    @property
    def api(self) -> Any:
        return self._shape

    @property
    def parent(self) -> Any:
        return self._sheet

    @property
    def name(self) -> str:
        return self._shape.Name

    @property
    def left(self) -> float:
        return self._shape.Position.X * POINTS

    @property
    def top(self) -> float:
        return self._shape.Position.Y * POINTS

    @property
    def width(self) -> float:
        return self._shape.Size.Width * POINTS

    @width.setter
    def width(self, value: float) -> None:
        self._resize(value, self.height)

    @property
    def height(self) -> float:
        return self._shape.Size.Height * POINTS

    @height.setter
    def height(self, value: float) -> None:
        self._resize(self.width, value)

    def _resize(self, width: float, height: float) -> None:
        self._shape.setSize(struct("awt.Size", Width=round(width / POINTS), Height=round(height / POINTS)))


@complete
class Shapes(base_classes.Collection):
    """The shapes of a sheet, the newest last."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.api.DrawPage

    @property
    def parent(self) -> Any:
        return self._sheet

    def __len__(self) -> int:
        return self.api.Count

    def __iter__(self) -> Iterator[Shape]:
        return (self(number) for number in range(1, len(self) + 1))

    def __call__(self, key: int | str) -> Shape:
        """By number, counted from 1, or by name."""
        if isinstance(key, int):
            return Shape(self._sheet, self.api.getByIndex(key - 1))
        for shape in self:
            if shape.name == key:
                return shape
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(shape.name == key for shape in self)
