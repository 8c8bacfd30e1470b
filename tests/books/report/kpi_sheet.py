"""Reading the sheet KPI一覧 of a report: rows by header, charts with what their caches hold."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from kenpo_xl.books.report.chart_data import CHART_DATA
from kenpo_xl.books.report.kpi_sheet import KPI_START
from tests.books.report.written_book import WrittenBook

SHEET = "KPI一覧"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass
class Line:
    """A series of a chart: what it refers to, and the points that its cache holds by their index."""

    refs: dict[str, str] = field(default_factory=dict)
    points: dict[int, float] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


@dataclass
class Chart:
    kind: str
    title: str
    lines: list[Line]
    xml: ET.Element

    def axis(self, tag: str) -> str:
        """The value of an element of the axis of values."""
        found = self.xml.find(f".//{C}valAx//{C}{tag}")
        assert found is not None
        return found.get("val") or found.get("formatCode") or ""


class Written:
    """A report that was written: its sheet as openpyxl reads it, and its charts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = WrittenBook(path)
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
            names.sort(key=lambda name: int(re.sub(r"\D", "", name)))
            self.charts = [_chart(ET.fromstring(package.read(name))) for name in names]

    @property
    def sheet(self) -> Any:
        return self.book[SHEET]

    def row(self, number: int = 1) -> dict[str, Any]:
        """The cells of the nth KPI by the headers above them."""
        headers = [cell.value for cell in self.sheet[KPI_START + 1]]
        return dict(zip(headers, self.sheet[KPI_START + 1 + number], strict=True))

    def values(self, reference: str) -> list[Any]:
        """The values of cells as a chart refers to them."""
        sheet, _, area = reference.replace("$", "").rpartition("!")
        assert sheet.strip("'") == CHART_DATA
        cells = self.book[CHART_DATA][area]
        return [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]


def _chart(root: ET.Element) -> Chart:
    plot = root.find(f".//{C}barChart")
    kind = "bar" if plot is not None else "line"
    lines = []
    for series in root.iter(f"{C}ser"):
        line = Line()
        for tag in ("tx", "cat", "val"):
            found = series.find(f"{C}{tag}//{C}f")
            assert found is not None
            line.refs[tag] = str(found.text)
        cache = series.findall(f"{C}val//{C}pt")
        line.points = {int(pt.get("idx", "")): float(pt.findtext(f"{C}v", "")) for pt in cache}
        line.names = [pt.findtext(f"{C}v", "") for pt in series.findall(f"{C}cat//{C}pt")]
        lines.append(line)
    title = root.find(f".//{C}title//{C}v")
    return Chart(kind, str(title.text) if title is not None else "", lines, root)
