"""What a submitted book is made of besides its values: sheets, links, macros, hidden and altered parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kenpo_xl.domain.submission import Source


class Visibility(StrEnum):
    """Whether staff see a sheet, can show it, or cannot find it without an editor."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True)
class SheetSeen:
    """A sheet in the order of the book; `ours` where `build` makes one of that name or purpose."""

    name: str
    visibility: Visibility
    ours: bool


@dataclass(frozen=True)
class OutsideLink:
    """A way out of the book: another workbook, a web address in a formula, or DDE.

    `source` is a cell that uses it, None where no cell does.
    """

    target: str
    dde: bool
    source: Source | None = None


@dataclass(frozen=True)
class AlteredText:
    """A cell of plan text that no longer says what the plan says."""

    source: Source
    identity: str
    expected: str
    found: str


@dataclass(frozen=True)
class Part:
    """A part of the plan and where it stands: `kind` is シート, 表, 行, 列, 基準月, 実施状況 and the like."""

    kind: str
    identity: str
    source: Source


@dataclass(frozen=True)
class Macro:
    """A VBA module by name, its source without Attribute lines."""

    name: str
    code: str


@dataclass(frozen=True)
class Survey:
    """Everything of a book that is no value. All tuples are empty for a book as `build` made it.

    `missing` are parts that were not found, with the cell or sheet nearest to where they belong; `outdated`
    are tables whose definition in the plan is another one by now; `hidden` are cells with data in hidden rows
    or columns of our parts; `stray` says in Japanese what is left unread beyond our parts.
    """

    sheets: tuple[SheetSeen, ...] = ()
    links: tuple[OutsideLink, ...] = ()
    macros: tuple[Macro, ...] = ()
    missing: tuple[Part, ...] = ()
    outdated: tuple[Part, ...] = ()
    hidden: tuple[Part, ...] = ()
    altered: tuple[AlteredText, ...] = ()
    stray: tuple[Part, ...] = ()
