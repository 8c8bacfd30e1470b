"""Reasons of the last quarter that still hold: on a carried figure, or on the words of a carried line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan_changes import PlanPart
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission
from kenpo_xl.domain.submission.typed_texts import line_identity
from kenpo_xl.pipeline.carry.moved_content import MovedContent

# Of a line, only what is said of its words holds in another quarter, and not what is said of its time.
_OF_WORDS = ("WO", "PR")
_OF_TIME = (
    rule_codes.DATE_OUTSIDE_THE_YEAR,
    rule_codes.DONE_AFTER_AS_OF_DATE,
    rule_codes.OTHER_PERIOD,
    rule_codes.TIME_OF_READING,
    rule_codes.DONE_BEFORE_ITS_TIME,
    rule_codes.PLAN_IS_OVER,
    rule_codes.ANOTHER_YEAR,
)


def acceptances_that_hold(
    content: MovedContent,
    before: Iterable[Submission],
    items: Iterable[ItemEntry],
    values: Mapping[CellKey, CarriedValue],
) -> Iterator[Acceptance]:
    """The reasons in books `before` whose cell and value are in the new book as they were.

    `items` and `values` are its content. Identities are those of the new plan.
    """
    figures = _identities_of_figures(content, values)
    lines = {
        (item.item, line.block, line.mark, line.carried)
        for item in items
        for line in item.lines
        if line.carried
    }
    for submission in before:
        known = {**figures, **_identities_of_lines(content, submission, lines)}
        for one in submission.accepted:
            identity = known.get(normalized(one.identity))
            if identity and (_is_acceptance_of_figure(figures, one) or _is_code_of_wording_rule(one.code)):
                yield replace(one, identity=identity)


def _is_acceptance_of_figure(figures: Mapping[str, str], one: Acceptance) -> bool:
    return normalized(one.identity) in figures


def _is_code_of_wording_rule(code: str) -> bool:
    return code.startswith(_OF_WORDS) and code not in _OF_TIME


def _identities_of_figures(content: MovedContent, values: Mapping[CellKey, CarriedValue]) -> dict[str, str]:
    """The new identity by the old one, of every figure whose typed value was carried as it was."""
    found = {}
    for figure in content.figures:
        identity = content.changes.new_figure(figure.id)
        carried = values.get((identity, figure.entity)) if identity else None
        if carried is not None and carried.value == figure.typed:
            suffix = f"（{figure.entity}）" if figure.entity else ""
            found[normalized(figure.identity_with_entity)] = f"{identity}{suffix}"
    return found


def _identities_of_lines(
    content: MovedContent, submission: Submission, carried: set[tuple[str, str, str, str]]
) -> dict[str, str]:
    """The same of every text line that was carried as it was."""
    found = {}
    for item in submission.items:
        for line in item.lines:
            path = content.changes.new_path(PlanPart.BLOCK, item.item, line.block)
            if path and line.mark and (*path, line.mark, line.text) in carried:
                now = LineEntry(path[1], line.kind, line.text, line.mark)
                found[normalized(line_identity(item.item, line))] = line_identity(path[0], now)
    return found
