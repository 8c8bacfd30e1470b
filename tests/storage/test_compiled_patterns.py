"""Expressions stored by one process for the next, which are the same as those that Python compiles."""

from __future__ import annotations

import marshal
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.storage import compiled_patterns
from kenpo_xl.storage.compiled_patterns import CompiledPatterns, use_stored_patterns

PATTERNS = [
    ("", 0),
    (r"(?P<era>令和|平成)\s*(?P<year>\d{1,2}|元)年", 0),
    (r"[をにがはも][一-龥々]+", 0),
    (r"(?<!\d)(a|b)*?\1(?=c)", re.IGNORECASE | re.MULTILINE),
    (r"[𠮷野家\U000e0000-\U000e0fff]", re.DOTALL),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return folder / "here.patterns"


def stored(path: Path) -> None:
    patterns = CompiledPatterns(path)
    for pattern, flags in PATTERNS:
        patterns.compile(pattern, flags)
    patterns.store_new()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The expressions that are compiled again from now on."""
    found: list[str] = []
    compile_code = compiled_patterns._compiled_code

    def recorded(pattern: str, flags: int) -> Any:
        found.append(pattern)
        return compile_code(pattern, flags)

    monkeypatch.setattr(compiled_patterns, "_compiled_code", recorded)
    return found


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_they_are_the_same_as_compiled(path: Path, pattern: str, flags: int) -> None:
    stored(path)
    for patterns in (CompiledPatterns(path), CompiledPatterns(path.with_name("none"))):
        found = patterns.compile(pattern, flags)
        # Python compares flags, groups and the numbers themselves.
        assert found == re.compile(pattern, flags)
        assert found.groupindex == re.compile(pattern, flags).groupindex


def test_a_further_process_compiles_only_what_is_new(path: Path, compiled: list[str]) -> None:
    stored(path)
    compiled.clear()
    patterns = CompiledPatterns(path)
    for pattern in (PATTERNS[1][0], "new", "new"):
        patterns.compile(pattern)
    assert compiled == ["new"]
    patterns.store_new()
    assert len(marshal.loads(path.read_bytes())) == len(PATTERNS) + 1


def test_nothing_new_is_no_reason_to_write(path: Path) -> None:
    stored(path)
    path.chmod(0o400)
    CompiledPatterns(path).store_new()
    assert path.stat().st_mode & 0o777 == 0o400


class Call:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.mkdir, ("made",)


@pytest.mark.parametrize("content", [b"", b"junk", marshal.dumps([1]), pickle.dumps({("a", 0): Call()})])
def test_a_damaged_or_hostile_file_is_ignored(
    path: Path, content: bytes, compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path.write_bytes(content)
    path.chmod(0o600)
    assert CompiledPatterns(path).compile("a") == re.compile("a")
    assert (compiled, (tmp_path / "made").exists()) == (["a"], False)


@pytest.mark.parametrize("numbers", [b"", b"\xff" * 8, b"123"])
def test_numbers_that_are_no_expression_are_refused_by_python(path: Path, numbers: bytes) -> None:
    path.write_bytes(marshal.dumps({("a+", 0): (32, numbers, 0, {}, (None,))}))
    path.chmod(0o600)
    found = CompiledPatterns(path).compile("a+")
    assert found.findall("aab") == ["aa"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_a_file_that_others_can_write_is_not_used(path: Path, compiled: list[str]) -> None:
    stored(path)
    path.chmod(0o666)
    compiled.clear()
    CompiledPatterns(path).compile(*PATTERNS[1])
    assert compiled == [PATTERNS[1][0]]


def test_a_wrong_expression_has_the_usual_error(path: Path) -> None:
    with pytest.raises(re.error, match="missing"):
        CompiledPatterns(path).compile("(")


def test_another_python_compiles_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    before = LazyPattern._compile
    monkeypatch.setattr(compiled_patterns, "_sre", None)
    use_stored_patterns.__wrapped__()
    assert LazyPattern._compile is before


def test_a_process_stores_what_it_compiled_for_the_next(tmp_path: Path) -> None:
    code = (
        "from kenpo_xl.domain.lazy_patterns import LazyPattern; "
        "from kenpo_xl.storage.compiled_patterns import use_stored_patterns; "
        "use_stored_patterns(); print(LazyPattern('a+').findall('aab'))"
    )
    contents = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout == "['aa']\n"
        (file,) = (tmp_path / "kenpo-xl").glob("*.patterns")
        contents.append((file.read_bytes(), file.stat().st_mtime_ns))
    assert contents[0] == contents[1]
