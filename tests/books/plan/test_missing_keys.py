"""Keys are written into a plan book that has none, and nothing else in it changes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.missing_keys import write_copy_with_keys
from kenpo_xl.books.plan.reader import PlanError, plan_and_problems
from kenpo_xl.domain.plan.plan import Plan
from tests.books.plan.test_keys import PHONE, SECOND, SENTENCE, WINDOW, tables, written
from tests.edited import edited
from tests.paths import SAMPLE


def with_keys(path: Path, *known: str) -> tuple[Path, tuple[str, ...]]:
    target = path.with_name("keyed.xlsx")
    return target, write_copy_with_keys(path, target, known)


def read(path: Path) -> Plan:
    plan, problems = plan_and_problems(path)
    assert plan is not None
    assert problems == []
    return plan


def changed_members(one: Path, other: Path) -> list[str]:
    with zipfile.ZipFile(one) as before, zipfile.ZipFile(other) as after:
        assert before.namelist() == after.namelist()
        return [name for name in after.namelist() if before.read(name) != after.read(name)]


def test_every_row_that_begins_something_gets_a_key(tmp_path: Path) -> None:
    target, keys = with_keys(written(tmp_path, {}))
    plan = read(target)
    assert keys == ("K01", "K02", "K03")
    assert [(item.key, [block.key for block in item.blocks]) for item in plan.items] == [
        ("K01", ["K01", "K02"]),
        ("K03", ["K03"]),
    ]
    sheet = openpyxl.load_workbook(target)["施策"]
    assert [sheet[cell].value for cell in ("H1", WINDOW, SECOND, SENTENCE, PHONE)] == [
        *("鍵", "K01", "K02", None, "K03")
    ]
    assert sheet.column_dimensions["H"].width < 8
    assert sheet["H1"].fill.fgColor.rgb == sheet["G1"].fill.fgColor.rgb


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    target, _ = with_keys(written(tmp_path, {}))
    again = tmp_path / "again.xlsx"
    assert write_copy_with_keys(target, again) == ()
    assert again.read_bytes() == target.read_bytes()


@pytest.mark.parametrize(
    ("present", "known", "new"),
    [
        ({WINDOW: "K07"}, (), ("K08", "K09")),
        ({WINDOW: "窓口"}, (), ("K01", "K02")),
        ({WINDOW: "K01"}, ("K41", "1-2", "電話"), ("K42", "K43")),
        ({WINDOW: "K99"}, (), ("K100", "K101")),
    ],
)
def test_a_new_key_is_higher_than_all_that_were_used(
    tmp_path: Path, present: dict[str, object], known: tuple[str, ...], new: tuple[str, ...]
) -> None:
    target, keys = with_keys(written(tmp_path, present), *known)
    assert keys == new
    assert read(target).items[0].key == present[WINDOW]


def test_keys_of_sentences_and_of_layout_sheets_count_as_used(tmp_path: Path) -> None:
    path = written(tmp_path, {SENTENCE: "K20"}, {"1-1-2": "K30"})
    target = tmp_path / "keyed.xlsx"
    assert write_copy_with_keys(path, target)[0] == "K31"


def test_layout_sheets_get_the_key_of_their_item(tmp_path: Path) -> None:
    target, _ = with_keys(written(tmp_path, {}))
    with edited(target) as book:  # the items change places, their sheets keep their names
        book["施策"][WINDOW], book["施策"][PHONE] = "K03", "K01"
    plan, _ = plan_and_problems(target)
    assert plan is not None
    assert tables(plan) == {"K01": "窓口の数", "K03": "電話の数"}


def test_an_empty_mark_is_filled_where_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    with edited(path) as book:
        book["1-1-2"]["A9"] = "鍵"
    target, _ = with_keys(path)
    sheet = openpyxl.load_workbook(target)["1-1-2"]
    assert (sheet["A9"].value, sheet["B9"].value, sheet.max_row) == ("鍵", "K03", 9)


def test_errors_of_the_sheet_stop_it(tmp_path: Path) -> None:
    path = written(tmp_path, {WINDOW: "K01", PHONE: "K01"})
    with pytest.raises(PlanError, match="2 か所"):
        with_keys(path)


def test_a_column_of_the_planner_at_the_right_stays(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    with edited(path) as book:
        book["施策"]["H1"], book["施策"]["J5"] = "備考", "来年は見直す"
        book["施策"].column_dimensions["K"].width = 33
    target, _ = with_keys(path)
    sheet = openpyxl.load_workbook(target)["施策"]
    assert (sheet["H1"].value, sheet["J5"].value, sheet["K1"].value) == ("備考", "来年は見直す", "鍵")
    assert sheet.column_dimensions["K"].width < 8
    assert read(target).items[0].key == "K01"


def test_only_the_sheets_with_new_keys_change(tmp_path: Path) -> None:
    path = tmp_path / "計画.xlsx"
    shutil.copyfile(SAMPLE / "計画.xlsx", path)
    target, keys = with_keys(path)
    with zipfile.ZipFile(path) as book:
        workbook = book.read("xl/workbook.xml").decode()
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    changed = changed_members(path, target)
    sheets = {
        names[int(name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")) - 1] for name in changed
    }
    plan = read(target)
    assert sheets == {"施策", *(item.id for item in plan.items if item.tables or item.id in names)}
    assert "<sheets>" in workbook
    assert len(keys) == len(plan.items) + sum(len(item.blocks) for item in plan.items)
    assert all(item.own_key and all(block.own_key for block in item.blocks) for item in plan.items)
