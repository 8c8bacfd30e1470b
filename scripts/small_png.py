"""Makes PNG pictures of screens and pages small: 256 colours are enough for text and tables.

python scripts/small_png.py PICTURE...
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_MAGIC = b"\x89PNG\r\n\x1a\n"
_SIZE = struct.Struct(">2I5B")
_RGB, _PALETTE = 2, 3
_COLOURS = 256
# Shades that differ by less than this are one colour, which anti-aliased letters have many of.
_STEP = 8


def main(arguments: Sequence[str]) -> int:
    """Shrink every picture; the exit status."""
    for name in arguments:
        shrink(Path(name))
    return 0


def shrink(picture: Path) -> None:
    """Replace a PNG of 8-bit RGB by one with a palette where that is smaller; others stay as they are."""
    before = picture.read_bytes()
    pixels = read_pixels(before)
    after = before if pixels is None else with_palette(pixels)
    if len(after) < len(before):
        picture.write_bytes(after)


def read_pixels(png: bytes) -> Pixels | None:
    """Rows × columns × 3 of a PNG; None for one that is not plain 8-bit RGB."""
    parts: dict[bytes, bytes] = {}
    for kind, content in _chunks(png):
        parts[kind] = parts.get(kind, b"") + content
    width, height, *form = _SIZE.unpack(parts[b"IHDR"])
    if form != [8, _RGB, 0, 0, 0]:
        return None
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + width * 3)
    return _unfiltered(lines[:, 0], lines[:, 1:]).reshape(height, width, 3)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_MAGIC)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(filters: Pixels, lines: Pixels) -> Pixels:
    """The bytes of every row, each stored as the difference to a prediction from its neighbours."""
    rows = np.zeros((len(lines) + 1, lines.shape[1] + 3), np.int32)
    for number, (how, line) in enumerate(zip(filters, lines, strict=True), start=1):
        above, row = rows[number - 1], rows[number]
        for at in range(3, len(row)):
            left, up, corner = row[at - 3], above[at], above[at - 3]
            guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[how]
            row[at] = (line[at - 3] + guess) & 0xFF
    return rows[1:, 3:].astype(np.uint8)


def _nearest(left: int, up: int, corner: int) -> int:
    """The neighbour that is nearest to left + up - corner (the filter called Paeth)."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def with_palette(pixels: Pixels) -> bytes:
    """The pixels as a PNG with a palette: the most frequent colours, the others as the nearest of them."""
    height, width, _ = pixels.shape
    flat = pixels.reshape(-1, 3)
    _, where = np.unique(flat // _STEP, axis=0, return_inverse=True)
    counts = np.bincount(where)
    means = np.stack([np.bincount(where, flat[:, band]) / counts for band in range(3)], axis=1)
    palette = means[np.argsort(-counts, kind="stable")[:_COLOURS]]
    nearest = np.array([((palette - mean) ** 2).sum(axis=1).argmin() for mean in means], np.uint8)
    rows = nearest[where.ravel()].reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    return b"".join(
        (
            _MAGIC,
            _chunk(b"IHDR", _SIZE.pack(width, height, 8, _PALETTE, 0, 0, 0)),
            _chunk(b"PLTE", palette.round().astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
