"""Names of groups in a plan book, which 基本 lists."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.books.plan.support.unused import closest_word
from kenpo_xl.domain.language.normalize import normalized


def group_of_normalized_name(groups: Sequence[str], name: str) -> str:
    """The group of 基本 with this normalized name, '' if there is none."""
    return next((group for group in groups if normalized(group) == normalized(name)), "")


def unknown_group_message(groups: Sequence[str], name: str) -> str:
    """The error of a name that is no group."""
    likely = closest_word(name, groups)
    maybe = f"「{likely}」のことではありませんか。" if likely else ""
    return f"「{name}」はシート「基本」のグループにありません。{maybe}名前を合わせてください。"
