"""How many there are of all: 全47支部, 47都道府県, 県内63市町村, once and for the whole book (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.names.bodies_elsewhere import PREFECTURES
from kenpo_xl.domain.language.numbers_in_text import TextNumber

_ALL_WORDS = ("全国", "全", "県内", "県内全", "県内の全", "市内", "管内", "管内全", "道内", "府内", "都内")
_OF_NATION = {"都道府県": len(PREFECTURES)}
_BRANCH = "支部"
_UNITS = frozenset(("支部", "都道府県", "市町村", "市", "町", "村", "区", "会場", "グループ"))


@rule(
    "CO44",
    Family.AGREEMENT,
    Severity.WARNING,
    "「全」「県内」の数が、実際やほかの行の数と違います",
    why="「全46支部」「県内62市町村」のように全体の数が違うと、一つ抜けているように読めます。",
    remedy="全体の数を確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO54"),
)
def all_are_of_another_number(context: CheckContext) -> Iterator[Violation]:
    """全46支部, 48都道府県, and 県内62市町村 beside 県内63市町村 of another line, at the rarer one.

    All branches are as many as prefectures where the office is a branch of one.
    """
    known = dict(_OF_NATION)
    if context.plan.branch.removesuffix(_BRANCH) in PREFECTURES:
        known[_BRANCH] = len(PREFECTURES)
    found: dict[tuple[str, str], list[tuple[NumberedSentence, TextNumber]]] = {}
    for sentence in numbered_sentences(context):
        for number in sentence.numbers:
            if number.unit not in _UNITS:
                continue
            word = _word_for_all_before(sentence, number)
            right = known.get(number.unit)
            if right is None and word:
                found.setdefault((word, number.unit), []).append((sentence, number))
            elif right and number.value != right and (number.value > right or word in ("全国", "全")):
                yield _violation_for_other_number_of_all(sentence, number, f"{right}{number.unit}")
    for mentions in found.values():
        yield from _violations_for_rarer_numbers(mentions)


def _word_for_all_before(sentence: NumberedSentence, number: TextNumber) -> str:
    before = sentence.plain[max(0, number.start - 4) : number.start].rstrip("の ")
    return next((one for one in sorted(_ALL_WORDS, key=len, reverse=True) if before.endswith(one)), "")


def _violations_for_rarer_numbers(mentions: list[tuple[NumberedSentence, TextNumber]]) -> Iterator[Violation]:
    """The numbers that differ from what more lines say."""
    values = [number.value for _, number in mentions]
    usual = max(values, key=values.count)
    for sentence, number in mentions:
        if number.value != usual and values.count(usual) > values.count(number.value):
            yield _violation_for_other_number_of_all(sentence, number, f"{usual:,}{number.unit}")


def _violation_for_other_number_of_all(
    sentence: NumberedSentence, number: TextNumber, right: str
) -> Violation:
    return sentence.violation(
        number,
        f"「{number.text.strip()}」とありますが、全体は{right}のはずです",
        "全体の数を確かめて直してください。",
        expected=right,
    )
