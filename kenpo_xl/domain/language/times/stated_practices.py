"""How often (毎月, 四半期に1回) or by which method (オンライン, 書面) a text says that a thing is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_FREQUENCIES = (
    ("毎日", "毎日|日次|毎朝|毎終業前|毎終業後|毎始業前"),
    ("毎週", "毎週|週1回|週に1回|週次"),
    ("毎月", "毎月|月1回|月に1回|月次"),
    ("隔月", "隔月|2か月に1回"),
    ("四半期ごと", "四半期に1回|四半期ごと|四半期毎|年4回"),
    ("半年ごと", "半年に1回|半年ごと|年2回"),
    ("毎年", "年1回|年に1回"),
)
_ANY = "|".join(words for _, words in _FREQUENCIES).replace("1回", r"\s?1\s?回").replace("4回", r"\s?4\s?回")
_KINDS = "会議?|打合せ|ミーティング|提供|研修|点検|訪問|勧奨|催告|アンケート|発行|配信|広報|照会"
_THING = rf"(?P<thing>[^\W\d\x00-ん]{{0,14}}(?:{_KINDS}))"
_FREQUENCY = LazyPattern(
    rf"(?P<often>{_ANY})\)?(?:の|に|な)?、?(?:[^。、はがを]{{0,6}}?){_THING}"
    rf"|{_THING.replace('thing', 'other')}(?:を|は|について)、?(?:原則)?(?P<after>{_ANY})",
)
_MAY_BE_FREQUENCY = AnyOf("毎|日次|週次|月次|隔月|に1回|に 1 回|週1|月1|ごと|年4|年 4|年2|年1")
_MAY_BE_METHOD = AnyOf("ラーニング|オンライン|集合|対面|書面|会場|動画|外部講師|持ち回り|Web|リモート")
_OF_OTHER_TIME = AnyOf("前年|昨年|従来|これまで|以前|変更|から毎|増や|減ら|臨時|別途|予定|ほか")
_METHODS = (
    (
        "オンライン",
        r"e-?ラーニング|eラーニング|ｅ[－-]ラーニング|オンライン(?:研修)?|Web(?:研修)?|動画(?:研修)?|リモート",
    ),
    ("集合", r"集合(?:研修|形式)?|対面(?:研修|形式)?|会場(?:開催)?|外部講師による(?:対面)?研修"),
    ("書面", r"書面(?:開催)?|持ち回り"),
)
_BRACKETED = LazyPattern(
    r"(?P<name>[^\W\d\x00-ん][^\W\d、。()]{2,20}?(?:研修|会議|委員会|協議会|説明会|セミナー|講習会?))\s*\((?P<method>[^()]{2,14})\)",
    needs="(",
)


@frozen
class StatedPractice:
    """How a thing is done, as a text says: in which words, what they mean, and whether it is how often.

    `start` is the place of the words in the text.
    """

    thing: str
    start: int
    words: str
    meaning: str
    is_frequency: bool


def stated_practices(text: str) -> Iterator[StatedPractice]:
    """All that a text says of how often, then by which method, things are done."""
    plain = half_width(text)
    if _MAY_BE_FREQUENCY.is_in(plain) and not _OF_OTHER_TIME.is_in(plain):
        for found in _FREQUENCY.finditer(plain):
            words, thing = found["often"] or found["after"], found["thing"] or found["other"]
            meaning = _first_meaning_of("".join(words.split()), _FREQUENCIES)
            yield StatedPractice(thing, found.start(), words, meaning, is_frequency=True)
    if _MAY_BE_METHOD.is_in(plain):
        for found in _BRACKETED.finditer(plain):
            meaning = _first_meaning_of(found["method"].replace(" ", ""), _METHODS)
            if meaning:
                yield StatedPractice(
                    found["name"], found.start("method"), found["method"], meaning, is_frequency=False
                )


def _first_meaning_of(words: str, kinds: tuple[tuple[str, str], ...]) -> str:
    return next((kind for kind, pattern in kinds if re.fullmatch(pattern, words)), "")
