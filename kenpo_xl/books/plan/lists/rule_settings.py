"""Reads the sheet 規則: what the office sets for rules of the check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kenpo_xl.books.plan.support.keys import normalized_key
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.plan.rule_settings import RuleSetting, RuleUse
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "規則"
_CODE, _USE, _SEVERITY, _THRESHOLD = "コード", "使う", "重さ", "しきい値"
_ITEMS, _WORDS = "除く項", "除く言葉"
_USUAL = ""


def read_rule_settings(book: Workbook, items: Mapping[str, str], problems: Problems) -> list[RuleSetting]:
    """Every row of 規則; a plan without the sheet has none. A code is set once, or once per exception.

    `items` are the numbers of items by number and key.
    """
    optional = (_USE, _SEVERITY, _THRESHOLD, _ITEMS, _WORDS)
    rows = read_list_rows(book, SHEET, (_CODE,), problems, optional=optional, needed=False)
    settings = [_setting_of_row(book, row, items) for row in rows]
    _report_contradictions(settings, problems)
    return settings


def _setting_of_row(book: Workbook, row: ListRow, items: Mapping[str, str]) -> RuleSetting:
    code = half_width(row.text(_CODE)).strip().upper()
    if not re.fullmatch(r"[A-Z]{2}(?:[0-9]{2}|[1-9][0-9]{2})", code):
        row.add_error(
            _CODE, f"「{row.text(_CODE)}」は規則のコードではありません。WO08 のように入れてください。"
        )
    severity = row.choice(_SEVERITY, [str(one) for one in Severity], _USUAL)
    excepted = _listed_words(row, _ITEMS)
    for item in excepted:
        if normalized_key(item) not in items:
            row.add_error(_ITEMS, f"項「{item}」は「施策」にありません。")
    return RuleSetting(
        code,
        RuleUse(row.choice(_USE, [str(one) for one in RuleUse], RuleUse.ON)),
        Severity(severity) if severity else None,
        row.number(_THRESHOLD),
        tuple(items.get(normalized_key(item), item) for item in excepted),
        _listed_words(row, _WORDS),
        row.source(book, _CODE),
    )


def _listed_words(row: ListRow, header: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in re.split(r"[、,，\n]", row.text(header)))))


def _report_contradictions(settings: Sequence[RuleSetting], problems: Problems) -> None:
    """Reports rows of one code that differ in more than their exceptions."""
    first: dict[str, RuleSetting] = {}
    for one in settings:
        known = first.setdefault(one.code, one)
        differs = (one.use, one.severity, one.threshold) != (known.use, known.severity, known.threshold)
        if differs and one.source and known.source:
            problems.add_error(
                SHEET,
                one.source.cell,
                f"{one.code} は {known.source.cell} にもあり、「{_USE}」「{_SEVERITY}」「{_THRESHOLD}」の"
                "どれかが違います。同じにしてください。",
            )
