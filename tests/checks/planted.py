"""Defects planted into copies of the sample's books, by openpyxl or in the parts of the zip."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Status
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from tests.edited import edited
from tests.paths import SAMPLE

GROUP = "業務グループ"
BOOK = SAMPLE / "提出" / f"{GROUP}.xlsm"


@cache
def sample_plan() -> Plan:
    return read_plan(SAMPLE / "計画.xlsx")


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
