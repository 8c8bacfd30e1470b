"""Writes the book with which an office begins (はじめに.xlsm): the buttons up to its first planner's book.

It is of no plan: the plan book is made beside it, and every button works in the folder that it lies in.
"""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.common.control_sheet import ADOPT_FROM, Button, Control, add_control_sheet
from kenpo_xl.books.common.list_sheet import add_stamp_sheet
from kenpo_xl.books.common.macros.launcher_cells import write_launcher_cells
from kenpo_xl.books.common.macros.macro_workbook import new_macro_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.planner import control, lists
from kenpo_xl.books.planner.writer import write_auto_filled_list

START_NAME = "はじめに.xlsm"

_STEPS = (
    "１．期のフォルダー（「令和8年度第3四半期」など）を作ってこのブックを写し、写したブックを開いて始めます。",
    "２．「新しい計画を作る」を押すと、隣に計画ブック（計画.xlsx）ができて開きます。",
    "　　お使いの様式から作るときは、上に場所を入れて、代わりに「様式を取り入れる」を押してください。",
    "３．計画ブックに計画を書いて保存し、「計画を確かめる」を押します。直すものがなくなるまで繰り返します。",
    "４．計画ブックを閉じて「入力ブックを作る」を押すと、グループのブックと 取りまとめ.xlsm ができます。",
    "　　このあとは 取りまとめ.xlsm を使います。このブックは消してかまいません。",
)
_WITHOUT = "IT 担当に kenpo-xl init、plan、build を頼んでください。"
_PYTHON = (
    "IT 担当が、配る前に入れます。初めて入力ブックを作るときに、計画ブックの「基本」に入ります。"
    "空欄のときは PATH を使います。"
)
_FIRST_PLAN = Button(
    "FirstPlan",
    "新しい計画を作る",
    "このブックの隣に、表の描き方の見本が付いた計画ブックを作ります。もうあれば作りません。",
)
_CHECK_PURPOSE = "計画ブックの直すところと、各行をどう読んだかです。"
_SHARED = ("AdoptForm", "CheckPlan", "BuildBooks")


def write_start_book(path: Path) -> None:
    """Write the book to `path`; always the same bytes."""
    shared = {button.macro: button for button in control.BUTTONS}
    check = lists.PLAN_CHECK
    with new_macro_workbook(path) as book:
        look = Styles(book)
        add_control_sheet(
            book,
            look,
            Control(
                title="事業実施状況　はじめに",
                facts=(("このブック", "計画ブックと、初めての入力ブックを作るためのものです。"),),
                buttons=(_FIRST_PLAN, *(shared[macro] for macro in _SHARED)),
                steps=_STEPS,
                without_buttons=_WITHOUT,
                links=((check.sheet, _CHECK_PURPOSE),),
                asked=(ADOPT_FROM,),
                python_words=_PYTHON,
            ),
        )
        write_auto_filled_list(book, look, check, lists.SHOWN[check])
        write_launcher_cells(book, add_stamp_sheet(book, ()), 0)
