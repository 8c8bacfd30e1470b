"""Wrong use of the command line: one sentence that names what is wrong, and status 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.cli import main, plan


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("foo", "コマンドの名前か、指定したものの数が違います。kenpo-xl --help"),
        ("report a b", "コマンドの名前か、指定したものの数が違います。kenpo-xl report --help"),
        ("report", "PERIOD_DIR を指定してください。kenpo-xl report --help"),
        ("check", "FILE... を指定してください。kenpo-xl check --help"),
        ("plan --nix", "--nix という指定はありません。kenpo-xl plan --help"),
        ("report . --output", "--output の指定のしかたが違います。kenpo-xl --help"),
        ("export . --format xml", "--format に使えない値が指定されています。kenpo-xl export --help"),
        ("nightly . --jobs 0", "--jobs に使えない値が指定されています。kenpo-xl nightly --help"),
        ("nightly . --today 昨日", "--today に使えない値が指定されています。kenpo-xl nightly --help"),
    ],
)
def test_wrong_use_is_one_sentence(words: str, said: str) -> None:
    done = CliRunner().invoke(main, words.split(), prog_name="kenpo-xl")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{said} で使い方を確かめてください。\n"


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
    assert (done.exit_code, done.stderr.strip()) == (3, "途中で止めました。")


def test_the_readme_says_what_each_exit_status_of_every_command_means() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = text.partition("| command | 0 | 1 |\n")[2].partition("\n\n")[0]
    rows = [row.split("|") for row in table.splitlines()[1:]]
    assert sorted(name for row in rows for name in re.findall(r"`(\w+)`", row[1])) == sorted(main.commands)
    assert all(len(row) == 5 and row[2].strip() and row[3].strip() for row in rows)
