"""Rules on what a book was filled with and that no one has confirmed (時系列): lines, converted values."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.block_names import block_name
from kenpo_xl.checks.support.printed_text import unconfirmed_lines
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.source import Source

_CONVERTED = "単位の変更"
_NEW_BOOK = "取りまとめ担当から新しい入力ブック（入力したものは移してあります）を受け取り、"


@rule(
    rule_codes.UNCONFIRMED_LINES,
    Family.HISTORY,
    Severity.ERROR,
    "前の期の文が、確かめられていません",
    why="前の期から引き継いだ文がそのまま印刷されると、古いことがこの期のこととして読まれます。",
    remedy="灰色の文を 1 行ずつ直すか、そのままでよければ列「前の期の文」で「このまま」を選んでください。",
)
def lines_are_unconfirmed(context: CheckContext) -> Iterator[Violation]:
    """Lines of a block are still as last quarter's book had them: one finding a block, with their count.

    No other rule judges their words until each is edited or confirmed, and the report is a draft.
    """
    cells: dict[tuple[str, str], list[Source]] = {}
    for written in unconfirmed_lines(context):
        if written.line:
            cells.setdefault((written.item.id, written.line.block), []).append(written.source)
    for (item_id, block), sources in cells.items():
        count = f"{len(sources)} 行"
        message = f"{block_name(context.plan, item_id, block)}に、前の期の文のままの行が {count}あります。"
        yield Violation(sources[0], f"{item_id}/ブロック {block}/実施状況", message, actual=count)


@rule(
    rule_codes.UNCONFIRMED_VALUES,
    Family.HISTORY,
    Severity.ERROR,
    "計画で単位が変わった数が、確かめられていません",
    why="千円から円のように単位が変わると、直した数が一桁違っていても、表だけでは気づけません。",
    remedy="シート「単位の変更」で前の数と見比べ、正しければ「このまま」を選んでください。違えば、その欄の数を直してください。",
)
def rescaled_value_is_unconfirmed(context: CheckContext) -> Iterator[Violation]:
    """A number that was put into another scale when the plan changed, and that no one has confirmed."""
    cells = {one.identity_with_entity: one.source for one in context.own_figures}
    has_list = any(sheet.name == _CONVERTED for sheet in context.survey.sheets)
    for value in context.submission.converted:
        if not value.is_confirmed:
            yield Violation(
                cells.get(value.identity) or Source(context.submission.workbook, "", ""),
                value.identity,
                f"計画で単位が変わったため、{value.before} を {value.now} に直しました。",
                f"{'' if has_list else _NEW_BOOK}"
                f"シート「{_CONVERTED}」で前の数と見比べ、正しければ「このまま」を選んでください。",
                actual=value.now,
            )


@rule(
    rule_codes.UNCERTAIN_VALUES,
    Family.HISTORY,
    Severity.ERROR,
    "前のブックから写した値が、確かめられていません",
    why="壊れたブックなどから写した値には、場所を決めきれなかったものがあり、別の欄の値かもしれません。",
    remedy="シート「確かめるもの」で前のブックと見比べ、正しければ「このまま」を選んでください。違えば、その欄を直してください。",
)
def uncertain_value_is_unconfirmed(context: CheckContext) -> Iterator[Violation]:
    """A value that was carried by likeness or position only, and that no one has confirmed."""
    cells = {one.identity_with_entity: one.source for one in context.own_figures}
    for value in context.submission.uncertain:
        if not value.is_confirmed:
            yield Violation(
                cells.get(value.identity) or Source(context.submission.workbook, "", ""),
                value.identity,
                f"{value.reason.removesuffix('。')}。",
                "シート「確かめるもの」で前のブックと見比べ、正しければ「このまま」を選んでください。",
                actual=value.value,
            )
