"""What the ledger knows of the periods of a nightly run, read branch by branch when it is first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    KnownPeriod,
    Outcome,
    OutputRecord,
    PeriodRecord,
)
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History
from kenpo_xl.tasks.nightly.fingerprint import PLAN

if TYPE_CHECKING:
    from kenpo_xl.ledger import Ledger


class RecordedPeriods:
    """The recorded periods of the branches of one root; `root` names it in a ledger of several."""

    def __init__(self, ledger: Ledger, root: str) -> None:
        self._ledger, self._root = ledger, root
        self._periods: dict[str, dict[PeriodKey, KnownPeriod]] = {}
        self._files: dict[str, dict[PeriodKey, tuple[FileRecord, ...]]] = {}

    def keys_of_plans(self) -> Mapping[tuple[str, str], PeriodKey]:
        """The period of each plan book, by path below the root and content."""
        return self._ledger.recorded_plans(self._root, PLAN)

    def outcome(self, key: PeriodKey) -> Outcome | None:
        """The outcome of a period, None for one that is not recorded."""
        known = self._of_branch(key.branch).get(key)
        return known.outcome if known else None

    def other_root(self, key: PeriodKey) -> str:
        """The root that recorded a period, '' for this one and for none."""
        known = self._of_branch(key.branch).get(key)
        return known.root if known and known.root != self._root else ""

    def outputs(self, key: PeriodKey) -> tuple[OutputRecord, ...]:
        """The recorded outputs of a period."""
        return self._ledger.recorded_outputs(key)

    def record(self, record: PeriodRecord) -> None:
        """Remember what was recorded of a period."""
        self._set_outcome(record.key, record.outcome)
        self._files_of_branch(record.key.branch)[record.key] = record.files

    def mark_incomplete(self, key: PeriodKey) -> None:
        """Remember that the outputs of a recorded period may differ from the recorded ones."""
        outcome = self.outcome(key)
        if outcome:
            self._set_outcome(key, replace(outcome, input_digest=""))

    def digest_of_earlier_periods(self, key: PeriodKey) -> str:
        """A hash of the records of earlier periods of a branch, incomplete ones included; '' for none."""
        files = self._files_of_branch(key.branch)
        earlier = sorted(
            (
                other,
                known.outcome.input_digest,
                sorted((file.path, file.content) for file in files.get(other, ())),
            )
            for other, known in self._of_branch(key.branch).items()
            if other < key
        )
        return hashlib.sha256(repr(earlier).encode()).hexdigest() if earlier else ""

    def earlier_periods(self, key: PeriodKey) -> History | None:
        """The earlier periods of a branch that are recent enough for comparisons; None without any."""
        if not any(other < key for other in self._of_branch(key.branch)):
            return None
        return self._ledger.earlier_periods(key)

    def _set_outcome(self, key: PeriodKey, outcome: Outcome) -> None:
        known = self._of_branch(key.branch)
        before = known.get(key)
        period = before or KnownPeriod(key, "", key.last_day, key.last_day, outcome, self._root)
        known[key] = replace(period, outcome=outcome, root=self._root)

    def _of_branch(self, branch: str) -> dict[PeriodKey, KnownPeriod]:
        if branch not in self._periods:
            self._periods[branch] = {one.key: one for one in self._ledger.periods(branch)}
        return self._periods[branch]

    def _files_of_branch(self, branch: str) -> dict[PeriodKey, tuple[FileRecord, ...]]:
        if branch not in self._files:
            self._files[branch] = self._ledger.files_of_branch(branch)
        return self._files[branch]
