"""Particles that no noun is before: 。に載せた後は, 医師会、が加わる, 内容についてを失う."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_kanji, is_noun_letter
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_VERB_FORM = "[るたいすくつむぶりめけき]を"
# Behind a mark that ends a clause, behind particles that end a phrase, and behind a verb.
_BEHIND_MARK = LazyPattern(r"[、。](を|が|へ|に|の|は|で|も)(?![ぁ-ん、。）)」\s])")
_BEHIND_PHRASE = LazyPattern(
    r"(?:について|において|によって|により|に対して|に対し|に関して|に関し|に伴い|に際し|に向けて|を通じて)"
    r"([をへ])(?![ぁ-ん、。]|議題|議案|テーマ|主|中心)",
    contains="[ていしり][をへ]",
)
_BEHIND_VERB = LazyPattern(
    r"(?:する|した|った|いる|れた|れる|める|せる|ける|である|ない)(を)(?![ぁ-ん、。])",
    contains=_VERB_FORM,
)
_NOT_BEHIND = ("ざるを", "やむを", "あるを", "いえるを", "近くを", "多くを", "遠くを", "古くを")
# 関係機関とのを図った, 対象者への行った: the noun behind its attribute is lost.
_BEHIND_ATTRIBUTE = LazyPattern(
    r"(?<=[^\W\x00-ヿ])(?:との|への|での|からの|についての|に対する|に関する|における|に係る)(を|が|に|は|で)(?![ぁ-ん、。])"
    r"|(?<=[^\W\x00-ヿ])(?:への|についての|に対する|に関する|における|での|からの)(?:行っ|行い|実施し|開催し|送付し|図っ)"
    r"|(?<=[^\W\x00-ヿ])として(?:が|を)(?![ぁ-ん])",
    needs=(
        *(
            f"{one}{behind}"
            for one in ("との", "への", "での", "からの", "ての", "対する", "関する", "おける", "に係る")
            for behind in "をがにはで"
        ),
        *(
            f"{one}{behind}"
            for one in ("への", "ての", "対する", "関する", "おける", "での", "からの")
            for behind in ("行っ", "行い", "実施し", "開催し", "送付し", "図っ")
        ),
        "としてを",
        "としてが",
    ),
)
# 見直すを見直した, 協議を行いを実施: a verb has no を.
_BEHIND_VERB_FORM = LazyPattern(
    r"(?<=[^\W\x00-ヿ])[すくつむぶ](を)(?![ぁ-ん、。得])|を(?:行い|図り|進め|設け|求め|強め|高め|開き|送り|配り)(を)(?![ぁ-ん、。])",
    contains=_VERB_FORM,
)
_BEHIND_NO = LazyPattern(r"の([をが])(?![ぁ-ん、。])", contains="の[をが]")
_PATTERNS = (_BEHIND_MARK, _BEHIND_PHRASE, _BEHIND_VERB, _BEHIND_VERB_FORM, _BEHIND_ATTRIBUTE)
_FIRST = (
    "について に対し において により による に係る に基づ に向け に関し に伴い に応じ に当た にあた "
    "に際し に加え に先立 "
    "とともに と連携 と協議 への からの を通じ を踏まえ ため、 ことから ことにより のうえ、 の上、 "
    "うえで、 ものの、 "
    "る。 た。 て。 をした。 を行った。 した。 とした。 である。 となった。 とする。 する。 いる。 "
    "いた。 された。 している。 ました。 とした、 "
    "および 及び ならびに 並びに または、 又は、 として、 の結果を の結果、 など、 等の 等を など "
)
_NEVER_FIRST = tuple(_FIRST.split())
"""What no sentence begins with."""
_QUALITIES = frozenset("的般密要能効")
"""Last letters of words with な or の before の: 有効なのが, 主要のが."""


def lost_nouns(text: str) -> Iterator[TextSpan]:
    """Where a particle has nothing before it, with the letters that show it."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start = found.start()
            quoted = pattern is _BEHIND_MARK and _is_short_up_to(text, start)
            if not quoted and not text.endswith(_NOT_BEHIND, 0, found.end()):
                yield start, found.end()
    for phrase in _NEVER_FIRST:
        at = text.find(f"。{phrase}")
        if at >= 0 and not _is_short_up_to(text, at):
            yield at, at + 1 + len(phrase)
    for found in _BEHIND_NO.finditer(text):
        noun = text[max(0, found.start() - 2) : found.start()]
        is_noun = len(noun) == 2 and all(map(is_noun_letter, noun))
        if is_noun and is_kanji(noun[-1]) and noun[-1] not in _QUALITIES:
            yield found.start() - 2, found.end()


def _is_short_up_to(text: str, end: int) -> bool:
    """Whether a single letter is before a mark: に、を and は、が are words that the sentence mentions."""
    return end < 2 or text[end - 2] in "\n、。「・"
