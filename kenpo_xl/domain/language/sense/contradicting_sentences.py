"""What the next words of a line take back: 全機関に配布した。配布したのは半数の機関にとどまった."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_WHO = (
    "事業所|機関|団体|会場|市町村|職員|加入者|対象者|債務者|受講者|点検員|委員|施術所|医療機関|健診機関"
    "|者|校|社"
)
_ALL = rf"(?:全(?:ての?|{_WHO}|件|員|会場)|すべての?)"
_ACT = r"(?P<act>[^\W\d\x00-ん]{2})"
_FINISHED = r"(?:済み?|した|を?(?:完了|終え|終了|徹底)し?た?)"
_OFFICE_ACTS = "送付|発送|配布|配付|同封|通知|案内|訪問|点検|着手|処理"
_OFFICE_ACT = f"(?:{_OFFICE_ACTS})"
_UNDONE = tuple(f"未{act}" for act in _OFFICE_ACTS.split("|"))
_TO_DO = r"[^。\n]{0,8}?(?:予定|する|行う|いる|継続|していない|未)"
_LEFT = r"[^。\nも]{0,8}?(?:予定|する|行う|していない|未)"
_PAIRS = (
    # 講習会は中止した。参加者からは好評を得た
    (
        LazyPattern(
            r"(?:中止(?:し|と(?:し|なっ))た|延期(?:し|と(?:し|なっ))た|見送った|取りやめた|開催できなかった|開催しなかった)。(?:\s*なお、)?"
            r"[^。\n]{0,16}?(?:(?:参加者|受講者|来場者|出席者|(?:受講|参加|来場|出席)した[^、。]{1,8})から|当日は|好評|盛況)[^。\n]*",
            needs=("中止し", "中止と", "延期", "見送", "取りやめ", "開催でき", "開催しな"),
        ),
        AnyOf(
            "代わ|替|改めて|日程|その後|別|再|後日|オンライン|書面|動画|個別|翌|申し込|申込|次|予定|連絡|お詫び|通知|案内|昨年|前年|前回|過去|謝"
        ),
    ),
    # 全機関に配布済み。残りの機関には1月に配布する; 全件完了した。なお、一部の事業所には今後勧奨を行う
    (
        LazyPattern(
            rf"{_ALL}[^。、\n]{{0,24}}?{_FINISHED}。?[\s、]*(?:なお、)?"
            rf"(?:(?:残り|残る)の?\s?(?:\d+\s?)?(?:{_WHO})|未{_OFFICE_ACT}の)[^。\n]{{0,24}}?{_TO_DO}"
            rf"|{_ALL}[^。、\n]{{0,12}}?{_ACT}(?:を|は)?{_FINISHED}。?[\s、]*(?:なお、)?一部の[^。\nも]{{0,16}}?(?P=act){_LEFT}"
            rf"|(?P<done>[^\W\d\x00-ん]{{2}})(?:を|は){_ALL}[^。、\n]{{0,4}}{_FINISHED}。?[\s、]*(?:なお、)?一部の[^。\nも]{{0,16}}?(?P=done){_LEFT}",
            needs=("残り", "残る", "一部の", *_UNDONE),
        ),
        AnyOf("ほぼ|よう|べく|目指|計画|当初|うち|新たに|その後|対象に"),
    ),
    # 点検員全員参加の打合せを、一部の点検員により実施
    (
        LazyPattern(
            rf"(?:全(?P<one>{_WHO})|(?P<two>{_WHO})全員|全て?の(?P<three>{_WHO})|すべての(?P<four>{_WHO}))[^。\n]{{1,24}}?"
            rf"(?:一部の|半数の|数名の|一握りの)(?:(?P=one)|(?P=two)|(?P=three)|(?P=four))(?:により|で|のみ|だけ|に(?:とどま|限))[^。\n]*",
            needs=("一部の", "半数の", "数名の"),
        ),
        AnyOf("うち|まず|先行|当初|昨年|前年|従来|これまで|予定|計画|目指"),
    ),
    # 9月に全機関に配布。なお、配布したのは半数の機関にとどまった
    (
        LazyPattern(
            rf"{_ALL}[^。、\n]{{0,16}}?{_ACT}[^。\n]{{0,6}}。[^。\n]{{0,4}}?、?(?P=act)した(?:の|{_WHO})は、?"
            r"[^。\n]{0,16}?(?:半数|一部|\d\s?割|にとどま|のみ|だけ)[^。\n]*",
            needs=("半数", "一部", "とどま", "のみ", "だけ", "割"),
        ),
        AnyOf("うち回答|回答"),
    ),
    # 前年度に引き続き、新たに…を開始; 例年どおり、混雑予想を初めて掲載
    (
        LazyPattern(
            r"(?:(?:前年度?|昨年度?|以前)(?:に引き?続き|から引き?続き|と同様に?|から継続して|に続き)|例年(?:どおり|通り|と同様に?)|従来(?:どおり|通り)|毎年)、?"
            r"(?:[^。、\n]{0,14}?(?:今年度|本年度|今回)?(?:から)?(?:初めて|新たに)[^。、\n]{0,20}?"
            r"(?:開始|掲載|実施|開催|依頼|導入|創設|設置|作成|発行|発送|配布|行っ|始め|行い|設け))(?:し|。|た|$)",
            needs=("初めて", "新たに"),
        ),
        AnyOf(
            "加え|ほか|とともに|一方|初めて(?:受|参|利)|初めて受|初めて参|新たに加入|新たに委嘱|新たに対象|新たに契約|新たに適用|に、新たに|さらに|も新たに|追加"
        ),
    ),
)


def contradicting_sentences(text: str) -> Iterator[TextSpan]:
    """Start and end of words of a line of which the later take back the earlier.

    What was called off and yet had guests, what was done to all but is to be done to the rest, what all did
    and some did, and what is done as every year for the first time.
    """
    plain = half_width(text)
    for pattern, silent in _PAIRS:
        for found in pattern.finditer(plain):
            if not silent.is_in(found[0]):
                yield found.span()
