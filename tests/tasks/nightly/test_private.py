"""Numbers of persons that stand in a book reach neither ledger, cache, board nor logs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.annotations.acceptance_log import write_copy_with_acceptances
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.check import check_books
from tests.tasks.books import figure_cell, line_cell, type_into
from tests.tasks.nightly.conftest import run
from tests.tasks.nightly.small_branches import FIGURE, write_branch

pytestmark = pytest.mark.period

LEDGER = "台帳.sqlite3"
ITEM = "1-2"
MY_NUMBER, PHONE, MAIL, INSURED = "123456789018", "048-658-5919", "taro@example.jp", "98765432"
LINE = f"・番号 {MY_NUMBER} の方に電話 {PHONE}、{MAIL}、記号 {INSURED} 番号 123 で案内した。"
SECRETS = (MY_NUMBER, "123,456,789,018", "12345678901", "0486585919", PHONE, MAIL, INSURED)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A branch whose quarters 2 and 3 both hold all kinds in a line, and a My Number as a number."""
    root = tmp_path / "埼玉"
    for quarter in (2, 3):
        period = write_branch(root / str(quarter), "埼玉支部", quarter=quarter, unit="件")
        type_into(period, line_cell(period, ITEM, beginning="・進捗"), LINE)
        type_into(period, figure_cell(period, FIGURE), int(MY_NUMBER))
    type_into(root / "2", line_cell(root / "2", ITEM, beginning="・毎週"), "・毎日、件数を確かめた。")
    return root


def held(path: Path) -> Iterator[str]:
    """All that a file holds, in every form that we look for."""
    content = path.read_bytes()
    yield content.decode("utf-8", "replace")
    yield content.decode("utf-16-le", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def secrets_in(*paths: Path) -> set[tuple[str, str]]:
    return {(path.name, one) for path in paths for text in held(path) for one in SECRETS if one in text}


def test_a_search_that_finds_nothing_would_prove_nothing(root: Path) -> None:
    assert {one for _, one in secrets_in(*(root / "3" / "提出").iterdir())} == {
        MY_NUMBER, "12345678901", PHONE, MAIL, INSURED,
    }  # fmt: skip


def test_nothing_is_kept(root: Path, cache: Path) -> None:
    result = run(root)
    assert [done.failures for done in result.periods] == [[], []]
    for group in (root / "3" / "提出").iterdir():
        check_books([group], history=root)
    boards = [root / quarter / "報告" / "提出状況.xlsx" for quarter in "23"]
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert len(kept) > 3
    assert secrets_in(root / LEDGER, *boards, *kept) == set()
    with Ledger.open_read_only(root / LEDGER) as ledger:
        (past, _) = ledger.history("埼玉支部").periods
        (now, _) = ledger.versions_of_figure(FIGURE)
        codes = {
            one.record.finding.code
            for one in ledger.versions_of_findings(PeriodKey("埼玉支部", FiscalYear(2024), 3))
        }
    assert any(
        "番号 ＊＊＊＊＊＊＊＊＊＊＊＊ の方に電話 ＊＊＊-＊＊＊-＊＊＊＊、" in line
        for block in past.lines.values()
        for line in block
    )
    assert (now.record.value, now.record.typed, now.record.typed_text) == (None, None, "＊" * 12)
    assert {"PR01", "PR02", "PR03", "PR04"} <= codes


def test_the_same_text_as_last_quarter_is_no_change(root: Path) -> None:
    run(root)
    with zipfile.ZipFile(root / "3" / "報告" / "提出状況.xlsx") as board:
        shown = board.read("xl/sharedStrings.xml").decode()
    assert "ブロック 1/文 2" in shown
    assert "の方に電話" not in shown
    assert "（123" not in shown


def test_a_text_that_was_cleaned_is_a_change_without_the_secret(root: Path) -> None:
    type_into(root / "3", line_cell(root / "3", ITEM, beginning="・番号"), "・案内した。")
    run(root)
    with zipfile.ZipFile(root / "3" / "報告" / "提出状況.xlsx") as board:
        shown = board.read("xl/sharedStrings.xml").decode()
    assert "・番号 ＊＊＊＊＊＊＊＊＊＊＊＊ の方に電話" in shown


def test_a_number_that_was_accepted_as_public_stays(root: Path) -> None:
    from kenpo_xl.domain.findings.acceptance import Acceptance

    period = root / "3"
    place = line_cell(period, ITEM, beginning="・番号")
    (found,) = [
        one for one in check_books([period / "提出" / place.workbook]).books[0].findings if one.code == "PR02"
    ]
    book = period / "提出" / place.workbook
    accepted = Acceptance("PR02", found.identity, found.actual, "支部の代表番号です。")
    copy = book.with_name("写し.xlsm")
    write_copy_with_acceptances(book, [accepted], copy, person="佐藤", day="2025-01-07")
    copy.replace(book)
    run(root)
    assert {one for _, one in secrets_in(root / LEDGER)} == {PHONE}
    with Ledger.open_read_only(root / LEDGER) as ledger:
        now, then = ledger.history("埼玉支部").periods
    assert [PHONE in str(period.lines) for period in (now, then)] == [True, False]


def test_the_logs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    stray = root / "3" / "提出" / f"{MY_NUMBER}の控え.csv"
    stray.touch()
    (root / "2" / "提出" / f"業務（{PHONE}）.xlsx").write_bytes(b"x")
    for form in ("json", "text"):
        done = CliRunner().invoke(main, ["nightly", str(root), "--jobs", "1", "--log-format", form])
        assert not [one for one in SECRETS if one in done.output]
        if form == "json":
            notes = [entry.get("notes", []) for entry in map(json.loads, done.stderr.splitlines())]
            assert any("＊の控え.csv" in note for one in notes for note in one)
        (root / "3" / "報告" / "提出状況.xlsx").unlink()
    assert secrets_in(*(path for path in (tmp_path / "state").rglob("*") if path.is_file())) == set()


def test_the_log_of_bugs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kenpo_xl.entry import install_log_handler
    from kenpo_xl.errors import log_failure
    from kenpo_xl.log_file import log_path

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    install_log_handler()
    try:
        int(f"{PHONE}")
    except ValueError as error:
        log_failure("unexpected", error)
    path = log_path()
    assert path is not None
    assert "＊＊＊-＊＊＊-＊＊＊＊" in path.read_text(encoding="utf-8")
    assert secrets_in(path) == set()
