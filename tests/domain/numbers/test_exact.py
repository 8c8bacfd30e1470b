"""Numbers as Excel holds them, as clerks type them, as a number format shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.exact import (
    DOWN,
    UP,
    NumberFormat,
    decimal_from_excel,
    decimal_text,
    has_plausible_magnitude,
    median,
    number_format,
    rounded,
)


@pytest.mark.parametrize(
    ("stored", "seen"), [(0.28499999999999998, "0.285"), (0.1 + 0.2, "0.3"), (1080.0, "1080"), (-5.5, "-5.5")]
)
def test_excel_shows_fifteen_digits(stored: float, seen: str) -> None:
    assert decimal_from_excel(stored) == Decimal(seen)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.285", 2, "0.29"),
        ("0.2849", 2, "0.28"),
        ("-0.285", 2, "-0.29"),
        ("2.5", 0, "3"),
        ("1250", -2, "1300"),
    ],
)
def test_half_goes_up(value: str, decimals: int, expected: str) -> None:
    assert rounded(Decimal(value), decimals) == Decimal(expected)


def test_a_negative_zero_is_zero() -> None:
    assert str(decimal_from_excel(-0.0)) == "0"


@pytest.mark.parametrize(
    ("number", "within"),
    [
        ("0", True),
        ("1E14", True),
        ("1E15", False),
        ("-1E15", False),
        ("1E-20", True),
        ("9E-21", False),
    ],
)
def test_numbers_have_bounds(number: str, *, within: bool) -> None:
    assert has_plausible_magnitude(Decimal(number)) is within


def test_other_roundings() -> None:
    assert rounded(Decimal("-0.289"), 2, DOWN) == Decimal("-0.28")
    assert rounded(Decimal("0.281"), 2, UP) == Decimal("0.29")


def test_the_largest_number_of_excel_is_rounded() -> None:
    assert rounded(decimal_from_excel(1e300), 0) == Decimal(10) ** 300


@pytest.mark.parametrize(
    ("code", "value", "shown", "unit"),
    [
        ('0"万"0000"件"', "12345", "1万2345件", "件"),
        ('0"億"0000"万"0000"円"', "1234567890", "12億3456万7890円", "円"),
        ('0"万"0000.0"件"', "12345.67", "1万2345.7件", "件"),
        ('G/標準"件"', "12345", "12345件", "件"),
        ('General"件"', "12345.6", "12345.6件", "件"),
        ("General", "1080.50", "1080.5", ""),
        ('General" 件"', "-5", "-5 件", "件"),
        ('#,##0" 件"', "1234.5", "1,235 件", "件"),
        ("0.0%", "0.9645", "96.5％", "％"),
        ('0.0"％"', "96.45", "96.5％", "％"),
        ('0.0" %"', "96.45", "96.5 %", "％"),
        ("0", "1234", "1234", ""),
        ('"（"#,##0" 部）"', "1234", "（1,234 部）", "部"),
        ('"（"0"）"', "-5", "-（5）", ""),
        ('#,##0," 千円"', "16893400", "16,893 千円", "千円"),
        ("0.0,,", "16850000", "16.9", ""),
        ('#,##0" 件";[Red]-#,##0" 点"', "3", "3 件", "件"),
        (r"#,##0_ ;[Red]\-#,##0\ ", "3", "3", ""),
        ("@", "3.10", "3.1", ""),
    ],
)
def test_number_formats(code: str, value: str, shown: str, unit: str) -> None:
    style = NumberFormat(code)
    assert (style.displayed_text(Decimal(value)), style.unit) == (shown, unit)


@pytest.mark.parametrize(
    ("code", "is_literal", "as_percent"),
    [('0.0"％"', True, "0.0%"), ('0"%"', True, "0%"), ("0.00%", False, "0.00%"), ('0" 件"', False, "0%")],
)
def test_percents_whose_sign_is_only_written(code: str, is_literal: bool, as_percent: str) -> None:
    style = NumberFormat(code)
    assert (style.has_literal_percent_sign, style.as_percent().code) == (is_literal, as_percent)


def test_what_a_format_says() -> None:
    style = NumberFormat('"（"0.00%"）"')
    assert (style.decimals, style.is_percent, style.has_brackets, style.has_thousands_separators) == (
        2,
        True,
        True,
        False,
    )
    assert not NumberFormat('0"%"').is_percent
    assert NumberFormat("@").is_text
    assert NumberFormat("General").is_general


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ('\\（#,##0" 件）"', '"（"#,##0" 件）"'),
        ("\\（0%\\）", '"（"0%"）"'),
        ('0\\ "件"', '0" 件"'),
        ("0_\\\\x", '0_\\"x"'),
        ('\\"0', '\\"0'),
        ("[=1]\\a;0*\\", '[=1]"a";0*\\'),
    ],
)
def test_a_literal_is_the_same_quoted_or_not(code: str, same: str) -> None:
    assert number_format(code) == number_format(same)
    assert number_format(code).code == same


def test_plain() -> None:
    assert decimal_text(Decimal("1E+3")) == "1000"
    assert decimal_text(Decimal("0.500")) == "0.5"
    assert decimal_text(Decimal("100")) == "100"


@pytest.mark.parametrize(
    ("code", "finer"),
    [
        ("0", "0.0"),
        ("0.0%", "0.00%"),
        ('#,##0" 件"', '#,##0.0" 件"'),
        ('"（"#,##0.0" 第0部）"', '"（"#,##0.00" 第0部）"'),
        ('0" 人";"▲"0" 人"', '0.0" 人";"▲"0.0" 人"'),
        ("General", "General"),
        ("@", "@"),
    ],
)
def test_a_finer_format_has_one_decimal_more(code: str, finer: str) -> None:
    assert NumberFormat(code).with_one_more_decimal().code == finer


@pytest.mark.parametrize(
    ("numbers", "found"), [("3", "3"), ("9 1 4", "4"), ("8 1 2 3", "2.5"), ("0.1 0.2", "0.15")]
)
def test_the_median_of_an_even_count_lies_between_two(numbers: str, found: str) -> None:
    assert median(map(Decimal, numbers.split())) == Decimal(found)
