"""A broken drawing is refused with sheet, cell and remedy before anything is built; its neighbour is not."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.formula import ArrayFormula

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.cli.commands import FAILED, main
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.plan_drawing import PlanDrawing
from tests.drawn import drawn_book
from tests.edited import edited
from tests.soak import sparse

Edits = dict[str, object]
"""What is changed: `E6` (of the layout sheet) or `KPI!D2` by value, `E6#` by number format,
`-E4:F4` unmerged, `+E4:F4` merged.
"""

# Row 1 is the KPI, row 2 the mark 表, row 4 the first row of headers; the body is E6:G8.
DRAWING = """
    KPI      | 達成率
    表       | 窓口     | 窓口の件数
    名札     |          |     |    | x                        | y                        | z
             |          | 区分 | < | {年度}                   | <                        | {前年度}
             |          | ^    | ^ | 目標                     | 実績                     | 実績
             |          | 北   | 一 | ⟪件⟫                     | ⟪件⟫                     | ⟪件⟫
             |          | ^    | 二 | ⟪件⟫                     | ⟪件⟫                     | ／
             |          | 計   | 計 | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ | ⟪件⟫
    注       |          | 注記

    表       | 一覧     |
             |          | 番号 | 名称 | 件数
    くり返し |          | ⟪@⟫  | ⟪@⟫  | ⟪件⟫
             | 合計     | 計   | ⟪@⟫  | =SUM([0,-1]) ⟪件⟫
"""


@cache
def drawn() -> bytes:
    """The plan book before it is changed."""
    scale = [{"記号": "〇", "意味": "計画通り", "下限": 1}, {"記号": "×", "意味": "未達", "下限": 0}]
    drawing = PlanDrawing(
        basics=[("支部", "東支部"), ("年度", 2025), ("四半期", 2), ("グループ", "一課")],
        periods=[{"四半期": 2}],
        measures=[{"節": "一節", "担当": "一課"}, {"ブロック": 1, "計画内容": "窓口を設ける。"}],
        kpis=[{"指標": "達成率", "目標": "100 ⟪件⟫", "実績": "='1-1'!F8"}],
        scale=scale,
        layouts={"1-1": DRAWING},
    )
    return drawn_book(drawing)


class Folder:
    """A period folder whose plan book is changed in some cells."""

    def __init__(self, path: Path, edits: Edits) -> None:
        self.path = path
        (path / "計画.xlsx").write_bytes(drawn())
        self._edit(edits)

    def _edit(self, edits: Edits) -> None:
        with edited(self.path / "計画.xlsx") as book:
            for place, value in edits.items():
                sheet, _, cell = place.rpartition("!")
                page = book[sheet or "1-1"]
                if cell == "title":
                    page.title = value
                elif cell.startswith("-"):
                    page.unmerge_cells(cell[1:])
                elif cell.startswith("+"):
                    page.merge_cells(cell[1:])
                elif cell.endswith("#"):
                    page[cell[:-1]].number_format = value
                else:
                    page[cell] = value
                    if str(value).startswith("'="):
                        page[cell] = str(value)[1:]
                        page[cell].data_type = "s"

    def run(self, command: str) -> Result:
        return CliRunner().invoke(main, [command, str(self.path)])


NOTHING: Edits = {}
NO_EDIT = "the drawing itself"
ARRAY = ArrayFormula("E6", "=SUM(E7:F7*2)")
BROKEN: dict[str, tuple[Edits, str, str, Edits]] = {
    # what is broken: the edits, the cell that is named, the remedy, and the smallest legal neighbour
    "half-merged column header": ({"-E4:F4": 0}, "1-1!F4", "結合が途中で", {"-E4:F4": 0, "F4": "{年度}"}),
    "half-merged row header": ({"-C6:C7": 0}, "1-1!C7", "結合が途中で", {"-C6:C7": 0, "C7": "南"}),
    "corner merged into the headers": ({"-C4:D5": 0, "-E4:F4": 0, "+C4:E4": 0}, "1-1!F4", "見出し", NOTHING),
    "corner merged into the row headers": (
        {"-C4:D5": 0, "-C6:C7": 0, "+C4:D6": 0},
        "1-1!C7",
        "結合",
        NOTHING,
    ),
    "column header merged into the body": ({"+G5:G6": 0}, "1-1!G5", "G5:G6 の結合が", {"+G4:G5": 0}),
    "row header merged into the body": ({"+D6:E6": 0}, "1-1!D6", "D6:E6 の結合が", {"+C8:D8": 0}),
    "header merged over the right edge": ({"+G6:H6": 0}, "1-1!G6", "はみ出して", {"+J6:K6": 0}),
    "header merged over the lower edge": ({"+C8:C9": 0}, "1-1!C8", "はみ出して", {"+C9:G9": 0}),
    "header merged over the upper edge": ({"G3": None, "+G3:G4": 0}, "1-1!G3", "はみ出して", NOTHING),
    "header merged with the name frame": ({"+B6:C6": 0}, "1-1!B6", "はみ出して", {"+A6:B6": 0}),
    "body cells merged": ({"+E6:F6": 0}, "1-1!F6", "結合を解いて", NOTHING),
    "text in a typed cell": ({"E6": "未定"}, "1-1!E6", "空にするか", {"E6": " 　"}),
    "dash in a typed cell": ({"E6": "－"}, "1-1!E6", "対象外なら ／", {"E6": "/"}),
    "number in the body": ({"E6": 5}, "1-1!E6", "計画値", {"E6": None}),
    "zero in the body": ({"E6": 0}, "1-1!E6", "計画値", {"E6": ""}),
    "date in the body": ({"E6": dt.date(2025, 4, 1)}, "1-1!E6", "空にするか", NOTHING),
    "TRUE in the body": ({"E6": True}, "1-1!E6", "空にするか", NOTHING),
    "error value in the body": ({"E6": "#REF!"}, "1-1!E6", "空にするか", NOTHING),
    "constant as a formula": ({"E6": "=100"}, "1-1!E6", "欄を使う式", {"E6": "=E7*100"}),
    "formula over a list sheet": ({"E6": "=基本!B2"}, "1-1!E6", "表の外のセル 基本!B2", {"E6": "='1-1'!E7"}),
    "formula over another book": ({"E6": "=[1]表!B2"}, "1-1!E6", "表の外のセル", NOTHING),
    "formula over a header": ({"E8": "=SUM(E5:E7)"}, "1-1!E8", "表の外のセル 1-1!E5", {"E8": "=SUM(E6:E7)"}),
    "formula over a blank outside": ({"E6": "=J20"}, "1-1!E6", "表の外のセル 1-1!J20", NOTHING),
    "formula over ／": ({"E6": "=E7/G7"}, "1-1!E6", "対象外（／）のセル G7", {"G8": "=SUM(G6:G7)"}),
    "circle of one": ({"E6": "=E6+1"}, "1-1!E6", "循環", {"E6": "=E7+1"}),
    "circle of two": ({"E6": "=E7", "E7": "=E6"}, "1-1!E7", "循環", {"E6": "=E7"}),
    "circle through SUM": ({"E8": "=SUM(E6:E8)"}, "1-1!E8", "循環", {"E8": "=SUM(E6:E7)"}),
    "IF with words": ({"E6": '=IF(E7>1,"達成","")'}, "1-1!E6", '"" だけ', {"E6": '=IF(E7>1,E7,"")'}),
    "IF without a comparison": ({"E6": "=IF(E7,1,2)"}, "1-1!E6", "比べる式", {"E6": "=ROUND(E7,1)"}),
    "RANK among itself": ({"E6": "=RANK(E7,E7)"}, "1-1!E6", "範囲で", {"E6": "=RANK(E7,E7:F7)"}),
    "VLOOKUP": ({"E6": "=VLOOKUP(E7,E7:F7,2)"}, "1-1!E6", "VLOOKUP は", {"E6": "=AVERAGE(E7:F7)"}),
    "INDIRECT": ({"E6": '=INDIRECT("E7")'}, "1-1!E6", "INDIRECT は使えません", {"E6": "=sum($E$7)"}),
    "array formula": ({"E6": ARRAY}, "1-1!E6", "範囲は SUM、AVERAGE", {"E6": "=SUM(E7:F7)*2"}),
    "structured reference": ({"E6": "=SUM(表1[件数])"}, "1-1!E6", "表1 は使えません", NOTHING),
    "defined name": ({"E6": "=件数計"}, "1-1!E6", "件数計 は使えません", NOTHING),
    "whole column": ({"E6": "=SUM(F:F)"}, "1-1!E6", "F は使えません", {"E6": "=SUM(F6:F7)"}),
    "deleted cell": ({"E6": "=E7+#REF!"}, "1-1!E6", "選び直して", {"E6": "=E7+F7"}),
    "range without SUM": ({"E6": "=E7:F7"}, "1-1!E6", "SUM などで", {"E6": "=SUM(E7:F7)"}),
    "formula over text": ({"E14": "=SUM(D13)"}, "1-1!E14", "文字の欄 D13", {"E14": "=SUM(E13)"}),
    "date format": ({"E6#": 'm"月"d"日"'}, "1-1!E6", "日付の欄は「文字列」", {"E6#": '0"月"'}),
    "era format": ({"E6#": "[$-411]ge.m.d"}, "1-1!E6", "日付の欄は「文字列」", {"E6#": '[$-411]0"年"'}),
    "time format": ({"E6#": "[h]:mm"}, "1-1!E6", "数値の表示形式", {"E6#": '0"時間"'}),
    "fraction format": ({"E6#": "# ?/?"}, "1-1!E6", "数値の表示形式", {"E6#": '0"/月"'}),
    "exponent format": ({"E6#": "0.00E+00"}, "1-1!E6", "数値の表示形式", {"E6#": '0.00"E+"'}),
    "formula kept as text": ({"E6": "'=E7"}, "1-1!E6", "半角の = で", {"E6": "=E7"}),
    "formula with a full-width =": ({"E6": "＝E7"}, "1-1!E6", "半角の = で", {"E6": "=E7"}),
    "mark missing": ({"A11": None}, "1-1!B11", "A 列の印が抜けて", {"A11": " 表"}),
    "first mark missing": ({"A1": None}, "KPI!A2", "行を作って", {"A1": "ＫＰＩ"}),
    "mark misspelt": ({"A11": "ひょう"}, "1-1!A11", "文、KPI、表", {"A11": "表　"}),
    "first mark misspelt": ({"A1": "KPl"}, "1-1!A1", "文、KPI、表", {"A1": "KPI\n"}),
    "option misspelt": ({"A3": "名礼"}, "1-1!A3", "名札、計画値", {"A3": "名 札"}),
    "option within the table": ({"A7": "単位"}, "1-1!A7", "すぐ下の行", NOTHING),
    "empty row within the table": (
        {"-C6:C7": 0, "D7": None, "G7": None},
        "1-1!C8",
        "空行で表が切れて",
        {"-C6:C7": 0, "C7": "南", "G7": None},
    ),
    "tables side by side": (
        {"I4": "区分", "J4": "件数", "I6": "北"},
        "1-1!H4",
        "横に並べず",
        {"I1": None},
    ),
    "column headers twice the same": (
        {"E3": None, "F3": None, "F5": "目標"},
        "1-1!F4",
        "別々の名前",
        {"F5": "目標"},
    ),
    "short name twice": ({"F3": "x"}, "1-1!F4", "別々の名前", {"F3": "w"}),
    "short name above a row header": ({"D3": "x"}, "1-1!D3", "欄の列の上に", {"D3": " "}),
    "short name beside the table": ({"H3": "x"}, "1-1!H3", "欄の列の上に", NOTHING),
    "header is a number": ({"F5": 2024}, "1-1!F5", "見出し", {"F5": "2024"}),
    "header is a formula": ({"F5": "=E5"}, "1-1!F5", "見出し", NOTHING),
    "row header is a number": ({"D7": 2}, "1-1!D7", "見出し", {"D7": "2"}),
    "row headers twice the same": ({"D7": "一"}, "1-1!C7", "別々の名前", {"D7": "一", "B7": "二"}),
    "placeholder misspelt": ({"G4": "{前年}"}, "1-1!G4", "{前年度}", {"G4": "{前年度略}"}),
    "placeholder without its end": ({"G4": "{前年度"}, "1-1!G4", "両方入れて", {"G4": "前年度"}),
    "full-width braces": ({"G4": "｛前年度｝"}, "1-1!G4", "半角の { }", {"G4": "（前年度）"}),
    "braces in a caption": ({"C2": "{年度の件数"}, "1-1!C2", "両方入れて", {"C2": "{年度}の件数"}),
    "figure that a note names wrongly": (
        {"C9": "{窓口/北/x}"},
        "1-1!C9",
        "数値の名前",
        {"C9": "{窓口/計＞計/x}"},
    ),
    "くり返し twice": ({"A14": "くり返し"}, "1-1!A14", "1 行だけ", NOTHING),
    "word in the total of a list": (
        {"E14": "計"},
        "1-1!E14",
        "くり返しの行の表示形式を「文字列」",
        {"D14": "計"},
    ),
    "total without a word": ({"C14": None}, "1-1!C14", "別の言葉", {"C14": "総計"}),
    "totals with one word": (
        {"B15": "小計", "C15": "計", "E15": "=SUM(E13)"},
        "1-1!C15",
        "別の言葉",
        {"B15": "小計", "C15": "小計", "E15": "=SUM(E13)"},
    ),
    "くり返し misspelt": ({"A13": "繰り返し"}, "1-1!A13", "「くり返し」にし", {"A13": "くり返し "}),
    "table without a name": ({"B2": None}, "1-1!B2", "表の名前", {"B2": "窓"}),
    "table name with a stroke": ({"B2": "窓/口"}, "1-1!B2", "・", {"B2": "窓・口"}),
    "two tables of one name": ({"B11": "窓口"}, "1-1!B11", "別の名前", {"B11": "窓口2"}),
    "計画値 with holes": (
        {"A3": "計画値"},
        "1-1!E6",
        "数を入れるか",
        {"A3": "計画値", "B3": "一部", "E6": 5},
    ),
    "計画値 of another word": (
        {"A3": "計画値", "B3": "半分"},
        "1-1!B3",
        "「一部」",
        {"A3": "計画値", "B3": "一 部"},
    ),
    "印刷 of another word": (
        {"A3": "印刷", "B3": "なし"},
        "1-1!B3",
        "しない",
        {"A3": "印刷", "B3": "しない"},
    ),
    "KPI over a header": ({"KPI!D2": "='1-1'!F5"}, "KPI!D2", "選び直して", {"KPI!D2": "='1-1'!F6"}),
    "KPI over a deleted cell": ({"KPI!D2": "='1-1'!#REF!"}, "KPI!D2", "選び直して", NOTHING),
    "KPI without its line": ({"B1": "達成"}, "1-1!B1", "名前を合わせて", {"B1": "達成率 "}),
    "期 without its quarter": ({"期!A2": None, "期!C2": "評議会"}, "期!A2", "1～4 を", {"期!C2": "評議会"}),
    "two equal glyphs": ({"評価基準!A3": "〇"}, "評価基準!A3", "1 行に", {"評価基準!A3": "△"}),
    "variant of another glyph": ({"評価基準!F3": "〇"}, "評価基準!F3", "別字", {"評価基準!F3": "✕ ✖"}),
    "floor without ％": ({"評価基準!C2": 120}, "評価基準!C2", "「120%」", {"評価基準!C2": 1.2}),
    "rising floors": ({"評価基準!C3": 1.2}, "評価基準!C3", "小さく", {"評価基準!C3": 0.99}),
    "unknown group": ({"施策!G2": "二課"}, "施策!G2", "名前を合わせて", NOTHING),
    "stray space in a sheet name": ({"title": "1-1 "}, "1-1 !A1", "「1-1」にして", NOTHING),
    "full-width sheet name": ({"title": "１-１"}, "１-１!A1", "「1-1」にして", NOTHING),
    "word far below": ({"C90000": "迷子"}, "1-1!C90000", "どの表にも", {"C90000": " "}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_drawing_is_refused_before_anything_is_built(name: str, tmp_path: Path) -> None:
    edits, place, remedy, _ = BROKEN[name]
    folder = Folder(tmp_path, edits)
    for command in ("plan", "build"):
        told = folder.run(command)
        assert told.exit_code == FAILED
        assert "プログラムの誤り" not in told.output
        said = [line for line in told.output.splitlines() if line.strip().startswith(f"誤り {place}: ")]
        assert any(remedy in line for line in said), told.output
    assert [path.name for path in tmp_path.iterdir()] == ["計画.xlsx"]


@pytest.mark.parametrize("name", sparse([NO_EDIT, *(name for name in BROKEN if BROKEN[name][3])]))
def test_its_legal_neighbour_is_built(name: str, tmp_path: Path) -> None:
    Folder(tmp_path, NOTHING if name == NO_EDIT else BROKEN[name][3])
    plan, problems = plan_and_problems(tmp_path / "計画.xlsx")
    assert plan is not None
    assert [one for one in problems if one.is_error] == []
    book = tmp_path / "一課.xlsx"
    write_input_book(plan, "一課", book, None)
    assert read_submission(book, plan).mismatches == ()


def test_the_command_builds_the_book_of_the_drawing(tmp_path: Path) -> None:
    built = Folder(tmp_path, NOTHING).run("build")
    assert "誤り" not in built.output
    assert (built.exit_code, (tmp_path / "入力" / "一課.xlsm").exists()) == (0, True)


@pytest.mark.parametrize("name", ["text in a typed cell", "formula over a list sheet", "circle of one"])
def test_one_broken_cell_is_told_once(name: str, tmp_path: Path) -> None:
    edits, place, _, _ = BROKEN[name]
    told = Folder(tmp_path, edits).run("plan").output.splitlines()
    assert [line.split(": ")[0] for line in told if line.startswith("誤り")] == [f"誤り {place}"]


def test_a_title_above_the_first_mark_is_no_stray_text(tmp_path: Path) -> None:
    folder = Folder(tmp_path, NOTHING)
    book = openpyxl.load_workbook(tmp_path / "計画.xlsx")
    book["1-1"].delete_rows(10, 20)
    book["1-1"].protection.sheet = True
    book["1-1"].row_dimensions[7].hidden = True
    book["1-1"]["A1"], book["1-1"]["B1"] = "窓口の様式図", None
    book["KPI"].delete_rows(2)
    book.save(tmp_path / "計画.xlsx")
    assert folder.run("plan").exit_code == 0


@pytest.mark.parametrize(
    "edits",
    [
        {"G6": "未定"},
        {"G6": "見込", "G8": "見込"},
        {"E8": "未定"},
        {"E8": "未定", "G6": "未定"},
        {"G8": "未定"},
    ],
)
def test_words_in_the_body_are_named_in_their_cells_alone(tmp_path: Path, edits: Edits) -> None:
    Folder(tmp_path, edits)
    problems = plan_and_problems(tmp_path / "計画.xlsx")[1]
    told = [one.cell for one in problems if one.is_error and one.sheet == "1-1"]
    assert sorted(told) == sorted(edits)
    assert all("文字「" in one.message for one in problems if one.sheet == "1-1")


@pytest.mark.parametrize("code", ['G/標準"件"', 'General"件"', '0"万"0000"件"'])
def test_number_formats_of_other_programs(tmp_path: Path, code: str) -> None:
    Folder(tmp_path, dict.fromkeys(("E6#", "E7#", "F6#", "F7#", "G6#"), code))
    plan, problems = plan_and_problems(tmp_path / "計画.xlsx")
    assert plan is not None
    assert ([*problems], plan.tables["1-1", "窓口"].unit_at(0, 0)) == ([], "件")
