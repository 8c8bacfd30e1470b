"""Lines, blocks and rows that are gone or stand twice, and ratings."""

from __future__ import annotations

from random import Random

from scripts.judging.book import Book, edit
from scripts.judging.mistakes import Planted, mistake, pick


@mistake("line of a table emptied", "lists")
def table_line_emptied(book: Book, random: Random) -> Planted | None:
    """The line that puts a table into the report, deleted."""
    lines = [line for line in book.placed if any(one.table.name == line.text for one in book.numbers)]
    line = pick(random, lines)
    return line.typed(None, f"line of the table {line.text} of {line.item} emptied") if line else None


@mistake("line of a KPI emptied", "lists")
def kpi_line_emptied(book: Book, random: Random) -> Planted | None:
    """The line that puts a KPI into the report, deleted."""
    line = pick(random, [line for line in book.placed if book.plan.kpi(line.text)])
    return line.typed(None, f"line of the KPI {line.text} emptied") if line else None


@mistake("name of a table's line misspelt", "lists")
def table_line_misspelt(book: Book, random: Random) -> Planted | None:
    """決定達成状況 for 決定達成."""
    line = pick(random, [line for line in book.placed if len(line.text) > 2])
    return line.typed(line.text[:-1], f"{line.text[:-1]} for {line.text}") if line else None


@mistake("block emptied", "lists")
def block_emptied(book: Book, random: Random) -> Planted | None:
    """Every line of a block deleted, its rating left."""
    found = []
    for rating in book.ratings:
        lines = [one for one in book.lines if (one.item, one.block) == (rating.item, rating.block)]
        placed = [one for one in book.placed if (one.item, one.block) == (rating.item, rating.block)]
        if lines and not placed and rating.glyph in "◎〇△○SAB":
            found.append((rating, lines))
    chosen = pick(random, found)
    if chosen is None:
        return None
    rating, lines = chosen
    cells = tuple(line.cell for line in lines)
    note = f"block {rating.block} of {rating.item} emptied"
    return Planted(note, tuple(edit(cell, None) for cell in cells), (*cells, rating.cell))


@mistake("KPI typed over", "lists")
def kpi_over(book: Book, random: Random) -> Planted | None:
    """A number typed over the result or the target of a KPI."""
    cells = [
        (kpi.name, entry.source, word)
        for item in book.items
        for kpi in item.kpis
        for entry, word in ((kpi.result, "result"), (kpi.target, "target"))
        if entry.source
    ]
    chosen = pick(random, cells)
    if chosen is None:
        return None
    name, source, word = chosen
    value = random.choice((0, 1, 87, 1234))
    return book.type_at(f"{source.sheet}!{source.cell}", value, f"{value} over the {word} of {name}")


@mistake("key of an open list twice", "lists")
def key_twice(book: Book, random: Random) -> Planted | None:
    """A town that stands in two rows."""
    found = []
    for item in book.items:
        for entry in item.tables:
            table = book.plan.tables[item.item, entry.table]
            keys = [row.cells[table.key_column] for row in entry.rows if row.entity]
            pairs = [(one, other) for one in keys for other in keys if one.value != other.value]
            found += [(one, other, item.item, table.name) for one, other in pairs]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, other, item_id, name = chosen
    assert one.source
    assert other.source
    cells = [f"{entry.source.sheet}!{entry.source.cell}" for entry in (one, other) if entry.source]
    edits = (edit(cells[1], str(one.value)),)
    return Planted(f"{one.value} for {other.value} in {item_id}/{name}", edits, (cells[1],), (cells[0],))


@mistake("key of an open list emptied", "lists")
def key_emptied(book: Book, random: Random) -> Planted | None:
    """A row with a number but without its town."""
    found = []
    for item in book.items:
        for entry in item.tables:
            table = book.plan.tables[item.item, entry.table]
            found += [
                (row.cells[table.key_column], row.entity)
                for row in entry.rows
                if row.entity and row.cells[table.key_column].source
            ]
    chosen = pick(random, found)
    if chosen is None or chosen[0].source is None:
        return None
    at = f"{chosen[0].source.sheet}!{chosen[0].source.cell}"
    return book.type_at(at, None, f"key {chosen[1]} emptied")


@mistake("row of an open list emptied", "lists")
def list_cell_emptied(book: Book, random: Random) -> Planted | None:
    """A date or an article in an open list deleted."""
    found = []
    for item in book.items:
        for entry in item.tables:
            table = book.plan.tables[item.item, entry.table]
            found += [
                (cell, row.entity)
                for row in entry.rows
                if row.entity
                for at, cell in enumerate(row.cells)
                if at != table.key_column and isinstance(cell.value, str) and cell.source
            ]
    chosen = pick(random, found)
    if chosen is None or chosen[0].source is None:
        return None
    at = f"{chosen[0].source.sheet}!{chosen[0].source.cell}"
    return book.type_at(at, None, f"{chosen[0].value} of {chosen[1]} emptied")


@mistake("rating missing", "ratings")
def rating_missing(book: Book, random: Random) -> Planted | None:
    """A rated block without its glyph."""
    rating = pick(random, book.ratings)
    return rating.typed(None) if rating else None


@mistake("rating not of the scale", "ratings")
def rating_unknown(book: Book, random: Random) -> Planted | None:
    """A glyph that the scale does not have."""
    glyphs = {step.glyph for step in book.plan.scale.steps}
    others = [one for one in ("▲", "□", "Z", "良", "達成済み", "☆") if one not in glyphs]
    rating = pick(random, book.ratings)
    return rating.typed(random.choice(others)) if rating else None


@mistake("rating against its KPI", "ratings")
def rating_against_kpi(book: Book, random: Random) -> Planted | None:
    """Another glyph than the KPIs of the block compute."""
    steps = [step for step in book.plan.scale.steps if not step.interim]
    found = [
        (rating, glyph)
        for rating in book.ratings
        for glyph in [step.glyph for step in steps][:4]
        if (block := book.assessments.blocks[rating.item, rating.block]).computed
        and glyph not in (block.computed, block.group, rating.glyph)
    ]
    chosen = pick(random, found)
    return chosen[0].typed(chosen[1]) if chosen else None


@mistake("two ratings in a cell", "ratings")
def two_ratings(book: Book, random: Random) -> Planted | None:
    """〇△."""
    glyphs = [step.glyph for step in book.plan.scale.steps][:4]
    rating = pick(random, book.ratings)
    if rating is None:
        return None
    other = random.choice([glyph for glyph in glyphs if glyph != rating.glyph])
    return rating.typed(rating.glyph + other)


@mistake("sentence for a rating", "ratings")
def words_for_rating(book: Book, random: Random) -> Planted | None:
    """計画通り実施 in the column of the glyphs."""
    rating = pick(random, book.ratings)
    return (
        rating.typed(random.choice(("計画通り実施", "実施中です", "概ね良好", "検討中"))) if rating else None
    )
