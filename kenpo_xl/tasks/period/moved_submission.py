"""A submission from before a change of the plan, read with its own plan and moved to the new places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.books.common.stamp import read_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.plan_changes import Difference, PlanChange, PlanChanges, PlanPart
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, Mismatch, MismatchKind, Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.changed_plan import ContentOfPlan, FilledBook, change_sentence

_NAMED = (PlanPart.TABLE, PlanPart.ROW, PlanPart.COLUMN)
_KINDS = {Difference.NEW: MismatchKind.ADDED, Difference.GONE: MismatchKind.DROPPED}


def read_moved_submission(book: Workbook, old: Plan, plan: Plan) -> Submission | None:
    """The contents of a book of an old plan, if its group, items, names or scales are others in the plan now.

    None for any other book. Its figures are converted from the scales in which they were typed. KenpoError if
    it cannot be read.
    """
    stamp = read_stamp(book)
    if stamp is None:
        return None
    submission = read_matched_submission(PlanMatch(book, old, stamp))
    content = ContentOfPlan(old, plan, [FilledBook(submission, {})])
    items = tuple(_item_entry(content, item) for item in plan.items if _is_in_book(content, item))
    owners = {item.owner for item in plan.items if any(one.item == item.id for one in items)}
    if not content.moved.tables.converted and owners <= {stamp.group} and not _has_other_names(content):
        return None
    converted = (*submission.converted, *content.moved.tables.converted.values())
    mismatches = (*_changes_as_mismatches(content, book.path.name), *_unplaced_as_mismatches(content))
    return replace(submission, items=items, converted=converted, mismatches=mismatches)


def _unplaced_as_mismatches(content: ContentOfPlan) -> Iterator[Mismatch]:
    for one in content.moved.unplaced:
        if one.source:
            fact = (
                f"{one.identity} の「{one.value}」は、いまの計画に入れる所がありません。報告書に載せません。"
            )
            yield Mismatch(MismatchKind.DROPPED, one.identity, fact, one.source)


def _has_other_names(content: ContentOfPlan) -> bool:
    """Whether a table, row or column has another name in the plan now."""
    changes = content.changes.changes
    return any(one.part in _NAMED and one.difference is Difference.RENAMED for one in changes)


def _changes_as_mismatches(content: ContentOfPlan, workbook: str) -> Iterator[Mismatch]:
    """What is new or gone in the items of the book, and what is taken for renamed by its likeness only."""
    changes = content.changes
    old_numbers = [entry.item for book in content.books for entry in book.submission.items]
    numbers = {path[0] for one in old_numbers if (path := changes.new_path(PlanPart.ITEM, one))}
    for one in changes.changes:
        kind = _KINDS.get(one.difference) or (None if one.certain else MismatchKind.OUTDATED)
        if kind and one.part in (*_NAMED, PlanPart.BLOCK) and _new_item_of(one, changes) in numbers:
            name = "/".join(one.new[0] if one.new else one.old)
            fact = f"計画が変わりました。{change_sentence(one, content.plans)}。"
            yield Mismatch(kind, name, fact, Source(workbook, "", ""))


def _new_item_of(change: PlanChange, changes: PlanChanges) -> str | None:
    """The item in the plan now that a changed part is in; None where it is gone."""
    path = changes.new_path(PlanPart.ITEM, change.old[0]) if change.old else change.new[0]
    return path[0] if path else None


def _is_in_book(content: ContentOfPlan, item: Item) -> bool:
    return bool(content.moved.blocks_before_of(item.id) or content.moved.tables.tables_of_item(item.id))


def _item_entry(content: ContentOfPlan, item: Item) -> ItemEntry:
    moved = content.moved
    by_block = moved.lines_of(item.id)
    lines = (line for block in item.blocks for line in by_block.get(block.name, ()))
    return ItemEntry(item.id, tuple(lines), moved.ratings_of(item.id), moved.tables.tables_of_item(item.id))
