"""Rows of a worksheet without cells, left out before its XML is parsed: there may be a million of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kenpo_xl.ooxml.package import ROWS_IN_ONE

# Longer than the attributes that applications write.
_ATTRIBUTES = rb"[^<>]{0,400}?"
_BEGIN = rb"<(?:\w+:)?row\b"
_END = rb"(?:/>|(?<!/)>\s*</(?:\w+:)?row>)"
_NUMBERED = _BEGIN + _ATTRIBUTES + rb"\sr=[\"']\d+[\"']" + _ATTRIBUTES + _END
_COUNTED = rb"<(?:\w+:)?row\b(?![^<>]{0,400}?\sr=)" + _ATTRIBUTES + _END
# The last row of a run stays: the next one may count on from its number.
_NUMBERED_RUN = re.compile(rb"(?:" + _NUMBERED + rb"\s*)+(?=" + _NUMBERED + rb")")
_COUNTED_RUN = re.compile(rb"(?:" + _COUNTED + rb"\s*){2,}")
_ONE = re.compile(_BEGIN)
_QUICK = re.compile(rb"(?:/|</(?:\w+:)?row)>\s*<(?:\w+:)?row\b")


def chunks_without_empty_rows(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """The bytes of a worksheet part without most of its empty rows, and how many were left out each time.

    Everything stays in an encoding of more than a byte a letter.
    """
    held = b""
    for chunk in chunks:
        whole = held + chunk
        end = whole.rfind(b">") + 1 or len(whole)
        piece, held = whole[:end], whole[end:]
        kept = _without_runs_of_empty_rows(piece) if _QUICK.search(piece) else piece
        yield kept, len(piece) - len(kept)
    yield held, 0


def _without_runs_of_empty_rows(piece: bytes) -> bytes:
    return _COUNTED_RUN.sub(_row_replacing_run, _NUMBERED_RUN.sub(b"", piece))


def _row_replacing_run(run: re.Match[bytes]) -> bytes:
    """One row that counts for all of a run without numbers."""
    begins = _ONE.findall(run[0])
    return b'%s %s="%d"/>' % (begins[0], ROWS_IN_ONE.encode(), len(begins))
