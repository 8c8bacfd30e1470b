"""Rules on the structure of a book: its plan, and complete, unaltered, visible parts (様式)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.lost_lines import fact_on_unknown_name, hint_for_line, names_for_line
from kenpo_xl.checks.support.overwritten_cells import is_formula_cleared, restoring_hint
from kenpo_xl.checks.support.printed_text import excerpt
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import AlteredText
from kenpo_xl.domain.submission.submission import BookPart

# More overwritten cells of a column than this are one finding.
_EACH = 2
_AROUND, _MOST = 8, 30
NEW_BOOK = "取りまとめ担当から新しい入力ブックを受け取り、提出してください（入力したものは移してあります）。"
_PUT_BACK = (
    "消したものや書き換えた見出しを元に戻してください。"
    "戻せないときは、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらってください。"
)


@rule(
    rule_codes.NOT_OF_THIS_PLAN,
    Family.STRUCTURE,
    Severity.ERROR,
    "この計画の入力ブックではありません",
    why="前の期やほかの支部のブックを出すと、値が今期の報告書に入りません。",
    remedy="この期のために配られた入力ブックに入力し直して、提出してください。",
)
def not_of_this_plan(context: CheckContext) -> Iterator[Violation]:
    """The stamp names another branch, year or quarter, or a group that the plan does not have."""
    book = Source(context.submission.workbook, "", "")
    owners = "、".join(context.survey.present_owners)
    if context.survey.foreign and owners:
        fact = f"値は、いまの担当（{owners}）の分として報告書に載せます。"
        hint = f"直すときは、{owners}の新しい入力ブックに入力して提出してください。"
        yield Violation(book, "ブック", f"このブック{context.survey.foreign}{fact}", hint)
    elif context.survey.foreign:
        yield Violation(
            book,
            "ブック",
            f"このブック{context.survey.foreign}中身は調べていません。",
            "この期のために配られた入力ブックに入力し直してください。",
        )


@rule(
    rule_codes.OUTDATED_TABLE,
    Family.STRUCTURE,
    Severity.ERROR,
    "表の様式が古くなっています",
    why="ブックを配った後に計画の表や算式が変わると、古い表の値は新しい決まりで計算したものになりません。",
    remedy="取りまとめ担当から新しい入力ブック（入力したものは移してあります）を受け取り、確かめて提出してください。",
)
def table_in_outdated_form(context: CheckContext) -> Iterator[Violation]:
    """The stamp's hash of a table's rows, columns, kinds, units and formulas is outdated."""
    for part in context.survey.outdated:
        fact = part.words or f"表「{_last_component(part.identity)}」は、計画の表や算式が変わる前の様式です。"
        yield Violation(part.source, part.identity, fact, NEW_BOOK)


@rule(
    rule_codes.PART_NOT_FOUND,
    Family.STRUCTURE,
    Severity.ERROR,
    "計画にあるシート、表、行、列が見つかりません",
    why="見つからない部分は空欄として扱われ、報告書に値が載りません。",
    remedy="消したシート、行、列や書き換えた見出しを、元のとおりに戻してください。",
)
def part_not_found(context: CheckContext) -> Iterator[Violation]:
    """A sheet, the progress headers, a table, row or column is not found by name or header.

    The rows, or columns, of one table are one finding. Its cell is the header before the first of them.
    """
    order = sorted(
        context.survey.missing, key=lambda part: (str(part.source), part.kind, _table_identity(part))
    )
    for (_, kind, table), group in groupby(order, lambda p: (p.source.sheet, p.kind, _table_identity(p))):
        parts = list(group)
        first = parts[0]
        is_outdated = table in {part.identity for part in context.survey.outdated}
        yield Violation(
            first.source,
            first.identity if len(parts) == 1 else table,
            f"{_missing_parts_text(kind, parts)}が見つからないため、空欄として扱います。",
            NEW_BOOK if is_outdated else _PUT_BACK,
        )


@rule(
    "ST16",
    Family.STRUCTURE,
    Severity.WARNING,
    "表や実施状況の名前が失われています",
    why="各部分は Excel の名前で探します。名前がないと見出しを頼りに読むため、読み違えることがあります。",
    remedy="取りまとめブックの「ブックを写す」で新しい入力ブックに写し、それを提出してください。",
)
def name_lost(context: CheckContext) -> Iterator[Violation]:
    """The Excel name of a part is missing or broken; the part was found by its words.

    The parts of one sheet are one finding, at the first of them.
    """
    for _, group in groupby(context.survey.unnamed_parts, lambda part: part.source.sheet):
        parts = list(group)
        yield Violation(
            parts[0].source,
            parts[0].identity,
            f"{'、'.join(map(str, parts))}の名前が失われているため、見出しを頼りに読みました。",
            "取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらってください。"
            "シートを写したり貼り直したりすると名前が失われます。",
        )


@rule(
    rule_codes.UNKNOWN_NAME,
    Family.STRUCTURE,
    Severity.ERROR,
    "計画にない名前や、月として読めない基準月があります",
    why="行が載せる表や KPI、ブロックの名前が計画にないと、どこに載せるか決まりません。",
    remedy="一覧から選ぶか、計画にあるとおりの名前を入れてください。",
)
def unknown_name(context: CheckContext) -> Iterator[Violation]:
    """A line names an unknown block, table or KPI, or an as-of month is not 1 to 12."""
    for part in context.survey.unknown:
        if part.kind == "基準月":
            fact = f"{part}は月として読めません。"
            yield Violation(
                part.source, part.identity, fact, "月を 1 から 12 までの数字で入れてください（例 10）。"
            )
            continue
        name, kind = _last_component(part.identity), part.kind.removeprefix("載せる")
        names = names_for_line(context, part)
        yield Violation(
            part.source,
            part.identity,
            fact_on_unknown_name(kind, name),
            hint_for_line(part, kind, names),
            name,
            names[0] if len(names) == 1 else "",
        )


@rule(
    rule_codes.FORMULA_LOST,
    Family.STRUCTURE,
    Severity.WARNING,
    "計算のセルの算式が消えています",
    why="空欄や「－」のままでは率や合計が表に出ず、もとの数を直しても変わりません。",
    remedy="「直す」を押すと、算式に戻ります。「－」は、消してから「直す」を押してください。",
)
def formula_lost(context: CheckContext) -> Iterator[Violation]:
    """A computed cell that has a value was cleared, or contains a sign (－).

    A different number is reported under 計算, words under 値. The right value, as a number or by a formula of
    the user, is accepted. Three or more in a column are one finding, at the first.
    """
    for figures in _lost_figures_by_column(context):
        together = figures if len(figures) > _EACH else ()
        for figure in figures[: 1 if together else _EACH]:
            yield _lost_violation(context, figure, together)


def _lost_figures_by_column(context: CheckContext) -> Iterable[list[Figure]]:
    """The figures of each column whose formula was cleared, or is a sign now."""
    formulas = _cells_with_formulas(context)
    by_column: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in context.own_figures:
        has_formula = context.figures_in_book.has_all_of(figure.id)
        is_lost = has_formula and (_has_text_with_sign(figure) or is_formula_cleared(figure))
        if figure.source not in formulas and is_lost:
            by_column.setdefault((figure.id.item, figure.id.table, figure.id.column), []).append(figure)
    return by_column.values()


def _lost_violation(context: CheckContext, figure: Figure, together: Sequence[Figure]) -> Violation:
    """One violation for a lost formula, or for all of its column together."""
    assert figure.source is not None
    more = f"など {len(together)} か所" if together else ""
    is_cleared = is_formula_cleared(figure)
    what = "が消えています" if is_cleared else f"が「{figure.typed}」で上書きされています"
    return Violation(
        figure.source,
        figure.identity_with_entity,
        f"{name_of_figure(context, figure)}{more}の算式{what}。",
        "「直す」を押すと、算式に戻ります。" if is_cleared else restoring_hint(figure),
        actual="" if is_cleared else value_text(context, figure, figure.typed),
        expected=value_text(context, figure, figure.computed),
        cells=tuple(one.source for one in together if one.source),
    )


@rule(
    "ST06",
    Family.STRUCTURE,
    Severity.WARNING,
    "計画内容が書き換えられています",
    why="計画内容は評議会で決まったもので、報告書には計画ブックの文を載せます。",
    remedy="計画のとおりに戻してください。計画が違うときは、取りまとめ担当に伝えてください。",
    superseded_by=(rule_codes.STRUCK_THROUGH,),
)
def plan_text_altered(context: CheckContext) -> Iterator[Violation]:
    """A cell of 計画内容 has neither the text of the plan nor that of the distributed book.

    White space and the width of letters do not count, nor do figures within the sentence.
    """
    for text in context.survey.altered:
        yield Violation(
            text.source,
            text.identity,
            _altered_text_message(text),
            actual=text.found,
            expected=text.expected,
        )


@rule(
    "ST07",
    Family.STRUCTURE,
    Severity.WARNING,
    "隠れた行、列、シートに値があります",
    why="見えない値も報告書に載るため、気づかないまま古い値や書きかけの文が印刷されます。",
    remedy="再表示して値を確かめてください。要らない値は消してください。",
)
def hidden_data(context: CheckContext) -> Iterator[Violation]:
    """A cell with data for the report is in a hidden row, column or sheet, or one of size 0.

    The columns of a sheet are one finding, the rows of a table or of the progress another, at the first cell.
    """
    for part in context.survey.hidden:
        yield Violation(
            part.source,
            part.identity,
            f"{part}が隠れていますが、値があり報告書に載ります。",
            "再表示して値を確かめ、要らないものは消してください。",
        )


def _last_component(identity: str) -> str:
    return identity.rpartition("/")[2]


def _table_identity(part: BookPart) -> str:
    """The identity of the table for missing rows or columns, else of the part itself."""
    return part.identity.rpartition("/")[0] if part.kind in ("行", "列") else part.identity


def _missing_parts_text(kind: str, parts: list[BookPart]) -> str:
    if kind not in ("行", "列"):
        return str(parts[0])
    names = "".join(f"「{_last_component(part.identity)}」" for part in parts)
    return f"表「{_last_component(_table_identity(parts[0]))}」の{kind}{names}"


def _cells_with_formulas(context: CheckContext) -> set[Source | None]:
    """The cells of the book with a formula of the plan or of a user."""
    return {
        cell.source
        for entry in context.submission.items
        for table in entry.tables
        for row in table.rows
        for cell in row.cells
        if cell.formula
    }


def _has_text_with_sign(figure: Figure) -> bool:
    """Whether a sign (－) is in the place of a computed value."""
    is_text = figure.overwritten and isinstance(figure.typed, str)
    return is_text and figure.computed is not None and str(figure.typed).strip() in SIGNS


def _altered_text_message(text: AlteredText) -> str:
    if not text.expected:
        return "計画内容の欄がありません。"
    block = f"計画内容（ブロック {_last_component(text.identity)}）"
    if not text.found:
        return f"{block}が消えています。"
    start = next(
        (at for at, (a, b) in enumerate(zip(text.expected, text.found, strict=False)) if a != b),
        min(len(text.expected), len(text.found)),
    )
    first = max(start - _AROUND, 0)
    expected, found = (excerpt(one, first, first + _MOST) for one in (text.expected, text.found))
    return f"{block}が計画と違います。計画では「{expected}」、このセルでは「{found}」です。"
