"""Items and blocks are known by what they say; numbers only decide between what is otherwise equal."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark, match_blocks, match_items


def blocks(*texts: str) -> tuple[BlockMark, ...]:
    """Numbered blocks; what stands behind / are the lines that a block starts with."""
    marks = []
    for number, one in enumerate(texts, start=1):
        text, _, starts = one.partition("/")
        marks.append(BlockMark(str(number), text, tuple(starts)))
    return tuple(marks)


def item(number: str, title: str, *texts: str) -> ItemMark:
    return ItemMark(number, title, blocks(*texts))


def alike(one: BlockMark, mark: BlockMark) -> float:
    return SequenceMatcher(None, one.text, mark.text).ratio()


def blocks_now(book: tuple[BlockMark, ...], plan: tuple[BlockMark, ...]) -> dict[str, str]:
    return {name: mark.name for name, mark in sorted(match_blocks(book, plan, alike).items())}


@pytest.mark.parametrize(
    ("book", "plan", "expected"),
    [
        pytest.param("甲 乙", "甲 乙", "1>1 2>2", id="as it was"),
        pytest.param("甲 乙", "乙 甲", "1>2 2>1", id="exchanged"),
        pytest.param("甲 乙 丙", "丙 甲 乙", "1>2 2>3 3>1", id="the last came first"),
        pytest.param("甲 乙", "新 甲 乙", "1>2 2>3", id="inserted before"),
        pytest.param("甲 乙", "甲 新 乙", "1>1 2>3", id="inserted between"),
        pytest.param("甲 乙 丙", "甲 丙", "1>1 3>2", id="dropped between"),
        pytest.param("甲 乙", "甲 新", "1>1 2>2", id="another text in the same place"),
        pytest.param("甲乙丙丁 戊", "甲乙丙戌 戊", "1>1 2>2", id="reworded"),
        pytest.param("甲乙丙丁", "新新新新 甲乙丙戌", "1>2", id="reworded behind a new one"),
        pytest.param("甲乙丙丁", "甲乙丙戌 新新新新", "1>1", id="reworded before a new one"),
        pytest.param("甲乙丙丁 戊", "戊 甲乙丙戌", "2>1", id="reworded and exchanged is not certain"),
        pytest.param("甲 乙", "乙 新", "2>1", id="dropped before, added behind"),
        pytest.param("甲 乙", "新 古 他", "", id="two became three"),
        pytest.param("甲 甲", "甲 甲", "1>1 2>2", id="equal texts in order"),
        pytest.param("甲 甲 乙", "新 甲 甲 乙", "1>2 2>3 3>4", id="equal texts that moved"),
        pytest.param("甲/a 甲/b", "甲/b 甲/a", "1>2 2>1", id="equal texts with other lines"),
        pytest.param("甲 /a /b 乙", "甲 新 /a /b 乙", "1>1 2>3 3>4 4>5", id="without text"),
        pytest.param("甲 /a 乙", "甲 /ab 乙", "1>1 2>2 3>3", id="without text, with a new line"),
        pytest.param("甲  乙", "甲  新 乙", "1>1 2>2 3>4", id="without text before a new one"),
    ],
)  # fmt: skip
def test_the_block_that_each_block_is(book: str, plan: str, expected: str) -> None:
    found = blocks_now(blocks(*book.split(" ")), blocks(*plan.split(" ")))
    assert " ".join(f"{name}>{now}" for name, now in found.items()) == expected


def items_now(book: list[ItemMark], plan: list[ItemMark], *others: ItemMark) -> dict[str, str]:
    """The number that each item has now: with ? where it may be two, @ where another group has it."""
    found = match_items(book, plan, lambda: others)
    now = {number: mark.id for number, mark in found.pairs.items()}
    now |= dict.fromkeys(found.rivals, "?")
    now |= {number: f"@{mark.id}" for number, mark in found.elsewhere.items()}
    return dict(sorted(now.items()))


A, B, C = item("1", "い", "甲", "乙"), item("2", "ろ", "丙"), item("1", "は", "丁")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param([A, B], "1 2", id="as it was"),
        pytest.param([item("1", "ろ", "丙"), item("2", "い", "甲", "乙")], "2 1", id="exchanged"),
        pytest.param([C, item("2", "い", "甲", "乙"), item("3", "ろ", "丙")], "2 3", id="new"),
        pytest.param([item("1", "に", "甲", "乙"), B], "1 2", id="another title"),
        pytest.param([item("1", "い", "丁"), B], "1 2", id="another text"),
        pytest.param([item("1", "い", "乙", "甲"), B], "1 2", id="blocks exchanged"),
        pytest.param([item("1", "ろ", "丙"), item("2", "い", "丁")], "2 1", id="exchanged, another text"),
        pytest.param([item("1", "ろ", "丙"), item("2", "に", "甲")], "2 1", id="exchanged, another title"),
        pytest.param([item("1", "ろ", "甲", "乙"), item("2", "い", "丙")], "? ?", id="titles exchanged"),
        pytest.param([item("1", "に", "丁"), B], "- 2", id="another title and text"),
        pytest.param([item("1", "ろ", "丙")], "- 1", id="dropped"),
    ],
)  # fmt: skip
def test_the_item_that_each_item_is(plan: list[ItemMark], expected: str) -> None:
    found = items_now([A, B], plan)
    assert " ".join(found.get(number, "-") for number in ("1", "2")) == expected


def test_an_item_of_another_group() -> None:
    assert items_now([A, B], [B], item("9", "い", "甲", "乙")) == {"1": "@9", "2": "2"}


def test_equal_titles_without_text_stay_in_their_order() -> None:
    book = [item("1", "他", ""), item("2", "他", "")]
    assert items_now(book, [item("1", "新", "丁"), item("2", "他", ""), item("3", "他", "")]) == {
        "1": "2",
        "2": "3",
    }


def test_equal_titles_and_texts_with_other_lines() -> None:
    book = [item("1", "他", "甲/a"), item("2", "他", "甲/b")]
    assert items_now(book, [item("1", "他", "甲/b"), item("2", "他", "甲/a")]) == {"1": "2", "2": "1"}
