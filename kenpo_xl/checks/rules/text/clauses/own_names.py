"""The office's own kind called another (支店 for 支部)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import are_words_in_plan
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    printed_lines,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end, is_noun_letter
from kenpo_xl.domain.language.names.bodies_elsewhere import PREFECTURES
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width, places_of, sentence_around

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

    And the own office among the others: 他の支部（埼玉支部、千葉支部）, 埼玉支部や千葉支部など他支部. Another
    group or office that is called the own one: 当業務グループ, 業務グループとして、, 当千葉支部. And a
    group of the office with another letter: 保険グループ for 保健グループ. And a company, or a body of
    another kind, as the writer: 弊社, 本市.
    """
    branch = context.plan.branch
    yield from _violations_for_own_among_others(context, branch)
    yield from _violations_for_others_called_own(context)
    yield from _violations_for_misspelt_groups(context)
    yield from _violations_for_own_companies(context)
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


_COMPANIES = alternatives(
    "弊社|小社|当社|わが社|我が社|貴社|御社|弊会|弊所|当行|当院|当校|当店|当園|当組合|当健保|当市|当町|当村"
)
_BODIES = ("当支部", "本市", "本組合")
"""How a branch, a town and a society call themselves; 本支部 is the head office and its branches."""


def _violations_for_own_companies(context: CheckContext) -> Iterator[Violation]:
    """弊社, 当院, 本市: the writer as a body that it is not; not in quotes, where others speak."""
    branch = context.plan.branch
    wrong = [one for one in _COMPANIES if one[1:].removesuffix("健保") not in branch or one[-1] == "社"]
    wrong += _names_of_other_bodies(context, branch)
    for written in printed_lines(context):
        text = written.text
        places = ((at, one) for one in wrong for at in places_of(text, one) if _is_own_company(text, at, one))
        if found := next(places, None):
            start, name = found
            quote = quoted_with_neighbors(text, start, start + len(name))
            yield written.violation(
                start,
                f"{quote}の「{name}」は、自分の職場の呼び方ではありません。",
                f"「{branch}」などに直してください。",
                actual=name,
            )


def _names_of_other_bodies(context: CheckContext, branch: str) -> list[str]:
    """The names of bodies of another kind than the office, whose kind is known; not what the plan writes."""
    bodies = _BODIES if branch.endswith(_KINDS) else ()
    return [one for one in bodies if one[1:] not in branch and not are_words_in_plan(context, one)]


def _is_own_company(text: str, start: int, name: str) -> bool:
    """Whether a word for the own company is a word of its own, and no one else says it."""
    behind = text[start + len(name) : start + len(name) + 1]
    before = text[max(0, start - 1) : start]
    return not (
        is_noun_letter(behind or "。")
        or is_noun_letter(before or "。")
        or has_open_pair_at_end(text[:start], QUOTES)
    )


def _names_of_another_kind(branch: str, kind: str) -> list[str]:
    """The names of an office, and 当 and 全国47, with each kind that is not its own."""
    names = (branch.removesuffix(kind), "当", "全国47")
    return [f"{name}{other}" for name in names for other in _OWN if name and other != kind]


_KINDS = ("支部", "市", "町", "村", "組合", "健保")
_JOINTS = ("、", "や", "・", "と", "及び", "および", "，")
_NEIGHBOURS = ("近隣の", "隣接する", "隣の", "近くの", "周辺の", "ほかの", "他の", "近隣", "周辺")
_MOST_LISTED = 40


def _violations_for_own_among_others(context: CheckContext, own: str) -> Iterator[Violation]:
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


_CALLED_OWN = ("当", "本", "弊", "わが", "我が", "私ども", "私たち", "我々", "われわれ")
_ROLES = ("として、", "としては、", "としても、", "の取組として", "の業務として、", "全員で", "一同で")
_INTENDS = (
    "ていく",
    "でいく",
    "を行う",
    "を図る",
    "に努める",
    "を進める",
    "を続ける",
    "を強化する",
    "に取り組む",
    "を徹底する",
)
_WITH_OTHERS = AnyOf("連携|協力|合同|共同|共有|依頼|引き継|他グループ|各グループ|ほか|及び")


def _violations_for_others_called_own(context: CheckContext) -> Iterator[Violation]:
    """Another group of the plan as the one who writes, and an office of the own kind as 当千葉支部."""
    group, branch = context.submission.group, context.plan.branch
    others = [one for one in context.plan.groups if one != group and group and one not in group]
    for written in printed_lines(context):
        for other in others:
            start = _place_of_own_role(written.text, other, group) if other in written.text else -1
            if start >= 0:
                yield _violation_for_name_called_own(written, start, other, group)
        found = _place_and_name_of_own_office(written.text, branch)
        if found:
            yield _violation_for_name_called_own(written, *found, branch)


def _violation_for_name_called_own(written: PrintedText, start: int, name: str, own: str) -> Violation:
    quote = quoted_with_neighbors(written.text, start, start + len(name))
    return written.violation(
        start,
        f"{quote}では、「{name}」が自分の職場のように書かれています。",
        f"「{own}」のことなら、名前を直してください。",
        actual=name,
        expected=own,
    )


def _place_of_own_role(text: str, other: str, group: str) -> int:
    """Where another group is the one who writes, -1 for nowhere."""
    for start in places_of(text, other):
        first, last = sentence_around(text, start, start)
        before, behind = text[first:start].lstrip("・•●■※ \u3000"), text[start + len(other) : last]
        is_part_of_name = is_noun_letter(behind[:1]) and not behind.startswith(_ROLES)
        if group not in before + behind and not is_part_of_name and _are_words_about_writer(before, behind):
            return start
    return -1


def _are_words_about_writer(before: str, behind: str) -> bool:
    """Whether the words around a group's name make it the one who writes: 当グループ（…）, …として."""
    if not before:
        return behind.startswith(_ROLES) or _is_own_plan(behind)
    called = tuple(f"{own}グループ(" for own in _CALLED_OWN[:3])
    return before.endswith(_CALLED_OWN) or half_width(before).endswith(called)


def _is_own_plan(behind: str) -> bool:
    """Whether what follows a group at the beginning of a sentence is what it will go on doing."""
    is_intended = behind.startswith(("では、今後", "では、引き続き", "においては、引き続き", "は、引き続き"))
    return is_intended and behind.endswith(_INTENDS) and not _WITH_OTHERS.is_in(behind)


def _place_and_name_of_own_office(text: str, branch: str) -> tuple[int, str] | None:
    """Where 当千葉支部 or 当若葉健保 names an office that is not the own one, and its name."""
    kind = next((one for one in ("支部", "健康保険組合") if branch.endswith(one)), "")
    own = branch.removesuffix(kind)
    for word in ("当", "わが", "我が", "弊") if kind else ():
        for start in places_of(text, word):
            rest = text[start + len(word) : start + len(word) + _LONGEST_NAME]
            name = next((rest[: rest.find(end)] for end in (kind, "健保") if rest.find(end) > 1), "")
            if own not in name and _is_name_of_office(name, kind):
                return start + len(word), name
    return None


def _is_name_of_office(name: str, kind: str) -> bool:
    """Whether the letters between 当 and 支部 are a name, and 当 no part of a word (当該, 当初)."""
    if kind == "支部":
        return name in PREFECTURES
    return bool(name) and all(map(is_noun_letter, name)) and name[0] not in "該初時日面然期年"


_LONGEST_NAME = 12


_SHORTEST_GROUP = 5
_OF_OTHER_OFFICES = AnyOf("本部|他支部|各支部|他の|ほかの|県|都道府|厚生労働省|労働局|旧|近隣")


def _violations_for_misspelt_groups(context: CheckContext) -> Iterator[Violation]:
    """Names that differ by one letter from a group of the office, which no text of the plan has."""
    groups = [one for one in context.plan.groups if len(one) >= _SHORTEST_GROUP]
    for written in printed_lines(context):
        for group in groups:
            start = _place_of_near_name(written.text, group)
            if start < 0:
                continue
            name = written.text[start : start + len(group)]
            if not are_words_in_plan(context, name) and not any(name in one for one in context.plan.groups):
                quote = quoted_with_neighbors(written.text, start, start + len(name))
                yield written.violation(
                    start,
                    f"{quote}の「{name}」は、計画にある「{group}」と 1 字違います。",
                    f"「{group}」のことなら、直してください。",
                    actual=name,
                    expected=group,
                )
                break


def _place_of_near_name(text: str, group: str) -> int:
    """Where a word differs from a group's name by one letter, -1 for nowhere; one half of it is right."""
    boundary = len(group) // 2
    for half, offset in ((group[:boundary], 0), (group[boundary:], boundary)):
        for at in places_of(text, half):
            start = at - offset
            if start >= 0 and _is_near_name(text, start, group):
                return start
    return -1


def _is_near_name(text: str, start: int, group: str) -> bool:
    end = start + len(group)
    name = text[start:end]
    if len(name) < len(group) or sum(map(str.__ne__, name, group)) != 1:
        return False
    is_word = not is_noun_letter(text[start - 1 : start] or "、") and not is_noun_letter(
        text[end : end + 1] or "、"
    )
    first, last = sentence_around(text, start, end)
    return is_word and all(map(is_noun_letter, name)) and not _OF_OTHER_OFFICES.is_in(text[first:last])
