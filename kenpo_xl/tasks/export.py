"""Every number of the report as a file for other programs: CSV or Parquet, with the columns of sheet 数値."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kenpo_xl.domain.fact_columns import COLUMNS, Datum, FactColumn
from kenpo_xl.domain.facts import Fact
from kenpo_xl.domain.numbers import from_excel, plain
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.in_place import written_beside
from kenpo_xl.facts import facts
from kenpo_xl.tasks.consolidation import consolidate
from kenpo_xl.tasks.period import period_folder

if TYPE_CHECKING:
    from pandas import DataFrame

CSV, PARQUET = FORMATS = ("csv", "parquet")
_TYPES = {str: "string", int: "Int64", Decimal: "float64"}
# What Excel takes for the beginning of a formula, also in full width; a sign alone is none.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠].")


@dataclass(frozen=True)
class ExportResult:
    """Where the file lies and how many numbers are in it."""

    path: Path
    rows: int


def export(folder: Path, *, file_format: str = CSV, output: Path | None = None) -> ExportResult:
    """Write the numbers of a period folder as `csv` or `parquet`; KenpoError where that cannot be done."""
    period = period_folder(folder)
    whole = consolidate(period)
    path = output or period.figures_path(whole.plan, f".{file_format}")
    period.refuse_to_overwrite(path, f".{file_format}")
    table = frame(facts(whole.plan, whole.submissions, whole.figures, whole.standings))
    with written_beside(path) as beside:
        try:
            _write(table, beside, file_format)
        except OSError as error:
            raise KenpoError(f"{path.name} を書けませんでした。空き容量と権限を確かめてください。") from error
    return ExportResult(path, len(table))


def frame(found: Sequence[Fact]) -> DataFrame:
    """The facts as a table with the columns of sheet 数値: texts, whole numbers, floats; NA for nothing.

    Floats have Excel's 15 digits.
    """
    import pandas

    return pandas.DataFrame(
        {
            column.head: pandas.Series([_datum(column, fact) for fact in found], dtype=_TYPES[column.type])
            for column in COLUMNS
        }
    )


def _datum(column: FactColumn, fact: Fact) -> Datum | float:
    value = column.of(fact)
    if value == "":
        return None
    return float(from_excel(float(value))) if isinstance(value, Decimal) else value


def _write(table: DataFrame, path: Path, file_format: str) -> None:
    if file_format == PARQUET:
        table.to_parquet(path, engine="pyarrow", index=False)
        return
    texts = [column.head for column in COLUMNS if column.type is str]
    table.assign(**{head: table[head].map(_harmless, na_action="ignore") for head in texts}).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n", float_format=_plain
    )


def _harmless(text: str) -> str:
    """A text that Excel would run as a formula, with an apostrophe before it; any other as it is."""
    return f"'{text}" if _FORMULA.match(text) else text


def _plain(value: Any) -> str:
    """A float at Excel's 15 digits, without exponent."""
    return plain(from_excel(value))
