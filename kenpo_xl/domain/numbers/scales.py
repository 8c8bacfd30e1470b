"""Units of one scale: 千円 and 円, ％ and a fraction, 千人 and 人, and the counting words between them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PERCENT = "％"
_POWERS = {"千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "億": 8, "十億": 9, "百億": 10, "兆": 12}
_PREFIXED = LazyPattern(r"(十万|百万|千万|十億|百億|千|万|億|兆)(.+)")
# Units that measure: a number in one of them is no number in another, as one of 件 is one of 事業所.
_MEASURES = {_PERCENT, FRACTION, "‰", "ポイント", "円", "位", "倍", "歳", "日", "月", "年", "時間", "分"}


def value_in_other_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A number of one unit in another, exactly; None if that is no question of scale.

    A counting word (件, 事業所) may be another one. A unit that is not named has no scale.
    """
    if unit == wanted:
        return value
    if {unit, wanted} == {_PERCENT, FRACTION}:
        return value.scaleb(2 if unit == FRACTION else -2)
    (power, base), (wanted_power, wanted_base) = _power_and_base(unit), _power_and_base(wanted)
    if base != wanted_base and not _MEASURES.isdisjoint((base, wanted_base)):
        return None
    if "" in (base, wanted_base) and (power or wanted_power):
        return None
    return value.scaleb(power - wanted_power)


@lru_cache(maxsize=256)
def scale_of_unit(unit: str) -> str:
    """What units have in common if a number of one is that of the other: 件 and 事業所, not 円 and 千円."""
    power, base = _power_and_base(unit)
    return f"{base if base in _MEASURES else ''}{power or ''}"


def units_of_other_scales(unit: str) -> tuple[str, ...]:
    """The units that measure the same in another scale: 円, 万円 and others for 千円."""
    if unit in (_PERCENT, FRACTION):
        return (FRACTION if unit == _PERCENT else _PERCENT,)
    power, base = _power_and_base(unit)
    scaled = {0: base, **{number: f"{words}{base}" for words, number in _POWERS.items()}}
    return tuple(name for number, name in scaled.items() if base and number != power)


def _power_and_base(unit: str) -> tuple[int, str]:
    """The power of ten and the plain unit: 千円 is 3 and 円."""
    found = _PREFIXED.fullmatch(unit)
    return (_POWERS[found[1]], found[2]) if found else (0, unit)
