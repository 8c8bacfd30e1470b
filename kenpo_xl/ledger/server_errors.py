"""Errors of a PostgreSQL server as one sentence with the next act; never with a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger.errors import SERVER_DAMAGED as DAMAGED

NO_DRIVER = (
    "PostgreSQL の台帳を使うには、部品 psycopg が必要です。"
    'IT 担当に「pip install "psycopg[binary]"」を頼んでください。'
)
_UNREACHABLE = (
    "台帳 {place} に接続できません。サーバーが動いているか、名前、ポート、ネットワークを確かめてから、"
    "もう一度実行してください（それまでに書いたものは残っています）。"
)
_REFUSED = (
    "台帳 {place} に入れません。利用者の名前と、環境変数 PGPASSWORD か pgpass ファイルのパスワード、"
    "データベースの名前を確かめてください。"
)
_FORBIDDEN = (
    "台帳 {place} に、この利用者は{act}ません。データベースの管理者に、台帳の役割（読む人、書く人、所有者）を"
    "確かめてもらってください。"
)
_IN_USE = "台帳 {place} は、ほかの処理が使っています。終わるのを待ってから、もう一度実行してください。"
_FULL = (
    "台帳 {place} に書けません。サーバーのディスクか接続の数に空きがありません。データベースの管理者に"
    "知らせて、空きができてから、もう一度実行してください（それまでに書いたものは残っています）。"
)
# By SQLSTATE or its class (PostgreSQL, appendix A); any other is a bug of this program.
_SENTENCES = {
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "28": _REFUSED,
    "3D": _REFUSED,
    "42501": _FORBIDDEN.format(place="{place}", act="書け"),
    "25006": _FORBIDDEN.format(place="{place}", act="書け"),
    "53": _FULL,
    "58": _FULL,
    "55P03": _IN_USE,
    "40": _IN_USE,
    "57014": _IN_USE,
    "22": DAMAGED,
    "23": DAMAGED,
    "42": DAMAGED,
    "P0": DAMAGED,
    "XX": DAMAGED,
}
# A transaction that ended with one of these is worth another try.
_TRANSIENT = ("08", "57P", "40", "53300")
# What a server says of a connection that it refuses; libpq gives no SQLSTATE then.
_WORDS_OF_REFUSAL = (
    *("authentication failed", "no password supplied", "permission denied"),
    *("does not exist", "no pg_hba.conf entry", "not permitted to log in"),
)


class LostConnectionError(KenpoError):
    """The server went away, or could not finish a transaction beside others: another try may succeed."""


@contextmanager
def server_errors_reported(place: LedgerUrl) -> Iterator[None]:
    """Raise errors of the server as a KenpoError that names the ledger."""
    try:
        yield
    except DBAPIError as error:
        raise _reported_error(error, place) from None


def _reported_error(error: DBAPIError, place: LedgerUrl) -> BaseException:
    state = getattr(error.orig, "sqlstate", None) or _state_of_message(error)
    sentence = next((_SENTENCES[code] for code in (state, state[:3], state[:2]) if code in _SENTENCES), None)
    if sentence is None:
        return error
    kind = LostConnectionError if state.startswith(_TRANSIENT) else KenpoError
    return kind(sentence.format(place=place))


def _state_of_message(error: DBAPIError) -> str:
    """The SQLSTATE that an error without one stands for: one of libpq, before or after the server answers."""
    from psycopg import DataError, OperationalError

    text = str(error.orig)
    if isinstance(error.orig, DataError):  # a letter that no text of a server may contain
        return "22021"
    if isinstance(error.orig, OperationalError):
        return "28P01" if any(words in text for words in _WORDS_OF_REFUSAL) else "08006"
    return "08006" if error.connection_invalidated else "-"
