"""Words that a report of an office does not use: of respect, of another spelling, that point to nothing.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import are_words_in_plan
from kenpo_xl.checks.support.printed_text import (
    found_in_each,
    printed_lines,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.register.pronouns import lonely_pronouns
from kenpo_xl.domain.text_span import PlacedSlip, TextSpan


@rule(
    "WO102",
    Family.WORDING,
    Severity.WARNING,
    "敬語が、報告書の書き方に合いません",
    why="「お送りになり」「ご議論をしていただかれた」のような敬語は、誰がしたことか分からなくなり、ほかの行の書き方ともそろいません。",
    remedy="「送り」「議論いただいた」のように、ほかの行と同じ書き方に直してください。",
    superseded_by=("WO19", "WO20", "WO29", "WO62", "WO92"),
)
def respect_is_out_of_place(context: CheckContext) -> Iterator[Violation]:
    """お…になる, なさる, …させていただく, two words of respect for one act, 申された; once a line."""
    for written, places in found_in_each(context, _honorifics):
        if places:
            start, end = places[0]
            quote = quoted_with_neighbors(written.text, start, end)
            words = written.text[start:end]
            if not are_words_in_plan(context, words):
                yield written.violation(
                    start, f"{quote}の「{words}」は、報告書では使わない敬語です。", actual=words
                )


def _honorifics(text: str) -> Iterator[TextSpan]:
    from kenpo_xl.domain.language.register.honorifics import honorifics

    yield from honorifics(text)


@rule(
    "WO103",
    Family.WORDING,
    Severity.INFO,
    "「同社」「後者」などが指すものがありません",
    why="前に会社の名前がないのに「同社」とあると、どこのことか読み手に分かりません。",
    remedy="名前を書いてください。",
    superseded_by=("WO20", "WO28", "WO39"),
)
def pronoun_means_nothing(context: CheckContext) -> Iterator[Violation]:
    """同社, 同会, 後者 and the like where neither the line nor those above it in the item name one."""
    above: dict[str, str] = {}
    for written in printed_lines(context):
        before = above.get(written.item.id, "")
        for start, end in lonely_pronouns(written.text, before):
            quote = quoted_with_neighbors(written.text, start, end)
            yield written.violation(
                start,
                f"{quote}の「{written.text[start:end]}」が指すものが、前にありません。",
                actual=written.text[start:end],
            )
        above[written.item.id] = f"{before}\n{written.text}"


@rule(
    "WO104",
    Family.WORDING,
    Severity.INFO,
    "公用文では、ひらがなで書く言葉です",
    why="「行う事が出来る」「以下の通り」のような書き方は、公用文の決まり（公用文作成の考え方）とそろいません。",
    remedy="ひらがなに直してください。",
    superseded_by=("WO08", "WO19", "WO20", "WO28", "WO31", "WO39", "WO46", "WO60", "WO63", "WO88"),
)
def spelling_is_not_official(context: CheckContext) -> Iterator[Violation]:
    """事, 為, 出来る, て頂く, 予め and the like in kanji; once a line, not what the plan writes."""
    for written, slips in found_in_each(context, _unofficial_spellings):
        found = next(
            (
                one
                for one in slips
                if not are_words_in_plan(context, _slip_quoted_with_letters_beside(written.text, one))
            ),
            None,
        )
        if found:
            start, words, kana = found
            quote = quoted_with_neighbors(written.text, start, start + len(words))
            yield written.violation(
                start,
                f"{quote}の「{words}」は、公用文では「{kana}」と書きます。",
                f"「{kana}」に直してください。",
                actual=words,
                expected=kana,
            )


def _unofficial_spellings(text: str) -> Iterator[PlacedSlip]:
    from kenpo_xl.domain.language.register.official_spellings import unofficial_spellings

    yield from unofficial_spellings(text)


def _slip_quoted_with_letters_beside(text: str, slip: PlacedSlip) -> str:
    """The letters of a slip with two before them and one behind: 事 alone is in many words."""
    start, words, _ = slip
    return text[max(0, start - 2) : start + len(words) + 1]
