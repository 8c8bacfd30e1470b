"""Averages and ranks that a sentence states outside of their range (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import all_printed_texts, quoted_with_neighbors
from kenpo_xl.checks.support.sentences.means import mean_with_bounds
from kenpo_xl.checks.support.sentences.numbered_sentences import numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
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


@rule(
    "CO54",
    Family.AGREEMENT,
    Severity.WARNING,
    "順位が、並べたものの数より大きくなっています",
    why="「47支部中50位」のような順位はありません。",
    remedy="順位か、並べたものの数を直してください。",
)
def rank_is_beyond_the_ranked(context: CheckContext) -> Iterator[Violation]:
    """47支部中50位: a rank above the number of those that are ranked."""
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in _RANK.finditer(plain):
            if int(found["rank"]) > int(found["all"]) or int(found["rank"]) == 0:
                yield written.violation(
                    found.start(),
                    f"{found['all']}{found['what']}の中の順位が {found['rank']} 位になっています"
                    f"（{quoted_with_neighbors(written.text, found.start(), found.end())}）。",
                    "順位か、並べたものの数を確かめて直してください。",
                    actual=f"{found['rank']}位",
                )


_LOWER_AND_UPPER = LazyPattern(
    r"(?<![\d.,])(?P<least>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]{0,3}?)\s*以上\s*(?:で|かつ|から|、)?\s*"
    r"(?P<most>\d[\d,]*(?:\.\d+)?)\s*(?P<other>[^\W\d]{0,3}?)\s*(?P<word>未満|以下)",
    needs=("未満", "以下"),
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
    """150人以上50人未満: the least number is not below the most, of one unit."""
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in _LOWER_AND_UPPER.finditer(plain):
            least, most = (Decimal(found[name].replace(",", "")) for name in ("least", "most"))
            is_one_unit = found["unit"] in ("", found["other"]) or found["other"] == ""
            if is_one_unit and (least > most or (least == most and found["word"] == "未満")):
                quote = written.text[found.start() : found.end()]
                yield written.violation(
                    found.start(),
                    f"「{quote}」に当たる数はありません。",
                    "2 つの数と「以上」「未満」を確かめて直してください。",
                    actual=quote,
                )
