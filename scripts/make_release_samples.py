"""Makes the sample files of a release, with which later versions prove that they still open them.

python scripts/make_release_samples.py [FOLDER]

Without a folder they go to tests/releases/VERSION, and their digests to tests/releases/SHA256SUMS.

A small municipality in its third quarter: plan book, the books of three groups as submitted, one of them with
an error, marks and an accepted finding, the planner's book with three adjustments, the status report, and the
ledger of two nights. The same version makes the same bytes. A folder that is there is not overwritten: what
was released never changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kenpo_xl import __version__  # noqa: E402 (the clone's own package comes first)
from kenpo_xl.books.input.read.reader import read_submission  # noqa: E402
from kenpo_xl.books.plan.reader import read_plan  # noqa: E402
from kenpo_xl.cli.commands import main as kenpo_xl  # noqa: E402
from kenpo_xl.domain.cell_edit import CellEdit  # noqa: E402
from kenpo_xl.domain.cell_reference import a1  # noqa: E402
from kenpo_xl.domain.plan.plan import Plan  # noqa: E402
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped  # noqa: E402
from kenpo_xl.ooxml.sheet import Sheet  # noqa: E402
from kenpo_xl.ooxml.workbook import Workbook  # noqa: E402
from kenpo_xl.tasks.carry.write_books import write_input_book  # noqa: E402
from kenpo_xl.tasks.flag import flag_books  # noqa: E402
from scripts.plan_drawing import PlanDrawing, write_plan_book  # noqa: E402
from tests.tasks.clerk import fill  # noqa: E402
from tests.tasks.municipality import HEALTH, SUBMITTED, drawing  # noqa: E402

RELEASES = ROOT / "tests" / "releases"
SUMS = RELEASES / "SHA256SUMS"
PERIOD, PLAN, PLANNER = "第3四半期", "計画.xlsx", "取りまとめ.xlsm"
ITEMS = ("1-1-1", "1-1-2", "1-1-3", "1-1-4", "2-1-1", "2-2")
NIGHTS = (date(2026, 1, 13), date(2026, 1, 14))
PERSON, REASON = "山田", "速報値のため"
HEADS = {
    "指摘": ("場所", "確認済の理由・返事"),
    "調整": ("項", "最終評価", "理由"),
    "文の調整": ("項", "ブロック", "いまの文", "直した文", "理由"),
    "数値の調整": ("識別名", "印字する値", "理由"),
}

Row = dict[str, Any]


def write_samples(folder: Path) -> None:
    """Write the files of this version into a folder that is not there."""
    period = folder / PERIOD
    (period / "提出").mkdir(parents=True)
    write_plan_book(period / PLAN, small_plan())
    run("build", period)
    plan = read_plan(period / PLAN)
    for group in plan.groups:
        submit(plan, group, period)
    run("nightly", folder, "--jobs", 1, "--today", NIGHTS[0])
    overwrite(plan, period)
    settle(period)
    run("nightly", folder, "--jobs", 1, "--today", NIGHTS[1])
    tidy(folder)


def small_plan() -> PlanDrawing:
    """The municipality's plan with some of its items, which keep their numbers."""
    whole = drawing()
    kpis = [row for row in whole.kpis if row["実績"].removeprefix("=@").startswith(ITEMS)]
    names = {row["指標"] for row in kpis}
    return replace(
        whole,
        measures=list(some_measures(whole.measures)),
        kpis=kpis,
        history=[row for row in whole.history if row["指標"] in names],
        layouts={item: layout for item, layout in whole.layouts.items() if item in ITEMS},
    )


def some_measures(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of 施策 that belong to the items."""
    counts = [0, 0, 0]
    for row in rows:
        level = next((level for level, head in enumerate(("章", "節", "項")) if head in row), None)
        if level is not None:
            counts = [*counts[:level], counts[level] + 1, 0, 0][:3]
        number = "-".join(str(count) for count in counts if count)
        if any(f"{item}-".startswith(f"{number}-") for item in ITEMS):
            yield row


def submit(plan: Plan, group: str, period: Path) -> None:
    """Write a group's book as submitted: what the municipality types, saved by the program itself."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder) / f"{group}.xlsm"
        fill(period / "入力" / filled.name, filled, SUBMITTED)
        write_input_book(plan, group, period / "提出" / filled.name, read_submission(filled, plan))


def overwrite(plan: Plan, period: Path) -> None:
    """Overwrite a computed cell, type a number as a text, mark both, and accept the text with a reason."""
    book = period / "提出" / f"{HEALTH}.xlsm"
    item = next(one for one in read_submission(book, plan).items if one.item == "1-1-3")
    (table,) = item.tables
    total, women = table.rows[-1].cells[2].source, table.rows[3].cells[1].source
    type_into(book, total.sheet, {total.cell: Decimal("0.2"), women.cell: "1,542 人"})
    flag_books([book], today=NIGHTS[1], person=PERSON)
    (accepted,) = (row for row in rows(book, "指摘") if row.text("場所").endswith(women.cell))
    type_into(book, "指摘", {accepted.cell("確認済の理由・返事"): REASON})
    flag_books([book], today=NIGHTS[1], person=PERSON)


def settle(period: Path) -> None:
    """Make the planner's book again, which lists the overwritten cell now, and fill its three lists."""
    planner = period / PLANNER
    planner.unlink()
    run("build", period)
    rating, wording, figure = (next(rows(planner, sheet)) for sheet in ("調整", "文の調整", "数値の調整"))
    type_into(planner, "調整", {rating.cell("最終評価"): "S", rating.cell("理由"): REASON})
    words = {"項": "1-1-4", "ブロック": "1", "いまの文": "6 回", "直した文": "延べ 6 回", "理由": REASON}
    type_into(planner, "文の調整", {wording.cell(head): text for head, text in words.items()})
    type_into(planner, "数値の調整", {figure.cell("印字する値"): "計算値", figure.cell("理由"): REASON})


class ListRow(NamedTuple):
    """A row of a list, by the words of its heads."""

    sheet: Sheet
    number: int
    columns: dict[str, int]

    def text(self, head: str) -> str:
        return self.sheet.text(self.number, self.columns[head])

    def cell(self, head: str) -> str:
        return a1(self.number, self.columns[head])


def rows(book: Path, name: str) -> Iterator[ListRow]:
    """The rows below the heads of a list, and the first free one."""
    sheet = Workbook(book).sheets[name]
    head, columns = sheet.header_row_and_columns(HEADS[name])
    for number in range(head + 1, sheet.last_row + 2):
        yield ListRow(sheet, number, columns)


def type_into(book: Path, sheet: str, values: Mapping[str, Decimal | str]) -> None:
    """Type into cells of a closed book, of which nothing else changes."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / book.name
        left = edit_cells_returning_skipped(
            book, [CellEdit(sheet, cell, value) for cell, value in values.items()], target
        )
        assert not left, left
        shutil.copyfile(target, book)


def tidy(folder: Path) -> None:
    """Leave what a later version is to open, and no copies of it."""
    for place in ("入力", "返却"):
        shutil.rmtree(folder / PERIOD / place, ignore_errors=True)
    for path in [folder / PERIOD / "報告/提出状況.xlsx", *folder.rglob("*.bak"), *folder.glob(".*")]:
        path.unlink()


def run(*arguments: object) -> None:
    """Run a command of the program; SystemExit where it could not be done."""
    try:
        kenpo_xl([str(argument) for argument in arguments])
    except SystemExit as ended:
        if ended.code not in (0, 1):
            raise


def main(arguments: Sequence[str]) -> int:
    """The exit status; 1 where the samples are there already."""
    folder = Path(arguments[0]) if arguments else RELEASES / __version__
    if folder.exists():
        print(f"{folder} is there: the samples of a release never change.")
        return 1
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        write_samples(folder)
    if not arguments:
        with SUMS.open("a", encoding="utf-8") as sums:
            sums.writelines(f"{digest}  {path}\n" for path, digest in digests(folder))
    return 0


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of every file of a release; the path begins with the version."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder.parent).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
