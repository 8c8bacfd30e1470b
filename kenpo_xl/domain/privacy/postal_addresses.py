"""Postal addresses down to a house number; those of public places are not private."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
# Kanji and kana of normalized text; the set of their ranges takes a hundred times as long to compile.
_TOWN = r"(?![\x00-\xff])\w"
# A municipality or district and its town; 区分, 市町村 and the like are none.
_PLACE = rf"(?:[市区町村郡](?![分域間別民場内役長立営議町村])|字)(?:{_TOWN}){{0,10}}?"
_STREET_AND_HOUSE = (
    rf"{_NUMBER}\s?丁目\s?{_NUMBER}\s?(?:番地?(?:\s?の?\s?{_NUMBER}(?:\s?号)?)?|-\s?\d{{1,4}})"
)
_UNITS = r"(?!\s?(?:月|年|日|人|名|件|回|割|社|円|千|か所|ヶ所|カ所|時|歳|位|期|ページ|頁|%|％|-|\d|[,.]\d))"
_ADDRESS = LazyPattern(
    r"〒\s?\d{3}-?\d{4}(?!\d)"
    rf"|(?:{_TOWN}){{1,10}}?{_STREET_AND_HOUSE}"
    rf"|(?:{_TOWN}){{1,6}}?{_PLACE}(?<![第別表項章節のはがをにでと])(?:\d{{1,4}}\s?番地?\s?(?:の?\s?\d{{1,4}}\s?号|の\d{{1,4}}|-\d{{1,4}})"
    rf"|\d{{1,4}}\s?番地|(?:(?<!市町)(?<![市区村郡])\s)?\d{{1,2}}-\d{{1,4}}-\d{{1,4}}(?:-\d{{1,4}})?{_UNITS}"
    rf"|(?<={_TOWN}{_TOWN})\d{{1,4}}-\d{{1,4}}{_UNITS}(?!まで|の間))",
    needs=("〒", "丁目", "市", "区", "町", "村", "郡", "字"),
)
# A room of a house: みどりハイツ203号室, 県営住宅4号棟203号.
_ROOM = LazyPattern(
    rf"(?:(?![のはへをにがで、])(?:{_TOWN})){{0,8}}?(?:ハイツ|コーポ|マンション|アパート|メゾン|レジデンス|荘|寮|団地|住宅)"
    rf"(?:(?![のはへをにがで、])(?:{_TOWN})){{0,6}}?\s?(?:\d{{1,3}}\s?号?棟\s?)?\d{{2,4}}\s?号(?![棟線])室?",
    needs=("ハイツ", "コーポ", "マンション", "アパート", "メゾン", "レジデンス", "荘", "寮", "団地", "住宅"),
    contains=r"\d\s?号",
)
_PUBLIC_PLACES = AnyOf(
    "会場|ホール|会館|センター|ビル|庁舎|所在地|事務所|窓口|公民館|開催|市役所|区役所|町役場|村役場|県庁|ホテル|プラザ|大学"
)
_OFFICES = AnyOf("支部|本部|協会|連合会|組合|機構|事業所")
_HOMES = AnyOf("宅|アパート|マンション|号室|コーポ|ハイツ|転居|債務者|未納者|滞納者|居住|在住|住所|住まい")
_NEAR = 12
# What is no part of a place's name: 転居先の青葉市…, 書類は青葉市….
_WORDS_BEFORE = LazyPattern(r"[はへを、:(「]|[先宅元]の")


def address_spans(text: str) -> Iterator[TextSpan]:
    """Start and end of each private address in a text with half-width digits and plain hyphens."""
    ends = [-_NEAR]
    for found in _ADDRESS.finditer(text):
        if not _is_address_of_public_place(text, *found.span()):
            ends.append(found.end())
            *words, last = _WORDS_BEFORE.split(found[0])
            yield found.end() - len(last if words and last else found[0]), found.end()
    for found in _ROOM.finditer(text):
        if all(not -_NEAR < found.start() - end < _NEAR for end in ends):
            yield found.span()


def _is_address_of_public_place(text: str, start: int, end: int) -> bool:
    """Whether the sentence is about a public place, or an office is beside the address, and no home."""
    first, last = sentence_around(text, start, end)
    if _HOMES.is_in(text[first:last]):
        return False
    beside = text[max(first, start - _NEAR) : start] + text[end : min(last, end + 2 * _NEAR)]
    return _PUBLIC_PLACES.is_in(text[first:last]) or _OFFICES.is_in(beside)
