"""Macros of a closed book: read as Excel and LibreOffice keep them, and told from ours; damage is told."""

from __future__ import annotations

import random
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from kenpo_xl.books.common.macros import reader
from kenpo_xl.books.common.macros.reader import (
    comparable_code,
    decompressed_text,
    foreign_macros,
    issued_macro_versions,
    macro_version,
    macros_of_book,
    modules_of_project,
    shipped_macros,
)
from kenpo_xl.domain.submission.inspection import Macro
from kenpo_xl.ooxml.compound_file import DamagedError
from kenpo_xl.ooxml.package import Package
from tests.office import Office
from tests.paths import SUBMITTED
from tests.soak import TIMES, soak

XLWINGS = Path(next(iter(find_spec("xlwings").submodule_search_locations)))
BOOK = XLWINGS / "quickstart_standalone.xlsm"


def project() -> bytes:
    with zipfile.ZipFile(BOOK) as book:
        return book.read("xl/vbaProject.bin")


def essences(path: Path) -> dict[str, str]:
    return {macro.name: comparable_code(macro.code) for macro in macros_of_book(Package(path))}


class TestReading:
    def test_a_module_is_the_text_that_was_exported(self) -> None:
        # xlwings carries the text beside the book that Excel saved it into.
        exported = (XLWINGS / "xlwings.bas").read_text(encoding="utf-8")
        assert essences(BOOK)["xlwings"] == comparable_code(exported)

    @pytest.mark.parametrize("name", ["WebHelpers", "Utils", "WebRequest", "IWebAuthenticator"])
    def test_modules_and_classes_of_a_larger_project(self, name: str) -> None:
        exported = next((XLWINGS / "addin").glob(f"{name}.*")).read_text(encoding="utf-8")
        assert essences(XLWINGS / "addin" / "xlwings.xlam")[name] == comparable_code(exported)

    def test_every_module_is_named_and_without_attributes(self) -> None:
        found = modules_of_project(project())
        names = ["ThisWorkbook", "Sheet1", "Module1", "Sheet2", "xlwings", "Dictionary"]
        assert [macro.name for macro in found] == names
        assert found[2].code.startswith("Sub SampleCall()\n")
        lines = [line for macro in found for line in macro.code.splitlines()]
        assert not [line for line in lines if line.startswith("Attribute ")]

    def test_what_libreoffice_saves_has_the_same_essence(self, office: Office, tmp_path: Path) -> None:
        saved = tmp_path / "saved.xlsm"
        with office.edit(BOOK, saved):
            pass
        assert essences(saved) == essences(BOOK)

    def test_a_book_without_macros(self) -> None:
        book = SUBMITTED / "業務グループ.xlsm"
        assert foreign_macros(Package(book)) == ()


class TestEssence:
    def test_what_programs_add_on_saving(self) -> None:
        saved = (
            'Attribute VB_Name = "M"\nRem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n'
            "Option Explicit\n\nSub  RUN ()\n\tx = 1\nEnd Sub\n"
        )
        assert comparable_code(saved) == comparable_code("sub run()\nX=1\nend sub")

    def test_the_header_of_an_exported_class(self) -> None:
        header = 'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  \'True\nEND\nAttribute VB_Name = "C"\n'
        assert comparable_code(f"{header}Sub A()\nEnd Sub") == comparable_code("Sub A()\nEnd Sub")

    @pytest.mark.parametrize("code", ["", "\n \n", 'Attribute VB_Name = "M"\nOption Explicit\n'])
    def test_no_code(self, code: str) -> None:
        assert comparable_code(code) == ""

    @pytest.mark.parametrize(
        "line",
        [
            'attribute_x = Shell("calc")',
            'Attribute = Shell("calc")',
            'Option Explicit: Declare Sub A Lib "x"',
        ],
    )
    def test_code_that_begins_like_an_attribute_is_code(self, line: str) -> None:
        assert comparable_code(line)


class TestOurs:
    @pytest.fixture
    def ours(self, monkeypatch: pytest.MonkeyPatch) -> list[Macro]:
        found = [
            Macro(macro.name, macro.code)
            for macro in modules_of_project(project())
            if comparable_code(macro.code)
        ]
        monkeypatch.setattr(reader, "shipped_macros", lambda: iter(found))
        return found

    def test_ours_as_saved_are_not_foreign(self, ours: list[Macro]) -> None:
        ours[:] = [Macro(one.name.upper(), one.code.upper().replace("\n", "\r\n")) for one in ours]
        assert foreign_macros(Package(BOOK)) == ()

    def test_one_that_was_changed_is(self, ours: list[Macro]) -> None:
        ours[0] = Macro(ours[0].name, ours[0].code + "\nSub More()\nEnd Sub")
        assert [macro.name for macro in foreign_macros(Package(BOOK))] == ["Module1"]

    def test_one_under_another_name_is(self, ours: list[Macro]) -> None:
        ours[0] = Macro("Other", ours[0].code)
        assert [macro.name for macro in foreign_macros(Package(BOOK))] == ["Module1"]

    def test_one_of_a_version_that_was_handed_out_is_not(
        self, ours: list[Macro], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        earlier = {macro_version(one) for one in ours}
        ours.clear()
        assert foreign_macros(Package(BOOK)) != ()
        monkeypatch.setattr(reader, "issued_macro_versions", lambda: earlier)
        assert foreign_macros(Package(BOOK)) == ()


def test_the_macros_of_today_are_among_those_handed_out() -> None:
    """Whoever changes a module adds its version to templates/vba/versions.txt and leaves the others there."""
    assert {macro_version(macro) for macro in shipped_macros()} <= issued_macro_versions()


def test_no_version_in_the_hands_of_staff_is_taken_out() -> None:
    """Books of the trial carry the first of them: their own buttons must not become suspicious."""
    first = "kenpobuttons 9bdd6f8f9a3e7130c5769fa8eb5057575d5fa29a0a6bd994cc58e1faa1c8c16e"
    assert first in issued_macro_versions()
    assert len(issued_macro_versions()) >= 4


class TestDamage:
    @pytest.mark.parametrize("length", [0, 8, 100, 512, 1024, 5000])
    def test_a_project_that_is_cut_off(self, length: int) -> None:
        with pytest.raises(DamagedError):
            modules_of_project(project()[:length])

    @soak
    def test_bytes_that_changed_are_read_or_told(self) -> None:
        sound, dice = project(), random.Random(3 + TIMES)
        for _ in range(150 * TIMES):
            content = bytearray(sound)
            for _ in range(dice.randint(1, 40)):
                content[dice.randrange(4096 if dice.random() < 0.7 else len(content))] = dice.randrange(256)
            try:
                modules_of_project(bytes(content))
            except DamagedError:
                continue

    def test_a_text_that_would_grow_without_bound(self) -> None:
        # A chunk of 4 bytes grows to 4 KiB.
        bomb = b"\1" + b"\x03\xb0\x02a\xfc\x0f" * 1000
        with pytest.raises(DamagedError):
            decompressed_text(bomb, 100_000)
        assert decompressed_text(bomb[:7], 100_000) == b"a" * 4096

    def test_a_chunk_longer_than_any_application_writes(self) -> None:
        with pytest.raises(DamagedError, match="too long"):
            decompressed_text(b"\1\x03\xb0\x02a\xfd\x0f", 100_000)

    @pytest.mark.parametrize("packed", [b"", b"\2", b"\1\0\0\0", b"\1\x02\xb0\x01\x00\x00"])
    def test_no_packed_text(self, packed: bytes) -> None:
        with pytest.raises(DamagedError):
            decompressed_text(packed, 100)
