"""Words of a sentence that do not decide on the case of a verb: times, numbers and adverbs."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.language.token import Token

NOTHING = Token("", ("", ""), "", "", "", 0, False)
"""What is before the beginning and behind the end of a text."""
_TIMES = frozenset(
    (
        *(
            "年",
            "月",
            "日",
            "年度",
            "月上旬",
            "月中旬",
            "月下旬",
            "上旬",
            "中旬",
            "下旬",
            "半期",
            "四半期",
            "時",
            "分",
        ),
        *(
            "週",
            "回",
            "今",
            "本",
            "昨",
            "来",
            "度",
            "令和",
            "令",
            "和",
            "毎月",
            "毎年",
            "毎週",
            "毎日",
            "今月",
            "今年度",
            "本年度",
            "前年度",
            "月末",
            "年度末",
        ),
        *("初め", "末", "件", "部", "人", "名", "社", "通", "枚", "か月", "月間", "日間", "年間"),
    )
)
_OF_TIMES = frozenset(("より", "から", "まで", "に", "、", "で", "かけ", "て"))
_FURTHEST = 10


def token_at(tokens: Sequence[Token], index: int) -> Token:
    """The token at an index, an empty one outside of the text."""
    return tokens[index] if 0 <= index < len(tokens) else NOTHING


def index_behind_adverbs(tokens: Sequence[Token], index: int) -> int:
    """The index of the first word from an index on that is no time, number or adverb."""
    end = index
    while end < min(index + _FURTHEST, len(tokens)):
        step = _length_of_adverb(tokens, end, is_first=end == index)
        if not step:
            break
        end += step
    return end


def _length_of_adverb(tokens: Sequence[Token], index: int, *, is_first: bool) -> int:
    """How many tokens from an index on are an adverb, a time or a number; 0 for none."""
    one, then = token_at(tokens, index), token_at(tokens, index + 1)
    if one.part_of_speech[0] == "副詞" or one.part_of_speech[1] == "数詞" or one.surface in _TIMES:
        return 1
    if one.part_of_speech[0] in ("形状詞", "接尾辞") and then.surface == "に" and then.base == "だ":
        return 2
    is_behind_time = not is_first and one.surface in _OF_TIMES
    return int(is_behind_time or not one.surface.strip())
