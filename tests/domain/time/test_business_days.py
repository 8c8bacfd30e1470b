"""When offices are closed, and where a date for handing in moves then."""

from datetime import date

import jpholiday
import pytest

from kenpo_xl.domain.time.business_days import is_office_closed, same_or_next_business_day


def never(_: date) -> bool:
    return False


class TestClosedDays:
    @pytest.mark.parametrize(
        ("day", "closed"),
        [
            (date(2025, 1, 10), False),  # Friday
            (date(2025, 1, 11), True),
            (date(2025, 1, 12), True),
            (date(2025, 1, 14), False),
        ],
    )
    def test_weekends(self, day: date, closed: bool) -> None:
        assert is_office_closed(day, never) is closed

    @pytest.mark.parametrize(
        ("day", "closed"),
        [
            (date(2026, 12, 28), False),  # Monday
            (date(2026, 12, 29), True),
            (date(2026, 12, 31), True),
            (date(2024, 1, 3), True),  # Wednesday
            (date(2024, 1, 4), False),
        ],
    )
    def test_the_turn_of_the_year_is_no_national_holiday_and_closed(self, day: date, closed: bool) -> None:
        assert not jpholiday.is_holiday(day)
        assert is_office_closed(day, jpholiday.is_holiday) is closed

    def test_a_national_holiday(self) -> None:
        coming_of_age = date(2025, 1, 13)
        assert is_office_closed(coming_of_age, jpholiday.is_holiday)
        assert not is_office_closed(coming_of_age, never)


class TestNextOpenDay:
    def test_an_open_day_stays(self) -> None:
        assert same_or_next_business_day(date(2025, 1, 17), jpholiday.is_holiday) == date(2025, 1, 17)

    def test_from_a_saturday_over_a_holiday_on_monday(self) -> None:
        assert same_or_next_business_day(date(2025, 1, 11), jpholiday.is_holiday) == date(2025, 1, 14)

    def test_a_holiday_that_falls_on_sunday_moves_to_monday(self) -> None:
        assert same_or_next_business_day(date(2025, 2, 23), jpholiday.is_holiday) == date(2025, 2, 25)

    def test_over_the_turn_of_the_year_and_the_weekend_behind_it(self) -> None:
        assert same_or_next_business_day(date(2024, 12, 28), jpholiday.is_holiday) == date(2025, 1, 6)

    def test_a_day_between_two_holidays(self) -> None:
        assert same_or_next_business_day(date(2026, 9, 21), jpholiday.is_holiday) == date(2026, 9, 24)
