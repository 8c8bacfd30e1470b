"""Text that is not finished: sentences cut off, the writer's own notes, empty text fields."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.block_names import block_name
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    found_in_each,
    printed_lines,
    quoted,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.bare_units import (
    are_numbers_of_form_missing,
    bare_units,
    numbers_without_unit,
)
from kenpo_xl.domain.language.form.lost_beginnings import lost_beginning
from kenpo_xl.domain.language.form.sentence_ends import cut_off_end, may_next_text_continue
from kenpo_xl.domain.language.form.writers_notes import writers_notes_in
from kenpo_xl.domain.language.office.drafting_notes import drafting_notes
from kenpo_xl.domain.language.office.leftovers import is_in_place_of_text, leftovers_of_drafts
from kenpo_xl.domain.language.syntax.broken_stops import broken_stops
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Block
from kenpo_xl.domain.privacy.named_tasks import named_tasks
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.domain.text_span import TextSpan

_QUOTED_FIGURE, _BLANK = LazyPattern(r"\{[^{}]*/[^{}]*\}", needs="{"), "\u3000\u3000"


@rule(
    "WO21",
    Family.WORDING,
    Severity.WARNING,
    "書いた人の覚え書きが残っています",
    why="「※要確認」「●●」「←去年と同じ？」のような覚え書きは、そのまま評議会の資料に印刷されます。",
    remedy="確かめたことを書き、覚え書きを消してください。",
    superseded_by=("WO13", "VA02"),
)
def note_is_left(context: CheckContext) -> Iterator[Violation]:
    """A note to oneself or a colleague, ●● for a word to come, or what a form leaves; once a cell.

    Also a line that has nothing but 同上, 前回と同じ, a bullet, or letters typed to try (あああ).
    """
    for written, notes in found_in_each(context, _notes_and_leftovers):
        found = notes[0] if notes else None
        if not found and written.line and is_in_place_of_text(written.text):
            found = 0, len(written.text)
        if found:
            start, end = found
            quote = quoted_with_neighbors(written.text, start, end)
            yield written.violation(
                start,
                f"{quote}に、覚え書きか、あとで書くつもりの所が残っています。",
                "確かめたことを書き、覚え書きを消してください。",
                actual=written.text[start:end].strip(),
            )


def _notes_and_leftovers(text: str) -> Iterator[TextSpan]:
    yield from writers_notes_in(text)
    yield from leftovers_of_drafts(text)
    yield from drafting_notes(text)
    yield from named_tasks(text)


@rule(
    "WO22",
    Family.WORDING,
    Severity.WARNING,
    "文が途中で切れています",
    why="「…かかりつけ医の同意が」のように終わる行は、写し漏れか消し過ぎで、続きが報告書から抜けます。",
    remedy="文の終わりまで書いてください。",
    superseded_by=("WO20",),
)
def sentence_is_cut_off(context: CheckContext) -> Iterator[Violation]:
    """A line or a reason that ends in a particle, a comma or within a word.

    Not a line whose sentence the next line of the block may go on with. Also a full stop behind て or a
    particle where the text goes on: 事業所を訪問して。協力を.
    """
    texts = [written for written in all_printed_texts(context) if not written.axes]
    for written, next_one in zip_longest(texts, texts[1:]):
        if stop := next(broken_stops(written.text), None):
            quote = quoted_with_neighbors(written.text, *stop)
            yield written.violation(
                stop[1] - 1,
                f"{quote}は、文の途中に「。」があります。",
                "「、」に直すか、文の終わりまで書いてください。",
                actual=written.text[slice(*stop)],
            )
            continue
        if len(written.text) < _SHORTEST or _is_continued_on_next_line(written, next_one):
            continue
        end = cut_off_end(written.text)
        if end:
            place = len(written.text.rstrip())
            quote = quoted_with_neighbors(written.text, place - len(end), place, letters=15)
            yield written.violation(
                place - 1,
                f"{quote}は、文が途中で切れています。",
                "文の終わりまで書いてください。",
                actual=end,
            )


_SHORTEST = 8


def _is_continued_on_next_line(written: PrintedText, next_one: PrintedText | None) -> bool:
    """Whether the next text is a line of the same block that may go on with the sentence."""
    if not (next_one and written.line and next_one.line):
        return False
    same = (written.item, written.line.block) == (next_one.item, next_one.line.block)
    return same and may_next_text_continue(written.text, next_one.text)


@rule(
    "WO69",
    Family.WORDING,
    Severity.WARNING,
    "文の始めが抜けています",
    why="「に対し文書を送付した」のように始まる行は、消し過ぎか写し漏れで、何のことか読み手に分かりません。",
    remedy="文の始めから書いてください。",
    superseded_by=("WO17", "WO20"),
)
def beginning_is_lost(context: CheckContext) -> Iterator[Violation]:
    """A line that begins with a comma or a particle, and does not go on with the line above it."""
    before: PrintedText | None = None
    for written in printed_lines(context):
        lost = lost_beginning(written.text)
        if lost and (lost.is_certain or not _is_sentence_open_before(before, written)):
            quote = quoted(written.text)
            yield written.violation(
                lost.start,
                f"{quote}は、文の始めが抜けています。",
                "文の始めから書いてください。",
                actual=written.text[lost.start : lost.end],
            )
        before = written


def _is_sentence_open_before(before: PrintedText | None, written: PrintedText) -> bool:
    """Whether the line above is of the same block and does not end its sentence."""
    if before is None or not (before.line and written.line) or before.item.id != written.item.id:
        return False
    return before.line.block == written.line.block and not before.text.rstrip().endswith("。")


@rule(
    "WO25",
    Family.WORDING,
    Severity.WARNING,
    "単位の前に数がありません",
    why="「契約機関数　機関」のような文は、数を入れ忘れたか、直すときに数を消したままです。",
    remedy="数を入れてください。",
    superseded_by=("WO13", "WO20", "WO22"),
)
def unit_has_no_number(context: CheckContext) -> Iterator[Violation]:
    """A unit behind a blank, a colon or a particle without its number, or a form's line without it."""
    for written in printed_lines(context):
        found = next(bare_units(written.text), None)
        if found:
            quote = quoted_with_neighbors(written.text, *found)
            yield written.violation(found[0], f"{quote}は、単位の前に数がありません。")
        elif any(
            are_numbers_of_form_missing(form, written.text) for form in _planned_lines_with_gaps(written)
        ):
            quote = quoted(written.text)
            yield written.violation(0, f"{quote}に、様式で入れることになっている数がありません。")


@rule(
    "WO99",
    Family.WORDING,
    Severity.WARNING,
    "数の後に単位がありません",
    why="「57が参加した」「15,777発送」のような数は、何を数えたのか読み手に分かりません。",
    remedy="「件」「人」などの単位を入れてください。",
    superseded_by=("CO16", "VA40", "WO02", "WO13", "WO20", "WO21", "WO22", "WO25"),
)
def number_has_no_unit(context: CheckContext) -> Iterator[Violation]:
    """A number of two digits and more right before が, へ, について or what is done with it; once a cell.

    Also where it is all that stands behind the colon of a line such as 通報件数：46（9月末）.
    """
    for written, numbers in found_in_each(context, numbers_without_unit):
        if numbers and written.line:
            quote = quoted_with_neighbors(written.text, *numbers[0])
            yield written.violation(
                numbers[0][0],
                f"{quote}は、数の後に単位がありません。",
                actual=written.text[slice(*numbers[0])],
            )


def _planned_lines_with_gaps(written: PrintedText) -> Iterator[str]:
    """The lines of text that the plan gives to the block, with blanks for numbers, also for quoted ones."""
    name = written.line.block if written.line else ""
    for block in written.item.blocks:
        if block.name == name:
            texts = (_QUOTED_FIGURE.sub(_BLANK, line.text) for line in block.lines)
            yield from (text for text in texts if _BLANK in text)


@rule(
    "VA41",
    Family.VALUES,
    Severity.WARNING,
    "記入欄が空いています",
    why="計画ブックで決めた記入欄（今後の取組など）が空のままだと、報告書のその欄も空で印刷されます。",
    remedy="記入してください。書くことがないときは「なし」と入れてください。",
)
def text_field_is_empty(context: CheckContext) -> Iterator[Violation]:
    """A text field of a block has no text; at its first row, else where the block's rating belongs.

    Not where the book has no place for the block, nor where nothing of the item was filled in yet.
    """
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        if entry is None or not (entry.lines or entry.ratings):
            continue
        for block in (block for block in item.blocks if block.name not in entry.absent):
            for name in _names_of_empty_text_fields(block, entry):
                yield Violation(
                    _source_of_text_field(context, entry, block.name, name),
                    f"{item.id}/ブロック {block.name}/{name}",
                    f"{block_name(context.plan, item.id, block.name)}の記入欄「{name}」が空です。",
                    f"種類が「{name}」の行の「内容」に入れてください。書くことがないときは「なし」と入れてください。",
                )


def _names_of_empty_text_fields(block: Block, entry: ItemEntry) -> list[str]:
    filled = {line.text_field for line in entry.lines if line.block == block.name}
    return list(dict.fromkeys(one.text_field for one in block.lines if one.text_field not in {"", *filled}))


def _source_of_text_field(context: CheckContext, entry: ItemEntry, block: str, name: str) -> Source:
    rows = (line.source for line in entry.blank_lines if (line.block, line.text_field) == (block, name))
    places = (*rows, *(cell for number, cell in entry.rating_cells if number == block))
    return next(filter(None, places), Source(context.submission.workbook, "", ""))
