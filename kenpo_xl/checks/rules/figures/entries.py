"""値: keys of open lists, and sentences that are numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_cells import NumberCell, cells_of_table
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern

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
