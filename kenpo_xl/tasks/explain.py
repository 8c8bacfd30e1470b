"""The rules by code."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from kenpo_xl.checks.engine import all_rules
from kenpo_xl.checks.registry import Rule
from kenpo_xl.errors import KenpoError

__all__ = ["Rule", "all_rules", "rule_with_code"]

_NEAREST, _ALIKE = 4, 0.5


def rule_with_code(code: str) -> Rule:
    """The rule with this code, in any width and case; KenpoError with similar codes for none."""
    known = {rule.code: rule for rule in all_rules()}
    wanted = unicodedata.normalize("NFKC", code).strip().upper()
    if wanted in known:
        return known[wanted]
    alike = {one: SequenceMatcher(None, wanted, one).ratio() for one in known}
    near = sorted((one for one in alike if alike[one] >= _ALIKE), key=lambda one: (-alike[one], one))
    hint = f"近いものは {'、'.join(near[:_NEAREST])} です。" if near else ""
    raise KenpoError(f"{code} という規則はありません。{hint}kenpo-xl explain で一覧を確かめてください。")
