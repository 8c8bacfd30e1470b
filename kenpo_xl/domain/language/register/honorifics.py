"""Words of respect that a report does not use, or mixes: お送りになり, いただかれた, 申された."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_ACT = r"[^\W\x00-ヿ]{1,3}"
_POLITE = r"(?<![^\W\x00-ヿ])[おごご御]"
_PATTERNS = (
    # of others: お送りになる, ご参加になった, ご参加される
    LazyPattern(
        rf"{_POLITE}(?!客|知らせ|世話|手数|迷惑|負担|陰){_ACT}[いきしちりみびえけせてねめれべげぎ]?に(?:なら|なり|なる|なっ|なれ)",
        contains=r"[おご御][^。、]{1,5}にな",
    ),
    LazyPattern(
        rf"{_POLITE}{_ACT}[いきしちりみびえけせてねめれべげぎ]?され", contains=r"[おご御][^。、]{1,5}され"
    ),
    LazyPattern(
        r"なさ(?:っ[たて]|いま|る(?=[。、])|れ[たて])|いらっしゃ|おっしゃ[っいるら]|仰っ|召し上が|拝[見聴読受]し"
        r"|存じ(?:ます|上げ|て)|申し上げ|参りま|致しま|させて(?:いただ|頂)",
        needs=(
            *(
                "なさ",
                "いらっしゃ",
                "おっしゃ",
                "仰っ",
                "召し上",
                "拝",
                "存じ",
                "申し上げ",
                "参りま",
                "致しま",
            ),
            "させて",
        ),
    ),
    # twice: していただかれた, お…になられ, いただけられ
    LazyPattern(
        r"いただかれ|いただけられ|くださられ|になられ|おられま|させられていただ", needs=("られ", "かれ")
    ),
    # a humble word with respect for another: お客様が申された, 評議員が拝見された, おいでになった
    LazyPattern(
        r"(?<![^\W\x00-ヿ])(?:申され|参られ|承られ|致され|頂戴され|拝[見聴読受借]され)|いたされ|存じられ|おいでにな"
        r"|(?<=[様方々員者主氏ん][がはも])伺われ",
        needs=("され", "参られ", "承られ", "存じられ", "おいでにな", "伺われ"),
    ),
    # of an act of one's own: ご案内していただく is 案内していただく or ご案内いただく
    LazyPattern(rf"{_POLITE}{_ACT}を?して(?:いただ|頂|くださ|もら)", contains=r"[おご御][^。、]{1,4}して"),
)


def honorifics(text: str) -> Iterator[TextSpan]:
    """Where a text has words of respect that a report does not use; not in quotes."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            first = text.rfind("\n", 0, found.start()) + 1
            if not has_open_pair_at_end(text[first : found.start()], QUOTES):
                yield found.span()
