"""Records and runs that sentences claim, against the tables of the sample."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("group", "cell", "text", "found"),
    [
        (BENEFITS, "1-2-3 D25", "照会件数は過去最高となった。", True),
        (BENEFITS, "1-2-3 D25", "照会件数は、過去5年で最多となった。", True),
        (BENEFITS, "1-2-3 D25", "照会件数は過去最低となった。", False),
        (BENEFITS, "1-2-3 D25", "照会件数は過去最高であった前年同期を下回った。", False),
        (BENEFITS, "1-2-3 D25", "電話の照会件数は過去最高となった。", False),
        (BENEFITS, "1-2-2 D20", "決定件数は過去最少となった。", True),
        (BENEFITS, "1-2-2 D20", "決定件数は過去最多となった。", False),
        (RECEIPTS, "1-2-4 D17", "査定率は過去最高を更新した。", True),
        (RECEIPTS, "1-2-5 D22", "回収件数は3期連続で増加した。", True),
        (RECEIPTS, "1-2-5 D22", "回収件数は2期連続で増加した。", False),
        (RECEIPTS, "1-2-5 D22", "回収件数は3か月連続で増加した。", False),
        (RECEIPTS, "1-2-4 D17", "査定金額は3四半期連続で減少した。", True),
        (OFFICE, "2-4 D25", "登録率は5か月連続で上昇した。", True),
        (OFFICE, "2-4 D25", "登録率は2か月連続で上昇した。", False),
        (OFFICE, "2-4 D25", "メールマガジンの配信数は5か月連続で前月を上回った。", False),
        (OFFICE, "2-4 D25", "相談件数は5か月連続で前月を上回った。", False),
    ],
)
def test_a_record_or_a_run_beside_its_table(group: str, cell: str, text: str, found: bool) -> None:
    said = findings(group, {cell: f"・{text}"}, codes=("CO71",))
    assert places(said) == [("CO71", cell.replace(" ", "!"))] * found
