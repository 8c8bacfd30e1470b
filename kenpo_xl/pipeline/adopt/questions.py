"""Questions about what a form cannot say, each with a guess; an answer is found again by its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.domain.language.normalize import normalized

MOST = 10
"""Questions that are asked; further ones are listed below them as guesses."""


class Asked(StrEnum):
    """What is asked, in the order of what depends on it."""

    YEAR = "年度"
    HEADERS = "見出しの行"
    LIST = "行の増える表"
    GIVEN = "計画で決まる数"
    YEARS = "年度の見出し"
    TOTAL = "計"
    RATE = "計算する欄"
    PERCENT = "割合"
    SIGN = "対象外"
    KPI = "指標"


@frozen
class FormCell:
    """A cell of the form."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        """様式第1号!B5"""
        return f"{self.sheet}!{a1(self.row, self.column)}"


@frozen
class Question:
    """A question with its choices, the first cell that it is about, and how many cells depend on it.

    `key` is the same for the same question in every run; `answer` is what was chosen, else the guess.
    """

    key: str
    kind: Asked
    text: str
    place: FormCell
    choices: tuple[str, ...]
    guess: str
    answer: str
    weight: int
    places: int = 1


@mutable
class Interview:
    """Asks during the reading of a form: returns the answer that was given, else the guess."""

    answers: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, Question] = field(default_factory=dict)

    def ask(
        self,
        kind: Asked,
        about: str,
        text: str,
        *,
        place: tuple[str, CellPosition],
        choices: Sequence[str],
        guess: str,
        weight: int,
    ) -> str:
        """The answer to a question; the same one about several places is asked once."""
        key = f"{kind}/{normalized(about)}/{guess}"
        before = self.found.get(key)
        given = next((one for one in choices if normalized(one) == normalized(self.answers.get(key, ""))), "")
        answer = given or guess
        self.found[key] = Question(
            key=key,
            kind=kind,
            text=before.text if before else text,
            place=before.place if before else FormCell(place[0], *place[1]),
            choices=tuple(choices),
            guess=guess,
            answer=answer,
            weight=weight + (before.weight if before else 0),
            places=1 + (before.places if before else 0),
        )
        return answer

    def ranked_questions(self) -> Iterator[Question]:
        """The questions, those on which most depends first."""
        order = list(Asked)
        yield from sorted(
            self.found.values(),
            key=lambda one: (one.kind is not Asked.YEAR, -one.weight, order.index(one.kind), one.key),
        )
