"""Which pattern of the template formats which part of a page, where no text or table does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.books.report.layout.page import Page, PagePart, PlacedPart
from kenpo_xl.books.report.layout.paragraph import HeaderPart, TextPart
from kenpo_xl.books.report.template.template import CLOSING, GAP, SPACE, TEXT, Pattern, Template, Zone
from kenpo_xl.domain.frozen import frozen


@frozen
class PatternArea:
    """Some columns of a page, formatted by a pattern between two heights."""

    zone: Zone
    top: int
    end: int
    pattern: Pattern


def pattern_areas(page: Page, template: Template, end: int) -> Iterator[PatternArea]:
    """The pattern of every column of the page, from top to bottom."""
    rating = template.column_zones[-1]
    everywhere = full_width_zone(template)
    across = _full_width_patterns(page, template, end)
    for top, stop, pattern in across:
        yield PatternArea(everywhere, top, stop, pattern)
    taken = [(top, stop) for top, stop, _ in across]
    for zone, placed, spaces in _zones_with_parts_and_spaces(page, template):
        own = [(one.top, one.bottom, _part_pattern(one.part, template)) for one in placed] + spaces
        for top, stop, pattern in own:
            yield PatternArea(zone, top, stop, pattern)
        usual = template[TEXT] if zone is rating else template[GAP]
        for top, stop in _free_intervals([*taken, *((top, stop) for top, stop, _ in own)], end):
            yield PatternArea(zone, top, stop, usual)


def _zones_with_parts_and_spaces(
    page: Page, template: Template
) -> Iterator[tuple[Zone, Sequence[PlacedPart], list[tuple[int, int, Pattern]]]]:
    """Each column with its parts and the spaces in it."""
    left, right, rating = template.column_zones
    inner = [(top, stop, template[SPACE]) for top, stop in page.inner_spaces]
    yield from ((left, page.left, []), (right, page.right, inner), (rating, [], inner))
    for one in template.further_columns:
        yield one.zone, _parts_in_zone(page, one.zone), inner


def _parts_in_zone(page: Page, zone: Zone) -> list[PlacedPart]:
    """The texts of one further column."""
    return [one for one in page.further if zone.first <= _first_column(one.part) <= zone.last]


def _first_column(part: PagePart) -> int:
    return part.measure.slot.first if isinstance(part, TextPart) else 0


def _full_width_patterns(page: Page, template: Template, end: int) -> list[tuple[int, int, Pattern]]:
    """Top, end and pattern of each area across all columns: spaces, headers, the end of the page."""
    across = [(top, stop, template[SPACE]) for top, stop in page.spaces]
    across += [(placed.top, placed.bottom, _part_pattern(placed.part, template)) for placed in page.headers]
    return [*across, (page.end, end, template[CLOSING])]


def _part_pattern(part: PagePart, template: Template) -> Pattern:
    if isinstance(part, TextPart):
        return part.measure.pattern
    return part.pattern if isinstance(part, HeaderPart) else template[GAP]


def _free_intervals(taken_intervals: Iterable[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    """The intervals from 0 to the end that are not taken."""
    at = 0
    for top, stop in sorted(taken_intervals):
        if at < top:
            yield at, top
        at = max(at, stop)
    if at < end:
        yield at, end


def full_width_zone(template: Template) -> Zone:
    """All columns of the page."""
    return Zone(0, len(template.column_pixels) - 1)
