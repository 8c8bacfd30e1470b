"""Rules of the tests' own, in the place of all others: doors must not hang on what rules there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kenpo_xl.checks.context import Case
from kenpo_xl.checks.registry import Need, Rule
from kenpo_xl.domain.findings.finding import Family, Flaw, Severity
from kenpo_xl.domain.source import Source


def use(monkeypatch: pytest.MonkeyPatch, *rules: Rule) -> None:
    """Put these rules in the place of all others."""
    monkeypatch.setattr("kenpo_xl.tasks.check_session.rules", lambda: rules)


def rule(
    function: Callable[[Case], Iterator[Flaw]],
    code: str = "CA90",
    severity: Severity = Severity.WARNING,
    family: Family = Family.ARITHMETIC,
    needs: Need | None = None,
    yields_to: tuple[str, ...] = (),
    across: bool = False,
) -> Rule:
    words = "題です", "理由です。", "直してください。"
    return Rule(code, family, severity, *words, function, needs, yields_to, across)


def typed_over(case: Case) -> Iterator[Flaw]:
    """The computed cells that a person typed over."""
    for figure in case.own_figures:
        if figure.typed_over and figure.source:
            shown = figure.show(figure.typed), figure.show(figure.computed)
            message = "入力は {} ですが、計算すると {} です。".format(*shown)
            yield Flaw(figure.source, str(figure.id), message, "算式に戻してください。", *shown)


def broken(case: Case) -> Iterator[Flaw]:
    yield from typed_over(case)
    raise ZeroDivisionError("割れません")


def elsewhere(case: Case) -> Iterator[Flaw]:
    """A finding about a sheet that is gone, one about the plan book, one about the whole book."""
    book = case.submission.workbook
    for place in (Source(book, "消えたシート", "A1"), Source("計画.xlsx", "KPI", "B3"), Source(book, "", "")):
        yield Flaw(place, "", f"{place.sheet or 'ブック'}のことです。", "確かめてください。")


def silent(_: Case) -> Iterator[Any]:
    yield from ()
