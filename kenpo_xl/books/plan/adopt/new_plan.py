"""The lists and layout sheets of a plan book that begins with an office's form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kenpo_xl.books.plan.adopt import check_sheet
from kenpo_xl.books.plan.adopt.layouts import DrawnForm, draw_layouts, formula_text
from kenpo_xl.books.plan.reader import LISTS
from kenpo_xl.books.plan.write.drawn_sheet import DrawnKind, LayoutCell
from kenpo_xl.books.plan.write.plan_book import WrittenPlan
from kenpo_xl.books.plan.write.usual_lists import UNNAMED_BRANCH, USUAL_SCALE
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, AdoptedItem, AdoptedKpi
from kenpo_xl.pipeline.adopt.years import without_time

_LONGEST_SHEET = 28
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\'{}]|^\s+|\s+$")
_GROUP = "担当グループ"
_CHAPTER = "１ "
BASICS = tuple[tuple[str, object], ...]


@frozen
class NewPlan:
    """A plan book as values, with the cell of each place of a table."""

    book: WrittenPlan
    drawn: DrawnForm
    sheets: tuple[str, ...]

    def with_basics(self, basics: list[tuple[str, object]]) -> NewPlan:
        """The same plan book with other rows of 基本."""
        return replace(self, book=replace(self.book, basics=basics))


def new_plan(
    form: AdoptedForm,
    period: PeriodKey,
    *,
    basics: Sequence[tuple[str, object]] = (),
    lists: dict[str, list[dict[str, Any]]] | None = None,
) -> NewPlan:
    """The plan book of a form in a period; `basics` and `lists` are rows that staff have changed."""
    keys = _item_keys(form)
    sheets = tuple(_sheet_names(form.items))
    drawn = draw_layouts(form.items, sheets, keys, form.kpis)
    kept = lists or {}
    groups = _group_names(form)
    book = WrittenPlan(
        basics=list(basics) or list(_keys_and_values_of_basics(period, groups)),
        periods=kept.get("期")
        or [_period_row(period._replace(number=number)) for number in period.cycle.numbers],
        measures=kept.get("施策") or list(_measure_rows(form, keys)),
        kpis=[_kpi_row(kpi, drawn) for kpi in form.kpis],
        scale=kept.get("評価基準") or list(USUAL_SCALE),
        layouts=drawn.layouts,
        cross_checks=list(_cross_check_rows(form, drawn)),
    )
    return NewPlan(book, drawn, sheets)


def basics_of_period(basics: Sequence[tuple[str, object]], period: PeriodKey) -> list[tuple[str, object]]:
    """The rows of 基本 with another year and period."""
    times = {key for key, _ in _time_rows(period)} | {"四半期", "期", "期の種類"}
    rest = [row for row in basics if row[0] not in times]
    return [*rest[:2], *_time_rows(period), *rest[2:]]


def _keys_and_values_of_basics(period: PeriodKey, groups: Iterable[str]) -> Iterator[tuple[str, object]]:
    yield "支部", period.branch or UNNAMED_BRANCH
    yield "表題", ""
    yield from _time_rows(period)
    for group in groups:
        yield "グループ", group
    yield "Pythonの場所", ""


def _time_rows(period: PeriodKey) -> list[tuple[str, object]]:
    is_quarter = period.cycle is Cycle.QUARTER
    return [
        ("年度", period.fiscal_year),
        ("期の種類", "" if is_quarter else str(period.cycle)),
        ("四半期", period.number) if is_quarter else ("期", period.name),
    ]


def _period_row(period: PeriodKey) -> dict[str, Any]:
    return {"四半期": period.number} if period.cycle is Cycle.QUARTER else {"期": period.name}


def _group_names(form: AdoptedForm) -> list[str]:
    return list(dict.fromkeys(item.owner or _GROUP for item in form.items))


def _measure_rows(form: AdoptedForm, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    titles = [without_time(item.title) for item in form.items]
    title = without_time(form.title)
    yield {"章": f"{_CHAPTER}{title if title and title not in titles else '事業の実施状況'}"}
    for number, (item, key) in enumerate(zip(form.items, keys, strict=True), start=1):
        yield {
            "節": f"（{number}）{without_time(item.title) or item.sheet}",
            "担当": item.owner or _GROUP,
            "鍵": key,
        }
        yield {"ブロック": "1", "評価": "不要", "鍵": f"B{key[1:]}"}


def _cross_check_rows(form: AdoptedForm, drawn: DrawnForm) -> Iterator[dict[str, Any]]:
    """A row of 検算 for each cell that the form computes from other tables."""
    for check in form.checks:
        sheet, row, column = drawn.cells[check.place]
        left = formula_text_of_cell(sheet, row, column)
        yield {
            "種類": "等しい",
            "左": LayoutCell(DrawnKind.COMPUTED, left),
            "右": LayoutCell(DrawnKind.COMPUTED, formula_text(check.formula, "", drawn.cells)),
            "備考": "様式では、ほかの表から計算していた欄です。",
        }


def _kpi_row(kpi: AdoptedKpi, drawn: DrawnForm) -> dict[str, Any]:
    """The row of an indicator: its target and result are cells of the layout sheet."""
    target, result = (
        LayoutCell(DrawnKind.COMPUTED, formula_text_of_cell(*drawn.cells[place]), kpi.format)
        for place in (kpi.target, kpi.result)
    )
    direction = {"方向": str(Direction.AT_MOST)} if kpi.is_at_most else {}
    return {"指標": kpi.name, "目標": target, "実績": result, **direction}


def formula_text_of_cell(sheet: str, row: int, column: int) -> str:
    """A formula that is one cell."""
    return f"='{sheet}'!{a1(row + 1, column + 1)}"


def _sheet_names(items: Iterable[AdoptedItem]) -> Iterator[str]:
    """A name for the layout sheet of each item, as no list is called."""
    taken = Counter(map(normalized, (*LISTS, check_sheet.SHEET)))
    for item in items:
        bare = _NOT_IN_SHEET_NAMES.sub("", item.sheet).strip() or "様式"
        name = bare[:_LONGEST_SHEET]
        taken[normalized(name)] += 1
        count = taken[normalized(name)]
        yield name if count == 1 else f"{name}_{count}"


def has_same_keys(form: AdoptedForm, measures: Sequence[dict[str, Any]]) -> bool:
    """Whether rows of 施策 have the items of a form and no others, by their keys."""
    keys = {str(row["鍵"]) for row in measures if row.get("鍵") and (row.get("節") or row.get("項"))}
    return keys == set(_item_keys(form))


def _item_keys(form: AdoptedForm) -> list[str]:
    return [f"K{at:02}" for at in range(1, len(form.items) + 1)]
