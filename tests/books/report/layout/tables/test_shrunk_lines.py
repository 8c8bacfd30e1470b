"""Lines of a table cell that only some applications break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.books.report.layout.tables.table_boxes import placed_cells
from kenpo_xl.books.report.layout.tables.table_cells import grid_boxes
from kenpo_xl.books.report.layout.tables.table_padding import pieces_of_box
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.layout.tables.test_table_padding import LOOK, part_in, rates
from tests.paths import TEMPLATE


@pytest.mark.parametrize(
    ("pixels", "lines", "shrinks"), [(61, [2, 1], False), (62, [1, 1], True), (63, [1, 1], False)]
)
def test_a_header_line_that_some_applications_break_is_shrunk(
    pixels: int, lines: list[int], *, shrinks: bool
) -> None:
    """第3四半期 above 10～12月: with an empty line between both they were further apart than beside them."""
    headed = rates(column_headers=(Header("第3四半期\n10～12月", 0, 0), Header("1月", 0, 1)))
    part = replace(
        part_in(headed, 1),
        look=replace(LOOK, width=Width.fixed(pixels)),
        widths=(2, 1, 1),
        heights=(60, 24, 24),
    )
    box = next(box for box in grid_boxes(headed, "／") if "第3四半期" in box.text)
    found = [one for one in pieces_of_box(box, part, padded=False) if one.text]
    assert [(one.end - one.top) // 16 for one in found] == lines
    assert [one.shrinks for one in found] == [shrinks, False]
    cells = placed_cells(part, read_template(TEMPLATE))
    looks = [one.style.properties_by_name for one in cells if one.value == "第3四半期"]
    assert [look.get("shrink") for look in looks] == [shrinks or None]
