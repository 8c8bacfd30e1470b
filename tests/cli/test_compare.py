"""`kenpo-xl compare`: its workbooks against the ledger asked by another program, its statuses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.ledger_records import Outcome, PeriodRecord
from kenpo_xl.ledger import Ledger
from kenpo_xl.ooxml.workbook import Workbook
from tests.edited import edited
from tests.ledger.records import DAYS
from tests.pipeline.branches.test_compare import BRANCHES, records

NAMES = ["健診実施率", "苦情の件数"]
QUERY = """
    select k.name, p.branch, cast(k.result as real),
           rank() over (
               partition by k.name
               order by cast(k.result as real) * iif(k.direction = '以上', -1, 1)
           ),
           sum(cast(k.numerator as real)) over (partition by k.name)
           / sum(cast(k.denominator as real)) over (partition by k.name),
           avg(cast(k.result as real)) over (partition by k.name)
    from kpis k join periods p on p.period = k.period
    where k.last_run is null and p.fiscal_year = 2024 and p.number = 3
"""
"""What another program makes of the third quarter: results, ranks, mean by parts and mean of results."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger of twelve branches in seven quarters."""
    folder = tmp_path_factory.mktemp("本部")
    with (
        Ledger.open_for_writing(folder / "台帳.sqlite3") as ledger,
        ledger.begin_run(DAYS[0]) as run,
    ):
        for key, kpis in records():
            late = ("保健グループ",) if key.branch == BRANCHES[0] else ()
            run.record_period(PeriodRecord(key, key.branch, Outcome("d", late=late), kpis=kpis))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


@pytest.fixture(scope="module")
def done(root: Path) -> Result:
    return run(root, "-o", root / "比較.xlsx", "--publish")


def test_what_it_says(root: Path, done: Result) -> None:
    assert (done.exit_code, done.stderr) == (1, "")  # a branch is late
    assert done.stdout == (
        f"比較を作りました（令和6年度 12月まで、12 支部、2 指標）: {root / '比較.xlsx'}\n"
        "外れ値 0、遅れている支部 1、比べられなかった指標 0\n"
        f"支部に配る全国平均を作りました: {root / '全国平均.xlsx'}\n"
    )


@pytest.mark.usefixtures("done")
def test_its_numbers_are_those_of_the_ledger(root: Path) -> None:
    with closing(sqlite3.connect(root / "台帳.sqlite3")) as ledger:
        asked = ledger.execute(QUERY).fetchall()
    overview = Workbook(root / "比較.xlsx").sheets["比較"]
    means, ranks = (Workbook(root / "全国平均.xlsx").sheets[name] for name in ("全国平均", "全国順位"))
    rows = {overview.text(row, 1): row for row in overview.non_empty_rows()}
    published = {ranks.text(row, 1): row for row in ranks.non_empty_rows()}
    assert len(asked) == len(NAMES) * len(BRANCHES)
    for name, branch, result, rank, by_parts, of_results in asked:
        place = NAMES.index(name)
        first, mean = 2 + 3 * place, of_results if by_parts is None else by_parts
        assert overview.value(rows[branch], first) == pytest.approx(result)
        assert overview.value(rows[branch], first + 2) == rank == ranks.value(published[branch], 2 + place)
        assert overview.value(rows["全国平均"], first) == pytest.approx(mean)
        assert means.value(5 + place, 5) == pytest.approx(mean)


@pytest.mark.usefixtures("done")
def test_a_publication_that_head_office_changed_is_kept(root: Path, tmp_path: Path) -> None:
    with edited(root / "全国平均.xlsx", tmp_path / "全国平均.xlsx") as book:
        book["全国平均"]["E5"] = 0.5
    again = run(root, "-o", tmp_path / "比較.xlsx", "--publish")
    assert again.stderr == "全国平均.xlsx は人が変更したため残し、隣に作りました。\n"
    assert Workbook(tmp_path / "全国平均.xlsx").sheets["全国平均"].value(5, 5) == 0.5


@pytest.mark.parametrize(
    ("quarter", "status", "said"),
    [("第3", 2, "--quarter は 2024Q3 の形で"), ("2019Q1", 3, "令和元年度 6月まで の記録がありません")],
)
def test_a_quarter_that_is_none(root: Path, tmp_path: Path, quarter: str, status: int, said: str) -> None:
    refused = run(root, "--quarter", quarter, "-o", tmp_path / "a.xlsx")
    assert (refused.exit_code, said in refused.stderr) == (status, True)
