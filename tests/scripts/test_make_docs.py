"""docs/rules.md is what the rules say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.checks.engine import all_rules
from scripts import make_docs


def test_the_committed_catalogue_is_fresh() -> None:
    assert make_docs.main(["--check"]) == 0


def test_every_rule_has_its_line_with_what_to_do() -> None:
    lines = make_docs.CATALOGUE.read_text(encoding="utf-8").splitlines()
    for rule in all_rules():
        (line,) = (line for line in lines if line.startswith(f"| {rule.code} |"))
        assert all(words in line for words in (rule.severity, rule.title, rule.why, rule.remedy))


def test_a_stale_catalogue_is_told_and_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_docs, "CATALOGUE", tmp_path / "rules.md")
    assert make_docs.main(["--check"]) == 1
    assert "make_docs.py" in capsys.readouterr().out
    assert make_docs.main([]) == 0
    assert make_docs.main(["--check"]) == 0
    (tmp_path / "rules.md").write_text("古い\n", encoding="utf-8")
    assert make_docs.main(["--check"]) == 1
