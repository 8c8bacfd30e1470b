"""The plan book looked at for its planner: what is wrong, and what was read of each row of KPI and 検算."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.books.plan.reader import Problem, plan_and_problems
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.storage.office_locks import book_of_lock
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.plan.listing import rule_setting_problems
from kenpo_xl.tasks.plan.plan_in_words import cross_check_in_words, kpi_lines


@frozen
class RowReading:
    """What was read of a row of the plan book: its name, in words, and a cell of it."""

    name: str
    words: str
    source: Source | None


@frozen
class PlanCheck:
    """All problems of a plan book, and the readings of its rows (none if it could not be interpreted).

    `is_open`: the book is open, and may have been changed without being saved.
    """

    problems: tuple[Problem, ...]
    readings: tuple[RowReading, ...]
    is_open: bool = False

    @property
    def error_count(self) -> int:
        """The number of problems that stop a run."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def sentence(self) -> str:
        """How many problems there are, and how many rows were read."""
        read = f"KPI と検算の {len(self.readings)} 行を読みました。" if self.readings else ""
        read += "計画ブックは開いています。保存していない変更は見ていません。" if self.is_open else ""
        if not self.problems:
            return f"計画ブックに直すところはありません。{read}"
        confirm = len(self.problems) - self.error_count
        return f"計画ブックに、直すもの {self.error_count} 件、確認するもの {confirm} 件があります。{read}"


def check_plan(period: PeriodFolder) -> PlanCheck:
    """The problems and readings of the saved plan book; KenpoError if the file cannot be read."""
    plan, problems = plan_and_problems(period.plan_path)
    is_open = any(book_of_lock(path, [period.plan_path]) for path in period.root.iterdir())
    if plan is None:
        return PlanCheck(tuple(problems), (), is_open)
    return PlanCheck((*problems, *rule_setting_problems(plan)), tuple(_row_readings(plan)), is_open)


def _row_readings(plan: Plan) -> Iterator[RowReading]:
    for kpi in plan.kpis:
        words = (line.strip() for line in kpi_lines(plan, kpi))
        source = kpi.result_source or kpi.target_source
        read = "\n".join(words).removeprefix(f"KPI {kpi.name}: ")
        yield RowReading(kpi.name, f"{_item_of_kpi_result(kpi)}{read}", source)
    for check in plan.cross_checks:
        yield RowReading(check.kind, cross_check_in_words(check), check.source)


def _item_of_kpi_result(kpi: Kpi) -> str:
    """The item of the figures of its result, which the words leave out."""
    keys = formula_keys(kpi.result) if kpi.result is not None else ()
    items = dict.fromkeys(key.item for key in keys if isinstance(key, FigureId))
    return f"項 {'、'.join(items)}　" if items else ""
