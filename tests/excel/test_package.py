"""Hazards of a file are refused with one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.excel import package as module
from kenpo_xl.excel.package import Package


def packed(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "提出.xlsx"


def refusal(path: Path, part: str = "part") -> str:
    with pytest.raises(KenpoError) as refused, Package(path) as package:
        package.tree(part)
    return str(refused.value)


def test_parts_are_found_without_case(path: Path) -> None:
    with Package(packed(path, part=b"<a/>")) as package:
        assert "/PART" in package
        assert package.tree("Part").tag == "a"


def test_no_file(path: Path) -> None:
    assert "がありません" in refusal(path)


def test_a_folder(tmp_path: Path) -> None:
    assert "フォルダー" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"abc", b"PK\x03\x04 and no more"])
def test_no_zip(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "Excel ブックではないか、途中で切れています" in refusal(path)


def test_a_password_or_an_old_format(path: Path) -> None:
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512))
    assert "パスワード付きか古い形式" in refusal(path)


def test_truncated(path: Path) -> None:
    whole = packed(path, part=b"<a/>" * 500).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "途中で切れています" in refusal(path)


def test_a_damaged_part(path: Path) -> None:
    whole = bytearray(packed(path, part=bytes(range(256)) * 40).read_bytes())
    whole[40:60] = bytes(20)
    path.write_bytes(whole)
    assert "壊れていて読めません" in refusal(path)


def test_a_missing_part(path: Path) -> None:
    assert "other がありません" in refusal(packed(path, part=b"<a/>"), "other")


def test_no_xml(path: Path) -> None:
    assert "part が壊れていて" in refusal(packed(path, part=b"<a>"))


@pytest.mark.parametrize(
    "declared", [b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>']
)
def test_a_doctype(path: Path, declared: bytes) -> None:
    assert "DOCTYPE" in refusal(packed(path, part=declared + b"<a/>"))


def test_limits_on_both_sides(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(path, part=b"<a/>", other=b"<bb/>")
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 9)
    monkeypatch.setattr(module, "MAX_PART_BYTES", 4)
    monkeypatch.setattr(module, "MAX_MEMBERS", 2)
    with Package(path) as package:
        assert package.read("part") == b"<a/>"
    assert "other が大きすぎる" in refusal(path, "other")
    monkeypatch.setattr(module, "MAX_MEMBERS", 1)
    assert "展開すると大きすぎる" in refusal(path)
    monkeypatch.setattr(module, "MAX_MEMBERS", 2)
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 8)
    assert "展開すると大きすぎる" in refusal(path)
