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
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from kenpo_xl.storage.private_files import PrivateParts, write_private_file

_LARGEST = 64 * 2**20
_STATE, _LENGTH = 32, 4
"""How many bytes at the start of the file identify a state, and say how long the index behind them is."""
_TOGETHER = 8
"""How many modules are stored together, with what they share once; each such part is read into the memory
of the one before it."""
_Group = tuple[int, int]
"""Where the codes of such modules start and end."""
_Row = tuple[str, str, str, int, _Group, int]
"""Of a module: the paths of its source and of Python's own bytecode, its folder if it is a package, the
number of the first module that was loaded for it, the group that holds its code, and its place there."""


class StoredModules:
    """Finds modules of one package in a file; one that is not in it is left to Python.

    `state` identifies the source of the package and the version of Python: a file that was written in another
    state is ignored, as is a damaged one, or one that others may have written.
    """

    def __init__(self, path: Path, package: str, state: str) -> None:
        self._path, self._prefix = path, f"{package}."
        self._state = sha256(state.encode()).digest()
        self._index, self._read = self._index_and_reader()
        self._names = [*self._index]
        self._groups: dict[_Group, tuple[CodeType, ...]] = {}
        self._new: list[_WatchedLoader] = []

    def _index_and_reader(self) -> tuple[dict[str, _Row], Callable[[int, int], bytes]]:
        """What is stored of each module, in the order in which their loading ended, and a reader of codes."""
        try:
            file, start = PrivateParts(self._path, _LARGEST), _STATE + _LENGTH
            head = file.part(0, start)
            if head[:_STATE] == self._state:
                codes = start + int.from_bytes(head[_STATE:], "little")
                index: dict[str, _Row] = marshal.loads(file.part(start, codes))
                if codes + max(group[1] for *_, group, _ in index.values()) == file.size:
                    return index, lambda first, end: file.part(codes + first, codes + end)
        except (OSError, ValueError, EOFError, TypeError):  # what damaged bytes raise
            pass
        return {}, lambda *_: b""

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
        source, bytecode, folder, *_ = self._index[name]
        spec = ModuleSpec(name, _StoredLoader(name, source, self), origin=source)
        spec.has_location, spec.cached = True, bytecode
        if folder:
            spec.submodule_search_locations = [folder]
        return spec

    def code(self, name: str) -> CodeType:
        """The bytecode of a stored module, that of Python if the file is lost meanwhile."""
        source, *_, group, place = self._index[name]
        try:
            if group not in self._groups:
                self._groups[group] = marshal.loads(self._read(*group))
            return self._groups[group][place]
        except (OSError, ValueError, EOFError, TypeError):
            code: CodeType = SourceFileLoader(name, source).get_code(name)  # type: ignore[assignment]
            return code

    def load_what_it_needs(self, name: str) -> None:
        """Load what was loaded while a stored module was, unless another thread may import the same."""
        if threading.active_count() > 1:
            return
        first = self._index[name][3]
        for other in self._names[first : self._names.index(name, first)]:
            if other not in sys.modules:
                self._load(other)

    def _load(self, name: str) -> None:
        """Load a stored module, as `importlib` does."""
        parent, _, child = name.rpartition(".")
        package, module = sys.modules.get(parent) or import_module(parent), ModuleType(name)
        spec = self._stored_spec(name)
        folders = spec.submodule_search_locations
        module.__dict__.update(
            __spec__=spec,
            __loader__=spec.loader,
            __package__=name if folders else parent,
            __file__=spec.origin,
            __cached__=spec.cached,
            **({"__path__": folders} if folders else {}),
        )
        sys.modules[name] = module
        try:
            exec(self.code(name), module.__dict__)  # as Python would
        except BaseException:
            del sys.modules[name]
            raise
        setattr(package, child, module)

    @property
    def loaded_count(self) -> int:
        """The number of modules that are stored or were loaded since."""
        return len(self._names)

    def add(self, loader: _WatchedLoader) -> None:
        """Note that a module was loaded that is not stored."""
        self._names.append(loader.name)
        self._new.append(loader)

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
        index, end = {**self._index}, max((group[1] for *_, group, _ in self._index.values()), default=0)
        codes = [self._read(0, end)]
        for start in range(0, len(self._new), _TOGETHER):
            loaders = self._new[start : start + _TOGETHER]
            codes.append(marshal.dumps(tuple(loader.get_code(loader.name) for loader in loaders)))
            group = end, end + len(codes[-1])
            rows = enumerate(loaders)
            index |= {one.name: (one.path, *one.places, one.first, group, place) for place, one in rows}
            end = group[1]
        head = marshal.dumps(index)
        return b"".join((self._state, len(head).to_bytes(_LENGTH, "little"), head, *codes))


class _WatchedLoader(SourceFileLoader):
    """Loads a module as Python does, and notes the module when that ends.

    `first` is the number of the first module that was loaded for it; `places` are the path of Python's own
    bytecode, and the folder of a package or ''.
    """

    first: int
    places: tuple[str, str]

    def __init__(self, name: str, path: str, modules: StoredModules) -> None:
        super().__init__(name, path)
        self._modules = modules

    def exec_module(self, module: ModuleType) -> None:
        """Run a module."""
        self.first = self._modules.loaded_count
        super().exec_module(module)
        if spec := module.__spec__:
            self.places = spec.cached or "", (spec.submodule_search_locations or [""])[0]
            self._modules.add(self)


class _StoredLoader(SourceFileLoader):
    """Loads a module as Python does, but for where its bytecode is from."""

    def __init__(self, name: str, path: str, modules: StoredModules) -> None:
        super().__init__(name, path)
        self._modules = modules

    def exec_module(self, module: ModuleType) -> None:
        """Run a module, and before it what it needs."""
        self._modules.load_what_it_needs(module.__name__)
        super().exec_module(module)

    def get_code(self, fullname: str) -> CodeType:
        """The bytecode of the module; ImportError for another one."""
        self.get_filename(fullname)  # Python's own loader refuses other names with it, too
        return self._modules.code(self.name)
