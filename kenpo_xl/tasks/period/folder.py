"""The period folder (期のフォルダー): the paths of its books, and where outputs may be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.handover.sheet import NAME as HANDOVER_NAME
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.resources import STARTER_PLAN, template_folders
from kenpo_xl.tasks.period.book_files import is_book

PLANNER_NAME = "取りまとめ.xlsm"
# The extension of books without buttons. An existing one is used.
_PLAIN = ".xlsx"
_PLAIN_PLANNER_NAME = Path(PLANNER_NAME).with_suffix(_PLAIN).name
NATIONAL_NAME = "全国平均.xlsx"
"""The name of the national figures that head office publishes, in a period folder."""
OWN_FORMS, INPUT_FORMS = "報告の様式", "入力の様式"
"""The folders of the office's own reports and forms to be filled in, in a period folder or above it."""
LEDGER_NAME = "台帳.sqlite3"
"""The name of the ledger in the folder above the period folders."""
REPORT_TEMPLATE = "status_report.xlsx"
# How the name of a copy of an earlier plan book begins.
PLAN_COPY = "計画_"


@frozen
class PeriodFolder:
    """One quarter of one branch."""

    root: Path

    @property
    def plan_path(self) -> Path:
        return self.root / PLAN_NAME

    @property
    def planner_path(self) -> Path:
        """The planner's book with the adjustments (調整); the one without buttons if only that exists."""
        return _macro_or_plain_path(self.root / PLANNER_NAME)

    @property
    def national_path(self) -> Path:
        """What head office published for the period."""
        return self.root / NATIONAL_NAME

    @property
    def input_folder(self) -> Path:
        return self.root / "入力"

    def input_book_path(self, group: str) -> Path:
        """The input book of a group; the one without buttons if only that exists."""
        return _macro_or_plain_path(self.input_folder / f"{group}.xlsm")

    @property
    def older_books_folder(self) -> Path:
        """The folder of working books that were replaced, and of the plans they were built from."""
        return self.input_folder / "以前の版"

    @property
    def plan_copies(self) -> list[Path]:
        """The copies of earlier plan books that books of the period were built from."""
        return sorted(self.older_books_folder.glob(f"{PLAN_COPY}*.xlsx"))

    @property
    def rescued_books_folder(self) -> Path:
        """The folder of books that were carried from damaged or older ones, beside a filled working book."""
        return self.root / "入力（写した版）"

    @property
    def submission_folder(self) -> Path:
        return self.root / "提出"

    @property
    def returned_folder(self) -> Path:
        """The folder of books returned to their groups."""
        return self.root / "返却"

    @property
    def report_folder(self) -> Path:
        return self.root / "報告"

    @property
    def board_path(self) -> Path:
        """The planner's morning board."""
        return self.report_folder / "提出状況.xlsx"

    def returned_copy_path(self, group: str, suffix: str) -> Path:
        """返却/業務グループ.xlsm: the marked copy of a group's submission."""
        return self.returned_folder / f"{group}{suffix.lower()}"

    def submitted_books(self) -> list[Path]:
        """The submitted books, by name."""
        return books_in(self.submission_folder)

    def own_forms(self) -> list[Path]:
        """The office's own reports (様式) to be filled: of the period, else of the folder above."""
        return self._books_here_or_above(OWN_FORMS)

    def input_forms(self) -> list[Path]:
        """The office's own forms to be filled in by groups: of the period, else of the folder above."""
        return self._books_here_or_above(INPUT_FORMS)

    @property
    def filled_forms_folder(self) -> Path:
        """The folder of the copies of these forms, in which groups work."""
        return self.root / "入力（様式）"

    def _books_here_or_above(self, name: str) -> list[Path]:
        folders = (parent / name for parent in (self.root, self.root.resolve().parent))
        return next((found for found in map(books_in, folders) if found), [])

    def relative_paths_from(self, start: Path) -> dict[str, str]:
        """The relative path from a folder to each book that a source may name, by file name.

        The plan book and the planner's book precede a submitted book of the same name.
        """
        paths = {}
        for book in (*self.submitted_books(), self.planner_path, self.plan_path):
            try:
                paths[book.name] = Path(os.path.relpath(book, start)).as_posix()
            except ValueError:  # another drive
                continue
        return paths

    def refuse_to_overwrite(self, output: Path, suffix: str = ".xlsx") -> None:
        """KenpoError for an output with another extension, without a folder, or among books and templates."""
        if output.suffix.lower() != suffix:
            raise KenpoError(f"{output.name} には書けません。{suffix} で終わる名前を指定してください。")
        target = output.resolve()
        if not target.parent.is_dir() and target.parent != self.report_folder.resolve():
            raise KenpoError(
                f"フォルダー {output.parent} がありません。先に作るか、別の場所を指定してください。"
            )
        names = (PLAN_NAME, HANDOVER_NAME, PLANNER_NAME, _PLAIN_PLANNER_NAME, NATIONAL_NAME)
        sources = [(self.root / name).resolve() for name in names]
        folders = (
            *(self.input_folder, self.submission_folder, self.returned_folder),
            *(self.root / OWN_FORMS, self.root / INPUT_FORMS, self.filled_forms_folder),
            *_template_folders(self),
        )
        if target in sources or target.parent in {one.resolve() for one in folders}:
            raise KenpoError(
                f"{output} は元のブックやひな型のある場所のため書けません。別の場所を指定してください。"
            )

    def report_path(self, plan: Plan, *, public: bool = False) -> Path:
        """報告/事業実施状況_令和6年度第3四半期.xlsx, 報告/公表用_事業実施状況_令和6年度第3四半期.xlsx"""
        return self._output_path(f"{'公表用_' if public else ''}事業実施状況", plan, ".xlsx")

    def figures_path(self, plan: Plan, suffix: str) -> Path:
        """報告/数値_令和6年度第3四半期.csv"""
        return self._output_path("数値", plan, suffix)

    def _output_path(self, name: str, plan: Plan, suffix: str) -> Path:
        period = PeriodKey.of(plan).label
        return self.report_folder / f"{name}_{period}{suffix}"


def path_below(root: Path, path: Path) -> str:
    """The path of a file or folder from one above it, with / on every system."""
    return path.relative_to(root).as_posix()


def find_ledger_above(folder: Path) -> Path | None:
    """The nearest ledger in the folders above a period folder, None without one."""
    above = (one / LEDGER_NAME for one in folder.resolve().parents)
    # A folder above may be closed to the user: `Path.is_file` raises an error there.
    return next((one for one in above if os.path.isfile(one)), None)  # noqa: PTH113


def _macro_or_plain_path(book: Path) -> Path:
    plain = book.with_suffix(_PLAIN)
    return plain if plain.exists() and not book.exists() else book


def books_in(folder: Path) -> list[Path]:
    """The books of groups in a folder, by name; no lock or hidden files, copies, or planner's books."""
    if not folder.is_dir():
        return []
    no_books = (PLAN_NAME, PLANNER_NAME, _PLAIN_PLANNER_NAME)
    return sorted(path for path in folder.iterdir() if path.name not in no_books and is_book(path))


def period_folder(path: Path) -> PeriodFolder:
    """The period folder at `path`; KenpoError if it contains no plan book."""
    folder = PeriodFolder(path)
    if not folder.root.is_dir():
        what = f"{path} はフォルダーではありません" if path.exists() else f"フォルダー {path} がありません"
        raise KenpoError(f"{what}。{PLAN_NAME} のある、期のフォルダーを指定してください。")
    if not folder.plan_path.is_file():
        raise KenpoError(f"{path} に {PLAN_NAME} がありません。期のフォルダーを指定してください。")
    return folder


def _template_folders(folder: PeriodFolder) -> tuple[Path, ...]:
    own = (parent / "templates" for parent in (folder.root, folder.root.resolve().parent))
    return *own, *template_folders()


def _places_of_given_template(folder: PeriodFolder, given: Path) -> Iterator[Path]:
    """The path itself; where it is a bare name, the template of that name in each folder."""
    yield given
    if given.name == str(given) and not given.suffix:
        yield from (parent / f"{given}{_PLAIN}" for parent in _template_folders(folder))


def find_template(folder: PeriodFolder, name: str, given: Path | None = None) -> Path:
    """The path of a template: the one given, else that of the folder, of its parent, or of the program.

    `given` is a path, or the name of a template in one of these folders without its extension. KenpoError if
    none of these exists.
    """
    candidates = (parent / name for parent in _template_folders(folder))
    for candidate in _places_of_given_template(folder, given) if given else candidates:
        if candidate.is_file():
            return candidate
    files = (path for one in _template_folders(folder) for path in sorted(one.glob(f"*{_PLAIN}")))
    names = dict.fromkeys(path.stem for path in files if path.name != STARTER_PLAN)
    raise KenpoError(
        f"ひな形 {given or name} が見つかりません。--template にファイルの場所か、"
        f"次の名前のどれかを指定してください: {'、'.join(names)}"
    )
