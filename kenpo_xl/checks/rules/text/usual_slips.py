"""Slips that are wrong in any text (表記): 被保健者, 進捗官吏, 管理員会."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import (
    are_words_in_plan,
    digest_of_own_and_known_texts,
    known_texts,
)
from kenpo_xl.checks.support.printed_text import (
    found_in_all,
    joined_texts,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.mixed_widths import mixed_widths
from kenpo_xl.domain.language.form.old_spellings import old_spellings
from kenpo_xl.domain.language.form.usual_slips import UsualSlip, usual_slips
from kenpo_xl.domain.language.grammar.kana_words import mistyped_kana_words
from kenpo_xl.domain.language.names.latin_words import latin_slips
from kenpo_xl.domain.language.names.near_names import misspelt_names
from kenpo_xl.domain.language.names.old_names import old_names
from kenpo_xl.domain.language.office.heard_words import words_written_as_heard
from kenpo_xl.domain.language.office.public_names import law_slips, public_name_slips
from kenpo_xl.domain.language.office.towns import cities_elsewhere
from kenpo_xl.domain.language.office.trade_terms import misbuilt_terms
from kenpo_xl.domain.language.register.everyday_slips import everyday_slips


@rule(
    "WO39",
    Family.WORDING,
    Severity.WARNING,
    "よくある打ち間違いがあります",
    why="「進捗官吏」「被保健者」「管理員会」のような字は、変換や入力の誤りで、読み手の信頼を損ないます。",
    remedy="正しい字に直してください。",
    superseded_by=("WO08", "WO14", "WO28", "WO29", "WO31"),
)
def text_has_a_usual_slip(context: CheckContext) -> Iterator[Violation]:
    """A slip that no correct text has, at its first place in an item; 用語 and the dictionary go before.

    Also a letter typed for one that looks alike, where no word is left by it, and the parts of a fixed name
    in another order (保険健康委員), a wrong word in the name of a law or of a public body that no other
    text has (日本年金機関), what dictation writes for a sign or a counter (開催したまる, 誤名が参加), and
    Latin letters near a usual abbreviation or one of another text (KIP, QR コード as OR コード).
    """
    reported = set()
    book, end = joined_texts(context), 0
    slips = [*found_in_all(context, _all_slips), *_slips_of_public_names(context), *_latin_slips(context)]
    for slip in sorted(slips, key=lambda one: (one.start, -one.end)):
        written, start = book.place(slip.start)
        found = book.text[slip.start : slip.end]
        if (written.item.id, found) in reported or slip.start < end:
            continue
        end = slip.end
        reported.add((written.item.id, found))
        quote = quoted_with_neighbors(written.text, start, start + len(found))
        number = _number_before(written.text, start)
        wrong, meant = number + found, number + slip.meant
        yield written.violation(
            start,
            f"{quote}の「{wrong}」は、「{meant}」の打ち間違いのようです。",
            f"「{meant}」に直してください。",
            actual=wrong,
            expected=meant,
        )


def _number_before(text: str, place: int) -> str:
    """The digits right before a place, without which 会 in 勉強会を3会 could be either."""
    return text[len(text[:place].rstrip("0123456789０１２３４５６７８９")) : place]


def _all_slips(text: str) -> Iterator[UsualSlip]:
    yield from usual_slips(text)
    for start, written, meant in (
        *words_written_as_heard(text),
        *cities_elsewhere(text),
        *law_slips(text),
        *everyday_slips(text),
        *old_spellings(text),
        *mixed_widths(text),
    ):
        yield UsualSlip(start, start + len(written), meant)
    for start, end, meant in mistyped_kana_words(text):
        yield UsualSlip(start, end, meant)


def _slips_of_public_names(context: CheckContext) -> Iterator[UsualSlip]:
    for start, written, meant in found_in_all(context, public_name_slips):
        if written not in context.computed_once(_other_texts):
            yield UsualSlip(start, start + len(written), meant)


def _latin_slips(context: CheckContext) -> Iterator[UsualSlip]:
    texts = joined_texts(context).text, context.computed_once(_other_texts)
    for start, written, meant in context.remember(
        "latin slips", digest_of_own_and_known_texts(context), lambda: tuple(latin_slips(*texts))
    ):
        yield UsualSlip(start, start + len(written), meant)


@rule(
    "WO66",
    Family.WORDING,
    Severity.WARNING,
    "ほかの所にある名前と少し違います",
    why="委員会、役所、広報物の名前に言葉が足りなかったり、余分だったり、順が違ったりすると、別のものに見えます。",
    remedy="正しい名前に直してください。新しい名前のときは、このままで構いません。",
    superseded_by=("WO08", "WO20", "WO28", "WO31", "WO39"),
)
def name_is_near_another(context: CheckContext) -> Iterator[Violation]:
    """A name of a board, an office or a paper with a word too many that no other text has.

    Of a paper (だより) also with a word too few, of a body with a letter more, less or other, or with two
    words exchanged; usual names are silent.
    """
    book = joined_texts(context)

    def is_known(name: str) -> bool:
        return book.text.count(name) > 1 or name in context.computed_once(_other_texts)

    for start, end, known in misspelt_names(book.text, is_known, context.computed_once(_other_texts)):
        written, place = book.place(start)
        found = book.text[start:end]
        yield written.violation(
            place,
            f"「{found}」は、ほかの所にある「{known}」と少し違います。",
            f"「{known}」のことなら、直してください。",
            actual=found,
            expected=known,
        )


@rule(
    "WO89",
    Family.WORDING,
    Severity.WARNING,
    "医療保険や介護保険の言葉の組み合わせが違います",
    why="「傷病手当費」「被扶養保険者」「健康保険費率」のような言葉はなく、別の制度のことに読めます。",
    remedy="正しい名前を確かめて直してください。",
    superseded_by=("WO08", "WO19", "WO20", "WO28", "WO29", "WO31", "WO39", "WO66"),
)
def term_is_misbuilt(context: CheckContext) -> Iterator[Violation]:
    """A run of kanji made of the words of health and care insurance that no right words make up; once a word.

    What another text writes is silent.
    """
    book, reported = joined_texts(context), set()
    for start, end in misbuilt_terms(book.text):
        word = book.text[start:end]
        if word not in reported and word not in context.computed_once(_other_texts):
            reported.add(word)
            written, place = book.place(start)
            quote = quoted_with_neighbors(written.text, place, place + len(word))
            yield written.violation(
                place,
                f"{quote}の「{word}」という言葉はありません。",
                "正しい名前を確かめて直してください。",
                actual=word,
            )


@rule(
    "WO101",
    Family.WORDING,
    Severity.WARNING,
    "今は使われない名前があります",
    why="「社会保険事務所」「保健婦」「痴呆」のような前の名前は、古い文を写したままに見え、読み手が今のどこのことか迷います。",
    remedy="今の名前に直してください。前のことを書いたときは、「旧」か「当時の」を付けてください。",
    superseded_by=("WO08", "WO21", "WO28", "WO31", "WO39", "WO96"),
)
def name_was_given_up(context: CheckContext) -> Iterator[Violation]:
    """An office, a profession, an illness or a law under its name of long ago; each name once a text.

    Silent where the sentence is about the past (旧, 当時, 平成), about the word, or cites an old notice, and
    where the plan has the name itself.
    """
    book, reported = joined_texts(context), set()
    for start, old, today in found_in_all(context, old_names):
        written, place = book.place(start)
        if (id(written), old) in reported or are_words_in_plan(context, old):
            continue
        reported.add((id(written), old))
        quote = quoted_with_neighbors(written.text, place, place + len(old))
        yield written.violation(
            place,
            f"{quote}の「{old}」は、今は使われない名前です。",
            f"「{today}」に直してください。" if today else "今の名前を確かめて直してください。",
            actual=old,
            expected=today,
        )


def _other_texts(context: CheckContext) -> str:
    return "\n".join(text for _, texts in known_texts(context) for text in texts)
