"""Items with keys are moved, retitled and reworded after books were handed out: they stay what they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.books.common import names
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.flag import flag_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.plan.keys import fill_missing_keys
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.books import PLANNER_BOOK, about
from tests.tasks.keyed import keep_keys
from tests.tasks.plan_variants import Outline
from tests.tasks.test_plan_changes import (
    FUKUSHI,
    OWN,
    PAPER,
    PHONE,
    SOUMU,
    WINDOW,
    assert_nothing_is_exchanged,
    block,
    codes,
    drawing,
    fill,
    found,
    printed,
)

ALL = {sentence: (sentence, OWN[sentence]) for sentence in OWN}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder with keys whose books were built, filled and handed in."""
    folder = tmp_path_factory.mktemp("keyed")
    write_drawn_book(folder / "計画.xlsx", drawing())
    fill_missing_keys(folder)
    build_books(folder)
    (folder / "提出").mkdir()
    for group in (SOUMU, FUKUSHI):
        fill(folder / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm")
    return folder


@pytest.fixture
def period(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "期"))


def change(period: Path, edit: Callable[[Outline], None], retitled: dict[str, str] | None = None) -> Plan:
    """Change the plan book; each item and block keeps its key. `retitled` are old titles by new ones."""
    path = period / "計画.xlsx"
    before = read_plan(path)
    outline = Outline.of(drawing())
    edit(outline)
    write_drawn_book(path, outline.draw())
    keep_keys(path, before, retitled)
    fill_missing_keys(period)
    return read_plan(path)


def unfit_input_books(period: Path) -> list[str]:
    """The names of input books that do not fit the plan; the planner's book speaks by numbers."""
    return [path.name for path in build_books(period).unfit if path.name != PLANNER_BOOK]


def test_the_hidden_sheet_and_the_excel_names_contain_keys(issued: Path) -> None:
    book = Workbook(issued / "入力" / f"{SOUMU}.xlsm")
    sheet = book.sheets[names.STAMP_SHEET]
    identities = {sheet.text(row, 2) for row in sheet.non_empty_rows()}
    assert {"K01", "K01/相談", "K01/実施状況", "K01/計画内容/K02"} <= identities
    assert not [text for text in identities if text.startswith("1-1")]
    assert book.named_area(names.table_excel_name("K01", "相談"))


def test_two_sections_exchanged_leave_the_books_valid(period: Path) -> None:
    plan = change(period, lambda outline: outline.swap_sections(WINDOW, PAPER))
    assert plan.item("1-1") is not None
    assert plan.item("1-1").key == read_plan(period / "計画.xlsx").items[0].key  # type: ignore[union-attr]
    assert printed(period) == ALL
    assert {code for code, _ in codes(period)} == {"ST23"}
    assert unfit_input_books(period) == []
    assert not about(make_report(period), Concern.STALE)


def test_two_items_and_blocks_exchanged_leave_the_books_valid(period: Path) -> None:
    def turn(outline: Outline) -> None:
        outline.swap(WINDOW, PHONE)
        outline.item(WINDOW).blocks.reverse()

    change(period, turn)
    assert printed(period) == ALL
    assert {code for code, _ in codes(period)} == {"ST23"}
    assert unfit_input_books(period) == []


def test_another_title_and_text_of_a_key_are_the_same_item(period: Path) -> None:
    def reword(outline: Outline) -> None:
        outline.item(PAPER).header["節"] = "（２）防災訓練"

    change(period, reword, {"防災訓練": "広報"})
    with edited(period / "計画.xlsx") as book:
        (cell,) = [cell for row in book["施策"] for cell in row if cell.value == "広報紙を毎月出す。"]
        cell.value = "避難所を点検する。"
    assert printed(period)["避難所を点検する。"] == ("広報紙を毎月出す。", "Ｂ")
    assert {code for code, _ in codes(period)} == {"ST23"}


def test_a_row_that_was_replaced_gets_another_key_and_no_text(period: Path) -> None:
    def replace_it(outline: Outline) -> None:
        outline.item(PAPER).header["節"] = "（２）防災訓練"
        outline.item(PAPER).blocks[0].sentence("避難所を点検する。")

    plan = change(period, replace_it)
    item = plan.item(PAPER)
    assert item is not None
    assert item.key not in {one.key for one in read_plan(period / "計画.xlsx.bak").items}
    assert printed(period)["避難所を点検する。"] == ("", "")
    assert {code for code, _ in codes(period)} == {"ST28", "ST29"}


def test_a_similar_item_with_another_key_gets_no_text(period: Path) -> None:
    def replace_it(outline: Outline) -> None:
        outline.item(PHONE).blocks[0].sentence("電話の相談を受け付ける。")
        outline.item(PHONE).blocks[1].sentence("夜も電話を受け付ける。")

    change(period, replace_it, {"電話の相談": "なし"})
    assert printed(period)["電話の相談を受け付ける。"] == ("", "")
    assert_nothing_is_exchanged(period)


def test_keys_that_stayed_behind_do_not_move_texts(period: Path) -> None:
    """Two items were exchanged without the column 鍵."""
    change(period, lambda outline: outline.swap(WINDOW, PHONE))
    plan = read_plan(period / "計画.xlsx")
    with edited(period / "計画.xlsx") as book:
        one, other = (item.key_source for item in plan.items[:2])
        assert one
        assert other
        first, second = (book["施策"][source.cell] for source in (one, other))
        first.value, second.value = second.value, first.value
    assert_nothing_is_exchanged(period)
    assert printed(period) == ALL
    assert "ST22" in {code for code, _ in codes(period)}


def test_an_inserted_block_leaves_the_others_their_texts(period: Path) -> None:
    change(period, lambda o: o.item(PHONE).blocks.insert(0, block("折り返しの電話をする。")))
    assert printed(period)["折り返しの電話をする。"] == ("", "")
    assert_nothing_is_exchanged(period)
    assert [code for code, _ in codes(period)] == ["ST29", "ST23"]


REASON = "臨時の窓口を開いたため。"


def submitted_with_negative_figure(period: Path) -> Path:
    book = period / "提出" / f"{SOUMU}.xlsm"
    with edited(book) as opened:
        opened["1-1-1"]["E21"] = -5
    return book


@pytest.mark.parametrize("recorded", ["K01/相談/昼/件数", "1-1-1/相談/昼/件数"])
def test_a_recorded_reason_stays_with_its_item(period: Path, recorded: str) -> None:
    """By key, and by the number of the book where it was recorded before there were keys."""
    with edited(submitted_with_negative_figure(period)) as book:
        book["確認記録"].append(["VA05", recorded, "-5 件", REASON, "", ""])
    change(period, lambda outline: outline.swap(WINDOW, PHONE))
    result = found(period)
    (one,) = [finding for finding in result.findings if finding.code == "VA05"]
    assert (one.identity, one.key) == ("1-1-2/相談/昼/件数", "K01/相談/昼/件数")
    assert result.reason_by_finding == {one: REASON}


def test_a_reason_beside_a_finding_is_recorded_by_key(period: Path) -> None:
    book = submitted_with_negative_figure(period)
    flag_books([book], today=date(2026, 1, 5))
    with edited(book) as opened:
        row = next(row for row in opened["指摘"] if row[7].value == "VA05")
        row[6].value = REASON
    change(period, lambda outline: outline.swap(WINDOW, PHONE))
    result = found(period)
    assert list(result.reason_by_finding.values()) == [REASON]
    assert [(one.identity, one.reason) for one in result.unrecorded] == [("K01/相談/昼/件数", REASON)]


def test_reasons_on_blocks_stay_with_them(period: Path) -> None:
    with edited(period / "提出" / f"{SOUMU}.xlsm") as book:
        book["確認記録"].append(["RA05", "K04/ブロック K05/評価", "Ｃ", REASON, "", ""])

    def turn(outline: Outline) -> None:
        outline.swap(WINDOW, PHONE)
        outline.item(PHONE).blocks.reverse()

    change(period, turn)
    (one,) = found(period).reason_by_finding
    assert (one.identity, one.actual) == ("1-1-1/ブロック 2/評価", "Ｃ")


def test_json_names_number_and_key(period: Path) -> None:
    asked = ["check", str(submitted_with_negative_figure(period)), "--format", "json"]
    result = json.loads(CliRunner().invoke(main, asked).output)
    (one, *_) = [f for f in result["workbooks"][0]["findings"] if f["identity"].startswith("1-1-1/相談")]
    assert one["key"] == one["identity"].replace("1-1-1", "K01")


def rename(period: Path, **names: str) -> None:
    """Change the words in cells of the plan book."""
    with edited(period / "計画.xlsx") as book:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value in names:
                        cell.value = names[cell.value]


def figures(period: Path) -> dict[str, str]:
    return {str(one.id): one.printed_text() for one in consolidate(PeriodFolder(period)).figures}


def test_a_table_with_a_former_name_is_read_under_its_new_one(period: Path) -> None:
    with edited(period / "計画.xlsx") as book:
        (cell,) = [cell for row in book["1-1-1"] for cell in row if cell.value == "相談" and cell.column == 2]
        cell.value = "窓口の相談 ← 相談"
    assert figures(period)["1-1-1/窓口の相談/昼/件数"] == "7 件"
    assert codes(period) == [("ST23", "1-1-1!D20")]
    assert unfit_input_books(period) == []
    assert not about(make_report(period), Concern.STALE)
    cell_text = [one.message for one in found(period).findings if one.code == "ST23"]
    assert cell_text == ["シート「1-1-1」の表「相談」は、いまの計画では「窓口の相談」です。"]


def test_a_row_and_a_column_with_former_names(period: Path) -> None:
    rename(period, 昼="日中", 夜="夜間", 件数="受付件数")
    with edited(period / "計画.xlsx") as book:
        for number in ("1-1-1", "1-1-2"):
            for row in book[number].iter_rows():
                if row[2].value in ("日中", "夜間"):
                    row[1].value = {"日中": "← 昼", "夜間": "← 夜"}[row[2].value]
                if row[0].value == "表":
                    at = row[0].row
                    book[number].insert_rows(at + 1)
                    book[number].cell(at + 1, 1).value = "名札"
                    book[number].cell(at + 1, 4).value = "← 件数"
        book["KPI"]["D2"] = "='1-1-1'!D8"
    assert figures(period)["1-1-1/相談/日中/受付件数"] == "7 件"
    assert figures(period)["1-1-2/通話/夜間/受付件数"] == "7 件"
    assert codes(period) == []
    assert unfit_input_books(period) == []


def test_a_kpi_with_a_former_name(period: Path) -> None:
    rename(period, 相談の件数="窓口の相談の件数")
    with edited(period / "計画.xlsx") as book:
        book["KPI"]["K1"], book["KPI"]["K2"] = "旧名", "相談の件数"
    assert codes(period) == []
    assert unfit_input_books(period) == []
    lines = [
        line for s in consolidate(PeriodFolder(period)).submissions for item in s.items for line in item.lines
    ]
    assert [line.text for line in lines if line.kind is LineKind.KPI] == ["窓口の相談の件数"]


def test_a_changed_formula_is_reported_under_former_names_too(period: Path) -> None:
    with edited(period / "計画.xlsx") as book:
        sheet = book["1-1-1"]
        (cell,) = [cell for row in sheet for cell in row if cell.value == "昼"]
        sheet.cell(cell.row, 2).value = "日中 ← 昼"
        sheet.cell(cell.row, 4).number_format = '#,##0" 円"'
    assert "ST02" in {code for code, _ in codes(period)}
