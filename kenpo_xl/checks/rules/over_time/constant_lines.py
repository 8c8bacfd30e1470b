"""時系列: months and quarters that all hold one number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.flows import is_amount_of_money, is_flow_count
from kenpo_xl.checks.support.past_reports import WRONG_AS_OF_MONTH
from kenpo_xl.checks.support.sizes.comparable_sizes import size_evidence
from kenpo_xl.checks.support.sizes.lines_of_months import lines_of_months
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.exact import decimal_text

# An office chooses how many copies it prints; what is counted differs from month to month.
_CHOSEN = ("部", "通", "枚", "冊")
_DIGITS = 3


@rule(
    "TI25",
    Family.HISTORY,
    Severity.WARNING,
    "どの月（四半期）も同じ数です",
    why="一つの月の数をほかの月にも写したままだと、どの月の数か分かりません。",
    remedy="それぞれの月の数を入れ直してください。本当に同じであれば、理由を残してください。",
    superseded_by=(rule_codes.REPORTED_FIGURE_CHANGED, *WRONG_AS_OF_MONTH),
)
def months_all_hold_one_number(context: CheckContext) -> Iterator[Violation]:
    """Four months or quarters and more of a year, all that are filled, hold one number of three digits.

    Counts and money of single months; not levels, rates, nor copies that an office prints (部, 通).
    """
    evidence = size_evidence(context)
    for line in context.computed_once(lines_of_months):
        first, *others = (evidence.cells[key] for key in line.keys)
        if not line.is_flow or len(set(line.values)) > 1 or first.unit in _CHOSEN:
            continue
        is_quantity = is_flow_count(context, first.figure) or is_amount_of_money(context, first.figure)
        if is_quantity and len(decimal_text(line.values[0]).replace(".", "").strip("0")) >= _DIGITS:
            cells = tuple(one.source for one in others)
            message = f"{first.name}から {cells[-1].cell} までの数が、どれも {first.displayed_value()} です。"
            yield replace(first.violation(message), explains=cells)
