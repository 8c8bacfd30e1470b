"""What was found in texts is found again where any text that decides on it is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kenpo_xl.checks.context import CheckContext, Thing
from kenpo_xl.checks.support.known_texts import found_in_texts
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.tokenizer import available_tokenizer
from tests.checks.text_cases import CELL, HEALTH, ITEM, OFFICE, computed, rewritten, submissions, vocabulary
from tests.sample import sample_plan


class _Memory:
    """Remembers what was found, and counts how often it had to be."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], object] = {}

    def __call__(self, question: str, text: str, make: Callable[[], Thing], /) -> Thing:
        if (question, text) not in self.found:
            self.found[question, text] = make()
        return self.found[question, text]  # type: ignore[return-value]


def _find_letters(memory: _Memory, own: Submission, other: Submission, plan: Plan) -> list[tuple[str, int]]:
    context = CheckContext(
        plan,
        own,
        Survey(),
        *computed(OFFICE, neighbours=True),
        (other,),
        tokenizer=available_tokenizer(),
        make_vocabulary=vocabulary,
        remember=memory,
    )
    letters = found_in_texts(context, "letters", lambda text: iter([len(text.written.text)]))
    return [(written.text, *found) for written, found in letters]


@pytest.fixture(scope="module")
def memory() -> _Memory:
    memory = _Memory()
    _find_letters(memory, submissions()[OFFICE], submissions()[HEALTH], sample_plan())
    return memory


def test_the_same_texts_are_searched_once(memory: _Memory) -> None:
    found = _find_letters(memory, submissions()[OFFICE], submissions()[HEALTH], sample_plan())
    assert len(memory.found) == 1
    assert found
    assert all(len(text) == letters for text, letters in found)


@pytest.mark.parametrize("changed", ["own line", "line of another group", "plan"])
def test_other_texts_are_searched_again(memory: _Memory, changed: str) -> None:
    own, other, plan = submissions()[OFFICE], submissions()[HEALTH], sample_plan()
    before = len(memory.found)
    if changed == "own line":
        own = rewritten(own, {f"{ITEM} {CELL}": "別の文を書いた。"})
    elif changed == "plan":
        plan = replace(plan, title="別の計画")
    else:
        line = next(one for item in other.items for one in item.lines if one.source and one.text)
        other = replace(
            other,
            items=tuple(
                replace(
                    item,
                    lines=tuple(
                        replace(one, text="別の文を書いた。") if one is line else one for one in item.lines
                    ),
                )
                for item in other.items
            ),
        )
    _find_letters(memory, own, other, plan)
    assert len(memory.found) == before + 1
