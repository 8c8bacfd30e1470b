"""Erasing: what the program keeps is masked or removed, what is staff's is listed and never touched."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.domain.outputs.ledger_records import LineRecord
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.storage.run_lock import hold_run_lock
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.erase import EraseResult, FileKind, erase_values
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.ledger.records import FACT, FINDING, IDENTITY, KEY, RECORD, kept
from tests.made_once import made_once
from tests.paths import PLAN_BOOK, SUBMITTED
from tests.tasks.books import figure_cell, line_cell, type_all
from tests.tasks.carry.test_former_groups import handed_in, town

MY_NUMBER, PHONE = "123456789018", "048-658-5919"
LEDGER, GROUP, ITEM = "台帳.sqlite3", "業務グループ", "1-2-2"
TEXT = f"・番号 {MY_NUMBER} の方に電話 {PHONE} で案内した。"
PLACE = Source(f"{GROUP}.xlsm", ITEM, "D19")


def private_record(text: str) -> object:
    """A period with what is no longer kept."""
    found = replace(FINDING.finding, message=f"「{text[:15]}…」", actual=MY_NUMBER, cell="D19")
    piece = replace(FACT, identity="1-2-2/ブロック 1/文 1/2", unit="", value=Decimal(658), typed=Decimal(658))
    number = replace(FACT, unit="件", value=Decimal(MY_NUMBER), typed=Decimal(MY_NUMBER), computed=None)
    return replace(
        RECORD,
        facts=(number, replace(piece, source=PLACE, computed=None)),
        lines=(LineRecord(ITEM, "1", 1, text, PLACE),),
        findings=(replace(FINDING, finding=found, reason=f"{PHONE} に確認"),),
    )


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A ledger that knows it now and in the past, a book with it, and copies of that book of all kinds."""
    return made_once(tmp_path / "全支部", "erase", write_root)


def write_root(root: Path) -> None:
    period = root / "3"
    shutil.copytree(SUBMITTED, period / "提出")
    shutil.copy(PLAN_BOOK, period)
    kept(root / LEDGER, private_record(TEXT), private_record(TEXT + "2"), RECORD)  # type: ignore[arg-type]
    line = line_cell(period, ITEM, beginning="・")
    number = figure_cell(period, IDENTITY.replace("達成率", "決定件数"))
    type_all(period, [(line, TEXT), (number, int(MY_NUMBER))])
    book = period / "提出" / f"{GROUP}.xlsm"
    for name in ("提出/以前の版/1月6日.xlsm", f"入力/{GROUP}.xlsm.bak", f"入力/{GROUP}.xlsm"):
        (period / name).parent.mkdir(exist_ok=True)
        shutil.copy(book, period / name)
    (period / "返却").mkdir()
    write_marked_copy(book, [Mark("", "", "…")], period / "返却" / f"{GROUP}.xlsm")
    shutil.copy(book, period / "返却" / "保健グループ.xlsm")
    (period / "報告").mkdir()
    shutil.copy(book, period / "報告" / "事業実施状況.xlsx")
    (period / "報告" / "事業実施状況.pdf").write_bytes(b"%PDF-1.7 %%EOF")
    (period / "メモ.txt").write_text(f"電話 {PHONE}", encoding="cp932")


def hashes(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".kenpo-nightly")
    }


def run(root: Path, *values: str, **options: bool) -> EraseResult:
    return erase_values(root, values or None, user="", since="", **options)  # type: ignore[arg-type]


def table(result: EraseResult) -> dict[str, tuple[FileKind, bool]]:
    return {one.name: (one.kind, one.erased) for one in result.found}


COPIES = ("3/提出/以前の版/1月6日.xlsm", f"3/入力/{GROUP}.xlsm.bak", f"3/返却/{GROUP}.xlsm")
BOOKS = (f"3/提出/{GROUP}.xlsm", f"3/入力/{GROUP}.xlsm", "3/返却/保健グループ.xlsm")
REPORT = "3/報告/事業実施状況.xlsx"


def test_everything_that_is_flagged(root: Path) -> None:
    before = hashes(root)
    result = run(root)
    assert table(result) == {
        LEDGER: (FileKind.LEDGER, True),
        "キャッシュ": (FileKind.CACHE, True),
        **dict.fromkeys(COPIES, (FileKind.COPY, False)),
        **dict.fromkeys(BOOKS, (FileKind.STAFF, False)),
        REPORT: (FileKind.OUTPUT, False),
        "3/メモ.txt": (FileKind.STAFF, False),
    }
    assert result.not_searched == ["3/報告/事業実施状況.pdf"]
    assert {name for name, content in hashes(root).items() if before[name] != content} == {LEDGER}
    line, number = (
        line_cell(root / "3", ITEM, beginning="・番号"),
        figure_cell(root / "3", IDENTITY.replace("達成率", "決定件数")),
    )
    cells = {one.name: one.cells for one in result.found}
    assert cells[BOOKS[0]] == (f"{ITEM}!{line.cell}", f"{ITEM}!{number.cell}")


def test_the_ledger_holds_nothing_of_it_now_nor_in_the_past(root: Path) -> None:
    assert MY_NUMBER.encode() in (root / LEDGER).read_bytes()
    run(root)
    content = (root / LEDGER).read_bytes()
    for secret in (MY_NUMBER, PHONE, "1234567", "5919"):
        assert secret.encode() not in content, secret
    connection = sqlite3.connect(root / LEDGER)
    texts = [text for (text,) in connection.execute("SELECT text FROM lines ORDER BY id")]
    values = connection.execute("SELECT value, typed, typed_text FROM facts WHERE last_run = 2").fetchall()
    connection.close()
    assert texts[0] == "・番号 ＊＊＊＊＊＊＊＊＊＊＊＊ の方に電話 ＊＊＊-＊＊＊-＊＊＊＊ で案内した。"
    assert texts[2:] == [line.text for line in RECORD.lines]
    assert values == [(None, None, "＊" * 12), (None, None, "")]
    with Ledger.open_read_only(root / LEDGER) as ledger:
        assert ledger.history(KEY.branch).periods[0].facts == RECORD.facts
    assert LEDGER not in table(run(root))


def test_copies_go_only_when_that_is_asked_for(root: Path) -> None:
    result = run(root, copies=True)
    found = table(result)
    assert {name for name in COPIES if (root / name).exists()} == set()
    assert [found[name] for name in COPIES] == [(FileKind.COPY, True)] * 3
    assert all((root / name).exists() for name in BOOKS)
    assert result.has_remaining_values


def test_a_dry_run_changes_nothing(root: Path) -> None:
    before = hashes(root)
    result = run(root, copies=True, dry_run=True)
    assert hashes(root) == before
    assert not any(one.erased for one in result.found)
    assert {LEDGER, *COPIES, *BOOKS, REPORT} <= table(result).keys()


def test_a_value_alone(root: Path) -> None:
    run(root, "１２３４－５６７８－９０１８")
    content = (root / LEDGER).read_bytes()
    assert MY_NUMBER.encode() not in content
    assert PHONE.encode() in content


def test_words(root: Path) -> None:
    result = run(root, "案内した")
    assert table(result)[LEDGER] == (FileKind.LEDGER, True)
    assert "案内した".encode() not in (root / LEDGER).read_bytes()


def test_nothing_is_left_after_staff_deleted_it(root: Path) -> None:
    for name in BOOKS:
        (root / name).unlink()
    for name in (REPORT, "3/メモ.txt"):
        (root / name).unlink()
    assert not run(root, copies=True).has_remaining_values
    assert run(root, copies=True).found == []


def test_a_public_number_that_was_accepted_stays_in_the_ledger(root: Path) -> None:
    (root / LEDGER).unlink()
    accepted = replace(FINDING.finding, code="PR02", cell="D19")
    record = replace(
        RECORD,
        lines=(LineRecord(ITEM, "1", 1, TEXT, PLACE),),
        findings=(replace(FINDING, finding=accepted, reason="支部の代表番号"),),
    )
    kept(root / LEDGER, record)
    with Ledger.open_read_only(root / LEDGER) as ledger:
        assert ledger.private_values() == {MY_NUMBER}


@pytest.mark.parametrize("copies", [False, True])
def test_a_backup_of_the_ledger(root: Path, copies: bool) -> None:
    backup = root / "控え" / "台帳（1月）.sqlite3"
    backup.parent.mkdir()
    shutil.copy(root / LEDGER, backup)
    assert table(run(root, copies=copies))["控え/台帳（1月）.sqlite3"] == (FileKind.BACKUP, copies)
    assert (MY_NUMBER.encode() in backup.read_bytes()) != copies


def in_runs(path: Path) -> None:
    """Write the number in two runs of one text."""
    with zipfile.ZipFile(path, "w") as package:
        runs = "<si><r><t>番号 123456</t></r><r><rPr/><t>789018</t></r></si>"
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/sharedStrings.xml", f"<sst>{runs}</sst>")


def in_a_note(path: Path) -> None:
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.active["A1"].comment = Comment(f"番号 {MY_NUMBER}", "佐藤")
    book.save(path)


def in_a_property(path: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.description = MY_NUMBER
    book.save(path)


def as_a_number(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = int(MY_NUMBER)
    book.save(path)


def beside_digits(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["12", MY_NUMBER])
    book.save(path)


@pytest.mark.parametrize("write", [in_runs, in_a_note, in_a_property, as_a_number, beside_digits])
def test_wherever_it_is_in_a_workbook(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "一覧.xlsx")
    assert table(run(tmp_path, MY_NUMBER)) == {"一覧.xlsx": (FileKind.STAFF, False)}
    assert run(tmp_path, "223456789018").found == []


def test_what_cannot_be_searched_is_named(root: Path) -> None:
    (root / "3" / "提出" / "保健グループ.xlsm").write_bytes(b"PK\3\4 cut")
    result = run(root, MY_NUMBER)
    assert [name for name, _ in result.unread] == ["3/提出/保健グループ.xlsm"]
    assert table(result)[LEDGER] == (FileKind.LEDGER, True)


def test_a_book_with_a_password_is_named(tmp_path: Path) -> None:
    content = bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "一覧.xlsx").write_bytes(content)
    (tmp_path / "控え.zip").write_bytes(b"PK\5\6" + bytes(18))
    result = run(tmp_path, MY_NUMBER)
    assert [(name, "パスワード" in reason) for name, reason in result.unread] == [("一覧.xlsx", True)]
    assert result.not_searched == ["控え.zip"]


@pytest.mark.parametrize("shift", [b"", b"x"])
@pytest.mark.parametrize("code", ["utf-8", "cp932", "utf-16-le"])
def test_other_files_in_any_code(tmp_path: Path, code: str, shift: bytes) -> None:
    (tmp_path / "一覧.csv").write_bytes(shift + f"電話,{PHONE}".encode(code))
    assert table(run(tmp_path, PHONE)) == {"一覧.csv": (FileKind.STAFF, False)}


def test_a_period_below_the_ledger_is_not_enough(root: Path) -> None:
    with pytest.raises(KenpoError, match=r"台帳は .*全支部 にあります"):
        run(root / "3")


def test_a_copy_that_is_open_stays_and_is_named(root: Path) -> None:
    (root / "3" / "返却" / f"~${GROUP}.xlsm").touch()
    result = run(root, copies=True)
    assert [name for name, _ in result.unread] == [COPIES[2]]
    assert (root / COPIES[2]).exists()


def test_not_beside_a_night(root: Path) -> None:
    with hold_run_lock(root, user="", since=""), pytest.raises(KenpoError):
        run(root)


def test_the_next_night_finds_what_it_knew(root: Path) -> None:
    """Masked rows are those that a night of today keeps: nothing ends, nothing begins."""
    from tests.tasks.nightly.conftest import run as night

    shutil.rmtree(root / "3" / "返却")
    (root / LEDGER).unlink()
    night(root)
    before = (root / LEDGER).read_bytes()
    assert LEDGER not in table(run(root, dry_run=True))
    assert LEDGER not in table(run(root))
    assert night(root).periods[0].unchanged
    assert b"\xef\xbc\x8a" * 12 in before


class TestOldWorkingBooks:
    """Books that `build` replaced because the plan changed, in 入力/以前の版."""

    CELL = "・窓口を開いた。"

    @pytest.fixture
    def replaced(self, tmp_path: Path) -> Path:
        """A group was renamed: the number is in its old working book and in the new one."""
        folder = handed_in(tmp_path / "全支部" / "期", "総務課", "福祉課")
        shutil.copy(folder / "提出" / "総務課.xlsm", folder / "入力" / "総務課.xlsm")
        with edited(folder / "入力" / "総務課.xlsm") as book:
            cell = next(cell for cell in book["1-1"]["D"] if cell.value == self.CELL)
            cell.value = f"・番号 {MY_NUMBER} の方を案内した。"
        shutil.rmtree(folder / "提出")
        write_drawn_book(folder / "計画.xlsx", town("企画課", "福祉課"))
        build_books(folder)
        return folder.parent

    def in_files(self, result: EraseResult) -> list[tuple[FileKind, bool]]:
        return [(one.kind, one.erased) for one in result.found if one.kind is not FileKind.CACHE]

    def test_they_are_named_with_their_cells(self, replaced: Path) -> None:
        result = run(replaced)
        found = {one.name: (one.kind, one.erased, len(one.cells)) for one in result.found}
        (old,) = [name for name in found if name.startswith("期/入力/以前の版/総務課_")]
        assert found[old] == (FileKind.COPY, False, 1)
        assert found["期/入力/企画課.xlsm"] == (FileKind.STAFF, False, 1)
        assert (result.unread, result.has_remaining_values) == ([], True)

    def test_what_only_they_still_hold_is_found(self, replaced: Path) -> None:
        (replaced / "期" / "入力" / "企画課.xlsm").unlink()
        assert self.in_files(run(replaced)) == [(FileKind.COPY, False)]

    def test_they_go_with_the_copies(self, replaced: Path) -> None:
        (replaced / "期" / "入力" / "企画課.xlsm").unlink()
        result = run(replaced, copies=True)
        assert self.in_files(result) == [(FileKind.COPY, True)]
        assert [path.stem[:2] for path in (replaced / "期" / "入力" / "以前の版").iterdir()] == ["計画"] * 2
        assert run(replaced, copies=True).found == []
