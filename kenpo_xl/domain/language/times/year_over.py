"""The year of a report told as over before its end: 今年度末の時点で…減った, 1年間の成果を取りまとめた."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.language.dates.dates_in_text import ERA, dates_in, western_year
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan
from kenpo_xl.domain.time.fiscal_calendar import Month

_THIS_YEAR = rf"(?:[今本当]年度|(?P<era>{ERA})\s*(?P<in_era>\d{{1,2}}|元)\s*年度)"
_WHOLE = r"(?:年間|通年|(?:1\s*年|12\s*[かヶカ]\s*月)(?:間)?分?)"
_RESULT = r"(?:実績|件数|人数|回数|合計|総数|結果|集計|数値|傾向|成果|データ)"
_KNOWN = r"(?:確定し|そろっ|揃っ|出そろい|まとまっ|判明し|固まっ|となっ|であっ|だっ|に達し)"
# Each says that the year, or its end, is over.
_OVER = (
    LazyPattern(
        rf"{_THIS_YEAR}(?:の|を通じ(?:た|て)の?|を通した|全体の|分の)?[^。、\d]{{0,6}}{_WHOLE}の?{_RESULT}[^。]{{0,30}}?{_KNOWN}(?:た|て)",
        needs="年度",
    ),
    LazyPattern(
        rf"{_THIS_YEAR}を(?:通じ|通し)た[^。、\d]{{0,8}}{_RESULT}[^。]{{0,30}}?{_KNOWN}た", needs="年度"
    ),
    LazyPattern(rf"{_THIS_YEAR}[^。]{{0,30}}?1\s*年(?:間)?を終え(?:た|、|て)", needs="を終え"),
    LazyPattern(
        r"(?P<end>[今本当]年度)末(?:の(?:時点|段階)|現在|時点)?(?:で|に|には|では|までに)(?:は)?、?"
        r"(?:(?![るうくすぐぶむつた][^\W\dぁ-ん]|ため|ので|こと|から)[^。]){0,50}?(?:た|ました)(?=[。\s]|$)",
        needs="年度末",
    ),
    LazyPattern(
        rf"(?:{_THIS_YEAR}の)?(?<!\d)1\s*年間の(?:成果|取組|取り組み|実績|活動|事業)を[^。、]{{0,10}}?"
        r"(?:振り返っ|振り返り|取りまとめ|とりまとめ|まとめ|総括し)(?:た|、|て)",
        contains=r"1\s*年間の",
    ),
    LazyPattern(
        rf"{_THIS_YEAR}の第\s*4\s*四半期(?:は|では)、?(?:(?![るうくすぐぶむつた][^\W\dぁ-ん])[^。]){{0,50}}?"
        r"(?:た|ました)(?=[。\s]|$)",
        contains=r"第\s*4\s*四",
    ),
)
_AHEAD = AnyOf(
    "予定|見込|計画|目標|今後|こととし|方針|向け|準備|決定し|決め|決まっ|廃止|満了|期限|締切|よう|任期|契約"
    "|前年度末|昨年度末"
)
_OF_OTHER_YEAR = AnyOf("前年度|昨年度|前回|過去|翌年度|来年度|次年度")
_BEFORE, _BEHIND = 12, 6


def ends_of_year_called_too_early(text: str, report: ReportTime) -> Iterator[TextSpan]:
    """What a sentence says of a year that is not over yet as if it were; nothing in its last month."""
    plain = half_width(text)
    if "年" not in plain or Month.of(report.as_of) == report.fiscal_year.last:
        return
    for pattern in _OVER:
        for found in pattern.finditer(plain):
            first, end = sentence_around(plain, found.start(), found.end())
            before = plain[max(first, found.start() - _BEFORE) : found.start()]
            is_other = before.rstrip().endswith("年度の") or _OF_OTHER_YEAR.is_in(before)
            is_planned = _AHEAD.is_in(plain[found.start() : min(end, found.end() + _BEHIND)])
            is_planned |= bool(dates_in(plain[first : found.start()]))
            if not (is_other or is_planned) and _is_of_report_year(found, report):
                yield found.span()


def _is_of_report_year(found: re.Match[str], report: ReportTime) -> bool:
    """Whether the year that words name, if they do, is the report's."""
    groups = found.groupdict()
    if not groups.get("era"):
        return True
    return report.fiscal_year.at(western_year(groups["era"], groups["in_era"])) == report.fiscal_year
