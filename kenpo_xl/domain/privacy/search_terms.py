"""What is sought to be erased: numbers, mail addresses or words, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width, match_positions, normalized
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.privacy.personal_data import Mask, mask_range
from kenpo_xl.errors import KenpoError

# Fewer would be found in numbers and words of all kinds.
LEAST_DIGITS, LEAST_LETTERS = 6, 2
_PARTED = r"[\s()‐-―ー−・.,-]{0,2}"
_ONLY_DIGITS = re.compile(rf"[+(]?\d(?:{_PARTED}\d)*\)?")


@frozen
class SearchTerms:
    """Secrets: digits without what parts them, or words without spaces."""

    secrets: frozenset[str]

    @classmethod
    def of(cls, values: Iterable[str]) -> SearchTerms:
        """What a person typed; KenpoError for nothing, and for what is too short to be sought."""
        found = frozenset(map(_normalized_secret, filter(str.strip, values)))
        if not found:
            raise KenpoError("消す番号や言葉がありません。1 行に 1 つずつ入れてください。")
        return cls(found)

    @cached_property
    def _number_pattern(self) -> re.Pattern[str] | None:
        """Any of the numbers, with leading zeros or without."""
        numbers = sorted((one for one in self.secrets if one.isdigit()), key=len, reverse=True)
        forms = (re.sub(r"^0+", "0*", _PARTED.join(one)) for one in numbers)
        return re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)") if numbers else None

    @cached_property
    def _non_numeric_secrets(self) -> list[str]:
        return sorted(one for one in self.secrets if not one.isdigit())

    @cached_property
    def _mask_of_truncated_secrets(self) -> Mask:
        return Mask(secrets=self.secrets)

    def _mask_ranges(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Where it is in a text, and whether its letters are to be hidden too."""
        if self._number_pattern:
            yield from ((*found.span(), False) for found in self._number_pattern.finditer(half_width(text)))
        for word in self._non_numeric_secrets:
            yield from ((*place, True) for place in match_positions(word, text))

    def mask(self, text: str) -> str:
        """The text with ＊ in its place, also where a sentence cuts it off."""
        for start, end, letters_too in list(self._mask_ranges(text)):
            text = mask_range(text, start, end, letters_too=letters_too)
        return self._mask_of_truncated_secrets.without_secrets(text)

    def is_in(self, text: str) -> bool:
        return next(self._mask_ranges(text), None) is not None

    def contains_number(self, number: Decimal | None) -> bool:
        digits = "" if number is None else decimal_text(number)
        return digits.isdigit() and any(one.lstrip("0") == digits for one in self.secrets if one.isdigit())

    def contains_digits_of(self, number: Decimal | None) -> bool:
        """Whether the digits of a number are in one of the numbers that are sought."""
        digits = "" if number is None else decimal_text(number)
        return digits.isdigit() and any(digits in one for one in self.secrets if one.isdigit())


def _normalized_secret(value: str) -> str:
    words = half_width(value).strip()
    is_number = _ONLY_DIGITS.fullmatch(words)
    secret = re.sub(r"\D", "", words) if is_number else normalized(value).casefold()
    if len(secret) < (LEAST_DIGITS if is_number else LEAST_LETTERS):
        raise KenpoError(
            f"短すぎるため探せません。番号は {LEAST_DIGITS} 桁以上、"
            f"言葉は {LEAST_LETTERS} 文字以上を入れてください。"
        )
    return secret
