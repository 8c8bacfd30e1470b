"""Identities by keys and by numbers, and those of an earlier plan in the names of today's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.plan.identities import Identities, name_by_former_name
from kenpo_xl.domain.plan.named_parts import NamedPart, matches_of_parts, named_parts
from kenpo_xl.domain.plan.plan import Block, Item, Kpi, Period, Plan, Section
from kenpo_xl.domain.plan.ratings import Direction, Scale
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, Table
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

CELL = CellDefinition(CellKind.TYPED, number_format("0"))


def table(item: str, name: str = "窓口", *, former: tuple[str, ...] = (), row: Axis | None = None) -> Table:
    rows = (row or Axis("北", ("北",)),)
    return Table(
        name, item, "", "", rows, (Axis("件数", ("件数",)),), ((CELL,),), (), (), 1, 1, former_names=former
    )


def item(number: str, title: str, key: str = "", *blocks: Block, tables: tuple[Table, ...] = ()) -> Item:
    blocks = blocks or (Block("1", (title,), rated=True, own_key=key and f"{key}B"),)
    return Item(number, title, "総務", blocks, tables or (table(number),), own_key=key)


def plan(*items: Item, kpis: tuple[Kpi, ...] = ()) -> Plan:
    period, sections = Period(3, date(2024, 12, 31)), (Section("1", "", "", items),)
    return Plan("東支部", "", FiscalYear(2024), period, ("総務",), Scale(()), sections, kpis)


KEYED = plan(item("1-1", "① 窓口", "K01"), item("1-2", "② 電話", "K02"))
SWAPPED = plan(item("1-1", "① 電話", "K02"), item("1-2", "② 窓口", "K01"))
BARE = plan(item("1-1", "① 窓口"), item("1-2", "② 電話"))


@pytest.mark.parametrize(
    ("shown", "stored"),
    [
        ("1-1/窓口/北/件数", "K01/窓口/北/件数"),
        ("1-1/ブロック 1/評価", "K01/ブロック K01B/評価"),
        ("1-1/ブロック 1/文 3/1", "K01/ブロック K01B/文 3/1"),
        ("1-1/計画内容/1", "K01/計画内容/K01B"),
        ("1-1/題/1", "K01/題/1"),
        ("1-1", "K01"),
        ("1-1/ブロック 9/評価", "K01/ブロック 9/評価"),
        ("1/章の題/1", "1/章の題/1"),
        ("指標/窓口の数/実績", "指標/窓口の数/実績"),
        ("総務.xlsm", "総務.xlsm"),
        ("", ""),
    ],
)
def test_an_identity_is_stored_by_keys_and_shown_by_numbers(shown: str, stored: str) -> None:
    names = Identities(KEYED)
    assert names.stored(shown) == stored
    assert names.shown(stored) == shown
    assert Identities(BARE).stored(shown) == shown
    assert Identities(BARE).are_as_stored


def test_a_key_is_shown_as_the_number_of_today() -> None:
    names = Identities(SWAPPED)
    assert names.shown("K01/窓口/北/件数") == "1-2/窓口/北/件数"
    assert names.shown("K01/ブロック K01B/評価") == "1-2/ブロック 1/評価"
    assert names.shown("K09/窓口/北/件数") == "K09/窓口/北/件数"


def test_a_block_that_moved_is_shown_in_its_item_of_today() -> None:
    moved = Block("2", ("案内する。",), rated=True, own_key="K03")
    names = Identities(plan(item("1-1", "① 窓口", "K01"), item("1-2", "② 電話", "K02", moved)))
    assert names.shown("K01/ブロック K03/評価") == "1-2/ブロック 2/評価"
    assert names.shown_block("K01", "K03") == ("1-2", "2")


def test_an_earlier_plan_without_keys_goes_by_titles_then_by_numbers() -> None:
    past = named_parts(plan(item("1-1", "① 電話"), item("1-2", "② 窓口"), item("1-3", "③ 訪問")))
    names = Identities(KEYED, past)
    assert names.shown("1-1/窓口/北/件数") == "1-2/窓口/北/件数"
    assert names.shown_block("1-2", "1") == ("1-1", "1")
    assert not names.are_as_stored
    renamed = Identities(plan(item("1-1", "① 受付", "K01"), item("1-2", "② 電話", "K02")), named_parts(BARE))
    assert renamed.shown("1-1/窓口/北/件数") == "1-1/窓口/北/件数"


def test_what_is_gone_is_not_taken_for_what_has_its_number() -> None:
    names = Identities(KEYED, named_parts(plan(item("1-1", "① 電話"), item("1-2", "② 訪問"))))
    assert names.shown("1-2/窓口/北/件数") == "（いまの計画にない）1-2/窓口/北/件数"
    assert names.shown("1-1/窓口/北/件数") == "1-2/窓口/北/件数"
    both = named_parts(plan(item("1-1", "① 電話"), item("1-2", "② 窓口"), item("1-3", "③ 訪問")))
    assert Identities(KEYED, both).shown("1-3/窓口/北/件数") == "（いまの計画にない）1-3/窓口/北/件数"


def test_plans_without_keys_go_by_their_numbers_as_ever() -> None:
    past = named_parts(plan(item("1-1", "① 電話"), item("1-2", "② 窓口")))
    assert Identities(BARE, past).shown("1-1/窓口/北/件数") == "1-1/窓口/北/件数"
    assert Identities(BARE, past).are_as_stored


def test_different_keys_never_match_whatever_the_words() -> None:
    past = named_parts(KEYED)
    other = plan(item("1-1", "① 窓口", "K07"), item("1-2", "② 電話", "K02"))
    names = Identities(other, past)
    assert names.shown("K01/窓口/北/件数") == "K01/窓口/北/件数"
    assert names.shown("K02/窓口/北/件数") == "1-2/窓口/北/件数"


def test_a_part_that_lost_its_key_goes_by_its_title() -> None:
    names = Identities(plan(item("1-1", "① 電話", "K02"), item("1-2", "② 窓口")), named_parts(KEYED))
    assert names.shown("K01/窓口/北/件数") == "1-2/窓口/北/件数"


def test_a_block_without_key_goes_by_its_plan_text() -> None:
    one, other = (
        Block(name, (text,), rated=True) for name, text in (("1", "案内する。"), ("2", "受け付ける。"))
    )
    past = named_parts(plan(item("1-1", "① 窓口", "", one, other)))
    turned = (replace(other, name="1", own_key="K02"), replace(one, name="2", own_key="K03"))
    names = Identities(plan(item("1-1", "① 窓口", "K01", *turned)), past)
    assert names.shown_block("1-1", "1") == ("1-1", "2")
    assert names.shown("1-1/ブロック 2/評価") == "1-1/ブロック 1/評価"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1-1/受付/南/件数", "1-1/窓口/北/件数"),
        ("1-1/窓口/北/件数", "1-1/窓口/北/件数"),
        ("1-1/受付/見出し 1/1", "1-1/窓口/見出し 1/1"),
        ("1-1/受付/南/件数/北支所/1", "1-1/窓口/北/件数/北支所/1"),
        ("1-1/受付", "1-1/窓口"),
        ("1-1/別の表/南/件数", "1-1/別の表/南/件数"),
    ],
)
def test_former_names_of_tables_and_rows(stored: str, shown: str) -> None:
    renamed = table("1-1", former=("受付",), row=Axis("北", ("北",), former_names=("南",)))
    names = Identities(plan(item("1-1", "① 窓口", tables=(renamed,))))
    assert names.shown(stored) == shown
    assert not names.are_as_stored


def test_former_names_of_kpis() -> None:
    kpi = Kpi("受診率", number_format("0.0%"), None, Direction.AT_LEAST, None, former_names=("率", "率/旧"))
    names = Identities(plan(item("1-1", "① 窓口"), kpis=(kpi,)))
    assert names.shown("指標/率/実績") == "指標/受診率/実績"
    assert names.shown("指標/率/旧/目標") == "指標/受診率/旧/目標"
    assert names.shown("KPI/率") == "KPI/受診率"
    assert names.shown("指標/受診率/実績") == "指標/受診率/実績"
    assert names.shown("指標/率の差/実績") == "指標/率の差/実績"


def test_a_former_name_that_is_ambiguous_means_nothing() -> None:
    axes = [Axis("北", (), former_names=("南", "東")), Axis("南", ()), Axis("西", (), former_names=("東",))]
    assert name_by_former_name(axes) == {}
    assert name_by_former_name(axes[:1]) == {"南": "北", "東": "北"}


def test_titles_that_occur_twice_do_not_match_by_title() -> None:
    past = [NamedPart("1-1", "1-1", "広報"), NamedPart("1-2", "1-2", "広報")]
    now = [NamedPart("K02", "1-1", "広報"), NamedPart("K01", "1-2", "広報")]
    assert {one.item: other.item for one, other in matches_of_parts(past, now).items()} == {
        "1-1": "K02",
        "1-2": "K01",
    }
