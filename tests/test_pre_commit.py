"""What runs before a commit: the linters of the tests, from .venv, with nothing fetched."""

from __future__ import annotations

import re

from scripts.run import TEST_STEPS
from tests.paths import ROOT

HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")


def values(key: str) -> list[str]:
    return re.findall(rf"^[ -]*{key}: (.*)$", HOOKS, re.MULTILINE)


def test_nothing_is_fetched() -> None:
    assert values("repo") == ["local"]
    assert set(values("language")) == {"system"}


def test_every_linter_of_the_tests_runs_and_no_other() -> None:
    linters = [(step[1], *step[2:3]) for step in TEST_STEPS if "pytest" not in step]
    entries = [entry.removeprefix(".venv/bin/python -m ").split() for entry in values("entry")]
    assert len(entries) == len(values("id")) == len(linters) > 2
    assert {tuple(entry[: len(linter)]) for entry, linter in zip(entries, linters, strict=True)} == set(
        linters
    )
