"""Averages and ranks that a sentence states outside of their range (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_cells import all_number_cells
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    quoted_with_neighbors,
    sentence_span,
)
from kenpo_xl.checks.support.sentences.means import mean_with_bounds
from kenpo_xl.checks.support.sentences.numbered_sentences import numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.names.bodies_elsewhere import PREFECTURES
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern


@rule(
    "CO53",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の平均が、最小と最大の間にありません",
    why="平均は、いちばん小さい数といちばん大きい数の間にあるはずです。",
    remedy="3 つの数を確かめ、違うものを直してください。",
)
def average_is_outside_its_range(context: CheckContext) -> Iterator[Violation]:
    """平均 beside 最低 and 最高 (最短, 最長, …), or behind A から B, is below the least or above the most.

    All of one unit, in one sentence.
    """
    for sentence in numbered_sentences(context):
        found = mean_with_bounds(sentence)
        if found is not None and found.is_outside:
            names = "、".join(f"{word} {one.text.strip()}" for word, one in found.bounds.items())
            yield sentence.violation(
                found.mean,
                f"平均が「{found.mean.text.strip()}」ですが、{names}の範囲にありません",
                "平均と、最小・最大の数を確かめ、違うものを直してください。",
                first=min(found.bounds.values(), key=lambda one: one.start),
            )


_RANK = LazyPattern(
    r"(?P<all>\d{1,4})\s*"
    r"(?P<what>支部|団体|市町村|市区町村|都道府県|市|町村|組合|保険者|機関|事業所|自治体|か国|カ国|チーム|社|校)"
    r"(?:のうち|の内|中)[、\s]*(?:第|ワースト)?\s*(?P<rank>\d{1,4})\s*(?:位|番目)",
    needs=("位", "番目"),
)
_MARK = LazyPattern(
    r"(?<![\d.])(?P<all>\d{1,3})\s*点満点(?:のうち|中|で|の|、)?[^。、\d]{0,8}(?<![\d.])(?P<own>\d+(?:\.\d+)?)\s*点(?!満点)",
    needs=("点満点",),
)
_BRANCH, _RANK_UNIT, _ALL_BRANCHES = "支部", "位", f"全国{len(PREFECTURES)}支部"
_NATIONAL_RANK = LazyPattern(
    r"(?:全国(?:順位)?|全支部|支部順位)(?:[はがの]|で|中|の中で)?[、\s]*(?:第|ワースト)?\s*(?P<rank>\d{2,4})\s*位",
    needs=("位",),
)
_OTHER_RANKED = AnyOf("市町村|市区町村|組合|保険者|病院|医療機関|薬局|事業所|自治体|都市|団体|企業|大学|職員")


@rule(
    "CO54",
    Family.AGREEMENT,
    Severity.WARNING,
    "順位が、並べたものの数より大きくなっています",
    why="「47支部中50位」のような順位はありません。",
    remedy="順位か、並べたものの数を直してください。",
)
def rank_is_beyond_the_ranked(context: CheckContext) -> Iterator[Violation]:
    """47支部中50位: a rank above the number of those that are ranked, or 5点満点中5.5点.

    In the report of a branch that a prefecture has, 全国順位48位 too, and 48位 in a column of ranks.
    """
    of_prefecture = context.plan.branch.removesuffix(_BRANCH) in PREFECTURES
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in _RANK.finditer(plain):
            if int(found["rank"]) > int(found["all"]) or int(found["rank"]) == 0:
                yield _violation_for_rank_beyond_range(written, found, f"{found['all']}{found['what']}")
        for found in _NATIONAL_RANK.finditer(plain) if of_prefecture else ():
            start, end = sentence_span(plain, found.start())
            if int(found["rank"]) > len(PREFECTURES) and not _OTHER_RANKED.is_in(plain[start:end]):
                yield _violation_for_rank_beyond_range(written, found, _ALL_BRANCHES)
        yield from _violations_for_points_above_maximum(written, plain)
    if of_prefecture:
        yield from _violations_for_cells_beyond_range(context)


def _violations_for_points_above_maximum(written: PrintedText, plain: str) -> Iterator[Violation]:
    for found in _MARK.finditer(plain):
        if Decimal(found["own"]) > int(found["all"]):
            yield written.violation(
                found.start(),
                f"{found['all']} 点満点で {found['own']} 点になっています"
                f"（{quoted_with_neighbors(written.text, found.start(), found.end())}）。",
                "点か満点を確かめて直してください。",
                actual=f"{found['own']}点",
            )


def _violations_for_cells_beyond_range(context: CheckContext) -> Iterator[Violation]:
    for cell in all_number_cells(context):
        if (cell.number or 0) <= len(PREFECTURES) or cell.unit != _RANK_UNIT:
            continue
        if cell.is_input_cell and not _OTHER_RANKED.is_in(cell.header_text):
            message = f"{cell.name}が {cell.displayed_value()} ですが、支部は {len(PREFECTURES)} です。"
            yield cell.violation(message, "元の資料で順位を確かめ、入れ直してください。")


def _violation_for_rank_beyond_range(written: PrintedText, found: re.Match[str], ranked: str) -> Violation:
    return written.violation(
        found.start(),
        f"{ranked}の中の順位が {found['rank']} 位になっています"
        f"（{quoted_with_neighbors(written.text, found.start(), found.end())}）。",
        "順位か、並べたものの数を確かめて直してください。",
        actual=f"{found['rank']}位",
    )


_AGES = LazyPattern(
    r"(?<![\d.,])(?P<least>\d{1,3})\s*(?P<unit>歳)?\s*(?:から|~)\s*(?P<most>\d{1,3})\s*(?P<other>歳)(?:まで|の(?!と[きこ])|を対象)"
    r"(?P<word>)",
    needs="歳",
)
_LOWER_AND_UPPER = LazyPattern(
    r"(?<![\d.,])(?P<least>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]{0,3}?)\s*以上\s*(?:で|かつ|から|、)?\s*"
    r"(?P<most>\d[\d,]*(?:\.\d+)?)\s*(?P<other>[^\W\d]{0,3}?)\s*(?P<word>未満|以下)",
    needs=("未満", "以下"),
)

# 300～150人: of a range the smaller number comes first.
_BACKWARDS = LazyPattern(
    r"(?<![\d.,/:\-年月日時分第号~〜])(?P<least>\d[\d,]*)\s*(?P<unit>人|名|件|社|事業所|団体|機関|世帯|回|部|枚|千?円|万円)?"
    r"\s*[~〜]\s*(?P<most>\d[\d,]*)\s*(?P<other>人|名|件|社|事業所|団体|機関|世帯|回(?!目)|部|枚|千?円|万円)(?P<word>)",
    needs=("~", "〜"),
)


@rule(
    "CO77",
    Family.AGREEMENT,
    Severity.WARNING,
    "「以上」と「未満」の範囲に入る数がありません",
    why="「150人以上50人未満」に当たるものはなく、数のどちらかが誤っています。",
    remedy="2 つの数と「以上」「未満」を確かめて直してください。",
)
def range_is_empty(context: CheckContext) -> Iterator[Violation]:
    """150人以上50人未満, 300～150人: the least number is not below the most, of one unit.

    Nor 65歳から40歳まで.
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in _matches_of_ranges(plain):
            least, most = (Decimal(found[name].replace(",", "")) for name in ("least", "most"))
            is_one_unit = found["unit"] in (None, "", found["other"]) or found["other"] == ""
            if is_one_unit and (least > most or (least == most and found["word"] == "未満")):
                quote = written.text[found.start() : found.end()]
                yield written.violation(
                    found.start(),
                    f"「{quote}」に当たる数はありません。",
                    "2 つの数と「以上」「未満」を確かめて直してください。",
                    actual=quote,
                )


def _matches_of_ranges(plain: str) -> Iterator[re.Match[str]]:
    for pattern in (_LOWER_AND_UPPER, _AGES, _BACKWARDS):
        yield from pattern.finditer(plain)
