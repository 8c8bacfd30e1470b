"""Texts that state the same thing twice in other words, or contradict themselves (表記).

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import all_printed_texts, found_in_each, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.sense.repeated_statements import repeated_statements
from kenpo_xl.domain.language.sense.senders import senders_reversed
from kenpo_xl.domain.language.sense.work_steps import steps_in_wrong_order
from kenpo_xl.domain.text_span import SpanAndWord, TextSpan


@rule(
    "WO71",
    Family.WORDING,
    Severity.WARNING,
    "同じことが 2 度書かれています",
    why="「6月に説明会を開催し、6月に説明会を開催した」のような文は、書き直す前の文が残ったものです。",
    remedy="一方を消すか、書くはずだったことに直してください。",
    superseded_by=("WO19", "WO20", "WO70"),
)
def same_is_stated_twice(context: CheckContext) -> Iterator[Violation]:
    """Clauses of a text have the same nouns, figures and dates as others before them; once a text."""
    for written, statements in found_in_each(context, repeated_statements):
        for start, end in statements[: 1 if written.line else 0]:
            words = written.text[start:end]
            yield written.violation(
                start,
                f"{quoted(words)}は、この行の前の文と同じことを言っています。",
                "一方を消すか、書くはずだったことに直してください。",
                actual=words.strip()[:30],
            )


@rule(
    "WO72",
    Family.WORDING,
    Severity.WARNING,
    "1 つの文で、反対のことを言っています",
    why="「予定どおり延期した」「完了したが、現在も継続中である」では、どちらなのか読み手に分かりません。",
    remedy="どちらが正しいか確かめて、違う方を直してください。",
    superseded_by=("WO19", "WO20", "WO70", "WO71", "CO70"),
)
def clauses_are_opposed(context: CheckContext) -> Iterator[Violation]:
    """予定どおり延期, 増加し、減少した, 上回ったが、達成しなかった and the like; once a text.

    Also 増加（減少）, 午前（13時～） and 紙から紙へ移行, 新規の既存事業所 and
    募集を終え、引き続き募集している, and what is held for the first time and yet compared with its number of
    last year. What no one did and some did, and another way than the only one (会場のみで…、オンラインで).
    Also what the next sentence takes back: 全機関に配布した。残りの機関には1月に配布する.
    """
    for written, opposed in found_in_each(context, _spans_of_opposed_statements):
        for start, end in opposed[:1]:
            words = written.text[start:end]
            yield written.violation(
                start,
                f"{quoted(words)}は、反対のことを言っています。",
                "どちらが正しいか確かめて、違う方を直してください。",
                actual=words[:30],
            )


def _spans_of_opposed_statements(text: str) -> Iterator[TextSpan]:
    from kenpo_xl.domain.language.sense.contradicting_sentences import contradicting_sentences
    from kenpo_xl.domain.language.sense.exclusions import excluded_clauses
    from kenpo_xl.domain.language.sense.opposed_clauses import (
        first_time_compared,
        opposed_clauses,
        opposed_words,
    )
    from kenpo_xl.domain.language.sense.opposed_names import acts_undone, opposed_names
    from kenpo_xl.domain.language.syntax.degrees import excluded_degrees

    yield from opposed_clauses(text)
    yield from opposed_words(text)
    yield from first_time_compared(text)
    yield from opposed_names(text)
    yield from acts_undone(text)
    yield from excluded_clauses(text)
    yield from excluded_degrees(text)
    yield from contradicting_sentences(text)


@rule(
    "WO85",
    Family.WORDING,
    Severity.WARNING,
    "「ものの」「ため」「しかし」などの前と後がつながりません",
    why="「好評であったものの、満足度も高かった」「周知が不足したため、申込みが増加した」では、理由と結果が読み取れません。",
    remedy="つなぐ言葉か、前と後のどちらかを直してください。",
    superseded_by=("WO19", "WO20", "WO70", "WO71", "WO72"),
)
def conjunction_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """ものの or しかし between two clauses that agree, ため or その結果 a lack and a gain; once a text."""
    for written, clauses in found_in_each(context, _ill_joined_clauses_and_sentences):
        for start, end, word in clauses[:1]:
            words = written.text[start:end].strip()
            yield written.violation(
                start,
                f"{quoted(words)}は、「{word}」の前と後がつながりません。",
                "つなぐ言葉か、前と後のどちらかを確かめて直してください。",
                actual=words[:30],
            )


def _ill_joined_clauses_and_sentences(text: str) -> Iterator[SpanAndWord]:
    from kenpo_xl.domain.language.sense.joined_clauses import ill_joined_clauses
    from kenpo_xl.domain.language.sense.linked_sentences import ill_linked_sentences

    yield from ill_joined_clauses(text)
    yield from ill_linked_sentences(text)


@rule(
    "WO86",
    Family.WORDING,
    Severity.WARNING,
    "仕事の順が逆になっています",
    why="「契約を締結した後に入札を公告した」では、本当にその順だったのか、書き間違いか、読み手に分かりません。",
    remedy="どちらを先にしたのか確かめ、文を直してください。",
    superseded_by=("WO19", "WO20", "WO52", "WO70", "WO71", "WO72"),
)
def steps_are_reversed(context: CheckContext) -> Iterator[Violation]:
    """What comes later in any work is said to be done first: a contract before its tender; once a text."""
    return _violations_at_spans(
        context,
        steps_in_wrong_order,
        "は、仕事の順が逆になっています。",
        "どちらを先にしたのか確かめて直してください。",
    )


@rule(
    "WO87",
    Family.WORDING,
    Severity.WARNING,
    "だれからだれへかが合いません",
    why="「債務者から催告状を送付した」「関係団体へ関係団体から依頼した」では、だれがしたことか読み手に分かりません。",
    remedy="「から」「へ」と、送った人、受けた人のどれが正しいか確かめて直してください。",
    superseded_by=("WO19", "WO20", "WO61", "WO70", "WO71", "WO72", "WO93"),
)
def sender_and_receiver_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """Who gets a paper of the office sends it, one sends to himself, or orders go up; once a text."""
    return _violations_at_spans(
        context,
        senders_reversed,
        "は、だれからだれへかが合いません。",
        "「から」「へ」と、送った人、受けた人を確かめて直してください。",
    )


def _violations_at_spans(
    context: CheckContext, find: Callable[[str], Iterator[TextSpan]], fact: str, hint: str
) -> Iterator[Violation]:
    """A violation at the first such place of each text."""
    for written in all_printed_texts(context):
        found = next(find(written.text), None)
        if found:
            start, end = found
            words = written.text[start:end]
            yield written.violation(start, f"{quoted(words)}{fact}", hint, actual=words.strip()[:30])
