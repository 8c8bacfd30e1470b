"""Marks, particles and words that stand twice, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("WO17", "・説明会を開催した。。", True),
        ("WO17", "・事業所へ、 、案内した。", True),
        ("WO17", "・案内した、。", True),
        ("WO17", "・対象者（保健師、）に案内した。", True),
        ("WO17", "・説明会を開催した。\n。", False),
        ("WO17", "・句点「。」、読点「、」を使い分けた。", False),
        ("WO18", "・周知広報をを図った。", True),
        ("WO18", "・周知広報をに図った。", True),
        ("WO18", "・開催したものの参加者は少ない。", False),
        ("WO18", "・市町村ががん検診と同時に実施した。", False),
        ("WO18", "・これまでで最多となった。", False),
        ("WO19", "・関係団体に周知周知を図った。", True),
        ("WO19", "・埼玉支部支部長が講演した。", False),
        ("WO19", "・高額レセプトの点検を徹底を徹底。", True),
        ("WO19", "・一人一人に案内した。", False),
        ("WO19", "・改善依頼書を31 件 件送付した。", True),
        ("WO19", "・市報の 6 月号と 6 月号に特集を載せた。", True),
        ("WO19", "・市報の 6 月号と 9 月号、16 月号と 6 月号に特集を載せた。", False),
    ],
)
def test_what_stands_twice_is_found(code: str, text: str, *, found: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * found


def test_the_finding_quotes_the_place_and_says_what_to_write() -> None:
    (finding,) = findings(OFFICE, {"1-3 D9": "・周知広報をを図った。"}, codes=["WO18"])
    assert "周知広報をを図った" in finding.message
    assert finding.hint == "「をを」を「を」に直してください。"
    assert (finding.actual, finding.expected) == ("をを", "を")


def test_one_cell_gets_one_finding_of_a_rule() -> None:
    assert said_of("・説明会を開催した。。案内した。。", "WO17") == [("WO17", HERE)]


def test_a_case_that_stands_twice_is_no_manner_of_speaking() -> None:
    assert said_of("・切り替えができない場合場合がある。", "WO19") == [("WO19", HERE)]


def test_a_clause_twice_is_no_wrong_particle_too() -> None:
    """The clerk was told to write 点検の徹底を徹底 as well."""
    assert said_of("・高額レセプトの点検を徹底を徹底。", "WO19", "WO61") == [("WO19", HERE)]
