"""Sentences that say that there was none of what a table counts: 苦情は1件もなかった (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import NamedFigure, figures_named
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.mentions import Mention, mention_at
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_UNIT = r"(?:件|人|名|事業所|社|回|部|通|機関|か所|団体)"
_NONE = LazyPattern(
    rf"(?:は|も|が)[、\s]*(?:(?:1|一)\s*{_UNIT}もな(?:かった|く|い)|(?:まったく|全く|一切|特に)?なかった"
    rf"|ゼロ(?:件|人)?(?:で|だ|と)|皆無)|は(?:、|\s)?0\s*{_UNIT}?(?:で(?!き)|だ|と(?:な|、))",
    needs=("なかった", "もなく", "もない", "ゼロ", "皆無", "は0", "は 0", "は、0"),
)
_SHORTEST = 4
"""Letters of a name: a shorter one (疑義) may be of what the sentence before says."""
_OTHER = AnyOf(
    "うち|重大|新た|新規|期限|遅れ|遅延|誤り|漏れ|前年|昨年|目標|こと|もの|による|について|以外|除|超え|追加"
)


def violations_for_denied_figures(context: CheckContext) -> Iterator[Violation]:
    """は1件もなかった, はゼロ, はなかった of a figure that is not 0 this year.

    The words before name the figure and nothing else. Silent for a part of it (重大な苦情は).
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for found in _NONE.finditer(plain):
            first, _ = sentence_span(plain, found.start())
            if _OTHER.is_in(plain[first : found.start()]):
                continue
            figure = _denied_figure(context, written, found.start())
            if figure is not None:
                yield written.violation(
                    found.start(),
                    f"{quoted(plain[first : found.end()].lstrip(LINE_MARKS))}とありますが、"
                    f"{name_with_table(context, figure)}は {value_text(context, figure)} です。",
                    "表の数を確かめ、文か表を直してください。",
                    actual=found[0],
                    related=sources_of_other_side(figure),
                )


def _figures_surely_named(context: CheckContext, mention: Mention) -> list[NamedFigure]:
    named = figures_named(context, mention, unit="")
    return [one for one in named if one.is_strict and one.fit is TimeFit.EXACT and one.length >= _SHORTEST]


def _denied_figure(context: CheckContext, written: PrintedText, place: int) -> Figure | None:
    """The figure of this year that the words before a place name and that is not 0; None where not sure."""
    mention = mention_at(context, written, place)
    sure = _figures_surely_named(context, mention) if mention.words else []
    year = context.plan.fiscal_year
    figures = [
        one.figure for one in sure if year.contains(context.figures.span_of_figure(one.figure.id).last)
    ]
    is_none = not figures or any(not one.printed_number for one in figures)
    return None if is_none else figures[-1]
