"""The nightly consolidation (夜間処理) of every period folder below a root."""

from kenpo_xl.tasks.alone import BUG
from kenpo_xl.tasks.nightly.run import NightResult, nightly
from kenpo_xl.tasks.nightly.work import BookSeen, PeriodDone

__all__ = ["BUG", "BookSeen", "NightResult", "PeriodDone", "nightly"]
