"""Facts: every number of the report as one row, with the cell that holds it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP, decimal_from_excel, rounded
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Span

ROUNDING_NAMES = {HALF_UP: "四捨五入", DOWN: "切捨て", UP: "切上げ"}
UPPER_END = "目標の上限"
"""The name of the upper end of a target that is a range; the lower one is called 目標."""


class Origin(StrEnum):
    """The kind of place of a number in the report."""

    TABLE = "表"
    KPI = "指標"
    PROGRESS = "実施状況"
    PLAN = "計画内容"


@frozen
class Fact:
    """One number.

    A fact of a table is known by `identity` and `entity`. One of a KPI has the identity `指標/<name>/目標`
    or `指標/<name>/実績`, of a range also `…/目標の上限`, `…/名称/1` or `…/印字/1` where it is in the KPI's
    name or line; one of a text has that of its block and its place in it (`1-2-2/ブロック 1/文 3/1`, in
    plan sentences `1-2-2/ブロック 1/計画 3/1`, in caption, headers and notes of a table
    `1-2-2/決定達成/見出し 1/1`, in the text of a cell that of the cell with `/1`,
    in titles `1-2-2/題/1`, `1-2/節の題/1` and `1/章の題/1`). One in the meaning of a
    rating is `評価基準/<glyph>/1` and of no item.

    `typed` is the content of the source cell, `typed_text` the text where it is no number, `computed` what
    our recomputation gives, `value` what is printed. A computed cell that still has its formula holds nothing
    typed. All three are as Excel holds them: a rate is a fraction, and `unit` then says 割合 instead of ％;
    where the format shows 千円 the unit is 円. `rounding` is 四捨五入, 切捨て or 切上げ and `decimals` the
    places that are printed; '' and None where the value is not rounded.
    """

    identity: str
    origin: Origin
    item: str
    item_title: str
    group: str
    table: str = ""
    row: str = ""
    column: str = ""
    entity: str = ""
    span: Span | None = None
    unit: str = ""
    typed: Decimal | None = None
    typed_text: str = ""
    computed: Decimal | None = None
    value: Decimal | None = None
    rounding: str = ""
    decimals: int | None = None
    source: Source | None = None

    def value_with_unit(self, value: Decimal) -> str:
        """A value of this fact with its unit, a rate in ％, at the places that are printed."""
        rate = self.unit == FRACTION
        number = value * 100 if rate else value
        if self.decimals is not None:
            number = rounded(number, self.decimals)
        digits = f"{decimal_from_excel(float(number)):,f}" if self.decimals is None else f"{number:,f}"
        return f"{digits}％" if rate else f"{digits} {self.unit}".rstrip()


def kpi_fact_identity(kpi_name: str, value_name: str) -> str:
    """The identity of a KPI's 目標 or 実績."""
    return f"{Origin.KPI}/{kpi_name}/{value_name}"
