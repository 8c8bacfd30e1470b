"""What is left of a zip whose directory, end or bytes are lost."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kenpo_xl.ooxml.salvage.damaged_zip import Member, members_of_damaged_zip

CONTENT = b"".join(b"%d," % number for number in range(4_000))


def zipped(packing: int, *, streamed: bool = False) -> bytes:
    """A zip with two members; a streamed one has their sizes and checksums behind them."""
    stream = _Unseekable() if streamed else BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        archive.writestr("xl/a.xml", CONTENT)
        archive.writestr("b.xml", b"<b/>")
    return stream.getvalue()


class _Unseekable(BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_members_are_read_without_the_directory(packing: int, streamed: bool) -> None:
    whole = zipped(packing, streamed=streamed)
    found = members_of_damaged_zip(whole[: whole.index(b"PK\1\2")])
    assert found["b.xml"].content.startswith(b"<b/>")
    assert found["xl/a.xml"].content[: len(CONTENT)] == CONTENT
    assert not any(one.is_doubtful for one in found.values())


def test_a_cut_member_keeps_what_precedes_the_cut() -> None:
    whole = zipped(zipfile.ZIP_DEFLATED)
    found = members_of_damaged_zip(whole[: whole.index(b"b.xml") // 2])
    assert found.keys() == {"xl/a.xml"}
    assert 0 < len(found["xl/a.xml"].content) < len(CONTENT)
    assert CONTENT.startswith(found["xl/a.xml"].content)
    assert not found["xl/a.xml"].is_doubtful


@pytest.mark.parametrize("streamed", [False, True])
def test_a_member_with_another_checksum_is_doubtful(streamed: bool) -> None:
    broken = bytearray(zipped(zipfile.ZIP_DEFLATED, streamed=streamed))
    broken[len(broken) // 2] ^= 0x10
    found = members_of_damaged_zip(bytes(broken))
    assert found["xl/a.xml"].is_doubtful
    assert found["b.xml"] == Member(b"<b/>")


def test_a_zip_inside_a_stored_member_is_none_of_its_own() -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("xl/a.xml", b"inner")
    outer = BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("xl/a.xml", b"outer")
        archive.writestr("xl/embeddings/book.xlsx", inner.getvalue())
    assert members_of_damaged_zip(outer.getvalue())["xl/a.xml"].content == b"outer"


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no zip at all", b"PK\3\4" * 30])
def test_nothing_is_found_in_what_is_no_zip(content: bytes) -> None:
    assert members_of_damaged_zip(content) == {}
