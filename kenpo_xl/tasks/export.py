"""Exports every number of the report as CSV or Parquet, with the columns of the sheet 数値."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kenpo_xl.books.common.content_seal import csv_with_seal, has_valid_csv_seal
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import decimal_from_excel, decimal_text
from kenpo_xl.domain.outputs.status_board import IgnoredFile
from kenpo_xl.domain.results.fact_columns import COLUMNS, Datum
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import atomic_write, available_path
from kenpo_xl.tasks.past_periods import past_from_ledger_above
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import period_folder
from kenpo_xl.tasks.period.parse_cache import cached_plan

if TYPE_CHECKING:
    from pandas import DataFrame

CSV, PARQUET = FORMATS = ("csv", "parquet")
_HEADERS = [column.header for column in COLUMNS]
_TYPES = {str: "string", int: "Int64", Decimal: "float64"}
_SEAL = b"kenpo-xl"
# The beginning of a formula for a spreadsheet, also in full width, in a further line, or after blanks and
# zero-width letters; a sign alone is none, nor is a signed number.
_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠].|[\t\r\n].", re.DOTALL)
_NUMBER = re.compile(r"[+\-＋－]?[\d,]+(?:\.\d+)?[%％]?")


@frozen
class ExportResult:
    """The path of the file and its number of rows.

    `kept` is an unrelated file at the intended path, which was not replaced. `rejected` are books that could
    not be used, each with the reason, `duplicates` those of a group besides the one that counts; `failures`
    are sentences on earlier periods that could not be read.
    """

    path: Path
    rows: int
    kept: Path | None = None
    rejected: tuple[IgnoredFile, ...] = ()
    duplicates: tuple[BookChoice, ...] = ()
    failures: tuple[str, ...] = ()


def export_facts(
    folder: Path, *, file_format: str = CSV, output: Path | None = None, recomputed: bool = False
) -> ExportResult:
    """Write the numbers of a period folder as `csv` or `parquet`; KenpoError if that fails.

    With `recomputed` the computed values of overwritten cells count as printed, as in `report`. A file that
    is no unmodified export is not replaced; the new one is written beside it.
    """
    _require_library("pandas", "数値の書き出し", "報告書のシート「数値」にも同じ数があります。")
    if file_format == PARQUET:
        _require_library("pyarrow", "Parquet の書き出し", "--format csv でも書き出せます。")
    period = period_folder(folder)
    if output is None or period.root.resolve() in output.resolve().parents:
        refuse_closed_period(period)
    plan = cached_plan(period.plan_path)
    past, failures = past_from_ledger_above(period, plan)
    whole = consolidate(period, prefer_computed=recomputed, past=past, plan=plan)
    wanted = output or period.figures_path(whole.plan, f".{file_format}")
    period.refuse_to_overwrite(wanted, f".{file_format}")
    path = available_path(wanted, _is_unmodified_parquet if file_format == PARQUET else _is_unmodified_csv)
    table = facts_table(whole.facts, plan.fiscal_year)
    with atomic_write(path) as beside:
        _write_table(table, beside, file_format)
    kept = wanted if path != wanted else None
    return ExportResult(path, len(table), kept, whole.rejected, whole.duplicates, failures)


def _require_library(name: str, purpose: str, instead: str) -> None:
    """KenpoError if an optional dependency cannot be imported."""
    try:
        import_module(name)
    except ImportError as error:
        how = (
            f"「{sys.executable} -m pip install {name}」で入れてください。"
            if find_spec("pip")
            else "この kenpo-xl には加えられないため、IT 担当に、入れた PC での書き出しを頼んでください。"
        )
        raise KenpoError(f"{purpose}に要る {name} を使えません。{how}{instead}") from error


def _is_unmodified_csv(path: Path) -> bool:
    """Whether a CSV file is an unmodified export."""
    return has_valid_csv_seal(path, _HEADERS)


def _is_unmodified_parquet(path: Path) -> bool:
    """Whether a Parquet file is an unmodified export: its metadata contain the hash of its rows."""
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.read_table(path)
        sealed = (table.schema.metadata or {}).get(_SEAL)
        return table.column_names == _HEADERS and sealed == _rows_digest(table.to_pandas())
    except (ArrowException, ValueError, TypeError, OSError):
        return False


def _rows_digest(table: DataFrame) -> bytes:
    """A hash of the rows of a table."""
    return hashlib.sha256(table.to_csv(index=False, float_format="%.17g").encode()).hexdigest().encode()


def facts_table(found: Sequence[Fact], fiscal_year: FiscalYear) -> DataFrame:
    """The facts as a table with the columns of the sheet 数値: texts, integers, floats; NA if empty.

    Floats have 15 digits, as in Excel.
    """
    import pandas

    return pandas.DataFrame(
        {
            column.header: pandas.Series(
                [_cell_value(column.of(fact, fiscal_year)) for fact in found], dtype=_TYPES[column.type]
            )
            for column in COLUMNS
        }
    )


def _cell_value(value: Datum) -> Datum | float:
    if value == "":
        return None
    return float(decimal_from_excel(float(value))) if isinstance(value, Decimal) else value


def _write_table(table: DataFrame, path: Path, file_format: str) -> None:
    if file_format == PARQUET:
        from pyarrow import Table, parquet

        rows = Table.from_pandas(table, preserve_index=False)
        parquet.write_table(
            rows.replace_schema_metadata({**rows.schema.metadata, _SEAL: _rows_digest(table)}), path
        )
        return
    texts = [column.header for column in COLUMNS if column.type is str]
    rows = table.assign(
        **{header: table[header].map(_escaped_formula_text, na_action="ignore") for header in texts}
    ).to_csv(index=False, header=False, lineterminator="\r\n", float_format=_float_text)
    path.write_bytes(csv_with_seal(_HEADERS, rows.encode()))


def _escaped_formula_text(text: str) -> str:
    """The text, with an apostrophe before it if Excel would interpret it as a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _float_text(value: Any) -> str:
    """A float with 15 digits, as in Excel, without exponent."""
    return decimal_text(decimal_from_excel(value))
