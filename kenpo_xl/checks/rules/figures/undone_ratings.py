"""Ratings that say 未実施 beside lines that say what was carried out (評価)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.checks.support.rating_reasons import levels_of_rating, reasoned_ratings
from kenpo_xl.checks.support.sentences.achievements import Level
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

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
        done = _first_done(lines)
        if done is not None and rating.source is not None:
            written, sentence = done
            words = sentence.lstrip("・•●■※ ").rstrip()
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


def _first_done(lines: list[PrintedText]) -> tuple[PrintedText, str] | None:
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
