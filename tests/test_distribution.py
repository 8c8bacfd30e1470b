"""The built wheel does the main job by itself, in a folder that holds nothing but the books handed in."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.paths import ROOT, TEMPLATES
from tests.tasks.nightly.small_branches import write_branch
from tests.tasks.two_groups import TEXTS

REPORT = Path("報告", "事業実施状況_令和6年度第3四半期.xlsx")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the locked build backend and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it, and the libraries of the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    made = folder / "環境"
    run(sys.executable, "-m", "venv", "--without-pip", made, cwd=folder)
    pip = [sys.executable, "-m", "pip", "--python", made / "bin" / "python"]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    # A path line of a .pth adds the folder and reads no .pth in it: the editable install stays out.
    borrowed = sysconfig.get_paths()["purelib"]
    (site_packages(made) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return made


@contextmanager
def hidden(environment: Path, *names: str) -> Iterator[Path]:
    """The environment as if these modules were not installed."""
    files = [site_packages(environment) / f"{name}.py" for name in names]
    for file in files:
        file.write_text("raise ModuleNotFoundError(__name__)\n", encoding="utf-8")
    try:
        yield environment
    finally:
        for file in files:
            file.unlink()


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A plan book and submissions, of which one has an error, and nothing else."""
    return write_branch(tmp_path / "第3四半期", "東支部")


def test_the_wheel_carries_the_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix("kenpo_xl/templates/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("kenpo_xl/templates/")
        }
    files = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    assert "status_report.xlsx" in carried
    assert carried == {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in files}


def test_the_wheel_carries_the_changelog(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("kenpo_xl/CHANGELOG.md") == (ROOT / "CHANGELOG.md").read_bytes()


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kenpo_xl"}


def test_the_installed_package_is_the_wheel_s(environment: Path, tmp_path: Path) -> None:
    python = environment / "bin" / "python"
    found = run(python, "-c", "import kenpo_xl; print(kenpo_xl.__file__)", cwd=tmp_path).stdout
    assert Path(found.strip()) == site_packages(environment) / "kenpo_xl" / "__init__.py"


def test_the_wheel_writes_the_report(environment: Path, period: Path, tmp_path: Path) -> None:
    done = report(environment, period, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (period / REPORT).is_file()
    assert zipfile.is_zipfile(period / REPORT)


def test_the_template_that_is_used_is_the_wheel_s(environment: Path, period: Path, tmp_path: Path) -> None:
    templates = site_packages(environment) / "kenpo_xl" / "templates"
    away = templates.rename(templates.with_name("away"))
    done = report(environment, period, tmp_path)
    away.rename(templates)
    assert done.returncode == 3, done.stderr
    assert not (period / REPORT).exists()


class TestWithoutPyArrow:
    """It belongs to the extra `parquet`, which a wheel can be installed without."""

    @pytest.fixture
    def without(self, environment: Path) -> Iterator[Path]:
        with hidden(environment, "pyarrow"):
            yield environment

    def test_it_is_named_as_an_extra(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            lines = archive.read(name).decode().splitlines()
        named = [line for line in lines if "pyarrow" in line]
        assert named == ["Requires-Dist: pyarrow>=17; extra == 'parquet'"]

    def test_parquet_is_refused_in_one_sentence(self, without: Path, period: Path, tmp_path: Path) -> None:
        done = kenpo(without, "export", period, "--format", "parquet", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 1
        assert "pyarrow" in done.stderr
        assert f"「{without / 'bin' / 'python'} -m pip install pyarrow」" in done.stderr
        assert not (period / "報告").exists()

    def test_csv_is_the_same(self, environment: Path, period: Path, tmp_path: Path) -> None:
        with hidden(environment, "pyarrow") as without:
            assert kenpo(without, "export", period, "-o", "数値.csv", cwd=tmp_path).returncode == 0
        assert kenpo(environment, "export", period, "-o", "同じ.csv", cwd=tmp_path).returncode == 0
        assert (tmp_path / "数値.csv").read_bytes() == (tmp_path / "同じ.csv").read_bytes()

    def test_the_report_is_written(self, without: Path, period: Path, tmp_path: Path) -> None:
        assert report(without, period, tmp_path).returncode == 0


class TestWithoutPandas:
    """It belongs to the extra `export`, which a wheel can be installed without."""

    @pytest.fixture
    def without(self, environment: Path) -> Iterator[Path]:
        with hidden(environment, "pandas", "pyarrow"):
            yield environment

    @pytest.mark.parametrize("file_format", ["csv", "parquet"])
    def test_export_is_refused_in_one_sentence(
        self, without: Path, period: Path, tmp_path: Path, file_format: str
    ) -> None:
        done = kenpo(without, "export", period, "--format", file_format, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
        assert "数値の書き出しに要る pandas を使えません。" in done.stderr

    def test_doctor_does_not_miss_it(self, without: Path, tmp_path: Path) -> None:
        done = kenpo(without, "doctor", cwd=tmp_path)
        assert "良好　　部品：" in done.stdout
        assert "pandas" not in done.stdout


class TestWithoutDictionary:
    """It belongs to the extra `proofread`, which a wheel can be installed without."""

    @pytest.fixture
    def without(self, environment: Path) -> Iterator[Path]:
        with hidden(environment, "sudachipy"):
            yield environment

    def test_a_check_works_and_says_what_it_did_not(
        self, without: Path, period: Path, tmp_path: Path
    ) -> None:
        done = kenpo(without, "check", period / "提出" / f"{TEXTS}.xlsm", cwd=tmp_path)
        assert done.stderr == ""
        assert "このパソコンに文章を調べる辞書がないため" in done.stdout
        assert done.stdout.splitlines()[-1] == "文章の点検はしていません。"

    def test_the_report_is_written(self, without: Path, period: Path, tmp_path: Path) -> None:
        assert report(without, period, tmp_path).returncode == 0


class TestWithoutDriver:
    """psycopg belongs to the extra `postgresql`, which a wheel can be installed without."""

    @pytest.fixture
    def without(self, environment: Path) -> Iterator[Path]:
        with hidden(environment, "psycopg"):
            yield environment

    def test_a_server_is_refused_in_one_sentence(self, without: Path, period: Path, tmp_path: Path) -> None:
        done = kenpo(
            without, "nightly", period, "--ledger", "postgresql://kenpo@localhost/kenpo", cwd=tmp_path
        )
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 1
        assert "psycopg" in done.stderr

    def test_a_night_needs_none(self, without: Path, period: Path, tmp_path: Path) -> None:
        done = kenpo(without, "nightly", period, "--jobs", "1", cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert (period / "台帳.sqlite3").is_file()


def report(environment: Path, period: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return kenpo(environment, "report", period, cwd=folder)


def kenpo(environment: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run(environment / "bin" / "kenpo-xl", *arguments, cwd=cwd, check=False)


def site_packages(environment: Path) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return environment / "lib" / version / "site-packages"


def run(*command: str | Path, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The finished process; what it said is shown when it should not have failed."""
    variables = {**os.environ, "PYTHONUTF8": "1"}
    variables.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done
