"""What a submitted book is made of besides its values: sheets, links, macros, hidden and altered parts."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.python_path import NamedPython
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart, Unread


class Visibility(StrEnum):
    """Whether staff see a sheet, can show it, or cannot find it without an editor."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@frozen
class SheetSeen:
    """A sheet in the order of the book; `ours` where `build` makes one of that name or purpose."""

    name: str
    visibility: Visibility
    ours: bool


@frozen
class OutsideLink:
    """A way out of the book: another workbook, a web address in a formula, or DDE.

    `source` is a cell that uses it, None where no cell does. Then `name` is the first Excel name that leads
    there, `names` how many do, and `hidden` tells that Excel does not list it.
    """

    target: str
    dde: bool
    source: Source | None = None
    name: str = ""
    names: int = 0
    hidden: bool = False


@frozen
class AlteredText:
    """A cell of plan text that no longer says what the plan says."""

    source: Source
    identity: str
    expected: str
    found: str


@frozen
class CellLook:
    """A cell whose number format is another than that of the plan, or whose letters are invisible.

    `is_unseen` says that the letters have the colour of the cell.
    """

    source: Source
    number_format: str
    is_unseen: bool = False


@frozen
class StruckText:
    """A cell with letters that are struck through; `left` is what is read of it without them.

    `is_formula` says that they are what a formula gives.
    """

    source: Source
    struck: str
    left: str
    is_formula: bool = False


@frozen
class Macro:
    """A VBA module that is none of ours, by name; its source without Attribute lines."""

    name: str
    code: str


@frozen
class Survey:
    """Everything of a book that is no value.

    As `build` made it all but `sheets`, `pythons` and `python_cell` are empty.
    `foreign` says in Japanese whose book it is where it is not one of the plan, `remedy` what to do;
    nothing of its parts is read then. `missing` are parts that were not found, with the cell or sheet
    nearest to where they belong, and `unknown` what a cell names that plan or calendar do not know
    (ブロック, 表, 指標, 基準月). `outdated` are tables that the plan defines otherwise than when the
    book was made. `nameless` are parts that were found by
    their words only, since their Excel name is gone or broken. `hidden` are cells with data in hidden
    rows, columns or sheets of our parts; `copies` are sheets that repeat an item's; `stray` says in
    Japanese what is left unread as it is too much. `struck` are cells of our parts with letters that are
    struck through, `unvalued` those with a formula whose result is not known. `pythons` are the programs
    that the book names for its buttons. `aside` is what sheets that are no item's hold of a clerk's own,
    `embedded` are files and parts that can run or carry anything. `misnamed` is what the name of the file
    must end in (.xlsm) where it does not, `buttons_gone` whether the macros behind its buttons are gone.
    `looks` are cells of values and texts that may show something else than they hold.
    `lost` says what is known of the period of a book whose stamp is gone, '' for one that has it.
    `python_cell` is the cell where the book names its own Python, `unrecorded` are the reasons typed into
    指摘 that 確認記録 does not contain yet.
    """

    sheets: tuple[SheetSeen, ...] = ()
    foreign: str = ""
    remedy: str = ""
    links: tuple[OutsideLink, ...] = ()
    macros: tuple[Macro, ...] = ()
    missing: tuple[BookPart, ...] = ()
    unknown: tuple[BookPart, ...] = ()
    outdated: tuple[BookPart, ...] = ()
    nameless: tuple[BookPart, ...] = ()
    hidden: tuple[BookPart, ...] = ()
    altered: tuple[AlteredText, ...] = ()
    copies: tuple[BookPart, ...] = ()
    stray: tuple[BookPart, ...] = ()
    struck: tuple[StruckText, ...] = ()
    pythons: tuple[NamedPython, ...] = ()
    aside: tuple[Unread, ...] = ()
    embedded: tuple[BookPart, ...] = ()
    unvalued: tuple[BookPart, ...] = ()
    misnamed: str = ""
    buttons_gone: bool = False
    looks: tuple[CellLook, ...] = ()
    lost: str = ""
    python_cell: Source | None = None
    unrecorded: tuple[Acceptance, ...] = ()
