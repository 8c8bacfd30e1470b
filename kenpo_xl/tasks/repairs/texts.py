"""Repairs within a text: letters from a PDF, unseen ones, and variants of terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.preferred_terms import TermUse, is_minor_variant, reported_terms, term_uses
from kenpo_xl.checks.support.printed_text import excerpt
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.language.unsafe_characters import unsafe_characters, with_unambiguous_corrections
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.rule_settings import is_rule_active_for_text
from kenpo_xl.domain.source import Source
from kenpo_xl.tasks.repairs.repair import ChangedWords, Repair, UnrepairedCell, corrected_text

_NO_LETTER = "正しい字が決まりません"
_OFFERED = "用語では「{}」と書きます。よければ直してください"
_AROUND = 8


def has_odd_letters_or_variants(context: CheckContext, text: str, item: str) -> bool:
    """Whether a text has odd letters or variants of terms: what is repaired, or left."""
    uses = term_uses(text, reported_terms(context, item, text))
    return bool(unsafe_characters(text)) or next(uses, None) is not None


def repairs_of_text(context: CheckContext, source: Source, text: str, item: str) -> Iterator[Repair]:
    """The repairs of one text of an item: one for its letters, one for each variant of a term."""
    is_checked = is_rule_active_for_text(context.plan.rule_settings, rule_codes.ODD_LETTER, item, text)
    certain = next((one.start for one in unsafe_characters(text) if one.certain and is_checked), None)
    right = with_unambiguous_corrections(text) if is_checked else text
    terms = reported_terms(context, item, text)
    if certain is not None:
        before, after = _bracketed_excerpt(text, certain), _bracketed_excerpt(right, certain)
        yield _repair_of_text(source, ChangedWords(text, terms), before, after, rule_codes.ODD_LETTER)
    for use in _different_uses(right, terms):
        is_minor = is_minor_variant(context, use.term, use.variant)
        code = rule_codes.MINOR_TERM if is_minor else rule_codes.TERM
        part = ChangedWords(text, terms, use.variant, use.is_certain)
        doubt = "" if use.is_certain else _OFFERED.format(use.term.preferred)
        yield _repair_of_text(source, part, f"「{use.variant}」", f"「{use.term.preferred}」", code, doubt)


def unrepaired_letters(source: Source, text: str) -> Iterator[UnrepairedCell]:
    """The first letter of a text that is lost: no repair is known."""
    unsure = next((one.start for one in unsafe_characters(text) if not one.certain), None)
    if unsure is not None:
        yield UnrepairedCell(source, _bracketed_excerpt(text, unsure), _NO_LETTER)


def _repair_of_text(
    source: Source, part: ChangedWords, before: str, after: str, code: str, doubt: str = ""
) -> Repair:
    edit = CellEdit(source.sheet, source.cell, corrected_text(part.text, [part]))
    return Repair(edit, before, after, code, part=part, doubt=doubt)


def _different_uses(text: str, terms: Sequence[Term]) -> list[TermUse]:
    """The variants of a text, each once, in their order."""
    uses = sorted(term_uses(text, terms), key=lambda use: use.start)
    return list({(use.variant, use.is_certain): use for use in uses}.values())


def _bracketed_excerpt(text: str, place: int) -> str:
    """The letters around a position of a text, in brackets."""
    return f"「{excerpt(text, max(place - _AROUND, 0), place + _AROUND)}」"
