"""Reads the target (目標), direction and number format of a KPI."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from kenpo_xl.books.plan.kpis.reference_targets import ReferenceReader, parse_reference_target
from kenpo_xl.books.plan.kpis.target_words import parse_milestone, parse_target_range
from kenpo_xl.books.plan.layout.formula_reader import FormulaReader
from kenpo_xl.books.plan.support.list_sheets import ListRow, number_and_unit
from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_text, number_format
from kenpo_xl.domain.plan.plan import Target
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.milestones import Milestone
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import Workbook

TARGET, SHOWN = "目標", "書式"
_DIRECTION, _REACHED = "方向", "達成"
_LAST_YEAR = r"対?前年度の?(?:実績)?値?"
_MEAN = r"(?:過去|直近)(?:3|三)[かカヵヶケ箇]?年度?間?の?平均値?"
_BETTER = r"の?(?:うち|、)?(?:いずれか|どちらか)?の?(?P<better>良い|よい|高い|低い)(?:(?:方|ほう)の?)?値?"
_END = r"(?:以上|以下)?"
# What the words of a target say: 前年度(の)実績(値)(以上), 前年度の水準を維持, 過去3か年の平均値以上 …
_RELATIVE = (
    (re.compile(_LAST_YEAR + _END), Basis.LAST_YEAR),
    (re.compile(rf"(?:(?:{_LAST_YEAR}|現状)の?(?:水準)?(?:を|の)?)?維持"), Basis.LAST_YEAR),
    (
        re.compile(rf"{_LAST_YEAR}(?:と|及び|又は|または|、){_MEAN}{_BETTER}{_END}"),
        Basis.BETTER_OF_LAST_AND_MEAN,
    ),
    (re.compile(_MEAN + _END), Basis.MEAN),
    (re.compile(rf"過去の?最(?P<better>高|良|低)の?(?:実績)?値?{_END}"), Basis.BEST),
)
# 前年度比103%, 前年度比3%増, 前年度より5件増, 前年度実績から1.5ポイント減
_CHANGED = re.compile(
    rf"{_LAST_YEAR}(?P<joint>の?対?比|比で|より|から|に比べ|の)?(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d増減向改縮以]*)"
    r"(?:以上)?の?(?P<change>増加?|減少?|向上|改善|縮減)?(?:させる|する|と?する)?(?:以上|以下)?"
)
_DOWN = ("減", "減少", "縮減")
_LITERAL, _DIGIT = re.compile(r'"[^"]*"'), re.compile(r"[0#?]")
_MEANT = dict.fromkeys(("高い", "高"), Direction.AT_LEAST) | dict.fromkeys(("低い", "低"), Direction.AT_MOST)
_EXAMPLES = (
    *Basis,
    "前年度比3%増",
    "前年度より5件増",
    "前年度の水準を維持",
    "45%～50%",
    "令和7年3月までに策定",
    "全国平均以上",
)


class TargetReader:
    """Reads 目標, 方向 and 書式 of one row of the sheet KPI."""

    def __init__(
        self, book: Workbook, row: ListRow, formulas: FormulaReader, fiscal_year: FiscalYear
    ) -> None:
        self.book, self.row, self.formulas = book, row, formulas
        self.milestone = self._read_milestone(fiscal_year)
        self.references = ReferenceReader(book, row, formulas)

    def _read_milestone(self, fiscal_year: FiscalYear) -> Milestone | None:
        """What 目標 wants done by a day: in words, or a date alone (達成); None for any other target."""
        cell = self.row.raw_cell(TARGET)
        if cell is not None and isinstance(cell.value, date):
            return Milestone(_REACHED, cell.value)
        return parse_milestone(normalized(self.row.text(TARGET)), fiscal_year)

    def read_direction(self) -> Direction:
        """方向, else the ending of 目標 (10 ％以下), else 以上; that of a range is 範囲内, of a day 期日."""
        words = self.row.text(TARGET)
        if self.milestone:
            self.row.choice(_DIRECTION, (Direction.BY_A_DAY,), "")
            return Direction.BY_A_DAY
        if parse_target_range(normalized(words)):
            self.row.choice(_DIRECTION, (Direction.WITHIN,), "")
            return Direction.WITHIN
        reference = parse_reference_target(normalized(words))
        ending = next((one for one in Direction if normalized(words).endswith(one)), None)
        named = reference[1] if reference else ending
        one_sided = (Direction.AT_LEAST, Direction.AT_MOST)
        direction = Direction(self.row.choice(_DIRECTION, one_sided, named or Direction.AT_LEAST))
        if named and named is not direction:
            self.row.add_error(
                _DIRECTION,
                f"「目標」は「{words}」、「方向」は「{direction}」で、合いません。どちらかを直してください。",
            )
        return direction

    def read_target(self, direction: Direction, result: Node | None) -> Target:
        """The target; None, with an error added, if there is none."""
        if self.milestone:
            return self.milestone
        if self.formulas.has_formula(TARGET):
            return self.formulas.read_formula(TARGET)
        text = self.row.text(TARGET)
        relative = self._relative_target(normalized(text), direction)
        if relative:
            return relative
        if parse_reference_target(normalized(text)):
            return self.references.read_reference(normalized(text), result)
        wanted = parse_target_range(normalized(text))
        if wanted:
            return self._checked_range(wanted, result)
        if self._is_in_other_words(text):
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

    def _is_in_other_words(self, text: str) -> bool:
        """Whether the target is typed as a text, which is no number with a unit either."""
        cell = self.row.raw_cell(TARGET)
        is_typed_text = cell is not None and isinstance(cell.value, str)
        return is_typed_text and bool(text) and not _is_number_with_unit(text)

    def display_format(self, result: Node | None, target: Target) -> NumberFormat:
        """The number format: 書式, else that of the cell in 目標, else 目標, else the result.

        A cell in which a planner typed = and clicked another gets the format of that one: 0.00 for 63.53 ％.
        """
        if self.milestone:
            return number_format("General")
        candidates = (
            self._cell_format(SHOWN),
            self.formulas.number_format_of(target.source if isinstance(target, ReferenceTarget) else target),
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

    def _relative_target(self, words: str, direction: Direction) -> RelativeTarget | None:
        """The target that follows from earlier years, None for other words."""
        for pattern, basis in _RELATIVE:
            if found := pattern.fullmatch(words):
                self._warn_of_other_direction(found.groupdict().get("better"), direction)
                return RelativeTarget(basis)
        changed = _CHANGED.fullmatch(words)
        return self._changed_last_year(changed) if changed else None

    def _warn_of_other_direction(self, better: str | None, direction: Direction) -> None:
        """Warn of 高い where less is better, and the reverse."""
        if better in _MEANT and _MEANT[better] is not direction:
            word = "高い" if direction is Direction.AT_LEAST else "低い"
            self.row.add_warning(
                TARGET,
                f"「{better}」とありますが方向が「{direction}」のため、{word}方を目標にします。"
                "違うときは「方向」を直してください。",
            )

    def _changed_last_year(self, words: re.Match[str]) -> RelativeTarget | None:
        """Last year's value changed by a share or an amount; warns of ％ that may be points."""
        number, change, unit = Decimal(words["number"]), words["change"], words["unit"]
        sign = -1 if change in _DOWN else 1
        if unit == "%" and change and "比" not in (words["joint"] or ""):
            self.row.add_warning(
                TARGET,
                f"前年度の {decimal_text(100 + sign * number)}％ と読みました。"
                f"ポイントのことなら「{number}ポイント{change}」と入れてください。",
            )
        if unit in ("%", "割", "倍"):
            share = number * {"%": Decimal("0.01"), "割": Decimal("0.1"), "倍": Decimal(1)}[unit]
            return RelativeTarget(Basis.LAST_YEAR, factor=1 + sign * share if change else share)
        if not change:
            return None
        return RelativeTarget(Basis.LAST_YEAR, addend=sign * (number / 100 if unit == "ポイント" else number))

    def _checked_range(self, wanted: TargetRange, result: Node | None) -> TargetRange | None:
        """The range, or None with an error where its ends are not in order; a rate wants its ％."""
        if wanted.low >= wanted.high:
            self.row.add_error(
                TARGET, "目標の範囲は、小さい数から大きい数の順に入れてください（例 45%～50%）。"
            )
            return None
        shown = self._cell_format(SHOWN) or self.formulas.number_format_of(result)
        if shown and shown.is_percent and wanted.low > 1:
            self.row.add_warning(
                TARGET, "率の目標に ％ がありません。％ のことなら「45%～50%」のように入れてください。"
            )
        return wanted

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


def _is_number_with_unit(text: str) -> bool:
    """Whether a text is a number; no number is 13月までに策定, whose month cannot be read."""
    return number_and_unit(text) is not None and "までに" not in text


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
