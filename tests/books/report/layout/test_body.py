"""The body: which sections share a sheet, what a page begins with, how wide the plan text is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.report.layout.body import Body, report_body
from kenpo_xl.books.report.layout.paragraph import HeaderPart
from kenpo_xl.books.report.template.moved_columns import with_moved_columns
from kenpo_xl.books.report.template.options import BlockSpace, PageBreak, PlanWidth, TemplateOptions
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.template import HEADERS, RUNNING, TABLE_HEADER, TEXT, Template
from kenpo_xl.domain.outputs.report import ReportItem, ReportLine, ReportSection
from tests.books.report.report_values import block, full_block, report, section
from tests.paths import TEMPLATE

SHIPPED = read_template(TEMPLATE)
AS_DRAWN = replace(SHIPPED, options=TemplateOptions())
LONG = "・加入者及び事業主に向けて、制度の仕組みを分かりやすく伝えるための広報を計画的に行う。" * 6


def with_options(**options: object) -> Template:
    return replace(SHIPPED, options=replace(TemplateOptions(), **options))  # type: ignore[arg-type]


def sections(
    *, titles: tuple[str, ...] = ("（１）財政", "（２）業務"), blocks: int = 1
) -> tuple[ReportSection, ...]:
    items = (ReportItem("① 進捗", (full_block(),) * blocks), ReportItem("② 広報", (full_block(),) * blocks))
    return tuple(section(*items, name=f"1-{n}", title=title) for n, title in enumerate(titles, start=1))


def headers(body: Body, page: int) -> list[tuple[str, ...]]:
    """The texts of the titles of a page of the first sheet."""
    parts = [placed.part for placed in body.sheets[0].pages[page].headers]
    return [tuple(text.text for text in part.texts) for part in parts if isinstance(part, HeaderPart)]


def repeated(body: Body) -> list[str]:
    return [sheet.headers[0].texts[0].text for sheet in body.sheets]


class TestSheets:
    def test_a_sheet_for_each_section_where_each_begins_a_page(self) -> None:
        body = report_body(report(sections=sections()), AS_DRAWN)
        assert [sheet.name for sheet in body.sheets] == ["1-1", "1-2"]
        assert repeated(body) == ["１．基盤的保険者関係　（１）財政", "１．基盤的保険者関係　（２）業務"]

    def test_one_for_a_chapter_whose_sections_go_on(self) -> None:
        body = report_body(report(sections=sections()), with_options(page_break=PageBreak.CHAPTER))
        assert [sheet.name for sheet in body.sheets] == ["１．基盤的保険者関係"]
        assert repeated(body) == ["１．基盤的保険者関係"]
        assert headers(body, 0)[0] == ("（１）財政",) * 2
        assert ("（２）業務",) * 2 in headers(body, 0)

    def test_a_chapter_begins_a_page(self) -> None:
        one, two = sections()
        values = report(sections=(one, replace(two, chapter="２．戦略")))
        body = report_body(values, with_options(page_break=PageBreak.CHAPTER))
        assert (body.page_count, len(body.sheets)) == (2, 2)

    def test_chapters_may_share_a_page(self) -> None:
        """Below the repeated row of column headers, each with its own heading."""
        item = ReportItem("① 進捗", (block(),))
        one, two = (section(item, title=title) for title in ("（１）財政", "（２）業務"))
        values = report(sections=(one, replace(two, chapter="２．戦略")))
        body = report_body(values, with_options(page_break=PageBreak.NOTHING))
        (sheet,) = body.sheets
        assert (body.page_count, sheet.name) == (1, "本文")
        assert sheet.headers[0].texts[0].text == "計画内容"
        assert [texts for texts in headers(body, 0) if len(texts) == 1] == [
            ("１．基盤的保険者関係　（１）財政",),
            ("２．戦略　（２）業務",),
        ]
        assert sheet.raised == SHIPPED[RUNNING].height

    def test_a_sole_chapter_is_named_on_every_page(self) -> None:
        body = report_body(report(sections=sections()), with_options(page_break=PageBreak.NOTHING))
        assert ([sheet.name for sheet in body.sheets], repeated(body)) == (["１．基盤的保険者関係"],) * 2
        assert body.sheets[0].raised == 0

    def test_sections_without_a_chapter_go_on_too(self) -> None:
        plain = tuple(replace(one, chapter="") for one in sections())
        body = report_body(report(sections=plain), with_options(page_break=PageBreak.CHAPTER))
        assert [sheet.name for sheet in body.sheets] == ["1-1"]


class TestTopsOfPages:
    def test_an_item_that_begins_a_page_is_named_with_its_section(self) -> None:
        short = ReportItem("② 広報", (block(),))
        bodies = []
        for lines in range(20, 34):
            first = ReportItem("① 進捗", (block(*[ReportLine("・一")] * lines),))
            bodies.append(
                report_body(report(sections=(section(first, short, title="（１）財政"),)), AS_DRAWN)
            )
        tops = [headers(body, page) for body in bodies for page in range(1, len(body.sheets[0].pages))]
        assert [("（１）財政（続き）", ""), ("② 広報", "② 広報")] in tops

    def test_an_item_that_goes_on_is_named_beside_its_section(self) -> None:
        body = report_body(report(sections=sections(blocks=9)), AS_DRAWN)
        assert headers(body, 1) == [("（１）財政（続き）", "① 進捗（続き）")]


class TestBlockSpace:
    @pytest.mark.parametrize("space", [BlockSpace.AS_DRAWN, BlockSpace.STRETCHED])
    def test_pages_are_stretched_and_the_last_of_a_sheet_no_more_than_others(self, space: BlockSpace) -> None:
        values = report(sections=sections(blocks=9))
        drawn = report_body(values, AS_DRAWN).sheets[0].pages
        found = report_body(values, with_options(block_space=space)).sheets[0].pages
        grown = [
            (one.end - before.end) / len(before.spaces) for one, before in zip(found, drawn, strict=True)
        ]
        assert [each > 0 for each in grown] == [space is BlockSpace.STRETCHED] * len(grown)
        assert grown[-1] <= min(grown[:-1])


class TestPlanWidth:
    def values(self, *, plan: int, progress: int) -> tuple[ReportSection, ...]:
        # 230 halves of progress: four lines as drawn, three with the fewest columns for plan text
        one = block(*[ReportLine(LONG[:115])] * progress, sentences=(LONG,) * plan)
        return (section(ReportItem("① 広報", (one,) * 20)),)

    @pytest.mark.parametrize(("plan", "progress", "wider"), [(3, 4, True), (1, 12, False)])
    def test_it_takes_the_width_of_fewer_pages(self, plan: int, progress: int, wider: bool) -> None:
        values = report(sections=self.values(plan=plan, progress=progress))
        drawn = report_body(values, AS_DRAWN)
        fitted = report_body(values, with_options(plan_width=PlanWidth.FITTED))
        assert fitted.page_count < drawn.page_count
        assert (plan_width(fitted.template) > plan_width(SHIPPED)) is wider

    def test_and_stays_as_drawn_where_that_takes_no_more(self) -> None:
        body = report_body(report(), with_options(plan_width=PlanWidth.FITTED))
        assert body.template.column_pixels == SHIPPED.column_pixels


def plan_width(template: Template) -> int:
    slot = template[HEADERS].slots[0]
    return sum(template.column_pixels[slot.first : slot.last + 1])


class TestMovedColumns:
    @pytest.mark.parametrize("count", [3, -3])
    def test_the_page_is_as_wide_as_before(self, count: int) -> None:
        moved = with_moved_columns(SHIPPED, count)
        assert moved is not None
        assert sum(moved.column_pixels) == sum(SHIPPED.column_pixels)
        assert plan_width(moved) - plan_width(SHIPPED) == count * 9
        assert len(moved.column_pixels) == len(SHIPPED.column_pixels) - count

    @pytest.mark.parametrize("count", [3, -3])
    def test_every_slot_keeps_its_neighbours(self, count: int) -> None:
        moved = with_moved_columns(SHIPPED, count)
        assert moved is not None
        assert [zone.last + 1 for zone in moved.column_zones[:2]] == [
            zone.first for zone in moved.column_zones[1:]
        ]
        for name in (TEXT, TABLE_HEADER):
            before, after = SHIPPED[name].slots, moved[name].slots
            assert [slot.text for slot in after] == [slot.text for slot in before]
            assert after[-1].last == before[-1].last - count
        styles = dict(SHIPPED[TABLE_HEADER].painted), dict(moved[TABLE_HEADER].painted)
        assert styles[1][len(moved.column_pixels) - 1] == styles[0][len(SHIPPED.column_pixels) - 1]

    def test_not_more_columns_than_there_are(self) -> None:
        assert with_moved_columns(SHIPPED, 70) is None
        assert with_moved_columns(SHIPPED, -40) is None


def test_the_typeset_lines_are_those_of_the_fitted_width(tmp_path: Path) -> None:
    """Nothing is measured by the drawn widths once columns have moved."""
    values = report(sections=TestPlanWidth().values(plan=3, progress=2))
    body = report_body(values, with_options(plan_width=PlanWidth.FITTED))
    lasts = {part.part.measure.slot.last for page in body.sheets[0].pages for part in page.left}
    assert lasts == {body.template[TEXT].slots[0].last}
