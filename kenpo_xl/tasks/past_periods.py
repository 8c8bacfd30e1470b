"""Earlier periods (前の期) from their folders or from a ledger: what the rules over time compare with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kenpo_xl.books.plan.reader import PLAN_NAME, read_plan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.history import History, Past, PastPeriod
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder, ledger_above
from kenpo_xl.tasks.period_record import period_record

# A period folder itself, folders of it, and folders by year of folders by quarter.
_PLACES = (PLAN_NAME, f"*/{PLAN_NAME}", f"*/*/{PLAN_NAME}")


@frozen
class HistoryResult:
    """The periods that could be read, and one sentence for each folder that could not be."""

    history: History
    failures: tuple[str, ...] = ()


class LedgerPast:
    """The earlier periods that a ledger knows, read when a plan of their branch asks."""

    def __init__(self, path: Path) -> None:
        """KenpoError where the ledger cannot be read."""
        from kenpo_xl.ledger import Ledger

        Ledger.read(path).close()
        self._path = path
        self._known: dict[PeriodKey, History] = {}

    def before(self, plan: Plan) -> History:
        """The periods of the plan's branch that are earlier than its own, and not too old to be asked for."""
        from kenpo_xl.ledger import Ledger

        key = PeriodKey.of(plan)
        if key not in self._known:
            with Ledger.read(self._path) as ledger:
                self._known[key] = ledger.before(key)
        return self._known[key]


def read_past(path: Path) -> tuple[Past, tuple[str, ...]]:
    """The past at `path`, a ledger or a folder of periods, and what of it could not be read."""
    if path.is_file():
        return LedgerPast(path), ()
    found = read_history(path)
    return found.history, found.failures


def past_above(folder: PeriodFolder, plan: Plan) -> tuple[History | None, tuple[str, ...]]:
    """The earlier periods that the nearest ledger above a period folder knows, or why they are not known.

    None without a ledger, or without one that can be read; where it is damaged makes no difference.
    """
    path = ledger_above(folder.root)
    try:
        return LedgerPast(path).before(plan) if path else None, ()
    except KenpoError as error:
        return None, (f"前の期とは比べていません。{error}",)


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
    reading = _Reading()
    for folder, plan in sorted(reading.plans(folders), key=lambda one: (PeriodKey.of(one[1]), one[0])):
        reading.add(folder, plan)
    return HistoryResult(History.of(reading.found.values()), tuple(reading.failures))


class _Reading:
    """Periods as they are read one after the other: earlier ones are the past of later ones."""

    def __init__(self) -> None:
        self.found: dict[PeriodKey, PastPeriod] = {}
        self.failures: list[str] = []

    def plans(self, folders: Iterable[Path]) -> Iterator[tuple[Path, Plan]]:
        """Each folder with its plan; one whose plan cannot be read is told."""
        for folder in folders:
            try:
                yield folder, read_plan(folder / PLAN_NAME)
            except KenpoError as error:
                self._tell_unread(folder, error)

    def add(self, folder: Path, plan: Plan) -> None:
        """Read a period, unless another folder of the same period was read before."""
        key = PeriodKey.of(plan)
        if key in self.found:
            self.failures.append(
                f"{key.label}のフォルダーが 2 つあるため、{folder} は比べていません。"
                "どちらか一方だけを置いてください。"
            )
            return
        try:
            whole = consolidate(PeriodFolder(folder), plan=plan, past=History.of(self.found.values()))
        except KenpoError as error:
            self._tell_unread(folder, error)
            return
        self.found[key] = period_record(whole).past
        self.failures += [
            f"前の期のフォルダー {folder} の {one.name} は比べていません。{one.reason}"
            for one in whole.rejected
        ]
        self.failures += [
            f"前の期のフォルダー {folder}: {one.sentence}" for one in whole.duplicates if one.doubt
        ]

    def _tell_unread(self, folder: Path, error: KenpoError) -> None:
        reason = " ".join(str(error).split())
        self.failures.append(f"前の期のフォルダー {folder} は読めなかったため比べていません。{reason}")
