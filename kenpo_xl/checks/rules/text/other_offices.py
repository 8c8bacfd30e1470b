"""Another office's name where the own one's work is written (表記)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import known_texts
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentence_span
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.bodies_elsewhere import bodies_elsewhere
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_KINDS = ("支部", "健康保険組合", "市", "町", "村")
_OF_PLACES = frozenset("市町村")
_LONGEST_NAME = 8
# 他支部, 県内支部, 医師会支部: no office of the own kind, or several.
_NO_NAMES = frozenset("他各全当本同両貴")
_OF_SEVERAL = ("全", "各", "県", "都内", "近", "隣", "複数", "一部", "対象", "地元")
_OF_ANOTHER_KIND = AnyOf("会|委員|連合|団体|規模|同様|都道府県")
_OPENING = LazyPattern(
    r"[\s・•●■※○◎]*(?:\(?\d{1,2}[).]|[①-⑳])?\s*(?:(?:今後[もは]?|引き?続き|また|なお|さらに|次年度[もは]?)、?)*"
)
_SUBJECT = LazyPattern(
    r"(?:では|においては|としては?|は)(?!な)"
    r"|の(?:加入者|被保険者|被扶養者|組合員|事業主|事業所|職員|利用者|高齢者|住民|皆様)"
)
_OWN = LazyPattern(r"(?:では|においては|としては?|は|の)(?!な)")
_CONTINUES = LazyPattern(r"引き?続き|今後[もは]", needs=("続き", "今後"))
_INTENDS = LazyPattern(
    r"(?:図|努め|取り組|進め|推進す|行|実施す)(?:っていく|ていく|んでいく|していく|る|む|う)。?\s*$",
    needs=("図", "努め", "取り組", "進", "行", "実施"),
)
_TOGETHER = AnyOf("連携|共同|合同|共催|協力|協働|情報|共有|参考|事例|比較|視察|意見交換|近隣|隣接|転入|転出")


@rule(
    "WO94",
    Family.WORDING,
    Severity.WARNING,
    "ほかの支部や団体の名前で、今後の取組が書かれています",
    why="ほかの支部や団体の文を写すと、その名前が残ったまま評議会の資料に印刷されます。",
    remedy="名前を確かめ、自分の支部や団体の名前に直すか、消してください。",
)
def another_office_does_the_work(context: CheckContext) -> Iterator[Violation]:
    """千葉支部では、引き続き周知を図る in the report of another; of places a nearly equal one only.

    The name begins the sentence, which says what will be done from now on. Silent for 連携 and the like.
    """
    kind = next((one for one in _KINDS if context.plan.branch.endswith(one)), "")
    own = context.plan.branch.removesuffix(kind)
    for written in printed_lines(context) if kind and own else ():
        for found in re.finditer(kind, written.text):
            start, end = sentence_span(written.text, found.start())
            sentence = written.text[start:end]
            name = _name_at_beginning(sentence, found.start() - start)
            behind = written.text[found.end() : end]
            if name and _is_another(name, own, kind, behind) and _is_own_work(sentence):
                yield _violation(context, written, found.start() - len(name), name + kind)


@rule(
    "WO95",
    Family.WORDING,
    Severity.WARNING,
    "ほかの都道府県の機関の名前があります",
    why="ほかの支部の文を写すと、「千葉労働局」のような名前が残ったまま評議会の資料に印刷されます。",
    remedy="機関の名前を確かめてください。ほかの都道府県の機関で正しければ、このままで構いません。",
)
def body_of_another_prefecture_is_named(context: CheckContext) -> Iterator[Violation]:
    """千葉労働局 in the report of 埼玉支部; silent where the plan or another report names that prefecture.

    Only bodies that every prefecture has: labour bureaus, associations, sections of its government.
    """
    own = context.plan.branch.removesuffix("支部")
    for written in printed_lines(context):
        for start, end, place in bodies_elsewhere(written.text, own):
            if not any(place in text for _, texts in known_texts(context) for text in texts):
                name = written.text[start:end]
                yield written.violation(
                    start,
                    f"{quoted(name)}とありますが、{own}の機関ではありません。",
                    f"{own}の機関のことなら、名前を直してください。",
                    actual=name,
                )


def _name_at_beginning(sentence: str, end: int) -> str:
    """The kanji and katakana between the opening of a sentence and a place, '' for anything else."""
    opening = _OPENING.match(sentence)
    name = sentence[opening.end() if opening else 0 : end]
    return name if len(name) <= _LONGEST_NAME and all(map(_is_letter_of_name, name)) else ""


def _is_letter_of_name(letter: str) -> bool:
    return "一" <= letter <= "龯" or "ァ" <= letter <= "ヶ" or letter in "ー々"


def _is_another(name: str, own: str, kind: str, behind: str) -> bool:
    """Whether a name is another office's, and its work follows."""
    if name.endswith(own) or name in _NO_NAMES or name.startswith(_OF_SEVERAL):
        return False
    is_nearly_own = len(name) == len(own) and any(map(str.__eq__, name, own))
    if _OF_ANOTHER_KIND.is_in(name) or (kind in _OF_PLACES and not is_nearly_own):
        return False
    return bool((_OWN if is_nearly_own else _SUBJECT).match(behind))


def _is_own_work(sentence: str) -> bool:
    is_plan = _CONTINUES.search(sentence) and _INTENDS.search(sentence)
    return bool(is_plan) and not _TOGETHER.is_in(sentence)


def _violation(context: CheckContext, written: PrintedText, start: int, name: str) -> Violation:
    own = context.plan.branch
    return written.violation(
        start,
        f"「{name}」の取組として書かれています: {quoted(written.text[start:])}",
        f"「{own}」のことなら、名前を直すか消してください。",
        actual=name,
        expected=own,
    )
