"""A period as a job of a nightly run, and its result: what the run and its workers exchange.

This imports little: the run itself needs no more.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import Outcome, OutputRecord, PeriodRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History
from kenpo_xl.errors import KenpoError, no_access_sentence
from kenpo_xl.tasks.period.book_error import BUG

Made = TypeVar("Made")


@frozen
class Job:
    """A period to consolidate; `before` is a hash of the sources of `history`.

    `outputs` are those that an earlier run recorded, `notes` what the run has to say of it already. Without
    `has_report` there are only the board and the copies, which is what a watch makes; with `is_closed`
    nothing is written, and the period is only recorded.
    """

    root: Path
    folder: Path
    today: date
    before: str = ""
    history: History | None = None
    outputs: tuple[OutputRecord, ...] = ()
    has_report: bool = True
    is_closed: bool = False
    notes: tuple[str, ...] = ()


@frozen
class BookLogEntry:
    """A book for the log: `status` as in `check`, and why it cannot be read."""

    name: str
    group: str
    status: str
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    failure: str = ""


@dataclass
class PeriodDone:
    """The result for a period; `key` is None if its plan cannot be read.

    `record` is None then too, and if the books cannot be joined. `written` are outputs that changed, `notes`
    sentences for review, `failures` sentences on steps that failed; `traces` are for the log.
    """

    folder: str
    key: PeriodKey | None = None
    record: PeriodRecord | None = None
    outcome: Outcome = field(default_factory=Outcome)
    books: tuple[BookLogEntry, ...] = ()
    written: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    unchanged: bool = False

    def result_of_step(self, step: Callable[[], Made]) -> Made | None:
        """The result of a step; None after an error, which is recorded and does not stop other steps."""
        try:
            return step()
        except KenpoError as error:
            self.failures.append(" ".join(str(error).split()))
        except OSError as error:
            self.failures.append(no_access_sentence(error))
            self.traces.append(traceback.format_exc())
        except Exception:  # a bug is one line here, and its traceback in the log
            self.failures.append(BUG)
            self.traces.append(traceback.format_exc())
        return None
