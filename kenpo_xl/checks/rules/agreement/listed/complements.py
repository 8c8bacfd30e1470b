"""Parts that make a whole (上期と下期, 男性と女性, months of a quarter) and the whole beside them (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.labelled_numbers import (
    LabelledNumber,
    labelled_number,
    lists_of_numbers,
)
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit

_QUARTERS = tuple(f"第{number}四半期" for number in (1, 2, 3, 4))
_TOTALS = ("合計", "計", "総計", "総数", "全体", "累計", "合わせて", "あわせて", "トータル", "全部")
_OF_YEAR = ("年間", "年度計", "年計", "通年", "通期", "年度全体", "1年間", *_TOTALS)
_OF_DAY = ("1日", "一日", "終日", "両方", *_TOTALS)
_WHOLES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("上半期", "下半期"), _OF_YEAR),
    (("上期", "下期"), _OF_YEAR),
    (("前半", "後半"), _OF_YEAR),
    (("前期", "後期"), _OF_YEAR),
    (("午前", "午後"), _OF_DAY),
    (("男性", "女性"), _TOTALS),
    (("男", "女"), _TOTALS),
    (("会場", "オンライン"), _TOTALS),
    (("対面", "オンライン"), _TOTALS),
    (("来場", "オンライン"), _TOTALS),
    (("集合", "オンライン"), _TOTALS),
    (("被保険者", "被扶養者"), _TOTALS),
    (("新規", "継続"), _TOTALS),
    (("新規", "更新"), _TOTALS),
    (("県内", "県外"), _TOTALS),
    (_QUARTERS, _OF_YEAR),
    (_QUARTERS[:3], ("第3四半期まで", "累計", "合計", "計", "3四半期")),
    (_QUARTERS[:2], ("上半期", "上期", "第2四半期まで", "累計", "合計", "計")),
    (("4月", "5月", "6月"), ("第1四半期", *_TOTALS)),
    (("7月", "8月", "9月"), ("第2四半期", *_TOTALS)),
    (("10月", "11月", "12月"), ("第3四半期", "3か月", *_TOTALS)),
    (("1月", "2月", "3月"), ("第4四半期", *_TOTALS)),
)
_ANY_WHOLE = AnyOf("|".join(dict.fromkeys(parts[0] for parts, _ in _WHOLES)))
_NOT_SO = AnyOf("うち|前年|昨年|約|延べ|重複|平均|目標|予定|見込|計画|実人|当たり|除|ほか|比")
_FEWEST = 3
_NOT_ADDED = ("", FRACTION, "ポイント", "位")


@rule(
    "CO30",
    Family.AGREEMENT,
    Severity.WARNING,
    "上期と下期、男性と女性などの数を足しても、全体の数になりません",
    why="「上半期60件、下半期40件、年間110件」と書けば、読み手は足し算をします。",
    remedy="全体の数と、それぞれの数のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO09",
        "CO14",
        "CO23",
        "CO79",
    ),
)
def parts_do_not_make_the_whole(context: CheckContext) -> Iterator[Violation]:
    """上半期60件, 下半期40件 and 年間110件: parts that make a whole do not add up to it.

    The parts are halves, quarters in a row from the first, months of a quarter, sexes, places and the like.
    Silent with うち, 約, 延べ, 前年 and the like in the sentence.
    """
    for sentence in numbered_sentences(context):
        is_long = len(sentence.numbers) >= _FEWEST
        if not is_long or not _ANY_WHOLE.is_in(sentence.text) or _NOT_SO.is_in(sentence.text):
            continue
        labelled = [labelled_number(sentence, one) for one in sentence.numbers]
        for parts, wholes in _WHOLES:
            found = _stated_whole_and_other_sum_of_parts(sentence, labelled, parts, wholes)
            if found:
                whole, total = found
                yield sentence.violation(
                    whole.number,
                    f"「{whole.number.text.strip()}」とありますが、{'と'.join(parts)}を足すと {total:,} です",
                    "全体の数と、それぞれの数を確かめ、違うものを直してください。",
                    expected=f"{total:,}",
                    first=sentence.numbers[0],
                )
                break


def _stated_whole_and_other_sum_of_parts(
    sentence: NumberedSentence,
    labelled: Sequence[LabelledNumber],
    parts: Sequence[str],
    wholes: Sequence[str],
) -> tuple[LabelledNumber, Decimal] | None:
    """The number of the whole and the sum of its parts, None where they agree or one is not clear."""
    chosen = _named_parts(labelled, parts)
    whole = _named_whole(labelled, chosen, wholes) if chosen else None
    if whole is None:
        return None
    is_clear = all(
        is_same_unit(one.number.unit, whole.number.unit)
        and is_stated_exactly(one.number, sentence.written.text)
        for one in (*chosen, whole)
    )
    total = sum((one.number.value for one in chosen), Decimal(0))
    is_beside = chosen[0].number.start > whole.number.start or chosen[-1].number.start < whole.number.start
    return (whole, total) if is_clear and is_beside and total != whole.number.value else None


def _named_parts(labelled: Sequence[LabelledNumber], parts: Sequence[str]) -> list[LabelledNumber]:
    """The number of each part, none unless each part has just one."""
    found = [[one for one in labelled if _has_number_name_of_part(one, part)] for part in parts]
    return [ones[0] for ones in found] if all(len(ones) == 1 for ones in found) else []


def _named_whole(
    labelled: Sequence[LabelledNumber], parts: Sequence[LabelledNumber], wholes: Sequence[str]
) -> LabelledNumber | None:
    """The only other number of the unit of the parts, if it is named as their whole."""
    unit = parts[0].number.unit
    others = [one for one in labelled if one not in parts and is_same_unit(one.number.unit, unit)]
    if len(others) != 1:
        return None
    (whole,) = others
    is_named = whole.label.endswith(tuple(wholes)) or whole.name.endswith(tuple(wholes))
    return whole if is_named and whole.number.unit not in _NOT_ADDED else None


@rule(
    "CO89",
    Family.AGREEMENT,
    Severity.WARNING,
    "「うち」の数を足すと、全体の数より多くなります",
    why="「30件（うち電話20件、窓口15件）」と書けば、読み手は足し算をします。",
    remedy="全体の数と、「うち」の数のどれが正しいか確かめて直してください。重なりがあれば、そう書いてください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO09",
        "CO14",
        "CO23",
        "CO30",
        "CO52",
    ),
)
def parts_exceed_the_whole(context: CheckContext) -> Iterator[Violation]:
    """30件（うち電話20件、窓口15件）: the parts listed behind うち or のうち exceed the whole together.

    Each is less than the whole. Silent with 重複, 延べ, 複数 and words of another time.
    """
    for sentence in numbered_sentences(context):
        is_long = len(sentence.numbers) >= _FEWEST
        if not is_long or "うち" not in sentence.text or _OVERLAP.is_in(sentence.text):
            continue
        for whole, total in _wholes_with_greater_sum_of_parts(sentence):
            yield sentence.violation(
                whole,
                f"「{whole.text.strip()}」のうちの数を足すと {total:,} になります",
                "全体の数と、それぞれの数を確かめ、違うものを直してください。",
                first=whole,
            )


def _wholes_with_greater_sum_of_parts(sentence: NumberedSentence) -> Iterator[tuple[TextNumber, Decimal]]:
    """Each number before a list of its うち that is less than the sum of the list, and the sum."""
    for listed in lists_of_numbers(sentence):
        values = [one.number.value for one in listed]
        first = listed[0].number
        place = sentence.numbers.index(first)
        whole = sentence.numbers[place - 1]
        total = sum(values, Decimal(0))
        is_whole = (
            place > 0
            and _begins_with_of_which(sentence.between(whole, first))
            and is_same_unit(whole.unit, first.unit)
        )
        is_exceeded = max(values) <= whole.value < total
        if is_whole and is_exceeded and is_stated_exactly(whole, sentence.written.text):
            yield whole, total


_OVERLAP = AnyOf("重複|延べ|複数|前年|昨年|目標|累計|再掲|約|さらに|そのうち|このうち")


def _begins_with_of_which(between: str) -> bool:
    return between.lstrip(" (、の").startswith("うち")


def _has_number_name_of_part(one: LabelledNumber, part: str) -> bool:
    return one.name.startswith(part) or one.label.endswith(part) or one.name.endswith(part)
