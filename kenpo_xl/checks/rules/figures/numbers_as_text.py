"""Rules on text in cells for numbers (値)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import input_text_for_value, shortened_text
from kenpo_xl.checks.support.number_cells import (
    NumberCell,
    all_number_cells,
    has_ambiguous_text,
    looks_like_formula,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.submission.submission import CellType

_RESTORE = "セルを空にして「直す」を押すと、算式に戻ります。"


@rule(
    "VA02",
    Family.VALUES,
    Severity.ERROR,
    "数を入れる欄に文字があります",
    why="文字は数として計算できず、合計や率から漏れます。",
    remedy="数だけを入れてください。まだ分からないときは空欄に、該当がないときは「－」にしてください。",
)
def not_a_number(context: CheckContext) -> Iterator[Violation]:
    """Text in a number cell that is neither a number, with or without unit, nor a sign (－)."""
    for cell in all_number_cells(context):
        text = cell.entry.value
        if cell.entry.cell_type is not CellType.TEXT or not cell.expects_number or not isinstance(text, str):
            continue
        if text not in SIGNS and typed_number_and_unit(text) is None and not looks_like_formula(text):
            fact = f"{cell.name}に「{shortened_text(text)}」とあり、数として読めません。"
            yield cell.violation(fact, "" if cell.is_input_cell else _RESTORE)


@rule(
    rule_codes.NUMBER_AS_TEXT,
    Family.VALUES,
    Severity.WARNING,
    "数が文字として入っています",
    why="Excel は文字として入った数を合計しないため、Excel の合計と報告書の合計が合わなくなります。",
    remedy="半角の数だけを入れ直してください。単位は自動で付きます。ほかの読み方がない数は、「直す」でも直せます。",
    superseded_by=(rule_codes.FORMULA_LOST, rule_codes.STRUCK_THROUGH),
)
def number_as_text(context: CheckContext) -> Iterator[Violation]:
    """Readable text in a number cell: full-width digits, brackets, the cell's own unit.

    Invisible characters (U+200B and the like) are named and ignored.
    """
    for cell in all_number_cells(context):
        if cell.entry.cell_type is CellType.TEXT and cell.expects_number and cell.number is not None:
            digits, text = input_text_for_value(cell.figure, cell.number), shortened_text(cell.entry.written)
            unseen = cell.entry.unseen
            fact = f"に見えない文字（{unseen}）が混じっています" if unseen else "は文字として入っています"
            yield cell.violation(
                f"{cell.name}の「{text}」{fact}（{cell.displayed_value()} と読みました）。",
                _hint_on_number_as_text(cell, digits),
                f"{digits}（数）",
            )


def _hint_on_number_as_text(cell: NumberCell, digits: str) -> str:
    """What to type, and that 直す does it where the text has one reading only."""
    if not cell.is_input_cell:
        return _RESTORE
    typed = f"{digits} とだけ入れ直してください。単位や桁区切りは自動で付きます。"
    return typed if has_ambiguous_text(cell) else f"{typed}「直す」を押しても、数になります。"
