"""What ends the making of a portable folder: one sentence on what to do."""

from __future__ import annotations


class PortableError(Exception):
    """A sentence for the person who makes the folder."""
