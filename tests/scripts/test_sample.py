"""The sample is the published case: its 52 ratings, 16 KPIs, its tables, and figures that fit them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import AsOf, CellKind, Printing
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.plan_drawing import write_plan_book
from scripts.sample import plan_book, submissions

# In the order of the printed report, a line an item; ○ is the other circle, as it stands there.
RATINGS = {
    "1-1": "△",
    "1-2-1": "△",
    "1-2-2": "△△",
    "1-2-3": "△△△△〇",
    "1-2-4": "△△◎",
    "1-2-5": "△△△○△",
    "1-3": "〇〇〇",
    "2-1-1": "△",
    "2-1-2": "△",
    "2-2-1": "",
    "2-2-2": "〇〇△△〇〇△△△",
    "2-2-3": "△△〇△△△△",
    "2-2-4": "〇△",
    "2-2-5": "△△△△",
    "2-3-1": "〇",
    "2-3-2": "－",
    "2-3-3": "△",
    "2-4": "△",
    "3-1": "△",
    "3-2": "△",
    "3-3": "△",
    "3-4": "△",
}

# The KPIs in the order of the report: name, result and target as it says, and the rating that the rules give.
KPIS = [
    ("サービススタンダードの達成状況", "100％", "100％", "△"),
    ("現金給付等の申請に係る郵送化率", "96.5％", "96.5％", "△"),
    ("レセプト点検の査定率", "0.149％", "0.185％", "△"),
    ("再審査レセプト1件当たりの査定額", "16,893 円", "10,123 円", "◎"),
    ("返納金債権の回収率", "55.09％", "63.53％", "〇"),
    ("資格喪失後1か月以内の健康保険証回収率", "79.40％", "80.15％", "△"),
    ("生活習慣病予防健診実施率", "22.1％", "51.5％", "△"),
    ("事業者健診データ取得率", "2.4％", "10.6％", "△"),
    ("被扶養者の特定健診実施率", "7.0％", "30.6％", "△"),
    ("被保険者の特定保健指導実施率", "6.0％", "9.8％", "△"),
    ("被扶養者の特定保健指導実施率", "15.9％", "22.3％", "〇"),
    ("健康宣言事業所数", "1,080 事業所", "1,270 事業所", "△"),
    ("ジェネリック医薬品使用割合", "85.1％", "目標値なし", ""),
    ("委嘱事業所の被保険者数割合", "46.5％", "45.0％", "△"),
    ("健康保険委員の委嘱事業所数", "11,251 事業所", "10,250 事業所", "△"),
    ("一者応札案件の割合", "6.3％", "15.0％", "△"),
]

PRINTED = [
    *["決定達成", "郵送化率", "併給調整", "柔整照会", "柔整申請割合", "査定金額", "査定率", "査定額"],
    *["保険者間調整", "債権催告", "法的手続き", "債権回収率", "保険証回収率"],
    *["集団健診", "健診実施状況", "特定保健指導実施状況"],
    *["広報物の発行状況", "新規加入事業所案内", "文書勧奨", "健康保険委員だより発行状況", "委員KPI達成状況"],
]

# The computed cells that somebody typed over: item, table, row, column and what stands there.
OVERWRITTEN = {
    ("1-2-4", "査定金額", "当年", "合計"): "168839",
    ("1-2-4", "査定金額", "前年", "合計"): "186778",
    ("2-4", "文書勧奨", "6月", "登録率"): "0.088",
    ("2-4", "文書勧奨", "7月", "登録率"): "0.081",
    ("2-4", "文書勧奨", "9月", "登録率"): "0.078",
    ("2-4", "文書勧奨", "11月", "登録率"): "0.137",
    ("2-4", "文書勧奨", "12月", "登録率"): "0.106",
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("sample") / "計画.xlsx"
    write_plan_book(path, plan_book())
    plan, problems = plan_and_problems(path)
    assert [str(problem) for problem in problems] == []
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def entries() -> dict[str, ItemEntry]:
    return {entry.item: entry for submission in submissions().values() for entry in submission.items}


class TestPlan:
    def test_it_is_whole(self, plan: Plan) -> None:
        assert list(dict.fromkeys(section.chapter for section in plan.sections)) == [
            "１.基盤的保険者関係",
            "２.戦略的保険者関係",
            "３.組織・運営体制関係",
        ]
        assert len(plan.sections) == 11
        assert [item.id for item in plan.items] == list(RATINGS)

    def test_every_printed_table_is_drawn(self, plan: Plan) -> None:
        printed = [table.name for table in plan.tables.values() if table.printing is not Printing.NONE]
        assert printed == PRINTED

    def test_the_rated_blocks_are_those_of_the_report(self, plan: Plan) -> None:
        assert {item.id: sum(block.rated for block in item.blocks) for item in plan.items} == {
            item: len(glyphs) for item, glyphs in RATINGS.items()
        }

    def test_every_group_owns_items(self, plan: Plan) -> None:
        assert all(plan.items_of(group) for group in plan.groups)


class TestSubmissions:
    def test_ratings_stand_as_printed(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        given = {item: "".join(rating.glyph for rating in entries[item].ratings) for item in RATINGS}
        assert given == RATINGS
        assert len("".join(given.values())) == 52
        assert all(plan.scale.canonical_glyph(glyph) for glyph in "".join(given.values()))

    def test_each_group_hands_in_its_own_items(self, plan: Plan) -> None:
        for group, submission in submissions().items():
            assert submission.group == group
            assert [entry.item for entry in submission.items] == [item.id for item in plan.items_of(group)]
        assert set(submissions()) == set(plan.groups)

    def test_ratings_stand_at_rated_blocks(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        for item in plan.items:
            rated = [block.name for block in item.blocks if block.rated]
            assert [rating.block for rating in entries[item.id].ratings] == rated

    def test_lines_name_what_the_plan_has(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        for item in plan.items:
            lines = entries[item.id].lines
            assert {line.block for line in lines} <= {block.name for block in item.blocks}
            tables = [table.name for table in item.tables if table.printing is not Printing.NONE]
            assert [line.text for line in lines if line.kind is LineKind.TABLE] == tables
            kpis = [kpi.name for kpi in plan.kpis if item.block_of_kpi(kpi.name)]
            assert [line.text for line in lines if line.kind is LineKind.KPI] == kpis

    def test_every_table_of_typed_cells_is_submitted(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        for item in plan.items:
            typed = {
                table.name
                for table in item.tables
                if any(cell.kind is CellKind.TYPED for row in table.cells for cell in row)
            }
            assert {table.table for table in entries[item.id].tables} == typed

    def test_figures_fit_their_drawings(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        for entry in entries.values():
            for given in entry.tables:
                table = plan.tables[entry.item, given.table]
                if table.repeating is None:
                    assert [row.row for row in given.rows] == list(range(len(table.rows)))
                else:
                    assert {row.row for row in given.rows} == {table.repeating}
                    assert all(row.entity == row.cells[table.key_column].value for row in given.rows)
                for row in given.rows:
                    for found, cell in zip(row.cells, table.cells[row.row], strict=True):
                        assert not found.formula or cell.kind is CellKind.COMPUTED
                        assert cell.kind is not CellKind.NOT_APPLICABLE or found.value is None
                        assert found.value is None or cell.format.is_text == isinstance(found.value, str)

    def test_months_are_given_where_the_plan_asks(self, plan: Plan, entries: dict[str, ItemEntry]) -> None:
        for entry in entries.values():
            for given in entry.tables:
                table = plan.tables[entry.item, given.table]
                wanted = {AsOf.PERIOD: 0, AsOf.TABLE: 1, AsOf.COLUMNS: len(table.columns)}[table.as_of]
                assert len(given.months) == wanted
        checkups = next(table for table in entries["2-2-2"].tables if table.table == "健診実施状況")
        assert checkups.months == (9, 10, 8)

    def test_mistakes_of_the_report_are_overwritten_formulas(self, plan: Plan) -> None:
        figures = recompute_figures(plan, submissions().values())
        found = {
            tuple(figure.id): str(figure.typed)
            for table in figures.tables.values()
            for row in table.rows
            for figure in row.figures
            if figure.overwritten
        }
        assert found == OVERWRITTEN

    def test_a_number_is_what_excel_holds(self, entries: dict[str, ItemEntry]) -> None:
        posted = next(table for table in entries["1-2-2"].tables if table.table == "郵送化率")
        assert [row.cells[0].value for row in posted.rows] == [Decimal("0.965"), Decimal("0.965")]


class TestKpis:
    def test_results_targets_and_ratings_are_those_of_the_report(self, plan: Plan) -> None:
        submitted = submissions().values()
        assessments = rate_kpis_and_blocks(plan, recompute_figures(plan, submitted), submitted)
        found = [
            (kpi.kpi.name, kpi.result_text, kpi.target_text, kpi.judgement.glyph) for kpi in assessments.kpis
        ]
        assert found == KPIS
