"""Trouble with a run, as opposed to trouble with the data (which is a finding)."""


class KenpoError(Exception):
    """A run that could not be done; the text is one polite Japanese sentence with the next act."""
