"""The plan changes while books are out: what was typed is in the new books, and nothing elsewhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry import staged_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.made_once import made_once
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, lines, period, plan_of, submit, typed

pytestmark = pytest.mark.period

NUMBERS = {"相談": [(120,), (200,)], "月別": [(10, 20, 30), (5, 6, 7, 8)]}
TEXTS = {"1": ["・窓口（令和7年12月末）", "・相談は 120 件"], "2": ["・大会を開いた。"]}
BOOK = Path("入力") / f"{GROUP}.xlsm"
TYPED = {
    "相談/当年/件数": 120, "相談/前年/件数": 200,
    "月別/当年/4~6月": 10, "月別/当年/7~9月": 20, "月別/当年/10~12月": 30,
    "月別/前年/4~6月": 5, "月別/前年/7~9月": 6, "月別/前年/10~12月": 7, "月別/前年/1~3月": 8,
    "大会/明細/町/緑": "緑", "大会/明細/場所/緑": "公民館", "大会/明細/人数/緑": 30,
}  # fmt: skip


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A period whose working book is filled, and handed in."""
    return made_once(tmp_path / "第3四半期", filled_period, filled_period)


def filled_period(folder: Path) -> None:
    period(folder, 2025, 3)
    submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)], months={"相談": (11,)})
    build_books(folder)
    shutil.copy(folder / BOOK, folder / "提出" / BOOK.name)


def change(folder: Path, layout: str = LAYOUT, **parts: Any) -> None:
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, layout, **parts))


def ratings(folder: Path, book: Path = BOOK) -> list[tuple[str, str, str]]:
    submission = read_submission(folder / book, plan_of(folder))
    return [(one.block, one.glyph, one.reason) for item in submission.items for one in item.ratings]


def unplaced(folder: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(folder / BOOK)
    if "引き継げなかったもの" not in book.sheetnames:
        return []
    rows = book["引き継げなかったもの"].iter_rows(min_row=5, max_col=3, values_only=True)
    return [row for row in rows if row[0]]


def test_the_first_books_take_what_was_handed_in(filled: Path) -> None:
    assert typed(filled) == TYPED
    assert ratings(filled) == [("1", "〇", "よくできた")]


def test_an_unchanged_plan_leaves_the_book_alone(filled: Path) -> None:
    before = (filled / BOOK).read_bytes()
    result = build_books(filled)
    assert (result.older, result.made, (filled / BOOK).read_bytes()) == ({}, (), before)


def test_so_does_one_whose_formats_libreoffice_wrote_in_its_way(filled: Path) -> None:
    r"""It saves `0" 件"` as `0\ "件"`."""
    plan = openpyxl.load_workbook(filled / "計画.xlsx")
    cells = [cell for sheet in plan for row in sheet.iter_rows() for cell in row]
    written = [cell for cell in cells if '" ' in cell.number_format]
    for cell in written:
        cell.number_format = cell.number_format.replace('" ', '\\ "')
    plan.save(filled / "計画.xlsx")
    assert (len(written) > 3, build_books(filled).older) == (True, {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("相談の件数", "相談"),
        ("⟪件⟫", "⟪事業所⟫"),
        ("4～6月", "４～６月"),
        ("ブロック | 2\n", "ブロック | 2\n文 | | ・新しい行\n"),
        ("| 計\n", "| 合計\n"),
    ],
)
def test_words_units_and_new_lines_lose_nothing(filled: Path, old: str, new: str) -> None:
    change(filled, LAYOUT.replace(old, new))
    result = build_books(filled)
    assert list(result.older) == [filled / BOOK]
    assert list(typed(filled).values()) == list(TYPED.values())
    assert ratings(filled) == [("1", "〇", "よくできた")]
    assert unplaced(filled) == []


def test_the_old_book_is_kept_and_what_was_handed_in_is_not_touched(filled: Path) -> None:
    old, submitted = (filled / BOOK).read_bytes(), (filled / "提出" / BOOK.name).read_bytes()
    change(filled, LAYOUT.replace("相談の件数", "相談"))
    (older,) = build_books(filled).older.values()
    assert (older.parent.name, older.read_bytes()) == ("以前の版", old)
    assert (filled / "提出" / BOOK.name).read_bytes() == submitted


def test_what_was_typed_since_it_was_handed_in_counts(filled: Path) -> None:
    with edited(filled / BOOK) as book:
        sheet = book["1-1"]
        row = next(cell.row for cell in sheet["D"] if cell.value == "・大会を開いた。")
        sheet.cell(row, 4).value = "・大会を 2 回開いた。"
    now = (filled / "提出" / BOOK.name).stat().st_mtime + 60
    os.utime(filled / BOOK, (now, now))
    change(filled, LAYOUT.replace("相談の件数", "相談"))
    build_books(filled)
    assert lines(filled)[-1] == ("・大会を 2 回開いた。", False)


def test_a_former_name_is_followed(filled: Path) -> None:
    change(filled, LAYOUT.replace("表       | 月別  ", "表       | 期別 ← 月別  "))
    result = build_books(filled)
    found = typed(filled)
    assert [found[f"期別/当年/{months}"] for months in ("4~6月", "7~9月", "10~12月")] == [10, 20, 30]
    assert not any("とみて" in one for one in result.changes)


def test_what_has_no_place_is_on_a_sheet_and_is_said(filled: Path) -> None:
    layout = "\n".join(line for line in LAYOUT.split("\n") if "前年度末 | {前年度} | ⟪件⟫ | ⟪件⟫" not in line)
    change(filled, layout)
    result = build_books(filled)
    assert [(row[0], row[1]) for row in unplaced(filled)] == [
        (f"1-1/月別/前年/{months}", f"{number} 件")
        for months, number in (("4~6月", 5), ("7~9月", 6), ("10~12月", 7), ("1~3月", 8))
    ]
    assert all(row[2].startswith(f"{GROUP}.xlsm 1-1!") for row in unplaced(filled))
    assert any("入れる所のないものが 4 件あります" in one for one in result.changes)
    control = [str(cell.value) for cell in openpyxl.load_workbook(filled / BOOK)["操作"]["C"]]
    (words,) = [text for text in control if text.startswith("計画が変わりました。")]
    assert "行「1-1/月別/前年」がなくなりました" in words
    assert "シート「引き継げなかったもの」に 4 件あります" in words
    change(filled, layout.replace("相談の件数", "相談"))
    build_books(filled)
    assert len(unplaced(filled)) == 4


def test_a_scale_is_converted_listed_and_a_draft_until_confirmed(filled: Path) -> None:
    def conversions() -> list[bool]:
        remarks = make_report(filled).remarks
        return [one.is_error for one in remarks if "件 を 0.12 千件 に直しました" in one.message]

    change(filled, LAYOUT.replace("{年度}（{基準月}まで） | ⟪件⟫", "{年度}（{基準月}まで） | ⟪千件⟫"))
    assert conversions() == [True]  # what was handed in is read in its own scale
    figures = consolidate(PeriodFolder(filled)).figures
    (figure,) = [one for one in figures if one.id[1:] == ("相談", "当年", "件数")]
    assert str(figure.typed) == "0.120"
    result = build_books(filled)
    assert any("120 件 を 0.12 千件 に直しました" in one for one in result.changes)
    shutil.copy(filled / BOOK, filled / "提出" / BOOK.name)
    assert conversions() == [True]
    with edited(filled / "提出" / BOOK.name) as book:
        book["単位の変更"]["D5"] = "このまま"
    assert conversions() == []


class TestGroups:
    def renamed(self) -> PlanDrawing:
        plan = drawing(2025, 3)
        basics = [(key, "企画課" if value == GROUP else value) for key, value in plan.basics]
        measures = [{**row, **({"担当": "企画課"} if "担当" in row else {})} for row in plan.measures]
        return replace(plan, basics=basics, measures=measures)

    def test_a_renamed_group_has_a_book_with_all_of_it(self, filled: Path) -> None:
        write_drawn_book(filled / "計画.xlsx", self.renamed())
        result = build_books(filled)
        new = Path("入力") / "企画課.xlsm"
        assert (list(result.older), result.made) == ([filled / BOOK], (filled / new,))
        assert ratings(filled, new) == [("1", "〇", "よくできた")]
        (item,) = read_submission(filled / new, plan_of(filled)).items
        assert (
            sum(cell.value is not None for one in item.tables for row in one.rows for cell in row.cells) >= 12
        )

    def test_what_was_typed_into_the_new_book_counts_from_then_on(self, filled: Path) -> None:
        write_drawn_book(filled / "計画.xlsx", self.renamed())
        build_books(filled)
        new = filled / "入力" / "企画課.xlsm"
        with edited(new) as book:
            sheet = book["1-1"]
            row = next(cell.row for cell in sheet["D"] if cell.value == "・大会を開いた。")
            sheet.cell(row, 4).value = "・大会を 2 回開いた。"
            first = next(cell.row for cell in sheet["D"] if cell.value == "・窓口（令和7年12月末）")
            sheet.cell(first, 5).value = "△"
        now = (filled / "提出" / BOOK.name).stat().st_mtime + 60
        os.utime(new, (now, now))
        layouts = {"1-1": LAYOUT.replace("相談の件数", "相談")}
        write_drawn_book(filled / "計画.xlsx", replace(self.renamed(), layouts=layouts))
        build_books(filled)
        (item,) = read_submission(new, plan_of(filled)).items
        assert [line.text for line in item.lines if "大会を" in line.text] == ["・大会を 2 回開いた。"]
        assert [one.glyph for one in item.ratings] == ["△"]

    def test_the_report_reads_what_the_old_group_handed_in(self, filled: Path) -> None:
        before = {str(one.id): one.printed_value for one in consolidate(PeriodFolder(filled)).figures}
        write_drawn_book(filled / "計画.xlsx", self.renamed())
        whole = consolidate(PeriodFolder(filled))
        assert {str(one.id): one.printed_value for one in whole.figures} == before
        assert ([one.group for one in whole.submissions], whole.rejected) == (["企画課"], ())


class TestReplacing:
    def test_an_open_book_is_not_replaced(self, filled: Path) -> None:
        before = (filled / BOOK).read_bytes()
        (filled / BOOK).with_name(f"~${BOOK.name}").write_bytes(b"x")
        change(filled, LAYOUT.replace("相談の件数", "相談"))
        with pytest.raises(KenpoError, match=f"{GROUP}.xlsm を書き換えられません。開いている場合は閉じて"):
            build_books(filled)
        assert (filled / BOOK).read_bytes() == before
        assert [path.name for path in (filled / "入力").glob("新しい版*")] == []

    def test_a_run_killed_before_a_book_is_in_place_is_finished(
        self, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = (filled / BOOK).read_bytes()
        change(filled, LAYOUT.replace("相談の件数", "相談"))
        with monkeypatch.context() as patch:
            patch.setattr(staged_books, "finish_replacing", lambda _: {})
            build_books(filled)
        assert (filled / BOOK).read_bytes() == old
        result = build_books(filled)
        assert list(result.older) == [filled / BOOK]
        assert (typed(filled), (filled / "入力" / "新しい版").exists()) == (TYPED, False)

    def test_a_book_saved_after_such_a_run_is_read_again(
        self, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change(filled, LAYOUT.replace("相談の件数", "相談"))
        with monkeypatch.context() as patch:
            patch.setattr(staged_books, "finish_replacing", lambda _: {})
            build_books(filled)
        with edited(filled / BOOK) as book:
            row = next(cell.row for cell in book["1-1"]["D"] if cell.value == "・大会を開いた。")
            book["1-1"].cell(row, 4).value = "・大会を 3 回開いた。"
        build_books(filled)
        assert lines(filled)[-1] == ("・大会を 3 回開いた。", False)
