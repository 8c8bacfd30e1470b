"""Numbers of answers that exceed the number of those who were asked (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.contradictions.capacities import violations_for_exceeded_capacities
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, excerpt, printed_lines
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ASKED = LazyPattern(
    r"\s*(?:の?(?:方|者|加入者|事業所|対象者))?(?:に対して?|へ|に|を|宛て?に?|あて)?[^。、]{0,16}?"
    r"(?:送付|発送|郵送|案内|依頼|通知|照会|配布|配付|勧奨|募集|架電|アンケート|送り|送った|配り|配った|出し、)"
)
_ANSWERED = LazyPattern(
    r"\s*(?:[(][^()]{0,12}[)])?\s*(?:の(?:方|者|事業所)?)?(?:から|より|の|が|は)?[^。、\d]{0,6}?"
    r"(?:回答|返信|返送|返却|返戻|返事|申し?込み?|申込|応募|回収|問い?合わ?せ|参加|同意|受診|受講|提出|回収)"
)
_ANSWER_WORDS = AnyOf(
    "回答|返信|返送|返却|返事|回収|申込|申し込|応募|回収|問い合わせ|参加|同意|受診|受講|提出"
)
_NOT_THEIRS = AnyOf(
    "延べ|のべ|累計|前年|昨年|目標|別に|ほか|このほか|年間|全体|一方|また、|他の|改めて|再度|追加|複数回答|うち|ずつ|回"
)
_MOST_BETWEEN = 60
_UNITS = frozenset(("件", "人", "名", "通", "部", "社", "事業所", "世帯", "団体", "機関", "市町村"))


@rule(
    "CO76",
    Family.AGREEMENT,
    Severity.WARNING,
    "回答や参加の数が、送った数や定員より多くなっています",
    why="「120件に送付し、135件の回答があった」「定員80名の会場に105名が参加した」では、どちらかの数が誤っています。",
    remedy="元の資料で 2 つの数を確かめ、違う方を直してください。定員を超えたのなら、そう書いてください。",
    superseded_by=("CO03", "CO07", "CO15", "CO18", "CO20", "CO22", "CO52", "CO67", "CO70"),
)
def more_answers_than_asked(context: CheckContext) -> Iterator[Violation]:
    """120件送付し、135件の回答: two numbers of one unit, the second of answers to what the first was sent to.

    Silent with 延べ, 複数回答 and where other persons or another time are named between them. Nor do more
    take part than there is room for: 定員80名の会場に105名が参加した.
    """
    yield from violations_for_exceeded_capacities(context)
    for written in printed_lines(context):
        plain = half_width(written.text)
        if not _ANSWER_WORDS.is_in(plain):
            continue
        counts = [one for one in numbers_in(written.text) if one.unit in _UNITS]
        for asked, answered in pairwise(counts):
            if _are_asked_and_answered(plain, asked, answered) and is_stated_exactly(asked, written.text):
                yield _violation_for_answers(written, asked, answered)


def _are_asked_and_answered(plain: str, asked: TextNumber, answered: TextNumber) -> bool:
    end = asked.start + len(asked.text)
    between = plain[end : answered.start]
    if (
        answered.value <= asked.value
        or not is_same_unit(asked.unit, answered.unit)
        or len(between) > _MOST_BETWEEN
        or plain[: asked.start].rstrip("はがを( ").endswith("定員")
        or _NOT_THEIRS.is_in(
            _words_without_names_of_answers(plain[max(0, asked.start - 8) : asked.start] + between)
        )
    ):
        return False
    if _ASKED.match(between) and _ANSWERED.match(plain, answered.start + len(answered.text)):
        return True
    leads = plain[max(0, asked.start - 8) : asked.start].rstrip("はがをの約計 :")
    names = between.rstrip("はがをの約計も :")
    is_named = leads.endswith(_ASKED_NAMES) and names.endswith(_ANSWERED_NAMES)
    return is_named and between.lstrip().startswith(_THEN)


def _words_without_names_of_answers(words: str) -> str:
    return words.replace("回答", "").replace("回収", "")


_ASKED_NAMES = alternatives(
    "対象者|対象者数|対象|送付|送付数|発送|発送数|照会|照会数|配布|配布数|配付|配付数|案内|依頼"
)
_ANSWERED_NAMES = alternatives("回答|回答数|回答者|受診者|受診者数|返信|回収|回収数|返送|返戻|受診|利用者")
_THEN = alternatives("に対し|、|のうち|を行い|を送付し|で、|であり|中")


def _violation_for_answers(written: PrintedText, asked: TextNumber, answered: TextNumber) -> Violation:
    end = min(len(written.text), answered.start + len(answered.text) + 12)
    quote = excerpt(written.text, asked.start, end)
    return written.violation(
        answered.start,
        f"「{asked.text.strip()}」に送ったのに「{answered.text.strip()}」の答えがあったことになります（「{quote}」）。",
        "送った数と答えた数を確かめ、違う方を直してください。",
        actual=answered.text.strip(),
    )
