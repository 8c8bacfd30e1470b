"""Whatever is done to the bytes of a book, reading it ends with what it says or with one sentence.

Books are spoilt as files (bytes of the zip) and as documents (XML of a part, packed anew with true sums, so
that it reaches the parser).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from tests.hostile.hostile_books import BOOK, pack, parts
from tests.paths import SAMPLE
from tests.soak import IS_LONG, TIMES, soak

pytestmark = soak
PLAN = SAMPLE / "計画.xlsx"
SECONDS = 5
# What stands in an attribute or an element in place of what was there.
NASTY = (
    "", "0", "-1", "1", "2", "16384", "16385", "1048576", "1048577", "99999999999", "9" * 5000, "1e308",
    "-1e308", "1e-308", "NaN", "inf", "1_0", "TRUE", "true", "x", "s", "str", "b", "e", "d", "inlineStr",
    "shared", "A1", "XFD1048576", "A1:XFD1048576", "C3:A1", "AAAA1", "'", "１", "#REF!", "2024", "令和", "◎",
    "{年度}", "_x0000_", "_xD800_", "_x001B_[0m", "worksheet", "hidden", "rId1", "../../x", "xl/workbook.xml",
    "=1/0", "SUM(A1:XFD1048576)", "A1+A1", "B5", "1/1/1", "2024-13-45", "/", "／", "表", "ブロック",
)  # fmt: skip
_VALUE = re.compile(rb"(?<==\")[^\"]*(?=\")|(?<=>)[^<]*(?=</)")
_TAG = re.compile(rb"<[^>]*>")
_PLACE = st.floats(0, 1, exclude_max=True)


def at(content: bytes, place: float) -> int:
    return int(place * len(content))


def with_value(content: bytes, place: float, _: float, new: bytes) -> bytes:
    """Another attribute or text, the first after a place."""
    found = _VALUE.search(content, at(content, place))
    return content[: found.start()] + new + content[found.end() :] if found else content


def without_tag(content: bytes, place: float, _: float, __: bytes) -> bytes:
    """A tag less: mostly no XML any more."""
    found = _TAG.search(content, at(content, place))
    return content[: found.start()] + content[found.end() :] if found else content


def without_element(content: bytes, place: float, _: float, __: bytes) -> bytes:
    """An element less, with all that it holds."""
    found = re.compile(rb"<(\w+)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL).search(content, at(content, place))
    return content[: found.start()] + content[found.end() :] if found else content


def element_elsewhere(content: bytes, place: float, other: float, _: bytes) -> bytes:
    """An element a second time, before another."""
    found = re.compile(rb"<(\w+)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL).search(content, at(content, place))
    target = _TAG.search(content, at(content, other))
    return content[: target.start()] + found[0] + content[target.start() :] if found and target else content


def other_bytes(content: bytes, place: float, length: float, new: bytes) -> bytes:
    """A few bytes in the place of others."""
    start = at(content, place)
    return content[:start] + new + content[start + int(length * 12) :]


def cut(content: bytes, place: float, _: float, __: bytes) -> bytes:
    return content[: at(content, place)]


def copied(content: bytes, place: float, other: float, _: bytes) -> bytes:
    """A stretch a second time."""
    first, last = sorted((at(content, place), at(content, other)))
    return content[:last] + content[first : min(last, first + 2000)] + content[last:]


Change = Callable[[bytes, float, float, bytes], bytes]
IN_XML: tuple[Change, ...] = (
    *(with_value,) * 4, without_element, element_elsewhere, without_tag, other_bytes, cut, copied,
)  # fmt: skip
IN_BYTES: tuple[Change, ...] = (*(other_bytes,) * 3, cut, copied)


def changes(kinds: tuple[Change, ...], values: st.SearchStrategy[bytes]) -> st.SearchStrategy[list[tuple]]:
    return st.lists(st.tuples(st.sampled_from(kinds), _PLACE, _PLACE, values), min_size=1, max_size=4)


def spoilt(content: bytes, edits: list[tuple[Change, float, float, bytes]]) -> bytes:
    for change, *how in edits:
        content = change(content, *how)
    return content


def bounded(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples, the same every time, or more and others."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=not IS_LONG,
        database=None,
        deadline=SECONDS * 1000,
        suppress_health_check=list(HealthCheck),
    )


NASTY_BYTES = st.sampled_from([text.encode() for text in NASTY])
BOOK_PARTS, PLAN_PARTS = parts(BOOK), parts(PLAN)
BOOK_NAMES = st.sampled_from([name for name in BOOK_PARTS if not name.startswith("docProps")])
PLAN_NAMES = st.sampled_from([name for name in PLAN_PARTS if not name.startswith("docProps")])


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLAN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoilt")


def packed(path: Path, whole: dict[str, bytes], part: str, edits: list[tuple]) -> Path:
    pack(path, {**whole, part: spoilt(whole[part], edits)}.items(), zipfile.ZIP_STORED)
    return path


def is_read_or_one_sentence(path: Path, plan: Plan) -> None:
    told = ""
    try:
        assert isinstance(read_book(path, plan)[0], Submission)
    except KenpoError as error:
        told = str(error)
    assert not told or (told.endswith("。") and "\n" not in told)


def is_understood_or_one_sentence(path: Path) -> None:
    """The problems of a plan book are sentences too, as many as there are."""
    told = []
    try:
        _, problems = plan_and_problems(path)
        told = [str(problem) for problem in problems]
    except KenpoError as error:
        told = [str(error)]
    assert not [sentence for sentence in told if not sentence.endswith(("。", "）"))]


@bounded(200)
@given(edits=changes(IN_BYTES, st.binary(max_size=8)))
def test_bytes_of_a_book(edits: list[tuple], folder: Path, plan: Plan) -> None:
    path = folder / BOOK.name
    path.write_bytes(spoilt(BOOK.read_bytes(), edits))
    is_read_or_one_sentence(path, plan)


@bounded(400)
@given(part=BOOK_NAMES, edits=changes(IN_XML, NASTY_BYTES))
def test_parts_of_a_book(part: str, edits: list[tuple], folder: Path, plan: Plan) -> None:
    is_read_or_one_sentence(packed(folder / BOOK.name, BOOK_PARTS, part, edits), plan)


@bounded(60)
@given(part=PLAN_NAMES, edits=changes(IN_XML, NASTY_BYTES))
def test_parts_of_a_plan_book(part: str, edits: list[tuple], folder: Path) -> None:
    is_understood_or_one_sentence(packed(folder / PLAN.name, PLAN_PARTS, part, edits))
