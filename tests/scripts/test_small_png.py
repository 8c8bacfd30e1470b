"""Pictures get smaller and look the same; what is no plain RGB picture stays as it is."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from scripts import small_png

WHITE, BLUE, RED = (255, 255, 255), (31, 56, 100), (192, 0, 16)


def png(lines: list[bytes], width: int, form: tuple[int, ...] = (8, 2, 0, 0, 0)) -> bytes:
    """A PNG of these lines, each with the number of its filter in front, as no compressor would make it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    size = struct.pack(">2I5B", width, len(lines), *form)
    data = zlib.compress(b"".join(lines), 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def colours(picture: Path) -> np.ndarray:
    """Rows × columns × 3 of a picture with a palette."""
    parts = dict(small_png._chunks(picture.read_bytes()))
    width, height, depth, kind = struct.unpack(">2I2B", parts[b"IHDR"][:10])
    assert (depth, kind) == (8, 3)
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + width)
    return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[lines[:, 1:]]


@pytest.mark.parametrize(
    ("how", "second"),
    [
        (0, bytes(WHITE + BLUE + RED)),
        (1, bytes(WHITE) + bytes((b - a) % 256 for a, b in zip(WHITE + BLUE, BLUE + RED, strict=True))),
        (2, bytes((b - a) % 256 for a, b in zip(WHITE + WHITE + BLUE, WHITE + BLUE + RED, strict=True))),
    ],
    ids=["stored", "left", "above"],
)
def test_a_picture_is_smaller_and_looks_the_same(tmp_path: Path, how: int, second: bytes) -> None:
    picture = tmp_path / "a.png"
    first = bytes(WHITE + WHITE + BLUE)
    picture.write_bytes(png([b"\0" + first, bytes([how]) + second] * 200, 3))
    before = picture.stat().st_size
    small_png.main([str(picture)])
    assert picture.stat().st_size < before / 4
    assert colours(picture)[:2].tolist() == [
        [list(WHITE), list(WHITE), list(BLUE)],
        [list(WHITE), list(BLUE), list(RED)],
    ]


def test_average_and_paeth_give_the_stored_pixels() -> None:
    """Filters 3 and 4 of the PNG specification, on two rows of two pixels."""
    above = np.frombuffer(bytes([10, 20, 30, 40, 50, 60]), np.uint8)
    average = np.frombuffer(bytes([5, 5, 5, 1, 1, 1]), np.uint8)
    paeth = np.frombuffer(bytes([1, 1, 1, 2, 2, 2]), np.uint8)
    filters = np.array([0, 3, 4], np.uint8)
    rows = small_png._unfiltered(filters, np.stack([above, average, paeth]))
    # (0 + 10) // 2 + 5 = 10, (10 + 40) // 2 + 1 = 26; the nearest of 10, 26, 10 to 10 + 26 - 10 is 26.
    assert rows[1].tolist() == [10, 15, 20, 26, 33, 41]
    assert rows[2].tolist() == [11, 16, 21, 28, 35, 43]


def test_countless_shades_become_256(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    shades = np.stack(np.meshgrid(np.arange(256), np.arange(256), indexing="ij"), axis=-1).astype(np.uint8)
    pixels = np.concatenate([shades, np.zeros((256, 256, 1), np.uint8)], axis=2)
    picture.write_bytes(png([b"\0" + row.tobytes() for row in pixels], 256))
    small_png.shrink(picture)
    assert picture.stat().st_size < 70_000
    assert len(np.unique(colours(picture).reshape(-1, 3), axis=0)) <= 256


@pytest.mark.parametrize("form", [(8, 3, 0, 0, 0), (8, 6, 0, 0, 0), (16, 2, 0, 0, 0), (8, 2, 0, 0, 1)])
def test_other_forms_stay_as_they_are(tmp_path: Path, form: tuple[int, ...]) -> None:
    picture = tmp_path / "a.png"
    content = png([b"\0" + bytes(30)] * 9, 10, form)
    picture.write_bytes(content)
    small_png.shrink(picture)
    assert picture.read_bytes() == content
