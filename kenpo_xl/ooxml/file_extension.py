"""Which ending a workbook's content asks for: Excel opens no file whose name ends otherwise."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.ooxml.parts import relations_by_id

PLAIN, WITH_MACROS = ".xlsx", ".xlsm"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MACROS = "application/vnd.ms-excel."
_ENDINGS = {
    f"{_SHEETS}sheet.main+xml": PLAIN,
    f"{_SHEETS}template.main+xml": ".xltx",
    f"{_MACROS}sheet.macroEnabled.main+xml": WITH_MACROS,
    f"{_MACROS}template.macroEnabled.main+xml": ".xltm",
    f"{_MACROS}addin.macroEnabled.main+xml": ".xlam",
}
_BY_TYPE = {kind.casefold(): ending for kind, ending in _ENDINGS.items()}
_TYPES = "[Content_Types].xml"
_MAGIC = b"PK\3\4"


def file_extension(path: Path) -> str:
    """The ending for a file, '' for one that is no workbook of XML or cannot be read."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return ""
        with Package(path) as package:
            return package_extension(package, main_part_name(package))
    except (OSError, KenpoError):
        return ""


def main_part_name(package: Package) -> str:
    """The name of the part that holds the workbook."""
    targets = relations_by_id(package, "").values()
    return next((target for kind, target in targets if kind == "officeDocument"), "xl/workbook.xml")


def package_extension(package: Package, main: str) -> str:
    """The ending for an open package whose main part is `main`, '' for any other than a workbook."""
    if _TYPES not in package or main not in package:
        return ""
    default = ""
    for element in package.elements(_TYPES, ("Override", "Default")):
        kind = (element.get("ContentType") or "").strip().casefold()
        if normalized_part_name(element.get("PartName") or "") == normalized_part_name(main):
            return _BY_TYPE.get(kind, "")
        if main.casefold().endswith(f".{element.get('Extension', '').casefold()}"):
            default = _BY_TYPE.get(kind, default)
    return default
