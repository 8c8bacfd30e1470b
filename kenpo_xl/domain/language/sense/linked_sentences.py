"""Sentences whose joint does not fit them: 勧奨を徹底した。その結果、受診者は減少した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.sense.outcomes import sign_of_outcome
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord

_AGAINST = (
    "しかし",
    "しかしながら",
    "ところが",
    "だが",
    "けれども",
    "とはいえ",
    "それにもかかわらず",
    "それでも",
)
_CAUSES = (
    *("そのため", "このため", "その結果", "この結果", "これにより", "これによって", "したがって", "よって"),
    *("それにより", "このことから", "こうした取組により", "これらの取組により"),
)
_ANY = "|".join(sorted((*_AGAINST, *_CAUSES), key=len, reverse=True))
_JOINTS = LazyPattern(
    rf"(?P<first>[^。\n]+)。\s*[・•]?(?P<joint>{_ANY})(?:に)?、?(?P<then>[^。\n]+)",
    needs=(*_AGAINST, *_CAUSES),
)
_JOINED_CLAUSES = LazyPattern(
    r"(?P<first>[^。\n、]*(?:た|る|い))(?P<joint>(?:もの)の|にもかかわらず|にも関わらず|ため|ことから|ことにより|結果)、(?P<then>[^。\n]+)",
    needs=("の、", "ず、", "ため、", "から、", "より、", "結果、"),
)
_EFFORT = AnyOf(
    "強化|徹底|充実|十分|丁寧|厳格|拡充|拡大し|積極的|きめ細か|増やし|増員|延長し|入念|綿密|早めに|定期的に"
)
_DEED = LazyPattern(
    r"(?:[^\W\dぁ-ん]した|を?行った|を図った|に努めた|を進めた|を開いた|を送った|を配った)$", needs=("た",)
)
_DONE = ("た", "実施", "開催", "徹底", "開始", "共有", "発送", "送付", "掲載", "依頼", "配布", "周知")
# A deed that could as well have had the contrary effect.
_ADVERSE = AnyOf(
    "減ら|縮|短|廃止|取りやめ|限定|限り|限ら|絞|休止|のみ|だけ|抑|変更|夜|遠方|遠い|不足|不調|不安|不十分|未だ|未実施|未達"
    "|ない|なか|ず|当初|懸念|想定|雨|荒|困難|初めて|急き|急遽|急な|厳し|少な|削|前年|昨年|一部|代わ|代替|移行|停止|中止"
    "|延期|見送|混雑|続いて|滞|課題|問題"
)
_REMEDY = AnyOf(
    "対策|見直|強化|代わ|代え|切り替|変更|追加|再度|工夫|取り組|働きかけ|努め|増やし|実施し|行い|講じ|設け|改め|重ね|図り|個別|支援|配置|増員|応援|派遣|補"
)
_OTHER_TIME = AnyOf("前年度は|昨年度は|前年は|昨年は|前回|当初|これまで|従来|一時")
_CHOSEN = AnyOf("中止|延期|見送|取りやめ")
_SOUGHT = AnyOf("申込|申し込|応募|参加|需要|希望者|好評|好調|満席|定員に達")
_CUT = LazyPattern(
    r"(?:回数|定員|会場|枠|部数|窓口|対象)(?:数)?を(?:減ら|縮小)|(?:翌年度|次年度|来年度|次回|次期)[^。]{0,12}(?:中止|取りやめ|廃止)"
)


def ill_linked_sentences(text: str) -> Iterator[SpanAndWord]:
    """Start and end of two sentences or clauses, and the joint between them that does not fit.

    しかし between two that are both good or both poor, or between what was done and how well it went;
    そのため between a lack and a gain, an effort and a loss, or a great demand and a cut.
    """
    plain = half_width(text)
    for pattern in (_JOINTS, _JOINED_CLAUSES):
        for found in pattern.finditer(plain):
            if _is_conjunction_unfit(found["first"].strip(), found["joint"], found["then"].strip()):
                yield found.start(), found.end(), found["joint"]


def _is_conjunction_unfit(first: str, joint: str, then: str) -> bool:
    is_against = joint in _AGAINST or joint in ("ものの", "にもかかわらず", "にも関わらず")
    if not is_against:
        return _is_no_cause(first, then)
    one, other = sign_of_outcome(first), sign_of_outcome(then)
    if one:
        return one == other
    return joint in _AGAINST and other > 0 and _is_clause_about_deed(first) and not _ADVERSE.is_in(first)


def _is_clause_about_deed(clause: str) -> bool:
    return clause.endswith(_DONE[1:]) or _DEED.search(clause) is not None


def _is_no_cause(first: str, then: str) -> bool:
    """Whether what is said to be the effect of a clause is the contrary of what it can give."""
    one, other = sign_of_outcome(first), sign_of_outcome(then)
    if _OTHER_TIME.is_in(first):
        return False
    if one < 0:
        return other > 0 and not _REMEDY.is_in(then)
    if one > 0 and _SOUGHT.is_in(first) and _CUT.search(then):
        return True
    is_for_the_better = one > 0 or (_EFFORT.is_in(first) and not _ADVERSE.is_in(first.replace("十分", "")))
    return is_for_the_better and other < 0 and first.endswith(_DONE) and not _CHOSEN.is_in(then)
