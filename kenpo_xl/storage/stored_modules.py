"""The bytecode of the program's own modules that earlier processes loaded, in one file of the cache folder.

A check loads 525 modules. Python looks for each in its folder, compares two times and opens a file. That
takes as long as to run them, and longer on a share, or where each opened file is scanned for viruses.
Python's own bytecode stays: what is not in the file is loaded from it.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

from kenpo_xl.storage.private_files import read_private_file, write_private_file

_LARGEST = 64 * 2**20
_STATE, _LENGTH = 32, 4
"""How many bytes at the start of the file identify a state, and say how long the index behind them is."""
_Entry = tuple[str, str, str, int, int]
"""Paths of the source and of Python's own bytecode, folder of a package or '', start and end of the code."""


class StoredModules:
    """Finds modules of one package in a file; one that is not in it is left to Python.

    `state` identifies the source of the package and the version of Python: a file that was written in another
    state is ignored, as is a damaged one, or one that others may have written.
    """

    def __init__(self, path: Path, package: str, state: str) -> None:
        self._path, self._prefix = path, f"{package}."
        self._state = sha256(state.encode()).digest()
        self._index, self._codes = self._read_index_and_content()

    def _read_index_and_content(self) -> tuple[dict[str, _Entry], memoryview]:
        try:
            content = memoryview(read_private_file(self._path, _LARGEST))
            start = _STATE + _LENGTH
            if content[:_STATE] == self._state:
                end = start + int.from_bytes(content[_STATE:start], "little")
                index: dict[str, _Entry] = marshal.loads(content[start:end])
                if max(entry[-1] for entry in index.values()) == len(content) - end:
                    return index, content[end:]
        except (OSError, ValueError, EOFError, TypeError):  # what damaged bytes raise
            pass
        return {}, memoryview(b"")

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """How to load a module that is in the file, as Python asks each finder in `sys.meta_path`."""
        if name not in self._index:
            return None
        source, bytecode, folder, start, end = self._index[name]
        spec = ModuleSpec(name, _StoredLoader(name, source, self._codes[start:end]), origin=source)
        spec.has_location, spec.cached = True, bytecode
        if folder:
            spec.submodule_search_locations = [folder]
        return spec

    @property
    def has_new(self) -> bool:
        """Whether modules were loaded that no earlier process stored, and Python may write bytecode."""
        return not sys.dont_write_bytecode and any(True for _ in self._specs_of_new_modules())

    def _specs_of_new_modules(self) -> Iterable[tuple[ModuleSpec, SourceFileLoader]]:
        for name, module in [*sys.modules.items()]:
            is_new = name.startswith(self._prefix) and name not in self._index
            spec = getattr(module, "__spec__", None) if is_new else None
            if spec and spec.name == name and isinstance(spec.loader, SourceFileLoader):
                yield spec, spec.loader

    def store_new(self) -> None:
        """Store them too; an error of the disk is ignored."""
        try:
            write_private_file(self._path, self._content_with_new())
        except (OSError, ImportError, SyntaxError, ValueError):
            return

    def _content_with_new(self) -> bytes:
        index, codes, end = {**self._index}, [bytes(self._codes)], len(self._codes)
        for spec, loader in self._specs_of_new_modules():
            code = marshal.dumps(loader.get_code(spec.name))
            folder = (spec.submodule_search_locations or [""])[0]
            index[spec.name] = loader.path, spec.cached or "", folder, end, end + len(code)
            codes.append(code)
            end += len(code)
        head = marshal.dumps(index)
        return b"".join((self._state, len(head).to_bytes(_LENGTH, "little"), head, *codes))


class _StoredLoader(SourceFileLoader):
    """Loads a module as Python does, but for where its bytecode is from."""

    def __init__(self, name: str, path: str, code: memoryview) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """The bytecode of the module; ImportError for another one."""
        self.get_filename(fullname)  # Python's own loader refuses other names with it, too
        code: CodeType = marshal.loads(self._code)
        return code
