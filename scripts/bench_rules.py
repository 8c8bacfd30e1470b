"""What each rule of a check costs, and what the expressions cost that are compiled for it.

python scripts/bench_rules.py [RUNS]    milliseconds of CPU, the least of RUNS (5) whole processes

Used by bench.py. The time of a rule includes what it computes first for others, and what it compiles: here
all expressions are compiled again, as in the first check on a computer. The words of all texts, which a dozen
rules share, are shown by themselves.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.paths import ROOT, SAMPLE

_MOST, _LONGEST = 10, 90
_WORDS = "words of all texts (dictionary)"
_clock = time.process_time


def main(arguments: list[str]) -> int:
    """Print the costs; the exit status."""
    print_costs(int(arguments[0]) if arguments else 5)
    return 0


def print_costs(runs: int) -> None:
    """Print the rules and the expressions that cost most in a check of the sample's largest book."""
    rules: dict[str, float] = {}
    patterns: dict[str, float] = {}
    for _ in range(runs + 1):
        found = json.loads(_measured_in_new_process())
        for least, now in ((rules, found["rules"]), (patterns, found["patterns"])):
            least |= {name: min(seconds, least.get(name, seconds)) for name, seconds in now.items()}
            for name in least.keys() - now.keys():  # compiled while the cache was filled
                del least[name]
    _print_dearest("rules", rules)
    _print_dearest("expressions compiled", patterns)


def _print_dearest(title: str, costs: Mapping[str, float]) -> None:
    print(f"\n{title}: {len(costs)}, {sum(costs.values()) * 1000:.0f} ms")
    for name in sorted(costs, key=lambda one: -costs[one])[:_MOST]:
        print(f"  {costs[name] * 1000:6.1f} ms  {name[:_LONGEST]}")


def _measured_in_new_process() -> bytes:
    code = "from scripts.bench_rules import measured; print(measured())"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=300
    ).stdout


def measured() -> str:
    """The seconds of each rule and of each expression in a check in this process, as JSON."""
    patterns: dict[str, float] = {}
    _measure_compiling(patterns)
    from kenpo_xl.checks import engine, registry
    from kenpo_xl.tasks.check import check_books

    engine.all_rules()
    rules: dict[str, float] = {}
    for code, one in registry._RULES.items():
        registry._RULES[code] = replace(one, function=_timed(one.function, code, rules))
    check_books([max((SAMPLE / "提出").glob("*.xlsm"), key=lambda path: path.stat().st_size)])
    return json.dumps({"rules": rules, "patterns": patterns})


def _timed(function: Any, code: str, seconds: dict[str, float]) -> Any:
    from kenpo_xl.checks.support.known_texts import proofread_texts

    def run(context: Any) -> Iterator[Any]:
        start = _clock()
        proofread_texts(context)
        seconds.setdefault(_WORDS, _clock() - start)
        start = _clock()
        found = list(function(context))
        seconds[f"{code} {function.__name__}"] = _clock() - start
        return iter(found)

    return run


def _measure_compiling(seconds: dict[str, float]) -> None:
    """Replace `re.compile` by one that writes down what it took, and for which line."""
    compile_pattern = re.compile

    def timed(pattern: Any, flags: int = 0) -> Any:
        start = _clock()
        found = compile_pattern(pattern, flags)
        seconds[f"{_line_of_ours()} {pattern!r}"] = _clock() - start
        return found

    re.compile = timed  # type: ignore[assignment]
    from kenpo_xl.storage import compiled_patterns  # binds what compiles from now on

    compiled_patterns._sre = None  # takes none from earlier processes


def _line_of_ours() -> str:
    """The file that uses an expression, without what compiles it."""
    frame: Any = sys._getframe(2)
    while frame:
        path = Path(frame.f_code.co_filename)
        if "kenpo_xl" in path.parts and path.name != "lazy_patterns.py":
            return f"{path.parent.name}/{path.name}:{frame.f_lineno}"
        frame = frame.f_back
    return "libraries"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
