"""Items of a book that differ from the plan: moved, reworded, dropped or added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from kenpo_xl.books.common.digests import text_hash, title_hash
from kenpo_xl.books.common.item_marks import item_label, item_mark, plan_text_hashes
from kenpo_xl.books.input.match.issued_items import IssuedItems
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.items import owners_text
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.submission.plan_match import ItemMark, ItemMatches, match_items
from kenpo_xl.domain.submission.submission import NOT_REPORTED, Mismatch, MismatchKind


@frozen
class ItemChanges:
    """The items of a book, by their numbers there, and of its group in the plan."""

    issued: IssuedItems
    plan: Plan

    @cached_property
    def group_items(self) -> dict[str, Item]:
        """The items of the group by number."""
        return {item.id: item for item in self.plan.items_of(self.issued.stamp.group)}

    @cached_property
    def group_marks(self) -> dict[str, ItemMark]:
        """The marks (hashes of texts) of the group's items."""
        return {item.id: item_mark(item) for item in self.group_items.values()}

    @cached_property
    def marks_of_other_groups(self) -> tuple[ItemMark, ...]:
        """The marks of all other items; computed only if something does not match."""
        return tuple(item_mark(item) for item in self.plan.items if item.id not in self.group_items)

    @cached_property
    def issued_mark_by_number(self) -> dict[str, ItemMark]:
        """The mark of each item of the book, by its number there."""
        return {mark.id: mark for mark in self.issued.stamp.items}

    @cached_property
    def item_matches(self) -> ItemMatches:
        made, own = list(self.issued_mark_by_number.values()), list(self.group_marks.values())
        return match_items(made, own, lambda: self.marks_of_other_groups)

    @cached_property
    def issued_mark_of_plan_item(self) -> dict[str, ItemMark]:
        """The issued mark of each item of the plan that the book has."""
        found = self.item_matches.pairs.items()
        return {
            mark.id: self.issued_mark_by_number[number]
            for number, mark in found
            if number not in self.item_pasted_over_number
        }

    @cached_property
    def item_pasted_over_number(self) -> dict[str, Item]:
        """For each number whose sheet has title and all plan text of another item, that item."""
        titles: dict[str, list[Item]] = {}
        for item in self.group_items.values():
            titles.setdefault(title_hash(item.title), []).append(item)
        found = {}
        for number, mark in self.item_matches.pairs.items():
            title = title_hash(self.issued.displayed_title(number))
            if title != mark.title:
                for item in titles.get(title, ()):
                    if self._has_plan_text_of(number, item, mark):
                        found[number] = item
        return found

    def _has_plan_text_of(self, number: str, item: Item, own: ItemMark) -> bool:
        """Whether all plan text on a sheet is that of an item, but not of `own`."""
        texts = {text_hash(one.text) for one in self.issued.displayed_plan_texts(number).values()}
        theirs, mine = (plan_text_hashes(self.plan, one) for one in (item, self.group_items[own.id]))
        return bool(texts) and texts <= theirs and not texts <= mine

    def mismatches(self) -> Iterator[Mismatch]:
        """The differences of items: pasted over, moved, reworded, dropped, added."""
        for number, one in self.issued_mark_by_number.items():
            found = self.item_matches.pairs.get(number)
            if found is None:
                yield from self._unmatched_mismatches(number)
            elif number in self.item_pasted_over_number:
                there = item_label(self.item_pasted_over_number[number])
                rest = f"に、別の項 {there}の題と計画内容があります。{NOT_REPORTED}"
                yield self.issued.mismatch_at_title(MismatchKind.EXCHANGED, found.id, number, rest)
            else:
                yield from self._moved_or_reworded(number, one, found)
        known = {one.id for one in self.item_matches.pairs.values()}
        known |= {one.id for rivals in self.item_matches.rivals.values() for one in rivals}
        for item in self.group_items.values():
            if item.id not in known:
                fact = f"計画に加わった項 {item_label(item)}のシートがありません。"
                yield Mismatch(MismatchKind.ADDED, item.id, fact, self.issued.source_of_book)

    def _moved_or_reworded(self, number: str, one: ItemMark, found: ItemMark) -> Iterator[Mismatch]:
        item = self.group_items[found.id]
        if number != found.id:
            now = self.plan.item(number)
            other = f"（いまの {item_label(now)}ではありません）" if now else ""
            rest = f"は、いまの計画の項 {item_label(item)}のシートです{other}。"
            kind = MismatchKind.CHANGED if one.has_key_of(found) else MismatchKind.EXCHANGED
            yield self.issued.mismatch_at_title(kind, item.id, number, rest)
        if one.title != found.title:
            rest = f"の項の題は、いまの計画では「{item.title}」です。"
            yield self.issued.mismatch_at_title(MismatchKind.CHANGED, item.id, number, rest)

    def _unmatched_mismatches(self, number: str) -> Iterator[Mismatch]:
        """The difference of an item that is dropped, of another group, or ambiguous."""
        rivals = [item_label(self.group_items[mark.id]) for mark in self.item_matches.rivals.get(number, ())]
        if rivals:
            which = "のどちらか" if len(rivals) > 1 else "かどうか"
            rest = f"は、いまの計画の項 {' と '.join(rivals)} {which}決められません。{NOT_REPORTED}"
            doubtful = self.issued.mismatch_at_title(MismatchKind.EXCHANGED, number, number, rest)
            yield replace(doubtful, issued=(number,))
        elif self.issued.sheet_of_item(number):
            title, owner = self.issued.displayed_title(number), self._current_owner_text(number)
            rest = f"の項「{title}」は、{owner}。{NOT_REPORTED}"
            dropped = self.issued.mismatch_at_title(MismatchKind.DROPPED, number, number, rest)
            yield replace(dropped, issued=(number,))

    def _current_owner_text(self, number: str) -> str:
        mark = self.item_matches.elsewhere.get(number)
        item = self.plan.item(mark.id) if mark else None
        if item:
            return f"いまの計画では{owners_text(item)}の項 {item_label(item)}です"
        now = self.plan.item(number)
        return "いまの計画にありません" + (f"（いまの {number} は「{now.title}」です）" if now else "")
