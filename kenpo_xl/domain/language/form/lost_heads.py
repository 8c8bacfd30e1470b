"""Texts that begin in the middle of a sentence (・に対し文書を, 、年金事務所で)."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

_HEAD = LazyPattern(
    r"[\s\u3000]*(?P<bullet>[・•●○◆■▪※][\s\u3000]*|[0-9０-９]{1,2}[）)][\s\u3000]*)?"
    r"(?P<head>[、。，]|を|[がはの](?=[一-龥])"
    r"|に(?:対し|おいて|おける|ついて|より|よる|係る|基づ|向け|関し|関する|伴い|応じ|当た|あた|際し|加え|先立)"
    r"|とともに|と連携|と協議|への|からの)"
)


@frozen
class LostHead:
    """The words at the head of a text that nothing is before; certain behind a bullet, or for a comma."""

    start: int
    end: int
    is_certain: bool


def lost_head(text: str) -> LostHead | None:
    """The comma or particle that begins a text, None for a text with a head."""
    found = _HEAD.match(text)
    if not found:
        return None
    return LostHead(*found.span("head"), bool(found["bullet"]) or found["head"] in "、。，")
