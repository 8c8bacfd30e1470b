"""Notes in cells: ours beside those of the staff, which keep every run of theirs."""

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
# The first line of what is ours, as Excel begins a note with the name of its author.
LEAD = f"{AUTHOR}:"
_SIZE = '<{p}sz val="9"/><{p}color indexed="81"/>'
_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
)
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@frozen
class Note:
    """What our note in a cell says, and how large it is drawn."""

    place: CellPosition
    text: str
    box: CommentBox


def threaded(book: PackageEditor, sheet: SheetEntry) -> set[CellPosition]:
    """The cells whose note stands for a thread of comments, which Excel shows in its place."""
    part = book.related_part(sheet.part, "comments")
    if not part or not any("threadedComment" in relation.kind for relation in book.relationships(sheet.part)):
        return set()
    draft = book.editable_part(part)
    root = draft.nodes(3)
    authors = [_plain(draft, node) for node in _children(root, "authors")]
    found = set()
    for comment in _children(root, "commentList"):
        number = comment.get("authorId")
        name = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if name.startswith("tc="):
            found.add(cell_position(comment.get("ref")))
    return found


def noted(book: PackageEditor, sheet: SheetEntry, words: str = "") -> set[CellPosition]:
    """The cells that have a note with these words in it."""
    part = book.related_part(sheet.part, "comments")
    if not part:
        return set()
    draft = book.editable_part(part)
    comments = _children(draft.nodes(3), "commentList")
    return {cell_position(one.get("ref")) for one in comments if contains_text(draft.text(one), words)}


def without_ours(whole: str, known: Collection[str]) -> str:
    """The words of a note without ours; `known` as for `take_out`."""
    start, end = _ours(whole, known)
    return whole[:start] + whole[end:]


def put(book: PackageEditor, sheet: SheetEntry, notes: Collection[Note]) -> None:
    """Write our notes into a sheet that holds none of ours."""
    part = book.related_part(sheet.part, "comments")
    if not part:
        part = book.unused_part_name("xl/comments{}.xml")
        book.add_part(part, _COMMENTS.format(namespace=book.namespace), "comments+xml")
        book.add_relationship(sheet.part, "comments", part)
    fresh = _commented(book.editable_part(part), notes)
    if fresh:
        vml_shapes.add_comment_shapes(
            book.editable_part(_drawing(book, sheet)), [(note.place, note.box) for note in fresh]
        )


def _commented(draft: XmlPart, notes: Collection[Note]) -> list[Note]:
    """Write into a part of comments; the notes of cells that had none."""
    root = draft.nodes(6)
    present = {cell_position(node.get("ref")): node for node in _children(root, "commentList")}
    fresh = [note for note in notes if note.place not in present]
    authors, comments = root.child("authors"), root.child("commentList")
    prefix = root.prefix
    if authors is not None and comments is not None and fresh:
        number = len(authors.children)
        draft.append(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>")
        for note in fresh:
            draft.append(
                comments,
                f'<{prefix}comment ref="{a1(*note.place)}" authorId="{number}">'
                f"<{prefix}text>{_runs(prefix, note.text)}</{prefix}text></{prefix}comment>",
            )
    for note in notes:
        text = _text_node(present.get(note.place))
        if text is not None:
            draft.append(text, _runs(prefix, note.text, "\n"))
    draft.apply_edits()
    return fresh


def _text_node(comment: Node | None) -> Node | None:
    return None if comment is None else comment.child("text")


def _runs(prefix: str, text: str, before: str = "") -> str:
    """Our line in bold, then the text."""
    size = _SIZE.format(p=prefix)
    return "".join(
        f"<{prefix}r><{prefix}rPr>{style}{size}</{prefix}rPr>"
        f'<{prefix}t xml:space="preserve">{cell_text(words)}</{prefix}t></{prefix}r>'
        for style, words in ((f"<{prefix}b/>", before + LEAD), ("", "\n" + text))
    )


def _drawing(book: PackageEditor, sheet: SheetEntry) -> str:
    """The part with the shapes of a sheet's notes and form buttons; made where there is none."""
    draft = book.editable_part(sheet.part)
    root = draft.nodes(2)
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


def take_out(book: PackageEditor, sheet: SheetEntry, known: Collection[str]) -> None:
    """Take our notes out of a sheet, and our words out of the notes of the staff.

    `known` are the texts of our notes without white space: what staff typed behind one of them stays. Without
    it, all that follows our first line is taken for ours.
    """
    relation = _comments_relation(book, sheet)
    if relation is None or not contains_text(book.editable_part(relation.target).content, LEAD):
        return
    draft = book.editable_part(relation.target)
    root = draft.nodes(6)
    gone = []
    left = 0
    for comment in _children(root, "commentList"):
        text = comment.child("text")
        if text is not None and _cut(draft, text, known):
            draft.remove(comment)
            gone.append(cell_position(comment.get("ref")))
        else:
            left += 1
    _forget_author(draft, root, gone)
    draft.apply_edits()
    shapes_left = _erase(book, sheet, gone)
    if not left and gone:
        book.remove_relationship(sheet.part, relation)
        book.remove_part(relation.target)
        if not shapes_left:
            _undraw(book, sheet)


def _comments_relation(book: PackageEditor, sheet: SheetEntry) -> Relationship | None:
    relations = book.relationships(sheet.part)
    return next((one for one in relations if one.kind == "comments" and one.target in book), None)


def _cut(draft: XmlPart, text: Node, known: Collection[str]) -> bool:
    """Cut our words out of a note; whether nothing else is left of it."""
    pieces = _text_pieces(text)
    words = [_plain(draft, node) for node in pieces]
    whole = "".join(words)
    start, end = _ours(whole, known)
    if start == end:
        return False
    if not (whole[:start] + whole[end:]).strip():
        return True
    position = 0
    for run, node, word in zip(_runs_of(text, pieces), pieces, words, strict=True):
        first, last = max(start - position, 0), min(end - position, len(word))
        position += len(word)
        if first >= last:
            continue
        if last - first == len(word):
            draft.remove(run)
        else:
            draft.replace(node.inner, node.close, cell_text(word[:first] + word[last:]))
    return False


def _text_pieces(text: Node) -> list[Node]:
    """The nodes with the words of a note, in its runs and outside of them."""
    pieces = [node for run in text.children for node in (run.children if run.local == "r" else (run,))]
    return [node for node in pieces if node.local == "t"]


def _runs_of(text: Node, pieces: Collection[Node]) -> list[Node]:
    """The run that holds each piece of text, or the piece itself."""
    return [next((run for run in text.children if piece in run.children), piece) for piece in pieces]


def _ours(whole: str, known: Collection[str]) -> tuple[int, int]:
    """From where to where a note is ours; the line feed before it is, too."""
    found = re.search(rf"(?:^|\n|\r\n?){re.escape(LEAD)}[ \t]*(?=\r|\n|$)", whole)
    if found is None:
        return 0, 0
    start, end = found.start(), len(whole)
    rest = whole[found.end() :]
    squeezed, places = "", []
    for place, letter in enumerate(rest):
        if not letter.isspace():
            squeezed += letter
            places.append(place)
    best = max((one for one in known if squeezed.startswith(one)), key=len, default="")
    if best:
        end = found.end() + places[len(best) - 1] + 1
    return start, end


def _forget_author(draft: XmlPart, root: Node, gone: Collection[CellPosition]) -> None:
    """Take our name out of the authors where it is the last one and no note is left that bears it."""
    authors = root.child("authors")
    if authors is None or not authors.children or _plain(draft, authors.children[-1]) != AUTHOR:
        return
    number = str(len(authors.children) - 1)
    used = [c for c in _children(root, "commentList") if c.get("authorId") == number]
    if all(cell_position(comment.get("ref")) in gone for comment in used):
        draft.remove(authors.children[-1])


def _erase(book: PackageEditor, sheet: SheetEntry, places: Collection[CellPosition]) -> bool:
    """Take the shapes of notes away; whether shapes are left."""
    relation = _legacy(book, sheet)
    return relation is not None and vml_shapes.remove_comment_shapes(
        book.editable_part(relation.target), places
    )


def _undraw(book: PackageEditor, sheet: SheetEntry) -> None:
    """Take the drawing of a sheet out in which nothing is left."""
    relation = _legacy(book, sheet)
    if relation is None:
        return
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    there = draft.nodes(2).child("legacyDrawing")
    if there is not None:
        draft.remove(there)
        draft.apply_edits()
    book.remove_relationship(sheet.part, relation)
    book.remove_part(relation.target)


def _legacy(book: PackageEditor, sheet: SheetEntry) -> Relationship | None:
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    there = draft.nodes(2).child("legacyDrawing")
    identity = there.get("id") if there is not None else ""
    found = (r for r in book.relationships(sheet.part) if r.id == identity and r.target in book)
    return next(found, None)


def _children(root: Node, local: str) -> list[Node]:
    holder = root.child(local)
    return holder.children if holder else []


def _plain(draft: XmlPart, node: Node) -> str:
    """The text of an element that holds nothing else."""
    inner = b"<t>" + draft.text(node) + b"</t>"
    return str(parse_xml(inner).text or "")
