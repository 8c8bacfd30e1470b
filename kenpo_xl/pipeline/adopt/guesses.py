"""Cells that hold numbers but are sums or ratios of others: the formulas that a form does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import permutations

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.formulas.tree import Address, Call, Group, Node, Operation, Ref
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.body import DraftCell
from kenpo_xl.pipeline.adopt.grid import Content
from kenpo_xl.pipeline.adopt.questions import Asked, Interview
from kenpo_xl.pipeline.adopt.shape import TableShape
from kenpo_xl.pipeline.adopt.words import (
    header_in_one_line,
    is_header_of_average,
    is_header_of_rate,
    is_header_of_total,
)

_COMPUTE, _TYPE = "式で計算する", "入力する"
_FEW, _MOST_COLUMNS = 2, 8


@frozen
class ComputedGuesses:
    """Finds the typed cells of a table that are totals or rates; each is asked about once per header."""

    shape: TableShape
    interview: Interview
    drafts: Mapping[CellPosition, DraftCell]

    def formulas(self) -> dict[CellPosition, Node]:
        """A formula over cells of the sheet for every such cell, where the answer is that it is computed."""
        found: dict[CellPosition, Node] = {}
        for row in self.shape.body_rows:
            if self.shape.is_total_row(row) and not self.shape.list_rows:
                found |= self._formulas_of_totals(row, by_row=True)
        for column in self.shape.body_columns:
            if any(map(is_header_of_total, self.shape.header_texts(column))):
                found |= self._formulas_of_totals(column, by_row=False)
            found |= self._formulas_of_rates(column)
        return found

    def _formulas_of_totals(self, line: int, *, by_row: bool) -> dict[CellPosition, Node]:
        """Formulas for the typed cells of a total row or column."""
        members = self._members_of_totals(line, by_row=by_row)
        totals = self._possible_totals(members)
        if not totals:
            return {}
        words = self._words_of_total(line, by_row=by_row)
        if not self._is_computed(Asked.TOTAL, words, next(iter(members)), len(totals)):
            return {}
        return {at: Call("SUM", (self._range_of_cells(members[at]),)) for at in totals}

    def _members_of_totals(self, line: int, *, by_row: bool) -> dict[CellPosition, list[CellPosition]]:
        """The cells that each typed cell of a total row or column adds, where these are several."""
        others = self.shape.body_columns if by_row else self.shape.body_rows
        places = [(line, one) if by_row else (one, line) for one in others]
        members = {
            at: self._cells_of_total(at, line, by_row=by_row) for at in filter(self._takes_sum, places)
        }
        return {at: added for at, added in members.items() if len(added) >= _FEW}

    def _possible_totals(self, members: Mapping[CellPosition, Sequence[CellPosition]]) -> list[CellPosition]:
        """The cells that are empty or have the sum of their members; none where every number differs."""
        filled = [at for at in members if self.drafts[at].value is not None]
        wrong = [at for at in filled if self._sum_of_cells(members[at]) != self.drafts[at].value]
        if wrong and wrong == filled:
            return []
        return [at for at in members if at not in wrong]

    def _words_of_total(self, line: int, *, by_row: bool) -> str:
        texts = self.shape.row_texts(line) if by_row else self.shape.header_texts(line)
        return header_in_one_line(
            "".join(next((one for one in texts if is_header_of_total(one)), "計").split())
        )

    def _is_computed(self, kind: Asked, words: str, at: CellPosition, count: int) -> bool:
        text = {
            Asked.TOTAL: f"「{words}」は、内訳の合計として計算しますか。",
            Asked.RATE: f"「{words}」は、同じ行のほかの欄から計算しますか。",
        }[kind]
        answer = self.interview.ask(
            kind,
            words,
            text,
            place=(self.shape.sheet.name, at),
            choices=(_COMPUTE, _TYPE),
            guess=_COMPUTE,
            weight=count,
        )
        return answer == _COMPUTE

    def _takes_sum(self, at: CellPosition) -> bool:
        draft = self.drafts.get(at)
        return draft is not None and not (
            draft.cell.formula or draft.is_text or draft.is_percent or draft.is_not_applicable
        )

    def _cells_of_total(self, at: CellPosition, line: int, *, by_row: bool) -> list[CellPosition]:
        """The cells that a total adds: those before it up to another total, else those behind it."""
        order = self.shape.body_rows if by_row else self.shape.body_columns
        before, after = order[: order.index(line)], order[order.index(line) + 1 :]
        found = self._up_to_total(at, before[::-1], by_row=by_row)[::-1]
        return found or self._up_to_total(at, after, by_row=by_row)

    def _up_to_total(self, at: CellPosition, order: Sequence[int], *, by_row: bool) -> list[CellPosition]:
        found: list[CellPosition] = []
        for one in order:
            is_total_line = (
                self.shape.is_total_row(one)
                if by_row
                else any(map(is_header_of_total, self.shape.header_texts(one)))
            )
            place = (one, at[1]) if by_row else (at[0], one)
            if is_total_line:
                break
            draft = self.drafts[place]
            if not (draft.is_text or draft.is_percent):
                found.append(place)
        return found

    def _sum_of_cells(self, members: Sequence[CellPosition]) -> Decimal:
        return sum((self.drafts[at].value or Decimal(0) for at in members), Decimal(0))

    def _range_of_cells(self, members: Sequence[CellPosition]) -> Node:
        name = self.shape.sheet.name
        return Group((Address(name, *members[0]), Address(name, *members[-1])))

    def _formulas_of_rates(self, column: int) -> dict[CellPosition, Node]:
        """Formulas for a column of typed rates that are ratios of two other columns in every row."""
        words = next(filter(is_header_of_rate, self.shape.header_texts(column)), "")
        if not words or is_header_of_average(words) or self.shape.list_rows:
            return {}
        rows = [row for row in self.shape.body_rows if self._takes_rate((row, column))]
        pair = self._columns_of_ratio(column, rows)
        if pair is None or not self._is_computed(Asked.RATE, words, (rows[0], column), len(rows)):
            return {}
        over, under = pair
        return {
            (row, column): Operation(
                "/", self._reference_to_cell(row, over), self._reference_to_cell(row, under)
            )
            for row in rows
        }

    def _columns_of_ratio(self, column: int, rows: Sequence[int]) -> tuple[int, int] | None:
        """The two columns whose ratio a column has in every row that is filled, of which several are."""
        filled = [row for row in rows if self.drafts[row, column].value is not None]
        if len(filled) < _FEW:
            return None
        pairs = self._pairs_of_other_columns(column)
        return next((one for one in pairs if all(self._is_ratio(row, column, one) for row in filled)), None)

    def _reference_to_cell(self, row: int, column: int) -> Ref:
        return Ref(Address(self.shape.sheet.name, row, column))

    def _takes_rate(self, at: CellPosition) -> bool:
        draft = self.drafts[at]
        is_number = draft.cell.content in (Content.NUMBER, Content.BLANK)
        return is_number and not draft.cell.formula and not draft.is_not_applicable and not draft.is_text

    def _pairs_of_other_columns(self, column: int) -> Iterator[tuple[int, int]]:
        others = [one for one in self.shape.body_columns if one != column][:_MOST_COLUMNS]
        return permutations(others, 2)

    def _is_ratio(self, row: int, column: int, pair: tuple[int, int]) -> bool:
        rate, over, under = (self.drafts[row, one].value for one in (column, *pair))
        if rate is None or over is None or not under:
            return False
        draft = self.drafts[row, column]
        places = Decimal(1).scaleb(-draft.decimals - (2 if draft.is_percent else 0))
        return any(
            (over / under).quantize(places, rounding=way) == rate for way in (ROUND_HALF_UP, ROUND_DOWN)
        )
