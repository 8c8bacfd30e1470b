"""Wrong use of the command line: one sentence that names what is wrong, and status 2."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main, plan
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("words", "said", "command"),
    [
        ("foo", "foo というコマンドはありません。", "kenpo-xl"),
        ("chek", "chek というコマンドはありません。もしかして check ですか。", "kenpo-xl"),
        ("report a b", "余分な指定があります（b）。", "kenpo-xl report"),
        ("report", "期のフォルダー を指定してください。", "kenpo-xl report"),
        ("check", "ブック... を指定してください。", "kenpo-xl check"),
        ("plan --nix", "--nix という指定はありません。", "kenpo-xl plan"),
        (
            "check --formt",
            "--formt という指定はありません。もしかして --format ですか。",
            "kenpo-xl check",
        ),
        ("report . --output", "--output の後に値を指定してください。", "kenpo-xl"),
        ("report . --pdf=1", "--pdf には値を付けません。", "kenpo-xl"),
        (
            "export . --format xml",
            "--format には csv、parquet のどれかを指定してください。",
            "kenpo-xl export",
        ),
        ("nightly . --jobs 0", "--jobs には 1 以上の整数を指定してください。", "kenpo-xl nightly"),
        ("nightly . --jobs 二", "--jobs には 1 以上の整数を指定してください。", "kenpo-xl nightly"),
        (
            "nightly . --today 昨日",
            "--today には 2025-01-31 のような日付を指定してください。",
            "kenpo-xl nightly",
        ),
    ],
)
def test_wrong_use_is_one_sentence(words: str, said: str, command: str) -> None:
    done = CliRunner().invoke(main, words.split(), prog_name="kenpo-xl")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{said}{command} --help で使い方を確かめてください。\n"


def test_the_program_alone_lists_its_commands() -> None:
    done = CliRunner().invoke(main, [])
    assert done.exit_code == 2
    assert all(name in done.stderr for name in main.commands)


@pytest.mark.parametrize("words", ["--help", "--version", "report --help"])
def test_what_was_asked_for_ends_well(words: str) -> None:
    done = CliRunner().invoke(main, words.split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


def test_who_stops_it_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plan, "callback", stopped)
    done = CliRunner().invoke(main, ["plan", "."])
    assert (done.exit_code, done.stderr.strip()) == (130, "途中で止めました。")


def test_the_docs_say_what_each_exit_status_of_every_command_means() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text.partition("| command | 0 | 1 |\n")[2].partition("\n\n")[0]
    rows = [row.split("|") for row in table.splitlines()[1:]]
    commands = main.list_commands(click.Context(main))
    assert sorted(name for row in rows for name in re.findall(r"`(\w+)`", row[1])) == commands
    assert all(len(row) == 5 and row[2].strip() and row[3].strip() for row in rows)
