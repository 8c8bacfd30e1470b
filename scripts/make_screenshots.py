"""Makes the screenshots of the staff's guide in docs/ja/: the sample's book on a screen, its buttons clicked.

Needs what the tests need (LibreOffice, a screen in memory, a mouse). Pictures differ a little from machine to
machine; remake them when what they show has changed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import xlwings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.books.common.grid import TEXT
from kenpo_xl.books.common.names import CONFIRMED
from kenpo_xl.books.input.write.carried_lines import CONFIRM
from kenpo_xl.books.planner.start_book import START_NAME, write_start_book
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.next_period.new import make_next_period
from scripts.changed_plan import period_with_changed_plan
from scripts.paths import PICTURES, SAMPLE
from scripts.planner_screenshots import ASKED, PLANNER, period_with_remarks, take_planner
from scripts.small_png import shrink
from tests.office.live import LiveOffice
from tests.office.screen import Box, Screen
from tests.tasks.books import figure_cell

BOOK = "レセプトグループ.xlsm"
PERIOD = "saitama-fy2024-q3"
ITEM, FLAGGED = "1-2-4", "I29"
REPAIRED_BOOK = "業務グループ.xlsm"
# Typed into figures of that book; nothing for a cell that is emptied.
MISTYPED = {
    "1-2-2/決定達成/当年/決定件数": "４３，０８９",
    "1-2-2/決定達成/当年/達成件数": "43,089件",
    "1-2-2/決定達成/当年/達成率": "",
}
WHY = "公表した資料のとおりのため（次回の会議で訂正します）"
# What shows of the office is the sheet with its headers, and the names of the sheets.
WIDTH, HEIGHT = 1380, 780
SHEET = Box(0, 108, WIDTH - 64, HEIGHT - 108 - 22)
SECONDS = 3
# How small a sheet is drawn where its own size does not show all that the guide describes: a part of an item,
# and whole sheets. The widest caption of the planner's buttons is cut off below 80.
SMALL, WHOLE, BY_VALUE = 85, 100, 3
CONTROL = "操作"
ZOOMS = {CONTROL: 68}
PLANNERS_ZOOMS = {CONTROL: 80}
# Of 操作, the empty columns on its right are left out: what is left in its own size, and the rows' numbers.
CONTROL_WIDTH, NUMBERS_WIDTH = 920, 50
# How two lines begin that are confirmed, and the row between the lines and the tables.
CONFIRMED_LINE, EDITED_LINE = "・行動計画会議", "・毎月、点検員"
END_OF_LINES = "（行を増やす"
# How many rows above the cursor a picture begins.
ABOVE = 12


class Camera:
    """Takes pictures of a book that is open on a screen."""

    def __init__(
        self, screen: Screen, office: LiveOffice, book: xlwings.Book, zooms: Mapping[str, int] = ZOOMS
    ) -> None:
        self.screen, self.office, self.book, self.zooms = screen, office, book, zooms
        self.part = SHEET
        book.api.SpellOnline = False

    def show(self, sheet: str, cell: str = "A1") -> None:
        """Bring a cell near the upper left corner, in the size of that sheet, and put the cursor on it."""
        page = self.book.sheets[sheet]
        page.activate()
        percent = self.zooms.get(sheet, WHOLE)
        alone = SHEET._replace(width=NUMBERS_WIDTH + CONTROL_WIDTH * percent // 100)
        self.part = alone if sheet == CONTROL else SHEET
        self.zoom(percent)
        target = page.range(cell)
        controller = self.book.api.CurrentController
        controller.setFirstVisibleRow(max(target.row - ABOVE, 0))
        controller.setFirstVisibleColumn(0)
        target.select()

    def zoom(self, percent: int) -> None:
        """Draw the sheet that is shown at a part of its size."""
        controller = self.book.api.CurrentController
        controller.ZoomType, controller.ZoomValue = BY_VALUE, percent

    def open_note(self, sheet: str, cell: str) -> None:
        """Show the note of a cell, as when the mouse rests on it, with the cursor beside it."""
        page = self.book.sheets[sheet]
        page.range(cell).api.getCellByPosition(0, 0).Annotation.IsVisible = True
        page.range(cell).offset(2, 0).select()

    def take(self, name: str) -> None:
        """Write docs/ja/<name>.png when the screen has come to rest."""
        time.sleep(SECONDS)
        picture = PICTURES / f"{name}.png"
        self.screen.picture(picture, self.part)
        shrink(picture)
        print(picture)


def main() -> None:
    """Take every picture, in the order of the guide."""
    with tempfile.TemporaryDirectory(prefix="kenpo-") as name, Screen(WIDTH, HEIGHT) as screen:
        folder = Path(name) / "第3四半期"
        shutil.copytree(SAMPLE / "提出", folder / "入力")
        shutil.copy(SAMPLE / "計画.xlsx", folder)
        with LiveOffice(screen) as office:
            take_start(screen, office, Path(name) / "令和8年度第3四半期")
            office.close_all()
            camera = Camera(screen, office, office.open(folder / "入力" / BOOK))
            take_all(camera)
            office.close_all()
            take_planners_book(screen, office, Path(name) / "取りまとめ")
            office.close_all()
            take_repairs(Camera(screen, office, office.open(folder / "入力" / REPAIRED_BOOK)))
            office.close_all()
            take_next_period(screen, office, Path(name))


def take_start(screen: Screen, office: LiveOffice, folder: Path) -> None:
    """The picture of the book with which an office begins, in the folder of its first period."""
    folder.mkdir()
    write_start_book(folder / START_NAME)
    camera = Camera(screen, office, office.open(folder / START_NAME), PLANNERS_ZOOMS)
    camera.show(CONTROL)
    camera.take("start")


def take_all(camera: Camera) -> None:
    """The pictures of typing, checking, mending and handing in."""
    camera.show(CONTROL)
    camera.take("control")
    camera.show(ITEM)
    camera.take("item")
    camera.office.click(camera.book, "点検")
    camera.take("checked")
    camera.show("指摘")
    camera.take("findings")
    camera.show(ITEM, FLAGGED)
    camera.zoom(SMALL)
    camera.open_note(ITEM, FLAGGED)
    camera.take("flagged")
    camera.book.names["kx_override"].refers_to_range.value = WHY
    camera.office.click(camera.book, "提出")
    camera.show(CONTROL)
    camera.take("submitted")


def take_planners_book(screen: Screen, office: LiveOffice, folder: Path) -> None:
    """The pictures of the planner's book, and of what a group sees of a remark."""
    period_with_remarks(folder)
    camera = Camera(screen, office, office.open(folder / PLANNER), PLANNERS_ZOOMS)

    def take(sheet: str, name: str) -> None:
        camera.show(sheet)
        camera.take(name)

    take_planner(camera.book, lambda caption: office.click(camera.book, caption), take)
    asked = Path(shutil.copy(folder / "提出" / f"{ASKED[1][0]}.xlsm", folder / "入力"))
    camera = Camera(screen, office, office.open(asked))
    office.click(camera.book, "点検")
    take("指摘", "asked")


def take_repairs(camera: Camera) -> None:
    """The picture of the list of 直す, in a book with some mistakes."""
    for identity, typed in MISTYPED.items():
        source = figure_cell(SAMPLE, identity)
        cell = camera.book.sheets[source.sheet][source.cell]
        if typed:
            cell.value = f"'{typed}"
        else:
            cell.clear_contents()
    camera.office.click(camera.book, "直す")
    camera.show("指摘")
    camera.take("repairs")


def take_next_period(screen: Screen, office: LiveOffice, root: Path) -> None:
    """The pictures of an input book of the next quarter, and of one after the plan was changed."""
    folder = root / PERIOD
    shutil.copytree(SAMPLE, folder)
    build_books(folder)
    following = make_next_period(folder).folder
    build_books(following)
    camera = Camera(screen, office, office.open(following / "入力" / BOOK))
    camera.show(ITEM)
    camera.take("carried")
    take_confirmed_lines(camera)
    office.close_all()
    changed = period_with_changed_plan(root / "変わった計画")
    camera = Camera(screen, office, office.open(changed / "入力" / BOOK))
    camera.show(CONTROL)
    camera.take("changed-plan")


def take_confirmed_lines(camera: Camera) -> None:
    """The pictures of last quarter's lines, one confirmed, one edited, and of tables with carried numbers."""
    page = camera.book.sheets[ITEM]
    page.range((row_of_line(page, CONFIRMED_LINE), CONFIRM + 1)).value = CONFIRMED
    edited = page.range((row_of_line(page, EDITED_LINE), TEXT + 1))
    edited.value = "・毎月、点検員全員で自動点検マスタの打合せを行い、3月に見直した。"
    camera.show(ITEM)
    camera.zoom(SMALL)
    camera.take("confirmed")
    camera.show(ITEM, f"D{row_of_line(page, END_OF_LINES) + ABOVE}")
    camera.take("carried-numbers")


def row_of_line(page: xlwings.Sheet, beginning: str) -> int:
    """The row of the line that begins so."""
    texts = page.range((1, TEXT + 1), (60, TEXT + 1)).value
    return next(row for row, text in enumerate(texts, start=1) if str(text).startswith(beginning))


if __name__ == "__main__":
    main()
