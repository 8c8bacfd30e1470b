"""`erase` on the command line: how a value comes in, what is shown of it, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from tests.ledger.records import RECORD, kept
from tests.tasks.test_erase import LEDGER, MY_NUMBER, TEXT, private_record


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "全支部"
    root.mkdir()
    kept(root / LEDGER, private_record(TEXT), RECORD)  # type: ignore[arg-type]
    return root


def run(*arguments: object, typed: str = "") -> Result:
    done = CliRunner().invoke(main, ["erase", *map(str, arguments)], input=typed)
    assert MY_NUMBER not in done.output
    return done


def test_a_value_from_the_standard_input(root: Path) -> None:
    done = run(root, typed=f"{MY_NUMBER}\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{LEDGER}: 3 行を「＊」にしました。\n消したもの 1、残っているもの 0\n"
    again = run(root, typed=f"{MY_NUMBER}\n")
    assert (again.exit_code, again.stdout) == (0, "見つかりませんでした。\n")


def test_a_value_from_a_file_with_a_mark_of_its_code(root: Path, tmp_path: Path) -> None:
    (tmp_path / "番号.txt").write_text(f"{MY_NUMBER}\r\n\r\n", encoding="utf-8-sig")
    assert run(root, "--from", tmp_path / "番号.txt").exit_code == 0
    assert MY_NUMBER.encode() not in (root / LEDGER).read_bytes()


def test_all_that_is_flagged_and_only_told(root: Path) -> None:
    done = run(root, "--flagged", "--dry-run")
    assert done.exit_code == 1
    assert f"{LEDGER}: あります。--dry-run を付けずに実行すると「＊」にします。" in done.stdout
    assert MY_NUMBER.encode() in (root / LEDGER).read_bytes()
    assert run(root, "--flagged").exit_code == 0


def test_the_log(root: Path, tmp_path: Path) -> None:
    from kenpo_xl.log_file import log_path

    path = log_path()
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"ERROR {MY_NUMBER}\n", encoding="utf-8")
    assert run(root, typed=MY_NUMBER).exit_code == 0
    assert path.read_text(encoding="utf-8") == "ERROR ＊＊＊＊＊＊＊＊＊＊＊＊\n"


def test_where_a_person_must_delete_it(root: Path) -> None:
    (root / "メモ.txt").write_text(MY_NUMBER, encoding="utf-8")
    done = run(root, "--flagged")
    assert done.exit_code == 1
    assert "メモ.txt: 残っています。開いて消し、保存してください。" in done.stdout
    assert (root / "メモ.txt").read_text(encoding="utf-8") == MY_NUMBER


@pytest.mark.parametrize(
    ("arguments", "typed", "status", "said"),
    [
        ([], "12345", 3, "短すぎる"),
        ([], "", 3, "ありません"),
        (["--from", "ない.txt"], "", 3, "読めません"),
        (["--from", "x", "--flagged"], "", 2, "どちらか一方"),
    ],
)
def test_wrong_use(root: Path, arguments: list[str], typed: str, status: int, said: str) -> None:
    done = run(root, *arguments, typed=typed)
    assert done.exit_code == status
    assert said in done.stderr
    assert MY_NUMBER.encode() in (root / LEDGER).read_bytes()


def test_no_such_folder(tmp_path: Path) -> None:
    assert run(tmp_path / "ない", "--flagged").exit_code == 3


def test_a_damaged_ledger(root: Path) -> None:
    (root / LEDGER).write_bytes(b"")
    done = run(root, "--flagged")
    assert done.exit_code == 3
    assert "が壊れています" in done.stderr
