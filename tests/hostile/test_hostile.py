"""Broken and hostile files: what can honestly be read is read, else one sentence, soon, in little memory.

What grows large is read in a process of its own, whose time and peak of memory are measured.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from tests.hostile import hostile_books as books
from tests.hostile.hostile_books import (
    BOOK,
    BOOK_XML,
    ITEM,
    RELS,
    SPARE,
    STRINGS,
    STYLES,
    Maker,
    Repeated,
    before,
    edited,
    in_rows,
    sheet_of,
    swollen,
    with_cell,
    with_many,
    with_parts,
)
from tests.paths import SAMPLE
from tests.sample import sample_plan
from tests.soak import soak
from tests.tasks.small_period import write_small_period

# Of our own work, however busy the machine is with other things.
SECONDS, MEGABYTES = 10, 300
READ = "read"
"""What becomes of a book from which the same is read as from the sample's."""

DOCTYPES = {
    "a doctype": "<!DOCTYPE workbook>",
    "an outside entity": '<!DOCTYPE workbook [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "an outside dtd": '<!DOCTYPE workbook SYSTEM "http://127.0.0.1:9/x.dtd">',
    "billion laughs": "<!DOCTYPE workbook ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>",
}
CELL = '<c r="B90" {}><v>{}</v></c>'
FOREIGN: dict[str, tuple[bytes, str]] = {
    "zero bytes": (b"", "0 バイト"),
    "words": (b"abc", "文字だけのファイル"),
    "csv": ("グループ,件数\r\n業務,12\r\n".encode("cp932"), "文字だけのファイル"),
    "html": (b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>", "Web ページ"),
    "html in utf-16": ("\ufeff<html>".encode("utf-16-le"), "Web ページ"),
    "xls": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512) + "Workbook".encode("utf-16-le"), "（.xls"),
    "encrypted": (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "パスワード付き",
    ),
    "noise": (bytes(range(256)) * 8, "Excel ブックではない"),
    "the first bytes of a zip": (b"PK\3\4 and no more", "途中で切れて"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "Excel ブックではない"),
}
SMALL: dict[str, tuple[Maker, str]] = {
    "no change": (with_parts({}), READ),
    "utf-16": (books.re_encoded("UTF-16-LE"), READ),
    "utf-16 with its mark": (books.re_encoded("UTF-16"), READ),
    "prefixes": (books.prefixed, READ),
    "strict": (books.strict, READ),
    "names in capitals": (books.renamed(str.upper), READ),
    "back-slashed names": (books.renamed(lambda name: name.replace("/", "\\")), READ),
    "absolute names": (books.renamed(lambda name: f"/{name}"), READ),
    "names that lead outside": (books.renamed(lambda name: f"../../{name}"), "失われています"),
    "an intruder": (with_parts({"../../../tmp/evil.xml": b"<a/>", "C:\\evil.dll": b""}), READ),
    "the same part twice": (
        lambda path: books.pack(path, [*books.parts().items(), (STRINGS, books.parts()[STRINGS])]),
        READ,
    ),
    "two parts of one name": (
        lambda path: books.pack(path, [*books.parts().items(), (STRINGS.upper(), b"<sst/>")]),
        "2 つあり",
    ),
    "bzip2": (lambda path: books.pack(path, books.parts().items(), zipfile.ZIP_BZIP2), "圧縮"),
    "lzma": (lambda path: books.pack(path, books.parts().items(), zipfile.ZIP_LZMA), "圧縮"),
    "no workbook part": (with_parts({BOOK_XML: None}), "失われています"),
    "no item sheet": (with_parts({ITEM: None}), "シート「1-2-2」がありません"),
    "no spare sheet": (with_parts({SPARE: None}), READ),
    "a broken spare sheet": (with_parts({SPARE: b"<worksheet"}), READ),
    "no styles": (with_parts({STYLES: None}), READ),
    "no strings": (with_parts({STRINGS: None}), "sharedStrings.xml がありません"),
    "no relationships": (with_parts({RELS: None}), "壊れています"),
    "no root relationships": (with_parts({"_rels/.rels": None}), READ),
    "no content types": (with_parts({"[Content_Types].xml": None}), READ),
    "xlsb": (
        edited("_rels/.rels", "workbook.xml", "workbook.bin"),
        "（.xlsb）",
    ),
    "ods": (
        lambda path: books.pack(path, [("mimetype", b"application/vnd.oasis"), ("content.xml", b"<a/>")]),
        "（.ods）",
    ),
    "a zip of pictures": (lambda path: books.pack(path, [("a.png", b"x")]), "Excel ブックではない"),
    "a sheet referenced twice": (
        before(BOOK_XML, "</sheets>", '<sheet name="写し" sheetId="99" r:id="rId3"/>'),
        READ,
    ),
    "relationships in a circle": (
        before(RELS, "</Relationships>", '<Relationship Id="o" Type="x/o" Target="../_rels/.rels"/>'
               '<Relationship Id="p" Type="x/p" Target="workbook.xml"/>'),
        READ,
    ),
    "a relationship to the web": (
        before(RELS, "</Relationships>", '<Relationship Id="w" Type="x/worksheet" TargetMode="External" '
               'Target="http://127.0.0.1:9/s.xml"/>'),
        READ,
    ),
    "an item sheet on the web": (
        edited(RELS, 'Target="worksheets/sheet3.xml"', 'TargetMode="External" Target="http://127.0.0.1:9/"'),
        "壊れています",
    ),
    "rows without numbers": (
        with_parts({ITEM: books.parts()[ITEM].replace(b'<row r="', b'<row q="')}),
        READ,
    ),
    "a cell at the end of the sheet": (
        in_rows(ITEM, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        READ,
    ),
    "everything merged": (before(ITEM, "</mergeCells>", '<mergeCell ref="A1:XFD1048576"/>'), READ),
    "a merge of nothing": (before(ITEM, "</mergeCells>", '<mergeCell ref="?"/><mergeCell/>'), READ),
    "a row of number 0": (in_rows(ITEM, '<row r="0"><c><v>1</v></c></row>'), READ),
    "a row beyond the last": (in_rows(ITEM, '<row r="1048577"/>'), "中身が壊れて"),
    "a negative row": (in_rows(ITEM, '<row r="-4"/>'), "中身が壊れて"),
    "a row of many digits": (in_rows(ITEM, f'<row r="{"9" * 5000}"/>'), "中身が壊れて"),
    "a column beyond the last": (with_cell('<c r="XFE90"><v>1</v></c>'), "中身が壊れて"),
    "a cell of no place": (with_cell('<c r="?90"><v>1</v></c>'), "中身が壊れて"),
    "a string that is not there": (with_cell(CELL.format('t="s"', 999_999)), "中身が壊れて"),
    "a string of index -1": (with_cell(CELL.format('t="s"', -1)), "中身が壊れて"),
    "a style that is not there": (with_cell(CELL.format('s="99999"', 1)), READ),
    "a style of index -1": (with_cell(CELL.format('s="-1"', 1)), READ),
    "no number": (with_cell(CELL.format("", "NaN")), READ),
    "an infinite number": (with_cell(CELL.format("", "-INF")), READ),
    "a number too large": (with_cell(CELL.format("", "1E999")), READ),
    "a number of Python's": (with_cell(CELL.format("", "1_000")), "中身が壊れて"),
    "a day that is none": (with_cell(CELL.format('t="d"', "2025-02-30")), "中身が壊れて"),
    "a text of 100,000 characters": (
        with_cell(f'<c r="B90" t="inlineStr"><is><t>{"あ" * 100_000}</t></is></c>'),
        READ,
    ),
    "control characters": (
        with_cell('<c r="B90" t="inlineStr"><is><t>_x0000__x001B_[31m_xD800_</t></is></c>'),
        READ,
    ),
    "deep elements": (in_rows(ITEM, "<row>" * 5000 + "</row>" * 5000), "壊れて"),
    "a formula of 9,000 characters": (with_cell(f'<c r="B90"><f>{"1+" * 4500}1</f></c>'), "中身が壊れて"),
    "not closed": (with_parts({ITEM: books.parts()[ITEM][:-200].replace(b"<pageMargins", b"")}), READ),
    "cut in the rows": (with_parts({ITEM: books.parts()[ITEM][:9000]}), "壊れて"),
    "300 styles": (before(STYLES, "</cellStyles>", '<cellStyle name="x" xfId="0"/>' * 300), READ),
    "whole columns with a look": (
        before(ITEM, "</cols>", '<col min="17" max="16384" width="9" style="1"/>'),
        READ,
    ),
    "5,000 conditional formats": (
        before(
            ITEM,
            "<dataValidations",
            '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9" dxfId="0">'
            "<formula>1</formula></cfRule></conditionalFormatting>" * 5000,
        ),
        READ,
    ),
    **{
        name: (before(BOOK_XML, "<workbook ", doctype), "DOCTYPE")
        for name, doctype in DOCTYPES.items()
    },
    "a doctype in utf-16": (
        with_parts({BOOK_XML: '\ufeff<?xml version="1.0"?><!DOCTYPE a><a><sheet/></a>'.encode("utf-16-le")}),
        "DOCTYPE",
    ),
}  # fmt: skip
GIGABYTE = 2**30
FILLED_DOWN = (
    f'<row><c><f t="shared" si="7">{"A1+" * 2000}1</f></c>' + '<c><f t="shared" si="7"/></c>' * 900 + "</row>"
)
LARGE: dict[str, tuple[Maker, str]] = {
    "1 GB of strings": (
        swollen(STRINGS, Repeated("<sst>", "<si><t>文字</t></si>", GIGABYTE // 23, "</sst>")),
        "大きすぎる",
    ),
    "1 GB in one string": (
        swollen(STRINGS, Repeated("<sst><si><t>", "a", GIGABYTE, "</t></si></sst>")),
        "大きすぎる|壊れて",
    ),
    "1 GB of strings that are said to be small": (
        swollen(STRINGS, Repeated("<sst>", "<si><t>a</t></si>", GIGABYTE // 18, "</sst>"), claimed=1000),
        "壊れて",
    ),
    "200 MB of rows in an item": (
        swollen(ITEM, with_many(ITEM, "</sheetData>", "<row><c><v>1</v></c></row>", 8_000_000)),
        "大きすぎる|多すぎる",
    ),
    "200 MB of rows elsewhere": (
        swollen(SPARE, sheet_of("<row><c><v>1</v></c></row>", 8_000_000)),
        READ,
    ),
    "a million cells below our parts": (
        swollen(ITEM, with_many(ITEM, "</sheetData>", "<row>" + "<c><v>1</v></c>" * 100 + "</row>", 10_000)),
        READ,
    ),
    "a million blank cells below our parts": (
        swollen(ITEM, with_many(ITEM, "</sheetData>", "<row>" + '<c s="1"/>' * 100 + "</row>", 10_000)),
        READ,
    ),
    "a row without an end": (
        swollen(ITEM, with_many(ITEM, "</row></sheetData>", '<c s="1"/>', 5_000_000)),
        "大きすぎる",
    ),
    "a million conditional formats": (
        swollen(ITEM, with_many(ITEM, "<pageMargins", '<conditionalFormatting sqref="A1"/>', 1_000_000)),
        READ,
    ),
    "a million validations": (
        swollen(ITEM, with_many(ITEM, "</dataValidations>", '<dataValidation sqref="A1"/>', 1_000_000)),
        READ,
    ),
    "a million merges": (
        swollen(ITEM, with_many(ITEM, "</mergeCells>", '<mergeCell ref="R1:S9"/>', 10**6)),
        "大きすぎる",
    ),
    "many merges": (
        swollen(ITEM, with_many(ITEM, "</mergeCells>", '<mergeCell ref="R1:CR250"/>', 100_000)),
        READ,
    ),
    "a million names": (
        swollen(BOOK_XML, with_many(BOOK_XML, "</definedNames>", "<definedName>A1</definedName>", 10**6)),
        "大きすぎる",
    ),
    "a million styles": (
        swollen(STYLES, with_many(STYLES, "</cellXfs>", '<xf numFmtId="14"/>', 10**6)),
        "大きすぎる",
    ),
    "a bomb beside": (swollen("xl/media/image1.png", Repeated("", "\0", GIGABYTE, "")), READ),
    "70,000 members": (
        lambda path: books.pack(path, [*books.parts().items(), *((f"x{n}", b"") for n in range(70_000))]),
        "部品が多すぎる",
    ),
    "formulas filled down": (
        swollen(ITEM, with_many(ITEM, "</sheetData>", FILLED_DOWN, 100)),
        "多すぎる",
    ),
}  # fmt: skip
_CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30,) * 2)
from kenpo_xl.errors import KenpoError
from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.plan.reader import read_plan
plan = read_plan(Path(sys.argv[2]))
start = time.process_time()
try:
    told = repr(read_book(Path(sys.argv[1]), plan)[0])
except KenpoError as error:
    told = str(error)
seconds = time.process_time() - start
# Not ru_maxrss: a process begins with the peak of the one that started it.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([told, seconds, int(peak.split()[1]) / 1024]))
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def untouched(plan: Plan) -> Submission:
    return read_submission(BOOK, plan)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / BOOK.name


def told_of(path: Path, plan: Plan) -> Submission | str:
    """What is read of a book, or said of it, in time; any other exception fails the test."""
    start = time.process_time()
    try:
        found: Submission | str = read_book(path, plan)[0]
    except KenpoError as error:
        found = str(error)
        assert found.endswith("。")
        assert "\n" not in found
    assert time.process_time() - start < SECONDS
    return found


@pytest.mark.parametrize("name", SMALL)
def test_a_spoilt_book_is_read_or_one_sentence(
    name: str, path: Path, plan: Plan, untouched: Submission
) -> None:
    make, expected = SMALL[name]
    make(path)
    told = told_of(path, plan)
    if expected == READ:
        assert told == untouched
    else:
        assert isinstance(told, str)
        assert expected in told


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_workbook_is_called_what_it_is(name: str, path: Path, plan: Plan) -> None:
    content, expected = FOREIGN[name]
    path.write_bytes(content)
    told = told_of(path, plan)
    assert isinstance(told, str)
    assert expected in told
    assert told.startswith(path.name)


@soak
@pytest.mark.parametrize("name", LARGE)
@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set with the module resource")
def test_a_swollen_book_is_read_or_one_sentence_in_little_memory(
    name: str, path: Path, untouched: Submission
) -> None:
    make, expected = LARGE[name]
    make(path)
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), str(SAMPLE / "計画.xlsx")],
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told, seconds, megabytes = json.loads(done.stdout)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    if expected == READ:
        assert told.partition(", unread=")[0] == repr(untouched).partition(", unread=")[0]
    else:
        assert any(words in told for words in expected.split("|")), told


@pytest.mark.parametrize("formula", ["{0}+{0}+{0}", "SUM({0}:{0},{0})*2", "+".join(["{0}"] * 3000)])
def test_a_formula_that_leads_back_to_itself(
    formula: str, path: Path, plan: Plan, untouched: Submission
) -> None:
    entries = (
        cell for item in untouched.items for table in item.tables for row in table.rows for cell in row.cells
    )
    typed = next(cell for cell in entries if cell.value is not None and not cell.formula)
    part = f"xl/worksheets/sheet{list(Workbook(BOOK).sheets).index(typed.source.sheet) + 1}.xml"
    cell = f'<c r="{typed.source.cell}"><f>{formula.format(typed.source.cell)}</f><v>5</v></c>'
    edited(part, rf'<c r="{typed.source.cell}"[^>]*?(?:/>|>.*?</c>)', cell)(path)
    told = told_of(path, plan)
    assert isinstance(told, Submission) or "中身が壊れて" in told


def test_a_book_cut_anywhere(path: Path, plan: Plan) -> None:
    whole = BOOK.read_bytes()
    for length in [*range(1, 40), *range(40, len(whole), len(whole) // 60), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert isinstance(told_of(path, plan), str)


def test_a_lock_file(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "~$業務グループ.xlsm"
    path.write_bytes(bytes(165))
    assert "編集中" in str(told_of(path, plan))


class TestNoFile:
    def test_none(self, path: Path, plan: Plan) -> None:
        assert "がありません" in str(told_of(path, plan))

    def test_a_folder(self, path: Path, plan: Plan) -> None:
        path.mkdir()
        assert "フォルダー" in str(told_of(path, plan))

    def test_a_name_too_long(self, tmp_path: Path, plan: Plan) -> None:
        assert "開けません" in str(told_of(tmp_path / ("x" * 300), plan))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
    def test_a_pipe_is_not_waited_for(self, path: Path, plan: Plan) -> None:
        os.mkfifo(path)
        assert "ふつうのファイルではありません" in str(told_of(path, plan))

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a right that staff do not have")
    def test_a_link_to_itself(self, path: Path, plan: Plan) -> None:
        path.symlink_to(path)
        assert "開けません" in str(told_of(path, plan))

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="all may read every file")
    def test_one_that_may_not_be_read(self, path: Path, plan: Plan) -> None:
        shutil.copyfile(BOOK, path)
        path.chmod(0)
        assert "権限" in str(told_of(path, plan))


class TestStray:
    """What has nothing to do with our parts is left, and the sheet says so."""

    @pytest.mark.parametrize(
        ("name", "what", "cell"),
        [
            ("everything merged", "広すぎる結合 A1:XFD1048576", "A1"),
            ("5,000 conditional formats", "条件付き書式や入力規則などの多すぎる設定（約 0.", "A1"),
        ],
    )
    def test_it_is_told(self, name: str, what: str, cell: str, path: Path) -> None:
        SMALL[name][0](path)
        stray = Workbook(path).sheets["1-2-2"].skipped_contents
        assert [found.cell for found in stray] == [cell]
        assert what in stray[0].what

    @soak
    def test_rows_that_were_left(self, path: Path) -> None:
        LARGE["a million cells below our parts"][0](path)
        (found,) = Workbook(path).sheets["1-2-2"].skipped_contents
        assert "行目から下のセル（多すぎるため）" in found.what

    def test_nothing_of_the_sample(self) -> None:
        for book in sorted((SAMPLE / "提出").glob("*.xlsm")):
            assert not [stray for sheet in Workbook(book).sheets.values() for stray in sheet.skipped_contents]

    @pytest.mark.parametrize(("rows", "is_stray"), [(1000, False), (1001, True)])
    def test_how_far_is_far(self, rows: int, is_stray: bool, path: Path) -> None:
        row = Workbook(BOOK).sheets["1-2-2"].last_row + rows
        in_rows(ITEM, f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>')(path)
        sheet = Workbook(path).sheets["1-2-2"]
        assert (row in sheet.non_empty_columns_by_row) == (not is_stray)
        assert sheet.value(row, 2) == 1


class TestPlanBook:
    """No name tells what matters in a plan book: every cell does."""

    @pytest.mark.parametrize("place", ["XFD1048576", "A1048576"])
    def test_a_cell_far_away_is_refused_where_it_stands(self, place: str, tmp_path: Path) -> None:
        path = tmp_path / "計画.xlsx"
        number = place.lstrip("ADFX")
        whole = books.parts(SAMPLE / path.name)
        part = f"xl/worksheets/sheet{list(Workbook(SAMPLE / path.name).sheets).index('1-2-2') + 1}.xml"
        row = f'<row r="{number}"><c r="{place}" t="str"><v>迷子</v></c></row></sheetData>'.encode()
        books.pack(path, {**whole, part: whole[part].replace(b"</sheetData>", row)}.items())
        start = time.process_time()
        _, problems = plan_and_problems(path)
        assert time.process_time() - start < SECONDS
        assert ("1-2-2", place) in {(problem.sheet, problem.cell) for problem in problems}


@pytest.mark.parametrize("name", ["html", "xls", "encrypted", "the first bytes of a zip"])
def test_a_foreign_file_among_the_submissions_is_told_in_the_report_in_one_line(
    name: str, tmp_path: Path
) -> None:
    folder = write_small_period(tmp_path / "期")
    content, expected = FOREIGN[name]
    (folder / "提出" / "別のファイル.xlsx").write_bytes(content)
    told = CliRunner().invoke(main, ["report", str(folder)])
    assert told.exit_code == 0
    (line,) = (line for line in told.stderr.splitlines() if "別のファイル.xlsx" in line)
    assert line.startswith("使っていません: 別のファイル.xlsx　")
    assert line.count("。") <= 3
    assert expected in line
