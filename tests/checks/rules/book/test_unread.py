"""Nothing typed disappears in silence: what reaches neither report nor ledger is reported where it is."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, Table
from kenpo_xl.tasks.carry.write_books import write_input_book
from kenpo_xl.tasks.flag import flag_books
from tests import open_list
from tests.checks.planted import BOOK, cell_of_name, checked, places, planted, repacked, typed
from tests.paths import SAMPLE
from tests.sample import sample_plan
from tests.tasks.test_flag import TODAY

LINES, TABLES = "1-2-1", "1-2-3"
GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")
Edit = Callable[[Any], None]


@dataclass(frozen=True)
class Typed:
    """What somebody types into cells of a sheet."""

    sheet: str
    cells: Mapping[str, object]

    def __call__(self, book: Any) -> None:
        for cell, value in self.cells.items():
            book[self.sheet][cell].value = value


def put(sheet: str, **cells: object) -> Typed:
    return Typed(sheet, cells)


def unread(path: Path) -> list[Finding]:
    return [one for one in checked(path, "ST") if one.code in ("ST18", "ST19", "ST25")]


def found(folder: Path, edit: Edit, source: Path = BOOK) -> list[Finding]:
    if isinstance(edit, Typed):
        return unread(typed(folder, edit.sheet, edit.cells, source))
    return unread(planted(folder, edit, source))


class TestCleanBooks:
    @pytest.mark.parametrize("group", GROUPS)
    def test_as_submitted(self, group: str) -> None:
        assert unread(SAMPLE / "提出" / f"{group}.xlsm") == []

    @pytest.mark.parametrize("group", GROUPS)
    def test_as_built(self, tmp_path: Path, group: str) -> None:
        path = tmp_path / "入力.xlsx"
        write_input_book(sample_plan(), group, path, None)
        assert unread(path) == []

    @pytest.mark.parametrize("group", GROUPS)
    def test_saved_by_openpyxl(self, tmp_path: Path, group: str) -> None:
        assert found(tmp_path, lambda _: None, SAMPLE / "提出" / f"{group}.xlsm") == []

    @pytest.mark.parametrize("group", GROUPS)
    def test_with_our_marks(self, tmp_path: Path, group: str) -> None:
        path = Path(shutil.copy(SAMPLE / "提出" / f"{group}.xlsm", tmp_path))
        flag_books([path], plan=SAMPLE / "計画.xlsx", today=TODAY)
        assert unread(path) == []

    @pytest.mark.parametrize("blank", ["", "  ", "　", "\u200b", "\u00a0\u2060", "\u00ad"])
    def test_what_shows_nothing(self, tmp_path: Path, blank: str) -> None:
        assert found(tmp_path, put(TABLES, H30=blank, D32=blank, D27=blank)) == []

    def test_looks_and_choices_only(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            sheet = book[TABLES]
            for cell in ("H30", "D32", "T3"):
                sheet[cell].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
            choices = DataValidation("list", formula1='"甲,乙"')
            choices.add("H31")
            sheet.add_data_validation(choices)

        assert found(tmp_path, edit) == []

    def test_a_note_is_a_usual_way_to_talk(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book[TABLES]["H30"].comment = openpyxl.comments.Comment("要確認", "田中")

        assert found(tmp_path, edit) == []


class TestBesideAPart:
    @pytest.mark.parametrize(
        ("cells", "first", "identity", "words"),
        [
            ({"B27": "6", "C27": "文", "D27": "・追加の取組"}, "B27", "実施状況", "実施状況の下の"),
            ({"G10": "評価のない行の理由"}, "G10", "実施状況", "実施状況の中の"),
            ({"F10": "11月末"}, "F10", "実施状況", "実施状況の中の"),
            ({"L9": "担当：田中"}, "L9", "実施状況", "実施状況の右の"),
            ({"C9": "写真"}, "C9", "実施状況", "実施状況の中の"),
            ({"D26": "（行を増やすときは、この行より上に行を挿入してください）済"}, "D26", "実施状況", ""),
            ({"B32": "令和4年度", "D32": 1777}, "B32", "併給調整", "表「併給調整」の下の"),
            ({"D32": "※ 速報値"}, "D32", "併給調整", "表「併給調整」の下の"),
            ({"H30": 20}, "H30", "併給調整", "表「併給調整」の右の"),
            ({"C30": "確認"}, "C30", "併給調整", "表「併給調整」の中の"),
            ({"D29": "人数"}, "D29", "併給調整", "表「併給調整」の中の"),
            ({"B28": "表　併給調整（速報）"}, "B28", "併給調整", "表「併給調整」の"),
            ({"D39": "※ 10月から対象を拡大"}, "D39", "柔整照会", "表「柔整照会」の下の"),
            ({"F34": "12月"}, "F34", "柔整照会", "表「柔整照会」の中の"),
            ({"H9": "理由の続き"}, "H9", "実施状況", "実施状況の中の"),
            ({"G8": "計画の補足"}, "G8", "実施状況", "実施状況の中の"),
            ({"F11": "11月末"}, "F11", "実施状況", "実施状況の中の"),
            ({"L11": "備忘"}, "L11", "実施状況", "実施状況の右の"),
            ({"D53": "=E48+E49"}, "D53", "文中の数値", "表「文中の数値」の下の"),
        ],
    )
    def test_where_it_is(
        self, tmp_path: Path, cells: dict[str, object], first: str, identity: str, words: str
    ) -> None:
        findings = [one for one in found(tmp_path, put(TABLES, **cells)) if one.code == "ST18"]
        assert places(findings) == ([("ST18", f"{TABLES}!{first}")] if first else [])
        for finding in findings:
            assert finding.severity is Severity.WARNING
            assert finding.identity == f"{TABLES}/{identity}"
            assert finding.message.startswith(words)

    def test_connected_cells_are_one_finding_and_others_another(self, tmp_path: Path) -> None:
        cells = {"H29": "備考", "H30": "他支部分 20 件", "D32": "令和4年度", "E32": 1777, "G32": 1100}
        findings = found(tmp_path, put(TABLES, **cells))
        assert places(findings) == [("ST18", f"{TABLES}!H29"), ("ST18", f"{TABLES}!D32")]
        assert [one.actual for one in findings] == ["備考／他支部分 20 件", "令和4年度／1777／1100"]
        assert "（3 セル）" in findings[1].message

    def test_a_row_inserted_into_a_table(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            put(TABLES, D32="令和4年度", E32=1777)(book)
            name = next(one for one in book.defined_names.values() if one.value.endswith("$D$29:$G$31"))
            name.value = name.value.replace("$31", "$32")

        assert places(found(tmp_path, edit)) == [("ST18", f"{TABLES}!D32")]

    def test_rows_that_a_name_no_longer_covers_are_told_by_what_is_missing(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            name = next(one for one in book.defined_names.values() if one.value.endswith("$D$29:$G$31"))
            name.value = name.value.replace("$31", "$30")

        findings = checked(planted(tmp_path, edit), "ST")
        assert places(findings) == [("ST03", f"{TABLES}!D30"), ("ST18", f"{TABLES}!D31")]

    def test_under_merged_cells(self, tmp_path: Path) -> None:
        def filled(part: str) -> str:
            return re.sub(r'<c r="I7"([^>]*)/>', r'<c r="I7"\1><v>12</v></c>', part)

        path = repacked(tmp_path, {"xl/worksheets/sheet4.xml": filled})
        assert places(unread(path)) == [("ST18", f"{TABLES}!I7")]

    def test_five_a_sheet_and_the_last_counts_the_rest(self, tmp_path: Path) -> None:
        cells = {f"L{row}": f"覚え{row}" for row in range(14, 26, 3)} | {
            "H30": "甲",
            "F43": "乙",
            "F50": "丙",
        }
        findings = found(tmp_path, put(TABLES, **cells))
        assert [one.cell for one in findings] == ["L14", "L17", "L20", "L23", "H30"]
        assert findings[-1].message.endswith("このシートには、ほかに 2 か所あります。")
        assert findings[-1].actual == "甲／乙／丙"


class TestTables:
    PLANNERS = SAMPLE / "提出" / "企画総務グループ.xlsm"

    @pytest.mark.parametrize(
        ("cells", "first", "table"),
        [
            ({"B92": "令和 7 年 2 月号", "D92": "・特集"}, "B92", "健康保険委員だより発行状況"),
            ({"D91": "・特集"}, "D91", "健康保険委員だより発行状況"),
            ({"E83": "増刊"}, "E83", "健康保険委員だより発行状況"),
            ({"C83": "増刊"}, "C83", "健康保険委員だより発行状況"),
            ({"H35": 12}, "H35", "広報物の発行状況"),
            ({"H35": "休刊"}, "H35", "広報物の発行状況"),
        ],
    )
    def test_a_list_and_cells_that_do_not_apply(
        self, tmp_path: Path, cells: dict[str, object], first: str, table: str
    ) -> None:
        (finding,) = found(tmp_path, put("2-4", **cells), self.PLANNERS)
        assert (finding.code, finding.cell, finding.identity) == ("ST18", first, f"2-4/{table}")

    @pytest.mark.parametrize("sign", ["－", "-", "/", None])
    def test_a_sign_where_nothing_applies_is_no_number(self, tmp_path: Path, sign: str | None) -> None:
        assert found(tmp_path, put("2-4", H35=sign), self.PLANNERS) == []

    def test_a_second_row_of_a_total_is_not_read(self, tmp_path: Path) -> None:
        edit = put(TABLES, D32="令和5年度", E32=1)
        assert places(found(tmp_path, edit)) == [("ST18", f"{TABLES}!D32")]

    def test_a_value_of_the_plan_that_was_overwritten(self, tmp_path: Path) -> None:
        plan = with_plan_value()
        path = tmp_path / "総務課.xlsx"
        write_input_book(plan, "総務課", path, None)
        assert checked(path, "ST18", plan) == []
        cell = next(
            cell.coordinate for row in openpyxl.load_workbook(path)["1"] for cell in row if cell.value == 100
        )
        (finding,) = checked(planted(tmp_path, put("1", **{cell: 120}), path), "ST18", plan)
        assert (finding.cell, finding.actual, finding.identity) == (cell, "120", "1/件数")


def with_plan_value() -> Plan:
    """A plan with one table, whose first column holds plan values (計画値)."""
    cells = (
        CellDefinition(CellKind.FIXED, NumberFormat("0"), value=Decimal(100)),
        CellDefinition(CellKind.TYPED, NumberFormat("0")),
    )
    columns = tuple(Axis(name, (name,)) for name in ("計画", "実績"))
    headers = tuple(Header(name, 0, place) for place, name in enumerate(("計画", "実績")))
    table = Table(
        "件数", "1", "", "", (Axis("行", ("行",)),), columns, (cells,), headers, (Header("行", 0, 0),), 1, 1
    )
    base = open_list.plan()
    item = replace(base.sections[0].items[0], tables=(table,))
    return replace(base, sections=(replace(base.sections[0], items=(item,)),))


class TestKpis:
    @pytest.mark.parametrize(
        ("cells", "cell", "expected"),
        [
            ({"E38": 0.9}, "E38", "100％"),
            ({"F39": 0.5}, "F39", "96.5％"),
            ({"H38": "〇"}, "H38", "△"),
            ({"F38": "集計中"}, "F38", "100％"),
        ],
    )
    def test_a_cell_that_was_overwritten(
        self, tmp_path: Path, cells: dict[str, object], cell: str, expected: str
    ) -> None:
        (finding,) = found(tmp_path, put("1-2-2", **cells))
        assert (finding.code, finding.cell, finding.expected) == ("ST18", cell, expected)

    @pytest.mark.parametrize("cells", [{"E38": 1}, {"F39": "96.5％"}, {"H38": "△"}])
    def test_one_that_says_what_we_say(self, tmp_path: Path, cells: dict[str, object]) -> None:
        assert found(tmp_path, put("1-2-2", **cells)) == []

    @pytest.mark.parametrize("cell", ["L38", "I37", "D40", "E41"])
    def test_beside_and_below(self, tmp_path: Path, cell: str) -> None:
        (finding,) = found(tmp_path, put("1-2-2", **{cell: "担当で確認中"}))
        assert (finding.code, finding.cell, finding.identity) == ("ST18", cell, "1-2-2/KPI")

    def test_rows_of_a_kpi_that_the_plan_dropped_are_ours(self) -> None:
        plan = replace(sample_plan(), kpis=sample_plan().kpis[1:])
        assert sample_plan().kpis[0].name == "サービススタンダードの達成状況"
        assert checked(BOOK, "ST18", plan) == []


class TestElsewhere:
    def test_remarks_that_touch_nothing_are_told_once(self, tmp_path: Path) -> None:
        (finding,) = found(tmp_path, put(TABLES, V30="控え", K45=31, T80="済"))
        assert (finding.code, finding.severity, finding.cell) == ("ST19", Severity.INFO, "V30")
        assert finding.message.endswith("このシートには、ほかに 2 か所あります。")

    @pytest.mark.parametrize(("cell", "code"), [("D71", "ST18"), ("D72", "ST19")])
    def test_how_far_below_is_below(self, tmp_path: Path, cell: str, code: str) -> None:
        assert places(found(tmp_path, put(TABLES, **{cell: "合計の確認"}))) == [(code, f"{TABLES}!{cell}")]

    def test_a_sheet_of_the_clerks_own(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            sheet = book.create_sheet("計算", 1)
            sheet["B2"].value, sheet["B9"].value = "件数の内訳", 31
            book.create_sheet("空のシート")

        (finding,) = found(tmp_path, edit)
        assert (finding.code, finding.sheet, finding.cell) == ("ST19", "計算", "B2")

    def test_a_sheet_that_feeds_a_cell_does_reach_the_report(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book.create_sheet("計算")["B2"].value = 1689
            book[TABLES]["E30"].value = "=計算!B2"

        assert found(tmp_path, edit) == []

    def test_cells_beside_that_feed_a_cell_do_too(self, tmp_path: Path) -> None:
        cells: dict[str, object] = {"S30": 1000, "T30": "=S30+689", "E30": "=T30", "S31": 5}
        assert places(found(tmp_path, put(TABLES, **cells))) == [("ST19", f"{TABLES}!S31")]

    @pytest.mark.parametrize(
        ("cell", "value", "code"),
        [
            ("I30", 1689, "ST18"),
            ("J30", 1689, "ST19"),
            ("I30", "内訳を確認", "ST19"),
        ],
    )
    def test_a_number_with_a_column_between_is_beside_its_table(
        self, tmp_path: Path, cell: str, value: object, code: str
    ) -> None:
        assert places(found(tmp_path, put(TABLES, **{cell: value}))) == [(code, f"{TABLES}!{cell}")]

    @pytest.mark.parametrize(
        ("column", "row", "name"),
        [
            ("E", 5, ""),
            ("B", 3, ""),
            ("A", 10, ""),
            ("C", 4, "kx_override"),
            ("B", -7, "kx_python"),
            ("B", 7, "kx_python"),
            ("C", 3, "kx_python"),
        ],
    )
    def test_the_sheet_of_the_buttons(self, tmp_path: Path, column: str, row: int, name: str) -> None:
        """Cells beside, between and below its parts; a row counts from that of a named cell."""
        cell = f"{column}{row + (int(cell_of_name(name)[1:]) if name else 0)}"
        assert places(found(tmp_path, put("操作", **{cell: "来週まで"}))) == [("ST19", f"操作!{cell}")]

    def test_what_is_typed_there_to_be_read(self, tmp_path: Path) -> None:
        words = {"kx_override": "集計中のため", "kx_python": "C:\\Python\\python.exe", "kx_status": "済"}
        cells = {cell_of_name(name): text for name, text in words.items()}
        assert found(tmp_path, put("操作", **cells)) == []

    @pytest.mark.parametrize(
        ("sheet", "cells", "first"),
        [
            ("指摘", {"G9": "理由だけ"}, "G9"),
            ("指摘", {"N5": "担当"}, "N5"),
            ("指摘", {"A3": "メモ"}, "A3"),
            ("確認記録", {"D5": "理由だけ"}, "D5"),
            ("確認記録", {"H6": "メモ"}, "H6"),
        ],
    )
    def test_the_sheets_of_answers(
        self, tmp_path: Path, sheet: str, cells: dict[str, object], first: str
    ) -> None:
        assert places(found(tmp_path, put(sheet, **cells))) == [("ST19", f"{sheet}!{first}")]

    def test_answers_are_read(self, tmp_path: Path) -> None:
        row = {
            "A5": "WO08",
            "B5": "1-2-2/ブロック 1/1",
            "C5": "HP",
            "D5": "固有名詞",
            "E5": "田中",
            "F5": "1/8",
        }
        assert found(tmp_path, put("確認記録", **row)) == []

    def test_far_away_cells_are_no_second_notion(self, tmp_path: Path) -> None:
        findings = checked(planted(tmp_path, put(TABLES, XFD1048576=1, V30="控え")), "ST")
        assert places(findings) == [("ST19", f"{TABLES}!V30")]


class TestObjects:
    ANCHOR = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{right}</xdr:col><xdr:colOff>9</xdr:colOff>"
        "<xdr:row>{bottom}</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:to>{body}<xdr:clientData/></xdr:twoCellAnchor>"
    )
    BOX = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>速報</a:t></a:r><a:r><a:t>値</a:t></a:r></a:p>"
    BOX += "</xdr:txBody></xdr:sp>"
    LINE = "<xdr:cxnSp/>"
    PICTURE = "<xdr:pic/>"
    CHART = (
        '<xdr:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="c"/></a:graphicData></a:graphic>'
        "</xdr:graphicFrame>"
    )

    def with_drawing(self, folder: Path, body: str, left: int = 7, top: int = 29) -> Path:
        anchor = self.ANCHOR.format(body=body, left=left, top=top, right=left + 1, bottom=top + 1)
        space = "http://schemas.openxmlformats.org/drawingml/2006"
        return repacked(
            folder,
            {},
            {
                "xl/drawings/drawing9.xml": f'<xdr:wsDr xmlns:xdr="{space}/spreadsheetDrawing" '
                f'xmlns:a="{space}/main">{anchor}</xdr:wsDr>',
                "xl/worksheets/_rels/sheet4.xml.rels": relation("drawing", "../drawings/drawing9.xml"),
            },
        )

    @pytest.mark.parametrize(
        ("body", "text"),
        [(BOX, "テキストボックスや図形：速報値"), (PICTURE, "画像"), (CHART, "グラフ")],
    )
    def test_beside_a_table(self, tmp_path: Path, body: str, text: str) -> None:
        (finding,) = unread(self.with_drawing(tmp_path, body))
        assert (finding.code, finding.cell, finding.actual) == ("ST18", "H30", text)

    def test_far_from_all(self, tmp_path: Path) -> None:
        assert places(unread(self.with_drawing(tmp_path, self.BOX, 19))) == [("ST19", f"{TABLES}!T30")]

    def test_a_bare_line_holds_nothing(self, tmp_path: Path) -> None:
        assert unread(self.with_drawing(tmp_path, self.LINE)) == []

    def test_an_object_that_says_to_lie_off_the_sheet(self, tmp_path: Path) -> None:
        assert places(unread(self.with_drawing(tmp_path, self.BOX, -9, 10**9))) == [
            ("ST19", f"{TABLES}!A1048576")
        ]

    def test_a_broken_drawing_stops_nothing(self, tmp_path: Path) -> None:
        path = self.with_drawing(tmp_path, "<xdr:sp>")
        assert unread(path) == []

    def test_an_embedded_file(self, tmp_path: Path) -> None:
        added = {
            "xl/embeddings/oleObject1.bin": b"\0",
            "xl/worksheets/_rels/sheet4.xml.rels": relation("oleObject", "../embeddings/oleObject1.bin"),
        }
        (finding,) = unread(repacked(tmp_path, {}, added))
        assert (finding.code, finding.sheet, finding.severity) == ("ST25", TABLES, Severity.WARNING)

    def test_a_ribbon(self, tmp_path: Path) -> None:
        kind = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
        entry = f'<Relationship Id="rId77" Type="{kind}" Target="customUI/customUI14.xml"/></Relationships>'
        changes = {"_rels/.rels": lambda part: part.replace("</Relationships>", entry)}
        (finding,) = unread(
            repacked(tmp_path, changes, {"customUI/customUI14.xml": '<customUI onLoad="x"/>'})
        )
        assert (finding.code, finding.sheet, finding.actual) == ("ST25", "", "リボンやメニューを変える部品")


def relation(kind: str, target: str) -> str:
    space = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{space}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


class TestAcceptance:
    def test_it_survives_a_move_and_lapses_with_the_content(self, tmp_path: Path) -> None:
        (before,) = found(tmp_path, put(TABLES, H30="他支部分 20 件"))
        (moved,) = found(tmp_path, put(TABLES, H31="他支部分 20 件"))
        (changed,) = found(tmp_path, put(TABLES, H30="他支部分 21 件"))
        assert (moved.identity, moved.actual) == (before.identity, before.actual)
        assert changed.actual != before.actual

    def test_a_long_text_changes_at_its_end_too(self, tmp_path: Path) -> None:
        values = {found(tmp_path, put(TABLES, H30="あ" * 300 + end))[0].actual for end in ("い", "う")}
        assert len(values) == 2
        assert max(map(len, values)) < 150

    def test_the_place_takes_the_colour(self, tmp_path: Path) -> None:
        path = planted(tmp_path, put(TABLES, H30="他支部分 20 件"))
        (marked,) = flag_books([path], plan=SAMPLE / "計画.xlsx", today=TODAY).written
        assert marked.changed
        rows = openpyxl.load_workbook(path)["指摘"].iter_rows(values_only=True)
        assert any(row[4] == "他支部分 20 件" for row in rows)
        assert places(unread(path)) == [("ST18", f"{TABLES}!H30")]


def test_very_many_cells_are_few_findings_soon(tmp_path: Path) -> None:
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    rows = {
        row: "".join(cell.format(a1(row, column)) for column in range(4, 4 + 3 * 160, 3))
        for row in range(60, 60 + 2 * 250, 2)
    }
    below = "".join(f'<row r="{row}">{cells}</row>' for row, cells in rows.items())
    path = repacked(
        tmp_path,
        {"xl/worksheets/sheet4.xml": lambda part: part.replace("</sheetData>", f"{below}</sheetData>")},
    )
    start = time.process_time()
    findings = unread(path)
    assert time.process_time() - start < 10
    assert places(findings) == [("ST18", f"{TABLES}!D60"), ("ST19", f"{TABLES}!G60")]
