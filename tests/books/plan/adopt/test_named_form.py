"""A copy of an adopted form has names for its tables: its numbers are read, and filled in again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.input.rescue.own_form import read_own_form
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.report.own_form import filling_of_form
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.adopt.adopt import AdoptResult, adopt_form
from tests.forms import business, services
from tests.forms.office_form import OfficeForm

# Of the year that the forms are of.
TODAY = date(2024, 12, 1)
FORMS = (business.seamen, business.city, business.seminars, services.budget)


@pytest.fixture(scope="module", params=FORMS, ids=lambda make: make.__name__)
def adopted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, AdoptResult]:
    make: Callable[[], OfficeForm] = request.param
    form = make().save(tmp_path_factory.mktemp("office"))
    return form, adopt_form(form, today=TODAY)


def test_every_table_has_a_name_and_no_other_part_changes(adopted: tuple[Path, AdoptResult]) -> None:
    form, result = adopted
    assert result.named == result.path.parent / "名前を付けた様式" / form.name
    names = [name for name in Workbook(result.named).names if name.startswith("表_")]
    assert len(names) == sum(len(item.tables) for item in result.form.items)
    with zipfile.ZipFile(form) as before, zipfile.ZipFile(result.named) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert changed == ["xl/workbook.xml"]


def test_its_numbers_are_read_and_filled_in_again_as_they_are(adopted: tuple[Path, AdoptResult]) -> None:
    _, result = adopted
    assert result.named
    plan = read_plan(result.path)
    tables = read_own_form(Workbook(result.named), plan)
    values = [cell.value for table in tables.values() for row in table.rows for cell in row.cells]
    assert sum(value is not None for value in values) > 5
    items = (
        ItemEntry(item.id, tables=tuple(tables[item.id, table.name] for table in item.tables))
        for item in plan.items
    )
    figures = recompute_figures(plan, [Submission(plan.groups[0], tuple(items))])
    filling = filling_of_form(result.named, figures)
    assert (filling.problems, filling.parts) == ((), {})


def test_a_copy_that_a_person_saved_stays(tmp_path: Path) -> None:
    form = business.seminars().save(tmp_path)
    named = adopt_form(form, today=TODAY).named
    assert named
    named.write_bytes(form.read_bytes()[:-30])
    (named.parent.parent / "計画.xlsx").unlink()
    assert adopt_form(form, today=TODAY).named is None
    assert named.read_bytes() == form.read_bytes()[:-30]
