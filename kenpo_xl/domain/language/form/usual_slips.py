"""Slips that proofreaders of office reports list: wrong wherever they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.form.confused_words import CONFUSED_WORDS
from kenpo_xl.domain.language.form.look_alikes import (
    letters_for_look_alikes,
    meant_word_by_look_alike,
)
from kenpo_xl.domain.language.grammar.conjunctions import WRONG_CONJUNCTIONS
from kenpo_xl.domain.language.names.fixed_names import exchanged_parts, fixed_name_slips
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.language.office.left_in_kana import words_left_in_kana
from kenpo_xl.domain.language.word_table import WordTable
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BY_TURN = "(?=で(?:の)?(?:管理|確認|更新|集計|報告)|管理|処理|決算)"
# What is written, what precedes or follows it, and what is meant.
_SLIPS = (
    ("員会", "(?<![委会職社全役議部局党教])員会(?!員|計|費|見|話|談|場)", "委員会"),
    ("国民健康保険団体連合", "国民健康保険団体連合(?!会)", "国民健康保険団体連合会"),
    ("厚生支局", "厚生支局", "厚生局"),
    ("薬剤師協会", "(?<=[県都道府市])薬剤師協会", "薬剤師会"),
    ("に関する法", "(?<=に関する)法(?=[にのをで、。）」第])", "法律"),
    ("日時", f"日時{_BY_TURN}", "日次"),
    ("月時", f"月時{_BY_TURN}", "月次"),
    ("に対", "(?<![ぁ-ん])に対(?=[、。])", "に対し"),
    ("に関", "(?<![ぁ-ん])に関(?=[、。])", "に関し"),
    ("に基", "(?<![ぁ-ん])に基(?=[、。])", "に基づき"),
    ("進捗官吏", "進捗官吏", "進捗管理"),
    ("進捗監理", "進捗監理", "進捗管理"),
    ("意志決定", "意志決定", "意思決定"),
    ("意志疎通", "意志疎通", "意思疎通"),
    ("以外と", "以外と(?=多|少|高|低)", "意外と"),
    ("最少限", "最少限", "最小限"),
    ("対称", "対称(?=者|外|期間|事業所|年度|月)", "対象"),
    ("対照", "対照(?=者|外|期間|事業所)", "対象"),
    ("被保健者", "被保健者", "被保険者"),
    ("被保険社", "被保険社", "被保険者"),
    ("被扶養社", "被扶養社", "被扶養者"),
    ("コンプライアンス保護", "コンプライアンス保護", "コンプライアンス"),
    ("ハラスメント保護", "ハラスメント保護", "ハラスメント防止"),
    ("リスク保護", "リスク保護", "リスク管理"),
    ("セキュリティ保護委員", "セキュリティ保護委員", "セキュリティ委員"),
    ("健康保健", "健康保健(?!師|指導|セ|所|課|室|福祉|大|学|事業)", "健康保険"),
    ("保険指導", "保険指導(?!監|料|薬|医)", "保健指導"),
    ("保険師", "保険師", "保健師"),
    ("明細所", "診療報酬明細所", "診療報酬明細書"),
    ("申請所", "申請所(?!在|得|属|管)", "申請書"),
    ("通知所", "通知所(?!在|管)", "通知書"),
    ("届出所", "届出所(?!在|管)", "届出書"),
    ("報告所", "報告所(?!在|管)", "報告書"),
    ("事業書", "事業書(?!類|面|式|評)", "事業所"),
    ("年金事務書", "年金事務書", "年金事務所"),
    ("保険所", "保険所(?=と(?!い)|へ|や|等|に(?:おい|よ|依頼))", "保健所"),
    ("内要", "内要(?!素)", "内容"),
    ("異同", "異同(?=届|[）)]届|があった|者)", "異動"),
    ("収量 修量 終量", "(?<=指導の)(?:収量|修量|終量)(?=者|し)", "修了"),
    ("堀り下げ", "堀り下げ", "掘り下げ"),
    ("取り居れ 取り要れ", "取り(?:居|要)れ", "取り入れ"),
    ("引き継き", "引き継き", "引き継ぎ"),
    ("荒い出 新い出", "(?<=[をの])(?:荒|新)い出(?=し)", "洗い出"),
    ("見着け 見附け", "見(?:着|附)け", "見付け"),
    ("位一丸", "(?<=員が)位一丸", "一丸"),
    ("限ぎり", "限ぎり", "限り"),
    ("引き続いき", "引き続いき", "引き続き"),
    ("後で後日", "後で後日", "後日"),
    ("周智", "周智(?!郡)", "周知"),
    ("督即", "(?<![提監総])督即", "督促"),
    ("督速", "(?<![提監総])督速", "督促"),
    ("督足", "(?<![提監総])督足", "督促"),
    ("掲栽", "掲栽", "掲載"),
    ("撤成", "撤成", "達成"),
    ("達制", "(?<=目標)達制|(?<=目標を)達制", "達成"),
    ("達生", "(?<=目標)達生", "達成"),
    ("全国平金", "全国平金", "全国平均"),
    ("標準法主", "標準法主", "標準報酬"),
    ("人間ドッグ", "人間ドッグ", "人間ドック"),
    ("受診社", "受診社(?!会)", "受診者"),
    ("債務社", "債務社(?!会)", "債務者"),
    ("改催", "改催(?!告|促)", "開催"),
    ("減小", "(?<!増)減小", "減少"),
    ("増化", "増化(?=し[たて]|傾向)", "増加"),
    ("保助", "保助(?!看)", "補助"),
    ("仰制", "(?<!信)仰制", "抑制"),
    ("事業企画", "(?<=年度)事業企画(?=に基|どお|の進)", "事業計画"),
    ("重症家", "重症家(?=予防)", "重症化"),
    ("机関", "机関", "機関"),
    ("机会", "(?<!書)机会(?!議)", "機会"),
    ("机能", "机能", "機能"),
    ("づつ", "(?<![か気近])づつ(?!く|け|い|う)", "ずつ"),
    ("とうり", "(?<=の|た)とうり", "とおり"),
    (
        "どうり",
        "(?<=予定|計画|例年|従来|指示|通常|基準|規定|想定|前年|当初|要領|要綱|手順|目標|方針|期待|日程|定め|思い)どうり(?!で)",
        "どおり",
    ),
    ("とどこうり", "とどこうり", "とどこおり"),
    ("しずらい", "しずらい", "しづらい"),
    ("制度を高め", "制度を高め", "精度を高め"),
    ("つた", "(?<=[なあかまわ])つた(?=[。、とがもののこ])", "った"),
    ("ーー", "(?<=[ァ-ヴ])ーー(?=[ァ-ヴ])", "ー"),
    ("ンン", "(?<=[ァ-ヴ])ンン(?=[ァ-ヴ])", "ン"),
    ("シヨン", "シヨン", "ション"),
    ("ジヨン", "ジヨン", "ジョン"),
    ("ジヤー", "ジヤー", "ジャー"),
    ("チヤー", "チヤー", "チャー"),
    ("キヤン", "キヤン", "キャン"),
    ("コミユ", "コミユ", "コミュ"),
    ("ビユー", "ビユー", "ビュー"),
    ("ニユー", "ニユー", "ニュー"),
    ("スケジユ", "スケジユ", "スケジュ"),
    ("シュミレ", "シュミレーション", "シミュレーション"),
    ("コミニュ", "コミニュケーション", "コミュニケーション"),
    ("コミュニュ", "コミュニュケーション", "コミュニケーション"),
    ("フィードパ", "フィードパック", "フィードバック"),
    ("インセティ", "インセティブ", "インセンティブ"),
    ("しまた", "しまた(?=。|が、|ので)", "しました"),
    ("ありまた", "ありまた(?=。|が、|ので)", "ありました"),
)
_PATTERNS = [
    (LazyPattern(pattern, needs=written.split()), meant)
    for written, pattern, meant in (*_SLIPS, *CONFUSED_WORDS, *WRONG_CONJUNCTIONS)
]


@cache
def _words_of_patterns() -> WordTable:
    return WordTable(word for pattern, _ in _PATTERNS for word in pattern.needs)


@cache
def _words_of_look_alikes() -> WordTable:
    return WordTable(meant_word_by_look_alike())


@frozen
class UsualSlip:
    """A slip from `start` to `end` of a text, and what is meant."""

    start: int
    end: int
    meant: str


def usual_slips(text: str) -> Iterator[UsualSlip]:
    """The slips of a text."""
    here = _words_of_patterns().words_in(text)
    for pattern, meant in _PATTERNS if here else ():
        if any(word in here for word in pattern.needs):
            for found in pattern.finditer(text):
                yield UsualSlip(found.start(), found.end(), meant)
    for start, written, meant in (*fixed_name_slips(text), *exchanged_parts(text)):
        yield UsualSlip(start, start + len(written), meant)
    yield from _look_alikes(text)
    for start, kana, kanji in words_left_in_kana(text):
        yield UsualSlip(start, start + len(kana), kanji)


def _look_alikes(text: str) -> Iterator[UsualSlip]:
    """Letters in the place of those that look alike, with the letters beside them."""
    for wrong in _words_of_look_alikes().words_in(text):
        right = meant_word_by_look_alike()[wrong]
        yield from (UsualSlip(start, start + len(wrong), right) for start in places_of(text, wrong))
    for start, meant in letters_for_look_alikes(text):
        before, behind = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
        before, behind = before * before.isalnum(), behind * behind.isalnum()
        yield UsualSlip(start - len(before), start + 1 + len(behind), before + meant + behind)
