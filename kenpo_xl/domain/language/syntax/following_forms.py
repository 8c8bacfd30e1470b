"""Forms of a verb that the next word does not take: 実施した予定, 開催する済み, 実施予定した."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.syntax.tokens import token_at
from kenpo_xl.domain.language.token import Token

_ANY = ("",)
# A word, and what is behind it where no past may be before it.
_NOT_BEHIND_PAST = {
    "予定": ("。", "で", "だ", "と", "）"),
    "必要": ("が", "は", "も", "性"),
    "べき": _ANY,
    "つもり": ("。", "で", "だ", "と"),
    "ながら": _ANY,
    "つつ": _ANY,
    "前": ("に", "から"),
    "たび": ("に",),
    "度": ("に",),
    "ごと": ("に",),
    "につれ": _ANY,
    "とともに": _ANY,
    "こととする": _ANY,
    "や否や": _ANY,
    "べく": _ANY,
    "まい": _ANY,
    "まで": ("に", "は", "の"),
    "うち": ("に",),
    "方針": ("。", "で", "だ"),
    "見通し": ("。", "で", "だ"),
    "運び": ("と",),
}
_NOT_BEHIND_PRESENT = {
    "済み": _ANY,
    "済": _ANY,
    "後": ("に", "は", "、", "も", "の", "で"),
    "以来": _ANY,
    "以降": _ANY,
    "直後": _ANY,
    "ながら": _ANY,
    "つつ": _ANY,
    "やすい": _ANY,
    "にくい": _ANY,
    "たい": _ANY,
    "はじめ": ("た", "て"),
}
_FORMS = ("終止形", "連体形")
_PLANNED = frozenset(("予定", "済み", "済", "中", "見込み", "見込"))


def misfollowed_forms(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """Each verb in a form that the next word does not take, and each act with two endings (実施予定した)."""
    for index in range(1, len(tokens)):
        if _is_form_misfollowed(tokens, index) or _is_planned_and_done(tokens, index):
            first = tokens[max(0, index - 2)]
            last = token_at(tokens, index + 1)
            words = "".join(one.surface for one in tokens[max(0, index - 2) : index + 2])
            yield Misuse(first.start, last.end or tokens[index].end, words.strip("、。"), "")


def _is_form_misfollowed(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word before an index is a verb in a form that the word there does not take."""
    before = tokens[index - 1]
    if (
        before.base in ("た", "だ")
        and before.part_of_speech[0] == "助動詞"
        and before.surface in ("た", "だ")
    ):
        return token_at(tokens, index - 2).part_of_speech[0] in (
            "動詞",
            "助動詞",
        ) and _is_form_followed_by_any(tokens, index, _NOT_BEHIND_PAST)
    is_verb = before.part_of_speech[0] == "動詞" and before.inflection.startswith(_FORMS)
    return is_verb and _is_form_followed_by_any(tokens, index, _NOT_BEHIND_PRESENT)


def _is_form_followed_by_any(tokens: Sequence[Token], index: int, words: dict[str, tuple[str, ...]]) -> bool:
    """Whether the words from an index on are one of some, with what is to be behind it."""
    text = "".join(one.surface for one in tokens[index : index + 4]) + "。"
    return any(text.startswith(word) and text.startswith(behind, len(word)) for word, behind in words.items())


def _is_planned_and_done(tokens: Sequence[Token], index: int) -> bool:
    """Whether 予定 or 済み behind an act has した behind it: 実施予定した, 送付済みした."""
    if tokens[index].surface not in _PLANNED or tokens[index - 1].surface not in office_words().acts:
        return False
    verb, past = token_at(tokens, index + 1), token_at(tokens, index + 2)
    return verb.base == "する" and verb.surface == "し" and past.surface in ("た", "て")
