"""Topics that their sentence does not answer: 目的は、理解を深めた。 for 理解を深めることである。"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ANSWERED = (
    "ため|から|こと|もの|ところ|点|よる|よって|より|ある|あり|あっ|考え|思わ|見ら|挙げ|推測|達成|調査|分析|検討|確認|把握"
    "|説明|整理|検証|共有|報告|公表|記載|伝え|示し|定め|決め|掲げ|として"
)
_PATTERNS = (
    LazyPattern(
        rf"(?:目的|ねらい|狙い|趣旨)は(?:、|(?=[^\W\x00-ん])(?!別))(?:(?!{_ANSWERED})[^。]){{2,40}}?を(?:(?!{_ANSWERED})[^。、はが]){{1,12}}"
        r"(?:た|ている)(?=。)",
        needs=("目的は", "いは", "趣旨は"),
    ),
    LazyPattern(
        rf"(?:理由|原因|要因|背景)は、(?:(?!{_ANSWERED})[^。]){{2,40}}?[がも](?:(?!{_ANSWERED})[^。、]){{1,14}}"
        r"(?:た|ない|ている)(?=。)",
        needs=("由は、", "因は、", "景は、"),
    ),
    LazyPattern(
        rf"課題は、(?:(?!{_ANSWERED})[^。]){{2,40}}?が[^。、]{{0,8}}?"
        r"(?:不足している|足りない|少ない|遅れている|低い|できていない)(?=。)",
        needs="課題は、",
    ),
)


def unanswered_topics(text: str) -> Iterator[Misuse]:
    """Each 目的は、理由は、 or 課題は、 with a verb behind it that says no purpose, reason or task."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], "")
    yield from _topics_before_verbs(text)


# What is said of a topic by を and a verb, or by が and a verb, in place of its own name.
_OF_AIMS = alternatives("目的|ねらい|狙い|趣旨|役割|目標|主眼|使命")
_OF_CAUSES = alternatives("理由|原因|要因|きっかけ|背景|発端|契機")
_OF_TASKS = alternatives("課題|反省点|変更点|改善点|問題点|特徴|相違点")
_NAMES = (*_OF_AIMS, *_OF_CAUSES, *_OF_TASKS)
_LONGEST_TOPIC, _SHORTEST_ANSWER, _LONGEST_ANSWER = 30, 5, 60
_PAST = alternatives("た|だ")
# An act or a state at the end of a sentence; だった and である are answers.
_ENDS = alternatives(
    "した|かった|った|いた|えた|けた|せた|てた|ねた|べた|めた|れた|げた|きた|ぎた|じた|んだ|いだ|せる|める|ける|げる|える|れる|てる|ねる"
    "|する|う|く|す|つ|む|ぶ|ぐ|きる|じる|りる|いる|い|くなる|やる|さる"
)
_ANSWERS = AnyOf(
    "ため|からで|からだ|からと|こと|もの|ところ|点|よる|よって|により|効果|方が多|者が多|考え|思わ|思う|見られ|みられ|みる|挙げ|推測|いえる|言える|という|といった"
    "|との|次の|以下|下記|別|とおり|通り|とする|とした|としている|としていた|となる|となった|となっている|になった|になる|である|であった"
    "|だった|にある|がある|もある|であり|なのは|ではない|とは|わけ|の一つ|明らか|異な|変わ|占め|うかがえ|「|」|(|（|役立|つなが|寄与|貢献"
)
# The topic is what the verb is done to: 課題は、関係者で対応を協議する.
_IS_OBJECT = AnyOf(
    "達成|上回|下回|超え|届|満た|検討|協議|議論|共有|整理|確認|把握|分析|検証|公表|説明|報告|解決|解消|改善|対応|設定|周知|見直|調査"
    "|評価|踏まえ|示|明|伝|掲げ|定め|決|求め|尋ね|聞|記載|記入|回答|選|取り組|取組|進め|担|果た|分担|継続|引き続き|引き継|残|反映|尊重"
    "|理解を得|了解|了承|承認|合意|公開|掲載|通知|意見|要望|相談|提示|提案|提出|話し合|次回|次年度|来年度|必要|不可欠|重要|望"
)
# A topic and an end that say the same twice, or an end that is no answer whatever stands before it.
_TWISTED = (
    (_OF_CAUSES, ("ことが原因である", "ことが要因である", "ことが理由である", "ことが背景である")),
    (_OF_CAUSES, ("こととした", "ことにした", "こととしている", "することとなった", "ことになった")),
    (_OF_AIMS, ("ために行った", "ために実施した", "ために開催した", "ために作成した", "ために始めた")),
    (_OF_AIMS, ("のねらいで作成した", "の目的で作成した", "の目的で実施した", "の目的で行った")),
    (("目標", "目的"), ("ことを目指す", "ことを目指している", "ことを目標とする", "ことを目的とする")),
    (("意見", "要望", "感想"), ("と述べている", "と述べた", "と話している")),
    (("研修の内容", "講習の内容", "研修会の内容", "講座の内容"), ("について学んだ", "を学んだ")),
)
_IS_EFFORT = tuple(
    f"{verb}{noun}"
    for verb in alternatives(
        "力を入れた|工夫した|改善した|留意した|注意した|配慮した|重視した|心がけた|変更した"
    )
    for noun in ("点", "こと")
)
_OPEN_TASKS = ("今後の課題", "残る課題", "残された課題", "次年度の課題", "来年度の課題")
_IS_NEEDED = ("る必要がある", "す必要がある", "く必要がある", "う必要がある")
_IS_TASK_SOLVED = AnyOf("解決|解消|対応|改善|検討|対策|取組|取り組|協議|議論|克服|把握|分析|整理|共有")
_SIGNS = "・•●■※ 　"


def _topics_before_verbs(text: str) -> Iterator[Misuse]:
    """きっかけは、問い合わせが増えた; 力を入れたのは、説明を行った: no answer to the topic."""
    at = text.find("は、")
    while at >= 0:
        first, end = sentence_around(text, at, at)
        topic, answer = text[first:at].lstrip(_SIGNS), text[at + 2 : end].rstrip()
        if _is_topic_unanswered(topic, answer):
            yield Misuse(at - len(topic), end, text[at - len(topic) : end], "")
        at = text.find("は、", end)


def _is_topic_unanswered(topic: str, answer: str) -> bool:
    """Whether a sentence with a topic at its beginning ends in a verb that says nothing of it."""
    if len(topic) > _LONGEST_TOPIC or "、" in topic[-_LONGEST_TOPIC:].removeprefix("また、"):
        return False
    if _is_answer_twisted(topic, answer):
        return True
    is_verb = _SHORTEST_ANSWER <= len(answer) <= _LONGEST_ANSWER and answer.endswith(_ENDS)
    if not is_verb or _ANSWERS.is_in(answer):
        return False
    clause = answer.rpartition("、")[2]
    name = next((one for one in _NAMES if topic.endswith(one)), "")
    if not name:
        return _is_topic_an_act(topic) and not {"を", "が"}.isdisjoint(clause)
    return _is_of_another_matter(name, clause)


def _is_answer_twisted(topic: str, answer: str) -> bool:
    """Whether the end of a sentence goes with no topic of this kind: 目的は、…ために行った."""
    if topic.endswith(_OF_AIMS) and "ため、" in answer and answer.endswith(_HELD) and "を" in answer:
        return True
    if any(topic.endswith(names) and answer.endswith(ends) for names, ends in _TWISTED):
        return True
    if topic.endswith(_OPEN_TASKS):
        return "を" in answer and answer.endswith(_IS_NEEDED) and not _IS_TASK_SOLVED.is_in(answer)
    return topic.endswith(_IS_EFFORT) and "を" in answer and answer.endswith(_ACTS_PAST)


_HELD = (
    "実施した",
    "開催した",
    "行った",
    "送付した",
    "作成した",
    "配布した",
    "掲載した",
    "開始した",
    "見直した",
)
_ACTS_PAST = (
    "増やした",
    "減らした",
    "延ばした",
    "広げた",
    "早めた",
    "ようにした",
    "短くした",
    "設けた",
    "始めた",
    "加えた",
)


def _is_of_another_matter(name: str, clause: str) -> bool:
    """Whether the last clause behind 目的は、 or 理由は、 has an object or a subject of its own."""
    if _IS_OBJECT.is_in(clause[max(clause.rfind("を"), clause.rfind("が")) :]):
        return False
    if name in _OF_AIMS:
        return "を" in clause or clause.endswith("ができる")
    return "が" in clause or ("を" in clause and (clause.endswith(_PAST) or name in _OF_TASKS))


def _is_topic_an_act(topic: str) -> bool:
    """Whether a topic is an act or a state made a noun: 力を入れたのは, 最も多いのは; not ものは."""
    before = topic.removesuffix("の")
    is_verb = before != topic and before.endswith(("た", "だ", "る", "い", "う", "く", "す", "む", "ぶ"))
    return (
        is_verb
        and not before.endswith(("という", "といった", "も", "こう", "そう"))
        and is_hiragana(before[-1])
    )
