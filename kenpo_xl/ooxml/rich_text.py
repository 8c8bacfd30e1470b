"""The text that a user reads in a cell, without letters that are struck through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from lxml import etree

from kenpo_xl.domain.emphasis import (
    PLAIN,
    Emphasis,
    EmphasisedSpan,
    spans_of_letters,
    spans_of_part,
)
from kenpo_xl.domain.language.normalize import without_outer_blanks
from kenpo_xl.domain.time.fiscal_calendar import date_text
from kenpo_xl.ooxml.safe_xml import local_name

_BLACK = "000000"
_FALSE = ("0", "false", "off")
_DIGITS = "0123456789０１２３４５６７８９+-＋－−"
_RAISED = dict(zip(map(ord, _DIGITS), "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁺⁻⁻", strict=True))
_LOWERED = dict(zip(map(ord, _DIGITS), "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₊₋₋", strict=True))
_POSITIONS: dict[str, dict[int, str]] = {"superscript": _RAISED, "subscript": _LOWERED}

Value = TypeVar("Value")
Run = tuple[str, bool | None]
"""A text and whether it is struck through; None where the font of the cell decides."""


class RichText(str):
    """The text of several runs without the letters that are struck through; `struck` are these.

    Raised and lowered digits are the letters ² and ₂: the 2 of m² is no part of a number.
    """

    __slots__ = ("emphases", "runs", "spans", "struck")

    runs: tuple[Run, ...]
    struck: str
    emphases: tuple[Emphasis, ...]
    spans: tuple[EmphasisedSpan, ...]

    def __new__(
        cls, runs: Iterable[Run], *, in_cell: bool = False, emphases: Iterable[Emphasis] = ()
    ) -> RichText:
        """`in_cell` is whether the font of the cell is struck through, `emphases` are those of the runs."""
        runs, emphases = tuple(runs), tuple(emphases)
        states = [(text, in_cell if own is None else own) for text, own in runs]
        made = super().__new__(cls, "".join(text for text, is_struck in states if not is_struck))
        made.runs = runs
        made.emphases = emphases
        letters = (
            [one] * len(text)
            for (text, is_struck), one in zip(states, emphases, strict=False)
            if not is_struck
        )
        made.spans = spans_of_letters([one for run in letters for one in run])
        made.struck = "".join(text for text, is_struck in states if is_struck).strip()
        return made

    def with_cell_strike(self, *, is_struck: bool) -> RichText:
        """The same text in a cell whose font is struck through, or is not."""
        return RichText(self.runs, in_cell=is_struck, emphases=self.emphases)


def without_struck_letters(value: Value, *, is_cell_struck: bool) -> Value | RichText:
    """A value without struck letters; `in_cell` is whether the font of the cell is struck through."""
    if isinstance(value, RichText):
        return value.with_cell_strike(is_struck=is_cell_struck)
    if value is None or value == "" or not is_cell_struck:
        return value
    return RichText([(f"{value:.15g}" if isinstance(value, float) else str(value), True)])


def struck_letters(value: object) -> str:
    """The letters of a value that are struck through, '' for none."""
    return value.struck if isinstance(value, RichText) else ""


def emphasised_spans(value: object, text: str) -> tuple[EmphasisedSpan, ...]:
    """The emphasised spans of a value in its text without outer blanks."""
    if not isinstance(value, RichText) or not value.spans or text not in value:
        return ()
    start = value.index(text)
    return spans_of_part(value.spans, start, start + len(text))


def is_all_struck(value: object) -> bool:
    """Whether all that a cell shows is struck through."""
    return bool(struck_letters(value)) and not without_outer_blanks(str(value))


def text_of_value(value: float | str | date | None) -> str:
    """The displayed text of a value, without white space and invisible characters around it."""
    if value is None:
        return ""
    if value.__class__ is str:  # most are: the others are asked in turn
        return without_outer_blanks(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(value, ".15g")
    return without_outer_blanks(value) if isinstance(value, str) else f"{value:%Y-%m-%d}"


def text_typed_by_user(value: float | str | date | None) -> str:
    """The text entered into a text cell; a date into which Excel converted it is written out."""
    return date_text(value) if isinstance(value, date) else text_of_value(value)


def text_runs(item: etree._Element) -> Iterator[Run]:
    """The text runs of a string item, without phonetic guides (furigana)."""
    for child in item:
        name = local_name(child)
        if name == "t":
            yield child.text or "", None
        elif name == "r":
            yield _read_run(child)


def run_emphases(item: etree._Element) -> Iterator[Emphasis]:
    """The emphasis of each run that `text_runs` yields."""
    for child in item:
        name = local_name(child)
        if name == "t":
            yield PLAIN
        elif name == "r":
            font = child.find("{*}rPr")
            yield PLAIN if font is None else _emphasis_of_font(font)


def _emphasis_of_font(font: etree._Element) -> Emphasis:
    bold, underline, colour = (font.find(f"{{*}}{name}") for name in ("b", "u", "color"))
    rgb = ((colour.get("rgb") or "") if colour is not None else "")[-6:].upper()
    is_bold = bold is not None and (bold.get("val") or "1").lower() not in _FALSE
    is_underlined = underline is not None and underline.get("val") != "none"
    return Emphasis(is_bold, is_underlined, "" if rgb == _BLACK else rgb)


def is_struck(font: etree._Element) -> bool:
    """Whether a font, of a cell or of a run, is struck through."""
    return any(
        local_name(child) in ("strike", "dstrike") and (child.get("val") or "1").strip().lower() not in _FALSE
        for child in font
    )


def _read_run(run: etree._Element) -> Run:
    text, struck = "", None
    position: dict[int, str] | None = None
    for child in run:
        name = local_name(child)
        if name == "t":
            text += child.text or ""
        elif name == "rPr":
            struck = is_struck(child)
            aligned = child.find("{*}vertAlign")
            position = None if aligned is None else _POSITIONS.get(aligned.get("val") or "")
    return (text.translate(position) if position else text), struck
