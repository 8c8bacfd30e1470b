"""What a check compiles: few expressions, and no range of all kanji for an ordinary text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from tests.paths import ROOT

_MOST = 250
"""Expressions of a check of the sample's largest book. What costs most: `python scripts/bench_rules.py`."""
_WIDE = 1_000
_RANGE = re.compile(r"([^\x00-\x7f])-([^\x00-\x7f])")
_ALLOWED = {"language/letters.py"}
"""Where all rules on words find the runs of kanji and katakana of a text."""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The expressions, behind the line that needs them; no other test empties the cache of the plan."""
    own_cache = {**os.environ, "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    code = "from scripts.bench_rules import measured; print(measured())"
    for _ in range(2):  # the first run fills the cache of the plan
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=own_cache,
            capture_output=True,
            check=True,
            timeout=300,
        )
    return [*json.loads(done.stdout)["patterns"]]


def _has_wide_range(pattern: str) -> bool:
    """Whether an expression has a range of so many letters, as 一-龯 is: 1 ms to compile."""
    return any(ord(last) - ord(first) > _WIDE for first, last in _RANGE.findall(pattern))


def test_a_check_compiles_few_expressions(compiled: list[str]) -> None:
    assert 50 < len(compiled) <= _MOST


def test_a_check_compiles_no_range_of_all_kanji(compiled: list[str]) -> None:
    """Compare letters (`domain.language.letters`), or say what a text that matches `needs` or `contains`."""
    wide = {one.split(":")[0] for one in compiled if _has_wide_range(one)}
    assert wide <= _ALLOWED


def test_the_range_of_all_kanji_is_wide() -> None:
    assert _has_wide_range(r"(?<![一-龯])今月")
    assert not _has_wide_range(r"[ァ-ヴー]{4,}")
