"""Slips of the hand in a text: what was probably meant, and how sure that is.

A slip is one letter duplicated, dropped, exchanged with its neighbour or with one that looks or sounds alike.
It is reported where the corrected words are known from other texts, those of the line are not, and the
dictionary finds the corrected ones far more usual.
"""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen


class Edit(StrEnum):
    """What happened to a letter."""

    DUPLICATED = "重複"
    EXTRA = "余分"
    DROPPED = "脱字"
    SWAPPED = "入替"
    REPLACED = "別字"


@frozen
class Slip:
    """A part of a text, from `start` to `end`, and what it should probably be."""

    start: int
    end: int
    written: str
    meant: str
    edit: Edit
