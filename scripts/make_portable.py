r"""Makes the portable folder: Python and kenpo-xl for a PC without Python, without internet, without rights.

    python scripts/make_portable.py --python-embed python-3.12.10-embed-amd64.zip -o kenpo-xl-0.2.0
    python scripts/make_portable.py --python-embed … -o … --proofread        also what proofreads sentences
    python scripts/make_portable.py --python-embed … -o … --wheels FOLDER    without the package index
    python scripts/make_portable.py --this-system -o FOLDER                  the same form for this system
    python scripts/make_portable.py --check FOLDER                           look at a finished folder

The archive is python.org's «Windows embeddable package», for a processor of 64 bits, 32 bits or ARM; the
version has to be that of the Python that runs this, which compiles the modules. The libraries are those of
requirements-portable.lock, each with its hash. The same archive, lock and source give the same bytes.

Copy the finished folder to a share or to Program Files: nothing is ever written into it. Exit status: 0 made
and checked, 3 not.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.portable.bytecode import compile_below
from scripts.portable.checks import problems
from scripts.portable.documents import (
    write_licences,
    write_manifest,
    write_readme,
    write_sbom,
    write_starters,
)
from scripts.portable.failure import PortableError
from scripts.portable.python_home import embedded_target, folder_target, lay_out_embedded, lay_out_twin
from scripts.portable.target import Target, target_here
from scripts.portable.wheels import ROOT, build_own_wheel, fetch_wheels, needed_on, unpack_wheels

COULD_NOT = 3


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    options = _options(arguments)
    try:
        if options.check:
            return _report(options.check, folder_target(options.check))
        return _report(options.output, make_folder(options))
    except PortableError as error:
        print(error, file=sys.stderr)
        return COULD_NOT


def make_folder(options: argparse.Namespace) -> Target:
    """Make the folder; PortableError if that fails, and nothing is left of it then."""
    goal: Path = options.output
    if goal.exists():
        raise PortableError(f"{goal} はすでにあります。別の名前を指定してください。")
    target = _checked_target(options.python_embed)
    unfinished = _unfinished(goal)
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory() as wheels:
            libraries = needed_on(target, proofread=options.proofread)
            fetch_wheels(libraries, target, Path(wheels), wheels=options.wheels)
            build_own_wheel(Path(wheels))
            _fill(unfinished, target, Path(wheels), options)
        unfinished.rename(goal)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _unfinished(goal: Path) -> Path:
    """The folder while it is being made."""
    return goal.with_name(f"{goal.name}.new")


def _checked_target(archive: Path | None) -> Target:
    if archive is None:
        return target_here()
    target, here = embedded_target(archive), target_here()
    if target.version != here.version:
        raise PortableError(
            f"{archive.name} は Python {target.dotted} ですが、実行しているのは {here.dotted} です。"
            f"{target.dotted} の Python で実行するか、{here.dotted} の埋め込み版を指定してください。"
        )
    return target


def _fill(folder: Path, target: Target, wheels: Path, options: argparse.Namespace) -> None:
    python = {}
    if options.python_embed:
        lay_out_embedded(options.python_embed, target, folder)
        python["digest"] = hashlib.sha256(options.python_embed.read_bytes()).hexdigest()
    else:
        lay_out_twin(folder)
    site_packages = target.site_packages(folder)
    libraries = unpack_wheels(wheels, site_packages)
    compile_below(site_packages)
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=shutil.ignore_patterns("vba"))
    write_starters(folder, target)
    write_readme(folder, target, has_dictionary=options.proofread)
    write_licences(folder, target, libraries)
    write_sbom(folder, target, python, libraries)
    write_manifest(folder)


def _report(folder: Path, target: Target) -> int:
    """Check a finished folder and show the result."""
    found = problems(folder, target, made_in=(str(ROOT), str(_unfinished(folder.resolve()))))
    for problem in found:
        print(problem)
    if found:
        print(f"{folder} に {len(found)} 件の問題があります。配らないでください。", file=sys.stderr)
        return COULD_NOT
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(
        f"{folder}（Python {target.dotted}、{target.tag or sys.platform}、{size / 1e6:.0f} MB）に"
        "問題はありません。"
    )
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--python-embed", type=Path, metavar="ZIP")
    what.add_argument("--this-system", action="store_true")
    what.add_argument("--check", type=Path, metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER")
    parser.add_argument("--proofread", action="store_true")
    options = parser.parse_args(arguments)
    if not options.check and options.output is None:
        parser.error("-o FOLDER is missing")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
