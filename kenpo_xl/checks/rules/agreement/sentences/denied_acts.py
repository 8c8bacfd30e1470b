"""What one sentence of an item says was done, and another that it was not (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NOUN = r"[^\W\d\x00-ん]"
_ACTS = (
    "実施|開催|送付|発送|配布|配付|掲載|作成|訪問|発行|公開|配信|締結|提出|開始|導入|設置|策定|着手|公表|案内"
)
_DENIAL = LazyPattern(
    rf"(?:(?P<owner>{_NOUN}{{2,12}})(?:へ|と|から|向け)?の)?(?P<thing>{_NOUN}{{2,12}})(?:の(?:{_ACTS}))?(?:は|(?<={_NOUN}{{3}})を)"
    r"[^。]{0,20}?"
    r"(?:見送(?:った|る|り)|中止(?:と|に|し)(?:した|なった|た)?|取りやめ"
    rf"|未(?:{_ACTS})|(?:{_ACTS})(?:に至らなかった|しな(?:い|かった))"
    rf"|(?:(?:{_ACTS})し|行っ|開い|送っ|配っ)て(?:い|は)ない|(?:行わ|開か)なかった"
    rf"|(?:{_ACTS})?でき(?:ていない|なかった))",
    needs=("見送", "中止", "取りやめ", "未", "ない", "なかった"),
)
_DONE = (
    r"(?:において|には|では|[をは])[^。]{0,60}?"
    rf"(?:行い|行った|行って|開い[たて]|開き|送[りっ]|配[りっ]|(?:{_ACTS}|報告|議論|参加|受講)(?:し|を|、|。|いただ|さ))"
)
_NOT_ALL = AnyOf(
    "一部|うち|ほか|他|以外|前年|昨年|当初|対象外|追加|再|場合|しか|だけ|のみ|まで|対面|集合|紙|予定|計画|代わ|替え|残|次回|ない場合"
)
_TIME = LazyPattern(
    r"(?<!\d)\d{1,2}\s*月(?!号)|第\s*\d+\s*回|[春夏秋冬](?=の|に|季)|上期|下期|上半期|下半期|前期|後期"
)


@frozen
class _Sentence:
    """A sentence of a line, in half-width letters, and where it begins."""

    written: PrintedText
    text: str
    start: int


@rule(
    "CO93",
    Family.AGREEMENT,
    Severity.INFO,
    "したと書いたことを、していないとも書いています",
    why="「10月の評議会で議論した」の後に「10月の評議会は見送った」とあると、どちらが正しいのか読み手に分かりません。",
    remedy="どちらが正しいか確かめ、違う方を直してください。別のことなら、違いが分かるように書いてください。",
    superseded_by=("RA20",),
)
def act_is_denied(context: CheckContext) -> Iterator[Violation]:
    """A thing of which one sentence says that it was not done or held, and another of its item that it was.

    Both name the thing, whose it is, and the same months and seasons. Silent with 一部, ほか, 当初 and the
    like.
    """
    for _, group in groupby(printed_lines(context), lambda written: written.item.id):
        sentences = [
            _Sentence(written, half_width(text), start)
            for written in group
            for text, start in sentences_with_start(written.text)
        ]
        for one in sentences:
            found = _denial_of_all(one.text)
            other = _sentence_contradicting_denial(found, one, sentences) if found else None
            if found and other:
                yield _violation_for_denied_act(one, found, other)


def _denial_of_all(text: str) -> re.Match[str] | None:
    """The words that say that a thing was not done, None for a part of it or another time."""
    found = _DENIAL.search(text)
    is_of_all = found and not _NOT_ALL.is_in(text.replace(found["thing"], ""))
    return found if is_of_all else None


def _sentence_contradicting_denial(
    found: re.Match[str], one: _Sentence, sentences: Sequence[_Sentence]
) -> _Sentence | None:
    """The sentence that says the contrary of a denial, None without one."""
    done = re.compile(rf"{re.escape(found['thing'])}{_DONE}")
    times = [re.sub(r"\s", "", time) for time in _TIME.findall(one.text)]
    for other in sentences:
        is_other = other is not one and not _DENIAL.search(other.text) and found["thing"] in other.text
        if is_other and _has_all_words(other.text, (found["owner"] or "", *times)):
            match = done.search(other.text)
            if match and not _NOT_ALL.is_in(match[0].replace(found["thing"], "")):
                return other
    return None


def _has_all_words(text: str, words: Sequence[str]) -> bool:
    """Whether a text has some words, whatever blanks are between its letters."""
    plain = re.sub(r"\s", "", text)
    return all(word in plain for word in words)


def _violation_for_denied_act(one: _Sentence, found: re.Match[str], other: _Sentence) -> Violation:
    is_same_cell = other.written.source == one.written.source
    place = "同じセル" if is_same_cell else f"{other.written.source.cell} "
    return one.written.violation(
        one.start + found.start(),
        f"{quoted(found[0])}とありますが、{place}には{quoted(other.text.strip(LINE_MARKS))}とあります。",
        "どちらが正しいか確かめ、違う方を直してください。",
        actual=found[0],
        related=() if is_same_cell else (other.written.source,),
    )
