"""Splits a part of a workbook into its texts by place and all else, so that the two are compared apart."""

from __future__ import annotations

import zipfile
from functools import lru_cache

from lxml import etree

SHARED = "xl/sharedStrings.xml"


def parts_of(content: bytes, package: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    """The part without its texts, and the texts: of a sheet by cell, else by their number."""
    root = etree.fromstring(content)
    strings = _shared(package)
    texts: dict[str, str] = {}
    for cell in root.iter("{*}c"):
        text = "".join(cell.itertext("{*}v", "{*}t"))
        texts[cell.get("r", "")] = strings[int(text)] if cell.get("t") == "s" and text else text
        for part in cell.iter("{*}v", "{*}t"):
            part.text = ""
    for number, element in enumerate(root.iter(etree.Element), start=1):
        if element.text and element.text.strip():
            texts[f"{etree.QName(element).localname} {number}"] = element.text
            element.text = ""
    return etree.tostring(root, encoding="unicode"), texts


@lru_cache(4)
def _shared(package: zipfile.ZipFile) -> list[str]:
    """The shared strings of a workbook, each with its letters alone."""
    if SHARED not in package.namelist():
        return []
    items = etree.fromstring(package.read(SHARED)).iterchildren("{*}si")
    return ["".join(item.itertext("{*}t")) for item in items]
