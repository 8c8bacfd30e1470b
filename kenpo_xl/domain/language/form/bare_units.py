"""Units whose number is missing (契約機関数 機関, 提出を 名が), and numbers without their unit (57が参加)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.normalize import half_width, normalized, places_of
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_UNIT = LazyPattern(
    r"(?<![\s\d])(?: +|(?<=[:、をに]))(件|名|人|社|機関|事業所|か所|団体|市町村|千円|円|%)",
    needs=" :、をに",
)
# 参加者は人であった: the number between the particle and the unit is lost.
_BEHIND_COUNT = LazyPattern(
    r"(?:(?:者|数|額)(?:は|が)\s?(?P<unit>人|件|名|円|千円|回|社|通|%)|率(?:は|が)\s?(?P<percent>%))"
    r"(?=であ|でし|とな|だっ|。)",
    needs="者数額率",
)
# A unit or 約 on the wrong side of its number: 件161を, 489約件, 80第回, 約を858件.
_UNITS_OF_A_LETTER = frozenset("件名人社通部枚冊円月日年%千")
_BEHIND_ABOUT = tuple("件名人社回通部円千%")


def _is_unit_at_start_of_clause(plain: str, mark: str) -> bool:
    """Whether a unit is behind a mark, and a blank or 千 behind that."""
    return any(
        plain[at + 1 : at + 2] in _UNITS_OF_A_LETTER and plain[at + 2 : at + 3] in (" ", "\u3000", "千")
        for at in places_of(plain, mark)
    )


def _may_text_lack_number(plain: str) -> bool:
    """Whether a unit begins a clause before a blank, or 約 is right behind a digit or before a particle."""
    if any(_is_unit_at_start_of_clause(plain, mark) for mark in "、。・"):
        return True
    abouts = (plain[at + 1 : at + 4] for at in places_of(plain, "約")) if "約" in plain else ()
    return "第回" in plain or any(
        one.startswith(_BEHIND_ABOUT) or (one[:1] in ("を", "に", "が") and one[1:].strip()[:1].isdecimal())
        for one in abouts
    )


_BEFORE_NUMBER = LazyPattern(
    r"(?:^|(?<=[、。・]))(?:件|名|人|社|通|部|枚|冊|円千?|千円|月"
    r"|日)[ \u3000]+\d[\d,]*[ \u3000]*(?=を|が|に|は|で)"
    r"|(?:^|(?<=[、。・]))%[ \u3000]*\d[\d,.]*[ \u3000]*(?=を|が|に|は|で|と)"
    r"|(?:^|(?<=[、。・]))(?:日[ \u3000]*\d+[ \u3000]+\d+[ \u3000]*月|年[ \u3000]*\d+[ \u3000]*令和)"
    r"|\d[ \u3000]*約(?:件|名|人|社|回|通|部|円|千円|%)|\d[ \u3000]*第回"
    r"|(?<![^\W\x00-ヿ])約[をにが][ \u3000]*\d",
)
# The number of an article that is lost: 法第条に基づき, 第2項号に, 法第の規定.
_ARTICLE = LazyPattern(
    r"第[ \u3000]*条(?=第|に|の|を|、)|条第[ \u3000]*[項号](?=第|に|の|を|、)|\d[ \u3000]*(?:項号"
    r"|条項)(?=に|の規|を|、)|法第(?=の規定|に基)",
    needs=("第条", "第 ", "第\u3000", "条第項", "条第号", "項号", "条項", "法第の", "法第に"),
)
# What begins with the letter of a unit, and is none.
_OTHER_WORDS = "件数 件名 名簿 名称 名前 名義 名刺 名所 名札 名目 名産 名誉 名実 名古屋"
_WORDS = tuple(_OTHER_WORDS.split())
_COMPARED = ("未満", "以上", "以下", "程度", "超", "余り")
_COUNTED_BEFORE = ("年度", "計", "うち", "約", "延べ")
_FEW = ("件", "名", "か所")


def bare_units(text: str) -> Iterator[TextSpan]:
    """Where a unit is without its number, as start and end of the blank and the unit."""
    plain = half_width(text)
    for found in _BEHIND_COUNT.finditer(plain):
        yield found.span(found.lastgroup or 0)
    if _may_text_lack_number(plain):
        yield from (found.span() for found in _BEFORE_NUMBER.finditer(plain))
    for found in _ARTICLE.finditer(plain):
        yield found.span()
    for found in _UNIT.finditer(plain):
        if not plain.startswith(_WORDS, found.start(1)) and _is_unit_without_number(plain, found):
            yield found.span()


def _is_unit_without_number(plain: str, found: re.Match[str]) -> bool:
    unit, before, behind = found[1], plain[: found.start()], plain[found.end() :][:2]
    last, ends = before[-1:], behind[:1] in "(、。)"
    if last == ":":
        return ends and _is_field_of_number(before, unit)
    if found[0] == unit:
        return unit in _FEW and last in "をに、" and behind[:1] in ("が", "を", "に")
    if is_hiragana(last) or last == "、":
        return unit in _FEW or behind.startswith(_COMPARED)
    return ends and _is_number_expected_behind(before, unit)


def _is_field_of_number(before: str, unit: str) -> bool:
    """Whether a number with a unit has its place behind a colon: 参加者数: 人."""
    return before.endswith("数:") or (unit in (*_FEW, "人") and not before.endswith("単位:"))


def _is_number_expected_behind(before: str, unit: str) -> bool:
    """Whether words without kana at their end want a number: 契約機関数 機関, 延べ 人."""
    return before.endswith("数") or (unit in (*_FEW, "人", "機関") and before.endswith(_COUNTED_BEFORE))


_BLANK = LazyPattern(r"[ \u3000]{2,}")
_LEAST_BEFORE, _LEAST_BEHIND, _MOST = 3, 2, 8


def are_numbers_of_form_missing(form: str, text: str) -> bool:
    """Whether a text joins what a form's line has on both sides of a wide blank: 新規契約　　　機関."""
    parts = [normalized(part) for part in _BLANK.split(form)]
    whole = normalized(text)
    return any(_are_joined(before, behind, whole) for before, behind in _letters_before_and_behind(parts))


def _letters_before_and_behind(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for before, behind in pairwise(parts):
        yield before.rpartition("}")[2][-_MOST:], behind.partition("{")[0][:_MOST]


def _are_joined(before: str, behind: str, whole: str) -> bool:
    return len(before) >= _LEAST_BEFORE and len(behind) >= _LEAST_BEHIND and before + behind in whole


_ACTS = "発送|送付|配布|配付|郵送|配信|回収|受付|登録|実施|提出|参加|受講|回答"
_WITH_NUMBER = LazyPattern(
    rf"[ \u3000]*(?:が[^。、]{{0,6}}(?:{_ACTS}|出席|来場|申込|申し込|受診|加入|利用|応募|来所|来庁)"
    rf"|(?:へ|について)[^。、]{{0,8}}(?:{_ACTS}|通知|案内|督促|勧奨|確認|照会|調査|訪問)"
    r"|から[^。、]{0,6}(?:回答|申込|申し込|応募|返信|返送|相談|問い?合わせ|意見|要望)"
    rf"|に(?:対し|送付|発送|通知|案内|配布|郵送|電話|連絡)|を(?:{_ACTS}|対象)|{_ACTS})(?!率|数)"
)
_BEFORE_COUNT = LazyPattern(
    r"(?:[をにへのでとて、]|には|から|など|ほか|いた|した|となる|に当たる)[ \u3000]*$"
)
_FIELD_OF_COUNT = LazyPattern(r"(?:件|者|人|所|社|回|日|関|校|団体)数[:：][ \u3000]*$", needs="数")
_FEWEST_DIGITS = 2


def numbers_without_unit(text: str) -> Iterator[TextSpan]:
    """Where a number counts something and has no unit: に15,777発送, など57が参加, 通報件数：46（…）."""
    for number in numbers_in(text):
        end = number.start + len(number.text.rstrip())
        if number.unit or number.text.strip().count(".") or len(number.text.strip()) < _FEWEST_DIGITS:
            continue
        before, behind = text[: number.start], text[end : end + 12]
        is_field = _FIELD_OF_COUNT.search(before) and half_width(behind).lstrip()[:1] in ("(", "", "。")
        if (
            is_field
            or _is_whole_statement(before, behind)
            or (_BEFORE_COUNT.search(before) and _WITH_NUMBER.match(behind))
        ):
            yield number.start, end


_COUNTS = (
    "者は",
    "者数は",
    "件数は",
    "人数は",
    "回数は",
    "社数は",
    "申込みは",
    "申込は",
    "申し込みは",
    "応募は",
    "申請は",
)
_ENDS = ("であ", "とな", "だっ", "です", "でし", "に上", "にのぼ", "に増", "に減")


def _is_whole_statement(before: str, behind: str) -> bool:
    """Whether a number is all that is said of a count: 参加者は45であった; 事業者 is a unit itself."""
    words = before.rstrip(" \u3000")
    is_count = words.endswith(_COUNTS) and not words.endswith("業者は")
    return is_count and behind.lstrip(" \u3000").startswith(_ENDS)
