"""The office's own kind called another (支店 for 支部), and announced lists that are missing (表記)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    printed_lines,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, sentence_around

_OWN = ("支部", "支局", "支所", "支社", "支店")


@rule(
    "WO74",
    Family.WORDING,
    Severity.WARNING,
    "自分の職場の呼び方が違います",
    why="「埼玉支部」を「埼玉支店」「当支社」と書くと、別の組織のことに読めます。",
    remedy="計画にある名前のとおりに直してください。",
    superseded_by=("WO08", "WO28", "WO31", "WO39", "WO66", "WO94"),
)
def own_office_has_another_kind(context: CheckContext) -> Iterator[Violation]:
    """埼玉支店, 埼玉支社, 当支店 where the office is 埼玉支部; once a text.

    And the own office among the others: 他の支部（埼玉支部、千葉支部）, 埼玉支部や千葉支部など他支部.
    """
    branch = context.plan.branch
    yield from _own_among_others(context, branch)
    kind = next((one for one in _OWN if branch.endswith(one)), "")
    if not kind:
        return
    wrong = _names_of_another_kind(branch, kind)
    for written in all_printed_texts(context):
        found = next((one for one in wrong if one in written.text), "")
        if found:
            start = written.text.find(found)
            right = f"{found[:-2]}{kind}"
            quote = quoted_with_neighbors(written.text, start, start + len(found))
            yield written.violation(
                start,
                f"{quote}の「{found}」は「{right}」のはずです。",
                f"「{right}」に直してください。",
                actual=found,
                expected=right,
            )


def _names_of_another_kind(branch: str, kind: str) -> list[str]:
    """The names of an office, and 当 and 全国47, with each kind that is not its own."""
    names = (branch.removesuffix(kind), "当", "全国47")
    return [f"{name}{other}" for name in names for other in _OWN if name and other != kind]


_KINDS = ("支部", "市", "町", "村", "組合", "健保")
_JOINTS = ("、", "や", "・", "と", "及び", "および", "，")
_NEIGHBOURS = ("近隣の", "隣接する", "隣の", "近くの", "周辺の", "ほかの", "他の", "近隣", "周辺")
_MOST_LISTED = 40


def _own_among_others(context: CheckContext, own: str) -> Iterator[Violation]:
    kind = next((one for one in _KINDS if own.endswith(one)), "")
    for written in all_printed_texts(context) if kind and own != kind else ():
        start = written.text.find(own)
        if start >= 0 and _is_among_others(half_width(written.text), start, own, kind):
            quote = quoted_with_neighbors(written.text, start, start + len(own))
            yield written.violation(
                start,
                f"{quote}では、自分の「{own}」がほかの{kind}に数えられています。",
                "並べた名前を確かめて直してください。",
                actual=own,
            )


def _is_among_others(plain: str, start: int, own: str, kind: str) -> bool:
    """Whether the own name at a place is one of a list that is said to be of others."""
    first, last = sentence_around(plain, start, start)
    before, behind = plain[first:start], plain[start + len(own) : last]
    if behind.startswith(_JOINTS) and before.endswith(_NEIGHBOURS) and kind in behind[:_MOST_LISTED]:
        return True
    others = tuple(f"{word}{kind}" for word in ("他", "他の", "ほかの", "近隣", "近隣の", "各"))
    opened = before.rpartition("(")
    in_bracket = opened[0].endswith(others[:-1]) and ")" not in opened[2] and ")" in behind
    listed, such, rest = behind[:_MOST_LISTED].partition("など")
    is_listed = such and listed.startswith(_JOINTS) and rest.removeprefix("の").startswith(others[:3])
    return bool(in_bracket or is_listed)


_ANNOUNCED = ("次のとおり", "次の通り", "下記のとおり", "下記の通り", "以下のとおり", "以下の通り")
_ENDS = ("", "である", "です", "であった", "となった", "となっている")


@rule(
    "WO75",
    Family.WORDING,
    Severity.WARNING,
    "「次のとおり」の後に何もありません",
    why="「結果は次のとおりである」の後に表も行もないと、読み手は書き忘れだと思います。",
    remedy="続く行か表を入れるか、文を直してください。",
    superseded_by=("CO57", "CO69", "WO20", "WO22"),
)
def announced_list_is_missing(context: CheckContext) -> Iterator[Violation]:
    """The last line of an item without tables ends in 次のとおり or 以下のとおり."""
    texts = list(printed_lines(context))
    with_tables = {table.table.item for table in context.own_tables}
    for written, behind in zip_longest(texts, texts[1:]):
        is_last = behind is None or behind.item.id != written.item.id
        if is_last and written.item.id not in with_tables and (words := _announced(written)):
            start = written.text.rfind(words)
            quote = quoted_with_neighbors(written.text, start, len(written.text))
            yield written.violation(
                start,
                f"{quote}の後に、行も表もありません。",
                "続く行か表を入れるか、文を直してください。",
                actual=words,
            )


def _announced(written: PrintedText) -> str:
    """次のとおり at the end of a text, '' for none."""
    text = written.text.rstrip().rstrip("。:：")
    for end in _ENDS:
        found = next((one for one in _ANNOUNCED if text.endswith(one + end)), "")
        if found:
            return found
    return ""
