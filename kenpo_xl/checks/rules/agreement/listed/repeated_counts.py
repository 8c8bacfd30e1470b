"""The same count in two sentences of a block: their numbers must agree (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.sense.counted_subjects import CountedSubject, counted_subject
from kenpo_xl.domain.lazy_patterns import LazyPattern

_Count = tuple[PrintedText, int, CountedSubject]
_LEAST_OF_TOTAL, _LEAST, _LEAST_IN_ITEM = 3, 5, 8
"""Letters of a subject: shorter ones may be of another thing each."""


@rule(
    "CO48",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じことの数が、ほかの行と違います",
    why="「説明会には76名が参加した」と「説明会の参加者は103名」が並ぶと、どちらが正しいのか読み手に分かりません。",
    remedy="実際の数を確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        *("CO04", "CO06", "CO10", "CO11", "CO16", "CO59", "CO63", "CO96", "WO20"),
    ),
)
def same_count_has_two_numbers(context: CheckContext) -> Iterator[Violation]:
    """Two sentences of a block that begin with the same words and count the same in the same unit.

    説明会を3回開催した and 説明会の開催回数は5回. Silent where only one names a time, for parts (うち, 各)
    and short names of which nothing says that it is all. In other blocks of the item for long names only.
    Nor are those that a text goes back to others: 174人が参加した。参加した140人には.
    """
    yield from _violations_for_subjects_counted_again(context)
    by_item: dict[str, list[_Count]] = {}
    for written in printed_lines(context):
        counts = by_item.setdefault(written.item.id, [])
        for found in _subjects_counted_in_text(written):
            before = next((one for one in counts if _counts_contradict(one, found)), None)
            if before:
                yield _violation_for_contradicting_counts(before, found)
            else:
                counts.append(found)


_ACTS = (
    "参加|受講|出席|来場|送付|発送|配布|配付|訪問|契約|登録|申込|申し込み|回答|面談|委嘱|認定|締結|受診|修了"
)
_EACH_ACT = _ACTS.split("|")
_AGAIN = LazyPattern(
    r"(?<![\d,.約])(?<!延べ)(?<!うち)(?P<first>\d[\d,]*)\s*(?P<unit>人|名|件|社|事業所|通|部|団体|機関|施設)"
    rf"(?:が|を|に|と|から|の(?:方|事業所)?[がをに])?[^。、\d]{{0,8}}?(?P<act>{_ACTS})[^。、\d]{{0,8}}[。、]\s*"
    r"(?:なお、|また、|この|これら|さらに、)?(?P=act)(?:し(?:て(?:くださ|頂|いただ)い)?た(?:方|者)?|を(?:し|受け|結ん)[ただ]|(?P<person>者))\s*"
    r"(?P<second>\d[\d,]*)\s*(?P=unit)\s*(?P<all>の?(?:全員|すべて|全て|全[社件])|(?:には|について|へは))",
)


def _violations_for_subjects_counted_again(context: CheckContext) -> Iterator[Violation]:
    """Those of whom a text says what they did, and goes on with another number of them."""
    for written in printed_lines(context):
        acts = [act for act in _EACH_ACT if written.text.count(act) > 1]
        for found in _AGAIN.finditer(half_width(written.text)) if acts else ():
            first, second = (found[one].replace(",", "") for one in ("first", "second"))
            is_of_all = not found["person"] or found["all"].lstrip("の").startswith(("全", "す"))
            if first != second and is_of_all:
                unit = found["unit"]
                yield written.violation(
                    found.start("second"),
                    f"「{found['act']}」の数が、前は「{found['first']}{unit}」、後は「{found['second']}{unit}」です"
                    f"（{quoted(found[0])}）。",
                    "実際の数を確かめ、違う方を直してください。一部のことなら「うち」と書いてください。",
                    actual=f"{found['second']}{unit}",
                )


def _subjects_counted_in_text(written: PrintedText) -> Iterator[_Count]:
    plain = half_width(written.text)
    for sentence, start in sentences_with_start(plain):
        found = counted_subject(sentence)
        if found:
            yield written, start + found.start, found


def _counts_contradict(before: _Count, now: _Count) -> bool:
    (one, _, first), (other, _, second) = before, now
    least = _LEAST_OF_TOTAL if first.is_total or second.is_total else _LEAST
    if one.block != other.block:
        least = _LEAST_IN_ITEM
    return len(first.subject) >= least and first.contradicts(second)


def _violation_for_contradicting_counts(before: _Count, now: _Count) -> Violation:
    (written, start, found), (other, at, first) = now, before
    source = other.source_at(at)
    act = f"の{found.act}" if found.act else ""
    return written.violation(
        start,
        f"「{found.subject}」{act}は、ここでは「{found.words}」ですが、"
        f"{source.sheet}!{source.cell} では「{first.words}」です。",
        "実際の数を確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
        actual=found.words,
        related=(source,),
    )
