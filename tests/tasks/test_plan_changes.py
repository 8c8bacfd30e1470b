"""The plan is changed after the books were handed out: nothing is exchanged, and what changed is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kenpo_xl.books.common import names
from kenpo_xl.checks.rules.book.structure import NEW_BOOK
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import BookResult, check_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.tasks.books import PLANNER_BOOK, about, texts
from tests.tasks.plan_variants import BlockRows, ItemRows, Outline

SOUMU, FUKUSHI = "総務課", "福祉課"
WINDOW, PHONE, PAPER, ELDERS = "1-1-1", "1-1-2", "1-2", "1-3"
TABLE = """
表       | {name} |
         |        | 区分 | 件数
         |        | 昼   | ⟪件⟫
         |        | 夜   | ⟪件⟫
"""
KPI_LINE = "KPI      | 相談の件数\n"
OWN = {
    "窓口を毎日開く。": "Ａ",
    "窓口の案内を作る。": "Ｂ",
    "電話の相談を受ける。": "Ｃ",
    "夜も電話を受ける。": "Ａ",
    "広報紙を毎月出す。": "Ｂ",
    "見守りの訪問をする。": "Ａ",
}
"""Each plan sentence with the rating that its group gave; the line below it repeats the sentence."""


def block(sentence: str, layout: str = "") -> BlockRows:
    header = "ブロック | 1\n"
    return BlockRows(
        [{"ブロック": "1", "評価": "要", "計画内容": sentence}], header + layout if layout else ""
    )


def drawing() -> PlanDrawing:
    """A town with two groups, four items and a KPI."""
    measures = [
        {"章": "１.町の仕事", "節": "（１）相談"},
        {"項": "① 窓口の相談", "担当": SOUMU},
        {"ブロック": 1, "評価": "要", "計画内容": "窓口を毎日開く。"},
        {"ブロック": 2, "評価": "要", "計画内容": "窓口の案内を作る。"},
        {"項": "② 電話の相談", "担当": SOUMU},
        {"ブロック": 1, "評価": "要", "計画内容": "電話の相談を受ける。"},
        {"ブロック": 2, "評価": "要", "計画内容": "夜も電話を受ける。"},
        {"節": "（２）広報", "担当": SOUMU},
        {"ブロック": 1, "評価": "要", "計画内容": "広報紙を毎月出す。"},
        {"節": "（３）高齢者", "担当": FUKUSHI},
        {"ブロック": 1, "評価": "要", "計画内容": "見守りの訪問をする。"},
    ]
    return PlanDrawing(
        basics=[
            ("支部", "みどり町"),
            ("年度", 2025),
            ("四半期", 3),
            ("グループ", SOUMU),
            ("グループ", FUKUSHI),
        ],
        periods=[{"四半期": number} for number in (1, 2, 3, 4)],
        measures=measures,
        kpis=[
            {"指標": "相談の件数", "目標": "10 ⟪件⟫", "実績": "=@1-1-1/相談/昼/件数", "途中の判定": "年度末"}
        ],
        scale=[
            {"記号": "Ａ", "意味": "よい", "下限": 1.0},
            {"記号": "Ｂ", "意味": "ふつう", "下限": 0.5, "途中": "〇"},
            {"記号": "Ｃ", "意味": "わるい", "下限": 0.0},
            {"記号": "－", "意味": "なし", "凡例": "いいえ"},
        ],
        layouts={
            WINDOW: f"ブロック | 1\n文 | | ・開いた日：　日\n{KPI_LINE}{TABLE.format(name='相談')}",
            PHONE: f"ブロック | 1\n{TABLE.format(name='通話')}",
        },
    )


@pytest.fixture(scope="module")
def issued_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder whose books were built, filled and handed in."""
    folder = tmp_path_factory.mktemp("period")
    write_drawn_book(folder / "計画.xlsx", drawing())
    build_books(folder)
    (folder / "提出").mkdir()
    for group in (SOUMU, FUKUSHI):
        fill(folder / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm")
    return folder


def fill(built: Path, filled: Path) -> None:
    """Answer every plan sentence with itself, rate it, and fill every number with 7."""
    book = openpyxl.load_workbook(built)
    for sheet in (sheet for sheet in book if sheet["B1"].value and sheet.title[0].isdigit()):
        plan_texts, last = {}, ""
        for row in range(1, sheet.max_row + 1):
            name, kind, text = (sheet.cell(row, column).value for column in (2, 3, 4))
            if kind == names.PLAN_KIND and text in OWN:
                plan_texts[name] = text
            elif name in plan_texts and kind in {"文", "表", "KPI"} and name != last:
                last = name
                sheet.cell(row, 5).value = OWN[plan_texts[name]]
            if name in plan_texts and kind == "文" and plan_texts[name]:
                sheet.cell(row, 4).value = f"{text or ''}答：{plan_texts.pop(name)}"
                plan_texts[name] = ""
            if not name and text in {"昼", "夜"}:
                sheet.cell(row, 5).value = 7
    book.save(filled)


@pytest.fixture
def period(issued_versions: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued_versions, tmp_path / "期"))


Change = Callable[[Outline], None]


def change(period: Path, edit: Change) -> None:
    """Change the plan book of a period folder."""
    outline = Outline.of(drawing())
    edit(outline)
    write_drawn_book(period / "計画.xlsx", outline.draw())


def found(period: Path, group: str = SOUMU) -> BookResult:
    (book,) = check_books([period / "提出" / f"{group}.xlsm"]).books
    assert not book.failure
    assert not book.failed_rules
    return book


def codes(period: Path, group: str = SOUMU) -> list[tuple[str, str]]:
    """Code and place of what is found about the plan's changes."""
    told = ("ST02", "ST03", "ST04", "ST06", "ST22", "ST23", "ST28", "ST29", "RA01")
    return [
        (one.code, f"{one.sheet}!{one.cell}") for one in found(period, group).findings if one.code in told
    ]


def printed(period: Path) -> dict[str, tuple[str, str]]:
    """The answers and the rating that stand beside each plan sentence."""
    whole = consolidate(PeriodFolder(period))
    entries = {entry.item: entry for one in whole.submissions for entry in one.items}
    answers = {}
    for item in whole.plan.items:
        for one in item.blocks:
            entry = entries.get(item.id)
            lines = [
                line.text.partition("答：")[2]
                for line in (entry.lines if entry else ())
                if line.block == one.name and line.kind is LineKind.TEXT
            ]
            rating = whole.assessments.blocks[item.id, one.name].printed_glyph
            answers["".join(one.sentences)] = ("".join(lines), rating)
    return answers


def assert_nothing_is_exchanged(period: Path) -> None:
    """Beside a plan sentence stands its own answer and rating, or nothing."""
    for sentence, (answer, rating) in printed(period).items():
        assert (answer, rating) in {("", ""), (sentence, OWN.get(sentence))}


def assert_all_doors_name_it(period: Path, *words: str) -> None:
    """`check` and `report` name it, and neither calls the period clean."""
    books = check_books([period]).books
    checked = [finding.message for book in books for finding in book.findings]
    result = make_report(period)
    remarks = [remark.message for remark in result.remarks]
    for word in words:
        for sentences in (checked, remarks):
            assert any(word in sentence for sentence in sentences), (word, sentences)
    assert any(book.count_open(Severity.ERROR) for book in books)
    assert result.error_count
    assert result.path.exists()


def test_the_plan_as_it_was_is_silent(period: Path) -> None:
    change(period, lambda _: None)
    assert codes(period) == codes(period, FUKUSHI) == []
    assert build_books(period).unfit == {}
    assert not about(make_report(period), Concern.STALE)
    assert printed(period) == {sentence: (sentence, OWN[sentence]) for sentence in OWN}


class TestItems:
    def test_two_exchanged_are_read_as_what_they_are_and_named(self, period: Path) -> None:
        change(period, lambda outline: outline.swap(WINDOW, PHONE))
        assert codes(period) == [("ST22", "1-1-1!B1"), ("ST22", "1-1-2!B1")]
        assert_all_doors_name_it(period, "1-1-1", "1-1-2", "窓口の相談", "電話の相談")
        assert printed(period) == {sentence: (sentence, OWN[sentence]) for sentence in OWN}

    def test_two_sections_exchanged(self, period: Path) -> None:
        change(period, lambda outline: outline.swap_sections(WINDOW, PAPER))
        assert [code for code, _ in codes(period)] == ["ST22"] * 3
        assert_all_doors_name_it(period, "広報", "窓口の相談")
        assert_nothing_is_exchanged(period)
        shown = texts(make_report(period).path)
        answer = next(place for place, text in enumerate(shown) if text == "答：広報紙を毎月出す。")
        assert shown.index("広報紙を毎月出す。") in range(answer - 2, answer)

    def test_one_inserted_before_others(self, period: Path) -> None:
        change(period, lambda o: o.insert_before(WINDOW, "① 出前の相談", SOUMU, "出前の相談をする。"))
        assert codes(period) == [("ST29", "!"), ("ST22", "1-1-1!B1"), ("ST22", "1-1-2!B1")]
        assert_all_doors_name_it(period, "出前の相談")
        assert_nothing_is_exchanged(period)

    def test_one_dropped_is_a_warning_and_the_rest_moves_up(self, period: Path) -> None:
        def drop(outline: Outline) -> None:
            outline.drop(PHONE)

        change(period, drop)
        assert codes(period) == [("ST28", "1-1-2!B1")]
        assert_nothing_is_exchanged(period)
        assert not [one for one in about(make_report(period), Concern.STALE) if one.is_error]
        assert any("電話の相談」がなくなりました" in one for one in build_books(period).changes)

    def test_one_given_to_another_group(self, period: Path) -> None:
        def give(outline: Outline) -> None:
            outline.item(PHONE).header["担当"] = FUKUSHI

        change(period, give)
        assert codes(period) == [("ST23", "1-1-2!B1")]
        assert codes(period, FUKUSHI) == [("ST29", "!")]
        assert_all_doors_name_it(period, "1-1-2「② 電話の相談」")
        (told,) = [one.message for one in found(period).findings if one.code == "ST23"]
        assert told.endswith("いまの計画では福祉課の項 1-1-2「② 電話の相談」です。そこに載せます。")
        assert printed(period) == {sentence: (sentence, OWN[sentence]) for sentence in OWN}

    def test_a_new_title_is_the_same_item(self, period: Path) -> None:
        def rename(outline: Outline) -> None:
            outline.item(PHONE).header["項"] = "② 声の相談"

        change(period, rename)
        assert codes(period) == [("ST23", "1-1-2!B1")]
        assert build_books(period).unfit == {}
        assert printed(period)["夜も電話を受ける。"] == ("夜も電話を受ける。", "Ａ")

    def test_another_width_of_a_title_is_no_change(self, period: Path) -> None:
        def widen(outline: Outline) -> None:
            outline.item(PHONE).header["項"] = "②　電話 の相談"

        change(period, widen)
        assert codes(period) == []

    def test_a_new_text_is_the_same_item(self, period: Path) -> None:
        change(period, lambda outline: outline.item(PAPER).blocks[0].sentence("町の便りを配る。"))
        assert codes(period) == [("ST23", "1-2!B8")]
        assert build_books(period).unfit == {}
        assert not about(make_report(period), Concern.STALE)

    def test_another_title_and_text_are_another_item(self, period: Path) -> None:
        def replace_it(outline: Outline) -> None:
            outline.item(PAPER).header["節"] = "（２）防災訓練"
            outline.item(PAPER).blocks[0].sentence("避難所を点検する。")

        change(period, replace_it)
        assert codes(period) == [("ST29", "!"), ("ST28", "1-2!B1")]
        assert_all_doors_name_it(period, "防災訓練")
        assert_nothing_is_exchanged(period)

    def test_titles_exchanged_without_their_texts_leave_each_answer_at_its_text(self, period: Path) -> None:
        def exchange(outline: Outline) -> None:
            one, other = outline.item(WINDOW), outline.item(PHONE)
            one.header["項"], other.header["項"] = "① 電話の相談", "② 窓口の相談"

        change(period, exchange)
        assert codes(period) == [("ST22", "1-1-1!B1"), ("ST22", "1-1-2!B1")]
        assert_all_doors_name_it(period, "どちらか決められません。計画内容の同じブロックだけを載せます。")
        assert printed(period) == {sentence: (sentence, OWN[sentence]) for sentence in OWN}

    def test_equal_titles_are_told_apart_by_their_texts(self, period: Path) -> None:
        def same_titles(outline: Outline) -> None:
            outline.item(PHONE).header["項"] = "② 窓口の相談"

        outline = Outline.of(drawing())
        same_titles(outline)
        write_drawn_book(period / "計画.xlsx", outline.draw())
        for folder in ("入力", "提出"):
            shutil.rmtree(period / folder)
        build_books(period)
        (period / "提出").mkdir()
        fill(period / "入力" / f"{SOUMU}.xlsm", period / "提出" / f"{SOUMU}.xlsm")
        assert codes(period) == []
        outline.swap(WINDOW, PHONE)
        write_drawn_book(period / "計画.xlsx", outline.draw())
        assert codes(period) == [("ST22", "1-1-1!B1"), ("ST22", "1-1-2!B1")]
        assert_nothing_is_exchanged(period)


class TestBlocks:
    def test_two_exchanged(self, period: Path) -> None:
        change(period, lambda outline: outline.item(WINDOW).blocks.reverse())
        assert ("ST22", "1-1-1!B8") in codes(period)
        assert_all_doors_name_it(period, "ブロック 1 はブロック 2、2 はブロック 1")
        assert printed(period) == {sentence: (sentence, OWN[sentence]) for sentence in OWN}

    def test_one_inserted_before_others(self, period: Path) -> None:
        change(period, lambda o: o.item(PHONE).blocks.insert(0, block("折り返しの電話をする。")))
        assert codes(period) == [("ST29", "1-1-2!B1"), ("ST22", "1-1-2!B8")]
        assert_all_doors_name_it(period, "ブロック 1 の欄がありません", "1 はブロック 2")
        assert printed(period)["折り返しの電話をする。"] == ("", "")
        assert_nothing_is_exchanged(period)

    def test_one_before_others_that_were_reworded(self, period: Path) -> None:
        def edit(outline: Outline) -> None:
            outline.item(PAPER).blocks[0].sentence("広報紙を毎月必ず出す。")
            outline.item(PAPER).blocks.insert(0, block("ホームページを作り直す。"))

        change(period, edit)
        assert {code for code, _ in codes(period)} == {"ST22", "ST23", "ST29"}
        assert printed(period)["ホームページを作り直す。"] == ("", "")
        assert printed(period)["広報紙を毎月必ず出す。"] == ("広報紙を毎月出す。", "Ｂ")

    def test_the_first_dropped(self, period: Path) -> None:
        change(period, lambda outline: outline.item(PHONE).blocks.pop(0))
        assert ("ST28", "1-1-2!B8") in codes(period)
        assert_nothing_is_exchanged(period)

    def test_the_last_dropped_is_not_appended_to_the_one_before(self, period: Path) -> None:
        change(period, lambda outline: outline.item(PHONE).blocks.pop())
        assert codes(period) == [("ST28", "1-1-2!B12")]
        assert_nothing_is_exchanged(period)

    def test_one_moved_to_another_item(self, period: Path) -> None:
        def move(outline: Outline) -> None:
            outline.item(PAPER).blocks.append(outline.item(PHONE).blocks.pop())

        change(period, move)
        assert {("ST29", "1-2!B1"), ("ST22", "1-1-2!B12")} == set(codes(period))
        assert_all_doors_name_it(period, "項 1-2「（２）広報」のブロック 2")
        assert_nothing_is_exchanged(period)

    def test_two_exchanged_between_items(self, period: Path) -> None:
        def exchange(outline: Outline) -> None:
            one, other = outline.item(WINDOW).blocks, outline.item(PHONE).blocks
            one[1], other[1] = other[1], one[1]

        change(period, exchange)
        assert_all_doors_name_it(period, "項 1-1-2「② 電話の相談」のブロック 2", "項 1-1-1")
        assert_nothing_is_exchanged(period)

    @pytest.mark.parametrize("reworded", [False, True])
    def test_one_in_the_place_of_another_whose_item_is_dropped(self, period: Path, reworded: bool) -> None:
        """Its place is no reason to take it for the block that was there, with other words."""

        def exchange(outline: Outline) -> None:
            here, there = outline.item(WINDOW).blocks, outline.item(PHONE).blocks
            here[0].rows, there[0].rows = there[0].rows, here[0].rows
            if reworded:
                here[1].sentence("窓口の案内を新しく作る。")
            outline.drop(PHONE)

        change(period, exchange)
        assert {("ST29", "1-1-1!B1"), ("ST28", "1-1-1!B8"), ("ST22", "1-1-2!B1")} <= set(codes(period))
        assert_all_doors_name_it(period, "項 1-1-1「① 窓口の相談」 かどうか決められません")
        assert printed(period)["電話の相談を受ける。"] == ("電話の相談を受ける。", "Ｃ")
        answers = {sentence: answer for sentence, (answer, _) in printed(period).items() if sentence in OWN}
        assert all(answer in ("", sentence) for sentence, answer in answers.items())

    def test_one_reworded_says_so_once(self, period: Path) -> None:
        change(period, lambda outline: outline.item(WINDOW).blocks[1].sentence("窓口の案内を新しく作る。"))
        assert codes(period) == [("ST23", "1-1-1!B14")]
        assert build_books(period).unfit == {}

    def test_reworded_blocks_are_named_in_the_order_of_the_sheet(self, period: Path) -> None:
        def reword(outline: Outline) -> None:
            outline.item(WINDOW).blocks[0].sentence("窓口を新しく作り直す。")
            outline.item(WINDOW).blocks[1].sentence("窓口の案内を新しく作る。")

        change(period, reword)
        (told,) = [one.message for one in found(period).findings if one.code == "ST23"]
        assert "のブロック 1、2 の計画内容は" in told

    def test_a_sentence_moved_to_another_block_is_named(self, period: Path) -> None:
        def join(outline: Outline) -> None:
            first, second = outline.item(WINDOW).blocks
            first.rows.append({"計画内容": "看板も出す。"})
            second.rows.append({"計画内容": "地図も作る。"})

        outline = Outline.of(drawing())
        join(outline)
        write_drawn_book(period / "計画.xlsx", outline.draw())
        shutil.rmtree(period / "入力")
        build_books(period)
        shutil.copy(period / "入力" / f"{SOUMU}.xlsm", period / "提出" / f"{SOUMU}.xlsm")
        first, second = outline.item(WINDOW).blocks
        second.rows.append(first.rows.pop())
        write_drawn_book(period / "計画.xlsx", outline.draw())
        assert [one for one in codes(period) if one[0] == "ST22"] == [("ST22", "1-1-1!B8")]
        assert_all_doors_name_it(period, "ブロック 1 の計画内容の一部")


class TestWhatThePlanAsksForSince:
    def test_a_kpi(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            kpi = {"指標": "夜の件数", "目標": "5 ⟪件⟫", "実績": "=@1-1-1/相談/夜/件数"}
            outline.drawing.kpis.append(kpi)
            outline.item(WINDOW).blocks[0].layout += "\nKPI | 夜の件数\n"

        change(period, add)
        assert codes(period) == [("ST29", "1-1-1!B1")]
        assert_all_doors_name_it(period, "KPI「夜の件数」")

    def test_a_kpi_whose_line_the_group_put_in_is_there(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            kpi = {"指標": "夜の件数", "目標": "5 ⟪件⟫", "実績": "=@1-1-1/相談/夜/件数"}
            outline.drawing.kpis.append(kpi)
            outline.item(WINDOW).blocks[0].layout += "\nKPI | 夜の件数\n"

        change(period, add)
        path = period / "提出" / f"{SOUMU}.xlsm"
        book = openpyxl.load_workbook(path)
        sheet = book["1-1-1"]
        row = next(
            c.row for c in sheet["D"] if c.row > 8 and not c.value and sheet.cell(c.row, 3).value == "文"
        )
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = "KPI", "夜の件数"
        book.save(path)
        assert codes(period) == []

    def test_a_line(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            outline.item(WINDOW).blocks[0].layout += "\n文 | | ・休んだ日：　日\n"

        change(period, add)
        assert codes(period) == [("ST29", "1-1-1!B1")]
        assert_all_doors_name_it(period, "文「・休んだ日：")

    def test_a_reworded_line_is_no_new_one(self, period: Path) -> None:
        def edit(outline: Outline) -> None:
            first = outline.item(WINDOW).blocks[0]
            first.layout = first.layout.replace("開いた日", "窓口の日")

        change(period, edit)
        assert codes(period) == [("ST23", "1-1-1!B8")]
        assert build_books(period).unfit == {}

    def test_an_empty_line_is_none(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            outline.item(WINDOW).blocks[0].layout += "\n文 | |\n"

        change(period, add)
        assert codes(period) == []

    def test_a_table(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            outline.item(WINDOW).blocks[0].layout += "\n" + TABLE.format(name="研修")

        change(period, add)
        assert codes(period) == [("ST29", "1-1-1!B1")]
        assert_all_doors_name_it(period, "表「研修」")
        result = make_report(period)
        assert not about(result, Concern.MISSED)

    def test_a_block(self, period: Path) -> None:
        change(period, lambda outline: outline.item(WINDOW).blocks.append(block("窓口を増やす。")))
        assert codes(period) == [("ST29", "1-1-1!B1")]
        assert_all_doors_name_it(period, "ブロック 3 の欄がありません")
        assert not about(make_report(period), Concern.UNRATED)

    def test_a_table_moved_to_another_item(self, period: Path) -> None:
        def move(outline: Outline) -> None:
            outline.item(PAPER).blocks[0].layout = "ブロック | 1\n" + TABLE.format(name="通話")
            outline.item(PHONE).blocks[0].layout = ""

        change(period, move)
        assert codes(period) == [("ST23", "1-1-2!D18")]
        whole = consolidate(PeriodFolder(period))
        assert [figure.printed_number for figure in whole.figures if figure.id.item == PAPER] == [7, 7]
        (entry,) = [one for book in whole.submissions for one in book.items if one.item == PAPER]
        assert [line.text for line in entry.lines if line.kind is LineKind.TABLE] == ["通話"]

    def test_a_row_of_a_table_asks_for_a_new_book(self, period: Path) -> None:
        def add(outline: Outline) -> None:
            outline.item(WINDOW).blocks[0].layout += "         |        | 朝   | ⟪件⟫\n"

        change(period, add)
        assert {code for code, _ in codes(period)} == {"ST02", "ST29"}
        (added,) = [one for one in found(period).findings if one.code == "ST29"]
        assert added.message == "計画が変わりました。行「1-1-1/相談/朝」が加わりました。"
        hints = {one.hint for one in found(period).findings if one.code in {"ST02", "ST29"}}
        assert hints == {NEW_BOOK}
        result = make_report(period)
        assert not about(result, Concern.MISSED)
        assert any("行「1-1-1/相談/朝」" in one.message for one in result.remarks)


class TestWhatThePlanGaveUp:
    def test_a_kpi_is_not_printed_and_no_part_that_is_missing(self, period: Path) -> None:
        def drop(outline: Outline) -> None:
            outline.drawing.kpis.clear()
            first = outline.item(WINDOW).blocks[0]
            first.layout = first.layout.replace(KPI_LINE, "")

        change(period, drop)
        assert codes(period) == [("ST28", "1-1-1!D10")]
        result = make_report(period)
        assert not about(result, Concern.MISSED)
        assert not [text for text in texts(result.path) if "相談の件数" in text]

    def test_a_kpi_that_another_item_has_is_printed_there_alone(self, period: Path) -> None:
        def move(outline: Outline) -> None:
            first = outline.item(WINDOW).blocks[0]
            first.layout = first.layout.replace(KPI_LINE, "")
            outline.item(PAPER).blocks[0].layout = f"ブロック | 1\n{KPI_LINE}"

        change(period, move)
        assert codes(period) == [("ST28", "1-1-1!D10")]
        whole = consolidate(PeriodFolder(period))
        lines = [
            (entry.item, line.left_out)
            for book in whole.submissions
            for entry in book.items
            for line in entry.lines
            if line.text == "相談の件数"
        ]
        assert lines == [("1-1-1", True), ("1-2", False)]

    def test_a_table_is_no_part_that_is_missing(self, period: Path) -> None:
        change(period, lambda outline: setattr(outline.item(PHONE).blocks[0], "layout", ""))
        assert codes(period) == [("ST28", "1-1-2!D18")]
        assert not about(make_report(period), Concern.MISSED)

    def test_a_block_that_became_part_of_another_is_named_with_it(self, period: Path) -> None:
        def join(outline: Outline) -> None:
            first, second = outline.item(PHONE).blocks
            first.rows.append({"計画内容": second.rows[0]["計画内容"]})
            outline.item(PHONE).blocks.pop()

        change(period, join)
        assert_all_doors_name_it(period, "の計画内容は、いまの計画ではブロック 1 にあります")


class TestWhatAClerkDidToTheBook:
    def edit(self, period: Path) -> tuple[openpyxl.Workbook, Path]:
        path = period / "提出" / f"{SOUMU}.xlsm"
        return openpyxl.load_workbook(path), path

    def test_a_title_overwritten_belongs_where_it_belonged(self, period: Path) -> None:
        book, path = self.edit(period)
        book["1-1-1"]["B1"].value = book["1-1-2"]["B1"].value
        book.save(path)
        assert codes(period) == []
        assert printed(period)["窓口を毎日開く。"] == ("窓口を毎日開く。", "Ａ")

    def test_plan_text_overwritten_belongs_where_it_belonged(self, period: Path) -> None:
        book, path = self.edit(period)
        book["1-1-1"]["D8"].value, book["1-1-1"]["D14"].value = "電話の相談を受ける。", "夜も電話を受ける。"
        book.save(path)
        assert {code for code, _ in codes(period)} == {"ST06"}
        assert printed(period)["窓口を毎日開く。"] == ("窓口を毎日開く。", "Ａ")

    def test_a_sheet_with_the_title_and_text_of_another_is_not_read(self, period: Path) -> None:
        book, path = self.edit(period)
        one, other = book["1-1-1"], book["1-1-2"]
        for row in other.iter_rows(max_row=14):
            for cell in row:
                if type(cell).__name__ == "Cell":
                    one.cell(cell.row, cell.column).value = cell.value
        book.save(path)
        assert ("ST22", "1-1-1!B1") in codes(period)
        assert_nothing_is_exchanged(period)

    def test_exchanged_sheet_names_do_not_matter(self, period: Path) -> None:
        book, path = self.edit(period)
        book["1-1-1"].title = "x"
        book["1-1-2"].title = "1-1-1"
        book["x"].title = "1-1-2"
        for name in list(book.defined_names):
            text = book.defined_names[name].attr_text
            swapped = {"1-1-1": "1-1-2", "1-1-2": "1-1-1"}
            sheet = text.split("'")[1] if "'" in text else ""
            if sheet in swapped:
                book.defined_names[name].attr_text = text.replace(sheet, swapped[sheet], 1)
        book.save(path)
        assert codes(period) == []
        assert printed(period)["窓口を毎日開く。"] == ("窓口を毎日開く。", "Ａ")

    def test_exchanged_sheet_names_without_names_are_named(self, period: Path) -> None:
        book, path = self.edit(period)
        book["1-1-1"].title = "x"
        book["1-1-2"].title = "1-1-1"
        book["x"].title = "1-1-2"
        for name in list(book.defined_names):
            del book.defined_names[name]
        book.save(path)
        assert {("ST22", "1-1-1!B1"), ("ST22", "1-1-2!B1")} <= set(codes(period))
        assert_nothing_is_exchanged(period)


class TestCommands:
    def run(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    def test_the_plan_as_it_was(self, period: Path) -> None:
        assert self.run("build", period).exit_code == 0
        assert self.run("check", period).exit_code == 0

    def test_each_ends_with_1_and_names_both_items(self, period: Path) -> None:
        change(period, lambda outline: outline.swap(WINDOW, PHONE))
        assert self.run("build", period).exit_code == 0
        for command in (("check", period), ("report", period, "--strict")):
            done = self.run(*command)
            assert done.exit_code == 1, command
            told = " ".join((done.stdout + done.stderr).split())
            assert "1-1-2「② 窓口の相談」" in told
            assert "1-1-1「① 電話の相談」" in told
        assert self.run("report", period).exit_code == 0

    def test_a_flagged_book_holds_the_finding_at_the_title(self, period: Path) -> None:
        change(period, lambda outline: outline.swap(WINDOW, PHONE))
        path = period / "提出" / f"{SOUMU}.xlsm"
        assert self.run("flag", path).exit_code == 1
        book = openpyxl.load_workbook(path)
        assert "いまの計画の項" in book["1-1-1"]["B1"].comment.text
        assert codes(period)[0] == ("ST22", "1-1-1!B1")

    def test_the_night_calls_the_group_outdated(self, period: Path) -> None:
        change(period, lambda outline: outline.swap(WINDOW, PHONE))
        self.run("nightly", period)
        board = openpyxl.load_workbook(period / "報告" / "提出状況.xlsx")
        shown = [str(cell.value) for sheet in board for row in sheet.iter_rows() for cell in row]
        assert any("旧様式" in text for text in shown)

    def test_numbers_are_exported_under_their_own_item(self, period: Path) -> None:
        change(period, lambda outline: outline.swap(WINDOW, PHONE))
        self.run("export", period)
        (path,) = (period / "報告").glob("*.csv")
        rows = [row for row in path.read_text(encoding="utf-8-sig").splitlines() if "通話" in row]
        assert rows
        assert all("1-1-1/通話" in row for row in rows)


class TestBuildOverOtherBooks:
    def test_books_of_another_quarter_are_named(self, period: Path) -> None:
        other = drawing()
        basics = [(key, 4 if key == "四半期" else value) for key, value in other.basics]
        write_drawn_book(period / "計画.xlsx", PlanDrawing(**{**vars(other), "basics": basics}))
        before = {path: path.read_bytes() for path in (period / "入力").glob("*.xlsm")}
        shutil.rmtree(period / "提出")
        unfit = build_books(period).unfit
        wanted = {*before, period / PLANNER_BOOK}
        assert unfit.keys() == wanted
        assert all("第3四半期の" in facts[0] for facts in unfit.values())
        assert before == {path: path.read_bytes() for path in (period / "入力").glob("*.xlsm")}

    def test_the_book_of_another_group_under_this_name_is_named(self, period: Path) -> None:
        shutil.copy(period / "入力" / f"{FUKUSHI}.xlsm", period / "入力" / f"{SOUMU}.xlsm")
        assert [facts for facts in build_books(period).unfit.values() if FUKUSHI in facts[0]]

    def test_the_book_of_a_group_that_is_no_more_gives_way(self, period: Path) -> None:
        book = period / "入力" / f"{FUKUSHI}.xlsm"
        outline = Outline.of(drawing())
        outline.item(ELDERS).header["担当"] = "長寿課"
        new = outline.draw()
        basics = [(key, "長寿課" if value == FUKUSHI else value) for key, value in new.basics]
        write_drawn_book(period / "計画.xlsx", PlanDrawing(**{**vars(new), "basics": basics}))
        result = build_books(period)
        assert (result.older[book].parent.name, book.exists()) == ("以前の版", False)
        assert result.made == (period / "入力" / "長寿課.xlsm",)


def test_new_items_have_layouts_of_their_own() -> None:
    """The helper of these tests draws what it was given, and gives back an unchanged plan as it was."""
    same = Outline.of(drawing()).draw()
    assert [row.get("計画内容") for row in same.measures if "計画内容" in row] == list(OWN)
    assert same.layouts.keys() == drawing().layouts.keys()
    assert isinstance(Outline.of(drawing()).item(PAPER), ItemRows)
