"""Which parts of two wordings differ."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.language.text_difference import compared_texts


def marked(before: str, now: str) -> tuple[str, str]:
    """Both texts, with what differs in brackets."""
    gone, added = compared_texts(before, now)
    return tuple(  # type: ignore[return-value]
        "".join(f"[{one.text}]" if one.differs else one.text for one in parts) for parts in (gone, added)
    )


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("3,120 件を送付", "4,070 件を送付", ("[3,120] 件を送付", "[4,070] 件を送付")),
        ("案内した。", "案内を送付した。", ("案内した。", "案内[を送付]した。")),
        ("周知広報を行った。", "周知を行った。", ("[周知広報]を行った。", "[周知]を行った。")),
        ("同じ文。", "同じ文。", ("同じ文。", "同じ文。")),
        ("まったく別の内容です。", "健診車を5台増やした。", ("", "")),
        ("", "加わった文。", ("", "")),
        ("なくなった文。", "", ("", "")),
    ],
)
def test_whole_words_are_marked(before: str, now: str, expected: tuple[str, str]) -> None:
    assert marked(before, now) == expected


def test_the_parts_are_the_texts() -> None:
    before, now = "・健診　10 月 1 日に ＡＢＣ案内（2回）。", "・健診は11 月に ABC案内（3回）。"
    assert tuple("".join(one.text for one in parts) for parts in compared_texts(before, now)) == (before, now)
