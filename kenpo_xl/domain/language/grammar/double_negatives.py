"""Negations of what is negative already (未提出でない事業所)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NOT_YET = (
    "提出|回答|納付|受診|受講|確認|処理|加入|登録|実施|開催|送付|返納|宣言|契約|利用|対応|着手|報告|設置|返却"
    "|申請|届出|治療|参加|収|払|納|整備"
)
_NEGATED = LazyPattern(
    rf"未(?:{_NOT_YET})者?で(?:は|も)?ない(?=[^\W\x00-ん][^。、はがも]{{0,10}}[へにをで])",
    needs=("でない", "ではない", "でもない"),
)
_URGED = AnyOf("督促|催促|催告|勧奨|案内|再送|再度")
_LEFT_OUT = AnyOf("ない|なかった|ず、|除|対象外|控え|中止|も")
_ENDS_TWICE = LazyPattern(r"(?:しない|できない|しなく|でない)ず", needs=("ないず", "なくず"))
_STUTTERED = LazyPattern(
    r"(?<!死)(?<!し)なない|なくなく|ないない(?!づ)|なかなかっ|できなできな",
    needs=("なない", "なくなく", "ないない", "なかなかっ", "できなできな"),
)
_TWICE = LazyPattern(r"(?<![少危切忙])(?<!すく)なくな(?:い|かっ)(?!か)", needs=("なくな",))


def double_negatives(text: str) -> Iterator[Misuse]:
    """未提出でない before a noun that is urged, なくない and 見られなない; not 少なくない nor なくはない.

    未提出でない事業所には礼状を送った is right: only those who have not yet done something are urged.
    """
    for pattern in (_NEGATED, _TWICE, _ENDS_TWICE, _STUTTERED):
        for found in pattern.finditer(text):
            if pattern is not _NEGATED or _are_those_before_urged(text, found.end()):
                yield Misuse(found.start(), found.end(), found[0], "")


def _are_those_before_urged(text: str, end: int) -> bool:
    """Whether those before a place are urged, and none of them is left out."""
    words = text[end:].partition("。")[0]
    return _URGED.is_in(words) and not _LEFT_OUT.is_in(words)
