"""Words that no office has but that read like one of the office vocabulary (免談 and 面談)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.homophones import Homophone, is_word_unlikely_there
from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import is_kanji, is_kanji_word, is_word_begun_by_unit
from kenpo_xl.domain.language.office.office_words import OfficeWords, office_words
from kenpo_xl.domain.language.office.plain_words import is_plain_word
from kenpo_xl.domain.language.token import Token, Tokenizer

_GAIN_OF_WORD, _GAIN_OF_PIECES = 1500, 4500
"""How much more usual the office's word has to be: of another word, and of letters that are no word."""
_GAIN_OF_SUFFIX = 500
_BODIES = "社所者"
_MOST_READINGS = 24
_AFFIXES = frozenset(
    "者所等的化性率数別用内外後前中上下時各全本当同新旧未非不再第年月日件人名回社部課局員書表費料金額証券"
    "様師士会行目市区町村県超減増生校期主約計毎両昨翌今先元次他御大小高低多少最無有要可側級"
    "宅店館園校室院棟席枠欄版誌紙網圏域案帳簿順値幅層"
)
_KINDS = frozenset("増減多少無有転移新旧古両各同全他脱節適高低満空")
_DONE = ("し", "す", "さ")
_SUFFIX_PAIRS = frozenset(("票表", "量料", "車者"))
"""Letters that read alike behind one word, and are both usual there: 点検票, 使用量, 販売車."""


@frozen
class _Piece:
    """The kanji of a token within a run, and its reading there.

    `is_letter`: it is one letter that may be read otherwise; `is_known`: the dictionary has the token.
    """

    surface: str
    start: int
    reading: str | None
    is_odd: bool
    is_letter: bool = False
    is_known: bool = True

    def readings(self, tokenizer: Tokenizer) -> tuple[str, ...]:
        """How the kanji may be read: as here, and of a letter as in other words."""
        here = () if self.reading is None else (self.reading,)
        return (
            (*here, *_possible_readings(self.surface, tokenizer, is_word=self.is_known))
            if self.is_letter
            else here
        )


def misconversions(
    text: str, tokens: Sequence[Token], known: KnownWords, tokenizer: Tokenizer
) -> Iterator[Homophone]:
    """The words of a text, and the letters that are no word, which read like a word of the office.

    What the other texts write is right, and so are names, numbers and affixes.
    """
    words = office_words()
    for token in tokens:
        is_rare = _is_rare_noun(token, words, known) and not is_word_begun_by_unit(
            text, token.start, token.surface
        )
        if is_rare and not is_plain_word(text, token.start, token.surface):
            meant = _meant_word_and_gain(text, token.start, token.surface, (token.reading,), words, tokenizer)
            if meant and meant[1] >= _GAIN_OF_WORD:
                is_sure = is_word_unlikely_there(text, token.start, token.surface, meant[0], tokenizer)
                yield Homophone(
                    token.start, token.end, token.surface, meant[0], token.reading, is_sure=is_sure
                )
    for run in _runs_with_odd_piece(tokens):
        yield from _homophones_of_pieces(text, run, words, known, tokenizer)


def _is_rare_noun(token: Token, words: OfficeWords, known: KnownWords) -> bool:
    first, second = token.part_of_speech
    if first not in ("名詞", "形状詞", "副詞") or second in ("数詞", "固有名詞"):
        return False
    if token.surface in words.words or not is_kanji_word(token.surface):
        return False
    return bool(words.words_with_reading(token.reading)) and not known.has_run(token.surface)


def _meant_word_and_gain(
    text: str,
    start: int,
    written: str,
    readings: Sequence[str],
    words: OfficeWords,
    tokenizer: Tokenizer,
) -> tuple[str, int] | None:
    """The word of the office that fits best between the letters around, and how much more usual it is."""
    found = [
        word
        for reading in readings
        for word in words.words_with_reading(reading)
        if len(word) == len(written) and is_kanji(word[-1])
    ]
    if not found:
        return None
    end = start + len(written)
    left, right = text[max(0, start - 3) : start], text[end : end + 3]
    cost, gains = tokenizer.cost(left + written + right), {}
    for word in found:
        gains[word] = cost - tokenizer.cost(left + word + right)
    return max(gains.items(), key=lambda one: (one[1], one[0]))


def _homophones_of_pieces(
    text: str, run: Sequence[_Piece], words: OfficeWords, known: KnownWords, tokenizer: Tokenizer
) -> Iterator[Homophone]:
    """Two or three pieces of a run of kanji, of which one is odd, that read like a word."""
    end = -1
    for pieces in _short_parts_with_odd_piece(run):
        start, written = pieces[0].start, "".join(one.surface for one in pieces)
        if start < end or written in words.words or known.has_run(written):
            continue
        if is_plain_word(text, start, written) or _is_piece_usual_beside(text, pieces):
            continue
        readings = [
            "".join(parts)
            for parts in islice(product(*(one.readings(tokenizer) for one in pieces)), _MOST_READINGS)
        ]
        meant = _meant_word_and_gain(text, start, written, readings, words, tokenizer)
        if meant and meant[1] >= _least_gain(written, meant[0]) and not _are_both_usual(written, meant[0]):
            end = start + len(written)
            yield Homophone(
                start, end, written, meant[0], "", is_sure=not _is_word_of_obvious_make(text, pieces)
            )


def _is_word_of_obvious_make(text: str, pieces: Sequence[_Piece]) -> bool:
    """Whether one letter says of which kind the other thing is, as anyone may write: 減床, 多床, 転棟."""
    is_pair = len(pieces) == 2 and pieces[0].surface in _KINDS and pieces[1].is_known
    return is_pair and not text.startswith(_DONE, pieces[1].start + 1)


def _is_piece_usual_beside(text: str, pieces: Sequence[_Piece]) -> bool:
    """Whether the first or the last letter makes a word with the one beside it: 限 in 納期限後."""
    first, last = pieces[0], pieces[-1]
    start, end = first.start, last.start + len(last.surface)
    before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return (first.is_odd and _is_word(before)) or (last.is_odd and _is_word(behind))


def _is_word(letters: str) -> bool:
    return is_kanji_word(letters) and letters in office_words().words


def _short_parts_with_odd_piece(run: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """Two or three pieces in a row of at most four letters, of which one is odd."""
    for first, count in product(range(len(run)), (2, 3)):
        pieces = run[first : first + count]
        is_short = len(pieces) == count and sum(len(one.surface) for one in pieces) <= 4
        if is_short and any(one.is_odd for one in pieces):
            yield pieces


def _are_both_usual(written: str, meant: str) -> bool:
    """Whether two words differ in suffixes alone that are both usual: 調査票 and 調査表."""
    return written[:-1] == meant[:-1] and written[-1] + meant[-1] in _SUFFIX_PAIRS


def _least_gain(written: str, meant: str) -> int:
    """How much more usual a word has to be than these letters: less if they differ in a suffix alone."""
    is_suffix = len(written) > 2 and written[:-1] == meant[:-1] and written[-1] not in _BODIES
    return _GAIN_OF_SUFFIX if is_suffix else _GAIN_OF_PIECES


def _runs_with_odd_piece(tokens: Sequence[Token]) -> Iterator[list[_Piece]]:
    """The runs of kanji with an odd piece: a letter that is no affix, or a word that no dictionary has."""
    for run in _runs_of_kanji(tokens):
        if all(token.known and len(kanji) > 1 for token, kanji in run):
            continue
        pieces = [piece for token, kanji in run for piece in _kanji_pieces(token, kanji)]
        if len(pieces) > 1 and any(one.is_odd for one in pieces):
            yield pieces


def _runs_of_kanji(tokens: Sequence[Token]) -> Iterator[list[tuple[Token, str]]]:
    """The tokens of each run of kanji with their kanji, without names and what is counted."""
    run: list[tuple[Token, str]] = []
    is_counted = False
    for token in tokens:
        kanji = "" if is_counted else _leading_kanji(token.surface)
        if token.surface.strip():
            is_counted = token.part_of_speech[1] == "数詞"
        if kanji and token.part_of_speech[1] not in ("数詞", "固有名詞"):
            run.append((token, kanji))
        if run and (len(kanji) < len(token.surface) or not kanji):
            yield run
            run = []
    if run:
        yield run


@lru_cache(maxsize=4_096)
def _leading_kanji(surface: str) -> str:
    end = 0
    while end < len(surface) and is_kanji(surface[end]):
        end += 1
    return surface[:end]


def _kanji_pieces(token: Token, kanji: str) -> Iterator[_Piece]:
    """The kanji of a token as a piece, each letter of an unknown one."""
    if token.known and len(kanji) > 1:
        yield _Piece(kanji, token.start, token.reading, is_odd=False)
        return
    for place, letter in enumerate(kanji):
        reading = token.reading if letter == token.surface else None
        is_word = letter == token.surface or token.base in (letter + "す", letter + "する")
        is_odd = not token.known or (is_word and letter not in _AFFIXES)
        yield _Piece(letter, token.start + place, reading, is_odd, is_letter=True, is_known=token.known)


@lru_cache(maxsize=512)
def _possible_readings(letter: str, tokenizer: Tokenizer, *, is_word: bool) -> tuple[str, ...]:
    """How a kanji may be read: as a word, and if it is none, in the words of the office."""
    found = dict.fromkeys(tokenizer.readings(letter))
    for word, reading in () if found and is_word else office_words().words_and_readings_with(letter):
        is_first = word[0] == letter
        for other in tokenizer.readings(word[1] if is_first else word[0]):
            rest = reading.removesuffix(other) if is_first else reading.removeprefix(other)
            if rest and rest != reading:
                found[rest] = None
    return tuple(found)
