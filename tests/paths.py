"""Where the files of the repository are that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SCRIPTS = ROOT / "scripts"
TEMPLATES = ROOT / "templates"
TEMPLATE = TEMPLATES / "status_report.xlsx"
LAUNCHER = TEMPLATES / "vba" / "KenpoButtons.bas"
# A real period: a plan book and the books of four groups as submitted.
SAMPLE = ROOT / "workbooks" / "saitama-fy2024-q3"
PLAN_BOOK = SAMPLE / "計画.xlsx"
SUBMITTED = SAMPLE / "提出"
PUBLISHED_TEXT = ROOT / "tests" / "reference" / "saitama-fy2024-q3.txt"
SENTENCES = ROOT / "tests" / "sentences.tsv"
