"""Sentences that say a figure rose or fell at every step: 毎月増加, 増え続けている, 3か月連続で減少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenpo_xl.checks.support.sentences.series import Series
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, joined_times, stated_times_in
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_EACH = LazyPattern(
    r"毎月|毎四半期|(?:月|四半期|期)(?:を追う)?(?:ごと|毎)に|(?P<count>\d+)\s*(?:[かヶカケヵ箇]月|四半期|期)間?(?:連続(?:して|で)?|続けて)"
    r"|\d+\s*つの(?:四半期|期|月)(?:を通じて|とも|で)"
    r"|(?:当初|年度当初|4月|期首)(?:から|以降)(?:一貫して|続けて|ずっと)|一貫して|連続して|連続で|切れ目なく",
    needs=("毎", "ごと", "連続", "続けて", "から", "以降", "一貫", "切れ目", "つの"),
)
_GOES_ON = AnyOf("続け|が続|の一途|右肩")
# What it is compared with: the step before.
_STEP_BEFORE = LazyPattern(
    r"(?:それぞれ)?(?:直)?前(?:の)?(?:月|四半期|期)(?:の?(?:実績|件数|数))?(?:を|より(?:も)?|に比べ(?:て)?|と比べ(?:て)?)",
    needs="前",
)
_RANGES = ("から", "~", "〜", "-")


@frozen
class SteadyChange:
    """What a sentence says of every step: of the figure that `words` name, from one time to another.

    `count`: of the last so many figures only.
    """

    words: str
    start: int | None = None
    start_end: int | None = None
    end: int | None = None
    count: int = 0

    def figures_in(self, series: Series) -> Sequence[Figure]:
        """The figures of a series from step to step of which it goes one way; () where they are missing."""
        months, figures = list(series.figures), list(series.figures.values())
        starts = [at for at, one in enumerate(months) if one[0] == self.start or one[1] == self.start_end]
        ends = [at for at, one in enumerate(months) if one[1] == self.end]
        if self._is_missing(starts, ends):
            return ()
        kept = figures[starts[0] if starts else 0 : ends[-1] + 1 if ends else None]
        # 8月から3か月連続 may count the step to August or not: what is sure is between its months.
        return kept[: self.count] if self.count and starts else kept[-self.count :] if self.count else kept

    def _is_missing(self, starts: Sequence[int], ends: Sequence[int]) -> bool:
        """Whether no figure of a series is of the first or the last time that the sentence states."""
        return bool((self.start and not starts) or (self.end and not ends))


def steady_change(before: str, verb: str, year: FiscalYear) -> SteadyChange | None:
    """What a verb of change with the words before it says of every step; None for another sentence."""
    each = _EACH.search(before)
    if each is None and not _GOES_ON.is_in(verb):
        return None
    words = f"{before[: each.start()]} {before[each.end() :]}" if each else before
    words = _STEP_BEFORE.sub(" ", words).replace("以降", "から").replace("以後", "から")
    times = joined_times(stated_times_in(words, year), words, year)
    if len(times) > 1:
        return None
    count = int(each["count"]) if each and each["count"] else 0
    return _steady_change_within_time(words, times[0], count) if times else SteadyChange(words, count=count)


def _steady_change_within_time(words: str, time: StatedTime, count: int) -> SteadyChange | None:
    if time.kind is not TimeKind.MONTHS or time.months is None:
        return None
    named = f"{words[: time.start]} {re.sub(r'^(?:まで)?(?:に|の間)?', '', words[time.end :])}"
    if any(word in words[time.start : time.end] for word in _RANGES) and not time.parts:
        return SteadyChange(named, time.months[0], None, time.months[1], count)
    if words[time.end :].lstrip().startswith("から"):
        return SteadyChange(named, time.months[0], time.months[1], None, count)
    return None
