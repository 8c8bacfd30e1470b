"""What 操作 says of the content that a book was filled with: where it is from, and what is to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.books.common import names
from kenpo_xl.domain.results.carried import CarriedBook

_MOST_CHANGES = 6
_ALL_CONFIRMED = "前の期の文は、すべて確かめました。"


def carried_facts(known: CarriedBook) -> Iterator[tuple[str, str]]:
    """The labelled sentences of a book with carried content, those on lines last; none for another."""
    if known.rescued_from:
        yield names.RESCUED_FACT, _rescue_sentences(known)
    elif known.changes or known.unplaced or known.converted:
        yield names.CHANGED_FACT, _change_sentences(known)
    if known.values:
        origins = "と".join(dict.fromkeys(one.origin for one in known.values.values()))
        yield (
            names.CARRIED_FACT,
            f"{origins}から、{len(known.values)} か所に入れてあります。うすい緑のセルです。"
            "違うときは、そのまま打ち直してください。",
        )
    if any(line.carried for item in known.submission.items for line in item.lines):
        yield names.UNCONFIRMED_FACT, unconfirmed_lines_text(known.unconfirmed_lines)


def _change_sentences(known: CarriedBook) -> str:
    """What changed in the plan, and the sheets on what could not be taken over as it was."""
    more = len(known.changes) - _MOST_CHANGES
    rest = f"（ほか {more} 件）" if more > 0 else ""
    text = "計画が変わりました。"
    text += f"{'。'.join(known.changes[:_MOST_CHANGES])}{rest}。" if known.changes else ""
    sheets = _sheets_with_counts(known)
    text += "入力したものは、このブックに移してあります。"
    return text + (f"シート{sheets}あります。確かめてください。" if sheets else "")


def _sheets_with_counts(known: CarriedBook) -> str:
    lists = (
        (names.UNCERTAIN, known.uncertain),
        (names.CONVERTED, known.converted),
        (names.UNPLACED, known.unplaced),
    )
    return "、".join(f"「{name}」に {len(values)} 件" for name, values in lists if values)


def _rescue_sentences(known: CarriedBook) -> str:
    """From which book this one was filled, and the sheets on what is to confirm or has no place."""
    text = f"{known.rescued_from} に入力してあったものを、このブックに写してあります。"
    text += f"{'。'.join(known.changes[:_MOST_CHANGES])}。" if known.changes else ""
    sheets = _sheets_with_counts(known)
    return text + (f"シート{sheets}あります。確かめてください。" if sheets else "")


def unconfirmed_lines_text(count: int) -> str:
    """What is said of so many lines to confirm."""
    return _sentence_on_unconfirmed_lines(str(count)) if count else _ALL_CONFIRMED


def unconfirmed_lines_formula(counts: Sequence[str]) -> str:
    """The same as a formula; `counts` are those of the lines to confirm, one a sheet."""
    total = "+".join(counts)
    before, behind = _sentence_on_unconfirmed_lines("\0").split("\0")
    return f'=IF({total}=0,"{_ALL_CONFIRMED}","{before}"&({total})&"{behind}")'


def _sentence_on_unconfirmed_lines(count: str) -> str:
    return (
        f"灰色の文 {count} 行は前の期の文です。直すか、このままでよいときは"
        f"右の列「{names.CONFIRM_HEADER}」で「{names.CONFIRMED}」を選んでください。"
        "確かめるまで、報告書は案になります。"
    )
