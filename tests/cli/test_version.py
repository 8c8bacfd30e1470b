"""`--version`: the version in the first line, then what is new in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl import __version__
from kenpo_xl.cli.commands import main
from tests.paths import ROOT

HEADING = f"## {__version__} (2026-11-29)\n\n"


def shown(path: Path | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("kenpo_xl.cli.version.changelog_path", lambda: path)
    done = CliRunner().invoke(main, ["--version"])
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_the_first_sentence_of_the_release_and_the_whole_changelog() -> None:
    done = CliRunner().invoke(main, ["--version"])
    version, news, place = done.stdout.splitlines()
    assert version == f"kenpo-xl {__version__}"
    assert news in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert place == f"変わったことの一覧: {ROOT / 'CHANGELOG.md'}"


@pytest.mark.parametrize(("entries", "lines"), [(1, 1), (5, 5), (6, 5)])
def test_no_more_than_the_first_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: int, lines: int
) -> None:
    path = tmp_path / "CHANGELOG.md"
    written = [f"- {number} です。" for number in range(entries)]
    path.write_text(f"## Unreleased\n\n- 次です。\n\n{HEADING}" + "\n".join([*written, ""]), encoding="utf-8")
    assert shown(path, monkeypatch)[1:-1] == written[:lines]


@pytest.mark.parametrize(
    "text", ["", "## 0.0.1 (2020-01-01)\n\n古い版です。\n", f"## {__version__}0\n\n別です。\n"]
)
def test_a_changelog_without_this_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "CHANGELOG.md"
    path.write_text(text, encoding="utf-8")
    assert shown(path, monkeypatch) == [f"kenpo-xl {__version__}", f"変わったことの一覧: {path}"]


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["missing", "not UTF-8"])
def test_an_unreadable_one_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = tmp_path / "CHANGELOG.md"
    if content is not None:
        path.write_bytes(content)
    assert shown(path, monkeypatch) == [f"kenpo-xl {__version__}"]


def test_an_installation_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(None, monkeypatch) == [f"kenpo-xl {__version__}"]
