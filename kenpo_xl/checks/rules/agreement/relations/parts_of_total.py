"""Totals with their breakdown, and what is left of them, in one sentence (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LEADS = LazyPattern(
    r"[^。\d]{0,10}内訳[はが]?[、:\s]*[^。、,()\d]{0,14}|\s*[(]\s*うち[、\s]*[^。、,()\d]{0,14}"
    r"|[はが]、?[^。、,()\d]{1,14}",
    needs=("内訳", "うち", "は", "が"),
)
_NEXT = LazyPattern(r"\s*(?:[、,・と]|及び|および|並びに)[、\s]*[^。、,()\d]{1,14}")
_ENDS = LazyPattern(r"\s*(?:[)。]|である|であった|で(?:あり)?、|だった|となった|となってい|です|$)")
_ALL_OTHERS = "その他"
_NOT_ALL = AnyOf("等|など|ほか|主な|重複|延べ|のべ|約|複数|除|上位|再掲")
_FEWEST = 2


@rule(
    "CO23",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の内訳を足しても、全体の数になりません",
    why="「相談は133件で、内訳は電話64件、窓口58件」と書けば、読み手は足し算をします。",
    remedy="全体の数と、それぞれの数のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO09", "CO14"),
)
def breakdown_is_not_its_total(context: CheckContext) -> Iterator[Violation]:
    """The numbers listed behind 内訳, or with その他 behind （うち or は, do not add up to the one before it.

    All are of one unit, and nothing in their sentence goes on with the list. Silent with など, ほか, 重複.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) <= _FEWEST or _NOT_ALL.is_in(sentence.text):
            continue
        for place, total in enumerate(sentence.numbers[:-_FEWEST]):
            parts = _parts_of_breakdown(sentence, total, sentence.numbers[place + 1 :])
            added = sum((one.value for one in parts), Decimal(0))
            if len(parts) >= _FEWEST and added != total.value:
                yield sentence.violation(
                    total,
                    f"「{total.text.strip()}」とありますが、内訳を足すと {added:,} です",
                    "全体の数と、それぞれの数を確かめ、違う方を直してください。",
                    expected=f"{added:,}",
                    first=total,
                )


def _leading_counts_in_list(
    sentence: NumberedSentence, total: TextNumber, others: Sequence[TextNumber]
) -> list[TextNumber]:
    """The first of some numbers, as long as they are counts that only commas and the like join."""
    parts: list[TextNumber] = []
    for one in others:
        joins = not parts or _NEXT.fullmatch(sentence.between(parts[-1], one))
        if not joins or not _is_count_of_unit_of_total(sentence, one, total):
            break
        parts.append(one)
    return parts


def _parts_of_breakdown(
    sentence: NumberedSentence, total: TextNumber, others: Sequence[TextNumber]
) -> Sequence[TextNumber]:
    """The parts that a breakdown behind a total lists, () for none or one that goes on."""
    words = sentence.between(total, others[0])
    if not _LEADS.fullmatch(words) or not _is_count_of_unit_of_total(sentence, total, total):
        return ()
    parts = _leading_counts_in_list(sentence, total, others)
    if not parts or not _ENDS.match(sentence.behind(parts[-1])):
        return ()
    is_all = "内訳" in words or _ALL_OTHERS in sentence.before(parts[-1])
    return parts if is_all else ()


def _is_count_of_unit_of_total(sentence: NumberedSentence, number: TextNumber, total: TextNumber) -> bool:
    is_exact = is_stated_exactly(number, sentence.written.text)
    return is_exact and number.unit not in ("", FRACTION) and is_same_unit(number.unit, total.unit)


_REST_OF = {
    "欠席": ("出席", "参加"),
    "不参加": ("参加",),
    "残部": ("配布", "配付", "送付", "発送"),
    "残数": ("配布", "配付", "送付", "発送", "使用"),
    "処理中": ("処理",),
    "対応中": ("対応",),
    "審査中": ("審査",),
}
_REST = LazyPattern(
    r"(?P<rest>未(?P<act>(?![ぁ-ん])\w{2})|欠席|不参加|残部|残数|処理中|対応中|審査中)(?:者|件数|数|分|先|率)?"
)
_NOT_REST = AnyOf(
    "約|目標|計画|予定|見込|重複|延べ|それぞれ|前年|昨年|前回|再度|追加|督促|累計|除|うち未|期末|新た"
)
_TRIPLE = 3


@rule(
    "CO24",
    Family.AGREEMENT,
    Severity.WARNING,
    "「未回答」「欠席」などの数が、全体と一部の数に合いません",
    why="「254件の照会に対し88件の回答があり、156件が未回答」と書けば、読み手は引き算をします。",
    remedy="全体、一部、残りの 3 つの数のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO52",
        "CO64",
        "CO76",
    ),
)
def undone_part_is_not_the_rest(context: CheckContext) -> Iterator[Violation]:
    """The only three numbers of a sentence are a whole, what was done and what was not (未…, 欠席), wrong.

    What was done is named beside the second number. Silent with 約, 予定, 前年, 追加.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != _TRIPLE or _NOT_REST.is_in(sentence.text):
            continue
        whole, part, rest = sentence.numbers
        real = whole.value - part.value
        if (
            0 <= real != rest.value
            and _are_all_numbers_counts(sentence)
            and _is_rest_number_of_what_was_not_done(sentence, part, rest)
        ):
            yield sentence.violation(
                rest,
                f"{whole.text.strip()}から{part.text.strip()}を引くと {real:,} ですが、"
                f"「{rest.text.strip()}」とあります",
                "3 つの数を確かめ、違うものを直してください。",
                expected=f"{real:,}",
                first=whole,
            )


def _are_all_numbers_counts(sentence: NumberedSentence) -> bool:
    whole = sentence.numbers[0]
    return all(_is_count_of_unit_of_total(sentence, one, whole) for one in sentence.numbers)


def _is_rest_number_of_what_was_not_done(
    sentence: NumberedSentence, part: TextNumber, rest: TextNumber
) -> bool:
    """Whether the last number is said of what was not done of the act beside the second one."""
    between = sentence.between(part, rest)
    found = _REST.search(between)
    done = between[: found.start()] if found else between
    found = found or _REST.match(sentence.behind(rest).lstrip("がをは、の "))
    if found is None:
        return False
    acts = (found["act"],) if found["act"] else _REST_OF[found["rest"]]
    return any(act in done.replace(found["rest"], "") for act in acts)
