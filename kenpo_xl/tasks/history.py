"""Earlier periods (前の期) read from their folders: what the rules over time compare with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kenpo_xl.domain.history import History, PastPeriod
from kenpo_xl.errors import KenpoError
from kenpo_xl.plan_book import PLAN_NAME
from kenpo_xl.tasks.consolidation import consolidate
from kenpo_xl.tasks.period import PeriodFolder
from kenpo_xl.tasks.records import period_record

# A period folder itself, folders of it, and folders by year of folders by quarter.
_PLACES = (PLAN_NAME, f"*/{PLAN_NAME}", f"*/*/{PLAN_NAME}")


@dataclass(frozen=True)
class HistoryResult:
    """The periods that could be read, and one sentence for each folder that could not be."""

    history: History
    troubles: tuple[str, ...] = ()


def read_history(path: Path) -> HistoryResult:
    """Every period at `path`: one period folder, or a folder that holds them up to two levels below.

    Of two folders of the same period the first by name counts, and the other is told. KenpoError where no
    period folder is found.
    """
    folders = sorted({book.parent for place in _PLACES for book in path.glob(place)})
    if not folders:
        raise KenpoError(
            f"{path} に前の期のフォルダーがありません。{PLAN_NAME} のあるフォルダーか、"
            "それを集めたフォルダーを指定してください。"
        )
    found: dict[tuple[str, int, int], PastPeriod] = {}
    troubles = []
    for folder in folders:
        try:
            whole = consolidate(PeriodFolder(folder))
        except KenpoError as error:
            reason = " ".join(str(error).split())
            troubles.append(f"前の期のフォルダー {folder} は読めなかったため比べていません。{reason}")
            continue
        period = period_record(whole).past
        troubles += [
            f"前の期のフォルダー {folder} の {one.name} は比べていません。{one.reason}"
            for one in whole.set_aside
        ]
        used = found.setdefault((period.branch, *period.place), period)
        if used is not period:
            troubles.append(
                f"{period.label}のフォルダーが 2 つあるため、{folder} は比べていません。"
                "どちらか一方だけを置いてください。"
            )
    return HistoryResult(History.of(found.values()), tuple(troubles))
