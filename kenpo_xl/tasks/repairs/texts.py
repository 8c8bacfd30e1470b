"""Repairs within a text: letters from a PDF, unseen ones, and variants of terms that are 自動."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.preferred_terms import (
    TermUse,
    is_minor_variant,
    reported_terms,
    term_uses,
    with_automatic_terms,
)
from kenpo_xl.checks.support.printed_text import excerpt
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.language.unsafe_characters import unsafe_characters, with_unambiguous_corrections
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.rule_settings import is_reported
from kenpo_xl.domain.source import Source
from kenpo_xl.tasks.repairs.repair import Repair, UnrepairedCell

_NO_LETTER = "正しい字が決まりません"
_OFFERED = "用語では「{}」と書きます。よければ直してください"
_AROUND = 8


def repairs_of_text(context: CheckContext, source: Source, text: str, item: str) -> Iterator[Repair]:
    """The repairs of one text of an item; each has the edit with all of them."""
    is_checked = is_reported(context.plan.rule_settings, rule_codes.ODD_LETTER, item, text)
    certain = next((one.start for one in unsafe_characters(text) if one.certain and is_checked), None)
    right = with_unambiguous_corrections(text) if is_checked else text
    terms = reported_terms(context, item, text)
    edit = CellEdit(source.sheet, source.cell, with_automatic_terms(right, terms))
    if certain is not None:
        yield Repair(edit, _excerpt(text, certain), _excerpt(right, certain), rule_codes.ODD_LETTER)
    for use in _different_uses(right, terms):
        if _is_certain(use):
            is_minor = is_minor_variant(context, use.term, use.variant)
            code = rule_codes.MINOR_TERM if is_minor else rule_codes.TERM
            yield Repair(edit, f"「{use.variant}」", f"「{use.term.preferred}」", code)


def unrepaired_parts(context: CheckContext, source: Source, text: str, item: str) -> Iterator[UnrepairedCell]:
    """The parts of a text that are reported and not repaired: lost letters, and terms that are offered."""
    unsure = next((one.start for one in unsafe_characters(text) if not one.certain), None)
    if unsure is not None:
        yield UnrepairedCell(source, _excerpt(text, unsure), _NO_LETTER)
    for use in _different_uses(with_unambiguous_corrections(text), reported_terms(context, item, text)):
        if not _is_certain(use):
            yield UnrepairedCell(source, f"「{use.variant}」", _OFFERED.format(use.term.preferred))


def _different_uses(text: str, terms: Sequence[Term]) -> list[TermUse]:
    """The variants of a text, each once, in their order."""
    uses = sorted(term_uses(text, terms), key=lambda use: use.start)
    return list({(use.variant, _is_certain(use)): use for use in uses}.values())


def _is_certain(use: TermUse) -> bool:
    return use.term.is_automatic and use.is_separate


def _excerpt(text: str, place: int) -> str:
    """The letters around a position of a text, in brackets."""
    return f"「{excerpt(text, max(place - _AROUND, 0), place + _AROUND)}」"
