"""What is kept between runs is never stale, never trusted blindly, and never missed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.excel.reader import read_submission
from kenpo_xl.plan_book import PlanError, read_plan
from kenpo_xl.tasks.kept import kept_plan, kept_submission

READ = "kenpo_xl.plan_book.read_plan"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kenpo-xl"


def test_a_plan_is_read_once(period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = kept_plan(period / "計画.xlsx")
    assert plan == read_plan(period / "計画.xlsx")
    monkeypatch.delattr(READ)
    assert kept_plan(period / "計画.xlsx") == plan


def test_a_check_with_a_kept_plan_loads_nothing_that_reads_one(period: Path) -> None:
    """Nor the planner's book, nor a heavy package: loading them would take as long as the check."""
    kept_plan(period / "計画.xlsx")
    code = (
        "import sys; from pathlib import Path; from kenpo_xl.tasks.check import check; "
        "assert check([Path(sys.argv[1])]).books; "
        "print(*(one for one in sys.modules if one.startswith(('kenpo_xl.plan_book', 'kenpo_xl.adjust'))), "
        "*({'openpyxl', 'pandas', 'xlwings', 'xlsxwriter', 'sqlalchemy'} & set(sys.modules)))"
    )
    book = next((period / "提出").iterdir())
    done = subprocess.run([sys.executable, "-c", code, str(book)], capture_output=True, check=True)
    assert done.stdout.split() == []


def test_a_book_that_changed_is_read_anew(period: Path) -> None:
    before = kept_plan(period / "計画.xlsx")
    book = openpyxl.load_workbook(period / "計画.xlsx")
    book["基本"]["B2"] = "川口支部"
    book.save(period / "計画.xlsx")
    after = kept_plan(period / "計画.xlsx")
    assert after == read_plan(period / "計画.xlsx")
    assert after != before


def test_damaged_files_are_no_trouble(period: Path, cache: Path) -> None:
    plan = kept_plan(period / "計画.xlsx")
    (file,) = cache.iterdir()
    for content in (b"", b"\x80\x05garbage", file.read_bytes()[:1000], b"\x80\x05K\x01."):
        file.write_bytes(content)
        assert kept_plan(period / "計画.xlsx") == plan


def test_where_nothing_can_be_kept_nothing_is(
    period: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept_plan(period / "計画.xlsx") == read_plan(period / "計画.xlsx")


def test_a_broken_plan_is_not_kept(period: Path, cache: Path) -> None:
    book = openpyxl.load_workbook(period / "計画.xlsx")
    book["基本"]["B4"] = 7
    book.save(period / "計画.xlsx")
    for _ in range(2):
        with pytest.raises(PlanError):
            kept_plan(period / "計画.xlsx")
    assert not cache.exists()


def test_a_submission_is_known_by_its_bytes_its_name_and_its_plan(period: Path, cache: Path) -> None:
    plan, path = read_plan(period / "計画.xlsx"), period / "提出" / "業務グループ.xlsm"
    assert kept_submission(path, plan, period / "計画.xlsx") == read_submission(path, plan)
    copy = Path(shutil.copy(path, path.with_name("写し.xlsx")))
    assert kept_submission(copy, plan, period / "計画.xlsx").workbook == "写し.xlsx"
    assert len(list(cache.iterdir())) == 2


def test_only_the_newest_stay(period: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    for number in range(80):
        (cache / f"{number}.kept").write_bytes(b"")
    kept_plan(period / "計画.xlsx")
    assert len(list(cache.iterdir())) == 60
