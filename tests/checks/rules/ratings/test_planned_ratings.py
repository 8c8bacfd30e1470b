"""Ratings beside lines that only plan, and beside work that is called out of scope."""

from __future__ import annotations

import pytest

from tests.checks.rules.ratings.test_ratings_in_text import rated
from tests.checks.text_cases import OFFICE, findings, places


@pytest.mark.parametrize(
    ("text", "glyph", "found"),
    [
        ("・埼玉だより 3 月号に掲載する予定。", "〇", True),
        ("・埼玉だより 3 月号に掲載する予定である。", "◎", True),
        ("・埼玉だより 3 月号に掲載する予定である。", "△", False),
        ("・埼玉だより 4 月号に掲載した。3 月号にも掲載する予定である。", "〇", False),  # one part is done
        ("・連絡会は年２回で、１回目は７月に開催、２回目は２月に開催する予定である。", "〇", False),
        ("・連絡会の１回目は２月に開催、２回目は３月に開催する予定である。", "△", False),
        ("・開催する会場を選び、２月に開催する予定である。", "〇", True),
        ("・埼玉だより 4 月号に掲載した。", "〇", False),
    ],
)
def test_a_good_rating_beside_a_plan(text: str, glyph: str, found: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, ""))
    got = findings(OFFICE, {"1-3 D9": text}, codes=("RA29",), book=book)
    assert places(got) == [("RA29", "1-3!D9")] * found


@pytest.mark.parametrize(
    ("glyph", "reason", "text", "found"),
    [
        ("－", "", "・調整会議に出席し、意見を述べた。", True),
        ("－", "", "・調整会議は開かれていない。", False),
        ("△", "", "・調整会議に出席し、意見を述べた。", False),
        ("－", "本部の事業のため", "・調整会議に出席し、意見を述べた。", False),
    ],
)
def test_work_beside_no_judgement(glyph: str, reason: str, text: str, found: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, reason))
    got = findings(OFFICE, {"1-3 D9": text}, codes=("RA33",), book=book)
    assert places(got) == [("RA33", "1-3!E9")] * found
