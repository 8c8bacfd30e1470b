"""The sentences of an item with the names that tell things apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from kenpo_xl.checks.support.printed_text import sentences_with_start
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_SHORTEST, _MOST_TIMES = 3, 4
"""Letters of a name, and how often an item has a telling one."""
_TIME = LazyPattern(
    r"(\d{1,2})\s*月(?!号)|第\s*\d\s*四半期|[上下]半?期|令和\s*\d+\s*年度?|(?:前|昨)年(?:度|同期|同月)?|第\s*\d+\s*回",
    contains=r"[月期年回]",
)


@frozen
class ItemSentence:
    """A sentence in half-width letters, the number of its line, its start there, and the text of its item."""

    line: int
    text: str
    start: int
    item_text: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names that tell things apart, since the item has them a few times only."""
        return frozenset(filter(self._is_name_specific, _names_in(self.text)))

    def _is_name_specific(self, name: str) -> bool:
        return self.item_text.count(name) <= _MOST_TIMES

    @property
    def times(self) -> frozenset[str]:
        """The months, quarters, years and numbers of events that it names."""
        return frozenset("".join(found[0].split()) for found in _TIME.finditer(self.text))


@frozen
class SentenceDoubt:
    """What a sentence says otherwise than another one."""

    sentence: ItemSentence
    place: int
    here: str
    other: ItemSentence
    there: str


def sentences_of_item(lines: Iterable[tuple[int, str]]) -> list[ItemSentence]:
    """The sentences of all lines of one item, each line a number and a text."""
    found = [
        (number, sentence, start)
        for number, text in lines
        for sentence, start in sentences_with_start(half_width(text))
    ]
    item_text = "".join(text for _, text, _ in found)
    return [ItemSentence(*one, item_text) for one in found]


def _names_in(text: str) -> Iterator[str]:
    return (run for _, run in noun_runs(text) if len(run) >= _SHORTEST)
