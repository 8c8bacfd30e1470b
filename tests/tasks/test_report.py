"""The main job on the real case, and on copies of it with something changed, lost or twice."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.common.content_seal import pdf_with_seal
from kenpo_xl.books.report.remarks_sheet import REMARK_START
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import REPORT_TEMPLATE, PeriodFolder, find_template
from kenpo_xl.tasks.report import ReportResult, make_report
from tests.paths import SAMPLE, SUBMITTED
from tests.tasks.books import (
    about,
    cells,
    consolidated,
    figure_cell,
    headers,
    line_cell,
    numbers,
    rating_cell,
    ratings,
    texts,
    type_all,
    type_into,
)
from tests.tasks.corrections import correct
from tests.tasks.nightly.small_branches import write_branch
from tests.tasks.two_groups import TEXTS, TOTAL, write_two_groups

REPORT = "事業実施状況_令和6年度第3四半期.xlsx"
# The 52 ratings of the published report in their order, sheet by sheet; the two circles are one glyph.
RATINGS = {
    "1-1": "△",
    "1-2": "△△△△△△△〇△△◎△△△〇△",
    "1-3": "〇〇〇",
    "2-1": "△△",
    "2-2": "〇〇△△〇〇△△△△△〇△△△△〇△△△△△",
    "2-3": "〇－△",
    "2-4": "△",
    "3-1": "△",
    "3-2": "△",
    "3-3": "△",
    "3-4": "△",
}
ACHIEVED = "1-2-2/決定達成/当年/達成件数"
LATEST = TOTAL.replace("合計", "第3四半期")
"""A part of the total in the period of two groups."""


def more(result: ReportResult, before: ReportResult, sheet: str) -> dict[float, int]:
    """The numbers of a sheet that were not there before."""
    return dict(Counter(numbers(result.path, sheet)) - Counter(numbers(before.path, sheet)))


def overwritten(result: ReportResult) -> set[str]:
    """The identities of the overwritten cells that the planner is told of, by a finding or besides."""
    found = [one for one in about(result, Concern.FINDING) if one.message.endswith("で印字）")]
    cells_alone = {one.place for one in found if one.place.count("/") == 3}
    return cells_alone | {remark.place for remark in about(result, Concern.OVERWRITTEN)}


class TestTheRealCase:
    def test_the_52_ratings_stand_in_their_order(self, produced: ReportResult) -> None:
        found = [glyph.replace("○", "〇") for glyph in ratings(produced.path)]
        assert found == list("".join(RATINGS.values()))
        assert len(found) == 52

    def test_each_section_has_its_ratings(self, produced: ReportResult) -> None:
        found = {name: "".join(ratings(produced.path, name)) for name in RATINGS}
        assert {name: glyphs.replace("○", "〇") for name, glyphs in found.items()} == RATINGS

    def test_nothing_is_clipped(self, produced: ReportResult, produced_text: str) -> None:
        """The text of every cell is wholly in the PDF."""
        printed = re.sub(r"\s", "", produced_text)
        lost = [text for text in texts(produced.path) if re.sub(r"\s", "", text) not in printed]
        assert lost == []

    def test_what_the_planner_is_told(self, produced: ReportResult) -> None:
        assert overwritten(produced) == {
            "1-2-4/査定金額/当年/合計",
            "1-2-4/査定金額/前年/合計",
            *(f"2-4/文書勧奨/{month}月/登録率" for month in (6, 7, 9, 11, 12)),
        }
        assert [remark.place for remark in about(produced, Concern.NO_TARGET)] == [
            "2-3-1 ジェネリック医薬品使用割合"
        ]
        assert Counter((one.concern, one.is_error) for one in produced.remarks) == {
            (Concern.FINDING, True): 3,
            (Concern.FINDING, False): 14,
            (Concern.OVERWRITTEN, False): 5,
            (Concern.NO_TARGET, False): 1,
        }

    def test_the_same_bytes_twice(self, produced: ReportResult, tmp_path: Path) -> None:
        again = make_report(SAMPLE, output=tmp_path / "再.xlsx")
        assert again.path.read_bytes() == produced.path.read_bytes()
        with zipfile.ZipFile(again.path) as book:
            assert {entry.date_time[0] for entry in book.infolist()} == {1980}


class TestChangedFigures:
    """Counts and denominators of the real case, each with what is computed of it."""

    @pytest.fixture(scope="class")
    @classmethod
    def changed(cls, tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
        """The report after other numbers were typed into three tables; a header repeats one of them."""
        period = tmp_path_factory.mktemp("changed") / "第3四半期"
        shutil.copytree(SUBMITTED, period / "提出")
        shutil.copy(SAMPLE / "計画.xlsx", period)
        numbers = {
            ACHIEVED: 32317,
            "2-2-2/健診実施状況/当年(※)/生活習慣病予防健診": 200000,
            "2-2-2/直近対象者数/直近対象者数/被保険者": 700000,
        }
        type_all(period, [(figure_cell(period, name), number) for name, number in numbers.items()])
        return make_report(period)

    def test_a_rate_follows_its_count(self, changed: ReportResult, produced: ReportResult) -> None:
        assert more(changed, produced, "1-2") == {32317: 1, round(32317 / 43089, 12): 1}
        assert more(changed, produced, "2-2") == {200000: 1}

    def test_a_kpi_line_follows_its_table(self, changed: ReportResult, produced: ReportResult) -> None:
        assert "1）生活習慣病予防健診実施率 22.1％（令和6年9月末）" in texts(produced.path)
        assert "1）生活習慣病予防健診実施率 28.6％（令和6年9月末）" in texts(changed.path)

    def test_a_header_follows_the_denominator_in_it(
        self, changed: ReportResult, produced: ReportResult
    ) -> None:
        assert "（700,000人）" in texts(changed.path)
        assert "（700,000人）" not in texts(produced.path)


class OfTwoGroups:
    """The period of two groups: its report takes a tenth of the time."""

    @pytest.fixture
    def period(self, tmp_path: Path) -> Path:
        return write_two_groups(tmp_path / "第3四半期")

    @pytest.fixture(scope="class")
    @classmethod
    def produced(cls, tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
        return make_report(write_two_groups(tmp_path_factory.mktemp("two") / "第3四半期"))


class TestChangedInputs(OfTwoGroups):
    @pytest.mark.parametrize("typed", [8322, "８，３２２千円", "8,322 千円", " 8322"])
    def test_a_number_is_read_as_people_type_it(
        self, period: Path, produced: ReportResult, typed: float | str
    ) -> None:
        type_into(period, figure_cell(period, LATEST), typed)
        assert more(make_report(period), produced, "1-1") == {8322: 1, 8927: 1}

    def test_a_line_is_printed_as_it_was_rewritten(self, period: Path) -> None:
        type_into(period, line_cell(period, "1-2", beginning="・進捗状況を日次"), "・進捗を毎日確かめた。")
        found = texts(make_report(period).path)
        assert "・進捗を毎日確かめた。" in found
        assert not [text for text in found if text.startswith("・進捗状況を日次")]

    def test_the_rating_that_a_group_gave_stands_beside_ours(self, period: Path) -> None:
        rating = rating_cell(period, "1-1", "1")
        type_all(period, [(figure_cell(period, LATEST), 400), (rating, "○")])
        result = make_report(period)
        (remark,) = (one for one in result.remarks if one.source == rating)
        assert (remark.typed, remark.computed) == ("○", "◎")
        assert remark.concern is Concern.FINDING
        assert "400 千円" in remark.message
        assert not remark.is_error
        assert ratings(result.path, "1-1") == ["〇"]

    def test_a_computed_rating_follows_the_figures(self, period: Path) -> None:
        type_into(period, figure_cell(period, LATEST), 200)
        result = make_report(period)
        (remark,) = (one for one in result.remarks if one.source == rating_cell(period, "1-1", "1"))
        assert (remark.typed, remark.computed) == ("〇", "▽")
        assert ratings(result.path, "1-1") == ["〇"]

    def test_a_total_without_a_quarter_is_printed_as_computed(
        self, period: Path, produced: ReportResult
    ) -> None:
        """The total was typed over; as a formula again it follows its parts."""
        total = figure_cell(period, TOTAL)
        type_into(period, total, 605)
        before = make_report(period)
        assert (overwritten(before), more(before, produced, "1-1")) == ({TOTAL}, {605: 1})
        row = total.cell.lstrip("ABCDEFGHI")
        type_into(period, total, f"=SUM(E{row}:G{row})")
        after = make_report(period)
        assert (overwritten(after), numbers(after.path, "1-1")) == (set(), numbers(produced.path, "1-1"))

    def test_a_formula_that_gives_something_else_is_overwritten(
        self, period: Path, produced: ReportResult
    ) -> None:
        place = figure_cell(period, TOTAL)
        type_into(period, place, "=1000/2")
        result = make_report(period)
        assert (overwritten(produced), overwritten(result)) == (set(), {TOTAL})
        (remark,) = (remark for remark in result.remarks if remark.place == TOTAL)
        assert (remark.typed, remark.computed) == ("500 千円", "927 千円")

    def test_a_header_that_was_changed_is_told(self, period: Path) -> None:
        total = figure_cell(period, TOTAL)
        header = Source(total.workbook, total.sheet, total.cell[0] + str(int(total.cell[1:]) - 1))
        type_into(period, header, "別の見出し")
        result = make_report(period)
        (remark,) = (one for one in result.remarks if one.place == "1-1/査定金額/合計")
        assert "が見つからないため、空欄として扱います。" in remark.message
        assert remark.is_error

    def test_a_number_that_cannot_be_read_is_told(self, period: Path) -> None:
        place = figure_cell(period, LATEST)
        type_into(period, place, "集計中")
        (remark,) = (one for one in make_report(period).remarks if one.source == place)
        assert (remark.concern, remark.typed, remark.is_error) == (Concern.FINDING, "集計中", True)

    def test_an_output_among_the_books_is_refused(self, period: Path) -> None:
        book = period / "提出" / f"{TEXTS}.xlsx"
        shutil.copy(book.with_suffix(".xlsm"), book)
        before = book.read_bytes()
        with pytest.raises(KenpoError, match="元のブック"):
            make_report(period, output=book)
        assert book.read_bytes() == before

    def test_a_new_overwritten_cell_is_listed_with_its_place(
        self, period: Path, produced: ReportResult
    ) -> None:
        place = figure_cell(period, TOTAL)
        type_into(period, place, 99)
        result = make_report(period)
        assert (overwritten(produced), overwritten(result)) == (set(), {TOTAL})
        (remark,) = (remark for remark in result.remarks if remark.place == TOTAL)
        assert (remark.typed, remark.computed, remark.source) == ("99 千円", "927 千円", place)
        assert more(result, produced, "1-1") == {99: 1}

    def test_recomputed_prints_ours_and_the_cells_stay_listed(
        self, period: Path, produced: ReportResult
    ) -> None:
        type_into(period, figure_cell(period, TOTAL), 605)
        result = make_report(period, recomputed=True)
        assert numbers(result.path, "1-1") == numbers(produced.path, "1-1")
        assert overwritten(result) == {TOTAL}
        assert (produced.error_count, result.error_count) == (0, 1)

    def test_text_stays_text(self, period: Path) -> None:
        words = ("=1+1", "+81 へ電話した。", "-5 件となった。", "@協会けんぽ")
        items = [item for book in consolidated(period).submissions for item in book.items]
        lines = [line for item in items for line in item.lines if item.item == "1-2" and "・" in line.text]
        places = [line.source for line in lines if line.source]
        assert len(places) == len(lines) >= len(words)
        type_all(period, list(zip(places, words, strict=False)), as_text=True)
        found = [cell for cell in cells(make_report(period).path) if cell.value in words]
        assert sorted(str(cell.value) for cell in found) == sorted(words)
        assert all(cell.is_text for cell in found)


class TestTheDraft:
    """While errors stand, every page says 案."""

    def test_every_page_says_so_while_errors_stand(self, produced: ReportResult) -> None:
        assert set(headers(produced.path).values()) == {"案"}
        assert {"表紙", *(cell.sheet for cell in cells(produced.path))} <= set(headers(produced.path))

    def test_no_page_says_so_once_all_is_corrected(self, period: Path) -> None:
        correct(period)
        result = make_report(period)
        assert result.error_count == 0
        assert [remark.concern for remark in result.remarks] == [Concern.NO_TARGET]
        assert set(headers(result.path).values()) == {""}

    def test_one_error_suffices(self, tmp_path: Path) -> None:
        two = write_two_groups(tmp_path / "第3四半期")
        assert set(headers(make_report(two).path).values()) == {""}
        type_into(two, figure_cell(two, TOTAL), 0.99)
        result = make_report(two)
        assert result.error_count == 1
        assert set(headers(result.path).values()) == {"案"}


class TestTheSheetOfRemarks:
    def test_its_rows_are_the_lines_that_the_planner_is_told(self, produced: ReportResult) -> None:
        sheet = openpyxl.load_workbook(produced.path)["要確認"]
        rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=REMARK_START + 2)]
        assert [row[1:6] for row in rows] == [
            [remark.concern, remark.place, remark.message, remark.typed, remark.computed]
            for remark in produced.remarks
        ]

    def test_a_link_leads_to_the_cell_in_the_book(self, produced: ReportResult) -> None:
        sheet = openpyxl.load_workbook(produced.path)["要確認"]
        links = [cell.hyperlink for (cell,) in sheet.iter_rows(min_col=9, max_col=9) if cell.hyperlink]
        assert len(links) == 3 + 14 + 5
        total = figure_cell(SAMPLE, "1-2-4/査定金額/当年/合計")
        way = Path(links[0].target.replace("\\", "/"))
        assert (produced.path.parent / way).resolve() == (SUBMITTED / total.workbook).resolve()
        assert links[0].location == f"'{total.sheet}'!{total.cell}"

    def test_the_dates_of_the_files_do_not_order_it(self, tmp_path: Path) -> None:
        period = write_two_groups(tmp_path / "第3四半期")
        for place in (rating_cell(period, "1-1", "1"), rating_cell(period, "1-2", "1")):
            type_into(period, place, "良")
        report = make_report(period)
        assert len({remark.source.workbook for remark in report.remarks if remark.source}) == 2
        before = report.path.read_bytes()
        for days, book in enumerate(sorted((period / "提出").glob("*.xlsm"), reverse=True)):
            os.utime(book, (1_735_000_000 + days * 86_400,) * 2)
        assert make_report(period).path.read_bytes() == before


class TestWhatWasHandedIn(OfTwoGroups):
    def test_a_missing_group(self, period: Path, produced: ReportResult) -> None:
        (period / "提出" / "レセプトグループ.xlsm").unlink()
        result = make_report(period)
        (remark,) = about(result, Concern.MISSING)
        assert (remark.place, remark.is_error) == ("レセプトグループ", True)
        assert texts(result.path).count("（未提出）") == 1  # one line a block, of which 1-1 has one
        assert "（未提出）" not in texts(produced.path)
        assert len(ratings(result.path)) == 3 - 1

    def test_nobody_submitted(self, period: Path) -> None:
        shutil.rmtree(period / "提出")
        result = make_report(period)
        assert len(about(result, Concern.MISSING)) == 2
        assert ratings(result.path) == []

    def test_two_books_of_one_group(self, period: Path, produced: ReportResult) -> None:
        corrected = period / "提出" / "レセプトグループ（修正）.xlsm"
        shutil.copy(period / "提出" / "レセプトグループ.xlsm", corrected)
        type_into(period, replace(figure_cell(period, LATEST), workbook=corrected.name), 323)
        result = make_report(period)
        (remark,) = about(result, Concern.DUPLICATES)
        assert (remark.place, remark.is_error) == ("レセプトグループ.xlsm", False)
        assert "新しいほうの レセプトグループ（修正）.xlsm を使いました" in remark.message
        assert more(result, produced, "1-1") == {323: 1, 928: 1}

    def test_of_two_books_of_one_group_a_damaged_one_never_counts(
        self, period: Path, produced: ReportResult
    ) -> None:
        (period / "提出" / "レセプトグループ（修正）.xlsm").write_bytes(b"PK\3\4")
        result = make_report(period)
        assert about(result, Concern.DUPLICATES) == []
        assert cells(result.path) == cells(produced.path)

    @pytest.mark.parametrize(
        "name",
        [
            "~$レセプトグループ.xlsm",
            ".~lock.レセプトグループ.xlsm#",
            "レセプトグループ - コピー.xlsx",
            "メモ.txt",
        ],
    )
    def test_what_is_no_book_is_named_and_ignored(
        self, period: Path, produced: ReportResult, name: str
    ) -> None:
        (period / "提出" / name).write_bytes(b"\x05lock")
        result = make_report(period)
        (remark,) = about(result, Concern.IGNORED_FILES)
        assert (remark.place, remark.is_error) == (name, False)
        assert cells(result.path) == cells(produced.path)
        assert result.error_count == produced.error_count

    def test_books_may_be_called_anything(self, period: Path, produced: ReportResult) -> None:
        book = period / "提出" / "レセプトグループ.xlsm"
        book.rename(book.with_name("R6.3Q 業務（最終）.xlsm"))
        assert cells(make_report(period).path) == cells(produced.path)

    def test_a_foreign_workbook_is_rejected(self, period: Path, produced: ReportResult) -> None:
        openpyxl.Workbook().save(period / "提出" / "名簿.xlsx")
        result = make_report(period)
        (remark,) = about(result, Concern.REJECTED)
        assert (remark.place, remark.is_error) == ("名簿.xlsx", True)
        assert remark.message.startswith("入力ブックではありません。")
        assert cells(result.path) == cells(produced.path)

    def test_one_of_another_period_is_rejected(self, period: Path, tmp_path: Path) -> None:
        other = write_branch(tmp_path / "第2四半期", "東支部", quarter=2)
        shutil.copy(other / "提出" / "レセプトグループ.xlsm", period / "提出")
        result = make_report(period)
        (remark,) = about(result, Concern.REJECTED)
        assert (remark.place, remark.is_error) == ("レセプトグループ.xlsm", True)
        assert remark.message.startswith("別の計画（東支部 令和6年度第2四半期）の入力ブックです。")
        assert [one.place for one in about(result, Concern.MISSING)] == ["レセプトグループ"]

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0 encrypted"])
    def test_a_file_that_is_no_workbook_is_rejected(
        self, period: Path, produced: ReportResult, content: bytes
    ) -> None:
        (period / "提出" / "壊れた.xlsx").write_bytes(content)
        result = make_report(period)
        (remark,) = about(result, Concern.REJECTED)
        assert (remark.place, remark.is_error) == ("壊れた.xlsx", True)
        assert remark.message.endswith("。")
        assert "\n" not in remark.message
        assert cells(result.path) == cells(produced.path)


class TestPuttingItInPlace(OfTwoGroups):
    def test_it_stands_in_the_folder_of_reports(self, period: Path) -> None:
        assert make_report(period).path == period / "報告" / REPORT
        assert [path.name for path in (period / "報告").iterdir()] == [REPORT]

    @pytest.mark.parametrize("lock", [f"~${REPORT}", f".~lock.{REPORT}#"])
    def test_a_report_that_is_open_stays(self, period: Path, lock: str) -> None:
        folder = period / "報告"
        folder.mkdir()
        (folder / REPORT).write_bytes(b"old")
        (folder / lock).touch()
        with pytest.raises(KenpoError, match=rf"^{REPORT} を書き換えられません。開いて[^\n]+閉じて[^\n]+。$"):
            make_report(period)
        assert (folder / REPORT).read_bytes() == b"old"
        assert {path.name for path in folder.iterdir()} == {REPORT, lock}

    def test_a_folder_that_nobody_may_write_to(self, period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(KenpoError, match=r"^[^\n]*報告 に書き込めません。[^\n]+。$"):
            make_report(period)

    def test_a_file_where_the_folder_should_be(self, period: Path) -> None:
        (period / "報告").write_bytes(b"")
        with pytest.raises(KenpoError, match=r"^[^\n]*報告 に書き込めません。[^\n]+。$"):
            make_report(period)

    def test_our_own_report_is_replaced(self, period: Path) -> None:
        first = make_report(period)
        before = numbers(first.path, "1-1")
        type_into(period, figure_cell(period, TOTAL.replace("合計", "第3四半期")), 323)
        second = make_report(period)
        assert (second.path, second.kept) == (first.path, None)
        assert (before.count(323), numbers(second.path, "1-1").count(323)) == (0, 1)

    def test_the_same_report_is_not_written_again(self, period: Path) -> None:
        first = make_report(period)
        os.utime(first.path, (1, 1))
        assert make_report(period).path == first.path
        assert first.path.stat().st_mtime == 1

    @pytest.mark.parametrize("changed", ["cell", "foreign"])
    def test_a_report_that_is_a_persons_stays(self, period: Path, changed: str) -> None:
        wanted = make_report(period).path
        if changed == "cell":
            book = openpyxl.load_workbook(wanted)
            book["表紙"]["A2"] = "確定版"
            book.save(wanted)
        else:
            wanted.write_bytes((period / "計画.xlsx").read_bytes())
        before = wanted.read_bytes()
        result = make_report(period)
        assert result.kept == wanted
        assert result.path == wanted.with_name(f"{wanted.stem}(2).xlsx")
        assert wanted.read_bytes() == before
        assert ratings(result.path)
        assert make_report(period).path == result.path

    def test_an_outdated_one_beside_the_plain_name_is_told(self, period: Path) -> None:
        wanted = period / "別名.xlsx"
        persons = (period / "計画.xlsx").read_bytes()
        wanted.write_bytes(persons)
        beside = make_report(period, output=wanted).path
        assert make_report(period, output=wanted).outdated is None
        wanted.unlink()
        assert make_report(period, output=wanted).outdated == beside
        beside.write_bytes(persons)
        assert make_report(period, output=wanted).outdated is None

    @pytest.mark.parametrize("folder", ["templates", "返却", "入力", "提出", "../templates"])
    def test_no_output_among_books_and_templates(self, period: Path, folder: str) -> None:
        (period / folder).mkdir(exist_ok=True)
        with pytest.raises(
            KenpoError, match=r"^[^\n]+元のブックやひな型のある場所のため書けません。[^\n]+。$"
        ):
            make_report(period, output=period / folder / "別名.xlsx")
        assert not (period / folder / "別名.xlsx").exists()

    def test_a_pdf_that_is_a_persons_stays(self, period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "kenpo_xl.books.report.pdf.convert_to_pdf",
            lambda _, pdf: pdf.write_bytes(pdf_with_seal(b"%PDF-1.7 %%EOF\n")),
        )
        first = make_report(period, pdf=True)
        assert first.pdf == first.path.with_suffix(".pdf")
        again = make_report(period, pdf=True)
        assert (again.pdf, again.kept_pdf) == (first.pdf, None)
        signed = first.pdf.read_bytes() + b"signed"
        first.pdf.write_bytes(signed)
        third = make_report(period, pdf=True)
        assert third.pdf == first.pdf.with_name(f"{first.path.stem}(2).pdf")
        assert (third.kept_pdf, third.path) == (first.pdf, first.path)
        assert first.pdf.read_bytes() == signed

    def test_a_second_one_that_is_a_persons_stays_too(self, period: Path) -> None:
        folder = period / "報告"
        folder.mkdir()
        names = [REPORT, REPORT.replace(".", "(2)."), REPORT.replace(".", "(3).")]
        persons = (period / "計画.xlsx").read_bytes()
        for name in names[:2]:
            (folder / name).write_bytes(persons)
        result = make_report(period)
        assert (result.path, result.kept) == (folder / names[2], folder / names[0])
        assert [(folder / name).read_bytes() for name in names[:2]] == [persons] * 2

    def test_a_named_output_is_treated_alike(self, period: Path) -> None:
        wanted = period / "別名.xlsx"
        assert make_report(period, output=wanted).path == wanted
        assert make_report(period, output=wanted).path == wanted
        wanted.write_bytes((period / "計画.xlsx").read_bytes())
        assert make_report(period, output=wanted).path == period / "別名(2).xlsx"

    def test_the_pdf_lies_beside_the_report_that_was_written(
        self, period: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "kenpo_xl.books.report.pdf.convert_to_pdf", lambda _, pdf: pdf.write_bytes(b"%PDF")
        )
        (period / "別名.xlsx").write_bytes((period / "計画.xlsx").read_bytes())
        result = make_report(period, output=period / "別名.xlsx", pdf=True)
        assert result.pdf == period / "別名(2).pdf"

    @pytest.mark.parametrize("name", ["portrait", "owners"])
    def test_a_shipped_template_is_taken_by_its_name(self, period: Path, name: str) -> None:
        folder = PeriodFolder(period)
        assert find_template(folder, REPORT_TEMPLATE, Path(name)).name == f"{name}.xlsx"
        own = period / "templates"
        own.mkdir()
        (own / f"{name}.xlsx").write_bytes(b"")
        assert find_template(folder, REPORT_TEMPLATE, Path(name)) == own / f"{name}.xlsx"

    def test_an_unknown_name_lists_those_that_there_are(self, period: Path) -> None:
        with pytest.raises(KenpoError, match=r"次の名前のどれか.*: owners、portrait、status_report$"):
            find_template(PeriodFolder(period), REPORT_TEMPLATE, Path("縦"))

    def test_a_failure_leaves_the_old_report(self, period: Path) -> None:
        folder = period / "報告"
        folder.mkdir()
        (folder / REPORT).write_bytes(b"old")
        with pytest.raises(KenpoError, match=r"^ひな形 [^\n]+$"):
            make_report(period, template=period / "ない.xlsx")
        assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(REPORT, b"old")]
