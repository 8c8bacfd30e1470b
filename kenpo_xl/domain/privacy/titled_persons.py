"""Persons whom a title, an initial or a reading gives away: 佐々木主任, K.S.氏（昭和45年生）."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_noun_letter
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord, TextSpan

_TITLES_TEXT = """
主任 主査 主事 主幹 係長 課長 班長 室長 社長 専務 常務 店長 医師 看護師 保健師 薬剤師
栄養士 弁護士 税理士 社労士 社会保険労務士 ケアマネジャー ケアマネージャー 理学療法士
作業療法士 歯科衛生士 調査官 事務長 部長 副部長 次長 課長補佐 副課長 係長補佐 主任主事
点検員 調査員 相談員 指導員 職員 派遣社員 グループ長 リーダー
"""
_TITLES = tuple(_TITLES_TEXT.split())
# Family names that are a prefecture, a city or a point of the compass as well.
_PLACES_TEXT = """
千葉 福島 宮城 宮崎 石川 福井 山口 香川 川口 川崎 岡崎 熊谷 福山 高松 松山 大津 戸田 町田 小松 市川 八尾
太田 上尾 上野 品川 目黒 立川 青梅 秋田 長野 平塚 小田原 富田 大野 高山 西尾 豊田 三好 古賀 山形 大田 中野
豊島 荒川 岩国 松江 中央 青葉 緑川 葛西 高田 大竹 大沢
"""
_PLACES = frozenset(_PLACES_TEXT.split())
# Family names that are words as well, where nothing but の or は is before them.
_WORDS_TEXT = """
根本 馬場 河原 大橋 石橋 相馬 日下 国分 成田 本間 会田 白石 上原 松原 下田 関根
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_UNITS_TEXT = "グループ 課 係 室 事務長 前任 後任 前任者 後任者 主任 係長 課長 部長 補佐 担当 職員"
_UNITS = tuple(_UNITS_TEXT.split())
_GOES_ON = ("が", "は", "から", "に", "と", "、", "より", "を", "も")
_SIGNED = ("担当は", "担当:", "担当者は", "担当者:", "記:", "文責:", "作成:", "文責は", "作成者は", "作成者:")
_SHORTEST = 2
# K.S.氏 and Ａさん identify no person; with the year of birth, the age or an illness beside them they do.
_INITIAL = r"(?<![A-Za-z])[A-Z](?:[.・]?\s?[A-Z])?\.?\s?(?:さん|氏|様)"
_ABOUT_INITIAL = LazyPattern(
    rf"{_INITIAL}\s?\((?:[^()]{{0,12}})(?:\d{{1,3}}\s?[歳才](?!代)|(?:昭和|平成|大正)\s?\d{{1,2}}\s?年)[^()]{{0,16}}\)",
    needs=("さん(", "さん (", "氏(", "氏 (", "様(", "様 ("),
)
_READINGS = range(4, 14)
_NAMES = range(3, 7)


def titled_person_spans(text: str, family_names: frozenset[str]) -> Iterator[TextSpan]:
    """Start and end of each frequent family name before a title of staff or of a profession."""
    for title in _TITLES:
        at = text.find(title)
        while at >= 0:
            start = _start_of_name(text, at, family_names)
            end = at + len(title)
            if start < at and not (end < len(text) and is_noun_letter(text[end])):
                yield start, end
            at = text.find(title, at + 1)


def _start_of_name(text: str, end: int, family_names: frozenset[str]) -> int:
    """Where the run of kanji before a place begins if it is a family name, else the place."""
    last = end - 1 if text[end - 1 : end] in (" ", "\u3000") else end
    start = last
    while start and last - start <= _SHORTEST + 1 and is_noun_letter(text[start - 1]):
        start -= 1
    name = text[start:last]
    is_name = len(name) >= _SHORTEST and name in family_names and name not in _PLACES
    return start if is_name else end


def named_staff_spans(text: str, family_names: frozenset[str]) -> Iterator[TextSpan]:
    """企画グループの村上が, 担当は内田。: a frequent family name alone, behind where the person works."""
    for lead, ends in (
        *((f"{unit}の", _GOES_ON) for unit in _UNITS),
        *((sign, ("。", ")", "、")) for sign in _SIGNED),
    ):
        at = text.find(lead)
        while at >= 0:
            start = at + len(lead)
            start += len(text[start:]) - len(text[start:].lstrip())
            for end in (start + 2, start + 3):
                name, behind = text[start:end], text[end:]
                is_name = name in family_names and name not in _PLACES and name not in _WORDS
                if is_name and (behind.startswith(ends) or (not behind and lead in _SIGNED)):
                    yield start, end
            at = text.find(lead, at + 1)


def initial_spans(text: str) -> Iterator[TextSpan]:
    """K.S.氏 with the age or the year of birth in brackets."""
    return (found.span() for found in _ABOUT_INITIAL.finditer(text))


def names_with_reading(text: str) -> Iterator[SpanAndWord]:
    """Start, end and name where kanji have a reading in brackets: 山田太郎（やまだたろう）."""
    at = text.find("(")
    while at >= 0:
        end = text.find(")", at)
        reading = "".join(text[at + 1 : end].split()) if end >= 0 else ""
        if len(reading) in _READINGS and all(map(is_hiragana, reading)):
            start = _start_of_kanji(text, at)
            if at - start in _NAMES:
                yield start, end + 1, text[start:at]
        at = text.find("(", at + 1)


def _start_of_kanji(text: str, end: int) -> int:
    start = end
    while start and end - start < _NAMES.stop and is_kanji(text[start - 1]):
        start -= 1
    return start
