"""A part is made anew; whatever else lies in the file is copied byte for byte."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.zip_splice import replace_parts

SHEET = "xl/worksheets/sheet1.xml"
BOOK = {"[Content_Types].xml": b"<Types/>", SHEET: b"<worksheet/>" * 200, "xl/media/絵.png": b"\x89PNG" * 50}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return packed(tmp_path / "元.xlsx")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "先.xlsx"


def packed(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = "注".encode()
        for name, content in BOOK.items():
            info = zipfile.ZipInfo(name, (2024, 12, 31, 10, 20, 30))
            info.compress_type = zipfile.ZIP_STORED if name.endswith("png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o640 << 16
            info.comment = b"member"
            info.extra = struct.pack("<2H4s", 0xCAFE, 4, b"mine")
            archive.writestr(info, content, compresslevel=1)
    return path


class Pipe(io.RawIOBase):
    """A stream that cannot be sought: sizes then follow the data."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.content += bytes(piece)
        return len(piece)


def streamed(path: Path, *, zip64: bool = False) -> Path:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in BOOK.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=zip64) as member:
                member.write(content)
    path.write_bytes(pipe.content)
    return path


def raw(path: Path) -> dict[str, bytes]:
    """Each member as it lies in the file, from its local header to the next one."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    content = path.read_bytes()
    return {info.filename: content[info.header_offset : end] for info, end in zip(infos, ends, strict=True)}


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_part_is_replaced_in_its_place(source: Path, target: Path) -> None:
    replace_parts(source, target, {SHEET: b"<new/>"})
    assert contents(target) == {**BOOK, SHEET: b"<new/>"}
    assert list(contents(target)) == list(BOOK)


def test_a_new_part_comes_last(source: Path, target: Path) -> None:
    replace_parts(source, target, {"xl/コメント.xml": b"<comments/>"})
    assert contents(target) == {**BOOK, "xl/コメント.xml": b"<comments/>"}
    assert list(contents(target))[-1] == "xl/コメント.xml"


def test_names_are_compared_without_case(source: Path, target: Path) -> None:
    replace_parts(source, target, {SHEET.upper(): b"<new/>"})
    assert contents(target) == {**BOOK, SHEET: b"<new/>"}


def test_nothing_to_replace_gives_the_same_file(source: Path, target: Path) -> None:
    replace_parts(source, target, {})
    assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("zip64", [False, True])
def test_members_whose_sizes_follow_them_are_copied_too(source: Path, target: Path, zip64: bool) -> None:
    streamed(source, zip64=zip64)
    replace_parts(source, target, {SHEET: b"<new/>"})
    assert contents(target) == {**BOOK, SHEET: b"<new/>"}
    assert {n: b for n, b in raw(target).items() if n != SHEET} == {
        n: b for n, b in raw(source).items() if n != SHEET
    }


def test_a_size_without_its_signature_is_found(source: Path, target: Path) -> None:
    streamed(source)
    content = source.read_bytes()
    (name, *_) = raw(source)
    first = raw(source)[name]
    bare = first[: -len(struct.pack("<4s3I", b"", 0, 0, 0))] + first[-12:]
    (tmp := source.with_name("無印.xlsx")).write_bytes(moved(content, first, bare))
    replace_parts(tmp, target, {SHEET: b"<new/>"})
    assert raw(target)[name] == bare
    assert contents(target) == {**BOOK, SHEET: b"<new/>"}


def moved(content: bytes, old: bytes, new: bytes) -> bytes:
    """A zip whose first member became shorter: what comes after it begins earlier."""
    less = len(old) - len(new)
    found = bytearray(content.replace(old, new, 1))
    at = found.index(b"PK\x01\x02")
    end = found.rindex(b"PK\x05\x06")
    struct.pack_into("<I", found, end + 16, struct.unpack_from("<I", found, end + 16)[0] - less)
    while at < end:
        lengths = struct.unpack_from("<3H", found, at + 28)
        (offset,) = struct.unpack_from("<I", found, at + 42)
        struct.pack_into("<I", found, at + 42, max(offset - less, 0))
        at += 46 + sum(lengths)
    return bytes(found)


def test_dates_attributes_extra_fields_and_comments_stay(source: Path, target: Path) -> None:
    replace_parts(source, target, {SHEET: b"<new/>", "xl/新.xml": b""})
    before, after = zipfile.ZipFile(source), zipfile.ZipFile(target)
    assert after.comment == before.comment
    for old in before.infolist():
        new = after.getinfo(old.filename)
        kept = ("date_time", "external_attr", "create_system", "extra", "comment")
        assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert after.getinfo("xl/新.xml").date_time == (1980, 1, 1, 0, 0, 0)
    assert {n: b for n, b in raw(target).items() if n in BOOK and n != SHEET} == {
        n: b for n, b in raw(source).items() if n != SHEET
    }


def test_a_name_in_another_encoding_keeps_its_bytes(source: Path, target: Path) -> None:
    name = "絵.png".encode("cp932")
    content = source.read_bytes().replace("絵.png".encode(), name + b"_")
    # Both names are as long, and no flag says UTF-8 any more.
    content = content.replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    source.write_bytes(content)
    replace_parts(source, target, {SHEET: b"<new/>"})
    assert target.read_bytes().count(name) == content.count(name) == 2


def test_a_part_is_left_out_and_all_others_stay_to_the_byte(source: Path, target: Path) -> None:
    replace_parts(source, target, {}, {SHEET.upper()})
    before = raw(source)
    del before[SHEET]
    assert raw(target) == before


def test_the_same_bytes_twice(source: Path, target: Path) -> None:
    replace_parts(source, target, {SHEET: b"<new/>"})
    first = target.read_bytes()
    replace_parts(source, target, {SHEET: b"<new/>"})
    assert target.read_bytes() == first


def test_another_reader_finds_it_whole(source: Path, target: Path) -> None:
    replace_parts(streamed(source), target, {SHEET: b"<new/>", "xl/a.xml": b"<a/>"})
    done = subprocess.run(["unzip", "-tq", target], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def refusal(source: Path, target: Path) -> str:
    with pytest.raises(KenpoError, match=r"^[^\n]+。$") as refused:
        replace_parts(source, target, {SHEET: b"<new/>"})
    return str(refused.value)


def test_a_name_that_stands_twice_is_refused(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(SHEET.upper(), b"")
    assert "同じ名前の部品が 2 つ" in refusal(source, target)


def test_zip64_is_refused(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    packed(source)
    assert "Zip64" in refusal(source, target)


@pytest.mark.parametrize(
    ("damage", "told"), [("header", "壊れている"), ("descriptor", "壊れている"), ("cut", "途中で切れて")]
)
def test_a_damaged_file_is_refused(source: Path, target: Path, damage: str, told: str) -> None:
    content = bytearray(streamed(source).read_bytes())
    if damage == "header":
        content[0:4] = b"XXXX"
    elif damage == "descriptor":
        content[content.index(b"PK\x07\x08") + 4] ^= 1
    else:
        del content[len(content) // 2 :]
    source.write_bytes(bytes(content))
    assert told in refusal(source, target)
