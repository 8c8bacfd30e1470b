"""Ratings of the rows of tables (評価の列): not in the scale, unlike the numbers beside them, missing."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.results.figures import Figure, RowJudgement


@rule(
    "RA40",
    Family.RATING,
    Severity.ERROR,
    "表の行の評価が評価基準にありません",
    why="評価基準にない記号は、報告書の凡例に載らず、読み手に意味が伝わりません。",
    remedy="評価基準にある記号から選び直してください。",
)
def row_glyph_not_in_scale(context: CheckContext) -> Iterator[Violation]:
    """The rating column of a table holds a glyph that the scale does not know."""
    scale = context.plan.scale
    glyphs = "・".join(step.glyph for step in scale.steps)
    for figure, judged in _rated_rows(context):
        if judged.given and not scale.canonical_glyph(judged.given):
            message = f"「{figure.identity_with_entity}」の「{judged.given[:10]}」は評価基準にありません。"
            yield _violation_for_row_rating(figure, message, f"{glyphs} から選び直してください。", judged)


@rule(
    "RA41",
    Family.RATING,
    Severity.WARNING,
    "表の行の評価が、横の目標と実績から決まる評価と違います",
    why="目標と実績の横に違う評価が並ぶと、読み手が見比べて気付きます。",
    remedy="目標、実績、評価を確かめてください。空にすると、目標と実績から決まる評価を印字します。",
)
def row_rating_differs(context: CheckContext) -> Iterator[Violation]:
    """A row has another rating than its target and its result give."""
    for figure, judged in _rated_rows(context):
        is_known = bool(context.plan.scale.canonical_glyph(judged.given))
        if is_known and judged.computed and judged.given != judged.computed:
            message = (
                f"「{figure.identity_with_entity}」は {judged.given} ですが、判定では {judged.computed} です"
                f"（{judged.explanation}）。"
            )
            yield _violation_for_row_rating(figure, message, "実績か評価を直してください。", judged)


@rule(
    "RA42",
    Family.RATING,
    Severity.WARNING,
    "表の行の評価が入っていません",
    why="ほかの行に評価があるのに 1 行だけ空いていると、評価を忘れたのか、しないのか分かりません。",
    remedy="評価基準にある記号から選んで入れてください。",
)
def row_rating_missing(context: CheckContext) -> Iterator[Violation]:
    """A row with numbers has no rating, and its numbers give none."""
    for table in context.own_tables:
        rating = table.table.row_rating
        for row in table.rows if rating else ():
            assert rating is not None
            figure = row.figures[rating.column]
            judged = figure.row_judgement
            others = (one for place, one in enumerate(row.figures) if place != rating.column)
            has_numbers = any(one.printed_number is not None for one in others)
            if judged and figure.source and has_numbers and not (judged.given or judged.computed):
                message = f"「{figure.identity_with_entity}」に評価がありません。"
                yield _violation_for_row_rating(
                    figure, message, "評価基準にある記号から選んで入れてください。", judged
                )


def _rated_rows(context: CheckContext) -> Iterator[tuple[Figure, RowJudgement]]:
    """The rating cells of the book, each with its judgement."""
    for figure in context.own_figures:
        if figure.row_judgement:
            yield figure, figure.row_judgement


def _violation_for_row_rating(figure: Figure, message: str, hint: str, judged: RowJudgement) -> Violation:
    assert figure.source is not None
    identity = figure.identity_with_entity
    return Violation(figure.source, identity, message, hint, judged.given, judged.computed)
