"""What the sheets of a package share: relationships of parts, strings of cells, day 0 of dates."""

from __future__ import annotations

import posixpath
from datetime import date
from urllib.parse import unquote

from lxml import etree

from kenpo_xl.domain.emphasis import PLAIN
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.rich_text import RichText, run_emphases, text_runs
from kenpo_xl.ooxml.safe_xml import local_name

_ESCAPED = LazyPattern(r"_x([0-9A-Fa-f]{4})_")
# Control characters but tab and line ends, and what is no character: Excel shows nothing for them.
_UNSEEN = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
EPOCH = date(1899, 12, 30)


KindAndTarget = tuple[str, str]
"""The kind of a relationship, and the name of the part that it points at."""


def relations_by_id(package: Package, part: str) -> dict[str, KindAndTarget]:
    """Kind and target of each relationship of a part to another part, by id; '' for the package itself."""
    if part not in package.relations:
        package.relations[part] = _read_relations(package, part)
    return package.relations[part]


def _read_relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    path = relationships_part(part)
    if path not in package:
        return {}
    return {
        str(r.get("Id")): (relationship_kind(r.get("Type") or ""), target_part(part, r.get("Target") or ""))
        for r in package.elements(path, ("Relationship",))
        if not is_external(r.get("TargetMode") or "")
    }


def relationships_part(part: str) -> str:
    """The name of the part that holds the relationships of a part (ECMA-376 part 2, 9.3)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationship_kind(address: str) -> str:
    """The last word of the address of a relationship type, the same in strict and transitional files."""
    return address.rpartition("/")[2]


def target_part(part: str, target: str) -> str:
    """The name of the part that a relationship of `part` points at."""
    path = unquote(target).replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def is_external(target_mode: str) -> bool:
    """Whether a relationship points out of the package."""
    return target_mode.casefold() == "external"


def shared_strings(package: Package, part: str | None) -> list[str]:
    """The texts that cells share, by their index."""
    if part is None:
        return []
    return [text_of_string_item(item) for item in package.elements(part, ("si",))]


def text_of_string_item(item: etree._Element) -> str:
    """The text of a string item without furigana; a `RichText` where it has runs with a look of their own."""
    if len(item) == 1 and local_name(item[0]) == "t":
        return text_with_x_escapes_decoded(item[0].text or "")
    runs = [(text_with_x_escapes_decoded(text), is_struck) for text, is_struck in text_runs(item)]
    emphases = list(run_emphases(item))
    if len(runs) == 1 and runs[0][1] is None and emphases == [PLAIN]:
        return runs[0][0]
    return RichText(runs, emphases=emphases) if runs else ""


def text_with_x_escapes_decoded(text: str) -> str:
    """The text without _x000D_ and the like, with line feeds only, and without what no cell can show."""
    if "_x" in text:
        # Two of them may be the halves of one character; a half alone is no character.
        halves = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _UNSEEN.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def epoch_of_workbook(properties: etree._Element) -> date:
    """The day before serial number 1, or serial number 0 of a file that counts from 1904."""
    return date(1904, 1, 1) if properties.get("date1904") in ("1", "true") else EPOCH
