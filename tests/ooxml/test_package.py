"""Hazards of a file are refused with one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml import file_type
from kenpo_xl.ooxml import package as module
from kenpo_xl.ooxml.package import Package


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


def test_truncated(path: Path) -> None:
    whole = packed(path, part=b"<a/>" * 500).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "途中で切れているか壊れています" in refusal(path)


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


def test_a_part_that_is_there_twice(path: Path) -> None:
    packed(path, part=b"<a/>", Part=b"<a/>", other=b"<a/>", OTHER=b"<b/>")
    with Package(path) as package:
        assert package.read("part") == b"<a/>"
    assert "2 つあり" in refusal(path, "other")


def test_elements_come_one_by_one_up_to_an_end(path: Path) -> None:
    content = b"<x:a xmlns:x='y'><x:b n='1'><x:c/></x:b><!-- b --><d/><x:b n='2'/><x:e/><x:b n='3'/></x:a>"
    with Package(packed(path, part=content)) as package:
        found = [(b.get("n"), len(b)) for b in package.elements("part", ("b",), until=("e",))]
        assert found == [("1", 1), ("2", 0)]
        assert [b.get("n") for b in package.elements("part", ("b",))] == ["1", "2", "3"]


@pytest.mark.parametrize("after", [module._CHUNK // 4, module._CHUNK])
def test_elements_of_small_and_large_parts_are_the_same(after: int, path: Path) -> None:
    rows = b"<row><is><t>1</t><end/></is></row><!-- --><row>2</row>"
    whole = b"<a xmlns='urn:x'><s>" + rows + b"</s><end/><row>3</row>" + b" " * after
    packed(path, part=whole + b"</a>", cut=whole, wrong=whole + b"</b>")

    def texts(part: str) -> list[str]:
        with Package(path) as package:
            return ["".join(map(str, row.itertext())) for row in package.elements(part, ("row",), ("end",))]

    assert texts("part") == texts("cut") == ["1", "2"]  # "end" within a row ends nothing
    if after < module._CHUNK:  # of a large part no more is read than that
        with pytest.raises(KenpoError, match="壊れていて読めません"):
            texts("wrong")


def test_elements_past_the_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(path, part=b"<a><b/><b/></a>")
    monkeypatch.setattr(module, "MAX_ELEMENTS", 2)
    assert len(list(Package(path).elements("part", ("b",)))) == 2
    monkeypatch.setattr(module, "MAX_ELEMENTS", 1)
    with pytest.raises(KenpoError, match="大きすぎる"):
        list(Package(path).elements("part", ("b",)))


def test_much_between_two_elements(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(path, part=b"<a>" + b"<c/>" * 50_000 + b"<b/></a>")
    monkeypatch.setattr(module, "MAX_TREE_BYTES", 200_011)
    assert len(list(Package(path).elements("part", ("b",)))) == 1
    monkeypatch.setattr(module, "MAX_TREE_BYTES", 100_000)
    with pytest.raises(KenpoError, match="大きすぎる"):
        list(Package(path).elements("part", ("b",)))


def test_other_bytes_for_a_part_are_read_in_memory(path: Path) -> None:
    packed(path, part=b"<a/>", other=b"<bb/>")
    with Package(path) as package:
        package.read("other")
        changed = package.with_parts({"Part": b"<ccc/>"})
        assert changed.inflated == 0
        assert (changed.read("part"), changed.size("PART"), changed.read("other")) == (b"<ccc/>", 6, b"<bb/>")
        assert (package.read("part"), package.size("part")) == (b"<a/>", 4)
        assert changed.with_parts({"other": b"<d/>"}).read("part") == b"<ccc/>"


def test_limits_on_both_sides(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(path, part=b"<a/>", other=b"<bb/>")
    monkeypatch.setattr(module, "MAX_BYTES", 9)
    monkeypatch.setattr(module, "MAX_TREE_BYTES", 4)
    monkeypatch.setattr(module, "MAX_MEMBERS", 2)
    monkeypatch.setattr(file_type, "MAX_FILE_BYTES", path.stat().st_size)
    with Package(path) as package:
        assert package.read("part") + package.read("other") == b"<a/><bb/>"
        assert package.inflated == 9
        with pytest.raises(KenpoError, match="（part）が大きすぎる"):
            package.read("part")
    assert "（other）が大きすぎる" in refusal(path, "other")
    monkeypatch.setattr(module, "MAX_MEMBERS", 1)
    assert "部品が多すぎる" in refusal(path)
    monkeypatch.setattr(file_type, "MAX_FILE_BYTES", path.stat().st_size - 1)
    assert "大きすぎるため開きません" in refusal(path)


@pytest.mark.parametrize("stored", ["xl/sheet 1.xml", "xl/sheet%201.xml", "XL\\Sheet 1.xml"])
def test_a_part_whose_name_holds_a_space(path: Path, stored: str) -> None:
    with Package(packed(path, **{stored: b"<a/>"})) as package:
        assert package.tree("xl/sheet 1.xml").tag == "a"
