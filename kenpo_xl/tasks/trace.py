"""The source and the past of a number of the report, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import RecordVersion
from kenpo_xl.domain.outputs.recorded_names import RecordedNames
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.carry.carried_in_books import CarriedIntoBook, carried_in_period
from kenpo_xl.tasks.ledgers.place import ledger_at

if TYPE_CHECKING:
    from kenpo_xl.ledger import Ledger

_MOST_CANDIDATES = 50


@frozen
class TraceResult:
    """The recorded states of one figure, or the candidates if the words match several identities.

    `carried` are the books that were filled with it, each with the value and where that was reported.
    """

    versions: tuple[RecordVersion[Fact], ...] = ()
    candidates: tuple[str, ...] = ()
    carried: tuple[CarriedIntoBook, ...] = ()


def trace_figure(
    path: Path, words: Sequence[str], *, branch: str = "", ledger: LedgerPlace | None = None
) -> TraceResult:
    """The recorded states of the figure with this identity, or with these words in its identity.

    `path` is a ledger, or a folder that contains one or is below one, or a period folder, whose books say
    what they were filled with. `ledger` is asked in the place of the one at `path`. KenpoError where neither
    a ledger nor these books know the figure.
    """
    books = [*carried_in_period(path)] if (path / PLAN_NAME).is_file() else []
    known = tuple(dict.fromkeys(str(one.identity) for one in books))
    found = _identities_with_words(known, words)
    if len(found) > 1:
        return TraceResult(candidates=found)
    carried = tuple(one for one in books if str(one.identity) in found)
    try:
        recorded = trace_in_ledger(ledger or ledger_at(path), found or words, branch)
    except KenpoError:
        if not carried:
            raise
        recorded = TraceResult()
    return replace(recorded, carried=carried)


def _identities_with_words(known: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """The identity that is the only word itself, else those that contain all words."""
    if len(words) == 1 and words[0] in known:
        return (words[0],)
    return tuple(one for one in known if all(word in one for word in words))


def trace_in_ledger(place: LedgerPlace, words: Sequence[str], branch: str = "") -> TraceResult:
    """The same from a ledger alone; KenpoError for a figure that no period of the branch has."""
    from kenpo_xl.ledger import Ledger

    with Ledger.open_read_only(place) as ledger:
        names = RecordedNames(ledger.recorded_items(branch))
        found = _matching_figures(ledger, names, words, branch)
        if len(found) != 1:
            return TraceResult(candidates=tuple(list(found)[:_MOST_CANDIDATES]))
        ((shown, newest),) = found.items()
        stored = {identity for one in newest for identity in names.stored_identities(*one)}
        versions = [
            replace(one, record=replace(one.record, identity=shown))
            for identity in sorted(stored)
            for one in ledger.versions_of_figure(identity, branch=branch)
            if (one.key.branch, names.newest_identity((one.key, identity))) in newest
        ]
    if not versions:
        raise KenpoError(f"{branch}の {shown} は台帳にありません。支部の名前を確かめてください。")
    return TraceResult(tuple(sorted(versions, key=_order_of_version)))


def _order_of_version(version: RecordVersion[Fact]) -> tuple[str, int, int, bool, int]:
    """By branch, the newest period first, in it the most recent first."""
    key = version.key
    past = not version.is_current
    return key.branch, -key.fiscal_year, -key.number, past, -version.last.toordinal()


def _matching_figures(
    ledger: Ledger, names: RecordedNames, words: Sequence[str], branch: str
) -> dict[str, set[tuple[str, str]]]:
    """The exact identity, else those that contain all words; KenpoError for none.

    Each, as it is shown, has the branches with the identity that their newest period stores.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    named: set[str] = set()
    for figure in ledger.matching_figures(words, branch=branch):
        newest = figure[0].branch, names.newest_identity(figure)
        shown = names.shown_identity(*newest)
        found.setdefault(shown, set()).add(newest)
        if len(words) == 1 and names.is_named(*newest, words[0]):
            named.add(shown)
    if not found:
        asked = " ".join(words)
        raise KenpoError(
            f"{asked} に当たる数値は台帳にありません。報告書のシート「数値」の「識別名」か、"
            "その一部を空白で区切って指定してください。"
        )
    return {shown: newest for shown, newest in found.items() if not named or shown in named}
