"""Rules on overwritten computed cells and the values of their parts (計算)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import axis_header_text, name_of_figure, value_text
from kenpo_xl.checks.support.number_cells import ratio_to_usual
from kenpo_xl.checks.support.overwritten_cells import (
    OverwrittenCell,
    groups_rounded_otherwise,
    is_sum_formula,
    omitted_parts,
    overwritten_cells,
    restoring_hint,
)
from kenpo_xl.checks.support.shares import part_whole_quotients
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Call, Node, formula_keys, to_words
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.source import Source

_CALLED = {HALF_UP: "四捨五入", DOWN: "切捨て", UP: "切上げ"}
_FEW = 6


@rule(
    "CA01",
    Family.ARITHMETIC,
    Severity.ERROR,
    "計算のセルの値が、もとの数と合いません",
    why="率や合計がもとの数から計算した値と違うと、どちらが正しいのか読む人に分かりません。",
    remedy="もとの数を確かめ、正しい値を入れるか、セルを空にして「直す」を押すと算式に戻ります。",
)
def computed_cell_disagrees_with_parts(context: CheckContext) -> Iterator[Violation]:
    """An overwritten computed cell whose value no rounding of its parts gives.

    For counted parts: the typed number is not the exact value rounded half up, down or up at the displayed
    places. For rounded parts (decimals; amounts in 千円 and the like): it differs by a unit of its last place
    or more from every possible value. Not if the total omits a part (CA02), or only the rounding mode differs
    (CA03). The rule is that of interval arithmetic
    over numbers that are known to half a unit of their last place.
    """
    for one in _overwritten_cells_of_book(context):
        if one.disagrees_with_parts and omitted_parts(one) is None:
            figure = one.figure
            expected = value_text(context, figure, figure.computed)
            given = value_text(context, figure, one.typed)
            sum_of_parts = f"{_formula_with_values(context, one)} ＝ {expected}"
            yield Violation(
                one.source,
                figure.identity_with_entity,
                f"{name_of_figure(context, figure)} {given} は {sum_of_parts} と合いません。",
                f"もとの数を確かめてください。正しければ、{restoring_hint(figure)}",
                given,
                expected,
            )


@rule(
    "CA02",
    Family.ARITHMETIC,
    Severity.ERROR,
    "合計に、記入済みの数が入っていません",
    why="四半期や月の数を後から記入したときに合計を直し忘れると、少ない合計のまま報告されます。",
    remedy="すべての数を足した値を入れるか、合計のセルを空にして「直す」を押すと、算式に戻ります。",
)
def total_omits_part(context: CheckContext) -> Iterator[Violation]:
    """An overwritten total that is exactly the sum without one to three of its parts.

    Reported only if the smallest set of omitted parts is unique.
    """
    for one in _overwritten_cells_of_book(context):
        missing = omitted_parts(one) if one.disagrees_with_parts else None
        if missing:
            figure = one.figure
            parts = "、".join(
                f"{name_of_figure(context, part, figure)} {value_text(context, part)}" for part in missing
            )
            given, expected = (
                value_text(context, figure, one.typed),
                value_text(context, figure, figure.computed),
            )
            yield Violation(
                one.source,
                figure.identity_with_entity,
                f"{name_of_figure(context, figure)} {given} は {parts} を含んでいません。"
                f"足すと {expected} です。",
                restoring_hint(figure),
                given,
                expected,
            )


@rule(
    rule_codes.ROUNDED_OTHERWISE,
    Family.ARITHMETIC,
    Severity.WARNING,
    "端数の処理が計画と違います",
    why="ほかの表が四捨五入なのに一つの列だけ切り捨てると、同じ数から違う率が出て、質問を受けます。",
    remedy="計画どおりの端数処理にしてください。セルを空にして「直す」を押すと、算式に戻り、そろいます。",
)
def rounded_otherwise(context: CheckContext) -> Iterator[Violation]:
    """An overwritten cell with another rounding mode than the plan's (by default half up).

    Two or more of a column, or else of a row, with the same other mode are one finding if no overwritten cell
    of that line contradicts it: at the column's header, or at the row's first such cell.
    """
    for table in context.own_tables:
        found = [one for one in overwritten_cells(table, context.figures) if one.exact is not None]
        for together in groups_rounded_otherwise(found):
            yield (
                _rounding_violation(context, together[0])
                if len(together) == 1
                else _violation_for_row_or_column(context, table, together)
            )


@rule(
    rule_codes.PART_TOO_LARGE,
    Family.ARITHMETIC,
    Severity.WARNING,
    "一部の数が全体の数より大きくなっています",
    why="達成件数が決定件数より多いなど、一部が全体を超えるのは、どちらかの記入違いです。",
    remedy="両方の数を元の資料と見比べ、違っている方を直してください。",
    superseded_by=(
        rule_codes.FIGURE_TOO_LARGE,
        rule_codes.REPORTED_FIGURE_CHANGED,
        rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,
    ),
)
def part_larger_than_whole(context: CheckContext) -> Iterator[Violation]:
    """A quotient in percent whose part is larger than its whole of the same months.

    Reported at the part, or at the whole if that is farther from last year's or its column's values.
    The quotients are the computed cells a ÷ b and the KPI results a ÷ b of a target of at most 100 ％. A word
    of these excludes a share: 目標, 計画, 見込, 予定, 予算, 定員, 前年, 対比, 伸び, 増減, 平均 …
    """
    seen: set[Source] = set()
    for quotient, part, whole_figure in part_whole_quotients(context):
        if (
            part.printed_number is None
            or not whole_figure.printed_number
            or not 0 < whole_figure.printed_number < part.printed_number
        ):
            continue
        blamed = max(part, whole_figure, key=lambda figure: ratio_to_usual(context, figure))
        place = blamed.source or part.source or whole_figure.source
        if place is None or place.workbook != context.submission.workbook or place in seen:
            continue
        seen.add(place)
        much, all_of_it = _names_of_part_and_whole(context, part, whole_figure)
        percent = _text_of_share(part.printed_number / whole_figure.printed_number)
        yield Violation(
            place,
            blamed.identity_with_entity,
            f"{much} {value_text(context, part)} が"
            f"{all_of_it} {value_text(context, whole_figure)} より大きく、"
            f"{quotient}が {percent} になります。",
            f"{much}と{all_of_it}を元の資料で確かめ、違っている方を直してください。",
            value_text(context, blamed),
        )


def _names_of_part_and_whole(context: CheckContext, part: Figure, whole_figure: Figure) -> tuple[str, str]:
    """The words of a part and its whole; within one table only those that differ."""
    if part.id[:2] != whole_figure.id[:2]:
        return name_of_figure(context, part), name_of_figure(context, whole_figure)
    return name_of_figure(context, part, whole_figure), name_of_figure(context, whole_figure, part)


@rule(
    "CA05",
    Family.ARITHMETIC,
    Severity.WARNING,
    "計算のセルに値があるのに、もとの数が空欄です",
    why="もとの数がないと、率や合計が正しいか誰も確かめられません。",
    remedy="もとの数を記入してください。まだ分からないときは、計算のセルを空にしてください。",
)
def computed_cell_without_parts(context: CheckContext) -> Iterator[Violation]:
    """An overwritten computed cell of which every part is empty (a sign such as － is not)."""
    for one in _overwritten_cells_of_book(context):
        if one.parts and all(part.printed_value in (None, "") for part in one.parts):
            figure = one.figure
            names = "、".join(name_of_figure(context, part, figure) for part in one.parts[:_FEW])
            given = value_text(context, figure, one.typed)
            yield Violation(
                one.source,
                figure.identity_with_entity,
                f"{name_of_figure(context, figure)}に {given} とありますが、もとの数（{names}）が空欄です。",
                f"{names}を記入してください。まだ分からないときは {given} を消してください。",
                given,
            )


def _text_of_share(share: Decimal) -> str:
    """A share as 100.2％, with as many decimals as it takes to differ from 100."""
    text = f"{share * 100:.1f}"
    return f"{share * 100:.3f}％" if text == "100.0" else f"{text}％"


def _overwritten_cells_of_book(context: CheckContext) -> Iterator[OverwrittenCell]:
    return (one for table in context.own_tables for one in overwritten_cells(table, context.figures))


def _formula_with_values(context: CheckContext, one: OverwrittenCell) -> str:
    """The formula with the names and values of its parts."""
    formula = one.figure.cell.formula
    assert formula is not None

    def named(node: Node) -> str:
        members = [
            part
            for part in one.parts
            if part.id in set(formula_keys(node)) and part.printed_number is not None
        ]
        if len(members) > _FEW:
            return f"{len(members)} 個の数"
        return "、".join(
            f"{name_of_figure(context, part, one.figure)} {value_text(context, part)}" for part in members
        )

    if is_sum_formula(formula) and not isinstance(formula, Call):
        return to_words(formula, named)
    if is_sum_formula(formula):
        filled = [part for part in one.parts if part.printed_number is not None]
        if len(filled) <= _FEW:
            return " ＋ ".join(
                f"{name_of_figure(context, part, one.figure)} {value_text(context, part)}" for part in filled
            )
    return to_words(formula, named)


def _rounding_violation(context: CheckContext, one: OverwrittenCell) -> Violation:
    figure = one.figure
    given, expected = value_text(context, figure, one.typed), value_text(context, figure, figure.computed)
    return Violation(
        one.source,
        figure.identity_with_entity,
        f"{name_of_figure(context, figure)} {given} は{_names_of_roundings(one.roundings, one.planned)}です。"
        f"計画どおり{_CALLED[one.planned]}すると {_formula_with_values(context, one)} ＝ {expected} です。",
        restoring_hint(figure),
        given,
        expected,
    )


def _violation_for_row_or_column(
    context: CheckContext, table: TableFigures, together: Sequence[OverwrittenCell]
) -> Violation:
    first = together[0]
    in_column = len({one.column for one in together}) == 1
    header = _column_header(context, table, first.column) if in_column else None
    figure = first.figure
    row, column = table.table.positions[figure.id]
    axis = table.table.columns[column] if in_column else table.table.rows[row]
    cells = "、".join(
        f"{one.source.cell} は {value_text(context, one.figure, one.typed)} でなく"
        f" {value_text(context, one.figure, one.figure.computed)}"
        for one in together[:_FEW]
    )
    more = f"、ほか {len(together) - _FEW} か所" if len(together) > _FEW else ""
    way = _names_of_roundings(frozenset.intersection(*(one.roundings for one in together)), first.planned)
    return Violation(
        header or first.source,
        f"{figure.id.item}/{figure.id.table}/{axis.name}",
        f"{axis_header_text(context, figure, axis)}の {len(together)} か所が{way}です。計画では"
        f"{_CALLED[first.planned]}します（{cells}{more}）。",
        "これらのセルを空にして「直す」を押すと、算式に戻り、計画どおりの端数処理になります。",
        way,
        _CALLED[first.planned],
        cells=tuple(one.source for one in together),
    )


def _names_of_roundings(roundings: frozenset[str], planned: str) -> str:
    return "・".join(_CALLED[one] for one in _CALLED if one in roundings and one != planned)


def _column_header(context: CheckContext, table: TableFigures, column: int) -> Source | None:
    for entry in context.entries_by_item[table.table.item].tables:
        if entry.table == table.table.name and column < len(entry.column_headers):
            return entry.column_headers[column]
    return None
