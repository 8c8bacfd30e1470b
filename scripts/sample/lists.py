"""Reads `lists.txt`: the lists of the plan book, a line a cell."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any


def read_lists(text: str) -> dict[str, list[list[tuple[str, Any]]]]:
    """The rows of each list sheet, a row as pairs of header and value."""
    return {
        name.strip(): [_pairs(row) for row in rows.split("---\n") if _pairs(row)]
        for name, _, rows in (part.partition("\n") for part in text.split("\n=== ")[1:])
    }


def _pairs(row: str) -> list[tuple[str, Any]]:
    lines = [line.partition(" ") for line in row.splitlines() if line and not line.startswith("#")]
    return [(header, _value(value)) for header, _, value in lines]


def _value(text: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    if re.fullmatch(r"\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text
