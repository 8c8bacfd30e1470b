"""The three lists of the planner's book (取りまとめ.xlsm): how they are called and what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from kenpo_xl.domain.adjustments import LEAVE_OUT, Choice

ITEM, TITLE, BLOCK, PLAN_TEXT, OWNER = "項", "項の題", "ブロック", "計画内容", "担当"
GROUP, COMPUTED, FINAL, REASON = "グループの評価", "計算した評価", "最終評価", "理由"
OLD, NEW = "いまの文", "直した文"
IDENTITY, ENTITY, TYPED, CHOICE = "識別名", "対象", "いまの入力値", "印字する値"


@dataclass(frozen=True)
class PlannerList:
    """A sheet with one list: what it is for, how it is used, and head, width and style of each column."""

    sheet: str
    purpose: str
    note: str
    columns: tuple[tuple[str, float, str], ...]

    @property
    def read(self) -> tuple[str, ...]:
        """The heads of the columns that the planner may type in, which are those that are read."""
        return tuple(head for head, _, style in self.columns if style != "plan")


RATINGS = PlannerList(
    "調整",
    "ブロックの最終評価を決めます。",
    "評価を決め直すブロックだけ、最終評価と理由を入れてください。"
    "グループの評価と計算した評価は決めたときのもので、後で変わった調整は適用せず、お知らせします。",
    (
        (ITEM, 8, "block"),
        (TITLE, 26, "plan"),
        (BLOCK, 9, "block"),
        (PLAN_TEXT, 46, "plan"),
        (OWNER, 21, "plan"),
        (GROUP, 16, "kind"),
        (COMPUTED, 16, "kind"),
        (FINAL, 12, "rating"),
        (REASON, 44, "text"),
    ),
)
WORDINGS = PlannerList(
    "文の調整",
    "実施状況の文を直します。",
    "実施状況の文を直すときに、いまの文（一行でもその一部でも）と直した文を入れてください。"
    f"行ごと載せないときは、直した文に {LEAVE_OUT} と入れます。空のままでは直しません。",
    ((ITEM, 9, "block"), (BLOCK, 9, "block"), (OLD, 56, "text"), (NEW, 56, "text"), (REASON, 38, "text")),
)
FIGURES = PlannerList(
    "数値の調整",
    "上書きされた計算セルを、どちらの値で印字するか決めます。",
    f"上書きされた計算セルを{Choice.TYPED}と{Choice.COMPUTED}のどちらで印字するか決めるときに入れてください。"
    "識別名は、報告書の「要確認」に出ているとおりに写します。",
    (
        (IDENTITY, 50, "text"),
        (ENTITY, 20, "text"),
        (TYPED, 17, "text"),
        (CHOICE, 14, "kind"),
        (REASON, 60, "text"),
    ),
)
ALL = (RATINGS, WORDINGS, FIGURES)
