"""Numbers that leave their line for a reason that the lines of their item give."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_matching import figure_agrees, is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentences_with_start
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.results.figures import Figure

_REASON = AnyOf("ため|により|によって|によるもの|ことによる|影響|要因|理由|ことから|集中|に伴")
_CHANGE = AnyOf(
    "増|減|倍|上回|下回|伸び|落ち込|急|大きく|大幅|多|少な|低下|低い|上昇|高い|前倒し|延期|中止|休|例年|のみ|なかった|ない|なく"
)
_SMALLEST = 10


def has_stated_reason(context: CheckContext, figure: Figure) -> bool:
    """Whether a line of the item says the number, or its month, with a change and its reason.

    10 月は 4,230 件と大きく増えたが、…が集中したためである; 8 月は会場の工事のため開催しなかった. The
    reason may be in the next sentence. Numbers below 10 may be of anything.
    """
    return any(
        _is_reason_in_text(context, written, figure) for written in printed_lines(context, figure.id.item)
    )


def _is_reason_in_text(context: CheckContext, written: PrintedText, figure: Figure) -> bool:
    if not (_REASON.is_in(written.text) and _CHANGE.is_in(written.text)):
        return False
    sentences = [sentence for sentence, _ in sentences_with_start(written.text)]
    for place, sentence in enumerate(sentences):
        words = sentence + "".join(sentences[place + 1 : place + 2])
        is_reason = _REASON.is_in(words) and _CHANGE.is_in(words)
        if is_reason and (
            _is_month_of_figure_named(context, sentence, figure)
            or _is_figure_stated_in_sentence(context, sentence, figure)
        ):
            return True
    return False


def _is_figure_stated_in_sentence(context: CheckContext, sentence: str, figure: Figure) -> bool:
    return any(
        number.value >= _SMALLEST
        and is_stated_exactly(number, sentence)
        and figure_agrees(context, figure, number)
        for number in numbers_in(sentence)
    )


def _is_month_of_figure_named(context: CheckContext, sentence: str, figure: Figure) -> bool:
    """Whether a sentence speaks of the one month that a number is of: 8 月は."""
    span = context.figures.span_of_figure(figure.id)
    plain = "".join(half_width(sentence).split())
    name = f"{span.first.number}月"
    places = [
        at for at in range(len(plain)) if plain.startswith(name, at) and not plain[at - 1 : at].isdecimal()
    ]
    return span.first == span.last and any(
        plain[at + len(name) :][:1] in tuple("はにのも、単") for at in places
    )
