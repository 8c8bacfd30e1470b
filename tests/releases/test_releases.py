"""What every release wrote is opened by the program of today: samples that never change once released."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl import __version__
from kenpo_xl.annotations.annotate import is_unchanged_since_marked
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.ledger import Ledger
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.rescued import typed_contents
from kenpo_xl.tasks.carry.rescue import carry_book
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.flag import unflag_books
from kenpo_xl.tasks.report import make_report
from kenpo_xl.tasks.trace import trace_figure
from scripts.make_release_samples import RELEASES, SUMS, digests, write_samples
from tests.edited import edited
from tests.tasks.books import about, ratings

VERSIONS = sorted(path.name for path in RELEASES.iterdir() if path.name[0].isdigit())
PERIOD, GROUP = "第3四半期", "健康増進課.xlsm"
OVERWRITTEN = "1-1-3/がん検診/合計/受診率"


@pytest.fixture(params=VERSIONS)
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The files of a release, where they may be written to."""
    return Path(shutil.copytree(RELEASES / request.param, tmp_path / request.param))


def test_what_was_released_never_changes() -> None:
    """A sample that no longer opens is a fault of the program: whoever changes it hides that."""
    lines = (line.split("  ", 1) for line in SUMS.read_text(encoding="utf-8").splitlines())
    found = dict(one for version in VERSIONS for one in digests(RELEASES / version))
    assert found == {path: digest for digest, path in lines}


def test_this_version_is_among_them() -> None:
    assert __version__ in VERSIONS


def test_the_plan_book(root: Path) -> None:
    plan = read_plan(root / PERIOD / "計画.xlsx")
    assert (plan.branch, plan.fiscal_year, plan.period.number) == ("〇〇市", 2025, 3)
    assert [item.id for item in plan.items] == ["1-1-1", "1-1-2", "1-1-3", "1-1-4", "2-1-1", "2-2"]
    assert len(plan.tables) == 5
    assert [kpi.name for kpi in plan.kpis][:2] == ["特定健康診査受診率", "県内順位"]
    done = CliRunner().invoke(main, ["plan", str(root / PERIOD)])
    assert (done.exit_code, done.stderr) == (0, "")


def test_the_submitted_books(root: Path) -> None:
    found = check_books([root / PERIOD])
    assert found.has_no_failures
    (book,) = (book for book in found.books if book.path.name == GROUP)
    places = {(one.code, one.cell): one for one in book.findings}
    assert places["CA01", "G25"].identity == OVERWRITTEN
    assert book.reason_by_finding[places["VA03", "F23"]] == "速報値のため"
    assert not {"ST01", "ST02", "ST10", "ST22", "ST29"} & {code for code, _ in places}


@pytest.mark.parametrize("is_copied", [False, True])
def test_all_of_a_submitted_book_is_carried_into_a_fresh_one(root: Path, is_copied: bool) -> None:
    """Also from its sheets alone, as they are copied into a new workbook."""
    folder, path = root / PERIOD, root / PERIOD / "提出" / GROUP
    plan = read_plan(folder / "計画.xlsx")
    if is_copied:
        with edited(path, path := root / "写し.xlsx") as book:
            for name in [*book.defined_names]:
                del book.defined_names[name]
            for name in [name for name in book.sheetnames if not name[0].isdigit()]:
                del book[name]
    (copy,) = carry_book(path, folder).books
    assert (copy.content.book.unplaced, copy.content.book.uncertain) == ((), ())
    before, after = (
        {(one.identity, one.text) for one in typed_contents(plan, read_submission(book, plan).items)}
        for book in (folder / "提出" / GROUP, copy.path)
    )
    assert after == before


def test_the_ledger_knows_its_items_by_number_and_title(root: Path) -> None:
    plan = read_plan(root / PERIOD / "計画.xlsx")
    titles = {item.id: item.title for item in plan.items}
    with Ledger.open_read_only(root / "台帳.sqlite3") as ledger:
        items = next(iter(ledger.recorded_items().values()))
        (period,) = ledger.history(plan.branch).periods
    known = {one.number: one.title for one in items if one.number in titles}
    assert {*(table.item for table in plan.tables.values())} <= known.keys()
    assert known.items() <= titles.items()
    assert not any(one.has_item_key for one in period.parts)
    assert period.in_names_of(plan) is period


def test_marks_are_taken_out(root: Path) -> None:
    book = root / PERIOD / "提出" / GROUP
    assert is_unchanged_since_marked(book)
    (written,) = unflag_books([book], today=date(2026, 2, 1))
    assert (written.changed, written.failure) == (True, "")
    assert not is_unchanged_since_marked(book)
    marked, bare = Workbook(written.backup), Workbook(book)
    assert marked.sheets["指摘"].last_row > bare.sheets["指摘"].last_row
    assert {name: sheet.cells for name, sheet in bare.sheets.items() if name != "指摘"} == {
        name: sheet.cells for name, sheet in marked.sheets.items() if name != "指摘"
    }


def test_the_planners_book_and_the_report(root: Path) -> None:
    """What the planner settled is applied; the report of that release is known as ours, and replaced."""
    (before,) = (root / PERIOD / "報告").iterdir()
    result = make_report(root / PERIOD)
    assert (result.path, result.kept) == (before, None)
    assert len(about(result, Concern.ADJUSTED)) == 3
    assert ratings(result.path)[0] == "S"


def test_the_ledger(root: Path) -> None:
    now, then = trace_figure(root, [OVERWRITTEN]).versions
    printed = Decimal(11112) / Decimal(76720)
    assert [round(one.record.value, 9) for one in (now, then)] == [round(printed, 9)] * 2
    assert (now.record.typed, then.record.typed) == (Decimal("0.2"), None)
    assert (now.is_current, then.is_current) == (True, False)


def test_a_night_goes_on(root: Path) -> None:
    """It writes the same ledger on; what it had found wrong is what the planner settled."""
    done = CliRunner().invoke(main, ["nightly", str(root), "--jobs", "1", "--today", "2026-01-15"])
    assert done.exit_code == 0, done.stderr
    assert len(trace_figure(root, [OVERWRITTEN]).versions) == 2


@pytest.mark.period
def test_samples_are_made_anew_by_the_script(tmp_path: Path) -> None:
    write_samples(tmp_path / __version__)
    assert dict(digests(tmp_path / __version__)).keys() == dict(digests(RELEASES / __version__)).keys()
