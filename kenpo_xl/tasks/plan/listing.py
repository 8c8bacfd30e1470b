"""A listing of the plan as read from its book, for people and for diffs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.plan.layout.header_times import header_time_missing_in_name
from kenpo_xl.books.plan.reader import Problem, plan_and_problems
from kenpo_xl.books.plan.support.keys import FILL
from kenpo_xl.checks.engine import all_rules
from kenpo_xl.domain.findings.finding import Family, Severity
from kenpo_xl.domain.findings.thresholds import THRESHOLDS
from kenpo_xl.domain.formulas.evaluate import to_words
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.figure_span import span_of_cell
from kenpo_xl.domain.plan.items import is_shared, owners_of_block, owners_text
from kenpo_xl.domain.plan.line_kind import TextField
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.plan import Block, Item, Plan, Section
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.rule_settings import RuleSetting, RuleUse
from kenpo_xl.domain.plan.table import Axis, CellKind, RowRating, Table
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.python_path import PYTHON_PLACE
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, date_text, fiscal_year_text
from kenpo_xl.tasks.period.folder import period_folder
from kenpo_xl.tasks.plan.plan_in_words import (
    cross_check_in_words,
    floors_in_words,
    former_names_text,
    formula_in_words,
    kpi_lines,
)

_LONG_LIST = 6
NO_KEYS = f"鍵: なし（項やブロックの番号を変えると、前の期の数や文とつながりません。{FILL} で付けられます）"
"""The cost of a plan without keys."""
# Without their errors numbers would be lost, private data printed, or a remark of the planner never seen.
_PROTECTING = (Family.STRUCTURE, Family.PRIVACY, Family.RETURN)


def plan_listing(folder: Path) -> tuple[list[str], list[Problem]]:
    """The lines of the listing ([] if the book could not be interpreted) and all problems.

    KenpoError if the folder or its plan book cannot be read.
    """
    plan, problems = plan_and_problems(period_folder(folder).plan_path)
    if plan is None:
        return [], problems
    return list(plan_lines(plan)), [*problems, *rule_setting_problems(plan)]


def rule_setting_problems(plan: Plan) -> Iterator[Problem]:
    """Rows of 規則 on a code that no rule has, or that switch off a rule that protects the office."""
    rules = {rule.code: rule for rule in all_rules()} if plan.rule_settings else {}
    for one in plan.rule_settings:
        assert one.source is not None
        rule = rules.get(one.code)
        if rule is None:
            text = f"{one.code} という規則はありません。kenpo-xl explain の一覧でコードを確かめてください。"
            yield Problem(one.source.sheet, one.source.cell, text)
        elif one.use is not RuleUse.ON and rule.severity is Severity.ERROR and rule.family in _PROTECTING:
            text = f"{one.code}（{rule.title}）は、「しない」や「試行」にできません。"
            yield Problem(one.source.sheet, one.source.cell, text)
        else:
            yield from _threshold_problems(one)


def _threshold_problems(setting: RuleSetting) -> Iterator[Problem]:
    """A threshold for a rule that has none, or out of its range."""
    assert setting.source is not None
    threshold = THRESHOLDS.get(setting.code)
    if setting.threshold is None or (threshold and threshold.is_allowed(setting.threshold)):
        return
    text = (
        f"{setting.code} のしきい値は、{threshold.range_text}の数を入れてください（{threshold.meaning}）。"
        if threshold
        else f"{setting.code} にはしきい値がありません。「しきい値」を空欄にしてください。"
    )
    yield Problem(setting.source.sheet, setting.source.cell, text)


def _macro_lines(plan: Plan) -> Iterator[str]:
    if plan.python:
        yield f"{PYTHON_PLACE}: {plan.python}"
    if not plan.has_buttons:
        yield "ボタン: なし（マクロのないブックを作ります）"


def plan_lines(plan: Plan) -> Iterator[str]:
    """The plan in words: sections, items, blocks, tables with rows, columns and formulas, KPIs."""
    year = fiscal_year_text(plan.fiscal_year)
    as_of = date_text(plan.period.as_of)
    yield f"{plan.branch}　{year}　{plan.period_name}（基準日 {as_of}）"
    yield f"グループ: {'、'.join(plan.groups)}"
    yield from _macro_lines(plan)
    if not plan.uses_keys:
        yield NO_KEYS
    yield f"評価基準: {plan.scale.legend_text}"
    yield from _scale_lines(plan)
    yield from map(_text_field_line, plan.text_fields)
    for one in plan.rule_settings:
        yield f"規則 {one.code}: {_rule_setting_text(one)}"
    for annex in plan.annexes:
        place = f"（項 {annex.item} ブロック {annex.block}）" if annex.item else "（表紙だけ）"
        yield f"別添{annex.number}: {annex.title}{place}"
    for section in plan.sections:
        yield ""
        yield f"■ {section.chapter}　{section.title}"
        yield from _section_lines(plan, section)
    if plan.cross_checks:
        yield from ("", "■ 検算")
    for check in plan.cross_checks:
        yield f"  {check.kind}: {cross_check_in_words(check)}"


def _text_field_line(field: TextField) -> str:
    rated = f"、評価 {field.scale.legend_text}" if field.scale else ""
    return f"記入欄: {field.name}（{'項' if field.per_item else 'ブロック'}ごと{rated}）"


def _section_lines(plan: Plan, section: Section) -> Iterator[str]:
    for item, before in zip(section.items, (None, *section.items), strict=False):
        if item.heading and (before is None or before.heading != item.heading):
            yield f"  {item.heading.id} {item.heading.title}"
        yield from _item_lines(plan, item)


def _rule_setting_text(setting: RuleSetting) -> str:
    parts = [f"使う {setting.use}"]
    parts += [f"重さ {setting.severity}"] if setting.severity else []
    threshold = THRESHOLDS.get(setting.code)
    if setting.threshold is not None and threshold:
        usual = threshold.text_with_unit(threshold.usual)
        parts.append(f"しきい値 {threshold.text_with_unit(setting.threshold)}（決めなければ {usual}）")
    parts += [f"除く項 {'、'.join(setting.items)}"] if setting.items else []
    parts += [f"除く言葉 {'、'.join(setting.words)}"] if setting.words else []
    return "、".join(parts)


def _item_lines(plan: Plan, item: Item) -> Iterator[str]:
    rated = sum(block.rated for block in item.blocks)
    key = f"、鍵 {item.own_key}" if item.own_key else ""
    counts = f"ブロック {len(item.blocks)}、評価 {rated}{key}"
    yield f"  {item.id} {item.title}（{owners_text(item)}、{counts}）"
    if is_shared(item):
        for block in item.blocks:
            yield f"    ブロック {block.name} の担当: {'、'.join(owners_of_block(item, block))}"
    for table in item.tables:
        yield from _table_lines(plan, table)
    for block in item.blocks:
        yield from _kpi_lines_of_block(plan, block)


def _kpi_lines_of_block(plan: Plan, block: Block) -> Iterator[str]:
    names = [line.text for line in block.lines if line.kind == "KPI"]
    rule = block.aggregation or plan.aggregation
    if names and rule is not Aggregation.WORST:
        yield f"    ブロック {block.name} の KPIのまとめ方: {rule}"
    for kpi in filter(None, map(plan.kpi, names)):
        yield from kpi_lines(plan, kpi)


def _row_rating_text(table: Table, rating: RowRating) -> str:
    """行の評価 評価 ← 実績 と 目標（以上）"""
    name = table.columns[rating.column].name
    if rating.target is None or rating.result is None:
        return f"行の評価 {name}"
    target, result = (table.columns[column].name for column in (rating.target, rating.result))
    return f"行の評価 {name} ← {result} と {target}（{rating.direction}）"


def _table_lines(plan: Plan, table: Table) -> Iterator[str]:
    kinds = _Accumulations(plan, table)
    notes = [f"印刷 {table.printing}"] if table.printing != "すべて" else []
    notes += [f"基準月 {table.as_of}"] if table.as_of != "期" else []
    notes += ["くり返し"] if table.repeating is not None else []
    notes += [kinds.usual] if kinds.usual else []
    size = f"{len(table.rows)} 行 × {len(table.columns)} 列"
    notes += [former_names_text(table.former_names)] if table.former_names else []
    notes += [f"担当 {table.owner}"] if table.owner else []
    notes += [_row_rating_text(table, table.row_rating)] if table.row_rating else []
    yield f"    表 {table.name}（{'、'.join([size, *notes])}）"
    year = plan.fiscal_year
    rows = [
        _axis_text(axis, year, kinds.unusual_accumulation_of_row(row)) for row, axis in enumerate(table.rows)
    ]
    yield f"      行: {_shortened_list(rows)}"
    columns = (
        _axis_text(axis, year, kinds.unusual_accumulation_of_column(column), _units_of_column(table, column))
        for column, axis in enumerate(table.columns)
    )
    yield f"      列: {_shortened_list(list(columns))}"
    yield from _formula_lines(table)


class _Accumulations:
    """The accumulations of a table's figures (単月, 累計 …): the usual one, and those that differ.

    The latter are given for the columns, or for the rows if only these are uniform.
    """

    def __init__(self, plan: Plan, table: Table) -> None:
        self.kinds = {
            (row, column): str(
                span_of_cell(table, row, column, plan.fiscal_year, plan.as_of_month.number).kind
            )
            for row, column in table.positions.values()
            if _is_cell_of_number(table, row, column)
        }
        found = Counter(self.kinds.values()).most_common(1)
        self.usual = found[0][0] if found else ""
        by_columns = all(len(self._accumulations_at(1, column)) <= 1 for column in range(len(table.columns)))
        self.by_rows = not by_columns and all(
            len(self._accumulations_at(0, row)) <= 1 for row in range(len(table.rows))
        )

    def _accumulations_at(self, side: int, position: int) -> list[str]:
        return list(dict.fromkeys(kind for at, kind in self.kinds.items() if at[side] == position))

    def unusual_accumulation_of_row(self, row: int) -> str:
        return self._unusual_accumulations_text(0, row) if self.by_rows else ""

    def unusual_accumulation_of_column(self, column: int) -> str:
        return "" if self.by_rows else self._unusual_accumulations_text(1, column)

    def _unusual_accumulations_text(self, side: int, position: int) -> str:
        found = self._accumulations_at(side, position)
        return "" if found == [self.usual] else "・".join(found)


def _is_cell_of_number(table: Table, row: int, column: int) -> bool:
    cell = table.cells[row][column]
    is_word = isinstance(cell.value, str) or cell.format.is_text
    return cell.kind is not CellKind.NOT_APPLICABLE and not is_word


def _units_of_column(table: Table, column: int) -> str:
    """The units of a column's figures in brackets, all of them where its rows differ."""
    rows = (row for row in range(len(table.rows)) if _is_cell_of_number(table, row, column))
    units = [unit for unit in dict.fromkeys(table.unit_at(row, column) for row in rows) if unit]
    return f"［{'／'.join(units)}］" if units else ""


def _axis_text(axis: Axis, fiscal_year: FiscalYear, kind: str, unit: str = "") -> str:
    year_role = str(axis.year_role) if axis.year_role and axis.year_role not in (axis.name, "当年") else ""
    time = header_time_missing_in_name(axis, fiscal_year)
    if time and axis.years and axis.year_role is axis.header_year_role is YearRole.OTHER:
        year_role = ""
    # Also the name as a header would have it: typed with a blank, 待機児童 目安 is no other name.
    renamed = [one for one in axis.former_names if normalized(one) != normalized(axis.name)]
    former = former_names_text(renamed) if renamed else ""
    notes = "、".join(filter(None, (time, year_role, kind, former)))
    return axis.name + unit + (f"（{notes}）" if notes else "")


def _shortened_list(names: list[str]) -> str:
    if len(names) <= _LONG_LIST * 2:
        return "、".join(names)
    return f"{'、'.join(names[:_LONG_LIST])} … {names[-1]}（{len(names)}）"


def _formula_lines(table: Table) -> Iterator[str]:
    """Each formula once, with the rows that it computes."""
    found: dict[str, list[str]] = {}
    for identity, (row, column) in table.positions.items():
        cell = table.cells[row][column]
        if cell.kind is CellKind.COMPUTED and cell.formula is not None:
            words = to_words(cell.formula, lambda node, own=identity: formula_in_words(node, own))  # type: ignore[misc]
            found.setdefault(f"{identity.column} = {words}", []).append(identity.row)
    for formula, rows in found.items():
        yield f"      算式 {formula}（{_shortened_list(rows)}）"


def _scale_lines(plan: Plan) -> Iterator[str]:
    """The floors of the scale, and the limits if less is better."""
    if not plan.scale.computable_steps:
        return
    yield f"  達成率による評価: {floors_in_words(plan.scale, Direction.AT_LEAST)}"
    if any(kpi.direction is Direction.AT_MOST for kpi in plan.kpis):
        yield f"  「以下」の指標では、目標に対して: {floors_in_words(plan.scale, Direction.AT_MOST)}"
