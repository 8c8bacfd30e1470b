"""What is left of a text without what is struck through, as Excel and others store it."""

from __future__ import annotations

import pytest
from lxml import etree

from kenpo_xl.ooxml.parts import text_of_string_item
from kenpo_xl.ooxml.rich_text import (
    RichText,
    is_struck,
    struck_letters,
    text_of_value,
    without_struck_letters,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def read(inside: str) -> str:
    return text_of_string_item(etree.fromstring(f'<si xmlns="{MAIN}">{inside}</si>'))


def run(text: str, look: str = "<sz val='11'/>") -> str:
    return f'<r><rPr>{look}</rPr><t xml:space="preserve">{text}</t></r>'


@pytest.mark.parametrize(
    "look",
    ["<strike/>", "<strike val='1'/>", "<strike val='true'/>", "<b/><strike/><sz val='9'/>", "<dstrike/>"],
)
def test_a_struck_run_is_left_out(look: str) -> None:
    text = read(run("31", look) + run("35"))
    assert (text, struck_letters(text)) == ("35", "31")


@pytest.mark.parametrize("look", ["", "<u/>", "<strike val='0'/>", "<strike val='false'/>", "<b/><i/>"])
def test_any_other_run_stays(look: str) -> None:
    text = read(run("31", look) + run("35"))
    assert (text, struck_letters(text)) == ("3135", "")


def test_a_text_of_one_kind_is_a_plain_string() -> None:
    assert type(read("<t>35</t>")) is str
    assert read("") == ""


def test_furigana_is_no_text() -> None:
    furigana = '<rPh sb="0" eb="2"><t>ケンポ</t></rPh><phoneticPr fontId="1"/>'
    assert read(f"<t>健保</t>{furigana}") == "健保"
    assert read(run("健") + run("保") + furigana) == "健保"


def test_struck_letters_are_what_a_person_sees_of_them() -> None:
    text = read(run(" 31 ", "<strike/>") + run("・") + run("32", "<strike/>"))
    assert (text, struck_letters(text)) == ("・", "31 32")
    blank = read(run("件数") + run("  ", "<strike/>"))
    assert (blank, struck_letters(blank)) == ("件数", "")


@pytest.mark.parametrize(
    ("position", "digits", "expected"),
    [
        ("superscript", "2", "m²"),
        ("subscript", "２", "m₂"),
        ("superscript", "※１", "m※¹"),
        ("baseline", "2", "m2"),
        ("superscript", "-3", "m⁻³"),
    ],
)
def test_raised_and_lowered_digits_are_letters_of_their_own(
    position: str, digits: str, expected: str
) -> None:
    assert read(run("m") + run(digits, f"<vertAlign val='{position}'/>")) == expected


class TestInACellWithAStruckFont:
    def test_a_run_with_a_font_of_its_own_stays(self) -> None:
        text = without_struck_letters(read("<r><t>31</t></r>" + run("35")), is_cell_struck=True)
        assert (text, struck_letters(text)) == ("35", "31")

    def test_it_stays_whole_where_the_font_is_not_struck(self) -> None:
        text = without_struck_letters(read("<r><t>31</t></r>" + run("35")), is_cell_struck=False)
        assert (text, struck_letters(text)) == ("3135", "")

    @pytest.mark.parametrize(
        ("value", "struck"), [(1689.0, "1689"), (0.285, "0.285"), ("約束", "約束"), (True, "True")]
    )
    def test_nothing_is_left_of_a_whole_value(self, value: float | str, struck: str) -> None:
        left = without_struck_letters(value, is_cell_struck=True)
        assert (left, text_of_value(left), struck_letters(left)) == ("", "", struck)
        assert without_struck_letters(value, is_cell_struck=False) == value

    @pytest.mark.parametrize("value", [None, ""])
    def test_an_empty_cell_stays_empty(self, value: str | None) -> None:
        assert not isinstance(without_struck_letters(value, is_cell_struck=True), RichText)


@pytest.mark.parametrize(
    ("font", "struck"), [("<strike/>", True), ("<strike val='off'/>", False), ("<u val='single'/>", False)]
)
def test_a_font_is_struck_or_not(font: str, *, struck: bool) -> None:
    assert is_struck(etree.fromstring(f'<font xmlns="{MAIN}">{font}</font>')) is struck
