"""A town and its periods: a plan with months, a list and two blocks, and what its one group submitted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.tasks.books import plan_of as plan_of_book

GROUP = "総務課"
LAYOUT = """
ブロック | 1
文       |          | ・窓口（{年月}末）
文       |          | ・相談は {相談/当年/件数} 件
表       | 相談     | 相談の件数
基準月   |          |
         |          | 年度 | 件数
         |          | {年度}（{基準月}まで） | ⟪件⟫
         | 前年度末 | {前年度} | ⟪件⟫

ブロック | 2
表       | 月別     | 月別の件数
         |          | 年度 | 4～6月 | 7～9月 | 10～12月 | 1～3月 | 計
         |          | {年度} | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫
         | 前年度末 | {前年度} | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫

表       | 大会     | 大会
         |          | 町 | 場所 | 人数
くり返し |          | ⟪@⟫ | ⟪@⟫ | ⟪人⟫
"""


def drawing(fiscal_year: int, quarter: int, layout: str = LAYOUT, **changed: Any) -> PlanDrawing:
    """The plan in a period."""
    parts: dict[str, Any] = {
        "basics": [("支部", "みどり町"), ("年度", fiscal_year), ("四半期", quarter), ("グループ", GROUP)],
        "periods": [
            {"四半期": one, "基準日": Cycle.QUARTER.last_day_of(FiscalYear(fiscal_year), one)}
            for one in (1, 2, 3, 4)
        ],
        "measures": [
            {"章": "１.町の仕事", "節": "（１）相談の充実", "担当": GROUP},
            {"ブロック": 1, "評価": "要", "計画内容": "相談を受ける。"},
            {"ブロック": 2, "評価": "不要", "計画内容": "大会を開く。"},
        ],
        "kpis": [],
        "scale": [
            {"記号": "〇", "意味": "計画通り", "下限": 1.0},
            {"記号": "△", "意味": "実施中", "下限": 0.0},
        ],
        "layouts": {"1-1": layout},
    }
    return PlanDrawing(**parts | changed)


def period(folder: Path, fiscal_year: int, quarter: int, layout: str = LAYOUT, **changed: Any) -> Path:
    """A period folder with its plan book."""
    folder.mkdir(parents=True)
    write_drawn_book(folder / "計画.xlsx", drawing(fiscal_year, quarter, layout, **changed))
    return folder


def plan_of(folder: Path) -> Plan:
    return plan_of_book(folder / "計画.xlsx")


def submit(
    folder: Path,
    tables: dict[str, list[tuple[Any, ...]]],
    lines: dict[str, list[str]] | None = None,
    *,
    towns: list[tuple[Any, ...]] | None = None,
    accepted: tuple[Acceptance, ...] = (),
    months: dict[str, tuple[int | None, ...]] | None = None,
) -> None:
    """Hand in the book of the group: rows of tables by name, texts by block, a rating of block 1."""
    plan = plan_of(folder)
    (item,) = plan.items
    entries = [
        TableEntry(name, tuple(_rows(plan.tables[item.id, name], rows)), (months or {}).get(name, ()))
        for name, rows in tables.items()
    ]
    if towns:
        list_rows = tuple(RowEntry(0, tuple(map(_entry, row)), str(row[0])) for row in towns)
        entries.append(TableEntry("大会", list_rows))
    progress = [
        *(LineEntry(block, LineKind.TEXT, text) for block, texts in (lines or {}).items() for text in texts),
        *(
            LineEntry("1" if name == "相談" else "2", LineKind.TABLE, name)
            for name in ("相談", "月別", "大会")
        ),
    ]
    rating = RatingEntry("1", "〇", "よくできた", "9月末")
    entry = ItemEntry(item.id, tuple(progress), (rating,), tuple(entries))
    (folder / "提出").mkdir(exist_ok=True)
    path = folder / "提出" / f"{GROUP}.xlsm"
    write_input_book(plan, GROUP, path, Submission(GROUP, (entry,), accepted=accepted))


def _rows(table: Any, rows: list[tuple[Any, ...]]) -> Iterator[RowEntry]:
    for place, row in enumerate(rows):
        kinds = [cell.kind for cell in table.cells[place]]
        cells = (
            Entry(formula=True) if kind is CellKind.COMPUTED else _entry(value)
            for kind, value in zip(kinds, (*row, None), strict=False)
        )
        yield RowEntry(place, tuple(cells))


def _entry(value: Any) -> Entry:
    return Entry(Decimal(value) if isinstance(value, int) else value)


def typed(folder: Path, place: str = "入力") -> dict[str, Any]:
    """What the book of the group holds, by identity (with the key of its row)."""
    plan = plan_of(folder)
    found: dict[str, Any] = {}
    submission = read_submission(folder / place / f"{GROUP}.xlsm", plan)
    for item in submission.items:
        for entry in item.tables:
            table = plan.tables[item.item, entry.table]
            for row in entry.rows:
                for column, cell in enumerate(row.cells):
                    if cell.value is not None and not cell.formula:
                        name = "/".join(filter(None, (*table.identity(row.row, column)[1:], row.entity)))
                        found[name] = cell.value if isinstance(cell.value, str) else int(cell.value)
    return found


def lines(folder: Path) -> list[tuple[str, bool]]:
    """The text lines of the book of the group, and whether each is to be confirmed."""
    submission = read_submission(folder / "入力" / f"{GROUP}.xlsm", plan_of(folder))
    return [
        (line.text, line.is_unconfirmed)
        for item in submission.items
        for line in item.lines
        if line.kind is LineKind.TEXT
    ]
