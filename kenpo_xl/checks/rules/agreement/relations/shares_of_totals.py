"""Shares of a table's total that sentences state: 査定金額の約4割を第1四半期が占めた (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.comparisons.direct_shares import count_figures_named, quotients_of_named_figures
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import names_of_figure
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.mentions import words_without_neutral_ones
from kenpo_xl.checks.support.sentences.rough_shares import SHARE_WORDS, bounds_of_share
from kenpo_xl.checks.support.sentences.series import printed_number, series_of_figure, without_times
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, joined_times, stated_times_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_HOLDS = AnyOf("占め|当たる|あたる|のうち|の割合|割は|割が|半分は|半分が|半数は|半数が|割に|割である|分の")
_PERCENT = LazyPattern(
    r"(?P<about>約|およそ|ほぼ)?\s*(?P<digits>\d{1,3}(?:\.\d+)?)\s*[%％](?!ポイント)", needs=("%", "％")
)
_LAST, _ABOUT = Decimal("0.01"), Decimal("0.02")
# Where the words are not of this year's table alone.
_NOT_SO = AnyOf("前年|昨年|前回|目標|計画|全国|予定|見込|増加|減少|増え|減っ|上回|下回|以外|除|残り|うち新")
# 点検した件数 for 点検件数, 窓口で受けた件数 for what the table of the 窓口 counts.
_DONE_COUNT = LazyPattern(r"した(?=件数$|者$)", needs="した")
_WHO = LazyPattern(r"を(?:受けた|終えた)(?:方|人|者)$", needs="た")
_RECEIVED = LazyPattern(
    r"[でに](?:受け(?:付け)?た|寄せられた|あった)(?:件数|もの)$", needs=("た件数", "たもの")
)
_END = r"(?:が|は|で|も)[、\s]*"
# Before and behind a share, which of them names the whole and which the part.
_ORDERS: tuple[tuple[LazyPattern, LazyPattern], ...] = (
    (
        LazyPattern(r"^(?P<whole>.+?)(?:のうち|の内|の)[、\s]*$"),
        LazyPattern(
            r"^[、\s]*(?:を|は|が)[、\s]*(?P<part>[^。、]+?)(?:が占め|で占め|であ[るっ]|だった|によるもの|の分で|となっ)"
        ),
    ),
    (
        # Who 対象者 alone are, a sentence before may say.
        LazyPattern(
            r"^(?!(?:[^。、]{0,6}[^は。、]、)?[^。、の]{1,3}数?の(?:うち|内)?[、\s]*$)(?P<whole>.+?)(?:のうち|の内|の)[、\s]*$"
        ),
        LazyPattern(
            r"^(?:が|に)[、\s]*(?P<part>[^\s、。ぁ-んA-Za-z\d]{2,8})(?:した|しており|を終えた|を受けた|があった|がある)(?=[。、]|$)"
        ),
    ),
    (
        LazyPattern(rf"^(?P<part>[^。]+?){_END}(?P<whole>[^。、]+?)(?:全体)?の[、\s]*$"),
        LazyPattern(
            r"^[、\s]*(?:を(?:占め|超)|に(?:当たる|あたる|相当|達|上|のぼ)|となっ|であ[るっ]|だった)"
        ),
    ),
    (
        LazyPattern(
            rf"^(?P<whole>[^。]+?)(?:のうち|の内訳は|の内|は|については)[、\s]*(?P<part>[^。、]+?)(?:の割合)?{_END}(?:全体の)?$"
        ),
        LazyPattern(r"^[、\s]*(?:を占め|となっ|であ[るっ]|だった)"),
    ),
    (
        LazyPattern(
            rf"^(?P<whole>[^。]+?)に(?:占める|対する)(?P<part>[^。、]+?)の(?:割合|比率|構成比){_END}$"
        ),
        LazyPattern(r"^[、\s]*(?:と|で|に|。|$)"),
    ),
)


@frozen
class _Share:
    """A part of a whole, with the figures that both are of."""

    ratio: Decimal
    part: tuple[Figure, ...]
    whole: tuple[Figure, ...]


@rule(
    "CO45",
    Family.AGREEMENT,
    Severity.WARNING,
    "「約5割を占める」などの割合が、表の数と合いません",
    why="「査定金額の約5割を第3四半期が占めた」と書けば、読み手は表の数で割り算をします。",
    remedy="表の数から割合を計算し直し、文か表を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO18", "CO51"),
)
def share_of_total_differs(context: CheckContext) -> Iterator[Violation]:
    """A share in 割, ％ or 半分 that a month, a quarter or a part has of the total of its row or column.

    Or one count has of another of its table (対象者のうち約3割が受診した). The words name the total and the
    part, and nothing else. Silent for other years, targets and changes.
    """
    for written in lines_and_reasons(context):
        if not _HOLDS.is_in(written.text):
            continue
        plain = half_width(written.text)
        for found in (*SHARE_WORDS.finditer(plain), *_PERCENT.finditer(plain)):
            first, end = sentence_span(plain, found.start())
            if not _NOT_SO.is_in(plain[first:end]):
                share = _real_share_if_stated_wrongly(context, written, plain, found)
                if share is not None:
                    yield _violation_for_share(written, context, plain[first:end], found, share)


def _real_share_if_stated_wrongly(
    context: CheckContext, written: PrintedText, plain: str, found: re.Match[str]
) -> _Share | None:
    """What a stated share really is; None where a reading of its words is right, or none is sure."""
    bounds = _least_and_most_share(found)
    if bounds is None:
        return None
    first, end = sentence_span(plain, found.start())
    before, behind = plain[first : found.start()].lstrip(LINE_MARKS), plain[found.end() : end]
    shares = []
    for words_before, words_behind in _ORDERS:
        one, other = words_before.match(before), words_behind.match(behind)
        if one and other:
            words = one.groupdict() | other.groupdict()
            whole = _RECEIVED.sub("", _DONE_COUNT.sub("", words["whole"]))
            shares += list(_possible_shares_of_part(context, written, whole, _WHO.sub("", words["part"])))
    is_right = any(bounds[0] <= share.ratio <= bounds[1] for share in shares)
    return max(shares, key=_sum_of_whole) if shares and not is_right else None


def _sum_of_whole(share: _Share) -> Decimal:
    return sum(map(printed_number, share.whole), Decimal(0))


def _least_and_most_share(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a share may be; None for multiples."""
    words = found.groupdict()
    if "digits" in words:
        value, places = Decimal(words["digits"]) / 100, len(words["digits"].partition(".")[2])
        near = _ABOUT if words["about"] else _LAST.scaleb(-places)
        return value - near, value + near
    return None if words["times"] else bounds_of_share(found)


def _possible_shares_of_part(
    context: CheckContext, written: PrintedText, whole: str, part: str
) -> Iterator[_Share]:
    year = context.plan.fiscal_year
    whole_times, times = stated_times_in(whole, year), joined_times(stated_times_in(part, year), part, year)
    if len(times) > 1 or any(time.fiscal_year_in(year) != year for time in (*whole_times, *times)):
        return
    rest = normalized(without_times(part, year))
    words = normalized(without_times(whole, year))
    months = None if whole_times else _months_of_first_time(times)
    for figure in count_figures_named(context, written, words):
        if months:
            names = "|".join(names_of_figure(context, figure))
            if not words_without_neutral_ones(rest, f"{names}|{words}"):
                yield from _shares_of_months(context, figure, months)
        elif not times and rest:
            yield from _shares_of_named_part(context, figure, rest)
    if not times and not whole_times and rest:
        for one, others in quotients_of_named_figures(context, written, words, rest):
            total = sum(map(printed_number, others), Decimal(0))
            if total > 0:
                yield _Share(printed_number(one) / total, (one,), others)


def _months_of_first_time(times: Sequence[StatedTime]) -> tuple[int, int] | None:
    return times[0].months if times and times[0].kind is TimeKind.MONTHS else None


def _are_months_within(year: FiscalYear, part: tuple[int, int], months: tuple[int, int]) -> bool:
    places = [year.place_of(month) for month in (months[0], *part, months[1])]
    return places[0] <= places[1] and places[2] <= places[3]


def _shares_of_months(context: CheckContext, figure: Figure, months: tuple[int, int]) -> Iterator[_Share]:
    """The share that some months have of the series that a figure is of, or is the total of."""
    series = series_of_figure(context, figure)
    if series is None or series.is_running:
        return
    year = context.plan.fiscal_year
    parts = [
        one for part_months, one in series.figures.items() if _are_months_within(year, part_months, months)
    ]
    total = sum(series.values, Decimal(0))
    length = sum(
        (last - first) % 12 + 1 for first, last in series.figures if series.figures[first, last] in parts
    )
    if parts and total > 0 and length == (months[1] - months[0]) % 12 + 1:
        part = sum(map(printed_number, parts), Decimal(0))
        yield _Share(part / total, tuple(parts), tuple(series.figures.values()))


def _shares_of_named_part(context: CheckContext, figure: Figure, words: str) -> Iterator[_Share]:
    """The share that a part called so has of a figure that is the sum of such parts."""
    parts = _figures_summed(context, figure)
    own = names_of_figure(context, figure) if parts else ()
    for one in parts:
        names = [name for name in names_of_figure(context, one) if name not in own]
        is_named = bool(names) and all(name in words for name in names)
        if is_named and not words_without_neutral_ones(words, "|".join((*names, *own))):
            yield _Share(printed_number(one) / printed_number(figure), (one,), (figure,))


def _figures_summed(context: CheckContext, figure: Figure) -> Sequence[Figure]:
    """The figures that a formula reads, if the figure is their sum and not 0; () for all others."""
    formula = figure.cell.formula
    keys = formula_keys(formula) if formula is not None else ()
    parts = [one for key in keys if isinstance(key, FigureId) for one in context.figures.with_identity(key)]
    if len(parts) <= 1 or not figure.printed_number or any(one.printed_number is None for one in parts):
        return ()
    return parts if sum(map(printed_number, parts), Decimal(0)) == figure.printed_number else ()


def _violation_for_share(
    written: PrintedText, context: CheckContext, sentence: str, found: re.Match[str], share: _Share
) -> Violation:
    percent = f"{decimal_text(rounded(share.ratio * 100, 1, HALF_UP))}％"
    parts = "、".join(
        f"{name_with_table(context, one)}は {value_text(context, one)}" for one in share.part[:2]
    )
    whole = "合計" if len(share.whole) > 1 else name_with_table(context, share.whole[0])
    total = f"{_sum_of_whole(share):,} {unit_of(context, share.whole[0])}"
    return written.violation(
        found.start(),
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、"
        f"{parts}、{whole}は {total} なので {percent} です。",
        "表の数から計算し直し、文か表を直してください。",
        actual=found[0].strip(),
        expected=percent,
        related=sources_of_other_side(*share.part, *share.whole),
    )
