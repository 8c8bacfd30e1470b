"""Marks, particles and words that stand twice in a row."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern


@frozen
class Doubled:
    """A place where something stands twice, and what it should be, '' where that is not certain."""

    start: int
    end: int
    once: str = ""


_MARKS = LazyPattern(
    r"[、，。](?:[ \u3000]*[、，。])+"
    r"|,,+|：：+|[％%]{2,}"
    r"|[（(「『【〔][ \u3000]*[、，。](?![」』])"
    r"|(?<![「『])[、，][ \u3000]*[）)」』】〕]"
)


def doubled_marks(text: str) -> Iterator[Doubled]:
    """、、 and 。。, and a comma beside a bracket."""
    for found in _MARKS.finditer(text):
        marks = "".join(found[0].split())
        yield Doubled(found.start(), found.end(), marks[0] if len(set(marks)) == 1 else "")


# Behind a noun, and before one: kana on either side could make a word of it (案内ははがきで).
_NOUN = "一-龥々ァ-ヶー"
_BEFORE, _BEHIND = rf"(?<=[{_NOUN}）)」』】0-9A-Za-z％%])", rf"(?=[ \u3000]?[{_NOUN}0-9A-Za-z「『（(【])"
_PARTICLES = LazyPattern(
    r"をを"
    rf"|を[にがはのへで]{_BEHIND}"
    rf"|(?<=[ぁ-ん{_NOUN}）)」』】0-9A-Za-z％%])(?:(?<!な)にに|がが|はは|(?<!ま)でで|へへ){_BEHIND}"
    r"|(?<!な)にに(?=おいて|ついて|より|よる|関する|あたり|おける)"
    rf"|{_BEFORE}(?:とと|のの|もも|に[をがの]|が[をにのはへ]|は[をにがの]|で[をがに]|へ[をにが]|もを){_BEHIND}"
    r"|(について|において|に対し|により|による|に関する|に係る|として|とともに|および|ならびに|または|なお、|また、)\1"
    rf"|(?<=[{_NOUN}])(?:からから|までまで)(?=[{_NOUN}0-9、])"
)


def doubled_particles(text: str) -> Iterator[Doubled]:
    """をを, にに and pairs that no sentence holds (をに, がを), not ものの, ことと or までで."""
    for found in _PARTICLES.finditer(half_width(text)):
        words = found[0]
        half = words[: len(words) // 2]
        yield Doubled(found.start(), found.end(), half if half * 2 == words else "")


_WORDS = LazyPattern(rf"([{_NOUN}]{{2,12}}[ぁ-ん]{{0,4}})\1")
_UNITS = LazyPattern(
    r"(?<=[0-9])[ \u3000]?((?:事業所|市町村|機関|団体|か所|千円|[人名社部通所円])[ \u3000]?)\1"
    r"(?![一-龥々ァ-ヶ])"
    r"|(?<=[0-9])[ \u3000]?(件)[ \u3000]?件(?![数名])"
    r"|(?<=[0-9])[ \u3000]?(回)[ \u3000]?回(?=[、。）)]|$)"
)
_DISTRIBUTIVE = "個人 部分 場面 時代 地域 時期 段階 場所 要所 節目 局面 場合 職場 個別 各自 年々"
_ONE_BY_ONE = frozenset(_DISTRIBUTIVE.split())
_NUMERALS = frozenset("一二三四五六七八九十百千〇")


def doubled_words(text: str) -> Iterator[Doubled]:
    """実施実施, 事業所に事業所に and 31 件件, not 一人一人 nor 埼玉支部支部長."""
    for found in _WORDS.finditer(text):
        if _is_slip(text, found[1], found.start(), found.end()):
            yield Doubled(found.start(), found.end(), found[1])
    for found in _UNITS.finditer(half_width(text)):
        yield Doubled(found.start(), found.end(), found[found.lastindex or 0])


def _is_slip(text: str, word: str, start: int, end: int) -> bool:
    if word in _ONE_BY_ONE or word[0] == "一" or _NUMERALS.issuperset(word):
        return False
    katakana = _is_katakana(word[0])
    if katakana and (len(word) < 3 or _is_katakana(text[start - 1 : start])):
        return False
    if word[-1] < "ァ" or (len(word) >= 4 and not katakana):  # with a particle or an ending, or long
        return True
    joined = (_is_noun_letter(text[start - 1 : start]), _is_noun_letter(text[end : end + 1]))
    return not all(joined) and not (word == "年度" and joined[1])


def _is_noun_letter(letter: str) -> bool:
    return bool(letter) and ("一" <= letter <= "龥" or letter == "々" or _is_katakana(letter))


def _is_katakana(letter: str) -> bool:
    return "ァ" <= letter <= "ー" and letter != "・"
