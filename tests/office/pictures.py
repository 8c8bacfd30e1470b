"""Looking at a PDF: its text, its number of pages, its pages as pictures (poppler)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def pdf_text(pdf: Path) -> str:
    """The text in the order of the page's content; a form feed ends each page."""
    return _poppler("pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-")


def pdf_pages(pdf: Path) -> int:
    """The number of pages."""
    return int(re.search(r"^Pages:\s+(\d+)$", _poppler("pdfinfo", str(pdf)), flags=re.MULTILINE).group(1))


def page_pictures(pdf: Path, folder: Path, *, dots_per_inch: int = 80) -> list[Path]:
    """One PNG file per page, in order, written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _poppler("pdftoppm", "-png", "-r", str(dots_per_inch), str(pdf), str(folder / "page"))
    return sorted(folder.glob("page-*.png"), key=lambda path: int(path.stem.rpartition("-")[2]))


def _poppler(program: str, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8")
