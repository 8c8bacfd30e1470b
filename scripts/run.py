"""The one door to a clone: sets up .venv where needed, then runs kenpo-xl or the tests in it.

    python3 scripts/run.py report workbooks/saitama-fy2024-q3
    python3 scripts/run.py test
    python3 scripts/run.py test --fast

Needs nothing but Python 3.11 and its standard library.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"

USAGE = 2
COULD_NOT = 3

TEST_STEPS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    # A file stays with one process, since its tests share what they opened; each process has its LibreOffice.
    ("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"),
)
FAST = "--fast"
FAST_TESTS = ("-m", "not libreoffice and not postgresql and not period and not soak")


class SystemPackage(NamedTuple):
    """A Debian package that the tests need, and how to see that what it brings is there."""

    name: str
    is_there: Callable[[], bool]


def main(arguments: Sequence[str]) -> int:
    """The exit status of kenpo-xl, or of the first test step that failed."""
    prepare_console()
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
        stop("Python 3.11 以降で実行してください。", "Python 3.11 or newer is needed.")
    if not arguments:
        say("使い方は README.md をご覧ください。", "Usage: run.py report PERIOD_DIR, or run.py test")
        return USAGE
    if arguments[0] == "test":
        return run_tests(arguments[1:])
    set_up(RUNTIME_LOCK)
    return run([str(PROGRAMS / "kenpo-xl"), *arguments])


def run_tests(arguments: Sequence[str]) -> int:
    """The status of the first step that failed, 0 when none did; every step runs."""
    is_fast = FAST in arguments
    if not is_fast:
        ensure_system_packages()
    set_up(TEST_LOCK)
    began, used = time.monotonic(), cpu_seconds()
    extra = [*(FAST_TESTS if is_fast else ()), *(one for one in arguments if one != FAST)]
    statuses = [run_step(step, extra if "pytest" in step else []) for step in TEST_STEPS]
    print(f":: {cpu_seconds() - used:.0f} CPU seconds, {time.monotonic() - began:.0f} seconds", flush=True)
    return next((status for status in statuses if status), 0)


def run_step(step: Sequence[str], extra: Sequence[str]) -> int:
    """The exit status of a step, which is shown first."""
    print("::", "python", *step, *extra, flush=True)
    return run([str(PYTHON), *step, *extra], folder=ROOT)


def cpu_seconds() -> float:
    """User and system time of the processes started here that have ended, with theirs; 0 on Windows."""
    times = os.times()
    return times.children_user + times.children_system


def set_up(lock: Path) -> None:
    """Make .venv hold what the lock file says; nothing is done when it already does."""
    if is_current(lock):
        return
    say("初回または更新後の準備をしています。少しお待ちください。", "Setting up .venv from the lock file.")
    if not PYTHON.exists():
        make_venv()
    for stamp in (stamp_of(RUNTIME_LOCK), stamp_of(TEST_LOCK)):
        stamp.unlink(missing_ok=True)
    install("--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))
    install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    make_path_relative()
    stamp_of(lock).write_text(fingerprint(lock), encoding="utf-8")


def is_current(lock: Path) -> bool:
    """True when .venv was made from this lock file; the tests' lock holds all of the other one."""
    return PYTHON.exists() and any(last_made_from(each) == fingerprint(each) for each in {lock, TEST_LOCK})


def last_made_from(lock: Path) -> str | None:
    """The fingerprint of what was last installed from this lock file."""
    stamp = stamp_of(lock)
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else None


def stamp_of(lock: Path) -> Path:
    """The file in .venv that keeps the fingerprint."""
    return VENV / f"installed-{lock.name}.sha256"


def fingerprint(lock: Path) -> str:
    """A hash that changes with anything that set-up reads, and with the place of the repository."""
    sources = (lock, RUNTIME_LOCK, ROOT / "pyproject.toml")
    parts = [os.fsencode(ROOT), *(source.read_bytes() for source in sources)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_venv() -> None:
    """Make an empty .venv; Debian's bare python3 lacks the module for it, which apt brings."""
    if importlib.util.find_spec("ensurepip") is None:
        need_from_apt([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    if run([sys.executable, "-P", "-m", "venv", "--clear", str(VENV)]):
        stop("仮想環境 .venv を作れませんでした。上の表示を確かめてください。", ".venv could not be made.")


def install(*arguments: str) -> None:
    """Let the pip of .venv install something, or stop."""
    pip = [str(PYTHON), "-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if run([*pip, *arguments]):
        stop(
            "必要な部品を取り込めませんでした。ネットワークの接続を確かめて、もう一度実行してください。",
            "pip could not install the locked requirements.",
        )


def make_path_relative() -> None:
    """Let the editable install name the repository from where it stands.

    Python before 3.13 reads that file in the console's encoding, and the folder may be called デスクトップ.
    """
    (path_file,) = VENV.glob("[Ll]ib/**/site-packages/_kenpo_xl.pth")
    path_file.write_text(f"{os.path.relpath(ROOT, path_file.parent)}\n", encoding="ascii")


def ensure_system_packages() -> None:
    """Have LibreOffice, its Python bridge, poppler, a screen, PostgreSQL and the fonts there, or stop."""
    missing = [package.name for package in system_packages() if not package.is_there()]
    if missing:
        need_from_apt(missing)
    if "postgresql" in missing:
        stop_new_servers()


def postgresql_servers() -> list[Path]:
    """The PostgreSQL servers that Debian's packages brought."""
    return sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def stop_new_servers() -> None:
    """Stop the servers that Debian starts when it installs one: the tests start their own."""
    for server in postgresql_servers():
        version = server.parts[-3]
        subprocess.run(
            [*(apt_privilege() or ()), "pg_ctlcluster", version, "main", "stop"],
            capture_output=True,
            check=False,
        )


def system_packages() -> tuple[SystemPackage, ...]:
    """What the tests need from the system."""
    return (
        SystemPackage("libreoffice-calc", lambda: has_programs("soffice")),
        SystemPackage("python3-uno", lambda: Path("/usr/lib/python3/dist-packages/uno.py").is_file()),
        SystemPackage("poppler-utils", lambda: has_programs("pdftotext", "pdftoppm", "pdfinfo")),
        SystemPackage("xvfb", lambda: has_programs("Xvfb")),
        SystemPackage("xdotool", lambda: has_programs("xdotool")),
        SystemPackage("scrot", lambda: has_programs("scrot")),
        SystemPackage("postgresql", lambda: has_programs("psql") and bool(postgresql_servers())),
        SystemPackage("fonts-morisawa-bizud-gothic", lambda: has_font("BIZ UDGothic")),
        SystemPackage("fonts-ipafont-gothic", lambda: has_font("IPAGothic")),
    )


def has_programs(*names: str) -> bool:
    """True when every one of these programs is on PATH."""
    return all(shutil.which(name) for name in names)


def has_font(family: str) -> bool:
    """True when fontconfig knows a font of this family."""
    if not has_programs("fc-list"):
        return False
    found = subprocess.run(["fc-list", family], capture_output=True, check=True)
    return bool(found.stdout.strip())


def need_from_apt(packages: Sequence[str]) -> None:
    """Install Debian packages, or stop with the command that does."""
    privilege = apt_privilege()
    names = " ".join(packages)
    if privilege is None:
        stop(
            f"次のソフトが足りません: {names}。"
            f"管理者に「sudo apt-get install -y {names}」の実行を頼んでから、もう一度お試しください。",
            f"Missing system packages; install them with: sudo apt-get install -y {names}",
        )
    say(f"足りないソフトを入れます: {names}", "Installing missing system packages with apt-get.")
    apt = [*privilege, "apt-get", "-o", "DPkg::Lock::Timeout=600"]
    install = [*apt, "install", "-q", "-y", "--no-install-recommends", *packages]
    if run([*apt, "update", "-q"]) or run(install):
        stop(f"次のソフトを入れられませんでした: {names}。上の表示を確かめてください。", "apt-get failed.")


def apt_privilege() -> list[str] | None:
    """What to put before apt-get to run it as root; None where that is not to be had."""
    if not has_programs("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if not has_programs("sudo"):
        return None
    asked = subprocess.run([*sudo, "true"], capture_output=True, check=False)
    return sudo if asked.returncode == 0 else None


def run(command: Sequence[str], *, folder: Path | None = None) -> int:
    """The exit status of a command that shows what it has to say."""
    done = subprocess.run(command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, check=False)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def environment() -> dict[str, str]:
    """The environment of every command: texts in UTF-8, no questions from apt, and compiled modules kept.

    Where PYTHONDONTWRITEBYTECODE stays set, every worker and command of the tests compiles all modules again.
    """
    own = {"PYTHONUTF8": "1", "DEBIAN_FRONTEND": "noninteractive"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def say(japanese: str, english: str) -> None:
    """Show one sentence in both languages."""
    print(f"{japanese}\n  ({english})", file=sys.stderr, flush=True)


def stop(japanese: str, english: str) -> NoReturn:
    """End with a sentence that says what to do."""
    say(japanese, english)
    raise SystemExit(COULD_NOT)


def prepare_console() -> None:
    """Let a console that lacks a character show another one instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
