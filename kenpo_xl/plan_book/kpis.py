"""The sheet KPI: targets, sources and rules, with formulas over the cells of the layout sheets."""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.domain import formulas
from kenpo_xl.domain.formulas import Address, Group, Node
from kenpo_xl.domain.numbers import NumberFormat, number_format, plain, read_typed
from kenpo_xl.domain.plan import FigureId, Kpi, RelativeTarget, Table
from kenpo_xl.domain.ratings import Direction, Interim, Scale
from kenpo_xl.domain.submission import Source
from kenpo_xl.domain.text import folded
from kenpo_xl.excel.references import a1
from kenpo_xl.excel.sheets import Workbook
from kenpo_xl.plan_book.layout import Layout
from kenpo_xl.plan_book.lists import ListRow, read_list
from kenpo_xl.plan_book.problems import Problems
from kenpo_xl.plan_book.words import unknown_words

SHEET = "KPI"
SHEETS = (SHEET,)
_NEWEST = "最新"
_OF_KPI = ("名称", "目標", "実績")
# 前年度(の)実績(値)(以上), and before 以上: と過去3(か)年(度)(の)平均(値)の(いずれか)良い/高い/低い方/値
_RELATIVE = re.compile(
    r"対?前年度の?(?:実績)?値?"
    r"(?P<mean>(?:と|及び|又は|または|、)(?:過去|直近)(?:3|三)[かカヵヶケ箇]?年度?間?の?平均値?の?(?:うち|、)?"
    r"(?:いずれか|どちらか)?の?(?P<better>良い|よい|高い|低い)(?:(?:方|ほう)の?)?値?)?"
    r"(?:以上|以下)?"
)
_MEANT = {"高い": Direction.AT_LEAST, "低い": Direction.AT_MOST}
_EXAMPLES = (*RelativeTarget, "前年度と過去3年度の平均値のいずれか高い値以上")
_OPTIONAL = ("方向", "取り方", "前年同期", "前年度実績", "途中の判定", "基準の変更", "印字", "書式")


def read_kpis(book: Workbook, layouts: dict[str, Layout], scale: Scale, problems: Problems) -> list[Kpi]:
    """Every KPI of the plan; a plan without the sheet has none."""
    kpis: list[Kpi] = []
    rows = read_list(book, SHEET, ("指標", "目標", "実績"), problems, optional=_OPTIONAL, needed=False)
    for row in rows:
        name = row.text("指標")
        if not name:
            row.refuse("指標", "指標の名前を入れてください。")
            continue
        if name in {kpi.name for kpi in kpis}:
            row.refuse("指標", f"指標「{name}」が 2 回あります。別の名前にしてください。")
        kpis.append(_Reader(book, layouts, scale, row).kpi(name))
    return kpis


class _Reader:
    """Reads one row of the sheet KPI."""

    def __init__(self, book: Workbook, layouts: dict[str, Layout], scale: Scale, row: ListRow) -> None:
        self.book, self.layouts, self.scale, self.row = book, layouts, scale, row

    def kpi(self, name: str) -> Kpi:
        newest = self.row.choice("取り方", (_NEWEST,), "") == _NEWEST
        result = self._formula("実績", needs_range=newest)
        if result is None and not self._has_formula("実績"):
            self.row.refuse("実績", "「=」を入れ、様式図の欄をクリックして実績の出どころを示してください。")
        direction = self._direction()
        target = self._target(direction)
        same_period = self._formula("前年同期", needs_range=newest)
        self._check_lengths(result, same_period)
        self._check_words(name)
        return Kpi(
            name=name,
            format=self._format(result, target),
            target=target,
            direction=direction,
            result=result,
            same_period=same_period,
            newest=newest,
            interim=Interim(self.row.choice("途中の判定", list(Interim), Interim.TARGET)),
            thresholds=tuple(self._thresholds()),
            print=self.row.text("印字"),
            place=self.row.place("指標"),
            last_year=self._last_year(),
            target_source=self._source("目標"),
            result_source=self._source("実績"),
        )

    def _source(self, head: str) -> Source:
        return Source(self.book.path.name, SHEET, self.row.place(head))

    def _direction(self) -> Direction:
        """方向, or where it is empty how the words of 目標 end (10 ％以下); 以上 where nothing tells."""
        words = self.row.text("目標")
        told = next((one for one in Direction if folded(words).endswith(one)), None)
        direction = Direction(self.row.choice("方向", list(Direction), told or Direction.AT_LEAST))
        if told and told is not direction:
            self.row.refuse(
                "方向",
                f"「目標」は「{words}」、「方向」は「{direction}」で、合いません。どちらかを直してください。",
            )
        return direction

    def _check_lengths(self, result: Node | None, same_period: Node | None) -> None:
        if not (isinstance(result, Group) and isinstance(same_period, Group)):
            return
        if len(result.keys) != len(same_period.keys):
            self.row.refuse("前年同期", "「実績」と同じ数の欄を選んでください。同じ位置どうしを比べます。")

    def _check_words(self, name: str) -> None:
        figures = (
            layout.words for layout in self.layouts.values() if name in {mark for mark, _ in layout.kpi_marks}
        )
        for message in unknown_words(self.row.text("印字"), {*_OF_KPI}.union(*figures)):
            self.row.refuse("印字", message)

    def _has_formula(self, head: str) -> bool:
        cell = self.row.raw(head)
        return cell is not None and bool(cell.formula)

    def _formula(self, head: str, *, needs_range: bool) -> Node | None:
        cell = self.row.raw(head)
        if cell is None or not cell.formula:
            if self.row.text(head):
                self.row.refuse(head, f"「{head}」には「=」で始まる式を入れてください。")
            return None
        try:
            tree = formulas.parse(cell.formula)
        except formulas.FormulaError as error:
            self.row.refuse(head, f"式「={cell.formula}」は使えません。{error}")
            return None
        if needs_range and not isinstance(tree, Group):
            self.row.refuse(
                head,
                f"「{_NEWEST}」のときは、{head}に月の並んだ範囲（例 ='1-2-5'!D9:O9）を入れてください。",
            )
            return None
        if isinstance(tree, Group) and not needs_range:
            self.row.refuse(
                head, "範囲をそのまま使うときは「取り方」を「最新」にするか、SUM などで囲んでください。"
            )
            return None
        return self._translated(head, tree)

    def _translated(self, head: str, tree: Node) -> Node | None:
        missing: list[Address] = []

        def one(key: Hashable) -> Hashable:
            assert isinstance(key, Address)
            found = self._figure(key)
            if found is None:
                missing.append(key)
                return key
            return found

        def many(group: Group) -> Group:
            return Group(tuple(one(address) for address in formulas.spread(group)))

        translated = formulas.mapped(tree, one, many)
        if missing:
            sheet, row, column = missing[0]
            where = f"{sheet}!{a1(row, column)}" if sheet else a1(row, column)
            self.row.refuse(head, f"{where} は様式図の表の欄ではありません。表の欄を選び直してください。")
            return None
        return translated

    def _figure(self, address: Address) -> FigureId | None:
        found = self._place(address)
        return None if found is None else found[0].identity(*found[1:])

    def _place(self, address: Address) -> tuple[Table, int, int] | None:
        layout = self.layouts.get(address.sheet)
        return layout.figures.get((address.row, address.column)) if layout else None

    def _target(self, direction: Direction) -> Decimal | Node | RelativeTarget | None:
        cell = self.row.raw("目標")
        if cell is not None and cell.formula:
            return self._formula("目標", needs_range=False)
        text = self.row.text("目標")
        relative = _RELATIVE.fullmatch(folded(text))
        if relative:
            return self._relative(relative, direction)
        if cell is not None and isinstance(cell.value, str) and text and read_typed(text) is None:
            examples = "、".join(_EXAMPLES)
            self.row.refuse(
                "目標", f"目標は、数、「=」で始まる式、または {examples} のどれかにしてください。"
            )
            return None
        if not text:
            self.row.refuse(
                "目標", "目標を入れてください。前年度の実績に拠るときは「前年度」としてください。"
            )
        return self._number(direction)

    def _relative(self, words: re.Match[str], direction: Direction) -> RelativeTarget:
        if words["better"] in _MEANT and _MEANT[words["better"]] is not direction:
            better = next(word for word, meant in _MEANT.items() if meant is direction)
            self._warn(
                "目標",
                f"「{words['better']}」とありますが方向が「{direction}」のため、{better}方を目標にします。"
                "違うときは「方向」を直してください。",
            )
        return RelativeTarget.BETTER_OF_LAST_AND_MEAN if words["mean"] else RelativeTarget.LAST_YEAR

    def _number(self, direction: Direction) -> Decimal | None:
        number = self.row.number("目標")
        if number is not None and number <= 0 and direction is Direction.AT_LEAST:
            self._warn(
                "目標",
                f"目標が {plain(number)} で方向が「以上」のため、いつも達成になり、達成率も出ません。"
                "目標と方向を確かめてください。",
            )
        return number

    def _last_year(self) -> Node | None:
        """The formula in 前年度実績; a number typed there is one too."""
        cell = self.row.raw("前年度実績")
        if cell is not None and not cell.formula and self.row.text("前年度実績"):
            number = self.row.number("前年度実績")
            return None if number is None else formulas.Number(number)
        return self._formula("前年度実績", needs_range=False)

    def _warn(self, head: str, message: str) -> None:
        self.row.problems.warn(SHEET, self.row.place(head), message)

    def _format(self, result: Node | None, target: Decimal | Node | RelativeTarget | None) -> NumberFormat:
        """How the KPI is shown: 書式, else the figure that 目標 points at, else 目標 itself, else the result.

        A cell in which a planner typed = and clicked another takes over that one's format: 0.00 for 63.53 ％.
        """
        candidates = (
            self._cell_format("書式"),
            self._shown(target),
            self._cell_format("目標"),
            self._shown(result),
        )
        return next((style for style in candidates if style), number_format("General"))

    def _cell_format(self, head: str) -> NumberFormat | None:
        style = number_format(self.book.format_of(self.row.raw(head)))
        return None if style.is_general or style.is_text else style

    def _shown(self, tree: Decimal | Node | RelativeTarget | None) -> NumberFormat | None:
        """How the figure is shown that a formula points at; None for anything but a cell or a range."""
        if not isinstance(tree, formulas.Ref | Group):
            return None
        key = next(formulas.keys(tree))
        for layout in self.layouts.values():
            for table, row, column in layout.figures.values():
                if table.identity(row, column) == key:
                    return _shown_as(table, row, column)
        return None

    def _thresholds(self) -> list[tuple[str, Decimal]]:
        words = self.row.text("基準の変更").replace("、", " ").replace(",", " ").split()
        pairs = list(zip(words[::2], words[1::2], strict=False))
        found = []
        for glyph, text in pairs:
            number = read_typed(text)
            canonical = self.scale.canonical(glyph)
            if number is None or not canonical:
                self.row.refuse(
                    "基準の変更",
                    f"「{glyph} {text}」が読めません。"
                    "「◎ 102%」のように、記号と割合を空白で区切ってください。",
                )
                continue
            found.append((canonical, number[0]))
        floors = [step.floor for step in self.scale.with_floors(found).computed if step.floor is not None]
        if found and any(below >= above for above, below in pairwise(floors)):
            self.row.refuse(
                "基準の変更",
                "変更したあとの下限が、良い順に小さくなりません。上の段階ほど大きい割合にしてください。",
            )
        if len(words) % 2:
            self.row.refuse("基準の変更", "「◎ 102%」のように、記号と割合を組にして入れてください。")
        return found


def _shown_as(table: Table, row: int, column: int) -> NumberFormat:
    style = table.cells[row][column].format
    if table.in_points(row, column):
        return number_format("0" + ("." + "0" * style.decimals if style.decimals else "") + "%")
    return style
