"""Names of boards, offices and papers that are a word away from a known one (コンプライアンス保護委員会)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.domain.language.letters import is_noun_letter

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
_TITLE = "だより"


def near_names(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Start, end and the known name of each name of a text that no other text has.

    A word of two or three letters is within it, which the known name lacks; names of usual bodies are silent.
    The title of a paper may also lack such a word.
    """
    for start, name in _names(text):
        if len(name) < _SHORTEST or is_known(name) or name.endswith(_USUAL):
            continue
        known = next((one for one in _shorter(name) if is_known(one)), "")
        if known:
            yield start, start + len(name), known
    yield from _shortened_titles(text, is_known)


def _shortened_titles(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """The titles of papers that lack a word of another title: 健康保険だより for 健康保険委員だより."""
    titles = list(_names_that_end_with(text, _TITLE)) if _TITLE in text else []
    longer = {one: name for _, name in titles if is_known(name) for one in _shorter(name)}
    for start, name in titles:
        if name in longer and len(name) >= _SHORTEST and not is_known(name):
            yield start, start + len(name), longer[name]


def _names(text: str) -> Iterator[tuple[int, str]]:
    """Each run of kanji and katakana that ends like the name of a board or office."""
    for tail in _KINDS:
        yield from _names_that_end_with(text, tail)


def _names_that_end_with(text: str, tail: str) -> Iterator[tuple[int, str]]:
    at = text.find(tail)
    while at >= 0:
        end = at + len(tail)
        first = at
        while first and is_noun_letter(text[first - 1]):
            first -= 1
        if not is_noun_letter(text[end : end + 1] or "、"):
            yield first, text[first:end]
        at = text.find(tail, end)


def _shorter(name: str) -> Iterator[str]:
    """The name without a word within it."""
    for length in (2, _MOST_ADDED):
        for at in range(2, len(name) - length - 1):
            yield name[:at] + name[at + length :]
