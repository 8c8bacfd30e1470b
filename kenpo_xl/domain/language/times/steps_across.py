"""Two sentences of which the second does, at an earlier time, what the first only made ready."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlaceAndWord

_MADE_READY = LazyPattern(
    r"(?:(?:事業者|業者|委託先|契約先|講師|会場|日程|対象者?|テーマ|内容|計画|方針|仕様書?|要領)[^、。]{0,8}?"
    r"(?:を|が)(?:決定|選定|確定|確保|策定|公募|募集|抽出|作成)し?(?:た|、)?"
    r"|契約を(?:締結し|結[びん])|入札を|公告し)",
    needs=("決定", "選定", "確定", "確保", "策定", "公募", "募集", "抽出", "作成", "契約", "入札", "公告"),
)
_CARRIED_OUT = LazyPattern(
    r"(?:に|から|まで|にかけて|の期間[でに]|中に|、)[^。]{0,40}?(?:実施|開催|発送|送付|開始|放送|掲載|配信|配布)(?:し|。|$|を開始)",
    needs=("実施", "開催", "発送", "送付", "開始", "放送", "掲載", "配信", "配布"),
)
_OTHER = AnyOf(
    "既に|すでに|先行|別|なお|一方|従来|前年|昨年|これまで|以前|前回|追加|再|次回|翌年|来年|次年度|当初|変更|それに先立"
    "|先立|事前|試行|予告|第1|第2|1回目|2回目|初回"
)
_WORD = 2


def steps_across_sentences(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """12月中に委託事業者を決定した。11月11日から広報を実施した: what was made ready later was done before.

    Both sentences have one time each and share a word of two kanji or more.
    """
    plain = half_width(text)
    if not _MADE_READY.search(plain):
        return
    for (first, one), (start, other) in pairwise(_places_and_sentences(plain)):
        ready = _MADE_READY.search(one)
        dates = _first_date(one), _first_date(other)
        if not ready or not all(dates) or _OTHER.is_in(one + other) or not _have_word_in_common(one, other):
            continue
        made, done = dates
        assert made is not None
        assert done is not None
        if (
            made.start < ready.start()
            and _CARRIED_OUT.search(other, done.end)
            and report.is_earlier(done, made)
        ):
            yield Miswritten(first + made.start, start + done.end, "後のことの日付が、先のことより前です")


def _places_and_sentences(plain: str) -> list[PlaceAndWord]:
    """Where the sentences of a text begin, and what they say."""
    found, start = [], 0
    for sentence in plain.replace("\n", "。").split("。"):
        found.append((start, f"{sentence}。"))
        start += len(sentence) + 1
    return found


def _first_date(sentence: str) -> NamedDate | None:
    return next(iter(dates_in(sentence)), None)


def _have_word_in_common(one: str, other: str) -> bool:
    """Whether a run of kanji or katakana of the second sentence is in the first one."""
    return any(len(run) >= _WORD and run[:_WORD] in one for _, run in noun_runs(other) if run not in _ACTS)


_ACTS = frozenset(("実施", "開催", "発送", "送付", "開始", "掲載", "配布", "期間", "月", "日", "中"))
