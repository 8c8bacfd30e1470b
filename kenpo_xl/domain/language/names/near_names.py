"""Names of boards, offices and papers that are a word away from a known one (コンプライアンス保護委員会)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kenpo_xl.domain.language.letters import is_noun_letter, noun_runs
from kenpo_xl.domain.text_span import PlaceAndWord, SpanAndWord

_KIND_LIST = """
委員会 協議会 連絡会 審議会 労働局 基準局 年金事務所 連合会 センター 医師会 薬剤師会 会議所 支払基金 だより
"""
_KINDS = tuple(_KIND_LIST.split())
# Names that many places have, whatever a plan writes.
_USUAL_LIST = """
医師会 薬剤師会 獣医師会 看護協会 栄養士会 商工会議所 商工会連合会 労働局 年金事務所
支払基金 広域連合 国民健康保険団体連合会 健康保険組合連合会 保健センター 健康センター
福祉センター 支援センター 医療センター 検査センター 総合センター 運営協議会 推進協議会
連絡協議会 運営委員会 審査委員会 評価委員会 実行委員会 教育委員会 選定委員会 検討委員会
推進委員会 安全衛生委員会 社会保険委員会 専門委員会 合同委員会 合同協議会 支援協議会
"""
_USUAL = tuple(_USUAL_LIST.split())
_SHORTEST, _MOST_ADDED = 6, 3
# What ends the name of a body of which a single letter may be wrong, beside those of _KINDS.
_BODY_LIST = """
委員会 協議会 審議会 労働局 基準局 年金事務所 連合会 医会 医師会 薬剤師会 士会 協会 機構 機関 会議所 支払基金
"""
_BODIES = tuple(_BODY_LIST.split())
_SHORTEST_BODY = 4
# 埼玉県医師会 and 埼玉医師会 are both right; 第一部会 and 第二部会, 東支部 and 西支部 are two.
_OF_TWO_NAMES = frozenset("県都府市区町村郡国省庁・東西南北上下大小新旧正副一二三四五六七八九十第各同両")
_TITLE = "だより"


def misspelt_names(
    text: str, is_known: Callable[[str], bool], other_texts: str = ""
) -> Iterator[SpanAndWord]:
    """Start, end and the known name of each name of a text that no other text has.

    A word of two or three letters is within it, which the known name lacks; names of usual bodies are silent.
    The title of a paper may also lack such a word, and the name of a body may have a letter more or less than
    one in the other texts, or another one in its last word (日本年金機関), or two of its words exchanged.
    """
    for start, name in _names_of_boards(text):
        if len(name) < _SHORTEST or is_known(name) or name.endswith(_USUAL):
            continue
        known = next((one for one in _shortened_names(name) if is_known(one)), "")
        if known:
            yield start, start + len(name), known
    yield from _shortened_titles(text, is_known)
    yield from _bodies_with_other_letter(text, is_known, other_texts)
    yield from _names_with_words_exchanged(text, is_known, other_texts)


def _shortened_titles(text: str, is_known: Callable[[str], bool]) -> Iterator[SpanAndWord]:
    """The titles of papers that lack a word of another title: 健康保険だより for 健康保険委員だより."""
    titles = list(_names_that_end_with(text, _TITLE)) if _TITLE in text else []
    longer = {one: name for _, name in titles if is_known(name) for one in _shortened_names(name)}
    for start, name in titles:
        if name in longer and len(name) >= _SHORTEST and not is_known(name):
            yield start, start + len(name), longer[name]


def _names_of_boards(text: str) -> Iterator[PlaceAndWord]:
    """Each run of kanji and katakana that ends like the name of a board or office."""
    for tail in _KINDS:
        yield from _names_that_end_with(text, tail)


def _names_of_bodies(text: str) -> Iterator[PlaceAndWord]:
    """Each run of kanji and katakana that ends like the name of a body."""
    for tail in _BODIES:
        yield from _names_that_end_with(text, tail)


def _names_that_end_with(text: str, tail: str) -> Iterator[PlaceAndWord]:
    at = text.find(tail)
    while at >= 0:
        end = at + len(tail)
        first = at
        while first and is_noun_letter(text[first - 1]):
            first -= 1
        if not is_noun_letter(text[end : end + 1] or "、"):
            yield first, text[first:end]
        at = text.find(tail, end)


def _shortened_names(name: str) -> Iterator[str]:
    """The name without a word within it."""
    for length in (2, _MOST_ADDED):
        for at in range(2, len(name) - length - 1):
            yield name[:at] + name[at + length :]


def _bodies_with_other_letter(
    text: str, is_known: Callable[[str], bool], other_texts: str
) -> Iterator[SpanAndWord]:
    """The names of bodies that differ by one letter from a known one."""
    found = [one for one in _names_of_bodies(text) if len(one[1]) >= _SHORTEST_BODY]
    unknown = [one for one in found if not (one[1].endswith(_USUAL) or is_known(one[1]))]
    if not unknown:
        return
    names = (name for _, name in found)
    known = dict.fromkeys([*filter(is_known, names), *(name for _, name in _names_of_bodies(other_texts))])
    for start, name in unknown:
        meant = next(filter(partial(_is_letter_away, name), known), "")
        if meant:
            yield start, start + len(name), meant


def _is_letter_away(name: str, known: str) -> bool:
    """Whether a name has one letter more or less than a known one, or another in its last two."""
    if len(name) == len(known):
        differing = [at for at, (one, other) in enumerate(zip(name, known, strict=True)) if one != other]
        return len(differing) == 1 and differing[0] >= len(name) - 2
    longer, shorter = sorted((name, known), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or len(shorter) < _SHORTEST_BODY:
        return False
    return any(
        longer[:at] + longer[at + 1 :] == shorter and longer[at] not in _OF_TWO_NAMES
        for at in range(1, len(longer))
    )


def _names_with_words_exchanged(
    text: str, is_known: Callable[[str], bool], other_texts: str
) -> Iterator[SpanAndWord]:
    """The names of the other texts in which two words are exchanged: 地域包括センター支援."""
    known = {
        "".join(sorted(name)): name for _, name in _names_of_boards(other_texts) if len(name) >= _SHORTEST
    }
    for start, run in noun_runs(text):
        name = known.get("".join(sorted(run)), run) if len(run) >= _SHORTEST else run
        if name != run and not is_known(run) and _has_words_exchanged(run, name):
            yield start, start + len(run), name


def _has_words_exchanged(run: str, name: str) -> bool:
    """Whether a name has two words beside each other that a run has the other way round; not two bodies."""
    return any(
        name == run[:first] + run[second:end] + run[first:second] + run[end:]
        and not (run[first:second].endswith(_KINDS) and run[second:end].endswith(_KINDS))
        for first in range(len(run) - 3)
        for second in range(first + 2, len(run) - 1)
        for end in range(second + 2, len(run) + 1)
    )
