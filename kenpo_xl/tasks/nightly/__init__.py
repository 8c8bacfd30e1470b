"""The nightly consolidation (夜間処理) of every period folder below a root.

`run` starts; `scheduler` and `workers` spread the periods over processes; `period_job` consolidates one.
"""

from kenpo_xl.tasks.nightly.job import BookLogEntry, PeriodDone
from kenpo_xl.tasks.nightly.run import NightResult, run_nightly
from kenpo_xl.tasks.period.book_error import BUG

__all__ = ["BUG", "BookLogEntry", "NightResult", "PeriodDone", "run_nightly"]
