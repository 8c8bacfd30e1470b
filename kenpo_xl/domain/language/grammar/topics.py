"""Topics that their sentence does not answer: 目的は、理解を深めた。 for 理解を深めることである。"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ANSWERED = (
    "ため|から|こと|もの|ところ|点|よる|よって|より|ある|あり|あっ|考え|思わ|見ら|挙げ|推測|達成|調査|分析|検討|確認|把握"
    "|説明|整理|検証|共有|報告|公表|記載|伝え|示し|定め|決め|掲げ"
)
_PATTERNS = (
    LazyPattern(
        rf"(?:目的|ねらい|狙い|趣旨)は、(?:(?!{_ANSWERED})[^。]){{2,40}}?を(?:(?!{_ANSWERED})[^。、はが]){{1,12}}"
        r"(?:た|ている)(?=。)",
        needs=("目的は、", "いは、", "趣旨は、"),
    ),
    LazyPattern(
        rf"(?:理由|原因|要因|背景)は、(?:(?!{_ANSWERED})[^。]){{2,40}}?[がも](?:(?!{_ANSWERED})[^。、]){{1,14}}"
        r"(?:た|ない|ている)(?=。)",
        needs=("由は、", "因は、", "景は、"),
    ),
    LazyPattern(
        rf"課題は、(?:(?!{_ANSWERED})[^。]){{2,40}}?が[^。、]{{0,8}}?"
        r"(?:不足している|足りない|少ない|遅れている|低い|できていない)(?=。)",
        needs="課題は、",
    ),
)


def unanswered_topics(text: str) -> Iterator[Misuse]:
    """Each 目的は、理由は、 or 課題は、 with a verb behind it that says no purpose, reason or task."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], "")
