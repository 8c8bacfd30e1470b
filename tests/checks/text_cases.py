"""The sample's books as read, with other words in their lines: what the rules on texts say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.checks.registry import Rule
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.language.vocabulary import Vocabulary, vocabulary_of
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, RowEntry, Submission, TableEntry
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tokenizer import available_tokenizer
from tests.checks.planted import is_failed
from tests.paths import SUBMITTED
from tests.sample import sample_plan, sample_submission

HEALTH, OFFICE, RECEIPTS, BENEFITS = (
    "保健グループ",
    "企画総務グループ",
    "レセプトグループ",
    "業務グループ",
)
ALL_CODES = ("CO", "WO", "PR")
ITEM, CELL = "1-3", "D9"
"""The first line of an item without tables."""
Lines = Mapping[str, str]
"""What a line says by `item cell`, such as `2-2-5 D15`."""


@cache
def submissions() -> dict[str, Submission]:
    """The sample's books by group."""
    return {path.stem: sample_submission(path.stem) for path in SUBMITTED.glob("*.xlsm")}


def with_figure(group: str, item: str, table: str, row: int, column: int, value: object) -> Submission:
    """A book of the sample with another value in one cell of a table."""

    def cells(found: RowEntry) -> RowEntry:
        entry = replace(found.cells[column], value=value, formula=False)
        return replace(found, cells=(*found.cells[:column], entry, *found.cells[column + 1 :]))

    def rows(found: TableEntry) -> TableEntry:
        if found.table != table:
            return found
        changed = (cells(one) if place == row else one for place, one in enumerate(found.rows))
        return replace(found, rows=tuple(changed))

    def entry(found: ItemEntry) -> ItemEntry:
        return replace(found, tables=tuple(map(rows, found.tables))) if found.item == item else found

    book = submissions()[group]
    return replace(book, items=tuple(map(entry, book.items)))


def rewritten(submission: Submission, lines: Lines) -> Submission:
    """The book with other words in some of its lines."""
    unknown = set(lines)

    def line(item: ItemEntry, found: LineEntry) -> LineEntry:
        place = f"{item.item} {found.source.cell}" if found.source else ""
        if place not in lines or found.kind is not LineKind.TEXT:
            return found
        unknown.discard(place)
        return replace(found, text=lines[place])

    items = tuple(
        replace(item, lines=tuple(line(item, found) for found in item.lines)) for item in submission.items
    )
    assert not unknown
    return replace(submission, items=items)


def neighbours_of(group: str) -> tuple[Submission, ...]:
    """The books of the other groups."""
    return tuple(other for other in submissions().values() if other.group != group)


@cache
def computed(group: str, *, neighbours: bool) -> tuple[Figures, Assessments]:
    """The figures and ratings of the sample, which the words of its lines do not change."""
    return _computed(sample_plan(), submissions()[group], neighbours_of(group) if neighbours else ())


def _computed(plan: Plan, own: Submission, neighbours: tuple[Submission, ...]) -> tuple[Figures, Assessments]:
    figures = recompute_figures(plan, [own, *neighbours])
    return figures, rate_kpis_and_blocks(plan, figures, [own, *neighbours])


def findings(
    group: str,
    lines: Lines | None = None,
    *,
    codes: Iterable[str] = ALL_CODES,
    plan: Plan | None = None,
    book: Submission | None = None,
    neighbours: bool = True,
) -> list[Finding]:
    """What the rules on texts find in a book of the sample with other words in some lines."""
    own = rewritten(book or submissions()[group], lines or {})
    others = neighbours_of(group) if neighbours else ()
    if plan is None and book is None:
        results = computed(group, neighbours=neighbours)
    else:
        results = _computed(plan or sample_plan(), own, others)
    return _found(plan or sample_plan(), own, results, others if neighbours else None, codes)


def findings_in_line(text: str, codes: Iterable[str] = ALL_CODES) -> list[Finding]:
    """What rules find in a line that says `text`, the first of 1-3.

    The book holds that item alone, and there are no books of other groups, since a check of all lines takes
    ten times as long; figures and plan are those of the sample.
    """
    (found,) = findings_in_lines([text], codes)
    return found


def findings_in_lines(
    texts: Sequence[str], codes: Iterable[str] = ALL_CODES, *, all_books: bool = False
) -> list[list[Finding]]:
    """What rules find in each of some lines that 1-3 begins with, as `findings_in_line` does for one.

    With `all_books` the other items and the books of other groups are there too.
    """
    book = submissions()[OFFICE] if all_books else _book_of_one_item()
    own = replace(
        book, items=tuple(_with_lines(item, texts) if item.item == ITEM else item for item in book.items)
    )
    others = neighbours_of(OFFICE) if all_books else ()
    found = _found(sample_plan(), own, computed(OFFICE, neighbours=True), others, codes)
    cells = map(_cell_of_line, range(len(texts)))
    return [[one for one in found if (one.sheet, one.cell) == (ITEM, cell)] for cell in cells]


def _with_lines(item: ItemEntry, texts: Sequence[str]) -> ItemEntry:
    """The item with several lines in the place of its first one, which is in `CELL`."""
    first, *others = item.lines
    source = first.source
    assert source
    assert source.cell == CELL
    added = [
        replace(
            first, text=text, mark=f"{first.mark}-{place}", source=replace(source, cell=_cell_of_line(place))
        )
        for place, text in enumerate(texts[1:], start=1)
    ]
    return replace(item, lines=(replace(first, text=texts[0]), *added, *others))


def _cell_of_line(place: int) -> str:
    """The cell of one of several lines; only the first one is where the sample has a line."""
    return f"D{1000 + place}" if place else CELL


@cache
def _book_of_one_item() -> Submission:
    book = submissions()[OFFICE]
    return replace(book, items=tuple(item for item in book.items if item.item == ITEM))


def _found(
    plan: Plan,
    own: Submission,
    results: tuple[Figures, Assessments],
    neighbours: tuple[Submission, ...] | None,
    codes: Iterable[str],
) -> list[Finding]:
    context = CheckContext(
        plan,
        own,
        Survey(),
        *results,
        neighbours,
        tokenizer=available_tokenizer(),
        make_vocabulary=vocabulary,
    )
    found, runs = run_rules(context, _rules_with(tuple(codes)))
    assert not [one for one in runs if is_failed(one)]
    return list(found)


@cache
def _rules_with(codes: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules whose codes begin so."""
    return tuple(rule for rule in all_rules() if rule.code.startswith(codes))


def vocabulary(texts: Sequence[str], tokenizer: Tokenizer) -> Vocabulary:
    """The words of texts, which are the same for most cases."""
    return _vocabulary(tuple(texts), tokenizer)


@cache
def _vocabulary(texts: tuple[str, ...], tokenizer: Tokenizer) -> Vocabulary:
    return vocabulary_of(texts, tokenizer)


def places(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """Code and sheet!cell of each finding."""
    return [(one.code, f"{one.sheet}!{one.cell}") for one in found]


def said_of(text: str, *codes: str) -> list[tuple[str, str]]:
    """Code and sheet!cell of what rules find in a line that says `text`."""
    return places(findings_in_line(text, codes or ALL_CODES))
