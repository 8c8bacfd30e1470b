"""Workbooks of many kinds to put marks into: name → maker. B2 of the first sheet is there to be flagged."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

Parts = dict[str, bytes]
Maker = Callable[[Path], None]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def pack(path: Path, parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 1, 0, 0, 0)), content, method)


def stream(path: Path) -> None:
    """Pack the book anew with data descriptors, as programs do that write into a pipe."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.taken = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            piece = bytes(data)  # type: ignore[call-overload]
            self.taken += piece
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in parts_of(path).items():
            archive.writestr(name, content)
    path.write_bytes(bytes(pipe.taken))


# What a book holds, as XlsxWriter writes it.


def cells(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_row(0, 0, ["項目", "値", "率"])
    sheet.write_row(1, 0, ["件数", 12345, 0.285])
    sheet.write(2, 1, "文字 ＜&>")
    sheet.write_formula(3, 1, "=B2*2", value=24690)


def notes(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_comment("B2", "職員の注記\n二行目", {"author": "職員"})
    sheet.write_comment("D9", "ほかの注記", {"author": "別の職員", "visible": True})


def chart(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=Sheet1!$B$2:$B$4"})
    sheet.insert_chart("E2", drawn)


def image(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.insert_image("E9", "a.png", {"image_data": io.BytesIO(PNG)})


def header_picture(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.set_header("&L&G", {"image_left": "a.png", "image_data_left": io.BytesIO(PNG)})


def button(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.insert_button("F2", {"macro": "check", "caption": "点検"})
    sheet.insert_checkbox("A9", True) if hasattr(sheet, "insert_checkbox") else None


def table(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.add_table("H1:I4", {"columns": [{"header": "甲"}, {"header": "乙"}]})


def formats(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    look = book.add_format({"bg_color": "#00FF00"})
    rule = {"type": "cell", "criteria": ">", "value": 3, "format": look, "stop_if_true": True}
    sheet.conditional_format("A1:C9", rule)
    sheet.conditional_format("B1:B9", {"type": "data_bar", "data_bar_2010": True})


def validation(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.data_validation("A5:A9", {"validate": "list", "source": ["甲", "乙"]})
    sheet.autofilter("A1:C4")
    sheet.write_url("A6", "https://example.org/")


def sparkline(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.add_sparkline("J1", {"range": "Sheet1!B2:B4"})


def merged(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.merge_range("A2:B3", "結合")


def protected(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.protect("secret")
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_h_pagebreaks([5])
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})


def names(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    book.define_name("率", "=Sheet1!$C$2")
    book.add_worksheet("2枚目").print_area("A1:C3")
    book.define_name("2枚目!局所", "='2枚目'!$A$1")


def many_sheets(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for number in range(60):
        book.add_worksheet().write(0, 0, number)
    book.worksheets()[4].hide()
    book.worksheets()[5].very_hidden()
    book.worksheets()[7].activate()
    book.worksheets()[3].write_comment("A1", "注記")


def chartsheet(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    drawn = book.add_chart({"type": "line"})
    drawn.add_series({"values": "=Sheet1!$B$2:$B$4"})
    book.add_chartsheet("グラフ").set_chart(drawn)


def odd_names(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for name in ("a'b", 'x"y', "空 白", "#1", "R&D<", "指摘", "2024!"):
        book.add_worksheet(name).write(0, 0, 1)


def macros(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 not really a project"), is_stream=True)
    button(book, sheet)


CONTENTS = (
    *(notes, chart, image, header_picture, button, table, formats, validation, sparkline, merged),
    *(protected, names, many_sheets, chartsheet, odd_names, macros),
)


def written(*contents: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> Maker:
    def make(path: Path) -> None:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            cells(book, sheet)
            for content in contents:
                content(book, sheet)

    return make


# Books as openpyxl writes them.


def saved(*, with_notes: bool, sheets: int = 1, empty: bool = False) -> Maker:
    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        if not empty:
            sheet.append(["項目", "値"])
            sheet.append(["件数", 12345])
        if with_notes:
            sheet["B2"].comment = Comment("職員の注記", "職員")
        for _ in range(sheets - 1):
            book.create_sheet()
        book.save(path)

    return make


# What other programs do to the parts.


def changed(make: Maker, change: Callable[[Parts], None], method: int = zipfile.ZIP_DEFLATED) -> Maker:
    def made(path: Path) -> None:
        make(path)
        parts = parts_of(path)
        change(parts)
        pack(path, parts, method)

    return made


def first_sheet(parts: Parts) -> str:
    return next(name for name in parts if re.search(r"sheet1\.xml$", name))


def prefixed(parts: Parts) -> None:
    """Every element of the main namespace gets a prefix."""
    for name, content in parts.items():
        if name.endswith(".xml") and b'xmlns="http://schemas.openxmlformats.org/spreadsheetml' in content:
            text = re.sub(rb"<(/?)(?=[A-Za-z])(?![a-z0-9]+:)", rb"<\1x:", content)
            parts[name] = text.replace(b' xmlns="http://schemas.open', b' xmlns:x="http://schemas.open', 1)


def utf16(parts: Parts) -> None:
    for name, content in parts.items():
        if name.endswith(".xml") and name.startswith("xl/"):
            parts[name] = re.sub('encoding="[^"]*"', 'encoding="UTF-16"', content.decode()).encode("utf-16")


def with_mark(parts: Parts) -> None:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            parts[name] = b"\xef\xbb\xbf" + content


def shift_jis(parts: Parts) -> None:
    name = first_sheet(parts)
    parts[name] = re.sub('encoding="[^"]*"', 'encoding="Shift_JIS"', parts[name].decode()).encode("cp932")


def crlf(parts: Parts) -> None:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            parts[name] = content.replace(b"><", b">\r\n  <")


def unplaced(parts: Parts) -> None:
    """Rows and cells that do not say where they are."""
    name = first_sheet(parts)
    parts[name] = re.sub(rb'(<(?:row|c)\b[^>]*?) r="[^"]*"', rb"\1", parts[name])


def strict(parts: Parts) -> None:
    for name in parts:
        content = parts[name]
        for old, new in (
            (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
            (b"spreadsheetml/2006/main", b"spreadsheetml/main"),
        ):
            content = content.replace(b"//schemas.openxmlformats.org/" + old, b"//purl.oclc.org/ooxml/" + new)
        parts[name] = content


def backslashed(parts: Parts) -> None:
    for name in list(parts):
        parts[name.replace("/", "\\") if name.startswith("xl/") else name] = parts.pop(name)


def other_case(parts: Parts) -> None:
    for name in list(parts):
        parts[name.replace("worksheets", "WorkSheets") if name.startswith("xl/") else name] = parts.pop(name)


def without_styles(parts: Parts) -> None:
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship)\b[^>]*styles\.xml[^>]*/>", b"", parts[name])
    for name in parts:
        if "worksheets/sheet" in name:
            parts[name] = re.sub(rb' s="\d+"| style="\d+"', b"", parts[name])


def without_lists(parts: Parts) -> None:
    """Styles without differential styles, a workbook without views."""
    parts["xl/styles.xml"] = re.sub(
        rb"<dxfs[^>]*/>|<dxfs.*?</dxfs>", b"", parts["xl/styles.xml"], flags=re.DOTALL
    )
    parts["xl/workbook.xml"] = re.sub(rb"<bookViews>.*?</bookViews>", b"", parts["xl/workbook.xml"])


def absolute(parts: Parts) -> None:
    for name, content in parts.items():
        if name.startswith("xl/worksheets/_rels"):
            parts[name] = content.replace(b'Target="../', b'Target="/xl/')


def empty_relations(parts: Parts) -> None:
    name = re.sub(r"([^/]+)$", r"_rels/\1.rels", first_sheet(parts))
    parts.setdefault(
        name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    )


def empty_drawing(parts: Parts) -> None:
    """A drawing of the old kind in which nothing is left, and a part of notes without notes."""
    sheet = first_sheet(parts)
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = b'<Relationship Id="%s" Type="' + space + b'/%s" Target="../%s"/>'
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + relation % (b"a", b"vmlDrawing", b"drawings/d.vml")
        + relation % (b"b", b"comments", b"notes.xml")
        + b"</Relationships>"
    )
    parts["xl/drawings/d.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><br></xml>'
    parts["xl/notes.xml"] = (
        b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<authors/><commentList/></comments>"
    )
    add_type(
        parts, "xl/notes.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    )
    add_type(parts, "xl/drawings/d.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    parts[sheet] = parts[sheet].replace(
        b"</worksheet>", b'<legacyDrawing xmlns:q="' + space + b'" q:id="a"/></worksheet>'
    )


def threads(parts: Parts) -> None:
    """A thread of comments stands behind the note in B2."""
    name = "xl/comments1.xml"
    parts[name] = parts[name].replace("職員</author>".encode(), b"tc={0A}</author>", 1)
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="t" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        b' Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    )
    parts["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments/>"


def more_parts(parts: Parts) -> None:
    """Parts that we know nothing of, stored as they are."""
    for name in ("customXml/item1.xml", "xl/pivotCache/pivotCacheDefinition1.xml", "xl/slicers/slicer1.xml"):
        parts[name] = b"<?xml version='1.0'?><a/>"
    parts["xl/printerSettings/printerSettings1.bin"] = zlib.compress(b"printer" * 99)
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="B4" i="1"/></calcChain>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="cc" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'calcChain" Target="calcChain.xml"/></Relationships>',
    )
    add_type(
        parts, "xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    )


def commented(parts: Parts) -> None:
    """XML comments in the parts, a CDATA section and quotes of the other kind, with > in an attribute."""
    for name, content in parts.items():
        if name.startswith("xl/") and name.endswith(".xml"):
            first = content.index(b">", content.find(b"?>") + 2) + 1
            inside = b"<!-- <xf/> --><?app x?>" if content[first - 2 : first] != b"/>" else b""
            whole = content[:first] + inside + content[first:]
            parts[name] = re.sub(rb"(</[\w:]+>\s*)$", rb"<!-- </end> -->\1", whole)
    name = first_sheet(parts)
    parts[name] = (
        parts[name]
        .replace(b"<sheetData>", b"<!-- <sheetData> </sheetData> --><sheetData >")
        .replace(b"<v>12345</v>", b"<v><![CDATA[12345]]></v>")
        .replace(b"<pageMargins ", b"<pageMargins header='0.3' ".replace(b"header='0.3' ", b""))
    )


def add_type(parts: Parts, name: str, kind: str) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    )


CHANGES = (
    *(prefixed, utf16, with_mark, shift_jis, crlf, unplaced, strict, backslashed, other_case, without_styles),
    *(without_lists, absolute, empty_relations, more_parts, commented),
)


def corpus() -> Iterator[tuple[str, Maker]]:
    """The name of every book and its maker."""
    everything = [one for one in CONTENTS if one is not macros]
    yield "plain", written()
    yield "all", written(*[one for one in everything if one not in (merged,)])
    for content in CONTENTS:
        yield content.__name__, written(content)
        yield f"{content.__name__} stored", changed(written(content), lambda _: None, zipfile.ZIP_STORED)
        yield f"{content.__name__} notes", written(content, notes) if content is not notes else written(notes)
        yield f"{content.__name__} streamed", streamed(written(content))
    for change in CHANGES:
        for name, base in (
            ("plain", written()),
            ("notes", written(notes)),
            ("button", written(button, formats)),
            ("openpyxl", saved(with_notes=False)),
            ("openpyxl notes", saved(with_notes=True)),
        ):
            yield f"{change.__name__} {name}", changed(base, change)
    for with_notes in (False, True):
        for sheets in (1, 3, 200):
            yield f"openpyxl {sheets} {with_notes}", saved(with_notes=with_notes, sheets=sheets)
    yield "openpyxl empty", saved(with_notes=False, empty=True)
    yield "empty drawing", changed(written(), empty_drawing)
    yield "threads", changed(written(notes), threads)


def streamed(make: Maker) -> Maker:
    def made(path: Path) -> None:
        make(path)
        stream(path)

    return made
