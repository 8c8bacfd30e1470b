"""Comments in cells: ours are added to those of users, which keep all their runs."""

from __future__ import annotations

import re
from collections.abc import Collection

from kenpo_xl.domain.cell_reference import CellPosition, a1, cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.edit import vml_shapes
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, Relationship, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import insert_child
from kenpo_xl.ooxml.edit.vml_shapes import CommentBox
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, cell_text, contains_text
from kenpo_xl.ooxml.safe_xml import parse_xml

AUTHOR = "kenpo-xl"
# The first line of our text, as Excel begins a comment with the name of its author.
LEAD = f"{AUTHOR}:"
_SIZE = '<{p}sz val="9"/><{p}color indexed="81"/>'
_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
)
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@frozen
class CellComment:
    """Our comment in a cell: its text, size and position."""

    position: CellPosition
    text: str
    box: CommentBox


def cells_with_threads(book: PackageEditor, sheet: SheetEntry) -> set[CellPosition]:
    """The cells with a threaded comment, which Excel displays instead of the plain one."""
    part = book.related_part(sheet.part, "comments")
    if not part or not any("threadedComment" in relation.kind for relation in book.relationships(sheet.part)):
        return set()
    draft = book.editable_part(part)
    root = draft.root_node(3)
    authors = [_node_text(draft, node) for node in _children_of_list(root, "authors")]
    found = set()
    for comment in _children_of_list(root, "commentList"):
        number = comment.get("authorId")
        name = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if name.startswith("tc="):
            found.add(cell_position(comment.get("ref")))
    return found


def cells_with_comment(book: PackageEditor, sheet: SheetEntry, contained_text: str = "") -> set[CellPosition]:
    """The cells with a comment that contains a text."""
    part = book.related_part(sheet.part, "comments")
    if not part:
        return set()
    draft = book.editable_part(part)
    comments = _children_of_list(draft.root_node(3), "commentList")
    return {
        cell_position(one.get("ref"))
        for one in comments
        if contains_text(draft.inner_bytes(one), contained_text)
    }


def text_without_own_comment(comment_text: str, known_texts: Collection[str]) -> str:
    """The text of a comment without ours; `known_texts` as for `remove_own_comments`."""
    start, end = _start_and_end_of_own_text(comment_text, known_texts)
    return comment_text[:start] + comment_text[end:]


def add_comments(book: PackageEditor, sheet: SheetEntry, new_comments: Collection[CellComment]) -> None:
    """Write our comments into a sheet that has none of them."""
    part = book.related_part(sheet.part, "comments")
    if not part:
        part = book.unused_part_name("xl/comments{}.xml")
        book.add_part(part, _COMMENTS.format(namespace=book.namespace), "comments+xml")
        book.add_relationship(sheet.part, "comments", part)
    fresh = _write_and_return_added_comments(book.editable_part(part), new_comments)
    if fresh:
        vml_shapes.add_comment_shapes(
            book.editable_part(_drawing_part(book, sheet)), [(note.position, note.box) for note in fresh]
        )


def _write_and_return_added_comments(
    draft: XmlPart, new_comments: Collection[CellComment]
) -> list[CellComment]:
    """Write into a part of comments; returns those of cells that had no comment."""
    root = draft.root_node(6)
    present = {cell_position(node.get("ref")): node for node in _children_of_list(root, "commentList")}
    fresh = [note for note in new_comments if note.position not in present]
    authors, comments = root.child("authors"), root.child("commentList")
    prefix = root.prefix
    if authors is not None and comments is not None and fresh:
        number = len(authors.children)
        draft.append_child(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>")
        for note in fresh:
            draft.append_child(
                comments,
                f'<{prefix}comment ref="{a1(*note.position)}" authorId="{number}">'
                f"<{prefix}text>{_comment_runs_xml(prefix, note.text)}</{prefix}text></{prefix}comment>",
            )
    for note in new_comments:
        text = _text_node(present.get(note.position))
        if text is not None:
            draft.append_child(text, _comment_runs_xml(prefix, note.text, "\n"))
    draft.apply_edits()
    return fresh


def _text_node(comment: Node | None) -> Node | None:
    return None if comment is None else comment.child("text")


def _comment_runs_xml(prefix: str, text: str, before: str = "") -> str:
    """Our line in bold, then the text."""
    size = _SIZE.format(p=prefix)
    return "".join(
        f"<{prefix}r><{prefix}rPr>{style}{size}</{prefix}rPr>"
        f'<{prefix}t xml:space="preserve">{cell_text(words)}</{prefix}t></{prefix}r>'
        for style, words in ((f"<{prefix}b/>", before + LEAD), ("", "\n" + text))
    )


def _drawing_part(book: PackageEditor, sheet: SheetEntry) -> str:
    """The part with the shapes of a sheet's comments and form buttons; added if missing."""
    draft = book.editable_part(sheet.part)
    root = draft.root_node(2)
    there = root.child("legacyDrawing")
    by_id = {relation.id: relation.target for relation in book.relationships(sheet.part)}
    if there is not None and by_id.get(there.get("id"), "") in book:
        return by_id[there.get("id")]
    part = book.unused_part_name("xl/drawings/vmlDrawing{}.vml")
    book.add_part(part, vml_shapes.empty_drawing(sheet.index + 1), _DRAWING_TYPE)
    identity = book.add_relationship(sheet.part, "vmlDrawing", part)
    if there is not None:
        draft.remove(there)
    element = f'<{root.prefix}legacyDrawing xmlns:kr="{book.relation_namespace}" kr:id="{identity}"/>'
    insert_child(draft, root, "legacyDrawing", element)
    draft.apply_edits()
    return part


def remove_own_comments(book: PackageEditor, sheet: SheetEntry, known_texts: Collection[str]) -> None:
    """Remove our comments from a sheet, and our text from the comments of users.

    `known_texts` are the texts of our comments without white space: text that was typed behind one of them
    stays. Behind any other text, all that follows our first line is removed.
    """
    part = book.related_part(sheet.part, "comments")
    if not part or not contains_text(book.editable_part(part).content, LEAD):
        return
    draft = book.editable_part(part)
    root = draft.root_node(6)
    removed = []
    left = 0
    for comment in _children_of_list(root, "commentList"):
        text = comment.child("text")
        if text is not None and _has_only_own_text(draft, text, known_texts):
            draft.remove(comment)
            removed.append(cell_position(comment.get("ref")))
            continue
        left += 1
        if text is not None:
            _cut_own_text(draft, text, known_texts)
    _remove_unused_author(draft, root, removed)
    draft.apply_edits()
    shapes_left = _are_shapes_left_after_removal(book, sheet, removed)
    if not left and removed:
        relations = book.relationships(sheet.part)
        book.remove_relationship(sheet.part, next(one for one in relations if one.target == part))
        book.remove_part(part)
        if not shapes_left:
            _remove_drawing(book, sheet)


def _has_only_own_text(draft: XmlPart, text: Node, known_texts: Collection[str]) -> bool:
    """Whether a comment contains our text and nothing else."""
    whole = "".join(_node_text(draft, node) for node in _text_pieces(text))
    start, end = _start_and_end_of_own_text(whole, known_texts)
    return start < end and not (whole[:start] + whole[end:]).strip()


def _cut_own_text(draft: XmlPart, text: Node, known_texts: Collection[str]) -> None:
    """Remove our text, if any, from a comment."""
    pieces = _text_pieces(text)
    words = [_node_text(draft, node) for node in pieces]
    start, end = _start_and_end_of_own_text("".join(words), known_texts)
    position = 0
    for run, node, word in zip(_runs_of_pieces(text, pieces), pieces, words, strict=True):
        first, last = max(start - position, 0), min(end - position, len(word))
        position += len(word)
        if first >= last:
            continue
        if last - first == len(word):
            draft.remove(run)
        else:
            draft.replace(node.inner, node.close, cell_text(word[:first] + word[last:]))


def _text_pieces(text: Node) -> list[Node]:
    """The nodes with the text of a comment, in its runs and outside of them."""
    pieces = [node for run in text.children for node in (run.children if run.local == "r" else (run,))]
    return [node for node in pieces if node.local == "t"]


def _runs_of_pieces(text: Node, pieces: Collection[Node]) -> list[Node]:
    """The run that contains each piece of text, or the piece itself."""
    return [next((run for run in text.children if piece in run.children), piece) for piece in pieces]


def _start_and_end_of_own_text(comment_text: str, known_texts: Collection[str]) -> tuple[int, int]:
    """Start and end of our text in a comment, with the line feed before it; equal if there is none."""
    found = re.search(rf"(?:^|\n|\r\n?){re.escape(LEAD)}[ \t]*(?=\r|\n|$)", comment_text)
    if found is None:
        return 0, 0
    start, end = found.start(), len(comment_text)
    rest = comment_text[found.end() :]
    squeezed, places = "", []
    for place, letter in enumerate(rest):
        if not letter.isspace():
            squeezed += letter
            places.append(place)
    best = max((one for one in known_texts if squeezed.startswith(one)), key=len, default="")
    if best:
        end = found.end() + places[len(best) - 1] + 1
    return start, end


def _remove_unused_author(draft: XmlPart, root: Node, removed: Collection[CellPosition]) -> None:
    """Remove our name from the authors if it is the last one and no comment left refers to it."""
    authors = root.child("authors")
    if authors is None or not authors.children or _node_text(draft, authors.children[-1]) != AUTHOR:
        return
    number = str(len(authors.children) - 1)
    used = [c for c in _children_of_list(root, "commentList") if c.get("authorId") == number]
    if all(cell_position(comment.get("ref")) in removed for comment in used):
        draft.remove(authors.children[-1])


def _are_shapes_left_after_removal(
    book: PackageEditor, sheet: SheetEntry, positions: Collection[CellPosition]
) -> bool:
    """Remove the shapes of comments; returns whether shapes are left."""
    relation = _drawing_relationship(book, sheet)
    return relation is not None and vml_shapes.has_shapes_after_removing_comments(
        book.editable_part(relation.target), positions
    )


def _remove_drawing(book: PackageEditor, sheet: SheetEntry) -> None:
    """Remove the drawing of a sheet, which has no shapes left."""
    relation = _drawing_relationship(book, sheet)
    if relation is None:
        return
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    there = draft.root_node(2).child("legacyDrawing")
    if there is not None:
        draft.remove(there)
        draft.apply_edits()
    book.remove_relationship(sheet.part, relation)
    book.remove_part(relation.target)


def _drawing_relationship(book: PackageEditor, sheet: SheetEntry) -> Relationship | None:
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    there = draft.root_node(2).child("legacyDrawing")
    identity = there.get("id") if there is not None else ""
    found = (r for r in book.relationships(sheet.part) if r.id == identity and r.target in book)
    return next(found, None)


def _children_of_list(root: Node, list_name: str) -> list[Node]:
    holder = root.child(list_name)
    return holder.children if holder else []


def _node_text(draft: XmlPart, node: Node) -> str:
    """The text of an element that holds nothing else."""
    inner = b"<t>" + draft.inner_bytes(node) + b"</t>"
    return str(parse_xml(inner).text or "")
