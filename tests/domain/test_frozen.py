from __future__ import annotations

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass
from functools import cached_property

import pytest

from kenpo_xl.domain.frozen import frozen, mutable, replace


@frozen
class Place:
    """Where something stands."""

    sheet: str
    cell: str = "A1"
    notes: list[str] = field(default_factory=list, compare=False)

    @cached_property
    def address(self) -> str:
        return f"{self.sheet}!{self.cell}"


@frozen
class Other:
    sheet: str
    cell: str = "A1"


@frozen
class Sorted:
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if list(self.words) != sorted(self.words):
            raise ValueError(self.words)

    def __repr__(self) -> str:
        return "・".join(self.words)


def test_fields_are_given_in_order_or_by_name() -> None:
    assert (Place("操作").cell, Place("操作", "B2").cell, Place(cell="C3", sheet="操作").cell) == (
        "A1",
        "B2",
        "C3",
    )
    with pytest.raises(TypeError, match="sheet"):
        Place()  # type: ignore[call-arg]


def test_what_is_wrong_with_a_call_is_said_with_the_names_of_the_class() -> None:
    for call, said in (
        (Other, r"^Other.__init__\(\) missing 1 required positional argument: 'sheet'"),
        (lambda: Other("操作", "A1", "B1"), r"takes from 2 to 3 positional arguments but 4 were given"),
        (lambda: Other("操作", place="A1"), r"unexpected keyword argument 'place'"),
        (lambda: Other("操作", sheet="指摘"), r"multiple values for argument 'sheet'"),
    ):
        with pytest.raises(TypeError, match=said):
            call()


def test_a_field_without_a_default_does_not_follow_one_that_has_it() -> None:
    @frozen
    class Turned:
        cell: str = "A1"
        sheet: str  # type: ignore[misc]

    with pytest.raises(TypeError, match="Turned"):
        Turned("A1", "操作")


def test_what_is_made_is_there_when_a_value_looks_at_itself() -> None:
    @frozen
    class Noted:
        notes: list[str] = field(default_factory=list)

        def __post_init__(self) -> None:
            self.notes.append("made")

    assert (Noted().notes, Noted().notes, Noted(["given"]).notes) == (["made"], ["made"], ["given", "made"])


def test_a_list_that_nobody_gave_is_each_ones_own() -> None:
    first, second = Place("操作"), Place("操作")
    first.notes.append("x")
    assert second.notes == []


def test_equal_are_those_of_one_class_with_equal_compared_fields() -> None:
    assert Place("操作") == Place("操作", notes=["x"])
    assert hash(Place("操作")) == hash(Place("操作", notes=["x"]))
    assert Place("操作") != Place("操作", "A2")
    assert Place("操作") != Other("操作")
    assert len({Place("操作"), Place("操作"), Place("指摘")}) == 2


def test_nothing_changes() -> None:
    place = Place("操作")
    with pytest.raises(FrozenInstanceError, match="'cell' of Place"):
        place.cell = "B2"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="'cell' of Place"):
        del place.cell
    assert place.address == "操作!A1"


def test_it_is_a_dataclass_to_those_who_ask() -> None:
    assert replace(Place("操作"), cell="B2") == Place("操作", "B2")
    assert asdict(Other("操作")) == {"sheet": "操作", "cell": "A1"}
    assert repr(Other("操作")) == "Other(sheet='操作', cell='A1')"
    match Other("操作"):
        case Other(sheet, cell):
            assert (sheet, cell) == ("操作", "A1")


@dataclass(frozen=True, slots=True)
class Plain:
    sheet: str
    cell: str = "A1"


@frozen
class Own(Other):
    """A class with an `__init__` of its own."""

    def __init__(self, sheet: str, cell: str) -> None:
        object.__setattr__(self, "__dict__", {"sheet": f"{sheet}!", "cell": cell})


@pytest.mark.parametrize("thing", [Other("操作"), Place("操作"), Plain("操作"), Own("操作", "A1")])
def test_a_copy_has_other_values_as_of_any_dataclass(thing: Other) -> None:
    assert replace(thing, cell="B2") == dataclasses.replace(thing, cell="B2")
    assert repr(replace(thing)) == repr(dataclasses.replace(thing))
    with pytest.raises(TypeError, match="place"):
        replace(thing, place="B2")  # type: ignore[call-arg]


def test_a_copy_computes_its_properties_again() -> None:
    place = Place("操作")
    assert place.address == "操作!A1"
    assert replace(place, cell="B2").address == "操作!B2"


def test_a_copy_is_verified_as_a_new_one() -> None:
    words = Sorted(("a", "b"))
    assert replace(words, words=("c", "d")).words == ("c", "d")
    with pytest.raises(ValueError, match="b"):
        replace(words, words=("b", "a"))


def test_it_can_be_kept() -> None:
    assert pickle.loads(pickle.dumps(Place("操作", "B2", ["x"]))).notes == ["x"]


def test_what_a_class_says_itself_holds() -> None:
    assert repr(Sorted(("a", "b"))) == "a・b"
    with pytest.raises(ValueError, match="b"):
        Sorted(("b", "a"))


def test_a_class_knows_its_fields_before_its_first_instance() -> None:
    @frozen
    class Named:
        fields: str
        rest: list[str] = field(default_factory=list, repr=False)

    assert is_dataclass(Named)
    assert [one.name for one in fields(Named)] == ["fields", "rest"]
    first, second = Named("a"), Named("a")
    first.rest.append("x")
    assert (second.rest, repr(second)) == ([], repr(Named("a", ["y"])))
    assert repr(second).endswith("Named(fields='a')")


def test_a_class_that_extends_a_value_has_the_fields_of_both() -> None:
    @frozen
    class Range(Place):
        cell: str = "B1"
        end: str = "C3"

    whole = Range("操作", end="D4")
    assert (whole.sheet, whole.cell, whole.end, whole.notes) == ("操作", "B1", "D4", [])
    assert [one.name for one in fields(whole)] == ["sheet", "cell", "notes", "end"]
    assert whole != Range("操作")
    assert whole != Place("操作", "B1")
    assert whole == Range("操作", "B1", ["x"], "D4")


def test_a_subclass_without_fields_of_its_own_is_made_as_its_base_is() -> None:
    class Named(Other):
        note: str = "なし"

    assert [one.name for one in fields(Named("操作"))] == ["sheet", "cell"]
    assert (Named("操作").cell, Other("指摘").sheet) == ("A1", "指摘")


@mutable
class Counter:
    name: str
    found: list[str] = field(default_factory=list)
    count: int = 0


def test_a_mutable_record_changes_and_has_no_hash() -> None:
    counter = Counter("件数")
    counter.count += 1
    assert counter == Counter("件数", [], 1)
    assert counter != Counter("件数")
    assert replace(counter, name="人数") == Counter("人数", count=1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)
