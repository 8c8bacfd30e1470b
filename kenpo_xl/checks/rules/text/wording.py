"""Rules on wording (表記): variants of preferred words and unfinished sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.preferred_terms import is_minor_variant, term_uses, texts_with_variants
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, printed_lines, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.unsafe_characters import Oddity, UnsafeCharacter, unsafe_characters
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.time.fiscal_calendar import ERAS

_ERA = "|".join(name for name, _, _ in ERAS)
_REPAIRED = "「直す」を押すと、まとめて直せます。"
_OFFERED = "「直す」を押し、一覧で印を付けても直せます。"


@rule(
    rule_codes.TERM,
    Family.WORDING,
    Severity.WARNING,
    "用語の書き方がそろっていません",
    why="同じものがいくつもの名前で書かれると、別のものに見えます。どの書き方にするかは計画ブックの「用語」にあります。",
    remedy="「用語」の書き方に直してください。「直す」の一覧でも直せます（「用語」で「自動」でないものは、印を付けたものだけ）。",
)
def term_is_a_variant(context: CheckContext) -> Iterator[Violation]:
    """A variant in 用語 that is not part of another word; one finding for each sheet."""
    return _term_violations(context, minor=False)


@rule(
    rule_codes.MINOR_TERM,
    Family.WORDING,
    Severity.INFO,
    "用語の書き方がそろっていません（計画にもある書き方など）",
    why="計画の文にも出てくる書き方と、「用語」の「重さ」が参考の書き方は、そのままでも読み手は困りませんが、そろえると読みやすくなります。",
    remedy="そろえるときは「用語」の書き方に直してください。",
)
def term_is_a_minor_variant(context: CheckContext) -> Iterator[Violation]:
    """A variant that the plan itself uses, or one of a term whose 重さ is 参考."""
    return _term_violations(context, minor=True)


def _term_violations(context: CheckContext, *, minor: bool) -> Iterator[Violation]:
    """The variants that are minor or not, in the order of 用語; one for each sheet."""
    for (use, _), places in context.computed_once(_uses_by_variant_and_sheet).items():
        if is_minor_variant(context, use[0], use[1]) == minor:
            yield _term_violation(use[0], use[1], places, "そろえるときは" if minor else "")


_Uses = dict[tuple[tuple[Term, str], str], list[tuple[PrintedText, int]]]


def _uses_by_variant_and_sheet(context: CheckContext) -> _Uses:
    """The places of each variant by sheet, in the order of 用語."""
    found: _Uses = {}
    terms, printed = context.plan.terms, all_printed_texts(context)
    with_variants = texts_with_variants((one.text for one in printed), terms)
    for written in (one for one in printed if one.text in with_variants):
        for use in term_uses(written.text, terms):
            place = ((use.term, use.variant), written.source.sheet)
            found.setdefault(place, []).append((written, use.start))
    order = {term.preferred: number for number, term in enumerate(context.plan.terms)}
    return dict(sorted(found.items(), key=lambda one: order[one[0][0][0].preferred]))


def _term_violation(term: Term, variant: str, places: list[tuple[PrintedText, int]], when: str) -> Violation:
    (written, start), *others = places
    cells = list(dict.fromkeys(one.source_at(at).cell for one, at in others))
    more = f"（ほかに {'、'.join(cells)}）" if cells != [written.source_at(start).cell] and cells else ""
    return written.violation(
        start,
        f"「{variant}」は「{term.preferred}」と書くことになっています{more}。",
        f"{when}「{term.preferred}」に直してください。{_REPAIRED if term.is_automatic else _OFFERED}",
        actual=variant,
        expected=term.preferred,
    )


_YEAR_OF_PART = LazyPattern(r"年(?=\s*(?:[上下]|第))", needs="年")
_HALF_YEAR = LazyPattern(
    rf"(?:{_ERA})\s*(?:\d+|元)\s*年\s*(?:[上下]半?期|第\s*[1-4]\s*四半期)",
    needs=("上期", "上半期", "下期", "下半期", "四半期"),
)


@rule(
    "WO09",
    Family.WORDING,
    Severity.INFO,
    "「年度」が「年」になっています",
    why="「令和5年下期」は、年度の下期（10月～3月）と暦の年の後半のどちらにも読めます。",
    remedy="年度のことなら「令和5年度下期」と書いてください。",
)
def half_of_a_calendar_year(context: CheckContext) -> Iterator[Violation]:
    """上期, 下期 and quarters belong to a fiscal year: 令和5年下期 lacks 度."""
    for written in all_printed_texts(context):
        for found in _HALF_YEAR.finditer(half_width(written.text)):
            quote = quoted(written.text[found.start() : found.end()])
            expected = _YEAR_OF_PART.sub("年度", quote[1:-1])
            yield written.violation(
                found.start(),
                f"{quote}は「{expected}」のことですか。",
                f"年度のことなら「{expected}」に直してください。",
                actual=quote[1:-1],
                expected=expected,
            )


_REACH = 100
_WITH_OBJECT = LazyPattern(
    r"\s*に(?![^、。]*(?:[るうくすぐぶむつた]|を\s*)[一-龯ァ-ヶーの]*を)[^、。\n]+を\s*"
)
_WITHOUT_OBJECT = LazyPattern(r"\s*に(?![^、。\n]{1,20}を)")


@rule(
    "WO10",
    Family.WORDING,
    Severity.WARNING,
    "1 つのことに日付が 2 つ付いています",
    why="「5月28日に協議会を7月24日に、」のような文は、書き直しの跡が残ったもので、どちらが正しいか分かりません。",
    remedy="正しい日付だけを残し、文の切れ目に「、」を入れてください。",
)
def one_action_has_two_dates(context: CheckContext) -> Iterator[Violation]:
    """A date with に, an object with を and no comma, and a second date with に.

    Not where the second date has an object of its own (6月20日に第1回を9月20日に第2回を発送), nor where the
    first one is that of a clause before the object (2月に広報を行う契約を12月に).
    """
    for written in printed_lines(context):
        plain = half_width(written.text)
        dates = dates_in(plain)
        for first, second in pairwise(dates):
            between = plain[first.end : second.start].strip()
            is_with_object = between.startswith("に") and between.endswith("を")
            if (
                is_with_object
                and _WITH_OBJECT.fullmatch(between)
                and _WITHOUT_OBJECT.match(plain[second.end : second.end + _REACH])
            ):
                quote = quoted(written.text[first.start : second.end + 1])
                yield written.violation(
                    first.start,
                    f"{quote}は、1 つのことに日付が 2 つ付いています。",
                    "正しい日付だけにするか、文を分けてください。",
                    actual=quote[1:-1],
                )


_NO_PARTICLE = LazyPattern(
    r"[^\W\d_ぁ-ん]{0,8}(?:向け|あて|宛て?)対し", needs=("向け対し", "あて対し", "宛対し", "宛て対し")
)


@rule(
    "WO12",
    Family.WORDING,
    Severity.WARNING,
    "「に」が抜けています",
    why="「事業所向け対し」のような文は、書き直しの跡が残ったものです。",
    remedy="「向けに」か「に対し」のどちらかに直してください。",
)
def particle_is_missing(context: CheckContext) -> Iterator[Violation]:
    """向け, あて or 宛て right before 対し; 向けに対し is a matter of taste and stays silent."""
    for written in all_printed_texts(context):
        for found in _NO_PARTICLE.finditer(written.text):
            yield written.violation(
                found.start(),
                f"{quoted(found[0])}は「に」が抜けています。",
                "「向けに」か「に対し」に直してください。",
                actual=found[0],
            )


@rule(
    rule_codes.ODD_LETTER,
    Family.WORDING,
    Severity.WARNING,
    "ほかの PC で読めない字や、見えない文字があります",
    why="外字や PDF から写した部首の字は、ほかの PC や紙では別の字や空白になり、検索からも漏れます。",
    remedy="正しい字を入れ直してください。部首の字と見えない文字のうち、確かなものは「直す」でも直せます。",
)
def odd_letter(context: CheckContext) -> Iterator[Violation]:
    """Gaiji (U+E000 …), 〓, U+FFFD, radicals and compatibility letters from a PDF, 一 for ー, unseen ones.

    Also simplified Chinese ones and what is left of text that was read with another encoding.

    One finding for a text, which names up to three different ones. Not ① ㈱ ㎡ ～ − and half-width katakana,
    nor compatibility ideographs and variants (IVS) that are chosen for names.
    """
    for written in all_printed_texts(context):
        found = {odd.letter: odd for odd in reversed(list(unsafe_characters(written.text)))}
        odd = sorted(found.values(), key=lambda one: one.start)
        if odd:
            more = f"ほかに {len(odd) - _NAMED} 種類の字があります。" if len(odd) > _NAMED else ""
            facts = "".join(_odd_letter_message(written.text, one) for one in odd[:_NAMED])
            hint = "正しい字を入れ直してください。"
            if any(one.certain for one in odd):
                hint = "「直す」を押すと、決まった字と見えない文字は直ります。ほかは入れ直してください。"
            if all(one.certain for one in odd):
                hint = "「直す」を押すと直ります。"
            yield written.violation(
                odd[0].start, facts + more, hint, actual=odd[0].code_point, expected=odd[0].right
            )


_NAMED = 3
_AROUND = 6
_ODDITIES = {
    Oddity.GAIJI: "に外字（{code}）があり、ほかの PC では読めません。",
    Oddity.LOST: "に読めなくなった字（{code}）があります。",
    Oddity.GETA: "に、字の代わりの「〓」（{code}）があります。",
    Oddity.RADICAL: "の「{letter}」（{code}）は漢字ではなく部首の字です{right}。",
    Oddity.COMPATIBLE: "の「{letter}」（{code}）は、ふつう使わない字です{right}。",
    Oddity.UNSEEN: "に見えない文字（{code}）があります。",
    Oddity.REVERSING: "に、字の並びを逆にする見えない文字（{code}）があります。",
    Oddity.LOOK_ALIKE: "の「一」（{code}、漢数字）は、長音の「ー」ではありませんか。",
    Oddity.FOREIGN: "の「{letter}」（{code}）は、日本語では使わない字です{right}。",
    Oddity.GARBLED: "に文字化けがあります。",
}


def _odd_letter_message(text: str, odd: UnsafeCharacter) -> str:
    """The message for an odd letter, with the words around it."""
    first = max(odd.start - _AROUND, 0)
    place = f"{odd.start + 1} 文字目、{quoted(text[first : odd.start + _AROUND + 1])}"
    right = f"（正しくは「{odd.right}」）" if odd.right else ""
    return place + _ODDITIES[odd.kind].format(letter=odd.letter, code=odd.code_point, right=right)


_COUNTED = "件|人|名|回|か所|機関|事業所|市町村|通|部|日|月|円|千円|％|%"
_BLANK = LazyPattern(
    r"(?:(?<=\S)(?:\u3000{2,}| {3,}|[（(][ \u3000]*[）)]\s*)|(?:[○〇●×■▲△]{2,}|[＊*]{2,}|[XＸ]{2,})\s*)"
    rf"(?={_COUNTED})"
)


@rule(
    "WO13",
    Family.WORDING,
    Severity.WARNING,
    "数を入れる所が空いたままです",
    why="様式にある「　　　件」の空きに数が入っていないまま印刷されます。",
    remedy="数を入れてください。書くことがなければ、その文を消してください。",
)
def placeholder_is_left(context: CheckContext) -> Iterator[Violation]:
    """Wide spaces, empty brackets or ○○ right before a unit or 月, in place of a number."""
    for written in printed_lines(context):
        for found in _BLANK.finditer(written.text):
            start = max(0, found.start() - 12)
            yield written.violation(
                found.start(),
                f"{quoted(written.text[start : found.end() + 4])}の空きに数が入っていません。",
                "数を入れてください。書くことがなければ、この文を消してください。",
            )
