"""What of a form's cells was understood, by its truth and the plan that was read from the new plan book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, CellUse, TablePlace
from kenpo_xl.pipeline.adopt.questions import FormCell
from tests.forms.office_form import BodyCell, OfficeForm

_ROLES = {
    "title": {CellUse.TITLE},
    "admin": {CellUse.OFFICE},
    "caption": {CellUse.CAPTION},
    "unit": {CellUse.UNIT},
    "header": {CellUse.HEADER, CellUse.TITLE, CellUse.NUMBER, CellUse.UNIT},
    "note": {CellUse.NOTE},
    "field": {CellUse.LINE},
    "side": {CellUse.REMARK, CellUse.NOTE},
    "ignored": {None},
    "number": {CellUse.NUMBER},
}
_KINDS = {
    CellKind.TYPED: "typed",
    CellKind.COMPUTED: "computed",
    CellKind.NOT_APPLICABLE: "none",
    CellKind.FIXED: "given",
}
_YEAR = re.compile(r"(?:令和|R)(\d+|元)(?:年度|年)?|平成(\d+)年度?|(20\d\d)(?:年度|年)?")
_UNIT = re.compile(r"[(（][^()（）]{1,8}[)）]$")
_PLACEHOLDER = re.compile(r"\{(前年度|年度|年度([+-]\d+))略?\}")


def misunderstood(form: OfficeForm, adopted: AdoptedForm, plan: Plan) -> dict[str, str]:
    """Each cell that was not understood, with what is wrong."""
    found = {}
    for key, truth in form.body.items():
        found[key] = _wrong_of_body_cell(form, adopted, plan, _cell(key), truth)
    for key, role in form.roles.items():
        use = adopted.uses.get(_cell(key))
        found[key] = "" if use in _ROLES[role] else f"{use} instead of {role}"
    return {key: wrong for key, wrong in found.items() if wrong}


def _cell(key: str) -> FormCell:
    sheet, _, reference = key.rpartition("!")
    return FormCell(sheet, *cell_position(reference))


def _wrong_of_body_cell(
    form: OfficeForm, adopted: AdoptedForm, plan: Plan, cell: FormCell, truth: BodyCell
) -> str:
    place = adopted.places.get(cell)
    if place is None:
        return f"no place, {adopted.uses.get(cell)}"
    table = _table(adopted, plan, place)
    return next(_differences(form, adopted, table, place, truth), "") if table else "no table"


def _table(adopted: AdoptedForm, plan: Plan, place: TablePlace) -> Table | None:
    for item, read in zip(adopted.items, plan.items, strict=True):
        for table in item.tables:
            if table.number == place.table:
                return next((one for one in read.tables if one.name == table.name), None)
    return None


def _differences(
    form: OfficeForm, adopted: AdoptedForm, table: Table, place: TablePlace, truth: BodyCell
) -> Iterator[str]:
    cell = table.cells[place.row][place.column]
    kind = "text" if cell.kind is CellKind.TYPED and cell.format.is_text else _KINDS[cell.kind]
    wanted = truth.kind
    if wanted == "across":  # computed from other tables: typed, and compared with them
        wanted = "typed"
        if not any(check.place == place for check in adopted.checks):
            yield "no check"
    if wanted == "text" and place.row != table.repeating and table.repeating is not None:
        wanted = kind
    if kind != wanted:
        yield f"{kind} instead of {wanted}"
    if cell.format.is_percent != truth.percent and kind not in ("none", "text"):
        yield f"format {cell.format.code}"
    row, column = table.rows[place.row], table.columns[place.column]
    if truth.row == "*" and table.repeating != place.row:
        yield "no open list"
    for words, axis in ((truth.row, row), (truth.column, column)):
        own = _in_plan("|".join((*axis.labels, axis.name)), form.year)
        yield from (f"{own} without {one}" for one in _words(words, form.year) if one not in own)


def _words(path: str, year: int) -> list[str]:
    """The words of headers without units; a year as <-1>, one that stays as <L2021>."""
    found = []
    for text in filter(None, path.split("|")):
        word = _UNIT.sub("", normalized(text).lstrip("!"))
        if text == "*":
            continue
        if re.fullmatch(r"Y-?\d", text):
            found.append(f"<{text[1:]}>")
        elif text.startswith("!"):
            found.append(f"<L{word}>")
        else:
            found.append(_YEAR.sub(lambda match: f"<{_western(match) - year}>", word))
    return found


def _in_plan(text: str, year: int) -> str:
    words = {"年度": 0, "前年度": -1}
    moved = _PLACEHOLDER.sub(lambda match: f"<{words.get(match[1], int(match[2] or 0))}>", normalized(text))
    return _YEAR.sub(lambda match: f"<L{_western(match)}>", moved.replace("{基準月}", "12月"))


def _western(match: re.Match[str]) -> int:
    if match[1]:
        return 2018 + (1 if match[1] == "元" else int(match[1]))
    return 1988 + int(match[2]) if match[2] else int(match[3])
