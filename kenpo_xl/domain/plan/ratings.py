"""Rating scales (評価基準), and what a result has to reach for a step of one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source

_SEVERAL = 2
# Letters and digits of Unicode; 〇, the numeral, is none of them.
_LETTERS = frozenset({"Lu", "Ll", "Lo", "Lm", "Lt", "Nd"})
# One circle and one cross to the eye, whichever of them an input method offers.
_ALIKE = ("〇○◯", "×✕✖╳")


class Direction(StrEnum):
    """How a result should reach its target: from below, staying under it, within a range, or by a day."""

    AT_LEAST = "以上"
    AT_MOST = "以下"
    WITHIN = "範囲内"
    BY_A_DAY = "期日"


class Interim(StrEnum):
    """How a quarter before the last is judged (途中の判定)."""

    YEAR_END = "年度末"
    SAME_PERIOD = "前年同期"
    ELAPSED = "経過月割"
    TARGET = "目標"


@frozen
class Step:
    """One step of a scale. `floor` is the attainment from which it holds, None where it is given by hand.

    `needs_reason` is None where the scale does not say; `source` is the cell of its meaning in the plan book.
    """

    glyph: str
    meaning: str
    floor: Decimal | None = None
    interim: bool = False
    in_legend: bool = True
    variants: tuple[str, ...] = ()
    needs_reason: bool | None = None
    source: Source | None = field(default=None, compare=False)

    @property
    def legend_text(self) -> str:
        """◎計画を大幅に上回る; a colon parts letters from letters (S：目標を上回る)."""
        if self.meaning in ("", self.glyph):
            return self.glyph
        is_letters = len(self.glyph) > 1 or unicodedata.category(self.glyph) in _LETTERS
        return f"{self.glyph}{'：' if is_letters else ''}{self.meaning}"


def _normalized_glyph(glyph: str) -> str:
    return unicodedata.normalize("NFKC", glyph).strip()


@frozen
class Scale:
    """A rating scale, best step first."""

    steps: tuple[Step, ...]

    @cached_property
    def _canonical_by_normalized_glyph(self) -> dict[str, str]:
        alike = {
            one: step.glyph for step in self.steps for same in _ALIKE if step.glyph in same for one in same
        }
        named = ((g, step.glyph) for step in self.steps for g in (step.glyph, *step.variants))
        return alike | {_normalized_glyph(glyph): meant for glyph, meant in named}

    def canonical_glyph(self, glyph: str) -> str:
        """The scale's own glyph for a typed one, '' for an unknown one; ○ is 〇 even without 別字."""
        return self._canonical_by_normalized_glyph.get(_normalized_glyph(glyph), "")

    @property
    def legend_text(self) -> str:
        """◎計画を大幅に上回る、〇計画通り、…"""
        return "、".join(step.legend_text for step in self.steps if step.in_legend)

    @property
    def interim_step(self) -> Step | None:
        """The step that means "still going on" before the year's end."""
        return next((step for step in self.steps if step.interim), None)

    @property
    def glyphs_with_reason(self) -> tuple[str, ...]:
        """The glyphs that a group gives a reason for; the best and the worst where the scale does not say.

        Not the best where it is the usual one: where a target that is just met (100 %) has it.
        """
        if any(step.needs_reason is not None for step in self.steps):
            return tuple(step.glyph for step in self.steps if step.needs_reason)
        printed = [s.glyph for s in self.steps if s.in_legend and s.glyph != self._glyph_without_judgement]
        if len(printed) < _SEVERAL:
            return ()
        return (printed[-1],) if self.is_usual(printed[0]) else (printed[0], printed[-1])

    def is_usual(self, glyph: str) -> bool:
        """Whether a glyph is that of a target that is just met."""
        reached = (s.glyph for s in self.computable_steps if s.floor is not None and s.floor <= 1)
        return next(reached, "") == glyph

    @property
    def computable_steps(self) -> tuple[Step, ...]:
        """The steps that a rule can give, best first."""
        return tuple(step for step in self.steps if step.floor is not None)

    def with_floors(self, floors: Iterable[tuple[str, Decimal]]) -> Scale:
        """The scale with other floors for some glyphs (基準の変更)."""
        changed = dict(floors)
        steps = (replace(s, floor=changed.get(s.glyph, s.floor)) for s in self.steps)
        return Scale(tuple(steps)) if changed else self

    @property
    def _glyph_without_judgement(self) -> str:
        """The glyph that judges nothing yet (途中 without a floor), '' for none."""
        return self.interim_step.glyph if self.interim_step and self.interim_step.floor is None else ""

    def worst_glyph(self, glyphs: Iterable[str]) -> str:
        """The worst of some glyphs, '' for none.

        One that only says "still going on" is no worse than what was judged.
        """
        return max(self.judged(glyphs), key=lambda glyph: self.places[glyph], default="")

    def judged(self, glyphs: Iterable[str]) -> list[str]:
        """The glyphs that judge; all of them where every one only says "still going on"."""
        given = list(glyphs)
        return [glyph for glyph in given if glyph != self._glyph_without_judgement] or given

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each glyph, the best one first."""
        return {step.glyph: place for place, step in enumerate(self.steps)}

    def is_met(self, glyph: str) -> bool:
        """Whether a glyph is that of a target that is met: of a step from 100 % on."""
        return any(s.glyph == glyph and s.floor is not None and s.floor >= 1 for s in self.steps)


def reaches_floor(result: Decimal, aim: Decimal, floor: Decimal, direction: Direction) -> bool:
    """Whether `result` attains `floor` of `aim`; lower-is-better never divides by a result of 0.

    A target of 0 that is met is met: no share of it can be exceeded.
    """
    if aim == 0 and floor > 1:
        return False
    if direction is Direction.AT_LEAST:
        return result >= aim * floor
    return result <= aim * target_share_of_floor(floor, direction)


def target_share_of_floor(floor: Decimal, direction: Direction) -> Decimal:
    """The share of the target that a threshold means: 120 %, and where less is better its mirror, 80 %."""
    return floor if direction is Direction.AT_LEAST else 2 - floor


def attainment(result: Decimal | None, aim: Decimal | None, direction: Direction) -> Decimal | None:
    """The highest floor that `result` reaches (達成率) as a fraction; None where that cannot be said.

    That is where one of both is unknown or the aim is not above 0.
    """
    if result is None or aim is None or aim <= 0:
        return None
    share = result / aim
    return share if direction is Direction.AT_LEAST else 2 - share
