"""How many issues of a paper a sentence counts beside those that it names: 8月号と9月号の3号 (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import all_printed_texts, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ISSUE = r"[^。、\d]{0,16}\d{1,2}\s*月号"
_JOINT = r"\s*(?:、|・|と|及び|および|並びに)\s*"
_NAMED = LazyPattern(
    rf"(?P<issues>(?:{_ISSUE}{_JOINT})+{_ISSUE})\s*の\s*(?:合計|計|全)?\s*(?P<count>\d{{1,2}})\s*(?:号|回|紙|誌|媒体|つ)",
    contains=r"月号\s*の\s*(?:合計|計|全)?\s*\d",
)
_EVERY_MONTH = LazyPattern(
    r"(?<!\d)(?P<first>\d{1,2})\s*月号?\s*(?:から|[~〜])\s*(?P<last>\d{1,2})\s*月号(?:まで)?(?:を|は)?、?\s*毎月"
    r"[^。\d]{0,12}(?P<count>\d{1,2})\s*(?:号|回|部(?!数)|誌)",
    needs="毎月",
)
_MONTHS_OF_YEAR = 12


@rule(
    "CO108",
    Family.AGREEMENT,
    Severity.WARNING,
    "号の数が、並べた号と合いません",
    why="「8月号と9月号の3号」「4月号から12月号まで毎月、計8回」と書けば、読み手は号を数えます。",
    remedy="号の数と、並べた号のどちらが正しいか確かめて直してください。",
    superseded_by=("CO08", "CO39", "CO72"),
)
def issues_are_miscounted(context: CheckContext) -> Iterator[Violation]:
    """8月号と9月号の3号, 4月号から12月号まで毎月発行し、計8回: there are more or fewer issues than that."""
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in (*_NAMED.finditer(plain), *_EVERY_MONTH.finditer(plain)):
            named = found.groupdict().get("issues")
            months = 0 if named else int(found["last"]) - int(found["first"])
            count = named.count("月号") if named else months % _MONTHS_OF_YEAR + 1
            if int(found["count"]) != count:
                quote = quoted_with_neighbors(written.text, found.start(), found.end())
                yield written.violation(
                    found.start("count"),
                    f"{quote}の号は {count} つです。",
                    "号の数と、並べた号を確かめ、違う方を直してください。",
                    actual=found["count"],
                    expected=str(count),
                )
