"""Words behind a number that make it a difference: 5件増, 30件伸び, 40人それぞれ増加."""

from __future__ import annotations

from kenpo_xl.domain.lazy_patterns import LazyPattern

_CHANGED = (
    r"(?:増|減|純[増減]|上昇|上が|低下|下が|上回|下回|伸[びば]|落ち込|拡大|縮小|超過|プラス|マイナス"
    r"|多[いくかさ]|少な|高[いく]|低[いく])"
)
_CHANGE = LazyPattern(
    rf"\s*(?:[(（][^()（）]{{1,12}}[)）])?\s*(?:の|ほど|も|が|分の?)?\s*(?:{_CHANGED}|の差|ポイント|上積み|上乗せ|積み増)|\s*を\s*(?:加え|上乗せ|積み増)"
    rf"|\s*(?:、[^。]{{0,20}}?)?(?:それぞれ|ともに|いずれも)、?{_CHANGED}"
)


def is_followed_by_change(behind: str) -> bool:
    """Whether the words right behind a number say that something grew or differs by it."""
    return _CHANGE.match(behind) is not None
