"""The measuring stick of the rules itself: it plants what it says, and sees what the rules say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.check import check_books
from scripts.judge import load_file
from scripts.judging.clean import EDGES, alarms_of_variation
from scripts.judging.kinds import load_kinds
from scripts.judging.mistakes import KINDS, mistake
from scripts.judging.offices import offices
from scripts.judging.trial import Desk, Trial, desks, try_kind
from scripts.judging.workshop import NOW, build_office

# Found in their cells by rules that will not go, one of each way to look for a place.
FOUND = (
    "total typed over",
    "rate typed over",
    "hole",
    "text for a number",
    "reported month changed",
    "day that does not exist",
    "number of a table changed beside its sentence",
    "rating missing",
    "My Number",
    "header of a row overtyped",
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the smallest office with several tables and earlier periods."""
    folder = tmp_path_factory.mktemp("workshop")
    build_office(folder, next(one for one in offices() if one.name == "midorikawa"))
    return folder


@pytest.fixture(scope="module")
def clean(workshop: Path) -> list[Desk]:
    load_kinds()
    return desks(workshop)


def test_the_clean_office_has_no_finding(workshop: Path) -> None:
    result = check_books([workshop / "midorikawa" / NOW])
    assert [one.message for book in result.books for one in book.findings] == []


@pytest.mark.parametrize("kind", FOUND)
def test_a_planted_mistake_is_found_in_its_cell(clean: list[Desk], kind: str) -> None:
    (trial,) = try_kind(KINDS[kind], clean, seed=1, count=1)
    assert trial.with_history.in_cell, trial


def test_the_same_seed_plants_the_same_mistake(clean: list[Desk]) -> None:
    def notes(seed: int) -> list[str]:
        planted = [KINDS["hole"].plant(desk.book, Random(seed)) for desk in clean]
        return [one.note for one in planted if one]

    assert notes(1) == notes(1) != notes(2)


def test_every_kind_plants_something_else_than_the_clean_book(clean: list[Desk]) -> None:
    books = [desk.book for desk in clean]
    for kind in KINDS.values():
        planted = [one for book in books if (one := kind.plant(book, Random(1)))]
        assert all(one.cells and (one.edits or one.change) for one in planted), kind.name


def test_there_are_at_least_sixty_kinds_in_ten_families() -> None:
    load_kinds()
    assert len(KINDS) >= 60
    assert len({kind.family for kind in KINDS.values()}) >= 10


def test_a_name_of_a_kind_is_used_once() -> None:
    load_kinds()
    with pytest.raises(ValueError, match="two kinds are called 'hole'"):
        mistake("hole", "contents")(KINDS["hole"].plant)


def test_kinds_of_another_file_are_judged_too(clean: list[Desk], tmp_path: Path) -> None:
    more = tmp_path / "more.py"
    more.write_text(
        "from scripts.judging.mistakes import mistake, pick\n\n"
        '@mistake("emptied rating", "own")\n'
        "def emptied(book, random):\n"
        "    rating = pick(random, book.ratings)\n"
        "    return rating.typed(None) if rating else None\n",
        encoding="utf-8",
    )
    load_file(more)
    try:
        found: list[Trial] = try_kind(KINDS["emptied rating"], clean, seed=1, count=2)
        assert [trial.with_history.in_cell for trial in found] == [True, True]
    finally:
        KINDS.pop("emptied rating")


@pytest.mark.period
def test_a_variation_is_clean() -> None:
    number = next(at for at, one in enumerate(offices()) if one.name == "midorikawa")
    found = alarms_of_variation(number, 1, with_history=False)
    assert [one for one in found if one.severity != Severity.INFO] == []


def test_the_edges_name_offices_that_exist() -> None:
    rows = EDGES.read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split("\t")[0] for row in rows} == {one.name for one in offices()}
    assert len(rows) >= 50
