"""Where a ledger (台帳) is: a file, or a database on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from kenpo_xl.domain.frozen import frozen

# The way SQLAlchemy names it, with or without a driver, and the older name of the same.
_SCHEMES = ("postgresql", "postgres")
_SECRETS = ("password", "passfile", "sslpassword")


@frozen
class LedgerUrl:
    """The address of a ledger on a PostgreSQL server; as text without its password.

    The password, the user and the server are what libpq takes from PGPASSWORD, PGUSER, PGHOST and the file
    pgpass where the address does not name them.
    """

    address: str

    def __str__(self) -> str:
        """The address for people, messages and logs."""
        parts = urlsplit(self.address)
        user, at, server = parts.netloc.rpartition("@")
        options = urlencode(
            [pair for pair in parse_qsl(parts.query) if pair[0] not in _SECRETS], quote_via=quote
        )
        return urlunsplit(("postgresql", f"{user.partition(':')[0]}{at}{server}", parts.path, options, ""))

    def __repr__(self) -> str:
        return f"LedgerUrl({str(self)!r})"

    @property
    def has_password(self) -> bool:
        """Whether the address holds a password, which a list of processes would show."""
        parts = urlsplit(self.address)
        named = any(name in _SECRETS and name != "passfile" for name, _ in parse_qsl(parts.query))
        return bool(parts.password) or named


LedgerPlace = Path | LedgerUrl


def ledger_url(text: str) -> LedgerUrl | None:
    """The address in a text, None for the path of a file; ValueError for an address of anything else."""
    scheme, colon, _ = text.partition("://")
    if not colon:
        return None
    if scheme.partition("+")[0].lower() not in _SCHEMES:
        raise ValueError(f"no ledger: {scheme}")
    urlsplit(text).port  # noqa: B018 - ValueError for a port that is none
    return LedgerUrl(text)
