"""Sentences of which a word was lost, is not yet converted, or is half replaced by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import are_words_in_plan
from kenpo_xl.checks.support.printed_text import joined_texts, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.lost_nouns import lost_nouns
from kenpo_xl.domain.language.form.unconverted import unconverted_letters
from kenpo_xl.domain.language.grammar.half_replaced import half_replaced
from kenpo_xl.domain.language.syntax.lost_halves import lost_halves
from kenpo_xl.domain.language.syntax.spoken_words import spoken_words
from kenpo_xl.domain.text_span import TextSpan


@rule(
    "WO90",
    Family.WORDING,
    Severity.WARNING,
    "助詞の前の言葉が抜けています",
    why="「。に掲載した後は」「医師会、が加わる」のような文は、言葉を消したままで、何のことか読み手に分かりません。",
    remedy="抜けた言葉を入れるか、余分な助詞を消してください。",
    superseded_by=("WO17", "WO18", "WO20", "WO22", "WO29", "WO30", "WO39", "WO61", "WO69"),
)
def noun_is_lost(context: CheckContext) -> Iterator[Violation]:
    """A particle right behind a comma, a full stop, a verb or a phrase that ends in another particle.

    Also behind a conjunction of nouns (電話及びによる), and と that joins nothing (窓口とで).
    """
    return _violations_at_spans(context, _lost_nouns, "は、助詞の前の言葉が抜けています。")


def _lost_nouns(text: str) -> Iterator[TextSpan]:
    yield from lost_nouns(text)
    yield from lost_halves(text)


@rule(
    "WO91",
    Family.WORDING,
    Severity.WARNING,
    "ローマ字が残っています",
    why="「行ttあ」「にtういて」のような字は、かなに変わらなかった打ち間違いで、そのまま印刷されます。",
    remedy="正しい字に打ち直してください。",
    superseded_by=("WO20", "WO21"),
)
def letters_are_not_converted(context: CheckContext) -> Iterator[Violation]:
    """Latin letters within a Japanese word that are no unit, no word and no name."""
    return _violations_at_spans(
        context, unconverted_letters, "に、かなに変わらなかったローマ字が残っています。"
    )


@rule(
    "WO70",
    Family.WORDING,
    Severity.WARNING,
    "書き直す前の言葉が残っています",
    why="「実施を実施し」「予定ですしました」「に対してに」のような文は、前の言葉を消し忘れたもので、そのまま印刷されます。",
    remedy="前の言葉と新しい言葉の、どちらかを消してください。",
    superseded_by=(
        "WO18",
        "WO19",
        "WO20",
        "WO22",
        "WO29",
        "WO30",
        "WO60",
        "WO61",
        "WO62",
        "WO90",
        "WO92",
        "WO93",
    ),
)
def old_words_are_left(context: CheckContext) -> Iterator[Violation]:
    """An act beside itself, two verbs in the past, or two endings in a row."""
    return _violations_at_spans(context, half_replaced, "は、書き直す前の言葉が残っています。")


@rule(
    "WO100",
    Family.WORDING,
    Severity.WARNING,
    "話し言葉があります",
    why="「ちゃんとやっといた」「すごい多くて」「なので、」のような話し言葉は、報告書では書き直す前の下書きに見えます。",
    remedy="ほかの行と同じ書き言葉に直してください。",
    superseded_by=("WO20", "WO21", "WO22", "WO23", "WO29", "WO39", "WO62", "WO63", "WO92"),
)
def words_are_spoken(context: CheckContext) -> Iterator[Violation]:
    """Words and signs of talk outside of quotes: しちゃった, なので、, （笑）; once a text."""
    return _violations_at_spans(context, spoken_words, "に、話し言葉があります。")


def _violations_at_spans(
    context: CheckContext, find: Callable[[str], Iterator[TextSpan]], fact: str
) -> Iterator[Violation]:
    """A violation at the first place of each text; what the plan writes is silent."""
    book = joined_texts(context)
    reported = set()
    for first, last in sorted(find(book.text)):
        written, start = book.place(first)
        words = book.text[first:last]
        if id(written) in reported or are_words_in_plan(context, words):
            continue
        reported.add(id(written))
        quote = quoted_with_neighbors(written.text, start, start + last - first)
        yield written.violation(start, f"{quote}{fact}", actual=words)
