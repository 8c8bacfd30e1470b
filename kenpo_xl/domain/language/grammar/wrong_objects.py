"""Things that a verb is not done to: events that are sent, papers that are held (動画を開催し)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern

_THINGS = {
    "event": (
        "説明会|研修|研修会|セミナー|講座|講演会|相談会|教室|フォーラム|シンポジウム|意見交換会|ミーティング"
        "|打合せ|打ち合わせ|訓練|体験会|測定会|表彰式|会議|協議会|委員会|評議会|勉強会|連絡会|懇談会|講習会"
    ),
    "talk": "電話|訪問|面談|面接|聞き取り|立入検査",
    "paper": (
        "文書|案内|通知|通知書|チラシ|リーフレット|冊子|パンフレット|申請書|届出書|はがき|ハガキ|催告書|催告状"
        "|督促状|勧奨状|調査票|納付書|ポスター|手引|手引き|マニュアル|広報誌|機関誌|会報|カード|受診券|依頼書"
        "|手順書|様式|一覧|一覧表|名簿|封筒|書類|資料|診断書|明細書|報告書|議事録|ガイドブック|メールマガジン"
    ),
    "film": "動画",
    "body": (
        "事業所|事業主|関係機関|関係団体|協力団体|自治体|市町村|商工会議所|商工会|企業|会社|年金事務所|業者"
        "|委託先|労働局|健康保険組合"
    ),
    "clinic": "医療機関|健診機関|実施機関|契約機関|施術所|薬局|病院|診療所",
    "person": (
        "職員|対象者|加入者|被保険者|被扶養者|受診者|参加者|受講者|債務者|担当者|委員|保健師|管理栄養士|相談者"
    ),
    "contract": "契約|協定",
    "exam": "健診|検診|保健指導|健康診断|健康相談",
    "money": "保険料|返納金|給付金|手当金|債権|委託料|委託費|手数料|療養費|交付金",
    "site": "ホームページ|ウェブサイト|サイト",
    "survey": "アンケート|調査",
}
# Acts and the things that they are not done to.
_NEVER = (
    ("発送|送付|郵送|投函|同封|封入|製本|印刷", "event talk body clinic person contract exam site"),
    ("配布|配付|返送|返戻|貼付", "event talk body clinic person contract exam site"),
    ("開催|主催|開講|閉会|挙行", "talk paper film body clinic person money contract site survey"),
    ("受講|聴講", "talk paper body clinic person money contract exam site survey"),
    ("受診", "event paper film body person money contract site survey"),
    ("訪問", "event paper film money contract exam survey"),
    ("締結", "event talk film body clinic person exam survey site"),
    ("回収", "event talk body clinic person exam contract site"),
    ("支給", "event talk paper film body clinic person exam contract site survey"),
    ("納付|徴収", "event talk body clinic person exam contract site survey film"),
    ("傍聴|招集", "paper film money contract exam site survey"),
    ("派遣|委嘱|雇用", "event talk paper film money contract exam site survey"),
)
_GOES_ON = ("し", "する", "。", "済み", "予定", "のうえ", "のほか", "中。", "後、")
_NOT_ON = ("してもら", "していただ", "しても", "しにくい")
_LONGEST_BETWEEN = 24
# 説明会が9月12日に開催した: who does something is no event.
_BETWEEN = (
    r"(?:[\d\s０-９・、,，~～()（）月日年件部通枚名人回社に]"
    r"|令和|から|まで|それぞれ|新たに|順次|初めて|計|延べ){0,24}"
)
_HOLDING_ITSELF = LazyPattern(
    r"(?P<thing>説明会|研修会?|セミナー|講座|講演会|相談会|教室|シンポジウム|体験会|測定会|表彰式)が"
    rf"(?P<between>{_BETWEEN})(?P<act>開催|開講|実施|開)(?P<verb>し|き|い(?=た))(?!た(?![。、]|が、|ため|ところ|ほか))",
    contains=r"が[^。]{0,24}(?:開|実施)",
)
# 利便性向上を開く: what is brought about is not held in hands.
_AIM_BY_HAND = LazyPattern(
    r"(?:向上|促進|強化|徹底|充実|改善|推進|適正化|効率化|軽減|削減|抑制|定着|普及|早期回収|再発防止)を"
    r"(?:開[いきくけ]|閉[じめ]|運[びんぶ]|配[りっる]|送[りっる]|届け|立て|建て|渡[しす]|払[いっう]|納め|買[いっう]"
    r"|売[りっる]|着[けて]|貼[りっる]|拾[いっう]|集め|並べ|借り|貸[しす]|預[かけ])",
    contains="[上進化底実善減制着及収止]を",
)
_MAY_STAND_BETWEEN = frozenset(
    "0123456789０１２３４５６７８９ \u3000・、,，~～()（）月日年件部通枚名人回社に"
)
_ADVERBS = (
    *(
        "令和",
        "から",
        "まで",
        "より",
        "それぞれ",
        "新たに",
        "順次",
        "初めて",
        "計",
        "延べ",
        "毎月",
        "毎年",
        "毎週",
        "毎回",
    ),
    *(
        "計画的に",
        "定期的に",
        "個別に",
        "一斉に",
        "再度",
        "改めて",
        "適宜",
        "随時",
        "全て",
        "一括して",
        "合計",
    ),
)


def wrong_objects(text: str) -> Iterator[Misuse]:
    """Each event that is sent or that holds something, each paper that is held, each body that is concluded.

    Only times, numbers and adverbs are between the noun and its verb.
    """
    for acts, kinds in _NEVER:
        for act in acts.split("|"):
            for place in places_of(text, act):
                yield from _objects_never_of_act(text, place, act, kinds)
    for found in _AIM_BY_HAND.finditer(text):
        yield Misuse(found.start(), found.end(), found[0], "")
    for found in _HOLDING_ITSELF.finditer(text):
        yield Misuse(found.start(), found.end(), found[0], "")


def _objects_never_of_act(text: str, place: int, act: str, kinds: str) -> Iterator[Misuse]:
    """The act at a place, where its object is one of some kinds of things."""
    end = place + len(act)
    if not text.startswith(_GOES_ON, end) or text.startswith(_NOT_ON, end):
        return
    start = _end_of_object_before(text, place)
    start = _end_before_bracket(text, start)
    words = next((one for one in _words_of_kinds(kinds) if text.endswith(one, 0, start)), "") if start else ""
    if words:
        first = start - len(words)
        yield Misuse(first, end + 1, text[first : end + 1], "")


def _end_of_object_before(text: str, place: int) -> int:
    """Where the object of a verb ends, with only times, numbers and adverbs between; 0 for none."""
    start = place
    while start > max(0, place - _LONGEST_BETWEEN) and text[start - 1] != "を":
        adverb = next((one for one in _ADVERBS if text.endswith(one, 0, start)), "")
        if not adverb and text[start - 1] not in _MAY_STAND_BETWEEN:
            return 0
        start -= len(adverb) or 1
    return start - 1 if text[start - 1 : start] == "を" else 0


def _end_before_bracket(text: str, end: int) -> int:
    """Where the words before a bracket end that closes at a place, the place itself for none."""
    if text[end - 1 : end] not in ("）", ")"):
        return end
    return max(text.rfind(opening, 0, end) for opening in "（(") if end else 0


@cache
def _words_of_kinds(kinds: str) -> tuple[str, ...]:
    """The things of some kinds."""
    return tuple(word for kind in kinds.split() for word in alternatives(_THINGS[kind]))
