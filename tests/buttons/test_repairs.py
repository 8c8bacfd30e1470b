"""直す and 直しを戻す, pressed: what is listed, what a clerk takes out, what is repaired and put back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlwings

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.source import Source
from kenpo_xl.live.repair_record import recorded_repairs
from kenpo_xl.live.workbook import temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from tests.buttons.conftest import OpenBook
from tests.buttons.stages import Bench, Pressed, rows_below
from tests.tasks.books import figure_cell, line_cell, rating_cell

GROUP = "業務グループ.xlsm"
CHECK, REPAIR, UNDO, SUBMIT = "点検", "直す", "直しを戻す", "提出"
COUNT, DONE = "1-2-2/決定達成/当年/決定件数", "1-2-2/決定達成/当年/達成件数"
CLEARED, RIGHT = "1-2-2/決定達成/当年/達成率", "1-2-2/決定達成/前年/達成率"
POSTED, RETURNED = "1-2-2/郵送化率/当年/郵送化率", "1-2-3/併給調整/当年/返納対象"
UNSEEN, ERROR, OTHER = (
    "1-2-3/併給調整/当年/確認対象",
    "1-2-3/柔整照会/請求件数/対比",
    "1-2-3/柔整照会/照会件数/対比",
)
SURVEY, CENTER = "・お客様満足度調査", "・適宜コールセンター"
# With what the sample itself holds, one term that is 自動 and two that are not, 12 certain changes, 3 others.
# Mistakes by the figure, the beginning of the line or the rating; an apostrophe makes a text, as in Excel.
PLANTED: dict[str, Any] = {
    COUNT: "'４３，０８９",
    DONE: "'43,089件",
    CLEARED: None,
    RIGHT: 1,
    POSTED: "'96.5％",
    RETURNED: "'９１３",
    UNSEEN: "'1,689\u200b",
    ERROR: "=1/0",
    OTHER: 0.5,
}
ODD = {SURVEY: ("足", "\u2f9c\u200b"), CENTER: ("コール", "メルマガやコール")}
RATING = "○"
REPAIRED = {COUNT: 43089, DONE: 43089, CLEARED: 1, RIGHT: 1, POSTED: 0.965, UNSEEN: 1689}
FORMULAS = (CLEARED, RIGHT, ERROR)


@pytest.fixture
def bench(opened: OpenBook) -> Bench:
    return opened(GROUP)


class Places:
    """The cells of the planted mistakes in the book as it was handed out."""

    def __init__(self, bench: Bench) -> None:
        folder = bench.period
        self.book = bench.book
        self.figures = {identity: figure_cell(folder, identity) for identity in PLANTED}
        self.lines = {start: line_cell(folder, "1-2-2", beginning=start) for start in ODD}
        self.rating = rating_cell(folder, "1-2-3", "4")

    def cell(self, source: Source) -> xlwings.Range:
        return self.book.sheets[source.sheet][source.cell]

    def figure(self, identity: str) -> xlwings.Range:
        return self.cell(self.figures[identity])

    def state(self) -> dict[str, Any]:
        """Formula, or value and whether it is a text, of each cell."""
        cells = [*self.figures.values(), *self.lines.values(), self.rating]
        return {f"{one.sheet}!{one.cell}": self.content(one) for one in cells}

    def content(self, source: Source) -> Any:
        cell = self.cell(source)
        return cell.formula if cell.formula.startswith("=") else cell.value


def planted(bench: Bench) -> Places:
    places = Places(bench)
    for identity, value in PLANTED.items():
        cell = places.figure(identity)
        if value is None:
            cell.clear_contents()
        else:
            cell.value = value
    for start, (letters, odd) in ODD.items():
        cell = places.cell(places.lines[start])
        cell.value = "'" + cell.value.replace(letters, odd, 1)
    places.cell(places.rating).value = RATING
    return places


def listed(bench: Bench) -> dict[str, tuple[str, str]]:
    """What 直す listed in 指摘: place to its values, with the mark in front."""
    rows = rows_below(bench.book, "指摘", ("区分", "場所", "いまの値", "あるべき値", "直す"))
    return {
        f"{mark or '－'} {place} {old}": (old, new) for kind, place, old, new, mark in rows if kind == "直す"
    }


def set_mark(bench: Bench, source: Source | None, mark: str | None) -> None:
    """Write or delete the mark in the rows of a cell, or in all."""
    sheet = bench.book.sheets["指摘"]
    rows = sheet["A1:N60"].value
    top = next(number for number, row in enumerate(rows) if "直す" in row)
    column = rows[top].index("直す")
    for number, row in enumerate(rows[top + 1 :], start=top + 1):
        if row[0] == "直す" and (source is None or row[1] == f"{source.sheet}!{source.cell}"):
            sheet[number, column].value = mark


def recorded(bench: Bench) -> int:
    with temporary_copy(bench.book) as copy:
        return len(recorded_repairs(Workbook(copy)))


def test_what_is_listed_is_made_and_put_back(bench: Bench) -> None:
    places = planted(bench)
    before = places.state()
    seen = Pressed.after(bench, REPAIR)
    assert (seen.run.status, seen.run.errors, seen.cursor.sheet) == (0, "", "指摘")
    assert seen.run.told.startswith("まだ直していません。12 か所に「直す」の印があります")
    assert places.state() == before
    rows = listed(bench)
    marks = [row.split()[0] for row in rows]
    assert (marks.count("直す"), marks.count("－")) == (12, 3)
    offered = {old for row, (old, _) in rows.items() if row.startswith("－")}
    assert offered == {"50.0％", "「HP」", "「取組み」"}

    set_mark(bench, places.figures[RETURNED], None)
    set_mark(bench, places.figures[OTHER], "直す")
    seen = Pressed.after(bench, REPAIR)
    assert (seen.run.status, seen.run.errors) == (0, "")
    assert seen.run.told.startswith("12 か所を直しました。")
    assert "直せるところが、ほかに 1 か所あります。" in seen.run.told
    assert {one: places.figure(one).value for one in REPAIRED} == pytest.approx(REPAIRED)
    assert all(places.figure(one).formula.startswith("=IF(") for one in (*FORMULAS, OTHER))
    assert places.figure(OTHER).value == pytest.approx(12377 / 15736)
    assert places.figure(COUNT).number_format == '#,##0" 件"'
    assert places.figure(RETURNED).value == "９１３"
    assert "満足度" in places.cell(places.lines[SURVEY]).value
    assert "メールマガジンやコール" in places.cell(places.lines[CENTER]).value
    assert places.cell(places.rating).value == "〇"
    assert "HP" in places.cell(line_cell(bench.period, "1-2-2", beginning="・繁忙期")).value
    assert listed(bench) == {}

    undone = Pressed.after(bench, UNDO)
    assert (undone.run.status, undone.run.errors) == (0, "")
    assert undone.run.told.startswith("12 か所を、直す前に戻しました。誤り ")
    assert {"VA10", "ST05", "VA03"} <= {row[0] for row in undone.findings}
    assert places.state() == before
    assert recorded(bench) == 0
    again = Pressed.after(bench, UNDO)
    assert (again.run.status, again.run.told[:14]) == (3, "戻せる直しがありません。戻せ")


def test_what_was_changed_since_is_named_and_what_moved_is_found(bench: Bench) -> None:
    places = planted(bench)
    before = places.state()
    Pressed.after(bench, REPAIR)
    # A row inserted between the list and the second press moves the cells of the list as well.
    bench.book.sheets["1-2-3"]["17:17"].insert("down")
    moved = {name: shifted(source, 1) for name, source in places.figures.items()}
    seen = Pressed.after(bench, REPAIR)
    assert seen.run.told.startswith("12 か所を直しました。")
    assert places.cell(moved[UNSEEN]).value == 1689
    places.figure(POSTED).value = 0.97
    bench.book.sheets["1-2-3"]["17:18"].insert("down")
    last = {name: shifted(source, 3) for name, source in places.figures.items()}
    undone = Pressed.after(bench, UNDO)
    posted = places.figures[POSTED]
    assert undone.run.told.startswith("11 か所を、直す前に戻しました。")
    assert f"{posted.sheet}!{posted.cell} は、直したあとで変わったため、そのままです。" in undone.run.told
    assert places.figure(POSTED).value == 0.97
    assert places.cell(last[ERROR]).formula == "=1/0"
    assert places.cell(last[UNSEEN]).value == "1,689\u200b"
    assert places.content(places.figures[CLEARED]) == before["1-2-2!" + places.figures[CLEARED].cell]


def shifted(source: Source, rows: int) -> Source:
    """A cell of 1-2-3 below the rows that were inserted there."""
    letters = source.cell.rstrip("0123456789")
    move = rows if source.sheet == "1-2-3" else 0
    return Source(source.workbook, source.sheet, f"{letters}{int(source.cell[len(letters) :]) + move}")


def test_it_makes_what_fix_makes_of_the_saved_book(bench: Bench, tmp_path: Path) -> None:
    places = planted(bench)
    bench.book.save()
    (tmp_path / "別").mkdir()
    saved = Path(shutil.copy(bench.path, tmp_path / "別" / GROUP))
    plan = bench.period / "計画.xlsx"
    (fixed,) = fix_books([saved], plan=plan)
    assert (fixed.failure, fixed.written) == ("", True)
    Pressed.after(bench, REPAIR)
    Pressed.after(bench, REPAIR)
    with temporary_copy(bench.book) as copy:
        found = Workbook(copy)
        wanted = Workbook(saved)
        for edit in (one.edit for one in fixed.repairs):
            made, expected = (
                book.sheets[edit.sheet].value(*cell_position(edit.cell)) for book in (found, wanted)
            )
            assert made == (pytest.approx(expected) if isinstance(expected, float) else expected)
        (again,) = fix_books([Path(shutil.copy(copy, tmp_path / GROUP))], plan=plan, dry_run=True)
    assert (again.failure, again.repairs) == ("", ())
    assert places.figure(OTHER).value == 0.5


def test_what_changed_since_the_list_is_left_and_named(bench: Bench) -> None:
    places = planted(bench)
    Pressed.after(bench, REPAIR)
    places.figure(COUNT).value = "'約４万"
    seen = Pressed.after(bench, REPAIR)
    source = places.figures[COUNT]
    assert seen.run.told.startswith("11 か所を直しました。")
    assert f"{source.sheet}!{source.cell} は、一覧のあとで変わったため、直していません。" in seen.run.told
    assert places.figure(COUNT).value == "約４万"


def test_a_list_without_marks_repairs_nothing_and_a_check_ends_it(bench: Bench) -> None:
    places = planted(bench)
    before = places.state()
    Pressed.after(bench, REPAIR)
    set_mark(bench, None, None)
    seen = Pressed.after(bench, REPAIR)
    assert (seen.run.status, seen.run.told[:24]) == (3, "一覧に「直す」の印がないため、何も直していません")
    assert places.state() == before
    assert len(listed(bench)) == 15
    assert found_in_lists(bench) == []
    checked = Pressed.after(bench, CHECK)
    assert checked.run.status == 0
    assert listed(bench) == {}
    assert recorded(bench) == 0


def found_in_lists(bench: Bench) -> list[str]:
    """The findings of the saved book in the sheets that are ours."""
    bench.book.save()
    (checked,) = check_books([bench.path]).books
    assert checked.failure == ""
    return [one.message for one in checked.findings if one.sheet in ("指摘", "kx", "操作")]


def test_the_hint_on_a_wrong_total_can_be_followed(opened: OpenBook) -> None:
    """The right value and a formula of the plan's meaning are no finding; 直す fills an emptied cell."""
    bench = opened("レセプトグループ.xlsm")
    source = figure_cell(bench.period, "1-2-4/査定金額/当年/合計")
    cell = bench.book.sheets[source.sheet][source.cell]
    wrong, place = cell.value, f"{source.sheet}!{source.cell}"
    (hint,) = (row[5] for row in Pressed.after(bench, CHECK).findings if row[2] == place)
    assert hint == "244116 と入れ直すか、セルを空にして「直す」を押すと、算式に戻ります。"
    for typed in (244116, "=E{0}+F{0}+G{0}+H{0}", wrong, "=SUM(E{0}:H{0})"):
        cell.value = typed.format(source.cell[1:]) if isinstance(typed, str) else typed
        found = [row for row in Pressed.after(bench, CHECK).findings if row[2] == place]
        assert bool(found) is (typed == wrong)
        assert cell.value == (wrong if typed == wrong else 244116)
    cell.clear_contents()
    Pressed.after(bench, REPAIR)
    assert [row for row in Pressed.after(bench, REPAIR).findings if row[2] == place] == []
    assert cell.value == 244116
    assert cell.formula.startswith("=IF(")


def test_after_a_submission_nothing_can_be_put_back(bench: Bench) -> None:
    places = planted(bench)
    Pressed.after(bench, REPAIR)
    Pressed.after(bench, REPAIR)
    assert recorded(bench) == 12
    assert found_in_lists(bench) == []
    bench.book.names["kx_override"].refers_to_range.value = "公表のとおり。"
    assert Pressed.after(bench, SUBMIT).run.status == 0
    assert recorded_repairs(Workbook(bench.submitted)) == ()
    assert Pressed.after(bench, UNDO).run.status == 3
    assert places.figure(COUNT).value == 43089
