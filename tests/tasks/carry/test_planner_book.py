"""A planner's book from before its buttons and lists: `build` adds them, and nothing typed is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.earlier import has_missing_parts
from kenpo_xl.books.planner.reader import read_adjustments
from kenpo_xl.books.planner.returns import read_return_rows
from kenpo_xl.cli.commands import main
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.tasks.build import BuildResult, build_books
from tests.edited import edited
from tests.tasks.small_period import GROUP, write_small_period

RATING = {"項": "1-1", "ブロック": "1", "最終評価": "△", "理由": "年度末に判定"}
WORDING = {"項": "1-1", "ブロック": "1", "いまの文": "・窓口を設けた。", "直した文": "・窓口を開いた。"}
FREE_WORDING = {"項": "1-1", "ブロック": "1", "いまの文": "設けた", "直した文": "開いた", "理由": "用語"}
FIGURE = {"識別名": "1-1/窓口/計/当年＞実績", "いまの入力値": "1 件", "印字する値": "計算値"}
REMARK = {"グループ": GROUP, "項": "1-1", "差戻しの内容": "いつの数ですか。", "終了": "済"}
POINT = {"概要に載せる文": "窓口の件数が増えています。"}
ADDED = {"差戻し": [REMARK], "概要の文": [POINT]}
TYPED = {"調整": [RATING], "文の調整": [WORDING, FREE_WORDING], "数値の調整": [FIGURE]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_period(tmp_path_factory.mktemp("written") / "第2四半期")


@pytest.fixture
def period(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / written.name))


def planner_book(period: Path) -> Path:
    return period / "取りまとめ.xlsm"


def write_earlier_book(period: Path, *, with_added: bool = False) -> None:
    """The planner's book, typed into, as it was before its last button and, without `with_added`, lists."""
    path = planner_book(period)
    with Package(path) as package:
        (drawing,) = (part for part in package if part.endswith(".vml"))
        content = package.read(drawing)
    with edited(path) as book:
        for sheet, typed in {**TYPED, **(ADDED if with_added else {})}.items():
            type_rows(book[sheet], typed)
        if not with_added:
            for one in (lists.RETURNS, *lists.SUMMARY):
                del book[one.sheet]
            for row in book["kx"].iter_rows():
                if row[0].value == "取りまとめ":
                    row[1].value = None
    with Package(path) as package:
        drawings = [part for part in package if part.endswith(".vml")]
    earlier = content.replace(b"KenpoButtons.CarryBook", b"KenpoButtons.Other")
    replace_parts(path, path.with_name("earlier.xlsm"), {drawings[0] if drawings else drawing: earlier})
    path.with_name("earlier.xlsm").replace(path)


def type_rows(sheet: openpyxl.worksheet.worksheet.Worksheet, rows: list[dict[str, str]]) -> None:
    """Type each row over one with the same first cells, else into the first free one."""
    columns = {cell.value: cell.column for cell in sheet[4]}
    keys = [
        header for header in ("項", "ブロック", "いまの文", "識別名", "概要に載せる文") if header in columns
    ]
    for row in rows:
        wanted = [row.get(header) for header in keys]
        for number in range(5, sheet.max_row + 1):
            found = [sheet.cell(number, columns[header]).value for header in keys]
            if found == wanted or not any(found):
                for header, text in row.items():
                    sheet.cell(number, columns[header]).value = text
                break


def shown(period: Path) -> tuple[list[tuple[str, ...]], ...]:
    """What the book of a period says of each list, without the places of its cells."""
    plan = read_plan(period / "計画.xlsx")
    found = read_adjustments(planner_book(period), plan)
    return (
        [(one.item, one.block, one.final, one.reason) for one in found.ratings],
        sorted((one.item, one.block, one.old, one.new, one.reason) for one in found.wordings),
        [(one.identity, one.typed, str(one.choice)) for one in found.figures],
        [(one.text,) for one in found.points],
        [
            (one.remark.group, one.remark.item, one.remark.text, str(one.is_closed))
            for one in read_return_rows(planner_book(period), plan)
        ],
    )


@pytest.mark.parametrize("with_added", [False, True])
def test_its_buttons_and_lists_are_added_and_what_was_typed_stays(period: Path, with_added: bool) -> None:
    write_earlier_book(period, with_added=with_added)
    before, content = shown(period), planner_book(period).read_bytes()
    assert [len(one) for one in before] == [1, 2, 1, int(with_added), int(with_added)]
    assert has_missing_parts(Workbook(planner_book(period)))
    done = build_books(period)
    assert shown(period) == before
    assert not has_missing_parts(Workbook(planner_book(period)))
    assert done.renewed
    assert done.renewed.parent == period / "入力" / "以前の版"
    assert done.renewed.read_bytes() == content
    assert planner_book(period) not in (*done.made, *done.kept)
    again = build_books(period)
    assert (again.renewed, again.made) == (None, ())


def test_rows_of_the_program_are_there_once_beside_the_typed_ones(period: Path) -> None:
    write_earlier_book(period)
    build_books(period)
    sheet = openpyxl.load_workbook(planner_book(period))["文の調整"]
    old = [row[2].value for row in sheet.iter_rows(5, 20) if row[2].value]
    assert sorted(old) == sorted(["・窓口を設けた。", "設けた"])


def test_the_command_says_so(period: Path) -> None:
    write_earlier_book(period)
    done = CliRunner().invoke(main, ["build", str(period)])
    assert done.exit_code == 0
    assert "足りなかったボタンやシートを加え、取りまとめのブックを新しくしました。" in done.stdout


def test_one_that_was_saved_without_macros_stays(period: Path) -> None:
    openpyxl.load_workbook(planner_book(period)).save(period / "取りまとめ.xlsx")
    planner_book(period).unlink()
    before = (period / "取りまとめ.xlsx").read_bytes()
    assert build_books(period).renewed is None
    assert [path.read_bytes() for path in period.glob("取りまとめ*")] == [before]


def test_an_open_one_stops_the_command_and_not_the_button(period: Path) -> None:
    write_earlier_book(period)
    before = planner_book(period).read_bytes()
    (period / "~$取りまとめ.xlsm").write_bytes(b"")
    with pytest.raises(KenpoError, match=r"取りまとめ\.xlsm"):
        build_books(period)
    done: BuildResult = build_books(period, keeps_planner_book=True)
    assert (done.renewed, planner_book(period).read_bytes()) == (None, before)


def test_one_whose_sheet_was_renamed_is_left_with_a_sentence(period: Path) -> None:
    write_earlier_book(period, with_added=True)
    with edited(planner_book(period)) as book:
        book["差戻し"].title = "もどし"
    before = planner_book(period).read_bytes()
    with pytest.raises(KenpoError, match="シート「差戻し」の名前が「もどし」に変わっています"):
        build_books(period)
    assert planner_book(period).read_bytes() == before


def test_a_book_as_it_is_made_lacks_nothing(period: Path) -> None:
    assert not has_missing_parts(Workbook(planner_book(period)))
    sheets = {one.sheet for one in (*lists.TYPED_IN, *lists.SUMMARY)}
    assert sheets == {"調整", "文の調整", "数値の調整", "差戻し", "見通し", "概要の文"}
