"""Reasons of staff under the identities that their cells and lines have in a changed plan."""

from __future__ import annotations

from dataclasses import replace

from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.plan.plan_changes import PlanChanges, PlanPart
from kenpo_xl.domain.plan.table import FigureId

_BLOCK = "ブロック "
_ENTITY = "（"


def moved_acceptance(changes: PlanChanges, one: Acceptance) -> tuple[Acceptance | None, str]:
    """The reason under its present identity (None if that is gone), and the number of its item, if any."""
    identity, item = moved_identity_and_item(changes, one.identity)
    return (None if identity is None else replace(one, identity=identity)), item


def moved_identity_and_item(changes: PlanChanges, identity: str) -> tuple[str | None, str]:
    """The present identity of a part (None if that is gone), and the number of its item, if any."""
    number, _, rest = identity.partition("/")
    item = changes.new_path(PlanPart.ITEM, number)
    if item is None:
        return (None, "") if rest else (identity, "")
    parts = rest.split("/")
    if parts[0].startswith(_BLOCK):
        block = changes.new_path(PlanPart.BLOCK, number, parts[0].removeprefix(_BLOCK))
        if block is None:
            return None, ""
        return "/".join((block[0], f"{_BLOCK}{block[1]}", *parts[1:])), block[0]
    if len(parts) >= len(FigureId._fields) - 1:
        column, bracket, entity = "/".join(parts[2:]).partition(_ENTITY)
        figure = changes.new_figure(FigureId(number, parts[0], parts[1], column))
        return (None, "") if figure is None else (f"{figure}{bracket}{entity}", figure.item)
    return ("/".join((item[0], rest)) if rest else item[0]), item[0]
