"""Words that were to be replaced and are still beside the new ones (実施を実施し, 予定ですしました)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.usual_nouns import ACTIONS
from kenpo_xl.domain.language.letters import is_hiragana, is_kanji
from kenpo_xl.domain.text_span import TextSpan

_LENGTH = 2
_ACTIONS = frozenset(one for one in ACTIONS if len(one) == _LENGTH)
_VERBS = ("し", "す", "を行", "を実施", "を図", "中", "。")
_JOINTS = {
    "して": ("し", "を行"),
    "して、": ("し",),
    "する": ("を行", "をし"),
    "を": ("し", "す", "さ", "。"),
    "した": _VERBS,
    "を行い": _VERBS,
    "を図り": _VERBS,
    "している": _VERBS,
}
"""What stands between an act and the same act, and how the second one goes on: 公開した公開し."""
_DONE, _AGAIN = "た", ("した", "して", "しま", "し、")
# The ends of stems of verbs, before た: 行っ, 努め, まし.
_STEMS = frozenset("っめけげべれえびんしじち")
_ENDED_TWICE = (
    "ですしました ですした でしたです ですである ますである ますした ますです ましたした ましたました "
    "ましたです ましたである であるした であるしました であるです するした するしました いるした "
    "いるしました したする したである 予定であった予定 予定である予定 ているである である済み っるた "
    "っいる っっる るた。 くた。 むた。 ぐた。 ぶた。 ったた。 むんだ。 るんだ。 ったする いたする "
    "めたする したした、 したした。 ってした。 "
    "してした。 たのみ。である "
    "こととするした るした。"
)
_LED_TWICE = (
    "に対してに に対しに に対してを に対しを においてに においてを によってに によってを を通じてに "
    "を通じてを に向けてに に向けてを に基づきに に基づきを に基づいてを"
)
_ENDINGS, _LEADS = tuple(_ENDED_TWICE.split()), tuple(_LED_TWICE.split())


def half_replaced(text: str) -> Iterator[TextSpan]:
    """An act that is its own object, two verbs in a row, and two endings of a sentence or of a phrase."""
    for joint, verbs in _JOINTS.items():
        yield from _repeated_acts(text, joint, verbs)
    yield from _acts_done_twice(text)
    for place in _places_of_words(text, "しを"):
        if _is_noun_of_act_at(text, place - _LENGTH):
            yield place - _LENGTH, place + 2
    for words in (*_ENDINGS, *_LEADS):
        for place in _places_of_words(text, words):
            end = place + len(words)
            if words in _ENDINGS or not is_hiragana(text[end : end + 1]):
                yield place, end


def _places_of_words(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + len(words))


def _is_noun_of_act_at(text: str, start: int) -> bool:
    return text[max(start, 0) : start + _LENGTH] in _ACTIONS


def _repeated_acts(text: str, joint: str, verbs: tuple[str, ...]) -> Iterator[TextSpan]:
    """An act on both sides of a joint, the second one with its verb: 実施を実施し."""
    for place in _places_of_words(text, joint):
        first, behind = place - _LENGTH, place + len(joint)
        act = text[max(first, 0) : place]
        is_same = text.startswith(act, behind) and text.startswith(verbs, behind + _LENGTH)
        if is_same and len(act) == _LENGTH and all(map(is_kanji, act)):
            yield first, behind + _LENGTH


def _acts_done_twice(text: str) -> Iterator[TextSpan]:
    """Two verbs in the past in a row: 発送した周知した, 行った実施した, することとした実施した."""
    for place in _places_of_words(text, _DONE):
        behind = place + len(_DONE)
        if (
            _is_noun_of_act_at(text, behind)
            and text.startswith(_AGAIN, behind + _LENGTH)
            and text[place - 1] in _STEMS
        ):
            yield max(place - _LENGTH - 1, 0), behind + _LENGTH + 2
