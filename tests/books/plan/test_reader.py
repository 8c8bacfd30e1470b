"""A small plan book is understood; a broken one is refused with every cell that is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.plan.reader import PlanError, Problem, plan_and_problems, read_period_key, read_plan
from kenpo_xl.domain.formulas.evaluate import Group
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited

DRAWING = """
    KPI    | 達成率
    表     | 窓口     | 窓口の件数
           |          | 区分 | {年度} | <    | {前年度}
           |          | ^    | 目標   | 実績 | 実績
           |          | 北   | ⟪件⟫   | ⟪件⟫ | ⟪件⟫
           |          | 南   | ⟪件⟫   | ⟪件⟫ | ／
           |          | 計   | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ | ⟪件⟫
"""
OPEN_LIST = """
    表       | 一覧 |
             |      | 名称 | 件数
    くり返し |      | ⟪@⟫  | ⟪件⟫
             | 合計 | ⟪@⟫  | =SUM([0,-1]:[0,-1]) ⟪件⟫
"""
THREE_LEVELS = """
    表 | 深い |
       |      | {年度} | <    | <
       |      | 上期   | <    | 下期
       |      | 北     | 南   | 北
       | 計   | ⟪件⟫   | ⟪件⟫ | ⟪件⟫
"""
SCALE = [
    {"記号": "◎", "意味": "上回る", "下限": 1.2},
    {"記号": "〇", "意味": "計画通り", "下限": 1, "別字": "○ ◯"},
    {"記号": "△", "意味": "実施中", "下限": 0.8, "途中": "〇"},
    {"記号": "▽", "意味": "遅れ", "下限": 0.5},
    {"記号": "×", "意味": "未達", "下限": 0},
    {"記号": "－", "意味": "対象外", "凡例": "いいえ"},
]


class Book:
    """A plan book to be changed in one place, written, edited cell by cell, and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "計画.xlsx"
        self.kpi: dict[str, Any] = {"指標": "達成率", "目標": "100 ⟪件⟫", "実績": "=@1-1/窓口/計/当年＞実績"}
        self.item: dict[str, Any] = {"節": "一節", "担当": "一課"}
        self.scale = SCALE
        self.history: list[dict[str, Any]] = []
        self.drawing = DRAWING
        self.edits: dict[tuple[str, str], object] = {}
        self.unmerged: list[str] = []
        self.without = ""

    def write(self) -> Path:
        measures = [{"章": "一章"}, self.item, {"ブロック": "1", "計画内容": "窓口を設ける。"}]
        basics: list[tuple[str, object]] = [
            ("支部", "東支部"),
            ("年度", 2025),
            ("四半期", 2),
            ("グループ", "一課"),
        ]
        drawing = PlanDrawing(
            basics, [{"四半期": 2}], measures, [self.kpi], self.scale, self.history, {"1-1": self.drawing}
        )
        write_drawn_book(self.path, drawing)
        if self.edits or self.unmerged or self.without:
            self._edit()
        return self.path

    def _edit(self) -> None:
        with edited(self.path) as book:
            for area in self.unmerged:
                book["1-1"].unmerge_cells(area)
            for (sheet, cell), value in self.edits.items():
                book[sheet][cell] = value
            if self.without:
                del book[self.without]

    def plan(self) -> Plan:
        return read_plan(self.write())

    def problems(self) -> list[Problem]:
        return plan_and_problems(self.write())[1]

    def places(self) -> list[str]:
        return [f"{problem.sheet}!{problem.cell}" for problem in self.problems()]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_a_small_book(book: Book) -> None:
    plan = book.plan()
    table = plan.tables["1-1", "窓口"]
    assert book.problems() == []
    assert [axis.name for axis in table.rows] == ["北", "南", "計"]
    assert [axis.name for axis in table.columns] == ["当年＞目標", "当年＞実績", "前年＞実績"]
    assert [axis.year_role for axis in table.columns] == [
        YearRole.CURRENT,
        YearRole.CURRENT,
        YearRole.YEAR_END,
    ]
    assert [cell.kind for cell in table.cells[1]] == [CellKind.TYPED, CellKind.TYPED, CellKind.NOT_APPLICABLE]
    assert (plan.title, plan.kpis[0].target, plan.kpis[0].format.unit) == ("東支部事業実施状況", 100, "件")
    total = table.cells[2][0].formula
    members = tuple(FigureId("1-1", "窓口", row, "当年＞目標") for row in ("北", "南"))
    assert total is not None
    assert getattr(total, "arguments", ()) == (Group(members),)


def test_three_levels_of_headers(book: Book) -> None:
    book.drawing = DRAWING + "\n" + THREE_LEVELS
    table = book.plan().tables["1-1", "深い"]
    assert [axis.name for axis in table.columns] == ["当年＞上期＞北", "当年＞上期＞南", "当年＞下期＞北"]
    assert [(header.down, header.across) for header in table.column_headers[:3]] == [(1, 3), (1, 2), (1, 1)]


def test_an_open_list_with_its_total(book: Book) -> None:
    book.drawing = DRAWING + "\n" + OPEN_LIST
    book.edits = {("1-1", "C13"): "計", ("1-1", "B13"): None}
    table = book.plan().tables["1-1", "一覧"]
    assert (table.repeating, table.key_column) == (0, 0)
    assert [axis.name for axis in table.rows] == ["明細", "計"]
    assert table.cells[1][0].value == "計"


@pytest.mark.parametrize(
    ("as_of", "refused"),
    [
        ("2025/6/30", True),
        ("2025/7/1", False),
        ("2025/9/30", False),
        ("2025/10/1", True),
        ("2024/9/30", True),
        ("2026/8/31", True),
        (None, False),
    ],
)
def test_the_as_of_date_is_one_of_its_quarter(book: Book, as_of: str | None, refused: bool) -> None:
    """Second quarter of fiscal 2025; without a date its last day."""
    book.edits = {("期", "B2"): as_of}
    assert book.places() == ["期!B2"] * refused
    if refused:
        [problem] = book.problems()
        assert problem.is_error
        assert "令和7年度第2四半期の日付ではありません。令和7年9月末などに直すか、空に" in problem.message


@pytest.mark.parametrize("steps", [SCALE, [SCALE[1], SCALE[4]]])
def test_scales_of_six_and_of_two_steps(book: Book, steps: list[dict[str, Any]]) -> None:
    book.scale = steps
    scale = book.plan().scale
    assert [step.glyph for step in scale.steps] == [step["記号"] for step in steps]
    assert scale.canonical_glyph("○") == "〇"


def test_one_step_is_no_scale(book: Book) -> None:
    book.scale = SCALE[:1]
    assert book.places() == ["評価基準!A1"]


def test_floors_fall(book: Book) -> None:
    book.scale = [SCALE[1], SCALE[0]]
    assert book.places() == ["評価基準!C3"]


@pytest.mark.parametrize("mark", ["〇", "○", "◯", "はい"])
def test_the_step_that_means_under_way(book: Book, mark: str) -> None:
    book.scale = [*SCALE[:2], SCALE[2] | {"途中": mark}, SCALE[3] | {"途中": "いいえ"}, *SCALE[4:]]
    assert [step.glyph for step in book.plan().scale.steps if step.interim] == ["△"]


def test_another_mark_is_refused(book: Book) -> None:
    book.scale = [*SCALE[:2], SCALE[2] | {"途中": "×"}, *SCALE[3:]]
    assert book.places() == ["評価基準!D4"]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("前年度", RelativeTarget(Basis.LAST_YEAR)),
        ("前年度以上", RelativeTarget(Basis.LAST_YEAR)),
        ("前年度と過去3年平均の良い方", RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN)),
        ("前年度と過去3年平均の高い方", RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN)),
        ("前年度と過去３年平均の高い方", RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN)),
    ],
)
def test_targets_from_earlier_years(book: Book, words: str, target: RelativeTarget) -> None:
    book.kpi["目標"] = words
    book.history = [{"指標": "達成率", "年度": 2024, "値": 96.5}]
    plan = book.plan()
    assert plan.kpis[0].target == target
    assert plan.history == {("達成率", 2024): Decimal("96.5")}


@pytest.mark.parametrize(
    ("cell", "value", "place", "said"),
    [
        ("E5", "未定", "1-1!E5", "文字「未定」"),
        ("D5", 5, "1-1!D5", "数が入っています"),
        ("D7", "=基本!B2", "1-1!D7", "表の外のセル 基本!B2"),
        ("D7", "=D5:D6", "1-1!D7", "範囲だけ"),
        ("D7", "=D7+1", "1-1!D7", "循環"),
        ("D7", "=IF(D5,1,2)", "1-1!D7", "比べる式"),
        ("C6", "北", "1-1!C6", "名前「北」が 2 つ"),
        ("C6", None, "1-1!C6", "行の見出しが空"),
        ("A5", "色", "1-1!A5", "ここでは使えません"),
        ("C9", "迷子", "1-1!C9", "どの表にも"),
        ("C2", "窓口 {知らない}", "1-1!C2", "{知らない}"),
    ],
)
def test_broken_drawings(book: Book, cell: str, value: object, place: str, said: str) -> None:
    book.edits = {("1-1", cell): value}
    found = [str(problem) for problem in book.problems()]
    assert any(place in problem and said in problem for problem in found), found


def test_a_half_merged_header(book: Book) -> None:
    book.unmerged = ["D3:E3"]
    assert "1-1!E3" in book.places()


def test_two_cells_in_a_circle(book: Book) -> None:
    book.edits = {("1-1", "D5"): "=D6", ("1-1", "D6"): "=D5"}
    assert {"1-1!D5", "1-1!D6"} <= set(book.places())


@pytest.mark.parametrize("header", ["令和6年度", "令和6年"])
def test_a_bare_year_is_a_warning_only(book: Book, header: str) -> None:
    book.edits = {("1-1", "F3"): header}
    [problem] = book.problems()
    assert (problem.cell, problem.is_error) == ("F3", False)
    assert book.plan()


@pytest.mark.parametrize(
    ("header", "value", "place", "said"),
    [
        ("方向", "上", "KPI!C2", "以上、以下"),
        ("途中の判定", "毎月", "KPI!G2", "年度末、前年同期"),
        ("取り方", "最新", "KPI!D2", "範囲"),
        ("実績", "=基本!B2", "KPI!D2", "表の欄ではありません"),
        ("実績", "", "KPI!D2", "クリックして"),
        ("目標", "たくさん", "KPI!B2", "目標は、数"),
        ("基準の変更", "☆ 102%", "KPI!H2", "読めません"),
        ("基準の変更", "〇 150%", "KPI!H2", "小さくなりません"),
        ("印字", "{知らない}", "KPI!I2", "{知らない}"),
        ("印字", "{別/北/目標}", "KPI!I2", "{別/北/目標}"),
    ],
)
def test_broken_kpis(book: Book, header: str, value: str, place: str, said: str) -> None:
    book.kpi[header] = value
    found = book.problems()
    assert any(place[:4] in str(problem) and said in problem.message for problem in found), found


def test_what_a_kpi_prints_and_how_it_changes_the_scale(book: Book) -> None:
    book.kpi |= {
        "基準の変更": "◎ 102%、△ 90%",
        "印字": "{名称}{目標}{実績}{年月}{窓口/北/当年＞実績}",
    }
    [kpi] = book.plan().kpis
    assert kpi.thresholds == (("◎", Decimal("1.02")), ("△", Decimal("0.9")))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("{年度}{窓口/北/当年＞実績}", False),
        ("{知らない}", True),
        ("{窓口/年月}", False),
        ("{窓口/四半期}", True),
        ("{ほか/年月}", True),
    ],
)
def test_words_in_sentences_and_lines(book: Book, words: str, wrong: bool) -> None:
    book.drawing = DRAWING + f"\n    文 | | {words}\n"
    book.edits = {("施策", "F4"): words}
    found = {(problem.sheet, problem.cell) for problem in book.problems() if words in problem.message}
    assert found == ({("施策", "F4"), ("1-1", "C9")} if wrong else set())


def test_ranges_that_are_compared_have_one_length(book: Book) -> None:
    book.kpi |= {
        "取り方": "最新",
        "実績": "=@1-1/窓口/北:計/当年＞実績",
        "前年同期": "=@1-1/窓口/北:南/前年＞実績",
    }
    assert ["同じ数の欄" in problem.message for problem in book.problems()] == [True]


RATE = """
    KPI    | 達成率
    表     | 回収率 |
    単位   | ％
           |        | 区分     | 3月
           |        | {年度}   | ⟪0.00⟫
           |        | {前年度} | ⟪0.00⟫
"""


@pytest.mark.parametrize("clicked", ["", " ⟪0.00⟫"])
def test_a_target_that_was_clicked_is_shown_as_its_figure(book: Book, clicked: str) -> None:
    book.drawing = RATE
    book.kpi |= {"目標": f"=@1-1/回収率/前年/3月{clicked}", "実績": "=@1-1/回収率/当年/3月"}
    [kpi] = book.plan().kpis
    assert kpi.format.displayed_text(Decimal("0.6353")) == "63.53％"


def test_the_format_of_its_own_goes_first(book: Book) -> None:
    book.drawing = RATE
    book.kpi |= {"目標": "=@1-1/回収率/前年/3月", "実績": "=@1-1/回収率/当年/3月", "書式": "⟪0.0%⟫"}
    [kpi] = book.plan().kpis
    assert kpi.format.displayed_text(Decimal("0.6353")) == "63.5％"


def test_an_unknown_group(book: Book) -> None:
    book.item["担当"] = "二課"
    [problem] = book.problems()
    assert "「二課」はシート「基本」のグループにありません" in problem.message


@pytest.mark.parametrize("name", ["一/課", "一:課", "一\n課", ".一課", "一課.", " 一課", "一課　", "課" * 61])
def test_a_group_that_cannot_name_a_file(book: Book, name: str) -> None:
    book.edits = {("基本", "B4"): name}
    assert "基本!B4" in book.places()


@pytest.mark.parametrize("name", ["企画総務・保健 G.1", "課" * 60])
def test_a_group_that_names_a_file(book: Book, name: str) -> None:
    book.item["担当"] = name
    book.edits = {("基本", "B4"): name}
    assert book.plan().groups == (name,)


class TestThePythonOfTheOffice:
    @pytest.mark.parametrize("key", ["Python の場所", "Ｐｙｔｈｏｎの場所"])
    def test_it_is_read_without_quotes(self, book: Book, key: str) -> None:
        book.edits = {("基本", "A5"): key, ("基本", "B5"): ' "C:\\kenpo-xl\\pythonw.exe" '}
        assert book.plan().python == r"C:\kenpo-xl\pythonw.exe"

    def test_none(self, book: Book) -> None:
        assert book.plan().python == ""
        book.edits = {("基本", "A5"): "Python の場所"}
        assert book.plan().python == ""

    @pytest.mark.parametrize("path", ["pythonw.exe", "https://example.com/pythonw.exe", "C:\\a.exe\ncalc", 7])
    def test_one_that_is_no_full_path(self, book: Book, path: object) -> None:
        book.edits = {("基本", "A5"): "Python の場所", ("基本", "B5"): path}
        assert book.places() == ["基本!B5"]


@pytest.mark.parametrize(("cell", "key"), [("B1", "支部"), ("B2", "年度"), ("B4", "グループ")])
def test_a_value_that_is_missing_is_asked_for_in_its_cell(book: Book, cell: str, key: str) -> None:
    book.edits = {("基本", cell): None}
    assert ("基本", cell, True) in {
        (p.sheet, p.cell, f"「{key}」が入って" in p.message) for p in book.problems()
    }


def test_a_key_that_is_missing(book: Book) -> None:
    book.edits = {("基本", "A1"): None, ("基本", "B1"): None}
    assert book.places() == ["基本!A1"]


def test_the_period_is_known_where_another_sheet_is_broken(book: Book) -> None:
    book.without = "施策"
    assert read_period_key(book.write()) == PeriodKey("東支部", FiscalYear(2025), 2)


@pytest.mark.parametrize("cell", ["B1", "B2", "B3"])
def test_the_period_is_not_known_without_branch_year_or_quarter(book: Book, cell: str) -> None:
    book.edits = {("基本", cell): None}
    with pytest.raises(PlanError, match=f"基本!{cell}"):
        read_period_key(book.write())


@pytest.mark.parametrize("sheet", ["期", "施策", "評価基準"])
def test_a_missing_sheet(book: Book, sheet: str) -> None:
    book.without = sheet
    assert f"{sheet}!A1" in book.places()


def test_everything_that_is_wrong_is_told_at_once(book: Book) -> None:
    book.item["担当"] = "二課"
    book.edits = {("1-1", "D5"): 5, ("1-1", "E6"): "未定", ("基本", "B3"): 5}
    with pytest.raises(PlanError) as refused:
        book.plan()
    places = [f"{problem.sheet}!{problem.cell}" for problem in refused.value.problems]
    assert {"基本!B3", "1-1!D5", "1-1!E6"} < set(places)
    assert all(place in str(refused.value) for place in places)
