"""Numbers that the program put into another scale when the plan changed, for staff to confirm."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen


@frozen
class ConvertedValue:
    """A typed number that was put into another scale, exactly; both as shown in their cells.

    `is_confirmed`: staff say that it is right.
    """

    identity: str
    before: str
    now: str
    is_confirmed: bool = False
