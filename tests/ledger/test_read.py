"""What rules compare with is the same from the ledger as from the period folders themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import PeriodRecord
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.past_periods import read_history_in_folders
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from tests.ledger.records import kept
from tests.sample import consolidated_sample
from tests.tasks.periods import a_year_ago, up_to_september, write_period

pytestmark = pytest.mark.period


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("保管")
    write_period(root / "令和6年度第2四半期", 2024, 2, up_to_september)
    write_period(root / "令和5年度第3四半期", 2023, 3, a_year_ago)
    return root


@pytest.fixture(scope="module")
def records(folders: Path) -> list[PeriodRecord]:
    return [period_record(consolidate(PeriodFolder(one))) for one in sorted(folders.iterdir())]


def test_the_same_periods(folders: Path, records: list[PeriodRecord], place: LedgerPlace) -> None:
    (branch,) = {record.key.branch for record in records}
    with Ledger.open_read_only(kept(place, *records)) as ledger:
        assert ledger.history(branch) == read_history_in_folders(folders).history


def test_the_same_after_books_were_submitted_again(records: list[PeriodRecord], place: LedgerPlace) -> None:
    now = period_record(consolidated_sample())
    then = replace(records[-1], key=now.key)
    with Ledger.open_read_only(kept(place, then, now)) as ledger:
        (found,) = ledger.history(now.key.branch).periods
    assert in_order(found) == in_order(now.past_period)
    assert found.facts_by_key == now.past_period.facts_by_key


def in_order(period: PastPeriod) -> PastPeriod:
    """The period with its facts by their identities: which were kept first does not matter."""
    facts = sorted(period.facts, key=lambda one: (one.identity, one.entity, str(one.source)))
    return replace(period, facts=tuple(facts))
