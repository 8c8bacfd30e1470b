"""Modules compiled beforehand: a folder that is only read cannot keep what Python compiles.

What is compiled names its source by a hash, not by a time, which a copy changes; and Python does not compare
it, since whoever changes the source of a distributed folder changes more than the manifest allows.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import subprocess
import sys
from pathlib import Path

# Bit 0: checked by a hash; bit 1, which is not set: compare it on each start (PEP 552).
_BY_HASH = (1).to_bytes(4, "little")


def compiled_path(path: Path) -> Path:
    """Where Python looks for the compiled form of a module."""
    return Path(importlib.util.cache_from_source(str(path), optimization=""))


def _module_as_bytecode(path: Path, name: str) -> bytes:
    """A module compiled; `name` is the path that it holds of itself, as a place outside of any computer."""
    source = path.read_bytes()
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    digest = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + _BY_HASH + digest + marshal.dumps(code)


def compile_below(folder: Path) -> None:
    """Compile every module below a folder in a Python of its own: the same text gives the same bytes."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from scripts.portable.bytecode import compile_all; compile_all(sys.argv[2])"
    )
    subprocess.run(
        [sys.executable, "-S", "-c", script, str(Path(__file__).resolve().parents[2]), str(folder)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def compile_all(folder: str) -> None:
    """Write the compiled form of every module below a folder beside it; what is no Python is left out."""
    root = Path(folder)
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        try:
            compiled = _module_as_bytecode(path, name)
        except (SyntaxError, ValueError):
            continue  # a template, or a test of what Python refuses
        beside = compiled_path(path)
        beside.parent.mkdir(exist_ok=True)
        beside.write_bytes(compiled)
