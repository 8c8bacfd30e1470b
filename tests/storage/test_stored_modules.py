"""Modules stored by one process for the next, which load as Python loads them."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from kenpo_xl.storage.stored_modules import StoredModules
from tests.paths import ROOT

MODULES = ("made_here.inner", "made_here.inner.part")
FACTS = ("__file__", "__cached__", "__package__", "__name__", "__doc__")


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with a package whose only module raises an error, all of them to be loaded."""
    inner = tmp_path / "made_here" / "inner"
    inner.mkdir(parents=True)
    (inner.parent / "__init__.py").write_text("", encoding="utf-8")
    (inner / "__init__.py").write_text('"""What it is for."""', encoding="utf-8")
    (inner / "part.py").write_text("def fail():\n    raise ValueError  # here\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield inner.parent
    forget()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return folder / "here.modules"


def forget() -> None:
    """Load the package anew when it is next imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "made_here"]:
        del sys.modules[name]


def facts() -> list[object]:
    """What a module knows of itself, and the traceback of its error."""
    loaded = [importlib.import_module(name) for name in MODULES]
    try:
        loaded[-1].fail()
    except ValueError:
        lines = traceback.format_exc()
    known = [getattr(module, name) for module in loaded for name in FACTS]
    return [known, [getattr(module, "__path__", None) for module in loaded], lines.partition("File")[2][-60:]]


def stored(path: Path, state: str = "now") -> list[object]:
    modules = StoredModules(path, "made_here", state)
    sys.meta_path.insert(0, modules)
    found = facts()
    assert modules.has_new
    modules.store_new()
    sys.meta_path.remove(modules)
    forget()
    return found


def test_they_are_the_same_as_loaded_by_python(path: Path, package: Path) -> None:
    before = stored(path)
    (package / "inner" / "part.py").write_text("never = 'compiled'\n\n# here", encoding="utf-8")
    modules = StoredModules(path, "made_here", "now")
    sys.meta_path.insert(0, modules)
    after = facts()
    assert after[:2] == before[:2]
    assert "ValueError" in str(before[2])
    assert not modules.has_new
    with pytest.raises(ImportError):
        importlib.import_module("made_here.inner.other")


def test_further_ones_are_added(path: Path, package: Path) -> None:
    stored(path)
    (package / "more.py").write_text("value = 7", encoding="utf-8")
    sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
    importlib.import_module("made_here.more")
    assert modules.has_new
    modules.store_new()
    again = StoredModules(path, "made_here", "now")
    assert all(again.find_spec(name) for name in (*MODULES, "made_here.more"))


@pytest.mark.parametrize("cut", [0, 20, 40, -1])
def test_a_damaged_file_is_ignored(path: Path, cut: int) -> None:
    stored(path)
    path.write_bytes(path.read_bytes()[:cut])
    assert StoredModules(path, "made_here", "now").find_spec(MODULES[0]) is None


def test_python_loads_what_cannot_be_read_any_more(path: Path) -> None:
    before = stored(path)
    sys.meta_path.insert(0, StoredModules(path, "made_here", "now"))
    os.truncate(path, path.stat().st_size - 1)
    assert facts() == before


def test_what_is_stored_of_many_modules_is_of_each_its_own(path: Path, package: Path) -> None:
    names = [f"made_here.one_{number}" for number in range(20)]
    for name in names:
        (package / f"{name[10:]}.py").write_text(f"name = {name!r}", encoding="utf-8")

    def loaded() -> StoredModules:
        sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
        assert [importlib.import_module(name).name for name in names] == names
        sys.meta_path.remove(modules)
        forget()
        return modules

    loaded().store_new()
    assert not loaded().has_new


def test_a_file_of_another_program_or_of_others_is_ignored(path: Path) -> None:
    stored(path)
    assert StoredModules(path, "made_here", "now").find_spec(MODULES[0])
    assert StoredModules(path, "made_here", "later").find_spec(MODULES[0]) is None
    path.chmod(0o666)
    assert StoredModules(path, "made_here", "now").find_spec(MODULES[0]) is None


def test_nothing_is_stored_where_python_may_write_no_bytecode(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
    facts()
    assert modules.has_new
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not modules.has_new


@pytest.fixture
def needs_all(package: Path) -> str:
    """A module that imports one of another package, which imports a third one, and notes what is loaded."""
    (package / "last.py").write_text("import made_here.inner.part", encoding="utf-8")
    seen = "sorted(sys.modules)"
    lines = "import sys", f"before = {seen}", "import made_here.last", f"after = {seen}"
    (package / "first.py").write_text("\n".join(lines), encoding="utf-8")
    return "made_here.first"


def test_what_a_module_needs_is_loaded_before_it(path: Path, needs_all: str) -> None:
    def added() -> set[str]:
        module = importlib.import_module(needs_all)
        assert sys.modules["made_here"].last.made_here.inner.part.fail
        assert module.__spec__
        assert not module.__spec__.submodule_search_locations
        return set(module.after) - set(module.before)

    sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
    assert added() == {*MODULES, "made_here.last"}
    modules.store_new()
    forget()
    sys.meta_path[0] = StoredModules(path, "made_here", "now")
    assert not added()


def test_beside_other_threads_python_loads_it_when_it_is_imported(path: Path, needs_all: str) -> None:
    stored(path)
    sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
    importlib.import_module(needs_all)
    modules.store_new()
    forget()
    sys.meta_path[0] = StoredModules(path, "made_here", "now")
    over = threading.Event()
    (other := threading.Thread(target=over.wait)).start()
    module = importlib.import_module(needs_all)
    over.set()
    other.join()
    assert set(module.after) - set(module.before) == {*MODULES, "made_here.last"}


def test_a_module_that_fails_is_not_loaded(path: Path, package: Path, needs_all: str) -> None:
    fails = "import os\nif 'FAILS' in os.environ:\n    raise LookupError('here')"
    (package / "last.py").write_text(f"{fails}\n", encoding="utf-8")
    sys.meta_path.insert(0, modules := StoredModules(path, "made_here", "now"))
    importlib.import_module(needs_all)
    modules.store_new()
    forget()
    sys.meta_path[0] = StoredModules(path, "made_here", "now")
    with pytest.MonkeyPatch.context() as patched, pytest.raises(LookupError, match="here"):
        patched.setenv("FAILS", "1")
        importlib.import_module(needs_all)
    assert not sys.modules.keys() & {needs_all, "made_here.last"}
    assert importlib.import_module(needs_all)


def test_a_command_loads_what_the_one_before_it_stored(tmp_path: Path) -> None:
    code = (
        "import kenpo_xl.cli.commands, sys; "
        "print(*sorted({type(sys.modules[name].__loader__).__name__ for name in sys.modules "
        "if name.startswith('kenpo_xl.cli')}))"
    )
    changed = {"XDG_CACHE_HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": ""}

    def loaders() -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | changed,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    assert "_StoredLoader" not in loaders()
    assert "_StoredLoader" in loaders()
