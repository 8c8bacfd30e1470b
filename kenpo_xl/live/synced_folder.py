"""Where a book that Excel names by its address (OneDrive, SharePoint) lies on this PC.

OneDrive records each library that it synchronises: its address and its folder. Only these are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from kenpo_xl.storage.registry import USER, Registry

_PROVIDERS = r"Software\SyncEngines\Providers\OneDrive"


def synced_path(address: str, registry: Registry | None) -> Path | None:
    """The file of an address in a folder that is synchronised, None where there is no such file."""
    for start, folder in (
        sorted(_library_addresses_and_folders(registry), key=lambda one: -len(one[0])) if registry else ()
    ):
        plain = unquote(address)
        if plain.casefold().startswith(f"{start.casefold()}/"):
            path = Path(folder, *filter(None, plain[len(start) :].split("/")))
            if ".." not in path.parts and path.is_file():
                return path
    return None


def _library_addresses_and_folders(registry: Registry) -> Iterator[tuple[str, str]]:
    """Address and folder of each library; a personal one is named by the number of its owner as well."""
    for name in registry.subkeys(USER, _PROVIDERS):
        values = registry.values(USER, rf"{_PROVIDERS}\{name}") or {}
        start, folder, owner = (str(values.get(key, "")) for key in ("urlnamespace", "mountpoint", "cid"))
        if start and folder:
            yield unquote(start).rstrip("/"), folder
            if owner:
                yield f"{unquote(start).rstrip('/')}/{owner}", folder
