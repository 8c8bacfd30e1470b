"""The numbers in texts as facts (数値), each with the cell that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.plan.plan import Section
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.privacy.personal_data import mask_private_parts
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.source import Source


def scale_legend_facts(scale: Scale) -> Iterator[Fact]:
    """The numbers in the legend at the top of every page."""
    for step in scale.steps:
        if step.in_legend:
            bare = Fact("", Origin.PLAN, "", "", "")
            yield from facts_of_numbers_in(
                bare, step.meaning, f"評価基準/{step.glyph}", constant_source(step.source)
            )


def section_title_facts(section: Section) -> Iterator[Fact]:
    """The numbers in the title of a section, of its chapter where it begins one, and of no item."""
    bare = Fact("", Origin.PLAN, section.id, section.title, "")
    chapter, _, number = section.id.partition("-")
    if number == "1":
        yield from facts_of_numbers_in(
            bare, section.chapter, f"{chapter}/章の題", constant_source(section.chapter_source)
        )
    yield from facts_of_numbers_in(
        bare, section.title, f"{section.id}/節の題", constant_source(section.source)
    )


def facts_of_numbers_in(
    fact_template: Fact, text: str, identity_prefix: str, source_at: Callable[[int], Source | None]
) -> Iterator[Fact]:
    """The numbers of a text, not those of persons; `source_at` returns the cell of a letter's position."""
    if not any(map(str.isdecimal, text)):
        return
    for place, number in enumerate(numbers_in(mask_private_parts(text)), start=1):
        yield replace(
            fact_template,
            identity=f"{identity_prefix}/{place}",
            unit=number.unit,
            typed=number.value,
            value=number.value,
            source=source_at(number.start),
        )


def constant_source(source: Source | None) -> Callable[[int], Source | None]:
    """A function of a letter's position that always returns the cell, for a text in one cell."""
    return lambda _: source
