"""Clean books varied: other figures, days and words, with everything that depends on them following."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.judging.offices import Office
from scripts.judging.said import with_new_numbers

_SMALL = 60
"""Smaller numbers stay: a sentence may count with them what it names."""
_DAY = re.compile(
    r"(?<![\d０-９])([0-9０-９]{1,2})(\s*月\s*)([0-9０-９]{1,2})(\s*日)(?!\s*[（(][月火水木金土日])"
)
_WORDS = (
    ("周知広報を図った", "周知広報を行った"),
    ("徹底。", "徹底した。"),
    ("引き続き", "継続して"),
    ("あわせて、", "また、"),
    ("を依頼。", "を依頼した。"),
    ("を実施。", "を行った。"),
)
_ADDED = (
    "・担当者会議を毎月開催し、課題と対応を共有している。",
    "・関係団体の広報誌への掲載を依頼し、幅広い周知に努めた。",
    "・案内文書の様式を見直し、必要な手続きが一目で分かるようにした。",
    "・問い合わせの多い事項を取りまとめ、窓口での説明に生かしている。",
    "・研修の内容を職場内で共有し、対応の質の向上を図っている。",
    "・進捗を月次で確認し、遅れのある業務には応援の体制をとった。",
)


def varied(office: Office, plan: Plan, seed: int) -> Office:
    """The office with other figures, days and words. The same seed gives the same office."""
    random = Random(f"{office.name}/{seed}")
    factor = Decimal(random.randint(820, 1240)) / 1000
    before = recompute_figures(plan, tuple(office.submissions.values()))
    scaled = {group: _scaled(one, plan, factor) for group, one in office.submissions.items()}
    after = recompute_figures(plan, tuple(scaled.values()))
    days = {day: min(max(day + random.choice((-1, 0, 1, 2)), 1), 28) for day in range(1, 29)}
    texts = {
        group: replace(one, items=tuple(_retold(item, before, after, days, random) for item in one.items))
        for group, one in scaled.items()
    }
    rated = rate_kpis_and_blocks(plan, after, tuple(texts.values()))
    submissions = {group: _rated(one, rated, plan) for group, one in texts.items()}
    return replace(office, submissions=submissions)


def _scaled(submission: Submission, plan: Plan, factor: Decimal) -> Submission:
    """The counts of every table times a factor; rates and small numbers as they are."""
    items = (
        replace(
            item,
            tables=tuple(
                _scaled_table(one, plan.tables[item.item, one.table], factor, set(plan.history.values()))
                for one in item.tables
            ),
        )
        for item in submission.items
    )
    return replace(submission, items=tuple(items))


def _scaled_table(entry: TableEntry, table: Table, factor: Decimal, fixed: set[Decimal]) -> TableEntry:
    """The table scaled; a row with a final value of a past year, which the plan book has, stays."""

    def cell(one: Entry, row: int, column: int) -> Entry:
        drawn = table.cells[row][column]
        is_count = isinstance(one.value, Decimal) and one.value > _SMALL and not one.formula
        if not is_count or drawn.kind is not CellKind.TYPED or table.unit_at(row, column) in ("％", "円"):
            return one
        assert isinstance(one.value, Decimal)
        return replace(one, value=(one.value * factor).quantize(Decimal(1), ROUND_HALF_UP))

    rows = (
        replace(row, cells=tuple(cell(one, row.row, column) for column, one in enumerate(row.cells)))
        if fixed.isdisjoint(one.value for one in row.cells)
        else row
        for row in entry.rows
    )
    return replace(entry, rows=tuple(rows))


def _retold(
    item: ItemEntry, before: Figures, after: Figures, days: Mapping[int, int], random: Random
) -> ItemEntry:
    """The item with the new numbers, other days and other words in its lines, and perhaps one line more."""
    lines = [
        replace(line, text=_with_days(with_new_numbers(line.text, item.item, before, after), days))
        if line.kind is LineKind.TEXT
        else line
        for line in item.lines
    ]
    for old, new in random.sample(_WORDS, 2):
        lines = [replace(line, text=line.text.replace(old, new)) for line in lines]
    return replace(item, lines=tuple(_with_added(lines, random)))


def _with_added(lines: list[LineEntry], random: Random) -> Iterator[LineEntry]:
    """The lines, some followed by another one in the same block; each is added once."""
    left = random.sample(_ADDED, len(_ADDED))
    for line in lines:
        yield line
        if left and line.kind is LineKind.TEXT and line.text.endswith("。") and random.random() < 0.12:
            yield replace(line, text=left.pop(), mark="")


def _with_days(text: str, days: Mapping[int, int]) -> str:
    """The text with other days of months: the same day is moved in the same way wherever it is told."""

    def moved(found: re.Match[str]) -> str:
        day = days.get(int(found[3]))
        return found[0] if day is None else f"{found[1]}{found[2]}{day}{found[4]}"

    return _DAY.sub(moved, text)


def _rated(submission: Submission, rated: Assessments, plan: Plan) -> Submission:
    """The submission with the ratings that its figures give, and reasons where the scale asks for them."""

    def rating(item: str, one: RatingEntry) -> RatingEntry:
        found = rated.blocks[item, one.block]
        if not found.computed or found.computed == one.glyph:
            return one
        reason = "指標の実績によるため。" if found.computed in plan.scale.glyphs_with_reason else ""
        return replace(one, glyph=found.computed, reason=reason)

    items = (
        replace(item, ratings=tuple(rating(item.item, one) for one in item.ratings))
        for item in submission.items
    )
    return replace(submission, items=tuple(items))
