"""Which ledger a command uses, and what is refused as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.ledgers.place import ledger_at, ledger_of_period, named_ledger
from tests.tasks.small_period import write_small_period

URL = "postgresql://night@server:5433/kenpo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (URL, LedgerUrl(URL)),
        ("postgres://server/kenpo", LedgerUrl("postgres://server/kenpo")),
        ("postgresql+psycopg://server/kenpo", LedgerUrl("postgresql+psycopg://server/kenpo")),
        ("台帳.sqlite3", Path("台帳.sqlite3")),
        (r"C:\報告\台帳.sqlite3", Path(r"C:\報告\台帳.sqlite3")),
    ],
)
def test_a_place(text: str, expected: object) -> None:
    assert named_ledger(text) == expected


@pytest.mark.parametrize("text", ["mysql://server/kenpo", "file:///tmp/x", "postgresql://server:port/kenpo"])
def test_any_other_address_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(KenpoError, match="台帳の場所を読めません") as failure:
        named_ledger(text)
    assert text not in str(failure.value)


@pytest.mark.parametrize(
    "text", ["postgresql://night:a-word@server/kenpo", "postgresql://night@server/kenpo?password=a-word"]
)
def test_a_password_is_refused_in_an_option_and_masked_elsewhere(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(KenpoError, match="パスワードはコマンドに書かないで"):
        named_ledger(text)
    done = CliRunner().invoke(main, ["trace", str(tmp_path), "数", "--ledger", text])
    assert done.exit_code == 3
    assert "a-word" not in done.output
    monkeypatch.setenv("KENPO_XL_LEDGER", text)
    place = named_ledger()
    assert place == LedgerUrl(text)
    assert (str(place), repr(place)) == (
        "postgresql://night@server/kenpo",
        "LedgerUrl('postgresql://night@server/kenpo')",
    )


def test_the_environment_comes_before_a_file_and_an_option_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, period = tmp_path / "台帳.sqlite3", tmp_path / "東北/青森/緑山市/令和6年度/第3四半期"
    assert ledger_of_period(period) is None
    file.touch()
    assert (ledger_of_period(period), ledger_at(tmp_path)) == (file, file)
    monkeypatch.setenv("KENPO_XL_LEDGER", URL)
    assert (ledger_of_period(period), ledger_at(tmp_path)) == (LedgerUrl(URL), LedgerUrl(URL))
    assert named_ledger("postgresql://other/kenpo") == LedgerUrl("postgresql://other/kenpo")
    assert ledger_at(file) == file


def test_a_ledger_that_cannot_be_named_does_not_stop_a_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KENPO_XL_LEDGER", "mysql://server/kenpo")
    write_small_period(tmp_path / "期")
    result = check_books([tmp_path / "期"])
    assert [book.failure for book in result.books] == [""]
    assert len(result.failures) == 1
    assert result.failures[0].startswith("前の期とは比べていません。台帳の場所を読めません。")


def test_a_moved_ledger_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["ledger", "init"])
    assert (done.exit_code, done.stderr) == (
        3,
        "台帳を --ledger か環境変数 KENPO_XL_LEDGER で指定してください。\n",
    )
