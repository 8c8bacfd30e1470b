"""`kenpo-xl trace`: the value, its cell, since when, what stood before; or the identities that were meant."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from tests.ledger.records import FACT, IDENTITY, KEY, RECORD, kept, with_fact

NOW = f"""\
{IDENTITY}
■ 埼玉支部　令和6年度第3四半期　令和6年度/第3四半期
  今　99.90％　令和6年4月～12月（累計）　出所 業務グループ.xlsm 1-2-2!G27　2025（令和7）年1月7日から
  前　99.80％（入力 99.80％、計算 100.00％）　令和6年4月～12月（累計）　出所 業務グループ.xlsm 1-2-2!G26　\
2025（令和7）年1月6日から 2025（令和7）年1月6日まで
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["trace", *map(str, arguments)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A ledger of two runs, the second of which found another value one cell below."""
    moved = Source("業務グループ.xlsm", "1-2-2", "G27")
    new = with_fact(value=Decimal("0.999"), typed=None, computed=Decimal("0.999"), source=moved)
    kept(tmp_path / "台帳.sqlite3", RECORD, new)
    (tmp_path / "令和6年度" / "第3四半期").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("place", ["", "台帳.sqlite3", "令和6年度/第3四半期"])
def test_a_ledger_its_folder_or_a_folder_below_it(root: Path, place: str) -> None:
    done = run(root / place, IDENTITY)
    assert (done.exit_code, done.stdout, done.stderr) == (0, NOW, "")


def test_words_that_fit_one_figure(root: Path) -> None:
    assert run(root, "決定達成", "達成率").stdout == NOW


def test_words_that_fit_several_are_answered_with_all(root: Path) -> None:
    done = run(root, "1-2-2")
    assert (done.exit_code, done.stdout.splitlines()) == (3, ["1-2-2/所要日数/当年/日数", IDENTITY])
    assert done.stderr == "当たる識別名が 2 つ以上あります。1 つに決まるように指定してください。\n"


def test_a_figure_goes_on_under_its_key(tmp_path: Path) -> None:
    """Fiscal 2024 had numbers only; in 2025 the item has a key and another number."""
    before = replace(
        RECORD, parts=(NamedPart("1-2-2", "1-2-2", "② 決定"), NamedPart("1-2-3", "1-2-3", "③ 窓口"))
    )
    fact = replace(FACT, identity=IDENTITY.replace("1-2-2", "K05"), item="K05", value=Decimal("0.5"))
    parts = (NamedPart("K09", "1-2-2", "① 窓口"), NamedPart("K05", "1-2-3", "② 決定"))
    later = replace(RECORD, key=KEY._replace(fiscal_year=FiscalYear(2025)), facts=(fact,), parts=parts)
    kept(tmp_path / "台帳.sqlite3", before, later)
    identity = IDENTITY.replace("1-2-2", "1-2-3")
    for words in ([identity], [fact.identity], ["決定達成", "達成率"]):
        lines = run(tmp_path, *words).stdout.splitlines()
        assert lines[0] == f"{identity}（鍵 K05）"
        assert [line for line in lines if line.startswith("■")] == [
            "■ 埼玉支部　令和7年度第3四半期　令和6年度/第3四半期",
            "■ 埼玉支部　令和6年度第3四半期　令和6年度/第3四半期",
        ]


def test_a_figure_goes_on_when_its_plan_gets_keys(tmp_path: Path) -> None:
    """Within one period, after a run that knew numbers only."""
    before = replace(RECORD, parts=(NamedPart("1-2-2", "1-2-2", "② 決定"),))
    fact = replace(FACT, identity=IDENTITY.replace("1-2-2", "K05"), item="K05")
    later = replace(RECORD, facts=(fact,), parts=(NamedPart("K05", "1-2-2", "② 決定"),))
    kept(tmp_path / "台帳.sqlite3", before, later)
    lines = run(tmp_path, IDENTITY).stdout.splitlines()
    assert lines[0] == f"{IDENTITY}（鍵 K05）"
    assert [line.strip()[0] for line in lines[2:]] == ["今", "前"]


def test_an_identity_that_begins_another_is_itself(root: Path) -> None:
    longer = replace(FACT, identity=f"{IDENTITY}/1")
    kept(root / "台帳.sqlite3", replace(RECORD, facts=(*RECORD.facts, longer)))
    assert run(root, IDENTITY).exit_code == 0


def test_words_that_fit_none(root: Path) -> None:
    done = run(root, "回収率")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith("回収率 に当たる数値は台帳にありません。")
    assert len(done.stderr.splitlines()) == 1


def test_one_branch_of_many(root: Path) -> None:
    other = replace(RECORD, key=KEY._replace(branch="千葉支部"), folder="")
    kept(root / "台帳.sqlite3", other)
    assert [line for line in run(root, IDENTITY).stdout.splitlines() if line.startswith("■")] == [
        "■ 千葉支部　令和6年度第3四半期",
        "■ 埼玉支部　令和6年度第3四半期　令和6年度/第3四半期",
    ]
    assert run(root, IDENTITY, "--branch", "埼玉支部").stdout == NOW
    assert run(root, IDENTITY, "--branch", "東京支部").exit_code == 3


def test_the_rows_of_an_open_list_apart(root: Path) -> None:
    cities = tuple(replace(FACT, entity=name) for name in ("川越市", "熊谷市"))
    kept(root / "台帳.sqlite3", replace(RECORD, facts=cities))
    headers = [line for line in run(root, IDENTITY).stdout.splitlines() if line.startswith(IDENTITY)]
    assert headers == [IDENTITY, f"{IDENTITY}（川越市）", f"{IDENTITY}（熊谷市）"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit": "件", "value": Decimal(43_089), "decimals": None, "typed": None}, "43,089 件"),
        ({"value": None, "typed": None, "typed_text": "確認中"}, "数値なし（入力「確認中」）"),
        ({"value": None, "typed": None}, "数値なし"),
        ({"typed": None, "decimals": None, "value": Decimal(1) / 3}, "33.3333333333333％"),
    ],
)
def test_values_as_they_are_printed(tmp_path: Path, changes: dict[str, object], expected: str) -> None:
    kept(tmp_path / "台帳.sqlite3", with_fact(**changes))
    assert run(tmp_path, IDENTITY).stdout.splitlines()[2].split("　")[1] == expected


def test_no_ledger_and_one_of_a_newer_program(tmp_path: Path) -> None:
    done = run(tmp_path, IDENTITY)
    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
    path = kept(tmp_path / "台帳.sqlite3", RECORD)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    done = run(tmp_path, IDENTITY)
    assert (done.exit_code, "新しい版の kenpo-xl" in done.stderr) == (3, True)


def trend(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["trend", *map(str, arguments)])


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """A ledger with the same quarter of two years, the later one corrected once."""
    assert FACT.span
    span = replace(FACT.span, first=FACT.span.first.years_earlier(1), last=FACT.span.last.years_earlier(1))
    fact = replace(FACT, span=span, value=Decimal("0.9964"), typed=None)
    before = replace(RECORD, key=KEY._replace(fiscal_year=FiscalYear(2023)), facts=(fact,), folder="")
    return kept(tmp_path / "台帳.sqlite3", before, RECORD, with_fact(value=Decimal("0.999"))).parent


def test_a_trend_through_years_with_corrections(years: Path) -> None:
    done = trend(years, "決定達成", "達成率")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (
        done.stdout
        == f"""\
{IDENTITY}
■ 埼玉支部
  令和5年4月～12月（累計）　99.64％
  令和6年4月～12月（累計）　99.90％　前年から +0.26ポイント　訂正あり　前は 99.80％\
（令和6年度第3四半期、2025（令和7）年1月7日まで）
"""
    )


def test_a_trend_of_several_branches_names_the_figure_once(years: Path) -> None:
    kept(years / "台帳.sqlite3", replace(RECORD, key=KEY._replace(branch="千葉支部"), folder=""))
    lines = trend(years, IDENTITY).stdout.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [IDENTITY, "■ 千葉支部", "■ 埼玉支部"]
    assert trend(years, IDENTITY, "--branch", "千葉支部").stdout.splitlines()[1:] == [
        "■ 千葉支部",
        "  令和6年4月～12月（累計）　99.80％",
    ]


def test_a_trend_of_several_figures_or_none(years: Path) -> None:
    done = trend(years, "1-2-2")
    assert (done.exit_code, done.stdout.splitlines()) == (3, ["1-2-2/所要日数/当年/日数", IDENTITY])
    assert (trend(years, "回収率").exit_code, trend(years / "..", IDENTITY).exit_code) == (3, 3)
