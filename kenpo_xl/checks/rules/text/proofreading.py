"""Rules on words, with a dictionary (文章): wrong conversions and slips of the hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.known_texts import (
    USUALLY,
    Proofread,
    are_words_in_plan,
    found_in_texts,
    place_of_other_text_with_words,
)
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.broken_words import broken_words
from kenpo_xl.domain.language.dropped_particles import dropped_particles
from kenpo_xl.domain.language.exchanged_kanji import exchanged_kanji
from kenpo_xl.domain.language.form.near_compounds import misspelt_compounds
from kenpo_xl.domain.language.form.non_words import non_words
from kenpo_xl.domain.language.form.usual_slips import usual_slips
from kenpo_xl.domain.language.homophones import Homophone, ends_with_name_of_town, homophones
from kenpo_xl.domain.language.kana_slips import kana_slips
from kenpo_xl.domain.language.normalize import match_positions
from kenpo_xl.domain.language.office.misconversions import misconversions
from kenpo_xl.domain.language.office.misread_verbs import misread_verbs
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.word_slips import kanji_slips, katakana_slips
from kenpo_xl.domain.text_span import TextSpan

_AROUND = 6


@rule(
    "WO28",
    Family.WORDING,
    Severity.WARNING,
    "同じ読みの別の言葉に変換されています",
    why="「進捗官吏」のような変換の誤りは、読み上げても気付かず、そのまま評議会の資料に印刷されます。",
    remedy="ほかの所と同じ言葉のつもりなら、その字に直してください。",
    needs=Requirement.DICTIONARY,
)
def word_is_a_homophone(context: CheckContext) -> Iterator[Violation]:
    """A word that reads like one of the plan, the past or other lines, which is beside the same words there.

    Also a word that none of them has, where they often have the other spelling. A word that is
    right as often as the other is silent, and so are names and numbers. Also what no office writes, where
    the office vocabulary has a word that reads so.
    """
    yield from _homophone_violations(context, are_sure=True)


@rule(
    "WO47",
    Family.WORDING,
    Severity.INFO,
    "同じ読みの別の言葉のことかもしれません",
    why="辞書にある言葉でも、この報告ではめったに使わず、同じ読みの言葉をよく使うときは、変換の誤りかもしれません。",
    remedy="別の言葉のつもりだったときは、直してください。そのままでよければ、何もしなくて構いません。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO20", "WO28", "WO29", "WO30", "WO31", "WO39", "WO60", "WO92", "WO96"),
)
def word_may_be_a_homophone(context: CheckContext) -> Iterator[Violation]:
    """A word of the dictionary that an office seldom has, and that reads like one that it often has.

    Without the same phrase elsewhere it may as well be meant: 磁気, 官僚, 動揺.
    """
    yield from _homophone_violations(context, are_sure=False)


def _homophone_violations(context: CheckContext, *, are_sure: bool) -> Iterator[Violation]:
    """The homophones of all texts that are surely wrong, or those that may be meant."""
    for written, words in found_in_texts(context, "homophones", _homophones_of_text):
        reported: set[int] = set()
        for found in words:
            if found.is_sure != are_sure or found.start in reported:
                continue
            if ends_with_name_of_town(written.text, found.end):
                continue
            reported.add(found.start)
            if not _is_variant_of_term(context, written, found.start, found.end):
                yield _homophone_violation(context, written, found)


def _homophones_of_text(text: Proofread) -> Iterator[Homophone]:
    """The words of a text that other words of the same reading fit better."""
    arguments = text.written.text, text.tokens, text.known, text.tokenizer
    yield from homophones(*arguments)
    yield from misconversions(*arguments)
    yield from misread_verbs(text.tokens)


def _homophone_violation(context: CheckContext, text: PrintedText, found: Homophone) -> Violation:
    written, usual = (
        _word_quoted_with_word_beside(word, found.beside) for word in (found.written, found.usual)
    )
    reading = f"（{found.reading}）" if found.reading else ""
    place = place_of_other_text_with_words(context, usual, text) or USUALLY
    elsewhere = (
        f"{USUALLY}は「{usual}」と書きます。" if place == USUALLY else f"{place}には「{usual}」とあります。"
    )
    return text.violation(
        found.start,
        f"{_quoted_near(text, found.start, found.end)}の「{found.written}」は、"
        f"同じ読み{reading}の「{found.usual}」のことですか。{elsewhere}",
        f"「{found.usual}」のことなら、「{written}」を「{usual}」に直してください。",
        actual=written,
        expected=usual,
    )


def _word_quoted_with_word_beside(word: str, beside: str) -> str:
    """A word in a compound with the word beside it; itself if that is behind a particle, or none."""
    if beside[:1] == "<":
        return beside[1:] + word
    return word + beside[1:] if beside[:1] == ">" else word


@rule(
    "WO29",
    Family.WORDING,
    Severity.WARNING,
    "ひらがなの打ち間違いがあります",
    why="「図ったた」「行つた」のような打ち間違いは、そのまま印刷されます。",
    remedy="打ち間違いを直してください。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO18", "WO19", "WO22", "WO30"),
)
def kana_is_mistyped(context: CheckContext) -> Iterator[Violation]:
    """A particle or an ending that does not exist, one letter away from a usual one."""
    yield from _violations_for_slips(
        context, "kana slips", lambda text: kana_slips(text.written.text, text.known, text.tokenizer)
    )


@rule(
    "WO30",
    Family.WORDING,
    Severity.WARNING,
    "助詞が抜けています",
    why="「施術所対し文書を」「周知図った」のような文は、打ち間違いか、書き直しの跡が残ったものです。",
    remedy="抜けた助詞を入れてください。",
    needs=Requirement.DICTIONARY,
)
def particle_is_dropped(context: CheckContext) -> Iterator[Violation]:
    """A noun right before a verb that needs を or に behind its noun, or before ついて and おいて."""
    for text, slips in found_in_texts(
        context, "dropped particles", lambda text: dropped_particles(text.tokens)
    ):
        for slip in slips:
            yield text.violation(
                slip.start,
                f"{_quoted_near(text, slip.start, slip.end)}の「{slip.written}」は、助詞が抜けていませんか。",
                f"「{slip.meant}」のことなら、直してください。",
                actual=slip.written,
                expected=slip.meant,
            )


@rule(
    "WO31",
    Family.WORDING,
    Severity.WARNING,
    "言葉の字が入れ替わったり、抜けたりしています",
    why="「被険保者」「健康険委員」のような間違いは、見慣れた言葉ほど読み飛ばされ、そのまま印刷されます。",
    remedy="ほかの所と同じ字に直してください。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO19", "WO28"),
)
def word_is_mistyped(context: CheckContext) -> Iterator[Violation]:
    """Letters of a kanji or katakana word swapped, duplicated or dropped, so that it is no word any more.

    Also two kanji of which the dictionary alone has the other order (料資), and a long compound that differs
    by one letter from one of the other texts.
    """

    def found(text: Proofread) -> Iterator[Slip]:
        slips = [*kanji_slips(text.written.text, text.tokens, text.known, text.tokenizer)]
        yield from slips
        yield from _exchanged_kanji(text, slips)
        yield from katakana_slips(text.written.text, text.known, text.tokenizer)
        yield from misspelt_compounds(text.written.text, text.known)

    yield from _violations_for_slips(context, "kanji and katakana slips", found)


def _exchanged_kanji(text: Proofread, besides: Sequence[Slip]) -> Iterator[Slip]:
    """Two kanji in the wrong order, not within another slip or one that has a finding of its own."""
    written = text.written.text
    exchanged = [*exchanged_kanji(text.tokens, written, text.known, text.tokenizer)]
    others = [(one.start, one.end) for one in besides]
    others += [(one.start, one.end) for one in usual_slips(written)] if exchanged else []
    for slip in exchanged:
        if not any(start < slip.end and slip.start < end for start, end in others):
            yield slip


@rule(
    "WO65",
    Family.WORDING,
    Severity.WARNING,
    "言葉の中に空白か改行があります",
    why="「実 施」「点　検」のような空白や、言葉の途中の改行は、そのまま印刷され、検索からも漏れます。",
    remedy="空白か改行を消してください。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO20", "WO31"),
)
def word_is_divided(context: CheckContext) -> Iterator[Violation]:
    """A blank or line break within a word, not letters that are set apart as in a form; once a cell."""
    tokenizer = context.tokenizer
    is_usual = partial(are_words_in_plan, context)
    for written in printed_lines(context):
        slip = next(broken_words(written.text, tokenizer, is_usual), None) if tokenizer else None
        if slip:
            place = quoted(written.text[max(0, slip.start - _AROUND) : slip.end + _AROUND])
            yield written.violation(
                slip.start,
                f"{place}の「{slip.meant}」の中に、空白か改行があります。",
                f"空白か改行を消して「{slip.meant}」にしてください。",
                actual=slip.written,
                expected=slip.meant,
            )


@rule(
    "WO96",
    Family.WORDING,
    Severity.WARNING,
    "辞書にも計画にもない漢字の言葉があります",
    why="「入冊」「施索」のように字を一つ間違えた言葉は、目で読むと気付かず、そのまま印刷されます。",
    remedy="字を確かめて直してください。名前などで正しいときは、このままで構いません。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO01", "WO08", "WO20", "WO28", "WO29", "WO31", "WO39", "WO65", "WO89"),
)
def word_is_unknown(context: CheckContext) -> Iterator[Violation]:
    """Two kanji that are no word of the dictionary nor of any other text, and no name; once a word."""
    reported: set[str] = set()
    for text, places in found_in_texts(context, "no words", _non_words):
        for start, end in places:
            word = text.text[start:end]
            if word not in reported and not _is_variant_of_term(context, text, start, end):
                reported.add(word)
                yield text.violation(
                    start,
                    f"{_quoted_near(text, start, end)}の「{word}」は、辞書にも計画にもない言葉です。",
                    "字を確かめ、違っていれば直してください。",
                    actual=word,
                )


def _non_words(text: Proofread) -> Iterator[TextSpan]:
    return non_words(text.written.text, text.tokens, text.known, text.tokenizer)


_FACTS = {
    Edit.DUPLICATED: "同じ字が重なっています",
    Edit.EXTRA: "字が余っています",
    Edit.DROPPED: "字が抜けています",
    Edit.SWAPPED: "字の順が入れ替わっています",
    Edit.REPLACED: "別の字になっています",
}


def _violations_for_slips(
    context: CheckContext, question: str, find: Callable[[Proofread], Iterator[Slip]]
) -> Iterator[Violation]:
    for text, slips in found_in_texts(context, question, find):
        for slip in slips:
            if _is_variant_of_term(context, text, slip.start, slip.end):
                continue
            yield text.violation(
                slip.start,
                f"{_quoted_near(text, slip.start, slip.end)}の「{slip.written}」は、{_FACTS[slip.edit]}。"
                f"正しくは「{slip.meant}」ではありませんか。",
                f"「{slip.meant}」に直してください。",
                actual=slip.written,
                expected=slip.meant,
            )


def _quoted_near(text: PrintedText, start: int, end: int) -> str:
    """The words around a place, quoted."""
    return quoted(text.text[max(0, start - _AROUND) : end + _AROUND])


def _is_variant_of_term(context: CheckContext, text: PrintedText, start: int, end: int) -> bool:
    """Whether a place is within a word that 用語 replaces, which has a finding of its own."""
    return any(
        first < end and start < last
        for term in context.plan.terms
        for variant in term.variants
        for first, last in match_positions(variant, text.text)
    )
