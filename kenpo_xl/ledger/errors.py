"""Errors of SQLite as one sentence with the next act, and that of a ledger with nonsense in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl
from kenpo_xl.errors import KenpoError

DAMAGED = (
    "台帳 {path} が壊れています。消さずに別の場所へ移し、控え（バックアップ）があればここに戻してから、"
    "もう一度実行してください。"
)
_UNREADABLE = (
    "台帳 {path} を開けません。場所と、読み書きの権限を確かめてください。ネットワーク上にあるときは、"
    "接続も確かめてください。"
)
_IN_USE = "台帳 {path} は、ほかの処理が使っています。終わるのを待ってから、もう一度実行してください。"
# By the primary result codes of SQLite; any other is a bug of this program.
_SENTENCES = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    # Rows and tables that another program changed.
    sqlite3.SQLITE_CONSTRAINT: DAMAGED,
    sqlite3.SQLITE_MISMATCH: DAMAGED,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_FULL: (
        "台帳 {path} に書けません。ディスクの空きがありません。不要なファイルを移してから、"
        "もう一度実行してください（それまでに書いたものは残っています）。"
    ),
    sqlite3.SQLITE_READONLY: _UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
    sqlite3.SQLITE_AUTH: _UNREADABLE,
}
_PRIMARY = 0xFF
# Message of Python for a text in the file; SQLite has no code for it.
_NOT_UTF8 = "Could not decode to UTF-8"


SERVER_DAMAGED = (
    "台帳 {place} の表が、この kenpo-xl の台帳と合いません。データベースの管理者に、控え（バックアップ）から"
    "戻すことを頼んでください。"
)


def damaged_sentence(place: LedgerPlace) -> str:
    """The sentence for a ledger that holds what this program never writes."""
    if isinstance(place, LedgerUrl):
        return SERVER_DAMAGED.format(place=place)
    return DAMAGED.format(path=place)


@contextmanager
def sqlite_errors_reported(path: Path) -> Iterator[None]:
    """Raise errors of the file as a KenpoError that names it."""
    try:
        yield
    except DBAPIError as error:
        raise _reported_error(error.orig, path) from error
    except sqlite3.Error as error:
        raise _reported_error(error, path) from error
    except OSError as error:
        raise KenpoError(_UNREADABLE.format(path=path)) from error


def _reported_error(error: BaseException | None, path: Path) -> BaseException:
    code = getattr(error, "sqlite_errorcode", None)
    sentence = _SENTENCES.get(code & _PRIMARY) if code is not None else None
    if code is None and _NOT_UTF8 in str(error):
        sentence = DAMAGED
    return KenpoError(sentence.format(path=path)) if sentence else error or KenpoError(DAMAGED)
