"""Numbers of sentences against printed tables, rates, units, KPIs and last year's figures."""

from __future__ import annotations

import pytest

from kenpo_xl.checks.rules.agreement.text_figures import is_name_of_another_event
from kenpo_xl.domain.findings.finding import Finding
from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings

# A line of an item of each group, to say other things in.
LETTERS = OFFICE, "2-4 D20"
DEMANDS = RECEIPTS, "1-2-5 D14"
RECEIPT_CHECK = RECEIPTS, "1-2-4 D17"
PAYMENTS = BENEFITS, "1-2-2 D20"
BENEFITS_COUNTED = BENEFITS, "1-2-3 D13"
DECLARATIONS = HEALTH, "2-2-5 D14"


def said(place: tuple[str, str], text: str) -> list[Finding]:
    """What the rules on agreement find in a line that says a text."""
    group, line = place
    sheet, cell = line.split()
    found = findings(group, {line: f"・{text}"}, codes=("CO",))
    return [one for one in found if (one.sheet, one.cell) == (sheet, cell)]


@pytest.mark.parametrize(
    ("place", "text", "figure"),
    [
        (LETTERS, "11 月は 863 件に送付し、191 人が登録した。", "F75"),
        (LETTERS, "１１月の文書勧奨では６８３件に送付した。", "E75"),
        (LETTERS, "登録率は 5 月の 9.3％から 11 月は 17.3％に上昇した。", "G75"),
        (DEMANDS, "第 3 四半期の文書による催告は 4,700 件であった。", "G39"),
        (DEMANDS, "文書による催告は第 1 四半期 4,285 件、第 2 四半期 5,434 件である。", "F39"),
        (DEMANDS, "第 3 四半期の回収は 220 件、28,070 千円であった。", "G35"),
        (PAYMENTS, "郵送化率は 12 月までで 95.6％となった。", "E32"),
        (PAYMENTS, "10 月までの決定件数は 43,089 件で、前年同期の 42,313 件を上回った。", "E27"),
        (RECEIPT_CHECK, "第 3 四半期の査定金額は 75,727 千円であった。", "G29"),
        (LETTERS, "11 月の埼玉だよりの発行部数は 21,000 部であった。", "F49"),
        (DEMANDS, "第 1 四半期の再加入者への催告の件数は 32 件である。", "E41"),
    ],
)
def test_a_number_that_is_not_the_named_figure(place: tuple[str, str], text: str, figure: str) -> None:
    (found,) = said(place, text)
    assert (found.code, [one.cell for one in found.related]) == ("CO07", [figure])


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (LETTERS, "11 月は 863 件に送付し、119 人が登録した。"),
        (LETTERS, "訪問勧奨では 11 月に 24 人が登録した。"),
        (LETTERS, "新たな委嘱者数は 998 人である。"),
        (LETTERS, "11 月は 863 件に送付し、うち 19 人が電話で登録した。"),
        (DEMANDS, "10 月の文書による催告は 1,380 件であった。"),
        (DEMANDS, "文書による催告のうち、支部によるものは 3,120 件であった。"),
        (PAYMENTS, "傷病手当金の決定件数 8,120 件について審査を行った。"),
        (PAYMENTS, "郵送化率は 4 月の 96.1％から 12 月は 96.7％まで上がった。"),
        (PAYMENTS, "10 月の決定件数は約 43,000 件であった。"),
        (RECEIPT_CHECK, "歯科の査定率は 0.021％、医科は 0.210％である。"),
        (BENEFITS_COUNTED, "柔道整復施術療養費の請求件数は 365,337 件（前年同期比 100.9％）である。"),
        (RECEIPT_CHECK, "12 月までの査定金額は 2 億 4,411 万 6 千円である。"),
    ],
)
def test_a_part_another_time_or_another_thing(place: tuple[str, str], text: str) -> None:
    assert said(place, text) == []


def test_a_figure_is_named_once_and_with_its_unit() -> None:
    (found,) = said(RECEIPT_CHECK, "第 3 四半期の査定金額は 75,727 千円であった。")
    assert found.message == (
        "文では「75,727 千円」ですが、「査定金額」の令和6年度の10～12月（G29）は 75,277 千円 です。"
    )


@pytest.mark.parametrize(
    ("place", "text", "unit"),
    [
        (PAYMENTS, "決定件数は 43,089 人であった。", "件"),
        ((HEALTH, "2-2-4 D14"), "文書勧奨 18,909 人", "件"),
        ((HEALTH, "2-2-3 D27"), "遠隔面談実施者数 8 件（令和 6 年 12 月末）", "人"),
    ],
)
def test_a_unit_that_contradicts(place: tuple[str, str], text: str, unit: str) -> None:
    (found,) = said(place, text)
    assert found.code == "CO16"
    assert f"の単位は「{unit}」です" in found.message


def test_a_unit_that_may_be_written_so() -> None:
    assert said((HEALTH, "2-2-4 D14"), "文書勧奨 18,909 通（18,909 件）") == []


@pytest.mark.parametrize(
    ("place", "text", "target"),
    [
        (RECEIPT_CHECK, "目標は 0.158％以上である。", "0.185％"),
        (RECEIPT_CHECK, "査定率は 11 月末で 0.149％であり、目標の 0.158％以上には届いていない。", "0.185％"),
        (DECLARATIONS, "KPI の 1,207 事業所に向けて取り組んだ。", "1,270 事業所"),
    ],
)
def test_a_target_that_is_not_the_plans(place: tuple[str, str], text: str, target: str) -> None:
    (found,) = said(place, text)
    assert (found.code, found.expected) == ("CO17", target)


@pytest.mark.parametrize(
    "text",
    [
        "目標は 0.185％以上である。",
        "来年度の目標は 0.190％以上とする案である。",
        "目標の 0.185％に対する達成率は 80.5％である。",
        "点検員一人当たりの目標は月 120 件である。",
    ],
)
def test_the_plans_target_and_other_targets(text: str) -> None:
    assert said(RECEIPT_CHECK, text) == []


def test_a_result_that_is_not_the_computed_one() -> None:
    (found,) = said(DEMANDS, "返納金債権の回収率は 11 月末時点で 55.90％である。")
    assert found.code == "CO18"
    assert said(DEMANDS, "返納金債権の回収率は 11 月末時点で 55.09％である。") == []
    assert said(DEMANDS, "返納金債権の回収率は 8 月末時点で 44.24％である。") == []


def test_a_direction_against_the_table() -> None:
    (found,) = said(RECEIPT_CHECK, "査定率は前年同期を上回った。")
    assert found.code == "CO19"
    assert "令和6年11月の査定率は 0.149％、前年同期は 0.183％ です" in found.message
    assert [one.cell for one in found.related] == ["E35", "E36"]
    assert said(RECEIPT_CHECK, "査定率は前年同期を下回った。") == []
    assert said(RECEIPT_CHECK, "歯科の査定率は前年同期を上回った。") == []


def test_a_hostile_text_takes_no_longer_than_others() -> None:
    text = "11 月は 863 件に送付し、191 人が登録、目標は 0.1％、" * 1_500
    assert findings(OFFICE, {"2-4 D20": text[:32_767]}, codes=("CO07", "CO16", "CO17", "CO18", "CO19"))


@pytest.mark.parametrize(
    ("name", "words", "is_another"),
    [
        ("通いの場の参加者数", "勉強会の参加者は", True),
        ("通いの場の参加者数", "通いの場の参加者は", False),
        ("統計分析研修の受講者数", "研修には", False),
        ("参加者数", "勉強会の参加者は", False),
    ],
)
def test_the_number_of_another_event_is_no_figure(name: str, words: str, is_another: bool) -> None:
    assert is_name_of_another_event(name, words) is is_another
