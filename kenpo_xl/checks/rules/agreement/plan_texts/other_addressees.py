"""A line with the words of its item's plan, but for who they are about (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import printed_lines, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Each line: who or what may be mistaken for one another.
_KINDS_TEXT = """
被保険者 被扶養者 加入者 事業主
乳幼児 高齢者 未就学児 妊産婦 若年者
健診機関 医療機関 調剤薬局 年金事務所 施術所 特定保健指導機関
生活習慣病予防健診 特定健診 がん検診 歯科健診 事業者健診
未治療者 治療中の者 未受診者 受診者
未宣言事業所 宣言事業所 未登録事業所 登録事業所 新規加入事業所 小規模事業所 大規模事業所
"""
_KINDS = tuple(tuple(line.split()) for line in _KINDS_TEXT.strip().split("\n"))
_KIND_BY_NAME = {name: kind for kind in _KINDS for name in kind}
_NAME = LazyPattern("|".join(sorted(_KIND_BY_NAME, key=len, reverse=True)))
_BEHIND = 5


@rule(
    "CO132",
    Family.AGREEMENT,
    Severity.INFO,
    "計画の文と同じ所で、対象が計画と違います",
    why="計画が「乳幼児を扶養する」なのに文が「高齢者を扶養する」だと、対象を変えたのか読み手に分かりません。",
    remedy="計画の文と対象を確かめて、違えば直してください。",
    superseded_by=("CO41", "CO58", "CO101", "CO102", "WO20", "WO77", "WO82"),
)
def plan_is_about_others(context: CheckContext) -> Iterator[Violation]:
    """Five letters behind who a line is about are in its item's plan, but behind another of the same kind.

    The plan does not have them behind the line's own word.
    """
    for item in context.own_items:
        plan = "|".join(normalized(text) for block in item.blocks for text in block.sentences)
        for written in printed_lines(context, item.id):
            plain = half_width(written.text)
            for found in _NAME.finditer(plain):
                behind = normalized(plain[found.end() : found.end() + 2 * _BEHIND])[:_BEHIND]
                if len(behind) < _BEHIND or behind not in plan or found[0] + behind in plan:
                    continue
                others = (one for one in _KIND_BY_NAME[found[0]] if one != found[0] and one + behind in plan)
                other = next(others, "")
                if other and other not in plain:
                    yield written.violation(
                        found.start(),
                        f"{quoted_with_neighbors(written.text, *found.span())}の「{found[0]}」は、"
                        f"計画の文では「{other}」です。",
                        "計画の文と対象を確かめて、違えば直してください。",
                        actual=found[0],
                        expected=other,
                    )
                    break
