"""Rules on times that only the reader of the day of writing understands (表記): 今月, 本日, 来週."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NEAR = 100
_AROUND = 6
_RELATIVE = LazyPattern(
    r"(?:今月|来月)\s*[上中下]旬|(?<![一-龯])(?:今月|来月|先月)(?:\s*[上中下]旬)?(?![一-龯]*(?:号|末日))",
    needs=("今月", "来月", "先月"),
)


@rule(
    "WO11",
    Family.WORDING,
    Severity.INFO,
    "「今月」などの、読む時によって変わる言い方があります",
    why="報告書は会議の日やその後に読まれるので、「今月」が何月か分からなくなります。",
    remedy="「1月下旬」のように、月を数で書いてください。",
)
def time_is_relative(context: CheckContext) -> Iterator[Violation]:
    """今月, 来月 and 先月 as words of their own; 毎月, 当月, 前月 are not meant."""
    for written in printed_lines(context):
        for found in _RELATIVE.finditer(written.text):
            yield _violation_for_relative_day(written, found, found[0])


def _violation_for_relative_day(written: PrintedText, found: re.Match[str], quote: str) -> Violation:
    return written.violation(
        found.start(),
        f"「{quote}」は、読む時によって指す月や日が変わります。",
        "「1月下旬」のように、月や日を数で書いてください。",
        actual=found[0],
    )


_DAYS = (
    *("本日", "明日", "昨日", "明後日", "一昨日", "今週", "来週", "先週", "再来週", "先々週"),
    *("今朝", "昨夜", "昨晩", "今晩", "今夕"),
)
_IN_KANA = ("あした", "あす", "きのう", "きょう", "先ほど", "先程", "さき", "たった今", "さっき")
# What shows that the word is a day, not the slogan 明日の健康.
_NEXT = (
    r"(?=\s*(?:に(?!向け|つな|備え|なる|続)|(?<!明日)[も以]|から(?!始め|でき|の|は)"
    r"|[はま、よで中送発開訪打実会連電聞伺協予確回提対出到届行終始]|(?<!明日)の(?!健康|医療|社会|日本|ため|暮|生活)))"
)
_SEEN_FROM_TODAY = LazyPattern(
    rf"(?<![一-龯々「『])(?:{'|'.join(_DAYS)}){_NEXT}"
    r"|(?<![一-龯ぁ-ん])(?:あした|あす(?=から|まで|に|、|は)|きのう|きょう(?=[、はもかま]))"
    r"|(?<![一-龯])(?:先ほど|先程|さきほど|たった今|さっき)",
    needs=(*_DAYS, *_IN_KANA),
)
_IN_QUOTATION = LazyPattern(r"[「『][^」』]*$", needs="「『")


@rule(
    "WO80",
    Family.WORDING,
    Severity.WARNING,
    "書いた日から見た「本日」「来週」などが残っています",
    why="「本日」「明日」「先ほど」は、書いた日にしか通じません。連絡の文を写したまま残ったものです。",
    remedy="「1月20日」のように、月と日で書いてください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE,),
)
def day_is_seen_from_the_day_of_writing(context: CheckContext) -> Iterator[Violation]:
    """本日, 明日, 来週, 先ほど and the like, once a text; titles in 「」 are not meant."""
    for written in printed_lines(context):
        for found in _SEEN_FROM_TODAY.finditer(written.text):
            if _IN_QUOTATION.search(written.text[max(0, found.start() - _NEAR) : found.start()]):
                continue
            yield _violation_for_relative_day(
                written, found, written.text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            )
            break
