"""What is kept between runs is never stale, never trusted blindly, and never missed."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import PlanError, read_plan
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.results.adjustments import (
    Adjustments,
    Choice,
    FigureAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import AlteredText, Survey
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.resources import digest_of_source
from kenpo_xl.tasks.period import parse_cache
from kenpo_xl.tasks.period.parse_cache import (
    cached_adjustments,
    cached_book,
    cached_plan,
    cached_submission,
    cached_template,
    cached_vocabulary,
)
from kenpo_xl.tasks.report import make_report
from kenpo_xl.tokenizer import available_tokenizer
from tests.paths import TEMPLATE

READ = "kenpo_xl.books.plan.reader.read_plan"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kenpo-xl"


def test_a_plan_is_read_once(period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = cached_plan(period / "計画.xlsx")
    assert plan == read_plan(period / "計画.xlsx")
    monkeypatch.delattr(READ)
    assert cached_plan(period / "計画.xlsx") == plan


def test_a_check_with_a_kept_plan_loads_nothing_that_reads_one(period: Path) -> None:
    """Nor the planner's book, nor a heavy package: loading them would take as long as the check."""
    cached_plan(period / "計画.xlsx")
    code = (
        "import sys; from pathlib import Path; from kenpo_xl.tasks.check import check_books; "
        "assert check_books([Path(sys.argv[1])]).books; "
        "unused = ('kenpo_xl.books.plan.reader', 'kenpo_xl.pipeline.adjust'); "
        "print(*(one for one in sys.modules if one.startswith(unused)), "
        "*({'openpyxl', 'pandas', 'xlwings', 'xlsxwriter', 'sqlalchemy'} & set(sys.modules)))"
    )
    book = next((period / "提出").iterdir())
    done = subprocess.run([sys.executable, "-c", code, str(book)], capture_output=True, check=True)
    assert done.stdout.split() == []


def test_a_book_that_changed_is_read_anew(period: Path) -> None:
    before = cached_plan(period / "計画.xlsx")
    book = openpyxl.load_workbook(period / "計画.xlsx")
    book["基本"]["B2"] = "川口支部"
    book.save(period / "計画.xlsx")
    after = cached_plan(period / "計画.xlsx")
    assert after == read_plan(period / "計画.xlsx")
    assert after != before


def test_damaged_files_are_no_failure(period: Path, cache: Path) -> None:
    plan = cached_plan(period / "計画.xlsx")
    (file,) = cache.iterdir()
    for content in (b"", b"\x80\x05garbage", file.read_bytes()[:1000], b"\x80\x05K\x01."):
        file.write_bytes(content)
        assert cached_plan(period / "計画.xlsx") == plan


def test_where_nothing_can_be_kept_nothing_is(
    period: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cached_plan(period / "計画.xlsx") == read_plan(period / "計画.xlsx")


def test_a_broken_plan_is_not_kept(period: Path, cache: Path) -> None:
    book = openpyxl.load_workbook(period / "計画.xlsx")
    book["基本"]["B4"] = 7
    book.save(period / "計画.xlsx")
    for _ in range(2):
        with pytest.raises(PlanError):
            cached_plan(period / "計画.xlsx")
    assert not cache.exists()


def test_a_submission_is_known_by_its_bytes_its_name_and_its_plan(period: Path, cache: Path) -> None:
    plan, path = read_plan(period / "計画.xlsx"), period / "提出" / "業務グループ.xlsm"

    def read_cached(path: Path) -> Submission:
        return cached_submission(path, period / "計画.xlsx", lambda: read_submission(path, plan))

    assert read_cached(path) == read_submission(path, plan)
    copy = Path(shutil.copy(path, path.with_name("写し.xlsx")))
    assert read_cached(copy).workbook == "写し.xlsx"
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize(("written", "is_cached"), [("30 回", True), ("048-123-4567", False)])
@pytest.mark.parametrize("where", ["in a line", "beside the form"])
def test_a_book_is_kept_if_nothing_in_it_is_private(
    tmp_path: Path, where: str, written: str, is_cached: bool
) -> None:
    book, plan_book = tmp_path / "業務グループ.xlsm", tmp_path / "計画.xlsx"
    book.write_bytes(b"1")
    plan_book.write_bytes(b"2")
    line = LineEntry("1", LineKind.TEXT, written if where == "in a line" else "")
    submission = Submission("業務グループ", (ItemEntry("1-1", (line,)),), book.name)
    beside = AlteredText(Source(book.name, "1-1", "H9"), "1-1", "", written)
    read = submission, Survey(altered=(beside,) if where == "beside the form" else ())
    assert cached_book(book, plan_book, lambda: read) == read
    other = replace(submission, items=()), Survey()
    assert cached_book(book, plan_book, lambda: other) == (read if is_cached else other)


@pytest.mark.parametrize("name", ["入力/以前の版/計画_0123456789ab.xlsx", "引継ぎ.xlsx"])
def test_a_book_of_an_earlier_plan_is_read_again_with_other_files_of_it(tmp_path: Path, name: str) -> None:
    book, plan_book, beside = tmp_path / "業務グループ.xlsm", tmp_path / "計画.xlsx", tmp_path / name
    for path in (book, plan_book):
        path.write_bytes(b"1")
    before, after = ((Submission(group, (), book.name), Survey()) for group in ("前", "後"))
    assert cached_book(book, plan_book, lambda: before) == before
    assert cached_book(book, plan_book, lambda: after) == before
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(b"3")
    assert cached_book(book, plan_book, lambda: after) == after


class TestTemplate:
    @pytest.fixture
    def template(self, tmp_path: Path) -> Path:
        return Path(shutil.copy(TEMPLATE, tmp_path / "ひな形.xlsx"))

    def test_it_is_read_once(self, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = cached_template(template)
        assert first == read_template(template)
        monkeypatch.delattr("kenpo_xl.books.report.template.reader.read_template")
        assert cached_template(template) == first

    def test_a_restyled_one_is_read_again(self, template: Path) -> None:
        before = cached_template(template)
        book = openpyxl.load_workbook(template)
        book["本文"].column_dimensions["C"].width += 1
        book.save(template)
        assert cached_template(template).column_pixels != before.column_pixels

    def test_a_broken_one_is_not_cached(self, template: Path, cache: Path) -> None:
        book = openpyxl.load_workbook(template)
        book["本文"].title = "別の名前"
        book.save(template)
        for _ in range(2):
            with pytest.raises(KenpoError, match="シート「本文」がありません"):
                cached_template(template)
        assert not cache.exists()

    def test_a_report_by_it_is_the_same(self, period: Path, tmp_path: Path) -> None:
        """The first run reads the template, the second one takes it from the cache."""
        paths = [make_report(period, output=tmp_path / name).path for name in ("一.xlsx", "二.xlsx")]
        assert paths[0].read_bytes() == paths[1].read_bytes()

    def test_a_report_by_it_loads_nothing_that_reads_one(self, period: Path, tmp_path: Path) -> None:
        """Nor what reads a plan: loading openpyxl alone takes a tenth of a report."""
        make_report(period, output=tmp_path / "一.xlsx")
        code = (
            "import sys; from pathlib import Path; from kenpo_xl.tasks.report import make_report; "
            "assert make_report(Path(sys.argv[1]), output=Path(sys.argv[2])).pages; "
            "unused = ('kenpo_xl.books.report.template.reader', 'kenpo_xl.books.plan.'); "
            "print(*(one for one in sys.modules if one.startswith(unused)), "
            "*({'openpyxl', 'pandas', 'xlwings', 'sqlalchemy'} & set(sys.modules)))"
        )
        arguments = [sys.executable, "-c", code, str(period), str(tmp_path / "一.xlsx")]
        assert subprocess.run(arguments, capture_output=True, check=True).stdout.split() == []


@pytest.mark.parametrize(("before", "after"), [(950, 951), (999, 1000), (1000, 950), (1050, 950)])
def test_a_thousand_stay(period: Path, cache: Path, before: int, after: int) -> None:
    cache.mkdir(parents=True)
    for number in range(before):
        (cache / f"{number}.kept").write_bytes(b"")
        os.utime(cache / f"{number}.kept", (number, number))
    plan = cached_plan(period / "計画.xlsx")
    assert len(list(cache.iterdir())) == after
    gone = before + 1 - after
    assert not (cache / f"{gone - 1}.kept").exists()
    assert (cache / f"{gone}.kept").exists()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kenpo_xl.books.plan.reader.read_plan", None)
        assert cached_plan(period / "計画.xlsx") == plan


@pytest.mark.parametrize(("size", "after"), [(2**26 - 2**19, 3), (2**26, 2)])
def test_large_ones_go_sooner(period: Path, cache: Path, size: int, after: int) -> None:
    """Two files and the plan have 128 MB; the older file goes when the fifty-first is written."""
    cache.mkdir(parents=True)
    for number in range(50):
        with (cache / f"{number}.kept").open("wb") as file:
            file.truncate(size if number < 2 else 0)
        os.utime(cache / f"{number}.kept", (number, number))
    cached_plan(period / "計画.xlsx")
    assert (cache / "1.kept").exists()
    assert sum(bool(file.stat().st_size) for file in cache.iterdir()) == after


PLANTED: dict[str, Callable[[Path], Any]] = {
    "a function": lambda trace: (os.system, (f": > {trace}",)),
    "a builtin": lambda trace: (eval, (f"open({str(trace)!r}, 'w')",)),
    "a function of ours": lambda trace: (cached_plan, (trace,)),
    "a program": lambda trace: (subprocess.Popen, (["touch", str(trace)],)),
}


class Evil:
    """Reduces itself to a call."""

    def __init__(self, call: Any) -> None:
        self.call = call

    def __reduce__(self) -> Any:
        return self.call


class TestNothingIsRun:
    @pytest.mark.parametrize("call", PLANTED.values(), ids=PLANTED)
    def test_what_a_file_calls(
        self, period: Path, cache: Path, tmp_path: Path, call: Callable[[Path], Any]
    ) -> None:
        plan = cached_plan(period / "計画.xlsx")
        (file,) = cache.iterdir()
        trace = tmp_path / "trace"
        file.write_bytes(pickle.dumps(Evil(call(trace))))
        assert cached_plan(period / "計画.xlsx") == plan
        assert not trace.exists()

    @pytest.mark.parametrize(
        "name", ["values\nfrozen", "values\nPath", "plan\nPlan.mro", "plan\nEnum", "..os\nsystem"]
    )
    def test_a_name_that_is_no_class_of_the_domain(self, period: Path, cache: Path, name: str) -> None:
        plan = cached_plan(period / "計画.xlsx")
        (file,) = cache.iterdir()
        file.write_bytes(f"ckenpo_xl.domain.{name}\n.".encode())
        assert cached_plan(period / "計画.xlsx") == plan


class TestWhoseItIs:
    """What others can have written is as if it were not there."""

    @pytest.fixture
    def is_read(self, period: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
        """Whether what is kept is taken, or the plan read again."""
        cached_plan(period / "計画.xlsx")

        def asked() -> bool:
            with monkeypatch.context() as patched:
                patched.delattr(READ)
                try:
                    cached_plan(period / "計画.xlsx")
                except ImportError:
                    return False
                return True

        return asked

    def test_only_the_user_can_read_it(self, is_read: Callable[[], bool], cache: Path) -> None:
        (file,) = cache.iterdir()
        assert [stat.S_IMODE(one.stat().st_mode) for one in (file, cache, cache.parent)] == [
            0o600,
            0o700,
            0o700,
        ]
        assert is_read()

    @pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
    def test_a_file_that_others_can_write(self, is_read: Callable[[], bool], cache: Path, mode: int) -> None:
        next(cache.iterdir()).chmod(mode)
        assert not is_read()

    @pytest.mark.parametrize(("mode", "expected"), [(0o755, True), (0o770, False), (0o1777, False)])
    def test_a_folder_that_others_can_write(
        self, is_read: Callable[[], bool], cache: Path, mode: int, expected: bool
    ) -> None:
        cache.chmod(mode)
        assert is_read() is expected

    @pytest.mark.parametrize(("mode", "expected"), [(0o777, False), (0o775, False), (0o1777, True)])
    def test_a_folder_above_in_which_others_can_rename(
        self, is_read: Callable[[], bool], cache: Path, mode: int, expected: bool
    ) -> None:
        cache.parent.chmod(mode)
        assert is_read() is expected

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    @pytest.mark.parametrize("which", ["file", "folder", "above"])
    def test_what_another_user_owns(self, is_read: Callable[[], bool], cache: Path, which: str) -> None:
        (file,) = cache.iterdir()
        os.chown({"file": file, "folder": cache, "above": cache.parent}[which], 12345, 12345)
        assert not is_read()

    def test_a_link_to_a_file(self, is_read: Callable[[], bool], cache: Path, tmp_path: Path) -> None:
        (file,) = cache.iterdir()
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
        assert not is_read()

    def test_a_link_to_a_folder(self, is_read: Callable[[], bool], cache: Path, tmp_path: Path) -> None:
        cache.rename(tmp_path / "elsewhere")
        cache.symlink_to(tmp_path / "elsewhere")
        assert not is_read()

    def test_a_pipe_in_its_place(self, is_read: Callable[[], bool], cache: Path) -> None:
        (file,) = cache.iterdir()
        file.unlink()
        os.mkfifo(file)
        assert not is_read()

    def test_nothing_is_written_where_others_can(self, period: Path, cache: Path) -> None:
        cache.mkdir(parents=True)
        cache.chmod(0o777)
        cached_plan(period / "計画.xlsx")
        assert list(cache.iterdir()) == []


def test_temporary_files_of_killed_runs_go(period: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    for name, age in (("old.new", 7200), ("young.new", 60)):
        (cache / name).write_bytes(b"")
        os.utime(cache / name, (time.time() - age,) * 2)
    cached_plan(period / "計画.xlsx")
    assert sorted(path.suffix for path in cache.iterdir()) == [".kept", ".new"]


def test_a_change_in_any_file_of_the_program_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kenpo_xl"
    for name in ("excel/marking/deep/inner.py", "rate.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(b"")
    monkeypatch.setattr("kenpo_xl.__path__", [str(package)])
    monkeypatch.setattr(parse_cache, "digest_of_source_at_start", digest_of_source)
    seen = set()
    for name in ("", "excel/marking/deep/inner.py", "rate.py"):
        if name:
            (package / name).write_bytes(b"# changed")
        seen.add(parse_cache._program_version_key.__wrapped__())
    assert len(seen) == 3


class TestVocabulary:
    TEXTS = ("進捗管理を徹底する。", "周知を図った。")

    @staticmethod
    def tokenizer() -> Tokenizer:
        found = available_tokenizer()
        assert found is not None
        return found

    def test_texts_are_analysed_once(self, cache: Path) -> None:
        first = cached_vocabulary(self.TEXTS, self.tokenizer())
        assert first.spellings["シンチョク"] == {"進捗": 1}
        (file,) = cache.iterdir()
        file.write_bytes(pickle.dumps(replace(first, runs="進捗管理")))
        assert cached_vocabulary(self.TEXTS, self.tokenizer()).runs == "進捗管理"

    def test_other_texts_have_another_key(self, cache: Path) -> None:
        for texts in (self.TEXTS, self.TEXTS[:1], ("".join(self.TEXTS),)):
            cached_vocabulary(texts, self.tokenizer())
        assert len(list(cache.iterdir())) == 3

    def test_texts_with_something_private_are_not_cached(self, cache: Path) -> None:
        found = cached_vocabulary(("電話は048-123-4567です。",), self.tokenizer())
        assert found.kana
        assert not cache.exists()


@pytest.mark.parametrize(("new", "is_cached"), [("30 回開いた。", True), ("048-123-4567 へ。", False)])
def test_adjustments_are_kept_if_nothing_in_them_is_private(
    tmp_path: Path, new: str, is_cached: bool
) -> None:
    book, plan_book = tmp_path / "取りまとめ.xlsm", tmp_path / "計画.xlsx"
    book.write_bytes(b"1")
    plan_book.write_bytes(b"2")
    typed = Adjustments(
        (RatingAdjustment("1-1", "1", "〇", "理由", source=Source("a", "b", "C1")),),
        (WordingAdjustment("1-1", "1", "開いた。", new),),
        (FigureAdjustment("1-1/表/行/列", Choice.COMPUTED),),
    )
    assert cached_adjustments(book, plan_book, lambda: typed) == typed
    again = cached_adjustments(book, plan_book, Adjustments)
    assert again == (typed if is_cached else Adjustments())
    plan_book.write_bytes(b"3")
    assert cached_adjustments(book, plan_book, Adjustments) == Adjustments()
