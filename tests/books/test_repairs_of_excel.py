"""No book that the program writes, marks or ships breaks a rule for which Excel repairs books."""

from __future__ import annotations

import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.nightly.run import run_nightly
from kenpo_xl.tasks.plan.settings import set_book_settings
from kenpo_xl.tasks.report import make_report
from tests.books.repair_rules import repairs
from tests.paths import ROOT, SAMPLE
from tests.tasks.small_period import write_small_period

SHIPPED = sorted([*ROOT.glob("templates/*.xlsx"), *SAMPLE.glob("*.xlsx"), *SAMPLE.glob("提出/*.xlsm")])
TODAY = date(2025, 10, 20)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_book_that_is_shipped(path: Path) -> None:
    assert repairs(path) == []


def made_in(root: Path) -> list[Path]:
    """Every kind of book: plan, input, planner's, marked, returned, report, board, handover, plain."""
    folder = write_small_period(root / "期")
    marked = shutil.copy(folder / "提出" / "一課.xlsm", root / "marked.xlsm")
    flag_books([marked], plan=folder / "計画.xlsx", today=TODAY)
    unmarked = shutil.copy(marked, root / "unmarked.xlsm")
    unflag_books([unmarked], today=TODAY)
    with ThreadPoolExecutor(1) as executor:
        run_nightly(root, executor, today=TODAY, user="", since="", watch=lambda *_: None)
    make_report(folder)
    make_next_period(folder)
    plain = shutil.copytree(folder, root / "plain")
    shutil.rmtree(plain / "入力")
    set_book_settings(plain, has_buttons=False)
    build_books(plain, protect=True)
    return sorted(path for path in root.rglob("*.xls?") if not path.name.startswith("~"))


@pytest.mark.period
def test_every_kind_of_book_that_is_made(tmp_path: Path) -> None:
    made = made_in(tmp_path)
    assert {path.name for path in made} >= {
        "計画.xlsx",
        "一課.xlsm",
        "一課.xlsx",
        "提出状況.xlsx",
        "引継ぎ.xlsx",
    }
    assert {path.relative_to(tmp_path).as_posix(): repairs(path) for path in made if repairs(path)} == {}


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99"', "row"),
        ("xl/worksheets/sheet1.xml", b' s="1"', b' s="9999"', "style"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b'Id="rId1"', b'Id="rId77"', "relation rId1"),
        ("xl/workbook.xml", b'name="1-2-2"', b'name="1/2/2"', "sheet 1/2/2"),
        ("[Content_Types].xml", b'Extension="vml"', b'Extension="vmx"', "no content type"),
    ],
)
def test_a_broken_book_is_found(tmp_path: Path, part: str, old: bytes, new: bytes, problem: str) -> None:
    path = tmp_path / "broken.xlsm"
    with zipfile.ZipFile(SAMPLE / "提出" / "業務グループ.xlsm") as book, zipfile.ZipFile(path, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            assert name != part or old in content
            copy.writestr(name, content.replace(old, new) if name == part else content)
    assert any(problem in one for one in repairs(path))
