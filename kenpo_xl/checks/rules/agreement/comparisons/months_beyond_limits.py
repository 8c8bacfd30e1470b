"""How many months are beyond a limit or last year, as sentences state it, against the table (整合)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import figure_of_year_before
from kenpo_xl.checks.support.number_matching import is_unit_of_figure, sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentences_with_start
from kenpo_xl.checks.support.sentences.series import printed_number, series_named
from kenpo_xl.checks.support.sentences.stated_times import stated_times_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_BEYOND = (
    r"(?P<verb>(?:を|も)?(?:超え|上回|下回|割り)(?:た|った|る|って|ている)?|以上|以下|未満"
    r"|に(?:届か|達し)(?:なかった|ない|ず|た)?)"
)
_LIMIT = r"(?P<limit>\d[\d,.]*\s*[^\s\d、。をにはがの]{1,4}?)"
_COUNTED = LazyPattern(
    rf"^(?P<subject>[^。]+?)(?:が|は|で)、?\s*{_LIMIT}{_BEYOND}(?:と(?:なっ|な)た)?(?:(?P<unit>月|四半期)|の)は、?"
    r"(?:全部で|計)?\s*(?P<count>\d{1,2})\s*(?:つ|か月|ヶ月|ヵ月|カ月|回|四半期)(?:の月)?(?:で|だ|と|あ|。)",
    needs=("月", "期", "の"),
)
_EACH = r"(?:毎月|毎四半期|(?:全て|すべて|どの|いずれ|各)の?(?:月|四半期)(?:で|も|とも|において)?)"
_EVERY = LazyPattern(
    rf"^(?P<subject>[^。]+?)(?:には|[はがも])、?\s*{_EACH}、?\s*{_LIMIT}{_BEYOND}", needs=("月", "期")
)
_EVERY_YEAR = LazyPattern(
    rf"^(?P<subject>[^。]+?)[はがも]、?\s*{_EACH}、?\s*(?:前年|昨年)の?同(?:月|期)(?:の?(?:実績|数))?を(?P<verb>上回|下回)",
    needs=("前年", "昨年"),
)
_OTHER = AnyOf("目標|計画|見込|予定|過去|全国|平均|定員|よう|目指")
_Test = Callable[[Decimal], bool]


@rule(
    "CO105",
    Family.AGREEMENT,
    Severity.WARNING,
    "「600回を超えた月は5つ」「毎月」などが、表の月の数と合いません",
    why="「登録率が10％を超えた月は3か月」と書けば、読み手は表の月を数えます。",
    remedy="表の数と、文の数や言葉のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO61", "CO81"),
)
def months_beyond_limit_differ(context: CheckContext) -> Iterator[Violation]:
    """So many months above or below a limit, or every month, or every one above last year: they are not.

    The sentence names the figure and nothing else, and no month.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        if "月" not in plain and "期" not in plain:
            continue
        for sentence, start in sentences_with_start(plain):
            if not _OTHER.is_in(sentence):
                yield from _violations(context, written, sentence.lstrip(LINE_MARKS), start)


def _violations(
    context: CheckContext, written: PrintedText, sentence: str, start: int
) -> Iterator[Violation]:
    counted = _COUNTED.match(sentence)
    found = counted or _EVERY.match(sentence)
    if found is None:
        yield from _violations_of_years(context, written, sentence, start)
        return
    limit = next((one for one in numbers_in(sentence) if one.start == found.start("limit")), None)
    figures = _figures(context, written, found["subject"], limit.unit) if limit else []
    beyond = [one for one in figures if limit and _is_beyond(context, one, limit, found["verb"])]
    wanted = int(counted["count"]) if counted else len(figures)
    if figures and len(beyond) != wanted:
        yield _violation_for_month_beyond_limit(context, written, start, sentence, len(beyond), figures)


def _violations_of_years(
    context: CheckContext, written: PrintedText, sentence: str, start: int
) -> Iterator[Violation]:
    """毎月、前年同月を上回った, where a month is not."""
    found = _EVERY_YEAR.match(sentence)
    pairs = _pairs(context, _figures(context, written, found["subject"], "")) if found else []
    count = sum(_has_moved_so(found["verb"], *pair) for pair in pairs) if found else 0
    if count < len(pairs):
        yield _violation_for_month_beyond_limit(
            context, written, start, sentence, count, [now for now, _ in pairs]
        )


def _figures(context: CheckContext, written: PrintedText, subject: str, unit: str) -> list[Figure]:
    """The figures of the only series of single months that some words name; [] with a time in them."""
    if stated_times_in(subject, context.plan.fiscal_year):
        return []
    named = {id(series): series for series, _ in series_named(context, written, subject, None)}
    if len(named) != 1:
        return []
    (series,) = named.values()
    figures = list(series.figures.values())
    fits = not unit or all(is_unit_of_figure(context, one, unit) for one in figures)
    return figures if fits and not series.is_running else []


def _pairs(context: CheckContext, figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    pairs = [(one, figure_of_year_before(context, one)) for one in figures]
    return [(now, then) for now, then in pairs if then is not None]


def _has_moved_so(verb: str, now: Figure, then: Figure) -> bool:
    change = printed_number(now) - printed_number(then)
    return change > 0 if verb.startswith("上回") else change < 0


def _is_beyond(context: CheckContext, figure: Figure, limit: TextNumber, verb: str) -> bool:
    """Whether a figure is above or below a limit, as a verb says."""
    in_points = limit.unit == FRACTION and is_in_percent_points(context, figure)
    value = printed_number(figure) / (100 if in_points else 1)
    if verb.startswith("以"):
        return value >= limit.value if verb == "以上" else value <= limit.value
    if re.search("届か|達しな|未満|下回|割り", verb):
        return value < limit.value
    return value >= limit.value if "達し" in verb else value > limit.value


def _violation_for_month_beyond_limit(
    context: CheckContext,
    written: PrintedText,
    start: int,
    sentence: str,
    count: int,
    figures: Sequence[Figure],
) -> Violation:
    numbers = "、".join(value_text(context, one) for one in figures[:12])
    return written.violation(
        start,
        f"{quoted(sentence)}とありますが、{name_with_table(context, figures[0])}から順に {numbers} で、"
        f"当てはまるのは {count} つです。",
        "表の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(*figures),
    )
