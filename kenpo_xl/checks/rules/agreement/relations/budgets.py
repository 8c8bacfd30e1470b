"""Money that is said to be within its budget, and is more (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit

_MONEY = frozenset(("円", "千円", "百万円"))
_BUDGETS = alternatives(
    "予算|予算額|当初予算|当初予算額|予算総額|予算の上限|上限額|限度額|予算の総額|予算現額"
)
_WITHIN = AnyOf(
    "範囲内|以内|に収ま|におさま|に収め|におさめ|内で実施|内で行|内に抑|以下に抑|を超えず|を超えない"
)
_OTHER = AnyOf(
    "補正|増額|流用|超過|前年|昨年|翌年|次年度|来年度|要求|繰越|うち|約|合わせ|計|見込|予定|見積|ずつ"
)
_PAIR = 2


@rule(
    "CO88",
    Family.AGREEMENT,
    Severity.WARNING,
    "予算の範囲内とありますが、使った額が予算より大きくなっています",
    why="「予算額630千円の範囲内で実施し、750千円を支出した」では、予算を守ったのか読み手に分かりません。",
    remedy="予算額と使った額を元の資料で確かめ、違う方を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO52", "CO64"),
)
def spending_is_over_the_budget(context: CheckContext) -> Iterator[Violation]:
    """The only two amounts of a sentence are a budget and more than it, with 範囲内, 以内 or 収まった.

    Silent for budgets that were changed (補正, 増額), other years, parts and 約.
    """
    for sentence in numbered_sentences(context):
        if not _WITHIN.is_in(sentence.text) or _OTHER.is_in(sentence.text.replace("計画", "")):
            continue
        pair = _numbers_of_budget_and_spending(sentence)
        if pair is None:
            continue
        budget, spent = pair
        if spent.value > budget.value and is_stated_exactly(spent, sentence.written.text):
            yield sentence.violation(
                spent,
                f"予算は「{budget.text.strip()}」ですが、使った額は「{spent.text.strip()}」です",
                "予算額と使った額を確かめ、違う方を直してください。",
                first=min(pair, key=lambda one: one.start),
            )


def _numbers_of_budget_and_spending(sentence: NumberedSentence) -> tuple[TextNumber, TextNumber] | None:
    """The only two amounts of a sentence, the budget and the other; None where that is not sure."""
    amounts = [one for one in sentence.numbers if one.unit in _MONEY]
    if len(amounts) != _PAIR or not is_same_unit(amounts[0].unit, amounts[1].unit):
        return None
    first, second = amounts
    match [_is_number_of_budget(sentence, one) for one in amounts]:
        case [True, False]:
            return first, second
        case [False, True]:
            return second, first
    return None


def _is_number_of_budget(sentence: NumberedSentence, number: TextNumber) -> bool:
    return sentence.before(number).rstrip(" 、のはがを(:である").endswith(_BUDGETS)
