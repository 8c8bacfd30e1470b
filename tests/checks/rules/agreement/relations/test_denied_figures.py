"""None of what a table counts, as a sentence says."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("注意喚起通知書の送付件数はゼロであった。", True),
        ("注意喚起通知書の送付はなかった。", True),
        ("改善依頼書の送付は一切なかった。", True),
        ("4月の注意喚起通知書の送付はなかった。", False),
        ("前年度は、注意喚起通知書の送付はなかった。", False),
        ("新規の改善依頼書の送付はなかった。", False),
        ("改善依頼書の送付後、改善が見られない施術所はなかった。", False),
        ("苦情はなかった。", False),
    ],
)
def test_none_of_what_a_table_counts(text: str, is_wrong: bool) -> None:
    found = findings(BENEFITS, {"1-2-3 D25": f"・{text}"}, codes=("CO81",))
    assert places(found) == [("CO81", "1-2-3!D25")] * is_wrong
