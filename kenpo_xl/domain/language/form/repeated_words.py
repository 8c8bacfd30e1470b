"""Marks, particles and words that are repeated in a row."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_katakana, is_noun_letter
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern


@frozen
class Repetition:
    """A place where something is written twice, and what it should be, '' where that is not certain."""

    start: int
    end: int
    once: str = ""


_MARKS = LazyPattern(
    r"[、，。](?:[ \u3000]*[、，。])+"
    r"|,,+|：：+|[％%]{2,}"
    r"|[（(「『【〔][ \u3000]*[、，。](?![」』])"
    r"|(?<![「『])[、，][ \u3000]*[）)」』】〕]"
)


def repeated_marks(text: str) -> Iterator[Repetition]:
    """、、 and 。。, and a comma beside a bracket."""
    for found in _MARKS.finditer(text):
        marks = "".join(found[0].split())
        yield Repetition(found.start(), found.end(), marks[0] if len(set(marks)) == 1 else "")


_PARTICLES = LazyPattern(r"(?=([をにがはでへとのも]{2}))")
# Pairs by where they cannot be a part of two words: anywhere, behind any word, and behind a noun. A noun must
# follow, because kana could begin a word (医師ががん検診を, 案内ははがきで).
_ANYWHERE = frozenset(["をを", "をに", "をが", "をは", "をの", "をへ", "をで"])
_BEHIND_WORDS = frozenset(["にに", "がが", "はは", "でで", "へへ"])
_AFTER_A_NOUN = (
    "とと のの もも にを にが にの がを がに がの がは がへ はを はに はが はの でを でが でに へを へに "
    "へが もを"
)
_BEHIND_NOUNS = frozenset(_AFTER_A_NOUN.split())
_NOT_BEHIND = {"にに": "な", "でで": "ま"}
"""なにに and までで are two words."""
_TWICE = "について において に対し により による に関する に係る として とともに および ならびに または"
_PHRASES = tuple(phrase * 2 for phrase in _TWICE.split())
_TIMES = ("からから", "までまで")
# Two particles or phrases of which a noun takes one.
_BOTH = (
    "へとの のについて をについて がについて にについて はについて のにより をにより のに基づ "
    "をに基づ のにおいて "
    "をにおいて にへと をへと よりからも よりから、 からよりも によりによって によってにより を通じてを通じ "
    "のに対して を対して のに関して をに関して のを通じ がを通じ にを通じ をによる のによる"
)
_PAIRS = tuple(_BOTH.split())


def repeated_particles(text: str) -> Iterator[Repetition]:
    """をを, にに and pairs that no sentence holds (をに, がを), not ものの, ことと or までで."""
    for found in _PARTICLES.finditer(text):
        pair, start = found[1], found.start()
        if _is_pair_impossible_at(text, pair, start):
            yield Repetition(start, start + 2, pair[0] if pair[0] == pair[1] else "")
    for phrase in (*_PHRASES, *_TIMES):
        start = text.find(phrase)
        if start >= 0 and (phrase not in _TIMES or _is_between_nouns(text, start, start + len(phrase))):
            yield Repetition(start, start + len(phrase), phrase[: len(phrase) // 2])
    yield from _pairs_behind_nouns(text)


def _pairs_behind_nouns(text: str) -> Iterator[Repetition]:
    for pair in _PAIRS:
        start = text.find(pair)
        if start > 0 and _may_letter_end_noun(text[start - 1]):
            yield Repetition(start, start + len(pair))


def _is_pair_impossible_at(text: str, pair: str, start: int) -> bool:
    before = text[start - 1 : start]
    if pair == "をを" or (pair == "をは" and text[start + 2 : start + 3] in _NEVER_BEHIND_HA):
        return True
    if pair == "にに" and text.startswith(_AFTER_NI, start) and before != "な":
        return True
    return _is_before_noun(text, start + 2) and _is_impossible_before_noun(pair, before)


def _is_impossible_before_noun(pair: str, before: str) -> bool:
    """Whether no sentence has two particles behind this letter and before a noun."""
    if pair in _ANYWHERE:
        return True
    if pair in _BEHIND_WORDS:
        return _may_letter_end_word(before) and before != _NOT_BEHIND.get(pair)
    return pair in _BEHIND_NOUNS and _may_letter_end_noun(before)


# No word goes on so behind は: 案内をはそれぞれ, not をはじめ, をはかる, をはがき.
_NEVER_BEHIND_HA = tuple("そこ、広行実送を")
_AFTER_NI = tuple(f"に{one}" for one in ("において", "について", "により", "による", "に関する", "における"))


def _is_between_nouns(text: str, start: int, end: int) -> bool:
    behind = text[end : end + 1] == "、" or _is_before_noun(text, end)
    return behind and _may_letter_end_noun(text[start - 1 : start])


def _may_letter_end_noun(letter: str) -> bool:
    return letter != "" and (is_noun_letter(letter) or letter in "）)」』】％%" or "!" < letter < "{")


def _may_letter_end_word(letter: str) -> bool:
    return _may_letter_end_noun(letter) or is_hiragana(letter)


def _is_before_noun(text: str, end: int) -> bool:
    """Whether a noun, a number or an opening bracket follows, perhaps behind a blank."""
    letter = text[end : end + 2].lstrip(" \u3000")[:1]
    return bool(letter) and (is_noun_letter(letter) or letter in "「『（(【" or letter.isdecimal())


_WORDS = LazyPattern(r"(?=(\w{2,16})\1)")
_COUNTS = LazyPattern(r"(?<=\d)\s?(\w{1,3})\s?\1")
_COUNTED = "事業所 市町村 機関 団体 か所 千円 件 人 名 社 部 通 所 円 回"
_UNITS = frozenset(_COUNTED.split())
_DISTRIBUTIVE = "個人 部分 場面 時代 地域 時期 段階 場所 要所 節目 局面 職場 個別 各自 年々"
_ONE_BY_ONE = frozenset(_DISTRIBUTIVE.split())
_ONE_OF_EACH = frozenset("人社件回歩日品枚戸軒段字点項言語冊部名組校機所店村町市")
_NUMERALS = frozenset("一二三四五六七八九十百千〇")
_LONG = 4


def repeated_words(text: str) -> Iterator[Repetition]:
    """実施実施, 事業所に事業所に and 31 件件, not 一人一人 nor 埼玉支部支部長."""
    end = 0
    for found in _WORDS.finditer(text):
        word, start = found[1], found.start()
        if start >= end and _is_repetition_slip(text, word, start):
            end = start + 2 * len(word)
            yield Repetition(start, end, word)
    for found in _COUNTS.finditer(text):
        if found[1] in _UNITS and not _is_continued_as_word(text, found[1], found.end()):
            yield Repetition(found.start(), found.end(), found[1])


def words_listed_twice(text: str) -> Iterator[Repetition]:
    """理解・理解, 6月号と6月号, and a name that occurs twice in a longer list (研修、会議、研修等)."""
    for found in _SAME_ISSUES.finditer(text):
        yield Repetition(found.start(), found.end(), found[1])
    for found in _PAIRED.finditer(text):
        word, before, behind = found[1], text[: found.start()][-1:], text[found.end() :][:1]
        if not any(is_noun_letter(one) for one in (before, behind)) and before not in "・" + behind:
            yield Repetition(found.start(), found.end(), word)
    yield from _words_joined_twice(text)
    for found in _LISTED_NOUNS.finditer(text):
        names = found[0].split("、")
        if len(set(names)) < len(names):
            yield Repetition(found.start(), found.end())


_PAIRED = LazyPattern(r"([^\W\x00-ん]{2,12})・\1(?![^\W\x00-ん])", needs="・")
# 電話または電話で, 加入者および加入者に; と and や only before what is done to both.
_OR = ("及び", "および", "又は", "または", "並びに", "ならびに", "もしくは", "若しくは")
_AND, _DONE_TO_BOTH = ("と", "や"), tuple(f"を{one}" for one in "送配作勧実行開発掲印")
_MAY_FOLLOW, _LONGEST_NAME = tuple("をにがはでへの、。"), 10


def _words_joined_twice(text: str) -> Iterator[Repetition]:
    for joint in (*_OR, *_AND):
        behind = _MAY_FOLLOW if joint in _OR else _DONE_TO_BOTH
        for at in places_of(text, joint):
            start, end = at, at + len(joint)
            while start and at - start < _LONGEST_NAME and is_noun_letter(text[start - 1]):
                start -= 1
            name = text[start:at]
            if len(name) > 1 and text.startswith(name, end) and text.startswith(behind, end + len(name)):
                yield Repetition(start, end + len(name), name)


_SAME_ISSUES = LazyPattern(
    r"(?<![\d０-９])([\d０-９]{1,2}\s*月号)\s*(?:と|及び|および|・|、)\s*\1(?![外増])", needs="月号"
)
_LISTED_NOUNS = LazyPattern(
    r"(?<![\w、])[^\W\x00-ん]{2,12}(?:、[^\W\x00-ん]{2,12}){2,}(?=[をにがはでと等の及。）)]|など|\s*$)",
    needs="、",
)


def _may_repetition_be_slip(nouns: str, before: str) -> bool:
    """Whether nouns are a word that is not itself a repetition, in katakana the whole of one."""
    if len(nouns) < 2 or not all(map(is_noun_letter, nouns)) or _is_word_a_repetition(nouns):
        return False
    return not is_katakana(nouns[0]) or (len(nouns) > 2 and not is_katakana(before))


def _is_repetition_slip(text: str, word: str, start: int) -> bool:
    """Whether a word that occurs twice is a slip: nouns with kana behind or before them, or whole nouns."""
    nouns, before = word.strip(_HIRAGANA), text[max(0, start - 1) : start]
    if word.endswith(_DONE) and is_kanji(word[0]) and len(word) <= _SHORT_VERB:
        return True
    if not _may_repetition_be_slip(nouns, before):
        return False
    joined_before, joined_behind = (
        is_noun_letter(one) for one in (before, text[start + 2 * len(word) :][:1])
    )
    if word[-1] <= "ん" or (len(nouns) >= _LONG and not is_katakana(nouns[0])):
        return True
    if word[0] <= "ん":
        return not joined_behind
    return not (joined_before and joined_behind) and not (word == "年度" and joined_behind)


_DONE, _SHORT_VERB = ("った", "いた", "けた", "めた", "べた", "した", "せた", "れた"), 4
"""Ends of verbs that stand twice in a row: 図った図った."""
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3094)))


def _is_word_a_repetition(word: str) -> bool:
    """個人個人, 一人一人 and numbers."""
    one_each = word[0] == "一" and len(word) == 2 and word[1] in _ONE_OF_EACH
    return word in _ONE_BY_ONE or one_each or _NUMERALS.issuperset(word)


def _is_continued_as_word(text: str, unit: str, end: int) -> bool:
    """Whether the second unit begins a word: 3回回答, 10名名簿, 31件件数."""
    behind = text[end : end + 1]
    if unit == "件":
        return behind in "数名" if behind else False
    if unit == "回":
        return bool(behind) and behind not in "、。）)"
    return bool(behind) and is_noun_letter(behind)
