"""Classes by a number (50人以上, 50人未満) that overlap, and cases outside their condition (整合)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.numbers.exact import decimal_text

_BOUNDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "以上": lambda value, bound: value >= bound,
    "以下": lambda value, bound: value <= bound,
    "以内": lambda value, bound: value <= bound,
    "未満": lambda value, bound: value < bound,
    "超": lambda value, bound: value > bound,
}
_WORDS = tuple(_BOUNDS)
_ANY_BOUND = AnyOf("|".join(_WORDS))
_BOTH = frozenset((frozenset(("以上", "以下")), frozenset(("以上", "以内"))))
_NEITHER = frozenset(("未満", "超"))
# What was above and is below now is no class.
_CHANGES = AnyOf(
    "改善|下が|低下|なった|だった|移行|減っ|引き下げ|引き上げ|変更|見直|から以|または|又は|もしくは|ちょうど"
)
_LIMITED = AnyOf("に限|限定|絞|対象とし|条件とし|条件に|対象に|要件")
_EXCEPT = AnyOf("除|対象外|以外|例外|特例|断|含め|加え|拡|広げ|ほか|緩和|試行|前年|昨年|従来|これまで")


@rule(
    "CO87",
    Family.AGREEMENT,
    Severity.WARNING,
    "「以上」「以下」などの条件が、ほかの条件や例と合いません",
    why="「50人以下には文書、50人以上には電話」では、ちょうど50人がどちらなのか読み手に分かりません。",
    remedy="条件の数と「以上」「未満」などの言葉を確かめ、違う方を直してください。",
    superseded_by=("CO77", "CO46"),
)
def conditions_do_not_fit(context: CheckContext) -> Iterator[Violation]:
    """One number with 以上 and 以下, or 未満 and 超, for two classes: it is in both, or none.

    Or 40歳未満 and 41歳以上, which leave a number out.

    And a case outside the condition of a sentence: 20人以上の事業所に限り、16人の事業所から.
    Silent for changes (以上だった方が以下に改善) and exceptions.
    """
    for sentence in numbered_sentences(context):
        if not _ANY_BOUND.is_in(sentence.text):
            continue
        bounded = [(one, word) for one in sentence.numbers if (word := _bound_word_behind(sentence, one))]
        yield from _violations_for_overlapping_classes(sentence, bounded)
        if _LIMITED.is_in(sentence.text) and not _EXCEPT.is_in(sentence.text):
            yield from _violations_for_cases_outside(sentence, bounded)


def _bound_word_behind(sentence: NumberedSentence, number: TextNumber) -> str:
    """以上 and the like right behind a number, '' for none."""
    behind = sentence.behind(number).lstrip()
    return next((word for word in _WORDS if number.unit and behind.startswith(word)), "")


def _violations_for_overlapping_classes(
    sentence: NumberedSentence, bounded: list[tuple[TextNumber, str]]
) -> Iterator[Violation]:
    if _CHANGES.is_in(sentence.text):
        return
    for (one, word), (other, other_word) in combinations(bounded, 2):
        pair = frozenset((word, other_word))
        if not is_same_unit(one.unit, other.unit):
            continue
        left_out = _number_between_two_classes((one.value, word), (other.value, other_word))
        if left_out is not None:
            yield _gap_violation(sentence, (one, word), (other, other_word), left_out)
        if one.value != other.value:
            continue
        if pair in _BOTH or pair == _NEITHER:
            side = "両方に入ります" if pair in _BOTH else "どちらにも入りません"
            yield sentence.violation(
                other,
                f"「{one.text.strip()}{word}」と「{other.text.strip()}{other_word}」では、"
                f"ちょうど{one.text.strip()}が{side}",
                "一方を「未満」か「超」にするなど、分け方を直してください。",
                first=one,
            )


def _number_between_two_classes(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> Decimal | None:
    """The only number that two classes leave out: 40 of 40歳未満 and 41歳以上; None without one."""
    below, above = sorted((one, other))
    first = below[0] if below[1] == "未満" else below[0] + 1
    is_gap = below[1] in ("未満", "以下", "以内") and above[1] == "以上"
    return first if is_gap and above[0] == first + 1 else None


def _gap_violation(
    sentence: NumberedSentence, one: tuple[TextNumber, str], other: tuple[TextNumber, str], left_out: Decimal
) -> Violation:
    (first, word), (second, other_word) = one, other
    return sentence.violation(
        second,
        f"「{first.text.strip()}{word}」と「{second.text.strip()}{other_word}」では、"
        f"ちょうど {decimal_text(left_out)} がどちらにも入りません",
        "分け方の数か言葉を直してください。",
        first=first,
    )


def _violations_for_cases_outside(
    sentence: NumberedSentence, bounded: list[tuple[TextNumber, str]]
) -> Iterator[Violation]:
    for bound, word in bounded:
        noun = _noun_of_condition(sentence.behind(bound).lstrip().removeprefix(word))
        for case in sentence.numbers if noun else ():
            is_case = case.start > bound.start and is_same_unit(case.unit, bound.unit)
            of_noun = sentence.behind(case).lstrip().startswith(f"の{noun}")
            if is_case and of_noun and not _BOUNDS[word](case.value, bound.value):
                yield sentence.violation(
                    case,
                    f"条件は「{bound.text.strip()}{word}の{noun}」ですが、「{case.text.strip()}の{noun}」とあります",
                    "条件の数と例の数を確かめ、違う方を直してください。",
                    first=bound,
                )


def _noun_of_condition(behind: str) -> str:
    """The noun that a condition is of: 事業所 in 以上の事業所に; '' for none."""
    if not behind.startswith("の"):
        return ""
    end = 1
    while end < len(behind) and is_noun_letter(behind[end]):
        end += 1
    return behind[1:end]
