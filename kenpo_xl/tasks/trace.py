"""Where a number of the report comes from, and since when: what the ledger knows of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import Sighting
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import LEDGER_NAME, ledger_above

if TYPE_CHECKING:
    from kenpo_xl.ledger import Ledger


@frozen
class TraceResult:
    """What was ever said of one figure; or the identities that were meant where the words fit several."""

    sightings: tuple[Sighting[Fact], ...] = ()
    candidates: tuple[str, ...] = ()


def trace(place: Path, words: Sequence[str], *, branch: str = "") -> TraceResult:
    """What the ledger at `place` says of the figure with this identity, or with these words in it.

    `place` is a ledger, or a folder that holds one or stands below one. KenpoError where there is no ledger,
    and where it knows no such figure.
    """
    from kenpo_xl.ledger import Ledger

    with Ledger.read(_ledger_at(place)) as ledger:
        found = _meant(ledger, words)
        if len(found) != 1:
            return TraceResult(candidates=found)
        sightings = ledger.trace(found[0], branch=branch)
    if not sightings:
        raise KenpoError(f"{branch}の {found[0]} は台帳にありません。支部の名前を確かめてください。")
    return TraceResult(sightings)


def _meant(ledger: Ledger, words: Sequence[str]) -> tuple[str, ...]:
    """The identity itself, else those that hold all the words."""
    found = ledger.identities(words)
    if not found:
        asked = " ".join(words)
        raise KenpoError(
            f"{asked} に当たる数値は台帳にありません。報告書のシート「数値」の「識別名」か、"
            "その一部を空白で区切って指定してください。"
        )
    return tuple(words) if len(words) == 1 and words[0] in found else found


def _ledger_at(place: Path) -> Path:
    if place.is_file():
        return place
    if (place / LEDGER_NAME).is_file():
        return place / LEDGER_NAME
    found = ledger_above(place)
    if found is None:
        raise KenpoError(
            f"{place} に台帳（{LEDGER_NAME}）がありません。夜間の取りまとめのフォルダーを指定してください。"
        )
    return found
