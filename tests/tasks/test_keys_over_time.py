"""Items that moved between two periods are compared with what they were, in folders and in the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.plan.keys import fill_missing_keys
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.keyed import keep_keys
from tests.tasks.plan_variants import Outline
from tests.tasks.test_plan_changes import FUKUSHI, PAPER, PHONE, SOUMU, WINDOW, drawing, fill

pytestmark = pytest.mark.period

Edit = Callable[[Outline], None]


def write_period(folder: Path, quarter: int, edit: Edit, keys_of: Plan | None = None, *, keys: bool) -> Plan:
    """A period folder with the plan of a quarter, and both books submitted; with keys like those before."""
    folder.mkdir(parents=True)
    path = folder / "計画.xlsx"
    outline = Outline.of(drawing())
    edit(outline)
    drawn = outline.draw()
    basics = [(key, quarter if key == "四半期" else value) for key, value in drawn.basics]
    write_drawn_book(path, replace(drawn, basics=basics))
    if keys_of:
        keep_keys(path, keys_of)
    if keys:
        fill_missing_keys(folder)
    return read_plan(path)


def submit(folder: Path) -> None:
    """Submit both books, built where no earlier period is known that they could be filled from."""
    (folder / "提出").mkdir()
    apart = folder / "作業"
    apart.mkdir()
    shutil.copyfile(folder / "計画.xlsx", apart / "計画.xlsx")
    build_books(apart)
    for group in (SOUMU, FUKUSHI):
        fill(apart / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm")
    shutil.rmtree(apart)


def turn(outline: Outline) -> None:
    """Sections, items and blocks change places."""
    outline.swap_sections(WINDOW, PAPER)
    outline.swap(WINDOW, PHONE)
    outline.item(PHONE).blocks.reverse()


def write_both(root: Path, *, before: bool, now: bool) -> Path:
    """The second quarter, and the third in another order; with keys where that is asked for."""
    plan = write_period(root / "第2四半期", 2, lambda _: None, keys=before)
    submit(root / "第2四半期")
    write_period(root / "第3四半期", 3, turn, plan if before else None, keys=now)
    submit(root / "第3四半期")
    return root


@pytest.fixture(scope="module", params=[(True, True), (False, True), (True, False)], ids=str)
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both periods; keys in both, only in the later, only in the earlier plan."""
    before, now = request.param
    return write_both(tmp_path_factory.mktemp("town"), before=before, now=now)


def changes(folder: Path, history: Path | None = None) -> Iterator[ReportChange]:
    """The list of changes, without the months of figures, which went on."""
    found = make_report(folder, history=history).changes
    assert found
    assert found.since
    return iter(found.found)


def test_what_moved_is_no_change(root: Path) -> None:
    assert list(changes(root / "第3四半期", root / "第2四半期")) == []


def test_the_ledger_knows_it_as_well(root: Path) -> None:
    done = CliRunner().invoke(main, ["nightly", str(root), "--today", "2026-01-10", "--jobs", "1"])
    assert (root / "台帳.sqlite3").exists(), done.output
    assert list(changes(root / "第3四半期")) == []


def test_without_keys_a_moved_item_is_compared_by_its_number(tmp_path: Path) -> None:
    """As ever: that is what a plan without keys costs."""
    root = write_both(tmp_path, before=False, now=False)
    assert list(changes(root / "第3四半期", root / "第2四半期"))


def test_a_table_and_a_kpi_under_new_names(tmp_path: Path) -> None:
    plan = write_period(tmp_path / "前", 2, lambda _: None, keys=True)
    submit(tmp_path / "前")
    write_period(tmp_path / "今", 3, turn, plan, keys=True)
    with edited(tmp_path / "今" / "計画.xlsx") as book:
        renamed = {"相談": "窓口の相談 ← 相談", "相談の件数": "窓口の相談の件数"}
        for sheet in book:
            for cell in (sheet.cell(row, 2) for row in range(1, sheet.max_row + 1)):
                cell.value = renamed.get(cell.value, cell.value)
        kpis = book["KPI"]
        kpis["A2"], kpis["K1"], kpis["K2"] = "窓口の相談の件数", "旧名", "相談の件数"
    submit(tmp_path / "今")
    assert list(changes(tmp_path / "今", tmp_path / "前")) == []
    with edited(tmp_path / "今" / "計画.xlsx") as book:  # without 旧名 each is a new one
        book["KPI"]["K2"] = None
    assert list(changes(tmp_path / "今", tmp_path / "前"))


def test_everything_of_an_item_is_stored_by_key(root: Path) -> None:
    whole = consolidate(PeriodFolder(root / "第3四半期"))
    if not whole.plan.uses_keys:
        pytest.skip("the later plan has no keys")
    record = period_record(whole)
    keys = {item.own_key for item in whole.plan.items}
    assert {one.item for one in (*record.facts, *record.lines, *record.ratings) if one.item} <= keys
    assert {fact.identity for fact in record.facts if fact.identity.startswith("指標")}
