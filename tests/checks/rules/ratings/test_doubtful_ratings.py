"""Good ratings beside a sentence that says what is late or was not done."""

from __future__ import annotations

import pytest

from tests.checks.rules.ratings.test_ratings_in_text import rated
from tests.checks.text_cases import OFFICE, findings, places


@pytest.mark.parametrize(
    ("text", "glyph", "found"),
    [
        ("・人手が足りず、新しい取組には着手できていない。", "〇", True),
        ("・作成の作業が計画より大幅に遅れている。", "〇", True),
        ("・広告は手つかずとなっている。", "〇", True),
        ("・広告は手つかずとなっている。", "△", False),
        ("・遅れは生じていない。", "〇", False),
        ("・回答が遅れている事業所に電話した。", "〇", False),
        ("・事業所が準備に着手できていない。", "〇", False),
        ("・作成の作業が遅れていたが、12月に取り戻した。", "〇", False),
    ],
)
def test_what_is_late_beside_a_good_rating(text: str, glyph: str, found: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, ""))
    got = findings(OFFICE, {"1-3 D9": text}, codes=("RA34",), book=book)
    assert places(got) == [("RA34", "1-3!D9")] * found
