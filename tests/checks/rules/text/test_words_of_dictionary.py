"""What searches texts is loaded for those that no earlier check has searched, and for no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT

BOOK = Path("workbooks/saitama-fy2024-q3/提出/レセプトグループ.xlsm")
SEARCHES = (
    "grammar.wrong_cases",
    "grammar.wrong_particles",
    "sense.opposed_clauses",
    "syntax.roles",
    "times.sequence",
)
CHECK = f"""
import sys
from kenpo_xl.cli.commands import main
try:
    main(['check', {str(BOOK)!r}])
except SystemExit:
    pass
print(*(one for one in {SEARCHES} if 'kenpo_xl.domain.language.' + one in sys.modules), sep=',')
"""


def test_a_second_check_of_the_same_texts_loads_no_search(tmp_path: Path) -> None:
    def searches_and_findings() -> tuple[str, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", CHECK],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=120,
        )
        *findings, loaded = done.stdout.split("\n")[:-1]
        return loaded, findings

    first, second = searches_and_findings(), searches_and_findings()
    assert first[0] == ",".join(SEARCHES)
    assert second == ("", first[1])
