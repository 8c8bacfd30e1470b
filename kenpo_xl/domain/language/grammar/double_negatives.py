"""Negations of what is negative already (未提出でない事業所)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NOT_YET = (
    "提出|回答|納付|受診|受講|確認|処理|加入|登録|実施|開催|送付|返納|宣言|契約|利用|対応|着手|報告|設置|返却"
    "|申請|届出|治療|参加|収|払|納|整備"
)
_NEGATED = LazyPattern(
    rf"未(?:{_NOT_YET})者?で(?:は|も)?ない(?=[^\W\x00-ん][^。、はがも]{{0,10}}[へにをで])",
    needs=("でない", "ではない", "でもない"),
)
_ENDS_TWICE = LazyPattern(r"(?:しない|できない|しなく|でない)ず", needs=("ないず", "なくず"))
_TWICE = LazyPattern(r"(?<![少危切忙])(?<!すく)なくな(?:い|かっ)(?!か)", needs=("なくな",))


def double_negatives(text: str) -> Iterator[Misuse]:
    """未提出でない before a noun that something is done to, and なくない; not 少なくない nor なくはない."""
    for pattern in (_NEGATED, _TWICE, _ENDS_TWICE):
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], "")
