"""Verbs that say in which direction a number changed: 増加, 減少, 上回る, 下回る."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.lazy_patterns import LazyPattern

_DIRECTION = LazyPattern(
    r"(?P<up>増加|増え|増や[しす]|上回[りっる]|超え(?=てい|た[。、)]|た$)|上昇|伸び|上がっ|上がり続|引き?上げ|拡大|延長|[多高]くな[っり]|増(?=[とし、。で)だ])|右肩上がり)"
    r"|(?P<down>減少|減り|減っ|減る|減ら[しす]|下回[りっる]|低下|下がっ|下がり続|落ち込[みんむ]|引き?下げ|短縮|縮小|削減|(?:少な|低)くな[っり]|減(?=[とし、。で)だ])|右肩下がり)",
    needs="増超上伸減下低落拡延短縮削多高少",
)
_NOT_SO = LazyPattern(
    r"(?:し|す)?(?:な|ず|たい|ようと|べき|る見込|る予定|ることを目|させ|率|幅|傾向|要因|見込|目標|抑|を(?!続け)"
    r"|に(?:転|歯)|分|数|額|の)"
)
_VERBS = (
    ("上回", "上回る"),
    ("下回", "下回る"),
    ("超え", "超える"),
    ("増え", "増える"),
    ("減り", "減る"),
    ("減っ", "減る"),
    ("増や", "増やす"),
    ("減ら", "減らす"),
    ("伸び", "伸びる"),
    ("上がっ", "上がる"),
    ("上がり", "上がる"),
    ("下がっ", "下がる"),
    ("下がり", "下がる"),
    ("引き上げ", "引き上げる"),
    ("引上げ", "引き上げる"),
    ("引き下げ", "引き下げる"),
    ("引下げ", "引き下げる"),
    ("落ち込", "落ち込む"),
    ("多くな", "多くなる"),
    ("高くな", "高くなる"),
    ("少なくな", "少なくなる"),
    ("低くな", "低くなる"),
)


def change_verbs_in(plain: str) -> Iterator[re.Match[str]]:
    """The verbs of a text with half-width digits that report a change; not 増加率, 増加せず, 減少を図る."""
    return (found for found in _DIRECTION.finditer(plain) if not _NOT_SO.match(plain, found.end()))


def dictionary_form(verb: re.Match[str]) -> str:
    """The verb as a dictionary has it: 上回る for 上回っ."""
    return next((word for stem, word in _VERBS if verb[0].startswith(stem)), verb[0])
