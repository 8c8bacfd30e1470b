"""The two commands of the README: the same as CI's, and one sentence where they cannot work."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.paths import ROOT, SCRIPTS

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script on a machine whose PATH holds nothing."""
    return subprocess.run(
        [sys.executable, str(SCRIPTS / "run.py"), *arguments],
        env={"PATH": str(tmp_path), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = re.findall(r"^python3 scripts/run\.py .*$", read("README.md"), flags=re.MULTILINE)
    assert len(commands) == 2
    assert f"exec {commands[1]}\n" in read(".ci/run")


def test_the_readme_tells_where_the_sample_report_lies() -> None:
    assert "`workbooks/saitama-fy2024-q3/報告/事業実施状況_令和6年度第3四半期.xlsx`" in read("README.md")


def test_missing_system_packages_are_named_with_the_command(tmp_path: Path) -> None:
    done = run(tmp_path, "test")
    assert done.returncode == 3
    assert "「sudo apt-get install -y libreoffice-calc " in done.stderr
    assert "poppler-utils xvfb xdotool scrot postgresql fonts-morisawa-bizud-gothic" in done.stderr


@pytest.fixture
def script() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("run_script", SCRIPTS / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_fast_tests_need_no_system_package(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """On a machine without any: lint and types run too, other arguments go to pytest."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(script, "PYTHON", Path(shutil.which("true", path=os.defpath) or ""))
    monkeypatch.setattr(script, "set_up", lambda _: None)
    assert script.main(["test", "-k", "dates", "--fast"]) == 0
    steps = [line for line in capsys.readouterr().out.splitlines() if line.startswith(":: ")]
    assert [step.split()[3] for step in steps[:-1]] == ["ruff", "ruff", "mypy", "pytest"]
    assert steps[-2].endswith(" -m not libreoffice and not postgresql and not period and not soak -k dates")


def test_the_cpu_time_of_all_processes_is_shown(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    burn = "import time\nwhile time.process_time() < 1: pass"
    child = ("-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)")
    monkeypatch.setattr(script, "TEST_STEPS", (child,))
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(script, "set_up", lambda _: None)
    assert script.main(["test", "--fast"]) == 0
    shown = re.fullmatch(r":: (\d+) CPU seconds, (\d+) seconds", capsys.readouterr().out.splitlines()[-1])
    assert shown
    assert 1 <= int(shown[1]) <= 3


def test_compiled_modules_are_kept(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "module.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    assert script.run([sys.executable, "-c", "import module"], folder=tmp_path) == 0
    assert list(tmp_path.glob("compiled/**/module.*.pyc"))


def test_without_a_command_it_is_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "README.md" in done.stderr


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_package_index(lock: str) -> None:
    assert "://" not in read(lock)


def test_the_tests_lock_holds_the_other_one() -> None:
    runtime, tests = ({line for line in read(lock).splitlines() if "==" in line} for lock in LOCKS)
    assert {line for line in runtime if "uv pip compile" not in line} <= tests


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["parquet"]
    locked = set(re.findall(r"^([\w.-]+)==", read("requirements.lock"), flags=re.MULTILINE))
    assert {re.match(r"[\w.-]+", each).group() for each in wanted} <= locked
