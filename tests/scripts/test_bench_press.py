"""The presses that bench.py measures come to their end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.bench import BOOKS, PRESS
from scripts.bench_press import write_listed_copy
from scripts.paths import ROOT


@pytest.mark.parametrize("button", ["check", "repair"])
@pytest.mark.parametrize("is_listed", [False, True])
def test_a_press_ends_without_a_message_box(button: str, is_listed: bool, tmp_path: Path) -> None:
    book = BOOKS[0]
    if is_listed:
        book = write_listed_copy(book, tmp_path / "期" / "入力" / book.name)
        (book.parents[1] / "計画.xlsx").write_bytes((BOOKS[0].parents[1] / "計画.xlsx").read_bytes())
    command = [sys.executable, "-c", PRESS, button, str(book)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
