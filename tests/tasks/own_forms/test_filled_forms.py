"""The office's own reports beside the status report: which are filled, where they come, what is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.nightly.fingerprint import scan_period
from kenpo_xl.tasks.period.folder import OWN_FORMS, period_folder
from kenpo_xl.tasks.report import make_report
from tests.edited import edited
from tests.forms.own_report import SHEET, write_own_report
from tests.tasks.small_period import write_small_period

COPY = "業務報告_令和7年度第2四半期.xlsx"


@pytest.fixture
def period(tmp_path: Path) -> Path:
    return write_small_period(tmp_path / "東支部" / "第2四半期")


def with_form(folder: Path, **options: Any) -> Path:
    (folder / OWN_FORMS).mkdir()
    return write_own_report(folder / OWN_FORMS / "業務報告.xlsx", **options)


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.mark.parametrize("above", [False, True])
def test_the_forms_of_the_period_or_of_the_folder_above_are_filled(period: Path, above: bool) -> None:
    form = with_form(period.parent if above else period)
    before = form.read_bytes()
    (filled,) = make_report(period).forms
    assert filled.path == period / "報告" / COPY
    assert Workbook(filled.path).sheets[SHEET].value(6, 4) == 12
    assert form.read_bytes() == before


def test_a_named_form_is_filled_and_no_other(period: Path, tmp_path: Path) -> None:
    with_form(period)
    form = write_own_report(tmp_path / "別の様式.xlsx")
    result = report(period, "--form", form)
    assert result.exit_code == 0
    assert (
        "お使いの様式の 1 か所に書き入れました（報告／別の様式_令和7年度第2四半期.xlsx）。" in result.output
    )
    assert not (period / "報告" / COPY).exists()


TEXT_NAMES = {
    "表_窓口": f"{SHEET}!$C$6:$E$8",
    "評価_1_1": f"{SHEET}!$G$6",
    "実施状況_1_1": f"{SHEET}!$B$30:$F$33",
}


def test_ratings_and_progress_come_into_their_cells(period: Path) -> None:
    with_form(
        period,
        names=TEXT_NAMES,
        change=lambda sheet, _: sheet.merge_range("B30:F33", "前の期の文"),
    )
    (filled,) = make_report(period).forms
    assert (filled.places, filled.problems) == (3, ())
    assert filled.path
    sheet = Workbook(filled.path).sheets[SHEET]
    assert sheet.text(6, 7) == "〇"
    assert sheet.text(30, 2) == "・窓口を設けた。"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"評価_1_9": f"{SHEET}!$G$6"}, "名前「評価_1_9」のブロックは計画にありません"),
        ({"評価_1_1": f"{SHEET}!$G$6:$G$7"}, "は 1 つの欄ではありません"),
        ({"実施状況_1_1_1": "#REF!"}, "#REF! を指しています"),
        ({"実施状況_1_1": f"{SHEET}!$C$8"}, f"{SHEET}!C8 には式があります"),
        ({"評価_一覧": f"{SHEET}!$A$1:$B$9", "表_窓口": f"{SHEET}!$C$6:$E$8"}, ""),
    ],
)
def test_a_name_for_a_text_that_cannot_be_used_is_told(
    period: Path, names: dict[str, str], words: str
) -> None:
    with_form(period, names=names)
    (filled,) = make_report(period).forms
    assert [words in one for one in filled.problems] == [True] * bool(words)


def test_a_form_that_cannot_be_filled_is_told_and_the_report_is_made(period: Path) -> None:
    with_form(period, names={"表_窓": f"{SHEET}!$C$6:$E$8"})
    result = report(period)
    assert result.exit_code == 3
    assert "様式 業務報告.xlsx には入れていません。名前「表_窓」の表は計画にありません。" in result.stderr
    assert "報告書を作りました" in result.stdout
    assert not (period / "報告" / COPY).exists()


def test_a_copy_is_replaced_unless_a_person_saved_it(period: Path) -> None:
    with_form(period)
    (first,) = make_report(period).forms
    assert first.path
    first.path.with_name("~$x").touch()
    (again,) = make_report(period).forms
    assert (again.path, again.kept) == (first.path, None)
    with edited(first.path) as book:
        book[SHEET]["G7"] = "人が書いた"
    (beside,) = make_report(period).forms
    assert beside.path == first.path.with_name("業務報告_令和7年度第2四半期(2).xlsx")
    assert beside.kept == first.path


def test_a_report_for_the_public_leaves_them_alone(period: Path) -> None:
    with_form(period)
    assert make_report(period, public=True).forms == ()


def test_the_night_sees_that_a_form_changed(period: Path) -> None:
    folder = period_folder(period)
    digests = {scan_period(folder, period.parent, "").input_digest}
    form = with_form(period)
    digests.add(scan_period(folder, period.parent, "").input_digest)
    write_own_report(form, cells={"G7": "直した"})
    digests.add(scan_period(folder, period.parent, "").input_digest)
    assert len(digests) == 3
