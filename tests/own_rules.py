"""Rules of the tests' own, in the place of all others: doors must not hang on what rules there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, Rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.source import Source


def use(monkeypatch: pytest.MonkeyPatch, *rules: Rule) -> None:
    """Put these rules in the place of all others."""
    monkeypatch.setattr("kenpo_xl.tasks.check_session.all_rules", lambda: rules)


def rule(
    function: Callable[[CheckContext], Iterator[Violation]],
    code: str = "CA90",
    severity: Severity = Severity.WARNING,
    family: Family = Family.ARITHMETIC,
    needs: Requirement | None = None,
    superseded_by: tuple[str, ...] = (),
    across: bool = False,
    explained_by: tuple[str, ...] = (),
) -> Rule:
    words = "題です", "理由です。", "直してください。"
    return Rule(code, family, severity, *words, function, needs, superseded_by, explained_by, across)


def overwritten(context: CheckContext) -> Iterator[Violation]:
    """The computed cells that a person typed over."""
    for figure in context.own_figures:
        if figure.overwritten and figure.source:
            shown = figure.displayed_text(figure.typed), figure.displayed_text(figure.computed)
            message = "入力は {} ですが、計算すると {} です。".format(*shown)
            yield Violation(figure.source, str(figure.id), message, "算式に戻してください。", *shown)


def broken(context: CheckContext) -> Iterator[Violation]:
    yield from overwritten(context)
    raise ZeroDivisionError("割れません")


def elsewhere(context: CheckContext) -> Iterator[Violation]:
    """A finding about a sheet that is gone, one about the plan book, one about the whole book."""
    book = context.submission.workbook
    for place in (Source(book, "消えたシート", "A1"), Source("計画.xlsx", "KPI", "B3"), Source(book, "", "")):
        yield Violation(place, "", f"{place.sheet or 'ブック'}のことです。", "確かめてください。")


def silent(_: CheckContext) -> Iterator[Any]:
    yield from ()
