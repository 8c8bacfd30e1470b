"""Lines and heights of texts, estimated by the widths of their letters."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.language.text_size import (
    LEAST_HEIGHT,
    MOST_HEIGHT,
    FontSize,
    display_width,
    text_height,
    wrapped_line_count,
)

FONT = FontSize(advance=2, line=15, margin=4)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("ｱｲ", 2), ("令和6年", 7), ("①", 2)])
def test_a_full_width_letter_takes_two_half_widths(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("あ" * 5, 1), ("あ" * 5 + "a", 2), ("あ\nあ", 2), ("\n\n", 3), ("あ" * 11, 3)],
)
def test_lines_of_a_text(text: str, lines: int) -> None:
    assert wrapped_line_count(text, 20, FONT.advance) == lines


def test_a_row_is_as_high_as_its_lines() -> None:
    assert text_height("あ\nあ", 20, FONT) == 2 * FONT.line + FONT.margin


def test_a_row_has_a_least_and_a_most_height() -> None:
    flat = FontSize(advance=2, line=5, margin=4)
    assert text_height("あ", 20, flat) == LEAST_HEIGHT
    assert text_height("\n" * 99, 20, FONT) == MOST_HEIGHT
