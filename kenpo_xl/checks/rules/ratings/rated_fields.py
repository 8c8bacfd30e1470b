"""Ratings in text fields with a scale of their own (内部評価, 外部評価): not in that scale."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.block_names import block_name
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.submission.typed_texts import line_place


@rule(
    "RA43",
    Family.RATING,
    Severity.ERROR,
    "記入欄の評価が、その評価基準にありません",
    why="「外部評価」のように評価を入れる記入欄に基準にない記号や文があると、報告書の読み手に意味が伝わりません。",
    remedy="その記入欄の一覧にある記号から選び直してください。",
)
def field_glyph_not_in_scale(context: CheckContext) -> Iterator[Violation]:
    """A line of a text field with a scale holds something that the scale does not know."""
    for item, line in context.text_lines_with_items:
        scale = context.plan.scale_of_text_field(line.text_field)
        if scale and line.source and line.text and not scale.canonical_glyph(line.text):
            glyphs = "・".join(step.glyph for step in scale.steps)
            yield Violation(
                line.source,
                line_place(item.id, line),
                f"{block_name(context.plan, item.id, line.block)}の「{line.text_field}」の"
                f"「{line.text[:10]}」は、その評価基準にありません。",
                f"{glyphs} から選び直してください。",
                line.text,
            )
