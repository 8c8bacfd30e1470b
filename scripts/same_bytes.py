"""Compares all outputs of two checkouts of the program, byte by byte; says of each difference where it is.

python scripts/same_bytes.py OLD NEW [--branches 47] [--keep FOLDER]

Each checkout makes, for the sample and for so many branches: report, board, returned copies, ledger (the
night), the JSON of `check` for each period and each book, and the CSV of `export`. Exit status: 0 where all
are equal, 1 where only sentences differ (each old and new one is printed once), 2 where anything else does.
What follows from other texts (seals, indexes of shared strings) is no difference, nor is the version.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.make_branches import PREFECTURES, SAMPLE, make_branches  # noqa: E402
from scripts.workbook_texts import SHARED, parts_of  # noqa: E402

_SHEET = "worksheets/sheet"
TODAY = "2025-01-08"
EQUAL, TEXTS, OTHER = range(3)
# The date of every input file: which of two books counts may depend on it.
_DATE = 1_736_000_000
_BOOKS = (".xlsx", ".xlsm")
# Seals, and what the marks of a returned copy note of the parts that they replaced.
_DIGEST = re.compile(rb"[0-9a-f]{64}|(?<=&quot;)[0-9a-f]{16}(?=&quot;)|(?<=\")[0-9a-f]{16}(?=\")")
# What a ledger holds of the program itself, and of the bytes of its outputs, which are compared as such.
_NOT_COMPARED = {"input_digest", "made_of", "program", "content"}
# What makes a text a sentence: any letter of Japanese.
_JAPANESE = re.compile("[぀-ヿ一-鿿]")
# Runs commands of one checkout in one process: each is the file for its output and its arguments.
_DRIVER = """
import contextlib, json, os, sys
from pathlib import Path
import kenpo_xl
from kenpo_xl.__main__ import main
assert Path(kenpo_xl.__file__).is_relative_to(sys.argv[1]), kenpo_xl.__file__
print(kenpo_xl.__version__)
for name, *arguments in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    sys.argv = ["kenpo-xl", *arguments]
    with open(name, "w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        try:
            main()
        except SystemExit as end:
            print("exit status", end.code, file=file)
sys.stdout.flush()
os._exit(0)  # the program would end this process with the status of its last command
"""


@dataclass
class Difference:
    """How the outputs of one name differ: old and new texts by their place, and what else differs."""

    texts: list[tuple[str, str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def kind(self) -> int:
        """`TEXTS` where every difference is another sentence; else `OTHER`, or `EQUAL`."""
        if self.others or not all(map(_JAPANESE.search, (old + new for _, old, new in self.texts))):
            return OTHER
        return TEXTS if self.texts else EQUAL

    @property
    def summary(self) -> str:
        """What is printed in one line of the output, followed by what else differs."""
        return "\n    ".join((f"{len(self.texts)} texts differ", *self.others))


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Compare the outputs of two checkouts.")
    parser.add_argument("old", type=Path, help="a checkout of the program")
    parser.add_argument("new", type=Path, help="another")
    parser.add_argument("--branches", type=int, default=len(PREFECTURES))
    parser.add_argument("--keep", type=Path, help="a new folder that keeps the outputs of both")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folders = [(asked.keep or Path(temporary)).resolve() / name for name in ("old", "new")]
        running = [
            _start(checkout.resolve(), folder, asked.branches)
            for checkout, folder in zip((asked.old, asked.new), folders, strict=True)
        ]
        versions = [_version(process) for process in running]
        return compare_folders(folders[0], folders[1], versions)


def _start(checkout: Path, folder: Path, branches: int) -> subprocess.Popen[str]:
    """The process in which a checkout makes its outputs below a folder."""
    commands = _commands(_periods(folder, branches), folder)
    listed = folder / "commands.json"
    listed.write_text(json.dumps(commands), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", _DRIVER, str(checkout), str(listed)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(checkout), "XDG_CACHE_HOME": str(folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _version(process: subprocess.Popen[str]) -> str:
    """The version of the program, once its process has ended."""
    out, errors = process.communicate()
    if process.returncode or "Traceback" in errors:
        raise SystemExit(errors)
    return out.strip()


def _periods(folder: Path, branches: int) -> list[Path]:
    """The period folders that are made: the whole sample below one root, the branches below another."""
    sample = folder / "sample" / SAMPLE.name
    shutil.copytree(SAMPLE, sample, ignore=shutil.ignore_patterns("報告", "返却"))
    made = [sample, *make_branches(folder / "branches", branches)]
    for path in folder.rglob("*"):
        os.utime(path, (_DATE, _DATE))
    return made


def _commands(periods: Sequence[Path], folder: Path) -> list[list[str]]:
    """The commands, those that write into the period folders last."""
    found: list[list[str]] = []
    for number, path in enumerate(periods):
        period = path.relative_to(folder).as_posix()
        found.append([f"{number}.json", "check", period, "--format", "json"])
        for book in sorted((path / "提出").iterdir()):
            name = book.relative_to(folder).as_posix()
            found.append([f"{number}-{book.stem}.json", "check", name, "--format", "json"])
        found.append([f"{number}.export.txt", "export", period, "-o", f"{number}.csv"])
    sample = periods[0].relative_to(folder).as_posix()
    found.append(["report.txt", "report", sample, "--recomputed", "-o", "recomputed.xlsx"])
    night = ("--jobs", "1", "--today", TODAY)
    return [*found, *([f"{root}.txt", "nightly", root, *night] for root in ("sample", "branches"))]


def compare_folders(old: Path, new: Path, versions: Sequence[str]) -> int:
    """Print how the outputs below two folders differ; the exit status."""
    if versions[0] != versions[1]:
        print(f"version {versions[0]} and {versions[1]}: no difference where only that differs")
    names = sorted({_name(path, side) for side in (old, new) for path in _outputs(side)})
    found = {name: _difference(old / name, new / name, versions) for name in names}
    different = {name: one for name, one in found.items() if one.kind}
    _print_texts(different)
    for name, one in different.items():
        print(f"{name}: {one.summary}")
    print(f"{len(names)} outputs, {len(names) - len(different)} equal")
    return max((one.kind for one in different.values()), default=EQUAL)


def _print_texts(different: Mapping[str, Difference]) -> None:
    """Print each old text with the new one once, and how often and where first it is found."""
    places: dict[tuple[str, str], list[str]] = {}
    for name, one in different.items():
        for place, old, new in one.texts:
            places.setdefault((old, new), []).append(f"{name} {place}")
    for (old, new), found in places.items():
        print(f"{len(found)} ×, first in {found[0]}\n    old: {old!r}\n    new: {new!r}")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _outputs(folder: Path) -> Iterator[Path]:
    """The files that the program wrote, and inputs, which it must not change."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "commands.json" and "cache" not in path.relative_to(folder).parts:
            yield path


def _difference(old: Path, new: Path, versions: Sequence[str]) -> Difference:
    if not (old.exists() and new.exists()):
        return Difference(others=[f"only in {'old' if old.exists() else 'new'}"])
    if old.suffix == ".sqlite3":
        return Difference(list(_changed("", _rows(old), _rows(new))))
    before, after = old.read_bytes(), new.read_bytes()
    if before == after or before.replace(*(version.encode() for version in versions)) == after:
        return Difference()
    if old.suffix in _BOOKS:
        return _of_workbooks(old, new)
    return Difference(list(_changed("", _content(before), _content(after))))


def _content(text: bytes) -> Any:
    """The values of a JSON with its last line, the exit status; the lines of any other text."""
    whole, _, status = text.decode().rstrip().rpartition("\n")
    return [json.loads(whole), status] if whole.startswith(("{", "[")) else text.decode().splitlines()


def _rows(ledger: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table of a ledger."""
    with closing(sqlite3.connect(ledger)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {table: list(_table_rows(connection, table)) for (table,) in tables.fetchall()}


def _table_rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """The rows of a table without the columns that are not compared."""
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield {name: value for name, value in zip(names, row, strict=True) if name not in _NOT_COMPARED}


def _changed(place: str, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    """The values that differ, each with its place."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _changed(f"{place}/{key}", old.get(key, ""), new.get(key, ""))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _changed_entries(place, old, new)
    elif old != new:
        yield place, str(old), str(new)


def _changed_entries(place: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str, str]]:
    """The entries that differ, in pairs where as many went as came."""
    words = ([repr(entry) for entry in entries] for entries in (old, new))
    for tag, one, two, three, four in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs = zip_longest(old[one:two], new[three:four], fillvalue="")
            for number, pair in enumerate(pairs, start=one + 1):
                yield from _changed(f"{place}/{number}", *pair)


def _of_workbooks(old: Path, new: Path) -> Difference:
    """The texts that differ, by sheet and cell, and the members that differ otherwise."""
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new) as after:
        found = Difference()
        if before.namelist() != after.namelist():
            found.others.append(f"members: {sorted({*before.namelist()} ^ {*after.namelist()}) or 'order'}")
        has_other_strings = _read(before, SHARED) != _read(after, SHARED)
        for name in before.namelist():
            is_equal = name in after.namelist() and _read(before, name) == _read(after, name)
            if name in after.namelist() and not (is_equal and not (has_other_strings and _SHEET in name)):
                _compare_member(before, after, name, found)
        if not (found.texts or found.others):
            found.others.append("bytes: seal, shared strings, compression or dates of members")
        return found


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """A member without its digests, empty where there is none."""
    return _DIGEST.sub(b"", package.read(name)) if name in package.namelist() else b""


def _compare_member(before: zipfile.ZipFile, after: zipfile.ZipFile, name: str, found: Difference) -> None:
    """Add how a member differs; the strings that sheets share are compared where cells use them."""
    if name == SHARED:
        return
    old, new = _read(before, name), _read(after, name)
    if not name.endswith((".xml", ".rels", ".vml")):
        found.others.append(f"{name}: {len(old)} and {len(new)} bytes")
        return
    (skeleton, texts), (other, others) = parts_of(old, before), parts_of(new, after)
    found.texts += _changed(name, texts, others)
    if skeleton != other:
        found.others.append(f"{name}: {_first_difference(skeleton, other)}")


def _first_difference(old: str, new: str) -> str:
    place = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(place - 60, 0)
    return f"…{old[start : place + 60]}… became …{new[start : place + 60]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
