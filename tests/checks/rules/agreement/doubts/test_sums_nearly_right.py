"""Differences, percentages and sums that are nearly what the other numbers of a sentence give."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import said_of


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("照会は15,736件であったが、今期は12,377件と3,459件減少している。", True),
        ("照会は15,736件であったが、今期は12,377件と3,359件減少している。", False),
        ("照会は15,736件であったが、今期は12,377件と、電話で900件増加している。", False),
        ("契約は21機関であったが、今期は35機関と、24機関増えた。", True),
        ("契約は21機関であったが、今期は35機関と、14機関増えた。", False),
        ("対象50社のうち42社、率にして74％を訪問した。", True),
        ("対象50社のうち42社、率にして84％を訪問した。", False),
        ("対象50社のうち42社を訪問し、満足の回答は30％であった。", False),
        ("対象50社のうち42社を訪問し、満足度は80％に上昇した。", False),
        ("研修は18人、24人、15人で、総勢67人が受講した。", True),
        ("研修は18人、24人、15人で、総勢57人が受講した。", False),
        ("研修は18人、24人、15人ほかで、総勢67人が受講した。", False),
        ("研修は18人、24人、15人で、総勢570人が受講した。", True),
        ("研修は18人、24人の計42人と職員5人が受講した。", False),
    ],
)
def test_a_number_is_nearly_what_the_others_give(sentence: str, found: bool) -> None:
    assert said_of(f"・{sentence}", "CO116") == [("CO116", "1-3!D9")] * found
