"""値: keys and other cells of open lists, and sentences that are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_cells import NumberCell, cells_of_table
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern

# So many rows show what a column of a list holds.
_FEWEST_ROWS = 3
# A number of a list is odd if it is so many times the others, which are alike, and large.
_TIMES, _ALIKE, _LARGE = 6, 3, 100
_FEWEST_DAYS = 5
_ONLY_NUMBERS = LazyPattern(r"[\s\d,.%+\-]*\d[\s\d,.%+\-]*")


@rule(
    "VA19",
    Family.VALUES,
    Severity.WARNING,
    "一覧に同じ名前が 2 度あります",
    why="同じ市町村や会場の行が 2 つあると、写し間違いなのか、2 度あったのか、読み手に分かりません。",
    remedy="違う名前の行であれば正しい名前に直し、同じ行が 2 つあれば一方を消してください。",
)
def key_is_twice(context: CheckContext) -> Iterator[Violation]:
    """Two rows of an open list have the same key, if no date; at the second, the first is related.

    Width and blanks do not count. Two things may be on the same day.
    """
    for table in context.own_tables:
        seen: dict[str, NumberCell] = {}
        for cell in cells_of_table(context, table):
            key = cell.entry.value
            if cell.column != table.table.key_column or not isinstance(key, str) or not cell.figure.entity:
                continue
            if any(named.day for named in dates_in(key)) or not normalized(key):
                continue
            first = seen.setdefault(normalized(key), cell)
            if first is not cell:
                cells = f"{first.source.cell} と {cell.source.cell}"
                yield Violation(
                    cell.source,
                    cell.figure.identity_with_entity,
                    f"一覧「{table.table.name}」に「{key}」が 2 度あります（{cells}）。",
                    "別の名前の行なら正しい名前に直し、同じ行なら一方を消してください。",
                    key,
                    related=(first.source,),
                )


@rule(
    "VA20",
    Family.VALUES,
    Severity.WARNING,
    "文の欄に数だけがあります",
    why="文を数で上書きすると、何の数か分からない数だけが報告書に印字されます。",
    remedy="文を入れ直してください。表の数であれば、表の欄に入れてください。",
)
def sentence_is_a_number(context: CheckContext) -> Iterator[Violation]:
    """A line of text has digits only."""
    for item, line in context.text_lines_with_items:
        text = line.text.strip()
        if line.source and _ONLY_NUMBERS.fullmatch(half_width(text)):
            yield Violation(
                line.source,
                f"{item.id}/ブロック {line.block}/文",
                f"実施状況の文が「{text[:30]}」で、数だけです。",
                "文を入れ直してください。表の数であれば、表の欄に入れてください。",
                text[:30],
            )


def _columns_of_lists(context: CheckContext) -> Iterator[list[NumberCell]]:
    """The filled cells of each column of each open list, in the order of the rows."""
    for table in context.own_tables:
        if table.table.repeating is not None and len(table.rows) > _FEWEST_ROWS:
            columns: dict[int, list[NumberCell]] = {}
            for cell in cells_of_table(context, table):
                if cell.is_filled:
                    columns.setdefault(cell.column, []).append(cell)
            yield from columns.values()


@rule(
    "VA25",
    Family.VALUES,
    Severity.WARNING,
    "一覧の列に、ほかの行と違う種類のものがあります",
    why="開催日の列に市町村の名前、名前の列に日付がある行は、隣のセルと入れ違えたものです。",
    remedy="列の見出しに合うものを入れ直してください。",
    superseded_by=("VA19",),
)
def cell_of_another_kind_in_list(context: CheckContext) -> Iterator[Violation]:
    """A text without a date in a column of an open list where three or more other rows all have one.

    Or a date, and nothing else, where no other row has one.
    """
    for cells in _columns_of_lists(context):
        texts = [(cell, cell.entry.value) for cell in cells if isinstance(cell.entry.value, str)]
        dated = [cell for cell, text in texts if dates_in(text)]
        if len(texts) <= _FEWEST_ROWS or min(len(dated), len(texts) - len(dated)) != 1:
            continue
        if len(dated) == 1:
            (cell,) = dated
            if _is_only_a_date(str(cell.entry.value)):
                yield _violation_for_other_kind(cell, "日付はほかの行にありません")
        else:
            cell = next(cell for cell, _ in texts if cell not in dated)
            yield _violation_for_other_kind(cell, "ほかの行は日付です")


def _is_only_a_date(text: str) -> bool:
    first, *_ = dates_in(text)
    return not half_width(text)[: first.start].strip() and first.end >= len(text.strip()) - 1


def _violation_for_other_kind(cell: NumberCell, fact: str) -> Violation:
    return cell.violation(
        f"一覧「{cell.table.table.name}」のこの列に「{cell.entry.written}」とありますが、{fact}。"
    )


@rule(
    "VA26",
    Family.VALUES,
    Severity.WARNING,
    "一覧の数が、ほかの行と桁が違います",
    why="0 を一つ多く入れた数は、一覧のほかの行と並べると分かります。",
    remedy="元の資料で桁を確かめ、違っていれば入れ直してください。正しければ、理由を残してください。",
    superseded_by=(rule_codes.ODD_SIZE, "VA18", rule_codes.REPORTED_FIGURE_CHANGED),
)
def number_of_odd_size_in_list(context: CheckContext) -> Iterator[Violation]:
    """A number of 100 and more in an open list that is six times all others, which are three and alike."""
    for cells in _columns_of_lists(context):
        numbers = [(cell.number, cell) for cell in cells if cell.number is not None and cell.number > 0]
        if len(numbers) <= _FEWEST_ROWS:
            continue
        largest, cell = max(numbers, key=lambda one: one[0])
        others = sorted(number for number, one in numbers if one is not cell)
        if largest >= _LARGE and _is_far_above(largest, others):
            shown = f"{others[0]:,} から {others[-1]:,}"
            yield cell.violation(
                f"{cell.name}の {cell.displayed_value()} は、ほかの行（{shown}）と桁が違います。"
            )


@rule(
    "VA28",
    Family.VALUES,
    Severity.INFO,
    "一覧の行が、日付の順に並んでいません",
    why="日付の順に並んだ一覧の中で順の違う行は、日付を打ち間違えたか、隣の行と入れ違えたものです。",
    remedy="日付を確かめ、正しければ行を日付の順に並べてください。",
    superseded_by=("VA25", "WO03", "WO05", "TI19", "WO01", "WO02"),
)
def row_of_list_out_of_order(context: CheckContext) -> Iterator[Violation]:
    """One row of an open list of five days and more is out of the order of all others; not its last row.

    What was added later may be at the end.
    """
    for cells in _columns_of_lists(context):
        days = [(day, cell) for cell in cells if (day := _first_day_in_cell(context, cell)) is not None]
        if len(days) < max(_FEWEST_DAYS, len(cells)):
            continue
        place = _index_of_only_descent([day for day, _ in days])
        if place is not None:
            before, cell = days[place][1], days[place + 1][1]
            message = (
                f"一覧「{cell.table.table.name}」の「{_text_of_cell_in_one_line(cell)}」は、上の行の「{_text_of_cell_in_one_line(before)}」"
                f"（{before.source.cell}）より前の日付です。"
            )
            found = cell.violation(message)
            yield Violation(
                found.source, found.identity, message, actual=found.actual, related=(before.source,)
            )


def _text_of_cell_in_one_line(cell: NumberCell) -> str:
    return cell.entry.written.partition("\n")[0]


def _first_day_in_cell(context: CheckContext, cell: NumberCell) -> date | None:
    text = cell.entry.value
    named = dates_in(text) if isinstance(text, str) else ()
    if not named or not named[0].is_possible:
        return None
    month = named[0].month_in(context.plan.fiscal_year)
    return date(month.year, month.number, named[0].day or 1)


def _index_of_only_descent(days: Sequence[date]) -> int | None:
    """The place before the only fall of a line, if it does not end there; None without one, or with more."""
    falls = [place for place, (one, other) in enumerate(pairwise(days)) if other < one]
    if len(falls) != 1 or falls[0] + 2 >= len(days):
        return None
    place = falls[0]
    without = ([*days[:place], *days[place + 1 :]], [*days[: place + 1], *days[place + 2 :]])
    return place if any(sorted(one) == one for one in without) else None


def _is_far_above(largest: Decimal, others: Sequence[Decimal]) -> bool:
    """Whether a number is much above others, which are sorted and alike."""
    return largest >= _TIMES * others[-1] and others[-1] <= _ALIKE * others[0]
