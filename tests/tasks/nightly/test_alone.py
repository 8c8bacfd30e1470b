"""A bug in one period, wherever it comes up, costs no other period its report, and is tried again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger, Run
from kenpo_xl.tasks.nightly import BUG
from kenpo_xl.tasks.nightly.run import scan_period
from kenpo_xl.tasks.report import write_report_of
from tests.tasks.nightly.conftest import REPORT, outputs, run

FAULTS = pytest.mark.parametrize("fault", [ZeroDivisionError("割れません"), MemoryError()])


def failures(root: Path) -> dict[str, list[str]]:
    return {done.folder: done.failures for done in run(root).periods}


@FAULTS
def test_in_its_work(root: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def buggy(period: Any, *arguments: Any) -> Any:
        if period.root.name == "青森":
            raise fault
        return write_report_of(period, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr("kenpo_xl.tasks.nightly.period_job.write_report_of", buggy)
        assert failures(root) == {"岩手": [], "青森": [BUG]}
    assert (root / "岩手" / "報告" / REPORT).is_file()
    assert [done.unchanged for done in run(root).periods] == [True, False]
    assert (root / "青森" / "報告" / REPORT).is_file()


@FAULTS
def test_in_looking_at_it(ran: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def buggy(period: Any, *arguments: Any) -> Any:
        if period.root.name == "青森":
            raise fault
        return scan_period(period, *arguments)

    before = outputs(ran)
    (ran / "岩手" / "報告" / REPORT).unlink()
    with monkeypatch.context() as patch:
        patch.setattr("kenpo_xl.tasks.nightly.run.scan_period", buggy)
        assert failures(ran) == {"岩手": [], "青森": [BUG]}
    assert outputs(ran) == before
    assert [done.unchanged for done in run(ran).periods] == [True, True]


@FAULTS
def test_in_keeping_it(root: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    record = Run.record_period

    def buggy(run: Run, kept: Any) -> None:
        if kept.key.branch == "青森支部":
            raise fault
        record(run, kept)

    with monkeypatch.context() as patch:
        patch.setattr(Run, "record_period", buggy)
        assert failures(root) == {"岩手": [], "青森": [BUG]}
    with Ledger.open_read_only(root / "台帳.sqlite3") as ledger:
        assert [one.key.branch for one in ledger.periods()] == ["岩手支部"]
    before = outputs(root)
    assert [done.unchanged for done in run(root).periods] == [True, False]
    assert outputs(root) == before


def test_a_past_that_cannot_be_read(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The earlier periods of one branch are damaged in the ledger: the other branches do not need them."""

    def damaged(*_: object) -> None:
        raise KenpoError("台帳が壊れています。")

    before = outputs(ran)
    for branch in ("青森", "岩手"):
        (ran / branch / "報告" / REPORT).unlink()
    monkeypatch.setattr(
        "kenpo_xl.tasks.nightly.recorded.RecordedPeriods.earlier_periods",
        lambda _, key: damaged() if key.branch == "青森支部" else None,
    )
    assert failures(ran) == {"岩手": [], "青森": ["台帳が壊れています。"]}
    assert outputs(ran).keys() == before.keys() - {f"青森/報告/{REPORT}"}
