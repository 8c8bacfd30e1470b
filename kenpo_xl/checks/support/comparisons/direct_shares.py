"""Shares of one figure in another, or of a row in all rows of its table, as sentences name them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.comparisons.compared_figures import figures_of_other_rows_in_column
from kenpo_xl.checks.support.figure_wording import table_of_figure, unit_of
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.checks.support.sentences.mentions import Mention
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

Quotient = tuple[Figure, tuple[Figure, ...]]
_NO_NAME = LazyPattern(r"によるもの|(?:で|が|に)?(?:実施|送付|発送)した(?:もの|分)|もの$")
_OWN_NUMBER = LazyPattern(
    r"\s*\d[\d,]*\s*(?:[件人名社通部回校]|事業所|機関|団体|市町村|か所|千?円)$", contains=r"\d"
)
_RATES = ("％", "%")
_SHORTEST = 2


def quotients_of_named_figures(
    context: CheckContext, written: PrintedText, whole: str, part: str
) -> Iterator[Quotient]:
    """A figure that `part` names with what `whole` does: another one of its months, or all rows beside it."""
    words = normalized(_OWN_NUMBER.sub("", whole))
    part = _NO_NAME.sub("", normalized(part))
    parts = count_figures_named(context, written, part) + count_figures_named(
        context, written, f"{words}の{part}"
    )
    wholes = count_figures_named(context, written, words)
    for one in reversed(parts):
        for other in wholes:
            if other is not one and _are_of_one_time(context, one, other):
                yield one, (other,)
        if not wholes and _is_table_named_in_words(context, one, words):
            beside = [
                row
                for row in figures_of_other_rows_in_column(context, one)
                if not _is_figure_in_total_line(row)
            ]
            if beside and not _is_figure_in_total_line(one):
                yield one, (one, *beside)


def count_figures_named(context: CheckContext, written: PrintedText, words: str) -> list[Figure]:
    """The figures of this year that some words name, and nothing else; no rates."""
    number = TextNumber(Decimal(0), "", "", 0)
    mention = Mention(written, number, words, "", None, is_bare=False, sentence=(0, 0))
    named = figures_named(context, mention, unit="") if words else []
    return [one.figure for one in named if one.is_strict and unit_of(context, one.figure) not in _RATES]


def _are_of_one_time(context: CheckContext, one: Figure, other: Figure) -> bool:
    """Whether two figures count the same in the same months."""
    spans = [context.figures.span_of_figure(figure.id) for figure in (one, other)]
    return spans[0] == spans[1] and unit_of(context, one) == unit_of(context, other)


def _is_table_named_in_words(context: CheckContext, figure: Figure, words: str) -> bool:
    """Whether some words end the name of a figure's table, or are in its caption."""
    table = table_of_figure(context, figure)
    is_long = len(words) >= _SHORTEST
    return is_long and (normalized(table.name).endswith(words) or words in normalized(table.caption))


def _is_figure_in_total_line(figure: Figure) -> bool:
    """Whether a figure is computed from others of its column."""
    formula = figure.cell.formula
    keys = formula_keys(formula) if formula is not None else ()
    return any(getattr(key, "column", None) == figure.id.column for key in keys)
