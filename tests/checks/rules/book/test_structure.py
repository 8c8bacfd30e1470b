"""Whose book it is, and whether its parts are there, unaltered and seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.formulas.tree import Negative
from kenpo_xl.domain.plan.plan import Item, Plan, Section
from kenpo_xl.domain.plan.table import CellDefinition, Table
from tests.checks.planted import BOOK, checked, places, planted, repacked
from tests.paths import SAMPLE
from tests.sample import sample_plan

GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")
ITEM = "1-2-2"
PART = "xl/worksheets/sheet3.xml"


def found(folder: Path, edit: Callable[[Any], None], plan: Plan | None = None) -> list[tuple[str, str]]:
    return places(checked(planted(folder, edit), "ST", plan))


def put(cell: str, value: object, sheet: str = ITEM) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[sheet][cell].value = value

    return edit


@pytest.mark.parametrize("group", GROUPS)
def test_the_sample_is_whole(group: str) -> None:
    assert checked(SAMPLE / "提出" / f"{group}.xlsm", "ST") == []


def test_a_book_saved_by_another_program_is_whole(tmp_path: Path) -> None:
    assert found(tmp_path, lambda _: None) == []


class TestWhoseBook:
    @pytest.mark.parametrize(
        ("key", "said"),
        [
            ("埼玉支部 2024 Q4", "埼玉支部 令和6年度第4四半期"),
            ("埼玉支部 2023 Q3", "埼玉支部 令和5年度第3四半期"),
            ("千葉支部 2024 Q3", "千葉支部 令和6年度第3四半期"),
            ("千葉支部", "千葉支部"),
        ],
        ids=["quarter", "year", "branch", "unknown"],
    )
    def test_a_book_of_another_plan(self, tmp_path: Path, key: str, said: str) -> None:
        path = planted(tmp_path, put("B1", key, "kx"))
        (finding,) = checked(path, "ST")
        assert (finding.code, finding.severity, finding.sheet) == ("ST01", Severity.ERROR, "")
        assert f"別の計画（{said}）" in finding.message

    def test_a_book_of_an_unknown_group(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("B2", "総務課", "kx")), "ST")
        assert finding.code == "ST01"
        assert finding.message.startswith("このブックのグループ「総務課」が計画にありません。")


class TestOutdatedTables:
    def test_a_formula_that_changed_in_the_plan_names_the_table(self) -> None:
        plan = with_formula(sample_plan(), "決定達成")
        (finding,) = checked(BOOK, "ST", plan)
        assert places([finding]) == [("ST02", "1-2-2!D25")]
        assert finding.message == "表「決定達成」は、計画の表や算式が変わる前の様式です。"

    def test_a_caption_that_changed_leaves_the_book_valid(self) -> None:
        plan = with_tables(sample_plan(), "決定達成", lambda table: replace(table, caption="別の題"))
        assert checked(BOOK, "ST", plan) == []

    def test_a_book_whose_digests_were_deleted_is_read_by_its_numbers(self, tmp_path: Path) -> None:
        assert found(tmp_path, without_hashes) == []

    def test_another_groups_table_does_not_matter(self) -> None:
        assert checked(BOOK, "ST", with_formula(sample_plan(), "査定金額")) == []


class TestMissingParts:
    def test_a_sheet(self, tmp_path: Path) -> None:
        path = planted(tmp_path, lambda book: book.remove(book["1-2-1"]))
        (finding,) = checked(path, "ST")
        assert (finding.code, finding.sheet, finding.identity) == ("ST03", "", "1-2-1")
        assert "「ブックを写す」で新しい入力ブックに写してもらって" in finding.hint

    def test_a_renamed_sheet_is_fine(self, tmp_path: Path) -> None:
        # LibreOffice and Excel let names follow a sheet; openpyxl does not.
        def edit(book: Any) -> None:
            book[ITEM].title = "サービス水準"
            for name in book.defined_names.values():
                name.value = name.value.replace(f"'{ITEM}'", "'サービス水準'")

        assert found(tmp_path, edit) == []

    def test_a_column_whose_header_was_reworded_at_that_header(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("F25", "承認件数")), "ST")
        assert places([finding]) == [("ST03", "1-2-2!F25")]
        assert (finding.severity, finding.identity) == (Severity.ERROR, "1-2-2/決定達成/達成件数")

    def test_a_column_that_was_cleared_at_the_header_before_it(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            for row in range(25, 28):
                book[ITEM].cell(row, 6).value = None

        (finding,) = checked(planted(tmp_path, edit), "ST03")
        assert places([finding]) == [("ST03", "1-2-2!E25")]

    def test_the_rows_of_a_table_are_one_finding(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM]["D26"].value, book[ITEM]["D27"].value = "甲", "乙"

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert (finding.code, finding.sheet, finding.identity) == ("ST03", ITEM, "1-2-2/決定達成")
        assert "の行「" in finding.message

    def test_the_headers_of_the_progress(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("D7", "本文")), "ST")
        assert (finding.code, finding.sheet, finding.cell) == ("ST03", ITEM, "")

    def test_a_table(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            name = next(n for n, one in book.defined_names.items() if one.value == f"'{ITEM}'!$D$31:$E$33")
            del book.defined_names[name]
            book[ITEM]["B29"].value = None

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert (finding.code, finding.sheet, finding.identity) == ("ST03", ITEM, "1-2-2/郵送化率")


class TestLostNames:
    @staticmethod
    def without(*areas: str) -> Callable[[Any], None]:
        def edit(book: Any) -> None:
            for name in [n for n, one in book.defined_names.items() if one.value.split("!")[1] in areas]:
                del book.defined_names[name]

        return edit

    def test_a_table_that_is_found_by_its_title(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, self.without("$D$31:$E$33")), "ST")
        assert places([finding]) == [("ST16", "1-2-2!B29")]
        assert finding.severity is Severity.WARNING

    def test_the_parts_of_a_sheet_are_one_finding(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, self.without("$D$31:$E$33", "$A$7:$K$21")), "ST")
        assert (finding.code, finding.sheet) == ("ST16", ITEM)
        assert finding.message.startswith("実施状況、表「郵送化率」の名前が失われている")

    def test_a_name_that_leads_nowhere(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            for name in book.defined_names.values():
                if name.value.endswith("$D$31:$E$33"):
                    name.value = "#REF!"

        assert found(tmp_path, edit) == [("ST16", "1-2-2!B29")]


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("cell", "value", "message"),
        [
            ("B13", "9", "ブロック「9」は計画にありません。"),
            ("D11", "決定達成率", "表「決定達成率」は計画にありません。"),
            ("D10", "満足度", "指標「満足度」は計画にありません。"),
            ("E24", "十三月", "基準月 1-2-2/決定達成 の「十三月」は月として読めません。"),
        ],
    )
    def test_it_is_told_in_its_cell(self, tmp_path: Path, cell: str, value: str, message: str) -> None:
        (finding,) = checked(planted(tmp_path, put(cell, value)), "ST")
        assert places([finding]) == [("ST04", f"{ITEM}!{cell}")]
        assert finding.message == message

    @pytest.mark.parametrize(
        ("cell", "value", "hint", "expected"),
        [
            ("B13", "9", "「ブロック」を「1」「2」「3」のどれかに直してください。", ""),
            (
                "D11",
                "・研修会を3回開催した。\n・説明会も開いた。",
                "「内容」を「決定達成」に戻して",
                "決定達成",
            ),
            (
                "D10",
                "満足度",
                "「内容」を「サービススタンダードの達成状況」に戻して",
                "サービススタンダードの達成状況",
            ),
        ],
    )
    def test_the_hint_names_what_may_stand_there(
        self, tmp_path: Path, cell: str, value: str, hint: str, expected: str
    ) -> None:
        (finding,) = checked(planted(tmp_path, put(cell, value)), "ST")
        assert hint in finding.hint
        assert (finding.expected, "\n" in finding.message) == (expected, False)

    def test_the_ratings_of_such_an_item_are_not_judged(self, tmp_path: Path) -> None:
        assert places(checked(planted(tmp_path, put("B13", "9")), "RA")) == []
        assert places(checked(planted(tmp_path, put("B13", "1")), "RA")) != []

    @pytest.mark.parametrize(("cell", "value"), [("B13", "２"), ("E24", "10月"), ("E24", None)])
    def test_another_way_to_write_a_known_one_is_fine(self, tmp_path: Path, cell: str, value: str) -> None:
        assert found(tmp_path, put(cell, value)) == []


class TestTypedOver:
    def test_the_right_value_in_the_place_of_the_formula_is_fine(self, tmp_path: Path) -> None:
        assert places(checked(planted(tmp_path, put("G26", 1)), "")) == places(checked(BOOK, ""))

    def test_a_formula_that_was_cleared(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("G26", None)), "ST")
        assert places([finding]) == [("ST05", "1-2-2!G26")]
        assert (finding.severity, finding.identity) == (Severity.WARNING, "1-2-2/決定達成/当年/達成率")
        assert (finding.actual, finding.expected) == ("", "100％")
        assert finding.message == "令和6年度（10月まで）の達成率の算式が消えています。"

    def test_nothing_is_missed_where_nothing_could_be_computed(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            for cell in ("E26", "F26", "G26"):
                book[ITEM][cell].value = None

        assert found(tmp_path, edit) == []

    def test_a_number_held_as_text_is_one_finding(self, tmp_path: Path) -> None:
        assert [
            place
            for place in places(checked(planted(tmp_path, put("G26", "100％")), ""))
            if "G26" in place[1]
        ] == [("VA03", "1-2-2!G26")]

    def test_a_value_that_reads_as_ours_is_fine(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM]["F26"].value = 43000
            book[ITEM]["G26"].value = 0.9979

        assert found(tmp_path, edit) == []

    def test_a_sign_in_the_place_of_a_value(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("G26", "－")), "ST")
        assert (finding.code, finding.cell, finding.actual) == ("ST05", "G26", "「－」")
        assert finding.message == "令和6年度（10月まで）の達成率の算式が「－」で上書きされています。"

    def test_a_sign_where_there_is_nothing_to_compute(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM]["E26"].value = None
            book[ITEM]["G26"].value = "－"

        assert found(tmp_path, edit) == []

    def test_three_of_a_column_are_one(self, tmp_path: Path) -> None:
        path = planted(tmp_path, formulas_cleared, SAMPLE / "提出" / "レセプトグループ.xlsm")
        told = [finding for finding in checked(path, "ST") if finding.code == "ST05"]
        columns = [finding.identity.split("/")[1::2] for finding in told]
        assert any("など" in finding.message for finding in told)
        assert all(columns.count(column) <= 2 for column in columns)

    def test_a_value_that_differs_is_none_of_ours(self, tmp_path: Path) -> None:
        assert found(tmp_path, put("G26", 0.5)) == []

    @pytest.mark.parametrize("formula", ["=F26/E26", "=ROUND(F26/E26,4)"])
    def test_a_formula_of_their_own_with_our_value_is_fine(self, tmp_path: Path, formula: str) -> None:
        assert found(tmp_path, put("G26", formula)) == []

    @pytest.mark.parametrize(
        ("formula", "is_error"),
        [("F26/E26", False), ("+F26/(E26)", False), ("F26/E26*2", True), ("E26/F26", True)],
    )
    def test_an_error_of_a_formula_of_the_plan_s_meaning_is_none_of_theirs(
        self, tmp_path: Path, formula: str, is_error: bool
    ) -> None:
        """Excel stores #DIV/0! where nothing was typed yet; the formula of the plan shows nothing there."""

        def edit(book: Any) -> None:
            book[ITEM]["E26"].value = book[ITEM]["F26"].value = None
            book[ITEM]["G26"].value = "#DIV/0!"

        path = planted(tmp_path, edit)
        stored = f'<c r="G26" t="e"><f>{formula}</f><v>#DIV/0!</v></c>'

        def with_formula(part: str) -> str:
            return re.sub(r'<c r="G26"[^>]*>.*?</c>', stored, part)

        other = tmp_path / "apart"
        other.mkdir()
        again = repacked(other, {PART: with_formula}, source=path)
        assert places(checked(again, "VA10")) == [("VA10", "1-2-2!G26")] * is_error


class TestPlanText:
    def test_a_word_that_changed(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            cell = book[ITEM]["D8"]
            cell.value = cell.value.replace("適切な", "厳格な")

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert places([finding]) == [("ST06", "1-2-2!D8")]
        assert finding.identity == "1-2-2/計画内容/1"
        assert "「• 適切な" in finding.message
        assert "「• 厳格な" in finding.message

    def test_white_space_and_width_do_not_matter(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            cell = book[ITEM]["D8"]
            cell.value = cell.value.replace("•", "• ") + "\n"

        assert found(tmp_path, edit) == []

    def test_an_emptied_cell(self, tmp_path: Path) -> None:
        (finding,) = checked(planted(tmp_path, put("D12", None)), "ST")
        assert places([finding]) == [("ST06", "1-2-2!D12")]
        assert finding.message == "計画内容（ブロック 2）が消えています。"

    def test_a_plan_that_changed_since_is_not_the_groups_doing(self) -> None:
        found = checked(BOOK, "ST", with_sentence(sample_plan(), "新しい文"))
        assert places(found) == [("ST23", "1-2-2!B8")]

    def test_a_book_that_does_not_tell_what_was_written_is_compared_with_the_plan(
        self, tmp_path: Path
    ) -> None:
        path = planted(tmp_path, without_hashes)
        found = checked(path, "ST", with_sentence(sample_plan(), "新しい文"))
        assert places(found) == [("ST06", "1-2-2!D8")]


class TestHiddenData:
    def test_a_row_of_a_table(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM].row_dimensions[27].hidden = True

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert places([finding]) == [("ST07", "1-2-2!E27")]
        assert finding.message == "27 行目が隠れていますが、値があり報告書に載ります。"

    def test_a_row_of_the_progress(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM].row_dimensions[18].hidden = True

        assert found(tmp_path, edit) == [("ST07", "1-2-2!D18")]

    def test_a_row_that_is_0_high(self, tmp_path: Path) -> None:
        flat = {PART: lambda text: re.sub(r'<row r="18"[^>]*>', '<row r="18" ht="0" customHeight="1">', text)}
        assert places(checked(repacked(tmp_path, flat), "ST")) == [("ST07", "1-2-2!D18")]

    def test_a_row_without_data_is_fine(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            for row in (3, 8, 21, 34):
                book[ITEM].row_dimensions[row].hidden = True

        assert found(tmp_path, edit) == []

    def test_columns(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM].column_dimensions["E"].hidden = True

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert places([finding]) == [("ST07", "1-2-2!E9")]
        assert finding.message == "E、F、G 列が隠れていますが、値があり報告書に載ります。"

    def test_a_sheet(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[ITEM].sheet_state = "hidden"

        assert found(tmp_path, edit) == [("ST07", ITEM)]


def with_formula(plan: Plan, name: str) -> Plan:
    """The plan with other formulas in a table."""

    def changed(cell: CellDefinition) -> CellDefinition:
        return replace(cell, formula=Negative(cell.formula)) if cell.formula else cell

    def table(old: Table) -> Table:
        return replace(old, cells=tuple(tuple(map(changed, row)) for row in old.cells))

    return with_tables(plan, name, table)


def with_tables(plan: Plan, name: str, change: Callable[[Table], Table]) -> Plan:
    """The plan with the tables of a name changed."""

    def item(old: Item) -> Item:
        return replace(old, tables=tuple(change(t) if t.name == name else t for t in old.tables))

    return with_items(plan, item)


def with_sentence(plan: Plan, sentence: str) -> Plan:
    """The plan with other words for the first block of the item."""

    def changed(item: Item) -> Item:
        first, *others = item.blocks
        if item.id != ITEM:
            return item
        return replace(item, blocks=(replace(first, sentences=(sentence,)), *others))

    return with_items(plan, changed)


def with_items(plan: Plan, change: Callable[[Item], Item]) -> Plan:
    def section(old: Section) -> Section:
        return replace(old, items=tuple(map(change, old.items)))

    return replace(plan, sections=tuple(map(section, plan.sections)))


def without_hashes(book: Any) -> None:
    """Without the digests in the hidden sheet."""
    for row in book["kx"].iter_rows(min_col=3, max_col=3):
        row[0].value = None


def formulas_cleared(book: Any) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = None


def test_a_year_typed_over_a_row_header_is_found_there(tmp_path: Path) -> None:
    """Two rows of last year: the one in the place of this year's is wrong, the other is last year's."""

    def edit(book: Any) -> None:
        assert book["1-2-3"]["D31"].value == "令和5年度"
        book["1-2-3"]["D30"] = "令和5年度"

    found = places(checked(planted(tmp_path, edit), "ST"))
    assert found == [("ST03", "1-2-3!D30")]
