"""A deadline (期限) that is before the notice which sets it: 11月8日に、10月31日を期限とする通知を送付."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.date_notation import Miswritten
from kenpo_xl.domain.language.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

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
        if not _is_deadline(plain, limit):
            continue
        sentence = sentence_around(plain, limit.start, limit.end)
        near = dates[max(0, place - _MOST_DATES) : place + _MOST_DATES]
        notices = [one for one in near if one is not limit and _is_notice(plain, one, sentence)]
        if len(notices) != 1 or not report.is_earlier(limit, notices[0]):
            continue
        start, end = min(limit.start, notices[0].start), max(limit.end, notices[0].end)
        if not _OTHER.is_in(plain[max(sentence[0], start - 40) : min(sentence[1], end + 60)]):
            yield Miswritten(start, end, "期限が、知らせた日より前です")


def _is_notice(plain: str, named: NamedDate, sentence: tuple[int, int]) -> bool:
    """Whether something was sent or asked for on a date of a sentence."""
    first, end = sentence
    if not first <= named.start < end or _is_deadline(plain, named):
        return False
    before = plain[max(first, named.start - 8) : named.start]
    return bool(_NOTICE.match(plain[named.end : min(end, named.end + 80)]) or _NOTICE_BEFORE.search(before))


def _is_deadline(plain: str, named: NamedDate) -> bool:
    if named.day is None:
        return False
    behind = plain[named.end : named.end + 50]
    before = plain[max(0, named.start - 10) : named.start]
    return bool(_LIMIT_BEHIND.match(behind) or _LIMIT_BEFORE.search(before) or _UNTIL.match(behind))
