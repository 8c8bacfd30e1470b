"""Two dated acts of a sentence of which the later one is dated first: 12月10日の照会に対し、12月3日に回答."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_SAME = "="
_OBJECT = LazyPattern(r"([^\W\dぁ-ん]{1,2})を")
_TOPIC = LazyPattern(r"[^で]は(?!、)")
_ANSWER = LazyPattern(
    r"(?:回答|返信|返送|回収|集計|申し?込み?|応募|契約|開札|納品|支給|決定通知|結果の通知)(?:の受付)?は、?\s*$",
    needs="答信送収計込募約札品給知付",
)
_HELD = LazyPattern(r"^\s*(?:に[^、。]{0,12})?(?:実施|開催|開い|行っ|行い)")
_BEFORE_IT = LazyPattern(r"に先立(?:ち|って)|を前に", needs=("先立", "前に"))
_INVITED = LazyPattern(
    r"(?:会|研修|会議|セミナー|講座|教室|開催)\)?の(?:開催)?(?:案内|通知|招集)を\||その(?:開催)?(?:案内|通知)"
    r"|(?:開催|参加)の?案内|招集通知|参加者?を(?:募集|呼びかけ)|(?:参加|受講|出席)の?(?:申し?込み?|申込|希望|予約)(?:の受付)?[はを]"
)
# Words for an act, those for an act that can only follow it, and words one of which both must have.
_STAGES = (
    (
        "照会|質問|依頼|要請|諮問|公募|募集|申請|申込|申し込|受付|受け付け|受理|届い|届け出|受領|発注|見積|請求|応募",
        "回答|返答|承諾|了承|提出され|提出があ|答申|決定|審査を|審査が|支給|承認|認定|納品|納入|採択|選定|返信|処理を|締め切|締切",
        "",
    ),
    (
        "開始|始ま|始め|着手|開会|開講|開設|着工|立ち上げ",
        "終了|終わ|終え|完了|締め切|締切|閉会|修了|竣工|閉鎖|廃止",
        "",
    ),
    ("案内|開催を周知|開催を通知|開催通知|参加者を募|参加を呼", "開催|実施|開い", "="),
    ("抽出|選定|作成|印刷|起案|起草", "送付|発送|配布|発信|発出|決裁|施行", "="),
    (
        "調査|アンケート|点検|実施|開催|集計",
        "公表|公開|報告|共有|取りまとめ|とりまとめ|集計",
        "結果|議事録|報告書|集計",
    ),
    ("契約|協定", "解約|満了", ""),
    ("入札|公告|開札", "契約|落札", ""),
    ("公告", "入札を|開札", ""),
    ("決定し|決めた|合意|議決", "通知|周知|公表", "="),
    ("試行|検証", "本格実施|本格導入|全面実施", ""),
    ("採用|着任|就任|任命", "退職|退任|離任", ""),
    ("判明|発覚|発生|故障|障害|不具合", "是正|復旧|解消|修理", ""),
    ("完成し、|刷り上がり、|出来上がり、", "配付|配布|発送|送付|掲示", ""),
    ("締結|契約を結", "業務を開始|業務に着手|履行|稼働|委託を開始", ""),
    ("期限|締切|期日", "督促|催促|催告|電話", "過ぎ|経過|超え|未提出|未回答|がない|のない"),
    ("選定|契約", "業務を開始|業務に着手|作業を開始", ""),
    ("決裁を", "発注し|購入し", ""),
    ("申込みのあ|申込のあ|申し込ん|予約し", "受診し|受講し|参加し", ""),
    ("送付|発送|配布|配付|貸出|貸し出|郵送", "回収し|返送され|返却|を集計", ""),
    (
        "送付し|発送し|配布し|配付し|郵送し|送信し|案内し|通知し|送り、",
        "回答を得|回答があ|返信があ|返信を得|返送があ|申込みがあ|申込みを締|申込を締|申し込みを締|応募を締|締め切っ|締切とし|期限とし",
        "",
    ),
    (
        "送付し|発送し|通知し|依頼し|案内し|勧奨し|指導し|照会し",
        "面接|訪問|立入|督促|催促|催告|再度|確認を|調査を",
        "見られない|改善しない|改善がない|応じない|回答がない|提出がない|連絡がない|未提出|未回答",
    ),
    ("調査を|アンケートを", "取りまとめ|とりまとめ|集計し|分析し", "="),
    ("受診し|検査し|検査を行|測定し|受診の", "結果を通知|結果を送付|保健指導を|再検査", ""),
    ("募集|公募|応募", "選考|抽選|表彰|当選", ""),
    ("参加者の募集|受講者の募集|申込みの受付|参加の申込|参加の申し込", "開催|開い|開講|実施", ""),
    (
        "配り、|配った|送り、|配布し|送付し|発送し|渡し",
        "返送|回収|集計|締め切|締切|回答を得|回答があ|提出され|返信",
        "",
    ),
    (
        "研修|会議|打合せ|打ち合わせ|面談|訪問|説明会|セミナー|講座|委員会|協議会|見学",
        "報告|公表|公開|共有|説明",
        "の結果|の内容|の議事|その結果|その内容|の報告|の様子|のアンケート",
    ),
    ("入札|公告|見積", "契約|落札|発注", ""),
)
# Acts done to something, those that must have been before, and what is done for it before.
_UNDONE = (
    ("集計|回収|返送さ|返信さ|回答", "配布|配付|送付|発送|作成|印刷", ""),
    ("開催|実施|開い|終了|終え", "", "募集|申込み?の?受付|申込み?|案内|呼びかけ"),
    ("配布|配付|送付|発送|掲示|掲載|公表|公開", "作成|印刷|校正|編集|起案|発注|入稿", ""),
    ("納品さ|納入さ", "発注|見積", ""),
    ("支給|決定|承認|認定", "受け付け|受理", "申請の?受付|審査"),
    ("表彰|選定|採択", "", "募集|公募|応募"),
    ("締結|契約", "公告|公募", "公告|入札|公募"),
    ("完了|終了|終え", "開始|着手", ""),
)
_WHEN = r"(?:\([^()]{1,4}\))?\s*(?:に|、|から|付けで)?"
_DONE_TO = (
    rf"\s*{_WHEN}[^、。]{{0,16}}?(?:ACTS)(?:し|を?行っ|れ|っ|の?あっ)?た"
    r"[^\W\dぁ-ん]{1,16}(?P<of>の(?:参加者?の?|参加の?|開催の?)?(?:OCCASIONS))?を、?\s*"
)
# 締め切り、8月10日から受け付けた; 入札を行い、公告は7月30日に行った.
_IS_BEGUN_AGAIN = LazyPattern(
    r"(?<![^\W\d\x00-ん])(?:申し?込み?|申込|応募|受付|募集|予約)(?:の受付)?を(?:締め切り|締切り|終え|終了し)、\s*$|入札を(?:行い|実施し|し)、(?:入札の?)?公告は\s*$",
    needs=("締め切り", "締切り", "終え", "終了し", "公告は"),
)
_BEGINS = LazyPattern(r"から[^。]{0,10}(?:受け付け|募集|始め|開始)|(?:行っ|し|出し)た")
_TENDER = LazyPattern(r"開札|落札", needs=("開札", "落札"))
_ANNOUNCED = LazyPattern(r"入札の?公告|公告を|を公告", needs=("公告",))
_CLOSED_AFTER = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*(?:の|を|が)?(?:参加)?(?:申込|申し込み|応募|受付|募集|参加|予約)の?(?:締切|締め切り|期限|〆切)",
    needs=("締", "期限", "〆"),
)
# What says that the act before it comes first.
_FIRST = LazyPattern(
    r"(?:その(?:後|結果)|(?:これ|それ)(?:を受け|に基づ|に続|を踏まえ)|次いで|続いて|引き続いて|その上で|(?:[たう]|った)(?:上|うえ)で"
    r"|た(?:のち|後)(?:、|に|$)|を踏まえ|に基づ(?:き|いて)|を受け(?:て|、|$)|(?:照会|依頼|申請|要請|質問|意見|請求|苦情|諮問|指摘|要望)に対し"
    r"|に続き|を経て|(?:通知|依頼|結果|指示|要請|意見)に(?:基づ|より|従))"
)
_IS_WHEN = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*(?:頃|ごろ|末|上旬|中旬|下旬|付け?)?\s*(?:に(?!比|対|続|おけ)|までに(?!は)|、|から(?!の)|より(?!の)|で"
    r"|の[^、。\d]{0,12}(?:会|会議|研修|打合せ|セミナー|教室|フェア|イベント)(?:で(?!は)|にて|において))"
)
_VERB_OF_CLAUSE = LazyPattern(
    r"[^。]*?(?:(?:た|んだ|いだ)(?=。|、|$|ほか|が|ところ|ため|[\s)])"
    r"|を?(?:送付|公開|公表|開催|実施|発送|回答|決定|完了|終了|改定|改訂)(?=し、|。|、|$))"
)
_BEFORE_NOUN = LazyPattern(r"^[^、。]*?[たるうくす](?=[^\W\dぁ-ん]|[「『])")
_OTHER = AnyOf(
    "前年|昨年|前々年|翌年|来年|次年度|例年|毎年|当初|予定して|延期|変更|前倒し|遡|さかのぼ|さらに|再度|改めて|別途|新たな|改訂|次の|次期|翌|再募集|追加|変更|次回|前回|以前に"
    "|のうち|それぞれ|一次|二次|第1回|第2回|以前|既に|すでに|過去"
)
# An act that is still to come beside the date: 12月に発送する勧奨の対象者を.
_TO_COME = LazyPattern(r"\s*(?:に|から|の)[^、。た]{0,16}(?:する|予定の|[うくるむす])(?=[^\W\dぁ-ん])")
_MOST_BETWEEN, _MOST_BEHIND = 60, 60


def acts_in_wrong_order(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Two acts whose words say which one comes first, and whose dates say the opposite."""
    plain = half_width(text)
    for one, other in pairwise(_single_dates(plain)):
        if not one.end <= other.start <= one.end + _MOST_BETWEEN:
            continue
        first, end = sentence_around(plain, one.start, one.end)
        first, end = max(first, one.start - _MOST_BETWEEN), min(end, other.end + _MOST_BEHIND)
        if end < other.end or _OTHER.is_in(plain[first:end]):
            continue
        before, between = _clause_before(plain[first : one.start]), plain[one.end : other.start]
        behind = _main_clause(plain[other.end : end]) or _words_of_closing_behind(plain, other.end)
        if behind and _is_order_against_dates(report, (one, other), before, between, behind):
            yield Miswritten(one.start, other.end + len(behind), "後のことの日付が、先のことより前です")


def _is_order_against_dates(
    report: ReportTime, dates: tuple[NamedDate, NamedDate], before: str, between: str, behind: str
) -> bool:
    one, other = dates
    if report.is_earlier(other, one):
        return _is_first_act_named(before, between, behind)
    if not report.is_earlier(one, other):
        return False
    is_held = _HELD.search(between)
    if is_held and (_INVITED.search(f"{between}|{behind}") or _CLOSED_AFTER.match(behind)):
        return True
    if _TENDER.search(f"{before}|{between}") and _ANNOUNCED.search(behind):
        return True
    if _IS_BEGUN_AGAIN.search(between) and _BEGINS.search(behind):
        return True
    return bool(_BEFORE_IT.search(between) or _is_undone(between, behind))


def _is_undone(between: str, behind: str) -> bool:
    """Whether something that an act was done to is then done what must have been before."""
    for act, then in _acts_done_to() if "た" in between and "を" in between else ():
        found = act.fullmatch(between)
        if found and (found["of"] or then.match(behind)):
            return True
    return False


@cache
def _acts_done_to() -> tuple[tuple[LazyPattern, LazyPattern], ...]:
    never = "(?!)"
    return tuple(
        (
            LazyPattern(_DONE_TO.replace("ACTS", acts).replace("OCCASIONS", occasions or never)),
            LazyPattern(rf"\s*{_WHEN}(?:{verbs or never})"),
        )
        for acts, verbs, occasions in _UNDONE
    )


def _words_of_closing_behind(plain: str, start: int) -> str:
    """The words behind a date that make it the last day to apply, '' for another one."""
    found = _CLOSED_AFTER.match(plain, start)
    return found[0] if found else ""


def _clause_before(words: str) -> str:
    """The words of the clause that a date is in, before it."""
    return words[max(words.rfind("、"), words.rfind("・")) + 1 :]


def _single_dates(plain: str) -> list[NamedDate]:
    """The dates of a text without those of ranges and lists."""
    dates = dates_in(plain)
    listed = {
        at
        for at, (one, other) in enumerate(pairwise(dates))
        if _JOINT.fullmatch(plain[one.end : other.start])
    }
    return [one for at, one in enumerate(dates) if at not in listed and at - 1 not in listed]


_JOINT = LazyPattern(r"\s*(?:\([^()]{1,4}\))?\s*(?:[~、・,\-]|から|と|及び|および)\s*(?:翌年?|同年)?")


def _main_clause(behind: str) -> str:
    """The words behind a date up to the verb of its clause, '' where the date belongs to a noun."""
    if not _IS_WHEN.match(behind):
        return ""
    found = _VERB_OF_CLAUSE.match(behind)
    if found is None or _BEFORE_NOUN.match(found[0]):
        return ""
    return found[0]


def _is_first_act_named(before: str, between: str, behind: str) -> bool:
    """Whether the act between two dates comes before the one behind both."""
    if _FIRST.search(between):
        return True
    if _TO_COME.match(between):
        return False
    clause = between[between.rfind("、") + 1 :]
    if _TOPIC.search(clause) and not _ANSWER.search(clause):
        return False
    act = f"{before}|{between}"
    for first, then, shared in _STAGES:
        if not (_has_any_of(act, first) and _has_any_of(behind, then)):
            continue
        if shared == _SAME:
            if _continues_same_object(act, between, behind):
                return True
        elif not shared or _has_any_of(f"{act}|{behind}", shared):
            return True
    return False


def _has_any_of(words: str, wanted: str) -> bool:
    return any(one in words for one in wanted.split("|"))


def _continues_same_object(act: str, between: str, behind: str) -> bool:
    """Whether a clause has no object of its own, or one that the clause before it names."""
    found = _OBJECT.search(between[between.rfind("、") + 1 :] + behind)
    return found is None or found[1] in act
