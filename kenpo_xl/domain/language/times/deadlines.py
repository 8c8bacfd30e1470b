"""A deadline (期限) that is before the notice which sets it: 11月8日に、10月31日を期限とする通知を送付."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_LIMIT = "期限|締切|締め切り|〆切|期日"
_LIMITS = (*_LIMIT.split("|"), "必着")
_ASKED = ("提出", "回答", "申込", "申し込", "返送", "応募", "報告", "届け", "返信", "登録")
_LIMIT_BEHIND = LazyPattern(
    rf"^\s*(?:\([^()]{{1,4}}\))?\s*(?:まで)?\s*(?:[をのが]|に)?\s*(?:提出|回答|申込|応募|返送|報告)?の?(?:{_LIMIT}|必着)",
    needs=_LIMITS,
)
_LIMIT_BEFORE = LazyPattern(rf"(?:{_LIMIT})日?\s*(?:[をはがの]|:|\(|、|日)?\s*$", needs=_LIMITS)
_UNTIL = LazyPattern(
    r"^\s*(?:\([^()]{1,4}\))?\s*まで(?:に|の)[^、。]{0,14}(?:提出|回答|申込|申し込|返送|応募|報告|届け|返信|登録)[^、。]{0,12}"
    r"(?:よう|求め|依頼|お願い|促|呼びかけ|案内|通知|要請)",
    needs=("までに", "までの"),
)
_NOTICE = LazyPattern(
    r"^\s*(?:\([^()]{1,4}\))?\s*(?:付け?)?(?:で|に|、)[^。]{0,40}?(?:送付|発送|通知|依頼|案内|発出|配布|募集|周知|発信|照会|求め|送っ|公表)"
)
_NOTICE_BEFORE = LazyPattern(r"(?:発送|送付|通知|発出|配布|公表)日?(?:は|:)\s*$")
_OTHER = AnyOf(
    "督促|催告|再|未提出|未回答|未返送|過ぎ|経過|延長|変更|延期|超え|遅れ|なかった|当初|改め|締め切り後|期限後|前年|昨年|翌年|来年|例年|毎年"
)
_MOST_DATES = 6


def deadlines_before_notice(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Deadlines of a sentence that are before the day on which its notice was sent."""
    plain = half_width(text)
    dates = dates_in(plain)
    for place, limit in enumerate(dates):
        if not _is_date_a_deadline(plain, limit):
            continue
        sentence = sentence_around(plain, limit.start, limit.end)
        near = dates[max(0, place - _MOST_DATES) : place + _MOST_DATES]
        notices = [one for one in near if one is not limit and _is_date_of_notice(plain, one, sentence)]
        if len(notices) != 1 or not report.is_earlier(limit, notices[0]):
            continue
        start, end = min(limit.start, notices[0].start), max(limit.end, notices[0].end)
        if not _OTHER.is_in(plain[max(sentence[0], start - 40) : min(sentence[1], end + 60)]):
            yield Miswritten(start, end, "期限が、知らせた日より前です")


def _is_date_of_notice(plain: str, named: NamedDate, sentence: TextSpan) -> bool:
    """Whether something was sent or asked for on a date of a sentence."""
    first, end = sentence
    if not first <= named.start < end or _is_date_a_deadline(plain, named):
        return False
    before = plain[max(first, named.start - 8) : named.start]
    return bool(_NOTICE.match(plain[named.end : min(end, named.end + 80)]) or _NOTICE_BEFORE.search(before))


def _is_date_a_deadline(plain: str, named: NamedDate) -> bool:
    if named.day is None:
        return False
    behind = plain[named.end : named.end + 50]
    before = plain[max(0, named.start - 10) : named.start]
    return bool(_LIMIT_BEHIND.match(behind) or _LIMIT_BEFORE.search(before) or _UNTIL.match(behind))


_APPLICATIONS = ("申込", "申し込", "応募", "募集", "参加受付", "予約", "エントリー")
_CLOSED = (
    *(
        "まで受け付け",
        "まで受付",
        "まで募集",
        "までに募集",
        "までの受付",
        "に締め切",
        "で締め切",
        "に締切",
        "で締切",
    ),
    *("に〆切", "で〆切", "を締切", "を期限", "を締め切", "締切", "締め切", "まで、"),
)
_HELD = ("に開催", "開催", "に実施", "実施", "に行", "の")
_EVENTS = AnyOf("開催し|実施し|行った|開いた|行い|開き|開催の|実施の")
_OF_OTHER_EVENT = AnyOf(
    "次回|第|延期|動画|アンケート|後日|追加|見逃|再|順延|前年|昨年|翌|次の|通年|随時|中止|録画|報告"
)
_NEAR_CLOSING = 24
_TWO = 2


def closings_after_event(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Applications for an event that are closed after its day, the only two dates of a sentence."""
    plain = half_width(text)
    dates = tuple(dates_in(plain)) if any(word in plain for word in _APPLICATIONS) else ()
    for closing, event in _closings_and_events(plain, dates):
        if report.is_earlier(event, closing):
            start, last = min(event.start, closing.start), max(event.end, closing.end)
            yield Miswritten(start, last, "申込みの締切りが、開催の日より後です")


def _closings_and_events(plain: str, dates: Sequence[NamedDate]) -> Iterator[tuple[NamedDate, NamedDate]]:
    """The day on which applications are closed and the day of the event, of sentences with only these."""
    for closing in dates:
        first, end = sentence_around(plain, closing.start, closing.end)
        here = [one for one in dates if first <= one.start < end]
        if len(here) != _TWO or _OF_OTHER_EVENT.is_in(plain[first:end]):
            continue
        (event,) = (one for one in here if one is not closing)
        if _is_date_of_closing(plain, closing, first, end) and _is_date_of_event(plain, event, end):
            yield closing, event


def _is_date_of_closing(plain: str, named: NamedDate, first: int, end: int) -> bool:
    before = plain[max(first, named.start - _NEAR_CLOSING) : named.start]
    behind = plain[named.end : end].lstrip()
    is_closed = behind.startswith(_CLOSED) or before.rstrip().endswith(
        ("締切りは", "締切は", "期限は", "締め切りは")
    )
    return is_closed and any(word in before + behind[:_NEAR_CLOSING] for word in _APPLICATIONS)


def _is_date_of_event(plain: str, named: NamedDate, end: int) -> bool:
    """Whether something takes place on a date and is over with it."""
    behind = plain[named.end : end].lstrip()
    return behind.startswith(_HELD) and _EVENTS.is_in(behind[:_NEAR_CLOSING])
