"""The plan text (計画内容) on an item's sheet: as written, and where it was altered.

That of each block is above the lines of the block; in books of 0.2.0 all are in a list above the progress.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash
from kenpo_xl.books.common.item_marks import text_in_place_of_sentences
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import is_made_of_parts, normalized
from kenpo_xl.domain.plan.placeholders import fill_placeholders, is_placeholder
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import AlteredText
from kenpo_xl.ooxml.workbook import Sheet

TITLE = "計画内容"
_TextRow = tuple[int, int, int]
"""A row of the plan text, and the columns of the name and the text of its block."""
# Placeholder of a figure in the text, whose value is that of the day of issue.
_FIGURE = "\ue000"
_HEADER_COLUMNS = 6


@frozen
class IssuedText:
    """The number of a block in the book, and the hash of its plan text as issued."""

    number: str
    text_hash: str


@frozen
class DisplayedText:
    """The plan text of a block on a sheet, and the cell of the block's number."""

    text: str
    number_cell: str


def plan_text(plan: Plan, item: Item, block: Block, figures: Figures) -> str:
    """The sentences of a block with their figures, or the names of unknown figures."""

    def figure_text(name: str) -> str | None:
        figure = figures.figure_named(item.id, name)
        shown = figures.text_of_figure_named(item.id, name)
        return shown if shown or figure is None else f"［{figure.id.row} {figure.id.column}］"

    return _filled_text(plan, item, block, figure_text)


def _filled_text(plan: Plan, item: Item, block: Block, figure_text: Callable[[str], str | None]) -> str:
    context = plan.placeholder_context()
    if not block.sentences:
        return text_in_place_of_sentences(item, block)
    return "\n".join(fill_placeholders(text, context, figure_text) for text in block.sentences)


def altered_texts(
    plan: Plan, item: Item, sheet: Sheet, workbook: str, issued_texts: Mapping[str, IssuedText]
) -> Iterator[AlteredText]:
    """The plan texts on a sheet that equal neither the plan nor the issued text of their block.

    One entry reports a plan text that is missing as a whole; none does where the headers of the progress are
    missing too, without which it cannot be found.
    """
    blocks = [block for block in item.blocks if block.name in issued_texts]
    header, texts = _header_and_text_rows(sheet)
    if not texts:
        if header != (0, 0):
            yield AlteredText(Source(workbook, sheet.name, a1(*header)), f"{item.id}/{TITLE}", "", "")
        return
    for block, at in _blocks_with_text_cell(blocks, sheet, texts, issued_texts):
        found = sheet.text(*at) if at else ""
        is_as_issued = text_hash(found) == issued_texts[block.name].text_hash
        if not is_as_issued and not _is_plan_text(plan, item, block, found):
            expected = _filled_text(plan, item, block, lambda word: None if is_placeholder(word) else "…")
            source = Source(workbook, sheet.name, a1(*(at or header)))
            yield AlteredText(source, f"{item.id}/{TITLE}/{block.name}", expected, found)


def _blocks_with_text_cell(
    blocks: Sequence[Block],
    sheet: Sheet,
    texts: Sequence[_TextRow],
    issued_texts: Mapping[str, IssuedText],
) -> Iterator[tuple[Block, CellPosition | None]]:
    """Each block and its text cell, by number, else in order if all are present."""
    by_name = {normalized(sheet.text(row, name)): (row, text) for row, name, text in texts}
    in_order = [(row, text) for row, _, text in texts] if len(texts) == len(blocks) else [None] * len(blocks)
    for block, cell in zip(blocks, in_order, strict=True):
        yield block, by_name.get(normalized(issued_texts[block.name].number)) or cell


def displayed_block_texts(sheet: Sheet) -> dict[str, DisplayedText]:
    """The plan text of each block on a sheet, by normalized number."""
    return {
        normalized(sheet.text(row, name)): DisplayedText(sheet.text(row, text), a1(row, name))
        for row, name, text in _header_and_text_rows(sheet)[1]
    }


def plan_text_cells(item: Item, sheet: Sheet, issued_hashes: Mapping[str, str]) -> Iterator[CellPosition]:
    """The cells of the plan text: title, names and texts of blocks, also dropped ones.

    An issued text is recognized by its hash; other content between them is not plan text.
    """
    header, texts = _header_and_text_rows(sheet)
    if header != (0, 0):
        yield header
    known, blocks = set(issued_hashes.values()), {normalized(block.name) for block in item.blocks}
    in_order = len(texts) == len(blocks)
    for row, name, text in texts:
        is_ours = in_order or normalized(sheet.text(row, name)) in blocks
        if is_ours or text_hash(sheet.text(row, text)) in known:
            yield from ((row, name), (row, text))


def _is_plan_text(plan: Plan, item: Item, block: Block, found: str) -> bool:
    """Whether a text is that of the block, regardless of its figures."""
    expected = _filled_text(plan, item, block, lambda word: None if is_placeholder(word) else _FIGURE)
    return is_made_of_parts(normalized(expected).split(_FIGURE), normalized(found))


def _header_and_text_rows(sheet: Sheet) -> tuple[CellPosition, list[_TextRow]]:
    """The header cell of the plan text, (0, 0) for none, and the rows of its texts."""
    header, texts = _text_rows_among_lines(sheet)
    if texts:
        return header, texts
    listed = _listed_text_rows(sheet)
    return listed if listed[0] != (0, 0) else (header, [])


def _text_rows_among_lines(sheet: Sheet) -> tuple[CellPosition, list[_TextRow]]:
    """The header cell and the rows of the plan texts between the progress lines."""
    found = find_line_headers(sheet, None)
    if found is None:
        return (0, 0), []
    name, text = (found.columns[header] for header in (names.BLOCK_HEADER, names.TEXT_HEADER))
    rows = (row for row in sheet.non_empty_columns_by_row if found.first_row <= row)
    texts = [(row, name, text) for row in rows if found.has_plan_text(sheet, row)]
    return (found.first_row - 1, text), texts


def _listed_text_rows(sheet: Sheet) -> tuple[CellPosition, list[_TextRow]]:
    """The header cell and the rows of a list of plan texts."""
    header, texts = (0, 0), []
    for row, columns in sheet.non_empty_columns_by_row.items():
        shown = [column for column in columns if column > 1]
        if header == (0, 0):
            title = _title_column(sheet, row, shown[:_HEADER_COLUMNS])
            header = (row, title) if title else header
        elif shown and _begins_progress_lines(sheet, row, shown):
            break
        elif shown:
            texts.append((row, shown[0], shown[1] if len(shown) > 1 else shown[0] + 1))
    return header, texts


def _title_column(sheet: Sheet, row: int, columns: list[int]) -> int:
    return next((column for column in columns if normalized(sheet.text(row, column)) == TITLE), 0)


def _begins_progress_lines(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether a row begins the progress, or is that of its headers."""
    words = {sheet.text(row, column) for column in columns}
    return (
        sheet.text(row, columns[0]).startswith(names.LINES_TITLE)
        or {names.KIND_HEADER, names.TEXT_HEADER} <= words
    )
