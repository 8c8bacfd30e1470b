"""Parsers for untrusted XML: no entity is resolved, nothing is fetched, no tree is huge.

Every lxml parser of the package is created here. expat, which edits are made with, fetches nothing by
itself, and a declaration is refused there before any entity is expanded. openpyxl reads templates only; it
resolves no entity through lxml but would expand those that a part itself declares through expat, so a
template with a declaration is refused before openpyxl sees it (`Package.refuse_doctypes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import IO, Any, Literal

from lxml import etree

Event = Literal["start", "end"]
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
}

_TAG_BYTES = 1024
"""What is read at once until the first start tag is complete."""
_DAMAGE_BYTES = 64
"""The same up to damage: what is read with it is lost."""


def parse_xml(
    content: bytes, *, elements_only: bool = False, remove_blank_text: bool = False
) -> etree._Element:
    """The root of a part, without comments and instructions on request; raises XMLSyntaxError."""
    parser: etree.XMLParser[etree._Element] = etree.XMLParser(
        remove_comments=elements_only, remove_pis=elements_only, remove_blank_text=remove_blank_text, **_SAFE
    )
    return etree.fromstring(content, parser)


def parse_xml_before_damage(content: bytes, containers: Sequence[str]) -> etree._Element | None:
    """The root of a part that is no whole XML, with the elements that end before the damage; None for none.

    Of the elements that are open there only `containers` stay, with what they hold by then.
    """
    parser = etree.XMLPullParser(("start", "end"), remove_comments=True, remove_pis=True, **_SAFE)
    opened: list[etree._Element] = []
    with suppress(etree.XMLSyntaxError):
        for start in range(0, len(content), _DAMAGE_BYTES):
            parser.feed(content[start : start + _DAMAGE_BYTES])
            for event, element in parser.read_events():
                opened.append(element) if event == "start" else opened.pop()
    broken = next((one for one in opened if local_name(one) not in containers), None)
    parent = None if broken is None else broken.getparent()
    if broken is not None and parent is not None:
        parent.remove(broken)
    return None if not opened or opened[0] is broken else opened[0]


def pull_parser(events: Iterable[Event], names: Iterable[str]) -> etree.XMLPullParser[etree._Element]:
    """A parser that is fed in chunks and yields these elements, without comments and instructions."""
    tags = any_namespace_tags(names)
    return etree.XMLPullParser(tuple(events), tag=tags, remove_comments=True, remove_pis=True, **_SAFE)


def any_namespace_tags(names: Iterable[str]) -> list[str]:
    """The patterns by which lxml finds elements of these names, whatever their namespace."""
    return [f"{{*}}{name}" for name in names]


def read_root_start_tag(file: IO[bytes]) -> etree._Element:
    """The root of a part, read up to its start tag; raises StopIteration for none."""
    parser = etree.XMLPullParser(("start",), **_SAFE)
    while chunk := file.read(_TAG_BYTES):
        parser.feed(chunk)
        for _, root in parser.read_events():
            return root
    raise StopIteration


def has_doctype(element: etree._Element) -> bool:
    """Whether the document of an element has a DOCTYPE, which Excel never writes."""
    return bool(element.getroottree().docinfo.doctype)


def is_child_of_root(element: etree._Element) -> bool:
    """Whether an element is directly in the root of its document."""
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
