"""Nights whose ledger is on a server: the outputs and facts of one in a file, several roots, a restart."""

from __future__ import annotations

import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.ledgers.move import move_ledger
from kenpo_xl.tasks.nightly import PeriodDone
from kenpo_xl.tasks.nightly.workers import worker_pool
from scripts.kill_nights import recorded_values
from tests.postgresql import ENDS, Cluster
from tests.soak import TIMES, soak
from tests.tasks.nightly.conftest import files, outputs, run
from tests.tasks.nightly.small_branches import write_branch

KEY = PeriodKey("青森支部", FiscalYear(2024), 3)


def history(place: LedgerPlace, branch: str = KEY.branch) -> History:
    """What later periods read, without the order in which it was recorded."""
    with Ledger.open_read_only(place) as ledger:
        found = ledger.history(branch)
    return History(
        tuple(
            replace(one, facts=tuple(sorted(one.facts, key=lambda fact: (fact.identity, fact.entity))))
            for one in found.periods
        )
    )


def is_recorded(place: LedgerPlace, first_nights: Path) -> bool:
    """Whether a ledger says of a root of two branches what the file of an undisturbed night says."""
    return recorded_values(place) == recorded_values(first_nights / "root" / "台帳.sqlite3")


def states(done: list[PeriodDone]) -> list[tuple[bool, int, int]]:
    return [(one.unchanged, len(one.failures), len(one.notes)) for one in done]


def test_a_night_on_a_server_is_one_in_a_file(root: Path, first_nights: Path, postgresql: Cluster) -> None:
    """To the byte and to the fact, with worker processes as with a thread; the next one has nothing to do."""
    place = postgresql.new_ledger()
    run(root, ledger=place, executor=worker_pool(2))
    assert outputs(root) == outputs(first_nights / "root")
    assert not (root / "台帳.sqlite3").exists()
    assert history(place) == history(first_nights / "root" / "台帳.sqlite3")
    assert is_recorded(place, first_nights)
    before = files(root)
    assert states(run(root, ledger=place).periods) == [(True, 0, 0)] * 2
    assert files(root) == before


@soak
def test_a_server_that_is_killed_at_random_moments(
    root: Path, first_nights: Path, tmp_path: Path, postgresql: Cluster
) -> None:
    """Nothing is lost, nothing is there twice: not in what is so, nor in what was."""
    chance = random.Random(TIMES)
    quiet, copy = postgresql.new_ledger(), tmp_path / "写し"
    begun = time.monotonic()
    run(Path(shutil.copytree(root, copy)), ledger=quiet)
    longest = time.monotonic() - begun
    for _ in range(TIMES):
        shutil.rmtree(copy)
        place = postgresql.new_ledger()
        with postgresql.failing(chance.choice(ENDS), chance.uniform(0, longest)):
            done = run(Path(shutil.copytree(root, copy)), ledger=place)
        assert states(done.periods) == [(False, 0, 0)] * 2
        assert outputs(copy) == outputs(first_nights / "root")
        assert is_recorded(place, first_nights)
        assert postgresql.row_counts(place) == postgresql.row_counts(quiet)
        assert states(run(copy, ledger=place).periods) == [(True, 0, 0)] * 2


def test_a_moved_ledger_goes_on(ran: Path, postgresql: Cluster) -> None:
    place, file = postgresql.new_ledger(), ran / "台帳.sqlite3"
    content = file.read_bytes()
    moved = move_ledger(ran, place, user="佐藤", since="2:00")
    assert (moved.periods, file.read_bytes()) == (2, content)
    assert [history(place, name) for name in ("青森支部", "岩手支部")] == [
        history(file, name) for name in ("青森支部", "岩手支部")
    ]
    assert states(run(ran, ledger=place).periods) == [(True, 0, 0)] * 2
    with pytest.raises(KenpoError, match="同じ期があるため（岩手支部 令和6年度第3四半期、青森支部"):
        move_ledger(file, place, user="佐藤", since="2:00")


def test_roots_write_into_one_ledger_at_once(one: Path, tmp_path: Path, postgresql: Cluster) -> None:
    """A branch that two roots hold is named by both; what each wrote is whole."""
    place, other = postgresql.new_ledger(), tmp_path / "西"
    write_branch(other / "福岡", "福岡支部")
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda root: run(root, ledger=place), (one, other)))
    assert [states(each.periods) for each in done] == [[(False, 0, 0)]] * 2
    with Ledger.open_read_only(place) as ledger:
        assert [(known.key.branch, known.folder) for known in ledger.periods()] == [
            ("福岡支部", "福岡"),
            ("青森支部", "青森"),
        ]
    copy = Path(shutil.copytree(one, tmp_path / "写し"))
    (again,) = run(copy, ledger=place).periods
    assert [one.as_posix() in note for note in again.notes if "2 か所" in note] == [True]


def test_a_server_that_is_started_again_in_the_middle(
    root: Path, first_nights: Path, postgresql: Cluster
) -> None:
    place = postgresql.new_ledger()

    def restart(_: PeriodDone, __: int) -> None:
        postgresql.stop(signal.SIGKILL)
        postgresql.start()

    assert states(run(root, ledger=place, watch=restart).periods) == [(False, 0, 0)] * 2
    assert outputs(root) == outputs(first_nights / "root")
    assert history(place) == history(first_nights / "root" / "台帳.sqlite3")
    assert states(run(root, ledger=place).periods) == [(True, 0, 0)] * 2


def test_a_server_that_is_gone_ends_the_night_and_the_next_one_completes(
    one: Path, first_nights: Path, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kenpo_xl.ledger import ledger as opened

    place = postgresql.new_ledger()
    Ledger.open_for_writing(place).close()
    monkeypatch.setattr(opened, "PATIENCE", 0.1)
    monkeypatch.setattr(Ledger.open_for_writing.__func__, "__kwdefaults__", {"patience": 0.1})
    stop = signal.SIGKILL

    class Stopping(ThreadPoolExecutor):
        def submit(self, *work, **named):  # type: ignore[no-untyped-def]
            if work[1:]:
                postgresql.stop(stop)
            return super().submit(*work, **named)

    from kenpo_xl.tasks.nightly import run_nightly
    from tests.tasks.nightly.conftest import TODAY

    try:
        with Stopping(1) as executor, pytest.raises(KenpoError, match="に接続できません"):
            run_nightly(
                one, executor, today=TODAY, user="佐藤", since="2:00", watch=lambda *_: None, ledger=place
            )
    finally:
        postgresql.start()
    assert states(run(one, ledger=place).periods) == [(False, 0, 0)]
    assert outputs(one) == outputs(first_nights / "one")
    assert history(place) == history(first_nights / "one" / "台帳.sqlite3")
