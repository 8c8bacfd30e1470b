"""Rules on the book as a file: its name, macros, and other books of the group (様式)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.source import Source

_KINDS = {
    ".xlsx": "マクロのないブック",
    ".xlsm": "マクロ有効ブック",
    ".xltx": "マクロのないテンプレート",
    ".xltm": "マクロ有効テンプレート",
    ".xlam": "アドイン",
}


@rule(
    "ST20",
    Family.STRUCTURE,
    Severity.WARNING,
    "ファイルの名前の終わりが中身と違うか、ボタンのマクロが失われています",
    why="名前の終わり（.xlsm など）が中身と違うファイルは、Excel で開けません。マクロのないブックではボタンが"
    "動きません。",
    remedy="名前の終わりを中身に合わせてください。ボタンを使うときは、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらってください。",
)
def file_not_as_built(context: CheckContext) -> Iterator[Violation]:
    """The file extension contradicts the content, or the macros of the buttons are missing.

    The content type of the main part determines the extension, as in Excel.
    """
    ending, name = context.survey.correct_extension, PurePath(context.submission.workbook)
    if ending:
        how = f"「{name.suffix}」で終わっています" if name.suffix else "「.xlsm」などで終わっていません"
        yield Violation(
            _source_of_book(context),
            "ブック",
            f"ファイルの名前が{how}が、中身は「{ending}」（{_KINDS[ending]}）のため、Excel では開けません。",
            f"名前の終わりを「{ending}」に変えてください"
            "（エクスプローラーの「表示」の「ファイル名拡張子」に印を付けると変えられます）。",
            name.suffix,
            ending,
        )
    if context.survey.buttons_gone:
        yield Violation(
            _source_of_book(context),
            "ボタン",
            "マクロのない形式で保存されたため、「点検」「提出」などのボタンが動きません。値は読んでいます。",
            "提出は、保存して閉じ、フォルダー「提出」に写せばできます。"
            "ボタンを使うときは、取りまとめ担当に「ブックを写す」で新しい入力ブック（.xlsm）に写してもらってください。",
        )


@rule(
    "ST34",
    Family.STRUCTURE,
    Severity.INFO,
    "ボタンが表示されない形で保存されています（LibreOffice などで保存したもの）",
    why="LibreOffice で保存した入力ブックは、次に開いたときに「点検」「提出」などのボタンが出ません。",
    remedy="提出は、保存して閉じ、フォルダー「提出」に写せばできます。"
    "ボタンは、取りまとめ担当の「ブックを写す」か、IT 担当の kenpo-xl fix で戻せます。",
)
def buttons_not_shown(context: CheckContext) -> Iterator[Violation]:
    """Another program saved the buttons so that nothing shows them.

    None about the copy of an open book, whose buttons are on the screen.
    """
    if context.survey.buttons_lost and not context.survey.buttons_gone:
        yield Violation(
            _source_of_book(context),
            "ボタン",
            "LibreOffice などで保存されたため、開いても「点検」「提出」などのボタンが出ません。"
            "値は読んでいます。",
            "提出は、保存して閉じ、フォルダー「提出」に写せばできます。"
            "ボタンは、取りまとめ担当の「ブックを写す」か、IT 担当の kenpo-xl fix で戻せます。"
            "フォルダー「返却」の写しには、ボタンがあります。",
        )


@rule(
    "ST21",
    Family.STRUCTURE,
    Severity.WARNING,
    "配られた入力ブックの印がありません（シートを別のブックに写したもの）",
    why="どの期のどのグループのブックかという印や、表の名前、ボタンは、シートを別のブックに写すと失われます。",
    remedy="取りまとめブックの「ブックを写す」で新しい入力ブックに写し、それを提出してください。",
)
def stamp_lost(context: CheckContext) -> Iterator[Violation]:
    """The hidden stamp is missing; headers, titles and plan texts identified the book."""
    if context.survey.lost:
        yield Violation(
            _source_of_book(context),
            "ブック",
            "配られた入力ブックの印がありません（シートを別のブックに写すと失われます）。"
            f"見出しと計画内容から{context.submission.group}のブックとみて値を読みました。{context.survey.lost}",
            "取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、それを提出してください。"
            "このブックでは、ボタンと、期やグループの印、表の名前が失われています。",
        )


@rule(
    "ST27",
    Family.STRUCTURE,
    Severity.ERROR,
    "どちらが正しいか分からないブックが 2 つあります",
    why="同じグループのブックが「提出」に 2 つあり、日時や保存した人からは正しいほうが決まりません。",
    remedy="正しいほうだけを「提出」に残し、もう一方は「提出」から移してください。",
)
def doubtful_choice(context: CheckContext) -> Iterator[Violation]:
    """Another submitted book of the group may be the right one.

    Their own times and the dates of the files disagree, two people saved them within five minutes, both times
    are the same, or one has no time that can be compared.
    """
    for choice in context.choices:
        if choice.doubt_sentence:
            yield Violation(
                _source_of_book(context),
                "ブック",
                choice.choice_sentence,
                actual=choice.used.path.name,
            )


def _source_of_book(context: CheckContext) -> Source:
    return Source(context.submission.workbook, "", "")
