"""What a portable folder holds: how it is used, its parts, their licences, the hash of each file."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name

from kenpo_xl import __version__
from kenpo_xl.books.planner.start_book import START_NAME, write_start_book
from scripts.portable.target import PYTHON, Target
from scripts.portable.wheels import ROOT, Library

MANIFEST = "SHA256SUMS"
SBOM = "sbom.cdx.json"
LICENCES = "licenses"
COMMAND = "kenpo-xl.cmd"
_COMMAND_LINES = (
    "@echo off",
    "rem kenpo-xl of this folder. Nothing is installed and nothing is written here.",
    "setlocal",
    "rem Nothing in the folder in which this happens to be started is a program or a module.",
    'set "NoDefaultCurrentDirectoryInExePath=1"',
    '"%~dp0python\\python.exe" -P -B -m kenpo_xl %*',
    "exit /b %ERRORLEVEL%",
)
_SHELL_LINES = (
    "#!/bin/sh",
    "# kenpo-xl of this folder. Nothing is installed and nothing is written here.",
    'here=$(dirname "$(readlink -f "$0")")',
    'LD_LIBRARY_PATH="$here/python${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \\',
    '    exec "$here/python/{program}" -P -B -m kenpo_xl "$@"',
)
_README = """kenpo-xl {version}（Python {python}、{tag}）を、Python のない PC で使うためのフォルダーです。

1. このフォルダーを、そのまま共有フォルダー（\\\\サーバー\\kenpo-xl など）か C:\\Program Files に写します。
   使うときに、このフォルダーには何も書き込みません。職員には読み取りの権限だけで足ります。
2. コマンドは kenpo-xl.cmd です。例：kenpo-xl.cmd doctor
3. ボタンの Python は python\\pythonw.exe です。計画ブックの「基本」の「Python の場所」に、写した先の場所を
   \\\\ から、またはドライブから入れて、kenpo-xl.cmd build を実行してください。
4. 初めて使う職場には、はじめに.xlsm の「操作」の「Python の場所」に同じ場所を入れ、写して渡します。
   そのボタンで、計画ブック、入力ブック、取りまとめ.xlsm ができます（コマンドは要りません）。
5. 夜間の処理は scripts\\nightly.cmd です（scripts\\nightly-task.xml の 2 つの場所を直して登録します）。
   提出されたらすぐに点検するときは、kenpo-xl.cmd watch フォルダー を 1 台の PC で動かしておきます。

中身の一覧は sbom.cdx.json（CycloneDX）、各ファイルのハッシュは SHA256SUMS、使用条件は licenses にあります。
新しい版は、別の名前のフォルダーに置き、「Python の場所」を直します。使っている版に上書きしないでください。
export（数値の書き出し）に要る部品は入っていません。{proofreading}
"""


def write_starters(folder: Path, target: Target) -> None:
    """Write what starts kenpo-xl: an office's first book, the commands, and on Windows those of the night."""
    write_start_book(folder / START_NAME)
    if not target.is_windows:
        starter = folder / "kenpo-xl"
        text = "".join(f"{line}\n" for line in _SHELL_LINES).replace("{program}", target.program)
        starter.write_text(text, encoding="ascii")
        starter.chmod(0o755)
        return
    (folder / COMMAND).write_bytes("".join(f"{line}\r\n" for line in _COMMAND_LINES).encode("ascii"))
    for name in ("nightly.cmd", "nightly-task.xml"):
        (folder / "scripts").mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "scripts" / name, folder / "scripts" / name)


def write_readme(folder: Path, target: Target, *, has_dictionary: bool) -> None:
    """Write how the folder is used; Notepad of any age takes the encoding."""
    proofreading = "" if has_dictionary else "文章の点検の辞書も入っていません。"
    text = _README.format(
        version=__version__, python=target.dotted, tag=target.tag or "linux", proofreading=proofreading
    )
    (folder / "はじめに.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


def write_licences(folder: Path, target: Target, libraries: Iterable[Library]) -> None:
    """Gather the licences of Python, kenpo-xl and every library."""
    site_packages, goal = target.site_packages(folder), folder / LICENCES
    goal.mkdir()
    lines = [f"Python {target.dotted}: PSF-2.0"]
    for library in libraries:
        lines.append(f"{library.name} {library.version}: {licence_of(library)}")
        for path in licence_files(site_packages, library):
            # Of names that differ in their case alone Windows would keep one.
            beside = "-".join(path.relative_to(site_packages).parts[1:]).lower()
            shutil.copyfile(path, goal / f"{library.name}-{library.version}-{beside}")
    (goal / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for python in sorted((folder / PYTHON).glob("LICENSE*")):
        shutil.copyfile(python, goal / f"python-{target.dotted}-{python.name}")


def licence_files(site_packages: Path, library: Library) -> list[Path]:
    """The licences that a library brings; that of a part that is left out is none."""
    (own,) = (
        path
        for path in site_packages.glob("*.dist-info")
        if _library_of(path) == (library.name, library.version)
    )
    names = ("licen", "copying", "notice", "authors")
    found = (path for path in own.rglob("*") if path.is_file() and path.name.lower().startswith(names))
    return sorted(path for path in found if "PRO" not in path.stem)


def _library_of(info: Path) -> tuple[str, str]:
    """Name and version of a library from the folder of its metadata."""
    name, _, version = info.stem.partition("-")
    return canonicalize_name(name), version


def licence_of(library: Library) -> str:
    """The licence of a library as its maker names it: by expression, else the first line of its text."""
    fields = library.metadata
    if "License-Expression" in fields:
        return fields["License-Expression"][0]
    classes = [one for one in fields.get("Classifier", ()) if one.startswith("License ::")]
    named = [one.rpartition(" :: ")[2] for one in classes] or [
        one for one in fields.get("License", ())[:1] if one
    ]
    return " / ".join(named) or "see its licence file"


def write_sbom(folder: Path, target: Target, python: dict[str, str], libraries: Iterable[Library]) -> None:
    """Write the list of parts as CycloneDX 1.6; no time and no random number stands in it."""
    own = {"type": "application", "bom-ref": "kenpo-xl", "name": "kenpo-xl", "version": __version__}
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{one.name}@{one.version}",
            "name": one.name,
            "version": one.version,
            "purl": f"pkg:pypi/{one.name}@{one.version}",
            "hashes": [{"alg": "SHA-256", "content": one.digest}],
            "licenses": [_licence_entry(one)],
            "properties": [{"name": "kenpo-xl:wheel", "value": one.wheel}],
        }
        for one in libraries
        if one.name != own["name"]
    ]
    runtime = {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{target.dotted}",
        "name": "python",
        "version": target.dotted,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        **({"hashes": [{"alg": "SHA-256", "content": python["digest"]}]} if python else {}),
    }
    content = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [runtime, *parts],
        "dependencies": [
            {"ref": own["bom-ref"], "dependsOn": [part["bom-ref"] for part in (runtime, *parts)]}
        ],
    }
    (folder / SBOM).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _licence_entry(library: Library) -> dict[str, object]:
    if "License-Expression" in library.metadata:
        return {"expression": licence_of(library)}
    return {"license": {"name": licence_of(library)}}


def write_manifest(folder: Path) -> None:
    """Write the SHA-256 of every file, as `sha256sum --check` reads it."""
    lines = (f"{digest}  {name}\n" for name, digest in digests_below(folder))
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def digests_below(folder: Path) -> list[tuple[str, str]]:
    """The name and the SHA-256 of every file of a folder but its manifest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return [
        (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
    ]
