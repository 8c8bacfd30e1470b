"""Where and on which day a sentence says that an event was held: 説明会は6月21日に市民会館で開催した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.names.event_names import event_names_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_KINDS = (
    r"(?:会館|ホール|センター|会議室|公民館|プラザ|庁舎|市役所|区役所|町役場|図書館|体育館|講堂|大学|会場|文化館|研修室"
    r"|オンライン|書面)"
)
_NAME = rf"(?P<place>(?:[^\s、。はをにがでと()（）\d]{{1,10}}の?)?{_KINDS})"
_AT = LazyPattern(
    rf"{_NAME}(?:で|において|にて)(?:、?(?:開催|開い|開き|実施|行|開か)|の)", needs=("で", "において", "にて")
)
_BRACKETED = LazyPattern(rf"^\s*\({_NAME}\)", needs="(")
_HELD = (
    "開催し",
    "開催。",
    "開いた",
    "開き",
    "実施し",
    "実施。",
    "行った",
    "行い",
    "開かれ",
    "名が参加",
    "名で",
    "人が参加",
    "名であ",
)
_OTHER = AnyOf(
    "第|各|回目|再|追加|別|次回|午前|午後|予定|前年|昨年|例年|毎|延期|変更|前回|翌|中止|それぞれ|ほか|他の|1日目|2日目|まで|から|及び"
    "|および|案内|通知|配信|分科"
)


_LONG = 5
"""Letters of a name of which there is one event: there are many 説明会."""


@frozen
class ReportedEvent:
    """An event of a sentence: `day` is its month and day, (0, 0) for none.

    `topic` is whether the sentence is about it (は).
    """

    name: str
    start: int
    end: int
    day: tuple[int, int]
    place: str
    topic: bool

    def contradicts(self, other: ReportedEvent) -> str:
        """What two sentences about one event say in another way: 日 or 場所, '' for nothing."""
        if self.name != other.name:
            return ""
        both_places = self.place and other.place and not _is_name_part_of_other(self.place, other.place)
        if self.day == other.day and both_places and (self.day != (0, 0) or other.topic):
            return "場所"
        is_other_day = (0, 0) not in (self.day, other.day) and self.day != other.day
        is_one = (
            len(self.name) >= _LONG
            and other.topic
            and (not self.place or not other.place or self.place == other.place)
        )
        return "日" if is_other_day and is_one else ""


def _is_name_part_of_other(one: str, other: str) -> bool:
    """Whether a place may be the same by a shorter name: 大ホール of 県民会館大ホール."""
    return one.endswith(other) or other.endswith(one) or one.startswith(other) or other.startswith(one)


def reported_events(text: str) -> Iterator[ReportedEvent]:
    """The single event of each sentence of a text with one day or a place."""
    plain, start = half_width(text), 0
    for sentence in plain.replace("\n", "。").split("。"):
        found = _reported_event(f"{sentence}。", start)
        if found:
            yield found
        start += len(sentence) + 1


def _reported_event(sentence: str, start: int) -> ReportedEvent | None:
    if not any(one in sentence for one in _HELD) or _OTHER.is_in(sentence):
        return None
    names, day = event_names_in(sentence), _only_month_and_day(sentence)
    if len(names) != 1 or day is None:
        return None
    (name,) = names
    bracketed = _BRACKETED.match(sentence[name.end :])
    place = bracketed or _AT.search(sentence)
    if not place and day == (0, 0):
        return None
    topic = sentence.startswith(("は", "には"), name.end) or bracketed is not None
    where = place["place"].rpartition("の")[2] if place else ""
    return ReportedEvent(_plain_name(name.text), start + name.start, start + name.end, day, where, topic)


def _only_month_and_day(sentence: str) -> tuple[int, int] | None:
    """The month and day of a sentence, (0, 0) for no date; None for several, or for a month alone."""
    dates = dates_in(sentence)
    if not dates:
        return 0, 0
    first = dates[0]
    return (first.month, first.day) if len(dates) == 1 and first.day else None


def _plain_name(name: str) -> str:
    return name.lstrip(LINE_MARKS)
