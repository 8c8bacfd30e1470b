"""The changelog is written for staff, has the version of the program, and lies in the wheel."""

from __future__ import annotations

import re

from kenpo_xl import __version__
from tests.paths import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
_, UNRELEASED, *RELEASES = re.split(r"^## ", TEXT, flags=re.MULTILINE)
HEADINGS = [release.partition("\n")[0] for release in RELEASES]


def test_what_is_not_released_stands_first() -> None:
    assert UNRELEASED.startswith("Unreleased\n")


def test_releases_are_listed_newest_first_with_their_dates() -> None:
    found = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)", heading) for heading in HEADINGS]
    assert all(found)
    numbers = [tuple(map(int, one.groups()[:3])) for one in found if one]
    assert numbers == sorted(numbers, reverse=True)
    dates = [one[4] for one in found if one]
    assert dates == sorted(dates, reverse=True)


def test_the_newest_release_is_this_version() -> None:
    assert HEADINGS[0].split()[0] == __version__


def test_each_release_begins_with_a_sentence_and_has_entries() -> None:
    for release in RELEASES:
        lead = release.split("\n\n")[1]
        assert re.fullmatch(r"[^\n#-][^\n]*。", lead)
        assert re.search(r"^- .+。$", release, re.MULTILINE)


def test_the_first_release_is_compared_with_nothing() -> None:
    assert "これまで" not in RELEASES[-1]
