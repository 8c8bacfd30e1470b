"""The numbers of a report for other programs: CSV that Excel opens, Parquet, the same columns in both."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.results.fact_columns import COLUMNS
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.export import _escaped_formula_text, export_facts, facts_table
from tests.paths import DOCS
from tests.tasks.books import consolidated, figure_cell, type_all, type_into
from tests.tasks.two_groups import TOTAL, write_two_groups

HEADERS = [column.header for column in COLUMNS]
ACHIEVED_RATE = "1-2-2/決定達成/当年/達成率"
BARE = Fact("1-1/表/行/列", Origin.TABLE, "1-1", "項", "業務グループ")


@pytest.fixture
def small_period(tmp_path: Path) -> Path:
    """A period of two groups, where it does not matter which figures they are."""
    return write_two_groups(tmp_path / "第3四半期")


@pytest.fixture
def exported(period: Path) -> Path:
    return export_facts(period).path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row(path: Path, identity: str) -> dict[str, str]:
    (found,) = [row for row in read(path) if row["識別名"] == identity]
    return found


def test_csv_opens_in_excel(exported: Path) -> None:
    content = exported.read_bytes()
    header = content.partition(b"\r\n")[0].replace(b'"', b"")  # quotation marks of the header are the seal
    assert header.startswith(b"\xef\xbb\xbf" + "識別名,出どころ,".encode())
    assert content.endswith(b"\r\n")


def test_a_number_with_everything_about_it(exported: Path) -> None:
    place = row(exported, ACHIEVED_RATE)
    assert list(place) == HEADERS
    assert [place[header] for header in HEADERS[2:7]] == [
        "1-2-2",
        "② サービス水準の向上",
        "決定達成",
        "当年",
        "達成率",
    ]
    assert [place[header] for header in HEADERS[8:16]] == [
        *("2024", "令和6年度", "2024-04", "令和6年4月", "2024-10", "令和6年10月", "累計", "割合")
    ]
    assert [place[header] for header in HEADERS[16:22]] == ["", "", "1", "1", "四捨五入", "0"]
    assert [place[header] for header in HEADERS[22:]] == ["業務グループ", "業務グループ.xlsm", "1-2-2", "G26"]


def test_numbers_have_neither_exponent_nor_dust(exported: Path) -> None:
    numbers = [row[header] for row in read(exported) for header in ("入力値", "計算値", "印字値")]
    assert all(re.fullmatch(r"-?\d+(\.\d+)?|", number) for number in numbers)
    assert max(len(number.replace(".", "").strip("-0")) for number in numbers) <= 15


def test_what_is_typed_is_exported(period: Path) -> None:
    type_into(period, figure_cell(period, ACHIEVED_RATE), 0.1 + 0.2)
    found = row(export_facts(period).path, ACHIEVED_RATE)
    assert (found["入力値"], found["計算値"], found["印字値"]) == ("0.3", "1", "0.3")


FURTHER = ("=\n1+1", "\u200b=1+1", "-1+2", "+cmd|' /C calc'!A0")


BOOK = "業務グループ.xlsm"
ANY_OTHER = ("約96％", "-", "－", "'=1", "a\n=1+1")


def test_a_text_does_not_become_a_formula_in_csv(period: Path) -> None:
    """Each of these in a cell of its own; any other text stays as it is."""
    import pandas

    formulas = ("=1+1", "+1人", "-1人", "@SUM(A1)", "＝1+1", "＠A1", *FURTHER)
    figures = [one for one in consolidated(period).figures if one.source and one.source.workbook == BOOK]
    typed = {str(one.id): text for one, text in zip(figures, (*formulas, *ANY_OTHER), strict=False)}
    assert list(typed.values()) == [*formulas, *ANY_OTHER]
    places = [figure_cell(period, identity) for identity in typed]
    type_all(period, list(zip(places, typed.values(), strict=True)), as_text=True)
    in_csv = {one["識別名"]: one["入力した文字"] for one in read(export_facts(period).path)}
    in_parquet = pandas.read_parquet(export_facts(period, file_format="parquet").path).set_index("識別名")
    for identity, text in typed.items():
        assert in_csv[identity] == (text if text in ANY_OTHER else f"'{text}")
        assert in_parquet.loc[identity, "入力した文字"] == text


def test_parquet_holds_the_same_numbers(period: Path, exported: Path) -> None:
    import pandas

    found = pandas.read_parquet(export_facts(period, file_format="parquet").path)
    assert list(found.columns) == HEADERS
    assert found["識別名"].tolist() == [row["識別名"] for row in read(exported)]
    written = [float(row["印字値"]) if row["印字値"] else None for row in read(exported)]
    assert [None if pandas.isna(value) else value for value in found["印字値"]] == written


def test_columns_have_types_even_where_nothing_stands() -> None:
    empty = facts_table([BARE], FiscalYear(2024))
    assert str(empty["年度"].dtype) == str(empty["小数桁"].dtype) == "Int64"
    assert {str(empty[header].dtype) for header in ("入力値", "計算値", "印字値")} == {"float64"}
    assert empty["対象"].isna().all()
    assert list(facts_table([], FiscalYear(2024)).columns) == HEADERS


def test_an_exact_number_stays_what_it_was() -> None:
    found = facts_table([replace(BARE, value=Decimal("0.1"))], FiscalYear(2024))
    assert found["印字値"].tolist() == [0.1]


@pytest.mark.period
def test_the_same_books_give_the_same_bytes(small_period: Path) -> None:
    for file_format in ("csv", "parquet"):
        first = export_facts(small_period, file_format=file_format).path.read_bytes()
        other = small_period / f"別名.{file_format}"
        assert export_facts(small_period, file_format=file_format, output=other).path.read_bytes() == first


FOREIGN = (b"", b"name,phone\r\n", b"PAR1", "識別名,出どころ\r\n".encode("utf-8-sig"))


@pytest.mark.period
@pytest.mark.parametrize("file_format", ["csv", "parquet"])
@pytest.mark.parametrize("content", FOREIGN)
@pytest.mark.parametrize("named", [True, False])
def test_another_file_stays_and_ours_stands_beside_it(
    small_period: Path, file_format: str, content: bytes, named: bool
) -> None:
    usual = small_period / "報告" / f"数値_令和6年度第3四半期.{file_format}"
    wanted = small_period / f"名簿.{file_format}" if named else usual
    wanted.parent.mkdir(exist_ok=True)
    wanted.write_bytes(content)
    result = export_facts(small_period, file_format=file_format, output=wanted if named else None)
    assert (result.path, result.kept) == (wanted.with_name(f"{wanted.stem}(2).{file_format}"), wanted)
    assert wanted.read_bytes() == content
    assert result.path.stat().st_size > 1000


@pytest.mark.period
@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_an_export_of_ours_is_replaced(small_period: Path, file_format: str) -> None:
    first = export_facts(small_period, file_format=file_format)
    type_into(small_period, figure_cell(small_period, TOTAL.replace("合計", "第3四半期")), 1)
    before = first.path.read_bytes()
    second = export_facts(small_period, file_format=file_format)
    assert (second.path, second.kept) == (first.path, None)
    assert second.path.read_bytes() != before


def edited(path: Path) -> None:
    """A person corrects one figure with another program, and leaves the header."""
    import pandas

    if path.suffix == ".csv":
        content = path.read_bytes()
        assert b",2024," in content
        path.write_bytes(content.replace(b",2024,", b",2023,", 1))
    else:
        table = pandas.read_parquet(path)
        table.loc[0, "印字値"] = 4.5
        table.to_parquet(path, index=False)


@pytest.mark.period
@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_an_export_that_a_person_edited_stays(small_period: Path, file_format: str) -> None:
    path = export_facts(small_period, file_format=file_format).path
    edited(path)
    content = path.read_bytes()
    result = export_facts(small_period, file_format=file_format)
    assert (result.path, result.kept) == (path.with_name(f"{path.stem}(2).{file_format}"), path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("text", ["-5", "－5.5％", "+1,080"])
def test_a_number_with_its_sign_is_no_formula(text: str) -> None:
    assert _escaped_formula_text(text) == text


@pytest.mark.parametrize("text", [" =1+1", "\t1", "\r1", "\n@A1", "　＝1"])
def test_blanks_hide_no_formula(text: str) -> None:
    assert _escaped_formula_text(text) == f"'{text}"


def test_recomputed_prints_ours_of_what_was_overwritten(period: Path) -> None:
    identity = "1-2-4/査定金額/当年/合計"
    assert row(export_facts(period).path, identity)["印字値"] == "168839"
    ours = row(export_facts(period, recomputed=True).path, identity)
    assert (ours["入力値"], ours["印字値"]) == ("168839", "244116")


def test_another_ending_than_the_format_is_refused(period: Path) -> None:
    with pytest.raises(KenpoError, match=r"\.csv で終わる名前"):
        export_facts(period, output=period / "数値.xlsx")


def test_every_column_is_explained() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| (.+?) \|", text, flags=re.MULTILINE)
    words = {word for cell in explained for word in cell.split(", ")}
    assert {header for header in HEADERS if not header.endswith("年月（和暦）")} <= words
