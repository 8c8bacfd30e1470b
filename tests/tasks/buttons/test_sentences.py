"""What the buttons of an input book say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.domain.findings.finding import Family, Finding, Severity
from kenpo_xl.live.repairs import UndoneRepairs
from kenpo_xl.tasks.book_result import BookResult
from kenpo_xl.tasks.buttons.input_buttons import SubmitReason, SubmitResult
from kenpo_xl.tasks.buttons.repair_buttons import UndoStep
from kenpo_xl.tasks.buttons.sentences import counts_sentence, refusal_sentence

FIRST = "最初の指摘（1-1!D9）に移りました。"
CELL = ("操作", "C15")


def found(*families: Family) -> BookResult:
    """A book with an error of each family."""
    every = (
        Finding(
            f"XX0{number}",
            family,
            Severity.ERROR,
            "一課.xlsm",
            "1-1",
            "D9",
            f"1-1/{number}",
            "誤りです。",
            "",
        )
        for number, family in enumerate(families)
    )
    return BookResult(Path("一課.xlsm"), findings=tuple(every))


@pytest.mark.parametrize(
    ("families", "reason", "sentence"),
    [
        (
            [Family.ARITHMETIC],
            SubmitReason(cell=CELL),
            "誤りが 1 件残っているため、まだ提出していません。最初の指摘（1-1!D9）に移りました。"
            "直して、もう一度「提出」を押してください。"
            "直せないときは、シート「操作」の「誤りを残して提出する理由」に理由を入れます。",
        ),
        (
            [Family.RETURN, Family.RETURN],
            SubmitReason(cell=CELL),
            "返事のない差戻しが 2 件あるため、まだ提出していません。最初の指摘（1-1!D9）に移りました。"
            "差戻しには、シート「指摘」の「確認済の理由・返事」に返事を入れます。もう一度「提出」を押してください。",
        ),
        (
            [Family.ARITHMETIC, Family.RETURN],
            SubmitReason("公表", CELL, is_used=True),
            "誤りが 1 件残っているうえ、返事のない差戻しが 1 件あるため、まだ提出していません。"
            "最初の指摘（1-1!D9）に移りました。"
            "差戻しには、シート「指摘」の「確認済の理由・返事」に返事を入れます。直して、もう一度「提出」を押してください。"
            "直せないときは、シート「操作」の「誤りを残して提出する理由」（前の提出のときのまま）を書き直します。",
        ),
    ],
    ids=["error", "remarks", "both"],
)
def test_why_a_book_is_not_submitted(families: list[Family], reason: SubmitReason, sentence: str) -> None:
    assert refusal_sentence(SubmitResult(found(*families), reason), FIRST) == sentence


def test_what_was_put_back_is_said_with_what_is_found_now() -> None:
    cells = UndoneRepairs(("1-1!D9", "1-1!D10"), ("1-1!E9",))
    done = UndoStep(cells, found(Family.ARITHMETIC)).sentence
    assert done == (
        "2 か所を、直す前に戻しました。1-1!E9 は、直したあとで変わったため、そのままです。"
        "誤り 1 件があります。"
    )
    unchecked = UndoStep(cells, None).sentence
    assert unchecked.endswith("点検はできませんでした。シート「指摘」は、戻す前のままです。")


def test_no_finding_is_said_too() -> None:
    assert counts_sentence(found()) == "指摘はありません。"
