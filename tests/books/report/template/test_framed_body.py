"""A box around the sample text: one frame with a line between the rows of the report."""

from __future__ import annotations

import pytest

from kenpo_xl.books.report.template.framed_body import with_one_frame
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import (
    CAPTION,
    CLOSING,
    GAP,
    ITEM,
    KPI,
    NOTE,
    SPACE,
    TABLE_HEADER,
    TEXT,
    Template,
)
from tests.books.report.template.own_template import own_template
from tests.paths import TEMPLATE


@pytest.fixture(scope="module")
def boxed(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A template with a box around each cell."""
    path = tmp_path_factory.mktemp("boxed") / "ひな形.xlsx"
    own_template({"計画内容": 50, "実施状況": 70, "評価": 8, "備考": 12}).save(path)
    return read_template(path)


def sides(style: Style) -> set[str]:
    return {"left", "right", "top", "bottom"} & style.properties_by_name.keys()


@pytest.mark.parametrize("name", [TEXT, ITEM, KPI, CAPTION, NOTE])
def test_texts_have_no_line_above_and_below(name: str, boxed: Template) -> None:
    assert {frozenset(sides(slot.style)) for slot in boxed[name].slots} == {frozenset({"left", "right"})}


@pytest.mark.parametrize(("name", "ends"), [(GAP, False), (KPI, False), (SPACE, True), (CLOSING, True)])
def test_columns_are_parted_and_rows_end_with_a_line(name: str, ends: bool, boxed: Template) -> None:
    zones = [*boxed.column_zones, *(one.zone for one in boxed.further_columns)]
    lefts, rights = {zone.first for zone in zones}, {zone.last for zone in zones}
    painted = dict(boxed[name].painted)
    for column in range(len(boxed.characters)):
        expected = {
            side
            for side, there in (("left", column in lefts), ("right", column in rights), ("bottom", ends))
            if there
        }
        assert sides(painted.get(column, Style())) == expected


def test_tables_do_not_touch_the_frame(boxed: Template) -> None:
    progress, slots = boxed.column_zones[1], boxed[TABLE_HEADER].slots
    assert (slots[0].first, slots[-1].last) == (progress.first + 1, progress.last - 1)


def test_a_template_without_a_box_stays_as_drawn() -> None:
    patterns = read_template(TEMPLATE).patterns
    assert with_one_frame(patterns) == patterns
