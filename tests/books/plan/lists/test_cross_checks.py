"""The sheets 検算 and 用語: what is read, and every problem with its sheet, cell and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind, Term
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

LAYOUT = """
ブロック | 1
文       |
表       | 窓口 |
         |      | 区分 | 件数 | 決定
         |      | 東   | ⟪件⟫ | ⟪件⟫
表       | 一覧 |
         |      | 市   | 人数
くり返し |      | ⟪@⟫  | ⟪人⟫
表       | 費用 |
         |      | 区分 | 費用
         |      | 計   | ⟪円⟫
"""
EAST, DECIDED = FigureId("1-1", "窓口", "東", "件数"), FigureId("1-1", "窓口", "東", "決定")
LEFT, RIGHT = "=@1-1/窓口/東/件数", "=@1-1/窓口/東/決定"


class Book:
    """A small plan book with the given rows of 検算 and 用語."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "計画.xlsx"

    def read(
        self, *checks: dict[str, str], terms: tuple[dict[str, str], ...] = ()
    ) -> tuple[list[CrossCheck], list[Term], list[tuple[str, str, bool, str]]]:
        drawing = PlanDrawing(
            basics=[("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")],
            periods=[{"四半期": 3}],
            measures=[
                {"章": "1", "節": "受付", "担当": "総務"},
                {"ブロック": "1", "評価": "要", "計画内容": "速く"},
                {"節": "案内", "担当": "総務"},
                {"ブロック": "1", "計画内容": "正しく"},
            ],
            kpis=[],
            scale=[
                {"記号": "A", "意味": "上", "下限": 1.0},
                {"記号": "B", "意味": "下", "下限": 0.0, "途中": "〇"},
            ],
            layouts={"1-1": LAYOUT},
            cross_checks=list(checks),
            terms=list(terms),
        )
        write_drawn_book(self.path, drawing)
        plan, problems = plan_and_problems(self.path)
        assert plan is not None
        told = [(one.sheet, one.cell, one.is_error, one.message) for one in problems]
        return list(plan.cross_checks), list(plan.terms), told


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_a_plan_without_the_sheets_has_none(book: Book) -> None:
    assert book.read() == ([], [], [])


def test_every_kind_of_row(book: Book) -> None:
    checks, _, problems = book.read(
        {"種類": "等しい", "左": LEFT, "右": RIGHT, "指摘の文": "違います。"},
        {"種類": "以下", "左": RIGHT, "右": LEFT},
        {"種類": "文中の数", "語": "窓口 受付", "左": LEFT},
        {"種類": "件数", "項": "1-1", "語": "開催", "表": "一覧", "列": "市"},
        {"種類": "記載あれば数値", "項": "１－１", "語": "窓口", "左": LEFT},
        {"種類": "同じ行事", "語": "研修会"},
    )
    kinds = CrossCheckKind
    places = [Source("計画.xlsx", "検算", f"A{row}") for row in range(2, 8)]
    assert problems == []
    assert checks == [
        CrossCheck(kinds.EQUAL, Ref(EAST), Ref(DECIDED), "1-1", note="違います。", source=places[0]),
        CrossCheck(kinds.AT_MOST, Ref(DECIDED), Ref(EAST), "1-1", source=places[1]),
        CrossCheck(kinds.IN_TEXT, Ref(EAST), None, "1-1", "窓口 受付", source=places[2]),
        CrossCheck(kinds.COUNT, None, None, "1-1", "開催", "一覧", "市", source=places[3]),
        CrossCheck(kinds.WHERE_WRITTEN, Ref(EAST), None, "1-1", "窓口", source=places[4]),
        CrossCheck(kinds.SAME_EVENT, words="研修会", source=places[5]),
    ]


@pytest.mark.parametrize(
    ("row", "cell", "is_used", "said"),
    [
        ({"左": LEFT}, "A2", False, "「種類」に 等しい、以下"),
        ({"種類": "同じ", "左": LEFT}, "A2", False, "のどれかにしてください"),
        ({"種類": "等しい", "左": LEFT}, "C2", False, "「右」が要ります"),
        ({"種類": "等しい", "左": LEFT, "右": "12"}, "C2", False, "「=」で始まる式"),
        ({"種類": "等しい", "左": LEFT, "右": "='1-1'!A1"}, "C2", False, "様式図の表の欄ではありません"),
        ({"種類": "文中の数", "左": LEFT}, "E2", False, "「語」が要ります"),
        ({"種類": "文中の数", "語": "窓口", "左": f"{LEFT}+{LEFT[1:]}"}, "B2", False, "1 つだけクリック"),
        ({"種類": "文中の数", "項": "9-9", "語": "窓口", "左": LEFT}, "D2", False, "「施策」にありません"),
        ({"種類": "件数", "項": "1-1", "語": "窓口", "表": "窓口"}, "F2", False, "「くり返し」の行のある表"),
        ({"種類": "件数", "項": "1-1", "語": "市", "表": "一覧", "列": "町"}, "G2", False, "市、人数"),
        ({"種類": "同じ行事", "語": "研修会", "表": "一覧"}, "F2", True, "「表」を使いません"),
    ],
)
def test_what_is_wrong_with_a_row(
    book: Book, row: dict[str, str], cell: str, is_used: bool, said: str
) -> None:
    good = {"種類": "等しい", "左": LEFT, "右": RIGHT}
    checks, _, [problem] = book.read(row, good)
    assert (problem[:3], said in problem[3]) == (("検算", cell, False), True)
    assert problem[3].endswith("この行は調べません。") is not is_used
    assert len(checks) == 1 + is_used


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        ({"種類": "等しい", "左": LEFT, "右": LEFT}, "C2", "右が左と同じ欄"),
        ({"種類": "等しい", "左": LEFT, "右": "=@1-1/費用/計/費用"}, "C2", "左は 件、右は 円"),
        ({"種類": "文中の数", "語": "窓口", "項": "1-2", "左": LEFT}, "D2", "項は 1-2 ですが、左は 1-1 の欄"),
    ],
)
def test_a_row_that_likely_means_another_cell(book: Book, row: dict[str, str], cell: str, said: str) -> None:
    checks, _, [problem] = book.read(row)
    assert (problem[:3], said in problem[3]) == (("検算", cell, False), True)
    assert len(checks) == 1


def test_terms(book: Book) -> None:
    _, terms, problems = book.read(terms=({"用語": "ホームページ", "使わない書き方": "HP、ＷＥＢ"},))
    place = Source("計画.xlsx", "用語", "A2")
    assert (terms, problems) == ([Term("ホームページ", ("HP", "ＷＥＢ"), place)], [])


@pytest.mark.parametrize(
    ("rows", "cell", "said"),
    [
        ([("ホームページ", "")], "B2", "「使わない書き方」が空です"),
        ([("", "HP")], "A2", "「用語」が空です"),
        ([("ＨＰ", "HP")], "B2", "用語と同じ字です"),
        ([("ホームページ", "HP"), ("ウェブ", "ＨＰ")], "B3", "「ホームページ」の行にもあります"),
        ([("ホームページ", "HP"), ("HP", "ウェブ")], "A2", "別の行では正しい用語です"),
    ],
)
def test_what_is_wrong_with_a_term(book: Book, rows: list[tuple[str, str]], cell: str, said: str) -> None:
    terms = tuple({"用語": word, "使わない書き方": variants} for word, variants in rows)
    _, _, [problem] = book.read(terms=terms)
    assert (problem[:3], said in problem[3]) == (("用語", cell, True), True)
