"""The options of a template: its sheet 設定, with the name of an option and its value in each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError

OPTIONS = "設定"
PAGE_BREAK, PLAN_WIDTH, BLOCK_SPACE = "改ページ", "計画内容の幅", "ブロックの間"
DIGITS = "数字と空白"


class PageBreak(StrEnum):
    """What begins a new page."""

    SECTION = "節ごと"
    CHAPTER = "章ごと"
    NOTHING = "しない"


class PlanWidth(StrEnum):
    """How wide the column of the plan text is."""

    AS_DRAWN = "ひな形のとおり"
    FITTED = "文に合わせる"


class BlockSpace(StrEnum):
    """How high the space above a block is: as drawn, or so high that the pages end at the same height."""

    AS_DRAWN = "ひな形のとおり"
    STRETCHED = "ページに合わせる"


class Digits(StrEnum):
    """How digits, and the spaces beside them, are printed."""

    AS_TYPED = "入力のとおり"
    EVEN = "そろえる"


@frozen
class TemplateOptions:
    """The options; by these a report is printed as its template is drawn."""

    page_break: PageBreak = PageBreak.SECTION
    plan_width: PlanWidth = PlanWidth.AS_DRAWN
    block_space: BlockSpace = BlockSpace.AS_DRAWN
    digits: Digits = Digits.AS_TYPED

    @property
    def fits_widths(self) -> bool:
        """Whether columns may be wider or narrower than drawn."""
        return self.plan_width is PlanWidth.FITTED


_OPTIONS: dict[str, tuple[str, type[StrEnum]]] = {
    PAGE_BREAK: ("page_break", PageBreak),
    PLAN_WIDTH: ("plan_width", PlanWidth),
    BLOCK_SPACE: ("block_space", BlockSpace),
    DIGITS: ("digits", Digits),
}
_HEADER = 1


def _usual_options(headings: Iterable[str]) -> TemplateOptions:
    """The options of a template that names none, by which its pages are full.

    Chapters and sections follow one another as far as the page headings as drawn still say where one is.
    """
    words = "".join(headings)
    page_break = PageBreak.NOTHING
    if "{章}" not in words:
        page_break = PageBreak.SECTION if "{節}" in words else PageBreak.CHAPTER
    return TemplateOptions(page_break, PlanWidth.FITTED, BlockSpace.STRETCHED)


def read_options(openpyxl_book: Any, name: str, headings: Iterable[str]) -> TemplateOptions:
    """The options of the template `name`; KenpoError for an option or a value that there is not.

    A template without the sheet, an option without a row, and one without a value have the usual ones, which
    its page `headings` allow.
    """
    usual = _usual_options(headings)
    if OPTIONS not in openpyxl_book.sheetnames:
        return usual
    found: dict[str, StrEnum] = {}
    for option, value in openpyxl_book[OPTIONS].iter_rows(min_row=_HEADER + 1, min_col=1, max_col=2):
        title, chosen = (str(cell.value or "").strip() for cell in (option, value))
        place = f"ひな形「{name}」のシート「{OPTIONS}」の"
        if title and title not in _OPTIONS:
            raise KenpoError(
                f"{place} {option.coordinate}「{title}」は設定の名前ではありません。"
                f"{_quoted_words(_OPTIONS)}のどれかにしてください。"
            )
        if title and chosen:
            found[_OPTIONS[title][0]] = _option_value(title, chosen, place=f"{place} {value.coordinate}")
    return replace(usual, **found)  # type: ignore[arg-type]


def _option_value(title: str, chosen: str, *, place: str) -> StrEnum:
    """The value of an option; KenpoError for a word that it does not have."""
    values = _OPTIONS[title][1]
    if chosen not in {*values}:
        raise KenpoError(
            f"{place}「{chosen}」は「{title}」の値ではありません。{_quoted_words(values)}のどれかにしてください。"
        )
    return values(chosen)


def _quoted_words(words: Iterable[str]) -> str:
    return "".join(f"「{word}」" for word in words)
