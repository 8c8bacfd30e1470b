"""How often a command reads and computes: plan and books once, figures as submitted and as adjusted once."""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.flag import flag_books
from kenpo_xl.tasks.nightly import run_nightly
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import make_report
from tests.paths import SAMPLE
from tests.tasks.books import settle

GROUP = "業務グループ"
BOOKS = sorted(path.name for path in (SAMPLE / "提出").glob("*.xlsm"))
TOTAL = "1-2-4/査定金額/当年/合計"
TODAY = date(2025, 1, 8)
Counts = Counter[str]


@pytest.fixture(params=["as submitted", "as adjusted"])
def period(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample below the root of a night; adjusted, the planner chose the value of one figure."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "root" / "埼玉支部"
    shutil.copytree(SAMPLE, folder)
    if request.param == "as adjusted":
        build_books(folder)
        settle(folder, "数値の調整", 識別名=TOTAL, 印字する値="計算値", 理由="確認済み")
    return folder


@pytest.fixture
def passes(period: Path) -> dict[str, int]:
    """How often each is called: again with chosen values, and again for what is printed of them."""
    is_adjusted = PeriodFolder(period).planner_path.exists()
    figures, ratings = (2, 3) if is_adjusted else (1, 1)
    return {"recompute_figures": figures, "rate_kpis_and_blocks": ratings, "cached_plan": 1}


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Counts every call, under whatever name a module of the package imported the function."""
    found = Counts()
    for function in (
        recompute_figures,
        with_chosen_values,
        rate_kpis_and_blocks,
        collect_facts,
        read_plan,
        cached_plan,
    ):
        _count(function, found, monkeypatch)
    for kind in (Workbook, Package):
        _count_opened(kind, found, monkeypatch)
    return found


def _count(function: Callable[..., Any], found: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    @wraps(function)
    def counted(*arguments: Any, **options: Any) -> Any:
        found[function.__name__] += 1
        return function(*arguments, **options)

    for name, module in list(sys.modules.items()):
        if name.startswith("kenpo_xl"):
            for attribute, value in list(vars(module).items()):
                if value is function:
                    monkeypatch.setattr(module, attribute, counted)


def _count_opened(kind: type, found: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = kind.__init__

    def opened(self: Any, path: Path) -> None:
        found[f"{kind.__name__} {path.parent.name}/{path.name}"] += 1
        opening(self, path)

    monkeypatch.setattr(kind, "__init__", opened)


def opened(counts: Counts, kind: str) -> dict[str, int]:
    """How often each submitted book was opened as a workbook (cells) or as a package (bytes)."""
    prefix = f"{kind} 提出/"
    return {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix)}


class TestCounts:
    """The books and figures of one period."""

    def test_check_of_one_book(self, period: Path, passes: dict[str, int], counts: Counts) -> None:
        check_books([period / "提出" / f"{GROUP}.xlsm"])
        assert {name: counts[name] for name in passes} == passes
        assert opened(counts, "Package") == opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)

    def test_check_of_all_books(self, period: Path, passes: dict[str, int], counts: Counts) -> None:
        check_books([period])
        assert {name: counts[name] for name in passes} == passes
        assert opened(counts, "Package") == opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)

    def test_flag_of_one_book(self, period: Path, passes: dict[str, int], counts: Counts) -> None:
        flag_books([period / "提出" / f"{GROUP}.xlsm"], today=TODAY)
        assert {name: counts[name] for name in passes} == passes
        assert opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)
        assert opened(counts, "Package") == {name: 1 + (name == f"{GROUP}.xlsm") for name in BOOKS}

    def test_report(self, period: Path, passes: dict[str, int], counts: Counts) -> None:
        make_report(period)
        expected = {**passes, "with_chosen_values": 1, "collect_facts": 1}
        assert {name: counts[name] for name in expected} == expected
        assert opened(counts, "Package") == opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)

    def test_report_of_a_relative_folder(
        self, period: Path, passes: dict[str, int], counts: Counts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(period.parent)
        make_report(Path(period.name))
        expected = {**passes, "with_chosen_values": 1, "collect_facts": 1}
        assert {name: counts[name] for name in expected} == expected
        assert opened(counts, "Package") == opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)

    def test_another_report_reads_what_changed(self, period: Path, counts: Counts) -> None:
        first = make_report(period)
        counts.clear()
        assert not make_report(period).changed
        assert opened(counts, "Package") == opened(counts, "Workbook") == {}
        with zipfile.ZipFile(period / "提出" / f"{GROUP}.xlsm", "a") as book:
            book.comment = b"saved again"
        again = make_report(period)
        assert opened(counts, "Package") == opened(counts, "Workbook") == {f"{GROUP}.xlsm": 1}
        assert (again.changed, again.remarks) == (False, first.remarks)

    def test_night(self, period: Path, passes: dict[str, int], counts: Counts) -> None:
        with ThreadPoolExecutor(1) as executor:
            run_nightly(period.parent, executor, today=TODAY, user="", since="", watch=lambda *_: None)
        expected = {**passes, "with_chosen_values": 1, "collect_facts": 1}
        assert {name: counts[name] for name in expected} == expected
        assert len(list((period / "返却").iterdir())) == len(BOOKS)
        assert opened(counts, "Workbook") == dict.fromkeys(BOOKS, 1)
        # The marks are put into the bytes as they are.
        assert opened(counts, "Package") == dict.fromkeys(BOOKS, 2)
