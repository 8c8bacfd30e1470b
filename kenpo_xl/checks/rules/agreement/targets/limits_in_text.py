"""Limits that a sentence says a figure is above or below, and comparisons with the nation (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.contradictions.denied_figures import violations_for_denied_figures
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figure_of_same_line_called, figures_named
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, printed_lines
from kenpo_xl.checks.support.sentences.directions import change_verbs_in, dictionary_form
from kenpo_xl.checks.support.sentences.mentions import Mention, mention_at, mentions_of_item
from kenpo_xl.checks.support.sentences.stated_times import TimeKind
from kenpo_xl.checks.support.sentences.years_compared import figures_called_before_place
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_LIMIT = LazyPattern(
    r"(?:台)?(?:を|に(?:まで)?)(?:大きく|大幅に|わずかに|やや|既に)?"
    r"(?:(?P<above>(?:超え|上回っ|上回り|突破し|超過し)(?:た|て|、)?|達し(?:た|て(?!い?な)))"
    r"|(?P<below>(?:下回っ|下回り|割っ|割り込|切っ)(?:た|て|、)?|届(?:か(?:ない?|ず)|いてい?ない?)|達し(?:な|てい?な)|満た(?:な|ず)))"
    r"|(?P<more>余り|あまり|強)(?=[とでにをがの、。])|(?P<less>弱|足らず)(?=[とでにをがの、。])"
)
_SHARE_IN_WORDS = LazyPattern(
    r"(?:半数|半分|(?P<below>[2-9])\s*分の\s*(?P<above>[1-8])(?!\d))(?=[をに])",
    needs=("半数", "半分", "分の"),
)
_UNCLEAR = AnyOf(
    "目標|計画|見込|予定|定員|前年|昨年|前回|前月|前期|平均|うち|新規|差|全国|基準|上限|下限|1日|1回"
)
_NATION = LazyPattern(
    r"(?P<words>全国平均|全支部平均|支部平均|全国計|全国)(?:値|の(?:平均|水準|値))?(?:[をより]+|(?:に|と)比べて?|に対して?)[、\s]*"
    r"(?:(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[%％]?ポイント|件|人|円|千円)\s*)?(?:も|ほど|大きく|大幅に|やや|わずかに|若干|少し|\s)*"
    r"(?=(?P<verb>上回|下回|高[いくか]|低[いくか]|多[いくか]|少な[いくか]))",
    needs=("全国", "平均"),
)
# A rate of 13.79％ has reached 13.8％, as it is displayed.
_SAME = Decimal("0.0005")
_WORDS = {"高": "高い", "低": "低い", "多": "多い", "少": "少ない"}


@rule(
    "CO81",
    Family.AGREEMENT,
    Severity.WARNING,
    "「6割を超えた」などの文が、表の数と合いません",
    why="「1万件を超えた」「6割に達した」「1件もなかった」と書けば、読み手は表の数と比べます。",
    remedy="表の数と、文の数や言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO18",
        "CO56",
        "CO62",
        "CO84",
    ),
)
def figure_is_not_beyond_limit(context: CheckContext) -> Iterator[Violation]:
    """を超えた, 余り, に届かない, 弱 and the like of a number that the figure named is not above or below.

    The words before the number name the figure and nothing else. Silent for 目標, 前年, 平均 and the like.
    Nor is there none of what is counted: 苦情は1件もなかった.
    """
    yield from violations_for_denied_figures(context)
    for item in context.own_items:
        for mention in (*mentions_of_item(context, item.id), *_mentions_of_shares_in_words(context, item.id)):
            found = _limit_word_behind_number(mention)
            figure = (
                _figure_on_other_side_of_limit(context, mention, is_above=_is_limit_word_for_above(found))
                if found
                else None
            )
            if found and figure:
                yield _limit_violation(context, mention, figure, found[0])


def _is_limit_word_for_above(found: re.Match[str]) -> bool:
    return bool(found["above"] or found["more"])


def _mentions_of_shares_in_words(context: CheckContext, item: str) -> Iterator[Mention]:
    """What a line says of 半数 and 4分の3, as of the fraction that they are."""
    for written in printed_lines(context, item):
        plain = half_width(written.text)
        for found in _SHARE_IN_WORDS.finditer(plain):
            below, above = found["below"] or "2", found["above"] or "1"
            number = TextNumber(Decimal(above) / Decimal(below), FRACTION, found[0], found.start())
            yield replace(mention_at(context, written, found.start()), number=number)


def _limit_word_behind_number(mention: Mention) -> re.Match[str] | None:
    """The words of a limit behind a number, None for none and for what is compared with other times."""
    if _UNCLEAR.is_in(mention.words) or (mention.time and mention.time.kind is TimeKind.OTHER):
        return None
    plain, number = mention.written.text, mention.number
    found = _LIMIT.match(plain, number.start + len(number.text)) if number.unit else None
    return None if found and _is_condition_of_noun(plain, found) else found


def _is_condition_of_noun(plain: str, found: re.Match[str]) -> bool:
    """Whether the words of a limit say which of a noun: 対象者が5人に満たない地区."""
    behind = plain[found.end() :].removeprefix("い")
    return found[0].endswith(("た", "な", "い")) and is_noun_letter(behind[:1])


def _figures_of_this_year_named(context: CheckContext, mention: Mention) -> list[Figure]:
    words = re.sub(r"(?:約|およそ|延べ)$", "", mention.words)
    named = figures_named(context, replace(mention, words=words), unit="") if words else []
    return [
        one.figure
        for one in named
        if one.is_strict
        and is_unit_of_figure(context, one.figure, mention.number.unit)
        and context.figures.year_of_figure(one.figure.id) == context.plan.fiscal_year
    ]


def _figure_on_other_side_of_limit(
    context: CheckContext, mention: Mention, *, is_above: bool
) -> Figure | None:
    """The figure named, if all that may be meant are on the other side of a limit."""
    figures = _figures_of_this_year_named(context, mention)
    limit = mention.number.value
    if any(abs(_value_of_figure_as_written(context, one) - limit) < _SAME for one in figures):
        return None
    sides = [(_value_of_figure_as_written(context, one) < limit) == is_above for one in figures]
    return figures[-1] if sides and all(sides) else None


def _value_of_figure_as_written(context: CheckContext, figure: Figure) -> Decimal:
    """The number of a figure, of a rate the fraction."""
    assert figure.printed_number is not None
    in_points = is_in_percent_points(context, figure)
    return figure.printed_number / 100 if in_points else figure.printed_number


def _limit_violation(context: CheckContext, mention: Mention, figure: Figure, words: str) -> Violation:
    number = mention.number.text.strip()
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}{words.rstrip('、')}」とありますが、{name_with_table(context, figure)}は "
        f"{value_text(context, figure)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=number,
        related=sources_of_other_side(figure),
    )


@rule(
    "CO82",
    Family.AGREEMENT,
    Severity.WARNING,
    "全国平均との比べ方が、表の数と合いません",
    why="「全国平均を下回っている」と書けば、読み手は表の 2 つの数を比べます。",
    remedy="表の数と、文の言葉や差のどれが正しいか確かめて直してください。",
    superseded_by=("CO15", "CO67"),
)
def comparison_with_nation_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """全国平均を上回る, より低い and the like of a figure whose table says something else.

    The words before 全国 name the figure and nothing else, and its table has a row or column of 全国.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for found in _NATION.finditer(plain):
            if "目標" not in plain[max(0, found.start() - 8) : found.start()]:
                yield from _violations_for_national_mean(context, written, plain, found)


def _violations_for_national_mean(
    context: CheckContext, written: PrintedText, plain: str, found: re.Match[str]
) -> Iterator[Violation]:
    words = normalized(found["words"])
    pairs = [
        (figure, other)
        for figure in figures_called_before_place(context, written, found.start())
        if (other := figure_of_same_line_called(context, figure, words)) is not None
    ]
    is_up = found["verb"][0] in "上高多"
    if pairs and all(_change_contradicts(context, found, *pair, is_up=is_up) for pair in pairs):
        verb = next((one for one in change_verbs_in(plain) if one.start() == found.end()), None)
        word = dictionary_form(verb) if verb else _WORDS.get(found["verb"][0], f"{found['verb']}る")
        yield _nation_violation(context, written, found, word, *pairs[-1])


def _change_contradicts(
    context: CheckContext, found: re.Match[str], figure: Figure, other: Figure, *, is_up: bool
) -> bool:
    """Whether the direction or the difference of two figures is another than stated."""
    assert figure.printed_number is not None
    assert other.printed_number is not None
    change = figure.printed_number - other.printed_number
    if change < 0 if is_up else change > 0:
        return True
    if not found["number"]:
        return False
    number = Decimal(found["number"])
    is_rate = unit_of(context, figure) in ("％", "%")
    if is_rate != found["unit"].endswith("ポイント"):
        return False
    if is_rate and not is_in_percent_points(context, figure):
        change *= 100
    allowed = Decimal(1).scaleb(-decimal_places(number)) if is_rate else Decimal(0)
    return abs(abs(change) - number) > allowed


def _nation_violation(
    context: CheckContext,
    written: PrintedText,
    found: re.Match[str],
    word: str,
    figure: Figure,
    other: Figure,
) -> Violation:
    stated = f"{found['number']}{found['unit']} " if found["number"] else ""
    return written.violation(
        found.start(),
        f"文では{found['words']}より「{stated}{word}」とありますが、{name_with_table(context, figure)}は "
        f"{value_text(context, figure)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=word,
        related=sources_of_other_side(figure, other),
    )
