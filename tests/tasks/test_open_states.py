"""One notion of open: check, the button 提出, the board, 要確認 and 案 agree in every state of a period."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.outputs.status_board import failure_sentence
from kenpo_xl.tasks.board import board_of_checked_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import make_report
from tests.tasks.books import headers
from tests.tasks.open_states import (
    MALFORMED,
    OVERDUE,
    RETURNS,
    TERM,
    WELL_FORMED,
    State,
    accepted,
    adjusted,
    beside_an_older_book,
    both,
    carried_line,
    damaged,
    in_first_return,
    line,
    of_next_quarter,
    of_old_form,
    rating,
    renamed,
    returned,
    total,
    typed,
    with_earlier_submission,
    with_rule,
    without_book,
    without_buttons,
)
from tests.tasks.two_groups import COUNTS, TEXTS, TOTAL, write_two_groups

pytestmark = pytest.mark.period

WRONG_TOTAL = typed(total, 605)
BAD_DATE = typed(line, MALFORMED)
OTHER_TERM = typed(line, TERM)
NO_RATING = typed(rating, None)
CHOICE = {"識別名": TOTAL, "理由": "公表のとおり"}
WORDING = {"項": "1-2", "ブロック": "1", "いまの文": MALFORMED, "理由": "誤記"}
RATING = {"項": "1-2", "ブロック": "1", "グループの評価": "", "最終評価": "△", "理由": "年度末に判定"}
CARRIED = "・進捗状況を日次で管理し、適正に業務を実施。"
OTHER_WORDS = {**WORDING, "いまの文": "業務を実施。"}
OPEN_ERROR = {"board": "要修正 1 件", "check": True, "refused": True, "correct": 1}

COMPUTED = adjusted("数値の調整", 印字する値="計算値", **CHOICE)
TERM_IS_ERROR = with_rule("WO08", 重さ="誤り")
ASKED = {"セルか識別名": "査定金額/当年/合計", "差戻しの内容": "確かめてください。"}
RETURN_TO_ALL = adjusted(RETURNS, グループ=COUNTS, 差戻しの内容="提出してください。")

STATES = (
    State("clean", both()),
    State("error", WRONG_TOTAL, **OPEN_ERROR),
    State(
        "error that cannot be accepted, only be submitted with a reason",
        both(WRONG_TOTAL, accepted(COUNTS)),
        board="受付済（理由あり 1 件）",
        confirm=1,
    ),
    State(
        "error whose reason lapsed with its value",
        both(WRONG_TOTAL, accepted(COUNTS), typed(total, 606)),
        **OPEN_ERROR,
    ),
    State("warning", OTHER_TERM, confirm=1, group=TEXTS),
    State("warning accepted", both(OTHER_TERM, accepted(TEXTS)), group=TEXTS),
    State(
        "warning whose reason lapsed",
        both(OTHER_TERM, accepted(TEXTS), typed(line, TERM.replace("メルマガ", "HP"))),
        group=TEXTS,
    ),
    State(
        "typed over, as typed by the planner",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="入力値", **CHOICE)),
        board="取りまとめで調整済",
        confirm=1,
    ),
    State(
        "typed over, as computed by the planner",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="計算値", **CHOICE)),
        board="取りまとめで調整済",
        confirm=1,
    ),
    State(
        "typed over, and changed since the planner chose",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="計算値", いまの入力値="604", **CHOICE)),
        **{**OPEN_ERROR, "correct": 2},
    ),
    State("date in a text", BAD_DATE, group=TEXTS, **OPEN_ERROR),
    State(
        "date in a text, reworded by the planner",
        both(BAD_DATE, adjusted("文の調整", 直した文=WELL_FORMED, **WORDING)),
        board="取りまとめで調整済",
        confirm=1,
        group=TEXTS,
    ),
    State(
        "date in a text, left out by the planner",
        both(BAD_DATE, adjusted("文の調整", 直した文="（削除）", **WORDING)),
        board="取りまとめで調整済",
        confirm=1,
        group=TEXTS,
    ),
    State(
        "date in a text, the planner rewords something else",
        both(
            BAD_DATE,
            adjusted("文の調整", 直した文="業務を行った。", **OTHER_WORDS),
        ),
        confirm=1,
        group=TEXTS,
        **OPEN_ERROR,
    ),
    State("no rating", NO_RATING, group=TEXTS, **OPEN_ERROR),
    State(
        "no rating, rated by the planner",
        both(
            NO_RATING,
            adjusted("調整", **RATING),
        ),
        board="取りまとめで調整済",
        confirm=1,
        group=TEXTS,
    ),
    State(
        "the planner's own words are wrong",
        adjusted(
            "文の調整",
            項="1-2",
            ブロック="1",
            いまの文="適正に業務を実施。",
            直した文=MALFORMED,
            理由="補足",
        ),
        correct=1,
        confirm=1,
        group=TEXTS,
    ),
    State("line of last quarter", carried_line(), group=TEXTS, **OPEN_ERROR),
    State("line of last quarter, confirmed", carried_line("このまま"), group=TEXTS),
    State("line of last quarter, edited", both(carried_line(), typed(line, WELL_FORMED)), group=TEXTS),
    State(
        "line of last quarter, which words of the planner do not confirm",
        both(carried_line(), adjusted("文の調整", 直した文=WELL_FORMED, **{**WORDING, "いまの文": CARRIED})),
        confirm=1,
        group=TEXTS,
        **OPEN_ERROR,
    ),
    State(
        "line of last quarter, left out by the planner",
        both(carried_line(), adjusted("文の調整", 直した文="（削除）", **{**WORDING, "いまの文": CARRIED})),
        board="取りまとめで調整済",
        confirm=1,
        group=TEXTS,
    ),
    State(
        "line of last quarter, submitted with a reason",
        both(carried_line(), accepted(TEXTS)),
        board="受付済（理由あり 1 件）",
        confirm=1,
        group=TEXTS,
    ),
    State("saved by LibreOffice, without its buttons", without_buttons),
    State("an older book of the group beside it", beside_an_older_book, confirm=1),
    State("an older book beside it, with an error", partial(beside_an_older_book, wrong_total=1), confirm=1),
    State("missing", without_book, board="未提出", correct=1),
    State("missing and overdue", without_book, board="未提出", correct=1, today=OVERDUE),
    State("unreadable", damaged, board="読取不可", check=True, refused=True, correct=2),
    State("of another quarter", of_next_quarter, board="未提出", check=True, refused=True, correct=4),
    State("old form", of_old_form, board="旧様式", check=True, refused=True, correct=2),
    State(
        "a rule that the office does not use", both(WRONG_TOTAL, with_rule("CA02", 使う="しない")), confirm=1
    ),
    State("returned", returned, "差戻し中 1 件", check=True, refused=True, correct=1, group=TEXTS),
    State("returned and answered", both(returned, accepted(TEXTS)), "返事あり 1 件", confirm=1, group=TEXTS),
    State("rule on trial", both(WRONG_TOTAL, with_rule("CA02", 使う="試行")), confirm=1),
    State("rule made a warning", both(WRONG_TOTAL, with_rule("CA02", 重さ="注意")), confirm=1),
    State(
        "rule made a warning, and accepted",
        both(WRONG_TOTAL, with_rule("CA02", 重さ="注意"), accepted(COUNTS)),
    ),
    State("warning made an error", both(OTHER_TERM, TERM_IS_ERROR), group=TEXTS, **OPEN_ERROR),
    State(
        "warning made an error, submitted with a reason",
        both(OTHER_TERM, TERM_IS_ERROR, accepted(TEXTS)),
        board="受付済（理由あり 1 件）",
        confirm=1,
        group=TEXTS,
    ),
    State(
        "reason of the group, choice of the planner, earlier submission",
        both(with_earlier_submission, WRONG_TOTAL, accepted(COUNTS), COMPUTED),
        board="取りまとめで調整済",
        confirm=1,
    ),
    State(
        "typed over, computed by the planner, and the cell returned",
        both(WRONG_TOTAL, COMPUTED, adjusted(RETURNS, グループ=COUNTS, 項="1-1", **ASKED)),
        board="差戻し中 1 件",
        check=True,
        refused=True,
        correct=1,
        confirm=1,
    ),
    State(
        "rule off, the item returned and answered",
        both(
            WRONG_TOTAL,
            with_rule("CA02", 使う="しない"),
            adjusted(RETURNS, グループ=COUNTS, 項="1-1", 差戻しの内容="合計は正しいですか。"),
            accepted(COUNTS),
        ),
        board="返事あり 1 件",
        confirm=2,
    ),
    State("returned, and closed by the planner", both(returned, in_first_return(終了="済")), group=TEXTS),
    State(
        "returned, answered, and asked again",
        both(returned, accepted(TEXTS), in_first_return(差戻しの内容="9月の件数はいかがですか。")),
        board="差戻し中 1 件",
        check=True,
        refused=True,
        correct=1,
        group=TEXTS,
    ),
    State("returned to a group without a book", both(RETURN_TO_ALL, without_book), "未提出", correct=1),
    State("settled, and the book is gone", both(COMPUTED, without_book), board="未提出", correct=2),
    State("error in a renamed book", both(WRONG_TOTAL, renamed), **OPEN_ERROR),
    State(
        "reworded by the planner into another error",
        both(BAD_DATE, adjusted("文の調整", 直した文=MALFORMED.replace("7 月", "8 月"), **WORDING)),
        board="取りまとめで調整済",
        correct=1,
        confirm=1,
        group=TEXTS,
    ),
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period in which nothing is wrong, and its planner's book."""
    return write_two_groups(tmp_path_factory.mktemp("clean") / "第3四半期")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_entry_point_agrees(state: State, clean: Path, tmp_path: Path) -> None:
    period = shutil.copytree(clean, tmp_path / "第3四半期")
    state.change(period)
    checked = check_books([period])
    own = [book for book in checked.books if book.path.stem.startswith(state.group)]
    board = board_of_checked_books(
        PeriodFolder(period), cached_plan(period / "計画.xlsx"), checked, today=state.today
    )
    (group,) = (one for one in board.groups if one.group == state.group)
    report = make_report(period)
    rows = [one for one in report.remarks if str(one.concern) != "目標値なし"]
    found = State(
        state.name,
        state.change,
        board=group.state_text,
        check=checked.has_finding(Severity.ERROR) or not checked.has_no_failures,
        refused=any(
            book.open_errors or failure_sentence(book) for book in own if book.path not in checked.unused
        ),
        correct=sum(one.is_error for one in rows),
        confirm=sum(not one.is_error for one in rows),
        group=state.group,
        today=state.today,
    )
    assert found == state, [str(one) for one in rows]
    assert set(headers(report.path).values()) == {"案" if state.correct else ""}
    assert group.late is (state.today is OVERDUE)
