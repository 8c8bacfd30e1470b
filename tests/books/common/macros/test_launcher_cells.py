"""The launcher behind the buttons, pressed in LibreOffice: what it starts, waits for, says and protects."""

from __future__ import annotations

import shlex
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings

from kenpo_xl.annotations.annotate import write_marked_copy
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.launcher_cells import SENTENCES
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.live.workbook import save_book
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.sample import submissions
from tests.office import bridge
from tests.office.live import LiveOffice, buttons, push
from tests.paths import SAMPLE
from tests.tasks.two_groups import COUNTS, TOTAL_CELL, build_two_groups

# Blanks, Japanese and what means something to a shell or in a URL.
NAME = "業務 グループ #1（50%）.xlsm"
INPUT = {
    "点検": "check",
    "直す": "repair",
    "直しを戻す": "undo_repair",
    "指摘を消す": "clear_findings",
    "提出": "submit",
}
PLANNER = {
    "計画を確かめる": "check_plan",
    "入力ブックを作る": "make_input_books",
    "取込": "collect",
    "報告書作成": "make_report",
    "報告書を開く": "open_report",
    "公表用を作る": "make_public_report",
    "確定": "close_period",
    "次の期を作る": "next_period",
    "確定を取り消す": "reopen_period",
    "ブックを写す": "carry_book",
    "様式を取り入れる": "adopt_form",
}
SECONDS = 30
ITEM, TYPED, PLAN_TEXT, COMPUTED = "1-1", "E17", "C6", TOTAL_CELL
INPUT_BOOK = f"{COUNTS}.xlsm"
CLOSED = ["操作", ITEM]

Open = Callable[[Path], xlwings.Book]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_two_groups(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def built_protected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_two_groups(tmp_path_factory.mktemp("protected"), protect=True)


@pytest.fixture
def book(live_book: Open, built: Path, tmp_path: Path) -> xlwings.Book:
    return live_book(Path(shutil.copy(built / "入力" / INPUT_BOOK, tmp_path / NAME)))


@pytest.fixture
def protected(live_book: Open, built_protected: Path, tmp_path: Path) -> xlwings.Book:
    return live_book(Path(shutil.copy(built_protected / "入力" / INPUT_BOOK, tmp_path / NAME)))


class StandIn:
    """A program in the place of Python that answers what a test wants, and keeps what it was given."""

    def __init__(
        self, book: xlwings.Book, folder: Path, work: str = "", answer: str = "ok\nできました。"
    ) -> None:
        self.folder = folder / "プログラム の場所"
        self.folder.mkdir(parents=True)
        (self.folder / "answer").write_text(answer, encoding="utf-8")
        program = self.folder / "python"
        program.write_text(
            f'#!/bin/sh\ncd {shlex.quote(str(self.folder))}\nprintf "%s\\n" "$@" > arguments\n'
            f'for last; do done="${{last#--done=}}"; done\n{work}\n: > "$done"\n'
            'while [ -e hold ]; do sleep 0.05; done\ncp answer "$done.new"\nmv "$done.new" "$done"\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        cell(book, names.PYTHON).value = str(program)

    @property
    def arguments(self) -> list[str]:
        return (self.folder / "arguments").read_text(encoding="utf-8").splitlines()

    def hold(self) -> None:
        """Do not answer before `go`."""
        (self.folder / "hold").touch()

    def go(self) -> None:
        (self.folder / "hold").unlink()


def cell(book: xlwings.Book, name: str) -> xlwings.Range:
    return book.names[name].refers_to_range


def pressed(book: xlwings.Book, caption: str) -> str:
    """What the book says when the launcher has ended."""
    push(book, caption)
    return until(lambda: ended(book))


def ended(book: xlwings.Book) -> str:
    said = str(cell(book, names.STATUS).value)
    return "" if said in (SENTENCES["working"], "ボタンを押すと、ここに結果が出ます。") else said


def until(seen: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)
    return seen()


class TestPressing:
    def test_each_button_of_an_input_book_starts_its_task(self, book: xlwings.Book, tmp_path: Path) -> None:
        for caption, task in INPUT.items():
            python = StandIn(book, tmp_path / caption)
            assert pressed(book, caption) == "できました。", caption
            assert python.arguments[:-1] == [
                *("-P", "-m", "kenpo_xl.buttons", task),
                *(f"--wb={NAME}", "--from_xl=1", "--hwnd=0"),
            ]
            assert not Path(python.arguments[-1].removeprefix("--done=")).exists()
            cell(book, names.STATUS).value = ""

    def test_each_button_of_the_planners_book(self, live_book: Open, built: Path, tmp_path: Path) -> None:
        book = live_book(built / "取りまとめ.xlsm")
        for caption, task in PLANNER.items():
            python = StandIn(book, tmp_path / caption)
            assert pressed(book, caption) == "できました。", caption
            assert python.arguments[3:5] == [task, "--wb=取りまとめ.xlsm"]
            cell(book, names.STATUS).value = ""

    def test_a_button_beside_a_note_of_ours(self, live_book: Open, built: Path, tmp_path: Path) -> None:
        write_marked_copy(built / "入力" / INPUT_BOOK, [Mark("操作", "C10", "注記")], tmp_path / NAME)
        book = live_book(tmp_path / NAME)
        StandIn(book, tmp_path)
        assert pressed(book, "点検") == "できました。"

    def test_there_are_no_others(self, live_book: Open, built: Path) -> None:
        found = {
            path.name: [button.caption for button in buttons(live_book(path))]
            for path in (built / "入力" / INPUT_BOOK, built / "取りまとめ.xlsm")
        }
        # Each item's sheet leads to the next finding and back.
        leading = ["次の指摘", "指摘一覧"]
        of_items = found[INPUT_BOOK][len(INPUT) :]
        assert of_items == leading * (len(of_items) // len(leading))
        assert of_items
        assert found == {INPUT_BOOK: [*INPUT, *of_items], "取りまとめ.xlsm": list(PLANNER)}


def program(path: Path, says: str) -> Path:
    """A program that answers a button with these words, and leaves a trace that it ran."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'#!/bin/sh\n: > "{path}.ran"\nfor last; do done="${{last#--done=}}"; done\n'
        f'printf "ok\\n{says}" > "$done"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def ran(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(".ran") for path in folder.rglob("*.ran"))


class TestWhichPython:
    """KENPO_XL_PYTHON, then the cell of the book, then the PATH; never what lies in the current folder."""

    @pytest.fixture
    def office_of(
        self, libreoffice: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[Callable[..., LiveOffice]]:
        """A LibreOffice with this environment, in a folder in which somebody planted every name of Python."""
        here = tmp_path / "ここ"
        for name in ("python", "pythonw", "python.exe", "pythonw.exe", "bin/python"):
            program(here / name, "ここのものです。")
        monkeypatch.chdir(here)
        with ExitStack() as stack:
            yield lambda **environment: stack.enter_context(LiveOffice(environment=environment))

    def book(self, office: LiveOffice, built: Path, tmp_path: Path, named: str) -> xlwings.Book:
        folder = tmp_path / "ここ"
        opened = office.open(Path(shutil.copy(built / "入力" / INPUT_BOOK, folder / NAME)))
        cell(opened, names.PYTHON).value = named
        return opened

    def test_that_of_the_pc_before_that_of_the_book(
        self, office_of: Callable[..., LiveOffice], built: Path, tmp_path: Path
    ) -> None:
        ours, of_book = (program(tmp_path / name, f"{name}です。") for name in ("PC", "ブック"))
        office = office_of(KENPO_XL_PYTHON=f'"{ours}"')
        assert pressed(self.book(office, built, tmp_path, str(of_book)), "点検") == "PCです。"
        assert ran(tmp_path) == ["PC"]

    def test_that_of_the_book_before_the_path(
        self, office_of: Callable[..., LiveOffice], built: Path, tmp_path: Path
    ) -> None:
        program(tmp_path / "bin" / "pythonw", "PATHです。")
        of_book = program(tmp_path / "ブック", "ブックです。")
        office = office_of(PATH=f"bin:.::{tmp_path / 'bin'}:/usr/bin:/bin", MINE=str(tmp_path))
        opened = self.book(office, built, tmp_path, f" {of_book} ")
        assert pressed(opened, "点検") == "ブックです。"
        cell(opened, names.STATUS).value = ""
        cell(opened, names.PYTHON).value = "%MINE%/ブック"
        assert pressed(opened, "点検") == "ブックです。"
        cell(opened, names.STATUS).value = ""
        cell(opened, names.PYTHON).value = ""
        assert pressed(opened, "点検") == "PATHです。"
        assert ran(tmp_path) == ["pythonw", "ブック"]

    def test_nothing_of_the_current_folder(
        self, office_of: Callable[..., LiveOffice], built: Path, tmp_path: Path
    ) -> None:
        # What LibreOffice's own scripts need, and no Python.
        tools = tmp_path / "tools"
        tools.mkdir()
        for tool in (*Path("/usr/bin").iterdir(), *Path("/bin").iterdir()):
            if not tool.name.startswith("python") and not (tools / tool.name).is_symlink():
                (tools / tool.name).symlink_to(tool)
        office = office_of(PATH=f"bin:.::{tools}")
        opened = self.book(office, built, tmp_path, "")
        for named in ("", "python", "./python", "bin/python", "%NOT_SET%bin/python", "..\\ここ\\python.exe"):
            cell(opened, names.STATUS).value = ""
            cell(opened, names.PYTHON).value = named
            assert pressed(opened, "点検").startswith(SENTENCES["not_found"]), named
        assert ran(tmp_path) == []

    def test_a_name_without_its_folder_in_the_environment(
        self, office_of: Callable[..., LiveOffice], built: Path, tmp_path: Path
    ) -> None:
        opened = self.book(office_of(KENPO_XL_PYTHON="python"), built, tmp_path, "")
        assert pressed(opened, "点検").startswith(SENTENCES["not_found"])
        assert ran(tmp_path) == []


class TestWhatItSays:
    def test_while_it_waits(self, book: xlwings.Book, tmp_path: Path) -> None:
        python = StandIn(book, tmp_path)
        python.hold()
        push(book, "点検")
        until((python.folder / "arguments").exists)
        assert cell(book, names.STATUS).value == SENTENCES["working"]
        python.go()
        until(lambda: ended(book))

    def test_an_answer_of_several_lines(self, book: xlwings.Book, tmp_path: Path) -> None:
        StandIn(book, tmp_path, answer="ok\n1 行目\n\n3 行目\n")
        assert pressed(book, "点検") == "1 行目\n\n3 行目"

    def test_failure(self, book: xlwings.Book, tmp_path: Path) -> None:
        StandIn(book, tmp_path, answer="ng\nつながりませんでした。")
        assert pressed(book, "点検") == "つながりませんでした。"

    def test_a_program_that_is_not_there(self, book: xlwings.Book) -> None:
        cell(book, names.PYTHON).value = "/ない/python"
        first, second = pressed(book, "点検").split("\n")
        assert first == SENTENCES["not_found"]
        assert second.startswith("/ない/python: (53)")

    def test_a_program_that_ends_without_a_word(self, book: xlwings.Book, tmp_path: Path) -> None:
        StandIn(book, tmp_path, work="exit 1")
        cell(book, names.SECONDS).value = 1
        assert pressed(book, "点検") == SENTENCES["no_answer"]

    def test_a_saved_book_stays_saved(self, book: xlwings.Book, tmp_path: Path) -> None:
        StandIn(book, tmp_path)
        book.save()
        pressed(book, "点検")
        assert not book.api.isModified()

    def test_a_second_press_while_it_works_does_nothing(self, book: xlwings.Book, tmp_path: Path) -> None:
        python = StandIn(book, tmp_path, work="echo >> begun")
        python.hold()
        push(book, "点検")
        until((python.folder / "begun").exists)
        push(book, "指摘を消す")
        time.sleep(0.5)
        python.go()
        until(lambda: ended(book))
        assert python.arguments[3] == "check"
        assert (python.folder / "begun").read_text(encoding="utf-8") == "\n"
        (python.folder / "begun").unlink()
        push(book, "指摘を消す")
        until((python.folder / "begun").exists)

    def test_a_sheet_that_cannot_be_written_to_stops_no_button(
        self, book: xlwings.Book, tmp_path: Path
    ) -> None:
        python = StandIn(book, tmp_path)
        book.sheets["操作"].api.protect("秘密")
        push(book, "点検")
        until((python.folder / "arguments").exists)
        assert python.arguments[3] == "check"
        assert locked_sheets(book) == ["操作"]


class TestSavingFromPython:
    def test_a_copy_of_the_unsaved_state_while_the_launcher_waits(
        self, book: xlwings.Book, tmp_path: Path
    ) -> None:
        python, copy = StandIn(book, tmp_path), tmp_path / f"写し {NAME}"
        before = Path(book.fullname).read_bytes()
        book.sheets[ITEM].range(TYPED).value = 4321
        python.hold()
        push(book, "点検")
        until((python.folder / "arguments").exists)
        book.macro("KenpoButtons.SaveCopy")(str(copy))
        assert openpyxl.load_workbook(copy)[ITEM][TYPED].value == 4321
        python.go()
        assert until(lambda: ended(book)) == "できました。"
        assert (book.name, Path(book.fullname).read_bytes()) == (NAME, before)
        assert book.api.isModified()


class TestProtected:
    def test_only_typed_cells_are_open(self, protected: xlwings.Book) -> None:
        sheet = protected.sheets[ITEM]
        assert typed(sheet, TYPED) == 4321
        for locked in (COMPUTED, PLAN_TEXT):
            before = sheet.range(locked).value
            assert typed(sheet, locked) == before

    def test_a_button_opens_them_for_python_and_closes_them(
        self, protected: xlwings.Book, tmp_path: Path
    ) -> None:
        python = StandIn(protected, tmp_path)
        python.hold()
        push(protected, "点検")
        until((python.folder / "arguments").exists)
        assert locked_sheets(protected) == []
        python.go()
        assert until(lambda: ended(protected)) == "できました。"
        assert locked_sheets(protected) == CLOSED

    def test_also_when_python_fails(self, protected: xlwings.Book) -> None:
        for sheet in protected.sheets:
            sheet.api.unprotect("")
        cell(protected, names.PYTHON).value = "/ない/python"
        assert pressed(protected, "点検").startswith(SENTENCES["not_found"])
        assert locked_sheets(protected) == CLOSED

    def test_a_book_saved_by_python_is_protected_on_the_disk(
        self, protected: xlwings.Book, tmp_path: Path
    ) -> None:
        python = StandIn(protected, tmp_path)
        python.hold()
        push(protected, "提出")
        until((python.folder / "arguments").exists)
        save_book(protected)
        assert locked_sheets(protected) == []
        python.go()
        until(lambda: ended(protected))
        assert not protected.api.isModified()
        saved = openpyxl.load_workbook(protected.fullname)
        assert [sheet.title for sheet in saved if sheet.protection.sheet] == CLOSED

    def test_the_buttons_themselves_on_a_protected_book(
        self, live_office: LiveOffice, live_book: Open, tmp_path: Path
    ) -> None:
        closed = ["操作", "1-2-1", "1-2-2", "1-2-3"]
        shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
        path = tmp_path / "入力" / "業務グループ.xlsm"
        path.parent.mkdir()
        plan, submitted = read_plan(SAMPLE / "計画.xlsx"), submissions()["業務グループ"]
        write_input_book(plan, "業務グループ", path, submitted, protect=True)
        book = live_book(path)
        assert live_office.press(book, "点検").told.startswith("注意 1 件、参考 3 件があります。")
        assert locked_sheets(book) == closed
        assert live_office.press(book, "提出").told.startswith("提出しました（提出／業務グループ.xlsm）。")
        for saved in (path, tmp_path / "提出" / "業務グループ.xlsm"):
            assert [one.title for one in openpyxl.load_workbook(saved) if one.protection.sheet] == closed
        assert locked_sheets(book) == closed

    def test_other_books_are_left_as_they_are(self, book: xlwings.Book, tmp_path: Path) -> None:
        StandIn(book, tmp_path)
        book.sheets[ITEM].api.protect("")
        assert pressed(book, "点検") == "できました。"
        assert locked_sheets(book) == [ITEM]


def typed(sheet: xlwings.Sheet, place: str) -> Any:
    """What stands in a cell after somebody tried to put a number there, which asks whether it is open."""
    with suppress(bridge.error("uno.RuntimeException")):
        sheet.api.getCellRangeByName(place).setDataArray(((4321.0,),))
    return sheet.range(place).value


def locked_sheets(book: xlwings.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets if sheet.api.isProtected()]
