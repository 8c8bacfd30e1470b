"""What 点検 loads: nothing that only 提出 or a closed book needs."""

from __future__ import annotations

import subprocess
import sys

from tests.paths import ROOT

UNNEEDED = ("tasks.submit", "annotations.verify", "books.common.macros.copies_with_python")


def test_a_check_loads_neither_submission_nor_verification() -> None:
    code = "import sys, kenpo_xl.tasks.buttons.input_buttons; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, encoding="utf-8").split()
    assert [one for one in UNNEEDED if f"kenpo_xl.{one}" in loaded] == []
