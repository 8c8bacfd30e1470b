"""Reads the sheet KPI: targets, sources, rules, formulas over layout sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise

from kenpo_xl.books.plan.kpis.milestone_tables import completion_cell
from kenpo_xl.books.plan.kpis.national_cells import national_cells
from kenpo_xl.books.plan.kpis.reference_targets import REFERENCE
from kenpo_xl.books.plan.kpis.targets import SHOWN, TARGET, TargetReader, warn_of_rate_above_one
from kenpo_xl.books.plan.kpis.years import warn_of_unlikely_years
from kenpo_xl.books.plan.layout.formula_reader import NEWEST, FormulaReader
from kenpo_xl.books.plan.layout.layout_sheet import Layout
from kenpo_xl.books.plan.lists.basics import BasicSettings, PastValue
from kenpo_xl.books.plan.support.former_names import former_names_in
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import placeholder_problems
from kenpo_xl.domain.formulas.evaluate import Group, Node, Number, Operation, direct_terms_of_node
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.plan.items import Section
from kenpo_xl.domain.plan.plan import Block, Item, Kpi, National, Target
from kenpo_xl.domain.plan.ratings import Interim, Scale
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.plan.targets.aim import TargetRange
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "KPI"
SHEETS = (SHEET,)
_CIRCLES = ("〇", "○", "◯")
_RESULT, _SAME_PERIOD, _LAST_YEAR, _INTERIM, _FLOORS, _PRINT = (
    "実績",
    "前年同期",
    "前年度実績",
    "途中の判定",
    "基準の変更",
    "印字",
)
_OF_KPI = ("名称", "目標", "実績")
_FORMER, _COMMON_KEY, _MAIN = "旧名", "共通の鍵", "主"
_OPTIONAL = (
    *("方向", "取り方", _SAME_PERIOD, _LAST_YEAR, _INTERIM, _FLOORS, _PRINT, SHOWN),
    *(_FORMER, _COMMON_KEY, REFERENCE, _MAIN, *National),
)


def read_kpis(
    book: Workbook, layouts: dict[str, Layout], scale: Scale, problems: Problems, basic: BasicSettings
) -> list[Kpi]:
    """Every KPI of the plan, none without the sheet; interim rules do not matter at the year's end."""
    kpis: list[Kpi] = []
    interim = _InterimRules(scale)
    optional = _OPTIONAL
    rows = read_list_rows(book, SHEET, ("指標", TARGET, _RESULT), problems, optional=optional, needed=False)
    for row in rows:
        name = row.text("指標")
        if not name:
            row.add_error("指標", "指標の名前を入れてください。")
            continue
        if name in {kpi.name for kpi in kpis}:
            row.add_error("指標", f"指標「{name}」が 2 回あります。別の名前にしてください。")
        kpi = _KpiReader(book, layouts, scale, row, basic.fiscal_year).read_kpi(name)
        kpis.append(kpi)
        _report_common_key_of_two(row, kpi, kpis[:-1])
        if not basic.cycle.is_last(basic.number):
            interim.warn_of_unusable_rule(row, kpi)
    return kpis


def _report_common_key_of_two(row: ListRow, kpi: Kpi, earlier: Sequence[Kpi]) -> None:
    other = next((one for one in earlier if kpi.common_key and one.common_key == kpi.common_key), None)
    if other:
        row.add_error(
            _COMMON_KEY,
            f"{_COMMON_KEY}「{kpi.common_key}」が指標「{other.name}」（{other.place}）にもあります。"
            "どちらかを直してください。",
        )


def report_blocks_without_main_kpi(
    sections: Sequence[Section], kpis: Sequence[Kpi], basic: BasicSettings, problems: Problems
) -> None:
    """Adds an error for each block that its main KPI rates, if none of several is marked as such."""
    for item, block, own in _blocks_with_kpis(sections, kpis):
        rule = block.aggregation or basic.aggregation
        if rule is Aggregation.MAIN and len(own) > 1 and not any(kpi.is_main for kpi in own):
            problems.add_error(
                SHEET,
                own[0].place,
                f"{item.id} ブロック {block.name} は主たるKPIで評価しますが、その指標がありません。"
                f"列「{_MAIN}」を作り、主たる指標の行に 〇 を入れてください。",
            )


def _blocks_with_kpis(
    sections: Sequence[Section], kpis: Sequence[Kpi]
) -> Iterator[tuple[Item, Block, list[Kpi]]]:
    """Every block with its item and its KPIs."""
    for item in chain.from_iterable(section.items for section in sections):
        for block in item.blocks:
            yield item, block, [kpi for kpi in kpis if item.block_of_kpi(kpi.name) is block]


def warn_of_unused_past_values(book: Workbook, history: Sequence[PastValue], kpis: Sequence[Kpi]) -> None:
    """Adds warnings for values of no KPI, and for 45.0 typed instead of 45.0 ％."""
    known = {kpi.name: kpi for kpi in kpis}
    for past in history:
        kpi = known.get(past.kpi)
        if kpi is None:
            past.row.add_warning(
                "指標", f"指標「{past.kpi}」がシート「KPI」にないため使いません。名前を合わせてください。"
            )
        elif kpi.format.is_percent:
            warn_of_rate_above_one(book, past.row, "値", past.value, kpi.format)


class _InterimRules:
    """Finds interim rules (途中の判定) without a rating before the end of the year."""

    def __init__(self, scale: Scale) -> None:
        self.can_wait = not scale.steps or scale.interim_step is not None

    def warn_of_unusable_rule(self, row: ListRow, kpi: Kpi) -> None:
        if kpi.interim is Interim.SAME_PERIOD and not row.is_filled(_SAME_PERIOD):
            row.add_warning(
                _INTERIM,
                "「前年同期」の列が空のため、年度の途中は判定できません。"
                "「前年同期」に「=」を入れて前年同期の欄をクリックするか、「途中の判定」を変えてください。",
            )
        if kpi.interim is Interim.YEAR_END and not self.can_wait:
            self.can_wait = True  # reported once
            row.add_warning(
                _INTERIM,
                "「評価基準」に途中を表す段階がないため、年度の途中は評価が付きません。"
                "「評価基準」に「－」の段階を足し、「途中」に 〇 を付けてください。",
            )


class _KpiReader:
    """Reads one row of the sheet KPI."""

    def __init__(
        self, book: Workbook, layouts: dict[str, Layout], scale: Scale, row: ListRow, fiscal_year: FiscalYear
    ) -> None:
        self.book, self.layouts, self.scale, self.row = book, layouts, scale, row
        self.formulas = FormulaReader(layouts, row)
        self.targets = TargetReader(book, row, self.formulas, fiscal_year)

    def read_kpi(self, name: str) -> Kpi:
        newest = self.row.choice("取り方", (NEWEST,), "") == NEWEST
        result = self._read_result(name, newest=newest)
        direction = self.targets.read_direction()
        target = self.targets.read_target(direction, result)
        same_period = self.formulas.read_formula(_SAME_PERIOD, needs_range=newest)
        self._check_equal_range_lengths(result, same_period)
        self._check_print_placeholders(name)
        show = self.targets.display_format(result, target)
        self._check_no_factor_100(result, show)
        last_year = self._last_year_formula(show)
        years = {"result": result, "same_period": same_period, "last_year": last_year}
        warn_of_unlikely_years(self.row, self.formulas, target=target, **years)
        return Kpi(
            name=name,
            format=show,
            target=target,
            direction=direction,
            result=result,
            same_period=same_period,
            newest=newest,
            interim=self._read_interim_rule(target),
            thresholds=tuple(self._read_thresholds()),
            print=self.row.text(_PRINT),
            place=self.row.cell_ref("指標"),
            last_year=last_year,
            former_names=former_names_in(self.row.text(_FORMER)),
            is_main=self.row.choice(_MAIN, _CIRCLES, "") in _CIRCLES,
            common_key=normalized(self.row.text(_COMMON_KEY)),
            national_cells=tuple(national_cells(self.formulas)),
            target_source=self.row.source(self.book, TARGET),
            result_source=self.row.source(self.book, _RESULT),
            print_source=self.row.source(self.book, _PRINT),
        )

    def _read_result(self, name: str, *, newest: bool) -> Node | None:
        """The source of the result; of what is to be done by a day a text cell, by default its own."""
        if self.targets.milestone and not self.formulas.has_formula(_RESULT) and not self.row.text(_RESULT):
            return self._state_cell(name)
        takes_text = self.targets.milestone is not None
        result = self.formulas.read_formula(_RESULT, needs_range=newest, takes_text=takes_text)
        if result is None and not self.formulas.has_formula(_RESULT):
            self.row.add_error(
                _RESULT, "「=」を入れ、様式図の欄をクリックして実績の出どころを示してください。"
            )
        return result

    def _state_cell(self, name: str) -> Node | None:
        marks = ((item, mark) for item, layout in self.layouts.items() for mark, _ in layout.kpi_marks)
        item = next((item for item, mark in marks if mark == name), None)
        if item is None:
            self.row.add_error(
                _RESULT,
                "この指標の行が様式図にないため、グループが済・未を入れる欄を作れません。"
                "項の様式図に「KPI」の行を足すか、「=」で文字の欄を示してください。",
            )
        return completion_cell(item, name) if item else None

    def _read_interim_rule(self, target: Target) -> Interim:
        """途中の判定; an error for a range against last year, which is neither to be reached nor kept."""
        interim = Interim(self.row.choice(_INTERIM, list(Interim), Interim.TARGET))
        if isinstance(target, TargetRange) and interim is Interim.SAME_PERIOD:
            self.row.add_error(
                _INTERIM,
                "目標が範囲の指標は、前年同期とは比べられません。"
                "目標、年度末、経過月割 のどれかにしてください。",
            )
        return interim

    def _check_equal_range_lengths(self, result: Node | None, same_period: Node | None) -> None:
        if not (isinstance(result, Group) and isinstance(same_period, Group)):
            return
        if len(result.keys) != len(same_period.keys):
            self.row.add_error(
                _SAME_PERIOD, "「実績」と同じ数の欄を選んでください。同じ位置どうしを比べます。"
            )

    def _check_print_placeholders(self, name: str) -> None:
        figures = (
            layout.figure_names
            for layout in self.layouts.values()
            if name in {mark for mark, _ in layout.kpi_marks}
        )
        for message in placeholder_problems(self.row.text(_PRINT), {*_OF_KPI}.union(*figures)):
            self.row.add_error(_PRINT, message)

    def _check_no_factor_100(self, result: Node | None, show: NumberFormat) -> None:
        if show.is_percent and result is not None and Number(Decimal(100)) in _factors_in_formula(result):
            self.row.add_error(
                _RESULT, "％ で示す指標は割合のまま計算します。「*100」を外してください（例 =A/B）。"
            )

    def _last_year_formula(self, show: NumberFormat) -> Node | None:
        """The formula in 前年度実績, also for a typed number."""
        if self.row.text(_LAST_YEAR) and not self.formulas.has_formula(_LAST_YEAR):
            number = self.row.fraction(self.book, _LAST_YEAR)
            if number is None:
                return None
            if show.is_percent:
                warn_of_rate_above_one(self.book, self.row, _LAST_YEAR, number, show)
            return Number(number)
        return self.formulas.read_formula(_LAST_YEAR)

    def _read_thresholds(self) -> list[tuple[str, Decimal]]:
        words = self.row.text(_FLOORS).replace("、", " ").replace(",", " ").split()
        pairs = list(zip(words[::2], words[1::2], strict=False))
        found = []
        for glyph, text in pairs:
            number = typed_number_and_unit(text)
            canonical = self.scale.canonical_glyph(glyph)
            if number is None or not canonical:
                self.row.add_error(
                    _FLOORS,
                    f"「{glyph} {text}」が読めません。"
                    "「◎ 102%」のように、記号と割合を空白で区切ってください。",
                )
                continue
            found.append((canonical, number[0]))
        floors = [
            step.floor for step in self.scale.with_floors(found).computable_steps if step.floor is not None
        ]
        if found and any(below >= above for above, below in pairwise(floors)):
            self.row.add_error(
                _FLOORS,
                "変更したあとの下限が、良い順に小さくなりません。上の段階ほど大きい割合にしてください。",
            )
        if len(words) % 2:
            self.row.add_error(_FLOORS, "「◎ 102%」のように、記号と割合を組にして入れてください。")
        return found


def _factors_in_formula(tree: Node) -> Iterator[Node]:
    """The factors of all products in a formula."""
    terms = direct_terms_of_node(tree)
    if isinstance(tree, Operation) and tree.sign == "*":
        yield from terms
    for term in terms:
        yield from _factors_in_formula(term)
