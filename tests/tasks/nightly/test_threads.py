"""Threads make the same night as processes do, and leave the logger as it was."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kenpo_xl.tasks.nightly import NightResult, run_nightly
from tests.own_rules import broken, rule, use
from tests.tasks.nightly.conftest import TODAY, outputs


def in_threads(root: Path, threads: int) -> NightResult:
    with ThreadPoolExecutor(threads) as executor:
        return run_nightly(root, executor, today=TODAY, user="", since="", watch=lambda *_: None)


def test_the_outputs_are_the_same(first_nights: Path, root: Path) -> None:
    expected = outputs(first_nights / "root")
    assert in_threads(root, 2).failed_count == 0
    assert outputs(root) == expected


@pytest.mark.parametrize("propagates", [True, False])
def test_each_period_has_its_own_traces(
    root: Path, monkeypatch: pytest.MonkeyPatch, propagates: bool
) -> None:
    logger = logging.getLogger("kenpo_xl")
    monkeypatch.setattr(logger, "propagate", propagates)
    handlers = list(logger.handlers)
    use(monkeypatch, rule(broken, "CA01"))
    result = in_threads(root, 2)
    assert [len(done.traces) for done in result.periods] == [2, 2]
    assert (logger.propagate, logger.handlers) == (propagates, handlers)
