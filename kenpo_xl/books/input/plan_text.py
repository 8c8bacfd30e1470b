"""The plan text (計画内容) on an item's sheet: as it is written there, and where it no longer says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash
from kenpo_xl.books.common.item_marks import CONTINUED
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import consists_of_parts, normalized
from kenpo_xl.domain.plan.placeholders import fill_placeholders, is_placeholder
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import AlteredText
from kenpo_xl.ooxml.workbook import Sheet

TITLE = "計画内容"
# Stands for a figure that the text speaks of: it is as it was when the book was made.
_FIGURE = "\ue000"
_HEADER_COLUMNS = 6


def plan_text(plan: Plan, item: Item, block: Block, figures: Figures) -> str:
    """The sentences of a block, with the figures that they speak of, or what these will be once known."""

    def word(name: str) -> str | None:
        figure = figures.named(item.id, name)
        return (figure.digits or f"［{figure.id.row} {figure.id.column}］") if figure else None

    return _filled_text(plan, block, word)


def _filled_text(plan: Plan, block: Block, word: Callable[[str], str | None]) -> str:
    return (
        "\n".join(fill_placeholders(text, plan.placeholder_context(), word) for text in block.sentences)
        or CONTINUED
    )


def altered_texts(
    plan: Plan, item: Item, sheet: Sheet, workbook: str, known: Mapping[str, tuple[str, str]]
) -> Iterator[AlteredText]:
    """The plan texts on a sheet that say neither what the plan says nor what was written there at first.

    `known` are the number in the book, and a hash of the text as written there, of each block that the book
    has a place for. One entry tells of a plan text that is gone altogether.
    """
    blocks = [block for block in item.blocks if block.name in known]
    header, texts = _text_cells(sheet)
    if not texts:
        identity = f"{item.id}/{TITLE}"
        yield AlteredText(Source(workbook, sheet.name, a1(*header) if header else ""), identity, "", "")
        return
    by_name = {normalized(sheet.text(row, name)): (row, text) for row, name, text in texts}
    in_order = [(row, text) for row, _, text in texts] if len(texts) == len(blocks) else []
    for place, block in enumerate(blocks):
        name, digest = known[block.name]
        at = by_name.get(normalized(name)) or (in_order[place] if in_order else None)
        found = sheet.text(*at) if at else ""
        if not _is_plan_text(plan, block, found) and text_hash(found) != digest:
            expected = _filled_text(plan, block, lambda word: None if is_placeholder(word) else "…")
            source = Source(workbook, sheet.name, a1(*(at or header)))
            yield AlteredText(source, f"{item.id}/{TITLE}/{block.name}", expected, found)


def block_texts(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """The plan text of each block on a sheet and the cell of its number, by that number."""
    return {
        normalized(sheet.text(row, name)): (sheet.text(row, text), a1(row, name))
        for row, name, text in _text_cells(sheet)[1]
    }


def plan_text_cells(item: Item, sheet: Sheet, hashes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The cells of the plan text: its title, and name and text of every block, also of one that is gone.

    A text that was written when the book was made is known by its hash; what else stands between is none.
    """
    header, texts = _text_cells(sheet)
    if header != (0, 0):
        yield header
    known, blocks = set(hashes.values()), {normalized(block.name) for block in item.blocks}
    in_order = len(texts) == len(blocks)
    for row, name, text in texts:
        is_ours = in_order or normalized(sheet.text(row, name)) in blocks
        if is_ours or text_hash(sheet.text(row, text)) in known:
            yield from ((row, name), (row, text))


def _is_plan_text(plan: Plan, block: Block, found: str) -> bool:
    """Whether a text is that of the block, whatever figures stand in it."""
    expected = _filled_text(plan, block, lambda word: None if is_placeholder(word) else _FIGURE)
    return consists_of_parts(normalized(expected).split(_FIGURE), normalized(found))


def _text_cells(sheet: Sheet) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """The header of the plan text, (0, 0) without one, and below it row, column of the name, of the text."""
    header, texts = (0, 0), []
    for row, columns in sheet.non_empty.items():
        shown = [column for column in columns if column > 1]
        if header == (0, 0):
            title = next((c for c in shown[:_HEADER_COLUMNS] if normalized(sheet.text(row, c)) == TITLE), 0)
            header = (row, title) if title else header
        elif shown and _is_next_part(sheet, row, shown):
            break
        elif shown:
            texts.append((row, shown[0], shown[1] if len(shown) > 1 else shown[0] + 1))
    return header, texts


def _is_next_part(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether a row begins the progress, or is that of its headers."""
    words = {sheet.text(row, column) for column in columns}
    return (
        sheet.text(row, columns[0]).startswith(names.LINES_TITLE)
        or {names.KIND_HEADER, names.TEXT_HEADER} <= words
    )
