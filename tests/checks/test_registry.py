"""What the registry refuses: a rule must say the truth about its family and about other rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kenpo_xl.checks import registry
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    all_rules()  # the real ones register themselves only once
    monkeypatch.setattr(registry, "_RULES", {})


def register(code: str, family: Family = Family.VALUES, **more: Any) -> None:
    """Register a rule that reports nothing."""

    @registry.rule(code, family, Severity.ERROR, "題です", why="理由です。", remedy="直します。", **more)
    def silent(_: CheckContext) -> Iterator[Any]:
        yield from ()


def test_rules_are_returned_by_code() -> None:
    for code in ("VA100", "VA02", "VA01"):
        register(code)
    assert [one.code for one in registry.registered_rules()] == ["VA01", "VA02", "VA100"]


def test_a_code_is_used_once() -> None:
    register("VA01")
    with pytest.raises(ValueError, match="VA01 is already the code of silent"):
        register("VA01")


@pytest.mark.parametrize("family", Family)
def test_every_family_has_a_prefix_of_its_own(family: Family) -> None:
    register(f"{registry.PREFIXES[family]}01", family)
    assert sum(prefix == registry.PREFIXES[family] for prefix in registry.PREFIXES.values()) == 1


@pytest.mark.parametrize("code", ["ST01", "VA1", "VA001", "va01", "VA０１", "VA01 ", "VA", "VA1000"])
def test_a_code_has_the_form_of_its_family(code: str) -> None:
    with pytest.raises(ValueError, match=r"is no code of 値: use VA and 01 to 999"):
        register(code)


def test_a_rule_may_be_superseded_by_one_that_is_registered_later() -> None:
    register("VA01", superseded_by=("ST01",))
    register("ST01", Family.STRUCTURE)
    assert len(registry.registered_rules()) == 2


@pytest.mark.parametrize("code", ["VA99", "VA01", ""], ids=["unknown", "itself", "empty"])
def test_a_rule_is_superseded_by_another_rule_only(code: str) -> None:
    register("VA01", superseded_by=(code,))
    with pytest.raises(ValueError, match=f"VA01 is superseded by {code}, which is no other rule"):
        registry.registered_rules()


def test_codes_that_other_code_relies_on_are_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    relied_on = {code for name, code in vars(rule_codes).items() if name.isupper()}
    assert relied_on <= {one.code for one in all_rules()}
