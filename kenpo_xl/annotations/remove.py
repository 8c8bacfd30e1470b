"""Taking our marks out of a book, and nothing else: what staff typed since, and their own notes, stay."""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.annotations import added_sheet, comments, findings_sheet, highlight, undo_log
from kenpo_xl.annotations.findings_sheet import FindingRow, FindingsSheet
from kenpo_xl.ooxml.edit.package_editor import PackageEditor


def sheets_of_ours(book: PackageEditor) -> tuple[FindingsSheet | None, FindingsSheet | None]:
    """The sheet 指摘 of the book's template, and the one that we brought; None where there is none."""
    own = findings_sheet.find(book)
    brought = findings_sheet.find(book, highlight.OWN_PLACES)
    if own and brought and own.entry.name == brought.entry.name:
        brought = None
    return own, brought


def cleaned(book: PackageEditor) -> list[FindingRow]:
    """Take our marks out; the rows of 指摘 as they were.

    A book that is just as we left it is put back to the byte. One that was saved by Excel or edited since is
    cleaned by meaning: our notes are known by their first line and their words in 指摘, our colours by the
    names in their formulas.
    """
    own, brought = sheets_of_ours(book)
    found = [sheet for sheet in (own, brought) if sheet]
    rows = [row for sheet in found for row in sheet.rows]
    text = "".join(row.words.get(findings_sheet.UNDO, "") for row in rows)
    if own:
        own.clear()
    if not (text and undo_log.followed(book, text)):
        _clean(book, rows, brought)
    for sheet in found:
        _forget_chain(book, sheet)
    book.apply_edits()
    return rows


def known_notes(rows: Iterable[FindingRow]) -> set[str]:
    """The texts of our notes as 指摘 has them, without white space."""
    texts = (row.words.get(findings_sheet.NOTE, "") for row in rows)
    return {"".join(text.split()) for text in texts} - {""}


def _clean(book: PackageEditor, rows: Iterable[FindingRow], brought: FindingsSheet | None) -> None:
    known = known_notes(rows)
    has_colours = highlight.OWN_PLACES in findings_sheet.names_of(book)
    for sheet in book.sheets():
        if sheet.kind == "worksheet":
            comments.take_out(book, sheet, known)
            if has_colours:
                highlight.take_out(book.editable_part(sheet.part))
    if brought:
        added_sheet.take_out(book, brought)
    added_sheet.forget_names(book)


def _forget_chain(book: PackageEditor, sheet: FindingsSheet) -> None:
    """Take the order of calculation out where Excel put our formulas into it; Excel makes it anew."""
    relation = next(
        (r for r in book.relationships(book.main) if r.kind == "calcChain" and r.target in book), None
    )
    if relation is None:
        return
    identity = ""
    for node in book.editable_part(relation.target).nodes(2).children:
        identity = node.get("i") or identity
        if identity == sheet.entry.id:
            book.remove_relationship(book.main, relation)
            book.remove_part(relation.target)
            return
