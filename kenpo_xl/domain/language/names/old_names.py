"""Names of offices, professions and illnesses that were given up long ago: 社会保険事務所, 保健婦, 痴呆."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, places_of, sentence_around
from kenpo_xl.domain.text_span import PlacedSlip

# Each with the name of today; '' where several took its place.
_NAMES = (
    ("社会保険事務所", "年金事務所"),
    ("社会保険事務局", ""),
    ("社会保険庁", "日本年金機構"),
    ("政府管掌健康保険", "協会けんぽ"),
    ("政管健保", "協会けんぽ"),
    ("成人病", "生活習慣病"),
    ("痴呆症", "認知症"),
    ("痴呆性", "認知症の"),
    ("痴呆", "認知症"),
    ("保健婦", "保健師"),
    ("看護婦", "看護師"),
    ("助産婦", "助産師"),
    ("老人保健法", "高齢者の医療の確保に関する法律"),
    ("厚生省", "厚生労働省"),
    ("労働省", "厚生労働省"),
    ("ゾロ品", "後発医薬品"),
)
# The letters that the names end with; few texts have one.
_ANY = AnyOf(
    "社会保険事|社会保険庁|政府管掌|政管健保|成人病|痴呆|健婦|護婦|産婦|人保健法|厚生省|労働省|ゾロ品"
)
# A sentence on the past, on the word itself, or with the old name of something in the law.
_OF_PAST = AnyOf(
    "旧|当時|時代|廃止|改称|改組|改め|以前|かつて|昔|従来|移管|引き継|承継|名称|用語|呼称|呼ば|呼び|言葉|という|変更|昭和|平成|沿革|歴史|経緯"
    "|「|」|『|』|現在の|(現|（現|法律第|告示|通知|通達|省令|年史"
)
# A name goes on: 日本成人病予防協会, 准看護婦, 厚生労働省, 助産婦学校.
_GOES_ON = frozenset("のにをがはやとへ、。で")
_BEFORE = frozenset("生准")
_REST = ("から", "等", "など", "予防の", "対策の", "高齢者", "患者")


def old_names(text: str) -> Iterator[PlacedSlip]:
    """Start, the old name and the one of today, '' for several, where the sentence is about today."""
    if not _ANY.is_in(text):
        return
    for old, today in _NAMES:
        for at in places_of(text, old):
            behind = text[at + len(old) :]
            is_word = behind[:1] in _GOES_ON or behind.startswith(_REST) or not behind.strip()
            sentence = text[slice(*sentence_around(text, at, at))]
            if is_word and text[at - 1 : at] not in _BEFORE and not _OF_PAST.is_in(sentence):
                yield at, old, today
