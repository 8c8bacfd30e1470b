"""Workbook to PDF through an installed LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.common.content_seal import pdf_with_seal
from kenpo_xl.books.report.print_profile import make_print_profile
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.storage.processes import program_on_path

SECONDS = 300
_PROFILE = "profile"
KEEPS_FREED_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(2**28), "MALLOC_MMAP_THRESHOLD_": str(2**27)}
"""What makes glibc keep the memory that LibreOffice frees: else it returns and asks for it again and again.

Of the 1.3 CPU seconds that a start took, 0.8 went there. Other systems ignore these variables.
"""


def convert_to_pdf(workbook: Path, pdf: Path, *, seconds: float = SECONDS) -> None:
    """Print the whole workbook to a sealed PDF file, written to a temporary file and renamed.

    Raises KenpoError where LibreOffice is not installed, takes too long or fails, or the PDF is open.
    """
    program = find_libreoffice()
    if program is None:
        raise KenpoError(
            "LibreOffice が見つからないため PDF を作れません"
            "（LibreOffice を入れるか、Excel で報告書を開いて PDF として保存してください）。"
        )
    # LibreOffice may hold on to its profile for a moment after it ended, on Windows above all.
    with tempfile.TemporaryDirectory(prefix="kenpo-xl-", ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copy(workbook, folder))
        make_print_profile(copy.with_name(_PROFILE))
        _run_conversion(_conversion_command(program, copy), seconds, copy.parent)
        save_sealed_pdf(copy.with_suffix(".pdf"), pdf)


def find_libreoffice() -> Path | None:
    """The LibreOffice program on PATH, or in a standard installation path."""
    found = program_on_path("soffice", "libreoffice")
    return found or next((path for path in _standard_install_paths() if path.is_file()), None)


def _standard_install_paths() -> Iterator[Path]:
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if variable in os.environ:
            yield Path(os.environ[variable], "LibreOffice", "program", "soffice.exe")
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    yield Path("/usr/bin/soffice")
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    yield Path("/snap/bin/libreoffice")


def _conversion_command(program: Path, workbook: Path) -> list[str]:
    folder = workbook.parent
    return [
        str(program),
        f"-env:UserInstallation={(folder / _PROFILE).as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault"),
        *("--convert-to", "pdf:calc_pdf_Export", "--outdir", str(folder), str(workbook)),
    ]


def _run_conversion(command: list[str], seconds: float, folder: Path) -> None:
    """Run LibreOffice; only the PDF shows success, the exit status does not."""
    process = subprocess.Popen(
        command,
        # No file of the current folder is loaded as a library or module.
        cwd=folder,
        # Japanese file names fail without a UTF-8 locale.
        env={**os.environ, **KEEPS_FREED_MEMORY, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise KenpoError(
            f"LibreOffice が {seconds:g} 秒たっても PDF を作り終えないため中止しました"
            "（ほかの作業を終えてから、もう一度お試しください）。"
        ) from None
    finally:
        _kill_process_tree(process)


def _kill_process_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill LibreOffice and the processes that it started, if it still runs."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def save_sealed_pdf(made: Path, pdf: Path) -> None:
    """Save a PDF that was made at `made`, with our seal; KenpoError where there is none."""
    if not made.is_file():
        raise KenpoError(
            "LibreOffice が PDF を作れませんでした（報告書を Excel で開いて PDF として保存してください）。"
        )
    with atomic_write(pdf) as beside:
        beside.write_bytes(pdf_with_seal(made.read_bytes()))
