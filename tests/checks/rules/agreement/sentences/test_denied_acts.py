"""What one sentence says was done and another of its item was not, in the cell of the second."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 月の評議会は開催を見送った。", True),
        ("11 月の評議会は開催を見送った。", False),
        ("評議会は今年度は開催していない。", True),
        ("対面の評議会は今年度は開催していない。", False),
        ("評議会の一部は今年度は開催していない。", False),
        ("運営会議は今年度は開催していない。", False),
        ("委員の評議会は開催していない。", False),
        ("10 月の評議会で説明した。", False),
    ],
)
def test_an_act_that_another_sentence_tells(text: str, found: bool) -> None:
    got = findings(OFFICE, {"1-1 D13": f"・{text}"}, codes=("CO93",))
    assert [(one.sheet, one.cell) for one in got] == [("1-1", "D13")] * found


def test_both_sentences_are_named() -> None:
    (one,) = findings(OFFICE, {"1-1 D13": "・10 月の評議会は開催を見送った。"}, codes=("CO93",))
    assert one.message.startswith("「評議会は開催を見送った」とありますが、D11 には")
    assert [(source.sheet, source.cell) for source in one.related] == [("1-1", "D11")]


def test_both_may_be_in_one_line() -> None:
    line = "・職員研修を 6 月に行い、42 名が参加した。なお、職員研修は行っていない。"
    (one,) = findings(OFFICE, {"1-3 D9": line}, codes=("CO93",))
    assert (one.sheet, one.cell, one.related) == ("1-3", "D9", ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("健康づくりオンラインセミナーは、講師との調整がつかず未実施。", True),
        ("健康づくりオンラインセミナーは、一部の事業所で未実施。", False),
        ("健康づくり対面セミナーは、講師との調整がつかず未実施。", False),
    ],
)
def test_an_act_that_another_line_begins(text: str, found: bool) -> None:
    got = findings(HEALTH, {"2-2-5 D15": text}, codes=("CO93",))
    assert [(one.sheet, one.cell) for one in got] == [("2-2-5", "D15")] * found


def test_a_plan_in_a_name_is_no_plan() -> None:
    lines = {"1-2-4 D11": "・行動計画会議は開催できなかった。"}
    assert [one.cell for one in findings(RECEIPTS, lines, codes=("CO93",))] == ["D11"]
