"""The diagnosis of a PC for the buttons (設定の診断): what each fact means, and what to do.

The facts are collected elsewhere. The sources of the limits are given beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.python_path import PYTHON_PLACE, python_statement_and_remedy
from kenpo_xl.tasks.doctor.excel_diagnosis import (
    Diagnosis,
    diagnose_excel,
    diagnose_macros,
    diagnose_rules,
    diagnose_share,
    is_store_alias,
)
from kenpo_xl.tasks.doctor.excel_setup import ExcelSetup

OLDEST_PYTHON = (3, 11)
# Excel opens no file whose path is longer (Excel specifications and limits: file name with path).
LONGEST_PATH = 218
BUTTONS_PYTHON = "ボタンの Python"


@frozen
class PackageFact:
    """A library: the oldest sufficient version ('' for any) and the installed one ('' for none)."""

    name: str
    wanted: str
    found: str

    @property
    def is_old(self) -> bool:
        return _version_numbers(self.found) < _version_numbers(self.wanted)


@frozen
class Interpreter:
    """The Python that the buttons would start: where it is named, its path, the version of its kenpo-xl.

    An empty `path` means that none is named anywhere, an empty `version` that it has no kenpo-xl. One that a
    book names (`is_in_book`) is not examined.
    """

    named_by: str
    path: str
    is_there: bool = False
    version: str = ""
    is_in_book: bool = False


@frozen
class BookFacts:
    """A macro book: its path or address as given (`place`), and facts on its content.

    `failure` is one sentence if it cannot be read, also if it does not exist (`is_missing`). `synced` is the
    OneDrive folder that contains it, '' for none. `zone` is the security zone of a downloaded file (3: the
    internet), None without one. `pythons` are the programs that it names for its buttons, `office` is the one
    that its plan names, '' for none. One that was made without buttons has no macro on purpose.
    """

    place: str
    name: str
    failure: str = ""
    is_missing: bool = False
    synced: str = ""
    zone: int | None = None
    is_ours: bool = False
    has_launcher: bool = False
    is_without_buttons: bool = False
    foreign_macros: tuple[str, ...] = ()
    pythons: tuple[str, ...] = ()
    office: str = ""

    @property
    def is_url(self) -> bool:
        return "://" in self.place

    @property
    def is_on_network(self) -> bool:
        return self.place.startswith(("\\\\", "//"))


@frozen
class Setup:
    """The facts about the PC.

    `own_python` is the program that runs kenpo-xl now, as a button may start it; `log` is the path of the log
    of failures.
    """

    version: str
    system: str
    python: tuple[int, int]
    packages: tuple[PackageFact, ...]
    interpreter: Interpreter
    own_python: str
    log: str
    log_is_writable: bool
    excel: ExcelSetup = ExcelSetup()
    book: BookFacts | None = None


def diagnose(setup: Setup) -> tuple[Diagnosis, ...]:
    """All diagnoses of the PC, then those of the book, if one was given.

    With a book that has no buttons on purpose, what only buttons need is left out.
    """
    book = setup.book
    needs_buttons = book is None or not (book.is_ours and book.is_without_buttons)
    looks: list[Callable[[Setup], Iterator[Diagnosis]]] = [
        _diagnose_python,
        _diagnose_packages,
        *([_diagnose_interpreter] if needs_buttons else []),
        _diagnose_excel_and_font,
        *([_diagnose_policies] if needs_buttons else []),
        _diagnose_log,
    ]
    found = [one for look in looks for one in look(setup)]
    if book:
        found += _diagnose_book(book, setup) if needs_buttons else _diagnose_content(book)
    return tuple(found)


def _diagnose_excel_and_font(setup: Setup) -> Iterator[Diagnosis]:
    return diagnose_excel(setup.excel, setup.system)


def _diagnose_policies(setup: Setup) -> Iterator[Diagnosis]:
    yield from diagnose_macros(setup.excel, setup.system, setup.book.place if setup.book else "")
    yield from diagnose_rules(setup.excel, setup.system)


def _diagnose_python(setup: Setup) -> Iterator[Diagnosis]:
    version = ".".join(map(str, setup.python))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    remedy = "" if setup.python >= OLDEST_PYTHON else f"Python {wanted} 以降を入れてください。"
    yield Diagnosis("Python", f"Python {version}、kenpo-xl {setup.version} です。", remedy)


def _diagnose_packages(setup: Setup) -> Iterator[Diagnosis]:
    again = "IT 担当に、kenpo-xl の入れ直しを頼んでください。"
    bad = [one for one in setup.packages if not one.found or one.is_old]
    for one in bad:
        found = f"{one.found}（{one.wanted} 以降が必要）" if one.found else "ありません"
        yield Diagnosis("部品", f"{one.name} が {found}。", again)
    if not bad:
        yield Diagnosis(
            "部品", "、".join(f"{one.name} {one.found}" for one in setup.packages) + " があります。"
        )


def _diagnose_interpreter(setup: Setup) -> Iterator[Diagnosis]:
    subject, one = BUTTONS_PYTHON, setup.interpreter
    name_it = (
        f"環境変数 KENPO_XL_PYTHON に {setup.own_python} と入れるか、"
        f"計画ブックの「基本」の「{PYTHON_PLACE}」に入れて build してください。"
    )
    if one.is_in_book:
        yield Diagnosis(subject, f"{one.named_by} {one.path} を使います（調べていません）。")
    elif not one.path:
        yield Diagnosis(subject, "ボタンから使う Python が見つかりません。", name_it)
    elif is_store_alias(one.path):
        fact = f"{one.named_by} {one.path} は Python ではなく、Microsoft Store を開くものです。"
        yield Diagnosis(subject, fact, name_it)
    elif not one.is_there:
        yield Diagnosis(subject, f"{one.named_by} {one.path} がありません。", name_it)
    elif not one.version:
        yield Diagnosis(subject, f"{one.named_by} {one.path} に kenpo-xl が入っていません。", name_it)
    elif one.version != setup.version:
        fact = (
            f"{one.named_by} {one.path} の kenpo-xl（{one.version}）は、ここの {setup.version} と違います。"
        )
        yield Diagnosis(subject, fact, name_it)
    else:
        yield Diagnosis(subject, f"{one.named_by} {one.path} を使います。")
    yield from diagnose_share(setup.excel, subject, one.path, is_book=False)


def _diagnose_log(setup: Setup) -> Iterator[Diagnosis]:
    if setup.log_is_writable:
        yield Diagnosis("ログ", f"困ったときの記録は {setup.log} に残ります。")
    else:
        place = setup.log or "利用者のフォルダーが分からないため、ログ"
        yield Diagnosis("ログ", f"{place} に書けません。", "フォルダーの権限と空き容量を確かめてください。")


def _diagnose_book(book: BookFacts, setup: Setup) -> Iterator[Diagnosis]:
    yield from _diagnose_location(book, setup.excel)
    if book.zone is not None and book.zone >= 3:
        yield Diagnosis(
            "ダウンロードの印",
            f"{book.name} はインターネットなどから受け取ったファイルのため、マクロが止められます。",
            "エクスプローラーでファイルを右クリックし、「プロパティ」の「許可する」に印を付けてください。",
        )
    if book.failure:
        yield Diagnosis("ブック", book.failure, "直してから、もう一度 doctor を実行してください。")
    elif not book.is_url:
        yield from _diagnose_content(book)
        for named in book.pythons:
            statement = python_statement_and_remedy(named, book.office, setup.own_python)
            yield Diagnosis("ブックの Python", *statement)


def _diagnose_location(book: BookFacts, excel: ExcelSetup) -> Iterator[Diagnosis]:
    subject, copy = "ブックの場所", "PC のフォルダー（または共有フォルダー）に写してから開いてください。"
    if book.is_url:
        yield Diagnosis(subject, f"{book.place} は Web 上の場所（OneDrive や SharePoint）です。", copy)
        return
    shared = list(diagnose_share(excel, subject, book.place, is_book=True))
    failures = [*_problems_of_location(book, copy), *shared]
    if book.is_on_network and not shared:
        fact = "共有フォルダー（\\\\ で始まる場所）です。ボタンは動きますが、"
        yield Diagnosis(subject, f"{fact}開いたときに保護ビューになることがあります。")
    elif not failures and not book.is_missing and not book.is_on_network:
        yield Diagnosis(subject, f"{book.place} にあります。")
    yield from failures


def _problems_of_location(book: BookFacts, copy: str) -> Iterator[Diagnosis]:
    subject = "ブックの場所"
    if book.synced:
        fact = f"OneDrive が同期するフォルダー（{book.synced}）にあり、ボタンが場所を見失うことがあります。"
        yield Diagnosis(subject, fact, copy)
    if len(book.place) > LONGEST_PATH:
        fact = f"場所の名前が {len(book.place)} 文字で、Excel が開ける {LONGEST_PATH} 文字を超えています。"
        yield Diagnosis(subject, fact, "短い名前のフォルダーに移してください。")


def _diagnose_content(book: BookFacts) -> Iterator[Diagnosis]:
    if not book.is_ours:
        remedy = "kenpo-xl build で作ったブックを指定してください。"
        yield Diagnosis(
            "ブック", f"{book.name} は kenpo-xl の入力ブックでも取りまとめでもありません。", remedy
        )
    elif book.is_without_buttons:
        yield Diagnosis("ブック", f"{book.name} は、マクロとボタンのないブックです。")
    elif not book.has_launcher:
        remedy = "マクロ有効ブック（.xlsm）のまま保存したものか、build で作り直したものをお使いください。"
        yield Diagnosis("ブック", f"{book.name} にボタンのマクロがありません。", remedy)
    elif book.foreign_macros:
        named = "、".join(book.foreign_macros)
        remedy = "心当たりがなければ開かずに、IT 担当に渡してください。"
        yield Diagnosis(
            "ブック", f"{book.name} に kenpo-xl のものではないマクロ（{named}）があります。", remedy
        )
    else:
        yield Diagnosis("ブック", f"{book.name} のボタンのマクロは kenpo-xl のものです。")


def _version_numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, for comparison."""
    numbers = []
    for part in version.split("."):
        if not part.isdecimal():
            break
        numbers.append(int(part))
    return tuple(numbers)
