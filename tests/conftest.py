"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest

from tests.office import Office


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the whole run, started by the first test that uses it."""
    with Office() as running:
        yield running
