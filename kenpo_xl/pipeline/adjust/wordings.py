"""Changes of wording (文の調整) in the progress that the groups wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from kenpo_xl.domain.frozen import frozen
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

# An item and the place of a line among its lines.
LineKey = tuple[str, int]


def adjust_wordings(
    plan: Plan, submissions: Sequence[Submission], adjustments: Sequence[WordingAdjustment]
) -> tuple[tuple[Submission, ...], tuple[Remark, ...]]:
    """The submissions with the planner's words in the text lines of their blocks, and a remark on each.

    Words are found whatever their width and white space; only what was found is replaced, wherever it stands
    in the block. Not applied where the words are not found, or two adjustments want the same words changed.
    """
    wordings = list({_equality_key(one): _Wording(one, block_key(plan, one)) for one in adjustments}.values())
    for submission in submissions:
        _find_places(submission, wordings)
    settled = [
        replace(one, failure=one.own_failure() or _contradiction_failure(one, wordings)) for one in wordings
    ]
    applied = [wording for wording in settled if not wording.failure]
    changed = (
        replace(submission, items=tuple(_item_with_wordings(item, applied) for item in submission.items))
        for submission in submissions
    )
    return tuple(changed), tuple(wording.remark() for wording in settled)


def _equality_key(one: WordingAdjustment) -> tuple[str, ...]:
    """What is equal for two rows that ask for the same."""
    return normalized(one.item), normalized(one.block), normalized(one.old), one.new


@frozen
class _Wording:
    """A change of wording, and where its words stand: line, start and end."""

    asked: WordingAdjustment
    block: BlockKey | None
    places: list[tuple[LineKey, int, int]] = field(default_factory=list)
    failure: str = ""

    @property
    def leaves_out(self) -> bool:
        return normalized(self.asked.new) == normalized(LEAVE_OUT)

    def collect_positions(self, key: LineKey, line: LineEntry) -> None:
        """Keeps the places of the words in a line, the whole line where it is to be left out."""
        if self.asked.moved or line.kind is not LineKind.TEXT or self.block != (key[0], line.block):
            return
        found = match_positions(self.asked.old, line.text)
        if found and self.leaves_out:
            found = [(0, len(line.text))]
        self.places.extend((key, start, end) for start, end in found)

    def own_failure(self) -> str:
        """Why it cannot be applied, whatever the others ask for; '' where it can."""
        if self.asked.moved or self.block is None:
            return self.asked.moved or NO_BLOCK
        if not self.asked.old:
            return "いまの文が空です"
        if not self.asked.new:
            return f"直した文が空です（行ごと載せないときは {LEAVE_OUT} と入れます）"
        if normalized(self.asked.new) == normalized(LEAVE_OUT.strip("（）")):
            return f"直した文が「{self.asked.new}」です（行ごと載せないときは {LEAVE_OUT} と入れます）"
        if not self.places:
            return f"「{self.asked.old}」が実施状況の文に見つかりません"
        return ""

    def overlaps(self, other: _Wording) -> bool:
        """Whether both want some letter of a line changed."""
        pairs = ((mine, theirs) for mine in self.places for theirs in other.places)
        return any(m[0] == t[0] and m[1] < t[2] and t[1] < m[2] for m, t in pairs)

    def remark(self) -> Remark:
        asked = self.asked
        if self.failure:
            return unmatched_remark(block_label(asked), self.failure, asked)
        done = "の行を載せません" if self.leaves_out else f"を「{asked.new}」に直しました"
        count = f"（{len(self.places)} か所）" if len(self.places) > 1 else ""
        return applied_remark(block_label(asked), f"「{asked.old}」{done}{count}", asked)


def _find_places(submission: Submission, wordings: Iterable[_Wording]) -> None:
    for item in submission.items:
        for place, line in enumerate(item.lines):
            for wording in wordings:
                wording.collect_positions((item.item, place), line)


def _contradiction_failure(one: _Wording, all_of_them: Iterable[_Wording]) -> str:
    return CONTRADICTING if any(one.overlaps(other) for other in all_of_them if other is not one) else ""


def _item_with_wordings(item: ItemEntry, wordings: Sequence[_Wording]) -> ItemEntry:
    lines = (_line_with_wordings(line, (item.item, place), wordings) for place, line in enumerate(item.lines))
    return replace(item, lines=tuple(lines))


def _line_with_wordings(line: LineEntry, key: LineKey, wordings: Iterable[_Wording]) -> LineEntry:
    """The line with its new words, and where in it they stand; or marked as left out."""
    todo = [(start, end, wording) for wording in wordings for own, start, end in wording.places if own == key]
    if any(wording.leaves_out for _, _, wording in todo):
        return replace(line, left_out=True)
    text, copied, changes = "", 0, []
    for start, end, wording in sorted(todo, key=lambda one: one[:2]):
        text += line.text[copied:start]
        changes.append(WordingChange(len(text), len(text) + len(wording.asked.new), wording.asked.source))
        text, copied = text + wording.asked.new, end
    return replace(line, text=text + line.text[copied:], changes=tuple(changes))
