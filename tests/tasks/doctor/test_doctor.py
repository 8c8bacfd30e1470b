"""The looks at this very machine, and at books that lie where they should not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyopenvba import ExcelFile

from kenpo_xl.books.common import names
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.doctor.doctor import ENVIRONMENT, diagnose_pc
from kenpo_xl.tasks.doctor.excel_diagnosis import Diagnosis
from tests.edited import edited
from tests.office import Office
from tests.paths import SAMPLE
from tests.soak import sparse

SUBMITTED = sorted((SAMPLE / "提出").glob("*.xlsm"))[0]
Look = Callable[..., dict[str, Diagnosis]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """What every look says by its subject; the buttons' Python is this one unless told otherwise."""

    def by_subject(book: str | Path | None = None, **environment: str) -> dict[str, Diagnosis]:
        surroundings = {ENVIRONMENT: sys.executable} | environment
        found = diagnose_pc(str(book) if book else None, log=tmp_path / "log", environment=surroundings)
        return {one.subject: one for one in found}

    return by_subject


def copy_of(book: Path, place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(book, place))


def test_this_machine_can_run_the_buttons(look: Look) -> None:
    assert [one.subject for one in look().values() if not one.is_ok] == []


def test_every_library_of_the_project_is_there(look: Look) -> None:
    assert {"click", "lxml", "openpyxl", "xlwings"} <= set(look()["部品"].fact.replace("、", " ").split())


def test_a_python_that_is_gone(look: Look, tmp_path: Path) -> None:
    said = look(**{ENVIRONMENT: str(tmp_path / "python.exe")})["ボタンの Python"]
    assert not said.is_ok
    assert "がありません" in said.fact


def test_a_python_as_the_launcher_reads_it(look: Look) -> None:
    named = {ENVIRONMENT: f' "%HOME_OF_IT%/{Path(sys.executable).name}" '}
    assert look(HOME_OF_IT=str(Path(sys.executable).parent), **named)["ボタンの Python"].is_ok
    said = look(**named)["ボタンの Python"]
    assert "%HOME_OF_IT%" in said.fact
    assert not said.is_ok


def test_a_python_without_kenpo_xl(look: Look, tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).resolve()}" -S "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    said = look(**{ENVIRONMENT: str(bare)})["ボタンの Python"]
    assert not said.is_ok
    assert "kenpo-xl が入っていません" in said.fact


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    surroundings = {ENVIRONMENT: sys.executable}
    found = diagnose_pc(None, log=tmp_path / "log", environment=surroundings, log_is_writable=False)
    assert [one.subject for one in found if not one.is_ok] == ["ログ"]


def test_an_address_is_told_without_being_opened(look: Look) -> None:
    said = look("https://example.sharepoint.com/共有/業務グループ.xlsm")
    assert not said["ブックの場所"].is_ok
    assert "ブック" not in said


@pytest.mark.parametrize("place", ["a=b.xlsm", "a'b%TEMP%.xlsm", "a=b/業務グループ.xlsm"])
def test_signs_in_names_do_no_harm(look: Look, tmp_path: Path, place: str) -> None:
    assert look(copy_of(SUBMITTED, tmp_path / place))["ブックの場所"].is_ok


def test_a_folder_that_onedrive_syncs(look: Look, tmp_path: Path) -> None:
    inside = copy_of(SUBMITTED, tmp_path / "OneDrive" / "四半期" / SUBMITTED.name)
    beside = copy_of(SUBMITTED, tmp_path / "OneDriveではない" / SUBMITTED.name)
    synced = str(tmp_path / "OneDrive")
    assert not look(inside, OneDriveCommercial=synced)["ブックの場所"].is_ok
    assert look(beside, OneDriveCommercial=synced)["ブックの場所"].is_ok


@pytest.mark.parametrize(("zone", "well"), [(3, False), (2, True)])
def test_the_mark_of_a_downloaded_file(look: Look, tmp_path: Path, zone: int, well: bool) -> None:
    book = copy_of(SUBMITTED, tmp_path / SUBMITTED.name)
    # Windows keeps it as a second stream of the file, which is named like this.
    Path(f"{book}:Zone.Identifier").write_text(f"[ZoneTransfer]\nZoneId={zone}\n", encoding="utf-8")
    assert ("ダウンロードの印" not in look(book)) is well


def test_a_book_that_is_none(look: Look, tmp_path: Path) -> None:
    empty = tmp_path / "空.xlsm"
    empty.write_bytes(b"")
    assert "0 バイト" in look(empty)["ブック"].fact


def test_a_book_that_is_not_there(look: Look, tmp_path: Path) -> None:
    said = look(tmp_path / "ない.xlsm")
    assert not said["ブック"].is_ok
    assert "ブックの場所" not in said


def test_the_python_that_runs_this_is_offered(look: Look) -> None:
    said = look(**{ENVIRONMENT: "/ない/python"})["ボタンの Python"]
    assert f" {sys.executable} と入れるか、" in said.remedy


def test_a_book_that_is_not_ours(look: Look, tmp_path: Path) -> None:
    assert "入力ブックでも取りまとめでもありません" in look(SAMPLE / "計画.xlsx")["ブック"].fact


@pytest.mark.parametrize("book", [SUBMITTED, SAMPLE.parent / "はじめに.xlsm"], ids=["of a group", "first"])
def test_a_book_with_buttons_of_ours(look: Look, book: Path) -> None:
    said = look(book)["ブック"]
    assert said.is_ok
    assert "kenpo-xl のもの" in said.fact


def test_a_book_that_lost_its_macros(look: Look, tmp_path: Path, office: Office) -> None:
    with office.edit(SUBMITTED, tmp_path / "保存し直し.xlsx"):
        pass
    assert "ボタンのマクロがありません" in look(tmp_path / "保存し直し.xlsx")["ブック"].fact


def test_a_macro_that_somebody_added(look: Look, tmp_path: Path) -> None:
    book = copy_of(SUBMITTED, tmp_path / SUBMITTED.name)
    with ExcelFile(book) as opened:
        opened.vba_project().add_module("Module1", "Sub Extra()\r\nEnd Sub\r\n")
        opened.save()
    said = look(book)["ブック"]
    assert not said.is_ok
    assert "Module1" in said.fact


NAMED = [
    "{program}",
    '"{program}"',
    "%HOME_OF_IT%/program",
    "program",
    "./program",
    "\\\\evil.example\\share\\pythonw.exe",
    "//evil.example/share/pythonw.exe",
    "https://evil.example/pythonw.exe",
    "file://{program}",
    "{program}\n{program}",
    "{program} -c 'import os'",
    "$({program})",
    '=HYPERLINK("{program}")',
]


class TestWhatABookNames:
    """It is shown and compared; nothing of it is looked up, opened or started."""

    @pytest.fixture
    def program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A program that leaves a trace where it runs; it lies in the current folder."""
        path = tmp_path / "program"
        path.write_text(f"#!/bin/sh\n: > '{tmp_path / 'ran'}'\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.chdir(tmp_path)
        return path

    @pytest.fixture
    def touched(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Every path that is looked up or opened, and every program that is started."""
        found: list[str] = []

        def watched(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(place: object, *arguments: Any, **options: Any) -> Any:
                found.append(str(place))
                return function(place, *arguments, **options)

            return call

        for name in ("stat", "lstat", "access", "open", "scandir", "listdir", "readlink"):
            monkeypatch.setattr(os, name, watched(getattr(os, name)))
        monkeypatch.setattr(io, "open", watched(io.open))
        monkeypatch.setattr(subprocess, "Popen", watched(subprocess.Popen))
        return found

    @pytest.mark.parametrize("named", sparse(NAMED))
    @pytest.mark.parametrize("by_user", [sys.executable, ""])
    def test_it_is_never_followed(
        self, look: Look, program: Path, touched: list[str], tmp_path: Path, named: str, by_user: str
    ) -> None:
        text = named.format(program=program)
        book = naming(tmp_path / SUBMITTED.name, text)
        touched.clear()
        said = look(book, HOME_OF_IT=str(tmp_path), **{ENVIRONMENT: by_user})["ブックの Python"]
        assert not said.is_ok
        assert "動かしていません" in said.fact
        assert not (tmp_path / "ran").exists()
        assert not [
            one for one in touched if "evil.example" in one or one.rpartition("/")[2].startswith("program")
        ]

    def test_what_the_plan_names_is_never_followed_either(
        self, look: Look, program: Path, touched: list[str], tmp_path: Path
    ) -> None:
        book = in_period(tmp_path, str(program), str(program))
        touched.clear()
        said = look(book, **{ENVIRONMENT: ""})
        assert said["ブックの Python"].is_ok
        assert str(program) in said["ボタンの Python"].fact
        assert not (tmp_path / "ran").exists()
        assert not [one for one in touched if one.rpartition("/")[2].startswith("program")]

    def test_another_than_the_plan_names(self, look: Look, program: Path, tmp_path: Path) -> None:
        said = look(in_period(tmp_path, str(program), r"C:\kenpo\pythonw.exe"))["ブックの Python"]
        assert not said.is_ok
        assert r"C:\kenpo\pythonw.exe" in said.remedy

    def test_the_one_that_runs_this(self, look: Look, tmp_path: Path) -> None:
        assert look(naming(tmp_path / SUBMITTED.name, sys.executable))["ブックの Python"].is_ok

    def test_nothing(self, look: Look) -> None:
        assert "ブックの Python" not in look(SUBMITTED)

    def test_a_program_of_the_user_is_started_without_the_current_folder(
        self, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "kenpo_xl").mkdir()
        (tmp_path / "kenpo_xl" / "__init__.py").write_text("__version__ = 'planted'", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert look(**{ENVIRONMENT: sys.executable})["ボタンの Python"].is_ok

    @pytest.mark.parametrize("folders", ["", ".", "bin", ":", '""'])
    def test_the_path_does_not_lead_to_the_current_folder(
        self, look: Look, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: str
    ) -> None:
        for place in (tmp_path / "python", tmp_path / "bin" / "pythonw"):
            copy_of(program, place)
        monkeypatch.setenv("PATH", folders)
        assert "見つかりません" in look(**{ENVIRONMENT: ""})["ボタンの Python"].fact
        assert "がありません" in look(**{ENVIRONMENT: "program"})["ボタンの Python"].fact
        assert not (tmp_path / "ran").exists()


def naming(path: Path, text: str, source: Path = SUBMITTED) -> Path:
    """A copy of a book whose cell Python の場所 holds a text."""
    area = Workbook(source).named_area(names.PYTHON)
    assert area
    path.parent.mkdir(parents=True, exist_ok=True)
    with edited(source, path) as opened:
        opened[area.sheet].cell(area.top, area.left).value = text
    return path


def in_period(folder: Path, named: str, office: str) -> Path:
    """A book that names a Python, in a period folder whose plan names another."""
    with edited(SAMPLE / "計画.xlsx", folder / "計画.xlsx") as plan:
        (row,) = (row for row in plan["基本"].iter_rows(max_col=2) if row[0].value == "Pythonの場所")
        row[1].value = office
    return naming(folder / "入力" / SUBMITTED.name, named)
