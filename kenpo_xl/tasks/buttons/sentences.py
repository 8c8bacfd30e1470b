"""Sentences of the buttons in an input book: what was found, and why a book is not submitted."""

from __future__ import annotations

from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.buttons.input_buttons import SubmitReason, SubmitResult
from kenpo_xl.tasks.check import BookResult

_REPLY = "差戻しには、シート「指摘」の「確認済の理由・返事」に返事を入れます。"


def counts_sentence(found: BookResult, are_there: str = "があります") -> str:
    """A sentence with the numbers of findings."""
    counts = [
        f"{severity} {found.count_open(severity)} 件" for severity in Severity if found.count_open(severity)
    ]
    closed = "、".join(f"{one} {found.closed_counts[one]} 件" for one in Closure if found.closed_counts[one])
    accepted = f"（ほかに{closed}）" if closed else ""
    return f"{'、'.join(counts) + are_there if counts else '指摘はありません'}{accepted}。"


def refusal_sentence(done: SubmitResult, first: str) -> str:
    """Why a book is not submitted, and what to do; `first` is a sentence on its first error."""
    remarks = sum(one.is_remark for one in done.checked.open_errors)
    errors = len(done.checked.open_errors) - remarks
    counts = [f"誤りが {errors} 件残っている"] if errors else []
    counts += [f"返事のない差戻しが {remarks} 件ある"] if remarks else []
    fact = f"{'うえ、'.join(counts)}ため、まだ提出していません。"
    todo = "直して、" if errors else ""
    again = f"{todo}もう一度「提出」を押してください。"
    reply = _REPLY if remarks else ""
    return f"{fact}{first}{reply}{again}{_advice_on_reason_for_errors(done.reason) if errors else ''}"


def _advice_on_reason_for_errors(reason: SubmitReason) -> str:
    """What to do about an error that cannot be put right."""
    if reason.cell is None:
        return "直せないときは、シート「指摘」の「確認済の理由・返事」に理由を入れます。"
    where = f"シート「{reason.cell[0]}」の「誤りを残して提出する理由」"
    if reason.is_used:
        return f"直せないときは、{where}（前の提出のときのまま）を書き直します。"
    return f"直せないときは、{where}に理由を入れます。"
