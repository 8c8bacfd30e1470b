"""Text is counted in half-width letters and broken as the applications break it."""

from __future__ import annotations

import pytest

from kenpo_xl.books.common.text_metrics import (
    LineCapacities,
    LineRules,
    best_fit_of_widths,
    line_width,
    mixes_latin_and_japanese,
    printable_text,
    widest_line_width,
    with_breaks_between_words,
    wrapped_lines,
)


class TestMeasure:
    @pytest.mark.parametrize(
        ("text", "halves"),
        [
            ("", 0),
            ("KPI", 3),
            ("計画", 4),
            ("ｶﾞ", 2),
            ("％～－①×", 10),
            ("•é–", 3),
            ("か\u3099", 2),
            ("😀", 2),
        ],
    )
    def test_full_width_is_two_half_width_one(self, text: str, halves: int) -> None:
        assert line_width(text) == halves

    def test_widest_looks_at_each_line(self) -> None:
        assert widest_line_width("第1四半期\n4～6月") == 9


class TestClean:
    def test_one_kind_of_line_feed(self) -> None:
        assert printable_text("一\r\n二\r三\n四") == "一\n二\n三\n四"

    def test_a_tab_becomes_a_space(self) -> None:
        assert printable_text("一\t二") == "一　二"

    def test_control_characters_are_left_out(self) -> None:
        assert printable_text("一\x01\x0b二\ud800") == "一二"


class TestWrap:
    def test_a_text_that_just_fits_is_one_line(self) -> None:
        assert wrapped_lines("あいうえお", 10) == ["あいうえお"]

    def test_spaces_at_the_end_of_a_line_need_no_room(self) -> None:
        assert wrapped_lines("abcd   efgh", 4) == ["abcd   ", "efgh"]
        assert wrapped_lines("abcdef  ", 6) == ["abcdef  "]
        assert wrapped_lines("abcdef  ", 5) == ["abcde", "f  "]

    def test_a_mark_without_width_stays_with_its_letter(self) -> None:
        assert wrapped_lines("あか\u3099い", 4) == ["あか\u3099", "い"]
        assert wrapped_lines("あか\u3099い", 3) == ["あ", "か\u3099", "い"]

    def test_one_half_less_makes_two(self) -> None:
        assert wrapped_lines("あいうえお", 9) == ["あいうえ", "お"]

    def test_closing_marks_do_not_begin_a_line(self) -> None:
        assert wrapped_lines("あいうえお。", 10) == ["あいうえ", "お。"]
        assert wrapped_lines("あいうえお。", 10, LineRules.SCREEN) == ["あいうえお", "。"]

    def test_opening_marks_do_not_end_a_line(self) -> None:
        assert wrapped_lines("あいうえ（お）", 10) == ["あいうえ", "（お）"]

    def test_words_and_numbers_stay_whole(self) -> None:
        assert wrapped_lines("合計 43,089 件", 10) == ["合計 ", "43,089 件"]

    def test_a_run_longer_than_a_line_is_broken_anywhere(self) -> None:
        assert wrapped_lines("あabcdefghijklm", 6) == ["あ", "abcdef", "ghijkl", "m"]

    @pytest.mark.parametrize(
        "lines",
        [
            ["字" * 8, "(4/24、7/23、9/10、11/19)と", "ミ"],
            ["字" * 9, "24、23、10、19を報告"],
            ["字" * 6 + "5", "件、abc、def、ghiを"],
            ["字" * 6, "9/5（木）、10/5（土）を実"],
            ["字" * 9, "5.1％、6.2％、7.3％である"],
            ["字" * 8 + "24、23、10、", "19を報告"],
            ["字" * 4 + "9/5（木）、10/5", "（土）を実"],
            ["字" * 13, "X（4/24）、（7/23）の"],
        ],
    )
    def test_paper_keeps_numbers_together_with_marks(self, lines: list[str]) -> None:
        """These lines were read from a PDF that LibreOffice printed."""
        assert wrapped_lines("".join(lines), 28, LineRules.PAPER) == lines

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("字" * 7 + "字、12345678901234", ["字" * 7, "字、12345678901234"]),
            ("字" * 14 + "、24", ["字" * 14, "、24"]),
        ],
    )
    def test_a_screen_does_where_the_line_is_full_behind_a_number(self, text: str, lines: list[str]) -> None:
        assert wrapped_lines(text, 28, LineRules.SCREEN) == lines

    def test_line_feeds_are_kept(self) -> None:
        assert wrapped_lines("一\n\n二", 10) == ["一", "", "二"]

    @pytest.mark.parametrize("room", range(2, 40, 3))
    @pytest.mark.parametrize("rules", LineRules)
    def test_nothing_is_lost_or_too_wide(self, room: int, rules: LineRules) -> None:
        text = "・12月2日に「未宣言事業所」（10,004事業所）へKPI guidebook を送付。ﾊﾝｶｸも含む！？"
        lines = wrapped_lines(text, room, rules)
        assert "".join(lines) == text
        unbroken = [line for line in lines if line_width(line.rstrip(" ")) > room]
        # Marks that may not be parted are wider than a very narrow line.
        assert not unbroken or room < 12


class TestFit:
    @staticmethod
    def choice(text: str, *widths: tuple[int, int, int]) -> int:
        return best_fit_of_widths(text, [LineCapacities(*width) for width in widths]).choice

    def test_as_many_lines_as_paper_takes(self) -> None:
        """LibreOffice printed three, over one another, where two were counted."""
        found = best_fit_of_widths("字" * 8 + "(4/24、7/23、9/10、11/19)とミ", [LineCapacities(28, 28, 28)])
        assert found.lines == ("字" * 8, "(4/24、7/23、9/10、11/19)と", "ミ")

    def test_the_usual_width_when_it_reads_well(self) -> None:
        assert self.choice("あいうえおかきく", (10, 10, 10), (8, 8, 8)) == 0

    def test_another_width_where_a_line_would_begin_with_a_mark(self) -> None:
        found = best_fit_of_widths(
            "あいうえお、かきくけ", [LineCapacities(10, 10, 10), LineCapacities(12, 12, 12)]
        )
        assert found.choice == 1
        assert found.lines == ("あいうえお、", "かきくけ")

    def test_another_width_where_paper_would_have_fewer_lines(self) -> None:
        """What is counted as three lines and printed as two is torn apart by their height."""
        text = "あいうえおかきくけこさし"
        assert self.choice(text, (10, 10, 12), (8, 8, 10)) == 1
        assert self.choice(text, (10, 10, 12), (6, 6, 10)) == 0
        assert self.choice("あいうえおか", (10, 10, 12), (8, 8, 10)) == 0

    def test_another_width_where_the_last_line_would_be_lost(self) -> None:
        text = "あいうえおかきくけこさし"
        assert self.choice(text, (10, 10, 10), (8, 8, 8)) == 1
        assert self.choice(f"{text}す", (10, 10, 10), (9, 9, 9)) == 0

    def test_never_more_lines_for_the_looks(self) -> None:
        assert self.choice("あいうえお、かきくけ", (10, 10, 10), (6, 6, 6)) == 0

    def test_as_many_lines_as_the_worse_application_needs(self) -> None:
        assert len(best_fit_of_widths("あいうえお", [LineCapacities(8, 10, 10)]).lines) == 2

    def test_a_width_is_needed(self) -> None:
        with pytest.raises(ValueError, match="no width"):
            best_fit_of_widths("あ", [])


@pytest.mark.parametrize(
    ("text", "mixed"), [("令和6年", True), ("件数", False), ("96.5%", False), ("", False)]
)
def test_mixed_script(text: str, *, mixed: bool) -> None:
    assert mixes_latin_and_japanese(text) is mixed


@pytest.mark.parametrize(
    ("name", "width", "broken"),
    [
        ("企画総務グループ", 16, "企画総務グループ"),
        ("企画総務グループ", 15, "企画総務\nグループ"),
        ("企画総務グループ", 8, "企画総務\nグループ"),
        ("企画総務グループ", 7, "企画総務グループ"),
        ("レセプトグループ", 12, "レセプト\nグループ"),
        ("業務、企画総務グループ", 14, "業務、企画総務\nグループ"),
        ("健康づくり推進課", 10, "健康づくり推進課"),
    ],
)
def test_a_name_is_broken_between_its_words(name: str, width: int, broken: str) -> None:
    """As long as each word fits and no line is added."""
    assert with_breaks_between_words(name, width) == broken
