"""値: cells that read otherwise than they look at first: struck through, hidden or scaled by their format."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.figure_words import as_typed, identity_of
from kenpo_xl.checks.number_cells import NumberCell, all_cells
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.written import everything, quoted
from kenpo_xl.domain.case import Case
from kenpo_xl.domain.findings import Family, Flaw, Severity
from kenpo_xl.domain.survey import StruckText


@rule(
    "VA15",
    Family.VALUES,
    Severity.WARNING,
    "取消線を引いた文字があります",
    why="取消線を引いた文字は取り消したものとみて、値や文に含めません。残したままだと、人によって読み方が変わります。",
    remedy="取り消した文字をセルから消してください。残す文字なら、取消線を外してください。",
)
def struck_through(case: Case) -> Iterator[Flaw]:
    """Letters of a cell of our parts are struck through, by themselves or by the font of the cell.

    What is left of the cell is its value. The value of a formula of the plan is computed all the same.
    """
    cells = {cell.source: cell for cell in all_cells(case)}
    texts = {text.source: text.identity for text in everything(case)}
    for struck in case.survey.struck:
        cell = cells.get(struck.source)
        identity = identity_of(cell.figure) if cell else texts.get(struck.source, struck.source.sheet)
        message, hint = _of_number(cell, struck) if cell else _of_text(struck)
        yield Flaw(struck.source, identity, message, hint, _as_seen(struck), struck.left)


def _of_number(cell: NumberCell, struck: StruckText) -> tuple[str, str]:
    name, said = cell.name, quoted(struck.struck)
    if struck.is_formula and not cell.is_typed:
        fact = f"{name}の計算のセルに取消線があります。報告書には計算した値を載せます。"
        return fact, "取消線を外してください。"
    if not struck.left:
        fact = f"{name}の{said}に取消線があるため、空欄として扱います。"
        return fact, "取り消すなら消してください。取り消さないなら取消線を外してください。"
    if cell.number is None:
        return _of_text(struck)
    fact = f"{name}の{said}に取消線があります。これを除いて {cell.shown()} と読みました。"
    return fact, f"{as_typed(cell.figure, cell.number)} とだけ入れ直してください。"


def _of_text(struck: StruckText) -> tuple[str, str]:
    read = f"{quoted(struck.left)}と読みました" if struck.left else "空欄として扱います"
    return (
        f"{quoted(struck.struck)}に取消線があります。これを除いて{read}。",
        "取り消した文字をセルから消してください。残す文字なら、取消線を外してください。",
    )


def _as_seen(struck: StruckText) -> str:
    """What a person sees in the cell, as one value that an acceptance can name."""
    return f"{struck.left}（取消線 {struck.struck}）"
