"""What the process of a run loads: nothing that only its workers need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.tasks.nightly.conftest import TODAY

RUN = """
import sys
from kenpo_xl.cli.commands import main
try:
    main(["nightly", sys.argv[1], "--today", sys.argv[2], "--jobs", "2"])
finally:
    print(*[name for name in sys.argv[3:] if name in sys.modules])
"""
ONLY_WORKERS = (
    "kenpo_xl.checks.engine",
    "kenpo_xl.books.report.writer",
    "kenpo_xl.annotations.annotate",
    "xlsxwriter",
)


@pytest.mark.parametrize("is_changed", [False, True], ids=["unchanged", "changed"])
def test_a_run_loads_nothing_that_only_workers_need(one_ran: Path, *, is_changed: bool) -> None:
    if is_changed:
        (one_ran / "青森" / "提出" / "業務グループ.xlsm").unlink()
    command = [sys.executable, "-P", "-c", RUN, str(one_ran), str(TODAY), *ONLY_WORKERS, "sqlalchemy"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    *_, counts, loaded = done.stdout.splitlines()
    assert counts.startswith("1 期: 処理 1" if is_changed else "1 期: 処理 0")
    assert loaded == "sqlalchemy"
