"""Rules on counts in sentences: of names in brackets, breakdowns, rows of lists (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.text_cross_checks import count_of_rows_or_values, number_in_text_differs
from kenpo_xl.checks.rules.agreement.text_figures import number_differs_from_its_figure
from kenpo_xl.checks.support.names.listed_names import is_miscounted_list, names_listed_before
from kenpo_xl.checks.support.number_matching import is_stated_exactly, violation_for_miscounted_list
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, printed_lines, quoted
from kenpo_xl.checks.support.sentences.stated_numbers import StatedNumber, stated_numbers_of_item
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Item

_THINGS = (
    "支部 事業所 事業場 企業 団体 機関 医療機関 健診機関 施設 薬局 市町村 市 町 村 地区 地域 都道府県 か所 "
    "会場 業種 種類 種 項目 部位 校 社 組 者 人 名 回 支店 支社 店舗 分野 部門 テーマ 講座 教室 コース 地点"
)
_OF_THINGS = frozenset(_THINGS.split())
# Behind a number of names that no unit counts: 3つの柱, 2通り.
_COUNTS_THINGS = LazyPattern(r"\d\s*(?:つ(?![ずの]?(?:ち|目))|通り|段階|区分|類型|手段|室|本の?柱|方面|層)")
# 健診、保健指導の計3回, 医師会、薬剤師会の計4名: a sum, not the number of names.
_SUMMED, _SUM = ("回", "人", "名"), ("計", "合わせて", "あわせて", "全", "総勢")
_BRACKET = LazyPattern(r"\s*\(([^()]+)\)", needs=("(",))
_THINGS_IN_BRACKET = LazyPattern(r"\s*つの[^\s()、。]{1,8}\(([^()]+)\)", needs=("つの",))
_NO_LIST = LazyPattern(
    r"等|など|ほか|他|うち|内訳|含|除|※|:|各|(?<![契予要集制節規条解誓成])約(?!束|款)|以上|から|まで|~|予定|新規|主な|及び.*及び|\d"
)


@rule(
    "CO08",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数と、並べた名前の数が違います",
    why="「3支部（北海道、徳島、佐賀）」と書けば、読み手は名前を数えます。",
    remedy="名前の抜けや重なりを確かめ、数か名前を直してください。",
)
def list_in_brackets_is_miscounted(context: CheckContext) -> Iterator[Violation]:
    """A count differs from the names in the bracket after it or listed before it, or from dates beside 回.

    Names in brackets are separated by 、 only; a bracket with digits, 等, ほか or うち is no complete list.
    What counts persons or offices by their kind (12名（保健師、管理栄養士）) counts no names.
    """
    for written in all_printed_texts(context):
        plain_text, numbers = half_width(written.text), numbers_in(written.text)
        for number in numbers:
            behind = _bracket_of_names(number, plain_text)
            if behind is None or _NO_LIST.search(behind[1]):
                continue
            names = [name.strip() for name in behind[1].split("、") if name.strip()]
            if is_miscounted_list(number, names):
                yield violation_for_counted_names(written, number, names, "かっこの中には")
        yield from _violations_for_counted_days(written, plain_text, numbers)
        yield from _violations_for_counted_names_before(written, plain_text, numbers)


def _violations_for_counted_names_before(
    written: PrintedText, plain_text: str, numbers: Iterable[TextNumber]
) -> Iterator[Violation]:
    """The counts behind a list of names: 製造業、運輸業の4業種."""
    for number in numbers:
        counts = number.unit in _OF_THINGS or _COUNTS_THINGS.match(plain_text, number.start)
        is_sum = number.unit in _SUMMED and plain_text[: number.start][-4:].rstrip().endswith(_SUM)
        names = names_listed_before(plain_text, number.start) if counts and not is_sum else []
        if is_miscounted_list(number, names):
            yield violation_for_counted_names(written, number, names, "その前に並ぶ名前は")


def _bracket_of_names(number: TextNumber, plain_text: str) -> re.Match[str] | None:
    """The bracket behind a number that counts names: 3団体（…）, 3つの団体（…）."""
    end = number.start + len(number.text)
    if number.unit in _OF_THINGS:
        return _BRACKET.match(plain_text, end)
    return None if number.unit else _THINGS_IN_BRACKET.match(plain_text, end)


def _numbers_before_brackets(
    plain_text: str, numbers: Iterable[TextNumber]
) -> Iterator[tuple[TextNumber, re.Match[str]]]:
    """The numbers of a text that a bracket follows, with the match of the bracket."""
    for number in numbers:
        behind = _BRACKET.match(plain_text, number.start + len(number.text))
        if behind:
            yield number, behind


def _violations_for_counted_days(
    written: PrintedText, plain_text: str, numbers: Sequence[TextNumber]
) -> Iterator[Violation]:
    """Counts beside the days in a bracket: (4/24、7/23)を3回, 3回(5月、7月)."""
    for number in numbers:
        if number.unit not in ("回", "日", "日間"):
            continue
        before = _BRACKET_BEFORE.search(plain_text[max(0, number.start - _WINDOW) : number.start])
        bracket = before or _BRACKET.match(plain_text, number.start + len(number.text))
        days = _days_listed(bracket[1], has_months=before is None) if bracket else []
        if len(days) > 1 and len(days) != number.value:
            yield violation_for_counted_names(written, number, days, "かっこの中には")


def _days_listed(text: str, *, has_months: bool) -> list[str]:
    """The dates of a text that lists nothing else; whole months only where they are allowed."""
    dates = dates_in(text)
    rest = text
    for named in reversed(dates):
        rest = rest[: named.start] + rest[named.end :]
    if not _ONLY_BETWEEN_DAYS.fullmatch(rest) or not (has_months or all(named.day for named in dates)):
        return []
    return [text[named.start : named.end] for named in dates]


def violation_for_counted_names(
    written: PrintedText, number: TextNumber, names: Sequence[str], place: str
) -> Violation:
    """The violation of a stated count beside a list of names."""
    return written.violation(
        number.start,
        f"「{number.text}」とありますが、{place} {len(names)} あります（{quoted('、'.join(names))}）。",
        "抜けや重なりがないか確かめ、数か名前を直してください。",
        actual=number.text,
        expected=str(len(names)),
    )


_BRACKET_BEFORE = LazyPattern(r"\(([^()]+)\)を\s*$", needs=(")を",))
_ONLY_BETWEEN_DAYS = LazyPattern(r"[、・,\s]*(?:\([月火水木金土日祝・]{1,3}\)[、・,\s]*)*")
_WINDOW = 80
# A mean of parts, which is no sum of theirs.
_OF_ONE = AnyOf("平均|当たり|あたり|につき|単価")
_NEAR = 10
_NO_PARTS = AnyOf(
    "うち|内、|内 |前年|昨年|参考|令和|平成|年度|目標|同期|前回|比|対象|ほか|他|等|など|主な|累計|延べ|率"
    "|各|ずつ|定員|申込|応募|招待|上限|下限|以上|以下|未満|重複|複数回答|四捨五入|端数|最低|最小|最少|最短|最高|最大|最多|最長|平均"
)


@rule(
    "CO09",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、かっこの中の内訳の計と違います",
    why="「4,560件（面談969件、電話433件…）」と書けば、読み手は内訳を足します。",
    remedy="全体の数と内訳のどちらが正しいか確かめて直してください。",
    superseded_by=("CO53",),
)
def breakdown_does_not_add_up(context: CheckContext) -> Iterator[Violation]:
    """The two or more numbers of its unit in the bracket after a number do not add up to it.

    A bracket with うち, 前年, 定員, ほか or 等 is no breakdown, その他 is one of its parts. Nor is one behind
    a mean, or of what was added and what was taken away (純増998人（新規1,412人、退任414人）). Lines with
    a number that other rules report are skipped.
    """
    for written in printed_lines(context):
        plain_text, numbers = half_width(written.text), numbers_in(written.text)
        for number, behind in _numbers_before_brackets(plain_text, numbers):
            if _NO_PARTS.is_in(behind[1].replace("その他", "")) or not number.unit:
                continue
            parts = _parts_in_bracket(numbers, behind, number.unit)
            if not parts:
                continue
            total = sum(one.value for one in parts)
            if (
                number.value not in (total, abs(parts[0].value * 2 - total))
                and not _is_a_balance(number, parts)
                and not _OF_ONE.is_in(plain_text[max(0, number.start - _NEAR) : number.start])
                and is_stated_exactly(number, written.text)
                and not _has_reported_number(context, written)
            ):
                yield written.violation(
                    number.start,
                    f"「{number.text}」の内訳を足すと {total:,} です（{quoted(behind[1])}）。",
                    "全体の数と内訳を確かめ、違う方を直してください。",
                    actual=number.text,
                    expected=f"{total:,}",
                )


def _is_a_balance(number: TextNumber, parts: Sequence[TextNumber]) -> bool:
    """Whether a number is the first part with what came and went: 26名（当初31名、加入19名、脱退24名）."""
    first, *changes = (one.value for one in parts[:_MOST_CHANGES])
    return any(
        number.value == first + sum(sign * one for sign, one in zip(signs, changes, strict=True))
        for signs in product((1, -1), repeat=len(changes))
    )


_MOST_CHANGES = 5


def _parts_in_bracket(numbers: Iterable[TextNumber], bracket: re.Match[str], unit: str) -> list[TextNumber]:
    """The numbers in a bracket; [] for a single one, or if units differ."""
    parts = [one for one in numbers if bracket.start() < one.start < bracket.end()]
    are_alike = all(is_same_unit(one.unit, unit) for one in parts)
    return parts if len(parts) > 1 and are_alike else []


def _has_reported_number(context: CheckContext, written: PrintedText) -> bool:
    """Whether a number of the line is known to be another than its figure, or quotes an overwritten one."""
    rules = (number_in_text_differs, number_differs_from_its_figure)
    names = PLACEHOLDER.findall(written.line.text) if written.line else ()
    quoted_figures = (context.figures.figure_named(written.item.id, name) for name in names)
    return any(figure and figure.overwritten for figure in quoted_figures) or any(
        violation.identity == written.identity for one in rules for violation in one(context)
    )


_ROWS = frozenset(["か所", "会場", "件", "回", "団体", "機関", "講座", "教室"])
_TABLE_BELOW = ("表のとおり", "表の通り", "下表の", "上表の", "次表の", "一覧のとおり", "次の表の")
_MUNICIPALITIES = {"自治体", "市町村", "市区町村", "市町", "町村"}


@rule(
    "CO10",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、一覧の行の数と違います",
    why="「15市町村で実施」と書けば、読み手は一覧の行を数えます。",
    remedy="一覧に抜けや重なりがないか確かめ、文か一覧を直してください。",
)
def list_is_miscounted(context: CheckContext) -> Iterator[Violation]:
    """No number with the unit of a list's key (自治体 is 市町村) in its block is its row count.

    Or one behind 下表のとおり. The first such number is reported. Last year's and 参考 are skipped, and of
    lists counted by 検算 all but those.
    """
    counted_by_rows = _tables_counted_by_rows(context)
    for found in context.own_tables:
        table = found.table
        if table.repeating is None:
            continue
        is_counted = (table.item, table.name) in counted_by_rows
        item = context.plan.item(table.item)
        key = table.columns[table.key_column].name
        count = count_of_rows_or_values(found, key)
        stated = _stated_numbers_of_list(context, item, table.name, "" if is_counted else key) if item else []
        if count and stated and not any(one.number.value == count for one in stated):
            yield violation_for_miscounted_list(stated[0].written, stated[0].number, table.name, count)


def _tables_counted_by_rows(context: CheckContext) -> set[tuple[str, str]]:
    """The open lists, by item and name, that rows of 検算 count."""
    return {(one.item, one.table) for one in context.plan.cross_checks if one.kind is CrossCheckKind.COUNT}


def _stated_numbers_of_list(
    context: CheckContext, item: Item, list_name: str, key: str
) -> list[StatedNumber]:
    """The numbers in the blocks of an open list whose unit is its key."""
    blocks = {line.block for line in context.entries_by_item[item.id].lines if line.text == list_name}
    return [
        one
        for one in stated_numbers_of_item(context, item)
        if not one.is_past
        and one.block_name in blocks
        and (_is_unit_of_key_column(one.number.unit, key) or _is_reference_to_table(one))
    ]


def _is_reference_to_table(stated: StatedNumber) -> bool:
    """Whether a number counts the rows of a table: 下表のとおり6か所で実施した."""
    return stated.number.unit in _ROWS and stated.words.endswith(_TABLE_BELOW)


def _is_unit_of_key_column(unit: str, key: str) -> bool:
    """Whether a unit counts what the key column names: 会場 is 会場名."""
    name = normalized(key)
    return unit in (_MUNICIPALITIES if name in _MUNICIPALITIES else {name, name.removesuffix("名")} - {""})
