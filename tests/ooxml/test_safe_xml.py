"""XML that means harm, through every parser of the package: nothing is read, fetched or blown up."""

from __future__ import annotations

import socket
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from kenpo_xl.annotations.verify import verify_marked_copy
from kenpo_xl.annotations.verify_members import Members
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit import xml_part as marking
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.safe_xml import parse_xml, pull_parser, read_root_start_tag
from tests.paths import TEMPLATE

SECRET = "秘密の中身"
LAUGHS = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
"""Ten letters that grow to two thousand million."""
BLOWN_UP = f"<!DOCTYPE a [{LAUGHS}]><a><b x='&e9;'>&e9;</b></a>"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that waits for somebody to come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def was_contacted(server: socket.socket) -> bool:
    with suppress(TimeoutError):
        server.accept()[0].close()
        return True
    return False


def texts_by_pulling(content: bytes) -> str:
    parser = pull_parser(("end",), ("*",))
    parser.feed(content)
    parser.close()
    return "".join(element.xpath("string()") for _, element in parser.read_events())


READERS: dict[str, Callable[[bytes], str]] = {
    "parse_xml": lambda content: str(parse_xml(content).xpath("string()")),
    "pulled": texts_by_pulling,
    "root": lambda content: str(read_root_start_tag(BytesIO(content)).xpath("string()")),
}
EVERY_READER = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


def packed(path: Path, content: bytes, name: str = "xl/workbook.xml") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


@EVERY_READER
def test_a_file_that_an_entity_names_is_not_read(read: Callable[[bytes], str], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    for kind in ("ENTITY e SYSTEM", 'ENTITY e PUBLIC "p"'):
        assert SECRET not in read(f'<!DOCTYPE a [<!{kind} "{secret.as_uri()}">]><a><b>&e;</b></a>'.encode())


def addresses(server: socket.socket) -> list[str]:
    """Every place of a document in which it may name another one, each with the server's address."""
    address = "http://{}:{}/x".format(*server.getsockname())
    return [
        f'<!DOCTYPE a SYSTEM "{address}"><a/>',
        f'<!DOCTYPE a PUBLIC "p" "{address}"><a/>',
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "{address}">]><a>&e;</a>',
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{address}"> %p;]><a/>',
        f'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="{address}"/></a>',
        f'<?xml-stylesheet href="{address}"?><a xmlns="{address}"/>',
        f'<a xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="x {address}"/>',
    ]


@EVERY_READER
def test_nobody_is_contacted(read: Callable[[bytes], str], listener: socket.socket) -> None:
    for text in addresses(listener):
        with suppress(etree.XMLSyntaxError):
            read(text.encode())
    assert not was_contacted(listener)


def test_the_listener_hears(listener: socket.socket) -> None:
    """A test that cannot fail proves nothing."""
    with socket.create_connection(listener.getsockname()):
        assert was_contacted(listener)


@EVERY_READER
def test_laughs_do_not_grow(read: Callable[[bytes], str]) -> None:
    with suppress(etree.XMLSyntaxError):
        assert len(read(BLOWN_UP.encode())) < 100_000


@pytest.mark.parametrize(("depth", "is_read"), [(256, True), (257, False), (1_000_000, False)])
def test_depth(depth: int, is_read: bool) -> None:
    content = b"<a>" * depth + b"</a>" * depth
    for read in (parse_xml, texts_by_pulling):
        if is_read:
            read(content)
        else:
            with pytest.raises(etree.XMLSyntaxError):
                read(content)


class TestExpat:
    """The parser that marks are written with refuses a declaration as soon as it begins."""

    @pytest.mark.parametrize("text", [BLOWN_UP, '<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>'])
    def test_a_declaration(self, text: str) -> None:
        with pytest.raises(marking.UnfitError, match="DOCTYPE"):
            marking.parse_nodes("part", text.encode(), 3)

    def test_nobody_is_contacted(self, listener: socket.socket) -> None:
        for text in addresses(listener):
            with suppress(marking.UnfitError):
                marking.parse_nodes("part", text.encode(), 3)
        assert not was_contacted(listener)

    def test_a_deep_tree(self) -> None:
        depth = 1_000_000
        content = b"<a>" * depth + b"</a>" * depth
        assert marking.parse_nodes("part", content, 3).children[0].name == "a"


class TestTheVerifier:
    def test_it_resolves_nothing(self, tmp_path: Path, listener: socket.socket) -> None:
        secret = tmp_path / "secret"
        secret.write_text(SECRET, encoding="utf-8")
        named = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
        for number, text in enumerate((named, *addresses(listener))):
            path = packed(tmp_path / f"{number}.xlsx", text.encode())
            with suppress(etree.XMLSyntaxError), Members(path) as members:
                assert SECRET not in etree.tostring(
                    members.parsed_root("xl/workbook.xml"), encoding="unicode"
                )
                assert members.root_name("xl/workbook.xml") == "a"
        assert not was_contacted(listener)

    @pytest.mark.parametrize("text", [BLOWN_UP, "<a>" * 999 + "</a>" * 999])
    def test_what_is_blown_up_is_refused(self, tmp_path: Path, text: str) -> None:
        books = [packed(tmp_path / name, f"{text}<!--{name}-->".encode()) for name in ("1.xlsx", "2.xlsx")]
        with pytest.raises(KenpoError, match="元のファイルは変えていません"):
            verify_marked_copy(*books)


class TestTemplates:
    """openpyxl reads them; what it would do with entities is not left to it."""

    def template(self, tmp_path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
        path = tmp_path / "ひな形.xlsx"
        with zipfile.ZipFile(TEMPLATE) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                new.writestr(name, change(content) if name == part else content)
        return path

    @pytest.mark.parametrize(
        "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/theme/theme1.xml"]
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_declaration_in_any_part(self, tmp_path: Path, part: str, encoding: str) -> None:
        def declared(content: bytes) -> bytes:
            text = content.decode().partition("?>")[2].strip()
            return f'<?xml version="1.0"?><!DOCTYPE a [{LAUGHS}]>{text}'.encode(encoding)

        with pytest.raises(KenpoError, match="DOCTYPE"):
            read_template(self.template(tmp_path, part, declared))

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/theme/theme1.xml"])
    def test_a_deep_tree(self, tmp_path: Path, part: str) -> None:
        def deep(content: bytes) -> bytes:
            end = content.rindex(b"</")
            return content[:end] + b"<a>" * 9999 + b"</a>" * 9999 + content[end:]

        with pytest.raises(KenpoError, match="読めません"):
            read_template(self.template(tmp_path, part, deep))

    def test_one_that_is_sound(self) -> None:
        with Package(TEMPLATE) as package:
            package.refuse_doctypes()
        assert read_template(TEMPLATE).patterns
