"""Defects planted into copies of the sample's books, by openpyxl or in the parts of the zip."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Status
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from tests.edited import edited
from tests.paths import SAMPLE
from tests.sample import sample_plan

GROUP = "業務グループ"
BOOK = SAMPLE / "提出" / f"{GROUP}.xlsm"


def cell_of_name(name: str, source: Path = BOOK) -> str:
    """The cell that a name of a book refers to."""
    area = Workbook(source).named_area(name)
    assert area is not None
    return a1(area.top, area.left)


def planted(folder: Path, edit: Callable[[Any], None], source: Path = BOOK) -> Path:
    """A copy of a book after an edit with openpyxl."""
    path = folder / source.name
    with edited(source, path) as book:
        edit(book)
    return path


def repacked(
    folder: Path,
    changes: Mapping[str, Callable[[str], str]],
    added: Mapping[str, str | bytes] | None = None,
    source: Path = BOOK,
) -> Path:
    """A copy of a book with some parts changed as text, and some added or put in the place of its own."""
    path = folder / f"{source.stem}.xlsm"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in (added or {}):
                continue
            content: str | bytes = old.read(name)
            if name in changes:
                before = old.read(name).decode()
                content = changes[name](before)
                assert content != before, name
            new.writestr(name, content)
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return path


def typed(folder: Path, sheet: str, cells: Mapping[str, object], source: Path = BOOK) -> Path:
    """A copy of a book with other contents of some cells, in a fifth of the time of openpyxl."""
    with Package(source) as package:
        part = next(one.part for one in PackageEditor(package).sheets() if one.name == sheet)

    def with_contents(text: str) -> str:
        root = etree.fromstring(text.encode())
        data = root.find(f"{_MAIN}sheetData")
        assert data is not None
        for cell, value in cells.items():
            row, column = cell_position(cell)
            line = _child(data, "row", row, str(row), lambda one: int(one.get("r", "")))
            found = _child(line, "c", column, cell, lambda one: cell_position(one.get("r", ""))[1])
            _fill(found, value)
        return etree.tostring(root, encoding="unicode")

    return repacked(folder, {part: with_contents}, source=source)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _child(
    parent: etree._Element, tag: str, place: int, name: str, place_of: Callable[[etree._Element], int]
) -> etree._Element:
    """The row or cell at a place, made between its neighbours if there is none."""
    before = [one for one in parent.iterchildren(f"{_MAIN}{tag}") if place_of(one) <= place]
    if before and place_of(before[-1]) == place:
        return before[-1]
    made = etree.Element(f"{_MAIN}{tag}", r=name)
    parent.insert(parent.index(before[-1]) + 1 if before else 0, made)
    return made


def _fill(cell: etree._Element, value: object) -> None:
    """Put a text, a formula (=…) or a number into a cell, whose look stays."""
    for child in [*cell]:
        cell.remove(child)
    is_text = isinstance(value, str) and not value.startswith("=")
    cell.attrib.pop("t", None)
    if is_text:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = str(value)
    elif isinstance(value, str):
        etree.SubElement(cell, f"{_MAIN}f").text = value[1:]
    elif value is not None:
        etree.SubElement(cell, f"{_MAIN}v").text = str(value)


def checked(path: Path, family: str, plan: Plan | None = None) -> list[Finding]:
    """What the rules with codes of a family find in a book that stands alone."""
    plan = plan or sample_plan()
    submission, survey = read_book(path, plan)
    figures = recompute_figures(plan, [submission])
    assessments = rate_kpis_and_blocks(plan, figures, [submission])
    context = CheckContext(
        plan=plan, submission=submission, survey=survey, figures=figures, assessments=assessments
    )
    findings, runs = run_rules(context, [rule for rule in all_rules() if rule.code.startswith(family)])
    assert not [one for one in runs if is_failed(one)]
    return list(findings)


def is_failed(one: RuleRun) -> bool:
    return one.status is Status.FAILED


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and place (sheet!cell, the sheet, or nothing for the book) of each finding."""
    return [(one.code, f"{one.sheet}!{one.cell}" if one.cell else one.sheet) for one in findings]
