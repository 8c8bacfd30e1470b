"""A whole period of any organisation: its plan drawn, its books filled, handed in, joined and reported."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.pipeline.compare import changes_since_report
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.write_books import write_input_book
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.tasks.books import cells


def scale(*steps: tuple[str, float]) -> list[dict[str, object]]:
    return [{"記号": glyph, "意味": f"{glyph}の水準", "下限": floor} for glyph, floor in steps]


def typed(place: int, *values: object, entity: str = "") -> RowEntry:
    """A row as typed: … is a formula left as it was."""
    found = (Entry(formula=True) if value is ... else Entry(_number(value)) for value in values)
    return RowEntry(place, tuple(found), entity)


def _number(value: object) -> Decimal | str | None:
    return Decimal(str(value)) if isinstance(value, int | float) else value  # type: ignore[return-value]


def item(name: str, blocks: dict[str, str], lines: list[tuple[str, str, str]], **tables: object) -> ItemEntry:
    return ItemEntry(
        name,
        tuple(LineEntry(block, LineKind(kind), text) for block, kind, text in lines),
        tuple(RatingEntry(block, glyph) for block, glyph in blocks.items()),
        tuple(TableEntry(table, tuple(rows)) for table, rows in tables.items()),  # type: ignore[call-overload]
    )


GROUP = "企画課"
"""The group of `one_item_plan`."""


def one_item_plan(
    layout: str,
    *,
    kpis: Sequence[dict[str, object]] = (),
    period: Sequence[tuple[str, object]] = (("四半期", 1),),
    periods: Sequence[dict[str, object]] = (),
    sentence: str = "講座を開く。",
) -> PlanDrawing:
    """The plan of a city with the item 1-1 as drawn; `period` are the rows of 基本 with the period."""
    return PlanDrawing(
        basics=[("支部", "みどり市"), ("年度", 2026), *period, ("グループ", GROUP)],
        periods=list(periods),
        measures=[
            {"章": "１ 学び", "節": "（１）講座", "担当": GROUP},
            {"ブロック": 1, "評価": "要", "計画内容": sentence},
        ],
        kpis=list(kpis),
        scale=scale(("A", 1.0), ("B", 0.8), ("C", 0)),
        layouts={"1-1": layout},
    )


class Organisation:
    """A period folder: its plan, what was handed in, and the report of it."""

    def __init__(
        self, folder: Path, drawing: PlanDrawing, submissions: list[Submission], *, without: str = ""
    ) -> None:
        self.folder = folder
        path = folder / "計画.xlsx"
        write_drawn_book(path, drawing)
        if without:
            book = openpyxl.load_workbook(path)
            del book[without]
            book.save(path)
        self.problems = plan_and_problems(path)[1]
        self.plan = read_plan(path)
        build_books(folder)
        (folder / "提出").mkdir()
        for submission in submissions:
            name = f"{submission.group}.xlsm"
            assert (folder / "入力" / name).exists()
            write_input_book(self.plan, submission.group, folder / "提出" / name, submission)
        self.whole: Consolidation = consolidate(PeriodFolder(folder))
        self.report = make_report(folder).path

    def changes_since(self, past: PastPeriod) -> Changes | None:
        """What changed since a report."""
        whole = self.whole
        return changes_since_report(
            whole.plan,
            whole.submissions,
            whole.figures,
            whole.assessments,
            facts=whole.facts,
            history=History((past,)),
        )

    def judged(self) -> dict[str, tuple[str, str, str]]:
        """Result, target and rating of each KPI."""
        return {
            assessment.kpi.name: (assessment.result_text, assessment.target_text, assessment.judgement.glyph)
            for assessment in self.whole.assessments.kpis
        }

    def value(self, identity: str) -> Decimal | str | None:
        return next(f.printed_value for f in self.whole.figures if str(f.id) == identity)

    def formats(self) -> dict[object, str]:
        return {cell.value: cell.number_format for cell in cells(self.report) if not cell.is_text}
