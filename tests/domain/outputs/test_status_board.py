"""In what state a group's book puts the group, which of its books counts, and when a group is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.board.overview_sheet import group_notices
from kenpo_xl.checks.engine import all_rules
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import NO_DICTIONARY, Family, Finding, RuleRun, Severity, Status
from kenpo_xl.domain.outputs.chosen_books import choose_newest_valid_books, group_of_book
from kenpo_xl.domain.outputs.status_board import (
    IncompleteRule,
    State,
    board_findings,
    group_state,
    skipped_or_failed_rules,
    submission_state,
)
from kenpo_xl.tasks.check import BookResult

GROUP, OTHER = "業務グループ", "保健グループ"
DUE = date(2025, 1, 17)


def finding(severity: Severity, code: str = "VA01", cell: str = "B2") -> Finding:
    return Finding(
        code, Family.VALUES, severity, "", "1-1", cell, "1-1/表/行/列", f"{code}です。", "直して。"
    )


ERROR, WARNING, INFO = (finding(severity) for severity in Severity)
FOREIGN = finding(Severity.ERROR, rule_codes.NOT_OF_THIS_PLAN)
OUTDATED = finding(Severity.ERROR, rule_codes.OUTDATED_TABLE)


def book(
    *findings: Finding, name: str = f"{GROUP}.xlsm", group: str = GROUP, failure: str = ""
) -> BookResult:
    return BookResult(Path("提出") / name, group=group, findings=findings, failure=failure)


class TestState:
    @pytest.mark.parametrize(
        ("given", "state"),
        [
            (None, State.MISSING),
            (book(), State.RECEIVED),
            (book(INFO, WARNING), State.RECEIVED),
            (book(INFO, WARNING, ERROR), State.TO_CORRECT),
            (book(OUTDATED, ERROR), State.OUTDATED),
            (book(FOREIGN), State.MISSING),
            (book(failure="開けません。", group=""), State.UNREADABLE),
        ],
    )
    def test_of_a_book(self, given: BookResult | None, state: State) -> None:
        assert submission_state(given) is state

    def test_the_codes_are_those_of_the_rules(self) -> None:
        titles = {rule.code: rule.function.__name__ for rule in all_rules()}
        assert titles[rule_codes.NOT_OF_THIS_PLAN] == "not_of_this_plan"
        assert titles[rule_codes.OUTDATED_TABLE] == "table_in_outdated_form"

    def test_every_state_has_a_sign_of_its_own_that_any_console_shows(self) -> None:
        glyphs = [state.glyph for state in State]
        assert len(set(glyphs)) == len(State)
        assert "".join(glyphs).encode("cp932").decode("cp932") == "".join(glyphs)


class TestGroup:
    def test_errors_are_counted_in_its_words(self) -> None:
        second = finding(Severity.ERROR, cell="B3")
        state = group_state(GROUP, book(ERROR, second, WARNING, INFO))
        assert state.state_text == "要修正 2 件"
        assert (state.errors, state.warnings, state.infos) == (2, 1, 1)
        assert state.book == f"{GROUP}.xlsm"

    def test_a_warning_with_a_reason_counts_as_accepted(self) -> None:
        state = group_state(GROUP, replace(book(WARNING, INFO), reason_by_finding={WARNING: "資料のとおり"}))
        assert (state.state_text, state.warnings, state.accepted) == ("受付済", 0, 1)

    @pytest.mark.parametrize("status", Status)
    def test_it_is_not_proofread_where_rules_lacked_the_dictionary(self, status: Status) -> None:
        reason = f"{NO_DICTIONARY}調べていません。"
        given = replace(book(WARNING), rules=(RuleRun("WO28", status, reason),))
        state = group_state(GROUP, given)
        assert state.unproofread is (status is Status.SKIPPED)
        assert [one for one in group_notices(state) if "文章未点検" in one] == [
            "文章未点検です。辞書のあるパソコンで点検すると消えます。"
        ] * state.unproofread

    def test_an_error_with_a_reason_is_received_and_stays_visible(self) -> None:
        state = group_state(GROUP, replace(book(ERROR), reason_by_finding={ERROR: "資料のとおり"}))
        assert (state.state_text, state.errors, state.accepted) == ("受付済（理由あり 1 件）", 0, 1)

    @pytest.mark.parametrize(
        ("found", "words"), [(ERROR, "取りまとめで調整済"), (WARNING, "受付済"), (INFO, "受付済")]
    )
    def test_what_the_planner_settled_is_closed(self, found: Finding, words: str) -> None:
        state = group_state(GROUP, replace(book(found), adjusted={found}))
        assert (state.state_text, state.is_awaited) == (words, False)
        assert (state.errors, state.warnings, state.infos, state.adjusted) == (0, 0, 0, 1)
        assert "取りまとめで調整した指摘が 1 件あります。" in group_notices(state)

    def test_an_error_that_the_planner_did_not_settle_is_still_to_correct(self) -> None:
        other = finding(Severity.ERROR, cell="B3")
        state = group_state(GROUP, replace(book(ERROR, other), adjusted={ERROR}))
        assert state.state_text == "要修正 1 件"

    def test_nothing_makes_a_book_of_another_plan_one_of_this(self) -> None:
        given = replace(book(FOREIGN), reason_by_finding={FOREIGN: "正しい"}, adjusted={FOREIGN})
        assert given.open_errors == [FOREIGN]
        assert group_state(GROUP, given).state is State.MISSING

    def test_a_book_of_another_period_is_named_and_nothing_of_it_counts(self) -> None:
        state = group_state(GROUP, book(FOREIGN))
        assert (state.state_text, state.book) == ("未提出", f"{GROUP}.xlsm")
        assert state.failure == FOREIGN.message
        assert state.errors == 0

    def test_one_that_cannot_be_read_says_why(self) -> None:
        state = group_state(GROUP, book(failure="開けません。"))
        assert (state.state_text, state.failure) == ("読取不可", "開けません。")


class TestLate:
    @pytest.mark.parametrize(("day", "days"), [(16, 0), (17, 0), (18, 1), (20, 3)])
    def test_from_the_day_after_the_due_date(self, day: int, days: int) -> None:
        today = date(2025, 1, day)
        state = group_state(GROUP, None, due=DUE, today=today)
        assert state.days_late(today) == days
        assert state.late is (days > 0)

    def test_what_is_to_be_mended_is_late_too_and_what_was_received_never(self) -> None:
        today = date(2025, 2, 1)
        assert group_state(GROUP, book(ERROR), due=DUE, today=today).late
        assert not group_state(GROUP, book(WARNING), due=DUE, today=today).late

    def test_nobody_is_late_without_a_due_date_or_without_a_today(self) -> None:
        assert not group_state(GROUP, None, today=date(2025, 2, 1)).late
        assert not group_state(GROUP, None, due=DUE).late

    def test_a_reason_for_what_stands_ends_the_waiting(self) -> None:
        explained = replace(book(ERROR), reason_by_finding={ERROR: "資料が未着のため"})
        state = group_state(GROUP, explained, due=DUE, today=date(2025, 2, 1))
        assert state.override == "資料が未着のため"
        assert state.state_text == "受付済（理由あり 1 件）"
        assert not state.is_awaited
        assert not state.late

    def test_nothing_is_to_come_from_a_group_whose_book_met_a_bug(self) -> None:
        ours = replace(book(failure="プログラムの誤りです。"), is_program_error=True)
        state = group_state(GROUP, ours, due=DUE, today=date(2025, 2, 1))
        assert (state.state_text, state.is_awaited, state.late) == ("読取不可", False, False)

    def test_an_old_form_is_awaited_until_it_is_submitted_with_a_reason(self) -> None:
        assert group_state(GROUP, book(OUTDATED)).is_awaited
        explained = replace(book(OUTDATED), reason_by_finding={OUTDATED: "資料が未着のため"})
        state = group_state(GROUP, explained)
        assert (state.state_text, state.override) == ("受付済（理由あり 1 件）", "資料が未着のため")


class TestWhoseBook:
    def test_what_the_stamp_says(self) -> None:
        assert group_of_book(book(name=f"{OTHER}.xlsm"), (GROUP, OTHER)) == GROUP

    def test_a_group_that_the_plan_does_not_have(self) -> None:
        assert group_of_book(book(group="総務グループ"), (GROUP, OTHER)) == ""

    @pytest.mark.parametrize("name", [f"{GROUP}.xlsm", f"{GROUP}_2.xlsx", "業務ク\u3099ルーフ\u309a.xlsx"])
    def test_one_that_does_not_tell_goes_by_its_file(self, name: str) -> None:
        unread = book(name=name, group="", failure="壊れています。")
        assert group_of_book(unread, (OTHER, GROUP)) == GROUP

    def test_the_longer_of_two_names_counts(self) -> None:
        unread = book(name="企画総務グループ.xlsm", group="", failure="壊れています。")
        assert group_of_book(unread, ("総務グループ", "企画総務グループ")) == "企画総務グループ"

    def test_a_file_with_another_name_belongs_to_nobody(self) -> None:
        unread = book(name="メモ.xlsx", group="", failure="入力ブックではありません。")
        assert choose_newest_valid_books([unread], (GROUP, OTHER)).unmatched == (unread,)


class TestWhichBookCounts:
    def test_the_newest(self) -> None:
        old, new = book(name="業務グループ.xlsm"), book(name="業務グループ_2.xlsm")
        chosen = choose_newest_valid_books([old, new], (GROUP, OTHER))
        assert chosen.books == {GROUP: new}
        assert chosen.duplicates == ((old, new),)

    @pytest.mark.parametrize("newer", [book(FOREIGN, name="前期.xlsm"), book(failure="壊れています。")])
    def test_an_older_valid_one_before_a_newer_that_is_not(self, newer: BookResult) -> None:
        valid = book(ERROR, name="正.xlsm")
        chosen = choose_newest_valid_books([valid, newer], (GROUP, OTHER))
        assert chosen.books == {GROUP: valid}
        assert chosen.duplicates == ((newer, valid),)

    def test_of_two_that_are_not_valid_the_newer(self) -> None:
        foreign, unread = book(FOREIGN, name="前期.xlsm"), book(failure="壊れています。")
        assert choose_newest_valid_books([foreign, unread], (GROUP,)).books == {GROUP: unread}
        assert choose_newest_valid_books([unread, foreign], (GROUP,)).books == {GROUP: foreign}

    def test_groups_do_not_take_each_others(self) -> None:
        one, other = book(), book(name="保健.xlsm", group=OTHER)
        chosen = choose_newest_valid_books([one, other], (GROUP, OTHER))
        assert chosen.books == {GROUP: one, OTHER: other}
        assert chosen.duplicates == ()


def test_findings_come_with_their_reasons() -> None:
    reasons = {WARNING: "資料のとおり", ERROR: "調査中"}
    seen = board_findings(GROUP, replace(book(ERROR, WARNING, INFO), reason_by_finding=reasons))
    assert [(one.finding, one.reason, one.closure) for one in seen] == [
        (ERROR, "調査中", Closure.EXPLAINED),
        (WARNING, "資料のとおり", Closure.ACCEPTED),
        (INFO, "", None),
    ]


def test_rules_that_failed_come_first_and_those_that_ran_not_at_all() -> None:
    ran, skipped = RuleRun("VA01", Status.RAN), RuleRun("TI01", Status.SKIPPED, "前の期がありません。")
    failed = RuleRun("VA02", Status.FAILED, "割れません")
    books = {
        GROUP: replace(book(), rules=(ran, skipped)),
        OTHER: replace(book(), rules=(ran, failed, skipped)),
    }
    assert skipped_or_failed_rules(books, {"TI01": "時系列", "VA02": "値"}) == (
        IncompleteRule("VA02", "値", Status.FAILED, "割れません", (OTHER,)),
        IncompleteRule("TI01", "時系列", Status.SKIPPED, "前の期がありません。", (GROUP, OTHER)),
    )
