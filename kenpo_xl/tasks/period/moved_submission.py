"""A book from before a change of the plan, read with its own plan and moved to the places that it has now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import (
    Decisions,
    Difference,
    PartPath,
    PlanChange,
    PlanChanges,
    PlanPart,
)
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import (
    NOT_REPORTED,
    BookPart,
    ItemEntry,
    Mismatch,
    MismatchKind,
    Submission,
)
from kenpo_xl.pipeline.carry.change_sentences import change_sentence
from kenpo_xl.pipeline.carry.changed_plan import ContentOfPlan, FilledBook
from kenpo_xl.pipeline.carry.moved_acceptances import moved_acceptance, moved_identity_and_item
from kenpo_xl.pipeline.carry.moved_entries import MovedEntries
from kenpo_xl.pipeline.plan_changes.compare import compare_plans
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.tasks.period.issued_targets import targets_changed_since, without_targets_as_issued

_NAMED = (PlanPart.TABLE, PlanPart.ROW, PlanPart.COLUMN)
_REPORTED_THERE = "そこに載せます。"
_SAME_BLOCKS = "計画内容の同じブロックだけを載せます。"
_BLOCK = "/ブロック "
_NO_BLOCK = "の欄がありません。"
_ADDED, _CAME = "計画に加わった ", "計画で別の所から移った "
_KINDS = {Difference.NEW: MismatchKind.ADDED, Difference.GONE: MismatchKind.DROPPED}


class MovedBook:
    """What was read from a book with the plan that it was built from, by the parts of the plan now.

    `decided` is what the planner decided on parts of that plan.
    """

    def __init__(self, present: PlanMatch, old: Plan, read: Submission, *, decided: Decisions) -> None:
        """`present` is the book matched with the plan now, `read` what was read with the plan `old`."""
        self.present, self.read = present, read
        plan, stamp = present.plan, present.stamp
        self.plan, self.stamp = plan, stamp
        self._is_own_group = stamp.group in plan.groups
        changes = compare_plans(old, plan, decided)
        changes = changes.without(tuple(self._doubtful_parts(changes)))
        self.content = ContentOfPlan(old, plan, [FilledBook(read, {})], changes)
        self.moved = self.content.moved

    def submission(self) -> Submission:
        """The submission; its figures are converted from the scales in which they were typed."""
        items = tuple(MovedEntries(self.moved, self.read).items())
        changes = self.content.changes
        accepted = (moved_acceptance(changes, one)[0] for one in self.read.accepted)
        remarks = (
            (moved_identity_and_item(changes, one.identity)[0], one) for one in self.read.listed_remarks
        )
        return replace(
            self.read,
            missed=tuple(filter(self._is_unknown_now, self.read.missed)),
            items=tuple(without_targets_as_issued(items, self._target_before)),
            accepted=tuple(one for one in accepted if one),
            listed_remarks=tuple(replace(one, identity=name) for name, one in remarks if name),
            converted=(*self.read.converted, *self.moved.tables.converted.values()),
            mismatches=tuple(self._mismatches_with_plan(items)),
        )

    def survey(self, found: Survey) -> Survey:
        """The survey of the book as it was issued, with the tables that the plan defines otherwise now."""
        unknown = tuple(filter(self._is_unknown_now, found.unknown))
        return replace(found, outdated=tuple(self._outdated_tables()), unknown=unknown)

    def _is_unknown_now(self, part: BookPart) -> bool:
        """Whether a part that was not found is not the line of a table or KPI that the plan has now."""
        if part.kind == "載せる指標":
            return self.plan.kpi(part.identity) is None
        item, _, table = part.identity.partition("/")
        return part.kind != "載せる表" or (item, table) not in self.plan.tables

    def _doubtful_parts(self, changes: PlanChanges) -> Iterator[tuple[PlanPart, PartPath]]:
        """Items and blocks that are paired by likeness only, where the texts of the book say otherwise."""
        for part, old in changes.guessed if self._is_own_group else ():
            now = changes.new_path(part, *old)
            if part is PlanPart.ITEM and now and self._issued_path(now[0]) != old:
                yield part, old
            if part is PlanPart.BLOCK and now and self._issued_path(*now) != old:
                yield part, old

    def _issued_path(self, number: str, block: str = "") -> PartPath | None:
        """The path in the book of an item or block of the plan, by its texts and keys."""
        item = self.plan.item(number)
        issued = self.present.issued_number_of(item) if item else None
        if not block or item is None or issued is None:
            return (issued,) if issued else None
        mark = (self.present.issued_marks_of_blocks(item) or {}).get(block)
        return (issued, mark.name) if mark else None

    def _mismatches_with_plan(self, items: Iterable[ItemEntry]) -> Iterator[Mismatch]:
        """How the book differs from the plan now: from what it shows, else from what changed in the plan."""
        shown = [self._with_place(one) for one in self._mismatches_shown(items)] if self._is_own_group else []
        yield from shown
        yield from self._changes_of_parts()
        yield from targets_changed_since(self.plan, items, self._target_before, "計画が変わりました。")
        gone = tuple(
            _identity_prefix_of_part(one) for one in shown if one.issued and one.fact.endswith(NOT_REPORTED)
        )
        for value in self.moved.unplaced:
            if value.source and not value.identity.startswith(gone):
                words = f"{value.identity} の「{value.value}」は、いまの計画に入れる所がありません。"
                yield Mismatch(MismatchKind.DROPPED, value.identity, words + NOT_REPORTED, value.source)

    def _mismatches_shown(self, items: Iterable[ItemEntry]) -> Iterator[Mismatch]:
        """The differences that the texts and tables of the book show, but for scales, which are converted."""
        own = {item.id for item in self.plan.items_of(self.stamp.group)}
        rescaled = {f"{one.item}/{one.name}" for one in self._rescaled_tables()}
        found = self.present.mismatches(entry for entry in items if entry.item in own)
        return (one for one in found if one.identity not in rescaled)

    def _with_place(self, one: Mismatch) -> Mismatch:
        """The difference; of a part that has a place now, with the words that it is reported there."""
        if one.kind is MismatchKind.ADDED and self._came_from_another_place(one):
            return replace(one, fact=one.fact.replace(_ADDED, _CAME, 1))
        there = self._words_on_place(one) if one.issued and one.fact.endswith(NOT_REPORTED) else ""
        if not there:
            return one
        is_whole = one.kind is MismatchKind.DROPPED and there is _REPORTED_THERE
        kind = MismatchKind.CHANGED if is_whole else one.kind
        return replace(one, kind=kind, fact=one.fact.removesuffix(NOT_REPORTED) + there)

    def _came_from_another_place(self, one: Mismatch) -> bool:
        """Whether a block or table without a place in the book was in the plan before, elsewhere."""
        item, _, name = one.identity.partition("/")
        is_block = one.fact.endswith(_NO_BLOCK)
        path = item, f"/{name}".removeprefix(_BLOCK) if is_block else name
        pairs = self.content.changes.pairs[PlanPart.BLOCK if is_block else PlanPart.TABLE]
        return path in pairs.values()

    def _words_on_place(self, one: Mismatch) -> str:
        """What is reported of an item, block or table that is in the plan now, '' for nothing."""
        changes, path = self.content.changes, one.issued
        if len(path) > 1:
            part = PlanPart.BLOCK if _BLOCK in one.identity else PlanPart.TABLE
            return _REPORTED_THERE if changes.new_path(part, *path) else ""
        item = self.moved.old.item(path[0])
        names = [block.name for block in item.blocks] if item else []
        there = [changes.new_path(PlanPart.BLOCK, path[0], name) for name in names]
        if all(there) and one.kind is MismatchKind.DROPPED:
            return _REPORTED_THERE
        return _SAME_BLOCKS if any(there) else ""

    def _changes_of_parts(self) -> Iterator[Mismatch]:
        """What is new or gone in the items of the book, and what is taken for renamed by likeness only."""
        changes = self.content.changes
        numbers = {path[0] for one in self.read.items if (path := changes.new_path(PlanPart.ITEM, one.item))}
        for one in changes.changes:
            kind = self._kind_of_change(one)
            if kind and _new_item_of(one, changes) in numbers:
                name = "/".join(one.new[0] if one.new else one.old)
                fact = f"計画が変わりました。{change_sentence(one, self.content.plans)}。"
                yield Mismatch(kind, name, fact, self._source_of(one))

    def _kind_of_change(self, change: PlanChange) -> MismatchKind | None:
        """How a change of a part is reported, None if it is not."""
        parts = (PlanPart.ROW, PlanPart.COLUMN) if self._is_own_group else (*_NAMED, PlanPart.BLOCK)
        if change.part in (*parts, *_NAMED) and not change.certain:
            return MismatchKind.OUTDATED
        return _KINDS.get(change.difference) if change.part in parts else None

    def _source_of(self, change: PlanChange) -> Source:
        """The title of the table of a changed part in the book; the book itself where it has none."""
        changes = self.content.changes
        back = {new: old for old, new in changes.pairs.get(PlanPart.TABLE, {}).items()}
        path = change.old[:2] if change.old else back.get((*change.new[0], "")[:2], ())
        titles = (
            entry.title
            for item in self.read.items
            for entry in item.tables
            if (item.item, entry.table) == path and entry.title
        )
        return next(titles, Source(self.read.workbook, "", ""))

    def _rescaled_tables(self) -> Iterator[Table]:
        """The tables of which nothing but the scales changed."""
        return self.present.tables_in_issued_scales() if self._is_own_group else iter(())

    def _outdated_tables(self) -> Iterator[BookPart]:
        rescaled = {(one.item, one.name) for one in self._rescaled_tables()}
        for part in self.present.parts_of_outdated_tables() if self._is_own_group else ():
            item, _, name = part.identity.partition("/")
            words = f"表「{name}」の単位が、計画で変わりました。数は新しい単位に直して読みます。"
            yield replace(part, words=words) if (item, name) in rescaled else part

    def _target_before(self, name: str) -> Decimal | None:
        """The target that the plan of the book gave a KPI."""
        pairs = self.content.changes.pairs[PlanPart.KPI]
        names = [old[0] for old, new in pairs.items() if new[0] == name]
        found = self._assessments_before.assessment_of_kpi(names[0]) if names else None
        return found.assessment.target if found else None

    @cached_property
    def _assessments_before(self) -> Assessments:
        return rate_kpis_and_blocks(self.moved.old, self.moved.figures, [self.read])


def _identity_prefix_of_part(one: Mismatch) -> str:
    """What the identities in a part of the book begin with."""
    words = _BLOCK if len(one.issued) > 1 and _BLOCK in one.identity else "/"
    return f"{words.join(one.issued)}/"


def _new_item_of(change: PlanChange, changes: PlanChanges) -> str | None:
    """The item in the plan now that a changed part is in; None where it is gone."""
    path = changes.new_path(PlanPart.ITEM, change.old[0]) if change.old else change.new[0]
    return path[0] if path else None
