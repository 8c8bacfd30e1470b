"""Which ledger (台帳) a command uses: the one that a person named, else the file above the period folders."""

from __future__ import annotations

import os
from pathlib import Path

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl, ledger_url
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import LEDGER_NAME, find_ledger_above

VARIABLE = "KENPO_XL_LEDGER"
"""The environment variable that names a ledger."""
_NO_PLACE = (
    "台帳の場所を読めません。postgresql://利用者@サーバー/データベース か、台帳（.sqlite3）のファイルを"
    "指定してください。"
)
_PASSWORD = (
    "パスワードはコマンドに書かないでください。環境変数 PGPASSWORD か pgpass ファイルに入れて、"
    "--ledger からは除いてください。"
)


def named_ledger(text: str | None = None) -> LedgerPlace | None:
    """The ledger that the option --ledger names, else the one of KENPO_XL_LEDGER, None without both.

    KenpoError for an address of anything else, and for a password in the option, which others could read.
    """
    place = _parsed_place(text) if text else None
    if isinstance(place, LedgerUrl) and place.has_password:
        raise KenpoError(_PASSWORD)
    return place or ledger_of_environment()


def ledger_of_environment() -> LedgerPlace | None:
    """The ledger that KENPO_XL_LEDGER names, None without one."""
    text = os.environ.get(VARIABLE, "").strip()
    return _parsed_place(text) if text else None


def ledger_of_period(folder: Path) -> LedgerPlace | None:
    """The ledger of a period folder: that of KENPO_XL_LEDGER, else the nearest above; None without one."""
    return ledger_of_environment() or find_ledger_above(folder)


def ledger_at(path: Path) -> LedgerPlace:
    """The ledger at a path: a file itself, that of KENPO_XL_LEDGER, that in a folder or the nearest above.

    KenpoError without one.
    """
    if path.is_file():
        return path
    found = ledger_of_environment()
    if found is None:
        own = path / LEDGER_NAME
        found = own if own.is_file() else find_ledger_above(path)
    if found is None:
        raise KenpoError(
            f"{path} に台帳（{LEDGER_NAME}）がありません。夜間の取りまとめのフォルダーを指定してください。"
        )
    return found


def _parsed_place(text: str) -> LedgerPlace:
    try:
        return ledger_url(text) or Path(text)
    except ValueError as error:
        raise KenpoError(_NO_PLACE) from error
