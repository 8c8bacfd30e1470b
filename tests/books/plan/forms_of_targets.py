"""A branch whose targets are of every form: its plan book, and what was submitted for the third quarter."""

from __future__ import annotations

from kenpo_xl.domain.submission.submission import Submission
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import item, scale, typed

GROUP = "業務課"
_RATES = """
    ブロック | 1
    KPI      | 利用率
    KPI      | 相談件数
    表       | 利用     | 利用の状況
             |          | 区分     | {年度}（{基準月}まで） | {前年度}
             |          | 利用率   | ⟪0.0%⟫   | ⟪0.0%⟫
             |          | 相談件数 | ⟪件⟫     | ⟪件⟫
    ブロック | 2
    KPI      | 計画の改定
    KPI      | 手引の公表
    KPI      | 規程の制定
    文       | ・{年度}の取組を進めた。
"""
BRANCH = PlanDrawing(
    basics=[("支部", "みなと支部"), ("年度", 2026), ("四半期", 3), ("グループ", GROUP)],
    periods=[],
    measures=[
        {"章": "１ 保健", "節": "（１）利用", "担当": GROUP},
        {"ブロック": 1, "評価": "要", "計画内容": "利用を適正な水準に保つ。"},
        {"ブロック": 2, "評価": "要", "計画内容": "計画を改め、手引を公表する。"},
    ],
    kpis=[
        {"指標": "利用率", "目標": "45％～50％", "実績": "=@1-1/利用/利用率/当年"},
        {
            "指標": "相談件数",
            "目標": "400件以上480件以下",
            "実績": "=@1-1/利用/相談件数/当年",
            "途中の判定": "経過月割",
            "印字": "{年度}目標：相談件数 {目標}、実績 {実績}",
        },
        {"指標": "計画の改定", "目標": "令和8年12月までに改定", "印字": "{名称}：{目標}（{実績}）"},
        {"指標": "手引の公表", "目標": "年度内に公表"},
        {"指標": "規程の制定", "目標": "第2四半期までに制定する"},
    ],
    scale=scale(("S", 1.2), ("A", 1.0), ("B", 0.8), ("C", 0)),
    layouts={"1-1": _RATES},
)
TYPED = Submission(
    GROUP,
    (
        item(
            "1-1",
            {"1": "B", "2": "C"},
            [("1", "KPI", "利用率"), ("1", "KPI", "相談件数"), ("1", "表", "利用")]
            + [("2", "KPI", name) for name in ("計画の改定", "手引の公表", "規程の制定")]
            + [("2", "文", "・取組を進めた。")],
            利用=[typed(0, 0.431, 0.44), typed(1, 320, 410)],
            期日の目標=[
                typed(0, "令和8年12月10日"),
                typed(1, "未"),
                typed(2, "未"),
            ],
        ),
    ),
)
