"""Opening an Excel file safely: every hazard is refused with one sentence before a parser sees a part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from kenpo_xl.errors import KenpoError

MAX_MEMBERS = 5_000
MAX_PART_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
# What zipfile raises for a damaged, encrypted or exotically packed member.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


class Package:
    """The parts of an .xlsx or .xlsm file by name, compared without case, inflated when asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = opened_zip(path)
        self._members = {part_name(info.filename): info for info in self._zip.infolist()}
        total = sum(info.file_size for info in self._members.values())
        if len(self._members) > MAX_MEMBERS or total > MAX_TOTAL_BYTES:
            self.close()
            raise KenpoError(
                f"{path.name} は展開すると大きすぎるため開きません。"
                "不要なシートや画像を減らして保存し直してください。"
            )

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._members

    def __iter__(self) -> Iterator[str]:
        return (info.filename for info in self._members.values())

    def read(self, name: str) -> bytes:
        """The bytes of a part; KenpoError where it is missing, damaged or too large."""
        info = self._members.get(part_name(name))
        if info is None:
            raise KenpoError(
                f"{self.path.name} は Excel ブックとして壊れています（{name} がありません）。"
                "開き直して保存してください。"
            )
        if info.file_size > MAX_PART_BYTES:
            raise KenpoError(
                f"{self.path.name} の {name} が大きすぎるため読みません。"
                "不要な行や列を削除して保存し直してください。"
            )
        try:
            return self._zip.read(info)
        except _DAMAGE as error:
            raise KenpoError(
                f"{self.path.name} が壊れていて読めません。控えから戻すか、Excel で保存し直してください。"
            ) from error

    def tree(self, name: str) -> etree._Element:
        """The parsed part; a DOCTYPE is refused, no entity is resolved and nothing is fetched."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise KenpoError(
                f"{self.path.name} の {name} が壊れていて読めません。Excel で保存し直してください。"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise KenpoError(
                f"{self.path.name} には Excel が書かない宣言（DOCTYPE）があるため開きません。"
                "提出元に確かめてください。"
            )
        return root


def part_name(name: str) -> str:
    """The name of a member as names are compared: without case, / between folders, none in front."""
    return name.replace("\\", "/").lstrip("/").casefold()


def opened_zip(path: Path) -> zipfile.ZipFile:
    """The zip file of a workbook; KenpoError where it is none."""
    try:
        with path.open("rb") as file:
            magic = file.read(8)
    except FileNotFoundError:
        raise KenpoError(f"{path} がありません。ファイルの場所と名前を確かめてください。") from None
    except IsADirectoryError:
        raise KenpoError(f"{path} はフォルダーです。Excel ブックを指定してください。") from None
    except PermissionError:
        raise KenpoError(
            f"{path.name} を開く権限がありません。Excel で開いている場合は閉じてください。"
        ) from None
    if magic == _OLE2:
        raise KenpoError(
            f"{path.name} はパスワード付きか古い形式（.xls）です。"
            "パスワードを外し、.xlsx 形式で保存し直してください。"
        )
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise KenpoError(
            f"{path.name} は Excel ブックではないか、途中で切れています。元のファイルを確かめてください。"
        ) from error
