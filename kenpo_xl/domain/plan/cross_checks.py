"""Cross-checks (検算) and terms (用語): what a plan book says that a careful reader compares."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.source import Source


class CrossCheckKind(StrEnum):
    """The closed set of what a row of 検算 can say."""

    EQUAL = "等しい"
    AT_MOST = "以下"
    IN_TEXT = "文中の数"
    COUNT = "件数"
    WHERE_WRITTEN = "記載あれば数値"
    SAME_EVENT = "同じ行事"


@frozen
class CrossCheck:
    """A row of 検算.

    等しい, 以下: `left` and `right` are formulas over figures, equal up to their rounding, or left at most
    right.
    文中の数: `words` occur in a sentence of `item`, and the number behind them is `left`.
    件数: the number behind `words` in a sentence of `item` is the number of rows of the open list `table`,
    or of its different values in `column`.
    記載あれば数値: where a sentence of `item` holds `words`, the figure `left` is filled.
    同じ行事: sentences of any item that contain `words` state the same dates and counts.
    `note` is the planner's own sentence for the finding, '' for the usual one.
    """

    kind: CrossCheckKind
    left: Node | None = None
    right: Node | None = None
    item: str = ""
    words: str = ""
    table: str = ""
    column: str = ""
    note: str = ""
    source: Source | None = None


@frozen
class Term:
    """A preferred word and the variants that staff write for it.

    `is_automatic`: `fix` writes the preferred word (自動). `is_minor`: a variant is worth a 参考 (重さ).
    """

    preferred: str
    variants: tuple[str, ...]
    source: Source | None = None
    is_automatic: bool = False
    is_minor: bool = False

    @cached_property
    def normalized_variants(self) -> tuple[str, ...]:
        """The variants as they are in normalized text."""
        return tuple(normalized(variant) for variant in self.variants)
