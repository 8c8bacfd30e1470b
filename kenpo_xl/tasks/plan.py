"""What was understood of a plan book, for people and for diffs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kenpo_xl.domain.calendar import date_text, fiscal_year_text
from kenpo_xl.domain.formulas import Node, Ref, keys, to_words
from kenpo_xl.domain.plan import CellKind, FigureId, Item, Kpi, Plan, RelativeTarget, Table
from kenpo_xl.plan_book import Problem, understand
from kenpo_xl.tasks.period import period_folder

_LONG_LIST = 6


def plan_listing(folder: Path) -> tuple[list[str], list[Problem]]:
    """The lines of the listing (none where the book could not be understood) and everything that is wrong."""
    plan, problems = understand(period_folder(folder).plan)
    return (list(listing(plan)) if plan else []), problems


def listing(plan: Plan) -> Iterator[str]:
    """The plan in words: sections, items, blocks, tables with rows, columns and formulas, KPIs."""
    year = fiscal_year_text(plan.fiscal_year)
    yield f"{plan.branch}　{year}　第{plan.period.quarter}四半期（基準日 {date_text(plan.period.as_of)}）"
    yield f"グループ: {'、'.join(plan.groups)}"
    yield f"評価基準: {plan.scale.legend}"
    for section in plan.sections:
        yield ""
        yield f"■ {section.chapter}　{section.title}"
        for item in section.items:
            yield from _item(plan, item)


def _item(plan: Plan, item: Item) -> Iterator[str]:
    rated = sum(block.rated for block in item.blocks)
    yield f"  {item.id} {item.title}（{item.owner}、ブロック {len(item.blocks)}、評価 {rated}）"
    for table in item.tables:
        yield from _table(table)
    for block in item.blocks:
        for line in block.lines:
            kpi = plan.kpi(line.text) if line.kind == "KPI" else None
            if kpi:
                yield from _kpi(kpi)


def _table(table: Table) -> Iterator[str]:
    notes = [f"印刷 {table.printing}"] if table.printing != "すべて" else []
    notes += [f"基準月 {table.as_of}"] if table.as_of != "期" else []
    notes += ["くり返し"] if table.repeating is not None else []
    size = f"{len(table.rows)} 行 × {len(table.columns)} 列"
    yield f"    表 {table.name}（{'、'.join([size, *notes])}）"
    yield f"      行: {_few([_axis(axis.name, axis.tense) for axis in table.rows])}"
    units = [table.unit_at(0, column) for column in range(len(table.columns))]
    columns = [a.name + (f"［{u}］" if u else "") for a, u in zip(table.columns, units, strict=True)]
    yield f"      列: {_few(columns)}"
    yield from _formulas(table)


def _axis(name: str, tense: str | None) -> str:
    return f"{name}（{tense}）" if tense and tense != name and tense != "当年" else name


def _few(names: list[str]) -> str:
    if len(names) <= _LONG_LIST * 2:
        return "、".join(names)
    return f"{'、'.join(names[:_LONG_LIST])} … {names[-1]}（{len(names)}）"


def _formulas(table: Table) -> Iterator[str]:
    """Each formula once, with the figures that it computes."""
    found: dict[str, list[str]] = {}
    for identity, (row, column) in table.index.items():
        cell = table.cells[row][column]
        if cell.kind is CellKind.COMPUTED and cell.formula is not None:
            words = to_words(cell.formula, lambda node, own=identity: _words(node, own))  # type: ignore[misc]
            found.setdefault(f"{identity.column} = {words}", []).append(identity.row)
    for formula, rows in found.items():
        yield f"      算式 {formula}（{_few(rows)}）"


def _words(node: Node, own: FigureId | None = None) -> str:
    names = []
    for key in keys(node):
        assert isinstance(key, FigureId)
        same_row = own is not None and own[:3] == key[:3]
        same_column = own is not None and own.column == key.column
        names.append(
            key.column if same_row else key.row if same_column else f"{key.table}/{key.row}/{key.column}"
        )
    return names[0] if isinstance(node, Ref) or len(names) == 1 else _range(names)


def _range(names: list[str]) -> str:
    return "、".join(names) if len(names) <= _LONG_LIST else f"{names[0]} … {names[-1]}"


def _kpi(kpi: Kpi) -> Iterator[str]:
    source = to_words(kpi.result, _words) if kpi.result is not None else "なし"
    newest = "（最新）" if kpi.newest else ""
    target = f"{_target(kpi)} {kpi.direction}"
    yield f"    KPI {kpi.name}: 目標 {target}、途中 {kpi.interim}、実績 {source}{newest}"


def _target(kpi: Kpi) -> str:
    match kpi.target:
        case None:
            return "なし"
        case RelativeTarget() as words:
            return str(words)
        case Decimal() as number:
            return kpi.format.show(number)
    return to_words(kpi.target, _words)
