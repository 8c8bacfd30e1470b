"""Rules on dates in sentences that are of another year, over, or still to come (表記)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.miswritten import report_time_of
from kenpo_xl.checks.support.other_times import (
    fiscal_years_named,
    has_word_of_other_time,
    is_date_of_another_year,
    is_other_year_explained,
)
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    found_in_each,
    printed_lines,
    quoted,
    sentences_with_start,
)
from kenpo_xl.checks.support.sentences.confirmed_times import is_time_of_stated_figure
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in, is_compared_with_year_after
from kenpo_xl.domain.language.normalize import WHITE, half_width
from kenpo_xl.domain.language.times.tenses import acts_done_before_their_time, acts_planned_after_their_time
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text

# No plan of an office reaches as many years ahead: 令和66年.
_UNLIKELY_YEARS = 30


@rule(
    "WO05",
    Family.WORDING,
    Severity.WARNING,
    "年度の外の日付があります",
    why="前の年度の文を写したまま、年だけ直し忘れることがよくあります。",
    remedy="年を直してください。前の年度のことなら「前年度」「参考」、先のことなら「予定」と書き添えてください。",
    superseded_by=(
        *(rule_codes.IMPOSSIBLE_DATE, rule_codes.BIRTH_DATE, rule_codes.NAMED_TIME),
        *(rule_codes.DONE_BEFORE_ITS_TIME, "WO15"),
    ),
)
def date_is_outside_the_year(context: CheckContext) -> Iterator[Violation]:
    """A month with a year outside the plan's fiscal year, without an explaining word in its clause.

    Explanations: 予定, 参考, 前年, 昨年, 過去 and the like, 「…から」 without a second date, a range that
    reaches into the year, 付け of a notice, the name of an event, what was founded then, and of a later year
    a sentence without a verb in the past; and a number of the sentence that the table has for that month. One
    finding a list. Silent beside the same month of the year after it, with which it is compared.
    """
    year = context.plan.fiscal_year
    for written in all_printed_texts(context):
        if any(_names_another_year(axis.year_role, "".join(axis.labels)) for axis in written.axes):
            continue
        dates, last = dates_in(written.text), -1
        for place, named in enumerate(dates):
            is_unlikely = named.year is not None and named.year > year + _number_of_years_away(written, named)
            if not is_date_of_another_year(named, year):
                continue
            is_explained = is_other_year_explained(written.text, dates[place : place + 2], year)
            if not is_unlikely and (is_explained or _is_end_of_period(written.text, dates, place, year)):
                continue
            if is_time_of_stated_figure(context, written, named) or is_compared_with_year_after(dates, named):
                continue
            goes_on, last = named.goes_on and last == place - 1, place
            if goes_on:
                continue
            quote = quoted(written.text[named.start : named.end])
            yield written.violation(
                named.start,
                f"{quote}は{fiscal_year_text(year)}の日付ではありません。",
                "年を確かめてください。別の年度のことなら「前年度」「参考」「予定」などと書き添えてください。",
                actual=quote[1:-1],
            )


def _number_of_years_away(written: PrintedText, named: NamedDate) -> int:
    """How many years ahead no plan of an office reaches; an event with its month is planned sooner."""
    is_event = _EVENT_BEHIND.match(half_width(written.text), named.end)
    return _UNLIKELY_YEARS_OF_EVENT if is_event else _UNLIKELY_YEARS


_EVENT_BEHIND = LazyPattern(r"\s*(?:に|の)?(?:開催|実施|発送|送付)(?:する|を|予定|\s*$)", needs="開実発送")
_UNLIKELY_YEARS_OF_EVENT = 3


def _is_end_of_period(text: str, dates: Sequence[NamedDate], place: int, year: FiscalYear) -> bool:
    """Whether a later date is the end of a period that begins in the year: 令和6年10月から令和7年9月."""
    before, named = dates[place - 1], dates[place]
    if place == 0 or not year.contains(before.month_in(year)) or named.month_in(year) < year.first:
        return False
    return _GOES_ON.fullmatch(half_width(text[before.end : named.start])) is not None


def _names_another_year(year_role: YearRole | None, words: str) -> bool:
    return year_role not in (None, YearRole.CURRENT) or has_word_of_other_time(words)


_DONE = LazyPattern(
    r"(?:行っ|実施し|開催し|送付し|発送し|報告し|掲載し|決定し|図っ|開始し|終了し|配布し|周知し|発信し|いただい)た"
    r"|済み?(?=[、。)]|$)|ました|(?:実施|開催|発送|送付|報告|配布|掲載)(?=[。)]|\s*$)"
)
_GOES_ON = LazyPattern(r"\s*(?:[~-]|から)\s*")
_AHEAD = LazyPattern(r"予定|備え|見込|計画|準備|今後|する(?:こと|。|$)|に向け")


@rule(
    "WO06",
    Family.WORDING,
    Severity.INFO,
    "基準日より後のことが、済んだ書き方になっています",
    why="基準日より後のことは、評議会の日までに済んでいても、予定と実績のどちらか分かるように書きます。",
    remedy="まだのことなら「予定」と書き、済んだことならそのままで構いません。",
    superseded_by=(rule_codes.DONE_BEFORE_ITS_TIME, "WO40"),
)
def future_is_described_as_past(context: CheckContext) -> Iterator[Violation]:
    """A date after the as-of date (基準日) with a verb in the past or 実施。, without 予定.

    One finding an item. What is certainly reported as done is reported by WO41.
    """
    reported: set[str] = set()
    for written in printed_lines(context):
        for sentence, start in sentences_with_start(written.text):
            late = _first_future_date(sentence, context)
            if late is None or written.item.id in reported or _AHEAD.search(sentence):
                continue
            done = _DONE.search(sentence, late.end)
            if done and not dates_in(sentence[late.end : done.end()]):
                reported.add(written.item.id)
                yield _violation_for_future_reported_as_done(
                    context, written, start + late.start, sentence[late.start : done.end()]
                )


@rule(
    rule_codes.DONE_BEFORE_ITS_TIME,
    Family.WORDING,
    Severity.WARNING,
    "基準日より後の日に「した」と書かれています",
    why="基準日の時点でまだ来ていない日のことを「した」と書くと、予定と実績のどちらか分かりません。",
    remedy="日付を確かめてください。まだのことなら「予定」と書いてください。",
    superseded_by=("WO40",),
)
def future_is_done(context: CheckContext) -> Iterator[Violation]:
    """A date after the as-of date, に, and the verb of the sentence in the past: 2月5日に開催した.

    Only the first date of a sentence that has no other behind it, and not where it belongs to a noun
    (2月に行う研修の案内を送付した). So are quarters to come, and persons and numbers of an event to come
    (3月の研修会には52名が参加した). Texts of tables and reasons are read too.
    """
    for written, spans in found_in_each(context, acts_done_before_their_time, report_time_of(context)):
        reported: set[int] = set()
        for sentence, start in sentences_with_start(written.text):
            if not sentence.rstrip(_ENDS).endswith(_IN_THE_PAST):
                continue
            late = next(iter(dates_in(sentence)), None)
            if late is None or sentence[late.end :].lstrip()[:1] not in _BEHIND_DATE:
                continue
            done = _DONE_AT.match(sentence, late.end) if report_time_of(context).is_to_come(late) else None
            if done and not _AHEAD.search(done[0]) and not dates_in(done[0]):
                reported.add(start + late.start)
                phrase = sentence[late.start : done.end()]
                yield _violation_for_future_reported_as_done(context, written, start + late.start, phrase)
        for first, end in spans:
            if first not in reported:
                yield _violation_for_future_reported_as_done(context, written, first, written.text[first:end])


_BEHIND_DATE = ("に", "(", "（")
_ENDS, _IN_THE_PAST = "。" + WHITE, ("た", "済", "済み")
# に after the date, no verb before a noun and no other clause, then the verb of the sentence in the past.
_DONE_AT = LazyPattern(
    r"\s*(?:[(（][^()（）]{1,3}[)）])?\s*に(?:は|も)?(?:(?![るうくすぐぶむつ][一-龯ァ-ヶー])[^、。]|[にしいき]、)*?"
    r"(?:た|(?<=実施)済み?|(?<=送付)済み?)(?=[。]|\s*$)"
)


def _violation_for_future_reported_as_done(
    context: CheckContext, written: PrintedText, start: int, phrase: str
) -> Violation:
    as_of = context.plan.period.as_of
    quote = quoted(phrase)
    return written.violation(
        start,
        f"{quote}は、基準日（{as_of.month}月{as_of.day}日）より後のことですが、済んだことのように書かれています。",
        "まだ行っていないことなら「予定」と書き添えてください。済んでいれば、このままで構いません。",
        actual=quote[1:-1],
    )


def _first_future_date(sentence: str, context: CheckContext) -> NamedDate | None:
    """The first date after the as-of date, except the end of a range that began before."""
    before: NamedDate | None = None
    for named in dates_in(sentence):
        goes_on = before and _GOES_ON.fullmatch(half_width(sentence[before.end : named.start]))
        is_issue = half_width(sentence[named.end : named.end + 2]).lstrip().startswith("号")
        if report_time_of(context).is_to_come(named) and not goes_on and not is_issue:
            return named
        before = named
    return None


# 予定 at the end of a clause; not 予定どおり, 予定していた, 予定価格, 年間予定.
_PLANNED = LazyPattern(
    r"(?<!年間)(?<!当初)(?:予定|する計画|(?<=[るう])見(?:込み?|通し))(?=\s*(?:[。、)）・]|である|です|し(?:、|ている)|とし(?:、|ている)|を?している|$))|することとしている",
    needs=("予定", "計画", "見込", "見通", "こととしている"),
)
# Between a date and 予定: what makes the date that of another clause or of no event.
_OF_OTHER_CLAUSE = LazyPattern(
    r"^\s*(?:以降|以後|後|末?\s*(?:時点|現在)|分|診療|決算|号|の(?:結果|実績|状況|通知)|に続|に引き続|の[^に、]{0,12}を(?:踏まえ|受け))"
    r"|(?:[いしりきちみけせれえ]|(?<!あ)(?<!宛)て)、|た(?:が|ため|後|ところ|、|[一-龯ァ-ヶ「])|ため|ほか|年度内|年度末|年内|下期|四半期|今後|順次|再度|随時|引き続"
)
_OF_OTHER_YEAR = LazyPattern(r"翌|来年|次年度|次期|来期")
# A month without a year that comes again so soon is likely the next one: 4月に開催予定, in December.
_SOON = 4
_MONTHS = 12


@rule(
    "WO42",
    Family.WORDING,
    Severity.WARNING,
    "過ぎた時期のことに「予定」とあります",
    why="前の期の文を写したまま、「10月に開催予定」が残ることがよくあります。済んだのか遅れたのか読み手に分かりません。",
    remedy="済んだことなら「した」と書き、延びたのなら新しい時期を書いてください。",
    superseded_by=("WO05", "WO81"),
)
def plan_is_over(context: CheckContext) -> Iterator[Violation]:
    """予定 with a date up to the as-of date: 10月に開催予定, as of December.

    The last date before 予定 in its clause counts. Silent for a month without a year that comes again within
    four months, and for 10月以降, 10月分, 翌年度. So are quarters that are over (第2四半期に開催予定), and
    preparations for a month not long ago (10月の開催に向け準備中).
    """
    for written, spans in found_in_each(context, acts_planned_after_their_time, report_time_of(context)):
        if not written.line:
            continue
        reported: set[int] = set()
        for sentence, start in sentences_with_start(written.text):
            for planned in _PLANNED.finditer(half_width(sentence)):
                named = _past_date_before(half_width(sentence), planned.start(), context.plan)
                if named and not _names_later_year(sentence, named, context):
                    reported.add(start + named.start)
                    phrase = sentence[named.start : planned.end()]
                    yield _violation_for_plan_of_past_date(context, written, start + named.start, phrase)
        for first, end in spans:
            if first not in reported:
                yield _violation_for_plan_of_past_date(context, written, first, written.text[first:end])


def _past_date_before(plain: str, place: int, plan: Plan) -> NamedDate | None:
    """The date of the clause that ends at a place, None where it has none or one that is not over."""
    dates = [one for one in dates_in(plain) if one.end <= place]
    if not dates or not _is_date_over(dates[-1], plan):
        return None
    between = plain[dates[-1].end : place]
    is_inside = between.count("(") != between.count(")")
    return None if is_inside or _OF_OTHER_CLAUSE.search(between) else dates[-1]


def _names_later_year(sentence: str, named: NamedDate, context: CheckContext) -> bool:
    """Whether a date is of the year after the plan's: 翌年度, 令和7年4月, and 令和7年度 before it."""
    year = context.plan.fiscal_year
    later = (one for one in dates_in(sentence) if one.year and one.is_possible)
    years: list[int] = [year.of(one.month_in(year)) for one in later]
    years += fiscal_years_named(sentence[: named.start])[-1:]
    return bool(_OF_OTHER_YEAR.search(sentence)) or any(one > year for one in years)


def _is_date_over(named: NamedDate, plan: Plan) -> bool:
    if not named.is_possible:
        return False
    month, day = named.month_in(plan.fiscal_year), named.day_in(plan.fiscal_year)
    is_past = day <= plan.period.as_of if day else month <= plan.as_of_month
    until_next = (named.month - plan.as_of_month.number - 1) % _MONTHS + 1
    return is_past and (named.year is not None or until_next > _SOON)


def _violation_for_plan_of_past_date(
    context: CheckContext, written: PrintedText, start: int, phrase: str
) -> Violation:
    as_of = context.plan.period.as_of
    quote = quoted(phrase)
    return written.violation(
        start,
        f"{quote}とありますが、基準日（{as_of.month}月{as_of.day}日）ではもう過ぎた時期です。",
        "済んでいれば「した」と書き、延びたのであれば新しい時期に直してください。",
        actual=quote[1:-1],
    )
