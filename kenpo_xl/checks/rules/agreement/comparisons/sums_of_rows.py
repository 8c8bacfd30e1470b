"""Sums of two or more rows or columns that sentences state: 面談と電話を合わせて1,402件 (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figures_named, names_of_figure, parts_of_axis
from kenpo_xl.checks.support.number_matching import figure_agrees, figures_with_number, sources_of_other_side
from kenpo_xl.checks.support.sentences.mentions import Mention, is_mention_comparable, mentions_of_item
from kenpo_xl.checks.support.sentences.series import printed_number
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

# 体操と栄養を合わせて, 面談と電話の合計は, 文書、電話を足した
_SUM = LazyPattern(
    r"^(?P<topic>.*?(?:[はがも]、?|のうち、?|では、?|、))?(?P<names>[^はがも]{2,40}?)"
    r"(?:を|は)?、?(?:合わせて|あわせて|合わせた(?:数は|件数は|人数は)?|足して|足すと|の(?:合計|計)は?)、?(?:で|延べ)?$",
    needs=("合わせ", "あわせ", "足", "計"),
)
_JOINED = LazyPattern(r"と、?|及び|並びに|、|・|や(?=.)")
_OTHER = AnyOf("目標|計画|見込|予定|定員|前年|昨年|新規|うち新|全国|平均|ほか|など|等|累計")
_MOST, _FEWEST = 4, 2


@rule(
    "CO104",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の合計が、名前を並べた行や列の数の和と合いません",
    why="「面談と電話を合わせて1,042件」と書けば、読み手は表の 2 つの数を足します。",
    remedy="表の数を足し直し、文か表を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO14",
        "CO23",
        "CO79",
        "CO84",
    ),
)
def sum_of_rows_differs(context: CheckContext) -> Iterator[Violation]:
    """The number behind AとBを合わせて or AとBの合計は is not the sum of the figures that A and B name.

    Both have one unit and the same months, and the words name nothing else. Silent where the number is a
    figure of the item.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            found = _SUM.match(mention.words) if is_mention_comparable(mention) else None
            words = without_headers_with_and_others(context, mention.words)
            if found is None or mention.number.unit in ("", FRACTION) or _OTHER.is_in(words):
                continue
            sums = list(_possible_addends_for_names(context, mention, found["topic"] or "", found["names"]))
            if (
                sums
                and not any(_is_number_sum_of_figures(mention, one) for one in sums)
                and not _is_number_a_figure_of_item(context, mention)
            ):
                yield _violation_for_sum_of_rows(context, mention, sums[-1])


def without_headers_with_and_others(context: CheckContext, words: str) -> str:
    """Words without the headers that say 等 themselves: 協会保健師等."""
    for name in context.computed_once(_header_names_with_and_others):
        words = words.replace(name, "")
    return words


def _header_names_with_and_others(context: CheckContext) -> tuple[str, ...]:
    axes = (axis for found in context.own_tables for axis in (*found.table.rows, *found.table.columns))
    return tuple({part for axis in axes for part in parts_of_axis(axis) if "等" in part})


def _possible_addends_for_names(
    context: CheckContext, mention: Mention, topic: str, names: str
) -> Iterator[Sequence[Figure]]:
    """The figures of each reading of some names, as many as there are names."""
    words = [name for name in _JOINED.split(names) if name]
    if not _FEWEST <= len(words) <= _MOST:
        return
    topic = topic.replace("のうち", "の")
    named = [_figures_called(context, mention, topic, name) for name in words]
    for figures in product(*named):
        if len({names_of_figure(context, one) for one in figures}) == len(
            words
        ) and _are_of_one_table_unit_and_span(context, figures):
            yield figures


def _figures_called(context: CheckContext, mention: Mention, topic: str, name: str) -> list[Figure]:
    found = [one for one in figures_named(context, mention, words=f"{topic}{name}") if one.is_strict]
    return [one.figure for one in found]


def _are_of_one_table_unit_and_span(context: CheckContext, figures: Sequence[Figure]) -> bool:
    """Whether figures count the same in the same months of one table."""
    spans = {context.figures.span_of_figure(one.id) for one in figures}
    return (
        len(spans)
        == len({unit_of(context, one) for one in figures})
        == len({one.id.table for one in figures})
        == 1
    )


def _is_number_sum_of_figures(mention: Mention, figures: Sequence[Figure]) -> bool:
    return sum(map(printed_number, figures), Decimal(0)) == mention.number.value


def _is_number_a_figure_of_item(context: CheckContext, mention: Mention) -> bool:
    """Whether the number of a mention is a figure of its item."""
    figures = figures_with_number(context, mention.written)
    return any(figure_agrees(context, one, mention.number) for one in figures)


def _violation_for_sum_of_rows(
    context: CheckContext, mention: Mention, figures: Sequence[Figure]
) -> Violation:
    number = mention.number.text.strip()
    total = sum(map(printed_number, figures), Decimal(0))
    parts = "、".join(f"{name_with_table(context, one)}は {value_text(context, one)}" for one in figures)
    return mention.written.violation(
        mention.number.start,
        f"文では合わせて「{number}」ですが、{parts}なので {total:,} です。",
        "表の数を足し直し、文か表を直してください。",
        actual=number,
        expected=f"{total:,}",
        related=sources_of_other_side(*figures),
    )
