"""Books spoilt at random: what is read is right or named as doubtful, and what is missing is reported."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.carry.rescued import typed_contents
from kenpo_xl.tasks.carry.rescue import carry_book
from tests.soak import TIMES, soak
from tests.tasks.carry.test_rescue import NUMBERS, TEXTS
from tests.tasks.carry.town import GROUP, period, plan_of, submit

COUNT = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = period(tmp_path_factory.mktemp("spoilt") / "第3四半期", 2025, 3)
    submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)], months={"相談": (11,)})
    return folder


def typed(path: Path, folder: Path) -> Counter[tuple[str, str]]:
    plan = plan_of(folder)
    contents = typed_contents(plan, read_submission(path, plan).items)
    return Counter((one.identity, normalized(one.text)) for one in contents)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """A file that was cut off, or of which some bits are others."""
    if chance.random() < 0.5:
        return content[: chance.randrange(1_000, len(content))]
    found = bytearray(content)
    for _ in range(chance.choice((1, 4, 40))):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


@soak
@pytest.mark.parametrize("seed", range(COUNT * TIMES))
def test_nothing_is_wrong_or_lost_in_silence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    whole = folder / "提出" / f"{GROUP}.xlsm"
    path = tmp_path / f"{GROUP}.xlsm"
    path.write_bytes(spoilt(whole.read_bytes(), random.Random(seed)))
    try:
        result = carry_book(path, folder, output=tmp_path / "写し.xlsm")
    except KenpoError:
        return
    (copy,) = result.books
    found, expected = typed(copy.path, folder), typed(whole, folder)
    doubtful = {(one.identity, normalized(one.value)) for one in copy.content.book.uncertain}
    assert set(found - expected) <= doubtful
    if expected - found:
        assert result.losses or copy.content.book.unplaced
