"""Indicators of a form: what has a target and a result in the form's own year is offered as a KPI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.named_years import year_offset_named_in
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, YearRole, year_role_of_placeholders
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.pipeline.adopt.adopted import AdoptedItem, AdoptedKpi, AdoptedTable, TablePlace
from kenpo_xl.pipeline.adopt.questions import Asked, Interview
from kenpo_xl.pipeline.adopt.words import (
    comparable_words,
    is_header_of_given_value,
    is_header_of_rate,
    is_header_of_result,
    is_header_of_total,
)
from kenpo_xl.pipeline.adopt.years import fiscal_years_in

_YES, _NO = "指標にする", "しない"
_MONEY = re.compile(r"予算|決算|収入|支出|歳入|歳出|執行")
_LESS_IS_BETTER = re.compile(
    r"死亡|喫煙|苦情|待機|事故|滞納|未収|未納|離職|欠席|誤り|遅延|不良|排出|肥満|メタボ|該当者|医療費|時間外"
)
_LONGEST_NAME = 40


def adopted_kpis(items: Sequence[AdoptedItem], interview: Interview, year: int) -> tuple[AdoptedKpi, ...]:
    """The indicators of the tables for which the answer says so; each has a name of its own.

    `year` is the fiscal year of the form.
    """
    taken: set[str] = set()
    found = []
    for item, table in [(one, table) for one in items for table in one.tables]:
        own = list(_kpis_in_table(table, year))
        if not own or not _is_table_wanted_as_kpi(table, own, interview):
            continue
        for one in own:
            name = next(
                (name for name in _possible_names(one, item, table) if comparable_words(name) not in taken),
                "",
            )
            if name:
                taken.add(comparable_words(name))
                found.append(replace(one, name=name))
    return tuple(found)


def _possible_names(kpi: AdoptedKpi, item: AdoptedItem, table: AdoptedTable) -> tuple[str, ...]:
    """The names that an indicator may have, the shortest first."""
    title = _label_without_time(item.title) or item.sheet
    return kpi.name, f"{kpi.name}（{title}）", f"{kpi.name}（{title}、{table.name}）"


def _is_table_wanted_as_kpi(table: AdoptedTable, found: Sequence[AdoptedKpi], interview: Interview) -> bool:
    first = found[0].target
    source = table.cells[first.row][first.column].source
    texts = (header.text for header in (*table.column_headers, *table.row_headers))
    is_money = any(map(_MONEY.search, map(comparable_words, (table.caption, table.name, *texts))))
    answer = interview.ask(
        Asked.KPI,
        "目標と実績",
        "目標と実績のあるものを、指標（KPI）にしますか。",
        place=(source.sheet, (source.row, source.column)),
        choices=(_YES, _NO),
        guess=_NO if is_money else _YES,
        weight=2 * len(found),
    )
    return answer == _YES


def _kpis_in_table(table: AdoptedTable, year: int) -> Iterator[AdoptedKpi]:
    """What has just one target and one result of this year, by its other headers."""
    if table.repeating is not None:
        return
    targets: dict[tuple[str, ...], list[TablePlace]] = {}
    results: dict[tuple[str, ...], list[TablePlace]] = {}
    for place, labels in _numbers_of_year(table, year):
        rest = _other_labels(labels)
        if any(map(is_header_of_total, rest)):
            continue
        if any(map(is_header_of_given_value, labels)):
            targets.setdefault(rest, []).append(place)
        elif any(is_header_of_result(one) and not is_header_of_rate(one) for one in labels):
            results.setdefault(rest, []).append(place)
    for rest, found in targets.items():
        own = results.get(rest, [])
        if len(found) == len(own) == 1:
            yield _kpi_of_pair(table, rest, found[0], own[0])


def _other_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """The headers of a number that say neither when it is nor whether it is a target or a result."""
    return tuple(one for one in map(_label_without_time, labels) if one and not _is_aim_or_result(one))


def _kpi_of_pair(
    table: AdoptedTable, labels: Iterable[str], target: TablePlace, result: TablePlace
) -> AdoptedKpi:
    """The indicator of a target and a result with the same other headers, which are its name."""
    name = "・".join(dict.fromkeys(labels))[:_LONGEST_NAME] or table.caption or table.name
    code = table.cells[result.row][result.column].format
    return AdoptedKpi(
        name, target, result, code, is_at_most=bool(_LESS_IS_BETTER.search(comparable_words(name)))
    )


def _numbers_of_year(table: AdoptedTable, year: int) -> Iterator[tuple[TablePlace, list[str]]]:
    """The cells for numbers whose headers name no other year, each with the headers of its row and column."""
    numbers = (CellKind.TYPED, CellKind.COMPUTED, CellKind.FIXED)
    by_row = [_labels_of_line(table.row_headers, row, across=False) for row in range(len(table.cells))]
    by_column = [_labels_of_line(table.column_headers, at, across=True) for at in range(len(table.cells[0]))]
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            labels = [*by_row[row], *by_column[column]]
            is_number = cell.format != "@" and cell.kind in numbers and not cell.words
            if is_number and not any(_names_other_year(label, year) for label in labels):
                yield TablePlace(table.number, row, column), labels


def _labels_of_line(headers: Iterable[Header], line: int, *, across: bool) -> list[str]:
    """The headers of a column (`across`) or a row."""
    if across:
        return [one.text for one in headers if one.column <= line < one.column + one.across]
    return [one.text for one in headers if one.row <= line < one.row + one.down]


def _names_other_year(label: str, year: int) -> bool:
    named = fiscal_years_in(PLACEHOLDER.sub("", label))
    is_other = year_role_of_placeholders(label) not in (None, YearRole.CURRENT) or bool(
        year_offset_named_in(label)
    )
    return is_other or "年度-" in label or "年度+" in label or bool(named and year not in named)


def _label_without_time(label: str) -> str:
    bare = PLACEHOLDER.sub("", label).strip("（）() 　")
    return "" if fiscal_years_in(bare) else bare


def _is_aim_or_result(label: str) -> bool:
    return is_header_of_given_value(label) or is_header_of_result(label)
