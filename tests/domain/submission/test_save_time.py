"""Which of two books of a group is the later one, and when that is doubtful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kenpo_xl.domain.submission.save_time import (
    BookChoice,
    DatedBook,
    SaveRecord,
    latest_book_by_group_and_choices,
    parse_recorded_time,
)

NOW = datetime(2025, 2, 1, tzinfo=UTC)
EARLY, LATE = datetime(2024, 12, 20, 5, tzinfo=UTC), datetime(2025, 1, 7, 5, tzinfo=UTC)
GROUP = "業務グループ"


def book(name: str, record: SaveRecord, file_date: datetime = LATE) -> DatedBook:
    return DatedBook(Path(f"{name}.xlsm"), record, file_date, NOW)


def choice_of(*books: DatedBook) -> BookChoice:
    (choice,) = latest_book_by_group_and_choices((GROUP, one) for one in books)[1]
    return choice


class TestOrder:
    def test_the_last_save_decides_whatever_the_files_say(self) -> None:
        old, new = book("い", SaveRecord(EARLY), LATE), book("ろ", SaveRecord(LATE), EARLY)
        assert choice_of(new, old) == BookChoice(GROUP, old, new)

    def test_the_submission_counts_where_it_is_later(self) -> None:
        old, new = book("い", SaveRecord(LATE)), book("ろ", SaveRecord(EARLY, submitted=LATE + timedelta(1)))
        assert choice_of(old, new).used is new

    def test_the_last_save_counts_where_it_is_later_than_the_submission(self) -> None:
        old = book("い", SaveRecord(EARLY, submitted=LATE - timedelta(1)))
        new = book("ろ", SaveRecord(LATE, submitted=EARLY))
        assert choice_of(new, old).used is new

    def test_the_files_decide_where_neither_has_a_record(self) -> None:
        old, new = book("い", SaveRecord(), EARLY), book("あ", SaveRecord(), LATE)
        assert choice_of(new, old).used is new

    def test_the_files_decide_between_equal_records(self) -> None:
        old, new = book("い", SaveRecord(LATE), EARLY), book("あ", SaveRecord(LATE), LATE)
        assert choice_of(new, old).used is new

    def test_the_name_decides_where_all_is_equal(self) -> None:
        assert (
            choice_of(book("い", SaveRecord(LATE)), book("あ", SaveRecord(LATE))).used.path.name == "い.xlsm"
        )

    def test_a_book_without_a_stamp_never_wins(self) -> None:
        copied, old = book("い", SaveRecord(LATE, has_stamp=False)), book("ろ", SaveRecord(EARLY))
        choice = choice_of(copied, old)
        assert choice.used is old
        assert "新しいほう" not in choice.choice_sentence
        assert "い.xlsm は配られた入力ブックのものでなく" in choice.doubt_sentence

    def test_a_clock_a_year_ahead_does_not_win(self) -> None:
        wrong = book("い", SaveRecord(LATE.replace(year=2026)), EARLY)
        right = book("ろ", SaveRecord(LATE), LATE)
        choice = choice_of(wrong, right)
        assert choice.used is right
        assert "い.xlsm の記録（令和8年1月7日（水）14:00:00）はまだ来ていない" in choice.doubt_sentence

    @pytest.mark.parametrize(("ahead", "counts"), [(timedelta(1), True), (timedelta(1, 1), False)])
    def test_clocks_may_differ_by_a_day(self, ahead: timedelta, counts: bool) -> None:
        one = book("い", SaveRecord(NOW + ahead))
        assert (one.save_time == NOW + ahead) is counts
        assert (one.recorded_future_time is None) is counts

    def test_three_books_of_a_group_and_one_of_another(self) -> None:
        books = [book(name, SaveRecord(EARLY + timedelta(day))) for day, name in enumerate("あいうえ")]
        latest, choices = latest_book_by_group_and_choices(
            zip((GROUP, "保健", GROUP, GROUP), books, strict=True)
        )
        assert latest == {GROUP: books[3], "保健": books[1]}
        assert [(one.unused, one.used) for one in choices] == [(books[0], books[3]), (books[2], books[3])]


class TestDoubt:
    def test_both_books_stand_in_the_sentence_with_their_times(self) -> None:
        old, new = book("い", SaveRecord(EARLY), EARLY), book("ろ", SaveRecord(LATE, submitted=LATE), LATE)
        choice = choice_of(old, new)
        assert choice.doubt_sentence == ""
        assert choice.choice_sentence == (
            "業務グループのブックが 2 つ以上あるため、新しいほうの ろ.xlsm を使いました"
            "（ろ.xlsm は令和7年1月7日（火）14:00:00 提出、い.xlsm は令和6年12月20日（金）14:00:00 保存）。"
        )

    @pytest.mark.parametrize(("seconds", "doubtful"), [(2, False), (3, True)])
    def test_a_file_that_is_newer_than_that_of_the_later_book(self, seconds: int, doubtful: bool) -> None:
        old = book("い", SaveRecord(EARLY), LATE + timedelta(seconds=seconds))
        doubt = choice_of(old, book("ろ", SaveRecord(LATE), LATE)).doubt_sentence
        assert ("ファイルの日付は い.xlsm のほうが新しい" in doubt) is doubtful

    @pytest.mark.parametrize(("seconds", "doubtful"), [(300, True), (301, False)])
    def test_two_people_within_five_minutes(self, seconds: int, doubtful: bool) -> None:
        old = book("い", SaveRecord(LATE, "佐藤"), EARLY)
        doubt = choice_of(
            old, book("ろ", SaveRecord(LATE + timedelta(seconds=seconds), "山田"))
        ).doubt_sentence
        assert ("山田 さんと 佐藤 さん" in doubt) is doubtful

    @pytest.mark.parametrize("person", ["佐藤", "佐 藤", ""])
    def test_the_same_person_or_an_unknown_one(self, person: str) -> None:
        old = book("い", SaveRecord(LATE, person), EARLY)
        assert not choice_of(old, book("ろ", SaveRecord(LATE + timedelta(seconds=9), "佐藤"))).doubt_sentence

    def test_equal_times(self) -> None:
        assert "同じ" in choice_of(book("い", SaveRecord(LATE)), book("ろ", SaveRecord(LATE))).doubt_sentence

    def test_files_without_records_are_no_contradiction(self) -> None:
        assert not choice_of(book("い", SaveRecord(), EARLY), book("ろ", SaveRecord(), LATE)).doubt_sentence

    def test_a_book_dated_by_its_file_says_so(self) -> None:
        assert str(book("い", SaveRecord(), EARLY)).endswith("14:00:00 ファイルの日付")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-01-07T05:00:00Z", LATE),
        (" 2025-01-07t05:00:00z\n", LATE),
        ("2025-01-07T05:00:00.1234567Z", LATE + timedelta(microseconds=123456)),
        ("2025-01-07T14:00:00+09:00", LATE),
        ("2025-01-06T21:00:00-08:00", LATE),
        ("2025-01-07T14:00:00", LATE),  # without a zone it is that of staff
        ("2025-01-07", LATE - timedelta(hours=14)),
        ("1899-12-30T00:00:00Z", None),
        ("1980-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-23:00", None),
        ("2025-02-30T05:00:00Z", None),
        ("2025年1月7日", None),
        ("", None),
    ],
)
def test_times_as_applications_write_them(text: str, time: datetime | None) -> None:
    assert parse_recorded_time(text) == time
