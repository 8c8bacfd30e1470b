"""Abbreviations that a text defines (以下「PT」という。), and wrong explanations (BMI（体脂肪率）)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.text_span import PlaceAndWord

_DEFINES = "以下「"
_MOST_LETTERS = 12
# An abbreviation, how an explanation of it ends, and what it names one way or another.
_EXPLAINED_LIST = """
BMI|率 指数 指標 量 度|体格 肥満 ボディ 体重 痩 やせ
HbA1c|指標 濃度|血糖 糖化 ヘモグロビン 糖尿 グリコ
eGFR|指標 量 値|糸球体 腎
LDL|コレステロール|低比重 悪玉 低密度
HDL|コレステロール|高比重 善玉 高密度
AST|指標|肝
ALT|指標|肝
PT|チーム グループ|プロジェクト
WG|チーム グループ 部会|ワーキング 作業
TF|チーム フォース|タスク
KPI|指標 指数|業績 評価 成果 目標 達成
KGI|指標 指数|目標 ゴール 達成
CKD|病 疾患|慢性腎
COPD|病 疾患 症|慢性閉塞
ICT|技術|情報
BCP|計画|事業継続 業務継続
OJT|研修 訓練 教育|職場 実務 業務 現任
QOL|質 水準|生活 生命 人生
RPA|化|自動 ロボ
EBPM|立案 形成|証拠 エビデンス 根拠 データ
DPC|分類 制度 評価|診断群 包括
PHR|記録 情報|個人 パーソナル 本人 健康 医療
AED|器|除細動
SNS|サービス サイト|ソーシャル 交流 会員
DX|化 変革|デジタル 電子
AI|知能|人工
レセプト|カルテ 診療録 処方箋 処方せん 領収書|明細書
診療報酬明細書|カルテ 診療録 処方箋 領収書 請求書|レセプト
診療録|レセプト 明細書|カルテ
特定健診|診断 検査 検診|健康診査
OCR|装置 認識 読取 読み取り|光学 文字
"""
_CYCLE = "PDCA"
_STEPS = (
    ("計画", "Plan"),
    ("実行", "実施", "Do"),
    ("評価", "検証", "点検", "確認", "Check"),
    ("改善", "見直", "Act"),
)
# 第一部会 and 第二部会 are two.
_OF_TWO_NAMES = frozenset("一二三四五六七八九十0123456789東西南北上下前後新旧大小男女")


@frozen
class Definition:
    """An abbreviation that a text defines, whose bracket begins at `start` and ends at `end`."""

    start: int
    end: int
    name: str


def abbreviation_definitions(text: str) -> Iterator[Definition]:
    """The abbreviations that a text defines in brackets: （以下「PT」という。）."""
    plain = half_width(text)
    at = plain.find(_DEFINES)
    while at >= 0:
        close = plain.find("」", at)
        end = plain.find(")", close) + 1
        name = plain[at + len(_DEFINES) : close].strip()
        if plain[at - 1 : at] == "(" and close > at and end and 1 < len(name) <= _MOST_LETTERS:
            yield Definition(at - 1, end, name)
        at = plain.find(_DEFINES, at + 1)


def places_of_abbreviation(text: str, name: str) -> Iterator[int]:
    """Where a name occurs in a text as a word by itself, neither quoted nor a part of a longer word."""
    plain = half_width(text)
    at = plain.find(name)
    while at >= 0:
        before, behind = plain[at - 1 : at] if at else "", plain[at + len(name) : at + len(name) + 1]
        if not (_is_letter_of_word(before) or _is_letter_of_word(behind)) and before not in ("「", "『"):
            yield at
        at = plain.find(name, at + 1)


def _is_letter_of_word(letter: str) -> bool:
    return bool(letter) and (is_noun_letter(letter) or (letter.isalnum() and letter.isascii()))


def words_one_letter_off(text: str, name: str) -> Iterator[PlaceAndWord]:
    """Start and letters of each word of a text with one letter other than a name has: WT for WG."""
    plain = half_width(text)
    for at in range(len(plain) - len(name) + 1):
        word = plain[at : at + len(name)]
        odd = [(one, other) for one, other in zip(word, name, strict=True) if one != other]
        if (
            len(odd) != 1
            or not all(map(_is_letter_of_word, word))
            or odd[0][0].isupper() != odd[0][1].isupper()
        ):
            continue
        if not _OF_TWO_NAMES & set(odd[0]) and at in places_of_abbreviation(text, word):
            yield at, word


def wrong_explanations(text: str) -> Iterator[tuple[int, str, str]]:
    """Start, abbreviation and explanation of each that names something else: BMI（体脂肪率）."""
    plain = half_width(text)
    for line in _EXPLAINED_LIST.split("\n"):
        name, _, rest = line.partition("|")
        ends, _, right = rest.partition("|")
        for at, words in _bracketed_explanations(plain, name) if name else ():
            if words.endswith(tuple(ends.split())) and not any(one in words for one in right.split()):
                yield at, name, words
    for at, words in _bracketed_explanations(plain, _CYCLE):
        if _is_out_of_order(words):
            yield at, _CYCLE, words


def _is_out_of_order(words: str) -> bool:
    """Whether words name all steps of the cycle, one of them too early."""
    places = [max(words.find(one) for one in step) for step in _STEPS]
    return min(places) >= 0 and places != sorted(places)


def _bracketed_explanations(plain: str, name: str) -> Iterator[PlaceAndWord]:
    """Place and words of each bracket right behind an abbreviation, without digits."""
    at = plain.find(f"{name}(")
    while at >= 0:
        words = plain[at + len(name) + 1 :].partition(")")[0]
        before = plain[at - 1 : at]
        is_whole = not (before.isascii() and before.isalnum())
        if is_whole and not words.startswith("以下") and not any(one.isdecimal() for one in words):
            yield at, words
        at = plain.find(f"{name}(", at + 1)
