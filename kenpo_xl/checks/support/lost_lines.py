"""What a line may name in its item: the tables and KPIs that no other line prints, and the blocks."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart

_KINDS = {"載せる表": LineKind.TABLE, "載せる指標": LineKind.KPI}
_LONGEST = 24


def fact_on_unknown_name(kind: str, name: str) -> str:
    """What is wrong in a line whose name is not in the plan; a text that was typed over it is cut short."""
    if len(name) <= _LONGEST and "\n" not in name:
        return f"{kind}「{name}」は計画にありません。"
    start = name.splitlines()[0][:_LONGEST].lstrip("・ 　")
    return f"{kind}を載せる行に「{start}…」と入っています。その名前の{kind}は計画にありません。"


def names_for_line(context: CheckContext, part: BookPart) -> tuple[str, ...]:
    """The names, of those that a line of this kind may have, that its item lacks; all blocks of the item."""
    item = next((one for one in context.own_items if _has_line_at(context, one, part.source)), None)
    if item is None:
        return ()
    if part.kind not in _KINDS:
        return tuple(block.name for block in item.blocks)
    kind, entry = _KINDS[part.kind], context.entries_by_item.get(item.id)
    there = {one.text for one in entry.lines if one.kind is kind} if entry else set()
    wanted = (line.text for block in item.blocks for line in block.lines if line.kind is kind)
    return tuple(dict.fromkeys(name for name in wanted if name not in there))


def _has_line_at(context: CheckContext, item: Item, source: Source) -> bool:
    entry = context.entries_by_item.get(item.id)
    places = (one.source for one in entry.lines if one.source) if entry else ()
    row = cell_position(source.cell)[0]
    return any(one.sheet == source.sheet and cell_position(one.cell)[0] == row for one in places)


def hint_for_line(part: BookPart, kind: str, names: tuple[str, ...]) -> str:
    """What to type in a line whose name is not in the plan."""
    quoted = "".join(f"「{name}」" for name in names)
    if part.kind not in _KINDS:
        return f"「ブロック」を{quoted}のどれかに直してください。空にすると、上の行と同じブロックになります。"
    if not names:
        return f"計画にある{kind}の名前に直してください。要らない行なら、行ごと消してください。"
    which = quoted if len(names) == 1 else f"{quoted}のどれか"
    return f"この行の「内容」を{which}に戻してください。文は、行を挿入して、そこに入れてください。"
