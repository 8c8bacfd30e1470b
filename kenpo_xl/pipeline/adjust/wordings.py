"""Changes of wording (文の調整) in the progress that the groups wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from kenpo_xl.domain.emphasis import spans_in_changed_text
from kenpo_xl.domain.frozen import frozen, replace
from kenpo_xl.domain.language.normalize import match_positions, normalized
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import LEAVE_OUT, WordingAdjustment
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission, WordingChange
from kenpo_xl.pipeline.adjust.matching import (
    CONTRADICTING,
    NO_BLOCK,
    BlockKey,
    applied_remark,
    block_key,
    block_label,
    unmatched_remark,
)

# An item and the index of a line among its lines.
LineKey = tuple[str, int]


def adjust_wordings(
    plan: Plan, submissions: Sequence[Submission], adjustments: Sequence[WordingAdjustment]
) -> tuple[tuple[Submission, ...], tuple[Remark, ...]]:
    """The submissions with the planner's words in the text lines of their blocks, and a remark on each.

    Words are found whatever their width and white space; only what was found is replaced, anywhere in the
    block. Not applied where the words are not found, or two adjustments want the same words changed.
    """
    unique = {_deduplication_key(adjustment): adjustment for adjustment in adjustments}
    wordings = [_Wording(adjustment, block_key(plan, adjustment)) for adjustment in unique.values()]
    for submission in submissions:
        _collect_all_positions(submission, wordings)
    settled = [replace(wording, failure=_wording_failure(wording, wordings)) for wording in wordings]
    applied = [wording for wording in settled if not wording.failure]
    changed = (
        replace(submission, items=tuple(_item_with_wordings(item, applied) for item in submission.items))
        for submission in submissions
    )
    return tuple(changed), tuple(wording.outcome_remark() for wording in settled)


def _wording_failure(wording: _Wording, wordings: Sequence[_Wording]) -> str:
    """Why a wording cannot be applied, '' where it can."""
    return wording.failure_apart_from_overlaps() or _contradiction_failure(wording, wordings)


def _deduplication_key(adjustment: WordingAdjustment) -> tuple[str, ...]:
    """A key that is equal for two rows that ask for the same change."""
    return (
        normalized(adjustment.item),
        normalized(adjustment.block),
        normalized(adjustment.old),
        adjustment.new,
    )


@frozen
class _Wording:
    """A change of wording, and where its words were found: line, start and end."""

    asked: WordingAdjustment
    block: BlockKey | None
    positions: list[tuple[LineKey, int, int]] = field(default_factory=list)
    failure: str = ""

    @property
    def removes_line(self) -> bool:
        return normalized(self.asked.new) == normalized(LEAVE_OUT)

    def collect_positions(self, key: LineKey, line: LineEntry) -> None:
        """Stores the positions of the words in a line, the whole line where it is to be removed."""
        if self.asked.moved or line.kind is not LineKind.TEXT or self.block != (key[0], line.block):
            return
        found = match_positions(self.asked.old, line.text)
        if found and self.removes_line:
            found = [(0, len(line.text))]
        self.positions.extend((key, start, end) for start, end in found)

    def failure_apart_from_overlaps(self) -> str:
        """Why it cannot be applied, regardless of the other changes; '' where it can."""
        if self.asked.moved or self.block is None:
            return self.asked.moved or NO_BLOCK
        if not self.asked.old:
            return "いまの文が空です"
        if not self.asked.new:
            return f"直した文が空です（行ごと載せないときは {LEAVE_OUT} と入れます）"
        if normalized(self.asked.new) == normalized(LEAVE_OUT.strip("（）")):
            return f"直した文が「{self.asked.new}」です（行ごと載せないときは {LEAVE_OUT} と入れます）"
        if not self.positions:
            return f"「{self.asked.old}」が実施状況の文に見つかりません"
        return ""

    def overlaps(self, other: _Wording) -> bool:
        """Whether both want some letter of a line changed."""
        pairs = ((own, theirs) for own in self.positions for theirs in other.positions)
        return any(m[0] == t[0] and m[1] < t[2] and t[1] < m[2] for m, t in pairs)

    def outcome_remark(self) -> Remark:
        asked = self.asked
        if self.failure:
            return unmatched_remark(block_label(asked), self.failure, asked)
        done = "の行を載せません" if self.removes_line else f"を「{asked.new}」に直しました"
        count = f"（{len(self.positions)} か所）" if len(self.positions) > 1 else ""
        return applied_remark(block_label(asked), f"「{asked.old}」{done}{count}", asked)


def _collect_all_positions(submission: Submission, wordings: Iterable[_Wording]) -> None:
    for item in submission.items:
        for index, line in enumerate(item.lines):
            for wording in wordings:
                wording.collect_positions((item.item, index), line)


def _contradiction_failure(wording: _Wording, wordings: Iterable[_Wording]) -> str:
    return CONTRADICTING if any(wording.overlaps(other) for other in wordings if other is not wording) else ""


def _item_with_wordings(item: ItemEntry, wordings: Sequence[_Wording]) -> ItemEntry:
    lines = (_line_with_wordings(line, (item.item, index), wordings) for index, line in enumerate(item.lines))
    return replace(item, lines=tuple(lines))


def _line_with_wordings(line: LineEntry, key: LineKey, wordings: Iterable[_Wording]) -> LineEntry:
    """The line with its new words and their positions; or marked as left out."""
    todo = [
        (start, end, wording) for wording in wordings for own, start, end in wording.positions if own == key
    ]
    if any(wording.removes_line for _, _, wording in todo):
        return replace(line, left_out=True)
    text, copied, changes = "", 0, []
    for start, end, wording in sorted(todo, key=lambda one: one[:2]):
        text += line.text[copied:start]
        changes.append(WordingChange(len(text), len(text) + len(wording.asked.new), wording.asked.source))
        text, copied = text + wording.asked.new, end
    text += line.text[copied:]
    # Words of the planner do not confirm a line of last quarter.
    carried = text if line.is_unconfirmed else line.carried
    emphases = spans_in_changed_text(line.emphases, line.text, text)
    return replace(line, text=text, changes=tuple(changes), carried=carried, emphases=emphases)
