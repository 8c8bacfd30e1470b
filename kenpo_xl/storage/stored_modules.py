"""The bytecode of the program's own modules that earlier processes loaded, in one file of the cache folder.

A check loads 560 modules. Python looks for each in its folder, compares two times and opens a file. That
takes as long as to run them, and longer on a share, or where each opened file is scanned for viruses.
Even a module that is at hand takes 50 µs to import, of which most is spent on locks and searches: so what was
loaded while a module was imported is loaded in that order before it, without them.
Python's own bytecode stays: what is not in the file is loaded from it.
"""

from __future__ import annotations

import marshal
import sys
import threading
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

from kenpo_xl.storage.private_files import read_private_file, write_private_file

_LARGEST = 64 * 2**20
_STATE, _LENGTH = 32, 4
"""How many bytes at the start of the file identify a state, and say how long the index behind them is."""
_Row = tuple[str, str, str, int, int, int]


class _Entry(NamedTuple):
    """A stored module: the paths of its source and of Python's own bytecode, its folder if it is a package.

    The modules of the index from number `first` up to it were loaded while it was. Its code is `start:end`.
    """

    source: str
    bytecode: str
    folder: str
    first: int
    start: int
    end: int


class StoredModules:
    """Finds modules of one package in a file; one that is not in it is left to Python.

    `state` identifies the source of the package and the version of Python: a file that was written in another
    state is ignored, as is a damaged one, or one that others may have written.
    """

    def __init__(self, path: Path, package: str, state: str) -> None:
        self._path, self._prefix = path, f"{package}."
        self._state = sha256(state.encode()).digest()
        self._index, self._codes = self._read_index_and_content()
        self._names = [*self._index]
        self._new: list[tuple[_WatchedLoader, ModuleSpec, int]] = []

    def _read_index_and_content(self) -> tuple[dict[str, _Row], memoryview]:
        """What is stored of each module, in the order in which their loading ended, and their codes."""
        try:
            content = memoryview(read_private_file(self._path, _LARGEST))
            start = _STATE + _LENGTH
            if content[:_STATE] == self._state:
                end = start + int.from_bytes(content[_STATE:start], "little")
                index: dict[str, _Row] = marshal.loads(content[start:end])
                if max(row[-1] for row in index.values()) == len(content) - end:
                    return index, content[end:]
        except (OSError, ValueError, EOFError, TypeError):  # what damaged bytes raise
            pass
        return {}, memoryview(b"")

    def find_spec(self, name: str, path: Sequence[str] | None = None, *_: object) -> ModuleSpec | None:
        """How to load a module of the package, as Python asks each finder in `sys.meta_path`."""
        if name in self._index:
            return self._stored_spec(name)
        if not name.startswith(self._prefix):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and type(spec.loader) is SourceFileLoader:
            spec.loader = _WatchedLoader(name, spec.loader.path, self)
        return spec

    def _stored_spec(self, name: str) -> ModuleSpec:
        entry = _Entry(*self._index[name])
        code = self._codes[entry.start : entry.end]
        spec = ModuleSpec(name, _StoredLoader(name, entry.source, self, code), origin=entry.source)
        spec.has_location, spec.cached = True, entry.bytecode
        if entry.folder:
            spec.submodule_search_locations = [entry.folder]
        return spec

    def load_what_it_needs(self, name: str) -> None:
        """Load what was loaded while a stored module was, unless another thread may import the same."""
        if threading.active_count() > 1:
            return
        first = _Entry(*self._index[name]).first
        for other in self._names[first : self._names.index(name, first)]:
            if other not in sys.modules:
                self._load(other)

    def _load(self, name: str) -> None:
        """Load a stored module, as `importlib` does."""
        parent, _, child = name.rpartition(".")
        package, module = import_module(parent), ModuleType(name)
        spec = module.__spec__ = self._stored_spec(name)
        module.__loader__, module.__package__ = spec.loader, spec.parent
        module.__file__, module.__cached__ = spec.origin, spec.cached  # type: ignore[attr-defined]
        if spec.submodule_search_locations:
            module.__path__ = spec.submodule_search_locations
        sys.modules[name] = module
        try:
            exec(marshal.loads(spec.loader.code), module.__dict__)  # type: ignore[union-attr] # as Python would
        except BaseException:
            del sys.modules[name]
            raise
        setattr(package, child, module)

    def begin(self) -> int:
        """The number of the module whose loading ends next."""
        return len(self._names)

    def end(self, loader: _WatchedLoader, spec: ModuleSpec | None, first: int) -> None:
        """Note that a module was loaded, with all those from number `first` on."""
        if spec:
            self._names.append(loader.name)
            self._new.append((loader, spec, first))

    @property
    def has_new(self) -> bool:
        """Whether modules were loaded that no earlier process stored, and Python may write bytecode."""
        return bool(self._new) and not sys.dont_write_bytecode

    def store_new(self) -> None:
        """Store them too; an error of the disk is ignored."""
        try:
            write_private_file(self._path, self._content_with_new())
        except (OSError, ImportError, SyntaxError, ValueError):
            return

    def _content_with_new(self) -> bytes:
        index, codes, end = {**self._index}, [bytes(self._codes)], len(self._codes)
        for loader, spec, first in self._new:
            code = marshal.dumps(loader.get_code(spec.name))
            folder = (spec.submodule_search_locations or [""])[0]
            index[spec.name] = loader.path, spec.cached or "", folder, first, end, end + len(code)
            codes.append(code)
            end += len(code)
        head = marshal.dumps(index)
        return b"".join((self._state, len(head).to_bytes(_LENGTH, "little"), head, *codes))


class _WatchedLoader(SourceFileLoader):
    """Loads a module as Python does, and tells when that ends."""

    def __init__(self, name: str, path: str, modules: StoredModules) -> None:
        super().__init__(name, path)
        self._modules = modules

    def exec_module(self, module: ModuleType) -> None:
        """Run a module."""
        first = self._modules.begin()
        super().exec_module(module)
        self._modules.end(self, module.__spec__, first)


class _StoredLoader(SourceFileLoader):
    """Loads a module as Python does, but for where its bytecode is from."""

    def __init__(self, name: str, path: str, modules: StoredModules, code: memoryview) -> None:
        super().__init__(name, path)
        self._modules, self.code = modules, code

    def exec_module(self, module: ModuleType) -> None:
        """Run a module, and before it what it needs."""
        self._modules.load_what_it_needs(module.__name__)
        super().exec_module(module)

    def get_code(self, fullname: str) -> CodeType:
        """The bytecode of the module; ImportError for another one."""
        self.get_filename(fullname)  # Python's own loader refuses other names with it, too
        code: CodeType = marshal.loads(self.code)
        return code
