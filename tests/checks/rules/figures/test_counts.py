"""Numbers of an absurd size and counts with decimals, and that nothing stops over them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.export import export_facts
from kenpo_xl.tasks.report import make_report
from tests.checks.clerk import GYOMU, KIKAKU, REZEPT, found, new
from tests.edited import edited
from tests.paths import SAMPLE
from tests.tasks.books import figure_cell, line_cell, texts

COUNT = "1-2-2!E26"  # 決定件数, in 件
AMOUNT = "1-2-4!G29"  # 査定金額, in 千円
RATE = "1-2-2!E32"
LINE = "1-2-2!D20"


class TestAbsurdNumbers:
    @pytest.mark.parametrize("number", [1e15, -1e15, 1e308, 1e-200, 1e-320, 99999999999999999999.0])
    def test_are_named_at_their_cell(self, number: float) -> None:
        assert new(GYOMU, {COUNT: number}, "VA17") == [("VA17", COUNT)]
        assert new(GYOMU, {RATE: number}, "VA17") == [("VA17", RATE)]

    @pytest.mark.parametrize("number", [999999999999999.0, -0.0, 1e-9, 0.0])
    def test_others_are_none(self, number: float) -> None:
        assert new(GYOMU, {COUNT: number}, "VA17") == []

    @pytest.mark.parametrize(("digits", "told"), [(30, False), (31, True), (32_000, True)])
    def test_a_run_of_digits_in_a_sentence(self, digits: int, *, told: bool) -> None:
        line = {LINE: f"対象は {'7' * digits} 件。"}
        assert new(GYOMU, line, "VA17") == [("VA17", LINE)] * told

    @pytest.mark.parametrize("family", ["CA", "CO", "RA", "ST", "VA", "WO"])
    def test_no_rule_fails_over_them(self, family: str) -> None:
        for number in (1e308, 1e-200):
            found(GYOMU, {COUNT: number, RATE: number, LINE: "9" * 400 + "件"}, family)
        found(REZEPT, {AMOUNT: 1e300, "1-2-4!G30": -1e300}, family)
        found(KIKAKU, {"2-4!F70": 1e-200, "2-4!E70": 1e-320}, family)

    @pytest.mark.period
    def test_the_report_is_written_and_other_books_are_checked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One in figures of this year, the other one in those of last year."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        period = tmp_path / "第3四半期"
        shutil.copytree(SAMPLE / "提出", period / "提出")
        shutil.copy(SAMPLE / "計画.xlsx", period)
        words = "9" * 310, "99999999999999999999 件"
        typed = {line_cell(period, "1-2-2", beginning="・お客様満足度調査"): "対象は{}、{}。".format(*words)}
        for values, tables in (
            (words, ("1-2-2/決定達成/{}/決定件数", "1-2-4/査定金額/{}/4~6月", "1-2-2/郵送化率/{}/郵送化率")),
            (
                (1e308, 1e-200),
                ("1-2-2/決定達成/{}/達成件数", "1-2-4/査定金額/{}/7~9月", "1-2-3/柔整申請割合/{}/申請割合"),
            ),
        ):
            for year, value in zip(("当年", "前年"), values, strict=True):
                typed |= {figure_cell(period, table.format(year)): value for table in tables}
        for name in {place.workbook for place in typed}:
            with edited(period / "提出" / name) as book:
                for place, value in typed.items():
                    if place.workbook == name:
                        book[place.sheet][place.cell] = value
        checked = check_books([period])
        assert not [one for book in checked.books for one in book.failed_rules]
        assert [book.failure for book in checked.books] == [""] * 4
        done = make_report(period)
        assert len(texts(done.path)) > 500
        assert export_facts(period).path.stat().st_size


class TestCountsWithDecimals:
    @pytest.mark.parametrize("number", [1689.5, 0.25, 43089.001])
    def test_are_told(self, number: float) -> None:
        (finding,) = found(GYOMU, {COUNT: number}, "VA18")
        assert f"{finding.sheet}!{finding.cell}" == COUNT
        assert f"{number:.15g} 件 で、小数が付いています" in finding.message

    @pytest.mark.parametrize("number", [1689.0, 1688.9999999999998, 43089.00000001, 0.0, -5.0])
    def test_whole_numbers_and_noise_are_none(self, number: float) -> None:
        assert new(GYOMU, {COUNT: number}, "VA18") == []

    def test_rates_and_money_are_none(self) -> None:
        assert new(GYOMU, {RATE: 0.9655}, "VA18") == []
        assert new(REZEPT, {AMOUNT: 75277.4}, "VA18") == []

    def test_none_in_the_sample(self) -> None:
        for group in (GYOMU, REZEPT, KIKAKU):
            assert found(group, {}, "VA18") == []
