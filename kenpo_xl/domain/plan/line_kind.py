"""What a line of an item's sheet can hold: its kind, and the text field that it may be of."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.source import Source


class LineKind(StrEnum):
    """What a line of progress contains (実施状況)."""

    TEXT = "文"
    TABLE = "表"
    KPI = "KPI"


@frozen
class TextField:
    """A text field (記入欄), a text beside the progress (今後の取組): of each block, or of each item.

    The field of an item is in its first block.
    A template prints it in its column of this name. `source` is the cell that declares it.
    One with a `scale` takes a rating of that scale, a second one beside that of the block (外部評価).
    """

    name: str
    per_item: bool = False
    former_names: tuple[str, ...] = ()
    source: Source | None = None
    scale: Scale | None = None
