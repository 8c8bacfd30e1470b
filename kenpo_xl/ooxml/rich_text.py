"""What a person reads in a cell: its value as text, without what is struck through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from lxml import etree

from kenpo_xl.domain.language.normalize import without_outer_blanks
from kenpo_xl.domain.time.fiscal_calendar import date_text

_FALSE = ("0", "false", "off")
_DIGITS = "0123456789０１２３４５６７８９+-＋－−"
_RAISED = dict(zip(map(ord, _DIGITS), "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁺⁻⁻", strict=True))
_LOWERED = dict(zip(map(ord, _DIGITS), "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₊₋₋", strict=True))
_POSITIONS: dict[str, dict[int, str]] = {"superscript": _RAISED, "subscript": _LOWERED}

Value = TypeVar("Value")
Run = tuple[str, bool | None]
"""Letters and whether they are struck through; None where that is as the font of the cell says."""


class RichText(str):
    """The text of several runs without the letters that are struck through; `struck` are these.

    Raised and lowered digits are the letters ² and ₂: the 2 of m² is no part of a number.
    """

    __slots__ = ("runs", "struck")

    runs: tuple[Run, ...]
    struck: str

    def __new__(cls, runs: Iterable[Run], *, in_cell: bool = False) -> RichText:
        """`in_cell` says whether the font of the cell is struck through."""
        runs = tuple(runs)
        states = [(text, in_cell if own is None else own) for text, own in runs]
        made = super().__new__(cls, "".join(text for text, is_struck in states if not is_struck))
        made.runs = runs
        made.struck = "".join(text for text, is_struck in states if is_struck).strip()
        return made

    def in_cell(self, *, is_struck: bool) -> RichText:
        """The same text in a cell whose font is struck through, or is not."""
        return RichText(self.runs, in_cell=is_struck)


def without_struck(value: Value, *, in_cell: bool) -> Value | RichText:
    """What is left of a cell's value; `in_cell` says whether the font of the cell is struck through."""
    if isinstance(value, RichText):
        return value.in_cell(is_struck=in_cell)
    if value is None or value == "" or not in_cell:
        return value
    return RichText([(f"{value:.15g}" if isinstance(value, float) else str(value), True)])


def struck_letters(value: object) -> str:
    """The letters of a cell's value that are struck through, '' where none are."""
    return value.struck if isinstance(value, RichText) else ""


def is_withdrawn(value: object) -> bool:
    """Whether all that a cell shows is struck through."""
    return bool(struck_letters(value)) and not without_outer_blanks(str(value))


def as_text(value: float | str | date | None) -> str:
    """The text that a person reads in a cell, without white space and unseen characters around it."""
    if value is None:
        return ""
    if value.__class__ is str:  # most are: the others are asked in turn
        return without_outer_blanks(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(value, ".15g")
    return without_outer_blanks(value) if isinstance(value, str) else f"{value:%Y-%m-%d}"


def entered_text(value: float | str | date | None) -> str:
    """What a person wrote into a text cell; a date that Excel made of it is written out again."""
    return date_text(value) if isinstance(value, date) else as_text(value)


def runs_of(item: etree._Element) -> Iterator[Run]:
    """The runs of a string item; phonetic guides (furigana) are none."""
    for child in item:
        name = _name(child)
        if name == "t":
            yield child.text or "", None
        elif name == "r":
            yield _run(child)


def is_struck(font: etree._Element) -> bool:
    """Whether a font, of a cell or of a run, is struck through."""
    return any(
        _name(child) in ("strike", "dstrike") and (child.get("val") or "1").strip().lower() not in _FALSE
        for child in font
    )


def _run(run: etree._Element) -> Run:
    text, struck = "", None
    position: dict[int, str] | None = None
    for child in run:
        name = _name(child)
        if name == "t":
            text += child.text or ""
        elif name == "rPr":
            struck = is_struck(child)
            aligned = child.find("{*}vertAlign")
            position = None if aligned is None else _POSITIONS.get(aligned.get("val") or "")
    return (text.translate(position) if position else text), struck


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
