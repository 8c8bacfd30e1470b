"""The sample reported and printed once for all tests here, and a copy of its folder for those that edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.tasks.report import ReportResult, make_report
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.paths import SAMPLE
from tests.tasks.structured import write_structured_period


@pytest.fixture(scope="session")
def produced(tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
    """The report of the sample as handed in."""
    return make_report(SAMPLE, output=tmp_path_factory.mktemp("produced") / "報告.xlsx")


@pytest.fixture(scope="session")
def produced_pdf(produced: ReportResult, office: Office) -> Path:
    pdf = produced.path.with_suffix(".pdf")
    office.to_pdf(produced.path, pdf)
    return pdf


@pytest.fixture(scope="session")
def produced_text(produced_pdf: Path) -> str:
    return pdf_text(produced_pdf)


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period folder of our own: the sample's plan book and what was handed in."""
    folder = tmp_path / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The period of `structured` as submitted; tests that edit take a copy."""
    return write_structured_period(tmp_path_factory.mktemp("city") / "第2四半期")
