"""Numbers that a sentence says the plan has, where the plan has others (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

# What says that the plan is named: 計画では…としている, 計画のとおり, 年3回とした計画.
_NAMES_PLAN = LazyPattern(
    r"計画(?:では|のとおり|どおり、|に(?:掲げ|定め|沿|基づ)|で定め)|(?:とする|とした|という)計画|サービススタンダード",
    needs=("計画", "サービススタンダード"),
)
_NUMBER = LazyPattern(
    r"(?P<before>年|月|週|後)?(?P<number>(?<![\d.,])\d[\d,.]*)(?P<unit>営業日|か月|歳|回|件|日|年|人|名|%|時間|分|社|事業所)(?P<behind>以内|以上|以下|未満|代)?(?!目|度)"
)
# What may rightly be another number than the plan's.
_OTHERWISE = AnyOf(
    "平均|変更|見直|前年|昨年|当初|中期|上回|下回|超え|ところ|に対し"
    "|実績|これまで|残|前倒|追加|増やし|減らし|次年度|来年度"
)
_GENERAL = frozenset(
    ("計画", "事業計画", "事業所", "加入者", "実施", "取組", "掲", "以上", "以下", "以内", "今年度", "本年度")
)
_LEAST_SHARED = 4
_NEAR = 12


@frozen
class PlanFigure:
    """A number that a sentence gives to the plan, and the one that is there."""

    start: int
    end: int
    right: str


def wrong_plan_figures(text: str, plan: str) -> Iterator[PlanFigure]:
    """Numbers of a text without blanks that the plan, a sentence a line, gives otherwise.

    年4回 where the plan of the same matter has 年3回; with 以内, 以上, 代 and the like, or 年, 月 before.
    """
    start = 0
    for sentence in text.split("。"):
        if _NAMES_PLAN.search(sentence) and not _OTHERWISE.is_in(sentence):
            for found in _NUMBER.finditer(sentence):
                right = _right_number(found, sentence, plan)
                if right:
                    yield PlanFigure(start + found.start(), start + found.end(), right)
        start += len(sentence) + 1


def _right_number(found: re.Match[str], sentence: str, plan: str) -> str:
    """The number of the same matter in the plan, '' where it is that of the text or not clear."""
    if not (found["before"] or found["behind"]) or found[0] in plan:
        return ""
    same = {
        one[0]
        for line in _lines_of_matter(sentence, found.start(), plan)
        for one in _NUMBER.finditer(line)
        if one.group("before", "unit", "behind") == found.group("before", "unit", "behind")
    }
    right = same.pop() if len(same) == 1 else ""
    return "" if right in sentence else right


def _lines_of_matter(sentence: str, place: int, plan: str) -> Iterator[str]:
    """The plan's sentences that share their names with a sentence, also the name before a place in it."""
    before = _long_names(sentence[max(0, place - _NEAR) : place])
    nearest = before[-1] if before and before[-1] not in _GENERAL else ""
    names = set(_long_names(sentence)) - _GENERAL
    for line in re.split(r"[。\n]", plan):
        if nearest in line and sum(len(name) for name in names if name in line) >= _LEAST_SHARED:
            yield line


def _long_names(text: str) -> list[str]:
    return [run for _, run in noun_runs(text) if len(run) > 1]
