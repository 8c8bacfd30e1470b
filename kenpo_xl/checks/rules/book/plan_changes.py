"""Rules on differences from a plan that was changed after the book was distributed (様式)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.book.structure import NEW_BOOK
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.submission.submission import MismatchKind


@rule(
    rule_codes.EXCHANGED_PARTS,
    Family.STRUCTURE,
    Severity.ERROR,
    "項、ブロック、表がいまの計画と入れ替わっています",
    why="ブックを配った後に計画の順番や番号が変わると、文や評価が別の項のものとして読まれかねません。",
    remedy="取りまとめ担当から新しい入力ブック（入力したものは移してあります）を受け取り、確かめて提出してください。",
)
def parts_exchanged_in_plan(context: CheckContext) -> Iterator[Violation]:
    """An item, block or table matches another one of the plan by title, text or definition.

    A unique match is read as that part; an ambiguous one, or one pasted over another, is not read.
    """
    yield from _mismatch_violations(context, MismatchKind.EXCHANGED, NEW_BOOK)


@rule(
    "ST23",
    Family.STRUCTURE,
    Severity.INFO,
    "計画の文がブックを配った後に変わりました",
    why="変わる前の計画に答えた文や評価が、変わった後の計画の横に載ります。",
    remedy="いまの計画に合う実施状況か、確かめてください。",
)
def reworded_plan(context: CheckContext) -> Iterator[Violation]:
    """A title, plan text or starting line of the plan differs from the book as distributed."""
    yield from _mismatch_violations(context, MismatchKind.CHANGED)


@rule(
    rule_codes.DROPPED_PARTS,
    Family.STRUCTURE,
    Severity.WARNING,
    "計画からなくなった項、ブロック、表があります",
    why="計画にないところに入力した文や数値は、報告書に載りません。",
    remedy="報告書に要る値があれば、取りまとめ担当に伝えてください。要らなければ理由を入れてください。",
)
def dropped_parts(context: CheckContext) -> Iterator[Violation]:
    """An item, block or table of the book is not in the plan, or belongs to another group."""
    yield from _mismatch_violations(
        context, MismatchKind.DROPPED, "報告書に要る値があれば、取りまとめ担当に伝えてください。"
    )


@rule(
    rule_codes.ADDED_PARTS,
    Family.STRUCTURE,
    Severity.ERROR,
    "計画に加わったものの欄がこのブックにありません",
    why="ブックを配った後に計画に加わった項、ブロック、表、KPI、文は、欄がないため報告書で抜けます。",
    remedy="取りまとめ担当から新しい入力ブック（入力したものは移してあります）を受け取り、加わった所に入力して提出してください。",
)
def added_parts(context: CheckContext) -> Iterator[Violation]:
    """The plan has an item, block, table, KPI or starting line that the book lacks.

    Content that the group added by hand counts: a row with the KPI, the text of the line.
    """
    yield from _mismatch_violations(context, MismatchKind.ADDED, NEW_BOOK)


def _mismatch_violations(context: CheckContext, kind: MismatchKind, hint: str = "") -> Iterator[Violation]:
    for one in context.submission.mismatches:
        if one.kind is kind:
            yield Violation(one.source, one.identity, one.fact, hint)
