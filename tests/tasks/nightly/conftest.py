"""Roots with few small periods, and a night in this very process."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.tasks.nightly import NightResult, PeriodDone, run_nightly
from tests.tasks.nightly.small_branches import write_branch

TODAY = date(2025, 1, 8)
REPORT = "事業実施状況_令和6年度第3四半期.xlsx"
Files = dict[str, tuple[str, int]]
Night = Callable[..., NightResult]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two branches, a period each."""
    return made(tmp_path / "全支部", "青森", "岩手")


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A root with one period, in the folder 青森."""
    return made(tmp_path / "全支部", "青森")


@pytest.fixture
def ran(first_nights: Path, tmp_path: Path) -> Path:
    """Two branches after a night."""
    return Path(shutil.copytree(first_nights / "root", tmp_path / "全支部"))


@pytest.fixture
def one_ran(first_nights: Path, tmp_path: Path) -> Path:
    """A root with one period after a night."""
    return Path(shutil.copytree(first_nights / "one", tmp_path / "全支部"))


@pytest.fixture(scope="session")
def first_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both roots after a night: to be copied, not to be touched."""
    folder = tmp_path_factory.mktemp("nights")
    for name, branches in (("root", ("青森", "岩手")), ("one", ("青森",))):
        run(made(folder / name, *branches))
    return folder


def made(root: Path, *branches: str) -> Path:
    for branch in branches:
        write_branch(root / branch, f"{branch}支部")
    return root


def run(
    root: Path,
    *,
    today: date = TODAY,
    watch: Callable[[PeriodDone, int], None] | None = None,
    ledger: LedgerPlace | None = None,
    executor: Executor | None = None,
) -> NightResult:
    with executor or ThreadPoolExecutor(1) as workers:
        return run_nightly(
            root,
            workers,
            today=today,
            user="佐藤",
            since="2:00",
            watch=watch or (lambda *_: None),
            ledger=ledger,
        )


def files(root: Path, *folders: str) -> Files:
    """Hash and time of every file below these folders of all periods, or of the whole root but the ledger."""
    return {
        path.relative_to(root).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in root.rglob("*")
        if path.is_file() and path.parent != root and (not folders or path.parent.name in folders)
    }


def outputs(root: Path) -> dict[str, str]:
    """What the night wrote, by hash."""
    return {name: content for name, (content, _) in files(root, "報告", "返却").items()}
