"""The script that tries Windows and Excel: its form, and that what it asks for exists. It cannot run here."""

from __future__ import annotations

import re

from kenpo_xl.cli.commands import main
from tests.paths import LAUNCHER, ROOT, SCRIPTS

TEXT = (SCRIPTS / "windows_proof.ps1").read_bytes()
WORKFLOW = (ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")


def test_any_powershell_reads_it() -> None:
    """Windows' own takes a file without a mark as one in the encoding of the PC, so it is ASCII."""
    assert TEXT.isascii()
    assert TEXT.count(b"\r\n") == TEXT.count(b"\n")


def test_its_commands_exist() -> None:
    asked = set(re.findall(r"Invoke-Kenpo @\('(\w+)'", TEXT.decode("ascii")))
    assert {"plan", "build", "check", "report", "nightly", "doctor"} == asked
    assert asked <= set(main.list_commands(None))


def test_the_macros_that_it_names_exist() -> None:
    macros = set(re.findall(r"^Public Sub (\w+)\(", LAUNCHER.read_text(encoding="ascii"), re.MULTILINE))
    line = next(line for line in TEXT.decode("ascii").splitlines() if "-notin" in line)
    named = {*re.findall(r"'(\w+)'", line), "NextFinding", "BackToFindings"}
    assert named <= macros


def test_the_workflow_calls_it_with_its_own_parameters() -> None:
    call = next(line for line in WORKFLOW.splitlines() if "windows_proof.ps1" in line)
    parameters = set(re.findall(r"\[\w+\]\$(\w+)", TEXT.decode("ascii").partition("Set-StrictMode")[0]))
    assert set(re.findall(r" -(\w+)", call)) | {"NoExcel"} <= parameters
    assert "shell: powershell" in WORKFLOW
