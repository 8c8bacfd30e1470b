"""Extremes, orders and comparisons that a sentence states of a table, in whatever words (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.loose_names import LooseFigures, figures_loosely_named
from kenpo_xl.checks.support.names.named_figures import (
    figure_of_whole_year_before,
    figure_of_year_before,
    parts_of_axis,
)
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentences_with_start
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.checks.support.sentences.series import (
    Series,
    printed_number,
    series_of_figure,
    times_within_year,
)
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure, TableFigures

_Pair = tuple[Figure, Figure]
_EXTREME = LazyPattern(
    r"(?:最も|もっとも|一番)(?:(?P<most>多|高|大き)|(?P<least>少な|低|小さ))"
    r"|(?P<top>最多|最大(?!限)|最高|ピーク|頂点)|(?P<bottom>最少|最小(?!限)|最低(?!限)|底)",
    needs=("最", "一番", "もっとも", "ピーク", "頂点", "底"),
)
_ORDER = LazyPattern(
    r"次いで|続いて|(?:が|、)次に(?:多|高)|の順[にで、。]|順に(?:多|高)|多い順|(?:多|高)く、(?:次|続)",
    needs=("次", "続", "順"),
)
_LESS_FIRST = AnyOf("少な|低い|小さ")
_EACH = AnyOf(
    "いずれの月|いずれの四半期|全ての月|すべての月|全ての四半期|すべての四半期|毎月|各月|どの月|どの四半期"
    "|各四半期"
)
_MORE = LazyPattern(r"(?P<up>[多高](?:い|く|かった))|(?P<down>(?:少な|低)(?:い|く|かった))", needs="多高少低")
_LAST_YEAR = LazyPattern(
    r"(?:前|昨)年(?:度末?)?(?:の?同(?:期|月|時期))?(?:の?(?:実績|水準|数|件数))?"
    r"(?:を|より|と比べ|に比べ|比で|に対し)",
    needs="年",
)
_NOT_OF_TABLE = AnyOf(
    "過去|これまで|目標|全国|支部で|うち|平均|1日|除|会場|年代|種別|地区|計画|見込|予定|仮に|要因|理由|意見|回答|アンケート|項目"
    "|よう|ため|抑|率が高い|可能性|割合が高"
)


@rule(
    "CO114",
    Family.AGREEMENT,
    Severity.INFO,
    "「最も多い」「次いで」「前年より多い」などが、表の数と合わないようです",
    why="読み手は、文の「ピーク」「の順に多い」「前年を上回る」を表の数と見比べます。",
    remedy="どの数のことか確かめ、文か表を直してください。別の数のことなら、何の数か分かるように書いてください。",
    superseded_by=(ANY_OTHER, "CO113"),
)
def claim_differs_from_table(context: CheckContext) -> Iterator[Violation]:
    """An extreme, an order or a comparison with last year that no figure of the name in the sentence has.

    The sentence may name the figure among other words and by a part of its header. Every figure that it may
    mean says the contrary. Silent for 過去, 全国, うち, 目標 and the like.
    """
    for written in lines_and_reasons(context):
        for sentence, start in sentences_with_start(half_width(written.text)):
            pair = (
                None
                if _NOT_OF_TABLE.is_in(sentence)
                else _figures_contradicting_sentence(context, written, sentence)
            )
            if pair:
                yield _violation_for_claim_of_table(context, written, start, sentence, pair)


def _violation_for_claim_of_table(
    context: CheckContext, written: PrintedText, start: int, sentence: str, pair: _Pair
) -> Violation:
    one, other = pair
    return written.violation(
        start + len(sentence) - len(sentence.lstrip(LINE_MARKS)),
        f"{quoted(sentence.strip(LINE_MARKS))}とありますが、{name_with_table(context, one)}は "
        f"{value_text(context, one)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "どの数のことか確かめ、文か表を直してください。",
        actual=sentence.strip(LINE_MARKS)[:30],
        related=sources_of_other_side(one, other),
    )


def _figures_contradicting_sentence(
    context: CheckContext, written: PrintedText, sentence: str
) -> _Pair | None:
    """Two figures that say the contrary of a sentence, None where any reading is right."""
    claims = (
        (_ORDER, _neighbours_in_wrong_order),
        (_EXTREME, _stated_extreme_and_figure_beyond),
        (_LAST_YEAR, _figures_changed_against_sentence),
    )
    find = next((find for pattern, find in claims if pattern.search(sentence)), None)
    if find is None or _is_about_part_without_header(written, sentence):
        return None
    return find(context, written.item.id, sentence)


_OF_OWNER = LazyPattern(
    r"^[・•●■※\s]*(?P<owner>[^\s、。ぁ-ん\d]{2,8})の(?=[^、。はがの]{2,16}[はが])", needs="の"
)
_OF_WHOLE = ("支部", "年度", "期", "月")


def _is_about_part_without_header(written: PrintedText, sentence: str) -> bool:
    """Whether a sentence is about a part that no header names: 歯科の査定率は."""
    found = _OF_OWNER.match(sentence)
    if not found or found["owner"].endswith(_OF_WHOLE):
        return False
    item = written.item
    headers = (
        label for table in item.tables for axis in (*table.rows, *table.columns) for label in axis.labels
    )
    known = (
        item.title,
        *(table.name for table in item.tables),
        *(table.caption for table in item.tables),
        *headers,
    )
    return not any(normalized(found["owner"]) in normalized(name) for name in known)


def _stated_extreme_and_figure_beyond(context: CheckContext, item: str, sentence: str) -> _Pair | None:
    """The figure of the only time that a sentence names, and one of another time beyond it."""
    times = times_within_year(sentence, context.plan.fiscal_year)
    if len(times) != 1 or times[0].kind is not TimeKind.MONTHS:
        return None
    found = _EXTREME.search(sentence)
    assert found is not None
    is_most = bool(found["most"] or found["top"])
    pairs = [
        _figure_at_time_and_extreme_if_other(series, times[0], is_most=is_most)
        for series in _series_named(context, item, sentence)
        if not series.is_running or unit_of(context, next(iter(series.figures.values()))) == "％"
    ]
    return pairs[0] if pairs and all(pairs) else None


def _series_named(context: CheckContext, item: str, sentence: str) -> list[Series]:
    series = (
        series_of_figure(context, figure)
        for group in figures_loosely_named(context, item, sentence)
        for figure in group.figures
    )
    return list({id(one): one for one in series if one}.values())


def _figure_at_time_and_extreme_if_other(series: Series, time: StatedTime, *, is_most: bool) -> _Pair | None:
    own = series.figures.get(time.months or (0, 0))
    if own is None:
        return None
    extreme = (max if is_most else min)(series.figures.values(), key=printed_number)
    return None if printed_number(extreme) == printed_number(own) else (own, extreme)


def _neighbours_in_wrong_order(context: CheckContext, item: str, sentence: str) -> _Pair | None:
    """Two neighbours in the order of a sentence of which the second is more in every column of this year."""
    words = normalized(sentence)
    for table in context.own_tables:
        if table.table.item != item or table.table.repeating is not None:
            continue
        for lines in _named_rows_and_columns_with_figures(table):
            named = sorted((words.find(name), figures) for name, figures in lines if name in words)
            pair = _pair_out_of_order(context, [figures for _, figures in named], sentence)
            if pair:
                return pair
    return None


def _named_rows_and_columns_with_figures(found: TableFigures) -> Iterator[list[tuple[str, list[Figure]]]]:
    """The rows of a table, and its columns, that a single word names, each with its figures."""
    rows = [(parts_of_axis(found.table.rows[row.index]), list(row.figures)) for row in found.rows]
    axes = enumerate(found.table.columns)
    columns = [(parts_of_axis(axis), [row.figures[at] for row in found.rows]) for at, axis in axes]
    for lines in (rows, columns):
        yield [(names[0], figures) for names, figures in lines if len(names) == 1 and len(names[0]) > 1]


def _pair_out_of_order(context: CheckContext, lines: Sequence[list[Figure]], sentence: str) -> _Pair | None:
    """The neighbours that are out of order at each place where all lines have a number of one unit."""
    if len(lines) < 2:
        return None
    year = context.plan.fiscal_year
    pairs = []
    for figures in zip(*lines, strict=True):
        is_filled = all(one.printed_number is not None for one in figures)
        if not is_filled or len({unit_of(context, one) for one in figures}) > 1:
            continue
        if year.contains(context.figures.span_of_figure(figures[0].id).last):
            pairs.append(_first_out_of_order(figures, is_least_first=_LESS_FIRST.is_in(sentence)))
    return pairs[-1] if pairs and all(pairs) else None


def _first_out_of_order(figures: Sequence[Figure], *, is_least_first: bool) -> _Pair | None:
    for one, other in pairwise(figures):
        change = printed_number(other) - printed_number(one)
        if change < 0 if is_least_first else change > 0:
            return one, other
    return None


def _figures_changed_against_sentence(context: CheckContext, item: str, sentence: str) -> _Pair | None:
    """Figures of now and a year before that changed against the words of a sentence without numbers."""
    is_up = _is_sentence_about_increase(sentence)
    if is_up is None or any(letter.isdecimal() for letter in _sentence_without_times(context, sentence)):
        return None
    groups = figures_loosely_named(context, item, sentence)
    pairs = [pair for group in groups for pair in _figures_with_year_before(context, group, sentence)]
    wrong = [(now, then) for now, then in pairs if _is_change_against_direction(now, then, is_up=is_up)]
    is_wrong = bool(wrong) if _EACH.is_in(sentence) else bool(pairs) and len(wrong) == len(pairs)
    return wrong[-1] if is_wrong else None


def _is_sentence_about_increase(sentence: str) -> bool | None:
    """Whether a sentence says that something increased, None where it says both or nothing."""
    verbs = [*change_verbs_in(sentence), *_MORE.finditer(sentence)]
    ups = {bool(one["up"]) for one in verbs}
    return ups.pop() if len(ups) == 1 else None


def _sentence_without_times(context: CheckContext, sentence: str) -> str:
    for time in reversed(times_within_year(sentence, context.plan.fiscal_year)):
        sentence = sentence[: time.start] + sentence[time.end :]
    return sentence


def _figures_with_year_before(context: CheckContext, group: LooseFigures, sentence: str) -> Iterator[_Pair]:
    """The figures of a group at the months that a sentence names, each with those a year before."""
    year = context.plan.fiscal_year
    times = [one for one in times_within_year(sentence, year) if one.kind is TimeKind.MONTHS]
    for figure in group.figures:
        span = context.figures.span_of_figure(figure.id)
        months = {one.months for one in times} or {(span.first.number, span.last.number)}
        if not year.contains(span.last) or (span.first.number, span.last.number) not in months:
            continue
        before = [figure_of_year_before(context, figure)]
        if not _EACH.is_in(sentence):
            before.append(figure_of_whole_year_before(context, figure))
        for then in before:
            if then is not None and then.printed_number is not None:
                yield figure, then


def _is_change_against_direction(now: Figure, then: Figure, *, is_up: bool) -> bool:
    change = printed_number(now) - printed_number(then)
    return change < 0 if is_up else change > 0
