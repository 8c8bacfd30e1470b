"""Verifies a marked copy independently: other content is unchanged, and every mark can be read.

Shares no code with what writes the marks: it opens both files, compares the compressed bytes of every
member, and the trees of those few that differ, after leaving out on both sides what is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.verify_members import Members, joined
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.safe_xml import parse_xml

_OWN_NAMES = ("指摘印_場所", "指摘印_値")
_TEMPLATE_NAME = "指摘_場所"
_OURS = re.compile(r"(?:^|\r?\n)kenpo-xl:.*", re.DOTALL)
# What may come or go as a whole, by the name of its root: notes, their drawings, what points at them.
_COMES_AND_GOES = {"comments", "xml", "Relationships", "calcChain", "styleSheet"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def verify(original: Path, marked: Path, marks: Sequence[Mark] = ()) -> None:
    """KenpoError where the copy lost or changed what is not ours, is no valid XML, or lacks a mark."""
    try:
        with Members(original) as before, Members(marked) as after:
            problem = next(_problems(before, after, marks), None)
    except (etree.LxmlError, ValueError, LookupError) as error:
        problem = f"XML（{error}）".replace("\n", " ")
    if problem:
        raise KenpoError(
            f"{original.name} の {problem} を元どおりに書き出せないため、印を付けるのをやめました。"
            "元のファイルは変えていません。Excel で保存し直してから、もう一度実行してください。"
        )


def _problems(before: Members, after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    """Names of the members that are not as they should be."""
    ledgers = _ledgers(before) | _ledgers(after)
    for name in before.infos.keys() | after.infos.keys():
        if name in before.infos and name in after.infos:
            if not (before.packed(name) == after.packed(name) or _same(before, after, name, ledgers)):
                yield name
        elif not _may_come_and_go(after if name in after.infos else before, name, ledgers):
            yield name
    yield from _changed_notes(before, after)
    yield from _lost_relations(before, after)
    yield from _unreadable(after, marks)


def _same(before: Members, after: Members, name: str, ledgers: set[str]) -> bool:
    """Whether a member that differs says the same but for what is ours."""
    old, new = before.read(name), after.read(name)
    if _root_name(after, name) == "xml" or name.endswith(".vml"):
        return _buttons(old) == _buttons(new)
    if name in ledgers:
        # The template's own may get other rows; the one that we bring is made anew each time.
        is_ours = name not in _ledgers(after, _TEMPLATE_NAME)
        return is_ours or _bare(old, _without_rows) == _bare(new, _without_rows)
    old_cells, old = _cells_apart(old)
    new_cells, new = _cells_apart(new)
    if old_cells != new_cells:
        return False
    kind = _root_name(after, name)
    if kind == "styleSheet":
        return _is_longer(old, new)
    if kind == "comments":
        return True
    if kind in ("Relationships", "Types"):
        return _entries_agree(old, new, (before.infos.keys() ^ after.infos.keys()) | ledgers)
    reduce = {"worksheet": _without_marks, "workbook": _without_our_sheet}.get(kind)
    return reduce is not None and _bare(old, reduce) == _bare(new, reduce)


def _may_come_and_go(members: Members, name: str, ledgers: set[str]) -> bool:
    """Whether a member may be in one of the books only: 指摘, notes, drawings of nothing but notes."""
    kind = _root_name(members, name)
    has_buttons = kind == "xml" and bool(_buttons(members.read(name)))
    return name in ledgers or (kind in _COMES_AND_GOES and not has_buttons)


def _root_name(members: Members, name: str) -> str:
    try:
        return members.root(name)
    except (etree.XMLSyntaxError, StopIteration):
        return "xml" if name.endswith(".vml") else ""


def _cells_apart(content: bytes) -> tuple[bytes, bytes]:
    """The cells of a sheet as bytes, and the rest; no cells where that cannot be said without a parser."""
    found = re.search(rb"<([\w.-]+:)?sheetData(?:\s[^>]*)?>", content)
    close = content.rfind(b"</" + (found[1] or b"") + b"sheetData") if found else -1
    if found is None or close < found.end() or b"<!" in content or found[0].endswith(b"/>"):
        return b"", content
    return content[found.end() : close], content[: found.end()] + content[close:]


def _bare(content: bytes, reduce: Callable[[etree._Element], None]) -> bytes:
    root = parse_xml(content, remove_blank_text=True)
    reduce(root)
    return bytes(etree.tostring(root, method="c14n"))


def _without_marks(root: etree._Element) -> None:
    for rule in list(root.iterfind("{*}conditionalFormatting/{*}cfRule")):
        holder = rule.getparent()
        if _OWN_NAMES[0] in joined(rule) and holder is not None:
            holder.remove(rule)
            if len(holder) == 0:
                root.remove(holder)
    for drawing in list(root.iterchildren("{*}legacyDrawing")):
        root.remove(drawing)


def _without_rows(root: etree._Element) -> None:
    """What is left of the sheet 指摘: its columns, page and formats."""
    for child in list(root.iterchildren("*")):
        if etree.QName(child).localname in ("sheetData", "dimension", "legacyDrawing"):
            root.remove(child)


def _without_our_sheet(root: etree._Element) -> None:
    ours = [
        name for name in root.iterfind("{*}definedNames/{*}definedName") if name.get("name") in _OWN_NAMES
    ]
    sheets = {(joined(name).partition("!")[0]).strip("'").replace("''", "'") for name in ours}
    for name in ours:
        _drop(name)
    for sheet in list(root.iterfind("{*}sheets/{*}sheet")):
        if sheet.get("name") in sheets or (sheet.get("name") or "").startswith("指摘"):
            _drop(sheet)
    _drop_positions(root)


def _drop_positions(root: etree._Element) -> None:
    """Remove what numbers the sheets: the sheet of a name, the first and the active one of a view."""
    for holder in list(root.iterchildren("{*}definedNames")):
        for name in holder:
            name.attrib.pop("localSheetId", None)
        if len(holder) == 0:
            root.remove(holder)
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            view.attrib.pop(attribute, None)


def _drop(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _is_longer(old: bytes, new: bytes) -> bool:
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


def _changed_notes(before: Members, after: Members) -> Iterator[str]:
    """The sheets in which the staff's words are not the same in some note; ours may come and go."""
    for sheet in before.sheets().keys() & after.sheets().keys():
        old, new = before.notes(before.sheets()[sheet]), after.notes(after.sheets()[sheet])
        for cell in old.keys() | new.keys():
            (author, text), (other, copied) = old.get(cell, ("", "")), new.get(cell, ("", ""))
            kept, added = (_OURS.sub("", one).strip() for one in (text, copied))
            if kept not in copied or added not in text or (kept and author != other):
                yield f"{sheet}!{cell}"


def _buttons(content: bytes) -> list[bytes]:
    """The shapes of a drawing that are not notes."""
    shapes = re.findall(rb"<v:shape\s.*?</v:shape\s*>", content, re.DOTALL)
    return [shape for shape in shapes if b'ObjectType="Note"' not in shape]


def _entries_agree(old: bytes, new: bytes, ours: set[str]) -> bool:
    """Whether relationships or content types differ only in notes and in parts that came or went."""
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


def _lost_relations(before: Members, after: Members) -> Iterator[str]:
    """Parts of relationships in the copy that point at nothing, though they did not before."""
    for name in after.infos:
        if name.endswith(".rels") and (name not in before.infos or before.packed(name) != after.packed(name)):
            known = before.infos.keys()
            if any(target not in after.infos and target in known for target in after.targets(name)):
                yield name


def _ledgers(members: Members, *wanted: str) -> set[str]:
    """The parts of the sheets 指摘, as these names point at them, or as any of ours does."""
    found = set()
    for name in members.names():
        if name.get("name") in (wanted or (*_OWN_NAMES, _TEMPLATE_NAME)):
            sheet = joined(name).rpartition("!")[0].strip("'").replace("''", "'")
            found.add(members.sheets().get(sheet, ""))
    return found - {""}


def _ledger_text(members: Members) -> str:
    return "\n".join(joined(members.tree(part)) for part in _ledgers(members) if part in members.infos)


def _unreadable(after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    """指摘 or a note, where a mark cannot be read in it."""
    rows = _ledger_text(after) if marks else ""
    for mark in marks:
        if _said(mark) not in rows:
            yield "指摘"
    yield from _unreadable_notes(after, marks)


def _unreadable_notes(after: Members, marks: Sequence[Mark]) -> Iterator[str]:
    for sheet in {mark.sheet for mark in marks if mark.cell}:
        texts = _note_texts(after, sheet)
        if texts is None:
            continue
        for mark in marks:
            if mark.sheet == sheet and mark.cell and not any(_said(mark) in text for text in texts):
                yield f"{sheet}!{mark.cell}"


def _note_texts(members: Members, sheet: str) -> list[str] | None:
    """The notes of a worksheet; None for other sheets and for one with threads of comments."""
    part = members.sheets().get(sheet, "")
    texts = [text for _, text in members.notes(part).values()]
    is_worksheet = part in members.infos and _root_name(members, part) == "worksheet"
    return texts if is_worksheet and not members.has_threads(part) else None


def _said(mark: Mark) -> str:
    """The words of a mark as a part of the book can hold them."""
    return _ILLEGAL.sub("", mark.text).replace("\r\n", "\n").partition("_x")[0]
