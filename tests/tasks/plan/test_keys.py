"""`plan --keys`: keys that books or the ledger remember are not given again, an open book is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings
from click.testing import CliRunner, Result

from kenpo_xl import buttons
from kenpo_xl.cli.commands import main
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.plan.keys import fill_keys_of_keyed_plan
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
    CliRunner().invoke(main, ["nightly", str(tmp_path), "--today", "2025-01-10", "--jobs", "1"])
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


KEYED = {"1-1-1": "K01", "1-1-2": "K03"}


class TestPlanThatHasKeys:
    """What the planner's buttons do before they make books."""

    @pytest.mark.parametrize(
        ("keys", "sheets", "sentence"),
        [
            ({}, {}, ""),
            ({WINDOW: "K01", SECOND: "K02", PHONE: "K03"}, KEYED, ""),
            ({WINDOW: "K01", PHONE: "K03"}, KEYED, "1 件の鍵を入れました。"),
            ({WINDOW: "K01"}, {"1-1-1": "K01"}, "2 件の鍵を入れました。"),
            ({WINDOW: "K01", SECOND: "K02", PHONE: "K03"}, {"1-1-1": "K01"}, "様式図の鍵を入れました。"),
        ],
    )
    def test_missing_ones_are_filled_where_there_are_some(
        self, tmp_path: Path, keys: dict[str, object], sheets: dict[str, str], sentence: str
    ) -> None:
        path = written(tmp_path, keys, sheets)
        before = path.read_bytes()
        said = fill_keys_of_keyed_plan(PeriodFolder(tmp_path))
        assert said == (sentence and f"計画ブックの鍵のない所に、{sentence}")
        assert (path.read_bytes() != before) == bool(sentence)
        assert (tmp_path / "計画.xlsx.bak").exists() == bool(sentence)
        assert fill_keys_of_keyed_plan(PeriodFolder(tmp_path)) == ""

    def test_an_open_book_is_left_with_a_sentence(self, tmp_path: Path) -> None:
        path = written(tmp_path, {WINDOW: "K01", PHONE: "K03"}, KEYED)
        before = path.read_bytes()
        (tmp_path / "~$計画.xlsx").write_bytes(b"")
        said = fill_keys_of_keyed_plan(PeriodFolder(tmp_path))
        assert said.startswith("計画ブックの鍵のない所に、鍵は入れていません。")
        assert "閉じて" in said
        assert path.read_bytes() == before

    def test_a_broken_book_is_left_to_what_reads_it(self, tmp_path: Path) -> None:
        (tmp_path / "計画.xlsx").write_bytes(b"PK\3\4")
        assert fill_keys_of_keyed_plan(PeriodFolder(tmp_path)) == ""

    @pytest.mark.parametrize("press", [buttons.make_input_books, buttons.next_period])
    def test_the_buttons_fill_them(
        self,
        tmp_path: Path,
        live_book: Callable[[Path], xlwings.Book],
        press: Callable[[], buttons.Answer],
    ) -> None:
        folder = tmp_path / "第3四半期"
        folder.mkdir()
        path = written(folder, {WINDOW: "K01", PHONE: "K03"}, KEYED)
        build_books(folder)
        live_book(folder / "取りまとめ.xlsm")
        answer = press()
        assert not answer.is_failure, answer
        assert "計画ブックの鍵のない所に、1 件の鍵を入れました。" in answer.sentence
        assert [block.own_key for block in cached_plan(path).items[0].blocks] == ["K01", "K04"]
        assert "鍵" not in press().sentence
