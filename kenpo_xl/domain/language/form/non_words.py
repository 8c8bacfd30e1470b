"""Two kanji that are no word, one letter away from a word of the office: 入冊 for 入札."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import RUNS, is_kanji
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.office.plain_words import is_plain_word
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.text_span import TextSpan

# Letters behind or before numbers and other words.
_AFFIXES = frozenset(
    "者所等的化性率数別用内外後前中上下時各全本当同新旧未非不再第年月日件人名回社部課局員書表費料金額証券"
    "様師士会行目市区町村県超減増生校期主約計毎両昨翌今先元次他御大小高低多少最無有要可分号歳円千万百十台"
    "半秋春夏冬通組棟階室戸世帯度割点位級種類条項章節版案集編課係班店館場院園堂寺社駅線港橋川山谷島"
)
_PARTICLES = tuple("をにがはでとのもへしさ")
"""What stands behind a noun of a sentence; 保発1228 and （月・振休） are notations."""
_ERAS = ("令和", "平成", "昭和", "大正", "明治")
_HONORIFIC = "お御ご"


def non_words(
    text: str, tokens: Sequence[Token], known: KnownWords, tokenizer: Tokenizer
) -> Iterator[TextSpan]:
    """Start and end of each run of two kanji that neither the dictionary nor any other text has.

    A particle or する follows. Names that the dictionary knows in part, letters of counting and what follows
    お are silent.
    """
    for word, parts in _pairs_of_single_kanji(text, tokens):
        start, end = parts[0].start, parts[0].start + 2
        if text[end : end + 1] not in _PARTICLES:
            continue
        before = text[max(0, start - 1) : start]
        if _is_name_or_notation(word, parts) or before in tuple(_HONORIFIC) or before.isdecimal():
            continue
        is_plain = is_plain_word(text, start, word)
        if (
            not is_plain
            and _is_near_office_word(word)
            and not known.has_run(word)
            and not tokenizer.has_word(word)
        ):
            yield start, end


def _pairs_of_single_kanji(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, Token]]]:
    """The runs of two kanji of which each is a token, with these."""
    singles = {one.start: one for one in tokens if len(one.surface) == 1}
    for found in RUNS.finditer(text) if len(singles) > 1 else ():
        word, start = found[0], found.start()
        if len(word) == 2 and is_kanji(word[0]) and {start, start + 1} <= singles.keys():
            yield word, (singles[start], singles[start + 1])


def _is_name_or_notation(word: str, parts: tuple[Token, Token]) -> bool:
    """Whether two kanji are a name in part, an era, an activity (終活), or letters beside other words."""
    is_name = any(one.part_of_speech[1] in ("固有名詞", "数詞") for one in parts)
    return is_name or word in _ERAS or word[1] == "活" or not _AFFIXES.isdisjoint(word)


def _is_near_office_word(word: str) -> bool:
    firsts, lasts = _letters_of_office_words()
    return word[0] in firsts or word[1] in lasts


@cache
def _letters_of_office_words() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last letters of the office's words of two kanji."""
    words = [one for one in office_words().words if len(one) == 2 and all(map(is_kanji, one))]
    return frozenset(one[0] for one in words), frozenset(one[1] for one in words)
