"""値: numbers of an absurd size, and counts with decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_cells import MEAN, NumberCell, all_number_cells
from kenpo_xl.checks.support.printed_text import all_printed_texts, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.submission.submission import CellType

_LONG_RUN = LazyPattern("[0-9０-９]{31,}")
# Units of what comes in whole numbers only.
_COUNTED = LazyPattern(
    r"(?:延べ?)?(?:件|人|名|者|社|部|通|枚|冊|個|本|台|校|組|便|床|室|位|票|回|項目|種類?|業種|支部|市|町|村|市町村|"
    r"[かカヶケヵ箇]所|事業[所場]|企業|団体|施設|薬局|機関|医療機関|健診機関|会場|世帯|都道府県|市区町村|自治体|講座|窓口|店|戸|棟|件数|人数|回数)"
)
# What binary fractions leave over of whole numbers.
_NOISE = Decimal("0.000001")


@rule(
    "VA17",
    Family.VALUES,
    Severity.ERROR,
    "数の桁が多すぎるか、小さすぎます",
    why="Excel が正しく保てる数は 15 桁までです。それを超える数は、貼り間違いか、番号を入れたものです。",
    remedy="元の資料を確かめて、正しい数を入れ直してください。",
)
def absurd_number(context: CheckContext) -> Iterator[Violation]:
    """A number of 16 digits or more before the point, or of an absurd size (1E-200).

    It counts as text: nothing is computed from it. In a sentence, a run of more than 30 digits.
    """
    for cell in all_number_cells(context):
        if (
            cell.entry.cell_type is CellType.NUMBER
            and cell.expects_number
            and isinstance(cell.entry.value, str)
        ):
            number_text = cell.entry.written
            yield cell.violation(f"{cell.name}の {number_text} は、数として扱えない大きさです。")
    for written in all_printed_texts(context):
        found = _LONG_RUN.search(written.text)
        if found:
            fact = f"{quoted(found[0])}は、数字が {len(found[0])} 桁も続いています。"
            yield written.violation(found.start(), fact)


@rule(
    "VA18",
    Family.VALUES,
    Severity.WARNING,
    "件数や人数に小数が付いています",
    why="件数や人数に 0.5 はありません。表では四捨五入して見えるため、気づかないまま合計が合わなくなります。",
    remedy="元の資料を確かめて、整数で入れ直してください。",
    superseded_by=(rule_codes.REPORTED_FIGURE_CHANGED, rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT),
)
def count_with_decimals(context: CheckContext) -> Iterator[Violation]:
    """A typed number with decimals in a cell for whole counts.

    Except means (平均, 1人当たり in a header), residues of binary fractions, and money: 千円 may include yen.
    """
    for cell in all_number_cells(context):
        if (
            cell.number is not None
            and cell.is_input_cell
            and _has_decimals(cell.number)
            and _is_count_in_whole_numbers(cell)
        ):
            number_text = f"{decimal_text(cell.number)} {cell.unit}"
            fact = (
                f"{cell.name}が {number_text} で、小数が付いています（{cell.displayed_value()} と見えます）。"
            )
            yield cell.violation(fact, "元の資料を確かめて、正しい数を入れ直してください。")


def _has_decimals(number: Decimal) -> bool:
    return abs(number - number.to_integral_value(ROUND_HALF_UP)) > _NOISE


def _is_count_in_whole_numbers(cell: NumberCell) -> bool:
    style = cell.figure.cell.format
    shows_whole = not style.is_percent and style.decimals == 0 and style.scaling_comma_count == 0
    return shows_whole and bool(_COUNTED.fullmatch(cell.unit)) and not MEAN.is_in(cell.header_text)
