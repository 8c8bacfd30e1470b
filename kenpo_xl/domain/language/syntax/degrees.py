"""Words of degree and of time beside one that excludes them: 大幅に微増, やや急増, 一斉に順次."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.text_span import TextSpan

_EXCLUDED = (
    (
        alternatives("大幅に|大きく|著しく|急激に|飛躍的に|大いに"),
        alternatives("微増|微減|横ばい|変わらな|変化がな"),
    ),
    (alternatives("わずかに|やや|若干|少し|多少"), alternatives("急増|急減|激増|激減|大幅に|著しく")),
    (alternatives("毎回|常に|必ず|いつも"), alternatives("たまに|時々|時折|まれに")),
    (alternatives("一斉に"), alternatives("順次|順番に")),
    (alternatives("順次"), alternatives("一斉に")),
    (alternatives("全員が|全社が|全ての事業所が"), alternatives("一部|半数")),
    (alternatives("随時"), alternatives("定期的に")),
    (alternatives("定期的に"), alternatives("随時|不定期")),
    (alternatives("初めて"), alternatives("再度|再び|改めて")),
    (alternatives("直ちに|すぐに"), alternatives("後日|翌月に")),
    (alternatives("徐々に"), alternatives("急激に|一気に")),
    (alternatives("急激に"), alternatives("徐々に|緩やかに")),
    (alternatives("概ね|おおむね|ほぼ"), alternatives("完全に")),
)


def excluded_degrees(text: str) -> Iterator[TextSpan]:
    """Start and end of each pair of words of degree or time that exclude each other."""
    for firsts, seconds in _EXCLUDED:
        for first in firsts:
            for at in places_of(text, first):
                behind = at + len(first)
                second = next((one for one in seconds if text.startswith(one, behind)), "")
                if second:
                    yield at, behind + len(second)
