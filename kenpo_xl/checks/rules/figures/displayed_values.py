"""Rules on cells whose display misleads: struck through, hidden or scaled by format (値)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.displayed_numbers import displayed_text_if_misleading
from kenpo_xl.checks.support.figure_wording import input_text_for_value
from kenpo_xl.checks.support.number_cells import NumberCell, all_number_cells
from kenpo_xl.checks.support.printed_text import all_printed_texts, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.display import displayed_text
from kenpo_xl.domain.submission.inspection import ChangedFormat, StruckText


@rule(
    rule_codes.STRUCK_THROUGH,
    Family.VALUES,
    Severity.WARNING,
    "取消線を引いた文字があります",
    why="取消線を引いた文字は取り消したものとみて、値や文に含めません。残したままだと、人によって読み方が変わります。",
    remedy="取り消した文字をセルから消してください。残す文字なら、取消線を外してください。",
)
def struck_through(context: CheckContext) -> Iterator[Violation]:
    """Letters of a cell that is read are struck through, some of them or by the cell's font.

    What is left of the cell is its value. The value of a formula of the plan is computed all the same.
    """
    cells = {cell.source: cell for cell in all_number_cells(context)}
    texts = {text.source: text.identity for text in all_printed_texts(context)}
    for struck in context.survey.struck:
        cell = cells.get(struck.source)
        identity = cell.figure.identity_with_entity if cell else texts.get(struck.source, struck.source.sheet)
        message, hint = (
            _struck_number_message_and_hint(cell, struck) if cell else _struck_text_message_and_hint(struck)
        )
        yield Violation(struck.source, identity, message, hint, _text_as_displayed(struck), struck.left)


@rule(
    "VA16",
    Family.VALUES,
    Severity.ERROR,
    "表示形式のため、セルの見た目と値が違います",
    why="千で割る表示や値を隠す表示のままだと、画面で見た数と違う数が報告書に載ります。",
    remedy="表示形式を元に戻し（同じ列の正しいセルから「書式のコピー」）、見えた値が正しいか確かめてください。",
)
def disguised_by_format(context: CheckContext) -> Iterator[Violation]:
    """A changed number format displays another quantity than the report prints.

    Scaled by thousands or percents, hidden (;;; or white), other digits or units; a sign that is left out.
    Also letters in the colour of the cell, in a progress line as well. Not more or fewer decimals,
    separators, or an equivalent unit; nor 0.965 in a percent cell, which is read as 96.5 ％.
    """
    cells = {cell.source: cell for cell in all_number_cells(context)}
    texts = {text.source: text for text in all_printed_texts(context)}
    for look in context.survey.changed_formats:
        cell, text = cells.get(look.source), texts.get(look.source)
        if cell and cell.number is not None:
            seen = "" if look.is_unseen else displayed_text_if_misleading(cell, look.number_format)
            if seen is not None:
                yield cell.violation(
                    f"{cell.name}は{_displayed_clause(seen)}が、値は {cell.displayed_value()} です。", _FORMAT
                )
        elif text and _makes_text_invisible(look, text.text):
            yield text.violation(
                0, f"{quoted(text.text)}は{_displayed_clause('')}が、報告書には載ります。", _FORMAT
            )


def _makes_text_invisible(look: ChangedFormat, text: str) -> bool:
    return look.is_unseen or not displayed_text(look.number_format, text).strip()


_FORMAT = "同じ列の正しいセルの書式を「書式のコピー」で写し、見えた値が正しいか確かめてください。"


def _displayed_clause(words: str) -> str:
    return f"画面では {words} と見えます" if words else "画面では見えません"


def _struck_number_message_and_hint(cell: NumberCell, struck: StruckText) -> tuple[str, str]:
    name, quote = cell.name, quoted(struck.struck)
    if struck.is_formula and not cell.is_input_cell:
        fact = f"{name}の計算のセルに取消線があります。報告書には計算した値を載せます。"
        return fact, "取消線を外してください。"
    if not struck.left:
        fact = f"{name}の{quote}に取消線があるため、空欄として扱います。"
        return fact, "取り消すなら消してください。取り消さないなら取消線を外してください。"
    if cell.number is None:
        return _struck_text_message_and_hint(struck)
    fact = f"{name}の{quote}に取消線があります。これを除いて {cell.displayed_value()} と読みました。"
    return fact, f"{input_text_for_value(cell.figure, cell.number)} とだけ入れ直してください。"


def _struck_text_message_and_hint(struck: StruckText) -> tuple[str, str]:
    read = f"{quoted(struck.left)}と読みました" if struck.left else "空欄として扱います"
    return f"{quoted(struck.struck)}に取消線があります。これを除いて{read}。", ""


def _text_as_displayed(struck: StruckText) -> str:
    """What a person sees in the cell, as one value that an acceptance can name."""
    return f"{struck.left}（取消線 {struck.struck}）"
