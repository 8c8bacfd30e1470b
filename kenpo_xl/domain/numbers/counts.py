"""What is counted one by one, and names of levels, which may fall, unlike a count of the year so far."""

from __future__ import annotations

from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_THINGS = "件 人 名 者 社 部 通 枚 冊 個 本 点 回 校 組 票 団体 世帯 市町村 施設 会場"
_PLACES = "事業所 事業者 機関 か所 カ所 ヶ所 ケ所 箇所"
COUNTED_UNITS = frozenset(
    word + number for word in (*_THINGS.split(), *_PLACES.split()) for number in ("", "数")
)
"""Units of what is counted one by one, and so can only grow within a year."""
# The name of a level at its end: 対象者数, 加入者, 契約機関数, 待機児童数; not 初回面談数, 新規契約機関数.
_LEVEL = LazyPattern(
    r"(?:対象|加入|登録|在籍|現在|委嘱|会員|受給|認定者|契約|保有|設置|指定|適用|宣言|待機|定員|在所|入所)"
    r"(?:事業所|医療機関|健診機関|機関|施設|世帯|団体|会場|委員|児童|者|員|人|件|社|か所)*数?(?:\([^()]*\))?$|^未"
)
_NEW = AnyOf("新規|新た")


def is_named_as_new(name: str) -> bool:
    """Whether a name means that only what is new counts: 新規契約機関数."""
    return _NEW.is_in(name)


def is_named_as_level(name: str) -> bool:
    """Whether a name ends like that of a level: 委嘱事業所数."""
    return bool(_LEVEL.search(name))
