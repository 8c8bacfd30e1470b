"""Verifies a marked copy independently: other content is unchanged, and every mark can be read.

Shares no code with the writer: it opens both files, compares the compressed bytes of every member, and the
trees of those few that differ, after removing the marks on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.verify_members import Members, text_within
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.safe_xml import parse_xml

_OWN_NAMES = ("指摘印_場所", "指摘印_値")
_TEMPLATE_NAME = "指摘_場所"
_OURS = re.compile(r"(?:^|\r?\n)kenpo-xl:.*", re.DOTALL)
# Parts that may be added or removed as a whole, by root element: comments, drawings, relationships.
_OPTIONAL_ROOTS = {"comments", "xml", "Relationships", "calcChain", "styleSheet"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def verify_marked_copy(original: Path, marked: Path, marks: Sequence[Mark] = ()) -> None:
    """Raises KenpoError if the copy lost or changed other content, is no valid XML, or lacks a mark."""
    try:
        with Members(original) as before, Members(marked) as after:
            problem = next(_wrong_members_or_cells(before, after, marks), None)
    except (etree.LxmlError, ValueError, LookupError) as error:
        problem = f"XML（{error}）".replace("\n", " ")
    if problem:
        raise KenpoError(
            f"{original.name} の {problem} を元どおりに書き出せないため、印を付けるのをやめました。"
            "元のファイルは変えていません。Excel で保存し直してから、もう一度実行してください。"
        )


def _wrong_members_or_cells(before: Members, after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    """Names of the members and cells that are not as expected."""
    ledgers = _findings_sheet_parts(before) | _findings_sheet_parts(after)
    for name in before.infos.keys() | after.infos.keys():
        if name in before.infos and name in after.infos:
            if not (
                before.stored_member(name) == after.stored_member(name)
                or _is_same_but_for_marks(before, after, name, ledgers)
            ):
                yield name
        elif not _may_member_be_added_or_removed(after if name in after.infos else before, name, ledgers):
            yield name
    yield from _cells_with_changed_comment(before, after)
    yield from _parts_with_lost_targets(before, after)
    yield from _places_of_unreadable_marks(after, marks)


def _is_same_but_for_marks(before: Members, after: Members, name: str, findings_parts: set[str]) -> bool:
    """Whether a member that differs is the same apart from marks."""
    old, new = before.content(name), after.content(name)
    if _root_name(after, name) == "xml" or name.endswith(".vml"):
        return _shapes_other_than_comments(old) == _shapes_other_than_comments(new)
    if name in findings_parts:
        # The sheet of the template may get other rows; an added one is rewritten each time.
        is_ours = name not in _findings_sheet_parts(after, _TEMPLATE_NAME)
        return is_ours or _reduced_xml(old, _remove_rows) == _reduced_xml(new, _remove_rows)
    old_cells, old = _cells_and_rest(old)
    new_cells, new = _cells_and_rest(new)
    if old_cells != new_cells:
        return False
    kind = _root_name(after, name)
    if kind == "styleSheet":
        return _are_styles_only_added(old, new)
    if kind == "comments":
        return True
    if kind in ("Relationships", "Types"):
        return _entries_agree_but_for_marks(
            old, new, (before.infos.keys() ^ after.infos.keys()) | findings_parts
        )
    reduce = {"worksheet": _remove_marks, "workbook": _remove_our_sheet}.get(kind)
    return reduce is not None and _reduced_xml(old, reduce) == _reduced_xml(new, reduce)


def _may_member_be_added_or_removed(members: Members, name: str, findings_parts: set[str]) -> bool:
    """Whether a member may be in one of the books only: 指摘, comments, drawings of comments alone."""
    kind = _root_name(members, name)
    has_buttons = kind == "xml" and bool(_shapes_other_than_comments(members.content(name)))
    return name in findings_parts or (kind in _OPTIONAL_ROOTS and not has_buttons)


def _root_name(members: Members, name: str) -> str:
    try:
        return members.root_name(name)
    except (etree.XMLSyntaxError, StopIteration):
        return "xml" if name.endswith(".vml") else ""


def _cells_and_rest(content: bytes) -> tuple[bytes, bytes]:
    """The cells of a sheet as bytes, and the rest; no cells if that needs a parser."""
    found = re.search(rb"<([\w.-]+:)?sheetData(?:\s[^>]*)?>", content)
    close = content.rfind(b"</" + (found[1] or b"") + b"sheetData") if found else -1
    if found is None or close < found.end() or b"<!" in content or found[0].endswith(b"/>"):
        return b"", content
    return content[found.end() : close], content[: found.end()] + content[close:]


def _reduced_xml(content: bytes, reduce: Callable[[etree._Element], None]) -> bytes:
    root = parse_xml(content, remove_blank_text=True)
    reduce(root)
    return bytes(etree.tostring(root, method="c14n"))


def _remove_marks(root: etree._Element) -> None:
    for rule in list(root.iterfind("{*}conditionalFormatting/{*}cfRule")):
        holder = rule.getparent()
        if _OWN_NAMES[0] in text_within(rule) and holder is not None:
            holder.remove(rule)
            if len(holder) == 0:
                root.remove(holder)
    for drawing in list(root.iterchildren("{*}legacyDrawing")):
        root.remove(drawing)


def _remove_rows(root: etree._Element) -> None:
    """Remove the rows of the sheet 指摘; its columns, page setup and formats stay."""
    for child in list(root.iterchildren("*")):
        if etree.QName(child).localname in ("sheetData", "dimension", "legacyDrawing"):
            root.remove(child)


def _remove_our_sheet(root: etree._Element) -> None:
    ours = [
        name for name in root.iterfind("{*}definedNames/{*}definedName") if name.get("name") in _OWN_NAMES
    ]
    sheets = {(text_within(name).partition("!")[0]).strip("'").replace("''", "'") for name in ours}
    for name in ours:
        _remove_element(name)
    for sheet in list(root.iterfind("{*}sheets/{*}sheet")):
        if sheet.get("name") in sheets or (sheet.get("name") or "").startswith("指摘"):
            _remove_element(sheet)
    _remove_sheet_numbers(root)


def _remove_sheet_numbers(root: etree._Element) -> None:
    """Remove the sheet numbers: of a local name, the first and the active sheet of a view."""
    for holder in list(root.iterchildren("{*}definedNames")):
        for name in holder:
            name.attrib.pop("localSheetId", None)
        if len(holder) == 0:
            root.remove(holder)
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            view.attrib.pop(attribute, None)


def _remove_element(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _are_styles_only_added(old: bytes, new: bytes) -> bool:
    """Whether one style sheet only adds to the ends of the other's lists."""
    first, second = (
        {
            etree.QName(child).localname: [etree.tostring(item, method="c14n") for item in child]
            for child in root.iterchildren("*")
        }
        for root in (parse_xml(old), parse_xml(new))
    )
    return all(
        all(a == b for a, b in zip(first.get(name, []), second.get(name, []), strict=False))
        for name in first.keys() | second.keys()
    )


def _cells_with_changed_comment(before: Members, after: Members) -> Iterator[str]:
    """The cells whose comment, apart from our text, is not the same."""
    for sheet in before.part_by_sheet_name.keys() & after.part_by_sheet_name.keys():
        old, new = (
            before.comments_of_sheet(before.part_by_sheet_name[sheet]),
            after.comments_of_sheet(after.part_by_sheet_name[sheet]),
        )
        for cell in old.keys() | new.keys():
            (author, text), (other, copied) = old.get(cell, ("", "")), new.get(cell, ("", ""))
            kept, added = (_OURS.sub("", one).strip() for one in (text, copied))
            if kept not in copied or added not in text or (kept and author != other):
                yield f"{sheet}!{cell}"


def _shapes_other_than_comments(content: bytes) -> list[bytes]:
    """The shapes of a drawing that are not comments."""
    shapes = re.findall(rb"<v:shape\s.*?</v:shape\s*>", content, re.DOTALL)
    return [shape for shape in shapes if b'ObjectType="Note"' not in shape]


def _entries_agree_but_for_marks(old: bytes, new: bytes, ours: set[str]) -> bool:
    """Whether relationships or content types differ only in comments and in parts added or removed."""
    first, second = (
        {tuple(sorted(dict(entry.attrib).items())) for entry in parse_xml(content)} for content in (old, new)
    )
    came_or_went = {name.rpartition("/")[2] for name in ours}
    first, second = (
        {entry for entry in side if not dict(entry).get("Type", "").endswith(("/comments", "/vmlDrawing"))}
        for side in (first, second)
    )
    return all(
        (dict(entry).get("PartName") or dict(entry).get("Target") or "").casefold().rpartition("/")[2]
        in came_or_went
        for entry in first ^ second
    )


def _parts_with_lost_targets(before: Members, after: Members) -> Iterator[str]:
    """The relationship parts of the copy with a target that is in the original only."""
    for name in after.infos:
        if name.endswith(".rels") and (
            name not in before.infos or before.stored_member(name) != after.stored_member(name)
        ):
            known = before.infos.keys()
            if any(
                target not in after.infos and target in known for target in after.relationship_targets(name)
            ):
                yield name


def _findings_sheet_parts(members: Members, *defined_names: str) -> set[str]:
    """The parts of the sheets 指摘 that these names, by default all that annotations use, refer to."""
    found = set()
    for name in members.defined_names():
        if name.get("name") in (defined_names or (*_OWN_NAMES, _TEMPLATE_NAME)):
            sheet = text_within(name).rpartition("!")[0].strip("'").replace("''", "'")
            found.add(members.part_by_sheet_name.get(sheet, ""))
    return found - {""}


def _findings_sheet_text(members: Members) -> str:
    return "\n".join(
        text_within(members.parsed_root(part))
        for part in _findings_sheet_parts(members)
        if part in members.infos
    )


def _places_of_unreadable_marks(after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    """「指摘」 or the cell of each mark that cannot be read there."""
    rows = _findings_sheet_text(after) if marks else ""
    for mark in marks:
        if _mark_text_as_stored(mark) not in rows:
            yield "指摘"
    yield from _cells_with_unreadable_comment(after, marks)


def _cells_with_unreadable_comment(after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    for sheet in {mark.sheet for mark in marks if mark.cell}:
        texts = _comment_texts(after, sheet)
        if texts is None:
            continue
        for mark in marks:
            if (
                mark.sheet == sheet
                and mark.cell
                and not any(_mark_text_as_stored(mark) in text for text in texts)
            ):
                yield f"{sheet}!{mark.cell}"


def _comment_texts(members: Members, sheet: str) -> list[str] | None:
    """The comments of a worksheet; None for other sheets and for one with threaded comments."""
    part = members.part_by_sheet_name.get(sheet, "")
    texts = [text for _, text in members.comments_of_sheet(part).values()]
    is_worksheet = part in members.infos and _root_name(members, part) == "worksheet"
    return texts if is_worksheet and not members.has_threads(part) else None


def _mark_text_as_stored(mark: Mark) -> str:
    """The text of a mark, as XML can store it."""
    return _ILLEGAL.sub("", mark.text).replace("\r\n", "\n").partition("_x")[0]
