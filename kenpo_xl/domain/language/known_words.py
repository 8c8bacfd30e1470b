"""What the texts around a line say: how words are written in the plan, the past and the other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cached_property

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
    "ように ような という といった 付けで 付けの 付では 付での 向けで 宛てで 受けで 届けで "
    "掛けで 当てで 建てで 立てで 揃えで 替えで 換えで 支えで 控えで 備えで 見込みで 組みで "
    "済みで 取組みで 申込みで 積りで 割りで 取りで 扱いで 払いで 違いで 使いで 話合いで "
    "打合せで 問合せで 知らせで 引きで 続きで 働きで 開きで"
)
_USUAL_KANA = frozenset(_USUAL_KANA_LIST.split())
"""Runs of hiragana in which no text of an office differs."""


@frozen
class BookWords:
    """The vocabularies of all texts that are known: `parts` of other texts, `book` of the checked book.

    `kana` are the runs of hiragana of both, with the letter before them and without, and those of every
    text; `other_runs` are the runs of kanji and katakana of the parts, a line each, none twice.
    """

    parts: tuple[Vocabulary, ...]
    book: Vocabulary
    kana: Set[str]
    other_runs: str

    @classmethod
    def of(cls, parts: Sequence[Vocabulary], book: Vocabulary) -> BookWords:
        """The words of other texts and of a book."""
        kana = _USUAL_KANA.union(*(part.kana for part in (*parts, book)))
        runs = dict.fromkeys("\n".join(part.runs for part in parts).split("\n"))
        return cls((*parts,), book, kana, "\n".join(runs))

    def spellings(self, reading: str) -> dict[str, int]:
        """The spellings of a reading in all texts, with the number of times; not to be changed."""
        if reading not in self._spellings:
            found: dict[str, int] = {}
            for part in (*self.parts, self.book):
                for spelling, count in part.spellings.get(reading, _NONE).items():
                    found[spelling] = found.get(spelling, 0) + count
            self._spellings[reading] = found
        return self._spellings[reading]

    @cached_property
    def _spellings(self) -> dict[str, dict[str, int]]:
        """What `spellings` found so far: a book has the same words in many lines."""
        return {}


@frozen
class KnownWords:
    """The words of all texts that are known, without those of the line `own` itself."""

    texts: BookWords
    own: Vocabulary

    def kana_count(self, key: str) -> int:
        """How often a run of hiragana, or one with the letter before it, is in the other texts."""
        if key not in self.texts.kana:
            return 0
        found = self.texts.book.kana.get(key, 0) - self.own.kana.get(key, 0)
        for part in self.texts.parts:
            found += part.kana.get(key, 0)
        return found or int(key in _USUAL_KANA)

    def neighbour_count(self, key: str) -> int:
        """How often a noun is beside a word in the other texts (keys as in `Vocabulary.neighbours`)."""
        found = self.texts.book.neighbours.get(key, 0) - self.own.neighbours.get(key, 0)
        for part in self.texts.parts:
            found += part.neighbours.get(key, 0)
        return found

    def spellings(self, reading: str) -> dict[str, int]:
        """The spellings of a reading in the other texts, with the number of times."""
        found, own = self.texts.spellings(reading), self.own.spellings.get(reading, _NONE)
        if not own:
            return dict(found)
        return {one: left for one, count in found.items() if (left := count - own.get(one, 0)) > 0}

    def has_spelling(self, reading: str, spelling: str) -> bool:
        """Whether the other texts have a word of this reading and spelling."""
        in_all = self.texts.spellings(reading).get(spelling, 0)
        return in_all > self.own.spellings.get(reading, _NONE).get(spelling, 0)

    def has_run(self, letters: str) -> bool:
        """Whether kanji or katakana follow in this order in one of the other texts."""
        if letters in self.texts.other_runs:
            return True
        in_book = self.texts.book.runs
        return letters in in_book and in_book.count(letters) > self.own.runs.count(letters)

    def letter_between(self, left: str, right: str) -> str:
        """The kanji that one of the other texts has between these letters, '' without one.

        One side has two letters and the other one at least.
        """
        if len(left) + len(right) < 3:
            return ""
        found = _first_letter_between(self.texts.other_runs, left, right) or _first_letter_between(
            self.texts.book.runs, left, right
        )
        return found if found and self.has_run(left + found + right) else ""

    def katakana_words(self) -> Iterator[str]:
        """The katakana words of the other texts."""
        for part in self.texts.parts:
            yield from part.katakana
        for word, count in self.texts.book.katakana.items():
            if count > self.own.katakana.get(word, 0):
                yield word


_NONE: dict[str, int] = {}


def _first_letter_between(runs: str, left: str, right: str) -> str:
    """The first kanji that is between these letters, '' without one."""
    # The longer side is sought, which is found less often.
    is_right_sought = len(right) > len(left)
    sought, distance = (right, -1) if is_right_sought else (left, len(left))
    place = runs.find(sought)
    while place >= 0:
        letter = place + distance
        is_between = runs.startswith(right, letter + 1) and runs.endswith(left, 0, max(letter, 0))
        if is_between and "一" <= runs[letter] <= "龥":
            return runs[letter]
        place = runs.find(sought, place + 1)
    return ""
