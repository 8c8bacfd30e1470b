"""Text against tables, table against table, item against item: each told in its cell, and only there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from tests.checks.clerk import HOKEN, new
from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places, submissions, with_figure
from tests.sample import sample_plan


def cell_of(group: str, item: str, table: str, row: int, column: int) -> str:
    (entry,) = (one for one in submissions()[group].items if one.item == item)
    (found,) = (one for one in entry.tables if one.table == table)
    source = found.rows[row].cells[column].source
    assert source
    return f"{item}!{source.cell}"


def only(check: CrossCheck) -> Plan:
    return replace(sample_plan(), cross_checks=(check,))


def _all_cells(finding: Finding) -> list[str]:
    """The cell of a finding, then its related ones."""
    return [f"{finding.sheet}!{finding.cell}", *(f"{one.sheet}!{one.cell}" for one in finding.related)]


class TestRowsOfThePlan:
    """検算."""

    COUNSELLED = ("2-2-3", "特定保健指導実施状況", 2, 0)
    TOLD = ("2-2-3", "文中の数値（面談）", 0, 0)

    def test_equal_figures_that_differ_are_one_finding_with_both_cells(self) -> None:
        book = with_figure(HEALTH, *self.COUNSELLED, Decimal(2416))
        (found,) = findings(HEALTH, book=book, codes=("CO01",))
        assert _all_cells(found) == [cell_of(HEALTH, *cell) for cell in (self.TOLD, self.COUNSELLED)]
        assert (found.actual, found.expected) == ("2,415 人", "")

    def test_equal_figures(self) -> None:
        assert findings(HEALTH, codes=("CO01",)) == []

    def test_an_empty_side_is_silent(self) -> None:
        book = with_figure(HEALTH, *self.COUNSELLED, None)
        assert findings(HEALTH, book=book, codes=("CO01",)) == []

    @pytest.mark.parametrize(("value", "told"), [("0.445", False), ("0.4451", True)])
    def test_rounded_figures_are_compared_as_what_they_stand_for(self, value: str, told: bool) -> None:
        this_year, last_year = (
            Ref(FigureId("2-4", "委員KPI達成状況", row, "被保険者数割合")) for row in ("当月末", "前年")
        )
        plan = only(CrossCheck(CrossCheckKind.EQUAL, left=this_year, right=last_year))
        book = with_figure(OFFICE, "2-4", "委員KPI達成状況", 0, 0, Decimal(value))
        found = findings(OFFICE, book=book, codes=("CO01",), plan=plan)
        assert (
            len(found) == 1 * told
        )  # 44.4 ％ of last year stands for up to 44.45 ％, 44.5 ％ for it and more

    @pytest.mark.parametrize(("value", "told"), [(Decimal(2043), False), (Decimal(2044), True)])
    def test_at_most(self, value: Decimal, told: bool) -> None:
        cells = [("2-2-3", "文中の数値", row, 0) for row in (4, 3)]
        book = with_figure(HEALTH, *cells[0], value)
        found = findings(HEALTH, book=book, codes=("CO02",))
        assert [_all_cells(one) for one in found] == [[cell_of(HEALTH, *cell) for cell in cells]] * told

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("委託対象者数：49,612 人（令和 6 年 12 月末）", False),
            ("委託対象者数：４９，６１２ 人（令和 6 年 12 月末）", False),
            ("委託対象者数：49,621 人（令和 6 年 12 月末）", True),
            ("委託対象者数：約 49,000 人（令和 6 年 12 月末）", False),
            ("委託対象者を広げた。", False),
        ],
    )
    def test_a_number_in_the_text(self, text: str, told: bool) -> None:
        found = findings(HEALTH, {"2-2-3 D14": text}, codes=("CO",))
        assert places(found) == [("CO03", "2-2-3!D14")] * told
        sides = [(one.actual, one.expected, [source.cell for source in one.related]) for one in found]
        assert sides == [("49,621 人", "", ["E50"])] * told

    def test_a_count_is_that_of_the_list(self) -> None:
        book = with_figure(HEALTH, "2-2-2", "集団健診", 14, 1, "所沢市（追加）")
        (found,) = findings(HEALTH, book=book, codes=("CO",))
        assert (found.code, found.sheet, found.cell) == ("CO04", "2-2-2", "D30")
        assert (found.actual, found.expected) == ("15 市町村", "14 市町村")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("15港で2,000人に行った。", False),
            ("２０００人に15港で行った。", False),
            ("港は15か所で、2,000人に行った。", False),
            ("14港で2,000人に行った。", True),
            ("港は14か所で、2,000人に行った。", True),
            ("約14港で2,000人に行った。", False),
        ],
    )
    def test_a_count_stands_before_or_after_what_it_counts(self, text: str, told: bool) -> None:
        plan = only(CrossCheck(CrossCheckKind.COUNT, item="2-2-2", words="港", table="集団健診"))
        found = findings(HEALTH, {"2-2-2 D30": text}, codes=("CO04",), plan=plan)
        assert places(found) == [("CO04", "2-2-2!D30")] * told

    @pytest.mark.parametrize(("value", "told"), [(None, True), (Decimal(8), False)])
    def test_what_is_written_has_its_figure(self, value: Decimal | None, told: bool) -> None:
        book = with_figure(HEALTH, "2-2-3", "文中の数値", 4, 0, value)
        wanted = ("CO05", cell_of(HEALTH, "2-2-3", "文中の数値", 4, 0))
        assert places(findings(HEALTH, book=book, codes=("CO05",))) == [wanted] * told

    @pytest.mark.parametrize(("day", "told"), [("10 月 31 日", False), ("10月", False), ("11 月 1 日", True)])
    def test_the_same_event(self, day: str, told: bool) -> None:
        text = f"・健康経営セミナーについて、{day}に開催した旨を掲載した。"
        found = findings(OFFICE, {"1-3 D9": text}, codes=("CO06",))
        assert places(found) == [("CO06", "1-3!D9")] * told

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("・10月31日の健康経営セミナーには52名が、8月29日の連絡会議には3団体が参加した。", False),
            ("・健康経営セミナーは10月31日に、連絡会議は8月29日に開催した。", False),
            ("・健康経営セミナーを10月31日に、8月29日の連絡会議と合わせて周知した。", False),
            ("・11月1日の健康経営セミナーには52名が、8月29日の連絡会議には3団体が参加した。", True),
            ("・健康経営セミナーは10月31日と8月29日に開催した。", True),
        ],
    )
    def test_the_date_of_another_event_in_its_sentence(self, text: str, told: bool) -> None:
        found = findings(OFFICE, {"1-3 D9": text}, codes=("CO06",))
        assert places(found) == [("CO06", "1-3!D9")] * told

    def test_the_planners_own_sentence(self) -> None:
        book = with_figure(HEALTH, *self.COUNSELLED, Decimal(1))
        found = findings(HEALTH, book=book, codes=("CO01",))
        assert {one.message for one in found} == {
            "委託した機関の初回面談の数が、文の数と特定保健指導実施状況の表で違います。"
        }


class TestWithoutRows:
    """What is found by general means, in a plan without 検算."""

    @pytest.fixture
    def plan(self) -> Plan:
        return replace(sample_plan(), cross_checks=())

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("2-2-3 D15", "初回面談実施者数：2,451 人（令和 6 年 11 月末）"),
            ("2-2-2 D17", "新規契約申請健診機関数：4 件（令和 6 年 12 月末）"),
            ("2-2-5 D9", "1）12 月 2 日に未宣言事業所（10,040 事業所）に対して宣言勧奨を実施。"),
        ],
    )
    def test_a_number_that_is_not_its_figure(self, plan: Plan, line: str, text: str) -> None:
        item, cell = line.split()
        found = findings(HEALTH, {line: text}, codes=("CO",), plan=plan)
        assert places(found) == [("CO07", f"{item}!{cell}")]

    @pytest.mark.parametrize(
        "text",
        [
            "初回面談実施者数：2,415 人（令和 6 年 11 月末）",
            "初回面談実施者数：約 2,400 人（令和 6 年 11 月末）",
            "初回面談を広げた。",
        ],
    )
    def test_what_agrees_or_is_not_exact(self, plan: Plan, text: str) -> None:
        assert findings(HEALTH, {"2-2-3 D15": text}, codes=("CO",), plan=plan) == []

    def test_the_rows_of_an_open_list(self, plan: Plan) -> None:
        text = "1） 自治体と集団健診を 16 市町村と実施する。"
        found = findings(HEALTH, {"2-2-2 D30": text}, codes=("CO10",), plan=plan)
        assert places(found) == [("CO10", "2-2-2!D30")]
        assert findings(HEALTH, {"2-2-2 D30": text.replace("16", "15")}, codes=("CO10",), plan=plan) == []

    @pytest.mark.parametrize(
        ("text", "is_found"),
        [
            ("・下表のとおり13か所で実施した。", True),
            ("・下表のとおり15か所で実施した。", False),
            ("・別の取組として13か所で実施した。", False),
        ],
    )
    def test_the_rows_that_a_sentence_points_to(self, text: str, is_found: bool) -> None:
        """Also of a list that 検算 counts behind other words."""
        found = findings(HEALTH, {"2-2-2 D32": text}, codes=("CO10",))
        assert places(found) == [("CO10", "2-2-2!D32")] * is_found

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("・3支部（北海道、徳島、佐賀支部）と連携した。", ""),
            ("・4支部（北海道、徳島、佐賀支部）と連携した。", "CO08"),
            ("・4支部（北海道、徳島、佐賀支部など）と連携した。", ""),
            ("・研修会（4/24、7/23、9/10）を3回実施した。", ""),
            ("・研修会（4/24、7/23、9/10）を4回実施した。", "CO08"),
            ("・勧奨 60 件（面談 10 件、電話 20 件、文書 30 件）", ""),
            ("・勧奨 61 件（面談 10 件、電話 20 件、文書 30 件）", "CO09"),
            ("・勧奨 61 件（うち面談 10 件、電話 20 件）", ""),
            ("・会議を4回（6月、9月は各1回、11月は2回）開催した。", ""),
            ("・さいたま、川越及び熊谷の4会場で開催した。", "CO08"),
            ("・さいたま、川越及び熊谷の3会場で開催した。", ""),
            ("・大宮、浦和、川口、所沢の3支店に依頼した。", "CO08"),
            ("・それぞれ大宮、浦和の2支店に依頼した。", ""),
            ("・県医師会、県薬剤師会の計3団体に依頼した。", "CO08"),
            ("・県医師会、県薬剤師会の計2団体に依頼した。", ""),
            ("・県医師会、県薬剤師会の計12人が参加した。", ""),
            ("・県医師会、県薬剤師会の計3人が参加した。", ""),
            ("・健診、保健指導の計3回の案内を送った。", ""),
            ("・川越会場、熊谷会場の全 3 か所に掲示した。", "CO08"),
            ("・3つの団体（県医師会、県薬剤師会）の会報に載せた。", "CO08"),
            ("・2 つの団体（県医師会、県薬剤師会）の会報に載せた。", ""),
            ("・3つの団体（県医師会、県薬剤師会ほか）の会報に載せた。", ""),
        ],
    )
    def test_what_stands_in_brackets(self, plan: Plan, text: str, code: str) -> None:
        found = places(findings(OFFICE, {"1-3 D9": text}, codes=("CO08", "CO09"), plan=plan))
        assert found == ([(code, "1-3!D9")] if code else [])


class TestEvents:
    def test_the_sample_tells_three_trainings_differently(self) -> None:
        found = sorted(findings(OFFICE, codes=("CO11",)), key=lambda one: one.position)
        assert places(found) == [("CO11", f"3-1!D{row}") for row in (10, 11, 12)]
        assert [f"{one.sheet}!{one.cell}" for side in found for one in side.related] == [
            f"3-2!D{row}" for row in (10, 11, 12)
        ]
        assert found[0].message.endswith("ここでは 7月・11月、3-2!D10 では 7月 です。")
        assert {one.expected for one in found} == {""}

    def test_the_same_dates_in_both(self) -> None:
        entry = next(one for one in submissions()[OFFICE].items if one.item == "3-1")
        there = {line.source.cell: line.text for line in entry.lines if line.source}
        lines = {f"3-2 D{row}": there[f"D{row}"] for row in (10, 11, 12)}
        assert findings(OFFICE, lines, codes=("CO11",)) == []

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("・10月20日に健康経営セミナーを開催し、50人が参加した。", True),
            ("・10 月 31 日に健康経営セミナーを開催した。", False),
            ("・10月に健康経営セミナーを開催した。", False),
            ("・健康経営セミナーで10月20日に説明した。", False),
            ("・令和5年10月20日に健康経営セミナーを開催した。", False),
            ("・健康経営セミナーを10月31日に開催し、8月29日の連絡会議に3団体が出席した。", False),
            ("・10月31日に健康経営セミナーを開催（欠席した3名は11月に受講）。", False),
        ],
    )
    def test_another_groups_book(self, text: str, told: bool) -> None:
        plan = replace(sample_plan(), cross_checks=())
        found = findings(OFFICE, {"1-3 D9": text}, codes=("CO11",), plan=plan)
        about = [one for one in found if "健康経営セミナー" in one.message]
        assert places(about) == [("CO11", "1-3!D9")] * told

    def test_a_book_alone_is_compared_with_itself_only(self) -> None:
        plan = replace(sample_plan(), cross_checks=())
        lines = {"1-3 D9": "・10月20日に健康経営セミナーを開催した。"}
        found = findings(OFFICE, lines, codes=("CO11",), plan=plan, neighbours=False)
        assert [one for one in found if "健康経営セミナー" in one.message] == []

    def test_counts_of_people(self) -> None:
        texts = {
            "1-3 D11": "・11月5日に制度説明会を開催し、50人が参加した。",
            "3-4 D9": "・11月5日に制度説明会を開催し、52名が参加した。",
        }
        found = [one for one in findings(OFFICE, texts, codes=("CO11",)) if "制度説明会" in one.message]
        assert {(*place, one.actual) for place, one in zip(places(found), found, strict=True)} == {
            ("CO11", "3-4!D9", "52人"),  # of two sides the upper one
        }


class TestIssuesAndTargets:
    def test_an_issue_in_the_list_without_copies(self) -> None:
        (found,) = findings(OFFICE, codes=("CO12",))
        assert (found.sheet, found.cell) == ("2-4", "G47")
        assert found.identity == "2-4/広報物の発行状況/10月/健康保険委員だより"

    def test_its_copies(self) -> None:
        book = with_figure(OFFICE, "2-4", "広報物の発行状況", 12, 2, Decimal(11500))
        assert findings(OFFICE, book=book, codes=("CO12",)) == []

    @pytest.mark.parametrize(("words", "told"), [("掲載した。", True), ("掲載予定。", False)])
    def test_an_issue_in_a_line(self, words: str, told: bool) -> None:
        found = findings(OFFICE, {"1-3 D9": f"・埼玉だより 2 月号に{words}"}, codes=("CO12",))
        assert len(found) == 1 + told

    @pytest.mark.parametrize(("month", "told"), [("9", True), ("8", False)])
    def test_an_issue_of_a_month_in_which_none_is_due(self, month: str, told: bool) -> None:
        """The publication appears in even months: the others say ／."""
        said = f"・健康保険委員だより {month} 月号に掲載した。"
        found = findings(OFFICE, {"1-3 D9": said}, codes=("CO12",))
        assert [place for place in places(found) if place[1] == "1-3!D9"] == [("CO12", "1-3!D9")] * told

    @pytest.mark.parametrize(("value", "told"), [("63.53", False), ("63.52", True)])
    def test_a_target_that_is_last_years_final_value(self, value: str, told: bool) -> None:
        where = ("1-2-5", "債権回収率", 1, 11)
        book = with_figure(RECEIPTS, *where, Decimal(value))
        wanted = ("CO13", cell_of(RECEIPTS, *where))
        assert places(findings(RECEIPTS, book=book, codes=("CO13",))) == [wanted] * told


def test_a_sum_that_is_too_large_is_one_finding() -> None:
    assert new(HOKEN, {"2-2-2!E77": 154_933.0}, "CO02") == [("CO02", "2-2-2!E72")]
    assert new(HOKEN, {"2-2-2!E77": 154_934.0}, "CO02") == []


def test_a_overwritten_total_that_is_wrong_is_not_told_at_the_sentence_that_is_right() -> None:
    """The sentence says 4,560 件, the sum of the parts; CA01 tells of the cell."""
    assert new(HOKEN, {"2-2-4!E27": 4_650.0}, "CO") == []


def test_a_sentence_that_quotes_figures_follows_them() -> None:
    assert new(HOKEN, {"2-2-4!E24": 970.0}, "CO") == []
    typed = "勧奨件数 4,560 件(面談：969 件 電話：433 件 文書：3,158 件)"
    found = new(HOKEN, {"2-2-4!E24": 970.0, "2-2-4!D12": typed}, "CO")
    assert found == [("CO03", "2-2-4!D12")] * 2  # 969 件 and 4,560 件


def test_a_number_of_what_was_not_so_is_another_one() -> None:
    typed = "かかりつけ医の同意が得られなかった 3 人には、電話で受診の状況を確認した。"
    assert new(HOKEN, {"2-2-4!D18": typed}, "CO03") == []
    assert new(HOKEN, {"2-2-4!D18": typed.replace("得られなかった", "あった")}, "CO03") == [
        ("CO03", "2-2-4!D18")
    ]


def test_nothing_else_in_the_sample() -> None:
    told = {group: len(findings(group, codes=("CO",))) for group in submissions()}
    assert told == {"保健グループ": 0, "企画総務グループ": 4, "レセプトグループ": 0, "業務グループ": 0}
