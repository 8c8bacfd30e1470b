"""Many branches side by side: the folders of other branches are not read beyond their sheet 基本."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.books.plan import reader
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.carry.earlier_periods import find_earlier_periods
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.drawn import write_drawn_book
from tests.tasks.carry.town import drawing, period, plan_of

OTHERS = ("あおば町", "わかば町", "このは町")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders whose whole plan is read from now on."""
    found: list[str] = []
    whole = reader.read_plan

    def counted(path: Path) -> Plan:
        found.append(path.parent.name)
        return whole(path)

    monkeypatch.setattr(reader, "read_plan", counted)
    return found


@pytest.fixture
def now(tmp_path: Path) -> Path:
    """The third quarter of a branch beside its earlier ones, a later one, and three other branches."""
    root = tmp_path / "全支部"
    for branch in OTHERS:
        basics = [(key, branch if key == "支部" else value) for key, value in drawing(2025, 1).basics]
        for quarter in (1, 2):
            period(root / f"{branch}{quarter}", 2025, quarter, basics=basics)
    period(root / "前年", 2024, 4)
    period(root / "昔", 2019, 1)
    for quarter in (1, 2, 3, 4):
        period(root / f"第{quarter}", 2025, quarter)
    return root / "第3"


def test_only_the_earlier_plans_of_the_branch_are_read_whole(now: Path, read: list[str]) -> None:
    plan = plan_of(now)
    read.clear()
    found = find_earlier_periods(PeriodFolder(now), plan)
    assert sorted(read) == sorted(["第1", "第2", "前年"])
    assert [one.root.name for one in found.folders] == ["前年", "第1", "第2"]
    assert found.failures == ()


def test_a_broken_plan_of_the_branch_is_still_reported(now: Path, read: list[str]) -> None:
    (now.parent / "第2" / "計画.xlsx").write_bytes(b"PK\3\4")
    found = find_earlier_periods(PeriodFolder(now), plan_of(now))
    assert [one.root.name for one in found.folders] == ["前年", "第1"]
    assert ["第2" in one for one in found.failures] == [True]


def test_a_plan_with_errors_of_another_branch_is_no_concern(now: Path) -> None:
    other = now.parent / f"{OTHERS[0]}1"
    basics = [(key, OTHERS[0] if key == "支部" else value) for key, value in drawing(2025, 1).basics]
    measures = [{"章": "１.町の仕事", "節": "（１）相談", "担当": "ない課"}]
    write_drawn_book(other / "計画.xlsx", drawing(2025, 1, basics=basics, measures=measures, layouts={}))
    with pytest.raises(KenpoError):
        plan_of(other)
    assert find_earlier_periods(PeriodFolder(now), plan_of(now)).failures == ()
