"""What sentences say of the order of months and quarters, against the figures of a table (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.contradictions.most_of_rows import violations_for_greatest_row
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figure_of_year_before
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.checks.support.sentences.series import (
    Months,
    Series,
    printed_number,
    series_named,
    times_within_year,
    without_times,
)
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, stated_times_in
from kenpo_xl.checks.support.steady_changes import SteadyChange, steady_change
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_MORE_OR_LESS = LazyPattern(
    r"(?P<up>多(?:かった|く|い))|(?P<down>少な(?:かった|く|い))", needs=("多", "少な")
)
_EXTREME = LazyPattern(
    r"(?:最も|もっとも|一番)(?:(?P<most>多|高|大き)|(?P<least>少な|低|小さ))"
    r"|(?P<top>最多|最大(?!限)|最高(?!齢|裁)|ピーク)|(?P<bottom>最少|最小(?!限)|最低(?!限))",
    needs=("最", "一番", "もっとも", "ピーク"),
)
_SAME = LazyPattern(
    r"前(?:月|の?四半期|期)(?:と|から)(?:比べて?、?)?(?P<same>同[数率額じ]|変わら[なず]|増減[はが]?な)",
    needs=("前月と", "前月から", "四半期と", "四半期から", "前期と", "前期から"),
)
_NOT_OF_TABLE = AnyOf(
    "過去|前年|昨年|これまで|目標|全国|支部で|うち|月平均|1日|除|会場|中で最|年代|種別|地区"
)
# What is left of a sentence behind its extreme.
_BEHIND = LazyPattern(
    r"^(?:く(?:なり)?|となり|であり|で)、.*$|^(?:かった|くなった|くなり|い|く)?(?:とな(?:った|り)|にな(?:った|り)|であ(?:った|る|り)|した|だった)?(?:のは|の|月|時期)*"
    r"|(?:であ(?:った|る)|だった)。?$|^(?:を(?:迎え|記録し)た|に達した|に、?(?:その後|以降)?は?(?:減|低下|下が)[^。]{0,12})"
)
# That months or quarters are set side by side, behind the name of the figure.
_SIDE_BY_SIDE = LazyPattern(
    r"(?:の推移)?(?:を|は|について)?、?(?:四半期|月|期)(?:別|ごと|毎)(?:の(?:推移|内訳|状況))?(?:に|で|を)?"
    r"(?:(?:見|み|比べ|比較す)(?:ると|れば|たところ|て)?|では|は)",
    needs=("四半期", "月", "期"),
)
_STATED_NUMBER = LazyPattern(
    r"\d[\d,.]*\s*(?:[%％]|千?円|件|人|名|部|通|回|社|事業所|か所)\s*(?:で|の|が|と)?", contains=r"\d"
)
_NUMBER = r"(?:の?\s*\d[\d,.]*\s*[^\d\s、。をより]{0,4}?)?"
_IS_COMPARED = LazyPattern(rf"{_NUMBER}\s*(?:より|を|から|(?:と|に)(?:比べ|比較|対し))")
_TO = LazyPattern(r"\s*に(?:かけて|は)")
_IS_OWN_TIME = LazyPattern(r"\s*(?:に(?!比|対|つ|お)|は|で(?!の)|に入)")
_NO_NAME = LazyPattern(
    r"\d[\d,.]*\s*(?:[%％]|件|人|名|部|通|回|円|千円|事業所|ポイント)?(?:から|を|で|と|へ)?|(?:(?<!だ)より|から|を)も?"
    r"|(?:と|に)(?:比べ|比較し|対し)(?:て|ると)?|の?(?:方|ほう)|にかけて|大きく|大幅に|著しく|かなり|やや|わずかに|若干|少し"
    r"|さらに|更に|再び|一貫して|続けて|続き|の?配信数|の?発行部数|また|なお|特に|連続して|にわたり|から|以降|当初|年度|[し続け]{1,3}て"
)
_OTHER = AnyOf(
    "前年|昨年|目標|計画|見込|予定|全国|うち|過去|平均|当たり|累計|要因|ため|よう|抑|伸び率|増加率|月割|から、"
)


@frozen
class _Statement:
    """That a figure rose or fell to its value in `later` from `earlier`, or all the time (`steady`).

    `words` are what names the figure. `is_implied`: no other time is named, it is the one before.
    """

    words: str
    is_up: bool
    later: Months | None = None
    earlier: Months | None = None
    is_implied: bool = False
    is_same: bool = False
    steady: SteadyChange | None = None


@rule(
    "CO61",
    Family.AGREEMENT,
    Severity.WARNING,
    "月や四半期の増減の言葉が、表の数と合いません",
    why="「第2四半期は第1四半期より減少した」と書けば、読み手は表の 2 つの数を比べます。",
    remedy="表の数と、文の月や四半期、増減の言葉のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO15"),
)
def comparison_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """増加, 減少, 上回る, 多い of one month or quarter beside another, where the table says the opposite.

    Or of each month (毎月増加), or 前月と同数 of others. A change without another time (第3四半期に増加した)
    must be the opposite of the period before and of the year before. The sentence names the figure and
    nothing else.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        if not any(word in plain for word in ("月", "期", "続", "右肩")):
            continue
        for verb in (*change_verbs_in(plain), *_MORE_OR_LESS.finditer(plain), *_SAME.finditer(plain)):
            first, end = sentence_span(plain, verb.start())
            statement = _change_stated(plain[first : verb.start()], verb, context.plan.fiscal_year)
            pair = _opposed_pair(context, written, statement) if statement else None
            if pair is not None:
                yield _violation(context, written, verb.start(), plain[first:end], *pair)


def _violation(
    context: CheckContext, written: PrintedText, place: int, sentence: str, later: Figure, earlier: Figure
) -> Violation:
    return written.violation(
        place,
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、{name_with_table(context, earlier)}は "
        f"{value_text(context, earlier)}、{name_with_table(context, later)}は "
        f"{value_text(context, later)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(later, earlier),
    )


def _change_stated(before: str, verb: re.Match[str], year: FiscalYear) -> _Statement | None:
    """What a sentence says with a verb of change, None where it is not sure."""
    if _OTHER.is_in(before):
        return None
    if "same" in verb.groupdict():
        times = stated_times_in(before, year)
        months = times[0].months if times else None
        is_clear = len(times) <= 1 and all(map(_is_of_months, times))
        return _Statement(_name(before, year), False, months, is_same=True) if is_clear else None
    steady = steady_change(before, verb.string[verb.start() : verb.end() + 4], year)
    if steady is not None:
        is_change = "多" not in verb[0] and "少な" not in verb[0]
        return _Statement(_name(steady.words, year), bool(verb["up"]), steady=steady) if is_change else None
    times = stated_times_in(before, year)
    if not times or not all(map(_is_of_months, times)):
        return None
    found = _pair_of_times(before, times) if len(times) > 1 else _single_time(before, times[0], verb)
    return _Statement(_name(before, year), bool(verb["up"]), *found) if found else None


def _is_of_months(time: StatedTime) -> bool:
    return time.kind is TimeKind.MONTHS and bool(time.months)


def _name(words: str, year: FiscalYear) -> str:
    return _NO_NAME.sub(" ", without_times(words, year))


def _pair_of_times(before: str, times: tuple[StatedTime, ...]) -> tuple[Months, Months] | None:
    """The period that a change is about, and the one that it is compared with."""
    compared = [one for one in times if _IS_COMPARED.match(before, one.end)]
    others = [one for one in times if one not in compared]
    if len(compared) != 1 or len(others) != 1 or not (others[0].months and compared[0].months):
        return None
    return others[0].months, compared[0].months


def _single_time(
    before: str, time: StatedTime, verb: re.Match[str]
) -> tuple[Months, Months | None, bool] | None:
    assert time.months is not None
    first, last = time.months
    is_range = before[time.start : time.end].count("月") > 1 or "から" in before[time.start : time.end]
    if is_range and first != last and _TO.match(before, time.end):
        return (last, last), (first, first), False
    is_change = verb[0][0] in "増減上低伸" and not verb[0].startswith(("上回", "下回"))
    if is_change and _IS_OWN_TIME.match(before, time.end):
        return time.months, None, True
    return None


def _opposed_pair(
    context: CheckContext, written: PrintedText, statement: _Statement
) -> tuple[Figure, Figure] | None:
    """The later and the earlier figure of which the opposite is stated; None if any reading is right."""
    pairs = []
    for series, figure in series_named(context, written, statement.words, statement.later):
        found = (
            _opposite_of_each(series, statement) if statement.steady else _opposite(series, figure, statement)
        )
        if found is None or (statement.is_implied and _is_so_since_last_year(context, figure, statement)):
            return None
        pairs.append(found)
    return pairs[0] if pairs else None


def _opposite_of_each(series: Series, statement: _Statement) -> tuple[Figure, Figure] | None:
    """The first step of a series in the other direction; None without one."""
    assert statement.steady is not None
    for earlier, later in pairwise(statement.steady.figures_in(series)):
        if _is_against(later, earlier, statement):
            return later, earlier
    return None


def _opposite(series: Series, figure: Figure, statement: _Statement) -> tuple[Figure, Figure] | None:
    """The figure of a period and the one that it is compared with, if the opposite is stated of them."""
    by_last = {months[1]: one for months, one in series.figures.items()}
    order = list(series.figures.items())
    at = next((place for place, (_, one) in enumerate(order) if one is figure), 0)
    if statement.earlier is None:
        is_next = at and not (statement.is_same and (order[at][0][0] - order[at - 1][0][1]) % 12 != 1)
        earlier = order[at - 1][1] if is_next else None
    elif series.is_running:
        earlier = by_last.get(statement.earlier[1])
    else:
        earlier = series.figures.get(statement.earlier)
    if earlier is None or earlier is figure or not _is_against(figure, earlier, statement):
        return None
    return figure, earlier


def _is_against(later: Figure, earlier: Figure, statement: _Statement) -> bool:
    change = printed_number(later) - printed_number(earlier)
    return change != 0 if statement.is_same else change < 0 if statement.is_up else change > 0


def _is_so_since_last_year(context: CheckContext, figure: Figure, statement: _Statement) -> bool:
    """Whether a figure changed since the year before as is stated, or not at all; False without one."""
    then = figure_of_year_before(context, figure)
    return then is not None and not _is_against(figure, then, statement)


@rule(
    "CO60",
    Family.AGREEMENT,
    Severity.WARNING,
    "「最も多い」などの月が、表と違います",
    why="「10月が最も多かった」と書けば、読み手は表のほかの月と比べます。",
    remedy="表の数と、文の月や言葉のどれが正しいか確かめて直してください。",
    superseded_by=("CO07",),
)
def extreme_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """最も多い, 最多, 最少 of a month, quarter or row, where a table has a larger or smaller one.

    The sentence names the figure and one time, or a row and none. Silent for 過去最高, 全国で and the like.
    """
    yield from violations_for_greatest_row(context)
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for found in _EXTREME.finditer(plain):
            first, end = sentence_span(plain, found.start())
            sentence = plain[first:end]
            times = times_within_year(sentence, context.plan.fiscal_year)
            if len(times) != 1 or not _is_of_months(times[0]) or _NOT_OF_TABLE.is_in(sentence):
                continue
            pair = _figure_and_extreme(context, written, sentence, times[0], found)
            if pair is not None:
                yield _extreme_violation(context, written, found.start(), sentence, *pair)


def _extreme_violation(
    context: CheckContext, written: PrintedText, place: int, sentence: str, named: Figure, other: Figure
) -> Violation:
    return written.violation(
        place,
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、{name_with_table(context, named)}は "
        f"{value_text(context, named)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(named, other),
    )


def _figure_and_extreme(
    context: CheckContext, written: PrintedText, sentence: str, time: StatedTime, found: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The figure of the month that a sentence names, and one that contradicts it; None without one."""
    wants_most = bool(found["most"] or found["top"])
    before, behind = sentence.split(found[0], 1)
    year = context.plan.fiscal_year
    words = f"{without_times(before, year)}、{_BEHIND.sub('', without_times(behind, year))}"
    words = _SIDE_BY_SIDE.sub("、", _STATED_NUMBER.sub("", words))
    pairs = []
    for series, own in series_named(context, written, words, time.months):
        is_rate = unit_of(context, own) in ("％", "%")
        if own not in series.figures.values() or (series.is_running and not is_rate):
            continue
        extreme = (max if wants_most else min)(series.figures.values(), key=printed_number)
        if printed_number(extreme) == printed_number(own):
            return None
        pairs.append((own, extreme))
    return pairs[0] if pairs else None
