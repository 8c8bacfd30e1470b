"""What the rules say of books without a mistake: varied ones, and right sentences in their places."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.past_periods import read_past
from scripts.judging.book import TextLine, edit
from scripts.judging.offices import SUBMITTED, offices, plan_book, write_period
from scripts.judging.past import write_past
from scripts.judging.trial import Desk
from scripts.judging.vary import varied
from scripts.judging.workshop import NOW, PAST

EDGES = Path(__file__).parent / "edges.tsv"
SENTENCES = Path(__file__).resolve().parents[2] / "tests" / "sentences.tsv"
_AT_ONCE = 8
"""So many right sentences are typed into one book for one check."""


@dataclass(frozen=True)
class Alarm:
    """A finding where nothing is wrong; `place` says in which clean book."""

    place: str
    severity: str
    said: str


def alarms_of_variation(number: int, seed: int, *, with_history: bool) -> list[Alarm]:
    """The findings in one variation of an office."""
    plain = offices()[number]
    office = varied(plain, plan_book(plain.name, *plain.period)[1], seed)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        plan = write_period(home / NOW, office.name, office.period, office.submissions)
        past = read_past(write_past(home / PAST, office, plan))[0] if with_history else None
        books = sorted((home / NOW / SUBMITTED).glob("*.xlsm"))
        session = CheckSession(books, history=past)
        return [
            _alarm(f"{office.name} varied by {seed}", one)
            for path in books
            for one in session.check_book(path).findings
        ]


def _alarm(place: str, finding: Finding) -> Alarm:
    said = f"{finding.code} {finding.workbook} {finding.sheet}!{finding.cell} {finding.message}"
    return Alarm(place, str(finding.severity), said)


def alarms_of_edges(desks: Sequence[Desk]) -> Iterator[Alarm]:
    """The errors and warnings about right sentences near the edges of rules, each in its line."""
    for row in _rows(EDGES):
        desk, line = _line_of(desks, row)
        sentence = row["sentence"]
        yield from _alarms_in(desk, {line.cell: sentence}, f"edge {row['office']} {row['item']}")


def _line_of(desks: Sequence[Desk], row: dict[str, str]) -> tuple[Desk, TextLine]:
    for desk in desks:
        for line in desk.book.lines_of(row["item"]) if desk.office == row["office"] else ():
            if line.text.startswith(row["line"]):
                return desk, line
    raise ValueError(f"no line begins so: {row}")


def alarms_of_sentences(desks: Sequence[Desk]) -> Iterator[Alarm]:
    """The errors and warnings about the right sentences of tests/sentences.tsv, behind lines of the sample.

    They are written for its period; the terms that its office prefers (WO08) are no notation.
    """
    desks = [desk for desk in desks if desk.office == "sample"]
    right = [row["sentence"] for row in _rows(SENTENCES) if row["verdict"] == "right"]
    for start in range(0, len(right), _AT_ONCE):
        desk = desks[start // _AT_ONCE % len(desks)]
        lines = [line for line in desk.book.lines if line.text.endswith("。")]
        pairs = zip(lines, right[start : start + _AT_ONCE], strict=False)
        texts = {line.cell: f"{line.text}{sentence}" for line, sentence in pairs}
        alarms = _alarms_in(desk, texts, "sentence")
        yield from (one for one in alarms if not one.said.startswith("WO08"))


def _alarms_in(desk: Desk, texts: dict[str, str], place: str) -> Iterator[Alarm]:
    """The new errors and warnings of a book with other texts in some cells."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / desk.path.name
        assert not edit_cells_returning_skipped(
            desk.path, [edit(at, text) for at, text in texts.items()], copy
        )
        for one in desk.new_findings(copy, with_history=True):
            if one.severity is not Severity.INFO:
                text = texts.get(f"{one.sheet}!{one.cell}", "")
                yield Alarm(f"{place}: {text[-60:]}", str(one.severity), _alarm("", one).said)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
