"""The small lists of a plan book: 基本, 期, 過去実績."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from kenpo_xl.books.plan.lists import period_list, text_fields
from kenpo_xl.books.plan.lists.period_dates import first_unexpected_year
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.unused import closest_word, is_header_of_remarks
from kenpo_xl.domain.file_names import unusable_name_reason
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.plan.line_kind import TextField
from kenpo_xl.domain.plan.rule_settings import SUMMARY_OUTLOOK, OutlookUse
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.python_path import PYTHON_PLACE, is_full_path, without_quotes
from kenpo_xl.domain.time.fiscal_calendar import APRIL, FiscalYear, fiscal_year_text
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.ooxml.workbook import Workbook

BASICS, PERIODS, HISTORY = SHEETS = ("基本", period_list.SHEET, "過去実績")
_GROUP = "グループ"
_HISTORY_HEADERS = ("指標", "年度", "値")
_DESK = "公の窓口"
_CYCLE, _FIRST_MONTH, _AGGREGATION = "期の種類", "年度の開始月", "KPIのまとめ方"
BUTTONS, _WITH_BUTTONS, _WITHOUT_BUTTONS = "ボタン", "あり", "なし"
_SEVERAL = (_GROUP, _DESK, *text_fields.HEADERS)
KEYS = (
    *("支部", "表題", "年度", _FIRST_MONTH, _CYCLE, *period_list.HEADERS, _GROUP, PYTHON_PLACE, BUTTONS),
    *(SUMMARY_OUTLOOK, _DESK, _AGGREGATION, *text_fields.HEADERS),
)
# Headers above the keys, and the pattern of a group's name in a wrong column.
_HEADERS = {("項目", "値"), ("項目", "内容"), ("キー", "値"), ("名前", "値")}
_GROUP_NAME = re.compile(r"^\S{1,20}(?:グループ|課|室|係|部|班|チーム)$")
# The other books of a period folder.
_BOOKS = ("計画", "取りまとめ")


_NO_YEAR = FiscalYear(0)


@dataclass
class BasicSettings:
    """Contents of the sheet 基本."""

    branch: str = ""
    title: str = ""
    fiscal_year: FiscalYear = _NO_YEAR
    cycle: Cycle = Cycle.QUARTER
    number: int = 0
    groups: list[str] = field(default_factory=list)
    python: str = ""
    has_buttons: bool = True
    summary_outlook: OutlookUse = OutlookUse.PLANNER_ONLY
    aggregation: Aggregation = Aggregation.WORST
    public_contacts: list[str] = field(default_factory=list)
    group_cells: list[str] = field(default_factory=list)
    text_fields: list[TextField] = field(default_factory=list)
    title_cell: str = "A1"
    period_line: ListRow | None = None
    # key → the cell for its value, '' if that is filled
    value_cells: dict[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return bool(self.branch and self.fiscal_year and self.number and self.groups)


def read_basic_settings(book: Workbook, problems: Problems) -> BasicSettings:
    """The settings: keys in column A, values in column B; a row グループ for each group."""
    basics = BasicSettings()
    sheet = book.sheets.get(BASICS)
    if sheet is None:
        problems.add_error(
            BASICS, "A1", f"シート「{BASICS}」がありません。見本の計画ブックから写してください。"
        )
        return basics
    for row in sheet.non_empty_rows():
        line = ListRow(sheet, row, {"項目": 1, "値": 2}, problems)
        key = normalized(sheet.text(row, 1))
        if _check_is_new_known_key(basics, key, line):
            basics.value_cells.setdefault(key, "" if line.text("値") else line.cell_ref("値"))
            if key in text_fields.HEADERS and line.text("値"):
                basics.text_fields += text_fields.read_text_field(book, line, basics.text_fields)
            _store_value(basics, key, line)
    if basics.period_line:
        number = basics.period_line.period_number("値", basics.cycle, basics.fiscal_year)
        basics.number = number or 0
    _check_required(basics, problems)
    _check_title(basics, problems)
    return basics


def _store_value(basics: BasicSettings, key: str, line: ListRow) -> None:
    match key:
        case "支部":
            basics.branch = line.text("値")
        case "表題":
            basics.title, basics.title_cell = line.text("値"), line.cell_ref("値")
        case "年度":
            basics.fiscal_year = basics.fiscal_year.at(line.year("値") or 0)
        case _ if key in period_list.HEADERS:
            basics.period_line = line
        case _ if key == normalized(PYTHON_PLACE):
            basics.python = _python_path(line)
        case "公の窓口" if line.text("値"):
            basics.public_contacts.append(line.text("値"))
        case "グループ" if line.text("値"):
            basics.groups.append(_group_name(line))
            basics.group_cells.append(line.cell_ref("値"))
        case _:
            _store_choice(basics, key, line)


def _store_choice(basics: BasicSettings, key: str, line: ListRow) -> None:
    """Store a value that is one of some words."""
    if key == normalized(_FIRST_MONTH) and line.text("値"):
        basics.fiscal_year = FiscalYear(basics.fiscal_year, _first_month(line))
    elif key == normalized(_CYCLE):
        basics.cycle = Cycle(line.choice("値", tuple(Cycle), Cycle.QUARTER))
    elif key == normalized(_AGGREGATION):
        basics.aggregation = Aggregation(line.choice("値", tuple(Aggregation), Aggregation.WORST))
    elif key == BUTTONS:
        choices = (_WITH_BUTTONS, _WITHOUT_BUTTONS)
        basics.has_buttons = line.choice("値", choices, _WITH_BUTTONS) == _WITH_BUTTONS
    elif key == SUMMARY_OUTLOOK and line.text("値"):
        basics.summary_outlook = _outlook_use(line)


def _first_month(line: ListRow) -> int:
    """The month (1 to 12) with which fiscal years begin, April with an error for another text."""
    found = re.fullmatch(r"(1[0-2]|[1-9])月?", normalized(line.text("値")))
    if found is None:
        line.add_error("値", f"「{_FIRST_MONTH}」は 10月 のような月にしてください（空欄なら 4月 です）。")
    return int(found[1]) if found else APRIL


def _check_is_new_known_key(basics: BasicSettings, key: str, line: ListRow) -> bool:
    """Whether a row has a new known key; adds problems for other rows with a value."""
    if key not in map(normalized, KEYS):
        _check_unknown_key(basics, key, line)
        return False
    if key not in _SEVERAL and key in basics.value_cells:
        line.add_error("項目", f"「{key}」が 2 回あります。1 行にしてください。")
        return False
    if key == _GROUP and not line.text("値") and _GROUP_NAME.search(line.sheet.text(line.row, 3)):
        line.add_warning("値", "グループの名前は B 列に入れてください。C 列は読みません。")
    return True


def _check_unknown_key(basics: BasicSettings, key: str, line: ListRow) -> None:
    """Adds an error for a value without a key, a warning for an unknown key."""
    if not line.is_filled("値"):
        return
    if not key and basics.value_cells:
        line.add_error(
            "値", "この値の項目がありません。A 列に「グループ」などの項目を入れるか、値を消してください。"
        )
    elif key and not is_header_of_remarks(key) and (key, normalized(line.text("値"))) not in _HEADERS:
        likely = closest_word(key, KEYS)
        remedy = f"「{likely}」のことなら直してください。" if likely else ""
        line.add_warning(
            "項目",
            f"項目「{line.sheet.text(line.row, 1)}」は使いません。{remedy}項目は {'、'.join(KEYS)} です。",
        )


def _check_title(basics: BasicSettings, problems: Problems) -> None:
    wrong = first_unexpected_year(basics.title, {basics.fiscal_year}) if basics.fiscal_year else None
    if wrong:
        year = fiscal_year_text(basics.fiscal_year)
        message = f"表題に {wrong} とありますが、この計画は{year}です。年を確かめてください。"
        problems.add_warning(BASICS, basics.title_cell, message)


def _group_name(line: ListRow) -> str:
    """A group's name, which is also that of its input book."""
    cell = line.raw_cell("値")
    typed = cell.value if cell is not None and isinstance(cell.value, str) else line.text("値")
    why = unusable_name_reason(typed, _BOOKS)
    if why:
        line.add_error("値", f"グループの名前はファイル名になります。{why}")
    return line.text("値")


def _outlook_use(line: ListRow) -> OutlookUse:
    """Where outlooks are shown; an error for another word."""
    words = {normalized(use): use for use in OutlookUse}
    use = words.get(normalized(line.text("値")))
    if use is None:
        line.add_error(
            "値",
            f"「{SUMMARY_OUTLOOK}」は {'、'.join(OutlookUse)} のどれかにしてください"
            f"（空欄なら {OutlookUse.PLANNER_ONLY} です）。",
        )
    return use or OutlookUse.PLANNER_ONLY


def _python_path(line: ListRow) -> str:
    """The path of the office's Python for the books; an error if not a full path."""
    path = without_quotes(line.text("値"))
    if path and not is_full_path(path):
        line.add_error(
            "値",
            f"「{PYTHON_PLACE}」には、pythonw.exe の場所を C:\\ や \\\\ から最後まで入れてください"
            "（%LOCALAPPDATA%\\ などから始めても構いません）。決めないときは空欄にしてください。",
        )
    return path


def _check_required(basics: BasicSettings, problems: Problems) -> None:
    given = {
        "支部": basics.branch,
        "年度": basics.fiscal_year,
        period_list.usual_period_header(basics.cycle): basics.number,
        "グループ": basics.groups,
    }
    for key, value in given.items():
        place = basics.value_cells.get(key, "A1")
        if not value and place:
            problems.add_error(
                BASICS,
                place,
                f"「{key}」が入っていません。A 列に「{key}」、B 列に値を入れてください。",
            )
    seen: set[str] = set()
    for group, place in zip(basics.groups, basics.group_cells, strict=True):
        if normalized(group) in seen:
            problems.add_error(BASICS, place, f"グループ「{group}」が 2 回あります。1 行にしてください。")
        seen.add(normalized(group))


def check_owners(basics: BasicSettings, owners: Collection[str], problems: Problems) -> None:
    """Adds warnings for groups without items, once every owner is a known group."""
    if not set(owners) <= set(basics.groups):
        return
    for group, place in zip(basics.groups, basics.group_cells, strict=True):
        if group not in owners:
            message = (
                f"グループ「{group}」が担当する項がありません（入力ブックは空になります）。"
                "「施策」の担当を確かめるか、この行を消してください。"
            )
            problems.add_warning(BASICS, place, message)


@frozen
class PastValue:
    """The final value of a KPI in a fiscal year (過去実績); a fraction if in ％."""

    kpi: str
    year: int
    value: Decimal
    style: NumberFormat
    row: ListRow


def read_past_values(book: Workbook, fiscal_year: FiscalYear, problems: Problems) -> list[PastValue]:
    """Final values of the years before `fiscal_year`; a warning of later ones."""
    found: dict[tuple[str, int], PastValue] = {}
    for row in read_list_rows(book, HISTORY, _HISTORY_HEADERS, problems, needed=False):
        past = _past_value(book, row)
        if past is None:
            continue
        if (past.kpi, past.year) in found:
            row.add_error("指標", f"「{past.kpi}」の {past.year} 年度が 2 回あります。1 行にしてください。")
        if fiscal_year and past.year >= fiscal_year:
            fact = f"{fiscal_year_text(past.year)}の値は使いません"
            row.add_warning(
                "年度",
                f"{fact}（この計画は{fiscal_year_text(fiscal_year)}です）。年度を確かめてください。",
            )
        found[past.kpi, past.year] = past
    return list(found.values())


def _past_value(book: Workbook, row: ListRow) -> PastValue | None:
    """The value of a row; None, with an error, if a cell is empty or cannot be read."""
    name, year, value = row.text("指標"), row.year("年度"), row.fraction(book, "値")
    missing = [header for header in _HISTORY_HEADERS if not row.is_filled(header)]
    if missing:
        row.add_error(
            missing[0], f"「{'」「'.join(missing)}」が空です。指標、年度、値をすべて入れてください。"
        )
    elif value is None and not row.text("値"):
        row.add_error("値", "式の答えがありません。「値」には数を入れてください。")
    if not name or year is None or value is None:
        return None
    return PastValue(name, year, value, number_format(book.number_format_code(row.raw_cell("値"))), row)
