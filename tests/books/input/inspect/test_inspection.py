"""What a book is made of besides its values: nothing to tell of a book as built or saved by LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import SheetSeen, Survey, Visibility
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.carry.write_books import write_input_book
from tests.checks.planted import BOOK, GROUP, cell_of_name, planted
from tests.office import Office, edits
from tests.paths import SAMPLE
from tests.sample import sample_plan

GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")


def bare(survey: Survey) -> Survey:
    """The survey without its sheets and the cell for Python, which every book has."""
    return replace(survey, sheets=(), python_cell=None)


@pytest.mark.parametrize("group", GROUPS)
def test_the_submission_is_the_one_that_the_report_reads(group: str) -> None:
    path = SAMPLE / "提出" / f"{group}.xlsm"
    submission, survey = read_book(path, sample_plan())
    assert submission == read_submission(path, sample_plan())
    assert bare(survey) == Survey()


def test_a_book_as_built_has_sheets_of_ours_only(tmp_path: Path) -> None:
    path = tmp_path / "入力.xlsm"
    write_input_book(sample_plan(), GROUP, path, None)
    _, survey = read_book(path, sample_plan())
    assert survey == Survey(
        sheets=(
            *(SheetSeen(name, Visibility.VISIBLE, True) for name in ("操作", "1-2-1", "1-2-2", "1-2-3")),
            *(SheetSeen(name, Visibility.VISIBLE, True) for name in ("指摘", "確認記録")),
            SheetSeen("kx", Visibility.HIDDEN, True),
        ),
        python_cell=Source(path.name, "操作", cell_of_name("kx_python", path)),
    )


def test_a_book_that_a_clerk_went_on_in(tmp_path: Path, office: Office) -> None:
    saved = tmp_path / "提出.xlsm"
    with office.edit(BOOK, saved) as document:
        edits.insert_rows(document, "1-2-2", 12, 2)
        edits.insert_columns(document, "1-2-2", "B")
        edits.set_value(document, "1-2-2", "V50", "覚え書き")
        edits.set_value(document, "1-2-3", "D5", None)
    _, survey = read_book(saved, sample_plan())
    assert bare(survey) == Survey(buttons_lost=True)  # LibreOffice saves them so that nothing shows them


def test_the_sheets_in_the_order_of_the_book(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.create_sheet("計算", 1).sheet_state = "veryHidden"
        book["指摘"].sheet_state = "hidden"

    _, survey = read_book(planted(tmp_path, edit), sample_plan())
    assert survey.sheets[1] == SheetSeen("計算", Visibility.VERY_HIDDEN, False)
    assert [sheet.name for sheet in survey.sheets if sheet.visibility is Visibility.HIDDEN] == ["指摘", "kx"]


def test_of_a_book_of_another_plan_only_what_does_not_hang_on_the_plan(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["kx"]["B1"].value = "埼玉支部 2024 Q4"
        book["1-2-2"]["D8"].value = "=[集計.xlsx]Sheet1!A1"

    submission, survey = read_book(planted(tmp_path, edit), sample_plan())
    assert submission == Submission(GROUP, (), f"{GROUP}.xlsm")
    assert survey.foreign == "は別の計画（埼玉支部 令和6年度第4四半期）の入力ブックです。"
    assert [link.target for link in survey.links] == ["集計.xlsx"]
    assert survey.altered == ()


def test_another_workbook_is_no_input_book() -> None:
    with pytest.raises(KenpoError, match=r"計画\.xlsx は入力ブックではありません"):
        read_book(SAMPLE / "計画.xlsx", sample_plan())
