"""The sums that one sentence states, and the parts of a whole."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of


@pytest.mark.parametrize(
    ("total", "is_wrong"), [("45社", False), ("54社", True), ("44社", True), ("４５社", False)]
)
def test_a_total_behind_its_parts(total: str, is_wrong: bool) -> None:
    said = said_of(f"・18社、27社の計{total}が参加した。", "CO")
    assert said == [("CO14", "1-3!D9")] * is_wrong


@pytest.mark.parametrize(("total", "is_wrong"), [("45社", False), ("54社", True)])
def test_a_total_in_a_clause_of_its_own(total: str, is_wrong: bool) -> None:
    said = said_of(f"・参加は5月が18社、6月が27社で、合わせて{total}となった。", "CO")
    assert said == [("CO14", "1-3!D9")] * is_wrong


def test_a_total_names_its_parts_and_their_sum() -> None:
    (found,) = findings(OFFICE, {"1-3 D9": "・参加は4月12人、5月20人、計34人であった。"}, codes=("CO14",))
    assert (found.actual, found.expected) == ("34人", "32人")
    assert "12人＋20人 は 32 です（「参加は4月12人、5月20人、計34人" in found.message


def test_a_total_of_the_last_parts_only() -> None:
    assert said_of("・訪問は5件、面談は12件、電話は15件、計27件であった。", "CO") == []


@pytest.mark.parametrize(
    ("total", "found"),
    [("10か所", True), ("11か所", False), ("10団体", True), ("10回", False), ("10校", False)],
)
def test_places_of_several_kinds_add_up(total: str, found: bool) -> None:
    said = said_of(f"・小学校6校、中学校2校、金融機関3社の計{total}で開いた。", "CO14")
    assert said == [("CO14", "1-3!D9")] * found


def test_a_running_total_is_no_sum() -> None:
    assert said_of("・4月12件、5月20件、累計150件となった。", "CO") == []


@pytest.mark.parametrize(("second", "is_wrong"), [(12, False), (13, True), (10, True), (7, False)])
def test_the_parts_of_a_whole(second: int, is_wrong: bool) -> None:
    """A sum that is off by more than two is another matter."""
    said = said_of(f"・15会場で実施し、3会場は午前、{second}会場は午後に行った。", "CO")
    assert said == [("CO14", "1-3!D9")] * is_wrong
