"""How many or how often, said of what a sentence begins with: 説明会には76名が参加した."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ACTS = alternatives(
    "開催|実施|送付|発送|配布|配付|発行|訪問|掲載|配信|受付|参加|受講|出席|来場|申込|登録|回収|回答|締結|点検|面談|照会"
)
_UNITS = alternatives("名|人|回|件|部|通|社|枚|冊|か所|ヶ所|箇所|会場|団体|事業所|市町村|校|機関")
_SAME_ACTS, _SAME_UNITS = dict.fromkeys(("受講", "出席", "来場"), "参加"), {"名": "人"}
_SUMS, _GROSS = ("計", "合計", "全部で", "全"), ("延べ", "のべ")
_TOTALS = (
    "",
    "数",
    "者",
    "者数",
    "した者",
    "件数",
    "部数",
    "回数",
    "人数",
    "枚数",
    "通数",
    "社数",
    "事業所数",
)
"""Behind の参加 and the like, where all of them are meant."""
_NAMES_OF_COUNTS = ("の件数", "の回数", "の人数", "の部数", "の数", "件数", "者数", "回数")
_ENDS = alternatives("であ|だっ|です|でし|とな|にのぼ|に達|に上|。|で、|、|だ。|を数")
_MARKS, _CONJUNCTIONS = " ・•●■※○◎\u3000", ("また、", "なお、", "さらに、", "今年度は、", "今年度の")
_NOT_IN_NAMES = AnyOf("、|。|(|)|「|」")
_LONGEST = 30
_TIMES = LazyPattern(
    r"\d+\s*月|第\s*\d+\s*(?:回|四半期|期)|[上下]半?期|\d+\s*日|[前昨翌]年度?|令和\s*\d+|午[前後]|\d/\d"
)
_OF_SOME = AnyOf(
    "うち|前年|昨年|前回|前期|目標|予定|見込|新た|新規|各|それぞれ|平均|当たり|あたり|オンライン|このほか|ほかに|別に"
    "|累計|残り|未|再|追加|のみ|定員|計画|以上|以下|約"
)


@frozen
class CountedSubject:
    """A count with what it is of; `is_total`: said as a whole (の参加者数は), not of one occasion."""

    subject: str
    act: str
    unit: str
    value: Decimal
    start: int
    words: str
    times: frozenset[str]
    is_gross: bool
    is_total: bool

    def contradicts(self, other: CountedSubject) -> bool:
        """Whether two sentences give other counts of the same thing at the same time."""
        if (self.subject, self.act, self.unit) != (other.subject, other.act, other.unit):
            return False
        same_time = self.times == other.times and self.is_gross == other.is_gross
        return same_time and self.value != other.value


def counted_subject(sentence: str) -> CountedSubject | None:
    """The count that a half-width sentence gives of what it begins with; None for a part of it."""
    start = next((at for at, letter in enumerate(sentence) if letter in "0123456789"), 0)
    lead, is_gross = _words_without_sum_and_is_sum(
        _without_beginnings(sentence[:start].strip(_MARKS), _CONJUNCTIONS)
    )
    if not _may_lead_be_name(lead):
        return None
    end = start + len(sentence[start:]) - len(sentence[start:].lstrip("0123456789,"))
    rest = sentence[end:].lstrip()
    unit = _first_matching_beginning(rest, _UNITS)
    digits = sentence[start:end].replace(",", "")
    found = _subject_and_act(lead, rest[len(unit) :].lstrip()) if unit and digits else None
    if found is None or not is_noun_letter(found[0][-1:] or "の") or _OF_SOME.is_in(sentence):
        return None
    subject, act, is_total = found
    return CountedSubject(
        "".join(subject.split()),
        _SAME_ACTS.get(act, act),
        _SAME_UNITS.get(unit, unit),
        Decimal(digits),
        start,
        f"{sentence[start:end]}{unit}",
        _times_in(sentence),
        is_gross,
        is_total,
    )


def _may_lead_be_name(lead: str) -> bool:
    """Whether the words before a number may name what it counts."""
    return 0 < len(lead) <= _LONGEST and not _NOT_IN_NAMES.is_in(lead)


def _times_in(sentence: str) -> frozenset[str]:
    return frozenset("".join(one.split()) for one in _TIMES.findall(sentence))


def _first_matching_beginning(words: str, ones: Iterable[str]) -> str:
    """The first of some words that others begin with, or ''."""
    return next((one for one in ones if words.startswith(one)), "")


def _without_beginnings(words: str, beginnings: Iterable[str]) -> str:
    for one in beginnings:
        words = words.removeprefix(one)
    return words


def _words_without_sum_and_is_sum(words: str) -> tuple[str, bool]:
    """The words without 計 or 延べ at their end, and whether it was 延べ."""
    words = words.rstrip("、 ")
    is_gross = words.endswith(_GROSS)
    for one in (*_GROSS, *_SUMS):
        words = words.removesuffix(one)
    return words.rstrip("、 "), is_gross


def _subject_and_act(lead: str, rest: str) -> tuple[str, str, bool] | None:
    """What is counted, the act that counts it, and whether the sentence says that it is all."""
    particle, stem = lead[-1], lead[:-1]
    if lead.endswith(("に", "には")):
        act = _first_matching_beginning(rest[1:], _ACTS) if rest.startswith(("が", "の")) else ""
        return (lead.removesuffix("は").removesuffix("に"), act, False) if act else None
    if particle not in "をはが":
        return None
    act = _first_matching_beginning(rest.removeprefix("を"), _ACTS)
    if act and particle != "が":
        return stem, act, False
    is_end = not rest or rest.startswith(_ENDS)
    return _subject_of_count(stem) if is_end and particle != "を" else None


def _subject_of_count(stem: str) -> tuple[str, str, bool]:
    """What is counted, before the name of its count: 説明会の参加者数, 訪問の件数."""
    for one in _ACTS:
        subject, joint, tail = stem.rpartition(f"の{one}")
        if joint and tail in _TOTALS:
            return subject, one, True
    name = next((one for one in _NAMES_OF_COUNTS if stem.endswith(one)), "")
    return stem.removesuffix(name), "", bool(name)
