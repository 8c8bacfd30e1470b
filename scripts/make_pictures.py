"""Makes the pictures of docs/ja/: a table drawn, typed and printed, the board, a new year, a new plan.

They need LibreOffice and poppler.

Pictures differ a little from machine to machine; remake them when what they show has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.books.report.pdf import convert_to_pdf
from kenpo_xl.books.report.template.template import BODY
from kenpo_xl.tasks.adopt.adopt import adopt_form
from kenpo_xl.tasks.board import due_day, write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import make_report
from scripts.changed_plan import ITEM, period_with_changed_plan
from scripts.copied_sheets import book_carried_from_copied_sheets
from scripts.paths import PICTURES, SAMPLE, TEMPLATES
from scripts.small_png import shrink
from tests.forms import business
from tests.forms.own_report import write_own_report
from tests.tasks.small_period import write_small_period

_DOTS = 100
_EDGES = ("-x", "-y", "-W", "-H")


@dataclass(frozen=True)
class Picture:
    """A part of the first printed page with some words; the part in dots (left, top, width, height).

    Without a sheet the whole book is printed as it is, with its drawings.
    """

    name: str
    book: Path
    sheet: str
    words: str
    part: tuple[int, int, int, int]
    headings: bool = False


def pictures(
    report_book: Path, board: Path, next_year: Path, changed: Path, rescued: Path
) -> Iterator[Picture]:
    """Every picture; those of report, board, next year, changed plan and rescue come out of what is given."""
    plan, inputs = SAMPLE / "計画.xlsx", SAMPLE / "提出" / "業務グループ.xlsm"
    yield Picture("drawn.png", plan, "1-2-2", "決定達成", (20, 20, 790, 540), headings=True)
    yield Picture("measures.png", plan, "施策", "計画内容", (20, 20, 1130, 400), headings=True)
    yield Picture("kpis.png", plan, "KPI", "途中の判定", (20, 20, 1130, 400), headings=True)
    yield Picture("typed.png", inputs, "1-2-2", "達成件数", (20, 20, 1130, 470))
    yield Picture("printed.png", report_book, BODY, "決定件数", (100, 25, 1030, 610))
    yield Picture("summary.png", report_book, "", "評価の内訳", (20, 20, 1130, 790))
    yield Picture("board.png", board, "提出状況", "グループ", (20, 40, 1130, 420))
    yield Picture(
        "new-dates.png", next_year / "計画.xlsx", "期", "提出期限", (20, 20, 740, 200), headings=True
    )
    yield Picture("handover.png", next_year / "引継ぎ.xlsx", "引継ぎ", "要確認", (20, 40, 1130, 700))
    yield Picture("letters.png", board, "催促", "修正のお願い", (20, 30, 1130, 500))
    carried = changed / "入力" / "レセプトグループ.xlsm"
    yield Picture(
        "former-name.png", changed / "計画.xlsx", ITEM, "内容点検", (20, 20, 900, 200), headings=True
    )
    yield Picture("unplaced.png", carried, "引き継げなかったもの", "引き継げ", (20, 20, 1130, 200))
    yield Picture("new-unit.png", carried, "単位の変更", "単位の変更", (20, 20, 1130, 330))
    yield Picture("uncertain.png", rescued, "確かめるもの", "確かめるもの", (20, 20, 1130, 270))
    yield Picture("guessed.png", rescued, "1-2-2", "決定件数", (20, 400, 940, 255))


def template_pictures(folder: Path) -> Iterator[Picture]:
    """A template, and pages that its kind prints; the last one is restyled in green, with △ on yellow."""
    rows = template_with_names(folder / "rows.xlsx")
    yield Picture("template-rows.png", rows, "本文", "列見出し", (20, 20, 1130, 480), headings=True)
    portrait, owners = (
        make_report(SAMPLE, output=folder / f"{name}.xlsx", template=TEMPLATES / f"{name}.xlsx").path
        for name in ("portrait", "owners")
    )
    restyled = make_report(
        SAMPLE, output=folder / "green.xlsx", template=restyled_template(folder / "green_template.xlsx")
    ).path
    chapter, words = BODY, "傷病手当金等併給調整"
    yield Picture("template-portrait.png", portrait, chapter, words, (60, 20, 710, 700))
    yield Picture("template-owners.png", owners, chapter, words, (100, 20, 1000, 420))
    yield Picture("template-restyled.png", restyled, chapter, words, (100, 20, 1000, 420))


def form_pictures(folder: Path) -> Iterator[Picture]:
    """A form as an office has it, the questions about it, and the layout sheet that comes of it."""
    form = business.seminars().save(folder)
    plan = adopt_form(form, today=date(2024, 12, 2)).path
    yield Picture("form.png", form, "Sheet1", "開催日", (20, 20, 790, 640), headings=True)
    yield Picture("form-questions.png", plan, "確認", "たずねること", (20, 20, 1130, 470))
    yield Picture("form-drawn.png", plan, "Sheet1", "くり返し", (20, 20, 1130, 420), headings=True)


def own_report_pictures(folder: Path) -> Iterator[Picture]:
    """An office's own report with last quarter's numbers, and its copy with those of this one."""
    period = write_small_period(folder / "第2四半期")
    form = write_own_report(folder / "窓口の実施状況.xlsx")
    (filled,) = make_report(period, forms=[form]).forms
    assert filled.path
    yield Picture("own-report.png", form, "", "窓口の実施状況", (60, 40, 760, 560))
    yield Picture("own-report-filled.png", filled.path, "", "窓口の実施状況", (60, 40, 760, 560))


def template_with_names(path: Path) -> Path:
    """A copy of the template with 担当 that prints the names in column A as well."""
    book = openpyxl.load_workbook(TEMPLATES / "owners.xlsx")
    sheet = book["本文"]
    sheet.print_area = sheet.dimensions
    sheet.oddHeader.center.text = sheet.oddHeader.right.text = sheet.oddFooter.center.text = ""
    book.save(path)
    return path


def restyled_template(path: Path) -> Path:
    """A copy of the template with 担当, with green headers and a conditional format of its ratings."""
    book = openpyxl.load_workbook(TEMPLATES / "owners.xlsx")
    sheet = book["本文"]
    rows = {cell.value: cell.row for cell in sheet["A"]}
    for name, colour in (("節見出し", "FF375623"), ("列見出し", "FFE2EFDA")):
        for cell in sheet[rows[name]][1:]:
            cell.fill = PatternFill("solid", colour)
    rating = next(cell.coordinate for cell in sheet[rows["本文"]] if cell.value == "△")
    yellow = PatternFill("solid", bgColor="FFFFE699")
    sheet.conditional_formatting.add(rating, CellIsRule("equal", ['"△"'], fill=yellow))
    book.save(path)
    return path


def make(picture: Picture, folder: Path) -> None:
    """Print the sheet alone and cut the part out of its page."""
    pdf = folder / "copy.pdf"
    convert_to_pdf(_sheet_alone(picture, folder) if picture.sheet else picture.book, pdf)
    page = str(_page_with(picture.words, pdf))
    options = {"-r": _DOTS, "-f": page, "-l": page, **dict(zip(_EDGES, picture.part, strict=True))}
    arguments = [str(part) for option in options.items() for part in option]
    target = (PICTURES / picture.name).with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-singlefile", *arguments, str(pdf), str(target)], check=True)
    shrink(PICTURES / picture.name)


def _sheet_alone(picture: Picture, folder: Path) -> Path:
    """A copy of the book that shows only the sheet of the picture."""
    book = openpyxl.load_workbook(picture.book)
    for sheet in book.worksheets:
        sheet.sheet_state = "visible" if sheet.title == picture.sheet else "hidden"
    book.active = book.sheetnames.index(picture.sheet)
    book[picture.sheet].print_options.headings = picture.headings
    copy = folder / "copy.xlsx"
    book.save(copy)
    return copy


def board_of_late_groups(folder: Path) -> Path:
    """The board of the sample on the day after its due date, one group not having handed in."""
    period = PeriodFolder(folder / "第3四半期")
    shutil.copytree(SAMPLE, period.root)
    plan = cached_plan(period.plan_path)
    period.submitted_books()[-1].unlink()
    due = due_day(plan)
    assert due
    written = make_report(period.root).path
    checked = check_books([period.root])
    return write_board_and_copies(period, plan, checked, today=due + timedelta(days=1), report=written).path


def next_year(folder: Path) -> Path:
    """The folder of the year after the sample's, made from its fourth quarter."""
    sample = folder / "saitama-fy2024-q3"
    shutil.copytree(SAMPLE, sample)
    return make_next_period(make_next_period(sample).folder).folder


def _page_with(words: str, pdf: Path) -> int:
    call = ["pdftotext", "-layout", str(pdf), "-"]
    done = subprocess.run(call, check=True, capture_output=True, encoding="utf-8")
    return next(number for number, page in enumerate(done.stdout.split("\f"), start=1) if words in page)


def main() -> None:
    """Make every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kenpo-") as name:
        folder = Path(name)
        whole = make_report(SAMPLE, output=folder / "報告.xlsx").path
        year, changed = next_year(folder), period_with_changed_plan(folder / "変わった計画")
        rescued = book_carried_from_copied_sheets(folder / "写したブック")
        for picture in pictures(whole, board_of_late_groups(folder), year, changed, rescued):
            make(picture, folder)
            print(PICTURES / picture.name)
        drawn = (*template_pictures(folder), *form_pictures(folder), *own_report_pictures(folder))
        for picture in drawn:
            make(picture, folder)
            print(PICTURES / picture.name)


if __name__ == "__main__":
    main()
