"""One submitted book under check, with everything that a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.findings.thresholds import THRESHOLDS
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.language.vocabulary import Vocabulary, vocabulary_of
from kenpo_xl.domain.outputs.national_figures import NationalFigures, NationalValue
from kenpo_xl.domain.plan.gathered_figures import FiguresInBook
from kenpo_xl.domain.plan.items import part_of_item
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission

Thing = TypeVar("Thing")
VocabularyMaker = Callable[[Sequence[str], Tokenizer], Vocabulary]


class Rememberer(Protocol):
    """Returns what `make` returns, or what it returned in an earlier check to the same question on a text."""

    def __call__(self, question: str, text: str, make: Callable[[], Thing], /) -> Thing: ...


def _result_of_make(_question: str, _text: str, make: Callable[[], Thing], /) -> Thing:
    """What `make` returns; nothing is remembered."""
    return make()


@frozen
class CheckContext:
    """A submission with its plan and, if known, the other groups' books and its past.

    `figures` and `assessments` are computed from this book and its `neighbours` (the other groups' books of
    the same folder, None for a book outside a period); `history` is None without earlier periods; `lacking`
    is the reason why some neighbours are missing, '' for none; `choices` are those
    among several submitted books of this group; `tokenizer` is None where no dictionary is installed;
    `national` is what head office published for the period, None without;
    `returned` are the remarks of the planner that are not closed, None where they cannot be read;
    `make_vocabulary` returns the words of texts, which it may know from an earlier run, and `remember` what
    was found in them.
    """

    plan: Plan
    submission: Submission
    survey: Survey
    figures: Figures
    assessments: Assessments
    neighbours: tuple[Submission, ...] | None = None
    history: History | None = None
    choices: tuple[BookChoice, ...] = ()
    lacking: str = ""
    tokenizer: Tokenizer | None = None
    returned: tuple[ReturnRemark, ...] | None = ()
    national: NationalFigures | None = None
    make_vocabulary: VocabularyMaker = field(default=vocabulary_of, compare=False)
    remember: Rememberer = field(default=_result_of_make, compare=False)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text, computed once; none without a tokenizer."""
        if text not in self._tokens:
            self._tokens[text] = self.tokenizer(text) if self.tokenizer else ()
        return self._tokens[text]

    @cached_property
    def _tokens(self) -> dict[str, tuple[Token, ...]]:
        return {}

    def computed_once(self, make: Callable[[CheckContext], Thing]) -> Thing:
        """What a function makes of this context, computed once."""
        if make not in self._computed:
            self._computed[make] = make(self)
        return cast("Thing", self._computed[make])

    @cached_property
    def _computed(self) -> dict[Callable[[CheckContext], Any], Any]:
        return {}

    def threshold(self, code: str) -> Decimal:
        """The threshold of a rule: what the office sets in 規則, else the usual one."""
        settings = (one.threshold for one in self.plan.rule_settings if one.code == code)
        return next((value for value in settings if value is not None), THRESHOLDS[code].usual)

    @cached_property
    def own_items(self) -> tuple[Item, ...]:
        """The items of the book's group, of shared ones its part; and those given to other groups since."""
        group, there = self.submission.group, self.entries_by_item
        parts = ((item, part_of_item(item, group)) for item in self.plan.items)
        return tuple(part or item for item, part in parts if part or item.id in there)

    @cached_property
    def entries_by_item(self) -> dict[str, ItemEntry]:
        """What was read from each item's sheet, by item."""
        return {entry.item: entry for entry in self.submission.items}

    @cached_property
    def own_tables(self) -> tuple[TableFigures, ...]:
        """The tables of the book that were found in it."""
        return tuple(
            self.figures.tables[item.id, table.table]
            for item in self.own_items
            if item.id in self.entries_by_item
            for table in self.entries_by_item[item.id].tables
        )

    @cached_property
    def figures_in_book(self) -> FiguresInBook:
        """The figures of the book; what gathers figures of other books has no formula in it."""
        return FiguresInBook(self.plan, self.submission.group)

    @property
    def own_figures(self) -> Iterator[Figure]:
        """Every figure of the book that has a cell in it."""
        return (
            figure
            for table in self.own_tables
            for row in table.rows
            for figure in row.figures
            if figure.source is not None
        )

    @property
    def text_lines_with_items(self) -> Iterator[tuple[Item, LineEntry]]:
        """Every text line of the book with its item."""
        for item in self.own_items:
            entry = self.entries_by_item.get(item.id)
            for line in entry.lines if entry else ():
                if line.kind is LineKind.TEXT:
                    yield item, line

    def published_value(self, figure: Figure) -> NationalValue | None:
        """What head office published for a cell; None for any other cell, and up to another month."""
        one = self._published_values.get(figure.id)
        is_of_these_months = one and self.figures.span_of_figure(figure.id).last == one.until
        return one if is_of_these_months else None

    @cached_property
    def _published_values(self) -> dict[FigureId, NationalValue]:
        found = self.national.values_for(self.plan) if self.national else ()
        return {one.identity: one for one in found}

    @cached_property
    def unconfirmed_cells(self) -> frozenset[Source]:
        """The cells of lines that are still last quarter's, in this book and its neighbours."""
        return frozenset(
            line.source
            for submission in (self.submission, *(self.neighbours or ()))
            for item in submission.items
            for line in item.lines
            if line.is_unconfirmed and line.source
        )

    @property
    def own_kpi_assessments(self) -> Iterator[KpiAssessment]:
        """The KPIs of the book's items."""
        own = {item.id for item in self.own_items}
        return (kpi for kpi in self.assessments.kpis if kpi.item in own)
