"""Repairs in place: what is certain, wherever the rows went, and nothing that is not.

Most are made as `--recomputed` makes them: what was typed over a formula goes as well.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.source import Source
from kenpo_xl.storage.backup import backup_path
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import FixedBook, fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.report import make_report
from tests.edited import edited, loaded
from tests.office import Office, edits
from tests.paths import SAMPLE
from tests.tasks.books import consolidated, figure_cell, line_cell, rating_cell, type_all, type_into
from tests.tasks.test_flag import TODAY

BENEFITS, CLAIMS, PLANNING = "業務グループ.xlsm", "レセプトグループ.xlsm", "企画総務グループ.xlsm"
TOTAL = "1-2-4/査定金額/当年/合計"
RATE = "1-2-2/決定達成/当年/達成率"
COUNT = "1-2-2/決定達成/当年/決定件数"
COUNTED, PERCENT = ('#,##0" 件"',), ("0.0%", "0.00%")
"""How the cells for counts and for rates look."""


@pytest.fixture
def book(period: Path) -> Path:
    return period / "提出" / CLAIMS


def of(fixed: FixedBook) -> list[tuple[str, str, str, str]]:
    """Cell, before, after and rule of each repair."""
    assert fixed.failure == ""
    return [(f"{one.edit.sheet}!{one.edit.cell}", one.before, one.after, one.code) for one in fixed.repairs]


def mended(book: Path) -> list[tuple[str, str, str, str]]:
    (fixed,) = fix_books([book], recomputed=True)
    assert fixed.written == bool(fixed.repairs)
    return of(fixed)


COMMITTEES = {f"3-3!D{row}" for row in range(12, 18)}


def at(place: Source) -> str:
    return f"{place.sheet}!{place.cell}"


def held(folder: Path, place: Source) -> Any:
    return loaded(folder / "提出" / place.workbook)[place.sheet][place.cell]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def resaved_by_openpyxl(book: Path, _: Office) -> None:
    openpyxl.load_workbook(book).save(book)


def resaved_by_libreoffice(book: Path, office: Office) -> None:
    with office.edit(book):
        pass


def of_terms(fixed: FixedBook) -> set[str]:
    """The cells in which a term is replaced."""
    return {cell for cell, *_, code in of(fixed) if code == "WO08"}


@pytest.fixture(scope="module")
def usual() -> set[str]:
    """The cells in which terms are replaced as the plan of the sample has them."""
    (fixed,) = fix_books([SAMPLE / "提出" / PLANNING], dry_run=True)
    return of_terms(fixed)


class Typed:
    """A book of the sample with one of several texts in each of some cells, and what a repair did with it."""

    def __init__(self, folder: Path, texts: Mapping[str, Source], *, recomputed: bool = False) -> None:
        (name,) = {place.workbook for place in texts.values()}
        self._places, self._path = texts, folder / "提出" / name
        self._path.parent.mkdir(parents=True)
        shutil.copy(SAMPLE / "計画.xlsx", folder)
        shutil.copy(SAMPLE / "提出" / name, self._path)
        type_all(folder, [(place, text) for text, place in texts.items()])
        (self.fixed,) = fix_books([self._path], recomputed=recomputed)
        assert self.fixed.failure == ""

    def place(self, text: str) -> str:
        return at(self._places[text])

    def cell(self, text: str) -> Any:
        """The cell after the repair."""
        place = self._places[text]
        return loaded(self._path)[place.sheet][place.cell]

    def look_before(self, text: str) -> str:
        place = self._places[text]
        return str(loaded(SAMPLE / "提出" / place.workbook)[place.sheet][place.cell].number_format)

    @property
    def left(self) -> list[tuple[str, str, str]]:
        """Cell, text and reason of what is left."""
        return [(at(one.source), one.before, one.reason) for one in self.fixed.left]


def typed_cells(looks: tuple[str, ...]) -> list[Source]:
    """The cells for typed numbers with these looks in the book of 業務, but the parts of `RATE`."""
    figures = [one for one in consolidated(SAMPLE).figures if one.cell.kind is CellKind.TYPED]
    return [
        one.source
        for one in figures
        if one.source and one.source.workbook == BENEFITS and one.cell.format.code in looks
        if not str(one.id).startswith("1-2-2/決定達成/当年/")
    ]


def lines_of(group: str) -> list[Source]:
    """The cells of the lines of a group's book of the sample that are marked with ・."""
    books = [one for one in consolidated(SAMPLE).submissions if one.group == group]
    lines = [line for book in books for item in book.items for line in item.lines]
    return [line.source for line in lines if line.source and line.text.startswith("・")]


WORDS = {
    "・メルマガで周知し、メルマガに掲載": "・メールマガジンで周知し、メールマガジンに掲載",
    "・メルマガ\u200b登録": "・メールマガジン登録",
    "・県内非保険者に周知": "・県内非保険者に周知",
    "・メルマガジン": "・メルマガジン",
}


@pytest.fixture(scope="module")
def with_words(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    places = lines_of("企画総務グループ")
    return Typed(tmp_path_factory.mktemp("words"), dict(zip(WORDS, places, strict=False)))


class TestTheSample:
    def test_every_overwritten_cell_gets_its_formula_back(self, period: Path) -> None:
        found = {fixed.path.name: of(fixed) for fixed in fix_books([period], recomputed=True)}
        assert [one for one in found[CLAIMS] if one[2].startswith("算式")] == [
            ("1-2-4!I29", "168,839 千円", "算式（244,116 千円）", "CA02"),
            ("1-2-4!I30", "186,778 千円", "算式（298,708 千円）", "CA02"),
        ]
        assert [(cell, after) for cell, _, after, code in found[PLANNING] if code == "CA03"] == [
            ("2-4!G70", "算式（8.9％）"),
            ("2-4!G71", "算式（8.2％）"),
            ("2-4!G73", "算式（7.9％）"),
            ("2-4!G75", "算式（13.8％）"),
            ("2-4!G76", "算式（10.7％）"),
        ]
        assert {code for *_, code in found[PLANNING]} == {"CA03", "WO08"}
        findings = [one for book in check_books([period]).books for one in book.findings]
        assert [one for one in findings if one.code in ("CA01", "CA02", "CA03", "ST05")] == []
        errors = [one for one in findings if one.severity is Severity.ERROR]
        assert make_report(period).error_count == len(errors)

    def test_a_term_that_is_automatic_is_written_as_the_plan_wants_it(self, period: Path) -> None:
        (fixed,) = fix_books([period / "提出" / PLANNING])
        assert [one for one in of(fixed) if one[3] == "WO08"] == [
            ("1-1!D13", "「メルマガ」", "「メールマガジン」", "WO08"),
            ("2-4!D25", "「健康保険だより」", "「健康保険委員だより」", "WO08"),
            ("2-4!D25", "「4半期」", "「四半期」", "WO08"),
            *(
                (f"3-3!D{row}", "「コンプライアンス保護委員会」", "「コンプライアンス委員会」", "WO08")
                for row in (12, 13, 14, 15)
            ),
            *((f"3-3!D{row}", "「リスク管理員会」", "「リスク管理委員会」", "WO08") for row in (16, 17)),
        ]
        text = str(loaded(period / "提出" / PLANNING)["2-4"]["D25"].value)
        assert "健康保険委員だより" in text
        assert "四半期" in text
        assert of(fix_books([period / "提出" / PLANNING])[0]) == []

    @pytest.mark.parametrize(
        ("settings", "kept"),
        [
            (
                {"コード": "WO08", "使う": "しない"},
                {"1-1!D13", "2-4!D25", *COMMITTEES},
            ),
            ({"コード": "WO08", "除く項": "3-3"}, COMMITTEES),
            ({"コード": "WO08", "除く言葉": "メルマガ"}, {"1-1!D13"}),
            ({"コード": "WO08", "使う": "試行"}, set()),
        ],
    )
    def test_what_the_office_has_not_reported_is_left(
        self, period: Path, usual: set[str], settings: dict[str, str], kept: set[str]
    ) -> None:
        with edited(period / "計画.xlsx") as book:
            sheet = book.create_sheet("規則")
            sheet.append(list(settings))
            sheet.append(list(settings.values()))
        (fixed,) = fix_books([period / "提出" / PLANNING], dry_run=True)
        assert usual - of_terms(fixed) == kept

    def test_a_term_that_is_not_automatic_is_offered(self, period: Path) -> None:
        (fixed,) = fix_books([period / "提出" / BENEFITS], dry_run=True)
        left = [(f"{one.source.sheet}!{one.source.cell}", one.before, one.reason) for one in fixed.left]
        assert [one[:2] for one in left] == [("1-2-2!D13", "「HP」"), ("1-2-2!D17", "「取組み」")]
        assert "「ホームページ」と書きます" in left[0][2]

    @pytest.mark.parametrize(("text", "after"), WORDS.items())
    def test_only_words_of_their_own_change(self, with_words: Typed, text: str, after: str) -> None:
        assert with_words.cell(text).value == after

    def test_a_glyph_becomes_that_of_the_scale(self, book: Path) -> None:
        assert ("1-2-5!E24", "○", "〇") in [one[:3] for one in mended(book)]

    def test_twice_is_once(self, book: Path) -> None:
        before = book.read_bytes()
        assert mended(book)
        once = book.read_bytes()
        assert mended(book) == []
        assert (book.read_bytes(), backup_path(book).read_bytes()) == (once, before)

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, book: Path) -> None:
        before = book.read_bytes()
        (dry,) = fix_books([book], dry_run=True, recomputed=True)
        assert (book.read_bytes(), backup_path(book).exists(), dry.written) == (before, False, False)
        assert of(dry) == mended(book)

    def test_only_the_parts_of_the_mended_sheets_change(self, book: Path) -> None:
        before = members(book)
        mended(book)
        after = members(book)
        assert list(before) == list(after)
        changed = {name for name in before if before[name] != after[name]}
        assert len(changed) == 2
        assert all(name.startswith("xl/worksheets/sheet") for name in changed)

    @pytest.mark.parametrize("resave", [resaved_by_openpyxl, resaved_by_libreoffice])
    def test_after_other_programs_saved_it(
        self, book: Path, office: Office, resave: Callable[[Path, Office], None]
    ) -> None:
        wanted = of(fix_books([book], dry_run=True, recomputed=True)[0])
        resave(book, office)
        assert mended(book) == wanted
        values = office.recalculated(book)
        assert [values["1-2-4"][cell] for cell in ("I29", "I30")] == [244116, 298708]
        assert mended(book) == []

    def test_a_flagged_book_keeps_its_marks_and_can_be_unflagged(self, book: Path, period: Path) -> None:
        clean = book.read_bytes()
        flag_books([book], today=TODAY)
        mended(book)
        place = figure_cell(period, TOTAL)
        assert held(period, place).comment is not None
        assert [one.failure for one in unflag_books([book], today=TODAY)] == [""]
        after = members(book)
        book.write_bytes(clean)
        mended(book)
        assert {name for name, content in members(book).items() if after.get(name) != content} == set()


UNSURE = ["(12)", "ー12", "＋12", "0.333333333333333333", "1.689", "31 350", "1\u00ad2"]
LETTERS = ["\ue000", "〓", "\ufffd", "サ一ビス", "\u202e"]


@pytest.fixture(scope="module")
def with_unsure(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    return Typed(tmp_path_factory.mktemp("unsure"), dict(zip(UNSURE, typed_cells(COUNTED), strict=False)))


@pytest.fixture(scope="module")
def with_letters(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    places = [one for one in lines_of("業務グループ") if one.sheet == "1-2-2"]
    words = [f"・お客様満足度調査を周知した。{letter}" for letter in LETTERS]
    return Typed(tmp_path_factory.mktemp("letters"), dict(zip(words, places, strict=False)))


class TestWhatIsLeft:
    """Without `recomputed` no value changes; what is not certain is listed with the reason."""

    def test_a_value_that_was_overwritten_another(self, period: Path, book: Path) -> None:
        before = values(period)
        (fixed,) = fix_books([book])
        assert [(at(one.source), one.before, one.reason) for one in fixed.left] == [
            (
                f"1-2-4!{cell}",
                typed,
                f"計算した値（{computed}）と違います。計算した値にするときは、セルを空にしてください",
            )
            for cell, typed, computed in (
                ("I29", "168,839 千円", "244,116 千円"),
                ("I30", "186,778 千円", "298,708 千円"),
            )
        ]
        assert values(period) == before

    def test_an_emptied_one_gets_its_formula_back(self, period: Path, book: Path) -> None:
        place = figure_cell(period, TOTAL)
        type_into(period, place, None)
        (fixed,) = fix_books([book])
        assert (at(place), "空欄", "算式（244,116 千円）") in [one[:3] for one in of(fixed)]

    def test_one_that_reads_as_the_formula_does(self, period: Path, book: Path) -> None:
        place = figure_cell(period, TOTAL)
        type_into(period, place, 244116)
        (fixed,) = fix_books([book])
        assert at(place) in [one[0] for one in of(fixed)]

    @pytest.mark.parametrize("text", UNSURE)
    def test_a_number_that_may_be_another(self, with_unsure: Typed, text: str) -> None:
        assert (with_unsure.place(text), text, "ほかの読み方もできます") in with_unsure.left
        assert with_unsure.cell(text).value == text

    def test_the_command_lists_them(self, book: Path) -> None:
        done = CliRunner().invoke(main, ["fix", "--dry-run", str(book)])
        assert "  1-2-4!I29  168,839 千円 はそのままです（計算した値（244,116 千円）" in done.stdout


class TestLetters:
    def test_radicals_and_unseen_ones_become_what_they_are(self, period: Path) -> None:
        place = line_cell(period, "1-2-2", beginning="・お客様満足度調査")
        text = held(period, place).value
        odd = text.replace("足", "\u2f9c").replace("調査", "調\u200b査")
        assert odd != text
        type_into(period, place, odd)
        (fixed,) = fix_books([period / "提出" / place.workbook])
        assert (at(place), "WO14") in [(cell, code) for cell, *_, code in of(fixed)]
        assert held(period, place).value == text

    @pytest.mark.parametrize("letter", LETTERS)
    def test_what_nobody_can_know_stays(self, with_letters: Typed, letter: str) -> None:
        text = f"・お客様満足度調査を周知した。{letter}"
        found = [(place, reason) for place, _, reason in with_letters.left]
        assert (with_letters.place(text), "正しい字が決まりません") in found
        assert with_letters.cell(text).value == text

    def test_unseen_ones_at_a_number(self, period: Path) -> None:
        place = figure_cell(period, COUNT)
        type_into(period, place, "\ufeff43,\u200b089\u00a0件")
        (fixed,) = fix_books([period / "提出" / place.workbook])
        assert at(place) in [one[0] for one in of(fixed)]
        assert held(period, place).value == 43089


def values(period: Path) -> list[object]:
    return [figure.printed_value for figure in consolidated(period).figures]


@pytest.mark.parametrize("first", [0, 4, 8])
def test_no_value_changes(period: Path, first: int) -> None:
    """Each of these as a count in one of the rounds, and as a rate."""
    typed = (
        *("４３，０８９", "43,089件", "△１２", "96.5％", "\u200b12", "12 件"),
        *("７", "１,２３４", "0.5", "約12", "1 2", "12-"),
    )
    figures = [one for one in consolidated(period).figures if one.cell.kind is CellKind.TYPED]
    places = [(one.source, one.cell.format.code) for one in figures if one.source]
    counts = [place for place, code in places if place.workbook == BENEFITS and code == '#,##0" 件"']
    rates = [place for place, code in places if place.workbook == BENEFITS and code in ("0.0%", "0.00%")]
    assert (len(counts), len(rates)) == (14, 4)
    with edited(period / "提出" / BENEFITS) as book:
        for group in (counts, rates):
            for place, text in zip(group, (*typed[first:], *typed[:first]), strict=False):
                book[place.sheet][place.cell].value = text
    before = values(period)
    (fixed,) = fix_books([period / "提出" / BENEFITS])
    assert fixed.failure == ""
    assert fixed.written
    assert values(period) == before


class TestMoved:
    @pytest.mark.parametrize("change", ["rows", "columns"])
    def test_the_formula_follows_what_staff_moved(self, book: Path, office: Office, change: str) -> None:
        with office.edit(book) as document:
            if change == "rows":
                edits.insert_rows(document, "1-2-4", 28, 3)
            else:
                edits.insert_columns(document, "1-2-4", "F", 2)
        cell = {"rows": "I32", "columns": "K29"}[change]
        assert f"1-2-4!{cell}" in [one[0] for one in mended(book)]
        assert office.recalculated(book)["1-2-4"][cell] == 244116

    def test_rows_in_another_order(self, period: Path, office: Office) -> None:
        book = period / "提出" / PLANNING
        with office.edit(book) as document:
            edits.sort_range(document, "2-4", "D70:G76", "E", ascending=False)
        before = read_submission(book, read_plan(period / "計画.xlsx"))
        assert len(mended(book)) >= 5
        after = read_submission(book, read_plan(period / "計画.xlsx"))
        assert [len(item.lines) for item in after.items] == [len(item.lines) for item in before.items]
        assert mended(book) == []
        values = office.recalculated(book)["2-4"]
        for row in range(70, 77):
            if isinstance(values.get(f"G{row}"), float):
                assert values[f"G{row}"] == pytest.approx(values[f"F{row}"] / values[f"E{row}"], abs=0.0006)


NUMBERS = {
    "43,089 件": (COUNTED, 43089),
    "４３，０８９": (COUNTED, 43089),
    "△１２": (COUNTED, -12),
    "96.5％": (PERCENT, 0.965),
    "９６．５": (PERCENT, 0.965),
}
NO_NUMBERS = {
    **dict.fromkeys(("未集計", "約4万件", "(12)", "－", "10 20"), COUNTED),
    "0.965": PERCENT,
}


@pytest.fixture(scope="module")
def with_numbers(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    cells = {looks: iter(typed_cells(looks)) for looks in (COUNTED, PERCENT)}
    wanted = {text: looks for text, (looks, _) in NUMBERS.items()} | NO_NUMBERS
    places = {text: next(cells[looks]) for text, looks in wanted.items()}
    return Typed(
        tmp_path_factory.mktemp("numbers"), places | {"集計中": figure_cell(SAMPLE, RATE)}, recomputed=True
    )


@pytest.mark.parametrize(("text", "value"), [(text, value) for text, (_, value) in NUMBERS.items()])
def test_a_number_in_text_becomes_one_with_the_look_of_its_cell(
    with_numbers: Typed, text: str, value: float
) -> None:
    repairs = [(cell, before, code) for cell, before, _, code in of(with_numbers.fixed)]
    assert (with_numbers.place(text), text, "VA03") in repairs
    cell = with_numbers.cell(text)
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", with_numbers.look_before(text))


@pytest.mark.parametrize("text", [*NO_NUMBERS, "集計中"])
def test_what_is_not_certain_stays(with_numbers: Typed, text: str) -> None:
    assert with_numbers.place(text) not in [one[0] for one in of(with_numbers.fixed)]
    assert with_numbers.cell(text).value == text


@pytest.fixture(scope="module")
def rate(office: Office) -> object:
    """The rate as LibreOffice computes it in the book that was handed in."""
    place = figure_cell(SAMPLE, RATE)
    return office.recalculated(SAMPLE / "提出" / place.workbook)[place.sheet][place.cell]


@pytest.mark.parametrize("typed", [0.5, "99.9％", "=1/3", "#REF!", None])
def test_a_formula_comes_back(period: Path, office: Office, rate: object, typed: float | str | None) -> None:
    place = figure_cell(period, RATE)
    formula, book = held(period, place).value, period / "提出" / place.workbook
    type_into(period, place, typed)
    assert at(place) in [one[0] for one in mended(book)]
    assert held(period, place).value == formula
    shown = openpyxl.load_workbook(book, data_only=True)[place.sheet][place.cell].value
    assert shown == pytest.approx(rate)
    assert office.recalculated(book)[place.sheet][place.cell] == pytest.approx(rate)


def test_one_whose_parts_are_missing_keeps_its_number(period: Path) -> None:
    place = figure_cell(period, RATE)
    type_into(period, place, 0.5)
    type_into(period, figure_cell(period, COUNT), None)
    assert at(place) not in [one[0] for one in mended(period / "提出" / place.workbook)]
    assert held(period, place).value == 0.5


def test_a_cell_that_was_made_one_of_text_shows_its_number_again(period: Path) -> None:
    place = figure_cell(period, COUNT)
    path = period / "提出" / place.workbook
    book = openpyxl.load_workbook(path)
    cell = book[place.sheet][place.cell]
    code, cell.number_format, cell.value = cell.number_format, "@", "43,089"
    book.save(path)
    mended(path)
    assert (held(period, place).value, held(period, place).number_format) == (43089, code)


def test_right_glyphs_and_unknown_ones_stay(period: Path) -> None:
    place = rating_cell(period, "1-2-5", "1")
    for glyph in ("〇", "良"):
        type_into(period, place, glyph)
        assert at(place) not in [one[0] for one in mended(period / "提出" / place.workbook)]
        assert held(period, place).value == glyph


class TestTrouble:
    def test_an_open_book_and_a_foreign_one_stay_and_stop_no_other(self, period: Path, book: Path) -> None:
        (book.parent / f"~${CLAIMS}").write_bytes(b"")
        foreign = book.with_name("業務グループ.xlsm")
        openpyxl.Workbook().save(foreign)
        kept = book.read_bytes(), foreign.read_bytes()
        files = [book, foreign, period / "提出" / PLANNING]
        found = {fixed.path.name: fixed for fixed in fix_books(files, recomputed=True)}
        assert "閉じて" in found[CLAIMS].failure
        assert "入力ブックではありません" in found[foreign.name].failure
        assert found[PLANNING].written
        assert (book.read_bytes(), foreign.read_bytes()) == kept
        assert not backup_path(book).exists()

    def test_a_table_of_another_definition_stays(self, period: Path, book: Path) -> None:
        place = figure_cell(period, TOTAL)
        opened = openpyxl.load_workbook(book)
        stamp = opened["kx"]
        for row in stamp.iter_rows():
            if row[1].value == "1-2-4/査定金額":
                row[2].value = "0123456789abcdef"
        opened.save(book)
        assert at(place) not in [one[0] for one in mended(book)]

    def test_the_command_lists_and_ends_with_3_where_a_book_stays(self, period: Path, book: Path) -> None:
        shutil.copy(book, period / "写し.xlsx")
        (period / "空.xlsx").write_bytes(b"")
        files = [str(period / "写し.xlsx"), str(period / "空.xlsx")]
        done = CliRunner().invoke(main, ["fix", "--recomputed", *files])
        assert done.exit_code == 3
        assert done.stderr.count("\n") == 1
        assert "  1-2-4!I29  168,839 千円 → 算式（244,116 千円）（CA02）" in done.stdout.splitlines()
        again = CliRunner().invoke(main, ["fix", "--dry-run", str(period / "写し.xlsx")])
        assert (again.exit_code, again.stdout) == (0, f"直すところはありません: {period / '写し.xlsx'}\n")
