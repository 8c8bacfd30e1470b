"""The portable folder in the form for this system, really run: no network, and the folder only readable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import make_portable
from scripts.portable.documents import digests_below
from scripts.portable.python_home import folder_target
from scripts.portable.target import Target
from scripts.portable.wheels import fetch_wheels, needed_on
from tests.paths import SAMPLE

pytestmark = pytest.mark.soak
# Run in namespaces of its own: no network but the own computer's, the first argument read-only.
ALONE = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$1" && shift && exec "$@"'
UNSHARED = ("unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-c", ALONE)
PERIOD = "第3四半期"
REPORT = Path(PERIOD, "報告", "事業実施状況_令和6年度第3四半期.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("portable") / "kenpo-xl"
    assert make_portable.main(["--this-system", "-o", str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the sample's period, on which the commands work one after the other."""
    root = tmp_path_factory.mktemp("work")
    shutil.copytree(SAMPLE / "提出", root / PERIOD / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", root / PERIOD)
    return root


def run(folder: Path, work: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A program of the folder, run alone; its variables are those of a fresh PC."""
    if subprocess.run([*UNSHARED[:5], "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system takes away neither network nor write permission")
    return subprocess.run(
        [*UNSHARED, folder, work, *arguments],
        env={"HOME": str(work / "home"), "PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


COMMANDS = [
    (("plan", PERIOD), 0, "埼玉支部"),
    (("build", PERIOD), 0, "作りました: 第3四半期/取りまとめ.xlsm"),
    (("check", f"{PERIOD}/提出"), 1, "誤り 3 件"),
    (("flag", f"{PERIOD}/入力/業務グループ.xlsm"), 0, "印を付けました"),
    (("fix", f"{PERIOD}/提出/業務グループ.xlsm"), 0, "はそのままです"),
    (("report", PERIOD), 0, "報告書を作りました"),
    (("watch", "."), 0, "第3四半期: 作りました（提出状況.xlsx、返却 4 件）。"),
    (("nightly", ".", "--jobs", "2"), 1, "1 期: 処理 1"),
    (("trace", ".", "1-2-2/決定達成/当年/達成率"), 0, "達成率"),
    (("doctor",), 1, "ボタンの Python"),
]


@pytest.mark.parametrize(("arguments", "status", "shown"), COMMANDS, ids=[one[0][0] for one in COMMANDS])
def test_a_command_works(
    folder: Path, work: Path, arguments: tuple[str, ...], status: int, shown: str
) -> None:
    # In the foreground the signal comes once; the whole group gets it twice, and a second one ends at once.
    ended = ("timeout", "--preserve-status", "--foreground", "20") if "watch" in arguments else ()
    done = run(folder, work, *ended, folder / "kenpo-xl", *arguments)
    output = done.stderr if "watch" in arguments else done.stdout
    assert (done.returncode, shown in output) == (status, True), done.stdout + done.stderr
    assert "誤りで止まりました" not in done.stderr


def test_what_they_made_is_there(work: Path) -> None:
    made = ["入力/業務グループ.xlsm", "取りまとめ.xlsm", "報告/提出状況.xlsx", "返却/業務グループ.xlsm"]
    assert all((work / PERIOD / name).is_file() for name in made)
    assert (work / REPORT).is_file()


def test_a_library_that_is_missing_is_named_in_one_sentence(folder: Path, work: Path) -> None:
    done = run(folder, work, folder / "kenpo-xl", "export", PERIOD)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "pandas を使えません。" in done.stderr
    assert "pip" not in done.stderr


def test_doctor_names_the_python_of_the_folder(folder: Path, work: Path) -> None:
    python = folder / "python" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    assert (
        f"KENPO_XL_PYTHON に {python} と入れるか" in run(folder, work, folder / "kenpo-xl", "doctor").stdout
    )


def test_a_button_answers_and_leaves_nothing_in_the_folder(folder: Path, work: Path) -> None:
    """Also where it could write: what Python would compile is compiled."""
    target, before = folder_target(folder), digests_below(folder)
    answer = work / "answer.txt"
    command = [
        folder / "python" / target.program,
        "-P",
        "-m",
        "kenpo_xl.buttons",
        "check",
        f"--done={answer}",
    ]
    variables = {"HOME": str(work), "LD_LIBRARY_PATH": str(folder / "python"), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=work, env=variables, capture_output=True, check=False)
    assert done.returncode == 3, done.stderr
    assert answer.read_text(encoding="utf-8").startswith("ng\n開いているブックにつながりませんでした。")
    assert digests_below(folder) == before


@pytest.mark.parametrize("tag", ["win_amd64", "win32", "win_arm64"])
def test_the_libraries_exist_for_windows(tmp_path: Path, tag: str) -> None:
    """Every locked library has a wheel of a locked hash."""
    target = Target((3, 12), tag, {"win_amd64": "AMD64", "win32": "x86", "win_arm64": "ARM64"}[tag])
    wanted = needed_on(target)
    fetch_wheels(wanted, target, tmp_path, wheels=None)
    assert len(list(tmp_path.glob("*.whl"))) == len(wanted)
