"""The part of a worksheet: order of its elements, contents of its cells, widths and heights."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from xml.parsers import expat

from kenpo_xl.domain.cell_reference import CellPosition, cell_position, range_rectangle
from kenpo_xl.ooxml.edit.wanted_cells import shift_offsets, xml_of_wanted_cells
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, parse_nodes, parse_with_expat, rows_start_and_end

# The order of the schema (ECMA-376 part 1, 18.3.1.99); AlternateContent wraps anything from controls on.
_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *(
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
    ),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    *("extLst", "AlternateContent"),
)
_BOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "revisionPtr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews"),
    *("pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects"),
    "extLst",
)
_STYLE_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"),
    *("colors", "extLst"),
)
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0


def insert_child(draft: XmlPart, root: Node, local: str, text: str) -> None:
    """Insert an element below the root of a sheet, workbook or style sheet, in the order of the schema."""
    order = {"workbook": _BOOK_ORDER, "styleSheet": _STYLE_ORDER}.get(root.local, _ORDER)
    later = set(order[order.index(local) + 1 :])
    following = next((child for child in root.children if child.local in later), None)
    if following is None:
        draft.append_child(root, text)
    else:
        draft.insert(following.start, text)


@dataclass
class CellContent:
    """A cell as stored: the kind (`t`), the text of its value or the inline text, entities resolved."""

    kind: str = ""
    value: str = ""
    inline: str = ""


@dataclass
class Grid:
    """Some cells of a sheet, its merged ranges, column widths and row heights."""

    root: Node
    cells: dict[CellPosition, CellContent] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)

    @cached_property
    def merges(self) -> list[tuple[int, int, int, int]]:
        holder = self.root.child("mergeCells")
        found = (range_rectangle(node.get("ref")) for node in (holder.children if holder else ()))
        return [rectangle for rectangle in found if rectangle]

    def merge_anchor(self, place: CellPosition) -> CellPosition:
        """The cell itself, or the first cell of the merged range that contains it."""
        row, column = place
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return place

    @cached_property
    def _column_ranges_and_widths(self) -> list[tuple[int, int, int]]:
        holder = self.root.child("cols")
        return [
            (
                int(node.get("min") or 0),
                int(node.get("max") or 0),
                0
                if node.get("hidden") in ("1", "true")
                else _width_in_pixels(_number_or_default(node.get("width"), _DEFAULT_WIDTH)),
            )
            for node in (holder.children if holder else ())
        ]

    def width_in_pixels(self, column: int) -> int:
        """The width of a column in pixels."""
        found = (width for first, last, width in self._column_ranges_and_widths if first <= column <= last)
        return next(found, self._default_width)

    def height_in_pixels(self, row: int) -> int:
        """The height of a row in pixels."""
        return round(self.heights.get(row, self._default_height) / 0.75)

    @cached_property
    def _default_width(self) -> int:
        return _width_in_pixels(self._default_size("defaultColWidth", _DEFAULT_WIDTH))

    @cached_property
    def _default_height(self) -> float:
        return self._default_size("defaultRowHeight", _DEFAULT_HEIGHT)

    def _default_size(self, attribute: str, default: float) -> float:
        form = self.root.child("sheetFormatPr")
        return _number_or_default(form.get(attribute) if form else "", default)


def read_grid(draft: XmlPart, wanted: Collection[CellPosition] | None = None) -> Grid:
    """The grid of a sheet with the wanted cells, or with all."""
    grid = Grid(draft.root_node(3))
    if wanted is None:
        _GridReader(grid, None).read_part(draft.part, draft.content)
    else:
        places = frozenset(map(grid.merge_anchor, wanted))
        _GridReader(grid, places).read_part(
            draft.part, xml_of_wanted_cells(draft.content, places) or draft.content
        )
    return grid


def row_nodes(draft: XmlPart, *, deep: bool = False) -> list[Node]:
    """The row elements of a small sheet; if `deep`, with cells and their children."""
    start, end = rows_start_and_end(draft.content)
    content = b"<rows>" + draft.content[start:end] + b"</rows>" if end else draft.content
    root = parse_nodes(draft.part, content, (2 if end else 3) + 2 * deep)
    rows = root.children if end else getattr(root.child("sheetData"), "children", [])
    shift_offsets(rows if end else (), start - len(b"<rows>"))
    return rows


class _GridReader:
    """Reads rows and cells into a grid; those without a reference follow the one before."""

    def __init__(self, grid: Grid, wanted: frozenset[CellPosition] | None) -> None:
        self.grid, self.wanted = grid, wanted
        self.row = self.column = 0
        self.cell: CellContent | None = None
        self.inside = ""
        self.ruby = False

    def read_part(self, part: str, content: bytes) -> None:
        machine = expat.ParserCreate("utf-8")
        machine.buffer_text = True
        machine.StartElementHandler = self.on_start_element
        machine.EndElementHandler = self.on_end_element
        machine.CharacterDataHandler = self.on_character_data
        parse_with_expat(machine, part, content)

    def on_start_element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._begin_row(attributes)
        elif local == "c" and self.row:
            reference = attributes.get("r")
            self.column = cell_position(reference)[1] if reference else self.column + 1
            self.cell = None
            if self.wanted is None or (self.row, self.column) in self.wanted:
                self.cell = CellContent(attributes.get("t", ""))
                self.grid.cells[self.row, self.column] = self.cell
        elif local == "rPh":
            self.ruby = True
        elif local in ("v", "t") and not self.ruby:
            self.inside = local

    def on_end_element(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.cell = None
        elif local == "sheetData":
            self.row = 0
        elif local == "rPh":
            self.ruby = False
        elif local in ("v", "t"):
            self.inside = ""

    def on_character_data(self, text: str) -> None:
        if self.cell is not None and self.inside == "v":
            self.cell.value += text
        elif self.cell is not None and self.inside == "t":
            self.cell.inline += text

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r") or self.row + 1)
        self.column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.grid.heights[self.row] = 0
        elif "ht" in attributes:
            self.grid.heights[self.row] = _number_or_default(attributes["ht"], _DEFAULT_HEIGHT)


def _width_in_pixels(width: float) -> int:
    """The pixels of a column width in characters, for a font of seven pixels a digit."""
    return int(width * 7 + 5) if width >= 1 else round(width * 12)


def _number_or_default(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default


def ranges_contain(ranges: Iterable[str], place: CellPosition) -> bool:
    """Whether one of the ranges of an sqref contains the cell."""
    row, column = place
    return any(
        top <= row <= bottom and left <= column <= right
        for top, left, bottom, right in filter(None, map(range_rectangle, ranges))
    )


def column_styles(root: Node) -> dict[int, str]:
    """The style number of each column that has one, by column (1-based); at most the first hundred."""
    holder = root.child("cols")
    return {
        column: node.get("style")
        for node in (holder.children if holder else ())
        if node.get("style")
        for column in range(int(node.get("min")), min(int(node.get("max")), 100) + 1)
    }
