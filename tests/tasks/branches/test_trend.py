"""A trend from a file and from a server: the same months, values and corrections."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.tasks.branches.trend import trend_of_figure
from tests.ledger.conftest import KINDS
from tests.ledger.records import FACT, IDENTITY, KEY, RECORD, kept, with_fact


@pytest.mark.parametrize("kind", KINDS)
def test_both_ledgers_give_the_same(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    assert FACT.span
    later = replace(FACT, span=replace(FACT.span, last=FACT.span.last.next), value=Decimal("0.97"))
    fourth = replace(RECORD, key=KEY._replace(number=4), facts=(FACT, later))
    place: LedgerPlace = tmp_path / "台帳.sqlite3"
    if kind == "server":
        place = request.getfixturevalue("postgresql").new_ledger()
    kept(place, RECORD, with_fact(value=Decimal("0.999")), fourth)
    (trend,) = trend_of_figure(tmp_path, [IDENTITY], ledger=place).trends
    assert [(one.now.text, one.now.key.number, [c.text for c in one.corrected]) for one in trend.times] == [
        ("99.80％", 4, ["99.90％"]),
        ("97.00％", 4, []),
    ]
