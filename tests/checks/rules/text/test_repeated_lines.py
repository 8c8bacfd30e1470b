"""Sentences that stand twice in a line, and lines that stand twice in an item."""

from __future__ import annotations

import pytest

from kenpo_xl.checks.engine import all_rules
from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, findings, said_of

HERE = "1-3!D9"


def test_a_sentence_twice_in_a_cell_is_one_finding_of_all_rules() -> None:
    assert said_of("・説明会を支部で開催した。説明会を支部で開催した。") == [("WO20", HERE)]
    assert said_of("・説明会を支部で開催・説明会を支部で開催", "WO20") == [("WO20", HERE)]
    assert said_of("・説明会を支部で開催した。説明会を本部で開催した。", "WO20") == []
    assert said_of("・案内した。案内した。", "WO20") == []


def test_a_line_over_its_neighbor_names_the_other_line() -> None:
    lines = {"1-2-4 D15": "・資格点検、外傷点検をスケジュールに基づき実施。"}
    (finding,) = findings("レセプトグループ", lines, codes=["WO20"])
    assert (finding.sheet, finding.cell) == ("1-2-4", "D15")
    assert [one.cell for one in finding.related] == ["D17"]
    assert "D17" in finding.message


def test_the_line_that_does_not_answer_its_plan_is_reported_though_it_comes_second() -> None:
    lines = {"1-2-4 D17": "・効果的な再審査請求を行うため点検員間の情報共有を徹底。"}
    (finding,) = findings("レセプトグループ", lines, codes=["WO20"])
    assert (finding.cell, finding.related[0].cell) == ("D17", "D15")


def test_another_date_makes_another_line() -> None:
    assert findings(OFFICE, codes=["WO20"]) == []
    lines = {"3-3 D11": "令和６年４月３日 個人情報保護委員会を実施"}
    (finding,) = findings(OFFICE, lines, codes=["WO20"])
    assert (finding.cell, finding.related[0].cell) == ("D11", "D10")


def test_a_heading_may_stand_twice() -> None:
    heading = "〔被保険者（生活習慣病予防健診）〕"
    assert findings(HEALTH, {"2-2-2 D12": heading}, codes=["WO20"]) == []
    assert findings(BENEFITS, codes=["WO20"]) == []


def test_a_general_remark_may_stand_beside_the_own_lines_of_two_blocks() -> None:
    remark = "・研修の内容を職場内で共有し、質の向上を図っている。"
    lines = {"1-2-2 D18": remark, "1-2-2 D13": remark}
    (alone,) = findings(BENEFITS, lines, codes=["WO20"])
    assert {alone.cell, alone.related[0].cell} == {"D13", "D18"}
    lines = {"2-2-2 D10": remark, "2-2-2 D32": remark}
    assert findings(HEALTH, lines, codes=["WO20"]) == []
    lines = {"2-2-2 D31": remark, "2-2-2 D32": remark}
    assert [one.cell for one in findings(HEALTH, lines, codes=["WO20"])] == ["D32"]


def test_a_line_that_differs_in_particles_and_signs_alone() -> None:
    lines = {"1-1 D9": "・関係団体に協力を依頼し、広報誌へ掲載記事を提供した。"}
    same = {"1-1 D10": "・関係団体へ、協力を依頼し、広報誌に掲載記事を提供した"}
    other = {"1-1 D10": "・関係団体へ協力を依頼し、会報に掲載記事を提供した。"}
    (found,) = findings(OFFICE, {**lines, **same}, codes=["WO20"])
    assert "ほとんど同じ文が" in found.message
    assert findings(OFFICE, {**lines, **other}, codes=["WO20"]) == []


def test_a_line_of_another_item() -> None:
    line = "・7 月の評議会において、令和５年度協会けんぽ決算見込みと保険料率について報告した。"
    (found,) = findings(OFFICE, {"1-1 D10": line, "2-3-1 D9": line}, codes=["WO20"])
    assert (f"{found.sheet}!{found.cell}", found.related[0].cell) == ("2-3-1!D9", "D10")
    assert "この項の計画と合いません" in found.message


CLAIMS = "回収可能性等を含めた費用対効果を勘案し、債務者の属性に応じて、支払督促や少額訴訟を計画的に実施。"
DEMANDS = (
    "支部及び弁護士による催告を毎月、計画的に実施。また、日本年金機構から送信される新規加入者情報データを活用し、"
    "勤務先が判明した債務者に対して、適宜、当該勤務先あて文書による催告を実施。"
)


def test_a_line_of_another_groups_book() -> None:
    (found,) = findings(HEALTH, {"2-2-5 D14": CLAIMS}, codes=["WO20"])
    (other,) = found.related
    assert (f"{found.sheet}!{found.cell}", other.sheet, other.cell) == ("2-2-5!D14", "1-2-5", "D18")
    assert "別のグループのブックの 1-2-5 の D18" in found.message
    assert findings(HEALTH, {"2-2-5 D14": CLAIMS}, codes=["WO20"], neighbours=False) == []


def test_lines_that_another_groups_book_has_too_and_that_are_right() -> None:
    shared = {"2-2-5 D14": CLAIMS, "2-2-5 D13": DEMANDS}
    assert findings(HEALTH, shared, codes=["WO20"]) == []  # two items that report the same
    assert findings(HEALTH, {"2-2-5 D14": CLAIMS.replace("少額訴訟", "訴訟")}, codes=["WO20"]) == []
    own = (
        "・埼玉県内年金事務所との事務部会及び連絡協議会において、健康保険加入事業所における保険証即時回収の"
        "協力を依頼。"
    )
    assert findings(BENEFITS, {"1-2-3 D9": own}, codes=["WO20"]) == []  # its plan is as much about it


def test_the_rule_says_where_books_of_other_groups_are_missing() -> None:
    assert next(one for one in all_rules() if one.code == "WO20").across


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・被扶養者資格再確認について、10/8～11/8 にかけて 60,991 事業所へ送付。", True),
        ("・被扶養者資格再確認について、10/8～11/8 にかけて 51,204 事業所へ送付。", False),
    ],
)
def test_a_line_with_another_date_and_the_same_count(text: str, found: bool) -> None:
    got = findings(BENEFITS, {"1-2-3 D23": text}, codes=("WO20",))
    assert [(one.sheet, one.cell) for one in got] == [("1-2-3", "D23")] * found
