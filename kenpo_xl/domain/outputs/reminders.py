"""Reminders (催促): ready-to-send letters to the groups from which something is still to come.

A group that has not submitted is written to once its due date is over; one whose book must be corrected, or
cannot be used, at once, since it may not know. One that gave a reason for what remains gets no letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import Board, GroupState, State
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import date_text_with_weekday

# So many findings are listed in a letter; the others are in the book.
_MOST = 5


@frozen
class Reminder:
    """A letter to a group: its subject, and its body line by line."""

    group: str
    subject: str
    lines: tuple[str, ...]


def reminders(board: Board) -> tuple[Reminder, ...]:
    """The letters to write, in the order of the plan."""
    return tuple(_letter_to_group(board, state) for state in board.groups if _needs_reminder(state))


def _needs_reminder(state: GroupState) -> bool:
    """Whether there is something to write; no reminder is sent in advance."""
    return state.is_awaited and (state.late or bool(state.book))


def _letter_to_group(board: Board, state: GroupState) -> Reminder:
    asked = {State.TO_CORRECT: "修正", State.RETURNED: "確認"}.get(state.state, "提出")
    body = (
        f"{state.group}　ご担当者様",
        "",
        "お疲れさまです。取りまとめ担当です。",
        *_submission_status_lines(board, state),
        "",
        *_request_lines(state),
        *_meeting_purpose_lines(board.plan),
        "",
        "よろしくお願いいたします。",
    )
    return Reminder(state.group, f"【{asked}のお願い】{_document_title(board.plan)}", body)


def _document_title(plan: Plan) -> str:
    """埼玉支部事業実施状況（令和6年度第3四半期）"""
    placeholder_context = plan.placeholder_context()
    return f"{fill_placeholders(plan.title, placeholder_context)}（{PeriodKey.of(plan).label}）"


def _submission_status_lines(board: Board, state: GroupState) -> Iterator[str]:
    """What was submitted and what is wrong with it, or that nothing was."""
    book = f"ご提出いただいた「{state.book}」"
    errors = board.open_errors_of(state.group)
    match state.state:
        case State.TO_CORRECT:
            yield f"{book}を点検したところ、直していただきたいところ（誤り）が {state.errors} 件ありました。"
            yield from _finding_lines(errors)
            yield from _error_location_lines(state)
        case State.RETURNED:
            yield f"{book}について、確かめていただきたいところ（差戻し）が {state.returns} 件あります。"
            yield from _finding_lines(_remarks_without_reply(board, state.group))
            yield from _error_location_lines(state)
        case State.OUTDATED:
            yield f"{book}は、計画が変わる前の様式でした。"
            yield _new_form_line(state)
        case State.UNREADABLE:
            yield f"{book}を読み取ることができませんでした。"
            yield f"　・{state.failure}"
            if state.returned:
                yield f"読み取れたものは、「返却」フォルダーの「{state.returned}」に写してあります。"
        case _ if state.book:
            yield f"{book}は、この期の入力ブックではありませんでした。"
            yield f"　・{state.failure}"
        case _:
            yield f"「{_document_title(board.plan)}」の入力ブックについて、ご提出を確認できておりません。"


def _new_form_line(state: GroupState) -> str:
    """Where the group finds its book of the plan now."""
    if state.returned:
        return (
            f"「返却」フォルダーの「{state.returned}」に、ご提出いただいたものを新しい様式に写してあります。"
        )
    return "新しい入力ブックを取りまとめ担当からお渡しします。"


def _finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The first findings, each with its place, and how many more there are."""
    found = list(findings)
    for one in found[:_MOST]:
        place = f"{one.sheet}!{one.cell}".rstrip("!")
        yield f"　・{place}　{one.message}" if place else f"　・{one.message}"
    if len(found) > _MOST:
        yield f"　・ほか {len(found) - _MOST} 件"


def _remarks_without_reply(board: Board, group: str) -> Iterator[Finding]:
    seen = (one for one in board.seen if one.group == group and not one.closure)
    return (one.finding for one in seen if one.finding.is_remark)


def _error_location_lines(state: GroupState) -> Iterator[str]:
    """Where the group finds what is wrong in its book."""
    if state.returned:
        yield f"「返却」フォルダーの「{state.returned}」に、色と注記で場所を示しています。"
    else:
        yield "入力ブックの「点検」で、場所をご確認いただけます。"


def _request_lines(state: GroupState) -> Iterator[str]:
    """What the group is asked to do, and until when."""
    if state.late and state.due:
        yield f"提出期限の{date_text_with_weekday(state.due)}を過ぎております。"
        when = "至急"
    else:
        when = f"提出期限の{date_text_with_weekday(state.due)}までに" if state.due else "お早めに"
    request = f"{when}、{_requested_act_text(state)}くださいますようお願いいたします。"
    yield f"お忙しいところ恐れ入りますが、{request}"
    if state.state is State.TO_CORRECT:
        yield "直せないご事情がある誤りは、提出するときに理由をお書き添えください。"
    elif not state.book:
        yield "すぐのご提出が難しいときは、お手数ですが、提出できる見込みの日をお知らせください。"
        yield "行き違いですでにご提出いただいておりましたら、ご容赦ください。"


def _requested_act_text(state: GroupState) -> str:
    match state.state:
        case State.TO_CORRECT:
            return "直したブックをご提出"
        case State.RETURNED:
            return "「確認済の理由・返事」に返事を入れたブックをご提出"
        case State.OUTDATED:
            if state.returned:
                return "写してあるブックに、加わったところを入力してご提出"
            return "新しい入力ブック（ご入力いただいたものは移してあります）を確かめてご提出"
        case State.UNREADABLE:
            if state.returned:
                return "写してあるブックを確かめ、足りないところを入力してご提出"
            return "Excel で開けることをお確かめのうえ、保存し直したブックをご提出"
        case _:
            return "この期のためにお配りした入力ブックに入力し、「点検」のうえご提出"


def _meeting_purpose_lines(plan: Plan) -> Iterator[str]:
    period = plan.period
    if period.meeting and period.held_on:
        day = date_text_with_weekday(period.held_on)
        yield f"ご提出いただいた内容は、{day}の{period.meeting}の資料になります。"
