"""One private soffice process: started on first use, ended by its process id, nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kenpo_xl.books.report.pdf import KEEPS_FREED_MEMORY
from tests.office import bridge

START_SECONDS = 120
END_SECONDS = 15
# LibreOffice leaves with this status when it has just made a fresh profile and wants to be started again.
WANTS_RESTART = 81


class Server:
    """A soffice process with a profile and temporary files of its own, reached over a named pipe.

    Its macros, and what they start, see this environment and the pipe's name in it as LIBREOFFICE_PIPE.
    It shows itself on an X display where one is given.
    """

    def __init__(self, environment: Mapping[str, str] | None = None, *, display: str = "") -> None:
        self._environment = dict(environment or {})
        self._display = display
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe = ""
        self._sockets: list[Path] = []
        self._desktop: Any = None

    @property
    def folder(self) -> Path:
        """A temporary folder that goes with the process."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="kenpo-xl-office-"))
        return self._folder

    @property
    def process_id(self) -> int | None:
        """The process; None before the first use and after the end."""
        return self._process and self._process.pid

    @property
    def pipe(self) -> str:
        """The name of the pipe that the process listens on."""
        return self._pipe

    @property
    def desktop(self) -> Any:
        """LibreOffice's Desktop; the process is started when there is none, or none any more."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        return self._desktop

    @contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """Kill the process when this takes longer: the waiting call then fails instead of hanging."""
        watch = threading.Timer(seconds, self._kill)
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def end(self) -> None:
        """End the process, politely first, and remove its files."""
        if self._process is not None:
            self._terminate()
            self._process.wait()
            self._remove_sockets()
        if self._folder is not None:
            shutil.rmtree(self._folder)
        self._process = self._folder = self._desktop = None

    def _start(self) -> None:
        self._remove_sockets()
        self._pipe = f"kenpo-xl-{uuid.uuid4().hex}"
        until = time.monotonic() + START_SECONDS
        # The profile is made first: whoever starts with a fresh one may answer, then ask for a restart.
        made = [*self._command(), "--terminate_after_init"]
        subprocess.run(made, **self._surroundings(), check=False, timeout=START_SECONDS)
        while True:
            self._process = subprocess.Popen([*self._command(), self._accepting()], **self._surroundings())
            context = self._connect(until)
            if context is not None:
                self._sockets = sockets_of(self._process.pid)
                self._desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
                return

    def _command(self) -> list[str]:
        # setpriv becomes soffice.bin: the process id stays, and a killed test run takes its office along.
        return [
            *("setpriv", "--pdeathsig", "KILL"),
            str(_program()),
            f"-env:UserInstallation={bridge.url(self.folder / self._pipe)}",
            *("--norestore", "--nologo", "--nodefault", *([] if self._display else ["--headless"])),
        ]

    def _accepting(self) -> str:
        return f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext"

    def _surroundings(self) -> dict[str, Any]:
        # Without a UTF-8 locale Japanese file names fail.
        own = {"LC_ALL": "C.UTF-8", "TMPDIR": str(self.folder), **KEEPS_FREED_MEMORY}
        environment = {**os.environ, **own, **self._environment, "LIBREOFFICE_PIPE": self._pipe}
        if self._display:
            environment["DISPLAY"] = self._display
        silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        return {"env": environment, **silent}

    def _connect(self, until: float) -> Any:
        """The component context; None when the process wants to be started again."""
        while True:
            with suppress(bridge.error("connection.NoConnectException")):
                return bridge.connected(self._pipe)
            status = self._process.poll()
            if status == WANTS_RESTART:
                return None
            if status is not None or time.monotonic() > until:
                self._kill()
                raise RuntimeError(f"LibreOffice did not start (exit status {status})")
            time.sleep(0.05)

    def _terminate(self) -> None:
        # It may be gone already, or refuse while a document is busy.
        gone = (bridge.error("lang.DisposedException"), bridge.error("uno.RuntimeException"))
        with self.time_limit(END_SECONDS), suppress(*gone):
            if self._desktop is not None and self._process.poll() is None:
                self._desktop.terminate()
                self._process.wait(END_SECONDS)
        self._kill()

    def _kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def _remove_sockets(self) -> None:
        """A killed process leaves its pipes in /tmp."""
        for socket in self._sockets:
            socket.unlink(missing_ok=True)
        self._sockets = []


def sockets_of(process: int) -> list[Path]:
    """The named sockets that a process holds open."""
    opened = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        # It goes on opening and closing files meanwhile.
        with suppress(FileNotFoundError):
            opened.add(str(handle.readlink()))
    lines = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    named = [fields for fields in map(str.split, lines) if len(fields) == 8 and fields[7].startswith("/tmp/")]
    return [Path(fields[7]) for fields in named if f"socket:[{fields[6]}]" in opened]


def _program() -> Path:
    """soffice.bin itself: the process of the wrapper `soffice` is not the one to end."""
    wrapper = shutil.which("soffice")
    if wrapper is None:
        raise RuntimeError("LibreOffice is not installed; run: python3 scripts/run.py test")
    return Path(wrapper).resolve().with_name("soffice.bin")
