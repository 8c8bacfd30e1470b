"""Names of events (行事) in sentences: kanji, katakana and letters up to 研修, 会議, 委員会 and the like."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen

_KINDS_TEXT = (
    "研修会 研修 会議 委員会 協議会 審議会 部会 説明会 講習会 セミナー フォーラム 勉強会 教室 講演会 連絡会 "
    "シンポジウム 懇談会 相談会 交流会 報告会 イベント ワーキンググループ ミーティング キャンペーン PT"
)
_KINDS = tuple(_KINDS_TEXT.split())
# Behind a kind these make another word of it: 研修所, 委員会室.
_OTHER_WORDS = ("所", "員", "用", "費", "室", "後", "時", "中", "等", "日")
_LONGEST = 24
"""Letters of a name before its kind."""


@frozen
class EventName:
    """A name with its place in a sentence."""

    start: int
    end: int
    text: str

    @property
    def text_without_kind(self) -> str:
        """The name without 研修, 会議 and the like at its end."""
        kinds = (kind for kind in _KINDS if self.text.endswith(kind))
        return self.text.removesuffix(max(kinds, key=len, default=""))


@lru_cache(maxsize=1_024)
def event_names_in(sentence: str) -> tuple[EventName, ...]:
    """The names of a sentence with half-width letters, each as long as it can be; none overlap."""
    return tuple(_event_names_in(sentence))


def _event_names_in(sentence: str) -> Iterator[EventName]:
    kinds = _kinds_by_place(sentence)
    end = 0
    for place in sorted(kinds):
        if place < end:
            continue
        start = place
        while start > max(end, place - _LONGEST) and _is_name_letter(sentence[start - 1]):
            start -= 1
        last = _last_kind_of_name(sentence, start, place, kinds)
        end = last + len(kinds[last])
        yield EventName(start, end, sentence[start:end])


def _kinds_by_place(sentence: str) -> dict[int, str]:
    """The kinds of events by the place where they begin, of several at one place the first of the list."""
    found: dict[int, str] = {}
    for kind in _KINDS:
        place = sentence.find(kind)
        while place >= 0:
            if not sentence.startswith(_OTHER_WORDS, place + len(kind)):
                found.setdefault(place, kind)
            place = sentence.find(kind, place + 1)
    return found


def _last_kind_of_name(sentence: str, start: int, place: int, kinds: dict[int, str]) -> int:
    """The place of the last kind that a name can end with which begins at `start`."""
    last = place
    while place - start < _LONGEST and place < len(sentence) and _is_name_letter(sentence[place]):
        place += 1
        last = place if place in kinds else last
    return last


def _is_name_letter(letter: str) -> bool:
    return (
        "一" <= letter <= "龯"
        or "ァ" <= letter <= "ヴ"
        or letter in "々ー・-"
        or (letter.isascii() and letter.isalpha())
    )
