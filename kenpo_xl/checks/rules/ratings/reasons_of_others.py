"""Reasons beside ratings (評価の理由) that are about another time, or of another block's KPI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.contradictions.reasons_of_blocks import other_block_of_reason
from kenpo_xl.checks.support.other_times import fiscal_years_named
from kenpo_xl.checks.support.printed_text import printed_lines, quoted
from kenpo_xl.checks.support.rating_reasons import reasoned_ratings
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import RatingEntry

_QUARTER, _MONTHS = "四半期", 3
# Words that compare with the other time, or lead from it to now.
_COMPARED = AnyOf("前年|昨年|前期|前の|比|同期|上回る実績|予定|見込|以降|以来|から|向け|引き続|継続")
_OTHER_YEAR_COMPARED = AnyOf("上回|下回|増|減|同|超|策定|制定|改定|以前|実績(")
_RESULT, _DONE_BY_THEN = AnyOf("実績|進捗|目標|達成"), AnyOf("まで|実施し|行っ|終え|開催|済|完了")
# How it went, of which only the period itself gives the reason.
_OF_COURSE = AnyOf(
    "取組が|取り組みが|活動が|実績が|結果が|進捗が|取組は|進捗は|実績は|取組を計画どおり|進み方が|状況が"
)
_SHORTEST_NAME = 5
# Words that are no reason by themselves, and the letters of dates.
_NO_REASON = ("同上", "なし", "無し", "特になし", "済", "済み", "未", "記載なし", "別紙")
# A reason of nothing but these only points to another place or report, if it has one of the first.
_POINTERS = (
    *(
        "同上",
        "同左",
        "〃",
        "前回",
        "前期",
        "前四半期",
        "上記",
        "上述",
        "前述",
        "既述",
        "左記",
        "右記",
        "下記",
    ),
    *("別紙", "別添", "別表", "参照", "同様", "同じ", "同文", "のとおり", "の通り"),
)
_BESIDE_POINTERS = (
    *("実施状況", "資料", "報告書", "報告時", "報告", "本文", "記載", "評価", "理由", "内容", "ブロック"),
    *(
        "番号",
        "のため",
        "ため",
        "による",
        "より",
        "から",
        "こと",
        "ください",
        "する",
        "です",
        "である",
        "とする",
    ),
    *"をにのとはが欄項行表別も。、・()「」",
)
_OF_DATES = frozenset("年月日末現在令和度")


@rule(
    "RA24",
    Family.RATING,
    Severity.WARNING,
    "「評価の理由」に、別の四半期や年度が書かれています",
    why="前の期の理由を写したまま「第2四半期の実績が…」が残ると、いつの実績による評価か分かりません。",
    remedy="この期の根拠に書き直してください。前の時期と比べるのなら、「前年度に比べ」などと書いてください。",
    superseded_by=("RA21", "RA22"),
)
def reason_speaks_of_another_time(context: CheckContext) -> Iterator[Violation]:
    """A reason names a later quarter or the result of an earlier one, or another fiscal year, and none else.

    Silent where it compares (前年度を上回った, 前期比), leads to now (から, 引き続き) or plans, and where it
    says what was done by an earlier quarter (第2四半期までに終えた). Not silent for 第2四半期の実績が.
    """
    for item, rating in reasoned_ratings(context):
        named = (
            _other_time_named_in_reason(context, half_width(rating.reason)) if rating.reason_source else ""
        )
        if named:
            yield _violation_for_reason(
                item, rating, f"理由{quoted(rating.reason)}は、{named}のことを言っています。"
            )


def _other_time_named_in_reason(context: CheckContext, reason: str) -> str:
    """The other quarter or year that a reason is about, '' for none."""
    subject = _QUARTER_AS_SUBJECT.search(reason)
    if (
        subject
        and int(subject["quarter"]) != _number_of_report_quarter(context)
        and reason.count(_QUARTER) == 1
    ):
        return f"第{subject['quarter']}{_QUARTER}"
    if _COMPARED.is_in(reason.replace("予定した", "").replace("予定どおり", "").replace("予定通り", "")):
        return ""
    quarter = _other_quarter_named_in_reason(context, reason)
    if quarter:
        return f"第{quarter}{_QUARTER}"
    years = fiscal_years_named(reason) if "年度" in reason else []
    own = context.plan.fiscal_year
    if years and all(year != own for year in years) and not _OTHER_YEAR_COMPARED.is_in(reason):
        return "別の年度"
    return ""


def _other_quarter_named_in_reason(context: CheckContext, reason: str) -> int:
    """The latest quarter that a reason names, if it is about others than this one; 0 for none."""
    now = _number_of_report_quarter(context)
    quarters = _quarters_named(reason) if _QUARTER in reason else []
    if not quarters or now in quarters:
        return 0
    latest = max(quarters)
    is_result = _RESULT.is_in(reason) and not _DONE_BY_THEN.is_in(reason)
    return latest if latest > now or is_result or _OF_COURSE.is_in(reason) else 0


def _number_of_report_quarter(context: CheckContext) -> int:
    """The number of the quarter that ends with the as-of month."""
    return context.plan.fiscal_year.place_of(context.plan.as_of_month.number) // _MONTHS + 1


_QUARTER_AS_SUBJECT = LazyPattern(
    r"第\s*(?P<quarter>[1-4])\s*四半期(?:末|まで|時点)?の(?:実績|件数|実施率|回収率|達成率|数値|累計)(?:が|は)",
    needs="四半期",
)


def _quarters_named(reason: str) -> list[int]:
    before = (part[-1:] for part in reason.split(_QUARTER)[:-1])
    return [int(digit) for digit in before if digit in "1234" and digit]


@rule(
    "RA25",
    Family.RATING,
    Severity.WARNING,
    "「評価の理由」が、別のブロックのことを言っています",
    why="ほかのブロックの理由を写したままだと、そのブロックの根拠が報告書から抜けます。",
    remedy="このブロックの評価の根拠に書き直してください。",
    superseded_by=("RA21", "RA22", "RA24", "CO56"),
)
def reason_speaks_of_another_kpi(context: CheckContext) -> Iterator[Violation]:
    """A reason names a KPI of another item that neither the item nor its plan mentions.

    By its name, with or without の, or by what is behind its last の, where only one item has such a KPI.
    Also what only another block counts (受診者数が目標を上回った) or deals with (調査票を送付した).
    """
    names = context.computed_once(_item_by_kpi_name)
    for item, rating in reasoned_ratings(context):
        reason = _plain_words(rating.reason) if rating.reason_source else ""
        others = (name for name, owner in names.items() if owner != item.id and name in reason)
        found = max(others, key=len, default="") if reason else ""
        if found and found not in _all_texts_of_item(context, item):
            owner = names[found]
            yield _violation_for_reason(
                item, rating, f"理由{quoted(rating.reason)}は、{owner} の KPI のことを言っています。"
            )
        elif other := other_block_of_reason(context, item, rating) if reason else None:
            yield _violation_for_reason(
                item,
                rating,
                f"理由{quoted(rating.reason)}の「{other.words}」は、{other.place} のことのようです。",
            )


def _item_by_kpi_name(context: CheckContext) -> dict[str, str]:
    """The item of each name of a KPI; not of names that KPIs of two items have."""
    owners: dict[str, set[str]] = defaultdict(set)
    for found in context.assessments.kpis:
        for name in {_plain_words(found.kpi.name), _plain_words(found.kpi.name.rpartition("の")[2])}:
            if found.item and len(name) >= _SHORTEST_NAME:
                owners[name].add(found.item)
    return {name: next(iter(items)) for name, items in owners.items() if len(items) == 1}


def _plain_words(text: str) -> str:
    return normalized(text).replace("の", "")


def _all_texts_of_item(context: CheckContext, item: Item) -> str:
    """What the lines, tables, KPIs and the plan of an item say, as one text."""
    parts = (
        *(text for block in item.blocks for text in block.sentences),
        *(line.text for block in item.blocks for line in block.lines),
        *(written.text for written in printed_lines(context, item.id)),
        *(axis.name for table in item.tables for axis in (*table.rows, *table.columns)),
        *(found.kpi.name for found in context.assessments.kpis if found.item == item.id),
    )
    return _plain_words("|".join(parts))


def _violation_for_reason(item: Item, rating: RatingEntry, message: str) -> Violation:
    assert rating.reason_source is not None
    identity = f"{item.id}/ブロック {rating.block}/評価の理由"
    return Violation(rating.reason_source, identity, message, actual=rating.reason[:30])


@rule(
    "RA26",
    Family.RATING,
    Severity.WARNING,
    "「評価の理由」が理由になっていません",
    why="「〃」「85.2％」「同上」だけでは、なぜその評価なのか読み手に分かりません。",
    remedy="評価の根拠を文で書いてください。書くことがなければ空にしてください。",
)
def reason_gives_none(context: CheckContext) -> Iterator[Violation]:
    """A reason has only numbers, dates and signs, or 同上, なし, 前回のとおり, 別紙参照 and the like."""
    for item, rating in reasoned_ratings(context):
        reason = normalized(rating.reason).strip("。・ ")
        if (
            reason
            and rating.reason_source
            and (_is_reason_without_content(reason) or _is_reason_only_a_reference(reason))
        ):
            yield _violation_for_reason(item, rating, f"理由が{quoted(rating.reason)}だけです。")


def _is_reason_without_content(reason: str) -> bool:
    """Whether a reason is 同上 and the like, or has only numbers, dates and signs."""
    return reason in _NO_REASON or not any(
        (is_noun_letter(letter) and letter not in _OF_DATES and letter != "ー") or is_hiragana(letter)
        for letter in reason
    )


def _is_reason_only_a_reference(reason: str) -> bool:
    """Whether a reason says nothing but that it is elsewhere: 前回のとおり, 別紙参照, 左記と同じ."""
    if not any(word in reason for word in _POINTERS):
        return False
    for word in (*_POINTERS, *_BESIDE_POINTERS):
        reason = reason.replace(word, "")
    return not reason.strip("0123456789-–,.")
