"""Subjects that one sentence of the item says increased or got better, and another one the contrary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.support.sentence_pairs.item_sentences import ItemSentence, SentenceDoubt
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_DIRECTIONS = LazyPattern(
    r"(?P<good>改善し|向上し|緩和し|緩和され|短くなっ|解消し|好転し|軽減し)|(?P<bad>悪化し|低下し|激しくな|長くなっ|増大し|深刻)",
    needs=(
        "改善",
        "向上",
        "緩和",
        "短くな",
        "解消",
        "好転",
        "軽減",
        "悪化",
        "低下",
        "激し",
        "長くな",
        "増大",
        "深刻",
    ),
)
_SUBJECT = LazyPattern(r"(?P<name>[^、。はがも\s]{3,24})(?:は|が|も)[^。はが]{0,16}$", needs="はがも")


def doubts_on_directions(sentences: Sequence[ItemSentence]) -> Iterator[SentenceDoubt]:
    """A subject that a sentence says increased or got better, and one before it the contrary."""
    changes = [(one, *change) for one in sentences for change in _changes_in(one)]
    for place, (later, subject, sign, words) in enumerate(changes):
        for earlier, before, other_sign, other_words in changes[:place]:
            is_same = subject.endswith(before) or before.endswith(subject)
            if earlier is not later and is_same and sign == -other_sign and earlier.times == later.times:
                yield SentenceDoubt(later, later.text.find(words), words, earlier, other_words)
                break


def _changes_in(sentence: ItemSentence) -> Iterator[tuple[str, int, str]]:
    """The subject, the sign and the words of each change that a sentence reports."""
    verbs: list[tuple[re.Match[str], bool]] = [
        (one, bool(one["up"])) for one in change_verbs_in(sentence.text)
    ]
    verbs += [(one, bool(one["good"])) for one in _DIRECTIONS.finditer(sentence.text)]
    for verb, is_up in verbs:
        found = _SUBJECT.search(sentence.text[: verb.start()])
        if found:
            yield "".join(found["name"].split("の")).lstrip("・•●■※"), 1 if is_up else -1, verb[0]
