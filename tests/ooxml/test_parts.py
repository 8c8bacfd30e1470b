"""Relationships are resolved to the same parts for reading and for editing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_by_id, relationships_part

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def package(folder: Path, target: str, *, kind: str = f"{OFFICE}/worksheet", mode: str = "") -> Package:
    """A package whose main part points at a sheet as `target` says."""
    path = folder / "提出.xlsx"
    attribute = f' TargetMode="{mode}"' if mode else ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{kind}" Target="{target}"{attribute}/>'
            "</Relationships>",
        )
    return Package(path)


@pytest.mark.parametrize(
    ("part", "relationships"),
    [
        ("", "_rels/.rels"),
        ("workbook.xml", "_rels/workbook.xml.rels"),
        (SHEET, "xl/worksheets/_rels/sheet1.xml.rels"),
    ],
)
def test_where_relationships_are(part: str, relationships: str) -> None:
    assert relationships_part(part) == relationships


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("worksheets/sheet1.xml", SHEET),
        ("/xl/worksheets/sheet1.xml", SHEET),
        ("./worksheets/../worksheets/sheet1.xml", SHEET),
        ("worksheets\\sheet1.xml", SHEET),
        ("worksheets/sheet1.xml#A1", SHEET),
        ("worksheets/sheet%201.xml", "xl/worksheets/sheet 1.xml"),
        ("../../../sheet1.xml", "sheet1.xml"),
    ],
)
def test_targets(tmp_path: Path, target: str, part: str) -> None:
    with package(tmp_path, target) as opened:
        assert relations_by_id(opened, "xl/workbook.xml") == {"r1": ("worksheet", part)}
        (edited,) = PackageEditor(opened).relationships("xl/workbook.xml")
        assert (edited.id, edited.kind, edited.target) == ("r1", "worksheet", part)


@pytest.mark.parametrize(("mode", "count"), [("External", 0), ("external", 0), ("Internal", 1), ("", 1)])
def test_what_leads_out_of_the_file_is_no_part(tmp_path: Path, mode: str, count: int) -> None:
    with package(tmp_path, "worksheets/sheet1.xml", mode=mode) as opened:
        assert len(relations_by_id(opened, "xl/workbook.xml")) == count
        assert len(PackageEditor(opened).relationships("xl/workbook.xml")) == count


def test_a_strict_file_has_the_same_kinds(tmp_path: Path) -> None:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet"
    with package(tmp_path, "worksheets/sheet1.xml", kind=kind) as opened:
        assert [kind for kind, _ in relations_by_id(opened, "xl/workbook.xml").values()] == ["worksheet"]
