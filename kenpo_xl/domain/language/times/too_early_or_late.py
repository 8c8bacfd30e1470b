"""What was used before it was begun, and what came in time though it is dated after the last day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BEGUN = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*(?:に|から|より)(?:新たに|新規に|初めて)?[^、。\d]{0,6}?"
    r"(?:開設し|開始し|新設し|導入し|作成し|設置し|発行し|創刊し|始め|設け|作っ|採用し|委嘱し|着任し)た"
    r"[^\W\d\x00-ん]{2,16}(?:には|では|は|を|で|に|へ|が|も)、?\s*(?:同年)?",
    needs=("した", "始めた", "設けた", "作った"),
)
_USED = LazyPattern(r"\s*(?:に|は|から|の|で)[^。]{2,40}(?:た|ている|であった)(?=。|$|、)")
_BEFORE_NOUN = LazyPattern(r"[たる](?=[^\W\dぁ-ん])")
# What may come before the beginning.
_BEFORE_IT = AnyOf(
    "準備|試行|申込|申し込|募集|予約|案内|周知|計画|決|検討|契約|公告|依頼|事前|試験|発注|入札|印刷|校正|打合|協議|前年|昨年|以前|旧|従来|予告"
    "|公表|通知|承認|予算|選定|予定|着手|取材|撮影|編集|採用|内定|研修|説明|再|改訂|申請|届出|工事|延期"
)


def uses_before_begin(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """10月に開設した窓口には、8月に45件の相談があった: what was begun later was used before."""
    plain = half_width(text)
    for begun, used in pairwise(dates_in(plain)):
        if not _BEGUN.fullmatch(plain[begun.end : used.start]) or not report.is_earlier(used, begun):
            continue
        first, end = sentence_around(plain, begun.start, used.end)
        behind = _USED.match(plain[used.end : end])
        if behind and _BEFORE_NOUN.search(behind[0]):
            continue
        if behind and not _BEFORE_IT.is_in(plain[first : begun.start] + plain[used.end : end]):
            yield Miswritten(begun.start, used.end, "始めた日より前のことです")


_LAST_DAY = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*(?:までで|まで|を(?:提出|回答|申込|受付)?の?(?:期限|締切|締め切り)|が(?:期限|締切))"
)
_CAME = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*に(?:提出(?:し|され|があ)|回答(?:し|があ|を得)|届い|申し込|申込みが|返送|返信|受け付け|受理し|全[社員]から)[^。、]{0,10}た"
)
_RIGHT_BEHIND = LazyPattern(r"\s*(?:\([^()]{1,4}\))?\s*までに、?\s*")
_IN_TIME = ("期限内", "期間内", "期限までに", "締切までに")
_LATE = AnyOf(
    "過ぎ|経過|延長|遅れ|超え|以降|期限後|締切後|督促|再|変更|前年|昨年|翌年|ほか|別|除|対象外|改め|ではなく|間に合"
)


def timely_though_late(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """11月30日までに、12月5日に提出した事業所を含め: dated after the last day, and counted as in time."""
    plain = half_width(text)
    if "まで" not in plain and "期限" not in plain and "締" not in plain:
        return
    dates = dates_in(plain)
    for limit, late in pairwise(dates):
        if not _LAST_DAY.match(plain, limit.end) or not report.is_earlier(limit, late):
            continue
        first, end = sentence_around(plain, limit.start, limit.end)
        if (
            late.start < end
            and not _LATE.is_in(plain[first:end])
            and _is_late_date_called_timely(plain, limit, late, end)
        ):
            yield Miswritten(limit.start, late.end, "期限より後の日のことです")


def _is_late_date_called_timely(plain: str, limit: NamedDate, late: NamedDate, end: int) -> bool:
    """Whether what came on a later day is said to be in time."""
    if not _CAME.match(plain, late.end):
        return False
    if _RIGHT_BEHIND.fullmatch(plain[limit.end : late.start]):
        return True
    return any(word in plain[limit.end : end] for word in _IN_TIME)
