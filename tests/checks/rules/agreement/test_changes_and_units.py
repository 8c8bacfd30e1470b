"""What a figure grew by, and what another number is said of, are no figures of their own."""

from __future__ import annotations

import pytest

from kenpo_xl.checks.support.number_matching import is_unit_of_another
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from tests.checks.text_cases import OFFICE, RECEIPTS, findings

BODIES = OFFICE, "2-4", "D20"
DEMANDS = RECEIPTS, "1-2-5", "D14"


def said(place: tuple[str, str, str], text: str) -> list[str]:
    """The codes of what the rules on agreement find in a line that says a text."""
    group, sheet, cell = place
    found = findings(group, {f"{sheet} {cell}": f"・{text}"}, codes=("CO",))
    return [one.code for one in found if (one.sheet, one.cell) == (sheet, cell)]


@pytest.mark.parametrize(
    "text",
    [
        "健康保険委員の委嘱事業所数は前年度末から 1,001 事業所増え、11,251 事業所となった。",
        "健康保険委員の委嘱事業所数が 1,001 事業所伸び、11,251 事業所となった。",
        "健康保険委員の委嘱事業所数は 1,001 事業所上積みした。",
        "健康保険委員の委嘱事業所数は 1,001 事業所の純増である。",
        "健康保険委員の委嘱事業所数は、前年度末から 1,001 事業所分増えた。",
        "健康保険委員の委嘱事業所数は 1,001 事業所、委嘱者数は 998 人それぞれ増加した。",
        "健康保険委員の委嘱事業所数は目標を 1,001 事業所上回っている。",
        "委嘱者数は前年度末の 10,486 人に 998 人を加え、11,484 人となった。",
        "委嘱事業所数を 1,001 事業所伸ばすことができた。",
        "委嘱事業所は 1,001 事業所増加し、目標の 10,250 事業所を超えている。",
        "委嘱事業所数は、目標とした 10,250 事業所を 1,001 事業所超過した。",
    ],
)
def test_a_rise_is_not_the_figure(text: str) -> None:
    assert said(BODIES, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("健康保険委員の委嘱事業所数は 11,521 事業所となった。", "CO07"),
        ("健康保険委員の委嘱事業所数の目標は 10,520 事業所である。", "CO17"),
        ("健康保険委員の委嘱事業所数は前年度末から 1,001 事業所増え、11,521 事業所となった。", "CO07"),
    ],
)
def test_what_it_rose_to_is(text: str, code: str) -> None:
    assert said(BODIES, text)[:1] == [code]


@pytest.mark.parametrize(
    ("text", "per_unit"),
    [
        ("1 事業所当たりでは 60.2 人となった。", "1 事業所"),
        ("１回あたりの審査は 26 件である。", "１回"),
        ("1 社平均 12 人が受けた。", "1 社"),
        ("1 人 3 回まで利用できる。", "1 人"),
        ("1 会場約 50 名とした。", "1 会場"),
        ("10 人に 1 人が受けている。", "10 人"),
        ("点検では、8件に1件の割合であった。", "8件"),
        ("100 件ごとに確認した。", "100 件"),
        ("2 名ずつ配置した。", "2 名"),
        ("1 事業所で複数名を委嘱している。", "1 事業所"),
        ("1 事業所から数名を委嘱した。", "1 事業所"),
    ],
)
def test_what_a_number_is_said_of(text: str, per_unit: str) -> None:
    first = numbers_in(text)[0]
    assert (first.text, is_unit_of_another(first, text)) == (per_unit, True)


def test_both_numbers_of_a_share() -> None:
    text = "8 件に 1 件の割合で疑義があった。"
    assert all(is_unit_of_another(one, text) for one in numbers_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "1 事業所で実施した。",
        "1 事業所で 12 名に実施した。",
        "41 事業所に 2,468 通を送付した。",
        "41 事業所に 1 通を送付した。",
        "2 回、3 会場で開いた。",
        "8 件毎月報告した。",
    ],
)
def test_a_count(text: str) -> None:
    assert not is_unit_of_another(numbers_in(text)[0], text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("弁護士による催告は第1四半期138件、第2四半期127件、第3四半期131件を合わせ、396件となった。", []),
        ("弁護士による催告は、第3四半期は396件となった。", ["CO07"]),
    ],
)
def test_what_times_are_joined_to(text: str, codes: list[str]) -> None:
    assert said(DEMANDS, text) == codes


def test_a_unit_tells_which_figure_a_part_of_a_name_means() -> None:
    assert said(DEMANDS, "弁護士による催告は13,798件であった。") == ["CO83"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("目標0.193％に対し取組を進めた。", ["CO17"]),
        ("目標80.0％に対し取組を進めた。", []),
    ],
)
def test_a_target_of_another_size_is_that_of_something_else(text: str, codes: list[str]) -> None:
    assert said((RECEIPTS, "1-2-4", "D13"), text) == codes
