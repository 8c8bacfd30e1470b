"""Remarks of the planner on a book (差戻し)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.return_places import source_of_remark
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized

_UNCLEAR = "。計画が変わる前の番号かもしれません"


@rule(
    rule_codes.RETURNED,
    Family.RETURN,
    Severity.ERROR,
    "取りまとめ担当からの差戻しがあります",
    why="取りまとめ担当が、確かめてほしいことや直してほしいことを、取りまとめのブックに書いています。",
    remedy="直すか確かめて、この行の「確認済の理由・返事」に「直しました」のように返事を入れ、提出してください。",
    needs=Requirement.REMARKS,
)
def returned_by_planner(context: CheckContext) -> Iterator[Violation]:
    """A remark on the group's book, until the planner closes it; a reply answers it."""
    for remark in context.returned or ():
        if normalized(remark.group) == normalized(context.submission.group):
            source = source_of_remark(remark, context)
            where = " ".join(filter(None, (remark.item, remark.cell))) if not source.cell else ""
            where += _UNCLEAR if where and remark.moved else ""
            about = f"（{where}）" if where else ""
            yield Violation(source, remark.identity, f"取りまとめ担当から{about}: {remark.text}")
