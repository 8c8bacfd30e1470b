"""What a writer leaves for colleagues in a draft: （発送？）, ５月or６月, 要修正, stars."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_UNSURE = LazyPattern(r"[?？]+", needs="?？")
_EITHER = LazyPattern(
    r"(?<=[^\x00-\x7f])[ \u3000]?(?:or|ｏｒ)[ \u3000]?(?=[^\x00-\x7f]|\d)", needs=("or", "ｏｒ")
)
_STATES = LazyPattern(
    r"(?:要修正|要加筆|要追記|要差し?替え?|要更新|要調整|要相談|要校正|修正要|確認要|未確定|数字未定)(?=[。、）)】\s]|$)"
    r"|[【［\[〔＜][^】］\]〕＞\n]{0,6}(?:書きかけ|書き途中|途中|編集中|記載中|執筆中|未完|保留|ペンディング|差し?替え?|仮|要確認|削除|不要|検討中|調整中|要[^】］\]〕＞\n]{2})"
    r"[^】］\]〕＞\n]{0,4}[】］\]〕＞]",
    needs=("要", "未", "【", "［", "[", "〔", "＜"),
)
_STAR = LazyPattern(r"(?<=[^\W_])[★☆](?=[^\W_])|(?<=[^\s])[★☆]+(?=[。、\s]|$)", needs="★☆")


def drafting_notes(text: str) -> Iterator[TextSpan]:
    """Where a text holds a question, an alternative, a state of the draft or a star; not in quotes."""
    for pattern in (_UNSURE, _EITHER, _STATES, _STAR):
        for found in pattern.finditer(text):
            if not _is_quoted(text, found.start()) and not _is_in_address(text, found.start()):
                yield found.span()


def _is_quoted(text: str, place: int) -> bool:
    return has_open_pair_at_end(text[text.rfind("\n", 0, place) + 1 : place], (*QUOTES, "“”", "〈〉", "《》"))


def _is_in_address(text: str, place: int) -> bool:
    """Whether a place is within a web address."""
    start = text.rfind("http", 0, place)
    return start >= 0 and all("!" <= letter <= "~" for letter in text[start:place])
