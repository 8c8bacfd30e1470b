"""The plan book that `kenpo-xl init` gives to a new office: one drawn example for each kind of table.

Every example is an item of its own, with its instructions in rows メモ: its rows in 施策 and KPI and its
sheet can be deleted, and the others do not depend on it.
"""

from __future__ import annotations

from typing import Any

from kenpo_xl.books.plan.write.usual_lists import UNNAMED_BRANCH, USUAL_SCALE
from scripts.plan_drawing import PlanDrawing

_GROUPS = ("企画グループ", "業務グループ")
_DELETE = "いらない見本は、このシートと、「施策」の同じ鍵の行、「KPI」の行を消してください。"


def _sheet(key: str, drawing: str, *notes: str) -> str:
    """A layout sheet with its key and its instructions above the drawing."""
    lines = [f"メモ | | {note}" for note in (*notes, _DELETE)]
    return "\n".join([f"鍵 | {key}", *lines, "ブロック | 1", drawing.strip("\n")])


_QUARTERS = """
文       |          |
表       | 件数     | 相談の件数（単位：件）
         |          | 区分     | 4～6月   | 7～9月   | 10～12月 | 1～3月   | 計
         |          | {年度}   | ⟪#,##0⟫ | ⟪#,##0⟫ | ⟪#,##0⟫ | ⟪#,##0⟫ | =SUM([-4]:[-1]) ⟪#,##0⟫
         |          | {前年度} | ⟪#,##0⟫ | ⟪#,##0⟫ | ⟪#,##0⟫ | ⟪#,##0⟫ | =SUM([-4]:[-1]) ⟪#,##0⟫
"""
_MONTHS = "4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 10月 | 11月 | 12月 | 1月 | 2月 | 3月"
_BY_MONTH = f"""
文       |          |
表       | 提出率   | 電子での提出の割合
         |          | 区分     | {_MONTHS}
         |          | {{年度}}   | {" | ".join(["⟪0.0%⟫"] * 12)}
"""
_OPEN_LIST = """
文       |          |
表       | 説明会   | 説明会の開催
キー     | 会場
         |          | 会場     | 開催日 | 参加者数
くり返し |          | ⟪@⟫      | ⟪@⟫    | ⟪人⟫
         | 計       | 計       | ／     | =SUM([0,-1]) ⟪人⟫
"""
_TARGETS = """
KPI      | 講座の参加者数
文       |          |
表       | 数値指標 | 数値指標
計画値   | 一部     |
         |          | 指標           | 目標         | 実績 | 達成率
         |          | 講座の参加者数 | 1,200 ⟪人⟫   | ⟪人⟫ | =[-1]/[-2] ⟪0.0%⟫
         |          | 講座の回数     | 24 ⟪回⟫      | ⟪回⟫ | =[-1]/[-2] ⟪0.0%⟫
"""
_RATES = """
KPI      | 処理の達成率
文       |          |
表       | 処理     | 期限までの処理
基準月   |
         |          | 年度                   | 受付件数 | 期限内の件数 | 達成率
         |          | {年度}（{基準月}まで） | ⟪件⟫     | ⟪件⟫         | =[-1]/[-2] ⟪0.0%⟫
         | 前年 前年同期 | {前年度}（同期）  | ⟪件⟫     | ⟪件⟫         | =[-1]/[-2] ⟪0.0%⟫
"""
_OFFICES = ("東", "西", "南", "北")
_RANKS = """
文       |          |
表       | 順位     | 窓口ごとの利用率
         |          | 窓口   | 利用率 | 順位
""" + "\n".join(
    f"         |          | {name}窓口 | ⟪0.0%⟫ | =RANK([-1],[-1,{-at}]:[-1,{len(_OFFICES) - 1 - at}]) ⟪0位⟫"
    for at, name in enumerate(_OFFICES)
)

_EXAMPLES = (
    (
        "四半期の表",
        "相談に応じる。",
        _QUARTERS,
        "月の範囲（4～6月）を見出しに書くと、その月の数として前の報告と比べます。",
    ),
    (
        "月ごとの表",
        "電子での提出を進める。",
        _BY_MONTH,
        "月を見出しに並べると、まだ来ていない月の欄は空のままで構いません。",
    ),
    (
        "行の増える表",
        "説明会を開く。",
        _OPEN_LIST,
        "「くり返し」の行は、グループが必要なだけ増やせます。「キー」の列で行を見分けます。",
    ),
    (
        "目標と実績の表",
        "講座を開く。",
        _TARGETS,
        "「計画値」が「一部」の表では、数のある欄は計画で決まり、空の欄にグループが入れます。",
        "「KPI」の目標は、この表の目標の欄をクリックして決めています。",
    ),
    (
        "割合の表",
        "期限までに処理する。",
        _RATES,
        "割合は式で書きます。「基準月」があると、グループが集計の月を入れます。",
        "名札（B 列）の「前年同期」で、前の年の同じ時期の数になります。",
    ),
    (
        "順位の表",
        "窓口の利用を広げる。",
        _RANKS,
        "順位は RANK の式で書きます。利用率を入れると順位が出ます。",
    ),
)


def _measures() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"章": "１ 描き方の見本"}]
    for number, (title, sentence, *_) in enumerate(_EXAMPLES, start=1):
        owner = _GROUPS[number % len(_GROUPS)]
        rows.append({"節": f"（{number}）{title}", "担当": owner, "鍵": f"K{number:02}"})
        rows.append({"ブロック": 1, "評価": "要", "計画内容": sentence, "鍵": f"B{number:02}"})
    return rows


def starter_plan_book() -> PlanDrawing:
    """The plan book of a new office, in the fiscal year that `init` replaces."""
    return PlanDrawing(
        basics=[
            ("支部", UNNAMED_BRANCH),
            ("表題", ""),
            ("年度", 2024),
            ("期の種類", ""),
            ("四半期", 1),
            *(("グループ", group) for group in _GROUPS),
            ("Pythonの場所", ""),
        ],
        periods=[{"四半期": number} for number in (1, 2, 3, 4)],
        measures=_measures(),
        kpis=[
            {
                "指標": "講座の参加者数",
                "目標": "=@目標と実績の表/数値指標/講座の参加者数/目標",
                "方向": "以上",
                "実績": "=@目標と実績の表/数値指標/講座の参加者数/実績",
                "途中の判定": "経過月割",
                "印字": "講座の参加者数：目標 {目標}、実績 {実績}",
            },
            {
                "指標": "処理の達成率",
                "目標": "100% ⟪0.0%⟫",
                "方向": "以上",
                "実績": "=@割合の表/処理/当年/達成率",
                "前年同期": "=@割合の表/処理/前年/達成率",
                "途中の判定": "目標",
                "印字": "期限までの処理の達成率：目標 {目標}、実績 {実績}",
            },
        ],
        scale=list(USUAL_SCALE),
        layouts={
            title: _sheet(f"K{number:02}", drawing, *notes)
            for number, (title, _, drawing, *notes) in enumerate(_EXAMPLES, start=1)
        },
        terms=[
            {"用語": "ホームページ", "使わない書き方": "HP、ウェブサイト", "重さ": "参考"},
            {"用語": "メールマガジン", "使わない書き方": "メルマガ", "自動": "はい"},
            {"用語": "四半期", "使わない書き方": "4半期", "自動": "はい"},
        ],
        rule_settings=[
            {
                "コード": "WO08",
                "使う": "する",
                "備考": "見本の行です。使わない規則は「しない」、様子を見る規則は「試行」にします。",
            }
        ],
    )
