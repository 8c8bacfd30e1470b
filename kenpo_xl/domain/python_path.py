"""Where the Python of the buttons lies (Python の場所), as text: nothing here looks at a file."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.source import Source

PYTHON_PLACE = "Python の場所"
"""The key of 基本, and the words beside the cell of 操作."""
_VARIABLE_FIRST = LazyPattern(r"%[^%\\/:]+%[\\/]")
_NEVER_IN_A_PATH = LazyPattern(r'[\x00-\x1f\x7f"<>|?*]|://')
_LONGEST_SHOWN = 120


@frozen
class NamedPython:
    """What a book says in its cell Python の場所, and where; a formula as =…, also that of a name."""

    text: str
    source: Source

    @property
    def displayed_text(self) -> str:
        """The text on one line, cut where it is long."""
        line = " ".join(self.text.split())
        return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def without_quotes(text: str) -> str:
    """A place as the launcher reads it: without quotation marks and white space around."""
    return text.replace('"', "").strip()


def is_full_path(text: str) -> bool:
    """Whether a text is a path from the root of a drive or share, or from a folder that %NAME% stands for."""
    if _NEVER_IN_A_PATH.search(text):
        return False
    is_windows = PureWindowsPath(text).is_absolute() or bool(_VARIABLE_FIRST.match(text))
    return is_windows or PurePosixPath(text).is_absolute()


def is_same_path(one: str, other: str) -> bool:
    r"""Whether two texts name one file, by their letters alone; Windows knows no case, and / as \."""
    one, other = without_quotes(one), without_quotes(other)
    if PurePosixPath(one).is_absolute() and not one.startswith("//"):
        return one == other
    return PureWindowsPath(one) == PureWindowsPath(other)


def python_statement_and_remedy(named_path: str, office_path: str, own_path: str) -> tuple[str, str]:
    """What is said of a program that a book names, and what to do ('' where all is well).

    `office` is what the plan names, '' where it names none or is not there; `own` runs this program.
    """
    fact = f"ブックの「{PYTHON_PLACE}」は {named_path} で、"
    unknown = "覚えのない場所なら、ボタンを押さずに IT 担当に連絡してください。"
    if office_path and is_same_path(named_path, office_path):
        return f"{fact}計画ブックのとおりです（動かしてはいません）。", ""
    if office_path:
        remedy = f"{office_path} に直すか消してください。{unknown}"
        return f"{fact}計画ブックの {office_path} と違います（動かしていません）。", remedy
    if is_same_path(named_path, own_path):
        return f"{fact}この kenpo-xl を動かしている Python です。", ""
    return (
        f"{fact}計画ブックでは決められていません（動かしていません）。",
        f"正しい場所なら、計画ブックの「基本」の「{PYTHON_PLACE}」に入れてください。{unknown}",
    )
