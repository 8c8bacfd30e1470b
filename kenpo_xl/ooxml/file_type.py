"""What a file is that calls itself a workbook and is none, and what to do about it."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Protocol

from kenpo_xl.errors import KenpoError, missing_file_error

MAX_FILE_BYTES = 100 * 2**20
_ZIP = b"PK\3\4"
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEADER = 4096
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直してください。"
_AGAIN = "元のファイルを確かめ、もう一度写してください。"


def clause_on_unsupported_file(name: str, content: bytes) -> str:
    """What follows 「… は」 in the sentence on a file that is no zip, '' for one that begins as a zip."""
    if name.startswith("~$"):
        return " Excel が編集中に置く印で、ブックではありません。~$ の付かないファイルを使ってください。"
    if name.startswith(("._", ".~lock.")) or name.casefold().endswith(".icloud"):
        return "ほかのシステムの置いたファイルで、ブックではありません。. で始まらないものを使ってください。"
    if not content:
        return f"空（0 バイト）です。{_AGAIN}"
    if content.startswith(_ZIP):
        return ""
    if content.startswith(_OLE2):
        return _describe_ole2_file(content)
    if _beginning_without_bom(content).startswith(b"<"):
        return f" Web ページ（HTML）か XML で、Excel ブックではありません。{_SAVE_AS}"
    if b"\0" not in content[:_HEADER] and not content.startswith(b"PK"):
        return f" CSV などの文字だけのファイルで、Excel ブックではありません。{_SAVE_AS}"
    return f" Excel ブックではないか、壊れているため開けません。{_AGAIN}"


def _describe_ole2_file(content: bytes) -> str:
    if _ENCRYPTED in content:
        return (
            "パスワード付きのため読めません。Excel で開き、「ファイル」の「情報」「ブックの保護」で"
            "「パスワードを使用して暗号化」を空にし、保存し直してください。"
        )
    return f"古い形式（.xls など）です。{_SAVE_AS}"


def _beginning_without_bom(content: bytes) -> bytes:
    """The beginning of a text file without byte order marks and white space."""
    header = content[:_HEADER]
    for mark in _MARKS:
        header = header.removeprefix(mark)
    return header.replace(b"\0", b"").lstrip()


class _PartNames(Protocol):
    def __contains__(self, name: str, /) -> bool: ...


def describe_unsupported_package(parts: _PartNames, main: str) -> str:
    """The same for a zip whose main part is no workbook of XML, '' where that may be one."""
    if main.casefold().endswith(".bin"):
        return f"バイナリ形式（.xlsb）のブックです。{_SAVE_AS}"
    if main in parts:
        return ""
    if "content.xml" in parts and "mimetype" in parts:
        return f" OpenDocument 形式（.ods）です。{_SAVE_AS}"
    return f" Excel ブックではないか、本体（{main}）が失われています。{_AGAIN}"


def read_workbook_bytes(path: Path) -> bytes:
    """The bytes of a file; KenpoError where it is none that can be read to an end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise KenpoError(f"{path} はフォルダーです。Excel ブックを指定してください。")
        # A pipe or a device has no end to wait for.
        if not stat.S_ISREG(status.st_mode):
            raise KenpoError(f"{path} はふつうのファイルではありません。Excel ブックを指定してください。")
        if status.st_size > MAX_FILE_BYTES:
            raise KenpoError(
                f"{path.name} は大きすぎるため開きません（{status.st_size // 2**20} MB）。"
                "画像を減らして保存し直してください。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise missing_file_error(path) from None
    except PermissionError:
        raise KenpoError(
            f"{path.name} を開く権限がありません。Excel で開いている場合は閉じてください。"
        ) from None
    except OSError as error:
        raise KenpoError(f"{path} を開けません。ファイルの場所を確かめてください。") from error
