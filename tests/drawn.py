"""Plan books drawn for tests; a drawing that comes again is not written again."""

from __future__ import annotations

from pathlib import Path

from scripts.plan_drawing import PlanDrawing, write_plan_book

_contents: dict[str, bytes] = {}


def write_drawn_book(path: Path, drawing: PlanDrawing) -> None:
    """Write the plan book of a drawing to `path`."""
    key = repr(drawing)
    if key not in _contents:
        write_plan_book(path, drawing)
        _contents[key] = path.read_bytes()
    path.write_bytes(_contents[key])
