"""`plan --keys`: keys that books or the ledger remember are not given again, an open book is left alone."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.books.plan.test_keys import PHONE, SECOND, WINDOW, written
from tests.edited import edited


def plan_keys(folder: Path) -> Result:
    return CliRunner().invoke(main, ["plan", str(folder), "--keys"])


def test_missing_keys_are_written_and_the_book_before_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    before = path.read_bytes()
    result = plan_keys(tmp_path)
    assert (result.exit_code, result.output.splitlines()[0]) == (
        0,
        f"3 件の鍵（K01～K03）を入れました: {path}",
    )
    assert (tmp_path / "計画.xlsx.bak").read_bytes() == before
    assert [item.key for item in cached_plan(path).items] == ["K01", "K03"]
    content = path.read_bytes()
    again = plan_keys(tmp_path)
    assert (again.exit_code, path.read_bytes()) == (0, content)
    assert "すべての項とブロックに鍵があります" in again.output


def test_an_open_book_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    before = path.read_bytes()
    (tmp_path / "~$計画.xlsx").write_bytes(b"")
    result = plan_keys(tmp_path)
    assert (result.exit_code, path.read_bytes()) == (3, before)
    assert "閉じて" in result.output


def test_keys_in_books_that_were_built_are_not_given_again(tmp_path: Path) -> None:
    path = written(tmp_path, {WINDOW: "K01", SECOND: "K02", PHONE: "K08"}, {"1-1-1": "K01", "1-1-2": "K08"})
    build_books(tmp_path)
    with edited(path) as book:
        book["施策"][PHONE] = book["1-1-2"]["A20"] = book["1-1-2"]["B20"] = None
    plan_keys(tmp_path)
    assert [item.key for item in cached_plan(path).items] == ["K01", "K09"]


def test_keys_in_the_ledger_are_not_given_again(tmp_path: Path) -> None:
    folder = tmp_path / "第3四半期"
    folder.mkdir()
    path = written(folder, {WINDOW: "K01", SECOND: "K02", PHONE: "K50"}, {"1-1-1": "K01", "1-1-2": "K50"})
    CliRunner().invoke(main, ["nightly", str(tmp_path), "--today", "2025-01-10"])
    with edited(path) as book:
        book["施策"][PHONE] = book["1-1-2"]["A20"] = book["1-1-2"]["B20"] = None
    plan_keys(folder)
    assert [item.key for item in cached_plan(path).items] == ["K01", "K51"]


def test_a_plan_without_keys_says_what_that_costs_and_is_clean(tmp_path: Path) -> None:
    written(tmp_path, {})
    result = CliRunner().invoke(main, ["plan", str(tmp_path)])
    assert result.exit_code == 0
    assert "鍵: なし（項やブロックの番号を変えると" in result.output
    plan_keys(tmp_path)
    listed = CliRunner().invoke(main, ["plan", str(tmp_path)])
    assert (listed.exit_code, "鍵: なし" in listed.output) == (0, False)
    assert "1-1-1 ① 窓口（総務、ブロック 2、評価 2、鍵 K01）" in listed.output
