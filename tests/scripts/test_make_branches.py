"""The folder of many branches: books of their own plans and figures, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from scripts.make_branches import branches, main, make_branch


def test_there_are_47_and_then_more() -> None:
    assert len(set(branches(47))) == 47
    assert branches(49)[46:] == ["沖縄支部", "北海道支部2", "青森支部2"]


def test_a_branch_has_its_name_and_figures(tmp_path: Path) -> None:
    one, other = (make_branch(tmp_path / str(number), "青森支部", number) for number in (0, 100))
    assert read_plan(other / "計画.xlsx").branch == "青森支部"
    numbers = []
    for folder in (one, other):
        whole = consolidate(PeriodFolder(folder))
        assert (whole.rejected, len(whole.submissions)) == ((), 4)
        numbers.append({str(figure.id): figure.typed for figure in whole.figures if not figure.entity})
    figure = "1-2-2/決定達成/当年/決定件数"
    assert numbers[1][figure] == numbers[0][figure] * 1100 // 1000


def test_the_same_bytes_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("1", "2"):
        assert main([str(tmp_path / name), "1"]) == 0
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.xlsx")}
        for name in ("1", "2")
    )
    assert first == second
    assert capsys.readouterr().out.startswith("1 branches in ")
