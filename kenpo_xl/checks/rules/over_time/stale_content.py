"""Rules on sentences left from last quarter (時系列)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.other_times import is_another_year_named, is_date_of_other_time
from kenpo_xl.checks.support.past_reports import WRONG_AS_OF_MONTH, last_report_of_fiscal_year
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentence_at
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.privacy.personal_data import mask_private_parts
from kenpo_xl.domain.results.history import PastPeriod

# After a month: 9月末, 9月末時点, 9月現在, 9月まで; not 9月までに, 9月末に.
_UP_TO = LazyPattern(r"\s*(?:末|まで|現在|時点)(?!まで[にの]|[にのへ日])")

# Units of ages and durations, not of results.
_NO_RESULT = ("", "歳", "歳代", "代", "か年", "か月")


@rule(
    "TI06",
    Family.HISTORY,
    Severity.INFO,
    "表の数値が変わったのに、文の数値が前の期のままです",
    why="前の期の文を写したまま、数値を直し忘れることがよくあります。",
    remedy="文の数値がこの期のものか確かめてください。そのままで正しければ、直す必要はありません。",
    needs=Requirement.HISTORY,
    superseded_by=(
        rule_codes.OTHER_PERIOD,
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        rule_codes.MONTH_OF_LAST_QUARTER,
    ),
)
def line_is_unchanged_beside_new_figures(context: CheckContext) -> Iterator[Violation]:
    """A line is the same as in last quarter's report, although figures of the item changed.

    Only a line with a number that has a unit (ages are none), and with no date: what was done in July stays
    done; and none of another fiscal year (参考：令和5年度 …).
    Lines that the plan gives a block to start with are skipped, those that staff confirmed (このまま), and
    text fields (記入欄).
    """
    before = last_report_of_fiscal_year(context)
    if before is None:
        return
    for written in printed_lines(context):
        if written.line is None or written.line.confirmed or written.line.text_field:
            continue
        if not _has_changed_figure(context, before, written.item):
            continue
        numbers = _results_of_text_without_date(context, written.text)
        if not numbers or not _is_line_in_earlier_report(before, written, written.line.block):
            continue
        quote = quoted(numbers[0].text)
        message = f"この行は{before.label}の報告と同じ文ですが、この項の表の数値は変わっています。"
        hint = f"{quote}などの数値がこの期のものか確かめてください。正しければ、このままで構いません。"
        yield written.violation(numbers[0].start, message, hint, actual=quote[1:-1])


def _results_of_text_without_date(context: CheckContext, text: str) -> Sequence[TextNumber]:
    """The numbers of a text that may be results; () for one with a date or of another fiscal year."""
    numbers = [number for number in numbers_in(text) if number.unit not in _NO_RESULT]
    is_of_now = numbers and not dates_in(text) and not is_another_year_named(text, context.plan.fiscal_year)
    return numbers if is_of_now else ()


def _is_line_in_earlier_report(before: PastPeriod, written: PrintedText, block: str) -> bool:
    """Whether the earlier report has the line in the block, and the plan does not give it."""
    # Texts of earlier reports are stored masked.
    own = normalized(mask_private_parts(written.text))
    then = map(normalized, map(mask_private_parts, before.lines.get((written.item.id, block), ())))
    return own in then and own not in _lines_given_by_plan(written)


def _lines_given_by_plan(written: PrintedText) -> set[str]:
    """The lines that the plan gives the block to start with."""
    return {
        normalized(mask_private_parts(line.text))
        for block in written.item.blocks
        for line in block.lines
        if written.line is not None and block.name == written.line.block and line.kind is LineKind.TEXT
    }


def _has_changed_figure(context: CheckContext, before: PastPeriod, item: Item) -> bool:
    """Whether a figure of an item has another value or months than in the earlier report."""
    for table in item.tables:
        for row in context.figures.tables[item.id, table.name].rows:
            for figure in row.figures:
                fact = before.facts_by_key.get((str(figure.id), figure.entity))
                if fact and figure.printed_number is not None:
                    now = figure.printed_number, context.figures.span_of_figure(figure.id)
                    if now != (fact.value, fact.span):
                        return True
    return False


@rule(
    rule_codes.MONTH_OF_LAST_QUARTER,
    Family.HISTORY,
    Severity.INFO,
    "文にある基準月が、前の期のままかもしれません",
    why="表は進んだのに文に「9月末現在」と残ると、いつの数か読み手に分かりません。",
    remedy="文の月がこの期のものか確かめてください。そのままで正しければ、直す必要はありません。",
    needs=Requirement.HISTORY,
    superseded_by=(rule_codes.OTHER_PERIOD, *WRONG_AS_OF_MONTH),
)
def text_names_last_quarters_month(context: CheckContext) -> Iterator[Violation]:
    """9月末, 9月まで or 9月現在 in a line, where September is an as-of month of last quarter's report only.

    An as-of month of last quarter is the end of that quarter, and those of the item's tables then. Silent
    where a table of the item names the month now or is as of it, where the sentence names a second month,
    and with 前回, 前年, 予定 and the like.
    """
    before = last_report_of_fiscal_year(context)
    for written in printed_lines(context) if before else ():
        if before is None:
            return
        old = _as_of_months_of_report(context, before, written.item) - _as_of_months_of_book(
            context, written.item
        )
        for named in dates_in(written.text):
            if named.month in old and _is_as_of_month(context, written.text, named):
                quote = quoted(written.text[named.start : named.end])
                base = context.plan.as_of_month.number
                yield written.violation(
                    named.start,
                    f"{quote}とありますが、{quote}は{before.label}の基準で、この期の基準は{base}月です。",
                    "この期の月に直してください。前の期のことを書いているのであれば、このままで構いません。",
                    actual=quote[1:-1],
                )


def _as_of_months_of_report(context: CheckContext, before: PastPeriod, item: Item) -> set[int]:
    """The as-of months (1 to 12) of last quarter's report for an item."""
    typed = {
        fact.span.last.number
        for group in context.own_tables
        if group.table.item == item.id and group.months
        for fact in before.facts
        if fact.item == item.id and fact.table == group.table.name
        if fact.span is not None and context.plan.fiscal_year.contains(fact.span.last)
    }
    return typed | {before.cycle.last_day_of(before.fiscal_year, before.number).month}


def _as_of_months_of_book(context: CheckContext, item: Item) -> set[int]:
    """The months that the item's tables name or are as of, and the period's own."""
    now = {context.plan.as_of_month.number}
    for table in item.tables:
        found = context.figures.tables[item.id, table.name]
        now.update(month for month in found.months if month)
        named = (axis.months for axis in (*table.rows, *table.columns))
        now.update(months[1] for months in named if months)
    return now


def _is_as_of_month(context: CheckContext, text: str, named: NamedDate) -> bool:
    year = context.plan.fiscal_year
    if not named.is_possible or not year.contains(named.month_in(year)):
        return False
    sentence = sentence_at(half_width(text), named.start)
    is_alone = len({one.month for one in dates_in(sentence)}) == 1
    return (
        is_alone
        and not is_date_of_other_time(text, named)
        and _UP_TO.match(half_width(text), named.end) is not None
    )
