"""The first sheet (操作) of the planner's book: its buttons, the steps of a period, its sheets."""

from __future__ import annotations

from kenpo_xl.books.common.control_sheet import (
    ADOPT_FROM,
    CARRY_FROM,
    REOPEN,
    Button,
    Control,
    labelled_period_texts,
)
from kenpo_xl.books.planner import lists
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Plan

_STEPS = (
    "１．「計画を確かめる」を押し、「計画の確認」の直すものを計画ブックで直して保存し、なくなるまで繰り返します。",
    "　　「入力ブックを作る」を押し、グループに配ります。",
    "２．「取込」を押すと、「提出状況」が新しくなり、「調整」のまだ決めていない行に今の評価が入ります。",
    "　　グループに直してほしいこと、確かめてほしいことは、「差戻し」に書いて保存してください。",
    "３．そろったら「報告書作成」を押し、「要確認」と、報告書の「KPI一覧」をご覧ください。PDF もできます。",
    "　　報告書の「概要」に載せる文は「概要の文」に、見通しを変えるときは「見通し」に入れてください。",
    "４．評価は「調整」に最終評価と理由を、実施状況の文は「文の調整」に直した文を、",
    "　　上書きされた計算セルは「数値の調整」に印字する値を入れて、もう一度「報告書作成」を押してください。",
    "５．決めた後にグループが評価や文を変えたときは、その調整を適用せず、「要確認」でお知らせします。",
    "　　内容を確かめて、その行を直すか消してください。",
    "６．資料にしたら「確定」を押します。そのあとは、ボタンも夜間の処理も、この期を変えません。",
    "７．「次の期を作る」を押します。前の期の数値と文が、次の期の入力ブックに入ります。",
)
_STEPS_WITHOUT = (
    "１．提出の状態は、フォルダー「報告」の「提出状況.xlsx」をご覧ください。夜間などに新しくなります。",
    "２．グループに直してほしいこと、確かめてほしいことは「差戻し」に、評価、文、値を変えるときは「調整」",
    "　　「文の調整」「数値の調整」に入れて、保存して閉じてください。次の報告書に入ります。",
    "　　報告書の「概要」に載せる文は「概要の文」に、見通しを変えるときは「見通し」に入れてください。",
    "３．入力ブック、報告書、確定、次の期は、IT 担当にコマンドの実行を頼んでください",
    "　　（kenpo-xl build、report、close、new）。",
)
_WITHOUT = "このブックを保存して閉じ、コマンド kenpo-xl report を実行してください。"
BUTTONS = (
    Button(
        "CheckPlan",
        "計画を確かめる",
        "保存した計画ブックの直すところと、各行をどう読んだかを「計画の確認」に並べます。",
    ),
    Button(
        "BuildBooks",
        "入力ブックを作る",
        "計画ブックから、入力ブックを作ります。計画を直したときも、保存して押してください。",
    ),
    Button(
        "Collect",
        "取込",
        "提出されたブックを読み、提出の状態、差戻しの返事、いまの文と値を並べます。",
    ),
    Button(
        "MakeReport",
        "報告書作成",
        "提出されたブックと、ここで決めた調整から、報告書とその PDF を作ります。",
    ),
    Button("OpenReport", "報告書を開く", "作った報告書を開きます。"),
    Button(
        "PublicReport",
        "公表用を作る",
        "数値、要確認、変更一覧、出所のメモ、リンクのない報告書と PDF を作ります。確定後も押せます。",
    ),
    Button(
        "ClosePeriod",
        "確定",
        "報告書をもう一度作り、この期を確定します。直すものが残っているときは確定しません。",
    ),
    Button(
        "NextPeriod",
        "次の期を作る",
        "次の期のフォルダーを作り、引継ぎを開きます。もう一度押すと、入力ブックができます。",
    ),
    Button(
        "ReopenPeriod",
        "確定を取り消す",
        "下に理由を入れて押すと、確定した期をまた変えられます。日付と理由が残ります。",
    ),
    Button(
        "CarryBook",
        "ブックを写す",
        "下に場所を入れて押すと、壊れたブックや古いブックの入力を、新しいブックに写します。",
    ),
    Button(
        "AdoptForm",
        "様式を取り入れる",
        "下に場所を入れて押すと、お使いの様式から計画ブックを作ります。もう一度押すと、確認の答えが入ります。",
    ),
)


def control_of_planner_book(plan: Plan) -> Control:
    """What the sheet says for a plan."""
    return Control(
        title=f"{fill_placeholders(plan.title, plan.placeholder_context())}　取りまとめ",
        facts=labelled_period_texts(plan),
        buttons=BUTTONS if plan.has_buttons else (),
        steps=_STEPS if plan.has_buttons else _STEPS_WITHOUT,
        without_buttons=_WITHOUT,
        links=[(one.sheet, one.purpose) for one in (*lists.SHOWN, lists.RETURNS, *lists.ALL, *lists.SUMMARY)],
        asked=(REOPEN, CARRY_FROM, ADOPT_FROM) if plan.has_buttons else (),
        python=plan.python,
    )
