"""One style of sentences in a book, and one count of its lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import are_words_in_plan
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.form.list_marks import wrong_marks, wrong_points
from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern

_FEWEST = 4
_ODD_SHARE = 4
_END = LazyPattern(
    r"(?P<polite>(?:です|ます|ました|ません|でした|でしょう|ましょう|ください)(?:。|[ \u3000]*(?:\n|$)))"
    r"|(?P<verb>[ぁ-ん]。)|。"
)
_Ending = tuple[PrintedText, int]


@rule(
    "WO23",
    Family.WORDING,
    Severity.WARNING,
    "文の終わり方が、ほかの行と違います",
    why="「である」調や体言止めの報告書に「です・ます」の文が混ざると、別の資料から写したままに見えます。",
    remedy="ほかの行と同じ終わり方に直してください。",
    superseded_by=("WO39", "WO62", "WO70"),
)
def style_is_another(context: CheckContext) -> Iterator[Violation]:
    """です・ます in a few lines of a book in another style, or the reverse; silent where both are usual.

    What a line quotes is in the style of its source.
    """
    polite: list[_Ending] = []
    plain: list[_Ending] = []
    nouns = 0
    for written in printed_lines(context):
        for found in _END.finditer(written.text):
            if has_open_pair_at_end(written.text[: found.start()], QUOTES):
                continue
            if found["polite"]:
                polite.append((written, found.start()))
            elif found["verb"]:
                plain.append((written, found.start()))
            else:
                nouns += 1
    if polite and _are_few_beside_many(len(polite), len(plain) + nouns):
        yield from _odd_style_violations(polite, "「です・ます」で")
    elif plain and _are_few_beside_many(len(plain), len(polite)):
        yield from _odd_style_violations(plain, "「である」調で")


def _are_few_beside_many(few: int, many: int) -> bool:
    return many >= _FEWEST and few * _ODD_SHARE <= many


def _odd_style_violations(endings: list[_Ending], style: str) -> Iterator[Violation]:
    """A violation at the first such ending of each line."""
    for written, place in {id(one): (one, place) for one, place in reversed(endings)}.values():
        quote = quoted_with_neighbors(written.text, place, place + 3, letters=12)
        yield written.violation(
            place, f"{quote}は{style}終わり、ほかの行と違います。", "ほかの行と同じ終わり方に直してください。"
        )


@frozen
class _Numbered:
    """A line that begins with a number of a list; `planned` is that of its plan sentences, 0 for none."""

    written: PrintedText
    number: int
    planned: int


_NUMBER = LazyPattern(r"\s*([0-9]{1,2})\)", needs=(")",))
_LEAST_TO_COMPARE = 2
_SECOND = 2


@rule(
    "WO24",
    Family.WORDING,
    Severity.WARNING,
    "箇条書きの番号が続いていません",
    why="「1）2）4）」のような番号は、行が抜けたか、写したときに直し忘れたもので、計画の番号とも合わなくなります。",
    remedy="番号を付け直してください。行が抜けたのなら、その行を書いてください。",
    superseded_by=("WO20",),
)
def list_number_is_wrong(context: CheckContext) -> Iterator[Violation]:
    """A number of a list that neither follows the one before, nor begins a list, nor is that of the plan.

    In a line too: ①②④, （1）（2）（2）, ア イ エ.
    """
    for written in printed_lines(context):
        for mark in (*wrong_marks(written.text), *wrong_points(written.text)):
            quote = quoted_with_neighbors(written.text, mark.start, mark.end)
            yield written.violation(
                mark.start,
                f"{quote}の「{mark.written}」は、前の番号から続けると「{mark.meant}」です。",
                "番号を付け直してください。抜けたものがあれば、書いてください。",
                actual=mark.written,
                expected=mark.meant,
            )
    for _, lines in groupby(printed_lines(context), lambda written: written.item.id):
        numbered = list(_numbered_lines(lines))
        if len(numbered) >= _LEAST_TO_COMPARE:
            yield from _violations_for_numbered_lines(numbered)


def _numbered_lines(lines: Iterator[PrintedText]) -> Iterator[_Numbered]:
    for written in lines:
        found = _NUMBER.match(half_width(written.text[:6]))
        if found:
            yield _Numbered(written, int(found[1]), _number_given_by_plan(written))


def _number_given_by_plan(written: PrintedText) -> int:
    name = written.line.block if written.line else ""
    sentences = [s for block in written.item.blocks if block.name == name for s in block.sentences]
    numbers = [found for found in (_NUMBER.match(half_width(one[:6])) for one in sentences) if found]
    return int(numbers[0][1]) if len(numbers) == 1 else 0


def _violations_for_numbered_lines(numbered: list[_Numbered]) -> Iterator[Violation]:
    before = 0
    for place, one in enumerate(numbered):
        behind = numbered[place + 1].number if place + 1 < len(numbered) else 0
        begins = _is_begin_of_list(one, before, behind)
        should_be = 1 if begins else before + 1
        fits = not begins and (one.number in (should_be, 1) or one.number == one.planned or not before)
        between = before and behind == should_be + 1 and one.number != should_be
        against_plan = before and one.planned == should_be != one.number
        if fits and not against_plan and not (between and one.number != one.planned):
            before = one.number
            continue
        yield _violation_for_line_number(one, should_be)
        before = should_be


def _is_begin_of_list(one: _Numbered, before: int, behind: int) -> bool:
    """Whether another number is where a list begins: before 2, and for 1 in the plan or as the first."""
    if one.number == 1:
        return False
    is_first = not before and one.number != behind - 1
    return (behind == _SECOND and (is_first or one.planned == 1)) or (not before and one.planned == 1)


def _violation_for_line_number(one: _Numbered, should_be: int) -> Violation:
    why = "一覧の始めなので" if should_be == 1 else "前の番号から続けると"
    return one.written.violation(
        0,
        f"{quoted(one.written.text)}の番号は、{why} {should_be} です。",
        "番号を付け直してください。行が抜けたのなら、その行を書いてください。",
        actual=str(one.number),
        expected=str(should_be),
    )


_HALF_KATAKANA = LazyPattern(r"[ｦ-ﾟ]{2,}")
_KATAKANA = LazyPattern(r"[ァ-ヶー]{2,}")


@rule(
    "WO68",
    Family.WORDING,
    Severity.WARNING,
    "半角のカタカナがあります",
    why="半角のカタカナは、ほかの行の全角のカタカナとそろわず、検索からも漏れます。",
    remedy="全角のカタカナに直してください。",
    superseded_by=("WO08", "WO14", "WO20"),
)
def katakana_is_half_width(context: CheckContext) -> Iterator[Violation]:
    """A word in half-width katakana in a book that writes others in full width, or the plan this one."""
    lines = list(printed_lines(context))
    odd = [(one, found) for one in lines if (found := _HALF_KATAKANA.search(one.text))]
    is_unusual = odd and _are_few_beside_many(
        len(odd), sum(len(_KATAKANA.findall(one.text)) for one in lines)
    )
    for written, found in odd:
        right, quote = normalized(found[0]), quoted_with_neighbors(written.text, *found.span())
        if is_unusual or are_words_in_plan(context, right):
            yield written.violation(
                found.start(),
                f"{quote}の「{found[0]}」は、半角のカタカナです。",
                f"「{right}」に直してください。",
                actual=found[0],
                expected=right,
            )
