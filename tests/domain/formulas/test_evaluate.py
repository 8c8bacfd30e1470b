"""Formulas: what is accepted, what it gives, how it is written."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal

import pytest

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.formulas.evaluate import (
    Address,
    FormulaError,
    Group,
    Node,
    Ref,
    cells_in_range,
    evaluate,
    formula_keys,
    parse_formula,
    to_excel,
    to_words,
    with_mapped_keys,
)


def value(formula: str, **cells: float | None) -> Decimal | None:
    """What a formula gives over the cells of row 1: A=1 is A1."""

    def lookup(key: Hashable) -> Sequence[Decimal | None]:
        assert isinstance(key, Address)
        found = cells.get(a1(1, key.column)[:-1])
        return [None if found is None else Decimal(str(found))]

    whole = with_mapped_keys(
        parse_formula(formula), lambda key: key, lambda group: Group(tuple(cells_in_range(group)))
    )
    return evaluate(whole, lookup)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3", "7"),
        ("(1+2)*3", "9"),
        ("=-2*-3", "6"),
        ("=10-4-3", "3"),
        ("=8/4/2", "1"),
        ("=50%", "0.5"),
        ("=A1/50%", "8"),
        ("=-A1%", "-0.04"),
        ("=A1-(B1-C1)", "3"),
        ("=ROUND(0.285,2)", "0.29"),
        ("=ROUNDDOWN(-0.289,2)", "-0.28"),
        ("=ROUNDUP(1234,-2)", "1300"),
        ("=sum(A1:C1,10)", "17"),
        ("=AVERAGE($A$1:C1)", "2.33333"),
        ("=SUM(C1:A1)", "7"),
        ("=MAX(A1:C1)", "4"),
        ("=MIN(A1:B1,3)", "2"),
        ("=COUNT(A1:D1)", "3"),
        ("=RANK(B1,A1:C1)", "2"),
        ("=RANK(C1,$A$1:$C$1,0)", "3"),
        ("=RANK(C1,A1:C1,1)", "1"),
        ("=RANK.EQ(A1,A1:C1)", "1"),
        ("=IF(A1>B1,A1,B1)", "4"),
        ("=IF(A1<=B1,A1,B1*10)", "20"),
        ("=IF(A1<>4,1,2)", "2"),
        ("=IF(B1=0,0,A1/B1)", "2"),
        ('=IF(D1="",A1,B1)', "4"),
        ('=IF(D1<>"",A1,B1)', "2"),
        ("=IF(SUM(A1:C1)>=7,100%,0)", "1"),
        ("=IFERROR(A1/(B1-2),-1)", "-1"),
        ("=IFERROR(A1/B1,0)", "2"),
        ("=1+IF(A1>B1,IF(B1>C1,5,6),7)", "6"),
    ],
)
def test_values(formula: str, expected: str) -> None:
    found = value(formula, A=4, B=2, C=1)
    assert found is not None
    assert round(found, 5) == Decimal(expected)


@pytest.mark.parametrize(
    "formula",
    [
        "=A1+B1",
        "=-B1",
        "=A1/C1",
        "=ROUND(B1,0)",
        "=SUM(B1:B1)",
        "=AVERAGE(B1,B1)",
        "=MAX(B1:B1)",
        "=COUNT(B1:B1)",
        "=RANK(B1,A1:C1)",
        "=RANK(A1,B1:C1)",
        "=IF(B1>0,1,2)",
        "=IF(A1>0,A1,B1)",
        '=IF(C1=0,"",A1/C1)',
        '=IF(C1="",A1,B1)',
        "=IFERROR(A1/B1,0)",
    ],
)
def test_nothing_comes_of_blanks_and_of_a_division_by_zero(formula: str) -> None:
    assert value(formula, A=4, B=None, C=0) is None


def test_totals_take_what_is_filled() -> None:
    assert value("=SUM(A1:C1)", A=4, B=None, C=0) == 4
    assert value("=AVERAGE(A1:C1)", A=4, B=None, C=0) == 2


def test_a_column_of_an_open_list_is_no_single_value() -> None:
    def lookup(key: Hashable) -> Sequence[Decimal | None]:
        return [Decimal(1), None, Decimal(2)]

    assert evaluate(parse_formula("=SUM(A1)"), lookup) == 3
    assert evaluate(parse_formula("=A1*2"), lookup) is None


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=VLOOKUP(A1,B1,2)", "VLOOKUP は使えません"),
        ("=IF(A1,1,2)", "比べる式と 2 つの結果で"),
        ("=IF(A1>1,2)", "比べる式と 2 つの結果で"),
        ("=IF(A1>B1,A1:B1,1)", "SUM、AVERAGE、MAX、MIN、COUNT の中だけ"),
        ('=IF(A1>1,"達成",2)', '空欄を表す "" だけ'),
        ('=IF(A1>"",1,2)', "= か <> だけ"),
        ("=IF(A1>B1,A1>1,2)", "IF の 1 番目だけ"),
        ("=SUM(A1>1)", "IF の 1 番目だけ"),
        ("=A1>1", "「>」の位置"),
        ('=A1+""', '"" は計算に使えません'),
        ('=SUM(A1,"")', '"" は計算に使えません'),
        ("=IFERROR(A1)", "代わりの値で"),
        ("=RANK(A1)", "その列の範囲で"),
        ("=RANK(A1,B1)", "その列の範囲で"),
        ("=RANK(1,A1:B1)", "その列の範囲で"),
        ("=RANK(A1,A1:B1,2)", "0（大きい順）か 1（小さい順）"),
        ("=LOG10(A1)", "LOG10 は使えません"),
        ("=A1&B1", "「&B1」は使えません"),
        ("=#REF!+A1", "は使えません"),
        ("=A1+", "途中で終わっています"),
        ("=(A1", "「)」が足りません"),
        ("=A1 B1", "「B1」の位置"),
        ("=*A1", "「*」の位置"),
        ("=ROUND(A1)", "桁数を整数で"),
        ("=ROUND(A1,0.5)", "桁数を整数で"),
        ("=ROUND(A1,16)", "桁数を整数で"),
        ("=ROUND(A1:B1,0)", "SUM、AVERAGE、MAX、MIN、COUNT の中だけ"),
        ("=A1:B1*2", "SUM、AVERAGE、MAX、MIN、COUNT の中だけ"),
        ("=-A1:B1", "SUM、AVERAGE、MAX、MIN、COUNT の中だけ"),
        ("=SUM(A1:XFD1048576)", "範囲が広すぎます"),
        ("=SUM(A1:2)", "セルではありません"),
        ("=", "途中で終わっています"),
    ],
)
def test_refused(formula: str, said: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse_formula(formula)
    assert said in str(refused.value)


def test_the_most_signs() -> None:
    parse_formula("+".join(["A1"] * 201))
    with pytest.raises(FormulaError, match="複雑すぎます"):
        parse_formula("+".join(["A1"] * 202))


def test_the_widest_range() -> None:
    assert len(list(cells_in_range(Group((Address("", 1, 1), Address("", 2000, 1)))))) == 2000
    parse_formula("=SUM(A1:A2000)")
    with pytest.raises(FormulaError):
        parse_formula("=SUM(A1:A2001)")


@pytest.mark.parametrize(
    ("formula", "sheet"),
    [
        ("='1-2-5'!$D$9", "1-2-5"),
        ("='it''s'!D9", "it's"),
        ("=基本!D9", "基本"),
        ("=d9", ""),
    ],
)
def test_addresses(formula: str, sheet: str) -> None:
    assert parse_formula(formula) == Ref(Address(sheet, 9, 4))


def test_a_range_is_of_one_sheet() -> None:
    assert list(formula_keys(parse_formula("='1-2'!D9:E9"))) == [Address("1-2", 9, 4), Address("1-2", 9, 5)]


def written(tree: Node) -> str:
    return ":".join(a1(key.row, key.column) for key in formula_keys(tree) if isinstance(key, Address))


@pytest.mark.parametrize(
    "formula",
    [
        "A1-(B1-C1)",
        "A1/(B1*C1)",
        "(A1+B1)*C1",
        "A1+B1*C1",
        "-(A1+B1)",
        "A1*(-B1)",
        "ROUND(A1/B1,2)",
        "SUM(A1:B1,C1)",
        "IF(A1+B1>=C1,A1,-B1)",
        'IF(A1="","",IFERROR(A1/B1,0))',
        "RANK(A1,A1:B1,1)",
        "MAX(A1:B1)-MIN(A1:B1)",
    ],
)
def test_written_back_as_it_was(formula: str) -> None:
    assert to_excel(parse_formula(formula), written) == formula


def test_percent_is_written_as_a_division() -> None:
    assert to_excel(parse_formula("A1/50%"), written) == "A1/(50/100)"


def test_in_words() -> None:
    assert to_words(parse_formula("ROUNDDOWN(A1/(B1-C1),0)"), written) == "切捨て(A1 ÷ (B1 － C1)、0)"
    assert (
        to_words(parse_formula('IF(A1>=B1,MAX(A1:B1),"")'), written) == "場合分け(A1 ≧ B1、最大(A1:B1)、空欄)"
    )
