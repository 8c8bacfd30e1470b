"""Kinds that are counted side by side, and their total behind: 12市5町の17市町 (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import alternatives
from kenpo_xl.domain.language.numbers_in_text import TextNumber

_LEADS = alternatives("の|計|の計|、計|、合計|合計|の合計|、合わせて|、あわせて|で計|で合計|、")
_KINDS = frozenset(
    alternatives("市|区|町|村|校|園|社|支部|団体|病院|診療所|薬局|施設|機関|企業|事業所|店|店舗")
)
_OF_ALL = frozenset(("か所", "団体", "機関", "施設", "件", "会場", "者", "市町村"))


@rule(
    "CO32",
    Family.AGREEMENT,
    Severity.WARNING,
    "種類ごとの数を足しても、その後の合計になりません",
    why="「12市5町の18市町」と書けば、読み手は足し算をします。",
    remedy="種類ごとの数と合計のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO14"),
)
def kinds_do_not_add_up(context: CheckContext) -> Iterator[Violation]:
    """12市5町の18市町, 3校2園、計6か所: numbers of kinds with nothing between, and another total behind."""
    for sentence in numbered_sentences(context):
        for chain, total in _addends_and_totals(sentence):
            real = sum((one.value for one in chain), Decimal(0))
            if real != total.value:
                names = "＋".join(one.text.strip() for one in chain)
                yield sentence.violation(
                    total,
                    f"{names} は {real:,} ですが、「{total.text.strip()}」とあります",
                    "それぞれの数と合計を確かめ、違うものを直してください。",
                    expected=f"{real:,}",
                    first=chain[0],
                )


def _addends_and_totals(sentence: NumberedSentence) -> Iterator[tuple[Sequence[TextNumber], TextNumber]]:
    """Numbers of different kinds side by side, and the number that follows with の or 計."""
    chain: list[TextNumber] = []
    for one, other in pairwise(sentence.numbers):
        between = sentence.between(one, other).strip()
        chain = chain or [one]
        if not between and other.unit in _KINDS:
            chain.append(other)
            continue
        if (
            _are_of_different_known_kinds(chain)
            and between in _LEADS
            and _is_unit_of_total_of_all(other, chain)
        ):
            yield chain, other
        chain = []


def _are_of_different_known_kinds(chain: Sequence[TextNumber]) -> bool:
    """Whether numbers are two and more, each of a kind of its own."""
    units = {part.unit for part in chain}
    return len(chain) > 1 and len(units) == len(chain) and units <= _KINDS


def _is_unit_of_total_of_all(total: TextNumber, chain: Sequence[TextNumber]) -> bool:
    return total.unit in _OF_ALL or all(one.unit in total.unit for one in chain)
