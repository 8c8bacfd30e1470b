"""Words are found as people read them, and their places are those of the text as it was written."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from kenpo_xl.domain.language.normalize import (
    UNSEEN,
    half_width,
    is_made_of_parts,
    match_positions,
    normalized,
)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("12 月", "令和6年12月末", ["12月"]),
        ("１２月", "令和 6 年 12 月末", ["12 月"]),
        ("ガイド", "新しいｶﾞｲﾄﾞ。", ["ｶﾞｲﾄﾞ"]),
        ("10 件", "10件と１０件", ["10件", "１０件"]),
        ("ああ", "あああ", ["ああ"]),
        ("二 行", "一行\n二\n行", ["二\n行"]),
        ("か", "がか", ["か"]),
        ("m2", "㎡", ["㎡"]),
        ("m", "㎡とm", ["m"]),
        ("2", "㎡と2", ["2"]),
        ("", "何か", []),
        ("無い", "何か", []),
        ("何か", "", []),
    ],
)
def test_places(words: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in match_positions(words, text)] == found


def test_normalized_text_is_half_width_and_without_white_space() -> None:
    assert normalized(" Ａ　1\n２ ") == "A12"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("（１２～３　月）", "(12~3 月)"),
        ("！～", "!~"),
        ("＀｟", "＀｟"),
        ("①〜−か゛月𠮷", "①~-か゛月𠮷"),
    ],
)
def test_letters_become_half_width_where_they_are_and_others_stay(text: str, changed: str) -> None:
    assert [half_width.__wrapped__(text) for _ in range(2)] == [changed, changed]


@pytest.fixture(scope="module")
def changing() -> list[str]:
    """Every letter that combines with another one or changes when it is normalized."""
    return [
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(letter)[0] == "M" or unicodedata.normalize("NFKD", letter) != letter
    ]


@pytest.mark.parametrize("before", ["か", "ｶ", "A", "ᄀ", "가", "ক", "\u0f71"])
def test_a_letter_joins_the_one_before_it_as_in_nfkc(before: str, changing: list[str]) -> None:
    """ｶﾞ, か with a combining mark, Á, 각: every letter that joins or changes, behind such that are joined."""
    for letter in changing:
        text = f"{before}{letter}い"
        whole = UNSEEN.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
        assert normalized.__wrapped__(text) == whole, hex(ord(letter))


@pytest.mark.parametrize(
    ("parts", "text", "is_made"),
    [
        (["健診"], "健診", True),
        (["健診"], "健診率", False),
        (["", "年度"], "令和6年度", True),
        (["", "年度"], "令和6年度末", False),
        (["令和", "年", "月"], "令和6年12月", True),
        (["令和", "年", "月"], "令和6月", False),
        (["令和", "年", "月"], "令和月12年", False),
        (["件数", "件数"], "件数", False),
        (["件数", "件数"], "件数件数", True),
        (["a", "b", "b"], "ab", False),
    ],
)
def test_parts_in_their_order_with_anything_between(parts: list[str], text: str, is_made: bool) -> None:
    assert is_made_of_parts(parts, text) is is_made
