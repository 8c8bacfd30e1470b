"""Moves the ledger of a root to a server, or makes the tables of a new one."""

from __future__ import annotations

import platform
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.run_lock import hold_run_lock
from kenpo_xl.tasks.ledgers.place import ledger_at

_MOST_NAMES = 3


@frozen
class MovedLedger:
    """A ledger that was copied into another one, with the number of its periods."""

    source: LedgerPlace
    target: LedgerPlace
    periods: int


def root_name(root: Path) -> str:
    """The name of a root in a ledger of several: its computer and path."""
    return f"{platform.node()}:{root.absolute().as_posix()}"


def make_ledger(place: LedgerPlace) -> None:
    """Make the tables of a ledger, or bring them up to date; nothing where they are."""
    from kenpo_xl.ledger import Ledger

    Ledger.open_for_writing(place).close()


def move_ledger(path: Path, target: LedgerPlace, *, user: str, since: str) -> MovedLedger:
    """Copy the ledger of a root, or a ledger file, into another one, all or nothing; the file stays.

    KenpoError where one of them cannot be used, both know a period, or a night of the root is in progress.
    """
    from kenpo_xl.ledger import Ledger

    source = path if path.is_file() else ledger_at(path)
    if not isinstance(source, Path) or source == target:
        raise KenpoError("移す元には、台帳（.sqlite3）のファイルか、それのあるフォルダーを指定してください。")
    root = source.absolute().parent
    with (
        hold_run_lock(root, user=user, since=since),
        Ledger.open_read_only(source) as old,
        Ledger.open_for_writing(target) as new,
    ):
        both = new.periods_also_in(old)
        if both:
            names = "、".join(f"{key.branch} {key.label}" for key in both[:_MOST_NAMES])
            more = f" ほか {len(both) - _MOST_NAMES} 期" if len(both) > _MOST_NAMES else ""
            raise KenpoError(f"移す先の台帳に、同じ期があるため（{names}{more}）、何も移していません。")
        return MovedLedger(source, target, new.copy_from(old, root_name(root)))
