"""A number of a sentence with the value of a figure, but with another unit (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.text_figures import (
    Matches,
    figures_not_given_by_plan,
    has_words_of_figure,
    is_name_of_another_event,
)
from kenpo_xl.checks.support.figure_wording import name_of_figure, name_with_table, table_of_figure, unit_of
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import (
    is_exact_value_of_figure,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import Mention, is_mention_comparable, mentions_of_item
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, normalized_unit
from kenpo_xl.domain.plan.table import Printing
from kenpo_xl.domain.results.figures import Figure

# Units that one may write for each other.
_ALIKE = (
    frozenset(("人", "者")),
    frozenset(("件", "通", "部", "枚", "冊", "回", "本", "票", "点", "例")),
    frozenset(("事業所", "事業場", "事業者", "社", "企業", "団体", "か所", "会場")),
    frozenset(("機関", "医療機関", "健診機関", "施設", "病院", "診療所", "か所", "団体")),
    frozenset(("市町村", "市", "町", "村", "地区", "地域", "団体")),
    frozenset(("日", "日間", "営業日", "回")),
)
# 24時間 and 30日 are said of many things: they are no wrong unit of a figure.
_MEASURES = frozenset(
    [
        "日",
        "日間",
        "営業日",
        "週",
        "週間",
        "か月",
        "か月間",
        "か年",
        "年",
        "年間",
        "時間",
        "分",
        "分間",
        "秒",
        "歳",
        "歳代",
        "代",
        "倍",
        "位",
        "ポイント",
        "単位",
        "km",
        "m",
        "cm",
        "kg",
        "g",
    ]
)
_FEW_DIGITS = 2


@rule(
    "CO16",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数の単位が、表と違います",
    why="「件」と「人」では別の数に見え、読み手は表のどの数か分かりません。",
    remedy="何を数えたのかを確かめ、文か表の単位を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "VA40"),
)
def unit_differs_from_figure(context: CheckContext) -> Iterator[Violation]:
    """A number that no figure accounts for has the value of one with a contradicting unit.

    The figure is one whose headers the sentence names, or one of an unprinted table (文中の数値) that no
    number of the item states and whose name shares words with the line. Units that one may write for each
    other (件 and 通, 事業所 and 社) do not contradict.
    """
    for item in context.own_items:
        figures = figures_not_given_by_plan(context, item)
        mentions = mentions_of_item(context, item.id) if figures else ()
        matches = Matches(context, figures)
        unstated = _unstated_figures(matches, mentions, figures)
        contradicting: dict[tuple[object, str], list[Figure]] = {}
        for mention in mentions:
            if not is_mention_comparable(mention) or matches.figures_agreeing_with(mention.number):
                continue
            key = (mention.number.value.as_tuple(), mention.number.unit)
            if key not in contradicting:
                contradicting[key] = [
                    one for one in unstated if _unit_contradicts(context, one, mention.number)
                ]
            figure = _figure_of_other_unit(context, mention, contradicting[key])
            if figure is not None:
                yield _unit_violation(context, mention, figure)


def _unit_violation(context: CheckContext, mention: Mention, figure: Figure) -> Violation:
    number, place = mention.number, f"（{figure.source.cell}）" if figure.source else ""
    return mention.written.violation(
        number.start,
        f"文では「{number.text}」ですが、{name_with_table(context, figure)}{place}の"
        f"単位は「{unit_of(context, figure)}」です。",
        "何を数えたのかを確かめ、単位を直してください。",
        actual=number.text,
        related=sources_of_other_side(figure),
    )


def _unstated_figures(
    matches: Matches, mentions: Sequence[Mention], figures: Sequence[Figure]
) -> list[Figure]:
    """The figures that none of the numbers agrees with."""
    stated = {id(one) for mention in mentions for one in matches.figures_agreeing_with(mention.number)}
    return [figure for figure in figures if id(figure) not in stated]


def _figure_of_other_unit(context: CheckContext, mention: Mention, found: Sequence[Figure]) -> Figure | None:
    """The one of the figures with a number's value and another unit that its sentence or line names."""
    if not found:
        return None
    named = [one.figure for one in figures_named(context, mention, unit="") if one.figure in found]
    beside = [figure for figure in found if _is_figure_named_in_line(context, figure, mention)]
    sentence = mention.written.text[slice(*mention.sentence)]
    sure = [
        figure
        for figure in named or beside
        if not is_name_of_another_event(name_of_figure(context, figure), sentence)
    ]
    return sure[0] if len(sure) == 1 else None


def _unit_contradicts(context: CheckContext, figure: Figure, number: TextNumber) -> bool:
    """Whether a figure has the value of a number, and a unit that contradicts its unit."""
    held = normalized(unit_of(context, figure))
    if (
        not held
        or number.unit in _MEASURES
        or is_unit_of_figure(context, figure, number.unit)
        or may_replace_unit(number.unit, held)
    ):
        return False
    factor = Decimal(100 if number.unit == FRACTION else 1) / (100 if held == "%" else 1)
    return is_exact_value_of_figure(context, figure, number.value * factor)


def may_replace_unit(unit: str, held: str) -> bool:
    """Whether one may write a unit for another: 社 for 事業所."""
    one, other = normalized_unit(unit), normalized_unit(held)
    return any(one in alike and other in alike for alike in _ALIKE)


def _is_figure_named_in_line(context: CheckContext, figure: Figure, mention: Mention) -> bool:
    """Whether a figure that is printed in texts only is one of the number's line and year."""
    if (
        table_of_figure(context, figure).printing is not Printing.NONE
        or len(_digits_of_number(mention)) < _FEW_DIGITS
    ):
        return False
    year = context.plan.fiscal_year
    stated_year = mention.time.fiscal_year_in(year) if mention.time else year
    is_of_year = context.figures.year_of_figure(figure.id) == stated_year
    return is_of_year and has_words_of_figure(context, figure, mention.written)


def _digits_of_number(mention: Mention) -> str:
    return "".join(filter(str.isdecimal, mention.number.text))
