"""What the planner should look at before printing (要確認), as one list for the screen and the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.formulas.evaluate import Group, formula_keys
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.outputs.status_board import BoardFinding, IgnoredFile
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.assessments import Assessments, BlockRating
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import (
    BookPart,
    ItemEntry,
    Mismatch,
    MismatchKind,
    Submission,
    Unread,
)
from kenpo_xl.domain.submission.uncertain import UncertainValue
from kenpo_xl.pipeline.reported_findings import NEW_BOOK, STALE_RULES, ReportedFindings

# What is reported to the planner; a plan sentence that was reworded is for the group to look at.
_REPORTED_KINDS = (MismatchKind.OUTDATED, MismatchKind.EXCHANGED, MismatchKind.ADDED, MismatchKind.DROPPED)


def review_remarks(
    plan: Plan,
    submissions: Iterable[Submission],
    figures: Figures,
    assessments: Assessments,
    *,
    findings: Iterable[BoardFinding] = (),
    duplicates: Iterable[BookChoice] = (),
    rejected: Iterable[IgnoredFile] = (),
    ignored_files: Iterable[IgnoredFile] = (),
    adjustments: Iterable[Remark] = (),
) -> tuple[Remark, ...]:
    """Every remark on the submissions, then those on the planner's adjustments; errors first.

    What is wrong in a book is an error as long as its finding is open: `findings` are those of the books that
    count. A remark on what a finding says is left out, and one that no finding confirms (the office does not
    use the rule) is no error. `duplicates` are pairs of books of one group, one used and one not, `rejected`
    books that could not be used, and `ignored_files` files that are no books.
    """
    books, reported = list(submissions), ReportedFindings(findings)
    found = (
        *_remarks_on_missing_books(plan, books),
        *(Remark(Concern.DUPLICATES, False, one.unused.path.name, one.choice_sentence) for one in duplicates),
        *_remarks_on_unused_files(Concern.REJECTED, rejected),
        *reported.remarks(figures),
        *(remark for book in books for remark in _remarks_on_unreported_parts(book, reported)),
        *_remarks_on_unreported_figures(plan, figures, reported),
        *_remarks_on_missing_ratings(joined_entries(plan, books), assessments, reported),
        *(
            _remark_on_differing_rating(block)
            for block in assessments.differing_ratings
            if not reported.cover_identity(_rating_identity(block))
        ),
        *_remarks_on_future_months(figures, assessments),
        *_remarks_on_missing_targets(assessments),
        *adjustments,
        *_remarks_on_unused_files(Concern.IGNORED_FILES, ignored_files),
    )
    return tuple(sorted(found, key=lambda remark: not remark.is_error))


def _remarks_on_unused_files(concern: Concern, files: Iterable[IgnoredFile]) -> Iterator[Remark]:
    is_error = concern is Concern.REJECTED
    return (Remark(concern, is_error, one.name, one.reason) for one in files)


def _remarks_on_unreported_parts(book: Submission, reported: ReportedFindings) -> Iterator[Remark]:
    """Remarks on what differs from the plan in a book, was not read of it, or waits to be confirmed."""

    def is_new(codes: Sequence[str], identity: str) -> bool:
        return not reported.cover_item(codes, book.workbook, identity)

    for one in book.mismatches:
        if one.kind in _REPORTED_KINDS and is_new(STALE_RULES, one.identity):
            yield _remark_on_mismatch(book, one)
    for part in book.missed:
        codes = (rule_codes.PART_NOT_FOUND, rule_codes.UNKNOWN_NAME)
        if is_new(codes, part.identity) and not reported.cover_cell(part.source):
            yield _remark_on_unread_part(book, part)
    for area in book.unread:
        if area.near and is_new((rule_codes.UNREAD_BESIDE_A_PART,), area.identity):
            yield _remark_on_unread_area(area)
    yield from _remarks_on_unconfirmed_parts(book, reported)


def _remarks_on_unconfirmed_parts(book: Submission, reported: ReportedFindings) -> Iterator[Remark]:
    for item in book.items:
        if not reported.cover_item((rule_codes.UNCONFIRMED_LINES,), book.workbook, item.item):
            yield from _remarks_on_unconfirmed_lines(item)
    for value in book.converted:
        is_reported = reported.cover_item((rule_codes.UNCONFIRMED_VALUES,), book.workbook, value.identity)
        if not value.is_confirmed and not is_reported:
            yield _remark_on_converted_value(book, value)
    for one in book.uncertain:
        is_reported = reported.cover_item((rule_codes.UNCERTAIN_VALUES,), book.workbook, one.identity)
        if not one.is_confirmed and not is_reported:
            yield _remark_on_uncertain_value(book, one)


def _remarks_on_unreported_figures(
    plan: Plan, figures: Figures, reported: ReportedFindings
) -> Iterator[Remark]:
    """Remarks on words in number cells, then on cells with another value that the planner did not settle."""
    found = [figure for figure in figures if not reported.cover_cell(figure.source)]
    yield from (_remark_on_text_in_number_cell(plan, one) for one in found if _is_text_in_number_cell(one))
    yield from (
        _remark_on_overwritten(one) for one in found if one.is_overwritten_otherwise and not one.settled
    )


def _remarks_on_missing_books(plan: Plan, books: Iterable[Submission]) -> Iterator[Remark]:
    there = {book.group for book in books}
    for group in plan.groups:
        if group not in there and plan.items_of(group):
            yield Remark(Concern.MISSING, True, group, "報告書では「（未提出）」としています")


def _remark_on_unread_part(book: Submission, part: BookPart) -> Remark:
    if part.kind == "基準月":
        message = "月として読めないため、期の基準月としました（1 から 12 までの数を入れてください）"
        return Remark(Concern.UNREAD, False, str(part), message, source=part.source)
    if part.kind == "算式":
        message = "算式の結果がブックにないため、空欄として扱いました（Excel で開いて保存し直してください）"
        return Remark(Concern.UNREAD, False, str(part), message, source=part.source)
    outdated = (one for one in book.mismatches if one.kind is MismatchKind.OUTDATED)
    if any(part.identity.startswith(f"{one.identity}/") for one in outdated):
        message = f"計画が変わる前のブックにはないため、空欄として扱いました（{NEW_BOOK}）"
    else:
        message = "空欄として扱いました（見出しやシートを元に戻してください）"
    return Remark(Concern.MISSED, False, f"{book.workbook} の{part}", message)


def _remark_on_mismatch(book: Submission, mismatch: Mismatch) -> Remark:
    """The remark on a part that differs from the current plan."""
    advice = "" if mismatch.kind is MismatchKind.DROPPED else f"（{NEW_BOOK}）"
    return Remark(Concern.STALE, False, book.workbook, f"{mismatch.fact}{advice}", source=mismatch.source)


def _is_text_in_number_cell(figure: Figure) -> bool:
    """Whether a cell for a number contains text; the signs of statistical tables are no text."""
    text = figure.typed
    wants_number = figure.cell.kind is CellKind.TYPED and not figure.cell.format.is_text
    return wants_number and isinstance(text, str) and text not in SIGNS


def _remark_on_text_in_number_cell(plan: Plan, figure: Figure) -> Remark:
    """The remark on words, or on a number with another unit than that of its cell."""
    typed, table = str(figure.typed), plan.tables[figure.id.item, figure.id.table]
    unit = table.unit_at(*table.positions[figure.id])
    message = "数値を入れてください"
    if typed_number_and_unit(typed):
        message = f"単位は「{unit}」です。数だけを入れてください" if unit else "数だけを入れてください"
    return Remark(Concern.UNREAD, False, figure.identity_with_entity, message, typed, source=figure.source)


def _remark_on_unread_area(area: Unread) -> Remark:
    place = f"{area.source.sheet} {area.place}"
    more = f"（このシートには、ほかに {area.more} か所あります）" if area.more else ""
    message = f"決まった欄の外にあるため、報告書にも集計にも載せていません{more}"
    return Remark(Concern.UNPRINTED, False, place, message, area.text, source=area.source)


def _remark_on_converted_value(book: Submission, value: ConvertedValue) -> Remark:
    message = f"計画で単位が変わったため、{value.before} を {value.now} に直しました"
    return Remark(Concern.CONVERTED, False, f"{book.workbook} {value.identity}", message)


def _remark_on_uncertain_value(book: Submission, value: UncertainValue) -> Remark:
    return Remark(Concern.UNCERTAIN, False, f"{book.workbook} {value.identity}", value.reason, value.value)


def _remarks_on_unconfirmed_lines(item: ItemEntry) -> Iterator[Remark]:
    """A remark on each block with lines that are still last quarter's."""
    lines = [line for line in item.lines if line.is_unconfirmed and not line.left_out]
    for block in dict.fromkeys(line.block for line in lines):
        own = [line for line in lines if line.block == block]
        message = f"前の期の文のままの行が {len(own)} 行あります"
        place = f"{item.item} ブロック {block}"
        yield Remark(Concern.UNCONFIRMED, False, place, message, source=own[0].source)


def _remarks_on_missing_ratings(
    entries: Mapping[str, ItemEntry], assessments: Assessments, reported: ReportedFindings
) -> Iterator[Remark]:
    """Ratings that are missing or not of the scale, in blocks that the books have a place for."""
    absent = {number: entry.absent for number, entry in entries.items()}
    for block in assessments.blocks.values():
        is_reported = reported.cover_identity(_rating_identity(block))
        if (
            block.rated
            and not block.group
            and not is_reported
            and block.block not in absent.get(block.item, (block.block,))
        ):
            glyph = block.entry.glyph.strip() if block.entry else ""
            failure = "評価基準にない評価です" if glyph else "評価が未入力です"
            source = block.entry.source if block.entry else None
            yield Remark(
                Concern.UNRATED,
                False,
                _block_label(block),
                f"{failure}{_final_rating_note(block)}",
                glyph,
                block.computed,
                source,
            )


def _remark_on_overwritten(figure: Figure) -> Remark:
    printed = "計算値" if figure.prefers_computed else "入力値"
    message = f"計算のセルが上書きされています（{printed}で印字）"
    typed, computed = (figure.displayed_text(value) or "空" for value in (figure.typed, figure.computed))
    return Remark(
        Concern.OVERWRITTEN,
        False,
        figure.identity_with_entity,
        message,
        typed,
        computed,
        figure.source,
    )


def _remark_on_differing_rating(block: BlockRating) -> Remark:
    source = block.entry.source if block.entry else None
    return Remark(
        Concern.DIFFERING,
        False,
        _block_label(block),
        f"{block.explanation}{_final_rating_note(block)}",
        block.group,
        block.computed,
        source,
    )


def _figures_of_newest_month_kpis(figures: Figures, assessments: Assessments) -> Iterator[Figure]:
    """The figures of the KPIs that take the newest month."""
    for one in assessments.kpis:
        keys = formula_keys(one.kpi.result or Group(())) if one.kpi.newest else ()
        for key in keys:
            if isinstance(key, FigureId):
                yield from figures.with_identity(key)


def _remarks_on_future_months(figures: Figures, assessments: Assessments) -> Iterator[Remark]:
    """Numbers in months of a KPI that begin after the as-of month."""
    for figure in _figures_of_newest_month_kpis(figures, assessments):
        if figure.printed_number is not None and figures.is_in_future(figure.id):
            typed, message = (
                figure.printed_text(),
                "KPI とグラフには使っていません（まだの月は空にしてください）",
            )
            yield Remark(
                Concern.TO_COME, False, figure.identity_with_entity, message, typed, source=figure.source
            )


def _remarks_on_missing_targets(assessments: Assessments) -> Iterator[Remark]:
    for kpi in assessments.kpis:
        if kpi.assessment.target is None and kpi.assessment.milestone is None:
            place = f"{kpi.item} {kpi.kpi.name}"
            yield Remark(Concern.NO_TARGET, False, place, "目標値が決まらないため判定していません")


def _rating_identity(block: BlockRating) -> str:
    return f"{block.item}/ブロック {block.block}/評価"


def _block_label(block: BlockRating) -> str:
    return f"{block.item} ブロック {block.block}"


def _final_rating_note(block: BlockRating) -> str:
    """The planner's rating in brackets, '' where there is none."""
    return f"（最終評価は {block.final}）" if block.final else ""
