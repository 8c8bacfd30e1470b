"""Writes workbooks/はじめに.xlsm, the book with which an office begins; the same bytes each time.

.venv/bin/python scripts/make_start_book.py [folder]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.books.planner.start_book import START_NAME, write_start_book
from scripts.paths import SAMPLE


def make_start_book(folder: Path) -> Path:
    """Write the book into a folder; its path."""
    path = folder / START_NAME
    write_start_book(path)
    return path


if __name__ == "__main__":
    print(make_start_book(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE.parent))
