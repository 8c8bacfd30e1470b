"""Addresses of OneDrive and SharePoint, and the folders in which OneDrive keeps their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.live.synced_folder import synced_path
from tests.live.test_bridge import OURS, left

KEY = r"Software\SyncEngines\Providers\OneDrive"


class Libraries:
    """A registry with the libraries that OneDrive synchronises into folders of a test."""

    def __init__(self, folder: Path) -> None:
        near, shared = "https://x-my.sharepoint.com/personal/a", "https://x.sharepoint.com/sites/b"
        own = {"urlnamespace": "https://d.docs.live.net", "cid": "A1B2", "mountpoint": f"{folder}/own"}
        self.keys: dict[str, dict[str, str]] = {
            "personal": own,
            "office": {"urlnamespace": f"{near}/Documents/", "mountpoint": f"{folder}/od"},
            "site": {"urlnamespace": f"{shared}/Shared%20Documents/", "mountpoint": f"{folder}/b"},
            "part": {"urlnamespace": f"{shared}/Shared Documents/期", "mountpoint": f"{folder}/期"},
            "broken": {"urlnamespace": "https://x.sharepoint.com/sites/c"},
        }

    def subkeys(self, root: str, key: str) -> list[str]:
        return [*self.keys] if key == KEY else []

    def values(self, root: str, key: str) -> dict[str, int | str] | None:
        return {**self.keys[key.removeprefix(f"{KEY}\\")]}


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://d.docs.live.net/A1B2/四半期/業務.xlsm", "own/四半期/業務.xlsm"),
        ("https://x-my.sharepoint.com/personal/a/Documents/業務.xlsm", "od/業務.xlsm"),
        ("https://X-my.sharepoint.com/personal/a/Documents/a%20b.xlsm", "od/a b.xlsm"),
        ("https://x.sharepoint.com/sites/b/Shared Documents/入力/業務.xlsm", "b/入力/業務.xlsm"),
        ("https://x.sharepoint.com/sites/b/Shared%20Documents/期/業務.xlsm", "期/業務.xlsm"),
        ("https://x.sharepoint.com/sites/bb/Shared%20Documents/業務.xlsm", None),
        ("https://x.sharepoint.com/sites/c/業務.xlsm", None),
        ("https://x-my.sharepoint.com/personal/a/Documents/../../outside.xlsm", None),
        ("https://elsewhere.example/業務.xlsm", None),
    ],
)
def test_a_file_is_found_where_onedrive_keeps_it(tmp_path: Path, address: str, place: str | None) -> None:
    folder = tmp_path / "u" / "v"
    for name in filter(None, (place, "../outside.xlsm")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert synced_path(address, Libraries(folder)) == (folder / place if place else None)


def test_a_file_that_is_not_on_this_pc_is_not_found(tmp_path: Path) -> None:
    assert synced_path("https://d.docs.live.net/A1B2/業務.xlsm", Libraries(tmp_path)) is None
    assert synced_path("https://d.docs.live.net/A1B2/業務.xlsm", None) is None


ASKED = """
from pathlib import Path
from kenpo_xl.live import bridge
bridge.synced_path = lambda url, registry: Path('/known') if 'known' in url else None
from xlwings import _xlwindows
for url in ('https://known/a.xlsm', 'https://other/a.xlsm'):
    try:
        print(_xlwindows.fullname_url_to_local_path(url=url))
    except Exception as error:
        print(type(error).__name__)
"""


def test_xlwings_asks_onedrive_first() -> None:
    assert left(OURS, OURS, ASKED) == ["/known", "XlwingsError"]
