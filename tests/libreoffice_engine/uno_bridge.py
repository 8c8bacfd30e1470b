"""The bridge to LibreOffice; the only place where this package takes something from outside."""

from tests.office.bridge import connected, error, properties, struct, uno, url

__all__ = ["connected", "error", "properties", "struct", "system_path", "uno", "url"]


def system_path(address: str) -> str:
    """The path of a file that LibreOffice names by a URL; "" for a document without a file."""
    return uno().fileUrlToSystemPath(address) if address else ""
