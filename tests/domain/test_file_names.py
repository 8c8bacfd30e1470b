"""Names that no file may have, or that would make a book one that is not read."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.file_names import LONGEST, unusable_name_reason

OTHERS = ("計画", "取りまとめ")


@pytest.mark.parametrize(
    "name",
    [
        "業務グループ",
        "企画・総務（本部）",
        "CONSUL",
        "COM10",
        "NULL",
        "コピー室",
        "g" * LONGEST,
        "計画課",
        "第1.5班",
    ],
)
def test_names_of_groups(name: str) -> None:
    assert unusable_name_reason(name, OTHERS) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("CON", "con", "Nul", "aux.群", "COM1", "lpt9", "COM¹", "CONIN$"),
        *(
            "~$業務",
            "~業務",
            "業務.tmp",
            "業務.bak",
            "1A2B3C4D",
            "業務 - コピー",
            "コピー ～ 業務",
            "業務のコピー",
        ),
        *("取りまとめ", "計画"),
        *("a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a|b", "a\nb", "a\x1bb", "a\u202eb", "a\x9b"),
        *(".業務", "業務.", " 業務", "業務　", "g" * (LONGEST + 1)),
    ],
)
def test_names_that_are_refused(name: str) -> None:
    assert unusable_name_reason(name, OTHERS).endswith("ください。")
