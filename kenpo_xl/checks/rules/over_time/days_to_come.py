"""Days in cells that sentences quote as done, and that are still to come (時系列)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure
from kenpo_xl.checks.support.miswritten import report_time_of
from kenpo_xl.checks.support.printed_text import quoted_with_neighbors, sentence_span
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import exact_date_text

_AHEAD = AnyOf("予定|見込|計画|今後|準備|向け|する。|行う。|される。|していく|決定|申込|募集")


@rule(
    "TI27",
    Family.HISTORY,
    Severity.WARNING,
    "文に入る日が基準日より後なのに、「予定」とありません",
    why="「{発送日}に発送」の日が基準日より後だと、まだのことが済んだこととして、数と一緒に印刷されます。",
    remedy="日を確かめ、まだのことなら文に「予定」と書き添えてください。済んでいれば、理由を残してください。",
)
def day_of_done_act_is_to_come(context: CheckContext) -> Iterator[Violation]:
    """All dates of a cell that a sentence quotes are after the as-of date, and the sentence plans nothing."""
    reported: set[int] = set()
    for item, line in context.text_lines_with_items:
        for found in PLACEHOLDER.finditer(line.text):
            figure = context.figures.figure_named(item.id, found[1])
            if figure is None or figure.source is None or id(figure) in reported:
                continue
            first, end = sentence_span(line.text, found.start())
            if (
                not line.is_unconfirmed
                and _has_cell_future_date(context, figure)
                and not _AHEAD.is_in(line.text[first:end])
            ):
                reported.add(id(figure))
                yield _violation_for_future_date(
                    context, figure, line.text[first : found.start()], line.text[found.end() : end]
                )


def _has_cell_future_date(context: CheckContext, figure: Figure) -> bool:
    """Whether a cell holds dates of the fiscal year only, all of them after the as-of date."""
    dates = dates_in(figure.printed_value) if isinstance(figure.printed_value, str) else ()
    return bool(dates) and all(map(report_time_of(context).is_to_come, dates))


def _violation_for_future_date(context: CheckContext, figure: Figure, before: str, behind: str) -> Violation:
    assert figure.source is not None
    as_of = exact_date_text(context.plan.period.as_of)
    day = figure.printed_text()
    words = [PLACEHOLDER.sub("…", text) for text in (before, behind)]
    text = f"{words[0]}{day}{words[1]}"
    quote = quoted_with_neighbors(text, len(words[0]), len(words[0]) + len(day), letters=12)
    return Violation(
        figure.source,
        str(figure.id),
        f"{name_of_figure(context, figure)}の「{day}」は基準日（{as_of}）より後ですが、文は"
        f"{quote}と、済んだ書き方です。",
        "日を確かめ、まだのことなら文に「予定」と書き添えてください。",
        day,
    )
