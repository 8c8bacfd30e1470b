"""What a sentence says is the most of a table's rows or columns: 内訳では電話が最も多い (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import parts_of_axis
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.series import printed_number
from kenpo_xl.checks.support.sentences.stated_times import stated_times_in
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure, TableFigures

_WORDS = ("最も多", "一番多", "もっとも多", "最多", "最も少な", "一番少な", "最少")
_MOST_OF = LazyPattern(
    r"(?:^[・•●■※○\s]*|[、。:]|では|うち|とも)\s*(?P<name>(?:(?!では|うち)[^、。\d]){2,20}?)(?:が|は)\s*(?:\d[\d,.]*\s*[^\s\d。、]{1,3}(?:と|で)、?)?\s*"
    r"(?:全体で|中で)?(?P<extreme>最も|一番|もっとも|最)(?P<which>多|少)"
    r"|(?P<extreme_first>最も|一番|もっとも)(?P<which_first>多|少な)(?:い|かった)(?:もの)?(?:の)?は、?\s*"
    r"(?P<name_behind>[^、。\d]{2,20}?)(?:で|だ|の\s*\d|。|$|、)",
    needs=_WORDS,
)
_OTHER = AnyOf(
    "過去|前年|昨年|これまで|目標|全国|支部で|平均|1日|除|会場|年代|種別|地区|回答|意見|理由|アンケート|月|四半期|うち新"
)
_Line = tuple[tuple[str, ...], list[Figure]]


def violations_for_greatest_row(context: CheckContext) -> Iterator[Violation]:
    """A row or column that is said to be the most or the least, where another one of its unit is.

    The sentence names it as its header does, and no time. Wherever it is the most, in a total or in another
    column of this year, the sentence is right.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for found in _MOST_OF.finditer(plain):
            first, end = sentence_span(plain, found.end() - 1)
            sentence = plain[first:end]
            if _OTHER.is_in(sentence) or stated_times_in(sentence, context.plan.fiscal_year):
                continue
            pair = _named_and_real_extreme(context, written, found)
            if pair is not None:
                yield _violation_for_greatest_row(context, written, found, sentence, *pair)


def _violation_for_greatest_row(
    context: CheckContext,
    written: PrintedText,
    found: re.Match[str],
    sentence: str,
    named: Figure,
    other: Figure,
) -> Violation:
    place = found.start("name" if found["name"] else "name_behind")
    return written.violation(
        place,
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、{name_with_table(context, named)}は "
        f"{value_text(context, named)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(named, other),
    )


def _pairs_of_line_named(
    context: CheckContext, lines: Sequence[_Line], name: str, *, is_most: bool
) -> Iterator[tuple[Figure, Figure]]:
    """The numbers of the line of this name, each with the most, or the least, of all lines."""
    own = [line for line in lines if line[0] == (name,)]
    peers = [line for line in lines if line not in own and len(line[0]) == 1]
    for _, figures in own:
        yield from _figures_with_extremes(context, figures, peers, is_most=is_most)


def _named_and_real_extreme(
    context: CheckContext, written: PrintedText, found: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The figure said to be the most or least, and one that is; None where it is right or not clear."""
    name = normalized(found["name"] or found["name_behind"])
    is_most = (found["which"] or found["which_first"]).startswith("多")
    pairs = [
        pair
        for table in context.own_tables
        if table.table.item == written.item.id and table.table.repeating is None
        for lines in _rows_and_columns_with_names(table)
        for pair in _pairs_of_line_named(context, lines, name, is_most=is_most)
    ]
    totals = [pair for pair in pairs if _is_figure_in_total_line(context, pair[0])]
    pairs = totals or pairs
    contradicted = [pair for pair in pairs if pair[0] is not pair[1]]
    return contradicted[-1] if pairs and len(contradicted) == len(pairs) else None


def _is_figure_in_total_line(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is of several months from the first of the year on."""
    span = context.figures.span_of_figure(figure.id)
    return span.first != span.last and span.first.number == context.plan.fiscal_year.first_month


def _rows_and_columns_with_names(found: TableFigures) -> Iterator[list[_Line]]:
    """The rows of a table, and its columns, each with its name."""
    yield [(parts_of_axis(found.table.rows[row.index]), list(row.figures)) for row in found.rows]
    yield [
        (parts_of_axis(axis), [row.figures[at] for row in found.rows])
        for at, axis in enumerate(found.table.columns)
    ]


def _figures_with_extremes(
    context: CheckContext, figures: Sequence[Figure], peers: Sequence[_Line], *, is_most: bool
) -> Iterator[tuple[Figure, Figure]]:
    """Each number of a line beside the most, or the least, of its unit there: itself where it is that."""
    year = context.plan.fiscal_year
    for at, own in enumerate(figures):
        if own.printed_number is None or not year.contains(context.figures.span_of_figure(own.id).last):
            continue
        unit = unit_of(context, own)
        beside = [line[at] for _, line in peers if line[at].printed_number is not None]
        beside = [one for one in beside if unit_of(context, one) == unit]
        if beside and unit not in ("％", "円"):
            extreme = (max if is_most else min)((own, *beside), key=printed_number)
            is_equal = printed_number(extreme) == printed_number(own)
            yield own, own if is_equal else extreme
