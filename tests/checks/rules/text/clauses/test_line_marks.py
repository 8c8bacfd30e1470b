"""Marks and headings at the head of lines."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, findings, places


@pytest.mark.parametrize("mark", "＊●○-")
def test_a_mark_unlike_its_neighbours(mark: str) -> None:
    lines = {"1-1 D10": f"{mark} 7 月の評議会において、実施スケジュールについて報告した。"}
    (finding,) = findings(OFFICE, lines, codes=["WO76"])
    assert (finding.sheet, finding.cell, finding.actual) == ("1-1", "D10", mark)
    assert finding.expected in ("・", "•")


@pytest.mark.parametrize(
    "text", ["● 評議会", "・7 月に報告した。", "-3.2 ポイントの差であった。", "※ 速報値である。"]
)
def test_a_heading_or_note_has_its_own_mark(text: str) -> None:
    assert findings(OFFICE, {"1-1 D10": text}, codes=["WO76"]) == []


def test_a_mark_of_two_lines_is_meant() -> None:
    lines = {"1-1 D9": "●評議会の日程を報告した。", "1-1 D10": "●評議会の議題を報告した。"}
    assert findings(OFFICE, lines, codes=["WO76"]) == []


@pytest.mark.parametrize(
    ("cell", "heading", "right"),
    [
        ("2-2-3 D9", "〔被扶養者〕", "〔被保険者〕"),
        ("2-2-3 D21", "〔被保険者〕", "〔被扶養者〕"),
        ("2-2-2 D19", "〔被扶養者（特定健診）〕", "〔被保険者（事業者健診データ）〕"),
    ],
)
def test_a_heading_of_another_block(cell: str, heading: str, right: str) -> None:
    (finding,) = findings(HEALTH, {cell: heading}, codes=["WO77"])
    assert (f"{finding.sheet} {finding.cell}", finding.expected) == (cell, right)


def test_headings_of_the_sample_and_new_ones_are_right() -> None:
    assert places(findings(HEALTH, codes=["WO76", "WO77"])) == []
    assert findings(HEALTH, {"2-2-3 D9": "〔被保険者（新規）〕"}, codes=["WO77"]) == []


@pytest.mark.parametrize(
    ("cell", "heading", "right"),
    [
        ("2-2-2 D29", "〔被保険者（特定健診）〕", "〔被扶養者（特定健診）〕"),
        ("2-2-2 D19", "〔被扶養者（事業者健診データ）〕", "〔被保険者（事業者健診データ）〕"),
    ],
)
def test_a_heading_with_the_opposite_word(cell: str, heading: str, right: str) -> None:
    (finding,) = findings(HEALTH, {cell: heading}, codes=["WO77"])
    assert (f"{finding.sheet} {finding.cell}", finding.expected) == (cell, right)
