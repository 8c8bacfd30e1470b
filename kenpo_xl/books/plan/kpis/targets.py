"""Reads the target (目標), direction and number format of a KPI."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.books.plan.layout.formula_reader import FormulaReader
from kenpo_xl.books.plan.support.list_sheets import ListRow, number_and_unit
from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_text, number_format
from kenpo_xl.domain.plan.plan import RelativeTarget
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.ooxml.workbook import Workbook

TARGET, SHOWN = "目標", "書式"
# 前年度(の)実績(値)(以上), and before 以上: と過去3(か)年(度)(の)平均(値)の(いずれか)良い/高い/低い方/値
_RELATIVE = re.compile(
    r"対?前年度の?(?:実績)?値?"
    r"(?P<mean>(?:と|及び|又は|または|、)(?:過去|直近)(?:3|三)[かカヵヶケ箇]?年度?間?の?平均値?の?(?:うち|、)?"
    r"(?:いずれか|どちらか)?の?(?P<better>良い|よい|高い|低い)(?:(?:方|ほう)の?)?値?)?"
    r"(?:以上|以下)?"
)
_LITERAL, _DIGIT = re.compile(r'"[^"]*"'), re.compile(r"[0#?]")
_MEANT = {"高い": Direction.AT_LEAST, "低い": Direction.AT_MOST}
_EXAMPLES = (*RelativeTarget, "前年度と過去3年度の平均値のいずれか高い値以上")

Target = Decimal | Node | RelativeTarget | None


class TargetReader:
    """Reads 目標, 方向 and 書式 of one row of the sheet KPI."""

    def __init__(self, book: Workbook, row: ListRow, formulas: FormulaReader) -> None:
        self.book, self.row, self.formulas = book, row, formulas

    def read_direction(self) -> Direction:
        """方向, else the ending of 目標 (10 ％以下), else 以上."""
        words = self.row.text(TARGET)
        named = next((one for one in Direction if normalized(words).endswith(one)), None)
        direction = Direction(self.row.choice("方向", list(Direction), named or Direction.AT_LEAST))
        if named and named is not direction:
            self.row.add_error(
                "方向",
                f"「目標」は「{words}」、「方向」は「{direction}」で、合いません。どちらかを直してください。",
            )
        return direction

    def read_target(self, direction: Direction, result: Node | None) -> Target:
        """The target; None, with an error added, if there is none."""
        if self.formulas.has_formula(TARGET):
            return self.formulas.read_formula(TARGET)
        text = self.row.text(TARGET)
        relative = _RELATIVE.fullmatch(normalized(text))
        if relative:
            return self._relative_target(relative, direction)
        cell = self.row.raw_cell(TARGET)
        if cell is not None and isinstance(cell.value, str) and text and number_and_unit(text) is None:
            examples = "、".join(_EXAMPLES)
            self.row.add_error(
                TARGET, f"目標は、数、「=」で始まる式、または {examples} のどれかにしてください。"
            )
            return None
        if not text:
            self.row.add_error(
                TARGET, "目標を入れてください。前年度の実績に拠るときは「前年度」としてください。"
            )
        return self._number_target(direction, result)

    def display_format(self, result: Node | None, target: Target) -> NumberFormat:
        """The number format: 書式, else that of the cell in 目標, else 目標, else the result.

        A cell in which a planner typed = and clicked another gets the format of that one: 0.00 for 63.53 ％.
        """
        candidates = (
            self._cell_format(SHOWN),
            self.formulas.number_format_of(target),
            self._cell_format(TARGET),
            self.formulas.number_format_of(result),
        )
        return next((style for style in candidates if style), number_format("General"))

    def _cell_format(self, header: str) -> NumberFormat | None:
        code = self.book.number_format_code(self.row.raw_cell(header))
        style = number_format(code)
        if _LITERAL.search(code) and not _DIGIT.search(_LITERAL.sub("", code)):  # words, no number
            return None
        if style.is_general or style.is_text:
            return None
        return style.as_percent() if style.has_literal_percent_sign else style

    def _relative_target(self, words: re.Match[str], direction: Direction) -> RelativeTarget:
        if words["better"] in _MEANT and _MEANT[words["better"]] is not direction:
            better = next(word for word, meant in _MEANT.items() if meant is direction)
            self.row.add_warning(
                TARGET,
                f"「{words['better']}」とありますが方向が「{direction}」のため、{better}方を目標にします。"
                "違うときは「方向」を直してください。",
            )
        return RelativeTarget.BETTER_OF_LAST_AND_MEAN if words["mean"] else RelativeTarget.LAST_YEAR

    def _number_target(self, direction: Direction, result: Node | None) -> Decimal | None:
        number = self.row.fraction(self.book, TARGET)
        if number is not None and number <= 0 and direction is Direction.AT_LEAST:
            self.row.add_warning(
                TARGET,
                f"目標が {decimal_text(number)} で方向が「以上」のため、いつも達成になり、達成率も出ません。"
                "目標と方向を確かめてください。",
            )
        shown = self._cell_format(SHOWN) or self.formulas.number_format_of(result)
        if number is not None and shown and shown.is_percent:
            warn_of_rate_above_one(self.book, self.row, TARGET, number, shown)
        return number


def warn_of_rate_above_one(
    book: Workbook, row: ListRow, header: str, number: Decimal, displayed_format: NumberFormat
) -> None:
    """Adds a warning for a rate above 1 typed without ％: 45 would be 4500 ％."""
    typed = row.raw_cell(header)
    style = number_format(book.number_format_code(typed))
    if (
        number <= 1
        or style.is_percent
        or style.has_literal_percent_sign
        or typed is None
        or isinstance(typed.value, str)
    ):
        return
    meant = style.as_percent() if style.decimals else displayed_format
    row.add_warning(
        header,
        f"「{header}」の {decimal_text(number)} は {displayed_format.displayed_text(number)} と読みました"
        "（実績は割合で出ます）。"
        f"{decimal_text(number)} ％のことなら"
        f"「{meant.displayed_text(number / 100).replace('％', '%')}」と入れてください。",
    )
