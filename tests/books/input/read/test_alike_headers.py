"""Headers that were reworded a little: what is taken for the same, and what never is."""

from __future__ import annotations

import pytest

from kenpo_xl.books.input.read.alike_headers import best_unambiguous_pairs, header_likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("達成件数", "達成した件数"),
        ("健診受診者数", "健診の受診者数"),
        ("4~6月", "4-6月"),
        ("令和6年度(10月まで)", "令和6年度10月まで"),
    ],
)
def test_a_reworded_header_is_alike(one: str, other: str) -> None:
    assert header_likeness(one, other) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4~6月", "7~9月"),
        ("令和6年度(10月まで)", "令和5年度(10月まで)"),
        ("前年度の件数", "当年度の件数"),
        ("上期の件数", "下期の件数"),
        ("受診者数(A)", "受診者数(B)"),
        ("件数の計", "件数"),
        ("達成件数", "達成率"),
        ("被保険者の内訳", "被保険者の内訳を除く"),
        ("", ""),
        ("件数", ""),
    ],
)
def test_what_means_another_figure_never_is(one: str, other: str) -> None:
    assert header_likeness(one, other) == 0.0


def test_the_best_pair_counts() -> None:
    scores = {(0, 5): 0.9, (0, 6): 0.3, (1, 5): 0.4, (1, 6): 0.8}
    assert best_unambiguous_pairs(scores, 0.7) == {0: 5, 1: 6}


@pytest.mark.parametrize("rival", [0.76, 0.9, 0.99])
def test_no_pair_is_made_where_another_is_nearly_as_good(rival: float) -> None:
    assert best_unambiguous_pairs({(0, 5): 0.9, (1, 5): rival}, 0.7) == {}
    assert best_unambiguous_pairs({(0, 5): 0.9, (0, 6): rival}, 0.7) == {}


def test_a_pair_below_the_least_likeness_is_none() -> None:
    assert best_unambiguous_pairs({(0, 5): 0.69}, 0.7) == {}
    assert best_unambiguous_pairs({(0, 5): 0.7}, 0.7) == {0: 5}


def test_what_is_taken_makes_the_likeness_of_others_doubtful() -> None:
    """A header that is as like one with a header of its own as one without is matched with neither."""
    assert best_unambiguous_pairs({(0, 5): 0.8, (1, 5): 0.8}, 0.7, taken={0}) == {}
    assert best_unambiguous_pairs({(0, 5): 0.5, (1, 5): 0.8}, 0.7, taken={0}) == {1: 5}
