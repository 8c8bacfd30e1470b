"""The names of the program keep to docs/glossary.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT

PACKAGE = ROOT / "kenpo_xl"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
_TERMS, _, _REFUSED = GLOSSARY.partition("## Words that are not used")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# name → why it may hold a refused word
ALLOWED: dict[str, str] = {}

Words = tuple[str, ...]


def names_in(text: str) -> list[str]:
    """What stands between back-ticks."""
    return re.findall(r"`([\w.]+)`", text)


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of tables, without the rows that head them."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] not in ("Japanese", "not")]


REFUSED = [tuple(name.split("_")) for row in rows(_REFUSED) for name in names_in(row[0])]


def test_every_name_of_the_glossary_exists() -> None:
    known = {name for path in PACKAGE.rglob("*.py") for name in names_of(path)}
    wanted = [name for row in rows(_TERMS) for name in names_in(row[2])]
    assert len(wanted) > 40
    assert [name for name in wanted if name not in known] == []


def test_a_term_is_listed_once() -> None:
    japanese = [row[0] for row in rows(_TERMS)]
    assert len(japanese) == len(set(japanese)) > 40


def test_no_name_of_the_domain_or_of_a_rule_holds_a_refused_word() -> None:
    found = {name: path for path, name in refused_names()}
    assert {name: path for name, path in found.items() if name not in ALLOWED} == {}


def test_exceptions_are_still_needed() -> None:
    assert set(ALLOWED) <= {name for _, name in refused_names()}
    assert all(ALLOWED.values())


def refused_names() -> Iterator[tuple[str, str]]:
    """File and name of everything in domain and checks that is called by a refused word."""
    for folder in ("domain", "checks"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            for name in sorted(names_of(path)):
                if holds_refused_word(name):
                    yield str(path.relative_to(ROOT)), name


@cache
def holds_refused_word(name: str) -> bool:
    words = words_of(name)
    return any(refused in runs_of(words, len(refused)) for refused in REFUSED)


def words_of(name: str) -> Words:
    """The words of a name in lower case: `TypedOver`, `typed_over` and `TYPED_OVER` give the same."""
    return tuple(word.lower() for word in _WORD.findall(name))


def runs_of(words: Words, length: int) -> set[Words]:
    return {words[start : start + length] for start in range(len(words) - length + 1)}


@cache
def names_of(path: Path) -> frozenset[str]:
    """The names that a module gives: its own, of its classes, functions, parameters, fields and variables."""
    own = path.parent.name if path.stem == "__init__" else path.stem
    return frozenset({own, *given_names(ast.parse(path.read_text(encoding="utf-8")))})


def given_names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


class TestTheTestItself:
    def test_words_are_seen_in_every_spelling(self) -> None:
        assert words_of("TypedOver") == words_of("_typed_over") == words_of("TYPED_OVER") == ("typed", "over")
        assert words_of("KPIStandings") == ("kpi", "standings")

    def test_a_word_within_a_word_is_none(self) -> None:
        assert holds_refused_word("row_heads")
        assert holds_refused_word("HandedIn")
        assert not holds_refused_word("headers")
        assert not holds_refused_word("overhead")
        assert not holds_refused_word("typed_cell_over_limit")

    def test_all_kinds_of_names_are_seen(self) -> None:
        code = (
            "class A:\n    b: int\n    def c(self, d):\n        e = [g for g in ()]\n        self.f = e\n"
            "with x as h:\n    pass\nfor i in x:\n    pass\n"
        )
        assert set(given_names(ast.parse(code))) == {"A", "b", "c", "self", "d", "e", "g", "h", "i"}
