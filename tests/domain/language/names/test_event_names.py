"""Names of events: how far one reaches, and what is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenpo_xl.domain.language.names.event_names import _KINDS, event_names_in

_PATTERN = re.compile(
    rf"[一-龯々ァ-ヴーA-Za-z・-]{{0,24}}(?:{'|'.join(_KINDS)})(?!所|員|用|費|室|後|時|中|等|日)"
)
"""The same as one regular expression, which takes longer to compile than the names of a book to find."""
_PARTS = st.sampled_from([*_KINDS, *"健康研修会所費を、 A・-々ー□", "健" * 23, "健" * 24, "康" * 25])


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("健康づくり研修会を開催した", ["研修会"]),
        ("健康保険委員研修会及び運営委員会を開催", ["健康保険委員研修会", "運営委員会"]),
        ("研修会議を開催", ["研修会議"]),
        ("研修会費を支払った", ["研修"]),
        ("委員会室で", []),
        ("PTミーティングと健康・体力セミナー", ["PTミーティング", "健康・体力セミナー"]),
        ("", []),
    ],
)
def test_names_of_a_sentence(sentence: str, names: list[str]) -> None:
    assert [one.text for one in event_names_in(sentence)] == names


# How long an example takes depends on what else the machine does.
@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PARTS, max_size=9).map("".join))
def test_names_are_those_of_the_pattern(sentence: str) -> None:
    found = [(one.start, one.end, one.text) for one in event_names_in(sentence)]
    assert found == [(*one.span(), one[0]) for one in _PATTERN.finditer(sentence)]


@pytest.mark.parametrize(("sentence", "own"), [("健康研修会", "健康"), ("連絡会議", "連絡"), ("研修", "")])
def test_the_name_without_its_kind(sentence: str, own: str) -> None:
    assert [one.text_without_kind for one in event_names_in(sentence)] == [own]
