"""Compounds whose parts have changed places (表記)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.known_texts import Proofread, found_in_texts, place_of_other_text_with_words
from kenpo_xl.checks.support.printed_text import quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.names.exchanged_parts import exchanged_parts
from kenpo_xl.domain.language.slips import Slip


@rule(
    "WO105",
    Family.WORDING,
    Severity.INFO,
    "言葉の順が、ほかの所と逆です",
    why="「催告債権」「宣言未事業所」のように言葉の順が入れ替わると、別のものに見えます。",
    remedy="ほかの所と同じ順に直してください。別のもののときは、このままで構いません。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO08", "WO19", "WO20", "WO28", "WO31", "WO39", "WO66", "WO89", "WO96"),
)
def parts_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """A run of kanji that no other text has, where one has it with two parts exchanged; once a line."""
    for text, slips in found_in_texts(context, "exchanged parts", _slips_of_word_order):
        if slips:
            one = slips[0]
            quote = quoted_with_neighbors(text.text, one.start, one.end)
            place = place_of_other_text_with_words(context, one.meant, text)
            yield text.violation(
                one.start,
                f"{quote}の「{one.written}」は、{place}では「{one.meant}」です。",
                f"「{one.meant}」のことなら、直してください。",
                actual=one.written,
                expected=one.meant,
            )


def _slips_of_word_order(text: Proofread) -> Iterator[Slip]:
    return exchanged_parts(text.written.text, text.known)
