"""Ratings that say 未実施 beside lines that say what was carried out, and beside no line at all (評価)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.checks.support.rating_reasons import levels_of_rating, reasoned_ratings
from kenpo_xl.checks.support.sentences.achievements import Level
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.items import Block
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, RatingEntry

# What an office carries out, not what it prepares or talks about.
_ACTS = "実施|開催|発送|送付|郵送|配布|配付|掲載|受講|公表|締結|訪問|周知|発信|作成|徹底"
_LONGEST_QUOTE = 28
_DONE = LazyPattern(rf"(?:(?:{_ACTS})(?:を行っ|を図っ|し)た|(?:{_ACTS})(?:済み?)?)。?\s*$", contains=_ACTS)
_NOT_ALL = AnyOf(
    "未|予定|見送|中止|準備|検討|調整|延期|今後|一部|継続|途中|実施中|次年度|来年度|翌年度|前年度|昨年度|のみ|ものの"
    "|できな|できず|いない|なかっ|至ら|取り止|取りやめ|休止|課題|ただし|代わり|代替"
)


@rule(
    "RA23",
    Family.RATING,
    Severity.WARNING,
    "評価は「未実施」ですが、実施したと書かれています",
    why="「研修会を開催した」の横が × では、実施したのかどうか読み手に分かりません。",
    remedy="評価と文のどちらが正しいか確かめて直してください。一部だけ実施したのなら、していないことを文に書き添えてください。",
    superseded_by=(rule_codes.RATING_DIFFERS,),
)
def work_is_done_beside_rating_undone(context: CheckContext) -> Iterator[Violation]:
    """A rating that means 未実施 and nothing else, beside a sentence that ends in 開催した and the like.

    Silent where a line of the block says that something is left, planned, put off or under way.
    """
    undone = [
        (item, rating)
        for item, rating in reasoned_ratings(context)
        if levels_of_rating(context, rating) == {Level.UNDONE}
    ]
    for item, rating in undone:
        lines = [
            one for one in printed_lines(context, item.id) if one.line and one.line.block == rating.block
        ]
        done = _first_line_and_word_of_done(lines)
        if done is not None and rating.source is not None:
            written, sentence = done
            words = sentence.lstrip(LINE_MARKS).rstrip()
            quote = quoted(f"…{words[-_LONGEST_QUOTE:]}" if len(words) > _LONGEST_QUOTE else words)
            yield Violation(
                rating.source,
                f"{item.id}/ブロック {rating.block}/評価",
                f"評価は「{rating.glyph.strip()}」（未実施）ですが、{written.source.cell} に"
                f"{quote}とあります。",
                "評価と文のどちらが正しいか確かめて直してください。",
                actual=rating.glyph.strip(),
                related=(written.source,),
            )


def _first_line_and_word_of_done(lines: list[PrintedText]) -> tuple[PrintedText, str] | None:
    """The first sentence that says what was carried out, None where a line says that something is left."""
    if any(_NOT_ALL.is_in(one.text) for one in lines):
        return None
    return next(
        (
            (one, sentence)
            for one in lines
            for sentence, _ in sentences_with_start(one.text)
            if _DONE.search(sentence)
        ),
        None,
    )


@rule(
    "RA27",
    Family.RATING,
    Severity.WARNING,
    "評価があるのに、文の行がすべて空です",
    why="表や KPI だけが印刷されると、何をしたのでその評価なのか、読み手に分かりません。",
    remedy="実施したことを「内容」に入れてください。",
    superseded_by=(rule_codes.RATED_WITHOUT_ANSWER, "WO13", "VA41"),
)
def rated_block_has_no_text(context: CheckContext) -> Iterator[Violation]:
    """A rated block has lines for text in the plan, and all of them are empty beside its table or KPI.

    Not for － (対象外), nor for a step that is given by hand (×) with a reason.
    """
    for item, rating in reasoned_ratings(context):
        block, entry = item.block(rating.block), context.entries_by_item[item.id]
        if block is None or not _has_place_for_text(block) or not _needs_rating_a_text(context, rating):
            continue
        place = _blank_cell_without_text(entry, block.name)
        if place and rating.source:
            glyph = rating.glyph.strip()
            yield Violation(
                place,
                f"{item.id}/ブロック {block.name}/評価",
                f"ブロック {block.name} は評価が「{glyph}」ですが、文の行がすべて空です。",
                "実施したことを「内容」に入れてください。",
                related=(rating.source,),
            )


def _needs_rating_a_text(context: CheckContext, rating: RatingEntry) -> bool:
    """Whether a step is judged, and not given by hand with a reason."""
    glyph = context.plan.scale.canonical_glyph(rating.glyph)
    step = next(step for step in context.plan.scale.steps if step.glyph == glyph)
    return step.in_legend and (step.floor is not None or not rating.reason.strip())


def _has_place_for_text(block: Block) -> bool:
    return any(line.kind is LineKind.TEXT and not line.text_field for line in block.lines)


def _blank_cell_without_text(entry: ItemEntry, block: str) -> Source | None:
    """The first empty cell for text in a block that has lines, but none of text; None for any other block."""
    lines = [one for one in entry.lines if one.block == block and one.is_progress]
    if not lines or any(one.kind is LineKind.TEXT for one in lines):
        return None
    return next(entry.blank_progress_cells(block), None)
