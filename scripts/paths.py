"""Where the files of the repository are that scripts read and write."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
# The rules as a page, and the guide for staff with its pictures.
CATALOGUE = ROOT / "docs" / "rules.md"
PICTURES = ROOT / "docs" / "ja"
# A real period: a plan book and the books of four groups as submitted.
SAMPLE = ROOT / "workbooks" / "saitama-fy2024-q3"
