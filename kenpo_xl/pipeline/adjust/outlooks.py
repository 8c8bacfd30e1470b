"""Outlooks (見通し) of the planner that replace the computed ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.results.adjustments import LEAVE_OUT_OUTLOOK, OutlookAdjustment
from kenpo_xl.domain.results.outlooks import KpiOutlook, Outlook
from kenpo_xl.pipeline.adjust.matching import CONTRADICTING, applied_remark, unmatched_remark

_WORDS = {normalized(one): one for one in Outlook}


def adjust_outlooks(
    outlooks: Sequence[KpiOutlook], adjustments: Sequence[OutlookAdjustment]
) -> tuple[tuple[KpiOutlook, ...], tuple[Remark, ...]]:
    """The outlooks with those of the planner, and a remark on each adjustment.

    Not applied where the KPI is not in the plan, the word is none of an outlook, the computed outlook no
    longer the one that was recorded, or another adjustment of the KPI says otherwise.
    """
    known = {normalized(one.kpi): one for one in outlooks}
    finals: dict[str, set[str]] = {}
    for adjustment in adjustments:
        finals.setdefault(normalized(adjustment.kpi), set()).add(normalized(adjustment.final))
    remarks = []
    for adjustment in adjustments:
        name = normalized(adjustment.kpi)
        place = f"見通し {adjustment.kpi or '（指標が空）'}"
        failure = _outlook_failure(adjustment, known.get(name))
        if not failure and len(finals[name]) > 1:
            failure = CONTRADICTING
        if failure:
            remarks.append(unmatched_remark(place, failure, adjustment))
            continue
        final = _WORDS.get(normalized(adjustment.final))
        computed = str(known[name].computed or "")
        known[name] = replace(known[name], final=final, adjustment=adjustment)
        message = f"見通しを{final}としました" if final else "見通しを載せません"
        remarks.append(applied_remark(place, message, adjustment, computed=computed))
    return tuple(known.values()), tuple(remarks)


def _outlook_failure(adjustment: OutlookAdjustment, today: KpiOutlook | None) -> str:
    """Why an outlook cannot be applied, '' where it can."""
    if today is None:
        return "計画にない指標です"
    if normalized(adjustment.final) not in (*_WORDS, normalized(LEAVE_OUT_OUTLOOK)):
        words = "、".join((*Outlook, LEAVE_OUT_OUTLOOK))
        return f"決めた見通し「{adjustment.final}」は {words} のどれかです"
    computed = str(today.computed or "")
    if adjustment.computed and normalized(adjustment.computed) != normalized(computed):
        return f"計算した見通しが {adjustment.computed} から {computed or '空'} に変わりました"
    return ""
