"""How many rows of a table reach their target, against what a sentence of its item says (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    printed_lines,
    quoted_with_neighbors,
    sentence_at,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import RowRating
from kenpo_xl.domain.results.figures import TableFigures, TableRow

_UNITS = "支部|市町村|市町|団体|項目|指標|事業所|事業|施設|地区|課|校|店舗|会場"
_MET, _MISSED = (
    r"(?:を(?:達成|クリア)した|に達した)",
    r"(?:に(?:届か|達し)なかった|を達成(?:でき|し)なかった|未達の)",
)
_COUNTED = LazyPattern(
    rf"目標(?:値)?(?:(?P<met>{_MET})|(?P<missed>{_MISSED}))(?:(?:{_UNITS})?(?:の数)?|の)は[、\s]*(?:全部で|計)?"
    rf"(?P<count>\d{{1,3}})\s*(?P<unit>{_UNITS})(?=で|と|あ|、|。|に)",
    needs=("目標を", "目標に", "目標値を", "目標値に", "目標未達"),
)
_REACHED = LazyPattern(
    rf"(?<!\d)(?P<count>\d{{1,3}})\s*(?P<unit>{_UNITS})(?:が|で(?:は)?)[、\s]*目標(?:値)?(?:(?P<met>を達成(?!で|す|し[なて])|に達し[たて](?!い?な))"
    r"|(?P<missed>に(?:届か|達し)な|を達成(?:でき|し)な))",
    needs=("目標を", "目標に", "目標値を", "目標値に"),
)
_OTHER = AnyOf("前年|昨年|前回|全国|うち|見込|予定|月末|半期|四半期|残る|残り|約|ほか")
_FEWEST = 2


@rule(
    "CO97",
    Family.AGREEMENT,
    Severity.WARNING,
    "目標を達成した数が、表の行の数と違います",
    why="「目標を達成した支部は21支部」と書けば、読み手は表の目標と実績を見比べて数えます。",
    remedy="表の目標と実績を数え直し、文か表を直してください。",
)
def rows_on_target_are_miscounted(context: CheckContext) -> Iterator[Violation]:
    """目標を達成した支部は21支部, beside the one table of its item whose rows have a target and a result.

    Of tables with 評価の列. Silent for other years, parts and forecasts.
    """
    tables: dict[str, list[TableFigures]] = {}
    for table in context.own_tables:
        if table.table.row_rating and _is_target_met_of_each_row(table, table.table.row_rating):
            tables.setdefault(table.table.item, []).append(table)
    for item, found in tables.items():
        if len(found) == 1 and found[0].table.row_rating:
            for written in printed_lines(context, item):
                yield from _violations_for_counted_rows(written, found[0], found[0].table.row_rating)


def _violations_for_counted_rows(
    written: PrintedText, table: TableFigures, rating: RowRating
) -> Iterator[Violation]:
    plain, judged = half_width(written.text), _is_target_met_of_each_row(table, rating)
    for stated in (*_COUNTED.finditer(plain), *_REACHED.finditer(plain)):
        is_met, count = bool(stated["met"]), int(stated["count"])
        right = sum(one is is_met for one in judged)
        if count != right and not _OTHER.is_in(sentence_at(plain, stated.start())):
            yield _violation_for_counted_rows(
                written, stated, table, f"{right}{stated['unit']}", is_met=is_met
            )


def _violation_for_counted_rows(
    written: PrintedText, stated: re.Match[str], table: TableFigures, right: str, *, is_met: bool
) -> Violation:
    quote = quoted_with_neighbors(written.text, stated.start(), stated.end())
    what = "目標に達した行" if is_met else "目標に届かない行"
    return written.violation(
        stated.start(),
        f"{quote}とありますが、表「{table.table.name}」で{what}は {right} です。",
        "表の目標と実績を数え直し、文か表を直してください。",
        actual=f"{stated['count']}{stated['unit']}",
        expected=right,
    )


def _is_target_met_of_each_row(table: TableFigures, rating: RowRating) -> list[bool]:
    """For each row with a target and a result whether it reaches the target; none for fewer than two."""
    found = [one for row in table.rows if (one := _is_target_of_row_met(row, rating)) is not None]
    return found if len(found) >= _FEWEST else []


def _is_target_of_row_met(row: TableRow, rating: RowRating) -> bool | None:
    if rating.target is None or rating.result is None:
        return None
    target, result = (row.figures[at].printed_number for at in (rating.target, rating.result))
    if target is None or result is None:
        return None
    return result <= target if rating.direction is Direction.AT_MOST else result >= target
