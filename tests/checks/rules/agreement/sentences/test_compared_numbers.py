"""Two numbers of one sentence and the verb that compares them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, said_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("前年度の318件から増加し302件となった。", "「318件」に対して「302件」ですが、「増加」とあります"),
        ("302人で、前年度の298人を下回った。", "「298人」に対して「302人」ですが、「下回る」とあります"),
        ("前年度の318件から26件減少し302件となった。", "318件と302件の差は 16 ですが、「26件」とあります"),
        ("前年の318件から332件に落ち込んだ。", "「318件」に対して「332件」ですが、「落ち込む」とあります"),
        ("前年度の318から増加し302となった。", "「318」に対して「302」ですが、「増加」とあります"),
        ("10分から15分に短縮した。", "「10分」に対して「15分」ですが、「短縮」とあります"),
        ("718部で、前年度の203部から約600部増えた。", "203部と718部の差は 515 ですが、「600部」とあります"),
        (
            "前年度の318件と比べ302件と多くなった。",
            "「318件」に対して「302件」ですが、「多くなる」とあります",
        ),
        ("10％から9％に引き上げた。", "「10％」に対して「9％」ですが、「引き上げる」とあります"),
        (
            "7.4％と、前年同期の6.2％より2.1ポイント上昇した。",
            "6.2％と7.4％の差は 1.2 ですが、「2.1ポイント」とあります",
        ),
    ],
)
def test_a_direction_against_the_numbers(text: str, words: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": f"・相談は{text}"}, codes=("CO15",))
    assert found.message.startswith(words)
    assert f"「相談は{text[:-1]}" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "前年度の318件から増加し332件となった。",
        "前年の332件から318件に落ち込んだ。",
        "県内の順位は63位から40位に上昇した。",
        "目標の500人を上回ることができず480人であった。",
        "7.46％と、前年同期の6.22％より1.2ポイント上昇した。",
        "前年度の300件から増加したが、承認は250件であった。",
        "前年度の302から増加し318となった。",
        "レベル3から2に上昇した。",
        "701部で、前年度の203部から約500部増えた。",
        "前年度の36件から5件増え、1件当たりの利用者は約60人であった。",
        "15分から10分に短縮した。",
        "20名から15名に減らした。",
    ],
)
def test_a_direction_that_is_right_or_of_something_else(text: str) -> None:
    assert said_of(f"・相談は{text}", "CO") == []


def test_a_number_that_agrees_among_others() -> None:
    """A part, or last year's, before the number of the table is not the number."""
    texts = (
        "契約機関は新規 1 機関を加え 22 機関",
        "契約機関は前年度の 21 機関から増加して 22 機関となった。",
    )
    for text in texts:
        assert not findings(HEALTH, {"2-2-2 D25": text}, codes=("CO",))


def test_the_number_that_is_meant_is_quoted() -> None:
    text = "契約機関は新規 1 機関を加え 24 機関（参考：令和 5 年度 21 機関）"
    (found,) = findings(HEALTH, {"2-2-2 D25": text}, codes=("CO03",))
    assert (found.actual, [one.cell for one in found.related]) == ("24 機関", ["E90"])


def test_a_hostile_text_takes_no_longer_than_others() -> None:
    text = "12社、15社の計28社から増加し、" * 2_000
    assert findings(OFFICE, {"1-3 D9": text[:32_767]}, codes=("CO14", "CO15", "CO08"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("査定率は前年を上回った。", True),
        ("査定率は前年を下回った。", False),
        ("査定率は0.149％と、前年同期より高くなっている。", True),
        ("査定率は0.149％と、前年同期より低くなっている。", False),
        ("査定率は前年度より上昇している。", True),
        ("査定率は前年同期を上回る結果となった。", True),
    ],
)
def test_a_direction_against_last_year(text: str, found: bool) -> None:
    """0.149 % after 0.183 %."""
    said = findings(RECEIPTS, {"1-2-4 D17": f"・{text}"}, codes=("CO19",))
    assert [one.code for one in said] == ["CO19"] * found


@pytest.mark.parametrize(("words", "found"), [("前年度を下回った", False), ("前年同期を下回った", True)])
def test_a_running_count_may_be_below_the_whole_year_before(words: str, found: bool) -> None:
    said = findings(BENEFITS, {"1-2-2 D20": f"・決定件数は{words}。"}, codes=("CO19",))
    assert [one.code for one in said] == ["CO19"] * found
