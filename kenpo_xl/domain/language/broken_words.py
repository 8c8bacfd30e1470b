"""Words with a blank or a line break within them (実 施, 点　検)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_noun_letter
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BLANK = LazyPattern(r"(?<=\S)[ \u3000\n](?=\S)", needs=(" ", "\u3000", "\n"))
_COUNTED = LazyPattern(r"[\d０-９元]\s*[年月日回件人名社部時分期度]$")
_ENDS = LazyPattern(r"[\s\u3000、。：:（）()「」・\n]")
_WINDOW = 8
_SUFFIXES = tuple("所者率員証書費料")
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞")


def broken_words(text: str, tokenizer: Tokenizer, is_usual: Callable[[str], bool]) -> Iterator[Slip]:
    """The blanks that divide a word of the dictionary into pieces of which one at least is no word.

    Also those before a suffix (事業 所), where the whole is usual.
    """
    places = [at for found in _BLANK.finditer(text) if _is_between_letters(text, at := found.start())]
    if sum(_is_letter_apart(text, at) for at in places) <= 1:
        yield from (slip for at in places if (slip := _slip_at_break(text, at, tokenizer, is_usual)))


def _is_between_letters(text: str, at: int) -> bool:
    return all(is_noun_letter(one) or is_hiragana(one) for one in (text[at - 1], text[at + 1]))


def _is_letter_apart(text: str, at: int) -> bool:
    """Whether the letter before a blank is set apart, as in a form: 氏　名, 実 施 要 領."""
    return at < 2 or _ENDS.match(text[at - 2]) is not None


def _slip_at_break(text: str, at: int, tokenizer: Tokenizer, is_usual: Callable[[str], bool]) -> Slip | None:
    left = _ENDS.split(text[max(0, at - _WINDOW) : at])[-1]
    right = _ENDS.split(text[at + 1 : at + 1 + _WINDOW])[0]
    in_form = _is_letter_apart(text, at) and len(right) == 1
    if in_form or _COUNTED.search(text[max(0, at - 5) : at]):
        return None
    word = _token_spanning(tokenizer(left + right), len(left))
    if word is None:
        whole = left[-2:] + right[:1]
        is_one = _is_noun_with_suffix(left, right) and is_usual(whole)
        return Slip(at - 2, at + 2, text[at - 2 : at + 2], whole, Edit.EXTRA) if is_one else None
    pieces = word.surface[: len(left) - word.start], word.surface[len(left) - word.start :]
    if not _has_content(word) or all(_is_word(tokenizer(piece)) for piece in pieces):
        return None
    start, end = at - len(pieces[0]), at + 1 + len(pieces[1])
    return Slip(start, end, text[start:end], word.surface, Edit.EXTRA)


def _token_spanning(tokens: tuple[Token, ...], place: int) -> Token | None:
    return next((one for one in tokens if one.start < place < one.end), None)


def _is_noun_with_suffix(left: str, right: str) -> bool:
    """Whether two kanji end the left part, and a suffix alone begins the right one."""
    if len(left) < 2 or right[:1] not in _SUFFIXES or is_noun_letter(right[1:2] or "、"):
        return False
    return all(map(is_kanji, left[-2:]))


def _has_content(word: Token) -> bool:
    """Whether the dictionary has a word, and as one that means something and is no number."""
    return word.known and word.part_of_speech[0] in _CONTENT and word.part_of_speech[1] != "数詞"


def _is_word(tokens: tuple[Token, ...]) -> bool:
    return len(tokens) == 1 and tokens[0].known and len(tokens[0].surface) > 1
