"""The columns of the body: which there are and in what order, by the headers of the template.

A column is 計画内容, 実施状況, 評価, or one of 施策 in the plan book (担当, 予算 …). Its header names it,
or, where the header is worded otherwise, a {word} in its cell of row 本文.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kenpo_xl.books.report.template.template import (
    BODY,
    CAPTION,
    HEADERS,
    KPI,
    MAIN_COLUMNS,
    NOTE,
    PROGRESS,
    TABLE_HEADER,
    TABLE_ROW,
    TEXT,
    ColumnName,
    Pattern,
    Slot,
)
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError

_WORD = re.compile(r"\s*\{([^{}]+)\}\s*")
_BEHIND = re.compile(r"[（(].*", re.DOTALL)


def read_column_names(patterns: Mapping[str, Pattern], template_name: str) -> tuple[ColumnName, ...]:
    """The names of the columns from left to right; KenpoError where one is missing or named twice.

    Three columns without a known name are 計画内容, 実施状況 and 評価 in this order.
    """
    slots = patterns[HEADERS].slots
    names = [_name_of_column(slot, patterns[TEXT]) for slot in slots]
    if len(names) == len(MAIN_COLUMNS) and not {*names} & {*MAIN_COLUMNS}:
        names = list(MAIN_COLUMNS)
    _check_names(names, template_name)
    _check_patterns(patterns, slots[names.index(PROGRESS)], template_name)
    return tuple(_with_sample(name, slot, patterns[TEXT]) for name, slot in zip(names, slots, strict=True))


def _with_sample(name: str, header: Slot, text_row: Pattern) -> ColumnName:
    cell = _text_slot(header, text_row)
    is_main_or_word = name in MAIN_COLUMNS or cell is None or _WORD.fullmatch(cell.text)
    return ColumnName(name, "" if is_main_or_word or cell is None else cell.text)


def _name_of_column(header: Slot, text_row: Pattern) -> str:
    """The {word} in the column's cell of row 本文, else the words of its header before a bracket."""
    cell = _text_slot(header, text_row)
    word = _WORD.fullmatch(cell.text) if cell else None
    name = normalized(word[1] if word else _BEHIND.sub("", header.text))
    return next((main for main in MAIN_COLUMNS if normalized(main) == name), name)


def _text_slot(header: Slot, text_row: Pattern) -> Slot | None:
    return next((slot for slot in text_row.slots if header.first <= slot.first <= header.last), None)


def _check_names(names: Sequence[str], template_name: str) -> None:
    missing = [name for name in MAIN_COLUMNS if name not in names]
    if missing:
        raise KenpoError(
            f"ひな形「{template_name}」の{BODY}のどの列が{_quoted_names(missing)}か分かりません。"
            f"行「{TEXT}」のその列のセルに {'、'.join(f'{{{name}}}' for name in missing)} と入れてください。"
        )
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise KenpoError(
            f"ひな形「{template_name}」の{BODY}に、{_quoted_names(twice)}の列が二つあります。一つにしてください。"
        )


def _check_patterns(patterns: Mapping[str, Pattern], progress: Slot, template_name: str) -> None:
    """KenpoError for a pattern of 実施状況 whose cells are in another column."""
    for name in (KPI, CAPTION, TABLE_HEADER, TABLE_ROW, NOTE):
        slots = patterns[name].slots
        if not any(progress.first <= slot.first and slot.last <= progress.last for slot in slots):
            raise KenpoError(
                f"ひな形「{template_name}」の{BODY}の行「{name}」の見本は、列「{PROGRESS}」の中に置いてください。"
            )


def _quoted_names(names: Sequence[str]) -> str:
    return "".join(f"「{name}」" for name in names)
