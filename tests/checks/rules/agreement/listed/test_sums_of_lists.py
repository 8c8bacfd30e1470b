"""Sums in sentences of what an open list adds up to: 集団健診 has 20 and 187 受診者."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, findings, places

CODE = "CO98"


@pytest.mark.parametrize(
    ("line", "text", "is_found"),
    [
        ("D35", "・集団健診の受診者は計217人であった。", True),
        ("D35", "・集団健診の受診者は計207人であった。", False),
        ("D32", "・受診者は計217人であった。", True),  # in the block of the list
        ("D35", "・受診者は計217人であった。", False),
        ("D32", "・特定健康診査の受診者数は計217人であった。", False),  # a figure of another table
        ("D16", "・集団健診の受診者は、延べ217人であった。", True),
        ("D35", "・集団健診の受診者は217人であった。", False),
        ("D35", "・集団健診の受診者は計217件であった。", False),
        ("D35", "・集団健診の受診者は、前年度は計217人であった。", False),
        ("D35", "・集団健診の受診者は計217人の見込みである。", False),
        ("D35", "・集団健診は10会場計217人で、うち7月から8月は計207人であった。", False),
    ],
)
def test_a_sum_beside_its_list(line: str, text: str, is_found: bool) -> None:
    found = findings(HEALTH, {f"2-2-2 {line}": text}, codes=[CODE])
    assert places(found) == [(CODE, f"2-2-2!{line}")] * is_found


def test_the_finding_names_the_cells_and_the_sum() -> None:
    (finding,) = findings(HEALTH, {"2-2-2 D35": "・集団健診の受診者は計217人であった。"}, codes=[CODE])
    assert finding.expected == "207 人"
    assert "（F48 から F49）" in finding.message
