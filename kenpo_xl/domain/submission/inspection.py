"""What a submitted book is made of besides its values: sheets, links, macros, hidden and altered parts."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.cell_edit import CellEdit
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
    there, `names` how many do, and `hidden` whether Excel does not list it.
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
class ChangedFormat:
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
    """A VBA module that is not the program's, by name; its source without Attribute lines."""

    name: str
    code: str


@frozen
class Survey:
    """Everything of a book but values; after `build` only `sheets`, `pythons` and `python_cell` are set.

    - `foreign`: a sentence on a book of another office or period, and `remedy` what to do; its parts are not
      read then. `present_owners`: the groups for which its items count, since the plan gave them these.
      `lost`: what is known of the period of a book without stamp.
    - `missing`: parts that were not found, with the cell or sheet nearest to their place; `unknown`: names in
      cells that plan and calendar do not know (ブロック, 表, 指標, 基準月); `outdated`: tables that the plan
      defines otherwise than at the time of `build`; `unnamed_parts`: parts found by their words only,
      since their Excel name is lost; `copies`: sheets that repeat an item's.
    - `hidden`: cells with data in hidden rows, columns or sheets; `skipped_parts`: what is too large to be
      read; `unread_elsewhere`: contents of other sheets; `embedded`: files and parts that can run code.
    - `struck`: cells with letters struck through; `formulas_without_result`; `changed_formats`: cells whose
      format may display another value.
    - `correct_extension`: the right ending of the file name where it is wrong; `buttons_gone`: the macros are
      missing; `buttons_lost`: another program saved the buttons so that nothing shows them; `pythons`: the
      programs named for the buttons, `python_cell` the cell of the book's own one.
    - `unrecorded`: reasons in 指摘 that 確認記録 does not contain yet.
    - `line_edits`: block and kind of lines that staff inserted without them.
    """

    sheets: tuple[SheetSeen, ...] = ()
    foreign: str = ""
    remedy: str = ""
    present_owners: tuple[str, ...] = ()
    links: tuple[OutsideLink, ...] = ()
    macros: tuple[Macro, ...] = ()
    missing: tuple[BookPart, ...] = ()
    unknown: tuple[BookPart, ...] = ()
    outdated: tuple[BookPart, ...] = ()
    unnamed_parts: tuple[BookPart, ...] = ()
    hidden: tuple[BookPart, ...] = ()
    altered: tuple[AlteredText, ...] = ()
    copies: tuple[BookPart, ...] = ()
    skipped_parts: tuple[BookPart, ...] = ()
    struck: tuple[StruckText, ...] = ()
    pythons: tuple[NamedPython, ...] = ()
    unread_elsewhere: tuple[Unread, ...] = ()
    embedded: tuple[BookPart, ...] = ()
    formulas_without_result: tuple[BookPart, ...] = ()
    correct_extension: str = ""
    buttons_gone: bool = False
    buttons_lost: bool = False
    changed_formats: tuple[ChangedFormat, ...] = ()
    lost: str = ""
    python_cell: Source | None = None
    unrecorded: tuple[Acceptance, ...] = ()
    line_edits: tuple[CellEdit, ...] = ()
