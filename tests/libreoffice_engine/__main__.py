"""Runs a module as `python -m MODULE …` does, with xlwings attached to a running LibreOffice.

    python -m tests.libreoffice_engine [-P] -m MODULE ARGUMENT …

LibreOffice's pipe stands in the environment as LIBREOFFICE_PIPE, the file of what is shared with other
processes as LIBREOFFICE_STATE. What is run stands in the state's `runs`: the module, its arguments, and
its exit status, which is None until it has ended.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.libreoffice_engine.app import attach

PIPE = "LIBREOFFICE_PIPE"
STATE = "LIBREOFFICE_STATE"
CRASHED = -1


def main(arguments: Sequence[str]) -> int:
    """The exit status of the module."""
    # As Python takes it: -P says that the current folder holds no modules.
    arguments = arguments[arguments[:1] == ["-P"] :]
    if len(arguments) < 2 or arguments[0] != "-m":
        raise SystemExit(__doc__)
    state = attach(os.environ[PIPE], Path(os.environ[STATE])).impl.state
    run = {"module": arguments[1], "arguments": arguments[2:], "status": None}
    state.append("runs", run)
    run["status"] = CRASHED
    try:
        run["status"] = _run(arguments[1], arguments[2:])
    finally:
        state.set("runs", [*state.get("runs")[:-1], run])
    return run["status"]


def _run(module: str, arguments: Sequence[str]) -> int:
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
