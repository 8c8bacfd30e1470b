"""Reads the sheets 検算 (cross-checks) and 用語 (preferred terms)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kenpo_xl.books.plan.layout.formula_reader import FormulaReader
from kenpo_xl.books.plan.layout.layout_sheet import Layout
from kenpo_xl.books.plan.support.keys import normalized_key
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.formulas.evaluate import Node, Ref
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind, Term
from kenpo_xl.domain.plan.table import FigureId, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Workbook

CHECKS, TERMS = SHEETS = ("検算", "用語")
_KIND, _LEFT, _RIGHT, _ITEM, _WORDS, _TABLE, _COLUMN, _NOTE = (
    "種類",
    "左",
    "右",
    "項",
    "語",
    "表",
    "列",
    "指摘の文",
)
# The columns that each kind needs; others stay empty, but 列 of 件数 and 項 are optional.
_NEEDS = {
    CrossCheckKind.EQUAL: (_LEFT, _RIGHT),
    CrossCheckKind.AT_MOST: (_LEFT, _RIGHT),
    CrossCheckKind.IN_TEXT: (_WORDS, _LEFT),
    CrossCheckKind.COUNT: (_ITEM, _WORDS, _TABLE),
    CrossCheckKind.WHERE_WRITTEN: (_WORDS, _LEFT),
    CrossCheckKind.SAME_EVENT: (_WORDS,),
}
_MAY_HAVE = {
    CrossCheckKind.IN_TEXT: (_ITEM,),
    CrossCheckKind.COUNT: (_COLUMN,),
    CrossCheckKind.WHERE_WRITTEN: (_ITEM,),
}
_OF_ONE_FIGURE = (CrossCheckKind.IN_TEXT, CrossCheckKind.WHERE_WRITTEN)
_PREFERRED, _VARIANTS, _AUTOMATIC, _WEIGHT = "用語", "使わない書き方", "自動", "重さ"
_NO, _YES = ("いいえ", "はい")
_USUAL, _MINOR = ("注意", "参考")
_CIRCLES = ("〇", "○", "◯")


def read_cross_checks(
    book: Workbook, layouts: dict[str, Layout], items: Mapping[str, str], problems: Problems
) -> list[CrossCheck]:
    """Every row of 検算 that can be used; a plan without the sheet has none.

    A row that cannot be used is skipped with a warning: the plan is complete without it. `items` are the
    numbers of items by number and key.
    """
    optional = (_LEFT, _RIGHT, _ITEM, _WORDS, _TABLE, _COLUMN, _NOTE)
    rows = read_list_rows(book, CHECKS, (_KIND,), problems, optional=optional, needed=False)
    lenient = problems.collector_of_warnings("この行は調べません。")
    found = (
        _CrossCheckReader(book, layouts, items, replace(row, problems=lenient)).read_cross_check()
        for row in rows
    )
    return [check for check in found if check is not None]


class _CrossCheckReader:
    """Reads one row of 検算."""

    def __init__(
        self, book: Workbook, layouts: dict[str, Layout], items: Mapping[str, str], row: ListRow
    ) -> None:
        self.book, self.layouts, self.items, self.row = book, layouts, items, row
        self.formulas = FormulaReader(layouts, row)

    def read_cross_check(self) -> CrossCheck | None:
        """The cross-check of the row; None, with a warning, if it cannot be used."""
        kind = self._read_kind()
        if kind is None or not self._has_needed_cells(kind):
            return None
        left, right = self._read_formula(_LEFT), self._read_formula(_RIGHT)
        item = self._read_item(left)
        table = self._table_with_repeating_row(item) if kind is CrossCheckKind.COUNT else None
        column = self._read_column(table) if table else ""
        known = {_LEFT: left, _RIGHT: right, _ITEM: item, _TABLE: table}
        is_usable = _has_needed_parts(kind, known)
        if item is None or column is None or not is_usable or not self._has_single_figure(kind, left):
            return None
        self._check_sides_are_comparable(kind, left, right)
        return CrossCheck(
            kind=kind,
            left=left,
            right=right,
            item=item,
            words=self.row.text(_WORDS),
            table=table.name if table else "",
            column=column,
            note=self.row.text(_NOTE),
            source=Source(self.book.path.name, CHECKS, self.row.cell_ref(_KIND)),
        )

    def _read_kind(self) -> CrossCheckKind | None:
        if not self.row.text(_KIND):
            self.row.add_error(_KIND, f"「種類」に {'、'.join(CrossCheckKind)} のどれかを入れてください。")
            return None
        word = self.row.choice(_KIND, list(CrossCheckKind), "")
        return CrossCheckKind(word) if word else None

    def _has_needed_cells(self, kind: CrossCheckKind) -> bool:
        missing = [header for header in _NEEDS[kind] if not self.row.is_filled(header)]
        for header in missing:
            self.row.add_error(
                header, f"「{kind}」の行には「{header}」が要ります。{header}を入れてください。"
            )
        headers = (_LEFT, _RIGHT, _ITEM, _WORDS, _TABLE, _COLUMN)
        for header in headers:
            if header not in (*_NEEDS[kind], *_MAY_HAVE.get(kind, ())) and self.row.is_filled(header):
                self.row.add_warning(
                    header, f"「{kind}」の行では「{header}」を使いません。消すか、種類を確かめてください。"
                )
        return not missing

    def _read_formula(self, header: str) -> Node | None:
        return self.formulas.read_formula(header) if self.row.is_filled(header) else None

    def _read_item(self, left: Node | None) -> str | None:
        """The item, by default that of 左; '' for all items; None with a warning."""
        name = self.row.text(_ITEM)
        if not name:
            return left.key.item if isinstance(left, Ref) and isinstance(left.key, FigureId) else ""
        number = self.items.get(normalized_key(name))
        if number:
            self._check_item(number, left)
            return number
        self.row.add_error(
            _ITEM,
            f"項「{name}」が「施策」にありません。1-2-2 のような項の番号か、項の鍵を入れてください"
            "（日付に変わるときは、表示形式を「文字列」にしてから打ち直してください）。",
        )
        return None

    def _table_with_repeating_row(self, item: str | None) -> Table | None:
        """The open list of 件数; None, with an error, if there is none."""
        layout = self.layouts.get(item or "")
        name = self.row.text(_TABLE)
        if item is None or (layout and name in layout.unread):
            return None
        tables = layout.tables if layout else []
        found = next((table for table in tables if normalized(table.name) == normalized(name)), None)
        if found is None or found.repeating is None:
            self.row.add_error(
                _TABLE,
                f"項「{item}」の様式図に、「くり返し」の行のある表「{name}」がありません。表の名前を確かめてください。",
            )
            return None
        return found

    def _check_item(self, name: str, left: Node | None) -> None:
        """Adds a warning if the item is not that of 左: item numbers may have changed."""
        if isinstance(left, Ref) and isinstance(left.key, FigureId) and left.key.item != name:
            self.row.add_warning(
                _ITEM,
                f"項は {name} ですが、左は {left.key.item} の欄です。"
                "項の番号が変わっていないか確かめてください（左の項の文を調べるなら、項を空にします）。",
            )

    def _check_sides_are_comparable(
        self, kind: CrossCheckKind, left: Node | None, right: Node | None
    ) -> None:
        """Adds a warning if both sides are one cell or have different kinds of units."""
        if kind not in (CrossCheckKind.EQUAL, CrossCheckKind.AT_MOST):
            return
        if left is not None and left == right:
            self.row.add_warning(_RIGHT, "右が左と同じ欄です。比べる相手の欄をクリックし直してください。")
            return
        units = [self.formulas.unit_of(side) for side in (left, right)]
        sorts = {_unit_category(unit) for unit in units if unit}
        if all(units) and len(sorts) > 1:
            self.row.add_warning(
                _RIGHT, f"左は {units[0]}、右は {units[1]} の欄です。比べる欄が合っているか確かめてください。"
            )

    def _read_column(self, table: Table) -> str | None:
        name = normalized(self.row.text(_COLUMN))
        found = next((axis.name for axis in table.columns if normalized(axis.name) == name), "")
        if name and not found:
            columns = "、".join(axis.name for axis in table.columns)
            self.row.add_error(_COLUMN, f"表「{table.name}」の列は {columns} です。どれかにしてください。")
            return None
        return found

    def _has_single_figure(self, kind: CrossCheckKind, left: Node | None) -> bool:
        """Whether 左 is one figure, if the kind needs that; adds an error if not."""
        if kind not in _OF_ONE_FIGURE or isinstance(left, Ref):
            return True
        self.row.add_error(_LEFT, "この種類では、「=」のあとで様式図の欄を 1 つだけクリックしてください。")
        return False


def _unit_category(unit: str) -> str:
    """The kind of a unit: 円 (money), ％ (rate) or 数 (count)."""
    return "円" if unit.endswith("円") else "％" if unit in ("％", "%", "ポイント") else "数"


def read_preferred_terms(book: Workbook, problems: Problems) -> list[Term]:
    """Every row of 用語; a plan without the sheet has none."""
    found: list[Term] = []
    taken: dict[str, str] = {}
    optional = (_AUTOMATIC, _WEIGHT)
    rows = read_list_rows(book, TERMS, (_PREFERRED, _VARIANTS), problems, optional=optional, needed=False)
    for row in rows:
        preferred = row.text(_PREFERRED)
        variants = tuple(filter(None, (word.strip() for word in re.split(r"[、,，\n]", row.text(_VARIANTS)))))
        if not preferred or not variants:
            header = _VARIANTS if preferred else _PREFERRED
            row.add_error(header, f"「{header}」が空です。用語と、使わない書き方を両方入れてください。")
            continue
        _report_duplicate_words(row, preferred, variants, taken)
        place = Source(book.path.name, TERMS, row.cell_ref(_PREFERRED))
        automatic = row.choice(_AUTOMATIC, (_YES, _NO, *_CIRCLES), _NO) not in (_NO, "")
        minor = row.choice(_WEIGHT, (_USUAL, _MINOR), _USUAL) == _MINOR
        found.append(Term(preferred, variants, place, automatic, minor))
    _report_contradictory_terms(found, problems)
    return found


def _report_duplicate_words(
    row: ListRow, preferred: str, variants: Sequence[str], taken: dict[str, str]
) -> None:
    for word in variants:
        if normalized(word) == normalized(preferred):
            row.add_error(
                _VARIANTS,
                f"「{word}」は用語と同じ字です（全角と半角、空白は区別しません）。消してください。",
            )
        elif taken.get(normalized(word), preferred) != preferred:
            row.add_error(
                _VARIANTS, f"「{word}」は「{taken[normalized(word)]}」の行にもあります。1 つにしてください。"
            )
        taken.setdefault(normalized(word), preferred)


def _has_needed_parts(kind: CrossCheckKind, parts: Mapping[str, object]) -> bool:
    return all(parts.get(header, "") is not None for header in _NEEDS[kind])


def _report_contradictory_terms(terms: Sequence[Term], problems: Problems) -> None:
    """Reports words that one row prefers and another one rejects."""
    preferred = {normalized(term.preferred) for term in terms}
    for term in terms:
        for word in term.variants:
            if normalized(word) in preferred - {normalized(term.preferred)}:
                assert term.source is not None
                problems.add_error(
                    TERMS,
                    term.source.cell,
                    f"「{word}」は別の行では正しい用語です。どちらの行が正しいか決めてください。",
                )
