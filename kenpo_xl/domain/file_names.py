"""What a file may be called on every system that an office has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from kenpo_xl.domain.control_characters import CONTROL_CHARACTERS
from kenpo_xl.domain.lazy_patterns import LazyPattern

LONGEST = 60
"""The most letters of a name that endings, dates and marks of a lock are added to."""
_SIGNS = LazyPattern(rf'[\\/:*?"<>|{CONTROL_CHARACTERS}]')
_ENDS = LazyPattern(r"^[.\s]|[.\s]$")
# Windows takes these for devices, whatever follows behind a point.
_DEVICE = LazyPattern(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LEFT_BY_PROGRAMS = LazyPattern(r"~.*|.*\.(tmp|bak)|[0-9A-F]{8}", re.IGNORECASE)
# What Explorer and Finder call a copy that lies beside its original.
_COPY = LazyPattern(
    r"(コピー|Copy)( \(\d+\))? ?[~〜] ?.+|Copy of .+|.+ - (コピー|Copy)( \(\d+\))?|.+のコピー( ?\d+)?",
    re.IGNORECASE,
)


def is_named_as_copy(stem: str) -> bool:
    """Whether a file is called as a copy that was made beside its original (… - コピー)."""
    return bool(_COPY.fullmatch(unicodedata.normalize("NFKC", stem)))


def unusable_name_reason(name: str, taken: Container[str] = ()) -> str:
    """Why no book can be called so, with what to do; '' where it can. `taken` are names of other books."""
    if _SIGNS.search(name) or _ENDS.search(name) or len(name) > LONGEST:
        return (
            '\\ / : * ? " < > | と改行を使わず、先頭と末尾に点や空白を置かず、'
            f"{LONGEST} 字以内にしてください。"
        )
    if _DEVICE.fullmatch(name):
        return f"「{name}」は Windows がファイルの名前に使わせない語です。別の名前にしてください。"
    if _LEFT_BY_PROGRAMS.fullmatch(name) or is_named_as_copy(name):
        return f"「{name}」は一時ファイルやコピーの名前と見分けられません。別の名前にしてください。"
    if unicodedata.normalize("NFKC", name) in taken:
        return f"「{name}」は別のブックの名前です。別の名前にしてください。"
    return ""
