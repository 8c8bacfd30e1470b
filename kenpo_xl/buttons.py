"""The buttons inside Excel: connect to the open book, call one task, show its result.

    python -m kenpo_xl.buttons check "--wb=NAME" --from_xl=1 --hwnd=N [--done=FILE]

runs one, as its macro does; RunPython of xlwings may call the same functions. FILE is created empty when the
work begins and filled when it ends: `ok` or `ng` in the first line, then the sentence that the macro shows.
Without FILE a failure is shown in a message box.
"""

from __future__ import annotations

import kenpo_xl.isolated  # noqa: F401 - before anything that a file in the current folder could replace

# isort: split
import kenpo_xl.startup  # noqa: F401 - before anything that loads much

# isort: split
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.entry import log_to_send_sentence, now, user_name
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.button import Answer, Press, Task, button_decorator, done_file, select_cell, write_answer

if TYPE_CHECKING:
    import xlwings

    from kenpo_xl.tasks.check import BookResult

__all__ = ["BUTTONS", "Answer", "main"]

BUTTONS: dict[str, Press] = {}


def button(working: str, *, in_closed_period: bool = False) -> Callable[[Task], Press]:
    """A decorator that registers a function from the calling book to a sentence as a button.

    `working` is shown in the status bar while it runs. Without `in_closed_period` it is refused in a book of
    a closed period.
    """

    def register(task: Task) -> Press:
        @wraps(task)
        def checked(book: xlwings.Book) -> str:
            if not in_closed_period:
                from kenpo_xl.tasks.buttons.closed_period import refuse_closed_period_of_book

                refuse_closed_period_of_book(book)
            return task(book)

        return button_decorator(BUTTONS)(working)(checked)

    return register


@button("点検しています…")
def check(book: xlwings.Book) -> str:
    """点検: mark the findings in the open book and select the first one."""
    from kenpo_xl.tasks.buttons.input_buttons import check_open_book
    from kenpo_xl.tasks.buttons.sentences import counts_sentence

    found = check_open_book(book, today=now().date(), person=user_name())
    first = _select_first_finding(book, found)
    return f"{counts_sentence(found)}{first}{_failed_rules_sentence(found)}{found.proofreading_sentence}"


@button("直すところを調べています…")
def repair(book: xlwings.Book) -> str:
    """直す: list what can be repaired; pressed again, repair what is marked in the list."""
    from kenpo_xl.tasks.buttons.repair_buttons import repair_open_book
    from kenpo_xl.tasks.buttons.sentences import counts_sentence

    step = repair_open_book(book, today=now().date(), person=user_name())
    if step.made is None and step.proposed.has_any:
        select_cell(book, "指摘", "A1")
        return step.sentence
    first = _select_first_finding(book, step.checked)
    return f"{step.sentence}{counts_sentence(step.checked)}{first}{step.rest_sentence}"


@button("直しを戻しています…")
def undo_repair(book: xlwings.Book) -> str:
    """直しを戻す: put back what the last 直す changed, where the cell still holds it, and check again."""
    from kenpo_xl.tasks.buttons.repair_buttons import undo_repairs

    done = undo_repairs(book, today=now().date(), person=user_name())
    if done.cells.restored:
        select_cell(book, *done.cells.restored[0].rsplit("!", 1))
    return done.sentence


@button("指摘を消しています…")
def clear_findings(book: xlwings.Book) -> str:
    """指摘を消す: remove all marks from the open book."""
    from kenpo_xl.tasks.buttons.input_buttons import clear_open_book

    clear_open_book(book, today=now().date(), person=user_name())
    return "指摘の色と注記、一覧を消しました。"


@button("提出しています…")
def submit(book: xlwings.Book) -> str:
    """提出: check, save, and copy the book to 提出/; KenpoError for errors without a reason."""
    from kenpo_xl.tasks.buttons.input_buttons import submit_open_book
    from kenpo_xl.tasks.buttons.sentences import counts_sentence, refusal_sentence

    done = submit_open_book(book, now=now(), person=user_name())
    if done.path is None:
        raise KenpoError(refusal_sentence(done, _select_first_finding(book, done.checked)))
    kept = f"前に提出したものは「{done.kept[0].parent.name}」にあります。" if done.kept else ""
    why = "誤りを残す理由は「確認記録」にあります。" if done.checked.override_reason else ""
    counted = counts_sentence(done.checked, "が残っています")
    path = f"{done.path.parent.name}／{done.path.name}"
    undone = f"{_failed_rules_sentence(done.checked)}{done.checked.proofreading_sentence}"
    return f"提出しました（{path}）。{counted}{why}{kept}{undone}"


@button("提出されたブックを調べています…")
def collect(book: xlwings.Book) -> str:
    """取込: list the state of every group's submission, and today's ratings of unsettled rows."""
    from kenpo_xl.domain.outputs.status_board import State
    from kenpo_xl.tasks.buttons.planner_buttons import collect_submissions

    done = collect_submissions(book, today=now().date())
    counts = "、".join(f"{state} {count}" for state in State if (count := done.board.group_count(state)))
    ratings = f"「調整」の評価を {done.ratings} か所新しくしました。" if done.ratings else ""
    select_cell(book, "提出状況", "A1")
    return f"{counts}（グループ数）。{ratings}{''.join(done.failures)}"


@button("報告書を作っています…")
def make_report(book: xlwings.Book) -> str:
    """報告書作成: save the book, make the report, list what to review before printing."""
    from kenpo_xl.tasks.buttons.planner_buttons import report_from_open_book

    done = report_from_open_book(book)
    select_cell(book, "要確認", "A1")
    kept = "変更された報告書は残し、隣に作りました。" if done.kept else ""
    confirm = len(done.remarks) - done.error_count
    state = f"直すもの {done.error_count} 件、確認するもの {confirm} 件です。" if done.remarks else ""
    path = f"{done.path.parent.name}／{done.path.name}、{done.pages} ページ"
    forms = "".join(form.sentence for form in done.forms)
    return f"報告書を作りました（{path}）。{done.pdf_sentence}{state}{kept}{forms}{''.join(done.failures)}"


@button("公表用を作っています…", in_closed_period=True)
def make_public_report(book: xlwings.Book) -> str:
    """公表用を作る: make the report without what is of use inside the office only, and name that."""
    from kenpo_xl.tasks.buttons.planner_buttons import public_report_from_open_book

    done = public_report_from_open_book(book)
    kept = "変更された公表用は残し、隣に作りました。" if done.kept else ""
    path = f"{done.path.parent.name}／{done.path.name}、{done.pages} ページ"
    return f"公表用を作りました（{path}）。{done.pdf_sentence}{done.removed_sentence}{kept}"


@button("計画ブックを調べています…")
def check_plan(book: xlwings.Book) -> str:
    """計画を確かめる: list what is wrong with the plan book, and what was read of its rows."""
    from kenpo_xl.tasks.buttons.planner_buttons import plan_check_of_open_book

    found = plan_check_of_open_book(book)
    select_cell(book, "計画の確認", "A1")
    return found.sentence


@button("確定しています…")
def close_period(book: xlwings.Book) -> str:
    """確定: make the final report, and close the period."""
    from kenpo_xl.tasks.buttons.closing_buttons import close_period_of_open_book

    done = close_period_of_open_book(book, today=now().date(), person=user_name())
    kept = f"{done.kept.name} は人が変更したため残しました。" if done.kept else ""
    return f"この期を確定しました（{done.path.parent.name}／{done.path.name}）。{done.pdf_sentence}{kept}"


@button("確定を取り消しています…", in_closed_period=True)
def reopen_period(book: xlwings.Book) -> str:
    """確定を取り消す: open a closed period again; KenpoError without a reason."""
    from kenpo_xl.tasks.buttons.closing_buttons import reopen_period_of_open_book

    done = reopen_period_of_open_book(book, today=now().date(), person=user_name())
    _raise_if_refused(book, done.refusal, done.cell)
    return "確定を取り消しました。直したら、もう一度「確定」を押してください。"


@button("報告書を開いています…", in_closed_period=True)
def open_report(book: xlwings.Book) -> str:
    """報告書を開く: open the newest report."""
    from kenpo_xl.tasks.buttons.planner_buttons import newest_report

    path = newest_report(book)
    _open_beside(book, path)
    return f"報告書（{path.name}）を開きました。"


@button("入力ブックを作っています…")
def make_input_books(book: xlwings.Book) -> str:
    """入力ブックを作る: make the input books of this period that are missing or of another plan."""
    from kenpo_xl.tasks.buttons.planner_buttons import input_books_of_period

    return input_books_of_period(book)


@button("次の期を作っています…", in_closed_period=True)
def next_period(book: xlwings.Book) -> str:
    """次の期を作る: make the next period's folder and open its handover; pressed again, its input books."""
    from kenpo_xl.tasks.buttons.planner_buttons import next_period_of_open_book

    done = next_period_of_open_book(book)
    if done.made:
        _open_beside(book, done.handover)
    return done.sentence


@button("ブックを写しています…")
def carry_book(book: xlwings.Book) -> str:
    """ブックを写す: take what a damaged or older book holds into a fresh input book, and open that."""
    from kenpo_xl.tasks.buttons.carry_buttons import carry_book_named_in_open_book

    done = carry_book_named_in_open_book(book)
    _raise_if_refused(book, done.refusal, done.cell)
    for path in done.made:
        _open_beside(book, path)
    return done.sentence


@button("様式を読み取っています…", in_closed_period=True)
def adopt_form(book: xlwings.Book) -> str:
    """様式を取り入れる: make a plan book of the form named in 操作, and open it at its questions."""
    from kenpo_xl.tasks.buttons.adopt_buttons import adopt_form_named_in_open_book

    done = adopt_form_named_in_open_book(book, today=now().date())
    _raise_if_refused(book, done.refusal, done.cell)
    _open_beside(book, done.made)
    return done.sentence


@button("計画ブックを作っています…", in_closed_period=True)
def first_plan(book: xlwings.Book) -> str:
    """新しい計画を作る: make the first plan book of an office beside the open book, and open it."""
    from kenpo_xl.tasks.buttons.start_buttons import FIRST_PLAN_SENTENCE, first_plan_beside_open_book

    _open_beside(book, first_plan_beside_open_book(book, today=now().date()))
    return FIRST_PLAN_SENTENCE


def _raise_if_refused(book: xlwings.Book, refusal: str, cell: tuple[str, str] | None) -> None:
    """KenpoError with the refusal, if there is one, after the cell that is to be filled was selected."""
    if refusal and cell:
        select_cell(book, *cell)
    if refusal:
        raise KenpoError(refusal)


def _open_beside(book: xlwings.Book, path: Path) -> None:
    """Open another book; KenpoError if one of its name from elsewhere is open."""
    try:
        book.app.books.open(path).activate()
    except ValueError as error:  # no two books of one name can be open
        raise KenpoError(
            f"別の場所にある {path.name} が開いています。閉じて、もう一度押してください。"
        ) from error


def _select_first_finding(book: xlwings.Book, found: BookResult) -> str:
    """Select the cell of the most severe finding on a visible sheet; a sentence about it."""
    for one in found.open_findings:
        is_here = one.workbook in ("", found.path.name) and one.sheet in found.sheets
        if is_here and one.cell and select_cell(book, one.sheet, one.cell):
            return f"最初の指摘（{one.sheet}!{one.cell}）に移りました。"
    return "シート「指摘」をご覧ください。" if found.open_findings else ""


def _failed_rules_sentence(found: BookResult) -> str:
    codes = "、".join(rule.code for rule in found.failed_rules)
    return f"規則 {codes} が動きませんでした。{log_to_send_sentence()}" if codes else ""


def main(arguments: Sequence[str]) -> int:
    """Run the button that the first argument names; 0 on success, 3 on failure, 2 for no button."""
    press = BUTTONS.get(arguments[0]) if arguments else None
    if press is None:
        # A Python without a console has no stderr.
        print(__doc__, ", ".join(BUTTONS), sep="\n", file=sys.stderr)  # noqa: T201
        return 2
    done = done_file()
    if done:
        done.touch()
    answer = press()
    if done:
        write_answer(done, answer)
    return 3 if answer.is_failure else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
