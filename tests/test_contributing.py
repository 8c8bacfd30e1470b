"""The example of CONTRIBUTING.md: the rule and its test, as they are printed there, work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.checks.engine import all_rules
from tests.paths import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RULE, TEST = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
# What a newcomer makes while reading the page.
MADE = re.findall(r"here `([\w/]+\.py)`", TEXT)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with both modules."""
    (tmp_path / "example_rule.py").write_text(RULE, encoding="utf-8")
    (tmp_path / "test_example.py").write_text(TEST, encoding="utf-8")
    return tmp_path


def test_the_rule_passes_its_test(example: Path) -> None:
    """In a process of its own, whose rules it joins."""
    pytest_ = ("pytest", "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", f"{example}/test_example.py")
    done = subprocess.run(
        [sys.executable, "-m", *pytest_, "-p", "example_rule"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(example)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "7 passed" in done.stdout


def test_the_test_needs_the_rule() -> None:
    printed: dict[str, Any] = {}
    exec(compile(TEST, MADE[1], "exec"), printed)
    with pytest.raises(AssertionError):
        printed["test_repeated_punctuation_is_found_in_its_cell"]("・説明会を開催した。。", found=True)


@pytest.mark.parametrize("number", [0, 1], ids=["rule", "test"])
def test_the_example_pleases_the_linters(number: int) -> None:
    text, path = (RULE, TEST)[number], MADE[number]
    assert ruff("check", text, path) == text
    assert ruff("format", text, path) == text


def ruff(command: str, text: str, path: str) -> str:
    """A file as ruff leaves it."""
    fix = ("--fix", "--exit-non-zero-on-fix") if command == "check" else ()
    arguments = [sys.executable, "-m", "ruff", command, *fix, "--stdin-filename", path, "-"]
    done = subprocess.run(arguments, cwd=ROOT, input=text, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_code_and_its_files_are_free() -> None:
    (code,) = set(re.findall(r"\bWO\d\d\b", RULE + TEST))
    assert code not in {rule.code for rule in all_rules()}
    assert len(MADE) == 2
    assert not [path for path in MADE if (ROOT / path).exists()]


def test_every_family_of_codes_is_in_the_table() -> None:
    table = TEXT.partition("| package | rules on | codes |")[2].partition("\n\n")[0]
    for rule in all_rules():
        package = rule.function.__module__.replace(".", "/").rpartition("/")[0]
        (row,) = [line for line in table.splitlines() if f"`{package}`" in line]
        assert rule.code[:2] in row, rule.code
