"""What unmarking needs to put every part back to the byte, kept in a hidden column of 指摘.

For each part that we edited: the hash of what it was, and where our pieces stand. It is followed only where
that gives exactly what was there; a book that was saved or edited since is cleaned by meaning instead.
A last line holds a hash over all other parts as we left them: it tells whether anybody saved the book since.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import XmlPart
from kenpo_xl.ooxml.package import Package, normalized_part_name

_ADDED = "+"
# Stands in the place of a part in the line that speaks of the whole book.
_WHOLE = ""
# What a text that is not ours, or a part that is gone, raises.
_UNUSABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, KenpoError)


def begin(book: PackageEditor) -> dict[str, str]:
    """Hashes of the parts as they are before we mark; what was done until now is not to be undone."""
    for draft in book.editable_parts.values():
        draft.apply_edits()
        draft.log.clear()
    return {key: _hash(draft.encoded) for key, draft in book.editable_parts.items()}


def record(book: PackageEditor, before: Mapping[str, str], leave: str) -> str:
    """What undoes the edits since `begin`, as a text; the part `leave` is not spoken of."""
    book.apply_edits()
    lines: list[object] = []
    for key, draft in sorted(book.editable_parts.items()):
        is_left = key == normalized_part_name(leave)
        if draft.created:
            lines.append([draft.part, _ADDED, "" if is_left else _hash(draft.encoded)])
        elif draft.log and not is_left:
            steps = [[[at, size, old.decode()] for at, size, old in step] for step in draft.log]
            lines.append([draft.part, before.get(key) or _hash(draft.raw or b""), steps])
    lines.append([_WHOLE, _as_written(book, leave), ""])
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def followed(book: PackageEditor, text: str) -> bool:
    """Put every part back as `record` says; False, and nothing done, where that would not give what was."""
    restored: dict[str, bytes] = {}
    added = []
    try:
        for part, mark, steps in json.loads(text):
            if part == _WHOLE:
                continue
            draft = book.editable_part(part)
            if mark == _ADDED:
                added.append(part)
                if steps not in ("", _hash(draft.encoded)):
                    return False
                continue
            restored[part] = _undone(draft, steps)
            if _hash(draft.encoded_as(restored[part])) != mark:
                return False
    except _UNUSABLE:
        return False
    for part, content in restored.items():
        book.editable_part(part).restore(content)
    for part in added:
        book.editable_parts.pop(normalized_part_name(part), None)
        book.removed[normalized_part_name(part)] = part
    return True


def is_as_left(package: Package, text: str, leave: str) -> bool:
    """Whether every part but `leave` is as it was when `record` gave this text; False for any other text."""
    try:
        lines = json.loads(text)
        return any(part == _WHOLE and mark == _digest(_sums(package), leave) for part, mark, _ in lines)
    except _UNUSABLE:
        return False


def _as_written(book: PackageEditor, leave: str) -> str:
    """The hash over all parts as they will stand in the marked file."""
    drafts = {key: zlib.crc32(draft.encoded) for key, draft in book.editable_parts.items()}
    sums = {**_sums(book.package), **drafts}
    return _digest({key: sums[key] for key in sums.keys() - book.removed.keys()}, leave)


def _sums(package: Package) -> dict[str, int]:
    return {normalized_part_name(name): package.checksum(name) for name in package}


def _digest(sums: Mapping[str, int], leave: str) -> str:
    lines = (f"{key} {total}" for key, total in sorted(sums.items()) if key != normalized_part_name(leave))
    return _hash("\n".join(lines).encode())


def _undone(draft: XmlPart, steps: list[list[tuple[int, int, str]]]) -> bytes:
    content = draft.content
    for step in reversed(steps):
        pieces, position = [], 0
        for at, size, old in step:
            pieces += [content[position:at], old.encode()]
            position = at + size
        content = b"".join((*pieces, content[position:]))
    return content


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
