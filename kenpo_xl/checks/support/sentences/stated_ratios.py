"""Which ratios a sentence allows between two numbers: の2倍, の3倍を超えた, から半減した."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ENDLESS = Decimal("Infinity")
_TENTH = Decimal("0.08")
_SCALES = {"%": Decimal("0.01"), "％": Decimal("0.01"), "割": Decimal("0.1"), "倍": Decimal(1)}
_PERCENT, _CHANGES = ("%", "％"), ("増", "減", "上昇", "低下", "上回", "下回")
_FALLS = ("下回", "減", "低下", "マイナス", "ダウン")
# How far a ratio is beyond one that it is near to, or a little more than.
_NEARLY, _A_LITTLE_MORE = Decimal("0.8"), Decimal("1.25")
_HALF, _DOUBLE = (Decimal("0.35"), Decimal("0.65")), (Decimal("1.55"), Decimal("2.6"))
_ROUGH_PART = Decimal("0.2")


@frozen
class StatedRatio:
    """The ratios of this number to the other that some words allow, each from its lowest to its highest.

    `now` is this number, where it is stated behind: 前年の2倍の120件. `are_open`: the bounds are no part.
    `is_change`: the words state the increase or decrease alone (12.5％の増加).
    """

    text: str
    allowed: tuple[tuple[Decimal, Decimal], ...]
    now: Decimal | None = None
    are_open: bool = False
    is_change: bool = False

    def holds(self, ratio: Decimal) -> bool:
        """Whether a ratio is one of them."""
        if self.are_open:
            return any(low < ratio < high for low, high in self.allowed)
        return any(low <= ratio <= high for low, high in self.allowed)


_ABOUT = r"(?P<about>約|おおよそ|およそ|ほぼ|概ね|おおむね)?\s*"
_IS_LIMIT = (
    r"(?P<above>(?:を|も)?(?:大きく|大幅に|わずかに|はるかに)?(?:超え|超(?=[。、とにで])|上回)|以上)"
    r"|(?P<below>に(?:は|も)?(?:届か|達し(?:な|てい?な)|満た|及ば|とど(?:か|いてい?な))|を(?:大きく|大幅に|わずかに)?(?:下回|割)|未満|以下)"
    r"|(?P<near>近く|弱|に(?:迫|せま|近))|(?P<strong>強|余り?)"
)
_MULTIPLE = LazyPattern(rf"{_ABOUT}(?P<digits>\d+(?:\.\d+)?)\s*倍(?:{_IS_LIMIT})?(?!増)", contains=r"\d\s*倍")
_WORDS = LazyPattern(
    rf"{_ABOUT}(?:(?P<halved>半減)|(?P<doubled>倍増)"
    rf"|(?:(?P<half>半分|半数)|(?P<below_of>\d)\s*分の\s*(?P<above_of>\d)(?!\d))(?:{_IS_LIMIT})?)",
    needs=("半", "倍増", "分の"),
)
_HOPES = AnyOf("目指|目標|図|計画|よう|たい|べき|予定|見込|ために|減らす|増やす|抑える|せる|必要|想定")
_CLAUSE = LazyPattern(r"[^。、\n]{0,20}")


def ratio_stated_at(plain: str, place: int) -> StatedRatio | None:
    """What 倍, 半減 or 3分の1 at a place says, None for other words, and for what is only hoped."""
    found = _MULTIPLE.match(plain, place)
    if found is not None:
        return None if _is_hoped(plain, found.end()) else _with_limit(found, Decimal(found["digits"]))
    found = _WORDS.match(plain, place)
    if found is None or _is_hoped(plain, found.end()):
        return None
    if found["halved"] or found["doubled"]:
        return StatedRatio(found[0], (_HALF if found["halved"] else _DOUBLE,))
    return _with_limit(found, None)


def _is_hoped(plain: str, place: int) -> bool:
    clause = _CLAUSE.match(plain, place)
    return clause is not None and _HOPES.is_in(clause[0])


def _with_limit(found: re.Match[str], times: Decimal | None) -> StatedRatio:
    if times is not None:
        ratio, spread = times, _allowed_deviation("倍", times, is_about=bool(found["about"]))
    else:
        ratio = Decimal(found["above_of"] or 1) / Decimal(found["below_of"] or 2)
        spread = ratio * _ROUGH_PART if found["below_of"] else _HALF[1] - ratio
    is_closed = found[0].endswith(("以上", "以下"))
    if found["above"]:
        return StatedRatio(found[0], ((ratio, _ENDLESS),), are_open=not is_closed)
    if found["below"]:
        return StatedRatio(found[0], ((Decimal(-1), ratio),), are_open=not is_closed)
    if found["near"]:
        return StatedRatio(found[0], ((ratio * _NEARLY, ratio),))
    if found["strong"]:
        return StatedRatio(found[0], ((ratio, ratio * _A_LITTLE_MORE),))
    return StatedRatio(found[0], ((ratio - spread, ratio + spread),))


def _allowed_deviation(unit: str, number: Decimal, *, is_about: bool) -> Decimal:
    """How far a ratio may be off: its last place, more for 約, 割 and whole multiples."""
    last = Decimal(1).scaleb(-decimal_places(number))
    if unit == "倍":
        return last / 2 if is_about else last / 4 if last == 1 else last
    return max(last * _SCALES[unit], _TENTH) if is_about or unit == "割" else last * _SCALES[unit]


def stated_share(
    text: str, number: Decimal, unit: str, change: str, *, is_about: bool, now: Decimal | None = None
) -> StatedRatio:
    """What 105.2％, 3割減 or 1.2倍 of another number allows; `change` is 増, 減 or what else follows it.

    105.2％の伸び is also said of the ratio itself, and so is 1.2倍増; 105.2％の増加 is twice as much.
    """
    ratio, spread = number * _SCALES[unit], _allowed_deviation(unit, number, is_about=is_about)
    one, is_change = Decimal(1), unit in _PERCENT and change.endswith(_CHANGES)
    if not change:
        centers = [ratio, *((one + ratio, one - ratio) if ratio < 1 else ())]
    else:
        is_down = any(word in change for word in _FALLS)
        may_be_ratio = ratio > 1 and not is_change
        centers = [one - ratio if is_down else one + ratio, *((ratio,) if may_be_ratio else ())]
    allowed = tuple((center - spread, center + spread) for center in centers)
    return StatedRatio(text, allowed, now, is_change=is_change)
