"""The data with which unmarking restores every part byte by byte, stored in a hidden column of 指摘.

For each edited part: the hash of the original, and the edits. They are undone only if that gives exactly the
original; marks in a book that was saved or edited since are removed by meaning instead. A last line contains
a hash over all other parts of the marked copy, which shows whether the book was saved since.
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
# Replaces the name of a part in the line for the whole book.
_WHOLE = ""
# Raised for a text of another origin, and for a missing part.
_UNUSABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, KenpoError)


def start_undo_log(book: PackageEditor) -> dict[str, str]:
    """Hashes of the editable parts before marking, by part; earlier edits will not be undone."""
    for draft in book.editable_parts.values():
        draft.apply_edits()
        draft.log.clear()
    return {key: _content_hash(draft.encoded_content) for key, draft in book.editable_parts.items()}


def undo_log_text(book: PackageEditor, before: Mapping[str, str], ignored_part: str) -> str:
    """The edits since `start_undo_log`, which gave `before`, as JSON; without `ignored_part`."""
    book.apply_edits()
    lines: list[object] = []
    for key, draft in sorted(book.editable_parts.items()):
        is_left = key == normalized_part_name(ignored_part)
        if draft.created:
            lines.append([draft.part, _ADDED, "" if is_left else _content_hash(draft.encoded_content)])
        elif draft.log and not is_left:
            steps = [[[at, size, old.decode()] for at, size, old in step] for step in draft.log]
            lines.append([draft.part, before.get(key) or _content_hash(draft.raw or b""), steps])
    lines.append([_WHOLE, _hash_of_written_parts(book, ignored_part), ""])
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def try_to_undo_edits(book: PackageEditor, log_text: str) -> bool:
    """Undo the edits of an `undo_log_text`; False, without a change, if that does not give the original."""
    restored: dict[str, bytes] = {}
    added = []
    try:
        for part, mark, steps in json.loads(log_text):
            if part == _WHOLE:
                continue
            draft = book.editable_part(part)
            if mark == _ADDED:
                added.append(part)
                if steps not in ("", _content_hash(draft.encoded_content)):
                    return False
                continue
            restored[part] = _content_before_edits(draft, steps)
            if _content_hash(draft.in_own_encoding(restored[part])) != mark:
                return False
    except _UNUSABLE:
        return False
    for part, content in restored.items():
        book.editable_part(part).replace_content(content)
    for part in added:
        book.editable_parts.pop(normalized_part_name(part), None)
        book.removed[normalized_part_name(part)] = part
    return True


def is_unchanged_since_log(package: Package, log_text: str, ignored_part: str) -> bool:
    """Whether every part but `ignored_part` is as it was when this `undo_log_text` was written."""
    try:
        lines = json.loads(log_text)
        return any(
            part == _WHOLE and mark == _hash_of_checksums(_checksums_by_part(package), ignored_part)
            for part, mark, _ in lines
        )
    except _UNUSABLE:
        return False


def _hash_of_written_parts(book: PackageEditor, ignored_part: str) -> str:
    """The hash over all parts of the marked file."""
    drafts = {key: zlib.crc32(draft.encoded_content) for key, draft in book.editable_parts.items()}
    sums = {**_checksums_by_part(book.package), **drafts}
    return _hash_of_checksums({key: sums[key] for key in sums.keys() - book.removed.keys()}, ignored_part)


def _checksums_by_part(package: Package) -> dict[str, int]:
    return {normalized_part_name(name): package.checksum(name) for name in package}


def _hash_of_checksums(checksums: Mapping[str, int], ignored_part: str) -> str:
    lines = (
        f"{key} {total}"
        for key, total in sorted(checksums.items())
        if key != normalized_part_name(ignored_part)
    )
    return _content_hash("\n".join(lines).encode())


def _content_before_edits(draft: XmlPart, steps: list[list[tuple[int, int, str]]]) -> bytes:
    content = draft.content
    for step in reversed(steps):
        pieces, position = [], 0
        for at, size, old in step:
            pieces += [content[position:at], old.encode()]
            position = at + size
        content = b"".join((*pieces, content[position:]))
    return content


def _content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
