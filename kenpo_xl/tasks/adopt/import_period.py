"""The numbers of a form as an earlier period in the ledger (取り込み)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import FileRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import (
    CellType,
    Entry,
    ItemEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.pipeline.adopt.adopted import AdoptedCell, AdoptedForm, AdoptedItem, AdoptedTable
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.ledgers.place import ledger_of_period
from kenpo_xl.tasks.period.consolidation import Consolidation
from kenpo_xl.tasks.period.folder import LEDGER_NAME
from kenpo_xl.tasks.period.hashes import file_hash
from kenpo_xl.tasks.period_record import period_record

IMPORTED = "取り込み"
"""The kind of a file whose numbers were imported."""


@frozen
class ImportedPeriod:
    """The period that was recorded, how many numbers it has, and the ledger.

    `other` is what the ledger has that period from already: then nothing was recorded.
    """

    key: PeriodKey
    count: int
    ledger: LedgerPlace
    other: str = ""

    @property
    def sentence(self) -> str:
        """What was done with the numbers."""
        if self.other:
            return (
                f"様式の数は取り込みませんでした。台帳には、{self.key.label}の数が {self.other} から"
                f"入っています: {self.ledger}"
            )
        return f"様式の数 {self.count:,} 件を、{self.key.label}の数として台帳に取り込みました: {self.ledger}"


def import_period(form: AdoptedForm, plan: Plan, book: Path, folder: Path, *, today: date) -> ImportedPeriod:
    """Record the numbers of a form for the period of `plan`: in the ledger of `folder`, or one beside it.

    Nothing is recorded where the ledger has that period from elsewhere. KenpoError if it cannot be written.
    """
    from kenpo_xl.ledger import Ledger  # 0.2 s

    submissions = tuple(_submissions_of_groups(form, plan, book.name))
    figures = recompute_figures(plan, submissions)
    assessments = rate_kpis_and_blocks(plan, figures, submissions)
    facts = collect_facts(plan, submissions, figures, assessments)
    file = FileRecord(book.name, IMPORTED, file_hash(book))
    record = period_record(Consolidation(plan, submissions, figures, assessments, facts), files=[file])
    place = ledger_of_period(folder) or folder.resolve().parent / LEDGER_NAME
    with Ledger.open_for_writing(place) as ledger:
        known = ledger.recorded_files(record.key)
        other = next((one for one in known if (one.kind, one.path) != (IMPORTED, file.path)), None)
        if other:
            return ImportedPeriod(record.key, 0, place, other.path)
        with ledger.begin_run(today) as run:
            run.record_period(record)
    count = sum(fact.value is not None and bool(fact.table) for fact in record.facts)
    return ImportedPeriod(record.key, count, place)


def _submissions_of_groups(form: AdoptedForm, plan: Plan, book: str) -> Iterator[Submission]:
    """What the groups would have submitted with the numbers of the form."""
    items = list(zip(plan.items, form.items, strict=True))
    for group in plan.groups:
        own = tuple(_item_entry(item, adopted, book) for item, adopted in items if item.owner == group)
        if own:
            yield Submission(group, own, workbook=book)


def _item_entry(item: Item, adopted: AdoptedItem, book: str) -> ItemEntry:
    tables = {table.name: table for table in adopted.tables}
    entries = tuple(_table_entry(one, tables[one.name], book) for one in item.tables if one.name in tables)
    return ItemEntry(item.id, tables=entries)


def _table_entry(table: Table, adopted: AdoptedTable, book: str) -> TableEntry:
    rows: list[RowEntry] = []
    for at, cells in enumerate(adopted.cells):
        if at != adopted.repeating:
            rows.append(RowEntry(at, tuple(_entry_of_cell(cell, book) for cell in cells)))
            continue
        for line in adopted.list_rows:
            entity = line[table.key_column].value
            if isinstance(entity, str) and entity:
                rows.append(RowEntry(at, tuple(_entry_of_cell(cell, book) for cell in line), entity))
    return TableEntry(table.name, tuple(rows))


def _entry_of_cell(cell: AdoptedCell, book: str) -> Entry:
    source = Source(book, cell.source.sheet, a1(cell.source.row, cell.source.column))
    if cell.value is None or cell.kind in (CellKind.NOT_APPLICABLE, CellKind.FIXED):
        return Entry(source=source)
    kind = CellType.NUMBER if isinstance(cell.value, Decimal) else CellType.TEXT
    return Entry(cell.value, formula=cell.formula is not None, source=source, cell_type=kind)
