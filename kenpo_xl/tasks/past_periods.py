"""Earlier periods (前の期) from their folders or from a ledger, for rules that compare periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.domain.results.history import History, Past, PastPeriod
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.ledgers.place import ledger_of_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan

# A period folder itself, folders of it, and folders by year of folders by quarter.
_PATTERNS = (PLAN_NAME, f"*/{PLAN_NAME}", f"*/*/{PLAN_NAME}")


@frozen
class HistoryResult:
    """The periods that were read, and one sentence for each folder that could not be."""

    history: History
    failures: tuple[str, ...] = ()


class LedgerPast:
    """The earlier periods in a ledger, read when they are first needed for a plan."""

    def __init__(self, place: LedgerPlace) -> None:
        """KenpoError if the ledger cannot be read."""
        from kenpo_xl.ledger import Ledger

        Ledger.open_read_only(place).close()
        self._place = place
        self._known: dict[PeriodKey, History] = {}

    def periods_before(self, plan: Plan) -> History:
        """The earlier periods of the plan's branch that are recent enough for comparisons."""
        from kenpo_xl.ledger import Ledger

        key = PeriodKey.of(plan)
        if key not in self._known:
            with Ledger.open_read_only(self._place) as ledger:
                self._known[key] = ledger.earlier_periods(key)
        return self._known[key].periods_before(plan)


def read_past(place: LedgerPlace) -> tuple[Past, tuple[str, ...]]:
    """The past at `place` (a ledger or a folder of periods), and sentences on unreadable parts."""
    if isinstance(place, LedgerUrl) or place.is_file():
        return LedgerPast(place), ()
    found = read_history_in_folders(place)
    return found.history, found.failures


def past_from_ledger_above(folder: PeriodFolder, plan: Plan) -> tuple[History | None, tuple[str, ...]]:
    """The earlier periods in the ledger of a period folder, and sentences on failures.

    None without a readable ledger.
    """
    try:
        place = ledger_of_period(folder.root)
        return LedgerPast(place).periods_before(plan) if place else None, ()
    except KenpoError as error:
        return None, (f"前の期とは比べていません。{error}",)


class PastOfBooks:
    """The earlier periods of the books of several plan books; each ledger is read once for a plan book.

    Without `given` ones there are none, or with `uses_ledgers` those in the ledger of each period folder.
    """

    def __init__(self, given: Past | None, *, uses_ledgers: bool) -> None:
        self._given, self._uses_ledgers = given, uses_ledgers
        self._found: dict[Path, tuple[Past | None, tuple[str, ...]]] = {}

    def of_plan_book(self, plan_book: Path, plan: Plan) -> Past | None:
        """The earlier periods for the books of a plan book, None without any to compare with."""
        if self._given or not self._uses_ledgers:
            return self._given
        if plan_book not in self._found:
            self._found[plan_book] = past_from_ledger_above(PeriodFolder(plan_book.resolve().parent), plan)
        return self._found[plan_book][0]

    def failures(self, plan_book: Path) -> tuple[str, ...]:
        """Sentences on a ledger that could not be read."""
        return self._found.get(plan_book, (None, ()))[1]


def read_history_in_folders(path: Path) -> HistoryResult:
    """Every period at `path`: one period folder, or those up to two levels below.

    Of two folders of the same period the first by name counts, the other is reported. KenpoError without a
    period folder.
    """
    found = {book.parent for pattern in _PATTERNS for book in path.glob(pattern)}
    # A folder that is just being made has a hidden name.
    folders = sorted(one for one in found if not one.name.startswith(".") or one == path)
    if not folders:
        raise KenpoError(
            f"{path} に前の期のフォルダーがありません。{PLAN_NAME} のあるフォルダーか、"
            "それを集めたフォルダーを指定してください。"
        )
    reading = _HistoryReader()
    for folder, plan in sorted(
        reading.folders_with_plans(folders), key=lambda one: (PeriodKey.of(one[1]), one[0])
    ):
        reading.add_period(folder, plan)
    return HistoryResult(History.of(reading.found.values()), tuple(reading.failures))


class _HistoryReader:
    """Periods read in order of time: earlier ones are the past of later ones."""

    def __init__(self) -> None:
        self.found: dict[PeriodKey, PastPeriod] = {}
        self.failures: list[str] = []

    def folders_with_plans(self, folders: Iterable[Path]) -> Iterator[tuple[Path, Plan]]:
        """Each folder with its plan; one with an unreadable plan is reported."""
        for folder in folders:
            try:
                yield folder, cached_plan(folder / PLAN_NAME)
            except KenpoError as error:
                self._record_unreadable_folder(folder, error)

    def add_period(self, folder: Path, plan: Plan) -> None:
        """Read a period, unless another folder of the same period was read before."""
        # A check of books loads neither: it takes the past from a ledger, if there is one.
        from kenpo_xl.tasks.period.consolidation import consolidate
        from kenpo_xl.tasks.period_record import period_record

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
            self._record_unreadable_folder(folder, error)
            return
        self.found[key] = period_record(whole).past_period
        self.failures += [
            f"前の期のフォルダー {folder} の {one.name} は比べていません。{one.reason}"
            for one in whole.rejected
        ]
        self.failures += [
            f"前の期のフォルダー {folder}: {one.choice_sentence}"
            for one in whole.duplicates
            if one.doubt_sentence
        ]

    def _record_unreadable_folder(self, folder: Path, error: KenpoError) -> None:
        reason = " ".join(str(error).split())
        self.failures.append(f"前の期のフォルダー {folder} は読めなかったため比べていません。{reason}")
