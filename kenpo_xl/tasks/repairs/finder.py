"""Finds the cells of a book with a certain repair, and those reported cells that have none.

A repair is certain if every reading of the cell gives the same value, before and after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Self

from kenpo_xl.books.common.macros.python_cell import python_settings
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.earlier_reading import EarlierReading
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.reader import match_with_this_plan, read_matched_submission
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.checks.support.figure_wording import value_text
from kenpo_xl.checks.support.number_cells import NumberCell, all_number_cells, has_ambiguous_text
from kenpo_xl.checks.support.printed_text import all_printed_texts
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Finding
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.rule_settings import is_rule_active_for_text
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.python_path import is_same_path
from kenpo_xl.domain.results.adjustments import Choice
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import CellType
from kenpo_xl.ooxml.rich_text import struck_letters
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.tasks.repairs.repair import ProposedRepairs, Repair, UnrepairedCell
from kenpo_xl.tasks.repairs.texts import has_odd_letters_or_variants, repairs_of_text, unrepaired_letters

_OVERWRITTEN = "計算した値（{}）と違います。計算した値にするときは、セルを空にしてください"
_STRUCK = "取消線を引いた文字があります"
_DOUBTFUL = "ほかの読み方もできます"


class RepairableBook:
    """The repairs of one book, which follow from its content and the plan alone.

    `checked` has its context and findings if these are known. With `only` the repairs are those of some cells
    (sheet, cell) that were listed before: a repair then has the code of the rule that usually reports such a
    cell, and rules that the office turned off count.
    """

    def __init__(
        self,
        belonging: PlanMatch,
        *,
        checked: tuple[CheckContext, tuple[Finding, ...]] | None = None,
        only: Collection[tuple[str, str]] | None = None,
    ) -> None:
        self.plan, self.book, self.only = belonging.plan, belonging.book, only
        self._left: list[UnrepairedCell] = []
        self._read = belonging, ReadCells()
        if checked:
            self.context, self.findings = checked
            self.submission = self.context.submission
        else:
            self.submission = read_matched_submission(*self._read, finds_unread=False)
        # A table of another definition may have had a typed cell where the plan now computes.
        self.outdated = {(table.item, table.name) for table in belonging.outdated_tables}
        self.figures = self.context.figures if checked else recompute_figures(self.plan, [self.submission])

    @classmethod
    def of(cls, book: Workbook, plan: Plan, only: Collection[tuple[str, str]] | None = None) -> Self:
        """A workbook; KenpoError if it is no book of this plan."""
        return cls(match_with_this_plan(book, plan), only=only)

    @property
    def reading(self) -> EarlierReading:
        """What was read of a book that was not checked before, for a later state of it."""
        return EarlierReading(self._read[0], self.submission, self._read[1])

    @cached_property
    def found_repairs(self) -> list[Repair]:
        """Every repair in the order of the book, without the values of formulas."""
        return sorted(self._all_repairs(), key=lambda one: self._place_in_book(*one.place))

    @cached_property
    def proposed_repairs(self) -> ProposedRepairs:
        """Every repair, and the reported cells without a certain one."""
        found = self.found_repairs
        certain = self.with_computed_values([one for one in found if one.is_certain])
        offered = [one for one in self.with_computed_values(found) if not one.is_certain]
        name = self.book.path.name
        doubtful = (UnrepairedCell(Source(name, *one.place), one.before, one.doubt) for one in offered)
        left = sorted(
            (*self._left, *doubtful), key=lambda one: self._place_in_book(one.source.sheet, one.source.cell)
        )
        return ProposedRepairs(tuple(certain), tuple(offered), tuple(left))

    @property
    def certain_repairs(self) -> ProposedRepairs:
        """The certain repairs for who counts them: in no order, and without the values of formulas."""
        return ProposedRepairs(
            tuple(one for one in self._all_repairs(offers_formulas=False) if one.is_certain)
        )

    def with_computed_values(self, found: Sequence[Repair]) -> tuple[Repair, ...]:
        """Repairs with the values of the restored formulas, as computed after all of them."""
        figures = [one.figure for one in found if one.figure]
        choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in figures}
        after = with_chosen_values(self.figures, choices) if choices else ()
        by_source = {figure.source: figure for figure in after}
        return tuple(self._with_value(one, by_source) for one in found)

    def _with_value(self, repair: Repair, after: Mapping[Source | None, Figure]) -> Repair:
        if repair.figure is None:
            return repair
        value = after[repair.figure.source].computed
        gives = "" if value is None else f"（{value_text(self.context, repair.figure, value)}）"
        return replace(repair, edit=replace(repair.edit, value=value), after=f"算式{gives}")

    def _place_in_book(self, sheet: str, cell: str) -> tuple[int, CellPosition]:
        return list(self.book.sheets).index(sheet), cell_position(cell)

    @cached_property
    def context(self) -> CheckContext:
        assessments = Assessments((), {})
        if self.only is None:  # for listed cells no rule is run
            assessments = rate_kpis_and_blocks(self.plan, self.figures, [self.submission])
        content = self.submission
        if self.only is not None:
            there = self._read[0].items_on_sheets({sheet for sheet, _ in self.only})
            content = replace(content, items=tuple(one for one in content.items if one.item in there))
        return CheckContext(self.plan, content, Survey(), self.figures, assessments)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return run_rules(self.context, all_rules())[0] if self.only is None else ()

    def _all_repairs(self, *, offers_formulas: bool = True) -> Iterator[Repair]:
        """Every repair, if so with doubtful formulas; afterwards `_left` has the cells without one."""
        yield from self._python_repairs()
        for one in (*self._table_repairs(offers_formulas), *self._rating_repairs(), *self._text_repairs()):
            if self._is_struck(one.edit):
                source = Source(self.book.path.name, one.edit.sheet, one.edit.cell)
                self._left.append(UnrepairedCell(source, one.before, _STRUCK))
            else:
                yield one

    def _table_repairs(self, offers_formulas: bool) -> Iterator[Repair]:
        for cell in all_number_cells(self.context):
            if cell.figure.id[:2] in self.outdated or not self._is_wanted(cell.source):
                continue
            if cell.is_input_cell:
                found = self._number_repair(cell)
            elif offers_formulas or _is_safe_to_compute_again(cell):
                found = self._formula_repair(cell)
            else:
                continue
            yield from (one for one in found if self._is_reported(one, cell.figure.id.item))

    def _rating_repairs(self) -> Iterator[Repair]:
        for item in self.submission.items:
            for rating in item.ratings:
                own = self.plan.scale.canonical_glyph(rating.glyph)
                if not rating.source or not self._is_wanted(rating.source):
                    continue
                if own and own != rating.glyph and not self._has_formula(rating.source):
                    edit = CellEdit(rating.source.sheet, rating.source.cell, own)
                    code = self._code_of_reporting_rule(rating.source, (Family.RATING,), "")
                    yield Repair(edit, rating.glyph, own, code)

    def _text_repairs(self) -> Iterator[Repair]:
        """Texts with letters from a PDF, invisible ones or variants of terms; uncertain ones are left."""
        for written in filter(lambda one: self._is_wanted(one.source), all_printed_texts(self.context)):
            raw = self.book.sheets[written.source.sheet].get(*cell_position(written.source.cell))
            if raw is not None and not raw.formula and type(raw.value) is str:
                item = written.item.id
                if not has_odd_letters_or_variants(self.context, raw.value, item):
                    continue
                yield from repairs_of_text(self.context, written.source, raw.value, item)
                self._left += unrepaired_letters(written.source, raw.value)

    def _is_reported(self, repair: Repair, item: str) -> bool:
        """Whether the office has the rule of a repair report it (規則)."""
        settings = self.plan.rule_settings
        return self.only is not None or is_rule_active_for_text(settings, repair.code, item, repair.before)

    def _is_wanted(self, source: Source) -> bool:
        return self.only is None or (source.sheet, source.cell) in self.only

    def _is_struck(self, edit: CellEdit) -> bool:
        """Whether letters of a cell are struck through: only its author knows the intended content."""
        raw = self.book.sheets[edit.sheet].get(*cell_position(edit.cell))
        return raw is not None and bool(struck_letters(raw.value))

    def _python_repairs(self) -> Iterator[Repair]:
        """The Python of the buttons, if the book names another one than the plan."""
        for one in python_settings(self.book) if self.plan.python else ():
            if one.source.cell and not is_same_path(one.text, self.plan.python):
                edit = CellEdit(one.source.sheet, one.source.cell, self.plan.python)
                yield Repair(edit, one.displayed_text, self.plan.python, rule_codes.ANOTHER_PYTHON)

    def _number_repair(self, cell: NumberCell) -> Iterator[Repair]:
        """A number stored as text with only one reading."""
        entry = cell.entry
        if (
            entry.cell_type is not CellType.TEXT
            or entry.formula
            or cell.number is None
            or not cell.expects_number
        ):
            return
        if has_ambiguous_text(cell):
            self._left.append(UnrepairedCell(cell.source, entry.written, _DOUBTFUL))
        else:
            edit = CellEdit(
                cell.source.sheet, cell.source.cell, cell.number, style=self._style_of_same_kind(cell)
            )
            code = self._code_of_reporting_rule(cell.source, (Family.VALUES,), rule_codes.NUMBER_AS_TEXT)
            yield Repair(edit, entry.written, cell.displayed_value(), code)

    def _formula_repair(self, cell: NumberCell) -> Iterator[Repair]:
        """A computed cell that was cleared, or contains an error, a number or another formula."""
        if not _lacks_its_formula(cell):
            return
        formula = self._formula_of_plan(cell)
        if formula:
            yield self._repair_with_formula(cell, formula)

    def _formula_of_plan(self, cell: NumberCell) -> str | None:
        """The formula that a computed cell has in the book that the plan makes."""
        from kenpo_xl.books.input.restore_formulas import TableFormulas  # most books keep their formulas

        if not self.context.figures_in_book.has_all_of(cell.figure.id):
            return None
        tables = self.context.entries_by_item[cell.figure.id.item].tables
        entry = next(table for table in tables if table.table == cell.figure.id.table)
        formulas = TableFormulas(self.book.sheets[cell.source.sheet], cell.table, entry)
        return formulas.formula_of(cell.figure.id, cell.source)

    def _repair_with_formula(self, cell: NumberCell, formula: str) -> Repair:
        is_cleared, source = _is_cell_cleared(cell), cell.source
        edit = CellEdit(source.sheet, source.cell, None, formula, self._style_of_same_kind(cell))
        families = (Family.ARITHMETIC, Family.STRUCTURE, Family.VALUES)
        is_right = is_cleared or cell.figure.is_typed_as_computed
        usual = rule_codes.FORMULA_LOST if is_right else rule_codes.ROUNDED_OTHERWISE
        code = self._code_of_reporting_rule(source, families, usual)
        written = cell.entry.written if _contains_error(cell) else cell.displayed_value()
        computed = value_text(self.context, cell.figure, cell.figure.computed)
        doubt = "" if _is_safe_to_compute_again(cell) else _OVERWRITTEN.format(computed)
        return Repair(edit, "空欄" if is_cleared else written, "", code, cell.figure, doubt=doubt)

    def _code_of_reporting_rule(self, source: Source, families: Collection[Family], default: str) -> str:
        """The code of the rule that reports this very cell, else the usual one."""
        here = (one for one in self.findings if (one.sheet, one.cell) == (source.sheet, source.cell))
        return next((one.code for one in here if one.family in families), default)

    def _has_formula(self, source: Source) -> bool:
        cell = self.book.sheets[source.sheet].get(*cell_position(source.cell))
        return cell is not None and bool(cell.formula)

    def _style_of_same_kind(self, cell: NumberCell) -> int | None:
        """The style of a cell of the same kind in its table, if its own was changed to text; else None."""
        wanted = cell.figure.cell
        if self._format_and_style(cell.source)[0] != "@" or wanted.format.is_text:  # not changed to text
            return None
        alike = (one for row in cell.table.rows for one in row.figures if one.cell.kind is wanted.kind)
        looks = (self._format_and_style(figure.source) for figure in alike if figure.source)
        return next((style for code, style in looks if code == wanted.format.code), None)

    def _format_and_style(self, source: Source) -> tuple[str, int]:
        raw = self.book.sheets[source.sheet].get(*cell_position(source.cell))
        return self.book.number_format_code(raw), raw.style if raw else 0


def _is_cell_cleared(cell: NumberCell) -> bool:
    return cell.figure.typed in (None, "") and not cell.entry.formula


def _contains_error(cell: NumberCell) -> bool:
    return cell.entry.cell_type is CellType.ERROR


def _lacks_its_formula(cell: NumberCell) -> bool:
    """Whether a cell that the plan computes was cleared or overwritten, or contains an error."""
    figure = cell.figure
    if figure.cell.kind is not CellKind.COMPUTED:
        return False
    is_overwritten = figure.overwritten and cell.number is not None and figure.computed is not None
    return is_overwritten or _contains_error(cell) or _is_cell_cleared(cell)


def _is_safe_to_compute_again(cell: NumberCell) -> bool:
    """Whether a cell loses no other value when it is computed again."""
    return cell.figure.is_typed_as_computed or _contains_error(cell) or _is_cell_cleared(cell)
