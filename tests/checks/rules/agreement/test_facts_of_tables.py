"""Facts of tables, lists and KPIs that sentences state otherwise."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places

_RATES, _LETTERS = (RECEIPTS, "1-2-5 D22"), (OFFICE, "2-4 D20")
_CHECKS, _LIST, _BIDS = (RECEIPTS, "1-2-4 D15"), (HEALTH, "2-2-2 D32"), (OFFICE, "3-4 D9")


@pytest.mark.parametrize(
    ("line", "text", "codes"),
    [
        (_RATES, "返納金債権の回収率は、10月から11月にかけて2.92ポイント上昇した。", ["CO109"]),
        (_RATES, "返納金債権の回収率は、10月から11月にかけて1.92ポイント上昇した。", []),
        (_RATES, "返納金債権の回収率は、10月から11月にかけて1.92ポイント低下した。", ["CO61"]),
        (_LETTERS, "登録者数は、10月から11月にかけて45人増加した。", ["CO109"]),
        (_LETTERS, "登録者数は、10月から11月にかけて54人増加した。", []),
        (_LETTERS, "登録者数は、10月65人、11月119人であった。", []),
        (_RATES, "催告は文書13,798件、弁護士57件、再加入396件となった。", ["CO83"]),
        (_RATES, "催告は文書13,798件、弁護士396件、再加入57件となった。", []),
        (_LIST, "東秩父村では7月27日・28日・29日に集団健診を実施した。", ["CO110"]),
        (_LIST, "東秩父村では7月26日・28日・29日に集団健診を実施した。", []),
        (_LIST, "秩父市の集団健診は令和7年3月13日に実施する。", ["CO110"]),
        (_LIST, "秩父市の集団健診は令和7年3月3日に実施する。", []),
        (_LIST, "集団健診の案内を秩父市の対象者に2月10日に送付して実施する。", []),
        (_CHECKS, "査定率は前年同月の0.183％から0.149％に改善した。", ["CO111"]),
        (_CHECKS, "再審査レセプト1件当たりの査定額は9,383円から16,893円へ改善した。", []),
        (_CHECKS, "処理日数は12日から10日に改善した。", []),
        (_BIDS, "一者応札案件の割合は10.0％から6.3％に悪化した。", ["CO111"]),
        (_BIDS, "一者応札案件の割合は10.0％から6.3％に改善した。", []),
        (_CHECKS, "第3四半期の査定金額は約7億5千万円となった。", ["CO90"]),
        (_CHECKS, "第3四半期の査定金額は約7千5百万円となった。", []),
        (_CHECKS, "第3四半期の査定金額は約7,500万円となった。", []),
        (_CHECKS, "1件当たりの査定額は約1万7千円となった。", []),
    ],
)
def test_what_a_sentence_says_of_figures(line: tuple[str, str], text: str, codes: list[str]) -> None:
    group, place = line
    found = places(findings(group, {place: f"・{text}"}, codes=("CO",)))
    here = place.replace(" ", "!")
    assert [code for code, cell in found if cell == here] == codes
