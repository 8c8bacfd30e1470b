"""What a ledger of many branches costs: its size, and look-ups over quarters, in a file or on a server.

python scripts/bench.py ledgers [--branches 47,470] [--quarters 20] [--ledger URL]

Branches are recorded from the sample with figures of their own, quarter by quarter; then what a night looks
up for one period, what `trace` and `compare` ask, each by itself. With --ledger the same on a server, in the
empty schema that it names. Processor time of this process, and seconds on the clock: a server has its own.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl, ledger_url
from kenpo_xl.domain.outputs.ledger_records import KpiRecord, PeriodRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.branches.comparison import write_comparison
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.trace import trace_figure
from scripts.make_branches import branches
from scripts.paths import SAMPLE

FIRST_YEAR, QUARTERS_OF_A_YEAR = 2020, 4
FIGURE = "1-2-2/決定達成/当年/達成率"


def main(arguments: Sequence[str]) -> int:
    """Print what ledgers cost; the exit status."""
    parser = argparse.ArgumentParser(prog="bench.py ledgers")
    parser.add_argument("--branches", default="47")
    parser.add_argument("--quarters", type=int, default=20)
    parser.add_argument("--ledger", default="")
    asked = parser.parse_args(arguments)
    url = ledger_url(asked.ledger) if asked.ledger else None
    sample = period_record(consolidate(PeriodFolder(SAMPLE)))
    for many in map(int, asked.branches.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            _measure(url or Path(folder) / "台帳.sqlite3", sample, many, asked.quarters, Path(folder))
    return 0


def _measure(place: LedgerPlace, sample: PeriodRecord, many: int, quarters: int, folder: Path) -> None:
    print(f"{many} branches, {quarters} quarters, {'a server' if isinstance(place, LedgerUrl) else 'a file'}")
    names = branches(many)
    with Ledger.open_for_writing(place) as ledger:
        count = many * quarters
        _print(f"record {count} periods", lambda: _fill(ledger, sample, names, quarters), count)
    if isinstance(place, Path):
        size = place.stat().st_size
        print(f"  {'size':<44}{size / 1e6:>10.1f} MB, {size / count / 1e3:.0f} KB a period")
    last = PeriodKey(names[0], *_year_and_number(quarters - 1))
    with Ledger.open_read_only(place) as ledger:
        branch = last.branch
        _print("periods of a branch", lambda: ledger.periods(branch))
        _print("files of a branch", lambda: ledger.files_of_branch(branch))
        _print("earlier periods of a period", lambda: ledger.earlier_periods(last))
        _print("findings of a period, past ones too", lambda: ledger.versions_of_findings(last))
        _print("a figure of a branch", lambda: ledger.versions_of_figure(FIGURE, branch=last.branch))
    path, url = (place, None) if isinstance(place, Path) else (folder, place)
    _print("trace in a branch", lambda: trace_figure(path, [FIGURE], branch=last.branch, ledger=url))
    _print("trace in all branches", lambda: trace_figure(path, [FIGURE], ledger=url))
    _print("compare, with its workbook", lambda: write_comparison(place, folder / "比較.xlsx"))


def _fill(ledger: Ledger, sample: PeriodRecord, names: Sequence[str], quarters: int) -> None:
    rng = random.Random(1)
    for quarter in range(quarters):
        year, number = _year_and_number(quarter)
        with ledger.begin_run(date(year, 4, 1)) as run:
            for record in _varied(sample, names, rng):
                run.record_period(replace(record, key=PeriodKey(record.key.branch, year, number)))


def _year_and_number(quarter: int) -> tuple[FiscalYear, int]:
    return FiscalYear(FIRST_YEAR + quarter // QUARTERS_OF_A_YEAR), quarter % QUARTERS_OF_A_YEAR + 1


def _varied(sample: PeriodRecord, names: Sequence[str], rng: random.Random) -> Iterator[PeriodRecord]:
    """The record of each branch: every number of a branch by a factor of its own."""
    for name in names:
        factor = Decimal(str(round(rng.gauss(1, 0.08), 4)))
        kpis = tuple(_varied_kpi(one, factor) for one in sample.kpis)
        facts = tuple(replace(one, value=_times(one.value, factor)) for one in sample.facts)
        yield replace(sample, key=PeriodKey(name, FiscalYear(0), 1), folder=name, facts=facts, kpis=kpis)


def _varied_kpi(one: KpiRecord, factor: Decimal) -> KpiRecord:
    return replace(one, result=_times(one.result, factor), numerator=_times(one.numerator, factor))


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else round(value * factor, 12)


def _print(what: str, work: Callable[[], Any], count: int = 0) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    each = f", {processor / count * 1000:.0f} ms each" if count else ""
    print(f"  {what:<44}{processor:>10.3f} CPU s, {wall:.3f} s{each}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
