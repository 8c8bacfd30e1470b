"""The plan (計画ブック) as understood: what is reported, by whom, how it is computed and rated."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.cross_checks import CrossCheck, Term
from kenpo_xl.domain.plan.identities import Identities, name_by_former_name
from kenpo_xl.domain.plan.items import Block, ColumnText, Item, Section, StartLine, part_of_item
from kenpo_xl.domain.plan.line_kind import TextField
from kenpo_xl.domain.plan.placeholders import PlaceholderContext
from kenpo_xl.domain.plan.ratings import Direction, Interim, Scale
from kenpo_xl.domain.plan.rule_settings import OutlookUse, RuleSetting
from kenpo_xl.domain.plan.table import FigureId, Table
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.milestones import Milestone
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle

__all__ = [
    "PLAN_NAME",
    "Annex",
    "Block",
    "ColumnText",
    "Item",
    "Kpi",
    "Period",
    "Plan",
    "Section",
    "StartLine",
]

PLAN_NAME = "計画.xlsx"
"""How the plan book of a period folder is called."""


Target = Decimal | Node | RelativeTarget | TargetRange | ReferenceTarget | Milestone | None


class National(StrEnum):
    """What head office publishes of a KPI: its mean over all branches, and the rank of a branch."""

    MEAN = "全国平均"
    RANK = "全国順位"


@frozen
class Kpi:
    """A KPI: its target, direction, source and interim rule.

    The target is a number, a formula over figures, relative, a range, another's value, or to be met by a day.

    `result` and `same_period` are formulas over identities; with `newest` they are one range each, of which
    the last filled cell of `result` and the cell at the same place of `same_period` count.
    In these formulas a figure in ％ counts as a fraction, also where its cell holds 24.45 for 24.45 ％.
    `last_year` is the formula of last year's final result, where the planner gave one (前年度実績).
    `former_names` are earlier names (旧名), `common_key` is the key that all branches share (共通の鍵).
    `is_main` (主): of its block's KPIs it may be the one that counts.
    `national_cells` are the cells that show what head office publishes.
    `target_source`, `result_source` and `print_source` are the cells of 目標, 実績 and 印字 in the plan book.
    """

    name: str
    format: NumberFormat
    target: Target
    direction: Direction
    result: Node | None
    same_period: Node | None = None
    newest: bool = False
    interim: Interim = Interim.TARGET
    thresholds: tuple[tuple[str, Decimal], ...] = ()
    print: str = ""
    place: str = ""
    last_year: Node | None = None
    former_names: tuple[str, ...] = ()
    common_key: str = ""
    is_main: bool = False
    national_cells: tuple[tuple[National, FigureId], ...] = ()
    target_source: Source | None = field(default=None, compare=False)
    result_source: Source | None = field(default=None, compare=False)
    print_source: Source | None = field(default=None, compare=False)

    @property
    def target_formula(self) -> Node | None:
        """The formula that gives the target; None where none does."""
        source = self.target.source if isinstance(self.target, ReferenceTarget) else self.target
        return source if isinstance(source, Node) else None


@frozen
class Period:
    """One period (期) of the plan's fiscal year and its council meeting; `number` counts from 1."""

    number: int
    as_of: date
    meeting: str = ""
    held_on: date | None = None
    document: str = ""
    due: date | None = None
    cycle: Cycle = Cycle.QUARTER


@frozen
class Annex:
    """A document that goes with the report: number as printed, title, and the block that refers to it.

    `item` and `block` are '' where only the cover lists it.
    """

    number: str
    title: str
    item: str = ""
    block: str = ""

    @property
    def mark(self) -> str:
        """How the report refers to it."""
        return f"（別添{self.number}）"


@frozen
class Plan:
    """Everything that the plan book says; `history_sources` are the cells of the values of `history`."""

    branch: str
    title: str
    fiscal_year: FiscalYear
    period: Period
    groups: tuple[str, ...]
    scale: Scale
    sections: tuple[Section, ...]
    kpis: tuple[Kpi, ...] = ()
    history: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    history_sources: dict[tuple[str, int], Source] = field(default_factory=dict, compare=False)
    cross_checks: tuple[CrossCheck, ...] = ()
    terms: tuple[Term, ...] = ()
    rule_settings: tuple[RuleSetting, ...] = ()
    annexes: tuple[Annex, ...] = ()  # 別添
    python: str = ""  # that of the office, for every book (Python の場所)
    has_buttons: bool = True  # whether books have buttons and macros (ボタン)
    summary_outlook: OutlookUse = OutlookUse.PLANNER_ONLY  # 概要の見通し
    aggregation: Aggregation = Aggregation.WORST  # KPIのまとめ方
    public_contacts: tuple[str, ...] = ()  # phones, mail and postal addresses (公の窓口)
    text_fields: tuple[TextField, ...] = ()  # 記入欄, 項の記入欄

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def _item_by_id(self) -> dict[str, Item]:
        """Each item by its number, the first where a number is there twice."""
        return {item.id: item for item in reversed(self.items)}

    def item(self, item_id: str) -> Item | None:
        return self._item_by_id.get(item_id)

    @cached_property
    def uses_keys(self) -> bool:
        """Whether an item or block has a key of its own."""
        return any(item.own_key or any(block.own_key for block in item.blocks) for item in self.items)

    @cached_property
    def identities(self) -> Identities:
        """The identities of the plan, as stored and as shown."""
        return Identities(self)

    def items_of(self, group: str) -> tuple[Item, ...]:
        """The items of a group; of one with several owners what is in the group's book."""
        return tuple(part for item in self.items if (part := part_of_item(item, group)))

    def kpi(self, name: str) -> Kpi | None:
        return next((kpi for kpi in self.kpis if kpi.name == name), None)

    def names_of_table(self, table: Table) -> tuple[str, ...]:
        """The name of a table and its former names that are not those of another one of its item."""
        item = self.item(table.item)
        return item.names_of_table(table) if item else (table.name,)

    def kpi_once_named(self, name: str) -> Kpi | None:
        """The KPI with this name, else the one that had it."""
        return self.kpi(name) or self.kpi(name_by_former_name(self.kpis).get(name, ""))

    def text_field_once_named(self, name: str) -> str:
        """The name now of the text field with this name, or that once had it; '' for none."""
        names = [one.name for one in self.text_fields]
        return name if name in names else name_by_former_name(self.text_fields).get(name, "")

    def scale_of_text_field(self, name: str) -> Scale | None:
        """The scale of the text field with this name, None for one of words and for progress ('')."""
        return next((one.scale for one in self.text_fields if one.name == name), None)

    @property
    def legend_text(self) -> str:
        """The legend of the scale, then those of text fields: ◎計画を大幅に上回る、…／外部評価 Ａ妥当、…"""
        others = (f"{one.name} {one.scale.legend_text}" for one in self.text_fields if one.scale)
        return "／".join([self.scale.legend_text, *others])

    @cached_property
    def tables(self) -> dict[tuple[str, str], Table]:
        """Every table by item and name."""
        return {(item.id, table.name): table for item in self.items for table in item.tables}

    @property
    def is_year_end(self) -> bool:
        """Whether the period ends its year, when every interim rule gives way to the target itself."""
        return self.period.cycle.is_last(self.period.number)

    @property
    def period_name(self) -> str:
        """第3四半期"""
        return self.period.cycle.name_of(self.fiscal_year, self.period.number)

    @property
    def names_of_periods(self) -> tuple[str, ...]:
        """The names of all periods of its year."""
        cycle = self.period.cycle
        return tuple(cycle.name_of(self.fiscal_year, number) for number in cycle.numbers)

    @cached_property
    def as_of_month(self) -> Month:
        """The period's own as-of month."""
        return Month.of(self.period.as_of)

    def placeholder_context(self, month: int | None = None) -> PlaceholderContext:
        """What placeholders are filled from, at a typed as-of month (1 to 12) or at the period's own."""
        if month not in self._placeholder_contexts:
            base = self.fiscal_year.month(month) if month else self.as_of_month
            self._placeholder_contexts[month] = PlaceholderContext(
                self.fiscal_year, base, self.branch, self.period.number, self.period_name
            )
        return self._placeholder_contexts[month]

    @cached_property
    def _placeholder_contexts(self) -> dict[int | None, PlaceholderContext]:
        return {}
