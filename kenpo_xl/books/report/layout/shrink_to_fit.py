"""Texts that are made smaller or broken into lines where their cell has a fixed size: ratings, the cover."""

from __future__ import annotations

from kenpo_xl.books.common.text_metrics import line_width, wrapped_lines
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.template.page_setup import points_to_pixels
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import TEXT, Template
from kenpo_xl.domain.lengths import Pixels

# In halves: one full-width mark, or two Latin letters.
_MARK = 2
# A rating that fits on one line in this size is not broken; no text is set smaller than the second.
_SINGLE, _SMALLEST = 7.5, 6.0
_STEP = 0.5
_LEADING = 1.25


def fitted_style(text: str, style: Style, width: Width, height: int) -> Style:
    """The style in the largest font size in which the text fits into a cell `height` pixels high.

    The text is broken into lines; where it does not fit even in the smallest size the application shrinks it.
    """
    for size in _font_sizes(style.font_size, _SMALLEST):
        lines = len(wrapped_lines(text, line_capacities(width, size)[0]))
        if lines == 1 or lines * points_to_pixels(size * _LEADING) <= height:
            return style.with_properties(
                font_size=size, text_wrap=True if lines > 1 else style.properties_by_name.get("text_wrap")
            )
    return style.with_properties(font_size=_SMALLEST, shrink=True)


def style_of_one_line(text: str, style: Style, room: Width) -> Style | None:
    """The style in the largest readable font size in which the text has one line in this room, else None."""
    if "\n" in text:
        return None
    sizes = _font_sizes(style.font_size, min(style.font_size, _SINGLE))
    fitting = (size for size in sizes if line_width(text) <= line_capacities(room, size)[0])
    size = next(fitting, None)
    return style.with_properties(font_size=size) if size else None


def rating_style(rating: str, style: Style, width: Width, height: int, *, default_size: float) -> Style:
    """The style of a rating in its narrow column: a mark is as large as the template has it, if it fits.

    One of several letters is no larger than `default_size`, and on one line as far as that is readable.
    """
    if line_width(rating) <= _MARK:
        sizes = _font_sizes(style.font_size, _SMALLEST)
        fitting = (size for size in sizes if line_width(rating) <= line_capacities(width, size)[0])
        size = next(fitting, _SMALLEST)
        return style if size == style.font_size else style.with_properties(font_size=size)
    for size in _font_sizes(default_size, _SINGLE):
        if line_width(rating) <= line_capacities(width, size)[0]:
            return style.with_properties(font_size=size)
    return fitted_style(rating, style.with_properties(font_size=default_size), width, height)


def rating_height_with_as_of(rating: str, as_of: str, template: Template) -> Pixels:
    """The pixels that a rating needs with its as-of date below it."""
    slot = template[TEXT].slot_in_zone(template.column_zones[2])
    width = template.columns.width(slot.first, slot.last)
    lines = len(as_of_text(as_of, width).split("\n"))
    size = slot.style.font_size if line_width(rating) <= _MARK else template.default.font_size
    return points_to_pixels((size + lines * _SMALLEST) * _LEADING)


def as_of_text(as_of: str, width: Width) -> str:
    """An as-of date broken into lines of the smallest size."""
    return "\n".join(wrapped_lines(as_of, line_capacities(width, _SMALLEST)[0]))


def as_of_style(style: Style) -> Style:
    """The style of an as-of date below a rating in this style."""
    return style.with_properties(font_size=_SMALLEST, bold=False)


def _font_sizes(largest: float, smallest: float) -> list[float]:
    """Font sizes in points, the largest first."""
    return [largest - _STEP * step for step in range(int((largest - smallest) / _STEP) + 1)]
