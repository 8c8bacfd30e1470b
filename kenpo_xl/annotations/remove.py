"""Removes the marks from a book, and nothing else: later edits and comments of users stay."""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.annotations import added_sheet, comments, findings_sheet, highlight, undo_log
from kenpo_xl.annotations.findings_sheet import FindingRow, FindingsSheet
from kenpo_xl.ooxml.edit.package_editor import PackageEditor


def template_and_added_sheet(book: PackageEditor) -> tuple[FindingsSheet | None, FindingsSheet | None]:
    """The sheet 指摘 of the book's template and the added one, each None if there is none."""
    own = findings_sheet.find_findings_sheet(book)
    added = findings_sheet.find_findings_sheet(book, highlight.OWN_PLACES)
    if own and added and own.entry.name == added.entry.name:
        added = None
    return own, added


def remove_marks_and_return_rows(
    book: PackageEditor, own: FindingsSheet | None, added: FindingsSheet | None
) -> list[FindingRow]:
    """Remove the marks; returns the rows that 指摘, of the template and added, had.

    A book that was not saved since is restored byte by byte. In any other, comments are recognized by their
    first line and their text in 指摘, highlights by the names in their formulas.
    """
    found = [sheet for sheet in (own, added) if sheet]
    rows = [row for sheet in found for row in sheet.finding_rows]
    text = "".join(row.words.get(findings_sheet.UNDO, "") for row in rows)
    if own:
        own.remove_finding_rows()
    if not (text and undo_log.try_to_undo_edits(book, text)):
        _remove_marks_by_meaning(book, rows, added)
    for sheet in found:
        _remove_calc_chain(book, sheet)
    book.apply_edits()
    return rows


def own_comment_texts(rows: Iterable[FindingRow]) -> set[str]:
    """The texts of our comments as stored in 指摘, without white space."""
    texts = (row.words.get(findings_sheet.NOTE, "") for row in rows)
    return {"".join(text.split()) for text in texts} - {""}


def remove_comments_of_rows(book: PackageEditor, rows: Iterable[FindingRow]) -> None:
    """Remove our comments, which the rows of 指摘 contain, from all sheets."""
    known = own_comment_texts(rows)
    for sheet in book.sheets():
        if sheet.kind == "worksheet":
            comments.remove_own_comments(book, sheet, known)


def _remove_marks_by_meaning(
    book: PackageEditor, rows: Iterable[FindingRow], added: FindingsSheet | None
) -> None:
    remove_comments_of_rows(book, rows)
    if findings_sheet.formula_of_name(book, highlight.OWN_PLACES):
        for sheet in book.sheets():
            if sheet.kind == "worksheet":
                highlight.remove_own_highlights(book.editable_part(sheet.part))
    if added:
        added_sheet.remove_findings_sheet(book, added)
    added_sheet.remove_own_names(book)


def _remove_calc_chain(book: PackageEditor, sheet: FindingsSheet) -> None:
    """Remove the calculation chain if it contains cells of the sheet; Excel rebuilds it."""
    relation = next(
        (r for r in book.relationships(book.main) if r.kind == "calcChain" and r.target in book), None
    )
    if relation is None:
        return
    identity = ""
    for node in book.editable_part(relation.target).root_node(2).children:
        identity = node.get("i") or identity
        if identity == sheet.entry.id:
            book.remove_relationship(book.main, relation)
            book.remove_part(relation.target)
            return
