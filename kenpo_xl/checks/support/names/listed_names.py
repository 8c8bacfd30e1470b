"""Names listed in a sentence beside their count: 製造業、運輸業の2業種, 3支部（北海道、徳島、佐賀）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenpo_xl.domain.language.numbers_in_text import UNITS_OF_PERSONS, TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BEFORE_COUNT = LazyPattern(r"の(?:計|合計|合わせて|あわせて|全|総勢)?\s*$", needs="の")
_SEPARATOR = LazyPattern(
    r"\s*(?:、|及び|および|並びに|ならびに|(?<=[^\u3040-\u309f])と(?=[^\u3040-\u309f]))\s*"
)
_NAME = LazyPattern(
    r"(?:さいたま|つくば|いわき|みどり|ひたちなか|ふじみ野|あきる野|うるま|えびの|たつの|つがる|にかほ|みやま|むつ"
    r"|かすみがうら|みよし|あま|さくら|いなべ|いすみ|かほく|うきは|あわら|おおい|みなべ|すさみ|ときがわ)?"
    r"[一-龯々〆ヶヵァ-ヴー・A-Za-z「」『』\s]*(?:(?<=[^\s])の[一-龯々ァ-ヴーA-Za-z]+)?"
)
"""A name without hiragana, but for those of towns."""
# What begins after the last particle of the words before a list: 重点業種として製造業.
_TAIL = LazyPattern(r"(?<=[をがにではもてしりきえいるた])[一-龯々ァ-ヴーA-Za-z「」『』・]+$")
# No names but words before a list.
_NO_NAME = LazyPattern(
    r".*(?:年度|年|期|月|末|時|後|前|中|際|上|下|結果|他|以降|以外|現在|引き続き|今回|特別?|また|別|者|等|など|各|計)"
)
_OTHER_WORDS = LazyPattern(r"|.{2,}(?:[はがをにでてしりいき]|ため|から|より|まで|ところ|うえ)", re.DOTALL)
_INCOMPLETE = LazyPattern(r"等|など|ほか|他|外|うち|各|主|[両双]")
_WINDOW = 120
_MOST_DIFFERENCE = 2
# A list of names of one of these ends in such words; 製造業、運輸業の45社 counts no names.
_KINDS_OF_PLACES = frozenset(
    ("事業所", "事業場", "企業", "機関", "医療機関", "健診機関", "施設", "薬局", "か所", "校", "社", "会場")
)
_PLACE = LazyPattern(
    r".*(?:機関|センター|病院|医院|クリニック|大学|学校|校|所|館|社|会|店|局|園|院|場|庁|ホール|プラザ|部)"
)
_SORT_OF_PERSONS = LazyPattern(r".*(?:師|士|員|長|者|職|医|役|係|課|生|家族|男性|女性|名|事)")
_SORT = LazyPattern(r".*(?:業|系|型|職|別|産業)")


def names_listed_before(plain_text: str, end: int) -> list[str]:
    """The names of a list that leads with の to the place `end`; [] for none, or an incomplete list."""
    before = plain_text[max(0, end - _WINDOW) : end]
    found = _BEFORE_COUNT.search(before)
    if not found:
        return []
    clause = re.split(r"[。\n()]", before[: found.start()])[-1]
    names = _things_described(clause)
    if names:
        return [] if any(map(_INCOMPLETE.search, names)) else names
    for part in reversed(_SEPARATOR.split(clause)):
        name = part.strip(" 　・●•■")
        if name and _NAME.fullmatch(name) and not _NO_NAME.fullmatch(name):
            names.insert(0, name)
            continue
        tail = _TAIL.search(name)
        if tail and not _NO_NAME.fullmatch(tail[0]):
            names.insert(0, tail[0])
        elif not (_NO_NAME.fullmatch(name) or _OTHER_WORDS.fullmatch(name)):
            return []  # さいたま市 may be one more name
        break
    return [] if any(map(_INCOMPLETE.search, names)) else names


def _things_described(clause: str) -> list[str]:
    """The things that end a clause and are described one by one: 回数が多いもの、費用が高いもの."""
    things: list[str] = []
    for part in reversed(_COMMA.split(clause)):
        if not part.endswith(_THINGS):
            break
        things.insert(0, part.strip())
    return things if len(things) > 1 else []


_COMMA = LazyPattern(r"、|及び|および|並びに")
_THINGS = ("もの", "こと")


def is_miscounted_list(number: TextNumber, names: Sequence[str]) -> bool:
    """Whether a count is that of these names, but for one or two; False where it counts something else."""
    count = len(names)
    if count < 2 or number.value == count or abs(number.value - count) > max(_MOST_DIFFERENCE, count // 3):
        return False
    if number.unit in UNITS_OF_PERSONS:
        are_sent = number.unit != "者" and any(map(_PLACE.fullmatch, names))  # 医師会、薬剤師会の計4名
        return not are_sent and not any(map(_SORT_OF_PERSONS.fullmatch, names))
    if number.unit in _KINDS_OF_PLACES:
        return all(map(_PLACE.fullmatch, names)) or not any(map(_SORT.fullmatch, names))
    return number.unit != "団体" or not all(map(_SORT.fullmatch, names))
