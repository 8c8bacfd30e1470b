"""Rules on ratings (評価): missing, not in the scale, unlike the KPIs, without reason."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.figures.lines_of_numbers import figures_off_their_line
from kenpo_xl.checks.rules.figures.magnitudes import figures_with_misplaced_point
from kenpo_xl.checks.support.block_names import block_name
from kenpo_xl.checks.support.rating_reasons import reason_explains_computed_rating
from kenpo_xl.checks.support.sizes.odd_sizes import figure_of_odd_size
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Node, formula_keys
from kenpo_xl.domain.plan.plan import Block, Item
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, RatingEntry


@rule(
    "RA01",
    Family.RATING,
    Severity.ERROR,
    "評価が入っていません",
    why="計画で評価が要るとされたブロックに評価がないと、報告書の評価欄が空のまま印刷されます。",
    remedy="ブロックの先頭の行に評価を入れてください。まだ評価できないときは、評価基準にある記号から選んでください。",
)
def missing_rating(context: CheckContext) -> Iterator[Violation]:
    """A block that the plan requires to be rated (要) has no glyph in any of its rows.

    Not in an item with a line of an unknown block (ST04), which may contain the rating.
    """
    for item, entry in _submitted_items(context):
        if _has_block_not_in_plan(context, item):
            continue
        given = {rating.block for rating in entry.ratings if rating.glyph.strip()}
        for block in item.blocks:
            if block.rated and block.name not in given and block.name not in entry.absent:
                message = f"{block_name(context.plan, item.id, block.name)}の評価が入っていません。"
                hint = f"{_scale_glyphs(context)} から選んで入れてください。"
                yield Violation(
                    _source_of_rating_cell(context, entry, block),
                    _rating_identity(item, block.name),
                    message,
                    hint,
                )


@rule(
    "RA03",
    Family.RATING,
    Severity.ERROR,
    "評価が評価基準にありません",
    why="評価基準にない記号は、報告書の凡例に載らず、読み手に意味が伝わりません。",
    remedy="評価基準にある記号から選び直してください。",
)
def glyph_not_in_scale(context: CheckContext) -> Iterator[Violation]:
    """The scale knows the glyph neither as its own nor as a variant."""
    for item, rating in _typed_ratings(context):
        if not context.plan.scale.canonical_glyph(rating.glyph):
            message = f"評価の「{rating.glyph.strip()[:10]}」は評価基準にありません。"
            yield _rating_violation(
                item, rating, message, f"{_scale_glyphs(context)} から選び直してください。"
            )


@rule(
    rule_codes.RATING_DIFFERS,
    Family.RATING,
    Severity.WARNING,
    "評価が KPI の判定と違います",
    why="KPI の実績と目標から決まる評価と違う評価を載せると、評議会で説明を求められます。",
    remedy="実績と評価を確かめてください。判定と違う評価にするときは、評価の理由に書いてください。",
)
def rating_differs_from_kpis(context: CheckContext) -> Iterator[Violation]:
    """The group's rating differs from the worst of the block's KPIs, without a reason for that.

    A reason that supports the rating of the KPIs (目標を上回ったため, beside 未達成) is none. Not if a
    number used by these KPIs is of another size than it should be (VA07, VA08, VA13), off its line (VA22) or
    typed over its formula (CA01).
    """
    doubtful = figures_with_misplaced_point(context) | figures_off_their_line(context)
    for item, rating in _typed_ratings(context):
        block = context.assessments.blocks[item.id, rating.block]
        behind = _figure_keys_of_block_kpis(context, item, rating.block)
        if (
            block.entry == rating
            and block.differs_from_computed
            and (not rating.reason.strip() or reason_explains_computed_rating(context, item, rating))
            and not behind & doubtful
            and not any(
                figure_of_odd_size(context, key) or _is_figure_of_key_overwritten(context, key)
                for key in behind
            )
        ):
            message = (
                f"評価は {block.group} ですが、KPI の判定では {block.computed} です（{block.explanation}）。"
            )
            hint = "評価を直すか、違う評価にした理由を「評価の理由」に入れてください。"
            yield _rating_violation(item, rating, message, hint, expected=block.computed)


@rule(
    "RA05",
    Family.RATING,
    Severity.WARNING,
    "評価に理由がありません",
    why="計画を大きく上回った、または実施できなかったという評価は、理由がなければ読み手が納得できません。"
    "どの評価に理由が要るかは「評価基準」の「理由」で決まります（なければ、いちばん悪い評価と、目標を超えたときのいちばん良い評価です）。",
    remedy="「評価の理由」に、根拠となる数や事情を入れてください。",
    superseded_by=(rule_codes.RATING_DIFFERS, "RA23"),
)
def rating_without_reason(context: CheckContext) -> Iterator[Violation]:
    """A rating for which the scale wants a reason (要) has none; not where the KPIs give it themselves."""
    wanted = context.plan.scale.glyphs_with_reason
    for item, rating in _typed_ratings(context):
        glyph = context.plan.scale.canonical_glyph(rating.glyph)
        computed = context.assessments.blocks[item.id, rating.block].computed
        if glyph in wanted and glyph != computed and not rating.reason.strip():
            message = (
                f"{_block_name(context, item, rating)}の評価は {glyph} ですが、「評価の理由」が空欄です。"
            )
            yield _rating_violation(
                item, rating, message, "この評価にした理由を、1 文で入れてください。報告書に印字します。"
            )


@rule(
    "RA06",
    Family.RATING,
    Severity.INFO,
    "評価の要らないブロックに評価があります",
    why="計画で評価が不要とされたブロックの評価も、報告書に印字されます。",
    remedy="別のブロックの評価ではないか確かめ、要らなければ消してください。",
)
def unwanted_rating(context: CheckContext) -> Iterator[Violation]:
    """A block whose 評価 is 不要 in the plan has a glyph."""
    for item, rating in _typed_ratings(context):
        if not context.assessments.blocks[item.id, rating.block].rated:
            message = (
                f"{_block_name(context, item, rating)}は評価の要らないところですが、"
                f"「{rating.glyph.strip()}」が入っています。"
            )
            hint = "別の行の評価を入れていないか確かめ、要らなければ消してください。"
            yield _rating_violation(item, rating, message, hint)


@rule(
    "RA07",
    Family.RATING,
    Severity.WARNING,
    "1 つのブロックに評価が 2 つあります",
    why="報告書に印字される評価は 1 つだけなので、残りの評価は読み手に届きません。",
    remedy="残す評価を先頭の行に入れ、ほかの行の評価を消してください。",
)
def second_rating(context: CheckContext) -> Iterator[Violation]:
    """A block has a second rating, equal or not; the first one counts.

    Not in an item with a line of an unknown block (ST04), which is read as part of the block above.
    """
    seen: dict[tuple[str, str], RatingEntry] = {}
    for item, rating in _typed_ratings(context):
        if _has_block_not_in_plan(context, item):
            continue
        first = seen.setdefault((item.id, rating.block), rating)
        if first is not rating and first.source:
            message = (
                f"{_block_name(context, item, rating)}の評価は "
                f"{first.source.cell} に「{first.glyph.strip()}」があり、"
                f"ここの「{rating.glyph.strip()}」は印字されません。"
            )
            yield _rating_violation(item, rating, message, "どちらか一方を消してください。")


@rule(
    rule_codes.RATED_WITHOUT_ANSWER,
    Family.RATING,
    Severity.ERROR,
    "評価があるのに、実施状況が空です",
    why="計画の文の横が空のまま評価だけが印刷されると、なぜその評価なのか読み手に分かりません。",
    remedy="実施したことを「内容」に入れてください。",
)
def rated_block_without_answer(context: CheckContext) -> Iterator[Violation]:
    """A block has a rating and no line, table or KPI; at its first empty line, else at the rating.

    Not for － (対象外), nor for a step that is given by hand (×) with a reason. Not in an item with a line of
    an unknown block (ST04), which may contain the answer.
    """
    for item, rating in _typed_ratings(context):
        entry = context.entries_by_item[item.id]
        if any(one.block == rating.block and one.is_progress and not one.left_out for one in entry.lines):
            continue
        if _is_rating_without_need_of_answer(context, rating) or _has_block_not_in_plan(context, item):
            continue
        glyph = rating.glyph.strip()
        place = next(entry.blank_progress_cells(rating.block), rating.source)
        assert place is not None
        assert rating.source is not None
        yield Violation(
            place,
            _rating_identity(item, rating.block),
            f"{_block_name(context, item, rating)}は評価が「{glyph}」ですが、実施状況に何も入っていません。",
            "実施したことを「内容」に入れてください。実施していないときは、評価を見直してください。",
            related=(rating.source,) if place != rating.source else (),
        )


def _is_rating_without_need_of_answer(context: CheckContext, rating: RatingEntry) -> bool:
    """Whether a step is not judged (－), or given by hand (×) with a reason."""
    glyph = context.plan.scale.canonical_glyph(rating.glyph)
    step = next((step for step in context.plan.scale.steps if step.glyph == glyph), None)
    if step is None or step.floor is not None:
        return False
    return not step.in_legend or bool(rating.reason.strip())


def _figure_keys_of_block_kpis(context: CheckContext, item: Item, block: str) -> set[Hashable]:
    """The identities of the figures that the KPIs of a block are computed of."""
    kpis = (
        found.kpi for found in context.own_kpi_assessments if (found.item, found.block) == (item.id, block)
    )
    trees = (tree for kpi in kpis for tree in (kpi.result, kpi.same_period, kpi.target_formula))
    return {key for tree in trees if isinstance(tree, Node) for key in formula_keys(tree)}


def _is_figure_of_key_overwritten(context: CheckContext, key: Hashable) -> bool:
    """Whether a figure is not what its formula gives."""
    figures = context.figures.with_identity(key) if isinstance(key, FigureId) else ()
    return any(one.is_overwritten_otherwise and not one.settled for one in figures)


def _has_block_not_in_plan(context: CheckContext, item: Item) -> bool:
    found = (part for part in context.survey.unknown if part.kind == "ブロック")
    return any(part.identity.partition("/")[0] == item.id for part in found)


def _submitted_items(context: CheckContext) -> Iterator[tuple[Item, ItemEntry]]:
    return (
        (item, context.entries_by_item[item.id])
        for item in context.own_items
        if item.id in context.entries_by_item
    )


def _typed_ratings(context: CheckContext) -> Iterator[tuple[Item, RatingEntry]]:
    """Every glyph that was typed, in the order of the book."""
    for item, entry in _submitted_items(context):
        for rating in entry.ratings:
            if (
                rating.glyph.strip()
                and rating.source
                and (item.id, rating.block) in context.assessments.blocks
            ):
                yield item, rating


def _source_of_rating_cell(context: CheckContext, entry: ItemEntry, block: Block) -> Source:
    """The rating's own cell, else the block's first line, else the book."""
    lines = (line.source for line in entry.lines if line.block == block.name)
    places = (*(cell for name, cell in entry.rating_cells if name == block.name), *lines)
    return next(filter(None, places), Source(context.submission.workbook, "", ""))


def _block_name(context: CheckContext, item: Item, rating: RatingEntry) -> str:
    return block_name(context.plan, item.id, rating.block)


def _rating_identity(item: Item, block: str) -> str:
    return f"{item.id}/ブロック {block}/評価"


def _rating_violation(
    item: Item, rating: RatingEntry, message: str, hint: str, *, expected: str = ""
) -> Violation:
    assert rating.source is not None
    glyph = rating.glyph.strip()
    return Violation(
        rating.source, _rating_identity(item, rating.block), message, hint, actual=glyph, expected=expected
    )


def _scale_glyphs(context: CheckContext) -> str:
    return "・".join(step.glyph for step in context.plan.scale.steps)
