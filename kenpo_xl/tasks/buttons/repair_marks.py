"""The rows of 指摘 on what 直す would change: a sentence for each change, and whether it is chosen."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.repairs.repair import ProposedRepairs, Repair

_AGAIN = "もう一度「直す」を押すと、"
_CHOOSE = "右の列「直す」で「直す」を選び、"
_LETTERS = "見えない文字や、ほかの PC で読めない字が混じっています。", "ふつうの字にします。"
_TERM = "「用語」と違う書き方です。"
_FORMULA = "計算のセルに、計画の算式がありません。"
_OTHER_VALUE = "計算のセルの値が、もとの数から計算した値と違います。"
_NUMBER = "数が、文字として入っています。"
_GLYPH = "評価の記号が、見た目の同じ別の字です（文字の種類が違います）。"
_PYTHON = "ボタンの Python の場所が、計画ブックと違います。"


def marks_of_repairs(proposed: ProposedRepairs) -> list[Mark]:
    """A mark for each change: certain ones are chosen, the others wait for a person."""
    return list(map(_mark_of_repair, (*proposed.certain, *proposed.offered)))


def mark_of_repair(repair: Repair) -> str:
    """What is changed in a cell, as its row in 指摘 stores it."""
    return f"{'' if repair.is_certain else '？'}{repair.before}"


def _mark_of_repair(repair: Repair) -> Mark:
    fact, change = _fact_and_change(repair)
    return Mark(
        repair.edit.sheet,
        repair.edit.cell,
        fact,
        Severity.INFO,
        identity=mark_of_repair(repair),
        hint=f"{'' if repair.is_certain else _CHOOSE}{_AGAIN}{change}",
        actual=repair.before,
        expected=repair.after,
        is_repair=True,
        is_chosen=repair.is_certain,
    )


def _fact_and_change(repair: Repair) -> tuple[str, str]:
    if repair.figure:
        return _FORMULA if repair.is_certain else _OTHER_VALUE, "算式に戻します。"
    if repair.part:
        return (_TERM, f"{repair.after}にします。") if repair.part.variant else _LETTERS
    if isinstance(repair.edit.value, Decimal):
        return _NUMBER, f"{repair.after} にします。"
    if repair.code == rule_codes.ANOTHER_PYTHON:
        return _PYTHON, f"{repair.after} にします。"
    return _GLYPH, f"評価基準の {repair.after} にします。"
