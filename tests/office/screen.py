"""A screen in memory (Xvfb), with a mouse (xdotool), to be looked at (scrot)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple, Self


class Box(NamedTuple):
    """Where something is on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int


class Screen:
    """One private X server; it goes with the process that started it."""

    def __init__(self, width: int = 1280, height: int = 960) -> None:
        self.width, self.height = width, height
        self._server: subprocess.Popen[str] | None = None
        self.display = ""

    def __enter__(self) -> Self:
        size = f"{self.width}x{self.height}x24"
        # The server takes a free display and tells its number when it is ready.
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.display = f":{self._server.stdout.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stdout.close()
        self._server.terminate()
        self._server.wait(15)

    def click(self, box: Box) -> None:
        """Press and release the left button of the mouse in the middle of a box."""
        x, y = box.left + box.width // 2, box.top + box.height // 2
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def picture(self, path: Path, part: Box | None = None) -> None:
        """Write what the screen shows, or a part of it, to a picture file; its suffix tells the format."""
        wanted = ("--autoselect", ",".join(map(str, part))) if part else ()
        self._run("scrot", "--overwrite", *wanted, str(path))

    def count(self, colour: tuple[int, int, int], folder: Path) -> int:
        """How many pixels of the screen show this colour."""
        self.picture(folder / "screen.pnm")
        pixels = (folder / "screen.pnm").read_bytes()[-3 * self.width * self.height :]
        return pixels.count(bytes(colour))

    def _run(self, *command: str) -> None:
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(command, env=environment, check=True, timeout=30, capture_output=True)
