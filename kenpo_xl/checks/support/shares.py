"""Quotients of a part by its whole (割合) in formulas of tables and KPIs."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import name_of_figure, unit_of
from kenpo_xl.domain.formulas.evaluate import Call, Node, Number, Operation, Ref
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure, TableFigures, TableRow

# Names of quotients whose divisor is no whole.
NO_SHARE = AnyOf(
    "目標|計画|見込|予定|予算|定員|前年|前月|前期|昨年|対比|年比|月比|期比|伸|増減|増加|減少|倍|平均|全国"
)


def part_whole_quotients(context: CheckContext) -> Iterator[tuple[str, Figure, Figure]]:
    """Name, part and whole of every quotient of a part by its whole."""
    for table in context.own_tables:
        for row in table.rows:
            for figure in row.figures:
                pair = part_and_whole(figure.cell.formula)
                if pair is None or unit_of(context, figure) != "％":
                    continue
                found = _figures_in_row(table, row, pair) or _part_and_whole_figures(context, pair)
                if found and context.figures.span_of_figure(pair[0]) == context.figures.span_of_figure(
                    pair[1]
                ):
                    name = name_of_figure(context, figure, found[0])
                    if not _is_named_as_no_share(name, context, *found):
                        yield name, *found
    yield from _kpi_shares(context)


def _kpi_shares(context: CheckContext) -> Iterator[tuple[str, Figure, Figure]]:
    for assessment in context.own_kpi_assessments:
        kpi = assessment.kpi
        pair = part_and_whole(kpi.result)
        most = assessment.assessment.target
        if pair is None or not kpi.format.is_percent or (most is not None and most > 1):
            continue
        found = _part_and_whole_figures(context, pair)
        same_year = context.figures.year_of_figure(pair[0]) == context.figures.year_of_figure(pair[1])
        if found and same_year and not _is_named_as_no_share(kpi.name, context, *found):
            yield kpi.name, *found


def _figures_in_row(
    table: TableFigures, row: TableRow, pair: tuple[FigureId, FigureId]
) -> tuple[Figure, Figure] | None:
    """The part and the whole of a quotient, None where one is not in the row."""
    places = [table.table.positions[key] for key in pair if key in table.table.positions]
    if len(places) < len(pair) or any(
        table.table.rows[at[0]] is not table.table.rows[row.index] for at in places
    ):
        return None
    return row.figures[places[0][1]], row.figures[places[1][1]]


def _part_and_whole_figures(
    context: CheckContext, pair: tuple[FigureId, FigureId]
) -> tuple[Figure, Figure] | None:
    """The part and the whole of a quotient; None if one is missing or not unique."""
    parts, wholes = (context.figures.with_identity(key) for key in pair)
    return (parts[0], wholes[0]) if len(parts) == len(wholes) == 1 else None


def part_and_whole(formula: Node | None) -> tuple[FigureId, FigureId] | None:
    """Part and whole of a ÷ b, also where it is rounded or brought to points (× 100)."""
    match formula:
        case Operation("/", Ref(FigureId() as part), Ref(FigureId() as all_of_it)):
            return part, all_of_it
        case Operation("*", inner, Number()) | Operation("*", Number(), inner) | Call(_, (inner, Number())):
            return part_and_whole(inner)
    return None


def _is_named_as_no_share(quotient: str, context: CheckContext, *figures: Figure) -> bool:
    words = (quotient, *(name_of_figure(context, figure) for figure in figures))
    return any(NO_SHARE.is_in(text) for text in words)
