"""Problems of a plan book: each has its sheet and cell and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError

AddError = Callable[[int, int, str], None]
"""A function that adds an error at a cell (row, column) of the sheet that is read."""


@frozen
class Problem:
    """One error or warning at a cell of the plan book; a warning does not stop a run."""

    sheet: str
    cell: str
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{'誤り' if self.is_error else '注意'} {self.sheet}!{self.cell}: {self.message}"


class PlanError(KenpoError):
    """A plan book that cannot be used; `problems` contains all its errors."""

    def __init__(self, workbook: str, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"{workbook} に直すところが {len(problems)} 件あります。"
            f"直してからもう一度実行してください。\n{lines}"
        )


class Problems:
    """Collects problems while a book is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add_error(self, sheet: str, cell: str, message: str) -> None:
        self._found.append(Problem(sheet, cell, message))

    def add_warning(self, sheet: str, cell: str, message: str) -> None:
        self._found.append(Problem(sheet, cell, message, is_error=False))

    def collector_of_warnings(self, suffix: str) -> Problems:
        """A collector for optional parts: errors become warnings that end with `suffix`."""
        return _WarningsOnly(self, suffix)

    def sorted(self, sheets: Sequence[str], *, last: Sequence[str] = ()) -> list[Problem]:
        """The problems without duplicates, in the order of the sheets, those in `last` at the end."""
        order = {name: place for place, name in enumerate([*sheets, *last])}

        def sort_key(problem: Problem) -> tuple[int, int, int, str]:
            return order.get(problem.sheet, -1), *cell_position(problem.cell), problem.message

        return sorted(dict.fromkeys(self._found), key=sort_key)


class _WarningsOnly(Problems):
    """Collects into other problems, errors as warnings."""

    def __init__(self, problems: Problems, suffix: str) -> None:
        self._found, self._suffix = problems._found, suffix

    def add_error(self, sheet: str, cell: str, message: str) -> None:
        self.add_warning(sheet, cell, message + self._suffix)
