"""The parts of a package that its sheets share: relationships, strings, the first day."""

from __future__ import annotations

import posixpath
import re
from datetime import date

from lxml import etree

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.rich_text import RichText, runs_of

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Control characters but tab and line ends, and what is no character: Excel shows nothing for them.
_UNSEEN = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
EPOCH = date(1899, 12, 30)


def relations_of(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of every relationship of a part, by id; those that lead out of the file are left."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if path not in package:
        return {}
    return {
        str(r.get("Id")): (
            (r.get("Type") or "").rpartition("/")[2],
            _joined(folder, r.get("Target") or ""),
        )
        for r in package.elements(path, ("Relationship",))
        if (r.get("TargetMode") or "").casefold() != "external"
    }


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target.replace("\\", "/"))).lstrip("/")


def shared_strings(package: Package, part: str | None) -> list[str]:
    """The texts that cells share, by their index."""
    if part is None:
        return []
    return [plain_text(item) for item in package.elements(part, ("si",))]


def plain_text(item: etree._Element) -> str:
    """The text of a string item without furigana; a `RichText` where it has several runs."""
    runs = [(unescaped(text), is_struck) for text, is_struck in runs_of(item)]
    return runs[0][0] if len(runs) == 1 and runs[0][1] is None else RichText(runs) if runs else ""


def unescaped(text: str) -> str:
    """The text without _x000D_ and the like, with line feeds only, and without what no cell can show."""
    if "_x" in text:
        # Two of them may be the halves of one character; a half alone stands for nothing.
        halves = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _UNSEEN.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def epoch_of(properties: etree._Element) -> date:
    """The day before serial number 1, or serial number 0 of a file that counts from 1904."""
    return date(1904, 1, 1) if properties.get("date1904") in ("1", "true") else EPOCH
