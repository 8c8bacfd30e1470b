"""Reads the planner's book (取りまとめ.xlsm) into adjustments: sheets by name, columns by their headers.

Inserted, sorted and hidden rows, moved columns, extra white space and merged cells do not matter. What a row
is of follows the items and blocks of the plan when their numbers change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kenpo_xl.books.common.stamp import (
    branch_and_period_key,
    branch_and_period_label,
    item_marks_in_planner_book,
    key_in_planner_book,
)
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.list_rows import AdjustmentRow, list_rows, sheet_of_list_if_any
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.renumbered import PlannerPlaces, RowPlace
from kenpo_xl.books.planner.summary import outlook_adjustments, summary_points
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import (
    Adjustments,
    Choice,
    FigureAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook

_BLOCK = "ブロック"


def read_adjustments(path: Path, plan: Plan) -> Adjustments:
    """The planner's adjustments; KenpoError for a book of another plan, or a missing sheet or header.

    A row without a final rating or a choice is no adjustment, nor is one of wording whose new words are the
    old ones; it counts as soon as they differ, so that a missing one can be reported.
    """
    book = Workbook(path)
    refuse_book_of_other_plan(book, plan)
    places = planner_places(book, plan)
    found = {one: placed_rows(book, one, places) for one in lists.ALL}
    return Adjustments(
        tuple(_rating_adjustment(row) for row in found[lists.RATINGS] if row(lists.FINAL)),
        tuple(_wording_adjustment(row) for row in found[lists.WORDINGS] if row(lists.OLD) != row(lists.NEW)),
        tuple(_figure_adjustment(row) for row in found[lists.FIGURES] if row(lists.CHOICE)),
        outlook_adjustments(book),
        summary_points(book),
    )


def current_rating_rows(path: Path, plan: Plan) -> list[PlacedRow]:
    """The rows of 調整 whose block is in the plan; KenpoError as for `read_adjustments`."""
    book = Workbook(path)
    refuse_book_of_other_plan(book, plan)
    return [
        row for row in placed_rows(book, lists.RATINGS, planner_places(book, plan)) if not row.place.moved
    ]


def planner_places(book: Workbook, plan: Plan) -> PlannerPlaces:
    """The items and blocks that a planner's book records, and those of the plan."""
    return PlannerPlaces(item_marks_in_planner_book(book), plan)


def renumbering_messages(book: Workbook, plan: Plan) -> Iterator[str]:
    """Sentences on rows whose number another item or block has since, so that they are not applied.

    Those of a book whose rows cannot follow are on the items and blocks, whatever the rows say.
    """
    places = planner_places(book, plan)
    if not has_key_columns(book):
        yield from (f"{message}。" for message in places.all_renumbering_messages())
        return
    for one in lists.ALL:
        yield from (f"{row.place.moved}。" for row in placed_rows(book, one, places) if row.place.moved)


def has_key_columns(book: Workbook) -> bool:
    """Whether each list of a planner's book has the column by which its rows follow the plan."""
    sheets = [sheet_of_list_if_any(book, one) for one in lists.TYPED_IN]
    return all(sheet and sheet.header_row_and_columns((lists.KEY,))[1] for sheet in sheets)


def refuse_book_of_other_plan(book: Workbook, plan: Plan) -> None:
    """KenpoError for a book that is no planner's book of this plan."""
    key, name = key_in_planner_book(book), book.path.name
    if not key:
        raise KenpoError(f"{name} は取りまとめのブックではありません。build で作ったブックを置いてください。")
    wanted = branch_and_period_key(plan)
    if key != wanted:
        raise KenpoError(
            f"{name} は別の計画（{branch_and_period_label(key)}）のブックです。"
            "別のフォルダーへ移して build を実行し、"
            f"{branch_and_period_label(wanted)}のブックを作ってください。"
        )


@frozen
class PlacedRow:
    """A row of a list with its place in the plan, and its cells that name it as they are to be now."""

    row: AdjustmentRow
    place: RowPlace
    texts: Mapping[str, str]

    def __call__(self, header: str) -> str:
        return self.texts[header] if header in self.texts else self.row(header)

    def source_of_cell(self, header: str) -> Source:
        return self.row.source_of_cell(header)


def placed_rows(book: Workbook, planner_list: PlannerList, places: PlannerPlaces) -> list[PlacedRow]:
    """The filled rows of a list with their places; KenpoError as for `list_rows`."""
    return [_placed_row(row, planner_list, places) for row in list_rows(book, planner_list)]


def _placed_row(row: AdjustmentRow, planner_list: PlannerList, places: PlannerPlaces) -> PlacedRow:
    if planner_list is lists.FIGURES:
        number = row(lists.IDENTITY).partition("/")[0]
        place = places.place_of_row(row.recorded, number)
        return PlacedRow(
            row,
            place,
            {lists.IDENTITY: places.words_with_current_numbers(row(lists.IDENTITY), number, place)},
        )
    if planner_list is lists.RETURNS:
        return _placed_remark(row, places)
    place = places.place_of_row(row.recorded, row(lists.ITEM), row(lists.BLOCK))
    return PlacedRow(row, place, {lists.ITEM: place.item, lists.BLOCK: place.block})


def _placed_remark(row: AdjustmentRow, places: PlannerPlaces) -> PlacedRow:
    """A row of 差戻し, whose item may be in the identity alone, and whose block is in words: ブロック 2."""
    item, words = row(lists.ITEM), row(lists.PLACE_IN_BOOK)
    number = item or words.partition("/")[0]
    block = normalized(words).removeprefix(_BLOCK).strip() if normalized(words).startswith(_BLOCK) else ""
    place = places.place_of_row(row.recorded, number, block)
    if block and not place.moved:
        words = f"{_BLOCK} {place.block}"
    else:
        words = places.words_with_current_numbers(words, number, place)
    texts = {lists.ITEM: place.item if item else "", lists.PLACE_IN_BOOK: words}
    return PlacedRow(row, place, {lists.NAME: _group_of_remark(row, place, places.plan), **texts})


def _group_of_remark(row: AdjustmentRow, place: RowPlace, plan: Plan) -> str:
    """The group of a row of 差戻し; today's owner of its item where the plan had the group before."""
    group, item = row(lists.NAME), plan.item(place.item)
    is_known = normalized(group) in map(normalized, plan.groups)
    follows = place.was_recorded and not place.moved and not is_known
    return item.owner if item and follows else group


def _rating_adjustment(row: PlacedRow) -> RatingAdjustment:
    return RatingAdjustment(
        item=row(lists.ITEM),
        block=row(lists.BLOCK),
        final=row(lists.FINAL),
        reason=row(lists.REASON),
        group=row(lists.GROUP),
        computed=row(lists.COMPUTED),
        source=row.source_of_cell(lists.FINAL),
        moved=row.place.moved,
    )


def _wording_adjustment(row: PlacedRow) -> WordingAdjustment:
    return WordingAdjustment(
        item=row(lists.ITEM),
        block=row(lists.BLOCK),
        old=row(lists.OLD),
        new=row(lists.NEW),
        reason=row(lists.REASON),
        source=row.source_of_cell(lists.NEW),
        moved=row.place.moved,
    )


def _figure_adjustment(row: PlacedRow) -> FigureAdjustment:
    choices = {normalized(choice): choice for choice in Choice}
    return FigureAdjustment(
        identity=row(lists.IDENTITY),
        choice=choices.get(normalized(row(lists.CHOICE))),
        entity=row(lists.ENTITY),
        typed=row(lists.TYPED),
        reason=row(lists.REASON),
        source=row.source_of_cell(lists.CHOICE),
        moved=row.place.moved,
    )
