"""Headers that are too wide for their columns of an input book."""

from __future__ import annotations

import pytest

from kenpo_xl.books.common.grid import wrapped_header_template

COLUMN = 12.0


@pytest.mark.parametrize(
    ("template", "displayed", "wrapped"),
    [
        ("【参考】{前年度略}\n実績", "【参考】R5年度\n実績", "【参考】\n{前年度略}\n実績"),
        ("【参考】実績", "【参考】実績", "【参考】\n実績"),
        ("【参考】\n{前年度}", "【参考】\n令和5年度", "【参考】\n{前年度}"),
        ("受診者数（{月}まで）", "受診者数（12月まで）", "受診者数\n（{月}まで）"),
        ("受診者数（{月}まで）\n合計", "受診者数（12月まで）\n合計", "受診者数\n（{月}まで）\n合計"),
        ("件数（人）", "件数（人）", "件数（人）"),
    ],
)
def test_a_line_is_broken_at_its_bracket(template: str, displayed: str, wrapped: str) -> None:
    assert wrapped_header_template(template, displayed, COLUMN) == wrapped


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("被保険者数割合", "被保険者\n数割合"),
        ("事業所の\n被保険者数割合", "事業所の\n被保険者\n数割合"),
        ("被保険者割合", "被保険者割合"),
        ("健康保険委員委嘱", "健康保険委員委嘱"),
        ("R5年度実績計", "R5年度実績計"),
    ],
)
def test_no_letter_is_left_alone(text: str, wrapped: str) -> None:
    assert wrapped_header_template(text, text, COLUMN) == wrapped


@pytest.mark.parametrize(
    ("displayed", "wrapped"),
    [
        ("（41,375人）", "（{対象者数}人）"),
        ("（141,375人）", "({対象者数}人)"),
        ("（11,141,375人）", "（{対象者数}人）"),
    ],
)
def test_a_line_within_brackets_has_narrow_ones(displayed: str, wrapped: str) -> None:
    found = wrapped_header_template("被扶養者\n（{対象者数}人）", f"被扶養者\n{displayed}", COLUMN)
    assert found == f"被扶養者\n{wrapped}"


def test_a_placeholder_is_not_broken() -> None:
    assert wrapped_header_template("{前年度}の実績数", "令和五年の実績数", 14.0) == "{前年度}の実績数"
