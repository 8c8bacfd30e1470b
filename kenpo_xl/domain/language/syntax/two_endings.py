"""Two predicates in a row, of which one was to be deleted: 送付した発送した, 図った行った, 依頼した求めた."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.token import Token

_PAST = ("た", "だ")
_NO_ACTS = frozenset(
    ("後", "際", "時", "上", "分", "間", "者", "物", "場合", "結果", "以上", "以来", "以降", "通り")
)
"""Nouns behind which する may begin another clause: 送付した後した."""
_CAUSATIVE = ("せる", "させる", "れる", "られる")
_SINGLE, _OBJECT = ("し", "さ"), ("を", "が")
_DONE_OR_WAS = frozenset(("ある", "行う", "する", "図る", "実施"))
_ENDED = ("。", "、", "")


def two_endings(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """The past of one verb right before that of another, and ている before another ている."""
    for index, one in enumerate(tokens):
        if one.base == "た" and one.part_of_speech[0] == "助動詞" and one.surface in _PAST:
            end = _end_of_past(tokens, index + 1) or _end_of_same_act(tokens, index)
        elif one.base == "いる" and index and tokens[index - 1].surface in ("て", "で"):
            end = _end_of_lasting(tokens, index + 1) if one.inflection.startswith(("終止", "連体")) else 0
        else:
            continue
        if end:
            first = tokens[max(0, index - 2)]
            last = tokens[end - 1]
            words = "".join(token.surface for token in tokens[max(0, index - 2) : end])
            yield Misuse(first.start, last.end, words, "")


def _verb_end(tokens: Sequence[Token], index: int) -> int:
    """The index behind a verb in the form before た, or behind an act and its し; 0 for others."""
    if index >= len(tokens):
        return 0
    one = tokens[index]
    then = tokens[index + 1] if index + 1 < len(tokens) else None
    if one.part_of_speech[0] == "動詞":
        if one.inflection.startswith("未然形"):
            return index + 2 if then and then.base in _CAUSATIVE else 0
        return index + 1 if one.inflection.startswith("連用形") else 0
    is_act = one.part_of_speech[0] == "名詞" and one.surface not in _NO_ACTS and one.known
    return index + 2 if is_act and then and then.base == "する" and then.surface in _SINGLE else 0


def _end_of_past(tokens: Sequence[Token], index: int) -> int:
    """The index behind the past of a verb that begins at a place, if a clause ends there; 0 for none."""
    end = _verb_end(tokens, index)
    if not end or end >= len(tokens) or tokens[end].base != "た":
        return 0
    behind = tokens[end + 1].surface if end + 1 < len(tokens) else ""
    return end + 1 if behind in _ENDED else 0


def _end_of_lasting(tokens: Sequence[Token], index: int) -> int:
    end = _verb_end(tokens, index)
    words = [one.surface for one in tokens[end : end + 2]] if end else []
    is_lasting = len(words) > 1 and words[0] in ("て", "で") and tokens[end + 1].base == "いる"
    return end + 2 if is_lasting else 0


def _end_of_same_act(tokens: Sequence[Token], index: int) -> int:
    """The index behind an act that is said once more as a noun: 参加した参加があった."""
    if index < len(_SINGLE) or index + 3 >= len(tokens) or tokens[index - 1].base != "する":
        return 0
    act, particle, verb = tokens[index + 1 : index + 4]
    is_same = act.surface == tokens[index - 2].surface and particle.surface in _OBJECT
    return index + 4 if is_same and verb.base in _DONE_OR_WAS else 0
