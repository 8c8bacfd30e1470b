"""Words that explain a date of another time than the period's; they act on their clause."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.language.clauses import Clause, clause_around
from kenpo_xl.domain.language.dates.dates_in_text import ERA, NamedDate, western_year
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

# Words of a header, a clause or the words before its bracket for what was before.
_BEFORE = AnyOf("前年|昨年|前回|前期|前々|過去|当時|参考|同期|同月|以前|以来|従来|比べ|比較|比して|対比|経緯")
# Words for what is to come.
_AHEAD = AnyOf(
    "予定|見込|計画|目標|今後|来年|翌|次年|次回|次期|以降|予告|期限|満了|向け|施行|改正|将来|めど|目途|方針"
    "|備え|見据え|先立|控え"
)
# What an office begins once and for all: the date of it is that of another year.
_FOUNDED = AnyOf(
    "締結|協定|制定|設置|設立|開設|発足|公布|告示|施行|改正|改定|改訂|創設|廃止|移転|就任|委嘱|導入"
)
# After the date of a named event or document, a birthday, or a compared value.
_NAMED_BY_DATE = LazyPattern(
    r"付|(?:(?:\d{1,2}日)?以[前降後]に?|から[^。、]{1,20})?生ま?れ|以[降前来]|(?:の[^、。をにが]{0,10}?|[一-龯]{0,6}?)(?:豪雨|台風|大雨|地震|震災|通知|通達|告示|事務連絡|拡大"
    r"|改正|改定|見直し|変更|報告書?|調査|公表|策定|作成)(?!書を)|の[^、。]{0,8}を[上下]回|[にと]比|比[でべ較]"
)
# From then on, where no date follows.
_FROM = LazyPattern(r"(?:から|より)(?!\s*(?:令和|\d))")
# Behind the bracket with a date alone: 様式改定(令和5年1月)以降.
_SINCE_BRACKET = (
    *("以降", "以来", "以後", "以前", "から", "より", "に伴", "による", "によって", "に合わせ", "を受け"),
    *("を契機", "を機に", "を踏まえ", "前の", "後の", "前に", "後に", "前は", "後は", "後、"),
)
_OF_A_DATE = " 末日上中下旬0123456789"
_CLOSE_BEHIND = 16
# 令和5年12月から令和6年11月までの1年間, and the data of it.
_SPAN = LazyPattern(
    r"(?:から|より)[^。、]{4,14}まで(?:に)?の\s*(?:\d+\s*(?:年|か月|ヶ月)|[^。、]{0,4}(?:レセプト|診療|データ))",
    needs=("までの", "までにの"),
)
# 令和5年度下期とは、令和5年10月から令和6年3月までをいう.
_DEFINED = LazyPattern(
    r"(?:を|と)(?:いう|いい|指す|指し)|のことである", needs=("いう", "いい", "指", "のこと")
)
# A verb in the past before a noun: 令和6年2月に作成した動画を.
_OF_A_NOUN = LazyPattern(
    r"[しれっいけめえみりせべきんち]た(?=[一-龯ァ-ヶA-Za-z「『]|もの(?!の))(?!結果|後|際|上|旨|他|為|所)"
)
_NOT_DONE = LazyPattern(
    r"[るうくすつむぶ](?=こと|ため|旨|もの|よう|まで|[、。)]|\s*$)"
    r"|まで(?:に|を|の(?!実績|累計|件数|状況|合計)|、|$)"
    r"|(?<!に[関対要])(?:する|行う|なる|れる|まる|める|える|きる|わる|つ)(?=[一-龯ァ-ヶ「『])"
)
_DONE = LazyPattern(r"た(?=[、。]|ほか|が|\s*$)", needs="た")
_FISCAL_YEAR = LazyPattern(rf"(?P<era>{ERA}|R)\s*(?P<year>\d{{1,2}}|元)\s*年度", needs="年")
_UP_TO = LazyPattern(r"\s*(?:末|[上中下]旬|\d+日)?\s*(?:まで|現在|時点)?\s*$")


def has_word_of_other_time(words: str) -> bool:
    """Whether a header is about another time."""
    return _BEFORE.is_in(words) or _AHEAD.is_in(words) or _FOUNDED.is_in(words)


def is_date_of_another_year(named: NamedDate, year: FiscalYear) -> bool:
    """Whether a date with a year of its own is not of a fiscal year."""
    return named.year is not None and named.is_possible and not year.contains(named.month_in(year))


def is_date_of_other_time(text: str, named: NamedDate) -> bool:
    """Whether the clause of an as-of month says that it is not that of the period."""
    return is_text_span_of_other_time(text, named.start, named.end)


def is_text_span_of_other_time(text: str, start: int, end: int) -> bool:
    """The same of any words of a text."""
    clause = clause_around(text, start, end)
    return _BEFORE.is_in(clause.whole) or _AHEAD.is_in(clause.whole) or _FOUNDED.is_in(clause.own)


def is_other_year_explained(text: str, dates: Sequence[NamedDate], fiscal_year: FiscalYear) -> bool:
    """Whether the words around the first of `dates` explain why it is outside a fiscal year."""
    named, *after = dates
    clause = clause_around(text, named.start, named.end)
    rest = clause.after.lstrip(" 上中下旬末頃")
    spans = rest.startswith("~") and after and fiscal_year.contains(after[0].month_in(fiscal_year))
    if spans or _SPAN.match(rest) or _BEFORE.is_in(clause.whole) or _NAMED_BY_DATE.match(rest):
        return True
    year = fiscal_year.of(named.month_in(fiscal_year))
    if year in fiscal_years_named(clause.outside) or _is_point_or_definition(text, named, clause):
        return True
    if year < fiscal_year:
        return _is_past_explained(clause)
    return _is_future_explained(clause)


def _is_point_or_definition(text: str, named: NamedDate, clause: Clause) -> bool:
    """Whether a date in a bracket is one since when something is so, or part of what a word means."""
    inside, closing, behind = half_width(text[named.end : named.end + _CLOSE_BEHIND]).partition(")")
    is_point = closing and not inside.strip(_OF_A_DATE) and behind.lstrip().startswith(_SINCE_BRACKET)
    return bool(is_point) or _DEFINED.search(clause.sentence_after) is not None


def _is_past_explained(clause: Clause) -> bool:
    """Whether something was founded then, goes on from then, or is named by a clause before a noun."""
    return bool(_FOUNDED.is_in(clause.own) or _FROM.search(clause.after) or _OF_A_NOUN.search(clause.after))


def _is_future_explained(clause: Clause) -> bool:
    """Whether it is planned, or a sentence without a verb in the past; else its clause counts."""
    if _UP_TO.fullmatch(clause.after) and clause.outside:
        return _AHEAD.is_in(clause.outside) or _AHEAD.is_in(clause.before)
    after = clause.after if _DONE.search(clause.sentence_after) else clause.sentence_after
    words = f"{clause.outside}|{clause.before}|{after}"
    return _AHEAD.is_in(words) or _NOT_DONE.search(after) is not None


def is_another_year_named(text: str, fiscal_year: FiscalYear) -> bool:
    """Whether a text names another fiscal year by number, or 前年 and the like."""
    return _BEFORE.is_in(text) or any(year != fiscal_year for year in fiscal_years_named(text))


def fiscal_years_named(text: str) -> list[int]:
    """The fiscal years that a text names by number, in their order: 令和6年度."""
    return [western_year(one["era"], one["year"]) for one in _FISCAL_YEAR.finditer(half_width(text))]
