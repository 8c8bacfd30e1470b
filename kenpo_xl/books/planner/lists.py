"""The lists of the planner's book (取りまとめ.xlsm): names, purposes and columns."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.adjustments import LEAVE_OUT, LEAVE_OUT_OUTLOOK, Choice
from kenpo_xl.domain.results.outlooks import Outlook

ITEM, TITLE, BLOCK, PLAN_TEXT, OWNER = "項", "項の題", "ブロック", "計画内容", "担当"
GROUP, COMPUTED, FINAL, REASON = "グループの評価", "計算した評価", "最終評価", "理由"
OLD, NEW = "いまの文", "直した文"
IDENTITY, ENTITY, TYPED, CHOICE = "識別名", "対象", "いまの入力値", "印字する値"
RECOMPUTED = "計算した値"
KEY = "鍵"
"""A hidden column: what a row was of when the program last wrote or read it, by the numbers of then."""


@frozen
class PlannerList:
    """A sheet with one list: what it is for, how it is used, and header, width and style of each column.

    `added` are headers that books made before this list had them lack.
    """

    sheet: str
    purpose: str
    note: str
    columns: tuple[tuple[str, float, str], ...]
    added: tuple[str, ...] = ()

    @property
    def input_headers(self) -> tuple[str, ...]:
        """The headers of the columns that the planner may type in, which are those that are read."""
        return tuple(header for header, _, style in self.columns if style != "plan")


RATINGS = PlannerList(
    "調整",
    "ブロックの最終評価を決めます。",
    "評価を決め直すブロックだけ、最終評価と理由を入れてください。"
    "グループの評価と計算した評価は決めたときのもので、後で変わった調整は適用せず、お知らせします。",
    (
        (ITEM, 7, "block"),
        (TITLE, 24, "plan"),
        (BLOCK, 9, "block"),
        (PLAN_TEXT, 36, "plan"),
        (OWNER, 18, "plan"),
        (GROUP, 13, "kind"),
        (COMPUTED, 13, "kind"),
        (FINAL, 10, "rating"),
        (REASON, 32, "text"),
        (KEY, 9, "plan"),
    ),
)
WORDINGS = PlannerList(
    "文の調整",
    "実施状況の文を直します。",
    "「取込」を押すと、提出された文が両側に入ります。直すところだけ、直した文を書き換えてください。そのままの行は何もしません。"
    f"行ごと載せないときは {LEAVE_OUT} と入れます。",
    (
        (ITEM, 9, "block"),
        (BLOCK, 12, "block"),
        (OLD, 52, "text"),
        (NEW, 52, "text"),
        (REASON, 36, "text"),
        (KEY, 9, "plan"),
    ),
)
FIGURES = PlannerList(
    "数値の調整",
    "上書きされた計算セルを、どちらの値で印字するか決めます。",
    f"上書きされた計算セルを{Choice.TYPED}と{Choice.COMPUTED}のどちらで印字するか決めるときに入れてください。"
    "「取込」を押すと、上書きされたセルが、入力された値と計算した値とともに入ります。",
    (
        (IDENTITY, 48, "text"),
        (ENTITY, 18, "text"),
        (TYPED, 17, "text"),
        (RECOMPUTED, 17, "plan"),
        (CHOICE, 14, "kind"),
        (REASON, 47, "text"),
        (KEY, 9, "plan"),
    ),
)
ALL = (RATINGS, WORDINGS, FIGURES)
"""The lists that the planner fills, which are those that are read."""

KPI, TARGET, RESULT, ESTIMATE, BASIS = "指標", "目標", "実績", "年度末見込み", "出し方"
COMPUTED_OUTLOOK, FINAL_OUTLOOK = "計算した見通し", "決めた見通し"
OUTLOOKS = PlannerList(
    "見通し",
    "指標ごとの年度末の見通し（参考）です。計算と違う見通しにするとき、載せないときに使います。",
    "見通しは評価とは別の参考です。変えるときだけ、決めた見通しと理由を入れてください。"
    f"載せないときは {LEAVE_OUT_OUTLOOK} を選びます。「取込」を押すと新しくなります。",
    (
        (KPI, 34, "text"),
        (TARGET, 14, "plan"),
        (RESULT, 14, "plan"),
        (ESTIMATE, 14, "plan"),
        (BASIS, 36, "plan"),
        (COMPUTED_OUTLOOK, 15, "kind"),
        (FINAL_OUTLOOK, 15, "kind"),
        (REASON, 30, "text"),
    ),
)
FINAL_OUTLOOKS = (*Outlook, LEAVE_OUT_OUTLOOK)
POINT = "概要に載せる文"
POINTS = PlannerList(
    "概要の文",
    "報告書の概要に「注意していただきたい点」として載せる文です。",
    "1 行に 1 つ、3 行ほどで書いてください。書いた順に、報告書の 1 ページ目に載ります。",
    ((POINT, 120, "text"),),
)
SUMMARY = (OUTLOOKS, POINTS)
"""The lists for the page 概要, of which books that were made before have none."""
STATE, ERRORS, WARNINGS, INFOS, ACCEPTED = "状態", "誤り", "注意", "参考", "確認済"
DUE, BOOK, NOTICE, NAME = "提出期限", "提出されたブック", "お知らせ", "グループ"
SUBMITTED, PERSON = "提出日時", "提出した人"
STATES = PlannerList(
    "提出状況",
    "グループごとの提出の状態です。「取込」を押すたびに新しくなります。",
    "「取込」を押すたびに書き直します。ブックの名前をクリックすると、提出されたブックが開きます。",
    (
        (NAME, 20, "grid"),
        (STATE, 17, "said"),
        (ERRORS, 6, "count"),
        (WARNINGS, 6, "count"),
        (INFOS, 6, "count"),
        (ACCEPTED, 8, "count"),
        (DUE, 14, "said"),
        (SUBMITTED, 15, "said"),
        (PERSON, 13, "said"),
        (BOOK, 24, "file"),
        (NOTICE, 41, "grid"),
    ),
    added=(SUBMITTED, PERSON),
)
PLACE_IN_BOOK, REMARK, REPLY, CLOSED = "セルか識別名", "差戻しの内容", "返事", "終了"
IS_CLOSED = "済"
RETURNS = PlannerList(
    "差戻し",
    "グループに直してほしいこと、確かめてほしいことを書きます。",
    "グループの「点検」で、そのセルの指摘になります。書いたら保存し、「取込」で返事を見て、済んだら「終了」に済を入れてください。",
    (
        (NAME, 21, "kind"),
        (ITEM, 9, "block"),
        (PLACE_IN_BOOK, 19, "text"),
        (REMARK, 46, "text"),
        (STATE, 13, "plan"),
        (REPLY, 36, "plan"),
        (CLOSED, 9, "kind"),
        (KEY, 9, "plan"),
    ),
)
"""The list of the planner's remarks to groups, of which books that were made before have none."""
TYPED_IN = (*ALL, RETURNS)
"""The lists with rows of the planner, which follow the items when their numbers change."""
ACT, CONCERN, PLACE, MESSAGE, TYPED_VALUE, COMPUTED_VALUE = "対応", "区分", "場所", "内容", "入力", "計算"
FILE, SHEET, CELL = "ファイル", "シート", "セル"
REMARKS = PlannerList(
    "要確認",
    "印刷の前に見ていただくところです。「報告書作成」を押すたびに新しくなります。",
    "「報告書作成」を押すたびに書き直します。「直すもの」がある間は、報告書の各ページに「案」と入ります。",
    (
        (ACT, 15, "grid"),
        (CONCERN, 13, "grid"),
        (PLACE, 33, "grid"),
        (MESSAGE, 48, "grid"),
        (TYPED_VALUE, 12, "grid"),
        (COMPUTED_VALUE, 12, "grid"),
        (FILE, 21, "grid"),
        (SHEET, 9, "grid"),
        (CELL, 8, "file"),
    ),
)
ROW = "行"
READ = "読み取り"
PLAN_CHECK = PlannerList(
    "計画の確認",
    "計画ブックの直すところと、KPI と検算の各行をどう読んだかです。「計画を確かめる」で新しくなります。",
    "「計画を確かめる」を押すたびに書き直します。セルをクリックすると、計画ブックのそのセルが開きます。",
    (
        (ACT, 16, "grid"),
        (SHEET, 10, "grid"),
        (CELL, 9, "file"),
        (ROW, 32, "grid"),
        (MESSAGE, 88, "grid"),
    ),
)
SHOWN = {
    STATES: (ERRORS, WARNINGS, INFOS, ACCEPTED, BOOK),
    PLAN_CHECK: (CELL,),
    REMARKS: (CELL,),
}
"""The lists that the program fills, each with the columns that hold more than texts."""
