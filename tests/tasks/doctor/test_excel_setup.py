"""What doctor finds in registries: macros, trusted locations, shares, rules of Defender, bits and font.

They are written after Microsoft's documentation of the policies; none was recorded on a real PC.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.tasks.doctor.diagnosis import Interpreter, diagnose
from kenpo_xl.tasks.doctor.doctor import ENVIRONMENT, diagnose_pc
from kenpo_xl.tasks.doctor.excel_setup import excel_setup
from tests.tasks.doctor.recorded import FOLDER, RecordedRegistry
from tests.tasks.doctor.test_diagnosis import BOOK, WELL

LOCAL = r"C:\kenpo\業務グループ.xlsm"
SERVERS = ("files", "files.example.jp", "192.168.10.5")
SHORT, FULL, ADDRESS = (rf"\\{server}\kenpo\入力\業務.xlsm" for server in SERVERS)


def todo(*registries: str, place: str = LOCAL, python: str = r"C:\p\pythonw.exe") -> list[str]:
    """The subjects that need something, of a PC with these registries one over the other."""
    found = replace(
        WELL,
        excel=excel_setup(RecordedRegistry("plain", *registries)),
        book=replace(BOOK, place=place),
        interpreter=Interpreter("PATH の", python, is_there=True, version=WELL.version),
    )
    return [one.subject for one in diagnose(found) if not one.is_ok]


@pytest.mark.parametrize(
    ("registries", "place", "subjects"),
    [
        ([], LOCAL, []),
        (["strict"], LOCAL, ["マクロの設定"]),
        (["signed"], LOCAL, ["マクロの設定"]),
        (["internet"], LOCAL, []),
        (["vba-off"], LOCAL, ["マクロの設定"]),
        (["vba-off", "trusted"], LOCAL, ["マクロの設定"]),
        (["strict", "trusted"], LOCAL, []),
        (["strict", "trusted"], r"C:\kenpo\入力\業務.xlsm", ["マクロの設定"]),
        (["strict", "trusted", "trusted-off"], LOCAL, ["マクロの設定"]),
        ([], SHORT, []),
        ([], FULL, ["ブックの場所"]),
        ([], ADDRESS, ["ブックの場所"]),
        (["trusted"], FULL, []),
        (["trusted", "trusted-local"], FULL, ["ブックの場所"]),
        (["intranet"], FULL, []),
        (["intranet"], ADDRESS, []),
        (["intranet"], r"\\share.example.com\a\業務.xlsm", []),
        (["intranet"], r"\\far.example.jp\a\業務.xlsm", ["ブックの場所"]),
        (["asr"], LOCAL, ["Defender の規則"]),
        (["asr-by-hand"], LOCAL, ["Defender の規則"] * 2),
        (["asr-by-hand", "asr-not"], LOCAL, []),
    ],
)
def test_what_stops_buttons_is_found(registries: list[str], place: str, subjects: list[str]) -> None:
    assert todo(*registries, place=place) == subjects


@pytest.mark.parametrize(
    ("python", "registries", "subjects"),
    [
        (r"\\files\kenpo-xl\python\pythonw.exe", [], []),
        (r"\\files.example.jp\kenpo-xl\python\pythonw.exe", [], ["ボタンの Python"]),
        (r"\\files.example.jp\kenpo-xl\python\pythonw.exe", ["trusted"], ["ボタンの Python"]),
        (r"\\files.example.jp\kenpo-xl\python\pythonw.exe", ["intranet"], []),
        (r"C:\Users\a\AppData\Local\Microsoft\WindowsApps\python.exe", [], ["ボタンの Python"]),
    ],
)
def test_a_python_that_would_not_start_is_found(
    python: str, registries: list[str], subjects: list[str]
) -> None:
    assert todo(*registries, python=python) == subjects


def test_a_server_without_excel_and_font() -> None:
    found = diagnose(replace(WELL, excel=excel_setup(RecordedRegistry("no-excel")), book=None))
    assert [one.subject for one in found if not one.is_ok] == ["Excel", "書体"]


def test_the_bits_of_excel_are_named() -> None:
    (excel,) = (
        one.fact
        for one in diagnose(replace(WELL, excel=excel_setup(RecordedRegistry("plain", "old-office"))))
        if one.subject == "Excel"
    )
    assert "32 ビット" in excel


def test_the_whole_way_from_a_registry_to_the_diagnoses(tmp_path: Path) -> None:
    found = diagnose_pc(
        None,
        log=tmp_path / "log",
        environment={ENVIRONMENT: sys.executable},
        registry=RecordedRegistry("plain", "strict", "asr"),
    )
    assert [one.subject for one in found if not one.is_ok] == ["マクロの設定", "Defender の規則"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.reg")), ids=lambda path: path.stem)
def test_every_remedy_is_one_polite_sentence(path: Path) -> None:
    facts = excel_setup(RecordedRegistry(path.stem))
    book = replace(BOOK, place=FULL)
    for one in diagnose(replace(WELL, excel=facts, book=book)):
        assert one.fact.endswith("。")
        assert one.is_ok or one.remedy.endswith(("ください。", "お使いください。"))
