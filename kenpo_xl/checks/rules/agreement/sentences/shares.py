"""Rules on shares and parts that a sentence contradicts itself (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.printed_text import printed_lines, quoted
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.checks.support.shares import NO_SHARE
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_SHARE_BEFORE = LazyPattern(
    r"(?P<name>(?:(?![\x00-\xffぁ-ん、。])\w)*(?:率|割合|シェア|比率))(?:について(?:は)?|として|に?(?:は|が|も|で|の))?"
    r"(?:全体の)?"
    r"[はがもで、:\s]*(?:全体で|平均|およそ|約|[^。、\d()]{0,8}?で)?\s*[(]?\s*$",
    needs=("率", "割合", "シェア"),
)
_OF_WHOLE = LazyPattern(
    r"(?:全体|者|事業所|世帯|全員|総数|全数|職員|社員|会員|機関|企業|団体|医院|薬局|市町村|加入者|対象|送付先)(?:の(?:うち、?|中の)?|中)"
    r"\s*(?:約|およそ)?\s*$",
    needs="の",
)
_SHARE_BEHIND = LazyPattern(
    r"\s*(?:が|は|の(?:方|人|者|事業所|団体|回答者)が?|から|へ|を|に(?![増減達拡上]))[^。]{0,30}"
    r"(?:回答|答え|参加|受講|受診|満足|希望|提出|利用|賛成|いた|返信|返送|申込|申し込|応募|登録|占め|案内|送付|通知|配布|配付"
    r"|知って|理解|修了|終了|完了|承認|同意|出席|把握|導入|宣言)"
)
# Rates that may exceed 100 %: of a target, of last year, of a change.
_MAY_EXCEED = LazyPattern(
    r"達成|進捗|充足|執行|消化|稼働|伸|増|減|成長|騰落|回転|倍率|競争率|乗車|入居|接種|求人|自給|支払率|収支"
    r"|損益|経常|流動|給付率|負担率|比で|カバー|投票"
)


@rule(
    "CO50",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の割合が 100％ を超えています",
    why="全体に対する割合は 100％ を超えません。分子と分母の取り違えか、小数点の打ち間違いがほとんどです。",
    remedy="もとの件数から割合を計算し直してください。前年比や達成率なら、そう書いてください。",
    superseded_by=("CO18", "CO07", "CO03"),
)
def share_is_above_the_whole(context: CheckContext) -> Iterator[Violation]:
    """A number above 100 % behind 率 or 割合, or said of the whole (全体の, 対象者の).

    Not 達成率, 前年比, 伸び率 and the like, nor where the sentence compares with a target or another year.
    Nor are there more than ten tenths: 全体の80割.
    """
    for sentence in numbered_sentences(context):
        for number in sentence.numbers:
            if number.unit == FRACTION and number.value > 1 and _is_number_a_share(sentence, number):
                yield sentence.violation(
                    number,
                    f"割合が「{number.text.strip()}」ですが、全体に対する割合は 100％ を超えません",
                    "もとの件数から計算し直してください。前年比や達成率なら、そう分かるように書いてください。",
                )
    for written in printed_lines(context):
        for tenths in _TENTHS.finditer(half_width(written.text)):
            if int(tenths["tenths"]) > _ALL_TENTHS:
                quote = quoted(written.text[tenths.start() : tenths.end()])
                yield written.violation(
                    tenths.start(),
                    f"{quote}とありますが、全体は 10 割です。",
                    "もとの件数から計算し直してください。",
                    actual=quote[1:-1],
                )


_TENTHS = LazyPattern(
    r"(?<![\d.,比対り])(?<![年度期標]の)(?<!比で)(?<!比べ)(?P<tenths>\d{2,3})\s*割(?![合引増減当りれ算])",
    needs="割",
)
_ALL_TENTHS = 10


def _is_number_a_share(sentence: NumberedSentence, number: TextNumber) -> bool:
    before = sentence.before(number)
    named = _SHARE_BEFORE.search(before)
    clause = before if named else re.split(r"[、。]", before)[-1]
    if NO_SHARE.is_in(clause) or "比" in clause.replace("比率", ""):
        return False
    if named:
        return not _MAY_EXCEED.search(named["name"]) and not _MAY_EXCEED.search(clause[-16:])
    return bool(_OF_WHOLE.search(before) and _SHARE_BEHIND.match(sentence.behind(number, 44)))


_Pair = tuple[TextNumber, TextNumber]

_ASKED = "案内|送付|依頼|発送|配布|配付|通知|調査|実施|照会|勧奨|周知|訪問"
_OF = LazyPattern(
    rf"(?:を対象に|のうちの?|の内の?|うち|中|に対し(?:て)?|に(?:{_ASKED})し(?:て|た(?:ところ|結果|うち))?|/"
    r"|を(?:対象|訪問)(?:に|と|し)?(?:し|て)?)(?:[、\s]*(?:約|延べ)?[^。、\d()]{0,10})$"
)
_RATE_OF = LazyPattern(r"(?P<what>(?![ぁ-ん])\w{2})率[はがも]?[、\s]*$", needs="率")
_PERCENT_BEHIND = LazyPattern(
    r"\s*(?:[(]\s*(?:全体の|[^()\d]{0,6}率|割合)?[:\s]*$|で、?\s*$|、\s*$"
    r"|(?:が|は|から)[^。\d]{0,20}(?:で|、|し、?)\s*$"
    r"|[^。\d]{0,12}(?:で|、)(?:その|全体の)?(?:割合|比率|構成比)[はが:]?\s*$)"
)
_NOT_EXACT = LazyPattern(
    r"延べ|重複|(?<![契予要集制節規条解誓成])約(?!束|款)|概ね|前年|目標|昨年|同期|新規に|追加"
)
_PART_BEHIND = LazyPattern(r"(?:に当たる|に(?:あたる|相当する)|の|、|,|[(]|=)\s*$")
_WHOLE_IN_BRACKET = LazyPattern(r"[^()]{0,4}[(](?:全体|総数|対象(?:者|数)?)の?\s*$")
_REST = LazyPattern(r"な[いか]|以外|残り|残る|未|除")
_TIMES = frozenset(("日", "年", "か月", "時間"))
_NO_COUNTS = _TIMES | {FRACTION, "ポイント", "円", "千円", ""}


@rule(
    "CO51",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の割合が、文の中の 2 つの数と合いません",
    why="「10件中3件（40％）」と書けば、読み手は割り算をします。",
    remedy="割合と 2 つの数のどれが正しいか確かめて直してください。",
    superseded_by=("CO18", "CO07", "CO03", "CO50"),
)
def percent_is_not_that_of_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """The ％ beside a part of a whole (10件中3件（40％）) is not their quotient, nor that of another pair.

    The part and the whole have one unit and 中, のうち, ／ or 案内し between them. Silent with 延べ, 約, 重複
    and words of another time, and where the ％ is the quotient rounded or cut off.
    """
    for sentence in numbered_sentences(context):
        percents = [one for one in sentence.numbers if one.unit == FRACTION]
        if len(percents) != 1 or len(sentence.numbers) < 3 or _NOT_EXACT.search(sentence.text):
            continue
        pair = _part_and_whole(sentence, percents[0])
        if pair and not _is_quotient_of_sentence(sentence, percents[0]):
            yield _violation_for_percent(sentence, percents[0], *pair)


def _violation_for_percent(
    sentence: NumberedSentence, percent: TextNumber, part: TextNumber, whole: TextNumber
) -> Violation:
    right = rounded(part.value / whole.value * 100, max(decimal_places(percent.value) - 2, 0), HALF_UP)
    names = f"{whole.text.strip()}のうち{part.text.strip()}"
    return sentence.violation(
        percent,
        f"{names}は {decimal_text(right)}％ ですが、「{percent.text.strip()}」とあります",
        "2 つの数と割合を確かめ、違う方を直してください。",
        expected=f"{decimal_text(right)}％",
        first=min(part, whole, key=lambda one: one.start),
    )


def _part_and_whole(sentence: NumberedSentence, percent: TextNumber) -> _Pair | None:
    """The part and whole that a percent is said of, None where that is not sure."""
    numbers = [one for one in sentence.numbers if one.unit not in _TIMES]
    counts = [one for one in numbers if one.unit not in _NO_COUNTS]
    if len(counts) != 2 or len(numbers) != 3 or not is_same_unit(counts[0].unit, counts[1].unit):
        return None
    pair_by_place = {0: _pair_behind_rate, 1: _pair_around_percent, 2: _pair_before_percent}
    pair_of = pair_by_place.get(numbers.index(percent))
    pair = pair_of(sentence, percent, *counts) if pair_of else None
    return pair if pair and pair[1].value >= pair[0].value > 0 else None


def _pair_behind_rate(
    sentence: NumberedSentence, percent: TextNumber, first: TextNumber, second: TextNumber
) -> _Pair | None:
    """The pair of 受診率は40％で、50人中20人が受診した."""
    named = _RATE_OF.search(sentence.before(percent))
    is_sure = (
        named is not None
        and sentence.between(percent, first).strip("、 ") in ("で", "であり", "となり", "と")
        and _OF.search(sentence.between(first, second))
        and named["what"] in sentence.behind(second)
    )
    return (second, first) if is_sure else None


def _pair_around_percent(
    sentence: NumberedSentence, percent: TextNumber, first: TextNumber, second: TextNumber
) -> _Pair | None:
    """The pair of 50人のうち40％に当たる20人."""
    is_of_first = _OF.search(sentence.between(first, percent))
    is_sure = is_of_first and _PART_BEHIND.search(sentence.between(percent, second))
    return (second, first) if is_sure else None


def _pair_before_percent(
    sentence: NumberedSentence, percent: TextNumber, first: TextNumber, second: TextNumber
) -> _Pair | None:
    """The pair of 50人中20人（40％）, 20人（全体50人の40％） and 20/50件（40％）."""
    between, behind = sentence.between(first, second), sentence.between(second, percent)
    if _WHOLE_IN_BRACKET.fullmatch(between):
        return (first, second) if behind.strip() == "の" else None
    if not _PERCENT_BEHIND.match(behind):
        return None
    if "/" in between and second.value >= first.value:
        return first, second
    return (second, first) if _OF.search(between) else None


def _is_quotient_of_sentence(sentence: NumberedSentence, percent: TextNumber) -> bool:
    """Whether a percent is the quotient of two numbers of the sentence, or of the rest that it names."""
    last = Decimal(1).scaleb(-decimal_places(percent.value))
    values = [one.value for one in sentence.numbers if one is not percent and one.value > 0]
    quotients = [a / b for a in values for b in values if a <= b]
    if _REST.search(sentence.text):
        quotients += [1 - one for one in quotients]
    # Rounded or cut off; nothing but tenths is rounded up that is nearer to the number below.
    least = -last if percent.text.strip().endswith("割") else -last / 2
    return any(least <= quotient - percent.value < last for quotient in quotients)


_PART = LazyPattern(
    r"(?:(?:(?:で(?:あり)?|あり)?[、\s]*その|の)?(?:うち|内)の?|中(?![止断]))[、\s]*(?:新規?に?|[^。、\d()]{0,10})$"
    r"|[(](?:うち|内)[、\s]*[^。、\d()]{0,12}$"
)
# 120社に送付し、うち150社: what is between may be of the first number, if it is the only whole.
_PART_OF_FORMER = LazyPattern(
    r"[^。、()\d]{1,16}、\s*(?:その|この)?(?:うち|内)(?:の|、)?\s*[^。、\d()]{0,10}$", needs=("うち", "内")
)
_NO_PART = LazyPattern(
    r"延べ|前年|昨年|累計|目標|計画|年間|その他|期間|営業日|日中|年中|午前|最中|期中|途中|定員|予定"
)


@rule(
    "CO52",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の中の一部の数が、全体の数より大きくなっています",
    why="「50人のうち65人」のように一部が全体より大きいと、どちらかの数が誤っています。",
    remedy="全体の数と一部の数を確かめ、違う方を直してください。",
    superseded_by=("CO03", "CO07", "CO09"),
)
def part_is_larger_than_the_whole(context: CheckContext) -> Iterator[Violation]:
    """The number behind のうち, 中, （うち or a clause and うち is larger than that before, of the same unit.

    Silent with 延べ, and for words of another time between them.
    """
    for sentence in numbered_sentences(context):
        for whole, part in pairwise(sentence.numbers):
            between = sentence.between(whole, part)
            if (
                part.value > whole.value
                and part.unit
                and part.unit != FRACTION
                and is_same_unit(part.unit, whole.unit)
                and _is_number_part_of_whole(sentence, whole, between.lstrip(" 、"))
                and not _NO_PART.search(f"{sentence.before(whole)[-6:]}{between}")
                and is_stated_exactly(whole, sentence.written.text)
            ):
                yield sentence.violation(
                    part,
                    f"「{whole.text.strip()}」の一部が「{part.text.strip()}」で、全体より大きくなっています",
                    "全体の数と一部の数を確かめ、違う方を直してください。",
                    first=whole,
                )


def _is_number_part_of_whole(sentence: NumberedSentence, whole: TextNumber, between: str) -> bool:
    """Whether the words behind a number make the next one a part of it."""
    if _PART.match(between):
        return True
    former = (one for one in sentence.numbers if one.start < whole.start)
    return bool(_PART_OF_FORMER.match(between)) and not any(
        is_same_unit(one.unit, whole.unit) for one in former
    )
