"""Every look at a PC, on both sides of what it looks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.tasks.doctor.diagnosis import (
    LONGEST_PATH,
    OLDEST_PYTHON,
    BookFacts,
    Interpreter,
    PackageFact,
    Setup,
    diagnose,
)
from kenpo_xl.tasks.doctor.excel_diagnosis import Diagnosis
from kenpo_xl.tasks.doctor.excel_setup import ExcelSetup

BOOK = BookFacts(
    place=r"C:\四半期\入力\業務グループ.xlsm", name="業務グループ.xlsm", is_ours=True, has_launcher=True
)
WELL = Setup(
    version="1.2.0",
    system="Windows",
    python=(3, 12),
    packages=(PackageFact("click", "8.1", "8.1.7"), PackageFact("lxml", "", "5.3")),
    interpreter=Interpreter("操作のシートの", r"C:\kenpo\python.exe", is_there=True, version="1.2.0"),
    own_python=r"C:\kenpo-xl\.venv\Scripts\pythonw.exe",
    log=r"C:\Temp\kenpo-xl.log",
    log_is_writable=True,
    excel=ExcelSetup(has_excel=True),
    book=BOOK,
)


def todo(setup: Setup) -> list[Diagnosis]:
    return [one for one in diagnose(setup) if not one.is_ok]


def with_book(**facts: object) -> Setup:
    return replace(WELL, book=replace(BOOK, **facts))


def test_a_pc_that_is_well_has_nothing_to_do() -> None:
    assert todo(WELL) == []
    subjects = [one.subject for one in diagnose(WELL)]
    assert subjects == [
        "Python",
        "部品",
        "ボタンの Python",
        "Excel",
        "マクロの設定",
        "Defender の規則",
        "ログ",
        "ブックの場所",
        "ブック",
    ]


def test_without_a_book_only_the_pc_is_looked_at() -> None:
    assert {one.subject for one in diagnose(replace(WELL, book=None))}.isdisjoint({"ブックの場所", "ブック"})


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"python": (OLDEST_PYTHON[0], OLDEST_PYTHON[1] - 1)}, "Python"),
        ({"packages": (PackageFact("click", "8.1", ""),)}, "部品"),
        ({"packages": (PackageFact("click", "8.1", "8.0.9"),)}, "部品"),
        ({"interpreter": Interpreter("", "")}, "ボタンの Python"),
        ({"interpreter": replace(WELL.interpreter, is_there=False)}, "ボタンの Python"),
        ({"interpreter": replace(WELL.interpreter, version="")}, "ボタンの Python"),
        ({"interpreter": replace(WELL.interpreter, version="1.1.0")}, "ボタンの Python"),
        ({"excel": ExcelSetup(has_excel=False)}, "Excel"),
        ({"excel": ExcelSetup(has_excel=True, macro_policy=4)}, "マクロの設定"),
        ({"excel": ExcelSetup(has_excel=True, macro_policy=3)}, "マクロの設定"),
        ({"excel": ExcelSetup(has_excel=True, child_process_rule=1)}, "Defender の規則"),
        ({"excel": ExcelSetup(has_excel=True, child_process_rule=6)}, "Defender の規則"),
        ({"log_is_writable": False}, "ログ"),
    ],
)
def test_what_is_wrong_with_a_pc_is_told_alone(change: dict[str, object], subject: str) -> None:
    assert [one.subject for one in todo(replace(WELL, **change))] == [subject]


@pytest.mark.parametrize(
    "change",
    [
        {"python": OLDEST_PYTHON},
        {"packages": (PackageFact("click", "8.1", "8.1"),)},
        {"packages": (PackageFact("click", "8.1", "8.10.0rc1"),)},
        {"excel": ExcelSetup(has_excel=True, macro_policy=2)},
        {"excel": ExcelSetup(has_excel=True, child_process_rule=0)},
        {"excel": ExcelSetup(has_excel=True, child_process_rule=2)},
        {"system": "Linux", "excel": ExcelSetup()},
    ],
)
def test_what_is_well_with_a_pc_asks_for_nothing(change: dict[str, object]) -> None:
    assert todo(replace(WELL, **change)) == []


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        ({"place": "https://example.sharepoint.com/a/業務.xlsm"}, "ブックの場所"),
        ({"synced": r"C:\Users\a\OneDrive"}, "ブックの場所"),
        ({"place": "C:\\" + "a" * (LONGEST_PATH - 2)}, "ブックの場所"),
        ({"zone": 3}, "ダウンロードの印"),
        ({"zone": 4}, "ダウンロードの印"),
        ({"failure": "業務.xlsm は空（0 バイト）です。"}, "ブック"),
        ({"is_ours": False}, "ブック"),
        ({"has_launcher": False}, "ブック"),
        ({"foreign_macros": ("Module1",)}, "ブック"),
    ],
)
def test_what_is_wrong_with_a_book_is_told_alone(facts: dict[str, object], subject: str) -> None:
    assert [one.subject for one in todo(with_book(**facts))] == [subject]


@pytest.mark.parametrize(
    "facts",
    [
        {"place": "C:\\" + "a" * (LONGEST_PATH - 3)},
        {"place": r"\\server\共有\業務グループ.xlsm"},
        {"zone": 0},
        {"zone": 2},
    ],
)
def test_what_is_well_with_a_book_asks_for_nothing(facts: dict[str, object]) -> None:
    assert todo(with_book(**facts)) == []


def test_every_remedy_is_one_polite_sentence_with_the_fact_before_it() -> None:
    bad = replace(
        WELL,
        interpreter=Interpreter("", ""),
        excel=ExcelSetup(has_excel=True, macro_policy=4, child_process_rule=1),
        book=replace(BOOK, zone=3, foreign_macros=("Module1",)),
    )
    assert len(todo(bad)) == 5
    for one in todo(bad):
        assert one.fact.endswith("。")
        assert one.remedy.endswith(("ください。", "お使いください。"))


@pytest.mark.parametrize(
    "interpreter",
    [
        Interpreter("", ""),
        replace(WELL.interpreter, is_there=False),
        replace(WELL.interpreter, version=""),
        replace(WELL.interpreter, version="1.1.0"),
    ],
)
def test_the_python_to_be_set_is_named(interpreter: Interpreter) -> None:
    (said,) = todo(replace(WELL, interpreter=interpreter))
    assert f"環境変数 KENPO_XL_PYTHON に {WELL.own_python} と入れるか、" in said.remedy


def test_a_book_that_is_not_there_is_told_once() -> None:
    said = with_book(failure="C:\\期\\業務.xlsm がありません。", is_missing=True)
    assert [one.subject for one in diagnose(said) if "ブック" in one.subject] == ["ブック"]
