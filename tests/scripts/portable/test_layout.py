"""The portable folder from a made embeddable Python and made libraries: its form and its bytes."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import make_portable
from scripts.portable import documents
from scripts.portable.bytecode import compile_below
from scripts.portable.checks import LONGEST, problems
from scripts.portable.failure import PortableError
from scripts.portable.python_home import embedded_target, folder_target, lay_out_embedded
from scripts.portable.target import Target
from scripts.portable.wheels import FULL_LOCK, LOCK, PROOFREADING, locked_libraries, needed_on, unpack_wheels
from tests.paths import ROOT
from tests.scripts.portable.windows_programs import (
    AMD64,
    ARM64,
    I386,
    VERSION,
    embeddable_python,
    windows_program,
)

WHEELS = {
    "kenpo_xl-1.0-py3-none-any.whl": {
        "kenpo_xl/__init__.py": "import os\nimport sqlite3, lib.part\nfrom win32api import GetUserName\n",
        "kenpo_xl-1.0.dist-info/METADATA": "Name: kenpo-xl\nVersion: 1.0\nRequires-Dist: lib>=2\n"
        "Requires-Dist: pandas; extra == 'export'\nLicense-Expression: MIT\n",
        "kenpo_xl-1.0.dist-info/RECORD": "",
        "kenpo_xl-1.0.dist-info/LICENSE": "MIT",
    },
    "lib-2.1-cp311-cp311-win_amd64.whl": {
        "lib/__init__.py": "",
        "lib/part.py": "try:\n    import numpy\nexcept ImportError:\n    pass\nfrom . import fast\n",
        "lib/fast.pyd": windows_program([f"python{VERSION}.dll", "helper.dll", "KERNEL32.dll"]),
        "lib.libs/helper.dll": windows_program(["USER32.dll"]),
        "lib-2.1.data/platlib/lib/data.txt": "data",
        "lib-2.1.data/scripts/lib-tool": "#!python",
        "pythonwin/editor.pyd": windows_program(["mfc140u.dll"]),
        "win32/win32api.pyd": windows_program(["pywintypes.dll"]),
        "pywin32_system32/pywintypes.dll": windows_program(["KERNEL32.dll"]),
        "lib-2.1.dist-info/METADATA": "Name: lib\nVersion: 2.1\n"
        "Classifier: License :: OSI Approved :: BSD License\n"
        "Requires-Dist: appscript; sys_platform == 'darwin'\n\nA text\nLicense: none\n",
        "lib-2.1.dist-info/licenses/LICENSE.txt": "BSD",
    },
}
Changed = Callable[..., Path]


def made(home: Path) -> Path:
    """A portable folder of the made parts."""
    wheels, folder = home / "wheels", home / "folder"
    wheels.mkdir()
    for wheel, files in WHEELS.items():
        with zipfile.ZipFile(wheels / wheel, "w") as packed:
            for file, content in files.items():
                packed.writestr(zipfile.ZipInfo(file), content)
    archive = embeddable_python(home)
    target = embedded_target(archive)
    lay_out_embedded(archive, target, folder)
    libraries = unpack_wheels(wheels, target.site_packages(folder))
    compile_below(target.site_packages(folder))
    documents.write_starters(folder, target)
    documents.write_readme(folder, target, has_dictionary=False)
    documents.write_licences(folder, target, libraries)
    documents.write_sbom(folder, target, {"digest": "0" * 64}, libraries)
    documents.write_manifest(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the tests that only read it."""
    return made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def target(folder: Path) -> Target:
    return folder_target(folder)


@pytest.fixture
def changed(folder: Path, target: Target, tmp_path: Path) -> Changed:
    """Makes a copy of the folder with other content in some files of its libraries."""

    def copied(**files: str | bytes) -> Path:
        copy = shutil.copytree(folder, tmp_path / "copy")
        for file, content in files.items():
            path = target.site_packages(copy) / file
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        documents.write_manifest(copy)
        return copy

    return copied


class TestFolder:
    def test_a_complete_one_has_no_problem(self, folder: Path, target: Target) -> None:
        assert problems(folder, target) == []

    def test_the_same_parts_give_the_same_bytes(self, folder: Path, tmp_path: Path) -> None:
        again = made(tmp_path)
        assert (folder / documents.MANIFEST).read_bytes() == (again / documents.MANIFEST).read_bytes()

    def test_python_looks_for_modules_in_the_folder_alone(self, folder: Path, target: Target) -> None:
        lines = (folder / "python" / target.path_file).read_bytes()
        assert lines == f"python{VERSION}.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n".encode()

    def test_what_nothing_loads_is_left_out(self, folder: Path, target: Target) -> None:
        site_packages = target.site_packages(folder)
        assert not (site_packages / "pythonwin").exists()
        assert not list(site_packages.rglob("RECORD"))
        assert not list(site_packages.rglob("lib-tool"))
        assert (site_packages / "lib" / "data.txt").read_text(encoding="utf-8") == "data"

    def test_the_command_is_for_cmd_exe(self, folder: Path) -> None:
        content = (folder / "kenpo-xl.cmd").read_bytes()
        assert content.isascii()
        assert content.count(b"\r\n") == content.count(b"\n")
        assert b'"%~dp0python\\python.exe" -P -B -m kenpo_xl %*\r\nexit /b %ERRORLEVEL%' in content

    def test_licences_are_gathered(self, folder: Path) -> None:
        licences = folder / documents.LICENCES
        files = sorted(path.name for path in licences.iterdir())
        assert files == [
            "README.txt",
            "kenpo-xl-1.0-license",
            "lib-2.1-licenses-license.txt",
            f"python-{sys.version_info[0]}.{sys.version_info[1]}-LICENSE.txt",
        ]
        assert "lib 2.1: BSD License\n" in (licences / "README.txt").read_text(encoding="utf-8")

    def test_the_parts_are_listed_as_cyclonedx(self, folder: Path) -> None:
        listed = json.loads((folder / documents.SBOM).read_text(encoding="utf-8"))
        assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
        python, lib = listed["components"]
        assert (python["name"], lib["purl"]) == ("python", "pkg:pypi/lib@2.1")
        assert len(lib["hashes"][0]["content"]) == 64
        assert listed["dependencies"][0]["dependsOn"] == [python["bom-ref"], lib["bom-ref"]]

    @pytest.mark.parametrize(
        ("file", "content", "problem"),
        [
            ("kenpo_xl/__init__.py", "import lib.other\n", "kenpo_xl.__init__ imports lib.other"),
            ("lib/part.py", "import numpy\n", "lib.part imports numpy"),
            ("lib/fast.pyd", windows_program(["missing.dll"]), "lib/fast.pyd needs missing.dll"),
            (
                "lib/fast.pyd",
                windows_program(["user32.dll"], I386),
                "lib/fast.pyd is for another system (0x14c)",
            ),
            ("lib/fast.pyd", b"MZ", "lib/fast.pyd is no program for Windows"),
            ("lib-2.1.dist-info/METADATA", "Name: lib\nVersion: 1\n", "kenpo-xl requires lib>=2, found 1"),
            ("lib/data.txt", "/home/somebody/clone", "lib/data.txt names a folder of this PC"),
            ("lib/" + "x" * LONGEST, "", "letters"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, changed: Changed, target: Target, file: str, content: str | bytes, problem: str
    ) -> None:
        copy = changed(**{file: content})
        (found,) = problems(copy, target, made_in=["/home/somebody"])
        assert found.endswith(problem)

    def test_a_file_that_changed_later_is_named(self, changed: Changed, target: Target) -> None:
        copy = changed()
        (copy / "kenpo-xl.cmd").write_bytes(b"@echo off\r\n")
        (copy / "more.txt").write_bytes(b"")
        assert problems(copy, target) == [
            "SHA256SUMS: kenpo-xl.cmd differs",
            "SHA256SUMS: more.txt is not in both",
        ]

    def test_a_finished_folder_is_checked_by_command(
        self, changed: Changed, capsys: pytest.CaptureFixture[str]
    ) -> None:
        copy = changed()
        assert make_portable.main(["--check", str(copy)]) == 0
        (copy / "python" / "pythonw.exe").unlink()
        assert make_portable.main(["--check", str(copy)]) == 3
        assert "python/pythonw.exe is missing" in capsys.readouterr().out


class TestPython:
    @pytest.mark.parametrize(
        ("machine", "tag"), [(AMD64, "win_amd64"), (I386, "win32"), (ARM64, "win_arm64")]
    )
    def test_the_system_is_that_of_its_program(self, tmp_path: Path, machine: int, tag: str) -> None:
        found = embedded_target(embeddable_python(tmp_path, machine=machine))
        assert (found.tag, found.version, found.markers["sys_platform"]) == (
            tag,
            sys.version_info[:2],
            "win32",
        )

    @pytest.mark.parametrize(
        "name", ["python.exe", "pythonw.exe", f"python{VERSION}.dll", f"python{VERSION}._pth"]
    )
    def test_another_archive_is_refused_in_one_sentence(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(PortableError, match=r"ください。$"):
            embedded_target(embeddable_python(tmp_path, left_out=[name]))

    def test_no_archive_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "python.zip").write_bytes(b"no archive")
        arguments = ["--python-embed", str(tmp_path / "python.zip"), "-o", str(tmp_path / "made")]
        assert make_portable.main(arguments) == 3
        assert "埋め込み版ではありません" in capsys.readouterr().err
        assert not list(tmp_path.glob("made*"))

    def test_another_version_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        archive = embeddable_python(tmp_path)
        monkeypatch.setattr(make_portable, "target_here", lambda: Target((3, 99), "", ""))
        assert make_portable.main(["--python-embed", str(archive), "-o", str(tmp_path / "made")]) == 3
        assert "実行しているのは 3.99 です" in capsys.readouterr().err

    def test_a_name_that_leads_out_of_the_folder_is_refused(self, tmp_path: Path, target: Target) -> None:
        archive = embeddable_python(tmp_path)
        with zipfile.ZipFile(archive, "a") as packed:
            packed.writestr("../outside.txt", "")
        with pytest.raises(PortableError, match="outside"):
            lay_out_embedded(archive, target, tmp_path / "folder")
        assert not (tmp_path / "outside.txt").exists()

    def test_an_existing_folder_is_kept(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["--python-embed", str(embeddable_python(tmp_path)), "-o", str(tmp_path)]
        assert make_portable.main(arguments) == 3
        assert "すでにあります" in capsys.readouterr().err

    def test_another_folder_is_not_checked(self, tmp_path: Path) -> None:
        with pytest.raises(PortableError, match="ではありません"):
            folder_target(tmp_path)


class TestLock:
    def test_it_pins_what_the_tests_use(self) -> None:
        lean, full = locked_libraries(LOCK), locked_libraries(FULL_LOCK)
        assert {name: one.line for name, one in lean.items()} == {
            name: one.line for name, one in full.items() if name in lean
        }

    def test_it_has_no_large_library(self) -> None:
        lean = locked_libraries(LOCK)
        assert not lean.keys() & {"pandas", "numpy", "pyarrow", "tzdata", *PROOFREADING}
        assert {"lxml", "xlwings", "sqlalchemy", "click", "openpyxl"} <= lean.keys()

    def test_conditions_are_those_of_windows(self, target: Target) -> None:
        named = {one.requirement.name for one in needed_on(target)}
        assert "pywin32" in named
        assert "appscript" not in named
        assert {one.requirement.name for one in needed_on(target, proofread=True)} - named == {*PROOFREADING}

    def test_each_library_has_hashes(self, target: Target) -> None:
        assert all(len(one.hashes) > 1 for one in needed_on(target))


def test_the_nightly_run_takes_the_python_of_the_folder() -> None:
    text = (ROOT / "scripts" / "nightly.cmd").read_text(encoding="ascii")
    assert 'if exist "%~dp0..\\python\\python.exe" set PROGRAM="%~dp0..\\python\\python.exe" -X utf8' in text
