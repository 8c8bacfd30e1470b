"""Names and acts of which one rules the other out: 新規の既存事業所, 募集を終え、引き続き募集している."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import alternatives, half_width, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

# Attributes that nothing has together.
_PAIRS = tuple(
    (alternatives(one), alternatives(other))
    for one, other in (
        ("受診者|受診済み", "未受診者|未受診の"),
        ("加入者", "未加入者|未加入の"),
        ("新規", "既存"),
        ("欠席し|欠席", "出席者"),
        ("退職し|退職", "在職者|現職"),
        ("提出済み|提出済|提出し", "未提出者|未提出の|未提出事業所"),
        ("回答済み|回答済|回答し", "未回答者|未回答の|未回答事業所"),
        ("登録済み|登録済", "未登録者|未登録の|未登録事業所"),
        ("県外", "県内"),
        ("市外", "市内"),
        ("国外|海外", "国内"),
        ("小規模", "大規模"),
        ("男性", "女性職員|女性の方|女性加入者"),
        ("無回答", "回答を|回答者"),
        ("満席", "空席"),
        ("有料", "無料"),
        ("平日", "休日|土日|祝日"),
        ("定期", "臨時"),
        ("常勤", "非常勤"),
        ("匿名", "記名"),
        ("電子申請による|電子申請", "紙の申請|紙申請"),
        ("対面", "オンライン面談|遠隔面談|オンラインの"),
        ("完了し|完了済み", "未完了の|未処理の|未着手の"),
        ("公開", "非公開"),
        ("昨年度", "今年度|本年度"),
        ("全員", "一部の"),
    )
)
_ATTRIBUTES = tuple(one for pair in _PAIRS for ones in pair for one in ones)
_LINKS = ("の", "な", "た", "である", "での", "済みの", "")
_NOT_BEHIND = ("より", "から", "と", "、")


def opposed_names(text: str) -> Iterator[TextSpan]:
    """Start and end of each attribute that is right before its opposite: 新規の既存事業所."""
    plain = half_width(text)
    if sum(map(plain.__contains__, _ATTRIBUTES)) <= 1:
        return
    for ones, others in _PAIRS:
        here = [one for one in ones if one in plain]
        there = [one for one in others if one in plain] if here else []
        for first, then in (*product(here, there), *product(there, here)):
            for place in places_of(plain, then):
                link = next((one for one in _LINKS if plain.endswith(f"{first}{one}", 0, place)), None)
                if link or (link == "" and first.endswith("る")):
                    yield place - len(link) - len(first), place + len(then)


_ENDED = r"(?:を?(?:締め切り|締切り|終え|終了し|完了し)、)"
_PATTERNS = (
    # 点検したが、点検していない; 発送し、未発送である
    LazyPattern(
        r"(?P<act>[^\W\x00-ヿ]{2})(?:を(?:実施|行))?し?(?:た(?:が|ものの)、|し、)(?:(?P=act)|[^。、]{0,8}(?:は|を)(?P=act))?"
        r"(?P<undone>は?未(?P=act)(?:である|だ|となって)|は?(?:して|実施して|行って|作成して)いない(?!(?:事業所|者|方|もの|件|世帯|機関|場合|ため|こと))|を見送った)",
        needs=("していない", "行っていない", "を見送った", "し、未", "が、未", "のの、未", "は未"),
    ),
    # 受付を締め切り、現在も受け付けている
    LazyPattern(
        rf"(?P<what>受付|受け付け|募集|申込み?(?:の受付)?|登録|取りまとめ|とりまとめ|集計|点検|発送|調査|審査|配布|訪問){_ENDED}"
        r"(?:[^。、]{0,4}(?:現在も|引き続き|今も|なお)[^。]{0,8}[てで]いる|(?P=what)(?:中である|は続いて|を続けて|は始まって|が始まって|を始めて))",
        needs=("締め切り、", "締切り、", "終え、", "終了し、", "完了し、"),
    ),
    # 説明会を中止し、説明会を終えた
    LazyPattern(
        r"(?P<event>[^\W\x00-ん]{2,10})(?:を|の開催を)(?:中止し|見送り|延期し|取りやめ)、(?P=event)を(?:終え|開催し|実施し|行っ|開い)た",
        needs=("中止し、", "見送り、", "延期し、", "取りやめ、"),
    ),
    # 協議のうえ決定したが、協議は行っていない
    LazyPattern(
        r"(?P<done>[^\W\x00-ヿ]{2})の(?:うえ|上)[^。]{0,12}、(?P=done)は(?:行って|して|実施して)いない",
        needs=("は行っていない", "はしていない", "は実施していない"),
    ),
    # 電話による受診勧奨文書を発送した; 電話勧奨の文書を発送した
    LazyPattern(
        r"(?:電話|架電|口頭)による[^、。とや]{0,8}(?:文書|通知書|はがき|ハガキ|案内状|督促状|催告状|チラシ)を(?:発送|送付|郵送|投函)"
        r"|(?:郵送|文書|はがき|書面)による[^、。とや]{0,8}(?:架電|通話)(?:を|し|件数)"
        r"|電話勧奨\s?[\d,]*\s?[通枚部]を?(?:発送|送付|郵送)",
        needs=("電話", "架電", "口頭", "通話"),
    ),
    # 最後に周知を行い、最初に勧奨を行った
    LazyPattern(
        r"(?<![^、。\s・])(?:最後に|次に|続いて)(?!述|示|記)[^。、]{2,20}、(?:最初に|まず|初めに|はじめに)[^。、]{2,24}た(?=。)",
        needs=("最後に", "次に", "続いて"),
    ),
)


def acts_undone(text: str) -> Iterator[TextSpan]:
    """Start and end of each act that the same sentence says was not done, or goes on though it is over."""
    plain = half_width(text)
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            yield found.span()
    yield from _days_of_one_act(plain)


_DATED_ACTS = (
    "開始",
    "発送",
    "開催",
    "実施",
    "通知",
    "送付",
    "公表",
    "施行",
    "締切",
    "納品",
    "受付開始",
    "契約",
)
_VERBS = {"締切": ("締め切", "締切")}
_TWO = 2


def _days_of_one_act(plain: str) -> Iterator[TextSpan]:
    """発送日は7月12日で、7月14日に発送した: the two days of a sentence are of one act."""
    start = 0
    for sentence in plain.split("。"):
        act = next((one for one in _DATED_ACTS if f"{one}日" in sentence), "")
        days = [one for one in dates_in(sentence) if one.day] if act else []
        if len(days) == _TWO and (days[0].month, days[0].day) != (days[1].month, days[1].day):
            first, then = days
            named = sentence.find(f"{act}日")
            if _is_day_of(sentence, act, first) and _is_done_behind(sentence, act, then.end, _TWO):
                yield start + min(named, first.start), start + then.end
            elif _is_day_of(sentence, act, then) and _is_done_behind(sentence, act, first.end, 6):
                yield start + first.start, start + max(then.end, named)
        start += len(sentence) + 1


def _is_day_of(sentence: str, act: str, day: NamedDate) -> bool:
    """Whether a day is called that of an act: 発送日は7月12日."""
    return _is_date_day_of_act(sentence, sentence.find(f"{act}日"), f"{act}日", day.start, day.end)


def _is_done_behind(sentence: str, act: str, end: int, most: int) -> bool:
    """Whether the act's verb begins at most so many letters behind a place: 7月14日に発送し."""
    verbs = _VERBS.get(act, (f"{act}し", f"に{act}"))
    return any(end <= sentence.find(one) <= end + most for one in verbs)


def _is_date_day_of_act(sentence: str, named: int, name: str, start: int, end: int) -> bool:
    """Whether a date is said to be the day of an act: 発送日は7月12日, 7月12日を発送日とし."""
    return sentence[named + len(name) : start].strip() in ("は", "を", "の", "は、") or sentence[
        end:named
    ].strip() in (
        "を",
        "が",
    )
