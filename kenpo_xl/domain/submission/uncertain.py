"""What was carried into a book by likeness or position alone, for staff to confirm."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen


@frozen
class UncertainValue:
    """A carried value whose place is uncertain, as text: what it is now, its cell before, and why.

    `is_confirmed`: staff say that it is right.
    """

    identity: str
    value: str
    place: str
    reason: str
    is_confirmed: bool = False
