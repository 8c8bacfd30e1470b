"""Who is written to, and what the letter says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kenpo_xl.domain.findings.finding import Family, Finding, Severity
from kenpo_xl.domain.outputs.reminders import Reminder, reminders
from kenpo_xl.domain.outputs.status_board import Board, BoardFinding, GroupState, State
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.paths import PLAN_BOOK

GROUP = "業務グループ"
DUE = date(2025, 1, 8)
SUBJECT = "埼玉支部事業実施状況（令和6年度第3四半期）"
MISSING = GroupState(GROUP, State.MISSING, due=DUE)
TO_CORRECT = GroupState(GROUP, State.TO_CORRECT, book="業務グループ.xlsm", errors=2, due=DUE)
UNREADABLE = replace(TO_CORRECT, state=State.UNREADABLE, errors=0, failure="パスワードが付いています。")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return Board(cached_plan(PLAN_BOOK), ())


def error(number: int) -> BoardFinding:
    found = Finding(
        "CA01", Family.ARITHMETIC, Severity.ERROR, "", "1-2-2", f"C{number}", "", f"{number} 番目です。", ""
    )
    return BoardFinding(GROUP, "業務グループ.xlsm", found)


def letter(board: Board, state: GroupState, *seen: BoardFinding) -> Reminder:
    (only,) = reminders(replace(board, groups=(state,), seen=seen))
    return only


def text(board: Board, state: GroupState, *seen: BoardFinding) -> str:
    return "\n".join(letter(board, state, *seen).lines)


class TestWhoIsWrittenTo:
    @pytest.mark.parametrize(
        ("state", "written"),
        [
            (MISSING, False),
            (replace(MISSING, late=True), True),
            (replace(MISSING, book="前期.xlsm", failure="別の計画の入力ブックです。"), True),
            (TO_CORRECT, True),
            (replace(TO_CORRECT, state=State.RECEIVED, errors=0, override="資料が未着のため"), False),
            (replace(TO_CORRECT, state=State.ADJUSTED, errors=0, adjusted=2), False),
            (replace(TO_CORRECT, state=State.OUTDATED), True),
            (UNREADABLE, True),
            (replace(UNREADABLE, bug=True), False),
            (replace(TO_CORRECT, state=State.RECEIVED, errors=0), False),
        ],
    )
    def test_by_state(self, board: Board, state: GroupState, written: bool) -> None:
        assert bool(reminders(replace(board, groups=(state,)))) is written

    def test_in_the_order_of_the_plan(self, board: Board) -> None:
        groups = (replace(TO_CORRECT, group="保健グループ"), replace(MISSING, late=True))
        assert [one.group for one in reminders(replace(board, groups=groups))] == ["保健グループ", GROUP]


class TestWhatItSays:
    def test_one_that_did_not_submit(self, board: Board) -> None:
        found = letter(board, replace(MISSING, late=True))
        assert found.subject == f"【提出のお願い】{SUBJECT}"
        assert found.lines[0] == "業務グループ　ご担当者様"
        assert "ご提出を確認できておりません。" in found.lines[3]
        assert "提出期限の令和7年1月8日（水）を過ぎております。" in found.lines
        assert "至急" in "".join(found.lines)
        assert found.lines[-1] == "よろしくお願いいたします。"

    def test_the_council_that_waits_for_it(self, board: Board) -> None:
        assert "令和7年1月17日（金）の第4回埼玉支部評議会の資料になります。" in text(board, TO_CORRECT)
        period = replace(board.plan.period, held_on=None)
        other = replace(board, plan=replace(board.plan, period=period))
        assert "評議会" not in text(other, TO_CORRECT)

    def test_errors_with_their_places_before_the_due_date(self, board: Board) -> None:
        found = letter(board, TO_CORRECT, error(1), error(2))
        assert found.subject == f"【修正のお願い】{SUBJECT}"
        assert "　・1-2-2!C1　1 番目です。" in found.lines
        body = "\n".join(found.lines)
        assert "（誤り）が 2 件" in body
        assert "提出期限の令和7年1月8日（水）までに、直したブックを" in body
        assert "過ぎて" not in body

    @pytest.mark.parametrize(("count", "more"), [(5, ""), (6, "　・ほか 1 件"), (9, "　・ほか 4 件")])
    def test_the_first_five(self, board: Board, count: int, more: str) -> None:
        lines = letter(board, TO_CORRECT, *map(error, range(count))).lines
        assert sum("番目です" in line for line in lines) == 5
        assert [line for line in lines if "ほか" in line] == ([more] if more else [])

    def test_warnings_and_other_groups_errors_are_not_told(self, board: Board) -> None:
        warning = replace(error(1), finding=replace(error(1).finding, severity=Severity.WARNING))
        other = replace(error(2), group="保健グループ")
        assert "番目" not in text(board, TO_CORRECT, warning, other)

    def test_where_the_marks_are(self, board: Board) -> None:
        assert "「点検」で、場所を" in text(board, TO_CORRECT)
        with_copy = replace(TO_CORRECT, returned="業務グループ.xlsm")
        assert "「返却」フォルダーの「業務グループ.xlsm」に、色と注記で" in text(board, with_copy)

    def test_one_that_cannot_be_read_with_the_reason(self, board: Board) -> None:
        assert "　・パスワードが付いています。" in letter(board, UNREADABLE).lines

    def test_an_old_form(self, board: Board) -> None:
        assert "新しい入力ブック（ご入力いただいたものは移してあります）を確かめてご提出" in text(
            board, replace(TO_CORRECT, state=State.OUTDATED)
        )

    def test_without_a_due_date(self, board: Board) -> None:
        assert "お早めに、直したブックを" in text(board, replace(TO_CORRECT, due=None))
