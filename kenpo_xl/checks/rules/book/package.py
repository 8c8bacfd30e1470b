"""Rules on content of a book beside the plan's parts: links, macros, other sheets (様式)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.python_path import PYTHON_PLACE, NamedPython, is_same_path
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import OutsideLink, Visibility

# Where staff answer to findings.
_ANSWERS = ("指摘", "確認記録")


@rule(
    rule_codes.OUTSIDE_LINK,
    Family.STRUCTURE,
    Severity.WARNING,
    "ブックの外を参照しています",
    why="参照先のファイルや Web ページは受け取った側にないため、値が変わったり消えたりします。",
    remedy="値に置き換え、「データ」の「リンクの編集」で参照を解除してください。",
)
def outside_link(context: CheckContext) -> Iterator[Violation]:
    """A formula, name or connection leads to another workbook, a web address or a service.

    One finding for each target and sheet, at the first cell. An address typed as text is none.
    """
    yield from _link_violations(
        context,
        (link for link in context.survey.links if not link.dde),
        "ブックの外（{}）を参照しています。",
        "値に置き換え（コピーして「値の貼り付け」）、「データ」の「リンクの編集」で参照を解除してください。",
    )


@rule(
    rule_codes.DDE_LINK,
    Family.STRUCTURE,
    Severity.ERROR,
    "ほかのプログラムを呼び出す参照（DDE）があります",
    why="DDE はブックを開いた人のパソコンでプログラムを動かせるため、攻撃に使われます。",
    remedy="「有効にする」を押さずにセルを消してください。心当たりがないときは IT 担当に連絡してください。",
)
def dde_link(context: CheckContext) -> Iterator[Violation]:
    """A formula or link has the form service|topic!item, with any service (DDE)."""
    yield from _link_violations(
        context,
        (link for link in context.survey.links if link.dde),
        "ほかのプログラムを呼び出す参照（DDE：{}）があります。",
    )


@rule(
    "ST10",
    Family.STRUCTURE,
    Severity.ERROR,
    "配られたものと違うマクロがあります",
    why="入力ブックに要るマクロは配られたものだけです。ほかのマクロは開いた人のパソコンで何でもできます。",
    remedy="マクロを消すか、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。",
)
def foreign_macro(context: CheckContext) -> Iterator[Violation]:
    """A VBA module with code is not, or not as, in the template; it is never run.

    CheckContext, white space, Attribute lines, Option Explicit and what LibreOffice adds do not count.
    """
    for macro in context.survey.macros:
        yield Violation(
            _source_of_book(context),
            f"マクロ/{macro.name}",
            f"マクロ「{macro.name}」は、配られた入力ブックのものではありません。",
            "マクロを実行せずに、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。",
            macro.name,
        )


@rule(
    "ST11",
    Family.STRUCTURE,
    Severity.WARNING,
    "「再表示」に出ない隠しシートがあります",
    why="ふつうの操作では見えず、消すこともできないシートに、知られては困る値が残ることがあります。",
    remedy="取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。",
)
def very_hidden_sheet(context: CheckContext) -> Iterator[Violation]:
    """A sheet outside the plan is veryHidden: only the VBA editor shows it."""
    for sheet in context.survey.sheets:
        if sheet.visibility is Visibility.VERY_HIDDEN and not sheet.ours:
            yield Violation(
                _source_of_book(context, sheet.name),
                f"シート/{sheet.name}",
                f"シート「{sheet.name}」は「再表示」の一覧に出ない設定で隠されています。",
                "心当たりがなければ、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。",
                sheet.name,
            )


@rule(
    "ST12",
    Family.STRUCTURE,
    Severity.INFO,
    "隠しシートがあります",
    why="手元の計算などの隠しシートは報告書に載りませんが、提出先の人が開けば見えます。",
    remedy="見られて困るものがないか確かめ、要らなければ削除してください。",
)
def hidden_sheet(context: CheckContext) -> Iterator[Violation]:
    """A sheet outside the plan is hidden in the usual way, and users can show it."""
    for sheet in context.survey.sheets:
        if sheet.visibility is Visibility.HIDDEN and not sheet.ours:
            yield Violation(
                _source_of_book(context, sheet.name),
                f"シート/{sheet.name}",
                f"シート「{sheet.name}」が隠れています。報告書には載りません。",
                actual=sheet.name,
            )


@rule(
    "ST13",
    Family.STRUCTURE,
    Severity.WARNING,
    "項のシートの写しがあります",
    why="同じ項のシートが 2 つあると、どちらの値を報告するのか分かりません。",
    remedy="正しい方の値を元のシートに入れ、写しを削除してください。",
)
def copied_sheet(context: CheckContext) -> Iterator[Violation]:
    """A sheet outside the plan has the headers and title of an item, or its name with `(2)`."""
    for part in context.survey.copies:
        yield Violation(
            part.source,
            part.identity,
            f"{part}のようです。報告書に載るのは元のシートの値です。",
            "どちらが正しいか確かめ、正しい値を元のシートに入れて、写しを削除してください。",
            part.source.sheet,
        )


@rule(
    "ST14",
    Family.STRUCTURE,
    Severity.INFO,
    "読まなかったものがあります",
    why="広すぎる結合や、多すぎるセルや設定は、間違って残ったものとみて読みません。",
    remedy="要るものでないか確かめ、要らなければ削除してください。",
)
def oversized_content(context: CheckContext) -> Iterator[Violation]:
    """Something too large or too much to be meant was left unread."""
    for part in context.survey.skipped_parts:
        yield Violation(part.source, part.identity, f"{part.kind}があります。読んでいません。")


@rule(
    "ST15",
    Family.STRUCTURE,
    Severity.INFO,
    "指摘や確認記録のシートがありません",
    why="確認記録がないと、前に確認した理由が引き継がれません。",
    remedy="消した覚えがあるときは、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらってください。",
)
def answers_missing(context: CheckContext) -> Iterator[Violation]:
    """The sheet 指摘 or 確認記録 is gone; both come back when the book is flagged."""
    there = {sheet.name.strip() for sheet in context.survey.sheets}
    gone = [name for name in _ANSWERS if name not in there] if not context.survey.foreign else []
    if gone:
        names = "と".join(f"「{name}」" for name in gone)
        yield Violation(
            _source_of_book(context),
            "ブック",
            f"シート{names}がありません。",
            "確認した理由を書いていたときは、そのシートを控えから戻してください。",
        )


def _source_of_book(context: CheckContext, sheet: str = "") -> Source:
    return Source(context.submission.workbook, sheet, "")


@rule(
    rule_codes.ANOTHER_PYTHON,
    Family.STRUCTURE,
    Severity.WARNING,
    "「Python の場所」が計画ブックと違います",
    why="ボタンを押すと、ここに書かれたプログラムが動きます。違う場所には別のプログラムがあるかもしれません。",
    remedy="「操作」の「Python の場所」を、計画ブックの「基本」にあるとおりに直してください。",
)
def another_python(context: CheckContext) -> Iterator[Violation]:
    """The Python for the buttons differs from that in 基本; neither is read or started.

    An empty cell is fine: the launcher looks in KENPO_XL_PYTHON and PATH then.
    """
    for one in _named_pythons(context):
        if context.plan.python and not is_same_path(one.text, context.plan.python):
            yield Violation(
                one.source,
                PYTHON_PLACE,
                f"「{PYTHON_PLACE}」が {one.displayed_text} で、"
                f"計画ブックで決めた {context.plan.python} と違います。",
                f"「操作」のいちばん下の「{PYTHON_PLACE}」を {context.plan.python} に直してください。"
                "変えた覚えがなければ、ボタンを押さずに IT 担当に連絡してください。",
                one.displayed_text,
                context.plan.python,
            )


@rule(
    "ST24",
    Family.STRUCTURE,
    Severity.INFO,
    "「Python の場所」が計画ブックで決められていません",
    why="ボタンを押すと、ここに書かれたプログラムが動きます。計画ブックにないと、正しい場所か確かめられません。",
    remedy="取りまとめ担当に、計画ブックの「基本」に「Python の場所」を入れるよう伝えてください。",
)
def python_not_in_the_plan(context: CheckContext) -> Iterator[Violation]:
    """The book names a Python for its buttons, but 基本 names none."""
    for one in _named_pythons(context):
        if not context.plan.python:
            yield Violation(
                one.source,
                PYTHON_PLACE,
                f"「{PYTHON_PLACE}」に {one.displayed_text} とありますが、計画ブックで決められていません。",
                f"覚えのある場所なら、計画ブックの「基本」に「{PYTHON_PLACE}」を入れるよう、取りまとめ担当に"
                "伝えてください。覚えがなければ、ボタンを押さずに消して、IT 担当に連絡してください。",
                one.displayed_text,
            )


def _named_pythons(context: CheckContext) -> Iterable[NamedPython]:
    """What a book of this plan names; one of another plan has to be replaced anyway."""
    return () if context.survey.foreign else context.survey.pythons


def _link_violations(
    context: CheckContext, links: Iterable[OutsideLink], fact: str, hint: str = ""
) -> Iterator[Violation]:
    for link in links:
        source = link.source or _source_of_book(context)
        yield Violation(
            source,
            f"外部参照/{link.target}",
            _defined_name_clause(link) + fact.format(link.target),
            _hint_for_defined_name(link) or hint,
            link.target,
        )


def _defined_name_clause(link: OutsideLink) -> str:
    """Which Excel name leads out of the book, '' where none does."""
    more = f"など {link.names} 個の名前" if link.names > 1 else ""
    return f"名前「{link.name}」{more}が、" if link.name else ""


def _hint_for_defined_name(link: OutsideLink) -> str:
    if not link.name:
        return ""
    if link.hidden:
        return (
            "「名前の管理」に出ない隠れた名前です。"
            "取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。"
        )
    return f"「数式」→「名前の管理」を開き、この参照先を持つ名前（「{link.name}」など）を削除してください。"
