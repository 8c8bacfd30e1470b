"""What cells show under number formats, as Excel shows it."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.display import displayed_number, displayed_text, is_same_format

ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "0.965", "0.965"),
        ('G/標準"件"', "1689", "1689件"),
        ("@", "3", "3"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0,", "96253000", "96,253"),
        ("0.0,,", "16850000", "16.9"),
        ("#,##0.0,", "1234567", "1,234.6"),
        ('#,##0,"千円"', "96253000", "96,253千円"),
        ("0.0%", "0.965", "96.5%"),
        ("0%", "12", "1200%"),
        ("000000", "1689", "001689"),
        ("0,000", "5", "0005"),
        ("#,###", "1234", "1,234"),
        ("#", "0", ""),
        ("0.0#", "5.2", "5.2"),
        ('0"0"', "1689", "16890"),
        ('0"."00', "1689", "16.89"),
        ("00-00", "1689", "16-89"),
        ('"12"', "1689", "12"),
        (";;;", "5", ""),
        ("[White]0", "5", ""),
        ("[白]0", "5", ""),
        ("[Color 2]0", "5", ""),
        ("[Red]0", "5", "5"),
        ("0;;", "5", "5"),
        ("0;;", "-5", ""),
        ("0;;", "0", ""),
        ("0;0", "-5", "5"),
        ("0", "-5", "-5"),
        ("0;@", "-5", "-5"),
        ('#,##0;"△"#,##0', "-5", "△5"),
        ("0_);(0)", "-5", "(5)"),
        ('[<1000]"";0', "999", ""),
        ('[<1000]"";0', "1000", "1000"),
        ('[=1]"済";0', "1", "済"),
        ("[>100]0;General", "-5", "-5"),
        (ACCOUNTING, "1689", " 1,689 "),
        (ACCOUNTING, "0", " - "),
        ("[$¥-411]#,##0", "12", "¥12"),
        (r"\¥#,##0", "12", "¥12"),
        ("[DBNum3]0", "12", "12"),
        ("# ?/?", "0.5", "0.5"),
    ],
)
def test_numbers(code: str, value: str, text: str) -> None:
    assert displayed_number(code, Decimal(value)).text == text


@pytest.mark.parametrize("code", ["yyyy/m/d", "h:mm", "[h]:mm", 'ggge"年"m"月"d"日"', "[$-411]d"])
def test_days_and_times(code: str) -> None:
    assert displayed_number(code, Decimal(45000)).is_day


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('"（"0%"）"', "\\（0%\\）", True),
        ('#,##0" 件"', "#,##0\\ \\件", True),
        ('#,##0" 件"', '#,##0" 人"', False),
        ("#,##0", "#,##0,", False),
    ],
)
def test_formats_that_say_the_same(one: str, other: str, *, same: bool) -> None:
    assert is_same_format(one, other) is same


def test_red_marks_negative_numbers() -> None:
    assert displayed_number("0;[Red]0", Decimal(-5)).is_red
    assert not displayed_number("0;[Red]0", Decimal(5)).is_red


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (";;;", ""),
        (";;;@", "abc"),
        ("0", "abc"),
        ("@", "abc"),
        ("[White]@", ""),
        ('0;0;0;"x"', "x"),
        ('"約"@', "約abc"),
    ],
)
def test_texts(code: str, text: str) -> None:
    assert displayed_text(code, "abc") == text


def test_absurd_formats_take_no_time() -> None:
    start = time.perf_counter()
    for letters in ("[", '"', "0;", "#", ",0", "\\", "General", "0.0", '"a"', "[<1]", "E+0", "_"):
        code = letters * (400_000 // len(letters))
        for value in ("1234.5", "-1E14", "0"):
            displayed_number(code, Decimal(value))
        displayed_text(code, "abc")
    assert time.perf_counter() - start < 1
