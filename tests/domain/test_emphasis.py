"""Spans of bold, underlined and coloured letters, through the changes of a text."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.emphasis import (
    PLAIN,
    Emphasis,
    EmphasisedSpan,
    spans_in_changed_text,
    spans_of_letters,
    spans_of_part,
)

BOLD = Emphasis(is_bold=True)


def bold(start: int, end: int) -> EmphasisedSpan:
    return EmphasisedSpan(start, end, BOLD)


def test_spans_are_runs_of_letters_that_are_set_apart() -> None:
    assert spans_of_letters([PLAIN, BOLD, BOLD, PLAIN, BOLD]) == (bold(1, 3), bold(4, 5))
    assert spans_of_letters([]) == ()


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [(0, 2, ()), (0, 3, (bold(2, 3),)), (2, 5, (bold(0, 3),)), (4, 9, (bold(0, 1),)), (5, 9, ())],
)
def test_a_part_has_the_spans_within_it(start: int, end: int, spans: tuple[EmphasisedSpan, ...]) -> None:
    assert spans_of_part([bold(2, 5)], start, end) == spans


@pytest.mark.parametrize(
    ("new", "spans"),
    [
        ("・窓口を設けた。", (bold(1, 3),)),
        ("・新しい窓口を設けた。", (bold(4, 6),)),
        ("・窓口と窓口を設けた。", ()),
        ("・受付を設けた。", ()),
    ],
)
def test_a_changed_text_keeps_the_words_that_it_has_once(new: str, spans: tuple[EmphasisedSpan, ...]) -> None:
    assert spans_in_changed_text([bold(1, 3)], "・窓口を設けた。", new) == spans
