"""What a plan book looks like: the columns of its lists with their hints, and the styles of its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kenpo_xl.books.plan.write.drawn_sheet import DrawnKind

INK, NAVY, BLUE, PALE, GRID = "#1F2937", "#1F3864", "#2F5597", "#DCE6F2", "#B4BFCC"
WHITE = "#FFFFFF"
WARM, GREY, FRAME, GREEN = "#FFF9E5", "#EDEDED", "#F2F2F2", "#E9F3E6"


Row = Mapping[str, Any]
LEVELS = (("章", "chapter"), ("節", "section"), ("項", "item"))


@dataclass(frozen=True)
class ListColumn:
    """A column of a list sheet: its header, width, hint, drop-down and the style of its cells."""

    header: str
    width: float
    hint: str
    choices: tuple[str, ...] | str = ()
    style: str = "text"


@dataclass(frozen=True)
class SheetOfList:
    """A list sheet: its name, columns and paper, and the style of a row that is not an ordinary one."""

    name: str
    columns: tuple[ListColumn, ...]
    landscape: bool = True
    row_style: Callable[[Row], str] | None = None


BASICS = {
    "支部": "支部の名前。",
    "表題": "報告書の表題。空なら「支部名＋事業実施状況」。",
    "年度": "西暦。2024 は令和6年度（2024年4月～2025年3月）。",
    "年度の開始月": "1月、10月 など。空なら 4月。年度の数は、始まる年の西暦。",
    "四半期": "いまの四半期。ここを変えると、次の四半期の入力ブックと報告書になります。",
    "期の種類": "四半期、半期、年度、月のどれか。空なら四半期。",
    "期": "いまの期（上半期、12月、通期など）。ここを変えると、次の期の入力ブックと報告書になります。",
    "グループ": "1 行に 1 グループ。「施策」の担当で選びます。",
    "KPIのまとめ方": "最も低い、最も高い、平均、主たるKPI、すべて達成 のどれか。空なら最も低い。",
    "Pythonの場所": "ボタンが使う pythonw.exe の場所。作るブックに入ります。空でも構いません。",
}

GUIDE = (
    "このブックについて",
    "1 年分の計画を書きます。入力ブックと報告書は、このブックから作られます。",
    "",
    "1.「施策」に、計画を上から順に書きます。",
    "2.「1-2-2」のような様式図シートに、項ごとの表を、報告書に載せる順に描きます。",
    "3.「KPI」に指標を書きます。実績は「=」を打ち、様式図のセルを押します。",
    "4. 保存して、取りまとめ.xlsm などの「計画を確かめる」を押します。",
    "",
    "様式図のセルの色（見やすさのためだけの色です）",
)

COLOURS = (
    ("header", "見出し", "文字。{年度} や {基準月} は、期ごとに変わります。"),
    ("typed", "", "入力するセル。空のまま、表示形式で単位と桁を決めます。"),
    ("computed", "＝", "自動計算。普通の数式を入れます。"),
    ("not_applicable", "／", "該当なし。"),
    ("given", "123", "計画値。計画で決まっている数を入れます。"),
)

PERIODS = SheetOfList(
    "期",
    (
        ListColumn("四半期", 9, "1 から 4。", ("1", "2", "3", "4"), "number"),
        ListColumn("基準日", 14, "空なら四半期の末日です。", style="date"),
        ListColumn("会議", 26, "報告する会議の名前。"),
        ListColumn("開催日", 14, "会議の開催日。", style="date"),
        ListColumn("資料番号", 12, "表紙に載せる番号。"),
        ListColumn("提出期限", 14, "グループから出してもらう期限。", style="date"),
    ),
)

PERIODS_OF_OTHER_KINDS = replace(
    PERIODS, columns=(ListColumn("期", 9, "上半期、12月、通期 など。", style="number"), *PERIODS.columns[1:])
)

MEASURES = SheetOfList(
    "施策",
    (
        ListColumn("章", 4, "章が始まる行にだけ書きます。"),
        ListColumn("節", 4, "節が始まる行にだけ書きます。項のない節は、この行に担当も書きます。"),
        ListColumn("項", 4, "項が始まる行にだけ書きます。"),
        ListColumn("ブロック", 9, "計画文と実施状況の対。始まる行に 1、2、3…と書きます。", style="mark"),
        ListColumn("評価", 7, "ブロックに評価を付けるか。空なら要。", ("要", "不要"), "mark"),
        ListColumn("計画内容", 84, "1 行に 1 文。"),
        ListColumn("担当", 20, "項（項のない節）が始まる行で選びます。", "groups"),
    ),
    landscape=False,
    row_style=lambda row: next((name for header, name in LEVELS if row.get(header)), ""),
)
LEVEL_4 = ListColumn("目", 4, "目が始まる行にだけ書きます。")
KEYED_MEASURES = replace(
    MEASURES, columns=(*MEASURES.columns, ListColumn("鍵", 6, "項とブロックの鍵。消さないでください。"))
)
IN_DRAWING = ";".join(['"様式図の欄"'] * 3)
"""The number format of a formula over the drawings, which have no values in a plan book."""

TARGET_HINT = "数（表示形式が単位と桁になります）、= と様式図のセル、または 前年度 などの言葉。"
INTERIM_RULES = ("年度末", "前年同期", "経過月割", "目標")
KPIS = SheetOfList(
    "KPI",
    (
        ListColumn("指標", 34, "指標の名前。様式図の KPI の行にも同じ名前を書きます。"),
        ListColumn("目標", 16, TARGET_HINT, style="number"),
        ListColumn("方向", 8, "空なら以上。少ないほどよい指標は以下。", ("以上", "以下"), "mark"),
        ListColumn("実績", 16, "= を打って、様式図のセルをクリックします。", style="number"),
        ListColumn("取り方", 9, "最新 = 範囲のうち、記入されている最後のセル。", ("最新",), "mark"),
        ListColumn("前年同期", 16, "前年の同じ時期のセル。取り方が最新なら前年の範囲。", style="number"),
        ListColumn("途中の判定", 13, "年度の途中でどう判定するか。", INTERIM_RULES, "mark"),
        ListColumn("基準の変更", 12, "評価基準の下限をこの指標だけ変えるとき。例：◎ 102%"),
        ListColumn("印字", 58, "報告書に載せる文。{目標} {実績} {年月} などが使えます。空なら載せません。"),
        ListColumn("書式", 12, "実績の表示形式の見本。空なら目標と同じ。", style="number"),
    ),
)

_FURTHER = {
    "KPI": (
        ListColumn("比べる値", 16, "全国平均 などの数か、= と様式図のセル。", style="number"),
        ListColumn("共通の鍵", 10, "どの支部の計画でも同じ、この指標の鍵。", style="code"),
        ListColumn("全国平均", 16, "全国平均を入れる欄。= を打って、クリックします。", style="number"),
        ListColumn("全国順位", 16, "この支部の順位を入れる欄。= を打って、クリックします。", style="number"),
        ListColumn("主", 6, "まとめ方が 主たるKPI のブロックで使う指標に 〇。", ("〇",), "mark"),
    ),
    "評価基準": (ListColumn("記入欄", 16, "この段階で評価する記入欄（外部評価 など）。空なら「評価」。"),),
}


def with_used_columns(sheet: SheetOfList, rows: Iterable[Row]) -> SheetOfList:
    """The sheet KPI or 評価基準 with the further columns that a row uses."""
    used = {header for row in rows for header in row}
    further = (column for column in _FURTHER[sheet.name] if column.header in used)
    return replace(sheet, columns=(*sheet.columns, *further))


SCALE = SheetOfList(
    "評価基準",
    (
        ListColumn("記号", 8, "よい順に書きます。", style="mark"),
        ListColumn("意味", 30, "凡例に載る言葉。"),
        ListColumn("下限", 10, "達成率がこれ以上なら、この評価。空なら人だけが付けます。", style="percent"),
        ListColumn("途中", 8, "「実施中」を表す評価に〇。", ("〇",), "mark"),
        ListColumn("凡例", 8, "いいえ なら、報告書の凡例に載せません。", ("いいえ",), "mark"),
        ListColumn("別字", 16, "同じ評価とみなす字。空白で区切ります。"),
        ListColumn("理由", 8, "要 なら、付けたときに理由を書いてもらいます。", ("要", "不要"), "mark"),
    ),
)

HISTORY = SheetOfList(
    "過去実績",
    (
        ListColumn("指標", 38, "「KPI」の指標と同じ名前。"),
        ListColumn("年度", 10, "西暦。", style="number"),
        ListColumn("値", 16, "その年度の確定値。", style="number"),
    ),
)

KINDS = ("等しい", "以下", "文中の数", "件数", "記載あれば数値", "同じ行事")
CROSS_CHECKS = SheetOfList(
    "検算",
    (
        ListColumn("種類", 16, "何を比べるか。一覧から選びます。", KINDS, "mark"),
        ListColumn("左", 14, "= を打って、様式図のセルをクリックします。式も書けます。", style="number"),
        ListColumn(
            "右", 24, "等しい・以下 のとき。= を打って、様式図のセルをクリックします。", style="number"
        ),
        ListColumn("項", 9, "文のある項の番号（1-2-2）。", style="code"),
        ListColumn("語", 26, "実施状況の文にある語。2 つ以上は空白で区切り、数の直前の語を最後に書きます。"),
        ListColumn("表", 14, "件数 のとき。「くり返し」のある表の名前。"),
        ListColumn("列", 14, "件数 のとき。異なる値を数える列。空なら行を数えます。"),
        ListColumn("指摘の文", 38, "合わないときに出す文。空なら決まった文を出します。"),
        ListColumn("備考", 52, "何の数を比べるかの覚え書き。読み取りません。"),
    ),
)
TERMS = SheetOfList(
    "用語",
    (
        ListColumn("用語", 34, "使う書き方。1 行に 1 つ。"),
        ListColumn("使わない書き方", 60, "職員が書きがちな、ほかの書き方。2 つ以上は「、」で区切ります。"),
        ListColumn("自動", 9, "「はい」なら「直す」と kenpo-xl fix で直します。", ("はい", "いいえ"), "mark"),
        ListColumn("重さ", 9, "点検での重さ。空なら注意です。", ("注意", "参考"), "mark"),
    ),
    landscape=False,
)
RULES = SheetOfList(
    "規則",
    (
        ListColumn("コード", 10, "指摘のコード（WO08）。一覧は説明書にあります。", style="code"),
        ListColumn(
            "使う",
            10,
            "「試行」の指摘は参考になります。空なら「する」です。",
            ("する", "しない", "試行"),
            "mark",
        ),
        ListColumn("重さ", 10, "空なら、決まった重さです。", ("誤り", "注意", "参考"), "mark"),
        ListColumn("しきい値", 10, "いつから指摘するか。規則の一覧にあるものだけです。", style="number"),
        ListColumn("除く項", 18, "指摘しない項（1-2-2）。2 つ以上は「、」で区切ります。", style="code"),
        ListColumn("除く言葉", 34, "この言葉のある指摘を出しません。2 つ以上は「、」で区切ります。"),
        ListColumn("備考", 46, "理由などの覚え書き。読み取りません。"),
    ),
)

# --- styles: what a cell looks like by what it is

_MIDDLE: dict[str, object] = {"valign": "vcenter"}
_BOX = {"border": 1, "border_color": GRID}
_LINE = {"bottom": 1, "bottom_color": GRID, "valign": "top"}
STYLES: dict[str, dict[str, object]] = {
    "plain": {},
    "grey": {"font_color": "#6B7280", "text_wrap": True, "indent": 1, **_MIDDLE},
    "title": {"bold": True, "font_size": 12, "font_color": NAVY},
    "key": {"bold": True, "font_color": NAVY, "bg_color": PALE, **_MIDDLE, **_BOX},
    "value": {"bg_color": WARM, "align": "left", **_MIDDLE, **_BOX},
    "list_header": {
        "bold": True, "font_color": WHITE, "bg_color": NAVY, "align": "center", **_MIDDLE,
        "text_wrap": True, "border": 1, "border_color": WHITE,
    },
    "text": {"text_wrap": True, **_LINE},
    "mark": {"align": "center", **_LINE},
    "code": {"align": "center", "num_format": "@", **_LINE},
    "number": {"align": "right", **_LINE},
    "percent": {"align": "right", "num_format": "0%", **_LINE},
    "date": {"align": "center", "num_format": "yyyy/m/d", **_LINE},
    "chapter": {"bold": True, "font_size": 12, "font_color": WHITE, "bg_color": BLUE, **_MIDDLE},
    "section": {"bold": True, "font_size": 11, "font_color": NAVY, "bg_color": "#C9D8EC", **_MIDDLE},
    "item": {"bold": True, "font_color": NAVY, "bg_color": "#EAF0F8", **_LINE, **_MIDDLE},
    "band": {"bold": True, "font_color": WHITE, "bg_color": BLUE, **_MIDDLE},
    "table": {"bold": True, "font_color": NAVY, "bg_color": PALE, **_MIDDLE},
    "option": {"font_color": BLUE, "bg_color": FRAME, "align": "right", **_MIDDLE},
    "line": {"font_color": NAVY, "bg_color": "#EEF3FA", "align": "center", **_MIDDLE},
    "frame": {"font_color": "#6B7280", "bg_color": FRAME, "font_size": 9, **_MIDDLE},
    "label": {"font_color": "#6B7280", "bg_color": FRAME, "font_size": 9, "align": "center", "shrink": True},
    "words": _MIDDLE,
    "header": {"bold": True, "bg_color": PALE, "align": "center", "text_wrap": True, **_MIDDLE, **_BOX},
    "row_header": {"bg_color": PALE, "align": "left", "text_wrap": True, **_MIDDLE, **_BOX},
    "typed": {"bg_color": WARM, "align": "right", "text_wrap": True, **_MIDDLE, **_BOX},
    "computed": {"bg_color": GREY, "align": "right", **_MIDDLE, **_BOX},
    "not_applicable": {
        "bg_color": "#D9D9D9", "font_color": "#808080", "align": "center", **_MIDDLE, **_BOX,
    },
    "given": {"bg_color": GREEN, "align": "right", **_MIDDLE, **_BOX},
}  # fmt: skip

MARK_STYLES = {"ブロック": "band", "表": "table", "文": "line", "KPI": "line", "注": "line"}
MARKS = (
    *("ブロック", "文", "KPI", "表", "基準月", "印刷", "単位", "キー", "名札", "計画値", "くり返し", "注"),
    *("鍵", "メモ"),
)
CELL_STYLES = {
    DrawnKind.FRAME: "frame",
    DrawnKind.WORDS: "words",
    DrawnKind.TYPED: "typed",
    DrawnKind.COMPUTED: "computed",
    DrawnKind.NOT_APPLICABLE: "not_applicable",
    DrawnKind.GIVEN: "given",
}


def measures_sheet(rows: Sequence[Row], further: Iterable[str], *, has_keys: bool) -> SheetOfList:
    """The columns of 施策: with 目 and keys where there are any, and those that the office adds."""
    usual = KEYED_MEASURES if has_keys else MEASURES
    added = (ListColumn(header, 20, "この組織が加えた列。") for header in further)
    levels = (LEVEL_4,) if any(LEVEL_4.header in row for row in rows) else ()
    return replace(usual, columns=(*usual.columns[:3], *levels, *usual.columns[3:], *added))
