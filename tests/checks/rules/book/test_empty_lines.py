"""Lines beside the plan that were left empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.planted import checked, places, planted
from tests.paths import SUBMITTED

BOOK = SUBMITTED / "レセプトグループ.xlsm"


def cleared(folder: Path, *cells: str) -> list[tuple[str, str]]:
    """What is found of a book with some cells emptied."""

    def edit(book: Any) -> None:
        for place in cells:
            sheet, cell = place.split("!")
            book[sheet][cell].value = None

    return places(checked(planted(folder, edit, BOOK), "ST37"))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["1-2-4!D13"], ["1-2-4!D13"]),
        (["1-2-5!D14"], ["1-2-5!D14"]),
        (["1-2-5!D21"], ["1-2-5!D21"]),
        (["1-2-5!D22"], []),
        ([], []),
    ],
)
def test_the_only_line_of_a_block_and_one_before_others(
    tmp_path: Path, cells: list[str], found: list[str]
) -> None:
    assert cleared(tmp_path, *cells) == [("ST37", place) for place in found]
