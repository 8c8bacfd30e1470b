"""Checking books: which plan, which neighbours, what is skipped, what fails, what was accepted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, Rule
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Family, Finding, Severity, Status, Violation
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.carry.write_books import write_input_book
from kenpo_xl.tasks.check import BookStatus, check_books
from tests.edited import edited
from tests.own_rules import broken, overwritten, rule, silent, use
from tests.tasks.books import figure_cell, type_into

CLAIMS = "レセプトグループ.xlsm"
TOTAL = "1-2-4/査定金額/当年/合計"
Rules = Callable[..., None]


@pytest.fixture(autouse=True)
def only(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Puts these rules in the place of all others; to begin with, one of our own."""

    def put(*these: Rule) -> None:
        use(monkeypatch, *these)

    put(rule(overwritten))
    return put


class TestWhichPlan:
    def test_the_folder_above_the_book(self, period: Path) -> None:
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert (book.status, book.group) == (BookStatus.CHECKED, "レセプトグループ")
        assert book.period == "令和6年度第3四半期"

    def test_a_book_elsewhere_needs_to_be_told(self, period: Path, tmp_path: Path) -> None:
        alone = Path(shutil.copy(period / "提出" / CLAIMS, tmp_path))
        (book,) = check_books([alone]).books
        assert book.status is BookStatus.UNREADABLE
        assert "「入力」に置くか、コマンドの --plan で" in book.failure
        (book,) = check_books([alone], plan=period / "計画.xlsx").books
        assert book.status is BookStatus.CHECKED

    def test_a_book_that_is_not_there_is_told_before_its_plan(self, tmp_path: Path) -> None:
        (book,) = check_books([tmp_path / CLAIMS]).books
        assert book.failure == f"{tmp_path / CLAIMS} がありません。ファイルの場所と名前を確かめてください。"

    def test_a_broken_plan_is_the_failure_of_its_books(self, period: Path) -> None:
        (period / "計画.xlsx").write_bytes(b"")
        result = check_books([period])
        assert {book.status for book in result.books} == {BookStatus.UNREADABLE}
        assert all("計画.xlsx" in book.failure for book in result.books)


class TestACopyInItsPlace:
    """A book is checked as it would be if it held what a copy holds that stands elsewhere."""

    @pytest.fixture
    def copy(self, period: Path, tmp_path: Path) -> Path:
        """The book as somebody goes on typing into it: its total is put right."""
        place = figure_cell(period, TOTAL)
        saved = (period / "提出" / CLAIMS).read_bytes()
        type_into(period, place, "=SUM(B3)")
        copy = tmp_path / "写し" / CLAIMS
        copy.parent.mkdir()
        (period / "提出" / CLAIMS).replace(copy)
        (period / "提出" / CLAIMS).write_bytes(saved)
        return copy

    def test_the_same_is_found_as_in_the_saved_book(self, period: Path, copy: Path) -> None:
        book = period / "提出" / CLAIMS
        found = check_books([book], copies={book: copy})
        assert found != check_books([book])
        copy.replace(book)
        assert found == check_books([book])
        assert found.books[0].findings

    def test_its_plan_and_neighbours_are_those_of_the_book(
        self, period: Path, copy: Path, only: Rules
    ) -> None:
        seen = []

        def neighbours(case: CheckContext) -> Iterator[Violation]:
            seen.append([one.group for one in case.neighbours or ()])
            yield from ()

        only(rule(neighbours))
        book = period / "提出" / CLAIMS
        assert check_books([book], copies={book: copy}).books[0].status is BookStatus.CHECKED
        assert len(seen[0]) == 3


class TestWhichBooks:
    def test_a_folder_stands_for_what_was_submitted(self, period: Path) -> None:
        (period / "提出" / "~$業務グループ.xlsm").write_bytes(b"lock")
        assert [book.path for book in check_books([period]).books] == sorted(
            (period / "提出").glob("[!~]*.xlsm")
        )

    def test_copies_beside_their_original_are_left_out(self, period: Path) -> None:
        shutil.copy(period / "提出" / CLAIMS, period / "提出" / f"{Path(CLAIMS).stem} - コピー.xlsx")
        assert len(check_books([period]).books) == 4

    def test_else_for_the_input_books(self, period: Path) -> None:
        (period / "提出").rename(period / "入力")
        assert {book.path.parent.name for book in check_books([period]).books} == {"入力"}

    def test_or_for_the_books_in_itself(self, period: Path) -> None:
        assert len(check_books([period / "提出"]).books) == 4

    def test_an_empty_folder_is_told(self, tmp_path: Path) -> None:
        (book,) = check_books([tmp_path]).books
        assert book.failure.endswith("指定してください。")

    def test_one_that_cannot_be_read_stops_no_other(self, period: Path) -> None:
        (period / "提出" / CLAIMS).write_bytes(b"PK\3\4 truncated")
        result = check_books([period, period / "ない.xlsx"])
        assert [book.status for book in result.books].count(BookStatus.CHECKED) == 3
        assert [CLAIMS in book.failure or "ない.xlsx" in book.failure for book in result.books].count(
            True
        ) == 2
        assert not result.has_no_failures


class TestNeighbours:
    def seen(self, only: Rules) -> list[tuple[str, ...] | None]:
        groups: list[tuple[str, ...] | None] = []

        def look(case: CheckContext) -> Iterator[Violation]:
            around = case.neighbours
            groups.append(tuple(sorted(book.group for book in around)) if around is not None else None)
            yield from ()

        only(rule(look))
        return groups

    def test_the_other_groups_of_the_folder(self, period: Path, only: Rules) -> None:
        groups = self.seen(only)
        check_books([period / "提出" / CLAIMS])
        assert groups == [("企画総務グループ", "保健グループ", "業務グループ")]

    def test_what_is_no_valid_book_is_none(self, period: Path, only: Rules) -> None:
        groups = self.seen(only)
        (period / "提出" / "業務グループ.xlsm").write_bytes(b"")
        shutil.copy(period / "計画.xlsx", period / "提出" / "写し.xlsx")
        shutil.copy(period / "提出" / CLAIMS, period / "提出" / "写し2.xlsx")
        check_books([period / "提出" / CLAIMS])
        assert groups == [("企画総務グループ", "保健グループ")]

    @pytest.mark.parametrize("newest", ["業務グループ.xlsm", "あ.xlsx", "龠.xlsx"])
    def test_of_two_books_of_a_group_the_newest_counts(self, period: Path, only: Rules, newest: str) -> None:
        books: list[str] = []

        def look(case: CheckContext) -> Iterator[Violation]:
            books.extend(book.workbook for book in case.neighbours or ())
            yield from ()

        only(rule(look))
        for name in ("あ.xlsx", "龠.xlsx"):
            shutil.copy(period / "提出" / "業務グループ.xlsm", period / "提出" / name)
        os.utime(period / "提出" / newest, (2**32, 2**32))
        check_books([period / "提出" / CLAIMS])
        assert {"業務グループ.xlsm", "あ.xlsx", "龠.xlsx"} & set(books) == {newest}

    def reasons(self, period: Path) -> dict[str, str]:
        """Why a rule that compares with other groups was skipped, of every book that was read."""
        books = check_books([period]).books
        return {book.path.name: book.rules[0].reason for book in books if not book.failure}

    @pytest.mark.parametrize("content", [b"", b"PK\3\4 truncated", b"text"])
    def test_one_that_cannot_be_read_is_the_reason_of_the_rules_across(
        self, period: Path, only: Rules, content: bytes
    ) -> None:
        only(rule(overwritten, across=True))
        assert set(self.reasons(period).values()) == {""}
        (period / "提出" / "業務グループ.xlsm").write_bytes(content)
        said = "業務グループ.xlsm を読めないため、ほかのグループとの比較は調べていません。"
        assert set(self.reasons(period).values()) == {said}
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert [(one.status, one.reason) for one in book.rules] == [(Status.SKIPPED, said)]
        assert [finding.identity for finding in book.findings] != []

    def test_one_that_is_not_there_too(self, period: Path, only: Rules) -> None:
        only(rule(overwritten, across=True), rule(overwritten, "CA92"))
        (period / "提出" / "業務グループ.xlsm").unlink()
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert [one.reason for one in book.rules] == [
            "業務グループのブックがないため、ほかのグループとの比較は調べていません。",
            "",
        ]

    def test_another_file_in_the_folder_is_none(self, period: Path, only: Rules) -> None:
        only(rule(overwritten, across=True))
        openpyxl.Workbook().save(period / "提出" / "名簿.xlsx")
        assert set(self.reasons(period).values()) == {""}

    def test_a_book_alone_skips_the_rules_that_need_them(self, period: Path, only: Rules) -> None:
        for path in (period / "提出").iterdir():
            if path.name != CLAIMS:
                path.unlink()
        only(
            rule(overwritten, needs=Requirement.NEIGHBOURS),
            rule(overwritten, "TI90", needs=Requirement.HISTORY),
        )
        (book,) = check_books([period]).books
        assert [(one.status, one.reason[:4]) for one in book.rules] == [
            (Status.SKIPPED, "ほかのグ"),
            (Status.SKIPPED, "比べる前"),
        ]
        assert book.findings == ()


class TestDictionary:
    def test_rules_on_words_get_the_tokens_of_a_text(self, period: Path, only: Rules) -> None:
        seen: list[str] = []

        def words(context: CheckContext) -> Iterator[Violation]:
            seen.extend(token.reading for token in context.tokens("広報を図った"))
            yield from ()

        only(rule(words, needs=Requirement.DICTIONARY))
        check_books([period / "提出" / CLAIMS])
        assert seen == ["コウホウ", "ヲ", "ハカッ", "タ"]

    def test_they_are_skipped_without_one(
        self, period: Path, only: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kenpo_xl.tasks.check_session.available_tokenizer", lambda: None)
        only(rule(overwritten, needs=Requirement.DICTIONARY))
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert [(one.status, one.reason) for one in book.rules] == [
            (Status.SKIPPED, "このパソコンに文章を調べる辞書がないため調べていません。")
        ]
        assert book.findings == ()


class TestHistory:
    def test_only_what_was_before(self, period: Path, only: Rules) -> None:
        seen: list[int] = []

        def look(case: CheckContext) -> Iterator[Violation]:
            seen.append(len(case.history.periods) if case.history else 0)
            yield from ()

        only(rule(look))
        check_books([period / "提出" / CLAIMS], history=period)
        assert seen == [0]

    def test_a_folder_without_periods_is_refused(self, period: Path, tmp_path: Path) -> None:
        (tmp_path / "空").mkdir()
        with pytest.raises(KenpoError):
            check_books([period], history=tmp_path / "空")


class TestRules:
    def test_one_that_raises_is_named_after_all_others_ran(self, period: Path, only: Rules) -> None:
        only(rule(broken, "CA01"), rule(overwritten, "CA02"))
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert book.status is BookStatus.PARTLY
        assert [(one.code, one.status) for one in book.rules] == [
            ("CA01", Status.FAILED),
            ("CA02", Status.RAN),
        ]
        assert {finding.code for finding in book.findings} == {"CA02"}

    def test_one_that_yields_is_silent_where_the_other_spoke(self, period: Path, only: Rules) -> None:
        def told(book: Path) -> dict[str, int]:
            found = check_books([book]).books[0].findings
            return {code: sum(one.code == code for one in found) for code in ("CA01", "CA02")}

        def first(case: CheckContext) -> Iterator[Violation]:
            yield next(iter(overwritten(case)))

        book = period / "提出" / CLAIMS
        only(rule(first, "CA01"), rule(overwritten, "CA02"))
        assert told(book) == {"CA01": 1, "CA02": 2}
        only(rule(first, "CA01"), rule(overwritten, "CA02", superseded_by=("CA01",)))
        assert told(book) == {"CA01": 1, "CA02": 1}

    def test_of_another_plans_book_only_the_structure_is_looked_at(self, period: Path, only: Rules) -> None:
        def foreign(case: CheckContext) -> Iterator[Violation]:
            yield Violation(
                Source(case.submission.workbook, "", ""), "", case.survey.foreign, "入れ替えてください。"
            )

        only(rule(foreign, "ST90", family=Family.STRUCTURE), rule(overwritten))
        edit_plan(period, "基本", "B4", 2)
        (book,) = check_books([period / "提出" / CLAIMS]).books
        assert [finding.code for finding in book.findings] == ["ST90"]
        assert [(one.code, one.status) for one in book.rules] == [
            ("CA90", Status.SKIPPED),
            ("ST90", Status.RAN),
        ]


class TestMissingBooks:
    SENTENCE = "業務グループのブックが「提出」にありません。そろうまで、報告書は案になります。"

    def test_a_group_without_one_is_named_for_a_period_folder_alone(self, period: Path, only: Rules) -> None:
        only(rule(silent))
        assert check_books([period]).failures == ()
        (period / "提出" / "業務グループ.xlsm").unlink()
        assert check_books([period]).failures == (self.SENTENCE,)
        assert check_books([period / "提出" / CLAIMS]).failures == ()
        assert check_books([period / "提出"]).failures == ()


class TestAccepted:
    def finding(self, book: Path, only: Rules, severity: Severity = Severity.WARNING) -> Finding:
        only(rule(overwritten, severity=severity))
        return next(found for found in check_books([book]).books[0].findings if found.identity == TOTAL)

    def test_beside_the_finding_or_in_the_record(self, period: Path, only: Rules) -> None:
        book = period / "提出" / CLAIMS
        found = self.finding(book, only)
        accept(book, found)
        (checked,) = check_books([book]).books
        assert checked.reason_by_finding == {found: "資料のとおりです"}
        assert checked.closure(found) is Closure.ACCEPTED
        assert found not in checked.open_findings
        assert check_books([book]).closed_counts == {Closure.ACCEPTED: 1}

    def test_it_lapses_when_the_value_changes(self, period: Path, only: Rules) -> None:
        book = period / "提出" / CLAIMS
        accept(book, self.finding(book, only))
        type_into(period, figure_cell(period, TOTAL), 168840)
        (checked,) = check_books([book]).books
        assert checked.reason_by_finding == {}
        assert TOTAL in {one.identity for one in checked.open_findings}

    def test_an_error_is_not_accepted_but_explained(self, period: Path, only: Rules) -> None:
        book = period / "提出" / CLAIMS
        found = self.finding(book, only, Severity.ERROR)
        accept(book, found)
        (checked,) = check_books([book]).books
        assert checked.reason_by_finding == {found: "資料のとおりです"}
        assert checked.closure(found) is Closure.EXPLAINED
        assert found in checked.findings

    def test_a_book_is_submitted_all_the_same_once_every_error_has_its_reason(
        self, period: Path, only: Rules
    ) -> None:
        book = period / "提出" / CLAIMS
        self.finding(book, only, Severity.ERROR)
        (bare,) = check_books([book]).books
        assert (bare.open_errors, bare.override_reason) == (list(bare.findings), "")
        first, *others = bare.findings
        accept(book, first)
        (checked,) = check_books([book]).books
        assert (checked.open_errors, checked.override_reason) == (
            others,
            "" if others else "資料のとおりです",
        )
        for error in others:
            accept(book, error)
        (checked,) = check_books([book]).books
        assert (checked.open_errors, checked.override_reason) == ([], "資料のとおりです")

    def test_another_rule_or_cell_is_not_meant(self, period: Path, only: Rules) -> None:
        book = period / "提出" / CLAIMS
        found = self.finding(book, only)
        accept(book, found, code="CA91")
        accept(book, found, identity=TOTAL.replace("当年", "前年"))
        assert not check_books([book]).closed_counts

    def test_a_book_that_is_built_anew_keeps_the_record(self, period: Path, only: Rules) -> None:
        book = period / "提出" / CLAIMS
        found = self.finding(book, only)
        accept(book, found)
        plan = read_plan(period / "計画.xlsx")
        write_input_book(plan, "レセプトグループ", book, read_submission(book, plan))
        assert check_books([book]).closed_counts == {Closure.ACCEPTED: 1}


def test_a_check_loads_no_heavy_package(period: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kenpo_xl.tasks.check import check_books; "
        "check_books([Path(sys.argv[1])]); check_books([Path(sys.argv[1])]); "
        "print({'openpyxl', 'pandas', 'pyarrow', 'xlsxwriter', 'xlwings', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(period / "提出")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def accept(book: Path, finding: Finding, **other: str) -> None:
    """Type a row into 確認記録."""
    row = [other.get("code", finding.code), other.get("identity", finding.identity), finding.actual]
    with edited(book) as opened:
        opened["確認記録"].append([*row, "資料のとおりです", "山田", "1月20日"])


def edit_plan(folder: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(folder / "計画.xlsx")
    book[sheet][cell] = value
    book.save(folder / "計画.xlsx")
