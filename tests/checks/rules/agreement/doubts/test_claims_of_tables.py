"""Extremes, orders and comparisons that a sentence states of a table in any words."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, RECEIPTS, findings, places

HERE = "1-2-5!D14"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("催告の方法は、弁護士によるものが最も多く、次いで文書によるものとなっている。", True),
        ("催告の方法は、文書によるものが最も多く、次いで弁護士によるものとなっている。", False),
        ("催告は、文書、再加入、弁護士の順に多い。", True),
        ("催告は、文書、弁護士、再加入の順に多い。", False),
        ("催告は、再加入、弁護士、文書の順に少ない。", False),
        ("今期の催告のうち文書を用いたものは、第1四半期が最も多くなっている。", False),
        ("今期の文書を用いた催告は、第1四半期が最も多くなっている。", True),
        ("今期の文書を用いた催告は、第2四半期が最も多くなっている。", False),
        ("今期の文書を用いた催告は、第3四半期に最少となった。", False),
        ("今期の文書を用いた催告は、第1四半期に最少となった。", True),
        ("過去の文書を用いた催告は、第1四半期が最も多くなっている。", False),
    ],
)
def test_an_extreme_or_an_order(sentence: str, found: bool) -> None:
    got = findings(RECEIPTS, {"1-2-5 D14": f"・{sentence}"}, codes=["CO114"])
    assert places(got) == [("CO114", HERE)] * found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("保険証の回収率は、いずれの月も前年より高い水準で推移している。", True),
        ("保険証の回収率は、いずれの月も前年より低い水準で推移している。", False),
        ("債権の回収率は、いずれの月も前年より高い水準で推移している。", True),
        ("債権の回収率は、全国ではいずれの月も前年より高い水準で推移している。", False),
    ],
)
def test_each_month_beside_that_of_last_year(sentence: str, found: bool) -> None:
    got = findings(RECEIPTS, {"1-2-5 D21": f"・{sentence}"}, codes=["CO114"])
    assert places(got) == [("CO114", "1-2-5!D21")] * found


def test_the_columns_of_a_table_in_their_order() -> None:
    text = "・健診の実施者数は、事業者健診、生活習慣病予防健診、特定健康診査の順に多い。"
    (found,) = findings(HEALTH, {"2-2-2 D32": text}, codes=["CO114"])
    assert (found.sheet, found.cell, len(found.related)) == ("2-2-2", "D32", 2)
