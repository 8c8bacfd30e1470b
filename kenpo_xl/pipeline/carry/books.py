"""The input books of a period, filled with what earlier reports gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from kenpo_xl.domain.plan.items import owner_of_table, owners_of_block
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Period, Plan
from kenpo_xl.domain.plan.plan_changes import Decisions, PlanChanges
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.adjustments import WordingAdjustment
from kenpo_xl.domain.results.carried import CarriedBook, CarriedValue, CellKey
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.pipeline.carry.acceptances import acceptances_that_hold
from kenpo_xl.pipeline.carry.earlier_period import EarlierPeriod, past_in_words_of_plan
from kenpo_xl.pipeline.carry.figures import known_figures, known_milestones, origin_text
from kenpo_xl.pipeline.carry.lines import CarriedLines
from kenpo_xl.pipeline.carry.moved_content import MovedContent
from kenpo_xl.pipeline.carry.open_lists import carried_list_rows, list_rows_in_facts
from kenpo_xl.pipeline.carry.quoted_texts import known_quoted_texts
from kenpo_xl.pipeline.carry.wordings import applicable_wordings


class KnownContent:
    """What is known of a period before it begins, from earlier ones; `decided` are the planner's answers.

    `published` are numbers of others for cells of the plan.
    """

    def __init__(
        self,
        plan: Plan,
        periods: Iterable[EarlierPeriod],
        decided: Decisions | None = None,
        published: Mapping[CellKey, CarriedValue] = MappingProxyType({}),
    ) -> None:
        self.plan = plan
        earlier = sorted(periods, key=lambda one: one.past.year_and_months, reverse=True)
        self.last = earlier[0] if earlier else None
        self.is_same_year = self.last is not None and self.last.past.fiscal_year == plan.fiscal_year
        changes = [one.changes_to(plan, decided) for one in earlier]
        self.content = self._content_of_last_period(changes[0]) if changes else None
        history = History.of(map(past_in_words_of_plan, earlier, changes))
        self.lists = self._rows_of_lists(history)
        entities = {key: [row.entity for row in rows if row.entity] for key, rows in self.lists.items()}
        self.values = known_figures(plan, history, entities) | known_milestones(plan, history)
        if self.last and self.content and self.is_same_year:
            origin = origin_text(self.last.past)
            self.values |= known_quoted_texts(plan, self.content.tables, origin)
        self.values |= published

    def _content_of_last_period(self, changes: PlanChanges | None) -> MovedContent | None:
        if changes is None or self.last is None or self.last.figures is None:
            return None
        return MovedContent(self.plan, changes, self.last.submissions, self.last.figures)

    def _rows_of_lists(self, history: History) -> dict[tuple[str, str], list[RowEntry]]:
        """The rows of every open list that go on, by item and table."""
        found = {}
        for key, table in self.plan.tables.items():
            if table.repeating is not None:
                entry = next((one for one in self._last_lists(key, history) if one.table == table.name), None)
                rows = entry.rows if entry else ()
                found[key] = carried_list_rows(table, rows, same_year=self.is_same_year)
        return found

    def _last_lists(self, key: tuple[str, str], history: History) -> Iterable[TableEntry]:
        if self.content is not None:
            return self.content.tables.tables_of_item(key[0])
        facts = history.periods[0].facts if history.periods else ()
        return list_rows_in_facts({key: self.plan.tables[key]}, facts)

    def book_of_group(self, group: str) -> CarriedBook:
        """The known content of a group's book."""
        items = tuple(self.item_entry(item, group) for item in self.plan.items_of(group))
        submission = Submission(group, items)
        values = {key: one for key, one in self._all_values().items() if self._is_of(group, key)}
        if self.last is not None and self.content is not None:
            held = acceptances_that_hold(self.content, self.last.submissions, items, values)
            submission = replace(submission, accepted=tuple(held))
        return CarriedBook(submission, values)

    def applicable_wordings(self) -> tuple[WordingAdjustment, ...]:
        """The planner's words of the last quarter that still find what they replace."""
        if self.last is None or self.content is None:
            return ()
        items = [self.item_entry(item) for item in self.plan.items]
        return tuple(applicable_wordings(self.content.changes, self.last.wordings, items))

    def _is_of(self, group: str, key: CellKey) -> bool:
        item, table = self.plan.item(key[0].item), self.plan.tables.get(key[0][:2])
        return item is not None and table is not None and owner_of_table(item, table) == group

    def _all_values(self) -> dict[CellKey, CarriedValue]:
        """Every carried value, the texts of open lists among them."""
        origin = origin_text(self.last.past) if self.last else ""
        found: dict[CellKey, CarriedValue] = dict(self.values)
        for key, rows in self.lists.items():
            table = self.plan.tables[key]
            for row in rows:
                for column, cell in enumerate(row.cells):
                    if isinstance(cell.value, str):
                        identity = table.identity(row.row, column)
                        found.setdefault(
                            (identity, row.entity), CarriedValue(cell.value, origin, cell.source)
                        )
        return found

    def item_entry(self, item: Item, group: str = "") -> ItemEntry:
        """The known content of an item, or of the part of it in the book of a group."""
        lines = tuple(self._lines_of_item(item, group)) if self.is_same_year else ()
        return ItemEntry(item.id, lines, tables=tuple(map(self._table_entry, item.tables)))

    def _table_entry(self, table: Table) -> TableEntry:
        rows: list[RowEntry] = []
        for row in range(len(table.rows)):
            own = (
                self.lists.get((table.item, table.name), [])
                if row == table.repeating
                else [RowEntry(row, ())]
            )
            rows += [self._filled_row(table, one) for one in own]
        return TableEntry(table.name, tuple(rows))

    def _filled_row(self, table: Table, row: RowEntry) -> RowEntry:
        def entry(column: int) -> Entry:
            known = self.values.get((table.identity(row.row, column), row.entity))
            given = row.cells[column] if column < len(row.cells) else Entry()
            return Entry(known.value) if known else given

        return replace(row, cells=tuple(entry(column) for column in range(len(table.columns))))

    def _lines_of_item(self, item: Item, group: str) -> Iterable[LineEntry]:
        assert self.last is not None
        if self.content is None:
            known = {block.name: block for block in item.blocks}
            lines = CarriedLines(self.plan, item, self._plan_then(), known, of_last_quarter=True)
            return lines.lines_of_item(self._lines_in_ledger(item, group))
        blocks = self.content.blocks_before_of(item.id)
        lines = CarriedLines(self.plan, item, self.content.old, blocks, of_last_quarter=True)
        return lines.lines_of_item(self.content.lines_of(item.id, group))

    def _lines_in_ledger(self, item: Item, group: str) -> dict[str, list[LineEntry]]:
        """The lines that a ledger has; it knows no groups, so they are the first owner's."""
        assert self.last is not None
        whole = self.plan.item(item.id) or item
        is_first = {block.name: group in ("", owners_of_block(whole, block)[0]) for block in whole.blocks}
        past, names = self.last.past, ("", *(field.name for field in self.plan.text_fields))
        return {
            block.name: [
                LineEntry(block.name, LineKind.TEXT, text, text_field=name)
                for name in names
                for text in past.lines_of(item.id, block.name, name)
            ]
            for block in item.blocks
            if is_first.get(block.name, True)
        }

    def _plan_then(self) -> Plan:
        """The plan in the last period, for the words of the calendar."""
        assert self.last is not None
        past = self.last.past
        end = past.cycle.last_day_of(past.fiscal_year, past.number)
        period = Period(past.number, end, cycle=past.cycle)
        return replace(self.plan, fiscal_year=past.fiscal_year, period=period)
