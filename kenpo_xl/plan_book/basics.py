"""The small lists of a plan book: 基本, 期, 評価基準, 過去実績."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kenpo_xl.domain.calendar import Month, date_text, fiscal_year_text, quarter_end
from kenpo_xl.domain.numbers import NumberFormat, number_format, plain
from kenpo_xl.domain.plan import Period
from kenpo_xl.domain.pythons import PYTHON_PLACE, bare, is_full_path
from kenpo_xl.domain.ratings import Scale, Step
from kenpo_xl.domain.text import folded
from kenpo_xl.domain.values import frozen
from kenpo_xl.excel.sheets import Workbook
from kenpo_xl.plan_book.lists import ListRow, read_list
from kenpo_xl.plan_book.problems import Problems

BASICS, PERIODS, SCALE, HISTORY = SHEETS = ("基本", "期", "評価基準", "過去実績")
_NO, _YES = ("いいえ", "はい")
_CIRCLES = ("〇", "○", "◯")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^[.\s]|[.\s]$')
_LONGEST_GROUP = 60
# Nobody asks for ten times the target.
_HIGHEST_FLOOR = 10


@dataclass
class Basics:
    """What the sheet 基本 says."""

    branch: str = ""
    title: str = ""
    fiscal_year: int = 0
    quarter: int = 0
    groups: list[str] = field(default_factory=list)
    python: str = ""
    # key → the cell that waits for its value, '' where something stands in it
    places: dict[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return bool(self.branch and self.fiscal_year and self.quarter and self.groups)


def read_basics(book: Workbook, problems: Problems) -> Basics:
    """Keys in column A, values in column B; a row グループ for each group."""
    basics = Basics()
    sheet = book.sheets.get(BASICS)
    if sheet is None:
        problems.add(BASICS, "A1", f"シート「{BASICS}」がありません。見本の計画ブックから写してください。")
        return basics
    for row in sheet.rows():
        line = ListRow(sheet, row, {"項目": 1, "値": 2}, problems)
        key = folded(line.text("項目"))
        basics.places.setdefault(key, "" if line.text("値") else line.place("値"))
        match key:
            case "支部":
                basics.branch = line.text("値")
            case "表題":
                basics.title = line.text("値")
            case "年度":
                basics.fiscal_year = line.year("値") or 0
            case "四半期":
                basics.quarter = line.quarter("値") or 0
            case _ if key == folded(PYTHON_PLACE):
                basics.python = _python(line)
            case "グループ" if line.text("値"):
                basics.groups.append(_group(line))
    _all_given(basics, problems)
    return basics


def _group(line: ListRow) -> str:
    """A group's name, which is also that of its input book."""
    cell = line.raw("値")
    typed = cell.value if cell is not None and isinstance(cell.value, str) else line.text("値")
    if _NOT_IN_FILE_NAMES.search(typed) or len(typed) > _LONGEST_GROUP:
        line.refuse(
            "値",
            "グループの名前はファイル名になります。"
            '\\ / : * ? " < > | と改行を使わず、先頭と末尾に点や空白を置かず、'
            f"{_LONGEST_GROUP} 字以内にしてください。",
        )
    return line.text("値")


def _python(line: ListRow) -> str:
    """The path of the office's Python, as the books will say it; one that is no full path is refused."""
    path = bare(line.text("値"))
    if path and not is_full_path(path):
        line.refuse(
            "値",
            f"「{PYTHON_PLACE}」には、pythonw.exe の場所を C:\\ や \\\\ から最後まで入れてください"
            "（%LOCALAPPDATA%\\ などから始めても構いません）。決めないときは空欄にしてください。",
        )
    return path


def _all_given(basics: Basics, problems: Problems) -> None:
    given = {
        "支部": basics.branch,
        "年度": basics.fiscal_year,
        "四半期": basics.quarter,
        "グループ": basics.groups,
    }
    for key, value in given.items():
        place = basics.places.get(key, "A1")
        if not value and place:
            problems.add(
                BASICS,
                place,
                f"「{key}」が入っていません。A 列に「{key}」、B 列に値を入れてください。",
            )
    for group in {group for group in basics.groups if basics.groups.count(group) > 1}:
        problems.add(BASICS, "A1", f"グループ「{group}」が 2 回あります。1 行にしてください。")


def read_periods(book: Workbook, fiscal_year: int, problems: Problems) -> dict[int, Period]:
    """The quarters by number; a quarter without a row ends at its last day."""
    if not fiscal_year:
        return {}
    found = {quarter: Period(quarter, quarter_end(fiscal_year, quarter)) for quarter in (1, 2, 3, 4)}
    seen: set[int] = set()
    optional = ("基準日", "会議", "開催日", "資料番号", "提出期限")
    for row in read_list(book, PERIODS, ("四半期",), problems, optional=optional):
        quarter = row.quarter("四半期")
        if quarter is None and row.text("四半期"):
            continue
        if quarter not in found or quarter in seen:
            row.refuse("四半期", "四半期は 1 から 4 を 1 行ずつ入れてください。")
            continue
        seen.add(quarter)
        as_of = _as_of(row, fiscal_year, found[quarter])
        found[quarter] = Period(
            quarter, as_of, row.text("会議"), row.day("開催日"), row.text("資料番号"), row.day("提出期限")
        )
    return found


def _as_of(row: ListRow, fiscal_year: int, usual: Period) -> date:
    """The as-of date of a quarter; one outside the quarter is refused: 年度 was changed and it forgotten."""
    day = row.day("基準日") or usual.as_of
    month = Month.of(day)
    if (month.fiscal_year, month.quarter) != (fiscal_year, usual.quarter):
        quarter = f"{fiscal_year_text(fiscal_year)}第{usual.quarter}四半期"
        row.refuse(
            "基準日",
            f"{date_text(day)}は{quarter}の日付ではありません。"
            f"{date_text(usual.as_of)}などに直すか、空にしてください（空なら四半期の末日です）。",
        )
    return day


def read_scale(book: Workbook, problems: Problems) -> Scale:
    """The rating scale, best step first."""
    steps: list[Step] = []
    for row in read_list(book, SCALE, ("記号", "意味"), problems, optional=("下限", "途中", "凡例", "別字")):
        glyph = row.text("記号")
        if not glyph:
            row.refuse("記号", "評価の記号を入れてください。")
            continue
        if glyph in {g for step in steps for g in (step.glyph, *step.variants)}:
            row.refuse("記号", f"記号「{glyph}」が 2 回あります（別字も含めて）。1 行にしてください。")
        variants = tuple(row.text("別字").split())
        for known in {*variants} & {g for step in steps for g in (step.glyph, *step.variants)}:
            row.refuse("別字", f"別字「{known}」は上の段階の記号か別字です。どちらかから消してください。")
        floor = row.share(book, "下限")
        _meant(row, floor)
        _falls(row, floor, [step.floor for step in steps if step.floor is not None])
        steps.append(
            Step(
                glyph=glyph,
                meaning=row.text("意味"),
                floor=floor,
                interim=row.choice("途中", (_YES, _NO, *_CIRCLES), _NO) not in (_NO, ""),
                in_legend=row.choice("凡例", (_YES, _NO), _YES) == _YES,
                variants=variants,
                source=row.source(book, "意味"),
            )
        )
    if book.sheets.get(SCALE) and len([step for step in steps if step.in_legend]) < 2:
        problems.add(SCALE, "A1", "評価の段階は 2 つ以上必要です。良い順に上から入れてください。")
    if sum(step.interim for step in steps) > 1:
        problems.add(SCALE, "A1", "「途中」の印は 1 つの段階だけに付けてください。")
    return Scale(tuple(steps))


def _meant(row: ListRow, floor: Decimal | None) -> None:
    """Refuses 120 where 120 % is meant."""
    if floor is not None and floor > _HIGHEST_FLOOR:
        row.refuse(
            "下限",
            f"下限 {plain(floor)} は {plain(floor * 100)}％ と読めます。"
            f"{plain(floor)} ％のことなら「{plain(floor)}%」と入れてください。",
        )


def _falls(row: ListRow, floor: Decimal | None, above: list[Decimal]) -> None:
    if floor is not None and above and floor >= above[-1]:
        row.refuse("下限", "下限は上の段階より小さくしてください（良い順に上から並べます）。")


@frozen
class PastValue:
    """One row of 過去実績: the final value of a KPI in a fiscal year, as a fraction where it is in ％."""

    kpi: str
    year: int
    value: Decimal
    style: NumberFormat
    row: ListRow


def read_history(book: Workbook, problems: Problems) -> list[PastValue]:
    """Final values of earlier years."""
    found: dict[tuple[str, int], PastValue] = {}
    for row in read_list(book, HISTORY, ("指標", "年度", "値"), problems, needed=False):
        name, year, value = row.text("指標"), row.year("年度"), row.share(book, "値")
        missing = [head for head in ("指標", "年度", "値") if not row.is_filled(head)]
        if missing:
            row.refuse(
                missing[0], f"「{'」「'.join(missing)}」が空です。指標、年度、値をすべて入れてください。"
            )
        elif value is None and not row.text("値"):
            row.refuse("値", "式の答えがありません。「値」には数を入れてください。")
        if not name or year is None or value is None:
            continue
        if (name, year) in found:
            row.refuse("指標", f"「{name}」の {year} 年度が 2 回あります。1 行にしてください。")
        found[name, year] = PastValue(name, year, value, number_format(book.format_of(row.raw("値"))), row)
    return list(found.values())
