"""Things that a verb is not done to: events that are sent, papers that are held (動画を開催し)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.lazy_patterns import LazyPattern

_HELD = (
    "説明会|研修会?|セミナー|講座|講演会|相談会|教室|フォーラム|シンポジウム|意見交換会|ミーティング|打合せ"
    "|面談|訓練|体験会|測定会|表彰式|会議|協議会|委員会|評議会|電話|訪問"
)
_SENT = (
    "文書|案内文書?|通知書?|チラシ|リーフレット|冊子|パンフレット|申請書|はがき|ハガキ|催告書|督促状|調査票"
    "|納付書|ポスター|手引き?|マニュアル|広報誌|動画|カード|受診券|依頼書|手順書|様式|一覧表?|名簿|封筒"
)
_SENDING = "発送|送付|郵送|印刷|配布|配付|返送|投函|同封|製本|貼付"
_HOLDING = "開催|主催|開講|挙行|閉会|受診"
# What may stand between an object and its verb: times, numbers, and adverbs.
_BETWEEN = (
    r"(?:[\d\s０-９・、,，~～()（）月日年件部通枚名人回社に]"
    r"|令和|から|まで|それぞれ|新たに|順次|初めて|計|延べ){0,24}"
)
_SENT_EVENT = LazyPattern(
    rf"(?P<thing>{_HELD})を(?P<between>{_BETWEEN})(?P<act>{_SENDING})(?P<verb>し|する)",
    contains=rf"(?:{_SENDING})[しす]",
)
_HELD_PAPER = LazyPattern(
    rf"(?P<thing>{_SENT})を(?P<between>{_BETWEEN})(?P<act>{_HOLDING})(?P<verb>し|する)",
    contains=rf"(?:{_HOLDING})[しす]",
)
# 説明会が9月12日に開催した: who does something is no event.
_HOLDING_ITSELF = LazyPattern(
    r"(?P<thing>説明会|研修会?|セミナー|講座|講演会|相談会|教室|シンポジウム|体験会|測定会|表彰式)が"
    rf"(?P<between>{_BETWEEN})(?P<act>開催|開講|実施|開)(?P<verb>し|き|い(?=た))(?!た(?![。、]|が、|ため|ところ|ほか))",
    contains=r"が[^。]{0,24}(?:開|実施)",
)


def wrong_objects(text: str) -> Iterator[Misuse]:
    """Each event that is sent or that holds something, and each paper that is held.

    Only times, numbers and adverbs stand between the noun and its verb.
    """
    for pattern in (_SENT_EVENT, _HELD_PAPER, _HOLDING_ITSELF):
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], "")
