"""The report for the public: the same pages without what is of use inside the office only."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.close import close_period
from kenpo_xl.tasks.report import ReportResult, make_report
from tests.paths import SAMPLE
from tests.tasks.corrections import correct
from tests.tasks.small_period import write_small_period
from tests.tasks.test_close import TODAY

INTERNAL = {"要確認", "変更一覧", "数値"}


@pytest.fixture(scope="module")
def period(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without a mistake."""
    folder = tmp_path_factory.mktemp("corrected") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    correct(folder)
    return folder


@pytest.fixture(scope="module")
def both(period: Path) -> tuple[ReportResult, ReportResult]:
    return make_report(period), make_report(period, public=True)


@pytest.fixture(scope="module")
def usual(both: tuple[ReportResult, ReportResult]) -> Path:
    return both[0].path


@pytest.fixture(scope="module")
def public(both: tuple[ReportResult, ReportResult]) -> ReportResult:
    return both[1]


@pytest.fixture(scope="module")
def books(usual: Path, public: ReportResult) -> list[Any]:
    return [openpyxl.load_workbook(path) for path in (usual, public.path)]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_period(tmp_path / "全支部" / "第2四半期")


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield name, package.read(name).decode("utf-8", errors="replace")


def printed(book: Any) -> dict[str, list[tuple[str, object]]]:
    """The values of each sheet of pages, by cell."""
    return {
        sheet.title: [
            (cell.coordinate, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
        if sheet.title not in {*INTERNAL, "KPI一覧"}
    }


def test_the_pages_are_the_same(books: list[Any], public: ReportResult) -> None:
    usual_pages, public_pages = map(printed, books)
    assert public_pages == usual_pages
    assert public.path.name.startswith("公表用_事業実施状況_")


def test_sheets_notes_and_links_of_the_office_are_left_out(
    usual: Path, public: ReportResult, books: list[Any]
) -> None:
    for path, book, is_there in zip((usual, public.path), books, (True, False), strict=True):
        names = book.sheetnames
        parts = dict(parts_of(path))
        found = "".join(parts.values())
        assert bool(INTERNAL & {*names}) is is_there
        assert any(name.startswith("xl/comments") for name in parts) is is_there
        assert ("数値'!" in found) is is_there
        assert (".xlsm" in found) is is_there
        assert ("グループの評価" in found) is is_there


def test_no_person_is_named(public: ReportResult) -> None:
    parts = dict(parts_of(public.path))
    assert (
        re.search(
            r"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]|<Manager>|<Company>[^<]", "".join(parts.values())
        )
        is None
    )
    assert "<author>" not in "".join(parts.values())


def test_what_is_left_out_is_listed(both: tuple[ReportResult, ReportResult], books: list[Any]) -> None:
    usual, public = both
    facts = books[0]["数値"].max_row - 1
    assert f"シート「数値」（{facts} 行）" in public.removed
    assert public.removed_sentence.startswith("公表用に除いたもの: シート「要確認」（")
    assert [one.partition("（")[0] for one in public.removed[-2:]] == [
        "出所のメモ",
        "数値や元のブックへのリンク",
    ]
    assert usual.removed_sentence == ""


@pytest.mark.period
def test_a_draft_is_refused_with_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "公表.xlsx"
    done = CliRunner().invoke(main, ["report", str(SAMPLE), "--public", "-o", str(target)])
    assert done.exit_code == 3
    assert "「案」のため、公表用は作っていません" in done.stderr
    assert not target.exists()


def test_the_command_lists_what_is_left_out(small: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(small), "--public"])
    assert (done.exit_code, "公表用に除いたもの: " in done.stdout) == (0, True)


def test_a_closed_period_is_published_and_stays_as_it_is(small: Path) -> None:
    close_period(small, today=TODAY, person="山田")
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = make_report(small, public=True)
    assert {path: path.read_bytes() for path in before} == before
    assert result.path.is_file()
    with pytest.raises(KenpoError, match="確定した期のため"):
        make_report(small)
