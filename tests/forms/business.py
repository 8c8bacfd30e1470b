"""Forms after the patterns of public reports: of an insurer, a health service, a city, an association."""

from __future__ import annotations

from datetime import date

from tests.forms.office_form import OfficeForm


def seamen() -> OfficeForm:
    f = OfficeForm("業務状況報告")
    f.add_sheet("様式第1号")
    p = f.put
    p(1, 1, "（様式第１号）", "title")
    p(2, 1, "令和６年度　第３四半期　業務状況報告書", "title", merge=(1, 10), bold=True)
    p(3, 8, "報告課：", "admin")
    p(3, 9, "保険給付課", "admin")
    p(5, 1, "１．現金給付の支払状況", "caption", bold=True)
    p(5, 10, "（単位：件、千円）", "unit")
    kinds = ("傷病手当金", "出産手当金", "出産育児一時金")
    rows = []
    for i, k in enumerate(kinds):
        rows.append(
            [
                "被保険者" if i == 0 else "^",
                k,
                1200 + 37 * i,
                53210 + i * 811,
                1250 + 13 * i,
                55100 + i * 700,
                '=IF({c2}{r}=0,"",{c4}{r}/{c2}{r})',
                '=IFERROR({c5}{r}/{c3}{r},"-")',
            ]
        )
    rows.append(
        [
            "^",
            "小計",
            "=SUM({c2}{t}:{c2}{up})",
            "=SUM({c3}{t}:{c3}{up})",
            "=SUM({c4}{t}:{c4}{up})",
            "=SUM({c5}{t}:{c5}{up})",
            '=IF({c2}{r}=0,"",{c4}{r}/{c2}{r})',
            '=IFERROR({c5}{r}/{c3}{r},"-")',
        ]
    )
    rows.append(
        [
            "被扶養者",
            "家族出産育児一時金",
            310,
            130200,
            288,
            144000,
            '=IF({c2}{r}=0,"",{c4}{r}/{c2}{r})',
            '=IFERROR({c5}{r}/{c3}{r},"-")',
        ]
    )
    rows.append(
        [
            "^",
            "家族埋葬料",
            28,
            1400,
            31,
            1550,
            '=IF({c2}{r}=0,"",{c4}{r}/{c2}{r})',
            '=IFERROR({c5}{r}/{c3}{r},"-")',
        ]
    )
    rows.append(
        ["合計", "<"]
        + [f"={{c{j}}}11+{{c{j}}}12+{{c{j}}}13" for j in range(2, 6)]
        + ['=IF({c2}{r}=0,"",{c4}{r}/{c2}{r})', '=IFERROR({c5}{r}/{c3}{r},"-")']
    )
    heads = [
        ["給付の種類", "<", "令和５年度", "<", "令和６年度", "<", "対前年度比", "<"],
        ["^", "<", "件数", "金額", "件数", "金額", "件数", "金額"],
    ]
    f.table(
        6,
        1,
        [[heads[0][0], "<", *heads[0][2:]], ["^", "^", *heads[1][2:]]],
        rows,
        stub=2,
        formats=("", "", "#,##0", "#,##0", "#,##0", "#,##0", "0.0%", "0.0%"),
        percent=(6, 7),
    )
    p(15, 1, "※　金額は千円未満を切り捨てて記載すること。", "note")
    p(16, 1, "※　対前年度比は令和５年度を100とした割合。", "note")
    p(18, 1, "２．レセプト点検の効果額", "caption", bold=True)
    p(18, 6, "単位：円", "unit")
    f.table(
        19,
        1,
        [["区　分", "4～6月", "7～9月", "10～12月", "累計"]],
        [
            ["内容点検", 1250000, 990000, 1130500, "=SUM({c1}{r}:{c3}{r})"],
            ["資格点検", 820000, 760300, 700100, "=SUM({c1}{r}:{c3}{r})"],
            [
                "計",
                "=SUM({c1}{t}:{c1}{up})",
                "=SUM({c2}{t}:{c2}{up})",
                "=SUM({c3}{t}:{c3}{up})",
                "=SUM({c1}{r}:{c3}{r})",
            ],
            [
                "加入者１人当たり効果額",
                "=ROUND({c1}22/12000,0)",
                "=ROUND({c2}22/12000,0)",
                "=ROUND({c3}22/12000,0)",
                "=ROUND({c4}22/12000,0)",
            ],
        ],
        stub=1,
        formats=("", "#,##0", "#,##0", "#,##0", "#,##0"),
    )
    p(24, 1, "（注）効果額は査定額と返戻額の合計。", "note")
    return f


def health() -> OfficeForm:
    f = OfficeForm("保健事業実績")
    f.add_sheet("健診")
    p = f.put
    p(1, 1, "令和6年度 保健事業実績（12月末現在）", "title", merge=(1, 9), bold=True)
    p(3, 1, "特定健診", "caption", bold=True)
    p(3, 6, "特定保健指導", "caption", bold=True)

    def rows(seed: int) -> list[list[object]]:
        return [
            [n, a, b, "=ROUND({c2}{r}/{c1}{r}*100,1)"]
            for n, a, b in (
                ("40～49歳", 3000 + seed, 1500 + seed),
                ("50～59歳", 2800 + seed, 1700),
                ("60～69歳", 2500, 1600 + seed),
            )
        ] + [["計", "=SUM({c1}{t}:{c1}{up})", "=SUM({c2}{t}:{c2}{up})", "=ROUND({c2}{r}/{c1}{r}*100,1)"]]

    f.table(
        4,
        1,
        [["年齢階級", "対象者数（人）", "受診者数（人）", "受診率（％）"]],
        rows(7),
        stub=1,
        formats=("", "#,##0", "#,##0", "0.0"),
        percent=(3,),
    )
    f.table(
        4,
        6,
        [["年齢階級", "対象者数（人）", "終了者数（人）", "終了率（％）"]],
        rows(11),
        stub=1,
        formats=("", "#,##0", "#,##0", "0.0"),
        percent=(3,),
    )
    ws = f.add_sheet("月別")
    p(1, 1, "月別の健診受診者数", "title", bold=True)
    p(2, 15, "（単位：人）", "unit")
    ms = [f"{m}月" for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]

    def series(seed: int) -> list[int | None]:
        return [seed + 10 * i if i < 9 else None for i in range(12)]

    f.table(
        3,
        1,
        [["区分", "<", *ms, "計"]],
        [
            ["本人", "R6", *series(100), "=SUM({c2}{r}:{c13}{r})"],
            ["^", "R5"] + [90 + 9 * i for i in range(12)] + ["=SUM({c2}{r}:{c13}{r})"],
            ["家族", "R6", *series(50), "=SUM({c2}{r}:{c13}{r})"],
            ["^", "R5"] + [44 + 7 * i for i in range(12)] + ["=SUM({c2}{r}:{c13}{r})"],
        ],
        stub=2,
        formats=("", "") + ("#,##0",) * 13,
    )
    ws.column_dimensions["P"].hidden = True
    ws["P4"] = 12345
    f.roles["月別!P4"] = "ignored"
    ws = f.add_sheet("重症化予防")
    p(1, 1, "糖尿病性腎症重症化予防事業", "title", merge=(1, 6), bold=True)
    f.table(
        3,
        1,
        [["項　目", "令和5年度実績", "令和6年度目標", "令和6年度実績（12月末）", "達成率", "備　考"]],
        [
            ["受診勧奨通知数", 420, 450, 380, '=IF({c2}{r}="","",{c3}{r}/{c2}{r})', "郵送"],
            ["電話勧奨数", 200, 220, 190, '=IF({c2}{r}="","",{c3}{r}/{c2}{r})', None],
            ["保健指導終了者数", 31, 40, 22, '=IF({c2}{r}="","",{c3}{r}/{c2}{r})', "委託を含む"],
        ],
        stub=1,
        formats=("", '#,##0"件"', '#,##0"件"', '#,##0"件"', "0.0%", "@"),
        percent=(4,),
        texts=(5,),
        kinds={(i, 2): "given" for i in range(3)},
    )
    p(7, 1, "※委託分を含む。", "note")
    return f


def city() -> OfficeForm:
    f = OfficeForm("総合計画進捗")
    for number in (1, 2):
        f.add_sheet(f"施策1-{number}")
        p = f.put
        p(1, 1, "総合計画　進捗管理シート", "title", merge=(1, 9), bold=True, box=True)
        p(2, 1, "施　策　名", "header", box=True)
        p(2, 2, ("子育て支援の充実", "高齢者福祉の充実")[number - 1], "title", merge=(1, 8), box=True)
        p(3, 1, "担　当　課", "admin", box=True)
        p(3, 2, "こども課", "admin", merge=(1, 3), box=True)
        p(3, 5, "作成日", "admin", box=True)
        p(3, 6, date(2025, 1, 15), "admin", merge=(1, 4), box=True, number_format="yyyy/m/d")
        p(5, 1, "【成果指標】", "caption")
        names = (("保育所待機児童数", "人"), ("延長保育実施率", "％"), ("相談件数", "件"))
        rows = []
        for i, (n, u) in enumerate(names):
            v = [12, 88.5, 1400][i]
            rows.append([n, u, v, "目標", v, v, v, v, v])
            rows.append(["^", "^", "^", "実績", v + 1, v + 2, v, None, None])
        heads = [
            ["指標名", "単位", "基準値", "区分", "R4", "R5", "R6", "R7", "R8"],
            ["^", "^", "R3", "^", "^", "^", "^", "^", "^"],
        ]
        kinds = {(i, j): "given" for i in (0, 2, 4) for j in range(4, 9)}
        kinds |= {(i, 2): "given" for i in range(6)}
        f.table(
            6,
            1,
            heads,
            rows,
            stub=2,
            unit_columns=(1,),
            kinds=kinds,
            formats=("", "", "#,##0.0") + ("",) + ("#,##0.0",) * 5,
            row_names=[f"{names[i // 2][0]}|{'目標' if i % 2 == 0 else '実績'}" for i in range(6)],
            column_names=["", "", "基準値|!2021", "", "!2022", "!2023", "!2024", "!2025", "!2026"],
        )
        # the column 区分 is a header column; 基準値 is merged over two rows
        for i in range(6):
            r = 8 + i
            f.body.pop(f.cell_key(r, 4))
            f.roles[f.cell_key(r, 4)] = "header"
            if i % 2:
                f.body.pop(f.cell_key(r, 3), None)
        for r in (10, 11):
            for c in (5, 6, 7, 8, 9):
                f.body[f.cell_key(r, c)].percent = True
        f.body[f.cell_key(10, 3)].percent = True
        for c in (3,):
            for r in (8, 10, 12):
                f.body[f.cell_key(r, c)].row = names[(r - 8) // 2][0]
        p(15, 1, "今年度の取組", "field", merge=(2, 1), box=True)
        p(15, 2, "相談窓口を１か所増設した。", "field", merge=(2, 8), box=True)
        p(17, 1, "今後の課題", "field", merge=(2, 1), box=True)
        p(17, 2, None, "field", merge=(2, 8), box=True)
    return f


def seminars() -> OfficeForm:
    f = OfficeForm("研修会等実施報告")
    f.add_sheet("Sheet1")
    p = f.put
    p(1, 2, "研修会・説明会等　実施状況", "title", bold=True)
    p(2, 7, "２０２４年度上半期", "title")
    p(4, 2, "（１）研修会の開催", "caption")
    rows = [
        [1, "4月18日", "商工会議所", "算定基礎届", "事業主", 42],
        [2, "6月12日", "市民会館", "健康経営", "事業主", 55],
        [3, "9月2日", "オンライン", "電子申請", "担当者", 118],
    ] + [[i, None, None, None, None, None] for i in range(4, 9)]
    rows.append(["計", "<", "<", "<", "<", "=SUM({c5}{t}:{c5}{up})"])
    f.table(
        5,
        2,
        [["No.", "開催日", "会場", "内容", "対象", "参加人数"]],
        rows,
        stub=1,
        formats=("", "m月d日", "", "", "", '#,##0"人"'),
        texts=(1, 2, 3, 4),
        row_names=["*"] * 8 + ["計"],
    )
    for r in range(6, 14):
        f.roles[f.cell_key(r, 2)] = "number"
    p(17, 2, "（２）広報", "caption")
    f.table(
        18,
        2,
        [["媒　体", "発行回数\n（回）", "発行部数\n（部）", "１回当たり部数"]],
        [
            ["広報誌", 6, 60000, '=IF(ISERROR({c2}{r}/{c1}{r}),"",{c2}{r}/{c1}{r})'],
            ["メールマガジン", 12, 15400, '=IF(ISERROR({c2}{r}/{c1}{r}),"",{c2}{r}/{c1}{r})'],
            ["ちらし", 3, 9000, '=IF(ISERROR({c2}{r}/{c1}{r}),"",{c2}{r}/{c1}{r})'],
            ["合　計", 21, 84400, '=IF(ISERROR({c2}{r}/{c1}{r}),"",{c2}{r}/{c1}{r})'],
        ],
        stub=1,
        formats=("", "#,##0", "#,##0", "#,##0"),
        kinds={(3, 1): "computed", (3, 2): "computed"},
    )
    p(18, 7, "広報誌は全事業所に送付", "side")
    p(24, 2, "（３）関係団体との連携（自由記載）", "caption")
    p(25, 2, None, "field", merge=(3, 6), box=True)
    return f


FORMS = (seamen, health, city, seminars)
