"""What a careful office would put right in the sample's books, as data, and the clerk who types it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.formula.translate import Translator

from tests.edited import edited

GYOMU, REZEPT, HOKEN, KIKAKU = "業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"


@dataclass(frozen=True)
class Words:
    """In a text these words stand for those."""

    wrong: str
    right: str

    def into(self, cell: Any) -> None:
        assert self.wrong in cell.value, f"{cell.coordinate}: {cell.value!r}"
        cell.value = cell.value.replace(self.wrong, self.right)


@dataclass(frozen=True)
class Typed:
    """A number, a text or a formula typed over what stood there."""

    value: float | str

    def into(self, cell: Any) -> None:
        cell.value = self.value


@dataclass(frozen=True)
class CopiedFrom:
    """The formula of another cell of the sheet, copied and pasted."""

    other: str

    def into(self, cell: Any) -> None:
        formula = cell.parent[self.other].value
        cell.value = Translator(formula, origin=self.other).translate_formula(cell.coordinate)


@dataclass(frozen=True)
class Correction:
    """What is done in cells of one sheet, and the findings (code and cell) that go with it."""

    group: str
    sheet: str
    cells: tuple[tuple[str, Words | Typed | CopiedFrom], ...]
    removes: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The sheet and its first cell."""
        return f"{self.sheet}!{self.cells[0][0]}"


def _one(group: str, place: str, done: Words | Typed | CopiedFrom, *removes: str) -> Correction:
    """One cell; `removes` are codes of findings in it, or `code sheet!cell` of others."""
    sheet, cell = place.split("!")
    findings = [code.split() if " " in code else (code, place) for code in removes]
    return Correction(group, sheet, ((cell, done),), tuple((code, at) for code, at in findings))


_TRUNCATED = ("G70", "G71", "G73", "G75", "G76")

CORRECTIONS = (
    _one(REZEPT, "1-2-4!I29", Typed("=SUM(E29:H29)"), "CA02"),
    _one(REZEPT, "1-2-4!I30", Typed("=SUM(E30:H30)"), "CA02"),
    _one(KIKAKU, "1-1!D13", Words("メルマガ", "メールマガジン"), "WO08"),
    _one(KIKAKU, "2-3-3!D10", Words("令和 7 月１～３月まで", "令和 7 年１月～３月"), "WO01"),
    _one(KIKAKU, "2-4!D24", Words("健康保険委員向け対し", "健康保険委員に対し"), "WO12"),
    _one(KIKAKU, "2-4!D25", Words("健康保険だより", "健康保険委員だより"), "WO08"),
    _one(KIKAKU, "2-4!D25", Words("4 半期", "四半期"), "WO08"),
    _one(KIKAKU, "2-4!G47", Typed(11_650), "CO12"),
    Correction(
        KIKAKU, "2-4", tuple((cell, CopiedFrom("G69")) for cell in _TRUNCATED), (("CA03", "2-4!G68"),)
    ),
    _one(KIKAKU, "3-2!D10", Words("７月", "7 月、11 月"), "CO11 3-1!D10"),
    _one(KIKAKU, "3-2!D11", Words("7 月", "7 月、11 月"), "CO11 3-1!D11"),
    _one(KIKAKU, "3-2!D12", Words("8 月", "8 月、12 月"), "CO11 3-1!D12"),
    Correction(
        KIKAKU,
        "3-3",
        tuple(
            (cell, Words("コンプライアンス保護委員会", "コンプライアンス委員会"))
            for cell in ("D12", "D13", "D14", "D15")
        ),
        (("WO08", "3-3!D12"),),
    ),
    Correction(
        KIKAKU,
        "3-3",
        tuple((cell, Words("リスク管理員会", "リスク管理委員会")) for cell in ("D16", "D17")),
        (("WO08", "3-3!D16"),),
    ),
    _one(
        HOKEN,
        "2-2-5!D11",
        Words(
            "５月 28 日に健康経営埼玉推進協議会を 7 月 24 日に、", "健康経営埼玉推進協議会を 7 月 24 日に、"
        ),
        "WO10",
    ),
    _one(HOKEN, "2-2-5!D15", Words("12 月 20 に", "12 月 20 日に"), "WO02"),
    _one(GYOMU, "1-2-2!D9", Words("日時で管理", "日次で管理"), "WO08"),
    _one(GYOMU, "1-2-2!D13", Words("HP", "ホームページ")),
    _one(GYOMU, "1-2-2!D17", Words("取組み", "取組")),
)
"""Every error and warning of the books put right. How many copies of 10 月号 there were is made up."""


def correct(period: Path, corrections: Iterable[Correction] = CORRECTIONS) -> None:
    """Type corrections into the books that were handed in."""
    every = list(corrections)
    for group in dict.fromkeys(one.group for one in every):
        path = period / "提出" / f"{group}.xlsm"
        with edited(path) as book:
            for one in every:
                for cell, done in one.cells if one.group == group else ():
                    done.into(book[one.sheet][cell])
