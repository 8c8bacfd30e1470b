"""Exact numbers: what Excel holds, what a clerk typed, and how a number format shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from functools import cached_property, lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern

# None, unknown, negligible, withheld, as statistical tables print them: signs in the place of a number.
SIGNS = ("-", "－", "−", "―", "ー", "…", "x", "X", "／", "/")
HALF_UP, DOWN, UP = ROUND_HALF_UP, ROUND_DOWN, ROUND_UP  # 四捨五入, 切捨て, 切上げ
# What a unit begins with where the number format divides by 1,000 once, twice or three times.
_DIVIDED = {1: "千", 2: "百万", 3: "十億"}

# What Excel keeps to the last digit; smaller ones are left over where others cancel out.
MOST, LEAST = Decimal("1E15"), Decimal("1E-20")
_WIDE = Context(prec=400)  # Excel holds numbers of up to 309 digits
_BRACKETS = str.maketrans("", "", "()（）")
# Literals are skipped; the first group is the digits of a number.
_DIGITS = LazyPattern(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|([0#?][0#?,]*(?:\.[0#?]+)?)')
# The general format as English and Japanese programs write it.
GENERAL = ("general", "標準", "g/標準")
_CONDITION = LazyPattern(r"\[[<>=]", needs="[")
_TOKENS = LazyPattern(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(General|G/標準|標準|[0#?,.]+)|(.)', re.IGNORECASE)
_LITERAL = LazyPattern(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]', needs='"\\_*[')
_LITERAL_RUN = LazyPattern(r'_.|\*.|\[[^\]]*\]|\\"|((?:"[^"]*"|\\[^"])+)')
_DECIMALS = LazyPattern(r"\.([0#?]+)", needs=".")
_GROUPED = LazyPattern(r"[0#?],+[0#?]", needs=",")
_THOUSANDS = LazyPattern(r"[0#?](,+)(?![0#?,])", needs=",")


def decimal_from_excel(value: float) -> Decimal:
    """The number a person sees: Excel keeps 15 digits and writes 0.28499999999999998 for 0.285."""
    return Decimal(format(float(value) or 0.0, ".15g"))


def has_plausible_magnitude(number: Decimal) -> bool:
    """Whether a number is of a size that Excel keeps to the last digit and that can be meant."""
    return not number or LEAST <= abs(number) < MOST


def rounded(value: Decimal, decimals: int, rounding: str = HALF_UP) -> Decimal:
    """`value` at `decimals` places (negative: tens, hundreds); half up unless said otherwise."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding, context=_WIDE)


def median(numbers: Iterable[Decimal]) -> Decimal:
    """The median of numbers, of which there is at least one."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@frozen
class NumberFormat:
    """An Excel number format as the definition of a cell: unit, decimals, percent, brackets or text."""

    code: str = "General"

    @cached_property
    def _section_codes(self) -> list[str]:
        if ";" not in self.code:
            return [self.code]
        return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', self.code)

    @property
    def _first_section(self) -> str:
        return self._section_codes[0]

    @cached_property
    def sections(self) -> tuple[NumberFormat, ...]:
        """The formats of positive numbers, negative ones and 0, as far as the code has them.

        The first alone where sections are chosen by conditions (`[<1000]0`).
        """
        codes = self._section_codes
        if any(_CONDITION.search(code) for code in codes):
            codes = codes[:1]
        return tuple(map(number_format, codes[:3]))

    @cached_property
    def literal_text(self) -> str:
        """The text of a code without digits."""
        return "".join(token[1] or token[2] or token[4] or "" for token in _TOKENS.finditer(self.code))

    @cached_property
    def has_digits(self) -> bool:
        return any(token[3] for token in _TOKENS.finditer(self._first_section))

    @cached_property
    def digits_code(self) -> str:
        """The code of the number alone, as it is displayed: `#,##0.0%` for `約#,##0.# %`."""
        if self._literals_between_digits:
            return self._code_between_affixes()
        whole = "#,##0" if self.has_thousands_separators else "0"
        decimals = f".{'0' * self.decimals}" if self.decimals else ""
        return whole + decimals + "," * self.scaling_comma_count + "%" * self.is_percent

    def _code_between_affixes(self) -> str:
        tokens = list(_TOKENS.finditer(self._first_section))
        digits = [place for place, token in enumerate(tokens) if token[3]]
        parts = ((token[3], token[1] or token[2] or token[4]) for token in tokens[digits[0] : digits[-1] + 1])
        return "".join(code or (f'"{literal}"' if literal else "") for code, literal in parts)

    @cached_property
    def _without_literals(self) -> str:
        return _LITERAL.sub("", self._first_section)

    @cached_property
    def is_text(self) -> bool:
        return self._first_section.strip() == "@"

    @cached_property
    def is_general(self) -> bool:
        return self._without_literals.strip().lower() in (*GENERAL, "")

    @cached_property
    def is_percent(self) -> bool:
        return "%" in self._without_literals

    @cached_property
    def decimals(self) -> int:
        found = _DECIMALS.search(self._without_literals)
        return len(found[1]) if found else 0

    @cached_property
    def has_thousands_separators(self) -> bool:
        return bool(_GROUPED.search(self._without_literals))

    @cached_property
    def scaling_comma_count(self) -> int:
        """How often the format divides by 1,000: once for `#,##0," 千円"`."""
        found = _THOUSANDS.search(self._without_literals)
        return len(found[1]) if found else 0

    @cached_property
    def last_place(self) -> Decimal | None:
        """A unit of the last place shown, as Excel holds the value: 0.001 for 8.9 ％; None if unknown."""
        if self.is_general or self.is_text:
            return None
        return Decimal(1).scaleb(3 * self.scaling_comma_count - 2 * self.is_percent - self.decimals)

    @cached_property
    def affixes(self) -> tuple[str, str]:
        """The literal text before and after the digits, such as （ and ` 部）`."""
        parts: list[str] = ["", ""]
        position = 0
        for token in _TOKENS.finditer(self._first_section):
            if token[3]:
                position, parts[1] = 1, ""  # what is between digits is no unit: 0"万"0000"件"
            else:
                parts[position] += token[1] or token[2] or (token[4] or "").replace("%", "")
        return (parts[0], parts[1]) if position else ("", "")

    @cached_property
    def _literals_between_digits(self) -> tuple[tuple[int, str], ...]:
        """The literals between the digits, from the right, each with the number of digits behind it."""
        found: list[tuple[int, str]] = []
        literal, behind = "", 0
        for token in reversed(list(_TOKENS.finditer(self._first_section.partition(".")[0]))):
            if token[3]:
                found += [(behind, literal)] if behind and literal else []
                literal, behind = "", behind + len(re.findall("[0#?]", token[3]))
            else:
                literal = (token[1] or token[2] or token[4] or "") + literal
        return tuple(found)

    @cached_property
    def unit(self) -> str:
        """The unit behind the number: 件, 千円, ％; empty where the format shows none."""
        literal = self.affixes[1].translate(_BRACKETS).strip()
        return "％" if self.is_percent or literal == "%" else literal

    def unit_of_cell_value(self, printed_unit: str) -> str:
        """The unit of a value as Excel holds it, where `printed` is behind it.

        割合 for a percent; 円 where the format divides by 1,000 and 千円 is printed.
        """
        return (
            FRACTION
            if self.is_percent
            else printed_unit.removeprefix(_DIVIDED.get(self.scaling_comma_count, ""))
        )

    @property
    def has_literal_percent_sign(self) -> bool:
        """Whether 45.0 stands for 45.0 ％: the sign is only written behind the number (`0.0"％"`)."""
        return self.unit == "％" and not self.is_percent

    def as_percent(self) -> NumberFormat:
        """The format of the same decimals that shows the fraction 0.45 as 45.0％."""
        return number_format(f"0{'.' if self.decimals else ''}{'0' * self.decimals}%")

    def with_one_more_decimal(self) -> NumberFormat:
        """The format with one decimal more; itself where it shows all of them."""
        if self.is_general or self.is_text:
            return self

        def with_added_decimal(digits: re.Match[str]) -> str:
            return f"{digits[0]}0" if "." in digits[0] else f"{digits[0]}.0" if digits[1] else digits[0]

        return number_format(_DIGITS.sub(with_added_decimal, self.code))

    @property
    def has_brackets(self) -> bool:
        """Whether the number is in brackets, as last year's figures often do."""
        return self.affixes[0].strip().endswith(("（", "("))

    def displayed_text(self, value: Decimal) -> str:
        """`value` as Excel prints it with this format, rounded half up."""
        if self.is_text:
            return decimal_text(value)
        section = self._section_of_value(value)
        if section is not self:
            return section.displayed_text(abs(value)) if section.has_digits else section.literal_text
        scaled, digits = self._scaled_value_and_digits(value)
        before, after = self.affixes
        return f"{'-' if scaled < 0 else ''}{before}{digits}{'％' if self.is_percent else ''}{after}"

    def _section_of_value(self, value: Decimal) -> NumberFormat:
        """The format of negative numbers, or of 0, where the code has one; else itself."""
        place = 1 if value < 0 else 0 if value else 2
        return self.sections[place] if 0 < place < len(self.sections) else self

    def _scaled_value_and_digits(self, value: Decimal) -> tuple[Decimal, str]:
        if self.is_general:
            return value, decimal_text(abs(value))
        whole = value * 100 if self.is_percent else value
        scaled = rounded(whole.scaleb(-3 * self.scaling_comma_count), self.decimals)
        if self._literals_between_digits:
            return scaled, self._with_literals_between_digits(f"{abs(scaled):f}")
        return scaled, f"{abs(scaled):,f}" if self.has_thousands_separators else f"{abs(scaled):f}"

    def _with_literals_between_digits(self, digits: str) -> str:
        """The digits with what the format writes between them: 1万2345 for `0"万"0000`."""
        whole, point, rest = digits.partition(".")
        whole = whole.zfill(
            sum(token.count("0") for token in _DIGITS.findall(self._first_section.partition(".")[0]))
        )
        count = len(whole)
        for behind, literal in reversed(
            self._literals_between_digits
        ):  # from the left, so that what follows keeps its place
            at = len(whole) - behind
            whole = f"{whole[:at]}{literal}{whole[at:]}" if behind <= count else whole
        return whole + point + rest


def decimal_text(value: Decimal) -> str:
    """`value` without exponent and without trailing zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def number_format(code: str) -> NumberFormat:
    r"""The number format of `code`; the same object for the same code.

    Where LibreOffice saves, it writes a letter as `\（` that Excel quotes: all literals are quoted here.
    """
    return NumberFormat(_LITERAL_RUN.sub(_literal_in_quotes, code) if "\\" in code else code)


def _literal_in_quotes(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return '"' + "".join(token[1] or token[2] or "" for token in _TOKENS.finditer(found[1])) + '"'


def is_same_number(value: object, number: Decimal | None) -> bool:
    """Whether two values are one number as Excel holds it."""
    if number is None or not isinstance(value, Decimal):
        return False
    return format(float(value), ".15g") == format(float(number), ".15g")
