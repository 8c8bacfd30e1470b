"""What is wrong with a plan book: every problem names its sheet and cell and says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError


@frozen
class Problem:
    """One thing that is wrong, at a cell of the plan book. A warning does not stop the work."""

    sheet: str
    cell: str
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{'誤り' if self.is_error else '注意'} {self.sheet}!{self.cell}: {self.message}"


class PlanError(KenpoError):
    """A plan book that cannot be used; `problems` holds all its errors."""

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

    def as_warnings(self, said: str) -> Problems:
        """The same for a part that the plan can do without: what is refused is a warning with `said`."""
        return _WarningsOnly(self, said)

    def sorted(self, sheets: Sequence[str], *, last: Sequence[str] = ()) -> list[Problem]:
        """Without repetition, in the order of the sheets but for those that come last, from the top."""
        order = {name: place for place, name in enumerate([*sheets, *last])}

        def key(problem: Problem) -> tuple[int, int, int, str]:
            return order.get(problem.sheet, -1), *cell_position(problem.cell), problem.message

        return sorted(dict.fromkeys(self._found), key=key)


class _WarningsOnly(Problems):
    """Collects into other problems, with warnings in the place of what would be refused."""

    def __init__(self, problems: Problems, said: str) -> None:
        self._found, self._said = problems._found, said

    def add_error(self, sheet: str, cell: str, message: str) -> None:
        self.add_warning(sheet, cell, message + self._said)
