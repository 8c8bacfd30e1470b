"""A book over which the program itself fails stops itself alone, in every command of several books."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.books.input.inspect import inspection
from kenpo_xl.cli.commands import main
from kenpo_xl.tasks import fix as fixing
from kenpo_xl.tasks import flag as flagging

BAD = "レセプトグループ.xlsm"
SAID = f"{BAD} はプログラムの誤りで処理できませんでした。"


@pytest.fixture(autouse=True)
def _bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading one of the books raises what no one expected."""

    def failing(real: object) -> object:
        def read(path: Path, *rest: object, **options: object) -> object:
            if path.name == BAD:
                raise RecursionError("deep")
            return real(path, *rest, **options)  # type: ignore[operator]

        return read

    monkeypatch.setattr("kenpo_xl.tasks.check_session.read_book", failing(inspection.read_book))
    monkeypatch.setattr("kenpo_xl.tasks.fix.Workbook", failing(fixing.Workbook))
    monkeypatch.setattr("kenpo_xl.tasks.flag.Workbook", failing(flagging.Workbook))


@pytest.mark.parametrize("command", ["check", "flag", "unflag", "fix"])
def test_the_others_are_done(command: str, period: Path) -> None:
    done = CliRunner().invoke(main, [command, str(period)])
    assert done.exit_code == 3
    said = done.stderr.splitlines()
    assert said[0] == SAID
    assert re.fullmatch(r"プログラムの誤りです。.+kenpo-xl\.log を IT 担当へ渡してください。", said[-1])
    others = {path.name for path in (period / "提出").glob("*.xlsm")} - {BAD}
    assert all(name in done.stdout for name in others)
    assert "RecursionError" not in done.output
