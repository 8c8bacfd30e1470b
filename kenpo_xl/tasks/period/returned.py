"""The planner's remarks (差戻し) on the books of a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.returns import ReturnRow
from kenpo_xl.checks.support.return_places import remark_with_place
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.status_board import BoardFinding, State, groups_with_items
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission


def return_states(
    rows: Iterable[ReturnRow], plan: Plan, seen: Iterable[BoardFinding]
) -> dict[int, tuple[str, str | None]]:
    """State and reply of each row of 差戻し by the findings of the books that count; None leaves a reply."""
    replies = {
        (normalized(one.group), normalized(one.finding.identity)): one.reason
        for one in seen
        if one.closure is Closure.REPLIED
    }
    return {row.number: _state_and_reply(row, plan, replies) for row in rows}


def _state_and_reply(
    row: ReturnRow, plan: Plan, replies: Mapping[tuple[str, str], str]
) -> tuple[str, str | None]:
    remark = row.remark
    reply = replies.get((normalized(remark.group), normalized(remark.identity)), "")
    if row.is_closed:
        return lists.CLOSED, None
    if reply:
        return State.REPLIED, reply
    if normalized(remark.group) not in map(normalized, groups_with_items(plan)):
        return "グループを選んでください", ""
    return State.RETURNED, ""


def remarks_to_group(remarks: Iterable[ReturnRemark], group: str) -> tuple[ReturnRemark, ...]:
    """The remarks to a group."""
    return tuple(one for one in remarks if normalized(one.group) == normalized(group))


def remarks_with_places(
    remarks: Iterable[ReturnRemark], submissions: Iterable[Submission], group: str
) -> tuple[ReturnRemark, ...]:
    """The remarks with what their cells are in the group's submission, if it has one."""
    own = next((one for one in submissions if one.group == group), None)
    return tuple(remark_with_place(one, own) if own else one for one in remarks)
