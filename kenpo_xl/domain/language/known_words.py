"""What the texts around a line say: how words are written in the plan, the past and the other lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.vocabulary import Vocabulary

_USUAL_KANA_LIST = (
    "の を に と は が で も や へ から まで より など への との での からの までの までに には では とは "
    "にも でも について については についての において における により による によって に関し に対し "
    "にかけて にわたり として とした とし とする としての となる となった となり とともに するとともに "
    "うとともに るとともに した して し する している していた しており していない しない したが "
    "したところ したもの したほか しつつ された されて される されている され させ させる させた できる "
    "できた できるよう するよう するため するための った って っている っており ったが ったところ った後 "
    "り る う く き け えた える えて えている えるため めた めて める めている めており めるため "
    "めるとともに けた けて ける けている けるよう けるため げた げて げる いた いて いている いており "
    "いたが いだ んだ んで んでいる まえた まえて まえ まった じた じて じる せた せて せる れた れる "
    "れて られた られる られている わせた わせて わる わった かる かった てた てて てる てている べた "
    "べて べる である であり であった であるため ではない でき できない ない なかった なく なった なり "
    "ため ための のため そのため このため また または および かつ なお さらに ほか のほか ほかに うえ "
    "のうえ うえで こと ことで ことに ことから ことにより ものの もの ところ とき ときは ごとに ごと づき "
    "づく づいた だより お ご これ それ この その それぞれ いずれ おおむね あわせて はじめ をはじめ よう "
    "ように ような という といった"
)
_USUAL_KANA = frozenset(_USUAL_KANA_LIST.split())
"""Runs of hiragana in which no text of an office differs."""


@frozen
class KnownWords:
    """The vocabularies of all texts that are known, without those of the line `own` itself.

    `runs` are the runs of kanji and katakana of all parts (`joined_runs`).
    """

    parts: tuple[Vocabulary, ...]
    own: Vocabulary
    runs: str

    def kana_count(self, key: str) -> int:
        """How often a run of hiragana, or one with the letter before it, is in the other texts."""
        found = sum(part.kana.get(key, 0) for part in self.parts) - self.own.kana.get(key, 0)
        return found or int(key in _USUAL_KANA)

    def neighbour_count(self, key: str) -> int:
        """How often a noun is beside a word in the other texts (keys as in `Vocabulary.neighbours`)."""
        return sum(part.neighbours.get(key, 0) for part in self.parts) - self.own.neighbours.get(key, 0)

    def spellings(self, reading: str) -> dict[str, int]:
        """The spellings of a reading in the other texts, with the number of times."""
        found: dict[str, int] = {}
        for part in self.parts:
            for spelling, count in part.spellings.get(reading, {}).items():
                found[spelling] = found.get(spelling, 0) + count
        for spelling, count in self.own.spellings.get(reading, {}).items():
            found[spelling] = found.get(spelling, 0) - count
        return {spelling: count for spelling, count in found.items() if count > 0}

    def has_run(self, letters: str) -> bool:
        """Whether kanji or katakana follow in this order in one of the other texts."""
        own = self.own.runs.count(letters)
        return self.runs.count(letters) > own if own else letters in self.runs

    def letter_between(self, left: str, right: str) -> str:
        """The kanji that one of the other texts has between these letters, '' without one.

        One side has two letters and the other one at least.
        """
        if len(left) + len(right) < 3:
            return ""
        found = re.search(f"{re.escape(left)}([一-龥]){re.escape(right)}", self.runs)
        return found[1] if found and self.has_run(found[0]) else ""

    def katakana_words(self) -> Iterator[str]:
        """The katakana words of the other texts."""
        for part in self.parts:
            for word, count in part.katakana.items():
                if count > (self.own.katakana.get(word, 0) if part is self.parts[-1] else 0):
                    yield word


def joined_runs(parts: Sequence[Vocabulary]) -> str:
    """All runs of kanji and katakana, a line each."""
    return "\n".join(part.runs for part in parts)
