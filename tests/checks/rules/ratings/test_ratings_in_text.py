"""Ratings against the words of their block and of their reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.submission.submission import Submission
from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, findings, places, submissions

CODES = ("RA04", "RA05", "RA20", "RA21", "RA22")


def rated(group: str, *ratings: tuple[str, str, str, str]) -> Submission:
    """A book of the sample with other ratings: item, block, glyph and reason."""
    given = {(item, block): (glyph, reason) for item, block, glyph, reason in ratings}
    book = submissions()[group]
    items = tuple(
        replace(
            item,
            ratings=tuple(
                replace(one, glyph=given[item.item, one.block][0], reason=given[item.item, one.block][1])
                if (item.item, one.block) in given
                else one
                for one in item.ratings
            ),
        )
        for item in book.items
    )
    return replace(book, items=items)


def found_beside(text: str, glyph: str, reason: str = "") -> list[Finding]:
    """What is found of the only line of a block, beside a rating."""
    book = rated(OFFICE, ("1-3", "1", glyph, reason))
    return findings(OFFICE, {"1-3 D9": text}, codes=("RA20",), book=book)


@pytest.mark.parametrize(
    ("text", "glyph", "is_wrong"),
    [
        ("・計画を大幅に上回った。", "△", True),
        ("・計画を大幅に上回った。", "×", True),
        ("・計画を大幅に上回った。", "◎", False),
        ("・計画を大幅に上回った。", "〇", False),
        ("・広報を行い、計画を大きく超えて進んでいる。", "△", True),
        ("・申込みが計画を大幅に上回った。", "△", False),
        ("・申込みが計画を大幅に上回った。", "×", True),
        ("・計画を大幅に上回ったが、一部の会場は次年度に開く。", "△", False),
        ("・計画を大幅に上回ることを目指し、広報を行った。", "△", False),
        ("・計画どおり実施した。", "×", True),
        ("・広報を行った。しかし、準備が遅れ、計画した内容には着手できていない。", "〇", True),
        ("・広報を行った。準備が遅れ、計画した内容の一部には着手できていない。", "〇", False),
        ("・受講者は年間の目標の半数を超えた。", "×", False),
        ("・計画どおり実施した。", "△", False),
        ("・計画どおりには進んでいないものの、広報を行った。", "×", False),
        ("・以上のことから、評価は◎とした。", "〇", True),
        ("・よって、評価を「×」とする。", "〇", True),
        ("・（自己評価は×）", "〇", True),
        ("・前期と同じく評価は◎とした。", "〇", True),
        ("・前回の評価は×であったが、計画どおり進めた。", "〇", False),
        ("・評価が×となった項目はなかった。", "〇", False),
        ("・第 2 四半期の評価は×とした。", "〇", False),
        ("・講師の評価は「◎」であった。", "〇", False),
        ("・以上のことから、評価は〇とした。", "〇", False),
        ("・目標に届かない場合は、評価を×とする。", "〇", False),
        ("・評価は前回の×から〇とした。", "〇", False),
        ("・広報は未実施である。", "〇", True),
        ("・広報は未実施である。", "△", False),
        ("・広報は未実施である。", "×", False),
        ("・要員の不足により実施できなかった。", "〇", True),
        ("・広報は取り止めとした。", "◎", True),
        ("・研修会は開催しなかった。", "〇", True),
        ("・研修会はまだ開いていない。", "◎", True),
        ("・研修会は開催しなかった。対象者 30 人", "〇", True),
        ("・研修会は開催しなかった。代わりの相談会に 30 人", "〇", False),
        ("・研修会は開催していない地域の会場で開いた。", "〇", False),
        ("・個人の名前は公表していない。研修会を開催した。", "〇", False),
        ("・広報は見送ることとした。", "〇", True),
        ("・説明会は着手できていない。", "〇", True),
        ("・未実施の事業所に案内した。", "〇", False),
        ("・実施できなかった事業所に案内した。", "〇", False),
        ("・7月の説明会は台風のため中止したが、9月に開いた。", "〇", False),
        ("・7月の説明会は中止した。9月の説明会に120人が参加した。", "〇", False),
        ("・説明会と相談会はいずれも中止した。案内は送付した。", "〇", True),
        ("・中止することなく実施した。", "〇", False),
        ("・前年度は中止した。", "〇", False),
        ("・12月25日～1月8日の受付を休止した。", "〇", False),
        ("・健康教室を休止した。", "〇", True),
        ("・一部の会場では実施できなかった。", "〇", False),
        ("・案内を送付した。ただし、本項目の取組は、体制が整わず、まだ着手していない。", "〇", True),
        ("・案内を送付した。計画に掲げた内容は、いずれも未実施となっている。", "〇", True),
        ("・案内を送付した。本項目の実施は今年度見送ることとした。", "〇", True),
        ("・案内を送付した。準備にとどまり、計画した取組は行えていない。", "◎", True),
        ("・案内を送付した。全体として計画を大きく下回っており、見通しは立っていない。", "〇", True),
        ("・案内を送付した。進捗は計画より大幅に遅れている。", "〇", True),
        ("・案内を送付した。進捗は計画より大幅に遅れている。", "△", False),
        ("・案内を送付した。計画した取組の一部は実施に至っていない。", "〇", False),
        ("・案内を送付した。計画した取組のうち、訪問はまだ行えていない。", "〇", False),
        ("・案内を送付した。前年度は、計画した取組は行えていない。", "〇", False),
        ("・案内を送付した。この取組は、営業を目的とした訪問は実施していない。", "〇", False),
        ("・案内を送付した。本事業は計画どおり行い、名簿の持出しは行っていない。", "〇", False),
        ("・案内を送付した。費用は計画を大きく下回っている。", "〇", False),
        ("・案内を送付した。訪問は計画を大きく下回ったが、電話で補った。", "〇", False),
        ("・案内を送付した。以上により、評価は「◎」とした。", "〇", True),
        ("・案内を送付した。この状況から、評価を×としている。", "〇", True),
        ("・案内を送付した。（評価：△）", "〇", True),
        ("・案内を送付した。当期の評価は前回と同じく「△」である。", "〇", True),
        ("・案内を送付した。引き続き「△」と評価した。", "〇", True),
        ("・案内を送付した。評価は「○」とした。", "〇", False),
        ("・案内を送付した。前回の評価は「△」とした。", "〇", False),
        ("・案内を送付した。評価は前回の「△」から「〇」に改めた。", "〇", False),
        ("・案内を送付した。外部評価は「△」である。", "〇", False),
        ("・評価は◎〇△×の4段階である。", "〇", False),
        ("・アンケートでは、評価は「◎」が最も多かった。", "〇", False),
        ("・年度末の評価は◎とする予定である。", "〇", False),
    ],
)
def test_the_text_beside_a_rating(text: str, glyph: str, is_wrong: bool) -> None:
    assert places(found_beside(text, glyph)) == [("RA20", "1-3!D9")] * is_wrong


def test_the_finding_names_the_rating_and_its_meaning() -> None:
    (one,) = found_beside("・計画を大幅に上回った。", "△")
    assert one.message == (
        "「計画を大幅に上回った。」とありますが、評価は「△」（実施中または計画を下回る）です。"
    )
    assert [source.cell for source in one.related] == ["E9"]


@pytest.mark.parametrize(
    ("glyph", "reason", "is_wrong"),
    [
        ("〇", "目標に届かなかったため。", True),
        ("〇", "計画を下回ったため。", True),
        ("〇", "実施できなかったため。", True),
        ("〇", "計画どおり実施できたため。", False),
        ("〇", "計画を大幅に上回る実績を上げたため。", True),
        ("〇", "目標を上回ったため。", False),
        ("◎", "計画どおり実施できたため。", True),
        ("◎", "目標を大きく上回ったため。", False),
        ("×", "要員の不足により未実施となったため。", False),
        ("×", "目標を達成したため。", True),
        ("×", "計画した 2 回の催しを行い参加者も増えたため。", True),
        ("◎", "計画した 2 回の催しを行い参加者も増えたため。", False),
        ("×", "計画した催しは行ったものの、参加者がなかったため。", False),
        ("×", "計画した人数に届かなかったため。", False),
        ("△", "目標に届かなかったため。", False),
        ("△", "目標は達成しているが、年度の途中であるため。", False),
        ("△", "目標を上回ったため。", True),
        ("△", "実績が目標を達成したことから。", True),
        ("△", "計画を上回って実施できたため。", True),
        ("△", "目標を上回る実績となったため。", True),
        ("△", "予定していた取組をすべて終え、目標を上回ったため。", True),
        ("〇", "準備が遅れ、まだ着手していないため。", True),
        ("△", "準備が遅れ、まだ着手していないため。", False),
        ("△", "中間の目標を上回ったため。", False),
        ("△", "12月の目標を達成したため。", False),
        ("△", "申込みが目標を上回ったため。", False),
        ("△", "目標を上回ったものもあるため。", False),
        ("◎", "目標を下回ったため。", True),
        ("◎", "目標を上回ったため。", False),
        ("〇", "一部は実施できなかったが、計画どおり進んだため。", False),
        ("〇", "時間外勤務が計画を下回ったため。", False),
        ("〇", "効果が認められたため。", False),
    ],
)
def test_the_reason_of_a_rating(glyph: str, reason: str, is_wrong: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, reason))
    found = places(findings(OFFICE, codes=("RA21",), book=book))
    assert found == [("RA21", "1-3!K9")] * is_wrong


OWN = "郵送の封筒と申請書を同時に配布したため。"


@pytest.mark.parametrize(
    ("reasons", "found"),
    [
        ((OWN, OWN), ["2-3-1!K9"]),
        ((OWN, "広報を 3 回行ったため。"), []),
        (("計画どおり実施したため。", "計画どおり実施したため。"), []),
        (("", ""), []),
    ],
)
def test_a_reason_of_two_items(reasons: tuple[str, str], found: list[str]) -> None:
    book = rated(OFFICE, ("1-3", "1", "〇", reasons[0]), ("2-3-1", "1", "〇", reasons[1]))
    assert [one for _, one in places(findings(OFFICE, codes=("RA22",), book=book))] == found


def test_two_blocks_of_one_item_may_share_a_reason() -> None:
    book = rated(OFFICE, ("1-3", "1", "〇", OWN), ("1-3", "2", "〇", OWN))
    assert findings(OFFICE, codes=("RA22",), book=book) == []


def test_a_reason_for_the_rating_of_the_kpis_explains_no_other() -> None:
    """RA04 reports the rating, and RA21 is silent."""
    for reason, code in (("目標に届かなかったため。", ["RA04"]), ("委託先の事情を考慮したため。", [])):
        book = rated(HEALTH, ("2-2-5", "4", "〇", reason))
        assert [one.code for one in findings(HEALTH, codes=("RA04", "RA21"), book=book)] == code


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("RA20", "RA21", "RA22")) == []


@pytest.mark.parametrize(
    ("text", "glyph", "is_wrong"),
    [
        ("・研修会を 9 月に開催した。", "×", True),
        ("・文書を発送済み。", "×", True),
        ("・研修会を 9 月に開催。", "×", True),
        ("・研修会を 9 月に開催した。", "△", False),
        ("・研修会を 9 月に開催する。", "×", False),
        ("・開催の準備を行った。文書を発送した。", "×", False),
        ("・文書を発送した。研修会は未定である。", "×", False),
    ],
)
def test_what_was_carried_out_beside_undone(text: str, glyph: str, is_wrong: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, ""))
    found = findings(OFFICE, {"1-3 D9": text}, codes=("RA05", "RA23"), book=book)
    assert places(found) == [("RA23" if is_wrong else "RA05", "1-3!E9")] * (glyph == "×")


@pytest.mark.parametrize(
    ("glyph", "reason", "is_wrong"),
    [
        ("◎", "前年度の件数を下回ったため", True),
        ("〇", "発送が遅れているため", True),
        ("◎", "発送の遅れを取り戻し、計画を大幅に上回ったため", False),
        ("◎", "前年度を大きく上回り、目標も達成したため", False),
        ("〇", "一部で遅れが生じたが、計画どおり実施したため", False),
        ("×", "参加者が前年度より増加したため", True),
        ("△", "発送が遅れているため", False),
    ],
)
def test_a_reason_with_another_outcome(glyph: str, reason: str, is_wrong: bool) -> None:
    book = rated(OFFICE, ("1-3", "1", glyph, reason))
    found = [one.code for one in findings(OFFICE, codes=("RA21",), book=book)]
    assert found == ["RA21"] * is_wrong
