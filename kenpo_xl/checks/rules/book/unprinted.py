"""様式: tables and KPIs that the report would lose, since the line that prints them is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Item, StartLine
from kenpo_xl.domain.plan.table import CellKind, Printing
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, MismatchKind

_NAMES = {LineKind.TABLE: "表", LineKind.KPI: "KPI"}


@rule(
    "ST30",
    Family.STRUCTURE,
    Severity.WARNING,
    "表や KPI を載せる行が消えています",
    why="表や KPI は、その名前のある行の所に印字されます。行が消えると、報告書から表ごと抜けます。",
    remedy="消えた行の「内容」に、表や KPI の名前を入れ直してください。",
)
def line_of_table_or_kpi_is_gone(context: CheckContext) -> Iterator[Violation]:
    """No line prints a table with a number, or a KPI, for which the plan has a line.

    At a line that names another table or KPI a second time, or that is 文 now and has the name itself; else
    at the emptied cell or the block's rating.
    Not where a line of the item has a name that the plan does not know (ST04), nor for a line that the plan
    got after the book was made (ST29).
    """
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        has_progress = entry is not None and (entry.lines or entry.blank_lines)  # else ST03 reports it
        for block in item.blocks if has_progress else ():
            for line in block.lines:
                if entry and _is_start_line_gone(context, item, entry, line):
                    overwritten = _overwriting_line_and_printing_line(item, entry, block, line)
                    if overwritten:
                        yield _overwritten_violation(item, block, line, *overwritten)
                        continue
                    yield _violation_for_unprinted_line(context, item, entry, block, line)


def _is_start_line_gone(context: CheckContext, item: Item, entry: ItemEntry, line: StartLine) -> bool:
    """Whether a line of the plan that prints something is not in the book."""
    if line.kind is LineKind.TEXT or any(
        (one.kind, one.text) == (line.kind, line.text) for one in entry.lines
    ):
        return False
    is_table = line.kind is LineKind.TABLE
    prints = _has_number(context, item, line.text) if is_table else _is_printed_kpi(context, line.text)
    if not prints or _has_unknown_name(context, item, entry, line.kind):
        return False
    added = (one.fact for one in context.submission.mismatches if one.kind is MismatchKind.ADDED)
    return not any(f"「{line.text}」" in fact for fact in added)


def _overwriting_line_and_printing_line(
    item: Item, entry: ItemEntry, block: Block, line: StartLine
) -> tuple[LineEntry, LineEntry] | None:
    """The line in the place of a lost one that names what another line prints, and that one."""
    printing = [one for one in entry.lines if one.kind is line.kind and one.source and not one.left_out]
    repeated = _names_printed_too_often(item, printing, line.kind)
    here = [one for one in printing if one.block == block.name]
    at = _index_in_plan_of_block(block, line)
    places = [place for place, one in enumerate(here) if one.text in repeated]
    if not places:
        return None
    wrong = here[min(places, key=lambda place: abs(place - at))]
    return wrong, _other_line_of_same_name(printing, wrong)


def _names_printed_too_often(item: Item, printing: Sequence[LineEntry], kind: LineKind) -> set[str]:
    """The names that more lines of an item print than in the plan, twice or more."""
    usual = Counter(one.text for block in item.blocks for one in block.lines if one.kind is kind)
    counts = Counter(one.text for one in printing)
    return {name for name, count in counts.items() if count > max(1, usual[name])}


def _index_in_plan_of_block(block: Block, line: StartLine) -> int:
    """The place of a line among those of its kind that the plan gives a block."""
    return [one for one in block.lines if one.kind is line.kind].index(line)


def _other_line_of_same_name(lines: Sequence[LineEntry], line: LineEntry) -> LineEntry:
    return next(one for one in lines if one.text == line.text and one is not line)


def _overwritten_violation(
    item: Item, block: Block, line: StartLine, wrong: LineEntry, other: LineEntry
) -> Violation:
    what = f"{_NAMES[line.kind]}「{line.text}」"
    cell = other.source.cell if other.source else ""
    return Violation(
        wrong.source or Source("", "", ""),
        f"{item.id}/ブロック {block.name}/{line.text}",
        f"「{wrong.text}」を載せる行が 2 つあり（もう 1 つは {cell}）、{what}を載せる行がありません。"
        f"このままでは報告書に{what}が載りません。",
        f"どちらかの行の「内容」を「{line.text}」に直してください。",
        actual=wrong.text,
        expected=line.text,
        related=(other.source,) if other.source else (),
    )


def _has_number(context: CheckContext, item: Item, name: str) -> bool:
    found = next(
        (one for one in context.own_tables if (one.table.item, one.table.name) == (item.id, name)), None
    )
    if found is None or found.table.printing is Printing.NONE:
        return False
    figures = (figure for row in found.rows for figure in row.figures)
    return any(one.typed not in (None, "") for one in figures if one.cell.kind is CellKind.TYPED)


def _is_printed_kpi(context: CheckContext, name: str) -> bool:
    kpi = context.plan.kpi(name)
    return kpi is not None and bool(kpi.print)


def _has_unknown_name(context: CheckContext, item: Item, entry: ItemEntry, kind: LineKind) -> bool:
    """Whether a line that prints a table or a KPI has a name that the plan does not know."""
    known = item.table if kind is LineKind.TABLE else context.plan.kpi
    return any(one.kind is kind and known(one.text) is None for one in entry.lines)


def _place_of_unprinted(context: CheckContext, entry: ItemEntry, block: Block, kind: LineKind) -> Source:
    """The emptied cell of that kind in the block, else the block's rating, else the book."""
    blank = [line for line in entry.blank_lines if line.block == block.name and line.source]
    cells = [line.source for line in sorted(blank, key=lambda line: line.kind is not kind)]
    rating = (cell for name, cell in entry.rating_cells if name == block.name)
    return next(filter(None, (*cells, *rating)), Source(context.submission.workbook, "", ""))


def _violation_for_unprinted_line(
    context: CheckContext, item: Item, entry: ItemEntry, block: Block, line: StartLine
) -> Violation:
    what = f"{_NAMES[line.kind]}「{line.text}」"
    texts = (one for one in entry.lines if one.kind is LineKind.TEXT and one.source)
    as_text = next((one.source for one in texts if one.text.strip() == line.text), None)
    place, fact = as_text or _place_of_unprinted(context, entry, block, line.kind), "が消えています"
    hint = (
        f"ブロック {block.name} の行の「種類」を「{line.kind}」に、「内容」を「{line.text}」にしてください。"
    )
    if as_text:
        fact = f"の「種類」が「{LineKind.TEXT}」になっています"
        hint = f"この行の「種類」を「{line.kind}」に戻してください。"
    return Violation(
        place,
        f"{item.id}/ブロック {block.name}/{line.text}",
        f"{what}を載せる行{fact}。このままでは報告書に{what}が載りません。",
        hint,
        expected="" if as_text else line.text,
    )
