"""What comes, what goes and what that makes: 新規10社、廃止3社で差引5社 (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit

_COMES = AnyOf("新規|新た|加入|入会|登録|委嘱|追加|増加|参加|締結|就任|採用")
_GOES = AnyOf("廃止|退任|脱退|取消|取り消|解約|退会|解除|辞退|減少|喪失|退職|終了|返上|解任")
_NET = AnyOf("差引|差し引|純増|純減")
_ADDED = ("を加え", "が加わ", "を追加し", "が追加さ", "を合わせ", "をあわせ", "を足し")
_TAKEN = alternatives(
    "が減少し|減少し|を減らし|減り|が退会し|が脱退し|を除いた|を除き|を差し引|が辞退し|が廃止さ|が減り|"
    "を削減し"
)
_RESULT = alternatives(
    "|、|、計|、合計|で|で、|で計|て|て、|て計|た|い|り、|り|れ、|れ|くと|と|いた|いて|、合わせて|"
    "、あわせて|て合計|た計|た合計|り計|、全|て全|て、計|て、合計|、現在|て、現在"
)
_NOT_SO = AnyOf("約|うち|目標|前年|昨年|延べ|平均|当たり|ポイント|重複|予定|見込|計画|定員|比べ|より")
_TRIPLE = 3


@rule(
    "CO35",
    Family.AGREEMENT,
    Severity.WARNING,
    "増えた数と減った数から、差し引きの数や今の数になりません",
    why="「新規10社、廃止3社で差引5社の増加」「36機関に2機関を加え39機関」と書けば、読み手は計算します。",
    remedy="元の数、増減の数、結果の数のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO14",
        "CO15",
        "CO30",
    ),
)
def balance_is_wrong(context: CheckContext) -> Iterator[Violation]:
    """新規10社、廃止3社で差引5社; 36機関に2機関を加え39機関; 36機関から2機関減少し35機関.

    The three are the only numbers of the sentence, exact and of one unit. Silent with 約, うち, 前年.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != _TRIPLE or _NOT_SO.is_in(sentence.text):
            continue
        first, second, result = sentence.numbers
        if not _are_numbers_exact_and_of_one_unit(sentence):
            continue
        real = _difference_of_gain_and_loss(sentence, first, second, result)
        if real is None:
            real = _result_of_adding_or_taking(sentence, first, second, result)
        if real is not None and real != result.value:
            yield sentence.violation(
                result,
                f"{first.text.strip()}と{second.text.strip()}からは {real:,} ですが、"
                f"「{result.text.strip()}」とあります",
                "3 つの数を確かめ、違うものを直してください。",
                expected=f"{real:,}",
                first=first,
            )


def _are_numbers_exact_and_of_one_unit(sentence: NumberedSentence) -> bool:
    first = sentence.numbers[0]
    return first.unit not in ("", FRACTION, "位") and all(
        is_same_unit(one.unit, first.unit) and is_stated_exactly(one, sentence.written.text)
        for one in sentence.numbers
    )


def _difference_of_gain_and_loss(
    sentence: NumberedSentence, first: TextNumber, second: TextNumber, result: TextNumber
) -> Decimal | None:
    """新規10社、廃止3社で、差引…: the difference of what comes and what goes."""
    is_change = sentence.behind(result).lstrip().startswith(("の増", "増", "の減", "減"))
    if not is_change and not _NET.is_in(sentence.before(result)):
        return None
    words = sentence.before(first), sentence.before(second)
    is_gain_first = _COMES.is_in(words[0]) and _GOES.is_in(words[1])
    is_loss_first = _GOES.is_in(words[0]) and _COMES.is_in(words[1])
    return abs(first.value - second.value) if is_gain_first or is_loss_first else None


def _result_of_adding_or_taking(
    sentence: NumberedSentence, first: TextNumber, second: TextNumber, result: TextNumber
) -> Decimal | None:
    """36機関に2機関を加え and 36機関から2機関減少し: what they make."""
    between = "".join(sentence.between(first, second).split())
    behind = "".join(sentence.between(second, result).split())
    for words, lead, sign in ((_ADDED, ("に", "と", "、"), 1), (_TAKEN, ("から", "のうち"), -1)):
        word = next((one for one in words if behind.startswith(one)), "")
        if word and between.startswith(lead) and len(between) <= 10 and behind.removeprefix(word) in _RESULT:
            return first.value + sign * second.value
    return None
