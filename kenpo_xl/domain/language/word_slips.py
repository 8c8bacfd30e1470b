"""Slips within words of kanji and katakana: 被険保者, 健康険委員, ホームペジ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import RUNS, is_behind_number, is_kanji
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlaceAndWord

_SHORTEST, _LONGEST = 4, 40
"""The runs of kanji that are looked at."""
_KATAKANA = LazyPattern(r"[ァ-ヴー]{4,40}")
_SWAPPED, _DUPLICATED, _DROPPED, _DROPPED_WITHIN, _UNKNOWN_SWAP = 2500, 3000, 1500, -3000, 9000
"""How much more usual the corrected word has to be."""
_AFFIXES = frozenset(
    "者所等的化性率数別用内外後前中上下時各全本当同新旧未非不再第年月日件人名回社部課局員書表費料金額証券"
)
_ALL_KATAKANA = "".join(map(chr, range(ord("ァ"), ord("ヴ") + 1))) + "ー"
_KATAKANA_GAIN = 2500


def kanji_slips(
    text: str, tokens: Sequence[Token], known: KnownWords, tokenizer: Tokenizer
) -> Iterator[Slip]:
    """Letters swapped, duplicated or dropped in a run of kanji; at most one slip in a run.

    Only runs are looked at in which the dictionary finds a kanji that is no word and no affix.
    """
    odd = [token for token in tokens if _is_token_odd(token, known)]
    for start, run in _kanji_runs(text) if odd else ():
        places = [
            at - start
            for one in odd
            if start <= one.start < start + len(run)
            for at in range(one.start, one.end)
        ]
        slip = _best_word_and_edit(_kanji_candidates(run, places, known), run, tokenizer) if places else None
        if slip:
            yield Slip(start, start + len(run), run, *slip)


def _kanji_runs(text: str) -> Iterator[PlaceAndWord]:
    """The start and the letters of each run of kanji, without a unit behind its number (10年以上勤める).

    A long one is split into pieces.
    """
    for found in RUNS.finditer(text):
        if found.end() - found.start() < _SHORTEST:
            continue
        first = found.start() + is_behind_number(text, found.start())
        end = found.end() - _length_of_ordinal(text, found.start(), found.end())
        for start in range(first, end, _LONGEST) if is_kanji(found[0][0]) else ():
            run = text[start : min(start + _LONGEST, end)]
            if len(run) >= _SHORTEST:
                yield start, run


def _length_of_ordinal(text: str, start: int, end: int) -> int:
    """The letters at the end of a run that lead to a number: 中第 in 都道府県中第13位."""
    is_ordinal = text[end - 1] == "第" and text[end : end + 2].lstrip()[:1].isdecimal()
    return (2 if text[start : end - 1].endswith(("中", "内")) else 1) if is_ordinal else 0


def _is_token_odd(token: Token, known: KnownWords) -> bool:
    """Whether a token is a kanji that is no usual affix, or a word that the other texts lack."""
    if not "一" <= token.surface[0] <= "龥" or token.part_of_speech[1] == "数詞":
        return False
    if token.part_of_speech[0] == "動詞" and token.known and is_kanji(token.surface[1:2]):
        return False  # 見送る
    if len(token.surface) == 1:
        return token.surface not in _AFFIXES or token.part_of_speech[0] not in ("接尾辞", "接頭辞")
    return not known.has_spelling(token.reading, token.surface)


def _best_word_and_edit(
    candidates: Iterator[tuple[str, Edit, int]], word: str, tokenizer: Tokenizer
) -> tuple[str, Edit] | None:
    cost: int | None = None
    best: tuple[int, str, Edit] | None = None
    for meant, edit, least in candidates:
        cost = _cost_as_object(word, tokenizer) if cost is None else cost
        gain = cost - _cost_as_object(meant, tokenizer) - least
        if gain >= 0 and (best is None or gain > best[0]):
            best = gain, meant, edit
    return best[1:] if best else None


def _cost_as_object(word: str, tokenizer: Tokenizer) -> int:
    """How unusual a word is as an object."""
    return tokenizer.cost(f"の{word}を")


def _kanji_candidates(word: str, places: Sequence[int], known: KnownWords) -> Iterator[tuple[str, Edit, int]]:
    """What a word may have been, the slip, and how much more usual it has to be.

    `places` are those of the letters that are no words.
    """
    for index in range(len(word) - 1):
        if index not in places and index + 1 not in places:
            continue
        letter, behind = word[index], word[index + 1]
        before, after = word[max(0, index - 1) : index], word[index + 2 : index + 3]
        if len(before + after) == 0 or known.has_run(before + letter + behind + after):
            continue
        if letter != behind:
            swapped = word[:index] + behind + letter + word[index + 2 :]
            is_known = known.has_run(before + behind + letter + after)
            yield swapped, Edit.SWAPPED, _SWAPPED if is_known else _UNKNOWN_SWAP
        elif before and known.has_run(before + letter + after):
            yield word[:index] + word[index + 1 :], Edit.DUPLICATED, _DUPLICATED
        dropped = known.letter_between(before + letter, behind + after)
        if dropped:
            least = _DROPPED if len(before + after) < 2 else _DROPPED_WITHIN
            yield word[: index + 1] + dropped + word[index + 1 :], Edit.DROPPED, least


def katakana_slips(text: str, known: KnownWords, tokenizer: Tokenizer) -> Iterator[Slip]:
    """Katakana words that the dictionary lacks and that are one letter away from a known word.

    Also known words with a large kana in place of a small one (セキュリテイ), or a hiragana that looks like
    its katakana (メンタルへルス).
    """
    yield from _hiragana_within_katakana(text, known, tokenizer)
    for found in _KATAKANA.finditer(text):
        word = found[0]
        if known.has_run(word):
            continue
        small = _LARGE_KANA.sub(_with_small_kana, word)
        if small != word and known.has_run(small):
            yield Slip(found.start(), found.end(), word, small, Edit.REPLACED)
            continue
        if _are_tokens_one_word(tokens := tokenizer(word)):
            continue
        meant = _known_katakana_word_and_edit(word, known)
        if meant is None and not _are_known_words(tokens):
            meant = _word_with_look_alike_and_edit(word, known, tokenizer) or _dictionary_katakana_and_edit(
                word, tokenizer
            )
        if meant:
            yield Slip(found.start(), found.end(), word, *meant)


def _are_known_words(tokens: Sequence[Token]) -> bool:
    """Whether all tokens are known ones of several letters."""
    return all(one.known and len(one.surface) > 1 for one in tokens)


def _hiragana_within_katakana(text: str, known: KnownWords, tokenizer: Tokenizer) -> Iterator[Slip]:
    """Words whose へ, べ or ぺ is a particle or a hiragana by mistake: メンタルへルス."""
    for found in _LIKE_KATAKANA.finditer(text):
        word = found[0]
        possible = [word.translate(table) for table in _TO_KATAKANA]
        meant = [
            one
            for one in possible
            if one != word and (known.has_run(one) or _is_far_more_usual(one, word, tokenizer))
        ]
        if meant:
            right = max(meant, key=lambda one: (known.has_run(one), _are_tokens_one_word(tokenizer(one))))
            yield Slip(found.start(), found.end(), word, right, Edit.REPLACED)


def _is_far_more_usual(meant: str, word: str, tokenizer: Tokenizer) -> bool:
    """Whether a word of the dictionary is far more usual than what is written."""
    gain = _cost_as_object(word, tokenizer) - _cost_as_object(meant, tokenizer)
    return gain > _HIRAGANA_GAIN and all(one.known for one in tokenizer(meant))


_LIKE_KATAKANA = LazyPattern(r"[ァ-ヴー]+[へべぺしりせかきこてらるれつんさすたまみ][ァ-ヴー]+")
_TO_KATAKANA = (
    str.maketrans("へべぺしりせかきこてらるれつんさすたまみ", "ヘベペシリセカキコテラルレツンサスタマミ"),
    str.maketrans("しんつり", "レソシソ"),
)
_HIRAGANA_GAIN = 8000
_LARGE_KANA = LazyPattern(
    r"[テデ]イ|[キシチニヒミリギジビピ][ヤユヨ]|[ファヴウ][アイエオ]|ツ(?=[カ-トパ-ポ])"
)
_SMALL = str.maketrans("アイエオヤユヨツ", "ァィェォャュョッ")


def _with_small_kana(found: re.Match[str]) -> str:
    return found[0][:-1] + found[0][-1].translate(_SMALL)


def _are_tokens_one_word(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].known


def _known_katakana_word_and_edit(word: str, known: KnownWords) -> tuple[str, Edit] | None:
    """A word of other texts that is one letter away."""
    for other in known.katakana_words():
        if abs(len(other) - len(word)) <= 1 and len(other) >= 5:
            edit = edit_between(word, other)
            if edit:
                return other, edit
    return None


def _dictionary_katakana_and_edit(word: str, tokenizer: Tokenizer) -> tuple[str, Edit] | None:
    """A single word of the dictionary that is one letter away, far more usual than the parts of `word`."""
    if len(word) > 12:
        return None
    cost = _cost_as_object(word, tokenizer)
    best, most = "", _KATAKANA_GAIN
    for other in sorted(_words_one_letter_away(word)):
        if len(other) < 4 or not tokenizer.has_word(other):
            continue
        gain = cost - _cost_as_object(other, tokenizer)
        if gain > most and _are_tokens_one_word(tokenizer(other)):
            best, most = other, gain
    edit = edit_between(word, best) if best else None
    return (best, edit) if edit else None


_LOOK_ALIKES = (
    *(
        ("ノレ", "ル"),
        ("ソ", "ン"),
        ("ン", "ソ"),
        ("シ", "ツ"),
        ("ツ", "シ"),
        ("ク", "ワ"),
        ("ワ", "ク"),
        ("ワ", "ウ"),
    ),
    *(
        ("ウ", "ワ"),
        ("ヌ", "ス"),
        ("ス", "ヌ"),
        ("マ", "ア"),
        ("ア", "マ"),
        ("チ", "テ"),
        ("テ", "チ"),
        ("コ", "ユ"),
    ),
    *(
        ("ユ", "コ"),
        ("バ", "パ"),
        ("パ", "バ"),
        ("ビ", "ピ"),
        ("ピ", "ビ"),
        ("ブ", "プ"),
        ("プ", "ブ"),
        ("ボ", "ポ"),
        ("ポ", "ボ"),
    ),
)


def _word_with_look_alike_and_edit(
    word: str, known: KnownWords, tokenizer: Tokenizer
) -> tuple[str, Edit] | None:
    """A known word, or one of the dictionary, that has a letter that looks like one of `word`."""
    for wrong, right in _LOOK_ALIKES:
        for at in places_of(word, wrong):
            meant = word[:at] + right + word[at + len(wrong) :]
            if known.has_run(meant) or _are_known_words(tokenizer(meant)):
                return meant, Edit.REPLACED
    return None


def _words_one_letter_away(word: str) -> set[str]:
    """The word with a letter less, with a katakana more, and with two letters swapped."""
    found = {word[:at] + word[at + 1 :] for at in range(len(word))}
    found |= {word[:at] + one + word[at:] for at in range(len(word) + 1) for one in _ALL_KATAKANA}
    found |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return found - {word}


def edit_between(word: str, other: str) -> Edit | None:
    """The one slip that makes `word` of `other`; None where it takes none or more than one."""
    first = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    rest, then = word[first:], other[first:]
    if len(word) == len(other):
        return _edit_of_same_length(rest, then)
    if len(word) == len(other) + 1 and rest[1:] == then:
        return Edit.DUPLICATED if first and rest[0] == word[first - 1] else Edit.EXTRA
    if len(word) + 1 == len(other) and rest == then[1:]:
        return Edit.DROPPED
    return None


def _edit_of_same_length(rest: str, then: str) -> Edit | None:
    """The edit between what two words differ in from its first letter on."""
    if rest and rest[1:] == then[1:]:
        return Edit.REPLACED
    is_swapped = len(rest) > 1 and rest[:2] == then[1::-1] and rest[2:] == then[2:]
    return Edit.SWAPPED if is_swapped else None
