"""様式: what was typed or put into a book and reaches neither report nor ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.submission.submission import Entry, KpiEntry, Unread, UnreadNear

_REASON = "このままでよければ、シート「指摘」に理由を入れてください。"
_MOVE = "報告書に載せることは、「内容」の欄に入れてください。"
_HINTS = {
    UnreadNear.LINES: "報告書に載せることは、「（行を増やすときは…）」の行より上に行を挿入し、"
    "「内容」の欄に入れてください。",
    UnreadNear.LIST: "報告書に載せることは、表の「（行を増やすときは…）」の行より上に行を挿入し、"
    "見出しのある列に入れてください。",
    UnreadNear.TABLE: "この表の行と列は計画で決まっています。"
    "報告書に載せることは、「内容」の欄に文で入れるか、取りまとめ担当に相談してください。",
    UnreadNear.KPI: "KPI の目標、実績、判定は自動で入ります。" + _MOVE,
}
# Rules with a more serious finding on such a cell.
_REPORTED = (rule_codes.PART_NOT_FOUND, rule_codes.OUTSIDE_LINK, rule_codes.DDE_LINK)
_OTHERWISE = "要らなければ消してください。" + _REASON


@rule(
    rule_codes.UNREAD_BESIDE_A_PART,
    Family.STRUCTURE,
    Severity.WARNING,
    "報告書にも集計にも載らない記載があります",
    why="決まった欄の外に入れた文や数は、報告書に印字されず、集計にも入りません。",
    remedy="載せることは決まった欄（実施状況の「内容」など）に移し、要らないものは消してください。",
    superseded_by=_REPORTED,
)
def unread_beside_a_part(context: CheckContext) -> Iterator[Violation]:
    """Unread cells or objects are in, beside or just below a table or the progress.

    Connected ones are one finding, at the first cell; of a sheet five at most, the last counts the rest.
    Cells of the KPI judgement that differ from what is computed count too. Notes (メモ), headers and footers
    do not.
    """
    for area in (*context.submission.unread, *context.survey.unread_elsewhere):
        if area.near:
            yield _unread_violation(area, f"{_HINTS.get(area.near, _MOVE)}{_OTHERWISE}")
    yield from _kpi_cell_violations(context)


@rule(
    "ST19",
    Family.STRUCTURE,
    Severity.INFO,
    "表や欄から離れた所に、報告書に載らない記載があります",
    why="手元のメモや計算は報告書に載りません。載せるつもりのものが混じっていないか、確かめるためです。",
    remedy="載せることは決まった欄に移してください。手元のメモや計算なら、そのままでかまいません。",
    superseded_by=_REPORTED,
)
def unread_elsewhere(context: CheckContext) -> Iterator[Violation]:
    """Unread content away from the parts, or an additional sheet; once per sheet."""
    for area in (*context.submission.unread, *context.survey.unread_elsewhere):
        if not area.near:
            yield _unread_violation(area, f"手元のメモや計算なら、そのままでかまいません。{_MOVE}")


@rule(
    "ST25",
    Family.STRUCTURE,
    Severity.WARNING,
    "埋め込まれたファイルや、ボタンを増やす部品があります",
    why="中のファイルは報告書に載りません。また、開いた人のパソコンで別のプログラムを動かすことがあります。",
    remedy="中身を開かずに消すか、取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。",
)
def embedded_part(context: CheckContext) -> Iterator[Violation]:
    """The book contains an OLE object, ActiveX control, ribbon or task pane; none is opened."""
    for part in context.survey.embedded:
        if part.source.sheet:
            fact = f"{part.kind}が {part.words} 個あります。報告書には載りません。"
            hint = "開かずに、選んで Delete キーで消してください。要る資料は、別のファイルで渡してください。"
        else:
            fact = f"ブックに、{part.kind}が入っています。"
            hint = "取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。"
        yield Violation(part.source, part.identity, fact, hint, part.kind)


def _unread_violation(area: Unread, hint: str) -> Violation:
    cells = f"（{area.cells} セル）" if area.cells > 1 else ""
    where = f"{area.place}の" if area.place else ""
    rest = f"このシートには、ほかに {area.more} か所あります。" if area.more else ""
    fact = f"{where}「{area.text}」{cells}は、報告書にも集計にも載りません。{rest}"
    return Violation(area.source, area.identity, fact, hint, area.value)


def _kpi_cell_violations(context: CheckContext) -> Iterator[Violation]:
    """One violation for each overwritten cell of the KPI judgement with another content."""
    for entry in context.submission.items:
        for row in entry.kpis:
            found = context.assessments.assessment_of_kpi(row.name)
            for what, cell, ours in _differing_kpi_cells(row, found) if found else ():
                if cell.source and not cell.formula and cell.written not in ("", ours) and ours:
                    yield Violation(
                        cell.source,
                        f"{entry.item}/KPI/{row.name}/{what}",
                        f"KPI「{row.name}」の{what}は自動で決まります（{ours}）。"
                        f"このセルの「{cell.written}」は、報告書にも集計にも載りません。",
                        "もとの表の数値を確かめてください。違う目標や判定は、取りまとめ担当に伝えてください。",
                        cell.written,
                        ours,
                    )


def _differing_kpi_cells(row: KpiEntry, found: KpiAssessment) -> Iterator[tuple[str, Entry, str]]:
    """The name, the entry and the computed content of each differing cell of a KPI row."""
    assessment, style = found.assessment, found.kpi.format
    yield "判定", row.judged, found.judgement.glyph
    for what, cell, ours in (
        ("目標", row.target, assessment.target),
        ("実績", row.result, assessment.result),
        ("前年同期", row.same_period, assessment.same_period),
    ):
        displayed = style.displayed_text(cell.value) if isinstance(cell.value, Decimal) else ""
        shown = "" if ours is None else style.displayed_text(ours)
        if displayed != shown:
            yield what, cell, shown
