"""Forms of services: budgets, counselling, check-ups, an association."""

from __future__ import annotations

from datetime import date

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter as letters

from tests.forms.office_form import OfficeForm

ANSWERS = {"「予算現額 (千円)」の数は": "入力する"}
"""What a planner answers otherwise than guessed, by the beginning of the question."""


def budget() -> OfficeForm:
    """国保の予算と決算: titles within the frame, two tables above one another, 構成比 in ％."""
    f = OfficeForm("予算執行状況")
    f.add_sheet("執行状況")
    p = f.put
    p(1, 1, "国民健康保険特別会計　予算執行状況（令和６年度　上半期）", "title", bold=True)
    for top, title, lines in (
        (
            3,
            "歳　　入",
            [
                ("国民健康保険税", 812000, 401200),
                ("県支出金", 2950000, 1502000),
                ("繰入金", 402000, 200100),
                ("諸収入", 12000, 3400),
            ],
        ),
        (
            11,
            "歳　　出",
            [("総務費", 60100, 28000), ("保険給付費", 2890000, 1433100), ("納付金", 1101000, 734000)],
        ),
    ):
        p(top, 1, title, "caption", merge=(1, 5), box=True, bold=True)
        rows = [
            [n, a, b, "=ROUND({c2}{r}/{c1}{r}*100,1)", f"={{c2}}{{r}}/{{c2}}{top + 2 + len(lines)}*100"]
            for n, a, b in lines
        ]
        rows.append(
            [
                "合　計",
                "=SUM({c1}{t}:{c1}{up})",
                "=SUM({c2}{t}:{c2}{up})",
                "=ROUND({c2}{r}/{c1}{r}*100,1)",
                "=SUM({c4}{t}:{c4}{up})",
            ]
        )
        f.table(
            top + 1,
            1,
            [
                [
                    "款",
                    "予算現額\n(千円)",
                    "収入済額\n(千円)" if top == 3 else "支出済額\n(千円)",
                    "執行率\n(％)",
                    "構成比\n(％)",
                ]
            ],
            rows,
            stub=1,
            formats=("", "#,##0", "#,##0", "0.0", "0.0"),
            percent=(3, 4),
        )
    p(17, 1, "※端数処理のため、合計が一致しない場合がある。", "note")
    return f


def counselling() -> OfficeForm:
    """月報: two sheets alike, half-year totals between the months, and a sheet that adds them up."""
    f = OfficeForm("相談月報")
    months = [
        "４月",
        "５月",
        "６月",
        "７月",
        "８月",
        "９月",
        "上半期計",
        "10月",
        "11月",
        "12月",
        "１月",
        "２月",
        "３月",
        "下半期計",
        "年度計",
    ]
    items = ["来所", "電話", "メール"]
    for s, name in enumerate(("東支所", "西支所", "合計")):
        f.add_sheet(name)
        p = f.put
        p(1, 1, "相談業務月報", "title", bold=True, merge=(1, 16))
        p(2, 1, "令和６年度", "title")
        p(2, 3, name, "title")
        p(2, 15, "単位：件", "unit")
        rows = []
        for i, item in enumerate(items):
            if s < 2:
                v = [30 + 3 * i + k + 10 * s for k in range(6)]
                w = [33 + k + i for k in range(3)] + [None] * 3
            else:
                v = [f"=東支所!{letters(2 + k)}{4 + i}+西支所!{letters(2 + k)}{4 + i}" for k in range(6)]
                w = [f"=東支所!{letters(9 + k)}{4 + i}+西支所!{letters(9 + k)}{4 + i}" for k in range(6)]
            rows.append(
                [item, *v, "=SUM({c1}{r}:{c6}{r})", *w, "=SUM({c8}{r}:{c13}{r})", "={c7}{r}+{c14}{r}"]
            )
        rows.append(["計"] + [f"=SUM({{c{k}}}{{t}}:{{c{k}}}{{up}})" for k in range(1, 16)])
        kinds = (
            {(i, j): "across" for i in range(3) for j in (*range(1, 7), *range(8, 14))} if s == 2 else None
        )
        f.table(3, 1, [["区分", *months]], rows, stub=1, formats=("",) + ("#,##0",) * 15, kinds=kinds)
    return f


def checkups() -> OfficeForm:
    """受診率の推移: years down the side, ％ typed as numbers, RANK, a struck row, a table beside."""
    f = OfficeForm("受診率推移")
    f.add_sheet("推移")
    p = f.put
    ws = f.sheet
    p(1, 1, "特定健診受診率の推移", "title", bold=True)
    p(3, 1, "表１　受診率", "caption")
    years = ["令和２年度", "令和３年度", "令和４年度", "令和５年度", "令和６年度"]
    data = [
        (18000, 9010, 50.1),
        (18200, 9312, 51.2),
        (18350, 9600, 52.3),
        (18110, 9700, 53.6),
        (None, None, None),
    ]
    rows = [
        [y, a, b, '=IF(OR({c1}{r}="",{c2}{r}=""),"",{c2}{r}/{c1}{r}*100)', n]
        for y, (a, b, n) in zip(years, data, strict=False)
    ]
    f.table(
        4,
        1,
        [["年　　度", "対象者数（人）", "受診者数（人）", "受診率（％）", "全国平均（％）"]],
        rows,
        stub=1,
        formats=("", "#,##0", "#,##0", "0.0", "0.0"),
        percent=(3, 4),
        row_names=["Y-4", "Y-3", "Y-2", "Y-1", "Y0"],
    )
    p(4, 7, "R5.10に算定方法を変更", "side")
    p(11, 1, "表２　支所別受診率（令和６年度）", "caption")
    names = ["中央", "東部", "西部", "南部", "北部（廃止）"]
    rows = [
        [n, 3000 + 50 * i, 1600 + 31 * i, "={c2}{r}/{c1}{r}", "=RANK({c3}{r},$D$13:$D$16)"]
        for i, n in enumerate(names)
    ]
    rows[-1][4] = None
    f.table(
        12,
        1,
        [["支所", "対象者数", "受診者数", "受診率", "順位"]],
        rows,
        stub=1,
        formats=("", "#,##0", "#,##0", "0.0%", '0"位"'),
        percent=(3,),
        struck=(4,),
    )
    for c in range(1, 6):
        ws.cell(17, c).font = Font(strike=True)
    f.roles["推移!A17"] = "ignored"
    p(11, 7, "表３　受診券の発送", "caption")
    f.table(
        12,
        7,
        [["発送月", "発送数（通）"]],
        [["4月", 12000], ["5月", 5300], ["6月", None], ["計", "=SUM({c1}{t}:{c1}{up})"]],
        stub=1,
        formats=("", "#,##0"),
    )
    return f


def council() -> OfficeForm:
    """社協の事業報告: stacked tables, sections within a body, typed totals, a table without borders."""
    f = OfficeForm("事業報告")
    f.add_sheet("R6実績")
    p = f.put
    p(1, 1, "2024年度　事業実績報告", "title", merge=(1, 7), bold=True)
    p(3, 1, "１　居宅介護等事業", "caption", bold=True)
    heads = [
        ["事業区分", "2023年度実績", "<", "2024年度実績", "<", "増　減"],
        ["^", "実人数", "延回数", "実人数", "延回数", "延回数"],
        ["^", "(人)", "(回)", "(人)", "(回)", "(回)"],
    ]
    rows = [
        ["身体介護", 45, 1980, 48, 2105, "={c4}{r}-{c2}{r}"],
        ["生活援助", 60, 2400, 57, 2290, "={c4}{r}-{c2}{r}"],
        ["通院等乗降介助", 12, 160, 15, 201, "={c4}{r}-{c2}{r}"],
        ["合計", 117, 4540, 120, 4596, "={c4}{r}-{c2}{r}"],
    ]
    f.table(
        4,
        1,
        heads,
        rows,
        stub=1,
        formats=("",) + ("#,##0",) * 6,
        kinds={(3, j): "computed" for j in range(1, 5)},
        column_names=[
            "",
            "2023年度実績|実人数",
            "2023年度実績|延回数",
            "2024年度実績|実人数",
            "2024年度実績|延回数",
            "増減|延回数",
        ],
    )
    p(12, 1, "２　貸付事業", "caption", bold=True)
    sect = [
        ["【生活福祉資金】", "<", "<", "<"],
        ["総合支援資金", 12, 4800, None],
        ["福祉資金", 7, 1120, None],
        ["【法外援護資金】", "<", "<", "<"],
        ["緊急小口", 31, 930, "随時"],
        ["小　計", "=SUM({c1}14:{c1}{up})", "=SUM({c2}14:{c2}{up})", None],
    ]
    f.table(
        13,
        1,
        [["資金の種類", "件数（件）", "金額（千円）", "摘要"]],
        sect,
        stub=1,
        formats=("", "#,##0", "#,##0", ""),
        texts=(3,),
        row_names=[
            "",
            "生活福祉資金|総合支援資金",
            "生活福祉資金|福祉資金",
            "",
            "法外援護資金|緊急小口",
            "小計",
        ],
    )
    p(21, 1, "３　ボランティア登録状況（３月末現在）", "caption", bold=True)
    f.table(
        22,
        1,
        [["", "団体数", "人数"]],
        [
            ["高齢者支援", 24, 410],
            ["子育て支援", 11, 156],
            ["合　計", "=SUM({c1}{t}:{c1}{up})", "=SUM({c2}{t}:{c2}{up})"],
        ],
        stub=1,
        formats=("", "0", "#,##0"),
        border=False,
    )
    p(27, 1, "４　行事", "caption", bold=True)
    f.table(
        28,
        1,
        [["開催日", "行事名", "参加者数"]],
        [
            [date(2024, 5, 12), "福祉まつり", 350],
            [date(2024, 9, 16), "敬老のつどい", 210],
            [None, None, None],
            [None, None, None],
            [None, None, None],
        ],
        stub=0,
        formats=("m月d日", "", "#,##0"),
        texts=(0, 1),
        row_names=["*"] * 5,
    )
    ws = f.add_sheet("リスト")
    ws.sheet_state = "hidden"
    ws["A1"] = "高齢者支援"
    ws["A2"] = "子育て支援"
    f.roles |= {"リスト!A1": "ignored", "リスト!A2": "ignored"}
    return f


FORMS = (budget, counselling, checkups, council)
