"""Marks and repairs in books that are far too large: made, or refused with one sentence, in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.errors import KenpoError
from tests.hostile import hostile_books as books
from tests.hostile.hostile_books import ITEM, Maker, swollen, with_many
from tests.hostile.test_hostile import MEGABYTES, SECONDS
from tests.soak import soak

pytestmark = soak
DONE = "done"
LARGE: dict[str, tuple[Maker, str]] = {
    "a million cells below our parts": (
        swollen(ITEM, with_many(ITEM, "</sheetData>", "<row>" + "<c><v>1</v></c>" * 100 + "</row>", 10_000)),
        DONE,
    ),
    "a million conditional formats": (
        swollen(ITEM, with_many(ITEM, "<pageMargins", '<conditionalFormatting sqref="A1"/>', 1_000_000)),
        "書式などが多すぎる",
    ),
    "a million validations": (
        swollen(ITEM, with_many(ITEM, "</dataValidations>", '<dataValidation sqref="A1"/>', 1_000_000)),
        "書式などが多すぎる",
    ),
    "20,000 conditional formats": (
        swollen(
            ITEM,
            with_many(
                ITEM,
                "<dataValidations",
                '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9">'
                "<formula>1</formula></cfRule></conditionalFormatting>",
                20_000,
            ),
        ),
        DONE,
    ),
}
_CHILD = """
import json, sys, time
from decimal import Decimal
from pathlib import Path
from kenpo_xl.errors import KenpoError
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.annotations.annotate import Mark, write_marked_copy, write_unmarked_copy
path, folder = Path(sys.argv[1]), Path(sys.argv[2])
start, told = time.process_time(), "done"
try:
    if sys.argv[3] == "mark":
        marks = [Mark("1-2-2", "E26", "違います。"), Mark("1-2-2", "A1", "違います。")]
        write_marked_copy(path, marks, folder / "b.xlsx")
        write_unmarked_copy(folder / "b.xlsx", folder / "c.xlsx")
    else:
        edit_cells_returning_skipped(path, [CellEdit("1-2-2", "E26", Decimal(1))], folder / "b.xlsx")
except KenpoError as error:
    told = str(error)
seconds = time.process_time() - start
# Not ru_maxrss: a process begins with the peak of the one that started it.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([told, seconds, int(peak.split()[1]) / 1024]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with the module resource")
@pytest.mark.parametrize("work", ["mark", "edit"])
@pytest.mark.parametrize(("make", "expected"), LARGE.values(), ids=LARGE)
def test_it_is_done_or_one_sentence(make: Maker, expected: str, work: str, tmp_path: Path) -> None:
    path = tmp_path / "提出.xlsx"
    make(path)
    child = [sys.executable, "-c", _CHILD, str(path), str(tmp_path), work]
    told, seconds, megabytes = json.loads(subprocess.run(child, capture_output=True, check=True).stdout)
    if work == "mark":
        assert expected in told
    assert told == DONE or told.startswith("提出.xlsx")
    assert "\n" not in told
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_the_sentence_names_the_book(tmp_path: Path) -> None:
    path = tmp_path / "提出.xlsx"
    books.with_parts({ITEM: books.parts()[ITEM][:9000]})(path)
    with pytest.raises(KenpoError, match=r"^提出\.xlsx のシート「1-2-2」が壊れている"):
        write_marked_copy(path, [Mark("1-2-2", "E26", "違います。")], tmp_path / "b.xlsx")
