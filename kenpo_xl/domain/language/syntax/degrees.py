"""Words of degree and of time beside one that excludes them: 大幅に微増, やや急増, 一斉に順次."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.text_span import TextSpan

_EXCLUDED = (
    ("大幅に|大きく|著しく|急激に|飛躍的に|大いに", "微増|微減|横ばい|変わらな|変化がな"),
    ("わずかに|やや|若干|少し|多少", "急増|急減|激増|激減|大幅に|著しく"),
    ("毎回|常に|必ず|いつも", "たまに|時々|時折|まれに"),
    ("一斉に", "順次|順番に"),
    ("順次", "一斉に"),
    ("全員が|全社が|全ての事業所が", "一部|半数"),
    ("随時", "定期的に"),
    ("定期的に", "随時|不定期"),
    ("初めて", "再度|再び|改めて"),
    ("直ちに|すぐに", "後日|翌月に"),
    ("徐々に", "急激に|一気に"),
    ("急激に", "徐々に|緩やかに"),
    ("概ね|おおむね|ほぼ", "完全に"),
)


def excluded_degrees(text: str) -> Iterator[TextSpan]:
    """Start and end of each pair of words of degree or time that exclude each other."""
    for firsts, seconds in _EXCLUDED:
        for words in map("".join, product(alternatives(firsts), alternatives(seconds))):
            for at in places_of(text, words):
                yield at, at + len(words)
