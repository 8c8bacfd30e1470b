"""The sheet 評価基準: the rating scale, and those of text fields; best step first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.line_kind import TextField
from kenpo_xl.domain.plan.ratings import Scale, Step
from kenpo_xl.ooxml.workbook import Workbook

SCALE = "評価基準"
_NO, _YES = ("いいえ", "はい")
_REASON, _FIELD = "理由", "記入欄"
_NEEDED = {"要": True, "不要": False, "": None}
_CIRCLES = ("〇", "○", "◯")
# A floor of more than ten times the target is a percentage typed without its sign.
_HIGHEST_FLOOR = 10


def read_rating_scales(
    book: Workbook, fields: Sequence[TextField], problems: Problems
) -> tuple[Scale, list[TextField]]:
    """The scale of the blocks' ratings, and the text fields with theirs; the best step of each first."""
    found: dict[str, list[ListRow]] = {"": []}
    names = {normalized(one.name): one.name for one in fields}
    optional = ("下限", "途中", "凡例", "別字", _REASON, _FIELD)
    for row in read_list_rows(book, SCALE, ("記号", "意味"), problems, optional=optional):
        field = normalized(row.text(_FIELD))
        if not row.text("記号"):
            row.add_error("記号", "評価の記号を入れてください。")
        elif field and field not in names:
            row.add_error(
                _FIELD,
                f"記入欄「{row.text(_FIELD)}」が「基本」にありません。「基本」の記入欄の名前を入れるか、"
                "空にしてください（空なら「評価」の段階です）。",
            )
        else:
            found.setdefault(names.get(field, ""), []).append(row)
    scales = {name: _read_scale(book, name, rows, problems) for name, rows in found.items()}
    return scales[""], [replace(one, scale=scales.get(one.name)) for one in fields]


def _read_scale(book: Workbook, field: str, rows: Sequence[ListRow], problems: Problems) -> Scale:
    """The scale of some rows, of the blocks' ratings without a field."""
    steps: list[Step] = []
    for row in rows:
        steps.append(_read_step(book, row, steps))
    of = f"記入欄「{field}」の" if field else ""
    if book.sheets.get(SCALE) and len([step for step in steps if step.in_legend]) < 2:
        problems.add_error(SCALE, "A1", f"{of}評価の段階は 2 つ以上必要です。良い順に上から入れてください。")
    if sum(step.interim for step in steps) > 1:
        problems.add_error(SCALE, "A1", f"{of}「途中」の印は 1 つの段階だけに付けてください。")
    return Scale(tuple(steps))


def _read_step(book: Workbook, row: ListRow, above: list[Step]) -> Step:
    """The step of a row; errors for repeated glyphs and floors that do not descend."""
    glyph, variants, floor = row.text("記号"), tuple(row.text("別字").split()), row.fraction(book, "下限")
    taken = {known for step in above for known in (step.glyph, *step.variants)}
    if glyph in taken:
        row.add_error("記号", f"記号「{glyph}」が 2 回あります（別字も含めて）。1 行にしてください。")
    for known in taken.intersection(variants):
        row.add_error("別字", f"別字「{known}」は上の段階の記号か別字です。どちらかから消してください。")
    _check_percent(row, floor)
    _check_descending(row, floor, [step.floor for step in above if step.floor is not None])
    return Step(
        glyph=glyph,
        meaning=row.text("意味"),
        floor=floor,
        interim=row.choice("途中", (_YES, _NO, *_CIRCLES), _NO) not in (_NO, ""),
        in_legend=row.choice("凡例", (_YES, _NO), _YES) == _YES,
        variants=variants,
        needs_reason=_NEEDED[row.choice(_REASON, ("要", "不要"), "")],
        source=row.source(book, "意味"),
    )


def _check_percent(row: ListRow, floor: Decimal | None) -> None:
    """Adds an error for 120 typed instead of 120 %."""
    if floor is not None and floor > _HIGHEST_FLOOR:
        row.add_error(
            "下限",
            f"下限 {decimal_text(floor)} は {decimal_text(floor * 100)}％ と読めます。"
            f"{decimal_text(floor)} ％のことなら「{decimal_text(floor)}%」と入れてください。",
        )


def _check_descending(row: ListRow, floor: Decimal | None, above: list[Decimal]) -> None:
    if floor is not None and above and floor >= above[-1]:
        row.add_error("下限", "下限は上の段階より小さくしてください（良い順に上から並べます）。")
