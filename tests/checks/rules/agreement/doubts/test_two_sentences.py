"""Two sentences of an item that say one thing in two ways, in whatever words."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places

HELD = "・7月23日に担当者連絡会を開催した。"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (HELD, "・7月13日の担当者連絡会では、意見を交換した。", True),
        (HELD, "・担当者連絡会（7月13日開催）では、意見を交換した。", True),
        (HELD, "・7月13日に開催した担当者連絡会では、意見を交換した。", True),
        (HELD, "・7月13日の担当者連絡会では、各団体から報告があった。", True),
        (HELD, "・8月の担当者連絡会では、意見を交換した。", True),
        ("・11月13日から11月27日まで自主点検を行った。", "・11月23日までの自主点検を終えた。", True),
        ("・11月13日から11月27日まで自主点検を行った。", "・11月27日までの自主点検を終えた。", False),
        (HELD, "・7月23日の担当者連絡会では、意見を交換した。", False),
        (HELD, "・7月の担当者連絡会では、意見を交換した。", False),
        (HELD, "・7月13日に担当者連絡会の案内を送付した。", False),
        (HELD, "・昨年7月13日の担当者連絡会では、意見を交換した。", False),
        ("・第1回評議会は7月18日に開催した。", "・7月22日の第1回評議会では、決算も報告した。", True),
        ("・第1回評議会は7月18日に開催した。", "・7月22日の第2回評議会では、決算も報告した。", False),
    ],
)
def test_a_day_that_leads_to_a_name_is_another_one(first: str, second: str, found: bool) -> None:
    assert said_of_two(first, second) == [("CO113", "1-1!D10")] * found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("・合同研修には32人が参加した。", "・合同研修に参加した23人にアンケートを行った。", True),
        ("・合同研修には32人が参加した。", "・合同研修に参加した32人にアンケートを行った。", False),
        ("・合同研修には32人が参加した。", "・合同研修に参加した17人にアンケートを行った。", False),
        ("・合同研修には32人が参加した。", "・合同研修（17名参加）の資料を配布した。", True),
        ("・合同研修には32人が参加した。", "・第2回の合同研修には17人が参加した。", True),
        ("・第1回の合同研修には32人が参加した。", "・第2回の合同研修には17人が参加した。", False),
        ("・合同研修には32人が参加した。", "・合同研修の定員は23人である。", False),
        ("・合同研修には32人が参加した。", "・個別相談に来た23人にアンケートを行った。", False),
        ("・8月の合同研修には32人が参加した。", "・11月の合同研修には23人が参加した。", False),
    ],
)
def test_a_count_is_a_slip_of_the_other_one(first: str, second: str, found: bool) -> None:
    assert said_of_two(first, second)[:1] == [("CO113", "1-1!D10")] * found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("・窓口の混雑は緩和している。", "・窓口の混雑が激しくなったため、応援を置いた。", True),
        ("・電話の件数は増加した。", "・電話の件数が減少したため、体制を見直した。", True),
        ("・電話の件数は増加した。", "・電話の件数が増加したため、体制を見直した。", False),
        ("・電話の件数は増加した。", "・来所の人数が減少したため、体制を見直した。", False),
        ("・4月の電話の件数は増加した。", "・8月の電話の件数は減少した。", False),
    ],
)
def test_one_subject_changes_in_both_directions(first: str, second: str, found: bool) -> None:
    assert said_of_two(first, second) == [("CO113", "1-1!D10")] * found


def test_the_other_cell_is_named() -> None:
    (found,) = findings(
        OFFICE,
        {"1-1 D9": "・窓口の混雑は緩和している。", "1-1 D10": "・窓口の混雑は悪化した。"},
        codes=["CO113"],
    )
    assert [one.cell for one in found.related] == ["D9"]


def said_of_two(first: str, second: str) -> list[tuple[str, str]]:
    return places(findings(OFFICE, {"1-1 D9": first, "1-1 D10": second}, codes=["CO113"]))
