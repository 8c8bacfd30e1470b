"""Another office's name where the own one's work is written (表記)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import USUALLY, known_texts
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    joined_texts,
    printed_lines,
    quoted,
    sentence_at,
    sentence_span,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.names.bodies_elsewhere import PREFECTURES, bodies_elsewhere
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
    r"(?:図|努め|取り組|進め|推進す|行|実施す|続け|継続す)(?:っていく|ていく|んでいく|していく|る|む|う)。?\s*$",
    needs=("図", "努め", "取り組", "進", "行", "実施", "続け", "継続"),
)
# What only an office's own report mentions: all its staff, its plan, those whom it writes to.
_OF_OWN_WORK = LazyPattern(
    r"の(?:(?:(?:すべて|全て)の|全)(?:職員|担当者|グループ|課)|(?:職員|担当者)(?:全員|一同))(?:が|で|に|は|へ)"
    r"|の(?:(?:今|本)年度の?)?(?:事業|実施|広報|行動|データヘルス)?(?:計画|方針)(?:に(?:基づ|沿|従|則|より|掲げ|定め)|どおり|のとおり)"
    r"|の(?:加入者|被保険者|被扶養者|組合員|事業主|事業所|利用者|高齢者|市民|町民|村民|住民)(?:の皆様)?に?向け[たのて]",
    needs=("職員", "担当者", "グループ", "課", "計画", "方針", "向け"),
)
# What an office publishes and does under its own name.
_OF_OWN_PAGES = LazyPattern(
    r"の?(?:公式)?(?:ホームページ|HP|ＨＰ|LINE|SNS|メールマガジン|広報[誌紙]|機関誌|窓口)(?:等|など)?"
    r"(?:に(?:も)?[^。]{0,16}(?:(?:掲載|掲示)(?:し|を)|載せ)|(?:で|において)(?:も)?[^。]{0,24}(?:(?:配布|案内|配信|周知|掲示|紹介|受け付け)(?:し|を)|呼びか|取り上げ|お知らせし)"
    r"|へ(?:も)?(?:の)?掲載)"
    r"|として(?:は|も)?、",
    needs=("ホームページ", "HP", "ＨＰ", "LINE", "SNS", "メールマガジン", "誌", "紙", "窓口", "として"),
)
_OF_COMPARISON = AnyOf(
    "全国|位|平均|先進|好事例|事例|同様|各支部|他支部|支部間|モデル|パイロット|試行|独自|一方|比べ|より|では既に|ほか|及び|・"
)
_OWN_NAMES = tuple(
    f"{own}{opening}"
    for own in ("支部", "市", "町", "村", "組合", "健保")
    for opening in ("(", "（", " (", " （", "である", "、すなわち")
)
_ITSELF = LazyPattern(
    r"(?:当|本|わが|我が)(?:支部|市|町|村|組合|健保|健康保険組合)\s*(?:\(|（|である|、すなわち)\s*"
    r"(?P<name>[^()（）、。\s]{2,16}?)(?=\)|）|の|は|で|が|、)",
    needs=_OWN_NAMES,
)
_VISITORS = AnyOf("講師|出席|来訪|訪問|招|依頼を受け|作成した資料|使って|活用|借り|提供")
_TOGETHER = AnyOf("連携|共同|合同|共催|協力|協働|情報|共有|参考|事例|比較|視察|意見交換|近隣|隣接|転入|転出")


@rule(
    "WO94",
    Family.WORDING,
    Severity.WARNING,
    "ほかの支部や団体の名前で、取組が書かれています",
    why="ほかの支部や団体の文を写すと、その名前が残ったまま評議会の資料に印刷されます。",
    remedy="名前を確かめ、自分の支部や団体の名前に直すか、消してください。",
)
def another_office_does_the_work(context: CheckContext) -> Iterator[Violation]:
    """千葉支部では、引き続き周知を図る in the report of another; of places a nearly equal one only.

    The name begins the sentence, which says what will be done from now on. Or anywhere it has what only an
    own report mentions: all its staff, its plan that is followed, members for whom something was written
    (千葉支部の事業計画に基づき), or its own pages. Silent for 連携 and the like. Also where it
    is said to be the own one: 当支部（千葉支部）.
    """
    kind = next((one for one in _KINDS if context.plan.branch.endswith(one)), "")
    own = context.plan.branch.removesuffix(kind)
    for written in printed_lines(context) if kind and own else ():
        yield from _violations_for_names_called_own(context, written, own)
        for found in re.finditer(kind, written.text):
            start, end = sentence_span(written.text, found.start())
            sentence = written.text[start:end]
            behind = written.text[found.end() : end]
            name = _name_at_beginning(sentence, found.start() - start)
            is_found = _is_name_of_another_office(name, own, kind, behind) and _is_sentence_about_own_work(
                sentence
            )
            if not is_found:
                name = _name_before(sentence, found.start() - start)
                is_named = _is_other_office(name, own, kind, behind) and not _is_sentence_about_both_offices(
                    sentence
                )
                is_found = is_named and _is_deed_of_own_office(sentence, name + kind, behind)
            if is_found:
                yield _violation_for_other_office(context, written, found.start() - len(name), name + kind)


def _is_deed_of_own_office(sentence: str, name: str, behind: str) -> bool:
    """Whether what follows the name of an office is what only its own report says of it."""
    if _OF_OWN_WORK.match(behind):
        return True
    if _OF_COMPARISON.is_in(sentence.lstrip("・ ")) or sentence.count(name[-2:]) > 1:
        return False
    return _OF_OWN_PAGES.match(behind) is not None


def _violations_for_names_called_own(
    context: CheckContext, written: PrintedText, own: str
) -> Iterator[Violation]:
    """当支部（千葉支部）, 本市（青葉市）: a name of the same kind that is not the own one."""
    for found in _ITSELF.finditer(written.text):
        name = found["name"]
        is_office = name.endswith(("支部", "市", "町", "村", "組合", "健保")) or name in PREFECTURES
        if is_office and name not in context.plan.branch and own not in name:
            yield _violation_for_other_office(context, written, found.start("name"), name)


@rule(
    "WO95",
    Family.WORDING,
    Severity.WARNING,
    "ほかの都道府県の機関の名前があります",
    why="ほかの支部の文を写すと、「千葉労働局」のような名前が残ったまま評議会の資料に印刷されます。",
    remedy="機関の名前を確かめてください。ほかの都道府県の機関で正しければ、このままで構いません。",
    superseded_by=("WO94",),
)
def body_of_another_prefecture_is_named(context: CheckContext) -> Iterator[Violation]:
    """千葉労働局 in the report of 埼玉支部; silent where the plan or another report names that prefecture.

    Only bodies that every prefecture has: labour bureaus, associations, sections of its government; and whom
    an office writes to and works with (栃木県内の健診機関, 大阪支部の加入者). And names
    that differ from one of another text by the prefecture alone (千葉だより).
    """
    own = context.plan.branch.removesuffix("支部")
    names = list(_violations_for_other_prefectures(context, own)) if own in PREFECTURES else []
    yield from names
    named = {one.source for one in names}
    for written in printed_lines(context):
        for start, end, place in bodies_elsewhere(written.text, own) if written.source not in named else ():
            if not any(place in text for _, texts in known_texts(context) for text in texts):
                name = written.text[start:end]
                yield written.violation(
                    start,
                    f"{quoted(name)}とありますが、{own}のものではありません。",
                    f"{own}の機関のことなら、名前を直してください。",
                    actual=name,
                )


def _violations_for_other_prefectures(context: CheckContext, own: str) -> Iterator[Violation]:
    """The names of lines that other texts have with the own prefecture, and none with this one."""
    joined = joined_texts(context)
    for prefecture in PREFECTURES:
        place = joined.text.find(prefecture) if prefecture != own else -1
        while place >= 0:
            end = place + len(prefecture)
            rest = _letters_of_name_behind(joined.text[end : end + _LONGEST_NAME])
            written, start = joined.place(place)
            if rest and written.line and _is_known_with(context, written, own + rest, prefecture + rest):
                yield _prefecture_violation(written, start, prefecture + rest, own + rest)
            place = joined.text.find(prefecture, end)


def _letters_of_name_behind(behind: str) -> str:
    """What is behind a prefecture in a name of its own: だより, 推進協, 県内年金事; '' for none."""
    if behind.startswith("だより"):
        return "だより"
    length = next((one for begin, one in _RESTS if behind.startswith(begin)), 3)
    rest = behind[:length]
    return rest if len(rest) == length and all(map(_is_letter_of_name, rest)) else ""


_OF_OTHERS = AnyOf(
    "他支部|近隣|隣接|合同|事例|参考|視察|比較|転入|転出|意見交換|情報交換|関東|ブロック|ほかの|他の"
)
_RESTS = (("支部", 9), ("県内", 5), ("県", 4), ("都", 4), ("府", 4))


def _other_texts(context: CheckContext, written: PrintedText) -> list[str]:
    """The texts beside the book's own, and its other printed texts."""
    texts = [text for place, known in known_texts(context) for text in known if place != USUALLY]
    return [*texts, *(one.text for one in all_printed_texts(context) if one is not written)]


def _is_known_with(context: CheckContext, written: PrintedText, own: str, name: str) -> bool:
    """Whether other texts have the name with the own prefecture, and none has this one."""
    sentence = sentence_at(written.text, written.text.find(name))
    if own in sentence or _OF_OTHERS.is_in(sentence):
        return False
    others = _other_texts(context, written)
    return any(own in text for text in others) and not any(name in text for text in others)


def _prefecture_violation(written: PrintedText, start: int, name: str, own: str) -> Violation:
    return written.violation(
        start,
        f"{quoted(name)}とありますが、ほかの所では{quoted(own)}です。",
        f"{quoted(own)}のことなら、名前を直してください。",
        actual=name,
        expected=own,
    )


def _name_at_beginning(sentence: str, end: int) -> str:
    """The kanji and katakana between the opening of a sentence and a place, '' for anything else."""
    opening = _OPENING.match(sentence)
    name = sentence[opening.end() if opening else 0 : end]
    return name if len(name) <= _LONGEST_NAME and all(map(_is_letter_of_name, name)) else ""


def _name_before(sentence: str, end: int) -> str:
    """The kanji and katakana before a place, '' for a longer run than a name."""
    start = end
    while start and end - start <= _LONGEST_NAME and _is_letter_of_name(sentence[start - 1]):
        start -= 1
    return sentence[start:end] if end - start <= _LONGEST_NAME else ""


def _is_letter_of_name(letter: str) -> bool:
    return "一" <= letter <= "龯" or "ァ" <= letter <= "ヶ" or letter in "ー々"


def _is_name_of_another_office(name: str, own: str, kind: str, behind: str) -> bool:
    """Whether a name is another office's, and its work follows."""
    if not _is_name_unlike_own(name, own, kind):
        return False
    return bool((_OWN if _is_name_nearly_own(name, own) else _SUBJECT).match(behind))


def _is_other_office(name: str, own: str, kind: str, behind: str) -> bool:
    """Whether a name is another office's; any other place where its own pages follow."""
    if _is_name_unlike_own(name, own, kind):
        return True
    is_place = kind in _OF_PLACES and bool(name) and not name.endswith(own) and name not in _NO_NAMES
    return is_place and not name.startswith(_OF_SEVERAL) and _OF_OWN_PAGES.match(behind) is not None


def _is_name_unlike_own(name: str, own: str, kind: str) -> bool:
    """Whether a name is that of another office of the same kind; of places a nearly equal one."""
    if not name or name.endswith(own) or name in _NO_NAMES or name.startswith(_OF_SEVERAL):
        return False
    is_known = kind not in _OF_PLACES or _is_name_nearly_own(name, own)
    if own in PREFECTURES and not name.endswith(PREFECTURES):
        return False
    return is_known and not _OF_ANOTHER_KIND.is_in(name)


def _is_name_nearly_own(name: str, own: str) -> bool:
    return len(name) == len(own) and any(map(str.__eq__, name, own))


def _is_sentence_about_own_work(sentence: str) -> bool:
    is_plan = _CONTINUES.search(sentence) and _INTENDS.search(sentence)
    return bool(is_plan) and not _TOGETHER.is_in(sentence)


def _is_sentence_about_both_offices(sentence: str) -> bool:
    """Whether a sentence is about what two offices do together, or one for the other."""
    return _TOGETHER.is_in(sentence) or _VISITORS.is_in(sentence)


def _violation_for_other_office(
    context: CheckContext, written: PrintedText, start: int, name: str
) -> Violation:
    own = context.plan.branch
    return written.violation(
        start,
        f"「{name}」の取組として書かれています: {quoted(written.text[start:])}",
        f"「{own}」のことなら、名前を直すか消してください。",
        actual=name,
        expected=own,
    )
