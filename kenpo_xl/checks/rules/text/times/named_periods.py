"""Rules on as-of months, quarters and fiscal years in sentences that are not the plan's (表記)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, number_and_figures_before_bracket
from kenpo_xl.checks.support.other_times import is_date_of_other_time, is_text_span_of_other_time
from kenpo_xl.checks.support.past_reports import WRONG_AS_OF_MONTH
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentence_at
from kenpo_xl.checks.support.sentences.confirmed_times import is_time_of_stated_figure
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import ERA, NamedDate, dates_in, western_year
from kenpo_xl.domain.language.normalize import AnyOf, half_width, match_positions
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import AsOf
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text
from kenpo_xl.domain.time.periods import FIRST_PERIOD, Cycle

_QUARTER = LazyPattern(
    r"第\s*([1-4一二三四])\s*四半期\s*(?:末|までの?)?\s*(?:現在|時点|まで(?!は)|実績|の(?:実績|取組|進捗|(?:実施)?状況))",
    needs=("四半期",),
)
# Words that explain another quarter.
_IN_PASSING = AnyOf("踏まえ|受け|比べ|比較|対比|分析|検証|報告|説明|共有|反省|継続|引き続")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_AS_OF = LazyPattern(
    r"\s*(?:末\s*)?(?:時点|現在)(?!\s*の(?:抽出|対象|名簿|データ|リスト|登録))|\s*(?:末|まで)\s*\)"
)
# The first month of a period that is named: 上半期（4月から9月まで）.
_MONTHS_OF_PERIOD = LazyPattern(r"期\s*\([^()]*(?:から|~)\s*$", needs="期")
_NEAR = 24
# What follows the month of a column: 健診は10月、 and not 健診は10月に100人が.
_BEHIND_COLUMN = LazyPattern(r"\s*(?:末|まで|現在|時点|分|[、,。)]|$)")
_COLUMN_AS_OF = LazyPattern(r"\s*は\s*$", needs="は")


@rule(
    rule_codes.OTHER_PERIOD,
    Family.WORDING,
    Severity.WARNING,
    "別の時期が書かれています",
    why="前の期の文を写したまま、「9月末」や「第2四半期」を直し忘れることがよくあります。",
    remedy="表の基準月と同じ月に直すか、表の基準月を直してください。",
    superseded_by=(*WRONG_AS_OF_MONTH, "CO75"),
)
def another_period_is_named(context: CheckContext) -> Iterator[Violation]:
    """The month of 12月末時点, （12月末） or （12月まで） is no as-of month of period or table.

    After a number that is a figure of the item it must be that figure's as-of month, after the header of a
    column and は that column's. A quarter with 末, 現在, 時点 or まで must be the plan's.
    The month behind 年度末 is that of the year.
    Clauses with 予定, 参考, 前年 and the like are skipped. In items without tables, and after a number that
    is no figure of the item, only the end of the previous quarter is reported.
    """
    for written in printed_lines(context):
        plain = half_width(written.text)
        for found in _matches_of_other_quarters(context, plain):
            if not is_text_span_of_other_time(plain, found.start(), found.end()):
                yield _violation_for_other_period(
                    written, found.start(), found.end(), context.plan.period_name
                )
        for named in dates_in(plain):
            months = _possible_as_of_months(context, written, plain, named)
            is_wrong = bool(months) and named.month not in months
            if is_wrong and not is_time_of_stated_figure(context, written, named):
                basis = "・".join(
                    f"{month}月" for month in sorted(months, key=context.plan.fiscal_year.place_of)
                )
                yield _violation_for_other_period(written, named.start, named.end, basis)


def _matches_of_other_quarters(context: CheckContext, plain: str) -> Iterator[re.Match[str]]:
    """The other quarters named with 末, 現在 and the like; none if the plan's is named too, or is none."""
    found = {one: _NUMERALS.get(one[1]) or int(one[1]) for one in _QUARTER.finditer(plain)}
    if context.plan.period.cycle is not Cycle.QUARTER:
        return
    now = context.plan.period.number
    for one, number in found.items() if now not in found.values() else ():
        if number != now and not _IN_PASSING.is_in(sentence_at(plain, one.start())):
            yield one


def _violation_for_other_period(written: PrintedText, start: int, end: int, basis: str) -> Violation:
    quote = quoted(written.text[start:end])
    return written.violation(
        start,
        f"{quote}とありますが、この期や表の基準は{basis}です。",
        "時期を確かめて、文か表の基準月のどちらかを直してください。",
        actual=quote[1:-1],
        expected=basis,
    )


def _typed_as_of_months(context: CheckContext, item: Item) -> set[int]:
    """The as-of months that staff typed beside the tables of an item."""
    tables = (context.figures.tables[item.id, table.name] for table in item.tables)
    return {month for table in tables for month in table.months if month}


def _is_month_of_year(named: NamedDate, year: FiscalYear) -> bool:
    """Whether a date is a month without a day, in a fiscal year."""
    return named.day is None and named.is_possible and year.contains(named.month_in(year))


def _possible_as_of_months(
    context: CheckContext, written: PrintedText, plain: str, named: NamedDate
) -> set[int]:
    """The permitted as-of months for a date in a text; none if it is no clear as-of month."""
    year = context.plan.fiscal_year
    is_year_end = plain[: named.start].rstrip("( ").endswith("年度末")
    if is_year_end or not _is_month_of_year(named, year) or is_date_of_other_time(plain, named):
        return set()
    is_column = _BEHIND_COLUMN.match(plain, named.end)
    column = _as_of_month_of_column(context, written, plain, named) if is_column else None
    if column:
        return {column}
    ends_named_period = _MONTHS_OF_PERIOD.search(plain[max(0, named.start - _NEAR) : named.start])
    if ends_named_period or not (_AS_OF.match(plain, named.end) or _is_date_end_of_span(plain, named)):
        return set()
    return _as_of_months_meant(context, written, plain, named)


def _as_of_months_meant(
    context: CheckContext, written: PrintedText, plain: str, named: NamedDate
) -> set[int]:
    """The permitted months for a date that is an as-of month; none where it may be that of a KPI."""
    number, figures = number_and_figures_before_bracket(context, written, plain, named.start)
    if number and named.month in _months_of_kpis(context, written.item, number):
        return set()
    if not number and named.month_in(context.plan.fiscal_year) > context.plan.as_of_month:
        return set()  # 工事中（2月まで）
    own = context.plan.as_of_month.number
    if figures:
        return {context.figures.as_of_month(figure.id) or own for figure in figures}
    if written.item.tables and not number:
        return _typed_as_of_months(context, written.item) | {own}
    sentence = sentence_at(plain, named.start)
    return {own} if _is_last_quarters_end(context, sentence, named) else set()


def _months_of_kpis(context: CheckContext, item: Item, number: TextNumber) -> Iterator[int]:
    """The as-of months of the item's KPIs that have a number as their result."""
    places = decimal_places(number.value)
    for one in context.own_kpi_assessments:
        result = one.assessment.result
        if one.item == item.id and result is not None and rounded(result, places, HALF_UP) == number.value:
            yield one.base.number


def _is_date_end_of_span(plain: str, named: NamedDate) -> bool:
    """以上は9月末までの実績である; not the end of a range."""
    if not _UNTIL.is_in(plain) or plain[: named.start].rstrip().endswith(("から", "~", "-", "期(", "期は")):
        return False
    behind = plain[named.end : named.end + _NEAR].replace(" ", "").removeprefix("末")
    if behind.startswith(("分まで反映", "分までを反映", "で締めた", "締めの", "分までの数値")):
        return True
    return any(behind.startswith(f"までの{what}{end}") for what in _RESULTS for end in _ENDS_OF_SENTENCE)


_UNTIL = AnyOf("まで|締め")
_RESULTS = ("実績", "累計", "数値", "件数", "状況", "集計", "実績値", "値", "進捗", "結果")
_ENDS_OF_SENTENCE = ("である", "です", "。", ")", "となる", "を記載", "を掲載", "を計上", "を集計")


def _is_last_quarters_end(context: CheckContext, sentence: str, named: NamedDate) -> bool:
    """Whether a sentence names only the last month of the previous quarter, and no meeting."""
    is_first = context.plan.period.number == FIRST_PERIOD
    before = 0 if is_first else PeriodKey.of(context.plan).previous.last_day.month
    months = {one.month for one in dates_in(sentence)}
    return named.month == before and len(months) == 1 and not _IN_PASSING.is_in(sentence)


def _as_of_month_of_column(
    context: CheckContext, written: PrintedText, plain: str, named: NamedDate
) -> int | None:
    """The typed as-of month of the column named before the date: 事業者健診は10月."""
    for table in written.item.tables:
        if table.as_of is not AsOf.COLUMNS:
            continue
        months = context.figures.tables[written.item.id, table.name].months
        for place, axis in enumerate(table.columns):
            for _, end in match_positions(axis.name, plain):
                if place < len(months) and _COLUMN_AS_OF.fullmatch(plain[end : named.start]):
                    return months[place]
    return None


_FISCAL_YEAR = "年度"
_YEAR = (
    r"(?<![~\-、,])(?<![\d度]・)(?<!から)(?<!及び)"
    rf"(?P<era>{ERA}|R)\s*(?P<year>\d{{1,2}}|元)\s*年度\s*(?:の\s*)?"
)
_OF_THE_YEAR = LazyPattern(
    _YEAR
    + r"(?:(?:支部|当支部|保健|協会)?(?:事業)?(?:計画|運営方針)(?:に(?:基づ|沿|従|より|よって)|のもと|の下)"
    r"|[「『]?(?!第|中期|前期|後期)[^、。\d」』]{0,16}(?:行動|実施|活動|広報|研修|点検|回収|推進|取組|勧奨|事業)計画[」』]?"
    r"(?:に(?:基づ[きくい]|沿っ|沿う|従っ)|のもと、|の下、|により、)"
    r"|(?:支部|事業)?(?:計画|重点(?:事項|施策|項目))として(?:いる|取り組|掲げ|位置)"
    r"|上半?期に引き続き[、\s]*(?:[^。、]{0,8})下半?期"
    r"|(?:第\s*[1-4]\s*四半期の?)?(?:進捗|実施|取組|取り組み)状況は"
    r"|第\s*[1-4]\s*四半期の(?:実績|進捗)(?:は|も)[^。]{0,12}(?:計画|順調|予定)(?:どおり|通り|である|に進)"
    r"|の?目標の?(?:達成)?(?:に向け(?:て)?|を目指し(?:て)?)[、\s]*[^。]{0,16}(?:取り組んで|進めて|図って|努めて)いる"
    r"|(?P<goes_on>(?:は|も)[、\s]*(?:引き?続き|上半?期に引き続き)[^。]{0,30}(?:予定|こととしている|していく)))",
    needs="年度",
)
# A year that has this one's number in the era before it.
_ANOTHER_ERA = LazyPattern(
    r"(?<![~\-、])(?<![\d度]・)(?<!和)(?P<era>平成)\s*(?P<year>\d{1,2})\s*年度(?!\s*[~\-、・]|から|以)",
    needs=("平成",),
)
_LONG_AGO = AnyOf(
    "法律|告示|施行|制定|創設|設立|開設|以来|から|開始|改正|当時|過去|推移|比較|導入|策定|発足|生まれ"
)


def _is_of_another_era(found: re.Match[str], own: int, sentence: str) -> bool:
    """Whether a year is that of the report but for its era: 平成6年度の受診率は."""
    in_own_era = own - western_year("令和", "元") + 1
    is_same = found["era"] == "平成" and found["year"] == str(in_own_era)
    return is_same and not _LONG_AGO.is_in(sentence)


@rule(
    "WO43",
    Family.WORDING,
    Severity.WARNING,
    "別の年度が書かれています",
    why="前の年度の文を写したまま、「令和5年度の事業計画に基づき」を直し忘れることがよくあります。",
    remedy="年度を直してください。前の年度のことなら「前年度」と書き添えてください。",
)
def another_fiscal_year_is_named(context: CheckContext) -> Iterator[Violation]:
    """The plan, the aims or the state of another fiscal year, reported as those of this one.

    Only what is of one year: 令和5年度の事業計画に基づき, 令和5年度の進捗状況は. Results, budgets and plans
    of several years are not meant.
    """
    own = context.plan.fiscal_year
    for written in printed_lines(context):
        plain = half_width(written.text)
        for found in (*_OF_THE_YEAR.finditer(plain), *_ANOTHER_ERA.finditer(plain)):
            year = western_year(found["era"], found["year"])
            is_next = year > own and found.groupdict().get("goes_on")
            is_near = (
                abs(year - own) == 1 and not is_next and fiscal_year_text(own) not in plain.replace(" ", "")
            )
            if is_near or _is_of_another_era(found, own, sentence_at(plain, found.start())):
                quote = quoted(written.text[found.start() : found.end()])
                end = plain.find(_FISCAL_YEAR, found.start()) + len(_FISCAL_YEAR)
                yield written.violation(
                    found.start(),
                    f"{quote}とありますが、この報告は{fiscal_year_text(own)}のものです。",
                    "年度を確かめてください。別の年度のことなら、そのことが分かるように書き添えてください。",
                    actual=written.text[found.start() : end],
                    expected=fiscal_year_text(own),
                )
