"""The parts of a package that its sheets share: relationships, strings, number formats, the first day."""

from __future__ import annotations

import posixpath
import re
from datetime import date

from lxml import etree

from kenpo_xl.excel.package import Package

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58), "yyyy年m月d日"),
}  # fmt: skip
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Control characters but tab and line ends, and what is no character: Excel shows nothing for them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# What a styles part holds before and after the formats of cells; there may be very many of each.
_LOOKS = ("font", "fill", "border")
_AFTER_STYLES = ("cellStyles", "dxfs", "tableStyles", "colors", "extLst")
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
    """The text of a string item: all runs, without furigana."""
    texts = []
    for child in item:
        name = etree.QName(child).localname
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [t.text or "" for t in child.iterfind("{*}t")]
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """The text without _x000D_ and the like, with line feeds only, and without what no cell can show."""
    if "_x" in text:
        # Two of them may be the halves of one character; a half alone stands for nothing.
        halves = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _UNSEEN.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number_formats(package: Package, part: str | None) -> list[str]:
    """The number format code of every cell style, by its index."""
    if part is None:
        return ["General"]
    codes, styles = dict(_BUILT_IN), []
    for element in package.elements(part, ("numFmt", "xf", *_LOOKS), until=_AFTER_STYLES):
        name = etree.QName(element).localname
        if name == "numFmt":
            codes[int(element.get("numFmtId") or 0)] = element.get("formatCode") or "General"
        elif name == "xf" and _parent(element) == "cellXfs":
            styles.append(int(element.get("numFmtId") or 0))
    return [codes.get(style, "General") for style in styles]


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else etree.QName(parent).localname


def is_date(code: str) -> bool:
    """Whether a number format shows a day; a time of day alone counts as a number below 1."""
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0], flags=re.IGNORECASE)
    return bool(re.search(r"[ymdeg]", bare, re.IGNORECASE)) and "General" not in code and "0" not in bare


def epoch_of(properties: etree._Element) -> date:
    """The day before serial number 1, or serial number 0 of a file that counts from 1904."""
    return date(1904, 1, 1) if properties.get("date1904") in ("1", "true") else EPOCH
