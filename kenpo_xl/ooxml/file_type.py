"""What a file is that calls itself a workbook and is none, and what to do about it."""

from __future__ import annotations

from typing import Protocol

_ZIP = b"PK\3\4"
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEADER = 4096
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直してください。"
_AGAIN = "元のファイルを確かめ、もう一度写してください。"


def describe_unsupported_file(name: str, content: bytes) -> str:
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
