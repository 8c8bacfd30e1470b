"""What runs kept is answered as it was kept: what stands, since when, and what stood before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import FindingRecord, PeriodRecord
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ledger import Ledger
from tests.ledger.conftest import Execute
from tests.ledger.records import DAYS, FACT, FINDING, IDENTITY, KEY, KPI, RECORD, kept, with_fact

TABLES = ("files", "facts", "lines", "ratings", "findings", "outputs", "kpis")


@pytest.fixture
def rows(execute: Execute) -> Callable[[LedgerPlace], dict[str, int]]:
    """Counts the rows of every table."""
    return lambda place: {name: execute(place, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


def versions(place: LedgerPlace, identity: str = IDENTITY) -> list[tuple[Decimal | None, int, int, bool]]:
    """Of a figure its values with the places of their days among the runs."""
    with Ledger.open_read_only(place) as ledger:
        return [
            (one.record.value, DAYS.index(one.since), DAYS.index(one.last), one.is_current)
            for one in ledger.versions_of_figure(identity)
        ]


def test_what_was_kept_is_read_as_it_was(place: LedgerPlace) -> None:
    with Ledger.open_read_only(kept(place, RECORD)) as ledger:
        (past,) = ledger.history(KEY.branch).periods
        assert past == RECORD.past_period
        assert ledger.recorded_files(KEY) == RECORD.files
        assert ledger.recorded_outputs(KEY) == RECORD.outputs
        assert [one.record for one in ledger.versions_of_findings(KEY)] == [FINDING]
        assert [(one.key, one.folder, one.outcome) for one in ledger.periods()] == [
            (KEY, RECORD.folder, RECORD.outcome)
        ]


def test_a_period_keeps_the_first_month_of_its_year(place: LedgerPlace) -> None:
    """Corrected in the plan book, it is the same period: no second one."""
    begun = [replace(RECORD, key=KEY._replace(fiscal_year=FiscalYear(2024, month))) for month in (10, 1)]
    with Ledger.open_read_only(kept(place, *begun)) as ledger:
        (period,) = ledger.periods()
        (past,) = ledger.history(KEY.branch).periods
    assert (period.key, period.key.last_day) == (begun[1].key, date(2024, 9, 30))
    assert past.fiscal_year == FiscalYear(2024, 1) != FiscalYear(2024)


def test_numbers_are_exact(place: LedgerPlace) -> None:
    exact = Decimal("1E+300") / 7
    (found,) = Ledger.open_read_only(kept(place, with_fact(computed=exact))).versions_of_figure(IDENTITY)
    assert found.record.computed == exact


def test_what_is_unchanged_adds_no_row(
    place: LedgerPlace, rows: Callable[[LedgerPlace], dict[str, int]]
) -> None:
    before = rows(kept(place, RECORD))
    assert before == {name: len(getattr(RECORD, name)) for name in TABLES}
    assert rows(kept(place, RECORD)) == before


def test_a_new_value_ends_the_old_one(place: LedgerPlace) -> None:
    kept(place, RECORD, RECORD, with_fact(value=Decimal("0.999")), with_fact(value=Decimal("0.999")))
    assert versions(place) == [(Decimal("0.999"), 2, 3, True), (FACT.value, 0, 1, False)]


def test_a_value_that_moved_to_another_cell_is_as_old_as_before(place: LedgerPlace) -> None:
    kept(place, RECORD, with_fact(source=Source("業務グループ.xlsm", "1-2-2", "G27")))
    with Ledger.open_read_only(place) as ledger:
        now, before = ledger.versions_of_figure(IDENTITY)
    assert (now.record.source and now.record.source.cell, now.since, now.is_current) == ("G27", DAYS[0], True)
    assert (before.record, before.since, before.last) == (FACT, DAYS[0], DAYS[0])


def test_a_value_that_came_back_counts_from_then_on(place: LedgerPlace) -> None:
    kept(place, RECORD, with_fact(value=None), RECORD)
    assert versions(place) == [(FACT.value, 2, 2, True), (None, 1, 1, False), (FACT.value, 0, 0, False)]


def test_a_finding_is_known_from_its_first_sight_whatever_it_says(place: LedgerPlace) -> None:
    louder = FindingRecord(replace(FINDING.finding, message="まだ合いません。", cell="G27"), FINDING.group)
    kept(place, RECORD, replace(RECORD, findings=(louder,)), replace(RECORD, findings=()))
    with Ledger.open_read_only(place) as ledger:
        found = [
            (one.record, one.since, one.last, one.is_current) for one in ledger.versions_of_findings(KEY)
        ]
    assert found == [(louder, DAYS[0], DAYS[1], False), (FINDING, DAYS[0], DAYS[0], False)]


def test_a_confirmed_period_was_seen_and_is_as_it_was(
    place: LedgerPlace, rows: Callable[[LedgerPlace], dict[str, int]]
) -> None:
    kept(place, RECORD)
    before = rows(place)
    with Ledger.open_for_writing(place) as ledger, ledger.begin_run(DAYS[5]) as run:
        run.mark_unchanged([KEY])
    assert versions(place) == [(FACT.value, 0, 5, True)]
    assert rows(place) == before


def test_periods_and_branches_stay_apart(place: LedgerPlace) -> None:
    other = replace(RECORD, key=KEY._replace(branch="千葉支部"), facts=with_fact(value=Decimal(1)).facts)
    earlier = replace(RECORD, key=KEY._replace(number=2), facts=with_fact(value=Decimal(2)).facts)
    kept(place, RECORD, other, earlier)
    with Ledger.open_read_only(place) as ledger:
        assert [one.year_and_months for one in ledger.history(KEY.branch).periods] == [(2024, 9), (2024, 6)]
        assert ledger.history(KEY.branch, since=2025).periods == ()
        values = [
            (one.key.branch, one.key.number, one.record.value) for one in ledger.versions_of_figure(IDENTITY)
        ]
        assert values == [("千葉支部", 3, 1), (KEY.branch, 3, FACT.value), (KEY.branch, 2, 2)]
        assert len(ledger.versions_of_figure(IDENTITY, branch=KEY.branch)) == 2


def test_what_a_period_is_compared_with(place: LedgerPlace) -> None:
    """Earlier ones of its branch: no older than three fiscal years, neither itself nor later ones."""
    places = [(2020, 4), (2021, 1), (2024, 2), (2024, 3), (2024, 4), (2025, 1)]
    other = replace(RECORD, key=KEY._replace(branch="千葉支部", number=1))
    kept(
        place,
        other,
        *(replace(RECORD, key=PeriodKey(KEY.branch, FiscalYear(year), number)) for year, number in places),
    )
    with Ledger.open_read_only(place) as ledger:
        assert [one.year_and_months for one in ledger.earlier_periods(KEY).periods] == [(2024, 6), (2021, 3)]
        assert ledger.earlier_periods(PeriodKey(KEY.branch, FiscalYear(2020), 4)).periods == ()


def test_entities_of_an_open_list_are_figures_of_their_own(place: LedgerPlace) -> None:
    cities = [replace(FACT, entity=name, value=Decimal(place)) for place, name in enumerate(["川越", "熊谷"])]
    kept(place, replace(RECORD, facts=tuple(cities)))
    with Ledger.open_read_only(place) as ledger:
        assert [one.record.value for one in ledger.versions_of_figure(IDENTITY, entity="熊谷")] == [1]
        assert len(ledger.versions_of_figure(IDENTITY)) == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["決定達成"], [IDENTITY]), (["1-2-2", "日数"], ["1-2-2/所要日数/当年/日数"]), (["%"], [])],
)
def test_identities_by_their_words(place: LedgerPlace, words: list[str], expected: list[str]) -> None:
    with Ledger.open_read_only(kept(place, RECORD)) as ledger:
        assert [identity for _, identity in ledger.matching_figures(words)] == expected


def test_of_many_identities_that_hold_the_words_the_very_one_is_first(place: LedgerPlace) -> None:
    longer = [replace(FACT, identity=f"{number:02}/{IDENTITY}") for number in range(9)]
    with Ledger.open_read_only(kept(place, replace(RECORD, facts=(FACT, *longer)))) as ledger:
        assert ledger.matching_figures([IDENTITY], most=1) == ((KEY, IDENTITY),)


def test_a_figure_is_found_by_key_and_by_the_number_of_its_period(place: LedgerPlace) -> None:
    stored = IDENTITY.replace("1-2-2", "K05")
    parts = (NamedPart("K05", "1-2-2", "② 決定"), NamedPart("K05", "1-2-2", "② 決定", "K06", "1"))
    record = replace(RECORD, facts=(replace(FACT, identity=stored, item="K05"),), parts=parts)
    with Ledger.open_read_only(kept(place, record)) as ledger:
        for words in (["K05", "決定達成"], ["1-2-2/決定達成"], [IDENTITY], ["達成率"]):
            assert ledger.matching_figures(words) == ((KEY, stored),)
        assert ledger.matching_figures(["1-2-3"]) == ()
        assert ledger.recorded_items() == {KEY: parts[:1]}
        assert ledger.recorded_keys(KEY.branch) == {"K05", "K06"}
        assert ledger.recorded_keys("別支部") == frozenset()
        assert ledger.history(KEY.branch).periods[0].parts == parts


def test_a_period_is_kept_whole_or_not_at_all(place: LedgerPlace) -> None:
    kept(place, RECORD)
    broken = replace(with_fact(value=Decimal(1)), outputs=(None,))  # type: ignore[arg-type]
    with (
        Ledger.open_for_writing(place) as ledger,
        pytest.raises(AttributeError),
        ledger.begin_run(DAYS[1]) as run,
    ):
        run.record_period(broken)
    assert versions(place) == [(FACT.value, 0, 0, True)]


def test_runs_are_counted_and_say_whether_they_came_to_their_end(
    place: LedgerPlace, execute: Execute
) -> None:
    kept(place, RECORD)
    with Ledger.open_for_writing(place) as ledger, pytest.raises(RuntimeError), ledger.begin_run(DAYS[1]):
        raise RuntimeError
    found = execute(place, "SELECT run, day, ended FROM runs ORDER BY run")
    assert found == [(1, DAYS[0].isoformat(), 1), (2, DAYS[1].isoformat(), 0)]


def test_the_same_runs_make_the_same_file(tmp_path: LedgerPlace) -> None:
    records: tuple[PeriodRecord, ...] = (RECORD, with_fact(value=Decimal(1)))
    first, second = (kept(tmp_path / name, *records).read_bytes() for name in ("a", "b"))
    assert first == second


def test_a_private_number_of_a_kpi_is_found_and_masked(place: LedgerPlace, execute: Execute) -> None:
    number = Decimal(123456789018)
    kpi = replace(KPI, unit="件", result=number, numerator=number)
    kept(place, replace(RECORD, facts=(), kpis=(kpi,)))
    with Ledger.open_for_writing(place) as ledger:
        assert ledger.private_values() == {str(number)}
        sought = SearchTerms(ledger.private_values())
        assert (ledger.count_rows_with(sought), ledger.mask(sought)) == (1, 1)
        assert ledger.private_values() == frozenset()
    assert execute(place, "SELECT result, numerator, target, name FROM kpis") == [
        (None, None, None, KPI.name)
    ]
