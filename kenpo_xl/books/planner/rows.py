"""The rows of the planner's lists that the program fills in: lines as submitted, overwritten cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kenpo_xl.books.common.item_marks import text_in_place_of_sentences
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.renumbered import path_text_of_row
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.items import owners_of_block
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.domain.results.adjustments import WordingAdjustment
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.outlooks import KpiOutlook
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import Submission

ListRow = dict[str, str]
"""The texts of a row by header."""
KEYS = {
    lists.RATINGS: (lists.ITEM, lists.BLOCK),
    lists.WORDINGS: (lists.ITEM, lists.BLOCK, lists.OLD),
    lists.FIGURES: (lists.IDENTITY, lists.ENTITY),
    lists.OUTLOOKS: (lists.KPI,),
}
"""The headers by which a row of a list is known."""
IS_TYPED: dict[PlannerList, Callable[[Callable[[str], str]], bool]] = {
    lists.RATINGS: lambda row: bool(row(lists.FINAL) or row(lists.REASON)),
    lists.WORDINGS: lambda row: row(lists.NEW) != row(lists.OLD) or bool(row(lists.REASON)),
    lists.FIGURES: lambda row: bool(row(lists.CHOICE) or row(lists.REASON)),
    lists.OUTLOOKS: lambda row: bool(row(lists.FINAL_OUTLOOK) or row(lists.REASON)),
    lists.RETURNS: lambda _: True,
    lists.POINTS: lambda _: True,
}
"""Whether the planner typed into a row of a list, which is a function from a header to a text."""
_SHORT = 60


def rows_with_typed(
    planner_list: PlannerList, rows: Sequence[ListRow], typed: Iterable[ListRow]
) -> list[ListRow]:
    """The rows of a list, each as typed by the planner where it is; further typed rows before them."""
    if not rows:
        return list(typed)
    headers = KEYS[planner_list]
    own = {key_of_row(row, headers): row for row in typed}
    shown = [row | own.pop(key_of_row(row, headers), {}) for row in rows]
    return [*own.values(), *shown]


def rating_rows(plan: Plan, assessments: Assessments) -> list[ListRow]:
    """A row for every rated block."""
    return [
        {
            lists.ITEM: item.id,
            lists.BLOCK: block.name,
            **block_texts(plan, item, block),
            lists.GROUP: assessments.blocks[item.id, block.name].submitted_glyph,
            lists.COMPUTED: assessments.blocks[item.id, block.name].computed,
            lists.KEY: path_text_of_row(item.id, block.name),
        }
        for item in plan.items
        for block in item.blocks
        if block.rated
    ]


def block_texts(plan: Plan, item: Item, block: Block) -> ListRow:
    """What 調整 displays of a block beside its number."""
    text = _shortened_block_text(plan, item, block)
    return {
        lists.TITLE: item.title,
        lists.PLAN_TEXT: text,
        lists.OWNER: "、".join(owners_of_block(item, block)),
    }


def _shortened_block_text(plan: Plan, item: Item, block: Block) -> str:
    """The first words of a block's sentences, enough to recognize it."""
    if not block.sentences:
        return text_in_place_of_sentences(item, block)
    text = " ".join(fill_placeholders(" ".join(block.sentences), plan.placeholder_context()).split())
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def wording_rows(
    plan: Plan, wordings: Iterable[WordingAdjustment], submissions: Iterable[Submission]
) -> list[ListRow]:
    """The planner's changes of wording, then every other line of the submissions, as it is on both sides."""
    changed = [_wording_row(one.item, one.block, one.old, one.new, one.reason) for one in wordings]
    seen = {key_of_row(row, KEYS[lists.WORDINGS]) for row in changed}
    lines = (row for row in line_rows(plan, submissions) if key_of_row(row, KEYS[lists.WORDINGS]) not in seen)
    return [*changed, *lines]


def line_rows(plan: Plan, submissions: Iterable[Submission]) -> list[ListRow]:
    """Every text line of the submissions once, in the order of the plan, the new words being the old ones."""
    entries = joined_entries(plan, submissions)
    found = [
        _wording_row(item.id, line.block, line.text, line.text)
        for item in plan.items
        for line in (entries[item.id].lines if item.id in entries else ())
        if line.kind is LineKind.TEXT and line.text.strip() and not line.left_out
    ]
    return list({key_of_row(row, KEYS[lists.WORDINGS]): row for row in reversed(found)}.values())[::-1]


def key_of_row(row: ListRow, headers: Iterable[str]) -> tuple[str, ...]:
    """By what a row is known, whatever the widths of its letters."""
    return tuple(normalized(row.get(header, "")) for header in headers)


def _wording_row(item: str, block: str, old: str, new: str, reason: str = "") -> ListRow:
    texts = {lists.OLD: old, lists.NEW: new, lists.REASON: reason, lists.KEY: path_text_of_row(item, block)}
    return {lists.ITEM: item, lists.BLOCK: block, **texts}


def rows_of_differing_overwrites(figures: Figures) -> list[ListRow]:
    """A row for every computed cell with another value, with both; the choice of the printed one is empty."""
    return [
        {
            lists.IDENTITY: str(figure.id),
            lists.ENTITY: figure.entity,
            lists.TYPED: figure.displayed_text(figure.typed),
            lists.RECOMPUTED: figure.displayed_text(figure.computed),
            lists.KEY: path_text_of_row(figure.id.item),
        }
        for figure in figures
        if figure.is_overwritten_otherwise
    ]


def outlook_rows(plan: Plan, assessments: Assessments, outlooks: Iterable[KpiOutlook]) -> list[ListRow]:
    """A row for every KPI, with its outlook as computed; none where the plan shows no outlooks."""
    if plan.summary_outlook is OutlookUse.NONE:
        return []
    found = {one.kpi: one for one in outlooks}
    return [_outlook_row(kpi, found[kpi.kpi.name]) for kpi in assessments.kpis if kpi.kpi.name in found]


def _outlook_row(kpi: KpiAssessment, outlook: KpiOutlook) -> ListRow:
    estimate = outlook.estimate
    return {
        lists.KPI: kpi.kpi.name,
        lists.TARGET: kpi.target_in_words,
        lists.RESULT: kpi.result_text,
        lists.ESTIMATE: ""
        if estimate is None
        else kpi.format_beside_target(estimate).displayed_text(estimate),
        lists.BASIS: f"{outlook.basis}: {outlook.explanation}" if outlook.basis else "",
        lists.COMPUTED_OUTLOOK: str(outlook.computed or ""),
    }
