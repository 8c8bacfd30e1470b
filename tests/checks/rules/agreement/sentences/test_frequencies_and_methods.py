"""How often and by which method, stated otherwise in another line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("group", "lines", "found"),
    [
        (RECEIPTS, {"1-2-4 D11": "・四半期に 1 回の行動計画会議で、点検の方針を共有。"}, "1-2-4!D11"),
        (RECEIPTS, {"1-2-4 D11": "・月 1 回の行動計画会議で、点検の方針を共有。"}, ""),
        (RECEIPTS, {"1-2-4 D11": "・前年度は四半期に 1 回の行動計画会議を開いた。"}, ""),
        (HEALTH, {"2-2-5 D15": "健康情報提供は毎月行っている。"}, "2-2-5!D15"),
        (OFFICE, {"3-2 D9": "令和６年６月 ハラスメント防止研修（集合研修）を実施"}, "3-2!D9"),
        (OFFICE, {"3-2 D9": "令和６年６月 ハラスメント防止研修（オンライン）を実施"}, ""),
        (OFFICE, {"3-2 D9": "令和６年６月 カスタマーハラスメント研修（集合研修）を実施"}, ""),
    ],
)
def test_in_the_line_that_states_it_otherwise(group: str, lines: dict[str, str], found: str) -> None:
    got = findings(group, lines, codes=("CO130",))
    assert places(got) == [("CO130", found)] * bool(found)
