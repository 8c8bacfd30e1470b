"""Shares, parts, averages and ranks that a sentence contradicts itself."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of

HERE = "1-3!D9"


def _codes(text: str) -> list[str]:
    return [code for code, place in said_of(f"・{text}", "CO") if place == HERE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("受講率は120.3％であった。", True),
        ("受講率は100％であった。", False),
        ("受講率は100.1％であった。", True),
        ("受診率（118.4％）は高い。", True),
        ("利用者の155％が「役に立った」と答えた。", True),
        ("目標に対する達成率は103.5％であった。", False),
        ("前年比112.4％となった。", False),
        ("定員に対する充足率は120％となった。", False),
        ("申請件数の伸び率は101.2％である。", False),
    ],
)
def test_a_share_above_the_whole(text: str, found: bool) -> None:
    assert _codes(text) == ["CO50"] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("案内した10件中3件（40％）から申込みがあった。", True),
        ("受診率は50％で、100人中60人が受診した。", True),
        ("受診率は60％で、100人中60人が受診した。", False),
        ("受講率は50％で、100人中60人が満足と答えた。", False),
        ("案内した10件中3件（30％）から申込みがあった。", False),
        ("案内した30社のうち11社（36.7％）が参加した。", False),
        ("案内した30社のうち11社（36.6％）が参加した。", False),
        ("案内した30社のうち11社（36.5％）が参加した。", True),
        ("120人／400人（35％）が回答した。", True),
        ("120人（全体400人の35％）が回答した。", True),
        ("120人（全体400人の30％）が回答した。", False),
        ("案内した400社のうち35％に当たる120社が参加した。", True),
        ("申請250件に対し、電子申請は50件（25％）であった。", True),
        ("30事業所中12事業所（60％）で改善が見られた。", True),
        ("30事業所のうち12事業所を除く18事業所（60％）で改善が見られた。", False),
        ("延べ120人／400人（35％）が回答した。", False),
        ("参加者50人のうち20人が新任者で、満足度は92％であった。", False),
    ],
)
def test_the_percent_of_two_numbers(text: str, found: bool) -> None:
    assert _codes(text) == ["CO51"] * found


def test_the_right_percent_is_named() -> None:
    (one,) = findings(OFFICE, {"1-3 D9": "・30社のうち11社（40.0％）が参加した。"}, codes=("CO51",))
    assert (one.actual, one.expected) == ("40.0％", "36.7％")
    assert one.message.startswith(
        "30社のうち11社は 36.7％ ですが、「40.0％」とあります（「30社のうち11社（40.0％）"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50人のうち65人が回答した。", True),
        ("50人のうち50人が回答した。", False),
        ("受講者25名（うち新任者31人）であった。", True),
        ("訪問件数は35件で、そのうち40件が新規である。", True),
        ("定員30人のうち、40人の申込みがあった。", False),
        ("期間中10日間に120件の相談があった。", False),
        ("50人のうち65件の申込みがあった。", False),
    ],
)
def test_a_part_larger_than_the_whole(text: str, found: bool) -> None:
    assert _codes(text) == ["CO52"] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("処理日数は最短3日、最長9日、平均12日であった。", True),
        ("処理日数は最短3日、最長9日、平均9日であった。", False),
        ("処理日数は最短3日、最長9日、平均2日であった。", True),
        ("参加者数は平均17人（最少23人、最多60人）である。", True),
        ("待ち時間は10分～25分（平均28分）であった。", True),
        ("待ち時間は10分～25分（平均18分）であった。", False),
        ("最長9日、平均12件を処理した。", False),
    ],
)
def test_an_average_outside_its_range(text: str, found: bool) -> None:
    assert _codes(text) == ["CO53"] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全国47支部中50位であった。", True),
        ("全国47支部中47位であった。", False),
        ("順位は全国47都道府県中、第52位である。", True),
        ("県内63市町村のうち64番目である。", True),
        ("63市町村から40位に上がった。", False),
        ("使用割合は全国順位で48位となった。", True),
        ("使用割合は全国第48位であった。", True),
        ("使用割合は全国47位であった。", False),
        ("使用割合は全国48市町村の平均を上回る。", False),
        ("病院の規模では全国120位である。", False),
    ],
)
def test_a_rank_beyond_the_ranked(text: str, found: bool) -> None:
    assert _codes(text) == ["CO54"] * found


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=("CO50", "CO51", "CO52", "CO53", "CO54", "CO55")) == []
