"""An XML part as bytes that are spliced: what is not edited stays as it lies there, to the byte.

Offsets are those of the part in UTF-8; a part in another encoding goes back into its own.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.errors import KenpoError

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_CELLS = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*)?>")
_PLAIN = ("utf-8", "utf8")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# So many elements, cells aside, are kept apart; one takes about 400 bytes.
_MOST_NODES = 200_000
# What XML cannot hold, and what a string of a workbook would take for an escaped letter.
_ILLEGAL = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = LazyPattern(r"_(?=x[0-9A-Fa-f]{4}_)", needs=("_x",))


class UnfitError(ValueError):
    """A part that cannot be edited; its words go on from the name of the book."""


def edit_error(book: str, error: ValueError) -> KenpoError:
    """The error for a workbook that cannot be edited: the problem found, else that it is damaged."""
    said = (
        str(error)
        if isinstance(error, UnfitError)
        else "の中身が壊れているため書き換えられません。Excel で保存し直してください。"
    )
    return KenpoError(f"{book} {said}")


@dataclass(slots=True)
class Node:
    """An element by its places: `start` of its tag, `inner` after it, `close` before its end tag, `end`."""

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int
    end: int
    empty: bool
    children: list[Node] = field(default_factory=list)

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The namespace prefix of its names: '' or 'x:'."""
        return self.name[: -len(self.local)]

    def get(self, attribute: str) -> str:
        """The value of an attribute by its local name, '' where there is none."""
        if attribute in self.attributes:
            return self.attributes[attribute]
        ending = f":{attribute}"
        return next((value for name, value in self.attributes.items() if name.endswith(ending)), "")

    def child(self, local: str) -> Node | None:
        return next((child for child in self.children if child.local == local), None)

    def children_named(self, local: str) -> list[Node]:
        return [child for child in self.children if child.local == local]


class XmlPart:
    """A part being edited. Edits use offsets in `content` until `apply_edits` makes them part of it."""

    def __init__(self, part: str, raw: bytes | None, content: bytes = b"") -> None:
        self.part = part
        self.raw = raw
        self.created = raw is None
        self._encoding, self._bom = ("utf-8", b"") if raw is None else _detected_encoding(raw)
        self.content = content if raw is None else self._utf8_content(raw)
        # For undoing: per `apply_edits` the places in the new content, and the bytes that were there.
        self.log: list[list[tuple[int, int, bytes]]] = []
        self._edits: list[tuple[int, int, bytes]] = []
        self._appended: dict[int, tuple[Node, list[bytes]]] = {}
        self._parsed: dict[int, Node] = {}

    def root_node(self, depth: int) -> Node:
        """The root, with the elements below it down to `depth` levels; cells of a sheet are left out."""
        known = next((deep for deep in self._parsed if deep >= depth), depth)
        if known not in self._parsed:
            self._parsed = {depth: parse_nodes(self.part, self.content, depth)}
        return self._parsed[known]

    def inner_bytes(self, node: Node) -> bytes:
        """The content between the tags."""
        return self.content[node.inner : node.close]

    def insert(self, at: int, text: str) -> None:
        self._edits.append((at, at, self._encoded_text(text)))

    def replace(self, start: int, end: int, text: str = "") -> None:
        self._edits.append((start, end, self._encoded_text(text)))

    def remove(self, node: Node) -> None:
        self.replace(node.start, node.end)

    def append_child(self, node: Node, text: str) -> None:
        """Put text behind the last child; an empty element gets an end tag."""
        self._appended.setdefault(node.start, (node, []))[1].append(self._encoded_text(text))

    def set_attribute(self, node: Node, attribute: str, value: str) -> None:
        """Give an attribute that is there another value."""
        tag = self.content[node.start : node.inner]
        found = re.search(rb"\s%s\s*=\s*(\"[^\"]*\"|'[^']*')" % attribute.encode(), tag)
        if found:
            self.replace(node.start + found.start(1), node.start + found.end(1), f'"{value}"')

    @property
    def sorted_edits(self) -> list[tuple[int, int, bytes]]:
        """The edits by place: from, up to, what comes there."""
        edits = list(self._edits)
        for node, texts in self._appended.values():
            text = b"".join(texts)
            if node.empty:
                closing = b">" + text + b"</" + node.name.encode() + b">"
                edits.append((node.inner - 2, node.inner, closing))
            else:
                edits.append((node.close, node.close, text))
        return sorted(edits, key=lambda edit: edit[:2])

    def apply_edits(self) -> None:
        """Make the edits."""
        if not (self._edits or self._appended):
            return
        pieces, position, shift = [], 0, 0
        undoing = []
        for start, end, text in self.sorted_edits:
            if start < position:
                raise AssertionError(f"{self.part}: two edits of one place")
            pieces += [self.content[position:start], text]
            undoing.append((start + shift, len(text), self.content[start:end]))
            position, shift = end, shift + len(text) - (end - start)
        self.log.append(undoing)
        self.replace_content(b"".join((*pieces, self.content[position:])))

    def replace_content(self, content: bytes) -> None:
        """Put other content in the place of all."""
        self.content, self._edits, self._appended, self._parsed = content, [], {}, {}

    def in_own_encoding(self, content: bytes) -> bytes:
        """Other content in the encoding of this part."""
        if self._encoding == "utf-8":
            return self._bom + content
        return self._bom + content.decode().encode(self._encoding, "xmlcharrefreplace")

    @property
    def encoded_content(self) -> bytes:
        """The content in the encoding that the part had."""
        return self.in_own_encoding(self.content)

    def _encoded_text(self, text: str) -> bytes:
        """Text as it will be read again: a letter that the part's encoding lacks is a character reference."""
        if self._encoding == "utf-8":
            return text.encode()
        return text.encode(self._encoding, "xmlcharrefreplace").decode(self._encoding).encode()

    def _utf8_content(self, raw: bytes) -> bytes:
        if self._encoding == "utf-8":
            return raw[len(self._bom) :]
        try:
            return raw[len(self._bom) :].decode(self._encoding).encode()
        except (UnicodeError, LookupError) as error:
            raise _broken_part_error(self.part) from error


def contains_text(content: bytes, words: str) -> bool:
    """Whether a content has these words, in letters or in the character references that replace them."""
    return words.encode() in content or words.encode("ascii", "xmlcharrefreplace") in content


def _detected_encoding(raw: bytes) -> tuple[str, bytes]:
    """The encoding of a part, and its byte order mark."""
    for bom, name in _BOMS.items():
        if raw.startswith(bom):
            return name, bom
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8", codecs.BOM_UTF8
    if raw.startswith((b"<\0", b"\0<")):
        return ("utf-16-le" if raw[0] else "utf-16-be"), b""
    found = _ENCODING.match(raw)
    name = found[1].decode().lower() if found else "utf-8"
    return ("utf-8" if name in _PLAIN else name), b""


def rows_start_and_end(content: bytes) -> tuple[int, int]:
    """Start and end of the rows of a sheet, (0, 0) where only a parser can find them."""
    found = _CELLS.search(content)
    if found is None or found[0].endswith(b"/>") or b"<!" in content or content.count(b"<?") > 1:
        return 0, 0
    end = content.rfind(b"</" + found[1] + b"sheetData")
    return (found.end(), end) if end >= found.end() else (0, 0)


def parse_nodes(part: str, content: bytes, depth: int) -> Node:
    """As `XmlPart.parsed`; UnfitError where the part is no XML, declares entities, or is too large."""
    return _TreeBuilder(content, depth).tree(part)


class _TreeBuilder:
    """The tree of a part while a parser reads it; the rows of a sheet are left out."""

    def __init__(self, content: bytes, depth: int) -> None:
        self._machine = expat.ParserCreate("utf-8")
        self._content, self._depth = content, depth
        self._cut, self._resumed = rows_start_and_end(content)
        self._holder = Node("", {}, 0, 0, 0, 0, empty=False)
        self._stack, self._unseen, self._left = [self._holder], 0, _MOST_NODES

    def tree(self, part: str) -> Node:
        """The root of the part."""
        self._machine.StartElementHandler, self._machine.EndElementHandler = (
            self._on_start_element,
            self._on_end_element,
        )
        parse_with_expat(self._machine, part, self._content[: self._cut] + self._content[self._resumed :])
        return self._holder.children[0]

    def _byte_offset(self) -> int:
        index = self._machine.CurrentByteIndex
        return index + (self._resumed - self._cut if index >= self._cut else 0)

    def _on_start_element(self, name: str, attributes: dict[str, str]) -> None:
        if self._unseen or len(self._stack) > self._depth:
            self._unseen += 1
            return
        self._left -= 1
        if self._left < 0:
            raise UnfitError(
                "に書式などが多すぎるため書き換えられません。使っていない書式や行を削除して保存し直してください。"
            )
        start = self._byte_offset()
        tag = _TAG.match(self._content, start)
        inner = tag.end() if tag else start
        node = Node(name, attributes, start, inner, inner, inner, self._content[inner - 2 : inner] == b"/>")
        self._stack[-1].children.append(node)
        self._stack.append(node)

    def _on_end_element(self, _: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        node = self._stack.pop()
        if not node.empty:
            node.close = self._byte_offset()
            node.end = self._content.index(b">", node.close) + 1


def parse_with_expat(machine: expat.XMLParserType, part: str, content: bytes) -> None:
    """Let a parser read a part in UTF-8; UnfitError where it is no XML or declares entities."""

    def refuse_doctype(*_: object) -> None:
        raise UnfitError(
            "に Excel が書かない宣言（DOCTYPE）があるため書き換えられません。提出元に確かめてください。"
        )

    machine.StartDoctypeDeclHandler = refuse_doctype
    try:
        machine.Parse(content, True)
    except expat.ExpatError as error:
        raise _broken_part_error(part) from error
    finally:
        # A parser and what it calls refer to each other.
        machine.StartElementHandler = machine.EndElementHandler = machine.CharacterDataHandler = None


def attribute_text(text: str) -> str:
    """A text as written between the quotes of an attribute."""
    text = _escaped_text(_ILLEGAL.sub("", text)).replace('"', "&quot;").replace("'", "&#x27;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def cell_text(text: str) -> str:
    """A text as written in a string of a workbook."""
    return _escaped_text(_ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text)))


def _escaped_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _broken_part_error(part: str) -> UnfitError:
    return UnfitError(f"の {part} が壊れているため書き換えられません。Excel で保存し直してください。")
