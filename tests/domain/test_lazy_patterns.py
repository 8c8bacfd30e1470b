"""Patterns that are compiled when a text may match, and what such a text must contain."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest

from kenpo_xl.books.input.inspect import external_links
from kenpo_xl.checks.engine import all_rules
from kenpo_xl.checks.rules.agreement import references
from kenpo_xl.checks.rules.text import wording
from kenpo_xl.checks.rules.text.times import named_periods
from kenpo_xl.checks.support.sentences import achievements
from kenpo_xl.domain.language import numbers_in_text
from kenpo_xl.domain.language.dates import date_notation
from kenpo_xl.domain.language.form import list_marks, writers_notes
from kenpo_xl.domain.language.grammar import wrong_particles
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.privacy import personal_data
from tests.paths import SENTENCES
from tests.soak import SHARE, sparse

# What each of the patterns below matches, in every form that its text can take.
_MATCHED = (
    "https://a.b/1 令和6、7年度 平成元 昭和64年 大正2.3.4 明治5年 R6.10.18 2024/10/7 6-10-18 "
    "2024(令和6)年度 2024年度 1999 2024 6、7年度 31年 4月 12月2日 7月26日・28日 4~6月 12月号 10/7 "
    "毎月10日 同月5日 当月1日 翌月31日 前月9日 今月05日 3日付 20日(金) 2日現在 10:30 9時30分 14時 "
    "第4~6回 第3四半期 3半期 4四半期 2回目 3番目 0次 3号 1番 2級 1型 5章 2項 3類 12条の2 4条 "
    "3分の1 別添1-1 別紙2 別表3 様式4 図表5 参考資料6 資料7 表8 図9 注1 №2 ※3 1-2-2 048‐658‐5919 "
    "1–2 3A 5x 048(658)5919 (1)あ 2)い 3.う 第3四半期末現在 第四四半期の実績 =A1 "
    "1*2 3^4 1+A1 1-2|x [1]Sheet1! 'C:\\[b.xlsx]S'! file://a/b \\\\pc\\a FTP://x/y "
    "cmd|'/C'!令和6年上期 平成元年下半期 昭和3年第2四半期 ○○ 〇〇 ●●● ×× ＊* __ _＿ xX Ｘｘ "
    "口座番号1234567 普通預金口座123456 総合12345678 基礎年金番号1234-567890 0120-123-456 0800(123)4567 "
    "03-1234-5678 048(123)4567 (03)1234-5678 09012345678 070-1234-5678 +81-3-1234-5678 +81312345678 "
    "電話0481234567 TEL:0481234567 tel0481234567 1234-5678-9012 123456789012 03‐1 (03)ー1 3—4 "
    "令7年 平元年 昭話7年 兵成3年 和 8年 平静12年 目標に到達した 目標を大幅に上回った 計画をやや超えた "
    "目標に達しなかった 計画に届かず 予定を下回った 目標未達だ 計画より遅れ 未実施。 実施せず "
    "実施できなかった 行えなかった 行っていない 着手していない 見送った 中止した 取りやめた 休止した "
    "目標を達成した 計画どおり 目標に及ばない 目標に満たず 表7のとおり 1-9-9を参照 別紙2) 参考3に示す "
    "資料12記載 記号12番号3 記号・番号1234 被保険者証(123456-1 保険証番号:1234 "
    "雇用保険の番号1234-5678 免許証番号123456789012 旅券番号AB1234567"
)


def _with_needs() -> list[LazyPattern]:
    known = (
        named_periods._QUARTER,
        wording._HALF_YEAR,
        writers_notes._PLACEHOLDERS,
        achievements._CLAIMS,
        references._REFERENCES,
        personal_data._ACCOUNT,
        personal_data._SYMBOL,
        personal_data._HYPHENS,
        personal_data._PHONE,
        personal_data._TWELVE,
        date_notation._LIKE_AN_ERA,
        external_links._BOOK,
        external_links._ADDRESS,
        external_links._DDE,
    )
    return [one for one in (*numbers_in_text._NO_NUMBERS, *known) if one.needs or one.contains]


@pytest.mark.parametrize("pattern", _with_needs(), ids=lambda one: one.pattern[:40])
def test_every_text_that_matches_contains_what_is_needed(pattern: LazyPattern) -> None:
    words = _MATCHED.split()
    texts = [*words, *(f"{one}。" for one in words), *(f"{one} {other}" for one, other in pairwise(words))]
    matched = [text for text in texts if re.search(pattern.pattern, text, pattern.flags)]
    assert matched
    assert [text for text in matched if not pattern._may_match(text)] == []


def test_what_does_not_contain_it_matches_nothing() -> None:
    pattern = LazyPattern(r"\d+月", needs="月")
    assert pattern.search("12日") is pattern.match("12日") is pattern.fullmatch("12日") is None
    assert (list(pattern.finditer("12日")), pattern.findall("12日")) == ([], [])
    assert pattern.sub("x", "12日") == "12日"
    assert "_compiled" not in vars(pattern)


def test_what_lacks_the_short_expression_matches_nothing() -> None:
    pattern = LazyPattern(r"口座(?:番号)?\d{6,8}", needs="口座", contains=r"\d{6}")
    assert pattern.search("口座12345") is pattern.search("123456") is None
    assert "_compiled" not in vars(pattern)
    assert pattern.search("口座123456") is not None


def test_what_contains_it_is_searched() -> None:
    pattern = LazyPattern(r"(\d+)月", needs=("か月", "月"))
    assert [found[1] for found in pattern.finditer("4月と5月")] == ["4", "5"]
    assert pattern.findall("4月と5月") == ["4", "5"]
    assert pattern.sub(lambda found: found[1], "4月") == "4"
    assert pattern.search("月") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("前年の率", True), ("内 3件", True), ("内3件", False), ("", False)]
)
def test_one_of_some_words_is_in_a_text(text: str, expected: bool) -> None:
    assert AnyOf("率|割合|内 |内、").is_in(text) is expected


def test_a_pattern_that_any_text_may_match_is_called_itself_once_it_is_compiled() -> None:
    pattern = LazyPattern(r"\d+月")
    assert pattern.findall("4月と5月") == ["4月", "5月"]
    assert vars(pattern)["findall"].__self__ == re.compile(r"\d+月")
    assert pattern.sub("x", "4月") == "x"


@pytest.mark.parametrize("part", sparse(range(SHARE)))
def test_no_guard_hides_what_an_expression_finds_in_a_sentence(part: int) -> None:
    all_rules()
    ours = [module for name, module in sys.modules.items() if name.startswith("kenpo_xl.")]
    patterns = [one for module in ours for value in vars(module).values() for one in _patterns_in(value)]
    guarded = {one for one in patterns if one.needs or one.contains} - _rarer_than_their_expression()
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file, delimiter="\t")][part::SHARE]
    text = "\n".join(["", *sentences, *map(half_width, sentences), ""])
    hidden = {
        (pattern.pattern, line)
        for pattern in guarded
        for found in re.finditer(pattern.pattern, text, pattern.flags | re.MULTILINE)
        if not pattern._may_match(line := _lines_around(text, *found.span()))
    }
    assert len(guarded) > 150
    assert hidden == set()


def _rarer_than_their_expression() -> set[LazyPattern]:
    """Patterns whose guard is what their rule wants besides: a list from ア on, a page before を."""
    of_pages = {one for one, _, nouns in wrong_particles._WRONG if nouns is wrong_particles._PAGES}
    return {*of_pages, list_marks._MARKS[-1]}


def _patterns_in(value: object) -> Iterator[LazyPattern]:
    """The patterns in the tables of a module."""
    if isinstance(value, LazyPattern):
        yield value
    elif isinstance(value, tuple | list | dict):
        parts = value.values() if isinstance(value, dict) else value
        yield from (one for part in parts for one in _patterns_in(part))


def _lines_around(text: str, start: int, end: int) -> str:
    """The whole lines that a part of a text is in."""
    return text[text.rindex("\n", 0, start or 1) + 1 : text.index("\n", min(end, len(text) - 1))]
