"""A hint that is followed word by word ends its finding, and brings no other.

Each wrong sentence of `tests/sentences.tsv` is changed as its finding says: what stands there into what is
expected, or one word into another where the hint names both. So are numbers in cells.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, KIKAKU, OURS, REZEPT, found, new
from tests.checks.rules.text.test_sentences import LINES, WRONG, Row
from tests.checks.text_cases import findings_in_line, findings_in_lines
from tests.soak import SHARE, soak

_FROM_TO = re.compile(r"「([^」]+)」を「([^」]+)」に(?:直|そろえ|変え)")
# What is left to say of a sentence that was put right: that it ends politely where others do not, and that it
# had two mistakes.
FURTHER = {
    "満足度を集計しました。": "WO23",
    "目標を達成することができませんでした。": "WO23",
    "事業所を訪問を実施した。": "WO61",
}


PLANTED: list[tuple[str, str, dict[str, Value], str, Value]] = [
    ("CA01", GYOMU, {"1-2-2!G26": 0.95}, "1-2-2!G26", OURS),
    ("CA01", KIKAKU, {"2-4!G69": 0.095}, "2-4!G69", 0.093),
    ("CA02", REZEPT, {"1-2-5!I34": 709.0}, "1-2-5!I34", 929.0),
    ("CA03", KIKAKU, {"2-4!G69": 0.094}, "2-4!G69", 0.093),
    ("VA03", GYOMU, {"1-2-2!E26": "４３，０８９"}, "1-2-2!E26", 43_089.0),
    ("VA04", REZEPT, {"1-2-4!G29": "75,277,000円"}, "1-2-4!G29", 75_277.0),
    ("VA05", GYOMU, {"1-2-2!E26": -43_089.0}, "1-2-2!E26", 43_089.0),
    ("VA07", GYOMU, {"1-2-2!E32": 96.5}, "1-2-2!E32", 0.965),
    ("VA08", REZEPT, {"1-2-4!E35": 0.149}, "1-2-4!E35", 0.00149),
    ("VA21", KIKAKU, {"2-4!F37": 216_000.0}, "2-4!F37", 126_000.0),
    ("VA21", KIKAKU, {"2-4!I44": 2_020.0}, "2-4!I44", 2_200.0),
]
"""Code, group, what is typed, the cell of the finding, and what its hint says to enter there."""


class Followed(NamedTuple):
    """A sentence as its hint wants it, and the row that it was."""

    row: Row
    sentence: str


def found_in_all(sentences: list[str]) -> list[list[Finding]]:
    """What is found in each sentence; those far from each other are lines of one book, for speed."""
    found: dict[str, list[Finding]] = {}
    books = -(-len(sentences) // LINES)
    for some in (sentences[at::books] for at in range(books)):
        lines = findings_in_lines([f"・{one}" for one in some])
        found |= dict(zip(some, lines, strict=True))
    return [found[one] for one in sentences]


def digits(text: str) -> str:
    """The digits of a number, whatever its unit, and as a percentage or not."""
    return "".join(filter(str.isdigit, text)).strip("0")


def ways(sentence: str, finding: Finding) -> list[str]:
    """The sentence as each change makes it that a finding asks for in so many words."""
    pairs = [*_FROM_TO.findall(finding.hint), (finding.actual, finding.expected)]
    wanted = [(wrong, right) for wrong, right in pairs if wrong and right and sentence.count(wrong) == 1]
    return list(dict.fromkeys(sentence.replace(wrong, right) for wrong, right in wanted))


def followed(rows: list[Row]) -> list[Followed]:
    """What the hints make of wrong sentences, of those whose hint is a change to be made without thought."""
    found = found_in_all([row["sentence"] for row in rows])
    return [
        Followed(row, changed)
        for row, findings in zip(rows, found, strict=True)
        for finding in findings
        if finding.code == row["code"]
        for changed in ways(row["sentence"], finding)
    ]


def left(changed: list[Followed]) -> dict[str, list[str]]:
    """The codes that are found in sentences that were changed as their hints say."""
    found = found_in_all([one.sentence for one in changed])
    doubtful = {one.sentence for one, findings in zip(changed, found, strict=True) if findings}
    codes = {one: [finding.code for finding in findings_in_line(f"・{one}")] for one in sorted(doubtful)}
    return {one: kinds for one, kinds in codes.items() if kinds and kinds != [FURTHER.get(one)]}


def test_a_followed_hint_ends_its_finding() -> None:
    changed = followed(WRONG[::SHARE])
    assert len(changed) > 80
    assert left(changed) == {}


@soak
@pytest.mark.parametrize("at", range(1, SHARE))
def test_every_other_one_does(at: int) -> None:
    assert left(followed(WRONG[at::SHARE])) == {}


@pytest.mark.parametrize(("code", "group", "typed", "place", "wanted"), PLANTED)
def test_a_number_that_is_entered_as_expected(
    code: str, group: str, typed: dict[str, Value], place: str, wanted: Value
) -> None:
    """The value that the finding expects, in the very cell of the finding."""
    codes = ("VA", "CA", "RA", "ST", "CO0", "CO1")
    assert (code, place) in new(group, typed, codes)
    assert new(group, {**typed, place: wanted}, codes) == []
    (finding,) = (one for one in found(group, typed, code) if f"{one.sheet}!{one.cell}" == place)
    assert wanted is OURS or digits(finding.expected) == digits(f"{float(str(wanted)):.10f}")


@pytest.mark.parametrize(
    ("sentence", "changed"),
    [
        ("第1回25人、第2回30人、合わせて65人が受講した。", "第1回25人、第2回30人、合わせて55人が受講した。"),
        ("勉強会を3会開催した。", "勉強会を3回開催した。"),
        (
            "来場者数は前年同期の13,206人から4.6％減の13,809人となった。",
            "来場者数は前年同期の13,206人から4.6％増の13,809人となった。",
        ),
    ],
)
def test_what_is_expected_fits_into_the_place_of_what_is_there(sentence: str, changed: str) -> None:
    (finding,) = findings_in_line(f"・{sentence}")
    assert ways(sentence, finding) == [changed]
    assert findings_in_line(f"・{changed}") == []
