"""What a sentence says is most, least, next or ever more, against the numbers that it lists (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.labelled_numbers import LabelledNumber, lists_of_numbers
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives

_MOST = ("最も多", "最多", "一番多", "最も高", "最も大き", "最高", "もっとも多")
_LEAST = ("最も少な", "最少", "一番少な", "最も低", "最も小さ", "最低", "もっとも少な")
_ANY_EXTREME = AnyOf("|".join((*_MOST, *_LEAST)))
_LEADS = ("が", "は", "」が", "の方が", "が全体で")
_OF_ANOTHER_TIME = AnyOf("前年|昨年|過去|全国|目標|累計|合計|計")


@rule(
    "CO28",
    Family.AGREEMENT,
    Severity.WARNING,
    "「最も多い」「次いで」などが、並べた数と合いません",
    why="「最も多いのは訪問で、電話48件、訪問30件」と書けば、読み手は並べた数を見比べます。",
    remedy="並べた数と、「最も多い」などの言葉のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE),
)
def most_is_not_the_most(context: CheckContext) -> Iterator[Violation]:
    """最も多いのはX or Xが最多 where another of the listed numbers is larger; 最も少ない likewise.

    多い順 and 次いで where a later number is larger than the one before. The numbers have one unit and
    different names in one sentence. Silent with 前年, 合計 and the like among them.
    """
    for sentence in numbered_sentences(context):
        is_extreme, is_ordered = _ANY_EXTREME.is_in(sentence.text), _ORDER_WORDS.is_in(sentence.text)
        if (
            len(sentence.numbers) < 2
            or not (is_extreme or is_ordered)
            or _OF_ANOTHER_TIME.is_in(sentence.text)
        ):
            continue
        found = None
        for listed in lists_of_numbers(sentence):
            found = (
                found
                or _number_called_extreme_and_real_one(sentence, listed)
                or _number_out_of_order_and_problem(sentence, listed)
            )
        if found:
            number, fact = found
            hint = "並べた数と言葉を確かめ、違う方を直してください。"
            yield sentence.violation(number.number, fact, hint, first=number.number)


_Wrong = tuple[LabelledNumber, str] | None


def _number_called_extreme_and_real_one(
    sentence: NumberedSentence, listed: Sequence[LabelledNumber]
) -> _Wrong:
    """The number that is named as most or least and is not, with what is wrong."""
    for words, extreme in ((_MOST, max), (_LEAST, min)):
        real = extreme(listed, key=lambda one: one.number.value)
        for named in _named_extremes(sentence.text, words, listed):
            if named.number.value != real.number.value:
                word = next(one for one in words if one in sentence.text)
                stated = f"「{named.name}」が「{word.removesuffix('な')}」とありますが、"
                return named, f"{stated}「{real.name}」は「{real.number.text.strip()}」です"
    return None


def _named_extremes(
    text: str, words: Sequence[str], listed: Sequence[LabelledNumber]
) -> Iterator[LabelledNumber]:
    """What the words are said of: the name right before them with が, or behind their は."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            before, behind = text[:at], text[at + len(word) : at + len(word) + 24]
            topic = behind.find("は") if "は" in behind[:12] else -1
            for one in listed:
                is_before = any(before.endswith(one.name + lead) for lead in _LEADS)
                is_behind = topic >= 0 and behind[topic + 1 :].lstrip("、「『 ").startswith(one.name)
                if is_before or (is_behind and "、" not in behind[:topic]):
                    yield one
            at = text.find(word, at + 1)


_DESCENDING = ("多い順", "の順に多", "の順で多", "順に多く", "大きい順", "高い順")
_NEXT = ("次いで", "続いて", "次に多")
_ORDER_WORDS = AnyOf("|".join((*_DESCENDING, *_NEXT)))
_ASCENDING = AnyOf("少な|低|小さ|短")


def _number_out_of_order_and_problem(sentence: NumberedSentence, listed: Sequence[LabelledNumber]) -> _Wrong:
    """The number of a list in descending order that is larger than the one before it."""
    text = sentence.text
    if _ASCENDING.is_in(text):
        return None
    is_descending = any(word in text for word in _DESCENDING)
    is_of_most = any(word in text for word in (*_MOST, "多く", "多かった"))
    for one, other in pairwise(listed):
        between = sentence.between(one.number, other.number)
        is_next = is_of_most and any(word in between for word in _NEXT)
        if (is_descending or is_next) and other.number.value > one.number.value:
            fact = f"多い順に並べていますが、「{other.name}」の「{other.number.text.strip()}」は"
            return other, f"{fact}前の「{one.number.text.strip()}」より多くなっています"
    return None


_RISES = alternatives(
    "連続で増|連続して増|連続の増|連続で上昇|連続して上昇|連続の上昇|年々増|毎月増|毎年増|増加を続|"
    "増加し続|増え続|増加が続|一貫して増|右肩上がり|上昇を続|上昇し続|年々上昇|順調に増|着実に増|"
    "月を追うごとに増|四半期ごとに増"
)
_FALLS = alternatives(
    "連続で減|連続して減|連続の減|連続で低下|連続して低下|年々減|毎月減|毎年減|減少を続|減少し続|"
    "減り続|減少が続|一貫して減|右肩下がり|低下を続|低下し続|年々低下|月を追うごとに減|四半期ごとに減"
)
_TREND = AnyOf("|".join((*_RISES, *_FALLS)))
_TIMES = ("月", "月末", "四半期", "年度", "年", "期", "回", "回目", "月末時点")


@rule(
    "CO29",
    Family.AGREEMENT,
    Severity.WARNING,
    "「連続で増加」「年々減少」などが、並べた数と合いません",
    why="「10月48件、11月40件、12月52件と3か月連続で増加」と書けば、読み手は順に見比べます。",
    remedy="並べた数と言葉のどちらが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO20",
        "CO61",
        "CO71",
    ),
)
def trend_of_the_list_is_another(context: CheckContext) -> Iterator[Violation]:
    """連続で増加, 年々減少 and the like behind numbers named for times, one of which goes the other way."""
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) < 2 or not _TREND.is_in(sentence.text):
            continue
        rises = any(word in sentence.text for word in _RISES)
        for listed in lists_of_numbers(sentence):
            found = _neighbours_against_stated_order(listed, rises=rises)
            if found:
                one, other = found
                word = "増加" if rises else "減少"
                then, now = one.number.text.strip(), other.number.text.strip()
                fact = f"{one.name}の「{then}」の次が「{now}」ですが、"
                yield sentence.violation(
                    other.number,
                    f"{fact}続けて{word}したとあります",
                    "並べた数と言葉を確かめ、違う方を直してください。",
                    first=one.number,
                )


def _neighbours_against_stated_order(
    listed: Sequence[LabelledNumber], *, rises: bool
) -> tuple[LabelledNumber, LabelledNumber] | None:
    """The first two numbers in a row that do not rise, or fall, as stated; None if not all are of times."""
    if not all(one.name.endswith(_TIMES) for one in listed):
        return None
    for one, other in pairwise(listed):
        change = other.number.value - one.number.value
        if change <= 0 if rises else change >= 0:
            return one, other
    return None
