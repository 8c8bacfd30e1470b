"""Counts of points that a text lists with numbers or bullets: 次の3点 and ①② (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentence_span
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.list_marks import numbers_of_marks
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_WHAT = "点|つ|項目|種類|事項|課題|分野|テーマ|観点|本の柱|段階|か所"
_LEADS = LazyPattern(
    rf"(?:次|以下|下記)の(?:とおり|通り)?、?\s*(?P<count>\d{{1,2}})\s*(?:{_WHAT})(?!目|以上|のうち|ずつ)",
    needs=("次の", "以下の", "下記の"),
)
_ENDS = LazyPattern(rf"の\s*(?P<count>\d{{1,2}})\s*(?:{_WHAT})(?!目|以上|のうち|ずつ)", needs=("の",))
_INCOMPLETE = LazyPattern(r"など|等の|ほか|うち|各|それぞれ|主な")
_BULLETS = "・•●■◆○-ー※>＞"
_FEWEST = 2


@rule(
    "CO69",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数と、番号や「・」で並べたものの数が違います",
    why="「次の3点」と書けば、読み手は並べたものを数えます。",
    remedy="並べたものに抜けや重なりがないか確かめ、数か並べたものを直してください。",
    superseded_by=("WO24",),
)
def points_are_miscounted(context: CheckContext) -> Iterator[Violation]:
    """次の3点 before ①②, ①②の3点 in one text, or 次の3点 before lines that begin with (1) and (2) or ・.

    A list of marks begins at 1; one of bullets ends at the next line with another mark, or with its block.
    """
    for _, group in groupby(printed_lines(context), lambda written: (written.item.id, _block_name(written))):
        lines = list(group)
        for place, written in enumerate(lines):
            plain = half_width(written.text)
            found, listed = _announced_count_and_number_listed(plain, lines[place + 1 :])
            is_wrong = found and listed >= _FEWEST and int(found["count"]) != listed
            if found and is_wrong and not _INCOMPLETE.search(plain, _start_of_list(plain, found)):
                yield _violation_for_counted_points(written, found, listed)


def _announced_count_and_number_listed(
    plain: str, behind: Sequence[PrintedText]
) -> tuple[re.Match[str] | None, int]:
    """The count of a line and how many are listed: behind it, in the next lines, or before it."""
    found = _LEADS.search(plain)
    if found:
        return found, _number_listed_in_text(plain, found) or _number_listed_in_lines(plain, behind)
    found = _ENDS.search(plain) if "①" in plain or "1)" in plain else None
    return found, len(_numbers_of_only_list(plain[: found.start()])) if found else 0


def _start_of_list(plain: str, found: re.Match[str]) -> int:
    """Where a list begins with the sentence of its count; at the text's start if it is before that."""
    return sentence_span(plain, found.start())[0] if found.re.pattern == _LEADS.pattern else 0


def _block_name(written: PrintedText) -> str:
    return written.line.block if written.line else ""


def _number_listed_in_text(plain: str, found: re.Match[str]) -> int:
    """How many marks are behind a count in its own text."""
    return len(_numbers_of_only_list(plain[found.end() :]))


def _numbers_of_only_list(plain: str) -> Sequence[int]:
    """The numbers of the only list of marks of a text, if it begins at 1 and has no gap; else none."""
    lists = [one for one in numbers_of_marks(plain) if one]
    is_list = len(lists) == 1 and lists[0] == list(range(1, len(lists[0]) + 1))
    return lists[0] if is_list else ()


def _number_listed_in_lines(plain: str, behind: Sequence[PrintedText]) -> int:
    """How many of the next lines are the list that a line announces."""
    texts = [half_width(one.text).lstrip() for one in behind]
    numbered = [_number_of_first_mark(text) for text in texts]
    if numbered[:1] == [1]:
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], enumerate(numbered, 1)))
    bullet = texts[0][:1] if texts else ""
    if bullet not in _BULLETS or not bullet or plain.lstrip().startswith(bullet):
        return 0
    return sum(1 for _ in takewhile(lambda text: text.startswith(bullet), texts))


def _number_of_first_mark(text: str) -> int:
    """The number of the mark that a text begins with, 0 without one."""
    return next((one[0] for one in numbers_of_marks(text[:4]) if one), 0)


def _violation_for_counted_points(written: PrintedText, found: re.Match[str], listed: int) -> Violation:
    words = found[0].lstrip("の ")
    return written.violation(
        found.start(),
        f"「{words}」とありますが、並んでいるのは {listed} つです。",
        "抜けや重なりがないか確かめ、数か並べたものを直してください。",
        actual=words,
        expected=str(listed),
    )
