"""More who took part than there was room for: 定員80名の会場に105名が参加 (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ROOM = LazyPattern(
    r"(?:定員|収容人数|収容定員|募集人数|募集定員|座席数|席数)(?:数)?(?:は|が|を|の|:|[(])?\s*(?:各)?\s*$",
    needs=("定員", "収容", "募集", "席数"),
)
_TOOK_PART = LazyPattern(
    r"\s*(?:の(?:方|参加者|受講者)?)?(?:が|は)?[^。、\d]{0,8}?(?:参加|出席|受講|来場|着席|入場|聴講)(?!者|希望|申|を|料|費|率|の申)"
)
_TOOK_PART_BEFORE = LazyPattern(
    r"(?:参加者|出席者|受講者|来場者|聴講者)(?:数)?(?:は|が|:)?[、\s]*(?:全員で|総勢)?\s*$"
)
# More were let in, or came one after the other, or not into the room.
_MAY_BE_MORE = AnyOf(
    "超|上回|オーバー|追加|増|拡|変更|抽選|申込|申し込|応募|希望|延べ|のべ|オンライン|web|Web|WEB|ウェブ|Zoom|ZOOM|配信"
    "|ハイブリッド|動画|合わせ|合計|計|各|ずつ|ごと|立ち見|立見|盛況|盛会|人気|関心|反響|好評|約|当初|予定|前年|昨年|前回"
    "|うち|入替|入れ替|交代|部制|か所|キャンセル|欠席|補助|臨時|枠"
)
_PERSONS = ("名", "人")
_SEATS = (*_PERSONS, "席")
_TIMES = ("回", "会場", "日", "日間", "部")


def violations_for_exceeded_capacities(context: CheckContext) -> Iterator[Violation]:
    """The only two numbers of persons are 定員 and more who took part, once and in one place.

    Silent where more were let in (定員を超える, 追加), applied (応募), or came otherwise (延べ, オンライン).
    """
    for sentence in numbered_sentences(context):
        pair = _seats_and_persons(sentence)
        if pair is None or _MAY_BE_MORE.is_in(sentence.text.replace("計画", "")):
            continue
        room, persons = pair
        if persons.value > room.value and is_stated_exactly(persons, sentence.written.text):
            yield sentence.violation(
                persons,
                f"定員は「{room.text.strip()}」ですが、「{persons.text.strip()}」が参加しています",
                "2 つの数を確かめて直してください。定員を超えて受け入れたのなら、そう書いてください。",
                first=min(pair, key=lambda one: one.start),
            )


def _counts_of_seats_and_persons(sentence: NumberedSentence) -> list[TextNumber]:
    return [one for one in sentence.numbers if one.unit in _SEATS or sentence.behind(one).startswith("席")]


def _is_number_of_persons(sentence: NumberedSentence, number: TextNumber) -> bool:
    return number.unit in _PERSONS and _is_number_of_participants(sentence, number)


def _seats_and_persons(sentence: NumberedSentence) -> tuple[TextNumber, TextNumber] | None:
    """The room and those who took part, the only such numbers of a sentence; None where that is not sure."""
    counts = _counts_of_seats_and_persons(sentence)
    if len(counts) != 2 or any(one.unit in _TIMES and one.value > 1 for one in sentence.numbers):
        return None
    rooms = [one for one in counts if _ROOM.search(sentence.before(one))]
    others = [one for one in counts if one not in rooms and _is_number_of_persons(sentence, one)]
    return (rooms[0], others[0]) if len(rooms) == len(others) == 1 else None


def _is_number_of_participants(sentence: NumberedSentence, number: TextNumber) -> bool:
    is_behind = _TOOK_PART.match(sentence.behind(number)) is not None
    return is_behind or _TOOK_PART_BEFORE.search(sentence.before(number)) is not None
