"""The lists of a comparison: outliers with their reason, late branches, KPIs that were not joined."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from kenpo_xl.books.common.list_sheet import add_list_sheet, write_list_rows
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.outputs.comparison import BranchComparison

OUTLIERS, LATE, UNJOINED = "外れ値", "遅れている支部", "比べられなかった指標"
_Columns = Sequence[tuple[str, float]]
_NOTES = {
    OUTLIERS: (
        "外れ値の点数は、中央値からの差を、その差の中央値で割って 0.6745 を掛けたものです"
        "（3.5 を超えると外れ値）。"
        "正しい数かどうかは、支部に確かめてください。"
    ),
    LATE: "夜間処理が最後に見たときの状態です。",
    UNJOINED: "指標は共通の鍵で、なければ名前で結びます。結べなかったものは、比較に入っていません。",
}
_NOTHING = "ありません。"


def write_list_sheets(book: Workbook, look: Styles, comparison: BranchComparison) -> None:
    """Add the three sheets."""
    outliers = [
        (kpi.name, one.branch, kpi.value_with_unit(one.result), kpi.value_with_unit(kpi.median), one.outlier)
        for kpi in comparison.kpis
        for one in kpi.values
        if one.outlier
    ]
    _write(
        *(book, look, OUTLIERS),
        (("指標", 40), ("支部", 14), ("実績", 16), ("中央値", 16), ("理由", 60)),
        outliers,
    )
    late = [(one.branch, one.reason) for one in comparison.late]
    _write(book, look, LATE, (("支部", 20), ("状態", 90)), late)
    unjoined = [(one.branch, one.name, one.common_key, one.reason) for one in comparison.unjoined]
    columns = (("支部", 16), ("指標", 44), ("共通の鍵", 14), ("理由", 66))
    _write(book, look, UNJOINED, columns, unjoined)


def _write(book: Workbook, look: Styles, name: str, columns: _Columns, rows: Sequence[Sequence[str]]) -> None:
    sheet = add_list_sheet(book, look, name, _NOTES[name], columns)
    widths = [width for _, width in columns]
    write_list_rows(sheet, look, rows or [(_NOTHING, *[""] * (len(columns) - 1))], widths)
