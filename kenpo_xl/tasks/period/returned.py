"""The planner's remarks (差戻し) on the books of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.returns import ReturnRow
from kenpo_xl.checks.support.return_places import place_of_identity, remark_with_place
from kenpo_xl.domain.cell_reference import cell_position, is_cell
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.remarks import Concern, Remark
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


def remarks_without_place(
    remarks: Iterable[ReturnRemark], plan: Plan, submissions: Sequence[Submission]
) -> Iterator[Remark]:
    """Remarks on open rows of 差戻し that reach no group, or not the place they name."""
    for one in remarks:
        if normalized(one.group) not in map(normalized, groups_with_items(plan)):
            fact = f"グループ「{one.group}」が計画にないため、どのグループにも届いていません"
            yield _remark_on_row(one, f"{fact}。グループを選び直してください。", is_error=True)
        elif fact := _lost_place(one, plan, submissions):
            yield _remark_on_row(one, f"{fact}。グループには、場所のない差戻しとして見えています。")


def _remark_on_row(one: ReturnRemark, words: str, *, is_error: bool = False) -> Remark:
    place = " ".join(filter(None, (one.group, one.item, one.cell)))
    return Remark(Concern.RETURNED, is_error, place, f"「{one.text}」: {words}", source=one.source)


def _lost_place(one: ReturnRemark, plan: Plan, submissions: Sequence[Submission]) -> str:
    """Why the place that a remark names is not found, '' where it is."""
    if one.moved:
        return one.moved
    if one.item[:1].isdigit() and not plan.item(normalized(one.item.partition("/")[0])):
        return f"項「{one.item}」は、いまの計画にありません"
    if not one.cell:
        return ""
    if not is_cell(*cell_position(normalized(one.cell))):
        found = place_of_identity(one, plan)
        return "" if found else f"「{one.cell}」は、いまの計画にありません"
    (placed,) = remarks_with_places([one], submissions, one.group)
    return f"セル {one.cell} は、提出されたブックにもうありません" if placed.is_lost else ""


def remarks_to_group(remarks: Iterable[ReturnRemark], group: str) -> tuple[ReturnRemark, ...]:
    """The remarks to a group."""
    return tuple(one for one in remarks if normalized(one.group) == normalized(group))


def remarks_with_places(
    remarks: Iterable[ReturnRemark], submissions: Iterable[Submission], group: str
) -> tuple[ReturnRemark, ...]:
    """The remarks with what their cells are in the group's submission, if it has one."""
    own = next((one for one in submissions if one.group == group), None)
    return tuple(remark_with_place(one, own) if own else one for one in remarks)
