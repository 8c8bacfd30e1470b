"""Sentences that say that all did something, and state that not all did (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ALL_WORDS = AnyOf("全員|全て|すべて|全職員|全事業所|全会場|全機関|全グループ|全件|全市町村|100%")
_ALL = LazyPattern(
    r"(?:全員|すべて|全て|全(?:職員|事業所|会場|機関|グループ|件|市町村|社|校))(?:の\w{1,6})?(?:が|に|へ|を|で|から)?[、\s]*(?:の)?"
    r"(?P<act>(?![ぁ-ん])\w{2})(?:を(?:受け|終え|行)|し(?:た|て|、)|され|済|が(?:完了|終わ))"
)
_RATE = LazyPattern(r"(?P<act>(?![ぁ-ん])\w{2})率[はがも:]?[、\s(]*$", needs="率")
_ALL_BEFORE = LazyPattern(
    r"(?:全員|すべて|全て|100%|全(?:職員|事業所|会場|機関|グループ|市町村|校|社))[^。、(\d]{0,14}[(](?:全)?\s*$"
)
_OF = LazyPattern(r"\s*(?:のうち|中)[、\s]*")
_CALLED_ALL = LazyPattern(
    r"\s*(?:の(?:うち|内)|中)[、\s]*[^。、\d]{0,6}(?:全員|全て|すべて|全数|全件|全社|全会場)"
    r"(?:に(?:当たる|あたる|相当する)|である|となる|の)[、\s]*"
)
_CLOSES = LazyPattern(r"\s*[)]")
_NOT_SO = AnyOf("計画|予定|目標|よう|ため|見込|ない|ず|時点|前年|昨年|以外|除|ほぼ|一部|現在|対象の")
_WHOLE = 1


@rule(
    "CO26",
    Family.AGREEMENT,
    Severity.WARNING,
    "「全員」「すべて」が、文の中の数と合いません",
    why="「職員全員（24名中21名）が受講」「全職員が受講し、受講率は92％」では、全員なのか読み手に分かりません。",
    remedy="数と、「全員」「すべて」のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO51"),
)
def all_are_not_all(context: CheckContext) -> Iterator[Violation]:
    """職員全員（24名中21名）, 全職員が受講し、受講率は92％: the number right behind says that not all did.

    The bracket holds nothing but part and whole; the rate is named for the act of which all is said.
    Nor すべての事業所から回答があり、未回答の5事業所には: some are left that did not do the same.
    """
    for sentence in numbered_sentences(context):
        left = _number_left_though_all_done(sentence)
        if left is not None:
            yield sentence.violation(
                left,
                f"「全員」「すべて」などとありますが、残りが「{left.text.strip()}」とあります",
                "数と、「全員」「すべて」のどちらが正しいか確かめて直してください。",
            )
            continue
        if not _ALL_WORDS.is_in(sentence.text) or _NOT_SO.is_in(sentence.text):
            continue
        found = (
            _part_in_bracket_behind_all(sentence)
            or _number_of_part_called_all(sentence)
            or _rate_below_hundred_with_all(sentence)
        )
        if found is not None:
            yield sentence.violation(
                found,
                f"「全員」「すべて」などとありますが、「{found.text.strip()}」とあります",
                "数と、「全員」「すべて」のどちらが正しいか確かめて直してください。",
            )


def _part_in_bracket_behind_all(sentence: NumberedSentence) -> TextNumber | None:
    """The part in 全員（24名中21名） and すべて（160会場のうち155会場）."""
    for whole, part in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        if (
            part.value < whole.value
            and is_same_unit(part.unit, whole.unit)
            and _OF.fullmatch(sentence.between(whole, part))
            and _CLOSES.match(sentence.behind(part))
            and _ALL_BEFORE.search(sentence.plain[sentence.start : whole.start])
        ):
            return part
    return None


def _number_of_part_called_all(sentence: NumberedSentence) -> TextNumber | None:
    """The part in 対象者5名のうち全員に当たる2名."""
    for whole, part in pairwise(sentence.numbers):
        is_less = part.value < whole.value and is_same_unit(part.unit, whole.unit)
        if is_less and _CALLED_ALL.fullmatch(sentence.between(whole, part)):
            return part
    return None


def _rate_below_hundred_with_all(sentence: NumberedSentence) -> TextNumber | None:
    """The 92％ of 全職員が受講し、受講率は92％."""
    for rate in sentence.numbers:
        if rate.unit == FRACTION and rate.value < _WHOLE:
            before = sentence.before(rate)
            named, all_did = _RATE.search(before), _ALL.search(before)
            if named and all_did and named["act"] == all_did["act"]:
                return rate
    return None


_WHOLES = alternatives(
    "すべての|全ての|全員|全職員|全事業所|全会場|全機関|全市町村|全社|全校|全施設|全支部|全委員|全グループ|全対象者|全団体"
)
_SUBJECT = ("が", "から", "より", "は", "で", "を")
_LEFT = {
    "欠席": ("参加", "出席", "受講"),
    "欠席者": ("参加", "出席", "受講"),
    "不参加": ("参加", "出席"),
    "無回答": ("回答",),
    "不合格": ("合格",),
    "不合格者": ("合格",),
    **{
        f"{act}{lack}": (act,)
        for act in alternatives("回答|提出|返信|返送|登録|申請|受診|受講")
        for lack in ("のない", "がない", "のなかっ", "がなかっ")
    },
    **{
        f"未{act}{ending}": (act,)
        for act in alternatives(
            "回答|提出|受講|受診|返信|返送|参加|出席|実施|対応|処理|訪問|回収|登録|完了|加入|設置|導入"
        )
        for ending in ("", "者")
    },
}
_LONGEST_SUBJECT = 12
_NOT_DONE_YET = AnyOf(
    "よう|できる|ため|依頼|求め|促|当初|いったん|その後|最終|督促|経て|ほぼ|予定|目標|前年|昨年|うち|除|対象とし|対象に"
)


def _number_left_though_all_done(sentence: NumberedSentence) -> TextNumber | None:
    """How many of all did not do what all are said to have done: the 5 of 未回答の5事業所."""
    text = sentence.plain[sentence.start : sentence.end]
    if not any(word in text for word in _WHOLES):
        return None
    for number in sentence.numbers:
        before = sentence.plain[sentence.start : number.start].rstrip(" の、はがた")
        before = before.removesuffix("し").removesuffix("だっ").removesuffix("となっ")
        word = max((one for one in _LEFT if before.endswith(one)), key=len, default="")
        clause = before.removesuffix(word)
        acts = _LEFT.get(word, ())
        if (
            word
            and number.value > 0
            and not _NOT_DONE_YET.is_in(clause)
            and _is_clause_on_all_doing(clause, acts)
        ):
            return number
    return None


def _is_clause_on_all_doing(clause: str, acts: tuple[str, ...]) -> bool:
    """Whether a clause says that all did something: すべての事業所から回答があり."""
    for word in _WHOLES:
        at = clause.rfind(word)
        subject = clause[at + len(word) :] if at >= 0 else ""
        places = [(place, one) for one in _SUBJECT if 0 <= (place := subject.find(one)) <= _LONGEST_SUBJECT]
        place, particle = min(places, default=(0, ""))
        behind = subject[place + len(particle) :] if particle else ""
        if "では" not in behind and any(
            f"{act}{then}" in behind for act in acts for then in ("し", "が", "を", "済")
        ):
            return True
    return False
