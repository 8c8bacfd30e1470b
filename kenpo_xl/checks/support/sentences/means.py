"""The mean that a sentence names beside the least and the most: 平均 5日（最短 2日、最長 9日）."""

from __future__ import annotations

from itertools import pairwise

from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LEAST = r"(?:最低|最短|最小|最少|最年少)"
_MOST = r"(?:最高|最長|最大|最多|最年長)"
_MEAN = r"(?:平均|中央値)"
_EXTREME = LazyPattern(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<mean>{_MEAN}))"
    r"(?:値|点|人数|件数|日数|年齢|額)?(?:すると|して)?(?:は|が|で|:)?\s*$",
    needs=("最", "平均", "中央値"),
)
_RANGE = LazyPattern(r"\s*(?:から|~)\s*")


@frozen
class MeanWithBounds:
    """A mean and the numbers that it has to lie between, as far as the sentence names them."""

    mean: TextNumber
    least: TextNumber | None
    most: TextNumber | None

    @property
    def bounds(self) -> dict[str, TextNumber]:
        """The bounds by what they are called in a finding."""
        return {word: one for word, one in (("最小", self.least), ("最大", self.most)) if one}

    @property
    def is_outside(self) -> bool:
        """Whether the mean is below the least or above the most, and all are of one unit."""
        if any(not is_same_unit(one.unit, self.mean.unit) for one in self.bounds.values()):
            return False
        is_below = self.least is not None and self.mean.value < self.least.value
        return is_below or (self.most is not None and self.mean.value > self.most.value)


def mean_with_bounds(sentence: NumberedSentence) -> MeanWithBounds | None:
    """The mean of a sentence with its bounds, or with the ends of a range (10人から32人)."""
    if "平均" not in sentence.text and "中央値" not in sentence.text:
        return None
    found = _extremes_and_mean(sentence)
    mean, least, most = (found.get(name) for name in ("mean", "least", "most"))
    if mean is None:
        return None
    if least is None and most is None:
        least, most = _range_of_sentence(sentence)
    return MeanWithBounds(mean, least, most)


def _extremes_and_mean(sentence: NumberedSentence) -> dict[str, TextNumber]:
    """The least, the most and the mean number of a sentence, by these names."""
    return {
        name: number
        for number in sentence.numbers
        if (match := _EXTREME.search(sentence.before(number)))
        for name in ("least", "most", "mean")
        if match[name]
    }


def _range_of_sentence(sentence: NumberedSentence) -> tuple[TextNumber, TextNumber] | tuple[None, None]:
    """The ends of the only range of a sentence (10人から32人), None without one."""
    pairs = [
        (one, other)
        for one, other in pairwise(sentence.numbers)
        if _RANGE.fullmatch(sentence.between(one, other)) and one.value < other.value and other.unit
    ]
    is_one = len(pairs) == 1 and is_same_unit(pairs[0][0].unit or pairs[0][1].unit, pairs[0][1].unit)
    return pairs[0] if is_one else (None, None)
