"""The workbooks in workbooks/ are what scripts/sample gives today."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts import make_sample


def test_the_committed_sample_is_fresh() -> None:
    assert make_sample.stale(make_sample.SAMPLE) == []


class TestCheck:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        copy = tmp_path / "期"
        shutil.copytree(make_sample.SAMPLE, copy, ignore=shutil.ignore_patterns("報告", "入力"))
        monkeypatch.setattr(make_sample, "SAMPLE", copy)
        return copy

    def test_a_book_that_differs_is_named(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shutil.copyfile(folder / "提出" / "保健グループ.xlsm", folder / "提出" / "業務グループ.xlsm")
        assert make_sample.main(["--check"]) == 1
        assert "業務グループ.xlsm" in capsys.readouterr().out

    def test_a_book_that_is_missing_is_named(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (folder / "計画.xlsx").unlink()
        assert make_sample.main(["--check"]) == 1
        assert capsys.readouterr().out.startswith("計画.xlsx")
