"""The formulas of a drawn table: from addresses to identities, within the table and without circles."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace

from kenpo_xl.domain import formulas
from kenpo_xl.domain.formulas import Address, Group
from kenpo_xl.domain.plan import Cell, Table
from kenpo_xl.excel.references import a1

Place = tuple[int, int]
Refuse = Callable[[int, int, str], None]


def with_identities(table: Table, body: Mapping[Place, Place], sheet: str, refuse: Refuse) -> Table:
    """The table with formulas over identities; `body` maps worksheet cells to its rows and columns."""
    translate = _Translator(table, body, sheet, refuse)
    worksheet = {place: cell for cell, place in body.items()}
    cells = tuple(
        tuple(translate.cell(cell, worksheet[i, j]) for j, cell in enumerate(row))
        for i, row in enumerate(table.cells)
    )
    return replace(table, cells=cells)


def circular(table: Table, body: Mapping[Place, Place]) -> list[Place]:
    """The worksheet cells whose formula needs their own value."""
    graph: dict[Hashable, list[Hashable]] = {}
    for i, j in body.values():
        formula = table.cells[i][j].formula
        graph[table.identity(i, j)] = list(formulas.keys(formula)) if formula else []
    return [cell for cell, place in body.items() if _reaches(graph, table.identity(*place))]


def _reaches(graph: dict[Hashable, list[Hashable]], start: Hashable) -> bool:
    seen: set[Hashable] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key == start:
            return True
        if key not in seen:
            seen.add(key)
            waiting += graph.get(key, [])
    return False


class _Translator:
    """Turns the addresses of a table's formulas into identities; refuses what lies outside its body."""

    def __init__(self, table: Table, body: Mapping[Place, Place], sheet: str, refuse: Refuse) -> None:
        self.table, self.body, self.sheet, self.refuse = table, body, sheet, refuse
        self.place = (0, 0)

    def cell(self, cell: Cell, place: tuple[int, int]) -> Cell:
        if cell.formula is None:
            return cell
        self.place = place
        return replace(cell, formula=formulas.mapped(cell.formula, self._one, self._many))

    def _one(self, key: Hashable) -> Hashable:
        assert isinstance(key, Address)
        found = self.body.get((key.row, key.column)) if key.sheet in ("", self.sheet) else None
        if found is None:
            where = f"{key.sheet}!" if key.sheet else ""
            self.refuse(
                *self.place,
                f"算式が表の外のセル {where}{a1(key.row, key.column)} を使っています。"
                "同じ表の欄だけを使ってください。",
            )
            return key
        return self.table.identity(*found)

    def _many(self, group: Group) -> Group:
        return Group(tuple(self._one(cell) for cell in formulas.spread(group)))
