"""How a clerk mistypes a number, and how numbers are written in sentences."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random


def swapped(digits: str, random: Random) -> str | None:
    """Two different digits beside each other swapped, the first never to 0; None where there are none."""
    places = [at for at, _ in enumerate(digits[:-1]) if re.fullmatch(r"\d\d", digits[at : at + 2])]
    places = [at for at in places if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0")]
    if not places:
        return None
    at = random.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def other_digit(digits: str, random: Random) -> str:
    """One digit other than it is."""
    places = [at for at, letter in enumerate(digits) if letter.isdigit()]
    at = random.choice(places)
    others = [one for one in "123456789" if one != digits[at]]
    return digits[:at] + random.choice(others) + digits[at + 1 :]


def mistyped(digits: str, random: Random) -> str:
    """Swapped digits where that can be, else another digit."""
    return (swapped(digits, random) if random.random() < 0.6 else None) or other_digit(digits, random)


def mistyped_value(value: Decimal, random: Random) -> Decimal:
    """A number with swapped or other digits."""
    return Decimal(mistyped(format(value, "f"), random))


def grouped(value: int) -> str:
    """12,345."""
    return f"{value:,}"
